//! What is asked for: by arguments, by a case file, or by both.

use serde::Deserialize;
use serde_yaml::{Mapping, Value};

use crate::cli::print::Arguments;
use crate::cli::print::cases::CaseText;
use crate::error::Error;
use crate::render::case::Case;
use crate::strings::Strings;

/// Which sheets, and what is known of the case.
#[derive(Debug, Clone, Default)]
pub(super) struct Request {
    /// Guides by slug, title or a word of them.
    pub guides: Vec<String>,
    /// Words of the scenario.
    pub scenario: Option<String>,
    /// Version.
    pub version: Option<String>,
    /// Keys, titles or labels of modes.
    pub modes: Vec<String>,
    /// Labels of tabs, with or without the name of the choice.
    pub variants: Vec<String>,
    /// Whether every sheet that matches is asked for.
    pub is_all: bool,
    /// What is known of the case.
    pub case: Case,
}

/// A case file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct CaseFile {
    guide: Several,
    scenario: Option<String>,
    version: Option<String>,
    mode: Several,
    variant: Several,
    choose: Several,
    set: Mapping,
}

/// One word or a list of them.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Several {
    One(String),
    List(Vec<String>),
}

impl Default for Several {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl Several {
    fn into_list(self) -> Vec<String> {
        match self {
            Self::One(word) => vec![word],
            Self::List(words) => words,
        }
    }
}

impl Request {
    /// The request of the arguments; a case file adds the rest.
    ///
    /// # Errors
    /// [`Error::Request`] when `--set` has no `=` or the file is no case.
    pub fn read(
        arguments: &Arguments,
        case: Option<&CaseText>,
        strings: &Strings,
    ) -> Result<Self, Error> {
        let mut request = match case {
            Some(case) => Self::read_case(case, strings)?,
            None => Self::default(),
        };
        if !arguments.guides.is_empty() {
            request.guides.clone_from(&arguments.guides);
        }
        if !arguments.mode.is_empty() {
            request.modes.clone_from(&arguments.mode);
        }
        request.scenario = arguments.scenario.clone().or(request.scenario);
        request.version = arguments.version.clone().or(request.version);
        if !arguments.variant.is_empty() {
            request.variants.clone_from(&arguments.variant);
        }
        request.is_all = arguments.all;
        request
            .case
            .choices
            .extend(arguments.choose.iter().cloned());
        for pair in &arguments.set {
            let Some((key, value)) = pair.split_once('=') else {
                // The text there may be a value, so it is not repeated.
                return Err(Error::Request(strings.cli("set_without_value", &[])));
            };
            let pair = (key.trim().to_string(), value.to_string());
            request.case.values.push(pair);
        }
        Ok(request)
    }

    /// The YAML reader's own message may contain a value, so only the line is reported.
    fn read_case(case: &CaseText, strings: &Strings) -> Result<Self, Error> {
        let CaseText { file, text } = case;
        let refuse = |line: usize| {
            let values = [
                ("path", &*file.display().to_string()),
                ("line", &line.to_string()),
            ];
            Error::Request(strings.cli("not_a_case", &values))
        };
        let read: Option<CaseFile> = serde_yaml::from_str(text)
            .map_err(|error| refuse(error.location().map_or(1, |location| location.line())))?;
        let read = read.unwrap_or_default();
        let mut values = Vec::new();
        for (key, value) in read.set {
            let (Some(key), Some(value)) = (scalar(&key), scalar(&value)) else {
                return Err(refuse(1));
            };
            values.push((key, value));
        }
        Ok(Self {
            guides: read.guide.into_list(),
            scenario: read.scenario,
            version: read.version,
            modes: read.mode.into_list(),
            variants: read.variant.into_list(),
            is_all: false,
            case: Case {
                values,
                choices: read.choose.into_list(),
            },
        })
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(value) => Some(value.to_string()),
        Value::String(value) => Some(value.clone()),
        _ => None,
    }
}
