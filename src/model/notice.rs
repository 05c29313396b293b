//! Callouts as notices: their kind, title and text.

use crate::config::{NoticeConvention, NoticeKind, NoticeWords};
use crate::markdown::node::{Block, Children, Component, Content, Inline, Paragraph};
use crate::markdown::role::Kind;
use crate::markdown::schema::Schema;
use crate::markdown::text::{block_text, collapse_blanks, inline_text};
use crate::model::conventions::Conventions;
use crate::normal::folded;
use crate::source::Span;

/// A callout that the reader should notice.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// Its severity.
    pub kind: NoticeKind,
    /// Its title; empty when it has none.
    pub title: String,
    /// Its content.
    pub blocks: Vec<Block>,
    /// The component's bytes.
    pub span: Span,
}

impl Notice {
    /// Reads a notice component.
    pub fn read(component: &Component, conventions: &Conventions<'_>) -> Self {
        let mut blocks = Vec::new();
        for attribute in &component.attributes {
            match &attribute.content {
                Content::Blocks(content) => blocks.extend(content.iter().cloned()),
                Content::Inlines(inlines) if attribute.name != "title" => {
                    blocks.push(paragraph(inlines.clone(), attribute.value_span));
                }
                _ => {}
            }
        }
        match &component.children {
            Children::Blocks(children) => blocks.extend(children.iter().cloned()),
            Children::Inlines(children) if !children.is_empty() => {
                blocks.push(paragraph(children.clone(), component.span));
            }
            Children::Inlines(_) => {}
        }
        let title = title(component, conventions.schema);
        Self {
            kind: kind_of(component, conventions.schema, &conventions.words.notices),
            title,
            blocks,
            span: component.span,
        }
    }

    /// Title and content on one line.
    pub fn text(&self) -> String {
        collapse_blanks(&block_text(&self.blocks))
    }
}

/// Severity of a notice: what its component says, else its title and its icon.
pub fn kind_of(
    component: &Component,
    schema: &Schema,
    convention: &NoticeConvention,
) -> NoticeKind {
    let resolved = schema.resolve(component);
    match resolved.and_then(|resolved| resolved.kind()) {
        Some(Kind::Note) => NoticeKind::Note,
        Some(Kind::Tip) => NoticeKind::Tip,
        Some(Kind::Important | Kind::Warning) => NoticeKind::Caution,
        Some(Kind::Danger) => NoticeKind::Warning,
        None => {
            let icon = component.value("icon").unwrap_or_default();
            kind(&title(component, schema), icon, convention)
        }
    }
}

/// A component's title on one line; empty when it has none.
pub fn title(component: &Component, schema: &Schema) -> String {
    if let Some(resolved) = schema.resolve(component)
        && let Some(title) = resolved.title()
    {
        return title.line();
    }
    match component
        .attribute("title")
        .map(|attribute| &attribute.content)
    {
        Some(Content::Inlines(inlines)) => collapse_blanks(&inline_text(inlines)),
        _ => collapse_blanks(component.value("title").unwrap_or_default()),
    }
}

/// Kind of a notice by the words of its title, then by its icon.
pub fn kind(title: &str, icon: &str, convention: &NoticeConvention) -> NoticeKind {
    kind_by(title, &convention.titles)
        .or_else(|| kind_by(icon, &convention.icons))
        .unwrap_or(convention.otherwise)
}

/// The strongest kind whose words occur in a text; `None` when none do.
pub fn kind_by(text: &str, words: &NoticeWords) -> Option<NoticeKind> {
    let text = folded(text);
    let kinds = [
        (NoticeKind::Warning, &words.warning),
        (NoticeKind::Caution, &words.caution),
        (NoticeKind::Tip, &words.tip),
        (NoticeKind::Note, &words.note),
    ];
    kinds
        .into_iter()
        .find(|(_, words)| words.find_folded(&text).is_some())
        .map(|(kind, _)| kind)
}

fn paragraph(inlines: Vec<Inline>, span: Span) -> Block {
    Block::Paragraph(Paragraph { inlines, span })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn title_decides_before_the_icon() {
        let config = Config::defaults();
        let check = |title, icon, expected| {
            assert_eq!(
                kind(title, icon, &config.conventions.notices),
                expected,
                "{title} {icon}"
            );
        };
        check("유의사항", "💡", NoticeKind::Caution);
        check("참고사항", "💡", NoticeKind::Note);
        check("", "💡", NoticeKind::Tip);
        check("", " ⚠️ ", NoticeKind::Caution);
        check("이용 팁", "", NoticeKind::Tip);
        check("", "", NoticeKind::Note);
    }
}
