//! What declarations and settings of a project make of documents.

#[cfg(test)]
use crate::model::procedure::Procedures;
use crate::model::procedure::declaration::StrayReason;
use crate::model::procedure::tests::procedures_at;

/// Asserts which procedures a document has: title, form and number of steps of each.
fn check_with(settings: &str, text: &str, expected: &[&str]) -> Procedures {
    let procedures = procedures_at("a.mdx", settings, text);
    let found = procedures.found.iter();
    let found: Vec<String> = found
        .map(|one| format!("{} {} {}", one.title, one.form.name(), one.steps.len()))
        .collect();
    assert_eq!(found, expected, "{text}");
    procedures
}

fn check(text: &str, expected: &[&str]) {
    let procedures = check_with("", text, expected);
    assert_eq!(procedures.strays, [], "{text}");
}

const FLOW: &str = "1. The client sends a request.\n2. The server answers.\n";
const STEPS: &str = "1. Open the panel.\n2. Turn the key.\n";
const PARTS: &str = "The red one.\n\n- The red cable goes left.\n- The blue cable goes right.\n";

#[test]
fn comment_declares_the_list_below_it() {
    let yes = "{/* tickbook procedure */}\n\n";
    let no = "{/* tickbook no procedure: events */}\n\n";
    check(FLOW, &[]);
    check(&format!("{yes}{FLOW}"), &["Page ordered-list 2"]);
    check(
        &format!("<!-- tickbook procedure -->\n\n{FLOW}"),
        &["Page ordered-list 2"],
    );
    check(STEPS, &["Page ordered-list 2"]);
    check(&format!("{no}{STEPS}"), &[]);
    check(
        &format!("- a\n- b\n\n{yes}- One item\n"),
        &["Page ordered-list 1"],
    );
    check(
        &format!("{STEPS}\n{no}1. Close the panel.\n2. Release the key.\n"),
        &["Page ordered-list 2"],
    );
    check(
        &format!("- [ ] Open it\n- [ ] Close it\n\n{no}- [ ] Read it\n- [ ] Keep it\n"),
        &["Page tasklist 2"],
    );
    let timeline = "<Steps>\n<Step title=\"2001\">\nThe start.\n</Step>\n<Step title=\"2002\">\nThe end.\n</Step>\n</Steps>\n";
    check(timeline, &[]);
    check(&format!("{yes}{timeline}"), &["Page steps 2"]);
}

#[test]
fn comment_declares_the_section_below_it() {
    let yes = "{/* tickbook procedure */}\n\n";
    let no = "{/* tickbook no procedure: events */}\n\n";
    check(
        &format!("{no}## A\n\n{STEPS}\n## B\n\n{STEPS}"),
        &["B ordered-list 2"],
    );
    check(
        &format!("{yes}## A\n\n{FLOW}\n## B\n\n{FLOW}"),
        &["A ordered-list 2"],
    );
    check(&format!("{yes}## A\n\n{PARTS}"), &["A ordered-list 2"]);
    check(
        &format!("{yes}## A\n\n### Cables\n\na\n\n### Water\n\nb\n\n## B\n\nc\n"),
        &["A headings 2"],
    );
    // The nearest declaration counts.
    check(&format!("{no}## A\n\n{yes}{STEPS}"), &["A ordered-list 2"]);
    check(
        &format!("{yes}## A\n\n{no}{STEPS}\n{PARTS}"),
        &["A ordered-list 2"],
    );
}

#[test]
fn frontmatter_declares_the_page() {
    let page = |word: &str, text: &str| format!("---\nprocedure: {word}\n---\n\n{text}");
    let chapters = "# Page\n\n## Before you begin\n\n- A key\n\n## Cables\n\na\n\n## Water\n\nb\n\n## Next steps\n\n- [c](d)\n";
    check(chapters, &[]);
    check(&page("headings", chapters), &["Page headings 2"]);
    check(&page("false", STEPS), &[]);
    check(&page("ordered-list", FLOW), &["Page ordered-list 2"]);
    check(&page("bullets", PARTS), &["Page ordered-list 2"]);
    check(
        &page("steps", "<Steps>\n1. Open it.\n</Steps>\n"),
        &["Page steps 1"],
    );
    check(&page("tasks", "- [ ] a\n"), &["Page tasklist 1"]);
    check(
        &page("runbook", "## Mitigation\n\nRestart the server.\n"),
        &["Page runbook 1"],
    );
    check(
        "+++\nprocedure = \"headings\"\n+++\n\n## Cables\n\na\n\n## Water\n\nb\n",
        &["Page headings 2"],
    );
    let map = format!(
        "---\nprocedure:\n  Cables: bullets\n  Water: false\n---\n\n## Cables\n\n{PARTS}\n## Water\n\n{STEPS}"
    );
    check(&map, &["Cables ordered-list 2"]);
}

#[test]
fn declarations_without_effect_are_found() {
    let check = |text: &str, shown: &str, why: StrayReason| {
        let strays = procedures_at("a.mdx", "", text).strays;
        let found: Vec<_> = strays
            .iter()
            .map(|one| (&text[one.span.range()], &one.why))
            .collect();
        assert_eq!(found, [(shown, &why)], "{text}");
    };
    let yes = "{/* tickbook procedure */}";
    let none = StrayReason::NoTarget;
    check(&format!("{yes}\n\nText\n\n{STEPS}"), yes, none.clone());
    check(&format!("{STEPS}\n\n{yes}\n"), yes, none.clone());
    check(&format!("> {yes}\n>\n> 1. a\n"), yes, none.clone());
    check(&format!("{yes}\n\n## A\n\nText\n"), yes, none.clone());
    check(
        &format!("---\nprocedure: tasks\n---\n{STEPS}"),
        "procedure: tasks",
        none,
    );
    check(
        &format!("---\nprocedure: chapters\n---\n{STEPS}"),
        "procedure: chapters",
        StrayReason::UnknownWord("chapters".to_string()),
    );
    check(
        "---\nprocedure: {A: false}\n---\n## B\n",
        "A: false}",
        StrayReason::NoHeading("A".to_string()),
    );
    let no = "{/* tickbook no procedure */}";
    check(&format!("{no}\n\n{STEPS}"), no, StrayReason::NoReason);
    let odd = "{/* tickbook procedures */}";
    let word = StrayReason::UnknownWord("tickbook procedures".to_string());
    check(&format!("{odd}\n\n{STEPS}"), odd, word);
}

#[test]
fn paths_and_forms_are_settings() {
    let count = |path: &str, settings: &str, text: &str| {
        procedures_at(path, &format!("procedures:\n  {settings}"), text)
            .found
            .len()
    };
    assert_eq!(count("guides/a/b.mdx", "include: ['guides/**']", STEPS), 1);
    assert_eq!(count("a.mdx", "include: ['guides/**']", STEPS), 0);
    assert_eq!(count("old/a.mdx", "exclude: ['old/**']", STEPS), 0);
    let declared = format!("{{/* tickbook procedure */}}\n\n{STEPS}");
    assert_eq!(count("old/a.mdx", "exclude: ['old/**']", &declared), 1);
    assert_eq!(count("a.mdx", "forms: [steps]", STEPS), 0);
    assert_eq!(count("a.mdx", "presets: [ordered-lists]", STEPS), 1);
    assert_eq!(count("a.mdx", "ordered_lists: off", STEPS), 0);
    assert_eq!(count("a.mdx", "ordered_lists: off", &declared), 1);
    let half = "1. Open the panel.\n2. The lamp is on.\n";
    assert_eq!(count("a.mdx", "ordered_lists: {instruct: 0.5}", half), 1);
    assert_eq!(count("a.mdx", "ordered_lists: {instruct: 1.0}", half), 0);
    assert_eq!(count("a.mdx", "ordered_lists: {least: 3}", STEPS), 0);
}

#[test]
fn components_of_a_project_are_procedures_or_ignored() {
    let settings =
        "procedures:\n  components:\n    Way: {steps: Leg, title: name}\n    Demo: ignore";
    let way = "## A\n\n<Way name=\"To the lake\">\n<Leg title=\"Open the gate\">\na\n</Leg>\n<Leg>\nClose the gate.\n</Leg>\n</Way>\n";
    check_with("", way, &[]);
    let found = check_with(settings, way, &["To the lake steps 2"]).found;
    let texts: Vec<&str> = found[0].steps.iter().map(|one| &*one.text).collect();
    assert_eq!(texts, ["Open the gate", "Close the gate."]);
    for inner in [
        STEPS,
        "- [ ] Open it\n- [ ] Close it\n",
        "<Steps>\n1. Open it.\n2. Close it.\n</Steps>\n",
        "### Step 1: Open it\n\nTurn the key.\n\n### Step 2: Close it\n\nTurn the key.\n",
    ] {
        let demo = format!("<Demo>\n\n{inner}\n</Demo>\n");
        assert_eq!(procedures_at("a.mdx", "", &demo).found.len(), 1, "{demo}");
        check_with(settings, &demo, &[]);
    }
}

#[test]
fn words_of_a_project_are_added() {
    let text = "1. Zorb the sample.\n2. Zorb the buffer.\n";
    check_with("", text, &[]);
    let settings = "procedures: {words: {verbs: [Zorb], prerequisites: [Gear], runbook: {context: [Signs], action: [Cure]}}}";
    check_with(settings, text, &["Page ordered-list 2"]);
    check_with(settings, STEPS, &["Page ordered-list 2"]);
    let found = check_with(
        settings,
        &format!("## Gear\n\n- A key\n\n## A\n\n{STEPS}"),
        &["A ordered-list 2"],
    );
    assert_eq!(found.found[0].prerequisites.len(), 1);
    let runbook =
        "# Page\n\n## Signs\n\nIt is slow.\n\n## Cure\n\nRestart the server.\n\nCheck the log.\n";
    check_with("", runbook, &[]);
    check_with(settings, runbook, &["Page runbook 2"]);
}
