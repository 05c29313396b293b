//! The reviewer: rules over a whole site, their levels, and what is done with findings.
//!
//! In goes a [`Site`] with what the reader found; out come [`Diagnostic`]s at the project's
//! levels, sorted by place, without those that a comment in the content allows.
//!
//! A rule reads the model where the model knows better, and [`Context::lines`] for text. It knows
//! no company and no language: facts come from `check:` in `tickbook.yaml`.

pub mod allow;
pub mod baseline;
pub mod context;
pub mod effect;
pub mod fix;
pub mod levels;
pub mod line;
pub mod link;
pub mod rule;
pub mod rules;
#[cfg(test)]
pub mod testing;

use jiff::civil::Date;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::check::context::Context;
use crate::check::levels::Levels;
use crate::check::rule::Rule;
use crate::check::rules::procedure::MISPRINTS;
use crate::config::Config;
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, sort};
use crate::error::Error;
use crate::model::conventions::Conventions;
use crate::model::site::Site;
use crate::source::SourceSet;

/// Runs every rule that is on, on a day that is not known.
///
/// # Errors
/// See [`check_on`].
pub fn check(
    site: &Site,
    sources: &SourceSet,
    config: &Config,
    read: Vec<Diagnostic>,
) -> Result<Vec<Diagnostic>, Error> {
    check_on(None, site, sources, config, read)
}

/// Runs every rule that is on and adds its findings to what the reader found. Rules about age are
/// silent when `today` is not known.
///
/// # Errors
/// [`Error::Config`] when the configuration names a rule that does not exist, or conventions that
/// are not valid.
pub fn check_on(
    today: Option<Date>,
    site: &Site,
    sources: &SourceSet,
    config: &Config,
    read: Vec<Diagnostic>,
) -> Result<Vec<Diagnostic>, Error> {
    let found = check_while(&|| true, today, site, sources, config, read)?;
    Ok(found.unwrap_or_default())
}

/// Does as [`check_on`] as long as `is_wanted`, which is asked before each rule; `None` when the
/// answer is no longer wanted.
///
/// # Errors
/// See [`check_on`].
pub fn check_while(
    is_wanted: &(dyn Fn() -> bool + Sync),
    today: Option<Date>,
    site: &Site,
    sources: &SourceSet,
    config: &Config,
    read: Vec<Diagnostic>,
) -> Result<Option<Vec<Diagnostic>>, Error> {
    let levels = Levels::new(&config.check)?;
    let conventions = Conventions::new(config)?;
    let mut context = Context::new(site, sources, config, &conventions);
    context.today = today;
    let mut found = read;
    found.extend(run(rules::all(), &levels, &context, is_wanted));
    if !is_wanted() {
        return Ok(None);
    }
    levels.apply(&mut found);
    let mut found = allow::apply(&context, &levels, found);
    sort(&mut found);
    Ok(Some(found))
}

/// The errors that make a value on a checklist wrong: what just the rules of the table
/// [`MISPRINTS`] find. They are among those of [`check`], at a small part of its cost.
///
/// # Errors
/// See [`check_on`].
pub fn check_values(
    site: &Site,
    sources: &SourceSet,
    config: &Config,
) -> Result<Vec<Diagnostic>, Error> {
    let levels = Levels::new(&config.check)?;
    let conventions = Conventions::new(config)?;
    let context = Context::new(site, sources, config, &conventions);
    let rules = MISPRINTS.iter().map(|row| &row.rule);
    let is_error = |rule: &&Rule| levels.level(rule) == Level::Error;
    let mut found = run(rules.filter(is_error), &levels, &context, &|| true);
    levels.apply(&mut found);
    let mut found = allow::without_allowed(&context, found);
    sort(&mut found);
    Ok(found)
}

/// What those of `rules` find that are on, as long as `is_wanted`.
fn run<'r>(
    rules: impl Iterator<Item = &'r Rule>,
    levels: &Levels<'_>,
    context: &Context<'_>,
    is_wanted: &(dyn Fn() -> bool + Sync),
) -> Vec<Diagnostic> {
    let rules: Vec<&Rule> = rules.filter(|rule| levels.is_on(rule)).collect();
    let made: Vec<Vec<Diagnostic>> = rules
        .par_iter()
        .map(|rule| {
            let mut found = Vec::new();
            if is_wanted() {
                (rule.check)(context, &mut found);
            }
            found
        })
        .collect();
    made.into_iter().flatten().collect()
}
