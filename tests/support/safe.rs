//! What content must never become: `safe_html`, asked of the parsed page.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use scraper::{ElementRef, Html, Selector};
use sha2::{Digest, Sha256};

/// Elements that stand in no template and may come from nowhere else.
const ELEMENTS: [&str; 10] = [
    "iframe", "frame", "frameset", "object", "embed", "applet", "base", "form", "template", "math",
];

/// What pages may load: the site's own files.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                          connect-src 'self'; base-uri 'none'; form-action 'none'";

/// What a page that plays a file may load besides.
const MEDIA: &str = "media-src 'self'; ";

/// What a page may load that only leads on.
const REDIRECT_POLICY: &str =
    "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'";

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

/// Everything on a page that could run, load or restyle.
pub fn faults(html: &Html, is_redirect: bool) -> Vec<String> {
    let all = Selector::parse("*").unwrap();
    let elements = html.select(&all);
    elements
        .filter(|element| !is_harmless(*element, is_redirect))
        .map(|element| element.html().chars().take(200).collect())
        .collect()
}

fn is_harmless(element: ElementRef<'_>, is_redirect: bool) -> bool {
    let name = element.value().name();
    let is_known = match name {
        "style" => is_in(element, |above| above == "head") && is_let_in(element),
        "meta" => is_plain_meta(element, is_redirect),
        "link" => is_in(element, |above| above == "head"),
        "script" => {
            is_in(element, |above| above == "head") && (is_own_script(element) || is_data(element))
        }
        "form" | "input" | "select" | "button" if is_search(element) => true,
        "input" if element.attr("type") == Some("checkbox") => true,
        "button" if is_around_text(element) => true,
        "input" | "select" | "button" => element
            .ancestors()
            .filter_map(ElementRef::wrap)
            .any(is_tools),
        "video" | "audio" => is_own_file(element),
        name => !ELEMENTS.contains(&name),
    };
    is_known
        && element
            .value()
            .attrs()
            .all(|(name, value)| is_calm(name, value))
}

/// A file of the site that plays when the reader says so.
fn is_own_file(element: ElementRef<'_>) -> bool {
    let source = element.attr("src").unwrap_or_default();
    let is_relative = !source.contains(':') && !source.starts_with('/');
    is_relative && element.attr("controls").is_some() && element.attr("autoplay").is_none()
}

fn is_in(element: ElementRef<'_>, is_right: impl Fn(&str) -> bool) -> bool {
    let above = element.parent().and_then(ElementRef::wrap);
    above.is_some_and(|above| is_right(above.value().name()))
}

/// The policy that a page sets itself is known, but for the style that it lets in; no other order
/// to the browser is.
fn is_plain_meta(element: ElementRef<'_>, is_redirect: bool) -> bool {
    let content = element.attr("content").unwrap_or_default();
    match element.attr("http-equiv") {
        Some("Content-Security-Policy") if is_redirect => content == REDIRECT_POLICY,
        Some("Content-Security-Policy") => without_hash(content).replace(MEDIA, "") == POLICY,
        Some("refresh") => is_redirect,
        other => other.is_none(),
    }
}

fn without_hash(policy: &str) -> String {
    match policy.split_once(" 'sha256-") {
        Some((before, rest)) => {
            let (_, after) = rest.split_once('\'').unwrap_or_default();
            format!("{before}{after}")
        }
        None => policy.to_string(),
    }
}

/// A style whose text the page's policy names.
fn is_let_in(style: ElementRef<'_>) -> bool {
    let text: String = style.text().collect();
    let hash = STANDARD.encode(Sha256::digest(text.as_bytes()));
    let policies = Selector::parse("meta[http-equiv=Content-Security-Policy]").unwrap();
    let head = style.parent().and_then(ElementRef::wrap);
    head.is_some_and(|head| {
        let mut policies = head.select(&policies);
        policies.any(|policy| {
            let content = policy.attr("content").unwrap_or_default();
            content.contains(&format!("style-src 'self' 'sha256-{hash}';"))
        })
    })
}

/// The site's own script, by its address alone.
fn is_own_script(element: ElementRef<'_>) -> bool {
    let src = element.attr("src").unwrap_or_default();
    let is_on_this_host = !src.contains("//") && !src.contains(':');
    is_on_this_host
        && src.contains("assets/")
        && src.ends_with(".js")
        && element.text().all(|text| text.trim().is_empty())
}

/// A button of the page around the content, which sends nothing.
fn is_around_text(element: ElementRef<'_>) -> bool {
    let mut around = element.ancestors().filter_map(ElementRef::wrap);
    element.attr("type") == Some("button") && !around.any(|one| one.value().name() == "main")
}

/// Data that no browser runs, whose text is what it is to HTML as well.
fn is_data(element: ElementRef<'_>) -> bool {
    let text: String = element.text().collect();
    element.attr("type") == Some("application/ld+json")
        && element.value().attrs().count() == 1
        && !text.contains(['<', '>', '&'])
        && serde_json::from_str::<serde_json::Value>(&text).is_ok()
}

/// The part of a checklist's page that the script serves.
fn is_tools(element: ElementRef<'_>) -> bool {
    element.value().classes().any(|class| {
        matches!(
            class,
            "tools" | "pick" | "finished" | "paper-enter" | "paper-entry"
        )
    })
}

/// The search box of the page templates, which is above the content, or the page of results, which has none.
fn is_search(element: ElementRef<'_>) -> bool {
    let mut around = element.ancestors().filter_map(ElementRef::wrap);
    let is_around = around.any(|around| match around.attr("class") {
        Some("site-head") => true,
        Some("results") => is_in(around, |above| above == "main"),
        _ => false,
    });
    is_around && element.attr("action").is_none()
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
