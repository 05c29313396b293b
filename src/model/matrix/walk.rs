//! The walk over the parts of a mode, in document order, that makes its items.

use crate::config::Tone;
use crate::config::signals::Signal;
use crate::markdown::node::{Block, Children, Content, Inline};
use crate::markdown::text::label_text;
use crate::model::condition::{Scope, clause};
use crate::model::conventions::{Conventions, Opens};
use crate::model::item::{Confidence, Item, Requirement, Role, Section};
use crate::model::label::{Cut, cut};
use crate::model::limit::repeated;
use crate::model::matrix::attach::{attach, complete_prefixes};
use crate::model::matrix::key::finish;
use crate::model::matrix::{ModeLayout, Strange, binds, section_of};
use crate::model::outline::Part;
use crate::model::related::Related;
use crate::model::role::{Position, orders};
use crate::model::statement::{Form, Statement, statements};
use crate::model::version::is_statement;

/// Fewest steps that make a text a trail outside the section for the path.
pub(super) const TRAIL_STEPS: usize = 3;

/// The items of a mode while they are made.
pub(super) struct Walk<'s, 'c, 'w> {
    pub tone: Tone,
    pub scope: &'s Scope,
    pub conventions: &'c Conventions<'w>,
    pub items: Vec<Item>,
    /// Whether the form has been read: later parts are [`Section::After`].
    pub is_past_form: bool,
    /// Index of the last field of the current form; `None` before the first.
    pub last_field: Option<usize>,
    /// Conditions that headings and their first paragraphs set for what is below, with the level of
    /// each heading; `None` for no condition.
    conditions: Vec<(u8, Option<String>)>,
}

/// The heading above a step.
#[derive(Default, Clone, Copy)]
pub(super) struct Heading<'h> {
    pub title: &'h str,
    pub condition: Option<&'h str>,
    /// Whether only one step is below it.
    pub is_only: bool,
    pub strange: Option<&'h Strange>,
}

impl Heading<'_> {
    /// The same heading, for steps within steps.
    pub(super) fn inner(&self) -> Self {
        Self {
            is_only: false,
            ..*self
        }
    }
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

    /// Adds the statements of the guide or the scenario that apply to this mode.
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

    /// Adds the parts of a section beside the modes.
    pub(super) fn beside(&mut self, parts: &[Part<'_>], strange: &Strange) {
        self.is_past_form = true;
        self.conditions.clear();
        for part in parts {
            self.part(part, strange);
        }
    }

    /// The items with their keys. If something is set and the guide does not state how to verify
    /// it, the convention's `closing` is added.
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

    /// Whether a part is the console's form, by its heading or by labels that only the form has.
    fn is_form(&self, part: &Part<'_>, statements: &[Statement<'_>]) -> bool {
        if matches!(part.opens, Opens::Path | Opens::Fields) {
            return true;
        }
        let all = statements
            .iter()
            .flat_map(|statement| std::iter::once(statement).chain(&statement.children));
        all.filter(|statement| statement.item.is_some())
            .filter(|statement| statement.signals.has(Signal::FormLabel))
            .count()
            > 1
    }

    /// Adds statements outside a form.
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

    /// Adds an item of a list outside a form; one named like a section of the form is read as that
    /// section.
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
        let items = statements
            .iter()
            .filter(|one| one.form == Form::Item)
            .count();
        let paragraphs = statements
            .iter()
            .filter(|one| one.form == Form::Paragraph)
            .count();
        let heading = Heading {
            title: repeated(part.text),
            condition: condition.as_deref(),
            is_only: items == 1,
            strange: Some(strange),
        };
        let position = match paragraphs < statements.len() {
            true => Position::BetweenLists,
            false => Position::Elsewhere,
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
                    self.paragraph(statement, section, heading.condition, position);
                }
            }
        }
        self.notices(&run, section, heading.condition);
        for item in &mut self.items[first..] {
            item.heading = heading.title.to_string();
        }
    }

    /// The condition of a part: that of its first paragraphs, of its heading, or of the part around
    /// it.
    fn enter(&mut self, part: &Part<'_>, statements: &[Statement<'_>]) -> Option<String> {
        self.conditions.retain(|(level, _)| *level < part.level);
        let leads = statements.iter().filter(|statement| {
            statement.form == Form::Paragraph && statement.signals.has(Signal::Cases)
        });
        let mut leads = leads.filter_map(|lead| {
            clause(
                &lead.text,
                Signal::When,
                Signal::WhenOpens,
                self.conventions,
            )
            .map(|(clause, _)| clause.to_string())
        });
        let own = leads.next().or_else(|| {
            let text = part.text;
            self.scope.own_cases(text, self.conventions)
        });
        let around = self
            .conditions
            .last()
            .and_then(|(_, around)| around.clone());
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
        let holds_steps = statement.rest.iter().any(|block| self.holds_steps(block));
        let (role, evidence) = match holds_steps {
            true => (Role::Do, "steps"),
            false => (Role::Know, "reference"),
        };
        let label = statement.inlines.clone();
        let mut item = Item::new(section, role, label, statement.span);
        item.node = statement.node;
        item.detail.clone_from(&statement.rest);
        item.set_condition(None);
        item.evidence = vec![evidence.to_string()];
        self.items.push(item);
    }

    /// Whether a block is a component that contains a numbered list of orders.
    fn holds_steps(&self, block: &Block) -> bool {
        let Block::Component(component) = block else {
            return false;
        };
        let contents = component
            .attributes
            .iter()
            .map(|attribute| &attribute.content);
        let contents = contents.filter_map(|content| match content {
            Content::Blocks(blocks) => Some(blocks),
            _ => None,
        });
        let children = match &component.children {
            Children::Blocks(blocks) => Some(blocks),
            Children::Inlines(_) => None,
        };
        let mut blocks = contents.chain(children).flatten();
        blocks.any(|block| match block {
            Block::List(list) if list.start.is_some() => {
                let below = [Block::List(list.clone())];
                let all = statements(&below, self.conventions);
                all.iter()
                    .any(|one| orders(&one.text, one.signals, self.conventions))
            }
            _ => false,
        })
    }

    fn paragraph(
        &mut self,
        statement: &Statement<'_>,
        section: Section,
        condition: Option<&str>,
        position: Position,
    ) {
        let found = self.judge(statement, position);
        let item = self.item_of_verdict(statement, section, &found, condition);
        self.items.push(item);
    }
}

/// The section of a part that is a form.
pub(super) fn form_section(part: &Part<'_>) -> Section {
    match section_of(part) {
        Section::After => Section::Steps,
        section => section,
    }
}
