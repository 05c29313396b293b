//! The console's form: its trail and its fields.

use crate::config::signals::Signal;
use crate::markdown::node::{Block, Item as ListItem};
use crate::markdown::text::label_text;
use crate::model::condition::only_when;
use crate::model::conventions::Opens;
use crate::model::field::{self, Field};
use crate::model::item::{Confidence, Item, Role, Section};
use crate::model::items::{item_of, rows, setting};
use crate::model::label::{Cut, cut};
use crate::model::limit::repeated;
use crate::model::matrix::step::{label_and_value, later_lines};
use crate::model::matrix::walk::{Heading, TRAIL_STEPS, Walk, form_section};
use crate::model::outline::Part;
use crate::model::path::{Trail, trail};
use crate::model::role::{Position, orders};
use crate::model::statement::{Form, Statement, item_statements};

/// Longest name of a field without a value, in characters; a longer text is a sentence.
const LONGEST_NAME: usize = 12;

/// Fewest nested names of credentials that make each of them a field.
const MANY: usize = 2;

impl Walk<'_, '_, '_> {
    /// Adds a part that is a form. A callout between fields is about the field before it.
    pub(super) fn form(&mut self, part: &Part<'_>, statements: &[Statement<'_>]) {
        let section = form_section(part);
        let has_items = statements
            .iter()
            .any(|one| one.form == Form::Item || matches!(one.rest.first(), Some(Block::Table(_))));
        let last_item = statements.iter().rposition(|one| one.form == Form::Item);
        let first = self.items.len();
        self.last_field = None;
        let mut run: Vec<&Statement<'_>> = Vec::new();
        for (index, statement) in statements.iter().enumerate() {
            if statement.form == Form::Line {
                run.push(statement);
                continue;
            }
            let is_amid = last_item.is_some_and(|last| index <= last);
            self.beside_field(&std::mem::take(&mut run), section, is_amid);
            match statement.form {
                Form::Paragraph => self.form_paragraph(statement, section, has_items),
                _ => self.form_statement(statement, section),
            }
        }
        self.beside_field(&run, section, false);
        if let Some(condition) = self.scope.own_cases(part.text, self.conventions) {
            self.limit_to(repeated(&condition), first);
        }
    }

    /// Sets the condition of a part on its items, from index `first`, that have none. The
    /// console's own labels apply to everybody.
    fn limit_to(&mut self, condition: &str, first: usize) {
        for item in &mut self.items[first..] {
            let is_own = item.role.has_box() && item.condition.is_none();
            let is_form = || {
                let label = self.conventions.signals_in(&label_text(&item.label));
                label.has(Signal::FormLabel)
            };
            if is_own && !is_form() {
                item.set_condition(Some(condition.to_string()));
            }
        }
    }

    /// Adds notices in a form: to the field before them if there is one and others follow.
    fn beside_field(&mut self, run: &[&Statement<'_>], section: Section, is_amid: bool) {
        let before = self.items.len();
        self.notices(run, section, None);
        let Some(field) = self.last_field.filter(|_| is_amid) else {
            return;
        };
        let found: Vec<Item> = self.items.drain(before..).collect();
        self.items[field].items.extend(found);
    }

    fn form_paragraph(&mut self, statement: &Statement<'_>, section: Section, has_items: bool) {
        let is_pair = label_and_value(statement, self.conventions).is_some();
        let least = if section == Section::Route {
            2
        } else {
            TRAIL_STEPS
        };
        let is_trail = trail(&statement.inlines, least, self.conventions).is_some();
        if is_trail || (is_pair && !has_items) {
            let paragraph = crate::markdown::node::Paragraph {
                inlines: statement.inlines.clone(),
                span: statement.span,
            };
            let item = [item_of(Block::Paragraph(paragraph), statement.span)];
            for statement in item_statements(&item, self.conventions) {
                self.form_statement(&statement, section);
            }
            return;
        }
        self.notices(&[statement], section, None);
    }

    /// Adds one statement of a form.
    pub(super) fn form_statement(&mut self, statement: &Statement<'_>, section: Section) {
        match &statement.form {
            Form::Link(link) => self.related(link, section),
            Form::Reference => match statement.rest.first() {
                Some(Block::Table(table)) => {
                    let rows = rows(table);
                    for row in item_statements(&rows, self.conventions) {
                        self.form_statement(&row, section);
                    }
                }
                _ => self.reference(statement, section),
            },
            Form::Paragraph | Form::Line => self.notices(&[statement], section, None),
            Form::Item => self.form_item(statement, section),
        }
    }

    fn form_item(&mut self, statement: &Statement<'_>, section: Section) {
        let cut = cut(&statement.inlines, &self.conventions.words.fields.actions);
        let label = label_text(&cut.label);
        if let Some(found) = self.leading_trail(statement, &cut, &label, section) {
            let mut item = Item::new(
                Section::Route,
                Role::Go,
                statement.inlines.clone(),
                statement.span,
            );
            item.trail = Some(found);
            item.detail.clone_from(&statement.rest);
            item.evidence = vec!["trail".to_string()];
            item.confidence = Confidence::Sure;
            if let Some(first) = statement.children.first() {
                item.span.end = first.span.start.max(item.span.start);
            }
            self.items.push(item);
            for child in &statement.children {
                self.form_statement(child, Section::Route);
            }
            return;
        }
        let opens = self.conventions.opens(&statement.text);
        if statement.text.is_empty() || (opens == Opens::Fields && statement.children.is_empty()) {
            return;
        }
        if self.is_sentence(statement, &cut, &label) {
            let found = self.step(statement, section, &Heading::default());
            return self.items.extend(found);
        }
        if let Some(item) = statement.item {
            self.field(item, statement, section);
        }
    }

    /// The trail of an item that is a trail, with or without the section's name before it.
    fn leading_trail(
        &self,
        statement: &Statement<'_>,
        cut: &Cut,
        label: &str,
        section: Section,
    ) -> Option<Trail> {
        let least = if section == Section::Route {
            2
        } else {
            TRAIL_STEPS
        };
        match &cut.value {
            None => trail(&statement.inlines, least, self.conventions),
            Some(value) => {
                let leads = || self.conventions.signals_in(label).has(Signal::TrailLabel);
                let names_place = self.conventions.opens(label) == Opens::Path
                    || (section == Section::Route && leads());
                trail(value, 2, self.conventions).filter(|_| names_place)
            }
        }
    }

    /// Whether a statement is a sentence among the fields and not a field.
    fn is_sentence(&self, statement: &Statement<'_>, cut: &Cut, label: &str) -> bool {
        if self.conventions.signals_in(label).has(Signal::Caution) {
            return true;
        }
        let is_bare = cut.value.is_none() && statement.children.is_empty() && cut.action.is_empty();
        if !is_bare {
            return false;
        }
        let is_long = statement.text.chars().count() > LONGEST_NAME;
        let ends = statement.signals.has(Signal::SentenceEnd) && is_long;
        let is_order = orders(&statement.text, statement.signals, self.conventions);
        (ends || (is_order && is_long)) && !field::names_code(&statement.text)
    }

    fn field(&mut self, item: &ListItem, statement: &Statement<'_>, section: Section) {
        let mut read = field::read(item, self.conventions);
        let credentials = self.credentials(&read, statement);
        let mut own = Vec::new();
        if credentials.len() >= MANY {
            read.make_credential(&self.conventions.words.fields);
            own = credentials.into_iter().skip(1).collect();
        }
        let signals = self.conventions.signals_in(&label_text(&read.label));
        let section = match signals.has(Signal::PlaceLabel) {
            true => Section::Route,
            false => section,
        };
        let mut made = self.setting(read, section);
        made.items = self.nested_parts(statement, section);
        if let Some(first) = own.first() {
            made.span.end = first.span.start.max(made.span.start);
        }
        for line in &statement.own {
            let found = self.judge(line, Position::Elsewhere);
            made.items
                .push(self.item_of_verdict(line, section, &found, None));
        }
        self.last_field = Some(self.items.len());
        self.items.push(made);
        for child in own {
            if let Some(item) = child.item {
                let read = field::read(item, self.conventions);
                let mut made = self.setting(read, section);
                made.evidence.push("nested-credentials".to_string());
                self.last_field = Some(self.items.len());
                self.items.push(made);
            }
        }
    }

    /// Nested items that are credentials of their own.
    fn credentials<'s, 'a>(
        &self,
        read: &Field,
        statement: &'s Statement<'a>,
    ) -> Vec<&'s Statement<'a>> {
        let mut choices = read.answer.choices().iter();
        if choices.any(|choice| !choice.value.is_empty()) {
            return Vec::new();
        }
        let words = &self.conventions.words.fields;
        let is_one = |child: &&Statement<'_>| {
            let is_secret = || field::secret_word(&child.text, words).is_some();
            !child.signals.has(Signal::SentenceEnd)
                && !child.signals.has(Signal::Check)
                && (child.signals.has(Signal::Identity) || is_secret())
                && trail(&child.inlines, TRAIL_STEPS, self.conventions).is_none()
        };
        statement.children.iter().filter(is_one).collect()
    }

    /// The item of a field.
    fn setting(&self, field: Field, section: Section) -> Item {
        let mut item = setting(field, section);
        if let Some(field) = &item.setting {
            let condition = self.field_condition(field, item.role);
            item.is_for_tests = self.is_for_tests(field, item.role);
            item.set_condition(condition);
        }
        item
    }

    /// Whether a field that takes one value describes it as one for tests. The choice of the mode
    /// names the mode, not a value.
    fn is_for_tests(&self, field: &Field, role: Role) -> bool {
        let takes_one = matches!(role, Role::SetFixed | Role::EnterIssued | Role::EnterSecret);
        if !takes_one {
            return false;
        }
        let value = self.conventions.signals_in(&field.text_line());
        let label = self.conventions.signals_in(&label_text(&field.label));
        value.has(Signal::Test) && !value.has(Signal::Live) && !label.has(Signal::PlaceLabel)
    }

    /// When a field applies; `None` for always. A field that stays blank except in one case applies
    /// to the other cases.
    fn field_condition(&self, field: &Field, role: Role) -> Option<String> {
        let value = field.text_line();
        let note = field.note_text();
        let label = label_text(&field.label);
        let own = || self.scope.own_cases(&label, self.conventions);
        let only = || only_when(&[&value, &note], self.conventions);
        match role {
            Role::LeaveBlank => only().map(|only| own().unwrap_or(only)).or_else(own),
            Role::Optional => None,
            _ => only().or_else(own),
        }
    }

    /// The items of callouts and trails inside a field's item.
    fn nested_parts(&self, statement: &Statement<'_>, section: Section) -> Vec<Item> {
        let mut inner = Walk::new(self.tone, self.scope, self.conventions);
        for child in &statement.children {
            if child.form == Form::Line {
                inner.notices(&[child], section, None);
                continue;
            }
            let pair = label_and_value(child, self.conventions);
            let names = |label: &str| self.conventions.opens(label) == Opens::Path;
            let (name, said) = match pair {
                Some((label, value)) if names(&label) => (label, value),
                Some(_) => continue,
                None => (String::new(), child.inlines.clone()),
            };
            if let Some(found) = trail(&said, TRAIL_STEPS, self.conventions) {
                let mut item = Item::new(section, Role::Do, child.inlines.clone(), child.span);
                item.trail = Some(found);
                item.title = name;
                item.detail = later_lines(child, self.conventions);
                item.evidence = vec!["nested-trail".to_string()];
                inner.items.push(item);
            }
        }
        inner.items
    }
}
