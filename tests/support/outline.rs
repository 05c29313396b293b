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
            said(&mut lines, 2, scenario);
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
    for notice in list(mode, "prerequisites") {
        let notice = [
            text(notice, "kind"),
            text(notice, "title"),
            text(notice, "text"),
        ];
        line(
            lines,
            3,
            &[["first".to_string()].as_slice(), &notice].concat(),
        );
    }
    if let Value::Object(_) = mode["path"] {
        let path = &mode["path"];
        let steps = words(&path["steps"], " > ");
        line(
            lines,
            3,
            &["path".into(), steps, text(path, "url"), text(path, "note")],
        );
        list(path, "choices").for_each(|choice| field(lines, 4, choice));
    }
    list(mode, "fields").for_each(|found| field(lines, 3, found));
    said(lines, 3, mode);
    for extra in list(mode, "extras") {
        line(
            lines,
            3,
            &["extra".into(), text(extra, "title"), text(extra, "text")],
        );
    }
}

fn field(lines: &mut String, depth: usize, field: &Value) {
    let evidence = &field["evidence"];
    let evidence = format!("{} {}", text(evidence, "by"), text(evidence, "word"));
    let required = if field["required"] == true {
        "required"
    } else {
        ""
    };
    line(
        lines,
        depth,
        &[
            text(field, "label"),
            text(field, "kind"),
            evidence.trim_end().to_string(),
            text(field, "value"),
            text(field, "prefix"),
            required.to_string(),
            words(&field["source"]["steps"], " > "),
            text(field, "note"),
        ],
    );
    for choice in list(field, "choices") {
        let parts = ["condition", "value", "note"].map(|key| text(choice, key));
        line(
            lines,
            depth + 1,
            &[["choice".to_string()].as_slice(), &parts].concat(),
        );
    }
    said(lines, depth + 1, field);
}

/// Summary, notices and related links.
fn said(lines: &mut String, depth: usize, item: &Value) {
    if !text(item, "summary").is_empty() {
        line(lines, depth, &["summary".into(), text(item, "summary")]);
    }
    for notice in list(item, "notices") {
        let parts = ["kind", "title", "text"].map(|key| text(notice, key));
        line(lines, depth, &parts);
    }
    for link in list(item, "related") {
        line(
            lines,
            depth,
            &["related".into(), text(link, "label"), text(link, "url")],
        );
    }
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
