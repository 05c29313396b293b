//! Steps of procedures: items of lists outside the form, with the items nested in them.

use crate::config::signal_matcher::SignalSet;
use crate::config::signals::Signal;
use crate::markdown::node::{Block, Inline};
use crate::markdown::text::label_text;
use crate::model::conventions::{Conventions, Opens};
use crate::model::field::paragraph;
use crate::model::item::{Confidence, Item, Requirement, Role, Section};
use crate::model::label::cut;
use crate::model::matrix::walk::{Heading, TRAIL_STEPS, Walk};
use crate::model::path::trail;
use crate::model::role::{Position, Verdict};
use crate::model::statement::{Form, Statement};
use crate::normal::without_blanks;

impl Walk<'_, '_, '_> {
    /// The items of a step and of what is nested in it; none if it is about other scenarios only.
    pub(super) fn step(
        &self,
        statement: &Statement<'_>,
        section: Section,
        heading: &Heading<'_>,
    ) -> Vec<Item> {
        if heading
            .strange
            .is_some_and(|strange| strange.is_in(&statement.whole_text()))
        {
            return Vec::new();
        }
        if let Form::Link(link) = &statement.form {
            let mut inner = Self::new(self.tone, self.scope, self.conventions);
            inner.related(link, section);
            return inner.items;
        }
        if self.repeats_heading(statement, heading) {
            let below = statement.children.iter();
            let below = below.flat_map(|child| self.step(child, section, &heading.inner()));
            return below.collect();
        }
        let mut item = self.own_step(statement, section, heading);
        let are_cases = item.evidence == ["cases"];
        for own in &statement.own {
            let found = self.judge(own, Position::Elsewhere);
            let mut part = self.item_of_verdict(own, section, &found, heading.condition);
            part.requirement = Requirement::Required;
            item.items.push(part);
        }
        if are_cases {
            if let Some(list) = statement.item {
                item.detail.extend(list.blocks.iter().skip(1).cloned());
            }
        } else {
            let inner = heading.inner();
            for child in &statement.children {
                item.items.extend(self.nested(child, section, &inner));
            }
        }
        vec![item]
    }

    fn nested(&self, child: &Statement<'_>, section: Section, heading: &Heading<'_>) -> Vec<Item> {
        let mut items = self.step(child, section, heading);
        let is_pair = label_and_value(child, self.conventions).is_some();
        if let [item] = items.as_mut_slice()
            && is_pair
            && item.trail.is_none()
            && item.role != Role::Related
        {
            item.role = Role::Know;
            item.requirement = Requirement::Optional;
            item.condition = None;
            item.evidence = vec!["pair".to_string()];
        }
        items
    }

    /// Whether a list item is a heading: it opens a section or repeats the heading above.
    fn repeats_heading(&self, statement: &Statement<'_>, heading: &Heading<'_>) -> bool {
        if statement.children.is_empty() {
            return false;
        }
        let said = without_blanks(statement.text.trim_end_matches([':', ' ']));
        let opens = self.conventions.opens(&statement.text);
        let is_section = matches!(opens, Opens::Path | Opens::Fields);
        is_section || (!said.is_empty() && without_blanks(heading.title).contains(&said))
    }

    fn own_step(&self, statement: &Statement<'_>, section: Section, heading: &Heading<'_>) -> Item {
        let pair = label_and_value(statement, self.conventions);
        let least = TRAIL_STEPS;
        let behind = pair.as_ref().map(|(_, value)| value);
        let behind = behind.and_then(|value| trail(value, least, self.conventions));
        let found = behind.or_else(|| trail(&statement.inlines, least, self.conventions));
        if let Some(found) = found {
            let named = pair
                .as_ref()
                .map(|(label, _)| self.conventions.signals_in(label));
            let leads = named.is_some_and(|signals: SignalSet| signals.has(Signal::TrailLabel));
            let role = if leads { Role::Go } else { Role::Do };
            let mut item = Item::new(section, role, statement.inlines.clone(), statement.span);
            item.node = statement.node;
            item.evidence = vec!["trail".to_string()];
            item.confidence = Confidence::Sure;
            item.trail = Some(found);
            item.detail = match pair {
                Some(_) => later_lines(statement, self.conventions),
                None => Vec::new(),
            };
            item.detail.extend(statement.rest.iter().cloned());
            item.set_condition(heading.condition.map(str::to_string));
            item.value = address_in(&statement.inlines);
            return item;
        }
        let has_end = statement.signals.has(Signal::SentenceEnd);
        if !statement.children.is_empty() && pair.is_none() && !has_end {
            let mut item = Item::new(
                section,
                Role::Know,
                statement.inlines.clone(),
                statement.span,
            );
            item.evidence = vec!["cases".to_string()];
            item.requirement = Requirement::Optional;
            return item;
        }
        let mut found = self.judge(statement, Position::Elsewhere);
        let address = address_in(&statement.inlines);
        if found.role == Role::Know {
            let is_first = section == Section::Before && found.evidence == "statement";
            if is_first && statement.signals.has(Signal::State) {
                found = certain(Role::Verify, "state");
            } else if address.is_some() && statement.signals.has(Signal::PutIn) {
                found = certain(Role::Do, "address-to-enter");
            } else if heading.is_only
                && !heading.title.is_empty()
                && has_end
                && !statement.signals.has(Signal::Ability)
                && statement.signals.has(Signal::Sequence)
            {
                found = certain(Role::Do, "only-step");
            }
        }
        let mut item = self.item_of_verdict(statement, section, &found, heading.condition);
        item.value = address.filter(|_| found.role == Role::Do);
        item
    }
}

fn certain(role: Role, evidence: &'static str) -> Verdict {
    Verdict {
        role,
        evidence,
        confidence: Confidence::Likely,
    }
}

/// The label and the value of a statement `label : value`; `None` for other statements.
pub(super) fn label_and_value(
    statement: &Statement<'_>,
    conventions: &Conventions<'_>,
) -> Option<(String, Vec<Inline>)> {
    let cut = cut(&statement.inlines, &conventions.words.fields.actions);
    let value = cut.value?;
    Some((label_text(&cut.label), value))
}

/// The lines after the first of a statement `label : trail`.
pub(super) fn later_lines(statement: &Statement<'_>, conventions: &Conventions<'_>) -> Vec<Block> {
    paragraph(cut(&statement.inlines, &conventions.words.fields.actions).rest)
}

/// The first link whose text is an address; `None` without one.
fn address_in(inlines: &[Inline]) -> Option<String> {
    inlines.iter().find_map(|inline| match inline {
        Inline::Link(link) if label_text(&link.inlines).contains("://") => Some(link.url.clone()),
        Inline::Strong(group) | Inline::Emphasis(group) => address_in(&group.inlines),
        _ => None,
    })
}
