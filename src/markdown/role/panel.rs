//! The panels of tabs and the codes of a group: each with the label by which it is chosen.

use std::collections::BTreeMap;

use crate::literal::Value;
use crate::markdown::fence::Fence;
use crate::markdown::node::{Block, Children, CodeBlock, Inline};
use crate::markdown::role::{Resolved, Text};
use crate::markdown::schema::role::ComponentRole;
use crate::markdown::text::{block_text, collapse_blanks, inline_text};

/// Attributes of the whole that name its panels, in order.
const LABELS: [&str; 5] = ["items", "titles", "options", "labels", "values"];

/// Attributes with a name that tabs share, so that one choice holds for all of them.
const GROUPS: [&str; 3] = ["syncKey", "groupId", "storageKey"];

/// One panel.
#[derive(Debug, Clone)]
pub struct Panel<'a> {
    /// Its label; empty when it has none.
    pub label: Label<'a>,
    /// What it contains.
    pub blocks: &'a [Block],
}

/// The labels that the whole gives its panels.
#[derive(Debug)]
struct Labels {
    /// The value by which a panel is known, and its label.
    list: Vec<(String, String)>,
    /// Places in the list by value.
    places: BTreeMap<String, usize>,
}

impl Labels {
    fn new(list: Vec<(String, String)>) -> Self {
        let mut places = BTreeMap::new();
        for (place, (value, _)) in list.iter().enumerate() {
            places.entry(value.clone()).or_insert(place);
        }
        Self { list, places }
    }

    fn of_value(&self, value: &str) -> Option<&(String, String)> {
        self.list.get(*self.places.get(value)?)
    }
}

/// The label of a panel.
#[derive(Debug, Clone)]
pub enum Label<'a> {
    /// What it says itself.
    Own(Text<'a>),
    /// What is said of it, or its number.
    Given(String),
}

impl Label<'_> {
    /// The label on one line.
    pub fn line(&self) -> String {
        match self {
            Self::Own(text) => text.line(),
            Self::Given(text) => text.clone(),
        }
    }
}

impl<'a> Resolved<'a> {
    /// The panels of tabs and the codes of a group, and the blocks that are in none, which come
    /// first.
    pub fn panels(&self) -> (Vec<&'a Block>, Vec<Panel<'a>>) {
        let given = Labels::new(self.labels());
        let (mut others, mut panels) = (Vec::new(), Vec::new());
        self.collect(self.blocks(), &given, &mut others, &mut panels);
        (others, panels)
    }

    /// The name that tabs share with others; `None` without one.
    pub fn group(&self) -> Option<&'a str> {
        GROUPS.iter().find_map(|name| self.plain(name))
    }

    /// What is in the panel that is chosen; `None` where none is.
    pub(in crate::markdown) fn chosen(&self) -> Option<&'a [Block]> {
        if !matches!(self.role, ComponentRole::Tabs | ComponentRole::CodeGroup) {
            return None;
        }
        let (_, panels) = self.panels();
        let labels: Vec<String> = panels.iter().map(|panel| panel.label.line()).collect();
        let chosen = self.schema.panels.chosen(self.group(), &labels)?;
        Some(panels[chosen].blocks)
    }

    fn collect(
        &self,
        blocks: &'a [Block],
        given: &Labels,
        others: &mut Vec<&'a Block>,
        panels: &mut Vec<Panel<'a>>,
    ) {
        for block in blocks {
            match block {
                Block::Code(code) => panels.push(Panel {
                    label: Label::Given(self.code_label(code, given, panels.len())),
                    blocks: std::slice::from_ref(block),
                }),
                Block::Component(component) => {
                    let inner = self.schema.resolve(component);
                    match inner.map(|inner| (inner.role, inner)) {
                        Some((ComponentRole::Tab, inner)) => panels.push(Panel {
                            label: inner.label(given, panels.len()),
                            blocks: inner.blocks(),
                        }),
                        // Its labels are those of the panels.
                        Some((ComponentRole::TabLabels, _)) => {}
                        Some((ComponentRole::CodeGroup, inner))
                            if self.role == ComponentRole::CodeGroup =>
                        {
                            inner.collect(inner.blocks(), given, others, panels);
                        }
                        _ => others.push(block),
                    }
                }
                Block::Comment(_) | Block::Esm(_) => {}
                other => others.push(other),
            }
        }
    }

    /// Labels that the whole gives its panels: the value by which each is known, and its label.
    fn labels(&self) -> Vec<(String, String)> {
        let mut labels = Vec::new();
        for name in LABELS {
            let attribute = self.component.attribute(name);
            let literal = attribute.and_then(|attribute| attribute.literal.as_ref());
            match literal {
                Some(Value::List(values)) => labels.extend(values.iter().map(entry)),
                // `items={{ npm: "npm", yarn: "Yarn" }}`
                Some(Value::Map(entries)) => {
                    let entries = entries.iter();
                    labels.extend(entries.map(|(key, label)| (key.clone(), label.text())));
                }
                _ => {}
            }
            if !labels.is_empty() {
                return labels;
            }
        }
        for block in self.blocks() {
            if let Block::Component(component) = block
                && let Some(inner) = self.schema.resolve(component)
                && inner.role == ComponentRole::TabLabels
            {
                labels.extend(inner.triggers());
            }
        }
        labels
    }

    /// The labels in a list of labels.
    fn triggers(&self) -> Vec<(String, String)> {
        let inner = self.blocks().iter().flat_map(|block| match block {
            Block::Component(component) => vec![&**component],
            Block::Paragraph(paragraph) => {
                let inlines = paragraph.inlines.iter();
                let components = inlines.filter_map(|inline| match inline {
                    Inline::Component(component) => Some(&**component),
                    _ => None,
                });
                components.collect()
            }
            _ => Vec::new(),
        });
        let triggers = inner.filter_map(|component| self.schema.resolve(component));
        let label = |trigger: Resolved<'_>| {
            let value = trigger.plain("value").unwrap_or_default().to_string();
            let text = collapse_blanks(&match &trigger.component.children {
                Children::Blocks(blocks) => block_text(blocks),
                Children::Inlines(inlines) => inline_text(inlines),
            });
            let text = if text.is_empty() { value.clone() } else { text };
            (value, text)
        };
        triggers.map(label).collect()
    }

    /// The label of a panel: its own, the one that the whole has for its value, the one at its
    /// place, or its number.
    fn label(&self, given: &Labels, place: usize) -> Label<'a> {
        let value = self.plain("value");
        let of_value = value.and_then(|value| given.of_value(value));
        let own = self.title();
        let is_value = own.is_some_and(|own| Some(own) == value.map(Text::Plain));
        match (own, of_value.or_else(|| given.list.get(place))) {
            (Some(own), None) => Label::Own(own),
            (Some(own), Some(_)) if !is_value => Label::Own(own),
            (_, Some((_, label))) => Label::Given(label.clone()),
            (None, None) => Label::Given((place + 1).to_string()),
        }
    }

    fn code_label(&self, code: &CodeBlock, given: &Labels, place: usize) -> String {
        let fence = Fence::of(code);
        let own = match self.role {
            ComponentRole::CodeGroup => fence.label(),
            _ => fence.title.clone(),
        };
        let own = own.filter(|own| !own.is_empty());
        let of_place = given.list.get(place).map(|(_, label)| label.clone());
        own.or(of_place).unwrap_or_else(|| match fence.language {
            "" => (place + 1).to_string(),
            language => language.to_string(),
        })
    }
}

/// `"npm"`, or `{ label: "npm", value: "npm" }`.
fn entry(value: &Value) -> (String, String) {
    let text = |names: [&str; 4]| {
        let mut found = names.iter().filter_map(|name| value.get(name));
        found.next().map(Value::text).unwrap_or_default()
    };
    match value {
        Value::Map(_) => (
            text(["value", "id", "key", "name"]),
            text(["label", "title", "name", "value"]),
        ),
        other => (other.text(), other.text()),
    }
}
