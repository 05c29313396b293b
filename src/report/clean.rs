//! Keeps content and names from controlling the terminal that shows it, and on the CI runner
//! that reads it in a log.
//!
//! Runners find commands in what a program writes, by how a line starts or by marks anywhere in it:
//!
//! ```text
//!   ::error file=a.md::text      GitHub, behind any blanks
//! text ##[error]text             GitHub, Azure
//! text ##vso[task.x]text         Azure
//! text ##teamcity[x]             TeamCity
//! \u{1b}[0Ksection_start:0:x\r   GitLab
//! ```
//!
//! [`neutral`] takes that power from a whole answer, in the way that its [`Form`] allows.

use std::borrow::Cow;

/// What a text is for, which states how a character in it can be written in another way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Lines for people; what would act is shown as `?`.
    Text,
    /// Lines for people with the program's own colours, for terminals only. Escape codes are let
    /// through, so the content in it must have been cleaned before.
    Colored,
    /// The workflow commands that are asked for; what is in them is a text for people.
    Commands,
    /// JSON, whose strings are equal afterwards.
    Json,
    /// HTML, which shows the same afterwards. Style sheets stay as they are: they are the
    /// project's, and pages name their hash.
    Html,
}

/// The text as it may be written where a terminal or a runner reads it.
pub fn neutral(text: &str, form: Form) -> String {
    match form {
        Form::Text => lines(&without_returns(&without_controls(text)), ":?", "#?"),
        Form::Colored => lines(&without_returns(text), ":?", "#?"),
        Form::Commands => marks(&without_returns(&without_controls(text)), "#?").into_owned(),
        Form::Json => marks(&escaped(text), "#\\u0023").into_owned(),
        Form::Html => html(text),
    }
}

/// The text with control and direction-changing characters replaced by as many bytes, so that
/// offsets stay true and no escape code of the content reaches the terminal.
pub fn without_controls(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for character in text.chars() {
        if is_active(character) {
            clean.extend(std::iter::repeat_n('?', character.len_utf8()));
        } else {
            clean.push(character);
        }
    }
    clean
}

/// The text as [`without_controls`] gives it, on one line, so that no line of a log starts with what
/// the content contains: runners take such lines for commands.
pub fn on_one_line(text: &str) -> String {
    without_controls(text).replace(['\n', '\r'], " ")
}

fn is_active(character: char) -> bool {
    let is_control = character.is_control() && !matches!(character, '\n' | '\t' | '\r');
    let is_direction = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    is_control || is_direction
}

/// The text without returns: each starts a line, but before a line feed, where it is part of the
/// line's end.
fn without_returns(text: &str) -> String {
    let parts = text.split("\r\n");
    let parts: Vec<String> = parts.map(|part| part.replace('\r', "?")).collect();
    parts.join("\r\n")
}

/// JSON with its active characters as escapes; none of them is outside a string.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if is_active(character) {
            escaped.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            escaped.push(character);
        }
    }
    escaped
}

/// HTML with character references outside its style sheets.
fn html(text: &str) -> String {
    const STYLE: [&str; 2] = ["<style>", "</style>"];
    let mut sheets = text.split(STYLE[0]);
    let mut html = html_lines(sheets.next().unwrap_or_default());
    for part in sheets {
        let (sheet, behind) = part.split_once(STYLE[1]).unwrap_or((part, ""));
        html += &[STYLE[0], sheet, STYLE[1], &html_lines(behind)].concat();
    }
    html
}

fn html_lines(text: &str) -> String {
    // To HTML every kind of line end is the same.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    lines(&text, "&#58;:", "&#35;#")
}

/// The text with another writing for what starts a command: `colons` for two of them at a line's
/// start, `hashes` for two of them that open a mark.
fn lines(text: &str, colons: &str, hashes: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for line in marks(text, hashes).split_inclusive('\n') {
        let start = line.trim_start_matches(is_blank);
        match start.strip_prefix("::") {
            Some(rest) => {
                clean.push_str(&line[..line.len() - start.len()]);
                clean.push_str(colons);
                clean.push_str(rest);
            }
            None => clean.push_str(line),
        }
    }
    clean
}

/// What runners cut off before a line; the last one may be cut off a whole text.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || character == '\u{feff}'
}

/// The text with another writing for the two hashes that open a mark: `##[`, `##vso[`.
fn marks<'t>(text: &'t str, hashes: &str) -> Cow<'t, str> {
    let is_word = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
    let mut clean = String::new();
    let mut taken = 0;
    let mut rest = 0;
    while let Some(found) = text[rest..].find("##") {
        let start = rest + found;
        let word = text[start + 2..].trim_start_matches(is_word);
        if word.starts_with('[') {
            clean.push_str(&text[taken..start]);
            clean.push_str(hashes);
            taken = start + 2;
        }
        // Of three hashes the last two may open a mark.
        rest = start + 1;
    }
    if taken == 0 {
        return Cow::Borrowed(text);
    }
    clean.push_str(&text[taken..]);
    Cow::Owned(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_codes_lose_their_power_and_keep_their_length() {
        let check = |text: &str, expected: &str| {
            assert_eq!(without_controls(text), expected);
            assert_eq!(without_controls(text).len(), text.len());
        };
        check("가\u{1b}[31m\n", "가?[31m\n");
        check("a\u{202e}b", "a???b");
    }

    #[test]
    fn lines_of_the_content_start_no_line() {
        assert_eq!(on_one_line("a\n::error::b\r\u{7}"), "a ::error::b ?");
    }

    #[test]
    fn texts_start_no_command() {
        let check = |text: &str, expected: &str| assert_eq!(neutral(text, Form::Text), expected);
        check("::error::a\n", ":?error::a\n");
        check("a ::b\n\t \u{3000}::c\n", "a ::b\n\t \u{3000}:?c\n");
        check("\u{feff}::a", "\u{feff}:?a");
        check("a\r::b\r\n::c", "a?::b\r\n:?c");
        check(
            "a ##[b] ##vso[c]##teamcity[d",
            "a #?[b] #?vso[c]#?teamcity[d",
        );
        check("## a [b] ## [c] ###[d] ####", "## a [b] ## [c] ##?[d] ####");
        check("\u{1b}[0Ksection_start:0:a\r", "?[0Ksection_start:0:a?");
    }

    #[test]
    fn data_says_the_same_and_starts_no_command() {
        let text = "::a\n##[b] \u{85}\u{202e}\u{7f}";
        let json = serde_json::to_string_pretty(&[text]).unwrap();
        let clean = neutral(&json, Form::Json);
        assert!(!clean.contains("##") && clean.is_ascii(), "{clean}");
        let read: Vec<String> = serde_json::from_str(&clean).unwrap();
        assert_eq!(read, [text]);
    }

    #[test]
    fn pages_show_the_same_and_keep_their_style() {
        let page = "<style>\n::marker {}\n</style><p>\n::a ##[b]\r::c</p>";
        let expected = "<style>\n::marker {}\n</style><p>\n&#58;:a &#35;#[b]\n&#58;:c</p>";
        assert_eq!(neutral(page, Form::Html), expected);
    }

    #[test]
    fn commands_that_are_meant_stay() {
        let text = "::error file=a::##[b]\n";
        assert_eq!(neutral(text, Form::Commands), "::error file=a::#?[b]\n");
    }
}
