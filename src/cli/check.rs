//! `tickbook check`: every finding at once, in the requested format.

mod write;

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use similar::TextDiff;

use crate::build::Book;
use crate::check::baseline::{Baseline, FixedEntry};
use crate::check::fix::fix_documents;
use crate::check::levels::Levels;
use crate::check::rules;
use crate::cli::check::write::{baseline_to_rewrite, read_baseline, write_baseline, write_fixed};
use crate::cli::git::History;
use crate::cli::project::Project;
use crate::cli::work_tree::work_tree;
use crate::cli::{Console, Outcome, ProjectArguments, answer, answer_color, form};
use crate::diagnostic::{Diagnostic, Message, Severity, written};
use crate::error::Error;
use crate::render::theme::Theme;
use crate::report::clean::Form;
use crate::report::finding::{fault_lines, findings};
use crate::report::github::github;
use crate::report::human::{Color, human, summary};
use crate::report::json::json;
use crate::report::sarif::{RuleEntry, sarif};
use crate::source::SourceSet;

/// Arguments of `tickbook check`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    project: ProjectArguments,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Show findings of this level and above
    #[arg(long, value_name = "LEVEL", default_value = "warning")]
    level: Least,
    /// Fail on findings of this level and above
    #[arg(long, value_name = "LEVEL", default_value = "warning")]
    fail_on: Least,
    /// Only findings in files that changed since the branch left this revision
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// Ignore the findings listed in this file
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write the current findings to the baseline file
    #[arg(long, requires = "baseline")]
    write_baseline: bool,
    /// Fix what is safe to fix
    #[arg(long)]
    fix: bool,
    /// Print what --fix would change without changing it
    #[arg(long, requires = "fix")]
    dry_run: bool,
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Text for people, with source lines
    Human,
    /// A JSON array
    Json,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
    /// Annotations of a GitHub workflow
    Github,
}

impl Format {
    /// Whether other programs apply the fixes in it; then the fixes must be proven. In text for people
    /// they are not, because `--fix` proves each fix before it applies it.
    fn is_applied(self) -> bool {
        matches!(self, Self::Json | Self::Sarif)
    }
}

/// A level that findings must reach.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Least {
    Info,
    Warning,
    Error,
    /// No finding reaches it
    Never,
}

impl Least {
    fn is_reached(self, found: &Diagnostic) -> bool {
        match self {
            Self::Info => true,
            Self::Warning => found.severity >= Severity::Warning,
            Self::Error => found.severity >= Severity::Error,
            Self::Never => false,
        }
    }
}

/// Reports every finding at once; the outcome shows whether any of them counts.
pub(super) fn run(arguments: &Arguments, console: Console) -> Result<Outcome, Error> {
    let ProjectArguments { root, content } = &arguments.project;
    let mut project = Project::open(root.as_deref(), content.content.as_deref(), console)?;
    let selection = Selection::new(arguments, &project)?;
    let mut unfixed = None;
    if arguments.fix {
        let fixed = fix_documents(&project.sources, &project.config, &|sources, found| {
            selection.shown(sources, found)
        })?;
        if arguments.dry_run {
            answer(&diff(&project.sources, &fixed), Form::Text)?;
        } else {
            let (written, failed) = write_fixed(&project, fixed, console);
            project.book = Book::read(&written, &project.config)?;
            project.sources = written;
            unfixed = failed;
        }
    }
    project.find_collisions(&theme_of(&project)?)?;
    let outcome = report_all(arguments, &project, &selection, console)?;
    unfixed.map_or(Ok(outcome), Err)
}

/// The theme that a build would use; the built-in one where that cannot be read, which is a build's
/// fault to report.
fn theme_of(project: &Project) -> Result<Theme, Error> {
    let root = project.root.as_deref();
    let own = Theme::load(root).and_then(|theme| theme.with_brand(root, &project.config.site));
    own.or_else(|_| Theme::load(None))
}

/// Reports the current findings of the project, or writes them as the baseline.
fn report_all(
    arguments: &Arguments,
    project: &Project,
    selection: &Selection<'_>,
    console: Console,
) -> Result<Outcome, Error> {
    let mut found = written(project.check()?, &project.sources);
    if let (Some(file), Known::Rewritten(before)) = (&arguments.baseline, &selection.known) {
        found.retain(|found| arguments.level.is_reached(found));
        write_baseline(file, before.as_deref(), project, &found, console)?;
        return Ok(Outcome::Done);
    }
    let fixed_entries = selection.take_known(&project.sources, &mut found);
    let faults = &project.sources.faults;
    let mut shown: Vec<Diagnostic> = found
        .iter()
        .filter(|found| arguments.level.is_reached(found))
        .cloned()
        .collect();
    if arguments.fix || arguments.format.is_applied() {
        project.withhold_unproven_fixes(&mut shown)?;
    }
    let shown: Vec<&Diagnostic> = shown.iter().collect();
    if !arguments.dry_run {
        answer_findings(arguments.format, project, &shown)?;
    }
    for entry in &fixed_entries {
        let values = [("rule", entry.rule.as_str()), ("path", &entry.path)];
        console.warn(&project.strings.cli("baseline_fixed", &values));
    }
    project.report_checked(shown.len(), console);
    if arguments.fix {
        report_withheld(project, &shown, console);
    }
    let has_failed = found
        .iter()
        .any(|found| arguments.fail_on.is_reached(found));
    if has_failed || !faults.is_empty() || !fixed_entries.is_empty() {
        return Ok(Outcome::Findings);
    }
    Ok(Outcome::Done)
}

/// Reports how many findings have a fix that was not applied.
fn report_withheld(project: &Project, shown: &[&Diagnostic], console: Console) {
    let withheld = shown.iter().filter(|found| found.is_fix_withheld).count();
    if withheld > 0 {
        let count = withheld.to_string();
        console.status(&project.strings.cli("withheld", &[("findings", &count)]));
    }
}

/// Which findings count.
struct Selection<'a> {
    arguments: &'a Arguments,
    changed: Option<BTreeSet<String>>,
    known: Known,
}

/// Which findings are known from earlier runs.
enum Known {
    /// None.
    None,
    /// These, which do not fail the check.
    Baseline(Baseline),
    /// The baseline is rewritten; the text of its file, `None` if there is no such file.
    Rewritten(Option<String>),
}

impl<'a> Selection<'a> {
    fn new(arguments: &'a Arguments, project: &Project) -> Result<Self, Error> {
        let changed = match &arguments.since {
            Some(revision) => Some(History::since(project, revision)?.changed(&project.sources)?),
            None => None,
        };
        let known = match &arguments.baseline {
            None => Known::None,
            Some(file) if arguments.write_baseline => {
                Known::Rewritten(baseline_to_rewrite(file, &project.strings)?)
            }
            Some(file) => Known::Baseline(read_baseline(file, &project.strings)?),
        };
        Ok(Self {
            arguments,
            changed,
            known,
        })
    }

    /// Removes findings that existed before or are in files that did not change, and returns the
    /// baseline entries without a finding.
    fn take_known(&self, sources: &SourceSet, found: &mut Vec<Diagnostic>) -> Vec<FixedEntry> {
        let fixed_entries = match &self.known {
            Known::Baseline(baseline) => baseline.clone().filter(found, sources),
            Known::None | Known::Rewritten(_) => Vec::new(),
        };
        if let Some(changed) = &self.changed {
            found.retain(|found| changed.contains(&sources.get(found.file).path));
        }
        fixed_entries
    }

    /// The findings that are shown.
    fn shown(&self, sources: &SourceSet, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        self.take_known(sources, &mut found);
        found.retain(|found| self.arguments.level.is_reached(found));
        found
    }
}

fn answer_findings(format: Format, project: &Project, shown: &[&Diagnostic]) -> Result<(), Error> {
    let Project {
        sources, strings, ..
    } = project;
    let reported = || findings(&sources.faults, shown, sources, strings);
    let color = answer_color();
    let (text, form) = match format {
        Format::Human => (for_people(project, shown, color), form(color)),
        Format::Json => (json(&reported()), Form::Json),
        Format::Sarif => {
            let rules = rule_entries(project)?;
            (sarif(&reported(), &rules, &base(project)), Form::Json)
        }
        Format::Github => (github(&reported(), &base(project)), Form::Commands),
    };
    answer(&text, form)
}

fn for_people(project: &Project, shown: &[&Diagnostic], color: Color) -> String {
    let Project {
        sources, strings, ..
    } = project;
    let mut text = String::new();
    for fault in &sources.faults {
        text.push_str(&format!("{}\n\n", fault_lines(fault, strings)));
    }
    text + &human(shown, sources, strings, color) + &summary(shown, strings)
}

fn rule_entries(project: &Project) -> Result<Vec<RuleEntry>, Error> {
    let levels = Levels::new(&project.config.check)?;
    let on = rules::all().filter(|rule| levels.is_on(rule));
    let entries = on.map(|rule| RuleEntry {
        name: rule.name,
        summary: project
            .strings
            .message(&Message::new(format!("{}.summary", rule.name))),
        manual: rule.manual(),
        level: levels.level(rule).name(),
    });
    Ok(entries.collect())
}

/// The content folder as code hosts expect it: below the root of the repository, with a final `/`.
/// Outside a repository it is below the current folder.
fn base(project: &Project) -> String {
    let around = project.root.as_ref().unwrap_or(&project.folder);
    let folder = project.folder.canonicalize();
    let folder = folder.unwrap_or_else(|_| project.folder.clone());
    let here = || std::env::current_dir().and_then(|here| here.canonicalize());
    let roots = [work_tree(around), here().ok()];
    let mut roots = roots.iter().flatten();
    let below = roots.find_map(|root| folder.strip_prefix(root).ok());
    let path = below
        .unwrap_or(&folder)
        .to_string_lossy()
        .replace('\\', "/");
    if path.is_empty() {
        path
    } else {
        format!("{path}/")
    }
}

/// The difference between two states of the same documents, as a patch.
fn diff(before: &SourceSet, after: &SourceSet) -> String {
    let pairs = before.documents.iter().zip(&after.documents);
    let changed = pairs.filter(|(before, after)| before.text != after.text);
    let patch = changed.map(|(before, after)| {
        let (a, b) = (format!("a/{}", before.path), format!("b/{}", after.path));
        TextDiff::from_lines(&before.text, &after.text)
            .unified_diff()
            .header(&a, &b)
            .to_string()
    });
    patch.collect()
}
