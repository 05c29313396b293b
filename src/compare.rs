//! What changed between two states of a site, in terms of the procedure.
//!
//! In go two [`Site`]s; out come [`Comparison`]s by page: scenarios and modes that came or went,
//! and for each mode what is set differently. Pages are paired by path, then by slug; scenarios
//! by id, then by what they have in common; modes by key; what a mode says by [`facts`].

pub mod facts;
mod queue;

use std::collections::{BTreeSet, HashMap, HashSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::compare::facts::{Change, Fact, changes, facts};
use crate::compare::queue::Queues;
use crate::model::guide::{Guide, Scenario};
use crate::model::mode::Mode;
use crate::model::page::Page;
use crate::model::site::Site;

/// All differences of two sites.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Comparison {
    /// Pages that differ, in path order of the later site; removed ones come last.
    pub pages: Vec<PageChange>,
}

/// How something came to differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// It is in the later state only.
    Added,
    /// It is in the earlier state only.
    Removed,
    /// It is in both and differs.
    Changed,
}

/// A page that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PageChange {
    /// Path of its document.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Whether it came, went, or differs.
    pub fate: Fate,
    /// Checklists that differ, in document order; removed ones come last.
    pub checklists: Vec<ChecklistChange>,
    /// Ids of headings that lead nowhere any more.
    pub lost_ids: Vec<String>,
}

/// A checklist that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ChecklistChange {
    /// Title of the scenario.
    pub scenario: String,
    /// Name of the mode.
    pub mode: String,
    /// Whether it came, went, or differs.
    pub fate: Fate,
    /// What differs; empty unless it is in both states.
    pub changes: Vec<Change>,
}

/// Most scenarios that are gone which one without a former state is compared with.
const CANDIDATES: usize = 64;

/// Compares an earlier state with a later one.
pub fn compare(before: &Site, after: &Site) -> Comparison {
    let kept: HashSet<&str> = after.pages.iter().map(|page| page.path.as_str()).collect();
    let paths = before.pages.iter().map(|page| Some(page.path.as_str()));
    let mut by_path = Queues::of(paths);
    let moved = before.pages.iter().map(|page| {
        let is_moved = !kept.contains(page.path.as_str());
        is_moved.then_some(page.slug.as_str())
    });
    let mut by_slug = Queues::of(moved);
    let mut left = vec![true; before.pages.len()];
    let mut pages = Vec::new();
    for page in &after.pages {
        let former = by_path.take(page.path.as_str(), &mut left);
        let former = former.or_else(|| by_slug.take(page.slug.as_str(), &mut left));
        pages.extend(match former {
            Some(former) => page_change(&before.pages[former], page),
            None => Some(whole_page(page, Fate::Added)),
        });
    }
    let removed = before
        .pages
        .iter()
        .zip(left)
        .filter(|(_, is_left)| *is_left);
    pages.extend(removed.map(|(page, _)| whole_page(page, Fate::Removed)));
    Comparison { pages }
}

fn whole_page(page: &Page, fate: Fate) -> PageChange {
    let scenarios = page.guide.iter().flat_map(|guide| &guide.scenarios);
    let checklists = scenarios.flat_map(|scenario| whole_scenario(scenario, fate));
    PageChange {
        path: page.path.clone(),
        title: page.title.clone(),
        fate,
        checklists: checklists.collect(),
        lost_ids: Vec::new(),
    }
}

fn whole_scenario(scenario: &Scenario, fate: Fate) -> Vec<ChecklistChange> {
    let modes = scenario.modes.iter().filter(|mode| mode.has_procedure());
    modes
        .map(|mode| checklist(scenario, mode, fate, Vec::new()))
        .collect()
}

fn checklist(
    scenario: &Scenario,
    mode: &Mode,
    fate: Fate,
    changes: Vec<Change>,
) -> ChecklistChange {
    ChecklistChange {
        scenario: scenario.title.clone(),
        mode: mode.title.clone(),
        fate,
        changes,
    }
}

fn page_change(before: &Page, after: &Page) -> Option<PageChange> {
    let none = Guide {
        scenarios: Vec::new(),
    };
    let guides = [before, after].map(|page| page.guide.as_ref().unwrap_or(&none));
    let [earlier, later] = guides;
    let change = PageChange {
        path: after.path.clone(),
        title: after.title.clone(),
        fate: Fate::Changed,
        checklists: guide_changes(earlier, later),
        lost_ids: lost_ids(before, after),
    };
    let differs = !change.checklists.is_empty()
        || !change.lost_ids.is_empty()
        || before.title != after.title
        || before.path != after.path;
    differs.then_some(change)
}

fn lost_ids(before: &Page, after: &Page) -> Vec<String> {
    let kept: BTreeSet<&str> = after
        .anchors
        .iter()
        .map(|anchor| anchor.id.as_str())
        .collect();
    let ids = before.anchors.iter().map(|anchor| anchor.id.clone());
    ids.filter(|id| !kept.contains(id.as_str())).collect()
}

fn guide_changes(before: &Guide, after: &Guide) -> Vec<ChecklistChange> {
    let mut former = Former::of(before, after);
    let mut found = Vec::new();
    for scenario in &after.scenarios {
        match former.take(scenario) {
            Some(former) => found.extend(scenario_changes(former, scenario)),
            None => found.extend(whole_scenario(scenario, Fate::Added)),
        }
    }
    let scenarios = before.scenarios.iter().zip(former.left);
    for (scenario, _) in scenarios.filter(|(_, is_left)| *is_left) {
        found.extend(whole_scenario(scenario, Fate::Removed));
    }
    found
}

/// The scenarios of the earlier state, as long as none of the later state was one of them.
struct Former<'s> {
    scenarios: &'s [Scenario],
    left: Vec<bool>,
    by_id: Queues<&'s str>,
    /// Those whose ids are gone, with what they say.
    gone: Vec<(usize, HashSet<(String, Fact)>)>,
}

impl<'s> Former<'s> {
    fn of(before: &'s Guide, after: &Guide) -> Self {
        let ids: HashSet<&str> = after
            .scenarios
            .iter()
            .map(|later| later.id.as_str())
            .collect();
        let scenarios = &before.scenarios;
        let gone = scenarios.iter().enumerate();
        let gone = gone.filter(|(_, one)| !ids.contains(one.id.as_str()));
        let said = gone.map(|(index, one)| (index, all_facts(one).into_iter().collect()));
        Self {
            scenarios,
            left: vec![true; scenarios.len()],
            by_id: Queues::of(scenarios.iter().map(|one| Some(one.id.as_str()))),
            gone: said.collect(),
        }
    }

    /// The scenario that this one was before: the one of the same id, or else, of the first that
    /// are gone, the one with the most in common, if that is more than half.
    fn take(&mut self, scenario: &Scenario) -> Option<&'s Scenario> {
        let same = self.by_id.take(scenario.id.as_str(), &mut self.left);
        let former = same.or_else(|| self.renamed(scenario))?;
        self.left[former] = false;
        Some(&self.scenarios[former])
    }

    fn renamed(&mut self, scenario: &Scenario) -> Option<usize> {
        let left = &self.left;
        self.gone.retain(|(index, _)| left[*index]);
        if self.gone.is_empty() {
            return None;
        }
        let own = all_facts(scenario);
        let common = |other: &HashSet<(String, Fact)>| {
            let common = own.iter().filter(|fact| other.contains(fact)).count();
            (common * 2 > own.len().max(other.len())).then_some(common)
        };
        let candidates = self.gone.iter().take(CANDIDATES);
        let alike = candidates.filter_map(|(index, other)| Some((common(other)?, *index)));
        let best = alike.max_by_key(|(common, _)| *common);
        best.map(|(_, index)| index)
    }
}

fn all_facts(scenario: &Scenario) -> Vec<(String, Fact)> {
    let modes = scenario.modes.iter().flat_map(|mode| {
        let key = mode.key.clone();
        let facts = facts(mode).into_iter();
        facts.map(move |fact| (key.clone(), fact))
    });
    modes.collect()
}

fn scenario_changes(before: &Scenario, after: &Scenario) -> Vec<ChecklistChange> {
    let head = scenario_head(before, after);
    let [earlier_modes, later_modes] = [before, after].map(modes_by_key);
    let former = |mode: &Mode| earlier_modes.get(mode.key.as_str()).copied();
    let mut found = Vec::new();
    for mode in after.modes.iter().filter(|mode| mode.has_procedure()) {
        let Some(former) = former(mode).filter(|former| former.has_procedure()) else {
            found.push(checklist(after, mode, Fate::Added, Vec::new()));
            continue;
        };
        let mut differences = head.clone();
        let [earlier, later] = [former, mode].map(facts);
        differences.extend(changes(&earlier, &later));
        if !differences.is_empty() {
            found.push(checklist(after, mode, Fate::Changed, differences));
        }
    }
    let is_gone = |mode: &&Mode| {
        let later = later_modes.get(mode.key.as_str());
        mode.has_procedure() && !later.is_some_and(|mode| mode.has_procedure())
    };
    let gone = before.modes.iter().filter(is_gone);
    found.extend(gone.map(|mode| checklist(before, mode, Fate::Removed, Vec::new())));
    found
}

/// The first mode of each key.
fn modes_by_key(scenario: &Scenario) -> HashMap<&str, &Mode> {
    let modes = scenario.modes.iter().rev();
    modes.map(|mode| (mode.key.as_str(), mode)).collect()
}

/// What differs in the scenario itself, and so on each of its checklists.
fn scenario_head(before: &Scenario, after: &Scenario) -> Vec<Change> {
    let fact = |scenario: &Scenario| {
        let versions = Fact::of_part("versions", scenario.versions.join(", "));
        let title = Fact::of_part("scenario", scenario.title.clone());
        [title, versions]
    };
    changes(&fact(before), &fact(after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::source::{Source, SourceSet};

    const GUIDE: &str = "\
## 통합인증
### 실 연동
#### 설정경로
- 콘솔 > 채널 > 추가
  - 연동 모드 : 실 연동
#### 설정방법
- 채널 속성 : 통합인증
- 상점아이디 : MII로 시작하는 값
";

    fn site(text: &str) -> Site {
        let sources = SourceSet {
            documents: vec![Source {
                path: "a.md".into(),
                text: format!("---\ntitle: A\n---\n{text}"),
            }],
            ..SourceSet::default()
        };
        Site::build(&sources, &Config::defaults()).unwrap().0
    }

    /// Shows each checklist's fate with what changed, `part/label: before → after`.
    fn check(after: &str, expected: &[&str]) {
        let comparison = compare(&site(GUIDE), &site(after));
        let mut shown = Vec::new();
        for checklist in comparison.pages.iter().flat_map(|page| &page.checklists) {
            let changes: Vec<String> = checklist
                .changes
                .iter()
                .map(|change| {
                    let value = |value: &Option<String>| value.clone().unwrap_or("-".into());
                    let values = (value(&change.before), value(&change.after));
                    format!(
                        "{}/{}: {} → {}",
                        change.part, change.label, values.0, values.1
                    )
                })
                .collect();
            shown.push(format!(
                "{:?} {} {} [{}]",
                checklist.fate,
                checklist.scenario,
                checklist.mode,
                changes.join("; ")
            ));
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn same_text_or_other_line_ends_change_nothing() {
        check(GUIDE, &[]);
        check(&GUIDE.replace('\n', "\r\n"), &[]);
        check(&GUIDE.replace("- 채널", "-   **채널**"), &[]);
    }

    #[test]
    fn values_and_new_fields_are_reported() {
        let text = GUIDE.replace("속성 : 통합인증", "속성 : 본인인증") + "- INIAPI key : 필수 값\n";
        check(
            &text,
            &[
                "Changed 통합인증 실 연동 [field/채널 속성: 통합인증 → 본인인증; \
               field/INIAPI key: - → 필수 값]",
            ],
        );
    }

    #[test]
    fn renamed_scenario_is_the_same_one() {
        check(
            &GUIDE.replace("## 통합인증", "## 본인확인"),
            &["Changed 본인확인 실 연동 [scenario/: 통합인증 → 본인확인]"],
        );
    }

    #[test]
    fn modes_come_and_go() {
        check("## 통합인증\n", &["Removed 통합인증 실 연동 []"]);
        let both = GUIDE.to_string() + "### 테스트 연동\n#### 설정방법\n- 값 : 하나\n";
        check(&both, &["Added 통합인증 테스트 연동 []"]);
    }
}
