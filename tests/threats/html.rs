//! X1–X3, T1–T3: what content says is shown as text and never becomes part of the page.

use regex::Regex;
use scraper::Html;
use serde_json::Value;
use walkdir::WalkDir;

use crate::place::{Place, assert_safe, select, shown};

/// Texts that would run, load or restyle if they were HTML, with the finding that tells of them.
const PAYLOADS: [(&str, &str); 22] = [
    ("<script>alert(1)</script>", "1 raw-html"),
    ("<ScRiPt src=//evil.example></ScRiPt>", "1 raw-html"),
    ("<img src=x onerror=alert(1)>", "1 raw-html"),
    (
        "<svg/onload=alert(1)>",
        "no HTML in Markdown, so nothing to tell",
    ),
    (
        "<iframe src=\"https://evil.example\"></iframe>",
        "1 raw-html",
    ),
    ("<object data=\"x.swf\"></object>", "1 raw-html"),
    ("<embed src=\"x.swf\">", "1 raw-html"),
    ("<base href=\"https://evil.example/\">", "1 raw-html"),
    (
        "<meta http-equiv=\"refresh\" content=\"0;url=https://evil.example\">",
        "1 raw-html",
    ),
    ("<style>*{display:none}</style>", "1 raw-html"),
    ("<link rel=stylesheet href=//evil.example>", "1 raw-html"),
    ("<form action=//evil.example><input></form>", "1 raw-html"),
    ("<p style=\"position:fixed\">over</p>", "1 raw-html"),
    ("<details open ontoggle=alert(1)>", "1 raw-html"),
    (
        "<math><mi xlink:href=\"javascript:alert(1)\">",
        "1 raw-html",
    ),
    (
        "<template><script>alert(1)</script></template>",
        "1 raw-html",
    ),
    ("<a href=\"javascript:alert(1)\">go</a>", "1 raw-html"),
    ("</main></body><script>alert(1)</script>", "1 raw-html"),
    ("[go](javascript:alert(1))", "1 unsafe-link"),
    ("[go](JaVa&#115;cript:alert(1))", "1 unsafe-link"),
    ("![look](data:image/svg+xml,x)", "1 unsafe-link"),
    ("<vbscript:msgbox(1)>", "1 unsafe-link"),
];

#[test]
fn x1_raw_html_and_bad_schemes_are_reported_and_shown_as_text() {
    let documents = PAYLOADS.iter().enumerate().map(|(number, (text, _))| {
        let name = format!("xss-{number:02}.md");
        (name, format!("---\ntitle: Payload\n---\n{text}\n"))
    });
    let documents: Vec<_> = documents.collect();
    let borrowed = documents.iter().map(|(name, text)| (&**name, &**text));
    let place = Place::with(&borrowed.collect::<Vec<_>>());
    assert_eq!(place.run("check book").code, Some(1));
    let findings = place.findings();
    for (number, (text, finding)) in PAYLOADS.iter().enumerate() {
        if !finding.starts_with('1') {
            continue;
        }
        let expected = format!("xss-{number:02}.md:4:{finding}");
        assert!(findings.contains(&expected), "{text}: {findings:#?}");
    }
    let pages = place.build();
    assert_safe(&pages);
    for (number, (text, finding)) in PAYLOADS.iter().enumerate() {
        let html = &pages[&format!("xss-{number:02}.html")];
        // An HTML block shows each tag on a line of its own.
        let seen = shown(html, ".content").replace('\n', "");
        let expected = match *finding {
            "1 unsafe-link" if text.contains("go") => "go",
            "1 unsafe-link" if text.contains("look") => "look",
            "1 unsafe-link" => "vbscript:msgbox(1)",
            _ => text,
        };
        assert!(seen.contains(expected), "{text} is lost: {seen}");
    }
}

#[test]
fn x1_data_for_machines_holds_no_address_that_runs_something() {
    let link = |text: &str| format!("[{text}](javascript:alert(1))");
    let text = format!(
        "---\ntitle: t\n---\n## A\n\n### 테스트 연동\n\n#### 설정경로\n\n- {} > 채널\n\n\
         #### 설정방법\n\n- 상점 아이디 : 발급받은 값\n  - {} > 조회\n\n\
         <Highlight text=\"보기\" url=\"javascript:alert(1)\" />\n",
        link("콘솔"),
        link("관리자")
    );
    let place = Place::with(&[("a.md", &text)]);
    place.build();
    let json = place.read("book/dist/site.json");
    assert!(json.contains("콘솔") && json.contains("보기"), "{json}");
    assert!(!json.contains("javascript:"), "{json}");
    let listed = place.expect("list book --json", 0);
    assert!(!listed.out.contains("javascript:"), "{}", listed.out);
}

#[test]
fn x2_attributes_of_headings_are_ids_or_text() {
    let text = "---\ntitle: t\n---\n# h {#a onclick=alert(1)}\n\n## k {.b style=\"x\"}\n\n\
                ## l<a id=\"c\" onclick=\"alert(1)\"></a>\n\n## m {#\"><img/src=x>}\n";
    let pages = Place::with(&[("heading.md", text)]).build();
    assert_safe(&pages);
    let html = &pages["heading.html"];
    let shown = shown(html, ".content");
    for text in ["k {.b style=\"x\"}", "<a id=\"c\" onclick=", "<img/src=x>"] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    assert!(!shown.contains("{#a"), "{shown}");
    assert_eq!(select(html, "h2 > span#a").len(), 1);
    assert!(select(html, "[onclick], #c, .content [style], .content img").is_empty());
}

/// Ends every kind of place that it may stand in.
const BREAKOUT: &str = "\"'><img src=x onerror=alert(1)><!--";

/// [`BREAKOUT`] and U+2028 wherever text can be put, with a guide, so that sheets hold it too.
fn breakout_place() -> Place {
    let place = Place::new();
    let yaml = BREAKOUT.replace('\'', "''");
    let quoted = BREAKOUT.replace('"', "&quot;");
    let text = format!(
        "---\ntitle: '</script>{yaml}'\nseo: {{title: '{yaml}', description: '{yaml}', keywords: ['{yaml}']}}\n\
         tags: ['{yaml}']\npgCompanies: ['{yaml}']\nsearchTags: ['{yaml}']\ncategory: '{yaml}'\n\
         datetime: '{yaml}'\n---\n\
         [a](b.png '{BREAKOUT}') ![{BREAKOUT}](/c.png '{BREAKOUT}') [d](</e\"><img src=x onerror=alert(1)>>)\n\n\
         ```x\"onmouseover=alert(1)\"><img src=x onerror=alert(1)>\n{BREAKOUT}</code></pre>\n```\n\n\
         [^\"onclick=alert(1)]\n\n[^\"onclick=alert(1)]: {BREAKOUT}\n\n\
         <Callout title=\"{quoted}\" icon=\"{quoted}\" content=\"{quoted}</div>\" />\n\n\
         <Highlight text=\"{quoted}\" url=\"https://a.example/{quoted}\" />\n\n\
         <Accordion title=\"{quoted}\" content=\"{quoted}\" />\n\n\
         ## {BREAKOUT}\n\n### 테스트 연동\n\n#### 설정경로\n\n- [{BREAKOUT}](https://a.example/\"onclick=alert(1)) > {BREAKOUT}\n\n\
         #### 설정방법\n\n- {BREAKOUT} : {BREAKOUT}\n- 채널 이름 : `{BREAKOUT}`\u{2028}</script>\n"
    );
    place.write_document("breakout.md", text);
    place
}

#[test]
fn x3_nothing_breaks_out_of_the_place_it_stands_in() {
    let place = breakout_place();
    let pages = place.build();
    assert_safe(&pages);
    for (path, html) in &pages {
        assert!(select(html, "img[src=x]").is_empty(), "{path}");
        assert!(
            select(html, "[onclick], [onmouseover]").is_empty(),
            "{path}"
        );
    }
    let seen = shown(&pages["breakout.html"], "body");
    assert!(seen.matches(BREAKOUT).count() > 8, "{seen}");
    let sheets = pages.keys().filter(|path| path.starts_with("checklists/"));
    assert_eq!(sheets.count(), 2, "the sheet and the list of sheets");
    let sheet = place.run("print breakout --root book --mode test -o -");
    assert_eq!(sheet.code, Some(0), "{sheet:?}");
    let sheet = Html::parse_document(&sheet.out);
    assert!(select(&sheet, "img, script, [onclick]").is_empty());
    assert!(shown(&sheet, "body").contains(BREAKOUT));
}

#[test]
fn x3_data_of_scripts_stands_in_attributes_alone() {
    let place = breakout_place();
    let (mut checked, mut described) = (0, 0);
    for (path, html) in place.build() {
        for script in select(&html, "script") {
            let data: String = script.text().collect();
            if script.attr("type") == Some("application/ld+json") {
                // Not a script to a browser, and no mark of HTML is in it.
                assert!(!data.contains(['<', '>', '&']), "{path}: {data}");
                assert!(serde_json::from_str::<Value>(&data).is_ok(), "{path}");
                described += 1;
                continue;
            }
            assert_eq!(data.trim(), "", "{path}");
            checked += 1;
        }
    }
    assert!(checked > 0, "no page has a script element");
    assert!(described > 0, "no page has data for search engines");
    // JSON for machines is a file of its own, and whole.
    let json = place.read("book/dist/site.json");
    let json: Value = serde_json::from_str(&json).unwrap();
    let title = json["pages"][0]["title"].as_str().unwrap();
    assert_eq!(title, format!("</script>{BREAKOUT}"));
}

#[test]
fn t1_templates_in_content_are_text() {
    let expression =
        "{{ 7*7 }} {% include \"base.html\" %} {{ get_env(name=\"HOME\") }} {# gone #}";
    let text = format!(
        "---\ntitle: '{expression}'\ntags: ['{expression}']\ncategory: '{expression}'\n\
         seo: {{description: '{expression}'}}\n---\n{expression}\n\n\
         <Callout title='{expression}' content='{expression}' />\n\n`{expression}`\n\n\
         ## A\n\n### 테스트 연동\n\n#### 설정방법\n\n- 채널 이름 : {expression}\n"
    );
    let place = Place::with(&[("template.md", &text)]);
    let home = "/a/home/of/its/own";
    let built = place.command(&["build", "book"]).env("HOME", home).status();
    assert!(built.unwrap().success());
    let mut seen = 0;
    for (path, (bytes, _)) in place.tree("book/dist") {
        // Hashes in names and numbers in scripts are no results.
        if !path.ends_with(".html") {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains(home), "{path}");
        let html = Html::parse_document(&text);
        let body = shown(&html, "body");
        assert!(!body.contains("49"), "{path}: {body}");
        seen += body.matches("{{ 7*7 }}").count();
        assert_eq!(
            body.matches("{{ 7*7 }}").count(),
            body.matches("{# gone #}").count()
        );
    }
    assert!(seen > 8, "{seen}");
}

#[test]
fn t2_expressions_and_imports_are_text() {
    let lines = [
        "import x from \"y\"",
        "export const a = process.env.HOME",
        "{process.env.HOME} {1+48}",
        "{/* comment */}",
        "<Callout title={process.env.HOME} />",
        "<Highlight text={`${7*7}`} />",
        "<Callout {...props} />",
    ];
    let text = format!("---\ntitle: t\n---\n{}\n", lines.join("\n\n"));
    let place = Place::with(&[("mdx.mdx", &text)]);
    let home = "/a/home/of/its/own";
    let built = place.command(&["build", "book"]).env("HOME", home).status();
    assert!(built.unwrap().success());
    let html = place.read("book/dist/mdx.html");
    assert!(!html.contains(home));
    let html = Html::parse_document(&html);
    let seen = shown(&html, ".content");
    assert!(!seen.contains("49"), "{seen}");
    for line in &lines[..4] {
        assert!(seen.contains(line), "{line} is lost: {seen}");
    }
    assert!(seen.contains("process.env.HOME"), "{seen}");
    assert_safe(&place.build());
}

#[test]
fn t3_templates_mark_only_rendered_html_as_safe() {
    let root = format!("{}/templates", env!("CARGO_MANIFEST_DIR"));
    let marked = Regex::new(r"(\S+)\s*\|\s*(safe|raw)\b").unwrap();
    let switched = Regex::new(r"autoescape|striptags").unwrap();
    let mut count = 0;
    for entry in WalkDir::new(root) {
        let entry = entry.unwrap();
        let name = entry.file_name().to_str().unwrap();
        if !entry.file_type().is_file() {
            continue;
        }
        // The other ending is the PDF sheet's, which is no template of HTML.
        assert!(name.ends_with(".html") || name == "checklist.typ", "{name}");
        let text = std::fs::read_to_string(entry.path()).unwrap();
        assert!(!switched.is_match(&text), "{name}");
        for found in marked.captures_iter(&text) {
            let value = &found[1];
            // Such names are given by the renderer alone, to HTML that it made.
            let is_rendered = value.ends_with("_html") || value.ends_with(".html");
            assert!(is_rendered, "{name}: {value}");
            count += 1;
        }
    }
    assert!(count > 0);
}
