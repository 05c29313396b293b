//! `tickbook list`: guides with their scenarios and modes, and procedures of other forms with their steps.

use crate::model::guide::Scenario;
use crate::model::item::{Item, Section};
use crate::model::mode::{ANY_MODE, Mode};
use crate::model::page::Page;
use crate::model::procedure::Procedure;
use crate::report::clean::on_one_line;
use crate::strings::Strings;

/// What is listed for people, a line for each guide, scenario and mode.
pub(super) fn text(pages: &[&Page], strings: &Strings) -> String {
    let lines = pages.iter().flat_map(|page| lines(page, strings));
    lines.map(|line| on_one_line(&line) + "\n").collect()
}

fn lines(page: &Page, strings: &Strings) -> Vec<String> {
    let mut lines = vec![format!("{}  {}", page.slug, page.title)];
    for scenario in page.guide.iter().flat_map(|guide| &guide.scenarios) {
        let versions = scenario.versions.join(", ");
        let gap = if versions.is_empty() { "" } else { "  " };
        lines.push(format!("  {}{gap}{versions}", scenario.title));
        match procedures_of(scenario, page) {
            [] => lines.extend(scenario.modes.iter().map(mode_line)),
            procedures => lines.push(procedure_line(scenario, procedures, strings)),
        }
    }
    lines
}

/// The procedures of other forms that a scenario is made of, or is a part of; none of a scenario with
/// modes.
fn procedures_of<'p>(scenario: &Scenario, page: &'p Page) -> &'p [Procedure] {
    let found = &page.procedures.found;
    let has_modes = scenario.modes.iter().any(|mode| mode.key != ANY_MODE);
    let first = found.partition_point(|one| one.span.end <= scenario.span.start);
    let end = found.partition_point(|one| one.span.start < scenario.span.end);
    match has_modes {
        true => &[],
        false => &found[first..end.max(first)],
    }
}

/// How the procedures of one checklist are written, with the number of their steps and, where steps
/// have others within them, of their boxes.
fn procedure_line(scenario: &Scenario, procedures: &[Procedure], strings: &Strings) -> String {
    let form = procedures[0].form.name().replace('-', "_");
    let form = strings.cli(&format!("procedure_{form}"), &[]);
    let steps = procedures.iter().flat_map(|one| &one.steps);
    let steps = steps.filter(|step| scenario.span.range().contains(&step.span.start));
    let items = scenario.modes.iter().flat_map(Mode::all_items);
    let is_box = |item: &&Item| item.section == Section::Tasks && item.role.has_box();
    let (steps, boxes) = (steps.count(), items.filter(is_box).count());
    let values = [
        ("form", form),
        ("sections", procedures.len().to_string()),
        ("steps", steps.to_string()),
        ("boxes", boxes.to_string()),
    ];
    let values = values
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let key = match procedures {
        [_] if boxes > steps => "listed_boxes",
        [_] => "listed_procedure",
        _ => "listed_sections",
    };
    format!("    {}", strings.cli(key, &values))
}

fn mode_line(mode: &Mode) -> String {
    let name = match mode.title.as_str() {
        "" => &mode.key,
        title => title,
    };
    let fields = mode.items.iter().filter(|item| item.setting.is_some());
    format!("    {}  {name} ({})", mode.key, fields.count())
}
