//! What content must never become: `safe_html`, asked of the parsed page.

use scraper::{ElementRef, Html, Selector};

/// Elements that stand in no template and may come from nowhere else.
const ELEMENTS: [&str; 14] = [
    "script", "iframe", "frame", "frameset", "object", "embed", "applet", "base", "form", "button",
    "template", "math", "video", "audio",
];

const ADDRESSES: [&str; 8] = [
    "href",
    "src",
    "xlink:href",
    "action",
    "formaction",
    "poster",
    "data",
    "srcset",
];

/// Everything on a page that could run, load or restyle; `sheet_style` is the only style there is.
pub fn faults(html: &Html, sheet_style: &str, is_redirect: bool) -> Vec<String> {
    let all = Selector::parse("*").unwrap();
    let elements = html.select(&all);
    elements
        .filter(|element| !is_harmless(*element, sheet_style, is_redirect))
        .map(|element| element.html().chars().take(200).collect())
        .collect()
}

fn is_harmless(element: ElementRef<'_>, sheet_style: &str, is_redirect: bool) -> bool {
    let name = element.value().name();
    let is_known = match name {
        "style" => element.text().collect::<String>().trim() == sheet_style.trim(),
        "meta" => is_redirect || element.attr("http-equiv").is_none(),
        "link" => element
            .parent()
            .and_then(ElementRef::wrap)
            .is_some_and(is_head),
        "input" => element.attr("type") == Some("checkbox") || is_search(element),
        "form" => is_search(element),
        "script" => is_own_script(element),
        name => !ELEMENTS.contains(&name),
    };
    is_known
        && element
            .value()
            .attrs()
            .all(|(name, value)| is_calm(name, value))
}

/// A script of the site itself, of which nothing stands on the page.
fn is_own_script(element: ElementRef<'_>) -> bool {
    let address = element.attr("src").unwrap_or_default();
    let is_own = |name: &&str| address.contains(&format!("assets/{name}."));
    let names = ["revision", "search"];
    !address.contains("//") && names.iter().any(is_own) && element.text().next().is_none()
}

/// The search box of the page templates, which stands above the content.
fn is_search(element: ElementRef<'_>) -> bool {
    let mut around = element.ancestors().filter_map(ElementRef::wrap);
    let is_in_header = around.any(|element| element.attr("class") == Some("site-head"));
    is_in_header && element.attr("action").is_none()
}

fn is_head(element: ElementRef<'_>) -> bool {
    element.value().name() == "head"
}

fn is_calm(name: &str, value: &str) -> bool {
    let runs = name.starts_with("on") || name == "style" || name == "srcdoc";
    let is_address = ADDRESSES.contains(&name);
    !runs
        && (!is_address
            || matches!(
                scheme(value).as_str(),
                "" | "http" | "https" | "mailto" | "tel"
            ))
}

/// The scheme as browsers read it: blanks and controls before it, and line ends within, do not
/// count. Empty for a relative address.
pub fn scheme(address: &str) -> String {
    let is_skipped = |character: char| character <= ' ';
    let address = address.trim_start_matches(is_skipped);
    let address = address.replace(['\t', '\n', '\r'], "");
    let is_part = |character: char| character.is_ascii_alphanumeric() || "+-.".contains(character);
    match address.split_once(':') {
        Some((scheme, _)) if scheme.chars().all(is_part) => scheme.to_lowercase(),
        _ => String::new(),
    }
}
