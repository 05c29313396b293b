//! What a page is about in the terms of schema.org, for search engines and agents: where it is on
//! the site, its procedures, its questions with their answers.
//!
//! The data is JSON inside a `script` element of a type that no browser runs, and every character
//! that could end the element or begin another one is written as its number.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::markdown::node::{Attribute, Block, Children, Component, Content};
use crate::markdown::schema::role::ComponentRole;
use crate::markdown::schema::{Role as SchemaRole, Schema};
use crate::markdown::text::{block_text, collapse_blanks, inline_text, label_text};
use crate::model::field::Field;
use crate::model::guide::{Guide, Scenario};
use crate::model::item::{Item, Role, Section};
use crate::model::mode::Mode;
use crate::model::page::Page;
use crate::render::page::View;
use crate::render::summary::cut;
use crate::render::url::fragment;

/// Most steps of a page's procedures; a procedure that does not fit is left out as a whole.
const MOST_STEPS: usize = 200;

/// Most questions of a page.
const MOST_QUESTIONS: usize = 100;

/// Fewest questions that make a page one of questions and answers.
const FEWEST_QUESTIONS: usize = 2;

/// Most characters of a step.
const MOST_STEP: usize = 300;

/// Most characters of an answer.
const MOST_ANSWER: usize = 1000;

/// Ends of a question.
const QUESTION_MARKS: [char; 3] = ['?', '？', '؟'];

impl View<'_> {
    /// The data of a document's page as the text of a `script` element; empty when there is none.
    pub fn structured(&self, index: usize) -> String {
        let page = &self.site.pages[index];
        let mut parts: Vec<Value> = breadcrumbs(self, page).into_iter().collect();
        let address = self.canonical(page.address.file());
        let guide = page.guide.iter();
        parts.extend(guide.flat_map(|guide| how_tos(guide, page, &address)));
        parts.extend(questions_page(page, &self.config.components));
        if parts.is_empty() {
            return String::new();
        }
        inert(&json!({"@context": "https://schema.org", "@graph": parts}))
    }
}

/// JSON in which no character means anything to HTML.
fn inert(value: &Value) -> String {
    let text = value.to_string();
    let mut inert = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(inert, "\\u{:04x}", u32::from(character));
            }
            other => inert.push(other),
        }
    }
    inert
}

/// The categories above a page; none where the address of the site is not known, because the
/// addresses in it are whole ones.
fn breadcrumbs(view: &View<'_>, page: &Page) -> Option<Value> {
    if view.config.site.url.is_empty() {
        return None;
    }
    let branch = view.site.branch(page.category?);
    let above = branch.into_iter().map(|category| {
        let category = &view.site.categories[category];
        (&category.title, view.canonical(category.address.file()))
    });
    let own = (&page.title, view.canonical(page.address.file()));
    let all = above.chain([own]).enumerate();
    let items: Vec<Value> = all
        .map(|(at, (name, item))| {
            json!({"@type": "ListItem", "position": at + 1, "name": name, "item": item})
        })
        .collect();
    Some(json!({"@type": "BreadcrumbList", "itemListElement": items}))
}

/// The procedures of a page, one for each mode of each scenario.
fn how_tos(guide: &Guide, page: &Page, address: &str) -> Vec<Value> {
    let scenarios = guide.scenarios.iter();
    let modes = scenarios.flat_map(|one| one.modes.iter().map(move |mode| (one, mode)));
    let mut left = MOST_STEPS;
    let mut found = Vec::new();
    for (scenario, mode) in modes {
        let steps: Vec<&Item> = mode.items.iter().filter(|item| is_step(item)).collect();
        if steps.is_empty() || steps.len() > left {
            continue;
        }
        left -= steps.len();
        found.push(how_to(scenario, mode, &steps, page, address));
    }
    found
}

fn is_step(item: &Item) -> bool {
    let is_part = matches!(
        item.section,
        Section::Route | Section::Steps | Section::Tasks | Section::After
    );
    is_part && (item.role.has_box() || item.role == Role::Go)
}

fn how_to(scenario: &Scenario, mode: &Mode, steps: &[&Item], page: &Page, address: &str) -> Value {
    let mut names = vec![page.title.as_str()];
    let own = [scenario.title.as_str(), mode.title.as_str()];
    names.extend(own.into_iter().filter(|name| !name.is_empty()));
    names.dedup();
    let steps: Vec<Value> = steps
        .iter()
        .map(|step| json!({"@type": "HowToStep", "text": cut(&step_text(step), MOST_STEP)}))
        .collect();
    let mut data = json!({"@type": "HowTo", "name": names.join(" – "), "step": steps});
    if !address.is_empty() {
        let id = [&mode.id, &scenario.id]
            .into_iter()
            .find(|id| !id.is_empty());
        let fragment = id.map(|id| fragment(id)).unwrap_or_default();
        data["url"] = json!(format!("{address}{fragment}"));
    }
    data
}

/// What is done in a step: with the value of a field, or how the page describes it.
fn step_text(step: &Item) -> String {
    let setting = step.setting.as_ref().map(Field::text_line);
    match setting.filter(|setting| !setting.is_empty()) {
        Some(setting) => format!("{}: {setting}", label_text(&step.label)),
        None => step.text(),
    }
}

/// The questions of a page with their answers; `None` for a page that has not enough of them.
fn questions_page(page: &Page, schema: &Schema) -> Option<Value> {
    let mut questions = Vec::new();
    add_questions(&page.document.blocks, schema, &mut questions);
    if questions.len() < FEWEST_QUESTIONS {
        return None;
    }
    questions.truncate(MOST_QUESTIONS);
    let asked: Vec<Value> = questions
        .into_iter()
        .map(|(question, answer)| {
            let answer = json!({"@type": "Answer", "text": answer});
            json!({"@type": "Question", "name": question, "acceptedAnswer": answer})
        })
        .collect();
    Some(json!({"@type": "FAQPage", "mainEntity": asked}))
}

/// Adds the questions of some blocks; what is within an answer is part of it.
fn add_questions(blocks: &[Block], schema: &Schema, found: &mut Vec<(String, String)>) {
    for block in blocks {
        match block {
            Block::Component(component) => match question(component, schema) {
                Some(question) => found.push(question),
                None => {
                    if let Children::Blocks(blocks) = &component.children {
                        add_questions(blocks, schema, found);
                    }
                }
            },
            Block::Quote(quote) => add_questions(&quote.blocks, schema, found),
            Block::List(list) => {
                for item in &list.items {
                    add_questions(&item.blocks, schema, found);
                }
            }
            _ => {}
        }
    }
}

/// A component that opens to an answer, and whose title is a question.
fn question(component: &Component, schema: &Schema) -> Option<(String, String)> {
    let title = title(component, schema)?;
    if !title.ends_with(QUESTION_MARKS) {
        return None;
    }
    let mut answer = String::new();
    if let Some(resolved) = schema.resolve(component) {
        answer.extend(resolved.texts().into_iter().map(|text| text.line() + " "));
    } else if let Some(Content::Blocks(blocks)) = component.attribute("content").map(content) {
        answer = block_text(blocks) + " ";
    }
    if let Children::Blocks(blocks) = &component.children {
        answer.push_str(&block_text(blocks));
    }
    let answer = cut(&collapse_blanks(&answer), MOST_ANSWER);
    (!answer.is_empty()).then_some((title, answer))
}

/// The title of a component that is neither a notice nor of another role than one that opens.
fn title(component: &Component, schema: &Schema) -> Option<String> {
    if let Some(resolved) = schema.resolve(component) {
        let opens = resolved.role == ComponentRole::Details;
        return resolved.title().filter(|_| opens).map(|title| title.line());
    }
    let declared = schema.get(&component.name)?;
    let title = component.attribute("title")?;
    let text = match &title.content {
        Content::Inlines(inlines) => inline_text(inlines),
        _ => title.value.clone()?,
    };
    let is_notice = declared.role == Some(SchemaRole::Notice);
    (!is_notice).then(|| collapse_blanks(&text))
}

fn content(attribute: &Attribute) -> &Content {
    &attribute.content
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::markdown::parse;
    use crate::source::FileId;

    #[test]
    fn data_cannot_end_its_element() {
        let value = json!({"name": "</script><script>alert(1)</script><!-- & \u{2028}"});
        let text = inert(&value);
        assert!(!text.contains(['<', '>', '&', '\u{2028}']), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }

    fn check_questions(preset: &str, text: &str, expected: &[(&str, &str)]) {
        let config = Config::read(&format!("preset: {preset}"), "a").unwrap();
        let (document, _) = parse(text, FileId(0), &config.components);
        let mut found = Vec::new();
        add_questions(&document.blocks, &config.components, &mut found);
        let found: Vec<(&str, &str)> = found.iter().map(|(q, a)| (&**q, &**a)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn questions_are_titles_of_what_opens() {
        let none = "none";
        check_questions(
            none,
            "<Accordion title=\"Can I **cancel**?\">\n\nYes, until\nmidnight.\n\n</Accordion>\n",
            &[("Can I cancel?", "Yes, until midnight.")],
        );
        check_questions(
            none,
            "<Accordion title=\"왜 안 되나요？\" content=\"키를 확인하세요.\" />\n",
            &[("왜 안 되나요？", "키를 확인하세요.")],
        );
        check_questions(
            none,
            "<Accordion title=\"More\">\n\nText\n\n</Accordion>\n",
            &[],
        );
        check_questions(none, "<Accordion title=\"Empty?\" />\n", &[]);
        check_questions(none, "<Callout title=\"Why?\" content=\"So.\" />\n", &[]);
        check_questions(
            "mdx",
            "<AccordionGroup>\n<Accordion title=\"Why?\">\nSo.\n</Accordion>\n</AccordionGroup>\n\n<details>\n<summary>How?</summary>\n\nLike this.\n\n</details>\n",
            &[("Why?", "So."), ("How?", "Like this.")],
        );
        check_questions("mdx", "<Note title=\"Why?\">So.</Note>\n", &[]);
    }
}
