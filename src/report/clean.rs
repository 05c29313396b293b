//! Keeps what content says from acting on the terminal that shows it.

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
/// the content says: runners take such lines for commands.
pub fn on_one_line(text: &str) -> String {
    without_controls(text).replace(['\n', '\r'], " ")
}

fn is_active(character: char) -> bool {
    let is_control = character.is_control() && !matches!(character, '\n' | '\t' | '\r');
    let is_direction = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    is_control || is_direction
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
}
