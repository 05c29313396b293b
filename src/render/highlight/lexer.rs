//! One pass over a code.

use std::ops::Range;

use crate::render::highlight::language::Language;
use crate::render::highlight::{Class, Coloured};

/// Reads a code from its start to its end.
pub(super) struct Lexer<'c, 'l> {
    code: &'c str,
    language: &'l Language,
    embedded: &'l dyn Fn(&str) -> Option<&'l Language>,
    at: usize,
    end: usize,
    found: Vec<Coloured>,
    /// Whether the next word is the first of its line.
    starts_line: bool,
}

impl<'c, 'l> Lexer<'c, 'l> {
    /// A reader of the whole code.
    pub fn new(
        code: &'c str,
        language: &'l Language,
        embedded: &'l dyn Fn(&str) -> Option<&'l Language>,
    ) -> Self {
        Self {
            code,
            language,
            embedded,
            at: 0,
            end: code.len(),
            found: Vec::new(),
            starts_line: true,
        }
    }

    /// The coloured pieces, in order.
    pub fn run(mut self) -> Vec<Coloured> {
        match self.language.lines {
            true => self.lines(),
            false => self.pieces(),
        }
        self.found
    }

    fn rest(&self) -> &'c str {
        &self.code[self.at..self.end]
    }

    fn push(&mut self, length: usize, class: Class) {
        let range = self.at..(self.at + length).min(self.end);
        self.at = range.end;
        if !range.is_empty() {
            self.found.push((range, class));
        }
    }

    /// Lines of a comparison.
    fn lines(&mut self) {
        while self.at < self.end {
            let line = self.rest().lines().next().unwrap_or_default().len();
            let class = match self.rest().as_bytes().first() {
                Some(b'+') => Some(Class::Inserted),
                Some(b'-') => Some(Class::Deleted),
                Some(b'@') => Some(Class::Comment),
                _ => None,
            };
            match class {
                Some(class) => self.push(line, class),
                None => self.at += line,
            }
            let line_end = self
                .rest()
                .bytes()
                .take_while(|byte| *byte != b'\n')
                .count()
                + 1;
            self.at = (self.at + line_end).min(self.end);
        }
    }

    fn pieces(&mut self) {
        while let Some(first) = self.rest().chars().next() {
            if self.comment() || self.tag(first) {
                continue;
            }
            if first == '\n' {
                self.starts_line = true;
            }
            if self.language.markup || first.is_whitespace() {
                self.at += first.len_utf8();
                continue;
            }
            if !self.string(first) && !self.number(first) && !self.name(first) {
                self.at += first.len_utf8();
            }
            self.starts_line = matches!(first, '|' | ';' | '&') && self.language.options;
        }
    }

    fn comment(&mut self) -> bool {
        let rest = self.rest();
        for (open, close) in &self.language.block {
            if let Some(after) = rest.strip_prefix(open.as_str()) {
                let inner = after.find(close.as_str());
                let length = inner.map_or(rest.len(), |at| open.len() + at + close.len());
                self.push(length, Class::Comment);
                return true;
            }
        }
        let mut marks = self.language.line.iter();
        let Some(mark) = marks.find(|mark| rest.starts_with(mark.as_str())) else {
            return false;
        };
        // `https://…` and `a#b` are no comments.
        let before = self.code[..self.at].chars().next_back();
        let is_apart =
            before.is_none_or(|before| before.is_whitespace() || ";,{}()".contains(before));
        let is_sign = mark.len() > 1 && before != Some(':');
        if !is_apart && !is_sign {
            return false;
        }
        let length = rest.find('\n').unwrap_or(rest.len());
        self.push(length, Class::Comment);
        true
    }

    fn string(&mut self, first: char) -> bool {
        let rest = self.rest();
        let mut blocks = self.language.blocks.iter();
        if let Some(quote) = blocks.find(|quote| rest.starts_with(quote.as_str())) {
            let inner = rest[quote.len()..].find(quote.as_str());
            let length = inner.map_or(rest.len(), |at| at + 2 * quote.len());
            self.push(length, Class::String);
            return true;
        }
        if !self.language.quotes.contains(&first) {
            return false;
        }
        let Some(length) = quoted(rest, first) else {
            return false;
        };
        let class = match self.is_key(length) {
            true => Class::Name,
            false => Class::String,
        };
        self.push(length, class);
        true
    }

    /// Whether what has this length is a key: the sign of keys follows.
    fn is_key(&self, length: usize) -> bool {
        let Some(sign) = self.language.keys else {
            return false;
        };
        let after = self.rest()[length..].trim_start_matches([' ', '\t', '?']);
        let is_double =
            after.starts_with("::") || after.starts_with("==") || after.starts_with("=>");
        after.starts_with(sign) && !is_double
    }

    /// `1`, `1.5`, `0x1f`, `12px`, `#fff`
    fn number(&mut self, first: char) -> bool {
        let rest = self.rest();
        let is_colour = first == '#'
            && self.language.keys == Some(':')
            && self.language.words.contains('-')
            && rest[1..].starts_with(|c: char| c.is_ascii_hexdigit());
        if !first.is_ascii_digit() && !is_colour {
            return false;
        }
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '#');
        let length = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
        self.push(length, Class::Number);
        true
    }

    fn name(&mut self, first: char) -> bool {
        let rest = self.rest();
        if self.language.options && first == '-' {
            let before = self.code[..self.at].chars().next_back();
            let length = word_length(&rest[1..], "-") + 1;
            if length > 1 && before.is_none_or(char::is_whitespace) {
                self.push(length, Class::Name);
                return true;
            }
            return false;
        }
        if self.language.marks.contains(first) {
            let length = word_length(&rest[first.len_utf8()..], &self.language.words);
            if length > 0 {
                self.push(first.len_utf8() + length, Class::Name);
                return true;
            }
            return false;
        }
        if !is_word_start(first) && !self.language.words.contains(first) {
            return false;
        }
        let length = word_length(rest, &self.language.words).max(first.len_utf8());
        match self.class(length) {
            Some(class) => self.push(length, class),
            None => self.at += length,
        }
        true
    }

    fn class(&self, length: usize) -> Option<Class> {
        let (word, after) = self.rest().split_at(length);
        let lower = word.to_lowercase();
        let key = match self.language.any_case {
            true => lower.as_str(),
            false => word,
        };
        let follows_dot = self.code[..self.at].ends_with('.');
        if !follows_dot && self.language.constants.contains(key) {
            return Some(Class::Number);
        }
        if self.is_key(length) {
            return Some(Class::Name);
        }
        if !follows_dot && self.language.keywords.contains(key) {
            return Some(Class::Keyword);
        }
        if after.starts_with('(') || (self.language.options && self.starts_line) {
            return Some(Class::Function);
        }
        let is_type = self.language.types && word.starts_with(char::is_uppercase);
        is_type.then_some(Class::Type)
    }

    /// `<name attribute="value">`, `</name>`
    fn tag(&mut self, first: char) -> bool {
        if !self.language.tags || first != '<' {
            return false;
        }
        let rest = self.rest();
        let slash = usize::from(rest[1..].starts_with('/')) + 1;
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '_');
        let length = rest[slash..].find(|c: char| !is_name(c));
        let length = length.unwrap_or(rest.len() - slash);
        let is_start = rest[slash..].starts_with(|c: char| c.is_ascii_alphabetic());
        // `Array<string>`: what follows a word is no tag.
        let before = self.code[..self.at].chars().next_back();
        let is_apart = self.language.markup || !before.is_some_and(char::is_alphanumeric);
        if !is_start || !is_apart {
            return false;
        }
        let name = rest[slash..slash + length].to_ascii_lowercase();
        self.at += slash;
        self.push(length, Class::Type);
        if slash == 1 {
            self.attributes();
            self.element(&name);
        }
        true
    }

    /// Up to the end of the tag; a value in braces is left to the code.
    fn attributes(&mut self) {
        while let Some(first) = self.rest().chars().next() {
            match first {
                '>' => {
                    self.at += 1;
                    return;
                }
                '<' | '{' if !self.language.markup => return self.braces(),
                '<' => return,
                '"' | '\'' => match quoted(self.rest(), first) {
                    Some(length) => self.push(length, Class::String),
                    None => self.at += 1,
                },
                first if first.is_alphabetic() || matches!(first, '@' | ':' | '#') => {
                    let length = word_length(&self.rest()[first.len_utf8()..], "-.:@");
                    self.push(first.len_utf8() + length, Class::Name);
                }
                first => self.at += first.len_utf8(),
            }
        }
    }

    /// A value in braces on one line, as it is; the attributes after it.
    fn braces(&mut self) {
        let mut depth = 0_usize;
        for (at, byte) in self.rest().bytes().enumerate() {
            match byte {
                b'{' => depth += 1,
                b'}' if depth == 1 => {
                    self.at += at + 1;
                    return self.attributes_after();
                }
                b'}' => depth = depth.saturating_sub(1),
                b'\n' => return,
                _ if depth == 0 => return,
                _ => {}
            }
        }
    }

    /// Attributes after a value in braces.
    fn attributes_after(&mut self) {
        let rest = self.rest();
        let length = rest
            .find(|c: char| !c.is_alphanumeric() && !matches!(c, ' ' | '\t' | '-' | '_'))
            .unwrap_or(rest.len());
        if rest[length..].starts_with('=') {
            let blanks = length - rest[..length].trim_start().len();
            self.at += blanks;
            self.push(length - blanks, Class::Name);
        }
    }

    /// What an element contains in a language of its own.
    fn element(&mut self, name: &str) {
        let Some(language) = self.language.embedded.get(name) else {
            return;
        };
        let rest = self.rest();
        let end = rest.find(&format!("</{name}")).unwrap_or(rest.len());
        let Some(language) = (self.embedded)(language) else {
            return;
        };
        let inner = self.at..self.at + end;
        self.inside(inner, language);
    }

    fn inside(&mut self, inner: Range<usize>, language: &'l Language) {
        let lexer = Lexer {
            at: inner.start,
            end: inner.end,
            found: std::mem::take(&mut self.found),
            starts_line: true,
            code: self.code,
            language,
            embedded: self.embedded,
        };
        self.found = lexer.run();
        self.at = inner.end;
    }
}

/// Length of a string in quotes on one line; `None` where it does not end.
fn quoted(text: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            '\n' => return None,
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if character == quote => return Some(at + character.len_utf8()),
            _ => {}
        }
    }
    None
}

fn is_word_start(character: char) -> bool {
    character.is_alphabetic() || character == '_'
}

fn word_length(text: &str, signs: &str) -> usize {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || signs.contains(c);
    text.find(|c: char| !is_part(c)).unwrap_or(text.len())
}
