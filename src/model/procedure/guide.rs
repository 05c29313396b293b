//! Procedures as the scenarios of a guide, each with one mode, so that sheets, search and comparisons
//! read one model.

use std::collections::{HashMap, HashSet};

use crate::config::procedures::Form;
use crate::model::anchor::Anchor;
use crate::model::guide::{Guide, Scenario};
use crate::model::item::{Item, Role, Section};
use crate::model::matrix::key::finish;
use crate::model::mode::{ANY_MODE, Mode};
use crate::model::procedure::parts::{Part, headings_over, parts};
use crate::model::procedure::{Procedure, Procedures};
use crate::model::spans::Spans;
use crate::source::Span;

/// Most headings that are looked at for the one above a section.
const MOST_HEADINGS: usize = 64;

impl Procedures {
    /// The guide of a page: what another reader found, and the procedures that have no item there.
    /// `None` without either. Several task lists of a page without other scenarios are one scenario, and
    /// their headings its sections. A procedure of more than `most` steps has a scenario for each part.
    pub(in crate::model) fn guide(
        &mut self,
        read: Option<Guide>,
        title: &str,
        anchors: &[Anchor],
        most: usize,
    ) -> Option<Guide> {
        let taken = read.as_ref().map(items_of).unwrap_or_default();
        let joins_lists = read.is_none() && self.has_several_lists();
        let mut scenarios: Vec<Scenario> = Vec::new();
        let mut list: Option<usize> = None;
        let names = self.names_of_lists();
        for procedure in &mut self.found {
            let mut items = std::mem::take(&mut procedure.items);
            if procedure.steps.iter().any(|step| taken.meets(step.span)) {
                continue;
            }
            if names.get(&procedure.title).is_some_and(|count| *count > 1) {
                let above = heading_above(procedure, anchors);
                items.iter_mut().for_each(|item| name_section(item, above));
            }
            if procedure.form != Form::Tasklist || !joins_lists {
                scenarios.extend(of_procedure(procedure, items, anchors, most));
            } else if let Some(at) = list {
                scenarios[at].add(items, procedure.span);
            } else {
                list = Some(scenarios.len());
                scenarios.push(scenario(String::new(), title, items, procedure.span));
            }
        }
        finish_all(&mut scenarios);
        scenarios.retain(|scenario| scenario.modes.iter().any(Mode::has_procedure));
        let mut all = read.map_or_else(Vec::new, |guide| guide.scenarios);
        all.extend(scenarios);
        all.sort_by_key(|scenario| scenario.span.start);
        (!all.is_empty()).then_some(Guide { scenarios: all })
    }

    fn has_several_lists(&self) -> bool {
        let mut lists = self.found.iter().filter(|one| one.form == Form::Tasklist);
        lists.nth(1).is_some()
    }

    /// How many task lists have each title.
    fn names_of_lists(&self) -> HashMap<String, usize> {
        let mut names = HashMap::new();
        for one in self.found.iter().filter(|one| one.form == Form::Tasklist) {
            *names.entry(one.title.clone()).or_insert(0) += 1;
        }
        names
    }
}

/// The heading above the one that names a procedure, below the page's title.
fn heading_above<'a>(procedure: &Procedure, anchors: &'a [Anchor]) -> Option<&'a Anchor> {
    let heading = procedure.heading?;
    let at = anchors.partition_point(|anchor| anchor.span < heading);
    let own = anchors.get(at).filter(|anchor| anchor.span == heading)?;
    let above = anchors[..at].iter().rev();
    let mut above = above.take(MOST_HEADINGS);
    above
        .find(|anchor| anchor.level < own.level)
        .filter(|above| above.level > 1)
}

/// Puts the heading above before the section of an item, where several sections have one name.
fn name_section(item: &mut Item, above: Option<&Anchor>) {
    if let Some(above) = above.filter(|_| !item.heading.is_empty()) {
        item.heading = format!("{} – {}", above.text, item.heading);
    }
}

/// The bytes of all items of a guide.
fn items_of(guide: &Guide) -> Spans {
    let modes = guide.scenarios.iter().flat_map(|scenario| &scenario.modes);
    modes
        .flat_map(Mode::all_items)
        .map(|item| item.span)
        .collect()
}

/// The scenario of a procedure, or those of its parts.
fn of_procedure(
    procedure: &Procedure,
    mut items: Vec<Item>,
    anchors: &[Anchor],
    most: usize,
) -> Vec<Scenario> {
    let anchor = procedure.heading.and_then(|heading| {
        let at = anchors.partition_point(|anchor| anchor.span < heading);
        anchors.get(at).filter(|anchor| anchor.span == heading)
    });
    let id = anchor.map_or_else(String::new, |anchor| anchor.id.clone());
    let title = &procedure.title;
    if procedure.form == Form::Tasklist {
        items.iter_mut().for_each(|item| item.heading.clear());
        return vec![scenario(id, title, items, procedure.span)];
    }
    head(&mut items, procedure, anchors);
    let parts = parts(procedure, items, anchors, most).into_iter();
    let mut boxes = 0;
    let scenarios = parts.map(|part| {
        let before = boxes;
        boxes += part.items.iter().map(numbered).sum::<usize>();
        let mut made = part_scenario(part, &id, title);
        made.modes
            .iter_mut()
            .for_each(|mode| mode.boxes_before = before);
        made
    });
    scenarios.collect()
}

/// Gives the steps the headings between them, where sheets show these.
fn head(items: &mut [Item], procedure: &Procedure, anchors: &[Anchor]) {
    let headings: Vec<&Anchor> = headings_over(procedure, anchors).collect();
    for item in items
        .iter_mut()
        .filter(|item| item.section == Section::Tasks)
    {
        let above = headings.partition_point(|heading| heading.span.start <= item.span.start);
        if let Some(last) = above.checked_sub(1) {
            item.heading.clone_from(&headings[last].text);
        }
    }
}

/// How many numbers the steps of an item have on a sheet; what is seen has none.
fn numbered(item: &Item) -> usize {
    let all = item.with_parts().into_iter();
    let all = all.filter(|one| one.role.has_box() && one.role != Role::Result);
    match item.section {
        Section::Tasks => all.count(),
        _ => 0,
    }
}

/// The scenario of a part of a procedure, which has an id and a title.
fn part_scenario(part: Part<'_>, id: &str, title: &str) -> Scenario {
    match part.number {
        (1, 1) => scenario(id.to_string(), title, part.items, part.span),
        // The first part has the address that the procedure has as long as it is short.
        (1, _) => scenario(id.to_string(), &part.title(title), part.items, part.span),
        _ => {
            let own = part.first.map_or(id, |first| &first.id);
            scenario(own.to_string(), &part.title(title), part.items, part.span)
        }
    }
}

fn scenario(id: String, title: &str, items: Vec<Item>, span: Span) -> Scenario {
    let mode = Mode {
        key: ANY_MODE.to_string(),
        title: String::new(),
        id: String::new(),
        route: None,
        boxes_before: 0,
        items,
        span,
    };
    Scenario {
        id,
        title: title.to_string(),
        versions: Vec::new(),
        modes: vec![mode],
        span,
    }
}

impl Scenario {
    /// Adds items to its only mode.
    fn add(&mut self, items: Vec<Item>, span: Span) {
        self.span = self.span.cover(span);
        for mode in &mut self.modes {
            mode.items.extend(items.iter().cloned());
            mode.span = self.span;
        }
    }
}

/// Gives all items their keys, which are unique among the scenarios of one heading.
fn finish_all(scenarios: &mut [Scenario]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for scenario in scenarios {
        let number = seen.entry(scenario.id.clone()).or_insert(0);
        *number += 1;
        for mode in &mut scenario.modes {
            fill_in_once(&mut mode.items);
            mode.items = finish(std::mem::take(&mut mode.items));
            if *number > 1 {
                mode.items
                    .iter_mut()
                    .for_each(|item| number_keys(item, *number));
            }
        }
    }
}

/// Leaves each name to fill in at the first step of a sheet that has it.
fn fill_in_once(items: &mut [Item]) {
    fn visit(items: &mut [Item], seen: &mut HashSet<String>) {
        for item in items {
            item.blanks.retain(|blank| seen.insert(blank.name.clone()));
            visit(&mut item.items, seen);
        }
    }
    visit(items, &mut HashSet::new());
}

fn number_keys(item: &mut Item, number: usize) {
    item.key = format!("{number}-{}", item.key);
    if let Some(other) = &mut item.attaches_to {
        *other = format!("{number}-{other}");
    }
    for part in &mut item.items {
        number_keys(part, number);
    }
}

#[cfg(test)]
mod tests {
    use crate::markdown::text::label_text;
    use crate::model::procedure::tests::guide_with;

    const CHANNEL: &str = "## 결제창 일반결제\n### 테스트 연동\n#### 설정경로\n- 콘솔 > 결제\n#### 설정방법\n- MID : abc\n";
    const STEPS: &str = "1. 콘솔을 엽니다.\n2. **재발급**을 클릭합니다.\n";

    /// Title and keys of the items of each scenario.
    fn scenarios(text: &str) -> Vec<String> {
        let guide = guide_with("lang: ko", text).unwrap();
        let shown = guide.scenarios.iter().map(|scenario| {
            let items = scenario.modes.iter().flat_map(|mode| &mode.items);
            let keys: Vec<&str> = items.map(|item| item.key.as_str()).collect();
            format!("{}: {}", scenario.title, keys.join(" "))
        });
        shown.collect()
    }

    #[test]
    fn section_that_the_scenarios_leave_has_its_own_sheet() {
        let channel = "결제창 일반결제: path/route fields/mid";
        let text = format!("# 채널\n\n## 키 재발급하기\n\n{STEPS}\n{CHANNEL}");
        assert_eq!(
            scenarios(&text),
            ["키 재발급하기: steps/1 steps/2", channel]
        );
        let tasks = "## 점검\n\n- [ ] 로그를 봅니다.\n- [ ] 키를 확인합니다.\n";
        let text = format!("# 채널\n\n{tasks}\n## 키 재발급하기\n\n{STEPS}\n{CHANNEL}");
        assert_eq!(
            scenarios(&text),
            [
                "점검: steps/1 steps/2",
                "키 재발급하기: steps/1 steps/2",
                channel
            ]
        );
    }

    /// Heading and label of the items of the first sheet.
    fn headed(text: &str) -> Vec<String> {
        let guide = guide_with("preset: mdx", text).unwrap();
        let items = guide.scenarios[0].modes[0].items.iter();
        let shown = items.map(|item| format!("{}: {}", item.heading, label_text(&item.label)));
        shown.collect()
    }

    #[test]
    fn headings_between_steps_are_on_the_sheet() {
        let text = "# Full\n\n## Meaning\n\nIt is full.\n\n## Mitigation\n\n- Ask them.\n\n### Purge\n\n**Warning**: It deletes all.\n\n- Delete it.\n- Create it.\n";
        assert_eq!(
            headed(text)[1..],
            [
                "Mitigation: Ask them.",
                "Purge: It deletes all.",
                "Purge: Delete it.",
                "Purge: Create it."
            ]
        );
    }

    #[test]
    fn heading_that_is_a_step_is_not_repeated_over_it() {
        let text = "# A\n\n## Install it\n\n### Step 1. Open a\n\n1. Click b.\n2. Click c.\n\n### Step 2. Open d\n\nClick e.\n";
        assert_eq!(headed(text), [": Open a", ": Open d"]);
    }

    #[test]
    fn sections_of_one_name_have_the_heading_above_them() {
        let list = "- [ ] Check a.\n- [ ] Check b.\n";
        let text = format!(
            "# Page\n\n## Images\n\n### Best practices\n\n{list}\n## Code\n\n### Best practices\n\n{list}\n### Tests\n\n{list}"
        );
        let guide = guide_with("preset: mdx", &text).unwrap();
        let items = guide.scenarios[0].modes[0].items.iter();
        let headings: Vec<&str> = items.map(|item| item.heading.as_str()).collect();
        assert_eq!(
            headings,
            [
                "Images – Best practices",
                "Images – Best practices",
                "Code – Best practices",
                "Code – Best practices",
                "Tests",
                "Tests"
            ]
        );
    }

    #[test]
    fn name_to_fill_in_has_one_place_on_a_sheet() {
        let text =
            "# A\n\n1. Run `a <x-name>`.\n2. Run `b <x-name> <y-name>`.\n3. Run `c <y-name>`.\n";
        let guide = guide_with("preset: mdx", text).unwrap();
        let items = guide.scenarios[0].modes[0].items.iter();
        let names = items.map(|item| {
            let names: Vec<&str> = item.blanks.iter().map(|blank| &*blank.name).collect();
            names.join(" ")
        });
        assert_eq!(names.collect::<Vec<_>>(), ["x-name", "y-name", ""]);
    }

    #[test]
    fn steps_that_are_items_of_a_scenario_have_no_other_sheet() {
        let text = format!("# 채널\n\n{CHANNEL}\n## 키 재발급하기\n\n{STEPS}");
        let items = "path/route fields/mid extra/1 extra/2";
        assert_eq!(scenarios(&text), [format!("결제창 일반결제: {items}")]);
    }
}
