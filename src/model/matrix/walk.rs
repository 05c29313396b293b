//! The parts of a mode in document order, and the items that they make.

use crate::config::Tone;
use crate::config::hearing::Heard;
use crate::config::signals::Signal;
use crate::markdown::node::{Block, Inline};
use crate::markdown::text::label_text;
use crate::model::condition::{Scope, clause, of_statement};
use crate::model::conventions::{Conventions, Opens};
use crate::model::field::paragraph;
use crate::model::item::{Confidence, Item, Requirement, Role, Section};
use crate::model::limit::repeated;
use crate::model::label::{Cut, cut};
use crate::model::matrix::attach::{attach, complete_prefixes};
use crate::model::matrix::key::finish;
use crate::model::matrix::{ModeLayout, Strange, binds, section_of};
use crate::model::outline::Part;
use crate::model::path::trail;
use crate::model::related::Related;
use crate::model::role::{Place, Verdict, orders, verdict};
use crate::model::statement::{Form, Statement, statements};
use crate::model::version::is_statement;
use crate::normal::without_blanks;

/// Steps that make a text a trail where a trail is not what is looked for.
pub(super) const TRAIL_STEPS: usize = 3;

/// The items of a mode while they are made.
pub(super) struct Walk<'s, 'c, 'w> {
    pub tone: Tone,
    pub scope: &'s Scope,
    pub conventions: &'c Conventions<'w>,
    pub items: Vec<Item>,
    /// Whether the form has begun: what comes later comes after it.
    pub is_past_form: bool,
    /// The last field of the form that is read.
    pub last_field: Option<usize>,
    /// Conditions that headings and leads give to what is below them, with their levels.
    conditions: Vec<(u8, Option<String>)>,
}

impl<'s, 'c, 'w> Walk<'s, 'c, 'w> {
    pub(super) fn new(tone: Tone, scope: &'s Scope, conventions: &'c Conventions<'w>) -> Self {
        Self {
            tone,
            scope,
            conventions,
            items: Vec::new(),
            is_past_form: false,
            last_field: None,
            conditions: Vec::new(),
        }
    }

    /// What the guide or the scenario says to this mode.
    pub(super) fn preamble(&mut self, statements: &[Statement<'_>]) {
        let is_version = |line: &str| is_statement(line, self.conventions);
        let binding: Vec<Statement<'_>> = statements
            .iter()
            .filter(|statement| binds(statement, self.tone, self.conventions))
            .filter_map(|statement| statement.without(is_version, self.conventions))
            .collect();
        let binding: Vec<&Statement<'_>> = binding.iter().collect();
        self.sequence(&binding, Section::Before);
    }

    pub(super) fn mode(&mut self, mode: &ModeLayout<'_>) {
        let parts = match mode.parts.split_first() {
            Some((head, below)) if mode.has_heading => {
                self.head(head);
                below
            }
            _ => mode.parts.as_slice(),
        };
        for part in parts {
            self.part(part, &Strange::default());
        }
    }

    /// Sections beside the modes that bind this one.
    pub(super) fn beside(&mut self, parts: &[Part<'_>], strange: &Strange) {
        self.is_past_form = true;
        self.conditions.clear();
        for part in parts {
            self.part(part, strange);
        }
    }

    /// The items with their keys. Where something is set and the guide says nothing about how it
    /// is verified, the convention does.
    pub(super) fn finish(mut self, closing: &str) -> Vec<Item> {
        let has = |is_it: &dyn Fn(&Item) -> bool| self.items.iter().any(is_it);
        let sets = has(&|item| item.setting.is_some());
        if sets && !closing.is_empty() && !has(&|item| item.role == Role::Result) {
            let added = Item::added(Section::Closing, Role::Result, closing);
            self.items.push(added);
        }
        complete_prefixes(&mut self.items, self.conventions);
        attach(&mut self.items, self.conventions);
        finish(self.items)
    }

    fn head(&mut self, part: &Part<'_>) {
        let found = statements(part.blocks, self.conventions);
        if self.is_form(part, &found) {
            return self.form(part, &found);
        }
        let all: Vec<&Statement<'_>> = found.iter().collect();
        self.sequence(&all, Section::Before);
    }

    fn part(&mut self, part: &Part<'_>, strange: &Strange) {
        let found = statements(part.blocks, self.conventions);
        if self.is_form(part, &found) {
            self.form(part, &found);
            self.is_past_form = true;
        } else {
            self.procedure(part, &found, strange);
        }
    }

    /// Whether a part is the console's own form: its heading says so, or labels that only the form
    /// has.
    fn is_form(&self, part: &Part<'_>, statements: &[Statement<'_>]) -> bool {
        if matches!(part.opens, Opens::Path | Opens::Fields) {
            return true;
        }
        let all = statements
            .iter()
            .flat_map(|statement| std::iter::once(statement).chain(&statement.children));
        all.filter(|statement| statement.item.is_some())
            .filter(|statement| statement.heard.has(Signal::FormLabel))
            .count()
            > 1
    }

    /// Statements that are no part of a form.
    fn sequence(&mut self, statements: &[&Statement<'_>], section: Section) {
        let mut run: Vec<&Statement<'_>> = Vec::new();
        for statement in statements {
            if statement.form == Form::Line {
                run.push(statement);
                continue;
            }
            let lines = std::mem::take(&mut run);
            self.notices(&lines, section, None);
            match &statement.form {
                Form::Link(link) => self.related(link, section),
                Form::Reference => self.reference(statement, section),
                Form::Item => self.item(statement, section),
                Form::Paragraph | Form::Line => {
                    self.notices(&[statement], section, None);
                }
            }
        }
        self.notices(&run, section, None);
    }

    /// An item of a list that is no form; one that is named like a section of the form is that.
    fn item(&mut self, statement: &Statement<'_>, section: Section) {
        let actions = &self.conventions.words.fields.actions;
        let Cut { label, .. } = cut(&statement.inlines, actions);
        match self.conventions.opens(&label_text(&label)) {
            Opens::Path => self.form_statement(statement, Section::Route),
            Opens::Fields if !statement.children.is_empty() => {
                for child in &statement.children {
                    self.form_statement(child, Section::Steps);
                }
            }
            _ => {
                let found = self.step(statement, section, &Heading::default());
                self.items.extend(found);
            }
        }
    }

    fn procedure(&mut self, part: &Part<'_>, statements: &[Statement<'_>], strange: &Strange) {
        let section = match self.is_past_form {
            true => Section::After,
            false => Section::Before,
        };
        let condition = self.enter(part, statements);
        let items = statements.iter().filter(|one| one.form == Form::Item).count();
        let paragraphs = statements.iter().filter(|one| one.form == Form::Paragraph).count();
        let heading = Heading {
            title: repeated(part.text),
            condition: condition.as_deref(),
            is_only: items == 1,
            strange: Some(strange),
        };
        let place = match paragraphs < statements.len() {
            true => Place::Between,
            false => Place::Alone,
        };
        let first = self.items.len();
        let mut run: Vec<&Statement<'_>> = Vec::new();
        for statement in statements {
            if statement.form == Form::Line {
                run.push(statement);
                continue;
            }
            self.notices(&std::mem::take(&mut run), section, heading.condition);
            match &statement.form {
                Form::Link(link) => self.related(link, section),
                Form::Reference => self.reference(statement, section),
                Form::Item => {
                    let found = self.step(statement, section, &heading);
                    self.items.extend(found);
                }
                Form::Paragraph | Form::Line => {
                    self.paragraph(statement, section, heading.condition, place);
                }
            }
        }
        self.notices(&run, section, heading.condition);
        for item in &mut self.items[first..] {
            if item.title.is_empty() {
                item.title = heading.title.to_string();
            }
        }
    }

    /// The condition of a part: its lead's, its heading's, or that of the part around it.
    fn enter(&mut self, part: &Part<'_>, statements: &[Statement<'_>]) -> Option<String> {
        self.conditions.retain(|(level, _)| *level < part.level);
        let leads = statements.iter().filter(|statement| {
            statement.form == Form::Paragraph && statement.heard.has(Signal::Cases)
        });
        let mut leads = leads.filter_map(|lead| {
            clause(&lead.text, Signal::When, Signal::WhenOpens, self.conventions)
                .map(|(clause, _)| clause.to_string())
        });
        let own = leads.next().or_else(|| {
            let text = part.text;
            self.scope.own_cases(text, self.conventions)
        });
        let around = self.conditions.last().and_then(|(_, around)| around.clone());
        let condition = own.map(|own| repeated(&own).to_string()).or(around);
        self.conditions.push((part.level, condition.clone()));
        condition
    }

    pub(super) fn related(&mut self, link: &Related, section: Section) {
        let label = vec![Inline::Text(crate::markdown::node::Literal {
            text: link.label.clone(),
            span: link.span,
        })];
        let mut item = Item::new(section, Role::Related, label, link.span);
        item.link = Some(link.clone());
        item.confidence = Confidence::Sure;
        item.requirement = Requirement::Optional;
        item.evidence = vec!["link".to_string()];
        self.items.push(item);
    }

    pub(super) fn reference(&mut self, statement: &Statement<'_>, section: Section) {
        let mut item = Item::new(
            section,
            Role::Know,
            statement.inlines.clone(),
            statement.span,
        );
        item.node = statement.node;
        item.detail.clone_from(&statement.rest);
        item.requirement = Requirement::Optional;
        item.evidence = vec!["reference".to_string()];
        self.items.push(item);
    }

    fn paragraph(
        &mut self,
        statement: &Statement<'_>,
        section: Section,
        condition: Option<&str>,
        place: Place,
    ) {
        let found = self.judge(statement, place);
        let item = self.from_verdict(statement, section, &found, condition);
        self.items.push(item);
    }

    /// Lines of callouts and paragraphs. A plain line joins the one above it where both say the
    /// same sort of thing.
    pub(super) fn notices(
        &mut self,
        statements: &[&Statement<'_>],
        section: Section,
        condition: Option<&str>,
    ) {
        let mut before: Option<(Verdict, &Statement<'_>, bool)> = None;
        for statement in statements {
            let found = self.judge(statement, Place::Alone);
            let is_order = orders(&statement.text, statement.heard, self.conventions);
            if let Some((above, first, ordered)) = &mut before
                && statement.is_plain
                && first.title == statement.title
                && joins(above, *ordered, statement, &found, is_order)
                && let Some(item) = self.items.last_mut()
            {
                item.span = item.span.cover(statement.span);
                item.label.push(Inline::HardBreak(statement.span));
                item.label.extend(statement.inlines.iter().cloned());
                item.detail.extend(statement.rest.iter().cloned());
                *ordered |= is_order;
                continue;
            }
            let item = self.from_verdict(statement, section, &found, condition);
            self.items.push(item);
            before = Some((found, statement, is_order));
        }
    }

    pub(super) fn judge(&self, statement: &Statement<'_>, place: Place) -> Verdict {
        let title = self.conventions.hear(&statement.title);
        let title = match self.conventions.words.notices.titles.caution.occurs_in(&statement.title) {
            true => title.with(Signal::Caution),
            false => title,
        };
        verdict(
            &statement.text,
            statement.heard,
            title,
            self.tone,
            place,
            self.conventions,
        )
    }

    pub(super) fn from_verdict(
        &self,
        statement: &Statement<'_>,
        section: Section,
        found: &Verdict,
        around: Option<&str>,
    ) -> Item {
        let mut item = Item::new(
            section,
            found.role,
            statement.inlines.clone(),
            statement.span,
        );
        item.node = statement.node;
        item.detail.clone_from(&statement.rest);
        item.title.clone_from(&statement.title);
        item.evidence = vec![found.evidence.to_string()];
        item.confidence = found.confidence;
        let own = of_statement(
            &statement.text,
            statement.heard,
            self.scope,
            self.conventions,
        );
        let around = around.map(str::to_string).filter(|_| found.role.is_asked());
        let condition = match found.role {
            Role::Hazard => None,
            _ => own.or(around),
        };
        item.set_condition(condition);
        item
    }

    /// A step of a procedure with what is nested in it.
    pub(super) fn step(
        &self,
        statement: &Statement<'_>,
        section: Section,
        heading: &Heading<'_>,
    ) -> Vec<Item> {
        if heading.strange.is_some_and(|strange| strange.is_in(&statement.whole_text())) {
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
            let found = self.judge(own, Place::Alone);
            let mut part = self.from_verdict(own, section, &found, heading.condition);
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

    /// A heading that is written as an item.
    fn repeats_heading(&self, statement: &Statement<'_>, heading: &Heading<'_>) -> bool {
        if statement.children.is_empty() {
            return false;
        }
        let said = without_blanks(statement.text.trim_end_matches([':', ' ']));
        let opens = self.conventions.opens(&statement.text);
        let is_section = matches!(opens, Opens::Path | Opens::Fields);
        is_section || (!said.is_empty() && without_blanks(heading.title).contains(&said))
    }

    fn own_step(
        &self,
        statement: &Statement<'_>,
        section: Section,
        heading: &Heading<'_>,
    ) -> Item {
        let pair = label_and_value(statement, self.conventions);
        let least = TRAIL_STEPS;
        let behind = pair.as_ref().map(|(_, value)| value);
        let behind = behind.and_then(|value| trail(value, least, self.conventions));
        let found = behind.or_else(|| trail(&statement.inlines, least, self.conventions));
        if let Some(found) = found {
            let named = pair.as_ref().map(|(label, _)| self.conventions.hear(label));
            let leads = named.is_some_and(|heard: Heard| heard.has(Signal::TrailLabel));
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
        let has_end = statement.heard.has(Signal::SentenceEnd);
        if !statement.children.is_empty() && pair.is_none() && !has_end {
            let mut item = Item::new(section, Role::Know, statement.inlines.clone(), statement.span);
            item.evidence = vec!["cases".to_string()];
            item.requirement = Requirement::Optional;
            return item;
        }
        let mut found = self.judge(statement, Place::Alone);
        let address = address_in(&statement.inlines);
        if found.role == Role::Know {
            if address.is_some() && statement.heard.has(Signal::PutIn) {
                found = certain(Role::Do, "address-to-enter");
            } else if heading.is_only
                && !heading.title.is_empty()
                && has_end
                && !statement.heard.has(Signal::Ability)
                && statement.heard.has(Signal::Sequence)
            {
                found = certain(Role::Do, "only-step");
            }
        }
        let mut item = self.from_verdict(statement, section, &found, heading.condition);
        item.value = address.filter(|_| found.role == Role::Do);
        item
    }
}

/// What is above a step.
#[derive(Default, Clone, Copy)]
pub(super) struct Heading<'h> {
    pub title: &'h str,
    pub condition: Option<&'h str>,
    /// Whether the step is the only one below it.
    pub is_only: bool,
    pub strange: Option<&'h Strange>,
}

impl Heading<'_> {
    /// The same for steps within steps.
    fn inner(&self) -> Self {
        Self {
            is_only: false,
            ..*self
        }
    }
}

fn certain(role: Role, evidence: &'static str) -> Verdict {
    Verdict {
        role,
        evidence,
        confidence: Confidence::Likely,
    }
}

/// Whether a plain line says more of what is above it: a note to it, or the same sort of thing
/// without an order of its own.
fn joins(
    above: &Verdict,
    above_orders: bool,
    line: &Statement<'_>,
    found: &Verdict,
    line_orders: bool,
) -> bool {
    if line.heard.has(Signal::Aside) && !line.heard.has(Signal::Bars) {
        return true;
    }
    above.role == found.role && !(above_orders && line_orders)
}

/// The label and the value of a statement `label : value`.
pub(super) fn label_and_value(
    statement: &Statement<'_>,
    conventions: &Conventions<'_>,
) -> Option<(String, Vec<Inline>)> {
    let cut = cut(&statement.inlines, &conventions.words.fields.actions);
    let value = cut.value?;
    Some((label_text(&cut.label), value))
}

/// The lines behind the first of a statement `label : trail`.
pub(super) fn later_lines(statement: &Statement<'_>, conventions: &Conventions<'_>) -> Vec<Block> {
    paragraph(cut(&statement.inlines, &conventions.words.fields.actions).rest)
}

/// The first address in running text that is shown as it is.
fn address_in(inlines: &[Inline]) -> Option<String> {
    inlines.iter().find_map(|inline| match inline {
        Inline::Link(link) if label_text(&link.inlines).contains("://") => Some(link.url.clone()),
        Inline::Strong(group) | Inline::Emphasis(group) => address_in(&group.inlines),
        _ => None,
    })
}

/// Which part a section is in, when it is a form.
pub(super) fn form_section(part: &Part<'_>) -> Section {
    match section_of(part) {
        Section::After => Section::Steps,
        section => section,
    }
}
