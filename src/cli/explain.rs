//! `tickbook explain`

use clap::Args;

use crate::check::rule::Rule;
use crate::check::rules;
use crate::cli::{Console, Outcome, answer};
use crate::diagnostic::Message;
use crate::error::Error;
use crate::nearness::nearest;
use crate::report::clean::Form;
use crate::strings::Strings;

/// Arguments of `tickbook explain`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Name of a rule; without it, list all rules
    #[arg(value_name = "RULE")]
    rule: Option<String>,
}

/// Prints a rule's manual page, or one line for each rule.
pub(super) fn run(arguments: &Arguments, console: Console) -> Result<Outcome, Error> {
    let strings = Strings::load(console.lang.unwrap_or_default());
    let Some(name) = &arguments.rule else {
        answer(&list(&strings), Form::Text)?;
        return Ok(Outcome::Done);
    };
    let Some(rule) = rules::get(name) else {
        let near = nearest(name, rules::all().map(|rule| rule.name));
        let text = match near {
            Some(near) => strings.cli("no_such_rule_but", &[("asked", name), ("near", near)]),
            None => strings.cli("no_such_rule", &[("asked", name)]),
        };
        return Err(Error::Request(text));
    };
    let level = strings.cli(rule.level.name(), &[]);
    let title = format!("# {} ({level})\n\n{}\n", rule.name, summary(rule, &strings));
    answer(&format!("{title}\n{}\n", rule.manual()), Form::Text)?;
    Ok(Outcome::Done)
}

fn list(strings: &Strings) -> String {
    let width = rules::all().map(|rule| rule.name.len()).max().unwrap_or(0);
    let line = |rule: &Rule| {
        let (name, level) = (rule.name, rule.level.name());
        format!("{name:width$}  {level:7}  {}\n", summary(rule, strings))
    };
    rules::all().map(line).collect()
}

fn summary(rule: &Rule, strings: &Strings) -> String {
    strings.message(&Message::new(format!("{}.summary", rule.name)))
}
