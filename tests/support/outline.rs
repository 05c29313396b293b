//! The model in `site.json` as an outline a person can read.

use std::fmt::Write;

use serde_json::Value;

/// Outline of every page; `site` is the text of `site.json`.
pub fn outline(site: &str) -> String {
    let site: Value = serde_json::from_str(site).unwrap();
    let mut lines = String::new();
    for page in list(&site, "pages") {
        let category = words(&page["category"], " > ");
        line(
            &mut lines,
            0,
            &[text(page, "path"), text(page, "title"), category],
        );
        about(&mut lines, page);
        for scenario in list(&page["guide"], "scenarios") {
            let versions = words(&scenario["versions"], ", ");
            line(
                &mut lines,
                1,
                &[text(scenario, "title"), text(scenario, "id"), versions],
            );
            list(scenario, "modes").for_each(|found| mode(&mut lines, found));
        }
    }
    lines
}

/// What the frontmatter says besides title and category.
fn about(lines: &mut String, page: &Value) {
    let [date, description] = ["date", "description"].map(|key| text(page, key));
    let [tags, companies] = ["tags", "companies"].map(|key| words(&page[key], ", "));
    let about = [date, tags, companies, description];
    if about.iter().any(|part| !part.is_empty()) {
        line(
            lines,
            1,
            &[["about".to_string()].as_slice(), &about].concat(),
        );
    }
}

fn mode(lines: &mut String, mode: &Value) {
    line(
        lines,
        2,
        &[text(mode, "key"), text(mode, "title"), text(mode, "id")],
    );
    list(mode, "items").for_each(|found| item(lines, 3, found));
}

/// What an item is, says and asks, then its options and parts.
fn item(lines: &mut String, depth: usize, item: &Value) {
    let mark = |name: &str| {
        let said = text(item, name);
        if said.is_empty() {
            said
        } else {
            format!("{name}: {said}")
        }
    };
    let required = if item["required"] == "conditional" {
        "conditional"
    } else {
        ""
    };
    let length = item["length"]
        .as_u64()
        .map(|length| format!("length: {length}"));
    let own = [
        text(item, "id"),
        text(item, "role"),
        text(item, "label"),
        mark("value"),
        mark("condition"),
        mark("prefix"),
        length.unwrap_or_default(),
        required.to_string(),
        words(&item["steps"], " > "),
        mark("url"),
        mark("attaches_to"),
        words(&item["flags"], ", "),
        format!("by {}", words(&item["evidence"], ", ")),
        text(item, "confidence"),
    ];
    line(lines, depth, &own);
    for option in list(item, "options") {
        let parts = [
            "option".to_string(),
            text(option, "condition"),
            text(option, "value"),
        ];
        line(lines, depth + 1, &parts);
    }
    list(item, "items").for_each(|part| self::item(lines, depth + 1, part));
}

/// The parts that say something, on one line.
fn line(lines: &mut String, depth: usize, parts: &[String]) {
    let parts: Vec<_> = parts
        .iter()
        .filter(|part| !part.is_empty())
        .map(|part| part.replace('\n', " / "))
        .collect();
    writeln!(lines, "{}{}", "  ".repeat(depth), parts.join(" | ")).unwrap();
}

fn text(item: &Value, key: &str) -> String {
    item[key].as_str().unwrap_or_default().to_string()
}

fn list<'v>(item: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    item[key].as_array().into_iter().flatten()
}

fn words(items: &Value, separator: &str) -> String {
    let items = items.as_array().into_iter().flatten();
    let words: Vec<_> = items.filter_map(Value::as_str).collect();
    words.join(separator)
}
