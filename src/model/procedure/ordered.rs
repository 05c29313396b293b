//! Numbered lists. At least half of the items tell the reader to do something, and nothing speaks
//! against it. Bullets are steps only where the text before them says so.

use crate::config::procedures::{Cue, Form, ProcedureConvention};
use crate::config::signal_matcher::SignalSet;
use crate::markdown::node::{Inline, Item};
use crate::markdown::schema::role::ComponentRole;
use crate::markdown::text::inline_text;
use crate::model::procedure::candidate::{Candidate, split};
use crate::model::procedure::evidence::{Evidence, Veto};
use crate::model::procedure::flow::{Flow, Kind};
use crate::model::procedure::instruct::{YES, first_sentence, instructs, text_instructs, words_of};
use crate::model::procedure::label::enumerator;
use crate::model::procedure::lead::{last_sentence, lead};
use crate::model::procedure::list::{JoinedList, Marker};

/// Share of items from which what they are decides.
const HALF: f64 = 0.5;

/// Share of bullets that must instruct, even if they are announced.
const MOST_BULLETS: f64 = 0.75;

/// Share of bullets that may define a word.
const FEW: f64 = 0.3;

/// Share of the items of a section about what is needed before that must instruct, to be steps.
const TOLD_AS_STEPS: f64 = 0.8;

/// Bytes of an item among which the number of a step is.
const LONGEST_ENUMERATOR: usize = 24;

/// Longest bold text before a colon that is a word that is defined, in characters.
const LONGEST_TERM: usize = 60;

/// The numbered lists and the bullets of a document, those that are refused too.
pub(super) fn candidates<'a>(
    flow: &Flow<'a>,
    lists: &[JoinedList<'a>],
    convention: &ProcedureConvention,
    page_title: &str,
    is_unlikely: bool,
) -> Vec<Candidate<'a>> {
    let lists = lists.iter().filter(|list| list.marker != Marker::Box);
    let lists = lists.filter(|list| {
        let entry = list.entries[0];
        !flow.is_in(entry, ComponentRole::Steps) && !flow.is_in(entry, ComponentRole::Step)
    });
    let judge = lists.map(|list| {
        let entry = list.entries[0];
        let steps = list.steps(flow);
        let heading = flow.heading_above(entry);
        let mut candidate = Candidate::new(Form::OrderedList, steps, entry, heading);
        candidate.is_bullets = list.marker == Marker::Bullet;
        let judge = Judge {
            flow,
            list,
            convention,
            page_title,
            is_unlikely,
        };
        judge.judge(&mut candidate);
        candidate
    });
    judge.collect()
}

struct Judge<'j, 'a> {
    flow: &'j Flow<'a>,
    list: &'j JoinedList<'a>,
    convention: &'j ProcedureConvention,
    page_title: &'j str,
    is_unlikely: bool,
}

/// Whether an item is of a kind.
type IsSo<J> = fn(&J, &Item) -> bool;

impl Judge<'_, '_> {
    fn judge(&self, candidate: &mut Candidate<'_>) {
        let count = self.list.items.len();
        let limits = self.convention.ordered_lists.unwrap_or_default();
        let text = lead(self.flow, candidate.entry);
        let before = self.flow.vocabulary.cues(last_sentence(&text));
        // Most lists have bullets that nothing announces; what else they say is of no interest.
        let is_bullets = self.list.marker == Marker::Bullet && !self.counts_steps(candidate);
        let is_announced = !is_bullets || before.has(Cue::AnnouncesSteps);
        let (heading, is_task) = self.heading(candidate);
        let may_be_steps = is_announced || (is_task && self.all_instruct(candidate));
        if !may_be_steps {
            candidate.vetoes.push(Veto::NotAnnounced);
            return;
        }
        let all: Vec<f64> = candidate
            .steps
            .iter()
            .map(|step| step.title.instructs(self.flow.vocabulary))
            .collect();
        let share = all.iter().sum::<f64>() / count.max(1) as f64;
        candidate.why.push(Evidence::Instructs(
            all.iter().filter(|one| **one >= YES).count(),
            count,
        ));
        if count < limits.least || count > limits.most {
            candidate.vetoes.push(Veto::Count);
        }
        if is_task {
            candidate.why.push(Evidence::TaskHeading);
        }
        if before.has(Cue::AnnouncesSteps) {
            candidate.why.push(Evidence::Announced);
        }
        if is_bullets {
            self.judge_bullets(candidate, share, is_task, heading, before, &text);
            return;
        }
        self.judge_place(candidate, share, heading, before);
        self.judge_items(candidate);
        if share < limits.instruct {
            candidate.vetoes.push(Veto::FewInstruct);
        }
    }

    /// Whether every item tells the reader to do something; looks no further than at the first that
    /// does not.
    fn all_instruct(&self, candidate: &Candidate<'_>) -> bool {
        let mut steps = candidate.steps.iter();
        steps.all(|step| step.title.instructs(self.flow.vocabulary) >= YES)
    }

    /// Whether its items have the numbers of steps: `- Step 1: Open`.
    fn counts_steps(&self, candidate: &Candidate<'_>) -> bool {
        let first = self.list.items.first().map(|item| split(&item.blocks).0);
        let first = first
            .and_then(|inlines| inlines.first())
            .map(std::slice::from_ref);
        let first = first.map(inline_text).unwrap_or_default();
        // Most bullets have no number, and nothing else about them is of interest.
        if !first
            .bytes()
            .take(LONGEST_ENUMERATOR)
            .any(|byte| byte.is_ascii_digit())
        {
            return false;
        }
        let mut titles = candidate.steps.iter().map(|step| step.title.text());
        titles.all(|title| {
            let number = enumerator(&title, self.flow.vocabulary);
            number.is_some_and(|(number, _)| number.is_explicit)
        })
    }

    /// The cues of the heading, and whether it names a task.
    fn heading(&self, candidate: &Candidate<'_>) -> (SignalSet<Cue>, bool) {
        let text = candidate.heading.and_then(|at| self.flow.heading(at));
        let text = text.map_or(self.page_title, |(_, text)| text);
        let title = enumerator(text, self.flow.vocabulary).map(|(_, title)| title);
        let is_numbered = title.is_some();
        let text = title.unwrap_or(text);
        let cues = match candidate.heading {
            Some(at) if !is_numbered => self.flow.heading_cues(at),
            _ => self.flow.vocabulary.cues(text),
        };
        let is_task =
            cues.has(Cue::TaskHeading) || text_instructs(text, false, self.flow.vocabulary) > 0.0;
        (cues, is_task)
    }

    /// What the heading, the text before and the place speak against.
    fn judge_place(
        &self,
        candidate: &mut Candidate<'_>,
        share: f64,
        heading: SignalSet<Cue>,
        before: SignalSet<Cue>,
    ) {
        let announced = before.has(Cue::AnnouncesSteps);
        let is_before = heading.has(Cue::Prerequisites) && !announced && share < TOLD_AS_STEPS;
        let mut add = |veto: Veto, is_so: bool| {
            if is_so {
                candidate.vetoes.push(veto);
            }
        };
        add(Veto::OtherSection, is_before || heading.has(Cue::Next));
        add(Veto::HeadingExplains, explains(heading));
        add(Veto::AnnouncesOthers, before.has(Cue::AnnouncesOthers));
        add(Veto::OtherActor, before.has(Cue::OtherActor));
        let entry = self.list.entries[0];
        add(
            Veto::InComponent,
            self.flow.scopes[self.list.scope].is_ignored,
        );
        add(Veto::Annotations, explains_code(self.flow, entry));
        add(Veto::Document, self.is_unlikely);
    }

    /// What half of the items speak against.
    fn judge_items(&self, candidate: &mut Candidate<'_>) {
        let share = |is_so: IsSo<Self>| {
            let some = self
                .list
                .items
                .iter()
                .filter(|item| is_so(self, item))
                .count();
            some as f64 / self.list.items.len().max(1) as f64
        };
        let kinds: [(Veto, IsSo<Self>); 4] = [
            (Veto::Defines, Self::defines),
            (Veto::OnlyLinks, |_, item| is_link(split(&item.blocks).0)),
            (Veto::Questions, |_, item| {
                words_of(split(&item.blocks).0).ends_with(['?', '？'])
            }),
            (Veto::OtherActor, Self::is_about_others),
        ];
        for (veto, is_so) in kinds {
            if share(is_so) >= HALF && !candidate.vetoes.contains(&veto) {
                candidate.vetoes.push(veto);
            }
        }
    }

    /// Bullets are steps where the text before announces steps of a task, and nearly all instruct.
    fn judge_bullets(
        &self,
        candidate: &mut Candidate<'_>,
        share: f64,
        is_task: bool,
        heading: SignalSet<Cue>,
        before: SignalSet<Cue>,
        text: &str,
    ) {
        let is_announced = before.has(Cue::AnnouncesSteps)
            && !before.has(Cue::AnnouncesOthers)
            && self.flow.vocabulary.cues(text).has(Cue::NamesSteps);
        if !is_announced || !is_task {
            candidate.vetoes.push(Veto::NotAnnounced);
        }
        if explains(heading) || heading.has(Cue::Prerequisites) {
            candidate.vetoes.push(Veto::HeadingExplains);
        }
        if share < MOST_BULLETS {
            candidate.vetoes.push(Veto::FewInstruct);
        }
        let items = self.list.items.iter();
        let defining = items.filter(|item| self.defines(item)).count() as f64;
        if defining > FEW * self.list.items.len() as f64 {
            candidate.vetoes.push(Veto::Defines);
        }
        let items = self.list.items.iter();
        let linking = items.filter(|item| is_link(split(&item.blocks).0)).count();
        if linking as f64 >= HALF * self.list.items.len() as f64 {
            candidate.vetoes.push(Veto::OnlyLinks);
        }
        if self.flow.scopes[self.list.scope].is_ignored {
            candidate.vetoes.push(Veto::InComponent);
        }
    }

    /// Whether an item defines a word: `**Name**: …`, `` `name` – … ``.
    fn defines(&self, item: &Item) -> bool {
        let (inlines, _) = split(&item.blocks);
        let Some((first, rest)) = inlines.split_first() else {
            return false;
        };
        let is_term = matches!(first, Inline::Strong(_) | Inline::Code(_) | Inline::Link(_));
        let term = inline_text(std::slice::from_ref(first));
        let behind = inline_text(rest);
        let behind = behind.trim_start();
        let is_defined = term.trim_end().ends_with([':', '：'])
            || behind.starts_with([':', '：', '–', '—', '('])
            || behind.starts_with("- ");
        is_term
            && term.chars().count() <= LONGEST_TERM
            && is_defined
            && instructs(inlines, self.flow.vocabulary) < YES
    }

    /// Whether the subject of an item is somebody else, or the item states something.
    fn is_about_others(&self, item: &Item) -> bool {
        let text = words_of(split(&item.blocks).0);
        let sentence = first_sentence(&text);
        let cues = self.flow.vocabulary.cues(sentence);
        match sentence.is_ascii() {
            true => cues.has(Cue::OtherSubject),
            false => {
                (cues.has(Cue::States) && !cues.has(Cue::Orders)) || cues.has(Cue::OtherSubject)
            }
        }
    }
}

fn explains(heading: SignalSet<Cue>) -> bool {
    heading.has(Cue::Explains) && !heading.has(Cue::AsksHow)
}

/// Whether inlines are a link and nothing else.
fn is_link(inlines: &[Inline]) -> bool {
    match inlines {
        [Inline::Link(_)] => true,
        [Inline::Link(_), Inline::Text(rest)] => !rest.text.contains(char::is_alphanumeric),
        _ => false,
    }
}

/// Whether the code directly above has marks such as `(1)`, which a list below explains.
fn explains_code(flow: &Flow<'_>, entry: usize) -> bool {
    let Some(Kind::Code(code)) = entry.checked_sub(1).map(|above| &flow.entries[above].kind) else {
        return false;
    };
    code.text.lines().any(|line| {
        let line = line
            .trim_end()
            .trim_end_matches("-->")
            .trim_end_matches("*/")
            .trim_end();
        let line = line.strip_suffix('!').unwrap_or(line);
        let Some(open) = line
            .strip_suffix(')')
            .and_then(|line| line.rfind('(').map(|at| (line, at)))
        else {
            return false;
        };
        let digits = &open.0[open.1 + 1..];
        (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}
