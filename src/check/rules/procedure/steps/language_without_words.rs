//! Lists are not read as procedures, because there are no words for their language.
//!
//! ## Why
//!
//! A numbered list is a procedure where its items tell the reader to do something, which only words
//! show. Without words for a language its numbered lists have no checklists, and nothing else shows
//! that they are missing. It is reported once for each language, at the first such list.
//!
//! ## Bad
//!
//! ```markdown
//! ---
//! lang: ja
//! ---
//!
//! ## キーを作成する
//!
//! 1. 設定を開きます。
//! 2. キーをクリックします。
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ---
//! lang: ja
//! ---
//!
//! ## キーを作成する
//!
//! <!-- tickbook procedure -->
//!
//! 1. 設定を開きます。
//! 2. キーをクリックします。
//! ```
//!
//! ## Configuration
//!
//! The tool has words for English and Korean; `procedures.words` adds those of a project, and
//! `procedures.languages` has all words of a language, which `lang` there names. Components of steps,
//! lists with boxes and headings with numbers need no words. With words of a project, a language is
//! reported as long as no numbered list in it is a procedure.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::procedure::setting::first_line;
use crate::config::check::Level;
use crate::config::procedures::Form;
use crate::config::procedures::own::OwnWords;
use crate::diagnostic::Diagnostic;
use crate::model::page::Page;
use crate::model::procedure::evidence::{Evidence, Veto};
use crate::model::procedure::{Procedure, Refused};
use crate::source::{FileId, Span};

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "language-without-words",
    level: Level::Info,
    source: include_str!("language_without_words.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let convention = &context.config.procedures;
    let has_own_words = convention.words != OwnWords::default();
    let mut first_lists: BTreeMap<&str, (FileId, Span)> = BTreeMap::new();
    let mut has_procedures: BTreeSet<&str> = BTreeSet::new();
    for (file, page) in context.pages() {
        let language = page.lang.split('-').next().unwrap_or_default();
        if convention.has_words_for(language) {
            continue;
        }
        if has_own_words && page.procedures.found.iter().any(is_known_by_words) {
            has_procedures.insert(language);
        }
        if let Some(list) = first_list(page) {
            first_lists.entry(language).or_insert((file, list));
        }
    }
    let unread = first_lists.into_iter();
    let unread = unread.filter(|(language, _)| !has_procedures.contains(language));
    found.extend(unread.map(|(language, (file, list))| {
        let finding = RULE.at(file, first_line(context, file, list));
        finding.with("language", language)
    }));
}

fn is_known_by_words(procedure: &Procedure) -> bool {
    procedure.form == Form::OrderedList && !procedure.why.contains(&Evidence::Declared)
}

/// The first list that is no procedure only because too few of its items instruct.
fn first_list(page: &Page) -> Option<Span> {
    let is_unread =
        |one: &&Refused| one.form == Form::OrderedList && one.vetoes[..] == [Veto::FewInstruct];
    page.procedures
        .refused
        .iter()
        .find(is_unread)
        .map(|one| one.span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::findings;

    const LIST: &str =
        "## Schlüssel anlegen\n\n1. Öffnen Sie die Konsole.\n2. Klicken Sie auf Neu.\n";

    fn found(config: &str, documents: &[(&str, &str, &str)]) -> Vec<String> {
        let texts: Vec<(&str, String)> = documents
            .iter()
            .map(|(path, lang, text)| (*path, format!("---\nlang: {lang}\n---\n\n{text}")))
            .collect();
        let texts: Vec<(&str, &str)> = texts
            .iter()
            .map(|(path, text)| (*path, text.as_str()))
            .collect();
        let found = findings(&RULE, config, &texts);
        let at = |one: &Diagnostic| format!("{} {:?}", texts[one.file.0].0, one.message.values);
        found.iter().map(at).collect()
    }

    #[test]
    fn each_language_is_reported_once() {
        let documents = [
            ("a.md", "de", "Text.\n"),
            ("b.md", "de-AT", LIST),
            ("c.md", "de", LIST),
            ("d.md", "fr", LIST),
            ("e.md", "en", LIST),
            ("f.md", "ko", LIST),
        ];
        let found = found("", &documents);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(
            found[0].contains("b.md") && found[0].contains("de"),
            "{found:?}"
        );
        assert!(
            found[1].contains("d.md") && found[1].contains("fr"),
            "{found:?}"
        );
    }

    #[test]
    fn lists_that_words_do_not_make_procedures_are_not_reported() {
        for text in [
            "1. Nur einer.\n",
            "- Öffnen Sie die Konsole.\n- Klicken Sie auf Neu.\n",
            "<!-- tickbook no procedure: nur Beispiele -->\n\n1. Eins.\n2. Zwei.\n",
        ] {
            assert_eq!(found("", &[("a.md", "de", text)]), [""; 0], "{text}");
        }
        let off = "procedures: { ordered_lists: off }";
        assert_eq!(found(off, &[("a.md", "de", LIST)]), [""; 0]);
    }

    #[test]
    fn words_of_a_project_or_a_language_are_words() {
        let own = "procedures: { words: { verbs: [öffnen, klicken] } }";
        assert_eq!(found(own, &[("a.md", "de", LIST)]), [""; 0]);
        let other = "procedures: { words: { verbs: [ouvrir] } }";
        assert_eq!(found(other, &[("a.md", "de", LIST)]).len(), 1);
        let language = "procedures: { languages: { german: { lang: de, verbs: schließen } } }";
        assert_eq!(found(language, &[("a.md", "de", LIST)]), [""; 0]);
    }
}
