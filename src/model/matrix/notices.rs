//! Items made from lines of callouts and from paragraphs, whose role depends on signals alone.

use crate::config::signals::Signal;
use crate::markdown::node::Inline;
use crate::model::condition::of_statement;
use crate::model::item::{Item, Role, Section};
use crate::model::matrix::walk::Walk;
use crate::model::role::{Position, Verdict, orders, verdict};
use crate::model::statement::Statement;

impl Walk<'_, '_, '_> {
    /// Makes items of lines of callouts and of paragraphs. A plain line joins the one above it if
    /// both have the same role.
    pub(super) fn notices(
        &mut self,
        statements: &[&Statement<'_>],
        section: Section,
        condition: Option<&str>,
    ) {
        let mut before: Option<(Verdict, &Statement<'_>, bool)> = None;
        for statement in statements {
            let found = self.judge(statement, Position::Elsewhere);
            let is_order = orders(&statement.text, statement.signals, self.conventions);
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
            let item = self.item_of_verdict(statement, section, &found, condition);
            self.items.push(item);
            before = Some((found, statement, is_order));
        }
    }

    pub(super) fn judge(&self, statement: &Statement<'_>, position: Position) -> Verdict {
        let title = self.conventions.signals_in(&statement.title);
        let title = match self
            .conventions
            .words
            .notices
            .titles
            .caution
            .occurs_in(&statement.title)
        {
            true => title.with(Signal::Caution),
            false => title,
        };
        verdict(
            &statement.text,
            statement.signals,
            title,
            self.tone,
            position,
            self.conventions,
        )
    }

    pub(super) fn item_of_verdict(
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
            statement.signals,
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
}

/// Whether a plain line continues the one above it: as a note to it, or with the same role and
/// without a second order.
fn joins(
    above: &Verdict,
    above_orders: bool,
    line: &Statement<'_>,
    found: &Verdict,
    line_orders: bool,
) -> bool {
    if line.signals.has(Signal::Aside) && !line.signals.has(Signal::Bars) {
        return true;
    }
    above.role == found.role && !(above_orders && line_orders)
}
