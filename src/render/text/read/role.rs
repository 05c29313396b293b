//! Components as text, by their roles.

use crate::markdown::fence::Fence;
use crate::markdown::node::{Block, Children, Placement};
use crate::markdown::role::{Resolved, Text};
use crate::markdown::schema::role::ComponentRole;
use crate::render::html::role::field::facts;
use crate::render::html::role::{condition_words, resolved_as};
use crate::render::text::read::{Reader, push};
use crate::render::text::{Run, TextBlock, TextItem};

impl Reader<'_> {
    /// A component among blocks.
    pub(super) fn role(&self, resolved: Resolved<'_>) -> Vec<TextBlock> {
        match resolved.role {
            ComponentRole::Hidden | ComponentRole::TabLabels | ComponentRole::Box => Vec::new(),
            ComponentRole::Callout => self.callout(resolved),
            ComponentRole::Steps => self.steps(resolved),
            ComponentRole::Tabs | ComponentRole::CodeGroup => self.panels(resolved),
            _ => {
                let mut blocks = self.head(resolved);
                blocks.extend(self.content(resolved));
                blocks
            }
        }
    }

    /// A component inside running text: its texts one after the other.
    pub(super) fn role_in_line(&self, resolved: Resolved<'_>, style: &Run, runs: &mut Vec<Run>) {
        if matches!(
            resolved.role,
            ComponentRole::Hidden | ComponentRole::TabLabels | ComponentRole::Box
        ) {
            return;
        }
        let head = self.head_runs(resolved, style);
        let has_head = !head.is_empty();
        runs.extend(head);
        let texts: Vec<String> = texts(resolved).into_iter().map(Text::line).collect();
        let is_term = resolved.role == ComponentRole::Term;
        if !is_term {
            for text in &texts {
                push(runs, style, " ");
                push(runs, style, text);
            }
        }
        let mut own = style.clone();
        self.lead_to(resolved, &mut own);
        match &resolved.component().children {
            Children::Inlines(children) => {
                if has_head && !children.is_empty() {
                    push(runs, style, " ");
                }
                self.inlines(children, &own, runs);
            }
            Children::Blocks(children) => {
                for block in self.blocks(children) {
                    push(runs, style, &block.text());
                }
            }
        }
        if is_term && !texts.is_empty() {
            push(runs, style, &format!(" ({})", texts.join(" – ")));
        }
    }

    fn callout(&self, resolved: Resolved<'_>) -> Vec<TextBlock> {
        let title = resolved.title().map(|title| self.text(title, &strong()));
        let mut blocks = self.paragraphs(resolved);
        blocks.extend(self.content(resolved));
        let title = title.unwrap_or_default();
        if title.is_empty() && blocks.is_empty() {
            return Vec::new();
        }
        vec![TextBlock::Notice {
            tone: self.tone(resolved.component()),
            title,
            blocks,
        }]
    }

    fn steps(&self, resolved: Resolved<'_>) -> Vec<TextBlock> {
        let schema = &self.context.config.components;
        let step = |block| resolved_as(schema, block, ComponentRole::Step);
        let blocks = resolved.blocks();
        let mut found = self.head(resolved);
        let items: Vec<TextItem> = blocks
            .iter()
            .filter_map(step)
            .map(|step| TextItem {
                checked: None,
                blocks: self.role(step),
            })
            .collect();
        for block in blocks.iter().filter(|block| step(block).is_none()) {
            found.extend(self.blocks(std::slice::from_ref(block)));
        }
        if !items.is_empty() {
            found.push(TextBlock::List {
                start: Some(1),
                items,
            });
        }
        found
    }

    fn panels(&self, resolved: Resolved<'_>) -> Vec<TextBlock> {
        let (others, panels) = resolved.panels();
        let mut found = self.head(resolved);
        for block in others {
            found.extend(self.blocks(std::slice::from_ref(block)));
        }
        let code = resolved
            .code()
            .filter(|_| resolved.role == ComponentRole::CodeGroup);
        found.extend(code.map(|code| TextBlock::Code {
            text: code.trim_end_matches('\n').to_string(),
        }));
        let is_named = panels.len() > 1 || resolved.role == ComponentRole::Tabs;
        for panel in panels {
            let label = panel.label.line();
            if is_named && !label.is_empty() {
                let mut run = strong();
                run.text = label;
                found.push(TextBlock::Paragraph { runs: vec![run] });
            }
            match panel.blocks {
                [Block::Code(code)] if is_named || Fence::of(code).title.is_none() => {
                    found.push(TextBlock::Code {
                        text: code.text.trim_end_matches('\n').to_string(),
                    });
                }
                blocks => found.extend(self.blocks(blocks)),
            }
        }
        found
    }

    /// Title and texts of a component, each a paragraph.
    fn head(&self, resolved: Resolved<'_>) -> Vec<TextBlock> {
        let mut blocks = Vec::new();
        if let (ComponentRole::Card, Some(url)) = (resolved.role, resolved.source()) {
            let runs = vec![self.image_at(url, "", &Run::default())];
            blocks.push(TextBlock::Paragraph { runs });
        }
        let title = self.head_runs(resolved, &Run::default());
        if !title.is_empty() {
            blocks.push(TextBlock::Paragraph { runs: title });
        }
        blocks.extend(self.paragraphs(resolved));
        blocks
    }

    fn paragraphs(&self, resolved: Resolved<'_>) -> Vec<TextBlock> {
        let texts = texts(resolved).into_iter();
        let runs = texts.map(|text| self.text(text, &Run::default()));
        runs.map(|runs| TextBlock::Paragraph { runs }).collect()
    }

    fn content(&self, resolved: Resolved<'_>) -> Vec<TextBlock> {
        match &resolved.component().children {
            Children::Blocks(children) => self.blocks(children),
            Children::Inlines(children) if children.is_empty() => Vec::new(),
            Children::Inlines(children) => vec![TextBlock::Paragraph {
                runs: self.line(children),
            }],
        }
    }

    /// The title of a component: in bold, with what is known of a field, or the image that it shows.
    fn head_runs(&self, resolved: Resolved<'_>, style: &Run) -> Vec<Run> {
        let mut own = Run {
            strong: true,
            ..style.clone()
        };
        self.lead_to(resolved, &mut own);
        match resolved.role {
            ComponentRole::Image => {
                let url = resolved.source().or_else(|| resolved.light_source());
                let says = resolved.title().map(Text::line).unwrap_or_default();
                url.map(|url| self.image_at(url, &says, style))
                    .into_iter()
                    .collect()
            }
            ComponentRole::When => {
                own.text = condition_words(
                    &resolved.conditions(),
                    &resolved.component().name,
                    self.context.strings.page("condition_not"),
                );
                if resolved.component().placement == Placement::Phrasing {
                    own.text.push(':');
                }
                vec![own]
            }
            ComponentRole::Transparent => {
                let title = resolved.visible().next();
                title
                    .map(|title| self.text(title, &own))
                    .unwrap_or_default()
            }
            ComponentRole::Field => self.field(resolved, &own),
            ComponentRole::Badge | ComponentRole::Link | ComponentRole::Term => {
                own.strong = style.strong;
                let title = resolved.title();
                title
                    .map(|title| self.text(title, &own))
                    .unwrap_or_default()
            }
            ComponentRole::Video if resolved.title().is_none() && !own.url.is_empty() => {
                own.text = self.context.strings.page("video_open").to_string();
                vec![own]
            }
            _ => {
                let title = resolved.title();
                title
                    .map(|title| self.text(title, &own))
                    .unwrap_or_default()
            }
        }
    }

    fn field(&self, resolved: Resolved<'_>, style: &Run) -> Vec<Run> {
        let facts = facts(&resolved);
        let title = resolved.title();
        let mut runs = title
            .map(|title| self.text(title, style))
            .unwrap_or_default();
        let mut words = Vec::new();
        words.extend(facts.kind.map(str::to_string));
        if facts.is_required {
            words.push(self.context.strings.page("field_required").to_string());
        }
        let default = self.context.strings.page("field_default");
        words.extend(facts.default.map(|value| format!("{default} {value}")));
        if !words.is_empty() {
            push(
                &mut runs,
                &Run::default(),
                &format!(" ({})", words.join(", ")),
            );
        }
        runs
    }

    fn text(&self, text: Text<'_>, style: &Run) -> Vec<Run> {
        let mut runs = Vec::new();
        match text {
            Text::Plain(text) => push(&mut runs, style, text),
            Text::Inlines(inlines) => self.inlines(inlines, style, &mut runs),
        }
        runs
    }

    fn lead_to(&self, resolved: Resolved<'_>, run: &mut Run) {
        let is_video = resolved.role == ComponentRole::Video;
        let source = is_video.then(|| resolved.source()).flatten();
        let made = resolved.made_href();
        if let Some(url) = resolved.href().or(source).or(made.as_deref()) {
            self.lead(run, url);
        }
    }
}

/// Texts below the title: those of the role, or all visible ones but the first.
fn texts(resolved: Resolved<'_>) -> Vec<Text<'_>> {
    match resolved.role {
        ComponentRole::Transparent => resolved.visible().skip(1).collect(),
        _ => resolved.texts(),
    }
}

fn strong() -> Run {
    Run {
        strong: true,
        ..Run::default()
    }
}
