//! `tickbook build`

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser};

use crate::build::inputs::inputs;
use crate::build::{Made, Timing, emit, prepare_theme};
use crate::cli::files::write as write_file;
use crate::cli::output_folder::output_folder;
use crate::cli::print_options::PrintOptions;
use crate::cli::progress::Progress;
use crate::cli::project::{MOST_READINGS, Project, Unread};
use crate::cli::{Console, Outcome, ProjectArguments};
use crate::diagnostic::{Diagnostic, written};
use crate::error::Error;
use crate::model::lock::{LOCK_FILE, Lock, MAX_LOCK_BYTES};
use crate::output::OUTPUTS;
use crate::output::write::{Origin, Writer, Written, unchanged};
use crate::render::theme::Theme;
use crate::report::clean::on_one_line;
use crate::report::human::human;
use crate::source::SourceSet;
use crate::strings::Strings;

/// Most files that are named in one line.
const MOST_NAMED: usize = 10;

/// Arguments of `tickbook build`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    project: ProjectArguments,
    /// Write to this folder [default: dist in ROOT]
    #[arg(short, long, value_name = "DIR", value_parser = any_path())]
    output: Option<PathBuf>,
    /// Build only these outputs, separated by commas
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = output_names())]
    only: Vec<String>,
    /// Build the site without the documents and files that cannot be read, and exit with 1
    #[arg(long)]
    keep_going: bool,
    /// Check the content first and write nothing if it misleads a reader
    #[arg(long)]
    check: bool,
    /// Write ids.lock into ROOT: the addresses that `tickbook check` verifies from then on
    #[arg(long)]
    lock: bool,
    /// With `--only pdf`: make a form of each sheet, to be filled in on a screen
    #[arg(long, requires = "only")]
    fillable: bool,
    /// Show how long each part took
    #[arg(long)]
    timings: bool,
}

impl Arguments {
    /// How sheets are printed, beside what the configuration has.
    fn print_options(&self) -> PrintOptions {
        PrintOptions::of_build(self.fillable)
    }
}

/// An empty path is refused as an output folder, not as an argument.
fn any_path() -> impl TypedValueParser<Value = PathBuf> {
    OsStringValueParser::new().map(PathBuf::from)
}

fn output_names() -> clap::builder::PossibleValuesParser {
    let names = OUTPUTS.iter().map(|output| output.name());
    names.collect::<Vec<_>>().into()
}

/// Builds and writes everything, or nothing if the content must be fixed first.
pub(super) fn run(arguments: &Arguments, console: Console) -> Result<Outcome, Error> {
    let start = Instant::now();
    let ProjectArguments { root, content } = &arguments.project;
    let (root, content) = (root.as_deref(), content.content.as_deref());
    let (unread, theme) = rayon::join(
        || Unread::open(root, content, console),
        || Theme::load(Project::root(root, content)),
    );
    let unread = unread?;
    let own_root = unread.root.as_deref();
    let theme = theme.and_then(|theme| theme.with_brand(own_root, &unread.config.site));
    let theme = theme.map(|theme| theme.with_paper(&unread.config.print));
    for line in &unread.finding_out {
        console.status(line);
    }
    let output = output_folder(arguments.output.as_deref(), &unread);
    let known = theme.as_ref().ok().and_then(|theme| {
        let Unread {
            config, sources, ..
        } = &unread;
        inputs(config, theme, sources, &arguments.only).ok()
    });
    if let (Some(known), Ok(output)) = (&known, &output)
        && may_stay(arguments, &unread, console)
        && let Some((written, origin)) = unchanged(output, known)
    {
        if arguments.timings {
            report_timings(&[since("read", start)], console);
        }
        let built = Built::new(&unread.sources, &origin, &written);
        report_built(&built, &unread.strings, output, start, console);
        return Ok(Outcome::Done);
    }
    let mut project = unread.read()?;
    let is_whole = settle(&mut project, arguments, theme.as_ref().ok(), console)?;
    let mut timings = vec![since("read", start)];
    if !may_be_built(arguments, &project, console)? {
        return Ok(Outcome::Findings);
    }
    let known = known.filter(|_| is_whole);
    let output = output?;
    let (made, written, origin) = write(&project, theme?, known, arguments, &output, console)?;
    timings.extend(made.timings);
    if arguments.lock {
        write_lock(&project, console)?;
    }
    if arguments.timings {
        report_timings(&timings, console);
    }
    report_built(
        &Built::new(&project.sources, &origin, &written),
        &project.strings,
        &output,
        start,
        console,
    );
    let outcome = match report_missing(&made.missing, &project, console) {
        Outcome::Done if !is_whole => Outcome::Findings,
        outcome => outcome,
    };
    // The process ends here: to free every node of every document would only take time.
    std::mem::forget(project);
    Ok(outcome)
}

/// Finds what is wrong with the content as a whole, and leaves documents out that cannot be read
/// where the build is to go on; whether all are there. What is wrong with the content is reported
/// before what is wrong with the theme.
fn settle(
    project: &mut Project,
    arguments: &Arguments,
    theme: Option<&Theme>,
    console: Console,
) -> Result<bool, Error> {
    let mut is_whole = !arguments.keep_going || project.leave_out_unreadable(console)?;
    find_faults(project, theme)?;
    // Without one document another may take its place.
    for _ in 0..MOST_READINGS {
        if !arguments.keep_going || project.leave_out_unreadable(console)? {
            break;
        }
        is_whole = false;
        find_faults(project, theme)?;
    }
    Ok(is_whole)
}

fn find_faults(project: &mut Project, theme: Option<&Theme>) -> Result<(), Error> {
    project.mark_wrong_values()?;
    match theme {
        Some(theme) => project.find_collisions(theme),
        None => Ok(()),
    }
}

/// Reports what could not be made; everything else was written.
fn report_missing(missing: &[Diagnostic], project: &Project, console: Console) -> Outcome {
    if missing.is_empty() {
        return Outcome::Done;
    }
    let Project {
        sources, strings, ..
    } = project;
    let missing = written(missing.to_vec(), sources);
    let found: Vec<&Diagnostic> = missing.iter().collect();
    console.show(&human(&found, sources, strings, console.color));
    let count = missing.len().to_string();
    console.warn(&strings.cli("sheets_missing", &[("count", &count)]));
    Outcome::Findings
}

/// Whether an output that is made of the same may stay without a document being parsed: not where the documents
/// themselves are asked for, nor for sheets of PDF, which are made of fonts and a date besides.
fn may_stay(arguments: &Arguments, unread: &Unread, console: Console) -> bool {
    let is_asked = arguments.check || arguments.lock || arguments.keep_going || console.is_verbose;
    !is_asked && !makes_pdf(&arguments.only) && unread.sources.faults.is_empty()
}

/// Whether nothing must be fixed first; reports what.
fn may_be_built(arguments: &Arguments, project: &Project, console: Console) -> Result<bool, Error> {
    let strings = &project.strings;
    if arguments.fillable && !makes_pdf(&arguments.only) {
        return Err(Error::Request(strings.cli("fillable_without_pdf", &[])));
    }
    let misleads = arguments.check && project.misleads(console)?;
    if project.report(console)? || misleads {
        console.warn(&strings.cli("not_built", &[]));
        return Ok(false);
    }
    if arguments.lock && project.root.is_none() {
        return Err(Error::Request(strings.cli("lock_without_root", &[])));
    }
    if project.sources.documents.is_empty() {
        return Err(Error::Refused(strings.cli("no_documents", &[])));
    }
    Ok(true)
}

fn makes_pdf(only: &[String]) -> bool {
    only.iter().any(|name| name == "pdf")
}

/// Makes everything and writes it. `known` is the hash of what it is made of without paper.
fn write(
    project: &Project,
    mut theme: Theme,
    known: Option<String>,
    arguments: &Arguments,
    output: &Path,
    console: Console,
) -> Result<(Made, Written, Origin), Error> {
    let Project {
        config,
        strings,
        sources,
        book,
        ..
    } = project;
    prepare_theme(&mut theme, book, sources, config, strings);
    let only = arguments.only.as_slice();
    if makes_pdf(only) {
        project.load_print_settings(&mut theme, &arguments.print_options())?;
    }
    let inputs = match known.filter(|_| !makes_pdf(only)) {
        Some(known) => known,
        None => inputs(config, &theme, sources, only)?,
    };
    let mut origin = Origin {
        inputs,
        checklists: book.sheets.len(),
        wrong: book.wrong_sheets().count(),
    };
    let path = output.display().to_string();
    let wait = || console.status(&strings.cli("waiting", &[("path", &path)]));
    let writer = Writer::open(output, wait)?;
    if let Some((written, origin)) = writer.unchanged(&origin.inputs) {
        report_kept(&written, strings, console);
        let made = Made {
            timings: Vec::new(),
            missing: Vec::new(),
        };
        return Ok((made, written, origin));
    }
    let view = project.view(&theme);
    let progress = Progress::new(book.sheets.len(), console);
    let is_empty = AtomicBool::new(true);
    let made = emit(&view, only, &|artifact| {
        // Nothing else of a build takes as long as sheets.
        if artifact.path.ends_with(".pdf") {
            progress.count();
        }
        is_empty.store(false, Ordering::Relaxed);
        writer.write(artifact)
    })?;
    if !made.missing.is_empty() {
        // The next build must find again what is missing.
        origin.inputs.clear();
        if is_empty.into_inner() {
            return Ok((made, Written::default(), origin));
        }
    }
    let written = writer.finish(&origin)?;
    report_kept(&written, strings, console);
    Ok((made, written, origin))
}

/// Reports files that a build of ours may have made but that were not touched.
fn report_kept(written: &Written, strings: &Strings, console: Console) {
    let mut paths: Vec<String> = written.kept.iter().map(|path| shown(path)).collect();
    if !paths.is_empty() {
        let more = paths.len() > MOST_NAMED;
        paths.truncate(MOST_NAMED);
        paths.extend(more.then(|| format!("… ({})", written.kept.len())));
        console.warn(&strings.cli("output_kept", &[("paths", &paths.join(", "))]));
    }
    for path in written.left.iter().map(|path| shown(path)) {
        console.warn(&strings.cli("output_left", &[("path", &path)]));
    }
}

fn shown(path: &Path) -> String {
    on_one_line(&path.display().to_string())
}

fn report_timings(timings: &[Timing], console: Console) {
    for Timing { name, time } in timings {
        let milliseconds = time.as_secs_f64() * 1000.0;
        console.warn(&format!("{name:>10} {milliseconds:8.1} ms"));
    }
}

fn since(name: &'static str, start: Instant) -> Timing {
    let time = start.elapsed();
    Timing { name, time }
}

/// What the summary counts.
struct Built {
    documents: usize,
    drafts: usize,
    checklists: usize,
    wrong: usize,
    files: usize,
}

impl Built {
    fn new(sources: &SourceSet, origin: &Origin, written: &Written) -> Self {
        Self {
            documents: sources.documents.len(),
            drafts: sources.drafts.len(),
            checklists: origin.checklists,
            wrong: origin.wrong,
            files: written.files,
        }
    }
}

fn report_built(built: &Built, strings: &Strings, output: &Path, start: Instant, console: Console) {
    let values = [
        ("documents", &*built.documents.to_string()),
        ("checklists", &built.checklists.to_string()),
        ("files", &built.files.to_string()),
        ("output", &output.display().to_string()),
        ("seconds", &format!("{:.2}", start.elapsed().as_secs_f64())),
    ];
    console.status(&strings.cli("built", &values));
    if built.drafts > 0 {
        let drafts = built.drafts.to_string();
        console.status(&strings.cli("drafts", &[("drafts", &drafts)]));
    }
    if built.wrong > 0 {
        let wrong = built.wrong.to_string();
        console.warn(&strings.cli("built_wrong", &[("wrong", &wrong)]));
    }
}

fn write_lock(project: &Project, console: Console) -> Result<(), Error> {
    let file = project
        .root
        .as_deref()
        .unwrap_or(Path::new("."))
        .join(LOCK_FILE);
    let lock = Lock::of(&project.book.site);
    let before = project.sources.lock.as_ref();
    let before = before.map(|before| before.text.as_str());
    let strings = &project.strings;
    write_file(&file, &lock.to_string(), before, MAX_LOCK_BYTES, strings)?;
    let (count, path) = (lock.len().to_string(), file.display().to_string());
    console.status(&strings.cli("locked", &[("count", &count), ("path", &path)]));
    Ok(())
}
