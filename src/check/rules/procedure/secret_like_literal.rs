//! The text contains a password or a key.
//!
//! ## Why
//!
//! Help pages are public, and so is their history. A secret that was written down once must be
//! taken for known.
//!
//! ## Bad
//!
//! ```markdown
//! - 아이디 : sample
//! - 비밀번호 : Sample1234!
//! ```
//!
//! ## Good
//!
//! ```markdown
//! - 아이디 : sample
//! - 비밀번호 : 계약 메일로 받은 값
//! ```
//!
//! ## Configuration
//!
//! `check.procedure.secret_words` adds to the words before a colon or an equals sign that
//! make what follows a secret under every preset: six or more characters without a space, with a digit and a
//! letter. Private keys and well-known forms of access tokens are found everywhere, in code too.

use regex::{Regex, RegexBuilder};

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::config::sensitive::KEY_FORMS;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// A signed token. It is looked for by itself: as one of the forms above it would have the rest
/// of a long word read again after each of them.
const TOKEN: &str = r"(?-u:\b)eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.";

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "secret-like-literal",
    level: Level::Error,
    source: include_str!("secret_like_literal.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if let Some(words) = words(&context.config.check.procedure.secret_words) {
        said(context, &words, found);
    }
    for form in [KEY_FORMS, TOKEN] {
        let form = Regex::new(form).expect("the expression is constant");
        for (file, _) in context.pages() {
            let keys = form.find_iter(context.text(file));
            found.extend(keys.map(|key| RULE.at(file, Span::new(key.start(), key.end()))));
        }
    }
}

/// What finds a value after one of the words.
fn words(words: &[String]) -> Option<Regex> {
    let words: Vec<String> = words.iter().map(|word| regex::escape(word)).collect();
    let pattern = format!(
        r"(?:^|[^A-Za-z0-9])(?:{})[)\]]?\s*[:=：]\s*([!-~]{{6,}})",
        words.join("|")
    );
    let regex = RegexBuilder::new(&pattern).case_insensitive(true).build();
    regex.ok().filter(|_| !words.is_empty())
}

fn said(context: &Context<'_>, words: &Regex, found: &mut Vec<Diagnostic>) {
    for line in context.lines() {
        let values = words.captures_iter(&line.text).filter_map(|all| all.get(1));
        let secrets = values.filter(|value| is_secret(value.as_str()));
        found.extend(secrets.map(|value| RULE.at(line.file, line.span(value.range()))));
    }
}

/// Whether a value is one, and neither an address nor a placeholder.
fn is_secret(value: &str) -> bool {
    let has_digit = value.bytes().any(|byte| byte.is_ascii_digit());
    let has_letter = value.bytes().any(|byte| byte.is_ascii_alphabetic());
    let is_placeholder = value.starts_with(['<', '{', '[', '$', '(']);
    has_digit && has_letter && !is_placeholder && !value.contains("://")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn values_behind_the_words_are_found() {
        assert_found(&RULE, "로그인(ID/PW) : **abc123!**", &["1: abc123!"]);
        assert_found(&RULE, "client_secret=q1w2e3r4", &["1: q1w2e3r4"]);
        assert_found(&RULE, "비밀번호: abc123!", &["1: abc123!"]);
    }

    #[test]
    fn keys_are_found_in_code_too() {
        let key = format!("AKIA{}", "ABCDEFGH12345678");
        let text = format!("```\n{key}\n```\n");
        assert_found(&RULE, &text, &[&format!("2: {key}")]);
    }

    #[test]
    fn words_placeholders_and_addresses_are_not() {
        for text in [
            "Password : Signature",
            "PW : 발급받은 값 abc123",
            "secret: {apiSecret1}",
            "비밀번호 : https://a.b/c1",
            "CPPWD : abc123",
        ] {
            assert_found(&RULE, text, &[]);
        }
    }
}
