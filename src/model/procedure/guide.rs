//! Procedures as the scenarios of a guide, each with one mode, so that sheets, search and comparisons
//! read one model.

use std::collections::HashMap;

use crate::config::procedures::Form;
use crate::model::anchor::Anchor;
use crate::model::guide::{Guide, Scenario};
use crate::model::item::Item;
use crate::model::matrix::key::finish;
use crate::model::mode::{ANY_MODE, Mode};
use crate::model::procedure::parts::parts;
use crate::model::procedure::{Procedure, Procedures};
use crate::model::spans::Spans;
use crate::source::Span;

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
        for procedure in &mut self.found {
            let items = std::mem::take(&mut procedure.items);
            if procedure.steps.iter().any(|step| taken.meets(step.span)) {
                continue;
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
    for item in &mut items {
        item.heading.clear();
    }
    let anchor = procedure.heading.and_then(|heading| {
        let at = anchors.partition_point(|anchor| anchor.span < heading);
        anchors.get(at).filter(|anchor| anchor.span == heading)
    });
    let id = anchor.map_or_else(String::new, |anchor| anchor.id.clone());
    let title = &procedure.title;
    if procedure.form == Form::Tasklist {
        return vec![scenario(id, title, items, procedure.span)];
    }
    let parts = parts(procedure, items, anchors, most).into_iter();
    let scenarios = parts.map(|part| match part.number {
        (1, 1) => scenario(id.clone(), title, part.items, part.span),
        // The first part has the address that the procedure has as long as it is short.
        (1, _) => scenario(id.clone(), &part.title(title), part.items, part.span),
        _ => {
            let id = part
                .first
                .map_or_else(|| id.clone(), |first| first.id.clone());
            scenario(id, &part.title(title), part.items, part.span)
        }
    });
    scenarios.collect()
}

fn scenario(id: String, title: &str, items: Vec<Item>, span: Span) -> Scenario {
    let mode = Mode {
        key: ANY_MODE.to_string(),
        title: String::new(),
        id: String::new(),
        route: None,
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
            mode.items = finish(std::mem::take(&mut mode.items));
            if *number > 1 {
                mode.items
                    .iter_mut()
                    .for_each(|item| number_keys(item, *number));
            }
        }
    }
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

    #[test]
    fn steps_that_are_items_of_a_scenario_have_no_other_sheet() {
        let text = format!("# 채널\n\n{CHANNEL}\n## 키 재발급하기\n\n{STEPS}");
        let items = "path/route fields/mid extra/1 extra/2";
        assert_eq!(scenarios(&text), [format!("결제창 일반결제: {items}")]);
    }
}
