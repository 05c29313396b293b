//! P1: an address that the frontmatter of another tool's document asks for stays on the site.

use url::Url;

use crate::place::{Place, select};

/// Addresses in the frontmatter that lead elsewhere where they are taken as links.
const SLUGS: [&str; 12] = [
    "//evil.example/x",
    "///evil.example/x",
    "/\\evil.example/x",
    "\\\\evil.example\\x",
    "https://evil.example/x",
    "javascript:alert(1)",
    "/..//evil.example/x",
    "../../../evil",
    "/%2e%2e/%2f/evil.example",
    "./../x",
    "/\t/evil.example",
    "//",
];

#[test]
fn p1_addresses_of_other_tools_stay_on_the_site() {
    for preset in ["mdx", "markdown", "hugo", "docusaurus"] {
        for slug in SLUGS {
            check(preset, slug);
        }
    }
}

/// Either the build is refused, or all that it writes is in its folder, and no link leaves the site.
fn check(preset: &str, slug: &str) {
    let quoted = serde_json::to_string(slug).unwrap();
    let place = Place::new();
    let site = "site: {url: 'https://help.example.com/docs'}";
    place.write(
        "book/tickbook.yaml",
        format!("preset: {preset}\nlang: en\n{site}\n"),
    );
    let keys = format!("slug: {quoted}\npermalink: {quoted}\naliases: [{quoted}]");
    place.write_document("a/named.md", format!("---\ntitle: t\n{keys}\n---\nText.\n"));
    place.write_document("other.md", "---\ntitle: o\n---\n[t](a/named.md)\n");
    let answer = place.run("build book");
    let tree = place.tree("");
    let is_ours = |path: &String| path.is_empty() || path.starts_with("book");
    assert!(tree.keys().all(is_ours), "{preset} {slug}: {tree:?}");
    if answer.code != Some(0) {
        let shown = format!("{preset} {slug}: {answer:?}");
        assert!(shown.contains("slug-invalid"), "{shown}");
        return;
    }
    for (path, html) in place.build() {
        let base = Url::parse("https://help.example.com/docs/").unwrap();
        let base = base.join(&path).unwrap();
        for element in select(&html, "[href], [src]") {
            let value = element.value();
            let address = value.attr("href").or(value.attr("src")).unwrap();
            let target = base.join(address).unwrap();
            let is_inside = target.host_str() == Some("help.example.com");
            assert!(is_inside, "{preset} {slug}: {path} leads to {address}");
        }
    }
}
