//! Roles of statements: what a sentence asks of its reader.
//!
//! The first signal found decides, in an order that was measured on labelled guides: movements of
//! money before checks, checks before failures, and single words last.

use crate::config::Tone;
use crate::config::signal_matcher::{SignalSet, sentences};
use crate::config::signals::Signal;
use crate::model::conventions::Conventions;
use crate::model::item::{Confidence, Role};

/// How far after a word its negation may be, in characters; a later one negates another word.
const DENIAL: usize = 8;

/// A longer text, in characters, may end in a sentence that only refers to another page.
const LONG: usize = 60;

/// Where a statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// A paragraph among lists, which announces or explains and gives no order.
    BetweenLists,
    /// Anything else.
    Elsewhere,
}

/// A role with the evidence for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdict {
    pub role: Role,
    pub evidence: &'static str,
    pub confidence: Confidence,
}

/// The role of a text, by its signals and those of the title above it.
pub(super) fn verdict(
    text: &str,
    signals: SignalSet,
    title_signals: SignalSet,
    tone: Tone,
    position: Position,
    conventions: &Conventions<'_>,
) -> Verdict {
    let judge = Judge {
        text,
        signals,
        title_signals,
        tone,
        conventions,
        orders: position == Position::Elsewhere && orders(text, signals, conventions),
    };
    let (role, evidence) = judge.role();
    let confidence = match evidence {
        _ if judge.could_be_otherwise(role) => Confidence::Doubtful,
        "question" | "check-failure" | "blank" => Confidence::Sure,
        _ => Confidence::Likely,
    };
    Verdict {
        role,
        evidence,
        confidence,
    }
}

/// Whether a text orders something; "please note" and "see the guide" do not.
pub(super) fn orders(text: &str, signals: SignalSet, conventions: &Conventions<'_>) -> bool {
    if !signals.has(Signal::Order) {
        return false;
    }
    let is_long = text.chars().count() > LONG;
    let is_aside = signals.has(Signal::Aside) || (is_long && signals.has(Signal::SeeAlso));
    if !is_aside {
        return true;
    }
    let unless: &[Signal] = match is_long {
        true => &[Signal::Aside, Signal::SeeAlso],
        false => &[Signal::Aside],
    };
    conventions
        .signal_matcher()
        .any_sentence_has(text, Signal::Order, unless)
}

struct Judge<'t, 'c, 'w> {
    text: &'t str,
    signals: SignalSet,
    title_signals: SignalSet,
    tone: Tone,
    conventions: &'c Conventions<'w>,
    orders: bool,
}

impl Judge<'_, '_, '_> {
    fn role(&self) -> (Role, &'static str) {
        let has = |signal| self.signals.has(signal);
        if has(Signal::Money) && self.money_moves() {
            return (Role::Hazard, "money-moves");
        }
        if has(Signal::CheckAfter) && has(Signal::Order) {
            return (Role::Result, "check-afterwards");
        }
        self.to_verify()
            .or_else(|| self.harm())
            .or_else(|| self.before())
            .or_else(|| self.limit())
            .unwrap_or_else(|| self.action())
    }

    /// A question to answer, or a failure to rule out.
    fn to_verify(&self) -> Option<(Role, &'static str)> {
        let has = |signal| self.signals.has(signal);
        let checks = has(Signal::Check) && has(Signal::Order);
        if has(Signal::Question) && (checks || has(Signal::Need)) {
            return Some((Role::Verify, "question"));
        }
        if checks && has(Signal::Fails) {
            return Some((Role::Verify, "check-failure"));
        }
        let is_set = self.signals.has_all(&[Signal::AlreadySet, Signal::MustBe]);
        is_set.then_some((Role::Result, "set-before"))
    }

    /// A caution. Below a title with a caution, an order that names no harm is still an order.
    fn harm(&self) -> Option<(Role, &'static str)> {
        if self.signals.has(Signal::Caution) {
            return Some((Role::Hazard, "caution"));
        }
        let harms = [
            Signal::Fails,
            Signal::Impossible,
            Signal::Bars,
            Signal::Check,
            Signal::Stress,
        ];
        let only_acts = self.orders && !harms.iter().any(|harm| self.signals.has(*harm));
        let cautions = self.title_signals.has(Signal::Caution) && !only_acts;
        cautions.then_some((Role::Hazard, "caution"))
    }

    /// What has to be complete, issued or approved first.
    fn before(&self) -> Option<(Role, &'static str)> {
        let has = |signal| self.signals.has(signal);
        if has(Signal::DoneBefore) {
            let is_of_other = self.tone == Tone::Test && has(Signal::Live);
            return Some(match is_of_other {
                true => (Role::Know, "other-mode"),
                false => (Role::Verify, "complete-before"),
            });
        }
        if has(Signal::MustHave) && has(Signal::Order) {
            return Some((Role::Verify, "must-have"));
        }
        has(Signal::Need).then_some((Role::Verify, "need"))
    }

    /// What is impossible, what fails, and how many things there are to set.
    fn limit(&self) -> Option<(Role, &'static str)> {
        let has = |signal| self.signals.has(signal);
        if has(Signal::Impossible) && has(Signal::Test) {
            return Some((Role::Know, "limit-of-tests"));
        }
        if has(Signal::Fails) {
            return Some((Role::Hazard, "failure"));
        }
        if has(Signal::Bars) {
            return Some((Role::Hazard, "barred"));
        }
        if has(Signal::HowMany) && !has(Signal::Request) {
            return Some((Role::Know, "how-many"));
        }
        has(Signal::Help).then_some((Role::Know, "help"))
    }

    fn action(&self) -> (Role, &'static str) {
        if self.orders {
            let all = sentences(self.text).map(|text| self.conventions.signals_in(text));
            let last = all.filter(|signals| signals.has(Signal::Order)).last();
            let signals = last.unwrap_or(self.signals);
            let acts = signals.has(Signal::Sequence)
                || signals.has(Signal::Request)
                || !signals.has(Signal::Use);
            return match acts {
                true => (Role::Do, "order"),
                false => (Role::Know, "use"),
            };
        }
        if self.title_signals.has(Signal::Gate) && !self.signals.has(Signal::Ability) {
            return (Role::Verify, "gate");
        }
        match self.signals.has(Signal::Ability) {
            true => (Role::Know, "ability"),
            false => (Role::Know, "statement"),
        }
    }

    /// Whether other signals speak for a role with a box where this one has none, or the reverse.
    fn could_be_otherwise(&self, role: Role) -> bool {
        let has = |signal| self.signals.has(signal);
        match role {
            Role::Hazard | Role::Know => {
                let acts = [Signal::Stress, Signal::Request, Signal::Sequence];
                self.orders && !has(Signal::Check) && acts.into_iter().any(has)
            }
            Role::Verify | Role::Do => has(Signal::Ability) && !has(Signal::SeeAlso),
            _ => false,
        }
    }

    /// Whether the text contains a movement of money that is not negated.
    fn money_moves(&self) -> bool {
        let matcher = self.conventions.signal_matcher();
        matcher
            .all(Signal::Money, self.text)
            .into_iter()
            .any(|found| {
                let length = self.text[found.clone()].chars().count() + DENIAL;
                let behind = &self.text[found.start..];
                let reach: String = behind.chars().take(length).collect();
                !matcher.signals_in(&reach).has(Signal::Denied)
            })
    }
}
