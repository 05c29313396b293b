//! Code that is included: its fence, and fences around includes.

/// Follows the lines of a text into fenced code and out of it.
#[derive(Debug, Default)]
pub(super) struct Fences {
    /// The mark and the length of the fence that is open.
    open: Option<(char, usize)>,
}

impl Fences {
    /// Takes the next line; whether it is in code, or a fence.
    pub fn enter(&mut self, line: &str) -> bool {
        let line = line.trim_start_matches([' ', '\t', '>']);
        let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'));
        let length = mark.map_or(0, |mark| line.chars().take_while(|c| *c == mark).count());
        match (self.open, mark) {
            (None, Some(mark)) if length >= 3 && !(mark == '`' && line[length..].contains('`')) => {
                self.open = Some((mark, length));
                true
            }
            (Some((open, least)), Some(mark)) if mark == open && length >= least => {
                if line[length..].trim().is_empty() {
                    self.open = None;
                }
                true
            }
            (open, _) => open.is_some(),
        }
    }

    /// The fence that closes what is open.
    pub fn closing(&self) -> Option<String> {
        self.open
            .map(|(mark, length)| mark.to_string().repeat(length))
    }
}

/// A fence that no line of the code closes.
pub(super) fn fence(code: &str) -> String {
    let mut longest = 0;
    let mut run = 0;
    for byte in code.bytes() {
        run = if byte == b'`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    "`".repeat((longest + 1).max(3))
}

/// The language of a file, by its ending.
pub(super) fn language(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// The numbers that marked lines of a file have among those that are shown, as `2,4-5`.
pub(super) fn numbers(marked: &[(usize, usize)], shown: &[(usize, usize)]) -> String {
    let mut before = 0;
    let mut numbers = Vec::new();
    let whole = [(1, usize::MAX)];
    let shown = if shown.is_empty() { &whole } else { shown };
    for (first, last) in shown {
        for (from, to) in marked {
            let (from, to) = (*from.max(first), *to.min(last));
            if from <= to {
                let place = |line: usize| line - first + before + 1;
                numbers.push(match from == to {
                    true => place(from).to_string(),
                    false => format!("{}-{}", place(from), place(to)),
                });
            }
        }
        before = before.saturating_add(last.saturating_sub(*first).saturating_add(1));
    }
    numbers.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fence_is_longer_than_any_in_the_code() {
        assert_eq!(fence("a"), "```");
        assert_eq!(fence("````\n`"), "`````");
    }

    #[test]
    fn open_fence_is_closed() {
        let closing = |text: &str| {
            let mut fences = Fences::default();
            text.lines().for_each(|line| {
                fences.enter(line);
            });
            fences.closing()
        };
        assert_eq!(closing("a\n````js\nb\n```\n"), Some("````".into()));
        assert_eq!(closing("```\na\n```\n"), None);
        assert_eq!(closing("```a``` b\n"), None);
    }

    #[test]
    fn marked_lines_are_counted_among_those_shown() {
        assert_eq!(numbers(&[(2, 3)], &[]), "2-3");
        assert_eq!(numbers(&[(8, 8), (2, 9)], &[(1, 3), (8, 8)]), "2-3,4,4");
        assert_eq!(numbers(&[(5, 5)], &[(1, 3)]), "");
    }
}
