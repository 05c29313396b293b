//! `tickbook list --why`: what speaks for each procedure, and what was refused and by what.

use crate::cli::project::Project;
use crate::model::page::Page;
use crate::model::procedure::evidence::{Evidence, Veto};
use crate::model::procedure::{Procedure, Refused};
use crate::report::clean::on_one_line;
use crate::source::Span;
use crate::source::written::WrittenLines;
use crate::strings::Strings;

/// The procedures of all pages with their evidence; with what was refused if `has_refused`.
pub(super) fn text(project: &Project, has_refused: bool) -> String {
    let pages = project.book.site.pages.iter();
    let parts = pages.filter_map(|page| {
        let why = Why {
            page,
            lines: WrittenLines::of(&project.sources, page.document.file),
            strings: &project.strings,
        };
        why.text(has_refused)
    });
    parts.collect()
}

/// Shows the procedures of one page.
struct Why<'p> {
    page: &'p Page,
    lines: WrittenLines<'p>,
    strings: &'p Strings,
}

impl Why<'_> {
    fn text(&self, has_refused: bool) -> Option<String> {
        let procedures = &self.page.procedures;
        let mut shown: Vec<(Span, [String; 2])> = Vec::new();
        shown.extend(
            procedures
                .found
                .iter()
                .map(|one| (one.span, self.found(one))),
        );
        if has_refused {
            shown.extend(
                procedures
                    .refused
                    .iter()
                    .map(|one| (one.span, self.refused(one))),
            );
        }
        shown.sort_by_key(|(span, _)| span.start);
        if shown.is_empty() {
            return None;
        }
        let path = std::iter::once(self.page.path.clone());
        let lines = path.chain(shown.into_iter().flat_map(|(_, lines)| lines));
        Some(lines.map(|line| on_one_line(&line) + "\n").collect())
    }

    fn found(&self, procedure: &Procedure) -> [String; 2] {
        let count = procedure.steps.len().to_string();
        let form = self.word(procedure.form.name());
        let values = [
            ("lines", self.span(procedure.span)),
            ("form", form),
            ("steps", count),
            ("title", procedure.title.clone()),
        ];
        [
            format!("  {}", self.sentence("procedure_found", &values)),
            format!("    {}", self.evidence(&procedure.why)),
        ]
    }

    fn refused(&self, refused: &Refused) -> [String; 2] {
        let values = [
            ("lines", self.span(refused.span)),
            ("form", self.word(refused.form.name())),
            ("title", refused.title.clone()),
        ];
        let vetoes: Vec<String> = refused.vetoes.iter().map(|veto| self.veto(*veto)).collect();
        let why = match refused.why.is_empty() {
            true => String::new(),
            false => format!(" ({})", self.evidence(&refused.why)),
        };
        [
            format!("  {}", self.sentence("procedure_refused", &values)),
            format!("    {}{why}", vetoes.join("; ")),
        ]
    }

    /// The lines of a span, with the path of an included file.
    fn span(&self, span: Span) -> String {
        let place = self.lines.place(span);
        let path = place.path.map(|path| format!("{path}:"));
        let path = path.unwrap_or_default();
        format!("{path}{}–{}", place.line, place.last)
    }

    fn evidence(&self, why: &[Evidence]) -> String {
        let all = why.iter().map(|one| {
            let key = format!("why_{}", one.name().replace('-', "_"));
            let values = match one {
                Evidence::Component(name) => vec![("name", name.clone())],
                Evidence::Instructs(some, all) => {
                    vec![("some", some.to_string()), ("all", all.to_string())]
                }
                _ => Vec::new(),
            };
            self.sentence(&key, &values)
        });
        all.collect::<Vec<_>>().join("; ")
    }

    fn veto(&self, veto: Veto) -> String {
        self.word(&format!("veto-{}", veto.name()))
    }

    fn word(&self, name: &str) -> String {
        self.sentence(&format!("procedure_{}", name.replace('-', "_")), &[])
    }

    fn sentence(&self, key: &str, values: &[(&str, String)]) -> String {
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        self.strings.cli(key, &values)
    }
}
