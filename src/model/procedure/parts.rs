//! Parts of a long procedure: where its steps are under several headings, each part has a sheet.
//!
//! ```text
//! ## Install it                  Install it (1/2): 1. Prepare – 3. Copy
//! ### 1. Prepare
//! ### 2. Check
//! ### 3. Copy
//! ### 4. Start                   Install it (2/2): 4. Start
//! ```

use crate::config::procedures::Form;
use crate::model::anchor::Anchor;
use crate::model::item::{Item, Section};
use crate::model::procedure::{Procedure, ProcedureStep};
use crate::source::Span;

/// A part is as long as this share of the longest sheet, where its headings allow that.
const SHORTEST: usize = 4;

/// A part of a procedure, with the items of its sheet.
#[derive(Debug)]
pub(super) struct Part<'a> {
    /// Its number from 1, and how many there are.
    pub number: (usize, usize),
    /// The first heading of its own; `None` where it has none.
    pub first: Option<&'a Anchor>,
    /// The last one.
    last: Option<&'a Anchor>,
    pub items: Vec<Item>,
    pub span: Span,
    /// How many boxes are to be ticked.
    boxes: usize,
}

impl<'a> Part<'a> {
    fn new(first: Option<&'a Anchor>, start: usize) -> Self {
        Self {
            number: (1, 1),
            first,
            last: first,
            items: Vec::new(),
            span: Span::new(start, start),
            boxes: 0,
        }
    }

    /// Its title, as a part of the procedure with this one.
    pub fn title(&self, procedure: &str) -> String {
        let (number, all) = self.number;
        let text = |anchor: Option<&'a Anchor>| anchor.map_or("", |anchor| &*anchor.text);
        let title = format!("{procedure} ({number}/{all})");
        match (text(self.first), text(self.last)) {
            ("", "") => title,
            ("", one) | (one, "") => format!("{title}: {one}"),
            (first, last) if first == last => format!("{title}: {first}"),
            (first, last) => format!("{title}: {first} – {last}"),
        }
    }

    fn add(&mut self, item: Item) {
        let all = item.with_parts();
        self.boxes += all.iter().filter(|item| item.role.has_box()).count();
        self.items.push(item);
    }

    fn join(&mut self, next: Self) {
        self.last = next.last.or(self.last);
        self.items.extend(next.items);
        self.boxes += next.boxes;
    }
}

/// The headings that begin another part of a procedure: those between its steps, and not within one.
pub fn headings_between<'a>(
    procedure: &'a Procedure,
    anchors: &'a [Anchor],
) -> impl Iterator<Item = &'a Anchor> {
    let steps = &procedure.steps;
    let start = steps
        .first()
        .map_or(procedure.span.start, |step| step.span.start);
    let first = anchors.partition_point(|anchor| anchor.span.start <= start);
    let own = anchors[first..].iter();
    let own = own.take_while(|anchor| anchor.span.start < procedure.span.end);
    own.filter(|anchor| {
        let at = anchor.span.start;
        let before = steps.partition_point(|step| step.span.start < at);
        before > 0 && before < steps.len() && steps[before - 1].span.end <= at
    })
}

/// The headings that steps are under and that are none themselves: in a runbook the first one, too.
pub(super) fn headings_over<'a>(
    procedure: &'a Procedure,
    anchors: &'a [Anchor],
) -> impl Iterator<Item = &'a Anchor> {
    let steps = &procedure.steps;
    let first = anchors.partition_point(|anchor| anchor.span.start < procedure.span.start);
    let own = anchors[first..].iter();
    let own = own.take_while(|anchor| anchor.span.start < procedure.span.end);
    own.filter(move |anchor| {
        let at = anchor.span.start;
        let before = steps.partition_point(|step| step.span.start < at);
        let is_over = match before {
            0 => procedure.form == Form::Runbook,
            _ => steps[before - 1].span.end <= at,
        };
        let is_step = |step: &ProcedureStep| {
            step.span.start <= at || (!step.text.is_empty() && anchor.text.ends_with(&step.text))
        };
        is_over && steps.get(before).is_none_or(|next| !is_step(next))
    })
}

/// The parts of a procedure with the items that each has; one where its sheet has at most `most`
/// boxes, or where no heading divides it. What is needed before is in the first, what is verified
/// afterwards in the last.
pub(super) fn parts<'a>(
    procedure: &'a Procedure,
    items: Vec<Item>,
    anchors: &'a [Anchor],
    most: usize,
) -> Vec<Part<'a>> {
    let all = items.iter().flat_map(Item::with_parts);
    let boxes = all
        .filter(|item| is_step(item) && item.role.has_box())
        .count();
    let cuts: Vec<&Anchor> = match most > 0 && boxes > most {
        true => headings_between(procedure, anchors).collect(),
        false => Vec::new(),
    };
    let mut parts = vec![Part::new(
        first_heading(procedure, anchors),
        procedure.span.start,
    )];
    parts.extend(cuts.iter().map(|cut| Part::new(Some(*cut), cut.span.start)));
    let last = parts.len() - 1;
    for item in items {
        let at = match item.section {
            Section::Tasks => cuts.partition_point(|cut| cut.span.start <= item.span.start),
            section if section < Section::Tasks => 0,
            _ => last,
        };
        parts[at].add(item);
    }
    number(joined(parts, most), procedure.span.end)
}

fn is_step(item: &Item) -> bool {
    item.section == Section::Tasks
}

/// The heading over the first step, where it is below the one that names the procedure.
fn first_heading<'a>(procedure: &Procedure, anchors: &'a [Anchor]) -> Option<&'a Anchor> {
    let first = procedure.steps.first()?.span.start;
    let above = anchors.partition_point(|anchor| anchor.span.start <= first);
    let anchor = &anchors[above.checked_sub(1)?];
    let name = procedure.heading.map_or(0, |heading| heading.end);
    (anchor.span.start >= name).then_some(anchor)
}

/// Joins parts that are short with those after them, as far as they fit on one sheet.
fn joined(parts: Vec<Part<'_>>, most: usize) -> Vec<Part<'_>> {
    let least = most.div_ceil(SHORTEST);
    let fit = |one: &Part<'_>, other: &Part<'_>| one.boxes + other.boxes <= most;
    let mut joined: Vec<Part<'_>> = Vec::new();
    for part in parts {
        match joined.last_mut() {
            Some(last) if last.boxes < least && fit(last, &part) => last.join(part),
            _ => joined.push(part),
        }
    }
    if let Some(last) = joined.pop() {
        match joined.last_mut() {
            Some(before) if last.boxes < least && fit(before, &last) => before.join(last),
            _ => joined.push(last),
        }
    }
    joined
}

/// Gives parts their numbers and their ends.
fn number(mut parts: Vec<Part<'_>>, end: usize) -> Vec<Part<'_>> {
    let all = parts.len();
    let mut next = end;
    for (index, part) in parts.iter_mut().enumerate().rev() {
        part.number = (index + 1, all);
        part.span.end = next;
        next = part.span.start;
    }
    parts
}

#[cfg(test)]
mod tests {
    use crate::model::procedure::tests::guide_of;

    /// Title, id and boxes of each sheet.
    fn sheets(settings: &str, text: &str) -> Vec<String> {
        let guide = guide_of(settings, text).unwrap();
        let shown = guide.scenarios.iter().map(|scenario| {
            let items = scenario.modes[0].all_items();
            let boxes = items.filter(|item| item.role.has_box()).count();
            format!("{} [{}] {boxes}", scenario.title, scenario.id)
        });
        shown.collect()
    }

    /// Numbered headings below one, with so many steps under each.
    fn phases(sizes: &[usize]) -> String {
        let mut text = "# Page\n\n## Install it\n\n".to_string();
        for (index, size) in sizes.iter().enumerate() {
            text += &format!("### Step {}. Open {index}\n\n", index + 1);
            for step in 1..=*size {
                text += &format!("{step}. Click {index}-{step}\n");
            }
            text += "\n";
        }
        text
    }

    #[test]
    fn long_procedure_has_a_sheet_for_each_heading() {
        let found = sheets("", &phases(&[14, 14, 14]));
        assert_eq!(
            found,
            [
                "Install it (1/3): Step 1. Open 0 [install-it] 15",
                "Install it (2/3): Step 2. Open 1 [install-it/step-2-open-1] 15",
                "Install it (3/3): Step 3. Open 2 [install-it/step-3-open-2] 15",
            ]
        );
    }

    #[test]
    fn numbers_go_on_from_one_sheet_to_the_next() {
        let guide = guide_of("", &phases(&[14, 14, 14])).unwrap();
        let before = guide.scenarios.iter();
        let before = before.map(|scenario| scenario.modes[0].boxes_before);
        assert_eq!(before.collect::<Vec<_>>(), [0, 15, 30]);
    }

    #[test]
    fn short_parts_share_a_sheet() {
        let found = sheets("", &phases(&[5; 8]));
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found[1].starts_with("Install it (2/4): Step 3. Open 2 – Step 4. Open 3 ["));
        let found = sheets("", &phases(&[20, 20, 1]));
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[1].ends_with(" 23"), "{found:?}");
    }

    #[test]
    fn sheet_up_to_the_limit_is_whole() {
        let whole = sheets("", &phases(&[18, 20]));
        assert_eq!(whole, ["Install it [install-it] 40"]);
        let short = "procedures: { longest_sheet: 6 }";
        assert_eq!(sheets(short, &phases(&[3, 3])).len(), 2);
        let any = "procedures: { longest_sheet: 0 }";
        assert_eq!(sheets(any, &phases(&[30, 30])).len(), 1);
    }

    #[test]
    fn what_no_heading_divides_is_whole() {
        let items = (1..=60).map(|step| format!("{step}. Click {step}\n"));
        let list = format!("# Page\n\n## Install it\n\n{}", items.collect::<String>());
        assert_eq!(sheets("", &list), ["Install it [install-it] 60"]);
        let boxes = (1..=25).map(|step| format!("- [ ] Click {step}\n"));
        let boxes: String = boxes.collect();
        let tasks = format!("# Page\n\n## First\n\n{boxes}\n## Second\n\n{boxes}");
        assert_eq!(sheets("", &tasks), ["Page [] 50"]);
    }

    #[test]
    fn first_part_has_what_is_needed_and_the_last_what_is_verified() {
        let text = format!(
            "## Prerequisites\n\n- A key\n\n{}### Verify\n\n- Check the page.\n",
            phases(&[25, 25]).replace("# Page\n\n", "")
        );
        let guide = guide_of("", &text).unwrap();
        let keys = |at: usize| -> Vec<&str> {
            let items = guide.scenarios[at].modes[0].items.iter();
            items.map(|item| item.key.as_str()).collect()
        };
        assert_eq!(keys(0), ["prerequisites/1", "steps/1"]);
        assert_eq!(keys(1)[0], "steps/1");
        assert!(!keys(1).contains(&"prerequisites/1"));
        let spans: Vec<_> = guide.scenarios.iter().map(|one| one.span).collect();
        assert_eq!(spans[0].end, spans[1].start);
    }
}
