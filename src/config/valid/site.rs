//! What is wrong with the settings of the site: paths that leave the project, addresses that are
//! none, colours that cannot be read.

use std::path::Path;

use url::Url;

use crate::config::site::accent::{
    TEXT_CONTRAST, Unreadable, unreadable_on_dark, unreadable_on_light,
};
use crate::config::site::{
    EDIT_PATH, LinkConfig, POLICY_MARKS, RobotsConfig, ScriptConfig, SiteConfig, host_of,
};
use crate::config::valid::Faults;
use crate::disk::leads_down;

/// Schemes of links that a page may have.
const LINK_SCHEMES: [&str; 4] = ["https", "http", "mailto", "tel"];

/// Attributes of a script that are not data.
const SCRIPT_ATTRIBUTES: [&str; 4] = ["id", "crossorigin", "integrity", "referrerpolicy"];

pub(super) fn check(site: &SiteConfig, faults: &mut Faults) {
    for file in site.files() {
        path(
            &format!("site.{}", file.key),
            file.path,
            file.formats,
            faults,
        );
    }
    fonts(site, faults);
    accents(site, faults);
    links(site, faults);
    if let Some(announcement) = &site.announcement {
        faults.given("site.announcement", "text", &announcement.text);
    }
    if !site.edit.is_empty() && !site.edit.contains(EDIT_PATH) {
        let what = format!(
            "`{}` has no `{EDIT_PATH}`, in whose place the path of a document is written",
            site.edit
        );
        faults.add("site.edit", &what);
    }
    if let Some(image) = &site.image {
        faults.given("site.image", "file", &image.file);
        faults.given("site.image", "alt", &image.alt);
    }
    if site.image.is_some() && site.url.is_empty() {
        let what = "links elsewhere need the whole address of the picture; give `site.url`, too";
        faults.add("site.image", what);
    }
    for (index, script) in site.scripts.iter().enumerate() {
        script_of(&format!("site.scripts[{index}]"), script, faults);
    }
    robots(&site.robots, faults);
}

/// Reports a path that does not name a file of these formats below the project's folder.
pub(super) fn path(key: &str, path: &str, formats: &[&str], faults: &mut Faults) {
    let is_strange = path.contains(|c: char| c.is_control() || c == '\\');
    if !leads_down(Path::new(path)) || is_strange {
        let what = format!(
            "`{path}` is not a path below the project's folder; copy the file there and write its path from there"
        );
        faults.add(key, &what);
    }
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let ending = ending.to_ascii_lowercase();
    let ending = if ending == "jpeg" { "jpg" } else { &ending };
    if !formats.contains(&ending) {
        let known = formats.join(", ");
        faults.add(
            key,
            &format!("`{path}` is of another format; name a file of {known}"),
        );
    }
}

fn fonts(site: &SiteConfig, faults: &mut Faults) {
    for (index, font) in site.fonts.iter().enumerate() {
        let key = format!("site.fonts[{index}].family");
        faults.filled(&key, &font.family);
        let is_no_part = |c: char| c.is_control() || "\"'\\<>{};".contains(c);
        if font.family.contains(is_no_part) {
            faults.add(
                &key,
                &format!("`{}` is not the name of a font", font.family),
            );
        }
        faults.filled(&format!("site.fonts[{index}].file"), &font.file);
    }
}

fn accents(site: &SiteConfig, faults: &mut Faults) {
    if let Some(found) = site.accent.and_then(unreadable_on_light) {
        unreadable("site.accent", "light", &found, faults);
    }
    if let Some(found) = site.accent_dark.and_then(unreadable_on_dark) {
        unreadable("site.accent_dark", "dark", &found, faults);
    }
    if site.accent.is_none() && site.accent_dark.is_some() {
        faults.add(
            "site.accent_dark",
            "the colour of light pages is missing; give `site.accent`",
        );
    }
}

fn unreadable(key: &str, pages: &str, found: &Unreadable, faults: &mut Faults) {
    let Unreadable {
        text,
        ground,
        contrast,
        nearest,
    } = found;
    let nearest = nearest.map_or(String::new(), |nearest| {
        format!("; the nearest colour that passes is `{nearest}`")
    });
    // Cut, not rounded: 4.49 is not 4.5.
    let contrast = (contrast * 100.0).floor() / 100.0;
    let what = format!(
        "text in `{text}` on `{ground}` of {pages} pages has a contrast of {contrast:.2}, and WCAG asks for {TEXT_CONTRAST}{nearest}"
    );
    faults.add(key, &what);
}

fn links(site: &SiteConfig, faults: &mut Faults) {
    for (name, links) in [("header", &site.header), ("footer", &site.footer)] {
        for (index, one) in links.iter().enumerate() {
            link(&format!("site.{name}[{index}]"), one, faults);
        }
    }
    let announced = site.announcement.iter();
    for one in announced.filter_map(|announcement| announcement.link.as_ref()) {
        link("site.announcement.link", one, faults);
    }
    for (key, url) in [
        ("site.logo.link", &site.logo.link),
        ("site.edit", &site.edit),
        ("site.repository", &site.repository),
    ] {
        if !url.is_empty() {
            address(key, url, faults);
        }
    }
}

fn link(key: &str, link: &LinkConfig, faults: &mut Faults) {
    faults.given(key, "title", &link.title);
    faults.given(key, "url", &link.url);
    if !link.url.is_empty() {
        address(&format!("{key}.url"), &link.url, faults);
    }
}

/// An address of a link: of another site, or a path from the root of this one.
fn address(key: &str, url: &str, faults: &mut Faults) {
    let is_clean = !url.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\');
    let is_path = url.starts_with('/') && !url.starts_with("//");
    let is_within = url.split(['/', '?', '#']).all(|part| part != "..");
    let is_address = Url::parse(url).is_ok_and(|url| LINK_SCHEMES.contains(&url.scheme()));
    if !is_clean || !(is_path && is_within || is_address) {
        let what = format!(
            "`{url}` is not an address; write it as `https://example.com/`, `mailto:help@example.com`, or `/guides/start.html` from the root of the site"
        );
        faults.add(key, &what);
    }
}

fn script_of(key: &str, script: &ScriptConfig, faults: &mut Faults) {
    if host_of(&script.src).is_none() {
        let what = format!(
            "`{}` is not the address of a script; write it as `https://stats.example.com/script.js`",
            script.src
        );
        faults.add(&format!("{key}.src"), &what);
    }
    for name in script.attributes.keys() {
        let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let is_data = name.starts_with("data-") && name.chars().all(is_part);
        if !is_data && !SCRIPT_ATTRIBUTES.contains(&name.as_str()) {
            let known = SCRIPT_ATTRIBUTES.join("`, `");
            let what = format!("a script takes attributes that begin with `data-`, and `{known}`");
            faults.add(&format!("{key}.attributes.{name}"), &what);
        }
    }
    for (name, hosts) in script.hosts.lists() {
        for (index, host) in hosts.iter().enumerate() {
            if !is_host(host, name == "connect") {
                let what =
                    format!("`{host}` is not a host; write it as `https://stats.example.com`");
                faults.add(&format!("{key}.hosts.{name}[{index}]"), &what);
            }
        }
    }
}

/// Whether a text is a host and nothing else: it becomes a part of a policy.
fn is_host(host: &str, may_be_socket: bool) -> bool {
    let Ok(url) = Url::parse(host) else {
        return false;
    };
    let is_known = url.scheme() == "https" || (may_be_socket && url.scheme() == "wss");
    let port = url.port().map_or(String::new(), |port| format!(":{port}"));
    let plain = format!(
        "{}://{}{port}",
        url.scheme(),
        url.host_str().unwrap_or_default()
    );
    is_known && plain == host && !host.contains(POLICY_MARKS)
}

/// Each name and path is a line of `robots.txt`.
fn robots(robots: &RobotsConfig, faults: &mut Faults) {
    for (index, path) in robots.disallow.iter().enumerate() {
        let is_strange = |c: char| c.is_whitespace() || c.is_control() || c == '#';
        if !path.starts_with('/') || path.contains(is_strange) {
            let what = format!(
                "`{path}` is not the beginning of a path; write it as `/drafts/`, from the root of the site"
            );
            faults.add(&format!("site.robots.disallow[{index}]"), &what);
        }
    }
    for (index, name) in robots.refuse.iter().enumerate() {
        let is_part = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        if name.is_empty() || !name.chars().all(is_part) {
            let what = format!(
                "`{name}` is not the name of a crawler; write letters, digits, `-`, `_` and `.`"
            );
            faults.add(&format!("site.robots.refuse[{index}]"), &what);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn check(site: &str, expected: &str) {
        let error = Config::read(&format!("site: {{{site}}}"), "a").unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }

    fn allow(site: &str) {
        Config::read(&format!("site: {{{site}}}"), "a").unwrap();
    }

    #[test]
    fn lines_of_robots_contain_nothing_else() {
        check("robots: {disallow: [drafts]}", "site.robots.disallow[0]");
        check("robots: {disallow: ['/a b']}", "site.robots.disallow[0]");
        let injected = r#"robots: {refuse: [Good, "a\nDisallow: /"]}"#;
        check(injected, "site.robots.refuse[1]");
        check("robots: {disalow: []}", "did you mean `disallow`?");
    }

    #[test]
    fn paths_stay_below_the_project_and_have_their_format() {
        for path in [
            "../logo.svg",
            "/etc/logo.svg",
            "a/../../logo.svg",
            "a\\\\b.svg",
        ] {
            check(
                &format!("logo: {{light: \"{path}\"}}"),
                "site.logo.light: `",
            );
        }
        check("logo: {light: logo.html}", "name a file of svg, png, webp");
        check(
            "favicon: {png: icon.svg}",
            "site.favicon.png: `icon.svg` is of another",
        );
        check("favicon: {gif: a.gif}", "unknown field `gif`");
        check("fonts: [{family: A, file: a.ttf}]", "site.fonts[0].file");
        check(
            "fonts: [{family: 'A\"; b', file: a.woff2}]",
            "site.fonts[0].family",
        );
        check(
            "fonts: [{family: A, file: a.woff2, weight: 1200}]",
            "from 1 to 1000",
        );
        check("image: {file: a.png, alt: b}", "give `site.url`, too");
        check("logos: {}", "did you mean `logo`?");
        allow("logo: {light: brand/a.SVG, dark: ./b.png}");
        allow("fonts: [{family: Own Sans 2, file: a.woff2, weight: 100 900, for: code}]");
        allow("url: 'https://a.example', image: {file: a.jpeg, alt: b}");
    }

    #[test]
    fn colours_that_cannot_be_read_are_refused_with_one_that_can() {
        check(
            "accent: teal",
            "`teal` is not a colour; write it as `\"#0f766e\"`",
        );
        let expected = "site.accent: text in `#ffcc00` on `#f6f8fa` of light pages has a contrast of 1.42, and WCAG asks for 4.5; the nearest colour that passes is `#";
        check("accent: '#ffcc00'", expected);
        check("accent: '#0f766e', accent_dark: '#222222'", "of dark pages");
        check("accent_dark: '#ffffff'", "give `site.accent`");
        allow("accent: '#0f766e'");
    }

    #[test]
    fn links_lead_to_pages_and_hosts_only() {
        for url in [
            "javascript:alert(1)",
            "//evil.example",
            "guide.html",
            "/../a",
            "data:,a",
            "/a b",
        ] {
            check(
                &format!("footer: [{{title: a, url: '{url}'}}]"),
                "site.footer[0].url",
            );
        }
        check(
            "header: [{title: '', url: /a}]",
            "site.header[0]: `title` is missing",
        );
        check("header: [{title: a}]", "site.header[0]: `url` is missing");
        check("edit: https://git.example/edit", "has no `{path}`");
        check("edit: 'javascript:{path}'", "site.edit");
        check("repository: git@git.example:a/b", "site.repository");
        allow(
            "header: [{title: a, url: /a.html?b#c}], footer: [{title: b, url: 'mailto:a@b.example'}]",
        );
        allow("edit: 'https://git.example/edit/main/content/{path}'");
    }

    #[test]
    fn scripts_come_from_hosts_that_are_named() {
        for src in [
            "http://a.example/s.js",
            "/s.js",
            "s.js",
            "data:text/javascript,a",
            "https://u@a.example/s.js",
            "https://*.example/s.js",
            "https://a.example;img-src/s.js",
        ] {
            check(
                &format!("scripts: [{{src: '{src}'}}]"),
                "site.scripts[0].src",
            );
        }
        for name in ["onload", "src", "type", "data-a b", "data-A", "style"] {
            let text = format!(
                "scripts: [{{src: 'https://a.example/s.js', attributes: {{'{name}': b}}}}]"
            );
            check(&text, "site.scripts[0].attributes");
        }
        for host in [
            "https://*.example",
            "https://a.example/x",
            "a.example",
            "'unsafe-inline'",
            "https:",
            "wss://a.example",
            "https://a.example; script-src *",
        ] {
            let text = format!(
                "scripts: [{{src: 'https://a.example/s.js', hosts: {{images: [\"{host}\"]}}}}]"
            );
            check(&text, "site.scripts[0].hosts.images[0]");
        }
        allow(
            "scripts: [{src: 'https://a.example:8443/s.js', attributes: {data-site: b}, hosts: {connect: ['wss://a.example', 'https://b.example']}}]",
        );
        assert_eq!(
            host_of("https://A.example:8443/s.js"),
            Some("https://a.example:8443".into())
        );
    }
}
