//! What changed between two states of a site, as text for people and for a pull request.

use crate::compare::facts::Change;
use crate::compare::{ChecklistChange, Comparison, Fate, PageChange};
use crate::report::clean::{on_one_line, without_controls};
use crate::strings::Strings;

/// Longest value that is shown whole, in characters; of longer ones the part that differs is.
const MAX_VALUE: usize = 60;

/// Characters kept around the part of a long value that differs.
const AROUND: usize = 12;

/// The changes as plain text.
pub fn text(comparison: &Comparison, strings: &Strings) -> String {
    Writer {
        strings,
        escape: on_one_line,
        is_markdown: false,
    }
    .whole(comparison)
}

/// The changes as Markdown, for a comment on a pull request.
pub fn markdown(comparison: &Comparison, strings: &Strings) -> String {
    Writer {
        strings,
        escape: escape_markdown,
        is_markdown: true,
    }
    .whole(comparison)
}

/// The changes as JSON.
pub fn json(comparison: &Comparison) -> String {
    let text = serde_json::to_string_pretty(comparison);
    text.expect("changes contain only text") + "\n"
}

struct Writer<'s> {
    strings: &'s Strings,
    escape: fn(&str) -> String,
    is_markdown: bool,
}

impl Writer<'_> {
    fn whole(&self, comparison: &Comparison) -> String {
        if comparison.pages.is_empty() {
            return self.word("diff_nothing") + "\n";
        }
        let mut text: String = comparison
            .pages
            .iter()
            .map(|page| self.page(page))
            .collect();
        let touched: Vec<String> = comparison
            .pages
            .iter()
            .flat_map(|page| {
                page.checklists
                    .iter()
                    .map(|sheet| self.touched(page, sheet))
            })
            .collect();
        if !touched.is_empty() {
            let count = touched.len().to_string();
            let title = self.strings.cli("diff_checklists", &[("count", &count)]);
            text.push_str(&self.heading(&title));
            text.extend(touched);
        }
        text
    }

    fn page(&self, page: &PageChange) -> String {
        let title = (self.escape)(&format!("{} ({})", page.title, page.path));
        let mut text = self.heading(&match page.fate {
            Fate::Changed => title,
            fate => format!("{title}: {}", self.fate(fate)),
        });
        if page.fate == Fate::Changed {
            text.extend(page.checklists.iter().map(|sheet| self.checklist(sheet)));
        }
        for id in &page.lost_ids {
            let id = (self.escape)(id);
            text.push_str(&self.item(&self.strings.cli("diff_lost_id", &[("id", &id)])));
        }
        text + "\n"
    }

    fn checklist(&self, sheet: &ChecklistChange) -> String {
        let place = self.place(sheet);
        let said = match sheet.fate {
            Fate::Changed => {
                let changes = sheet.changes.iter().map(|change| self.change(change));
                changes.collect::<Vec<_>>().join("; ")
            }
            fate => self.fate(fate),
        };
        self.item(&format!("{place}: {said}"))
    }

    fn place(&self, sheet: &ChecklistChange) -> String {
        let parts = [&sheet.scenario, &sheet.mode];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        let place = parts.map(|part| (self.escape)(part)).collect::<Vec<_>>();
        if self.is_markdown {
            format!("**{}**", place.join(" / "))
        } else {
            place.join(" / ")
        }
    }

    fn touched(&self, page: &PageChange, sheet: &ChecklistChange) -> String {
        let place = format!("{} / {}", (self.escape)(&page.title), self.place(sheet));
        match sheet.fate {
            Fate::Changed => self.item(&place),
            fate => self.item(&format!("{place}: {}", self.fate(fate))),
        }
    }

    fn change(&self, change: &Change) -> String {
        let label = match change.label.as_str() {
            "" => self.word(&format!("diff_{}", change.part)),
            label => (self.escape)(label),
        };
        match (&change.before, &change.after) {
            (Some(before), Some(after)) => {
                let (before, after) = excerpts(before, after);
                let (before, after) = ((self.escape)(&before), (self.escape)(&after));
                format!("{label} {before} → {after}")
            }
            (None, Some(value)) => format!("+ {label}{}", self.value(value)),
            (Some(value), None) => format!("− {label}{}", self.value(value)),
            (None, None) => label,
        }
    }

    fn value(&self, value: &str) -> String {
        match value {
            "" => String::new(),
            value => format!(" {}", (self.escape)(&shortened(value))),
        }
    }

    fn fate(&self, fate: Fate) -> String {
        self.word(match fate {
            Fate::Added => "diff_added",
            Fate::Removed => "diff_removed",
            Fate::Changed => "diff_changed",
        })
    }

    fn word(&self, key: &str) -> String {
        self.strings.cli(key, &[])
    }

    fn heading(&self, title: &str) -> String {
        if self.is_markdown {
            format!("### {title}\n\n")
        } else {
            format!("{title}\n")
        }
    }

    fn item(&self, text: &str) -> String {
        let mark = if self.is_markdown { "-" } else { " " };
        format!("{mark} {text}\n")
    }
}

fn shortened(value: &str) -> String {
    if value.chars().count() <= MAX_VALUE {
        return value.to_string();
    }
    value.chars().take(MAX_VALUE).chain(['…']).collect()
}

/// Two values, or of long ones the part that differs with a little around it.
fn excerpts(before: &str, after: &str) -> (String, String) {
    let (a, b): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    if a.len() <= MAX_VALUE && b.len() <= MAX_VALUE {
        return (before.to_string(), after.to_string());
    }
    let same =
        |pairs: &mut dyn Iterator<Item = (&char, &char)>| pairs.take_while(|(a, b)| a == b).count();
    let start = same(&mut a.iter().zip(&b));
    let shortest = a.len().min(b.len()) - start;
    let end = same(&mut a.iter().rev().zip(b.iter().rev())).min(shortest);
    (excerpt(&a, start, end), excerpt(&b, start, end))
}

fn excerpt(value: &[char], start: usize, end: usize) -> String {
    let from = start.saturating_sub(AROUND);
    let to = (value.len() - end + AROUND).min(value.len());
    let mut text = String::new();
    if from > 0 {
        text.push('…');
    }
    text.extend(&value[from..to]);
    if to < value.len() {
        text.push('…');
    }
    shortened(&text)
}

/// Text as Markdown that shows it letter for letter: no mark, mention or tag takes effect.
fn escape_markdown(text: &str) -> String {
    let mut escaped = String::new();
    for character in without_controls(text).chars() {
        match character {
            '\n' | '\r' | '\t' => escaped.push(' '),
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            '@' => escaped.push_str("&#64;"),
            character if character.is_ascii_punctuation() && !".,:;/()-".contains(character) => {
                escaped.push('\\');
                escaped.push(character);
            }
            character => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_show_where_they_differ() {
        let before = format!("{}가{}", "x".repeat(80), "y".repeat(80));
        let after = before.replace('가', "나다");
        let (a, b) = excerpts(&before, &after);
        assert_eq!(a, format!("…{}가{}…", "x".repeat(12), "y".repeat(12)));
        assert_eq!(b, format!("…{}나다{}…", "x".repeat(12), "y".repeat(12)));
        assert_eq!(excerpts("가", "나"), ("가".to_string(), "나".to_string()));
    }

    #[test]
    fn content_is_shown_letter_for_letter() {
        assert_eq!(
            escape_markdown("a_b* @you <b>\n# x"),
            "a\\_b\\* &#64;you &lt;b\\> \\# x"
        );
    }
}
