//! A checklist as text: what a person sees on the paper, line by line.

use scraper::node::Node;
use scraper::{ElementRef, Html, Selector};

/// Text of the sheet: `[ ]` is a box to tick, `( )` a mark to confirm, `____` room to write.
pub fn text(html: &str) -> String {
    let html = Html::parse_document(html);
    let sheet = Selector::parse("article.sheet").unwrap();
    let mut lines = String::new();
    write(html.select(&sheet).next().unwrap(), false, &mut lines);
    let lines = lines.lines().map(|line| {
        let words: Vec<_> = line.split_whitespace().collect();
        words.join(" ")
    });
    let kept: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
    kept.join("\n") + "\n"
}

fn write(element: ElementRef<'_>, is_in_line: bool, lines: &mut String) {
    let class = |name| element.value().classes().any(|class| class == name);
    let name = element.value().name();
    let starts_line = !is_in_line && !matches!(name, "span" | "a" | "code" | "em" | "strong" | "b");
    if name == "svg" || class("legend") || class("sign-off") || class("on-screen") {
        return;
    }
    let mark = match () {
        () if class("verify") => "( )",
        () if class("tick") => "[ ]",
        () if class("blank") || class("comb") => "____",
        () => "",
    };
    lines.push_str(if starts_line { "\n" } else { " " });
    lines.push_str(mark);
    for child in element.children() {
        match child.value() {
            Node::Text(text) => lines.push_str(&text.replace('\n', " ")),
            Node::Element(_) => {
                let is_in_line = is_in_line || class("line") || class("steps") || name == "p";
                ElementRef::wrap(child)
                    .into_iter()
                    .for_each(|child| write(child, is_in_line, lines));
            }
            _ => {}
        }
    }
    lines.push_str(if starts_line { "\n" } else { " " });
}
