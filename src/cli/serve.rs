//! `tickbook serve`

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use crate::cli::print_options::PrintOptions;
use crate::cli::project::Project;
use crate::cli::{Console, Outcome, ProjectArguments};
use crate::config::CONFIG_FILE;
use crate::error::Error;
use crate::model::lock::LOCK_FILE;
use crate::server::preview::{Change, Opened, Preview};
use crate::server::{address, listen, serve};

/// The port where none is asked for.
const PORT: u16 = 3000;

/// Folders of a project that its pages are made with.
const FOLDERS: [&str; 2] = ["templates", "site"];

/// Arguments of `tickbook serve`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    project: ProjectArguments,
    /// Listen on this port [default: 3000, or the next free one]
    #[arg(short, long, value_name = "PORT")]
    port: Option<u16>,
    /// Listen on this address; any other than 127.0.0.1 lets other machines read the site
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    host: String,
    /// Check the files at intervals, where the system does not report changes
    #[arg(long)]
    poll: bool,
}

/// Shows the site while it is written.
pub(super) fn run(arguments: &Arguments, console: Console) -> Result<Outcome, Error> {
    let ProjectArguments { root, content } = arguments.project.clone();
    let preview = Preview::new(Box::new(move || {
        open(root.as_deref(), content.content.as_deref(), console)
    }))?;
    let strings = preview.strings().clone();
    let listener = listen(&arguments.host, arguments.port, PORT)?;
    let address = address(&listener)?;
    if !address.ip().is_loopback() {
        let named = [("host", arguments.host.as_str())];
        console.warn(&strings.cli("serve_open", &named));
    }
    let url = format!("http://{address}/");
    console.status(&strings.cli("serving", &[("url", &url)]));
    let report = move |change: Change, time: Duration| {
        let key = match change {
            Change::None | Change::Documents => "read_documents",
            Change::Content => "read_content",
            Change::Project => "read_project",
        };
        let milliseconds = time.as_millis().to_string();
        console.status(&strings.cli(key, &[("milliseconds", &milliseconds)]));
    };
    serve(
        listener,
        &arguments.host,
        preview,
        arguments.poll,
        Box::new(report),
    )?;
    Ok(Outcome::Done)
}

/// Reads the project from the disk.
fn open(root: Option<&Path>, content: Option<&Path>, console: Console) -> Result<Opened, Error> {
    let mut project = Project::open(root, content, console)?;
    project.mark_wrong_values()?;
    let mut theme = project.theme()?;
    project.find_collisions(&theme)?;
    if cfg!(feature = "pdf") {
        project.load_print_settings(&mut theme, &PrintOptions::default())?;
    }
    let others = project.root.iter().flat_map(|root| {
        let fonts = project.config.print.fonts.iter().map(PathBuf::from);
        let files = [CONFIG_FILE, LOCK_FILE]
            .into_iter()
            .chain(FOLDERS)
            .map(PathBuf::from);
        let brand = project.config.site.files();
        let brand: Vec<PathBuf> = brand.iter().map(|file| PathBuf::from(file.path)).collect();
        files
            .chain(fonts)
            .chain(brand)
            .map(|name| true_path(&root.join(name)))
    });
    Ok(Opened {
        folder: true_path(&project.folder),
        others: others.collect(),
        today: project.today().ok(),
        theme,
        config: project.config,
        strings: project.strings,
        sources: project.sources,
        book: project.book,
    })
}

/// The path as the system reports it when something changes there; it need not exist.
fn true_path(path: &Path) -> PathBuf {
    let (parent, name) = (path.parent(), path.file_name());
    let of_parent = || Some(parent?.canonicalize().ok()?.join(name?));
    let known = path.canonicalize().ok().or_else(of_parent);
    known.unwrap_or_else(|| path.to_path_buf())
}
