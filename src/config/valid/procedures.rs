//! What is wrong with the settings below `procedures`.

use std::collections::BTreeMap;

use serde_yaml::Value;

use crate::config::procedures::ProcedureConvention;
use crate::config::procedures::own::{OrderedLists, OwnComponent, OwnVariant};
use crate::config::valid::{Faults, patterns};
use crate::nearness::nearest;

/// Adds the faults of the settings; `user` is the project's own file.
pub(super) fn check(procedures: &ProcedureConvention, user: &Value, faults: &mut Faults) {
    let own = user.get("procedures");
    let has = |key: &str| own.is_some_and(|own| own.get(key).is_some());
    if has("forms") && has("presets") {
        let what = "`forms` and `presets` are two names of one setting; remove one of them";
        faults.add("procedures.presets", what);
    }
    patterns("procedures.include", &procedures.include, faults);
    patterns("procedures.exclude", &procedures.exclude, faults);
    components(&procedures.components, faults);
    if let Some(limits) = &procedures.ordered_lists {
        ordered_lists(limits, faults);
    }
    faults.list("procedures.words.verbs", &procedures.words.verbs.words);
    for (name, variant) in &procedures.variants {
        check_variant(name, variant, faults);
    }
}

fn components(components: &BTreeMap<String, OwnComponent>, faults: &mut Faults) {
    for (name, component) in components {
        let OwnComponent::Procedure(own) = component else {
            continue;
        };
        let at = format!("procedures.components.{name}");
        faults.filled(&format!("{at}.steps"), &own.steps);
        if let Some(title) = &own.title {
            faults.filled(&format!("{at}.title"), title);
        }
        if own.steps == *name {
            let what = "a procedure cannot be its own step; name the component of one step";
            faults.add(&format!("{at}.steps"), what);
        }
    }
}

fn ordered_lists(limits: &OrderedLists, faults: &mut Faults) {
    let at = "procedures.ordered_lists";
    if !(0.0..=1.0).contains(&limits.instruct) {
        let what = format!(
            "`{}` is not a share; write a number from 0 to 1",
            limits.instruct
        );
        faults.add(&format!("{at}.instruct"), &what);
    }
    if limits.least == 0 {
        faults.add(&format!("{at}.least"), "a list has at least 1 item");
    }
    if limits.most < limits.least {
        let what = format!("it is less than `least`, which is {}", limits.least);
        faults.add(&format!("{at}.most"), &what);
    }
}

fn check_variant(name: &str, variant: &OwnVariant, faults: &mut Faults) {
    let at = format!("procedures.variants.{name}");
    faults.list(&format!("{at}.labels"), &variant.labels);
    if name.trim().is_empty() || name.contains(['=', ',']) {
        faults.add(&at, "the name must not be empty or contain `=` or `,`");
    }
    let Some(default) = &variant.default else {
        return;
    };
    if variant.labels.is_empty() || variant.labels.contains(default) {
        return;
    }
    let hint = match nearest(default, variant.labels.iter().map(String::as_str)) {
        Some(near) => format!("; did you mean `{near}`?"),
        None => format!("; there are: {}", variant.labels.join(", ")),
    };
    let what = format!("`{default}` is not one of the labels{hint}");
    faults.add(&format!("{at}.default"), &what);
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    fn check(text: &str, expected: &str) {
        let text = format!("lang: en\nprocedures:\n  {text}");
        let error = Config::read(&text, "tickbook.yaml").unwrap_err();
        let error = error.to_string();
        assert!(error.contains(expected), "{error}");
        assert!(error.contains("line 3"), "{error}");
    }

    #[test]
    fn faults_have_their_key_and_line() {
        for (text, expected) in [
            ("forms: [stepz]", "procedures.forms[0]: unknown variant"),
            ("presets: [stepz]", "did you mean `steps`?"),
            ("include: ['../a']", "procedures.include[0]: `../a` fits no"),
            ("exclude: ['']", "procedures.exclude[0]: it is empty"),
            (
                "components: {Demo: ignored}",
                "procedures.components.Demo: `ignored` is not",
            ),
            (
                "components: {A: {steps: B, titel: c}}",
                "did you mean `title`?",
            ),
            ("components: {A: {steps: A}}", "cannot be its own step"),
            ("components: {A: {title: a}}", "missing field `steps`"),
            (
                "ordered_lists: {instruct: 2}",
                "instruct: `2` is not a share",
            ),
            ("ordered_lists: {least: 3, most: 2}", "most: it is less"),
            ("ordered_lists: none", "procedures.ordered_lists: `none`"),
            ("words: {verbs: ['']}", "procedures.words.verbs[0]"),
            ("words: {verify: ['(']}", "procedures.words.verify"),
            ("words: {verbz: [a]}", "did you mean `verbs`?"),
            (
                "variants: {pm: {labels: [npm, pnpm], default: pnmp}}",
                "variants.pm.default: `pnmp` is not one of the labels; did you mean `pnpm`?",
            ),
            ("variants: {pm: {lables: [a]}}", "did you mean `labels`?"),
        ] {
            check(text, expected);
        }
        let both = "procedures:\n  forms: [steps]\n  presets: [steps]";
        let error = Config::read(both, "a").unwrap_err().to_string();
        assert!(error.contains("two names of one setting"), "{error}");
    }

    #[test]
    fn settings_are_read() {
        let text = "procedures:\n  presets: [task-lists, numbered-headings]\n  ordered_lists: off\n  words: {verbs: [Pipette], prerequisites: [Materials]}";
        let read = Config::read(text, "a").unwrap().procedures;
        let forms: Vec<&str> = read.forms().iter().map(|form| form.name()).collect();
        assert_eq!(forms, ["tasklist", "headings"]);
        assert_eq!(read.ordered_lists, None);
        assert!(read.vocabulary().verbs.contains("pipette"));
        assert!(read.vocabulary().verbs.contains("open"));
    }
}
