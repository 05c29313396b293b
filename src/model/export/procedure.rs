//! The form of procedures of any make in JSON.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::procedure::evidence::Evidence;
use crate::model::procedure::{Prerequisite, Procedure, ProcedureNotice, ProcedureStep};
use crate::source::Span;
use crate::source::written::WrittenLines;

/// A procedure. Lines count from 1, in the file that somebody wrote: where that is one that the document
/// includes, its path is there, too.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ProcedureData {
    /// Text of the heading that names it, or the page's title.
    pub title: String,
    /// First line of what opens it.
    pub start_line: usize,
    /// Last line of its last step.
    pub end_line: usize,
    /// Line of its heading; 0 for the page's title.
    pub heading_line: usize,
    /// Path of the file with the procedure's first line, where the document includes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The same for its heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading_path: Option<String>,
    /// `steps`, `tasklist`, `headings`, `runbook` or `ordered-list`.
    pub kind: &'static str,
    /// Its steps, in order.
    pub steps: Vec<LineData>,
    /// What is needed before.
    pub prerequisites: Vec<LineData>,
    /// Notices at it and its steps.
    pub notices: Vec<NoticeLineData>,
    /// Labels of its tabs and conditions.
    pub variants: Vec<String>,
    /// What speaks for it, such as `items-instruct 4/5`.
    pub why: Vec<String>,
}

/// A text with its line.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LineData {
    /// Its first line.
    pub line: usize,
    /// Path of its file, where the document includes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Its words.
    pub text: String,
}

/// A notice.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NoticeLineData {
    /// Its first line.
    pub line: usize,
    /// Path of its file, where the document includes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Line of the step it is at; 0 for the whole procedure.
    pub step: usize,
}

impl ProcedureData {
    /// The form of a procedure; `lines` are those of its document.
    pub fn new(procedure: &Procedure, lines: &WrittenLines<'_>) -> Self {
        let line = |span: Span| lines.place(span).line;
        let path = |span: Span| lines.place(span).path.map(str::to_string);
        let step = |step: &ProcedureStep| LineData {
            line: line(step.span),
            path: path(step.span),
            text: step.text.clone(),
        };
        let need = |need: &Prerequisite| LineData {
            line: line(need.span),
            path: path(need.span),
            text: need.text.clone(),
        };
        let notice = |notice: &ProcedureNotice| NoticeLineData {
            line: line(notice.span),
            path: path(notice.span),
            step: notice
                .step
                .map_or(0, |step| line(procedure.steps[step].span)),
        };
        Self {
            title: procedure.title.clone(),
            start_line: line(procedure.span),
            end_line: lines.place(procedure.span).last,
            heading_line: procedure.heading.map_or(0, line),
            path: path(procedure.span),
            heading_path: procedure.heading.and_then(path),
            kind: procedure.form.name(),
            steps: procedure.steps.iter().map(step).collect(),
            prerequisites: procedure.prerequisites.iter().map(need).collect(),
            notices: procedure.notices.iter().map(notice).collect(),
            variants: procedure.variants.clone(),
            why: procedure.why.iter().map(Evidence::code).collect(),
        }
    }
}
