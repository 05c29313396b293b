//! Why the tool could not run: the machine's faults, never the content's.
//!
//! Faults of the content are [`crate::diagnostic::Diagnostic`]s. An [`Error`] ends the command
//! with exit code 2, [`Error::Refused`] with 1.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A reason why the tool could not run.
#[derive(Debug)]
pub enum Error {
    /// A file or folder could not be read or written.
    Io {
        /// What was being done, as a string-table key such as `read` or `write`.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The operating system's reason.
        source: io::Error,
    },
    /// `tickbook.yaml` or a preset is not valid.
    Config {
        /// The file, as the user named it.
        path: String,
        /// What is wrong and where, in the words of the YAML reader.
        reason: String,
    },
    /// A template could not be read or rendered.
    Template {
        /// What the template engine says.
        reason: String,
    },
    /// The request cannot be met as asked; the text is already in the user's language.
    Request(String),
    /// Nothing is written because it would harm what is there; the text is already in the user's
    /// language.
    Refused(String),
}

impl Error {
    /// Wraps an input/output failure with what was tried and where.
    pub fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io {
            action,
            path: path.to_path_buf(),
            source,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io {
                action,
                path,
                source,
            } => {
                let path = on_one_line(&path.display().to_string());
                write!(f, "cannot {action} `{path}`: {source}")
            }
            Self::Config { path, reason } => {
                write!(f, "`{}`: {}", on_one_line(path), on_one_line(reason))
            }
            Self::Template { reason } => write!(f, "template: {reason}"),
            Self::Request(text) => f.write_str(text),
            Self::Refused(text) => f.write_str(&on_one_line(text)),
        }
    }
}

/// Names may contain line feeds, and what names them is one line.
fn on_one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
