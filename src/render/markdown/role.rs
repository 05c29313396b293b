//! What is before the content of a component in plain Markdown, by its role.

use crate::markdown::node::{Block, Placement, Syntax};
use crate::markdown::role::{Kind, Label, Panel, Resolved, Text};
use crate::markdown::schema::role::ComponentRole;
use crate::render::html::role::field::facts;
use crate::render::html::role::{condition_words, words_in};

/// How a component is written in plain Markdown.
pub(super) enum Written {
    /// As it is.
    AsItIs,
    /// Not at all.
    Hidden,
    /// Without its tags.
    Shown,
}

/// How a component is written.
pub(super) fn of(resolved: Resolved<'_>) -> Written {
    let is_markdown = matches!(resolved.component().syntax, Syntax::Alert | Syntax::Element);
    match resolved.role {
        ComponentRole::Hidden | ComponentRole::TabLabels => Written::Hidden,
        _ if is_markdown => Written::AsItIs,
        _ => Written::Shown,
    }
}

/// Whether the words between its tags are a link.
fn is_link(resolved: Resolved<'_>) -> bool {
    let is_word = matches!(resolved.role, ComponentRole::Link | ComponentRole::Button);
    is_word && resolved.title().is_none() && resolved.href().is_some()
}

/// What is after its content.
pub(super) fn after(resolved: Resolved<'_>) -> String {
    match resolved.role {
        _ if is_link(resolved) => format!("](<{}>)", resolved.href().unwrap_or_default()),
        ComponentRole::Term => in_brackets(resolved),
        _ => String::new(),
    }
}

/// The meaning of a term.
fn in_brackets(resolved: Resolved<'_>) -> String {
    let texts: Vec<String> = resolved.texts().into_iter().map(Text::line).collect();
    match texts.is_empty() {
        true => String::new(),
        false => format!(" ({})", texts.join(" – ")),
    }
}

/// What is before its content, between blocks with blank lines around it.
pub(super) fn shown(resolved: Resolved<'_>) -> String {
    let has_words = words_in(resolved.component()).is_some_and(|words| !words.is_empty());
    if has_words && is_link(resolved) {
        return "[".to_string();
    }
    if has_words && resolved.role == ComponentRole::Term {
        return String::new();
    }
    let is_flow = resolved.component().placement == Placement::Flow;
    let texts: Vec<String> = match resolved.role {
        ComponentRole::Transparent => resolved.visible().skip(1).map(Text::line).collect(),
        _ => resolved.texts().into_iter().map(Text::line).collect(),
    };
    let head = head(resolved, is_flow);
    if !is_flow {
        let texts = texts.into_iter().map(|text| format!("({text})"));
        let parts: Vec<String> = head.into_iter().chain(texts).collect();
        return match parts.is_empty() {
            true => String::new(),
            false => parts.join(" ") + " ",
        };
    }
    let parts: Vec<String> = head
        .into_iter()
        .chain(texts)
        .chain(code(resolved))
        .collect();
    match parts.is_empty() {
        true => String::new(),
        false => format!("\n{}\n\n", parts.join("\n\n")),
    }
}

fn head(resolved: Resolved<'_>, is_flow: bool) -> Option<String> {
    let title = match resolved.role {
        ComponentRole::Transparent => resolved.visible().next(),
        _ => resolved.title(),
    };
    let title = title.map(Text::line).filter(|title| !title.is_empty());
    let bold = title.as_ref().map(|title| match is_flow {
        true => format!("**{title}**"),
        false => title.clone(),
    });
    match resolved.role {
        ComponentRole::Tabs | ComponentRole::CodeGroup if bold.is_none() => labels(resolved),
        ComponentRole::Callout => callout(resolved, bold),
        ComponentRole::Image => {
            let url = resolved.source().or_else(|| resolved.light_source())?;
            Some(format!("![{}](<{url}>)", title.unwrap_or_default()))
        }
        ComponentRole::Video => {
            let own = resolved.source().or_else(|| resolved.href());
            let url = own.map(str::to_string).or_else(|| resolved.made_href())?;
            let title = title.unwrap_or_else(|| url.clone());
            Some(format!("[{title}](<{url}>)"))
        }
        ComponentRole::When => {
            let words = condition_words(&resolved.conditions(), &resolved.component().name, "≠");
            Some(format!("**{words}**"))
        }
        ComponentRole::Field => {
            let facts = facts(&resolved);
            let kind = facts.kind.map(|kind| format!(" ({kind})"));
            Some(bold? + &kind.unwrap_or_default())
        }
        _ => {
            let bold = bold?;
            Some(match resolved.href() {
                Some(url) => format!("[{bold}](<{url}>)"),
                None => bold,
            })
        }
    }
}

/// The labels of panels that do not say them.
fn labels(resolved: Resolved<'_>) -> Option<String> {
    let (_, panels) = resolved.panels();
    let is_said = |panel: &Panel<'_>| matches!(panel.label, Label::Own(_));
    let is_code = |panel: &Panel<'_>| matches!(panel.blocks, [Block::Code(_)]);
    if panels.iter().all(|panel| is_said(panel) || is_code(panel)) {
        return None;
    }
    let labels: Vec<String> = panels.iter().map(|panel| panel.label.line()).collect();
    Some(labels.join(" · "))
}

/// A line in a quote: that it warns is seen in any language.
fn callout(resolved: Resolved<'_>, title: Option<String>) -> Option<String> {
    let warns = matches!(resolved.kind(), Some(Kind::Warning | Kind::Danger));
    let sign = warns.then(|| "⚠️".to_string());
    let words: Vec<String> = sign.into_iter().chain(title).collect();
    (!words.is_empty()).then(|| format!("> {}", words.join(" ")))
}

/// Code in an attribute.
fn code(resolved: Resolved<'_>) -> Option<String> {
    let names: &[&str] = match resolved.role {
        ComponentRole::CodeGroup => &["code", "snippet", "content"],
        ComponentRole::Diagram => &["chart", "code"],
        _ => return None,
    };
    let code = names.iter().find_map(|name| resolved.plain(name))?;
    let ticks = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat((ticks + 1).max(3));
    Some(format!("{fence}\n{code}\n{fence}"))
}
