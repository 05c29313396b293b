//! A fix changes nothing that is shown but what its rule announces.
//!
//! What is shown is looked at in the HTML of the site, which knows nothing of how fixes are proven.
//! Every rule's fixes are made for themselves, in made-up documents and, where `TICKBOOK_CORPUS`
//! names a folder of them, in real ones.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config as TestConfig, TestRunner};
use scraper::{ElementRef, Html, Node};
use tickbook::build::{Book, prepare_theme};
use tickbook::check::check;
use tickbook::check::effect::Effect;
use tickbook::check::fix::fix_documents;
use tickbook::check::rules;
use tickbook::config::Config;
use tickbook::config::check::Level;
use tickbook::diagnostic::Diagnostic;
use tickbook::model::site::Site;
use tickbook::render::html::{Destination, RenderContext};
use tickbook::render::theme::Theme;
use tickbook::source::{Source, SourceSet, load};
use tickbook::strings::Strings;

/// Pieces of documents: what rules find, beside and inside what a fix must not touch.
const PIECES: &[&str] = &[
    "**이 [설정 안내](https://example.com/a/)**만 봅니다.",
    "**![화면](a.png)**은 화면입니다.",
    "**[경로][r]**를 봅니다.\n\n[r]: https://example.com/r,가",
    "**결제&#40;A&#41;**를 켭니다.",
    "&nbsp;- 목록처럼 보이지만 글입니다.",
    "&#x20;1. 번호처럼 보이지만 글입니다.",
    "금액은 10&nbsp;000원이고 제&nbsp;3조에&#x20;있습니다. &#xD574;당",
    "키 파일이 발급되며,해당 파일을 등록합니다.",
    "**발급되며,**해당 파일",
    "발급되며,**해당** 파일",
    "입력합니다.상세 목록은 아래에 있습니다.",
    "**입력합니다.**상세 목록",
    "[발급되며,해당](https://example.com/되며,가)",
    "![발급되며,해당](/되며,가.png \"발급되며,해당\")",
    "`발급되며,해당  파일`",
    "- 가\n- 나\n\n* 다\n* 라",
    "- 가\n  - 나\n\n  * 다\n\n+ 라",
    "1. 가\n2. 나\n3, 다\n4, 라",
    "- 콘솔 > 채널 관리>채널 추가 > 저장",
    "콘솔 > 가\n>나 > 다",
    "## **제목**",
    "### 설**정경로**",
    "#### **가** **나**",
    "####",
    "## 실 연동\n\n**설정경로**\n\n- 콘솔 > 가",
    "가  나   다",
    "글 씁니다..\n둘째 줄 입니다,,",
    "글 \n글   \n글\\ \n글",
    "<Callout icon=\"\" title=\" 유의 \" content=\"발급되며,해당 **가**나\" />",
    "<Callout title=\"\" content=\"\" />",
    "가 <Tag text=\" 나 \" /> 다 <Tag text=\"\" /> 라",
    "<https://example.com/a_b> <help@example.com>",
    "고객사<>결제대행사 a<b>c",
    "![](/a/개인 정보 (1).png) 뒤",
    "글[ 링크 ](https://example.com)다 [가 ](b.md)나",
    "[글](https://example.com \"글\")",
    "[글](https://help.example.com/d1.html#제목) [나](https://help.example.com/d0.html)",
    "|가|나|\n|-|-|\n|가  나|발급되며,해당|\n|ㅣ|가 ㅣ 나|",
    "> 글\n> 발급되며,해당\n>\n>\n>\n> 끝",
    "```\n발급되며,해당  가\n\n\n\n되요\n```",
    "    코드  가\n\n\n\n    코드",
    "가\n\n\n\n나",
    "결\u{200b}제 10\u{a0}000원 \u{3000}가",
    "\u{1100}\u{1161}\u{1102}\u{1161} `\u{1100}\u{1161}` [가](/\u{1100}\u{1161}.md)",
    "<Highlight text=\"\u{1100}\u{1161}\" url=\"/\u{1100}\u{1161}.md\" />",
    "- 이름 : 값\n- 속성 : 값\n- 설정 : 값\n- 상점: 값",
    "상점을를 확인합니다. 갯수가 되요 몇일",
    "채널을(를) 상점를 고객사은 설정합니다",
    "가 ㅣ 나 l 다",
    "24시간 시간 이내 1분 분",
    "가\u{7}나 <Indent>다",
    "**굵게 **는 __나__를 ~~다(예)~~은",
];

/// What stands between pieces.
const JOINTS: &[&str] = &["\n\n", "\n", "\n\n\n\n", " ", "\n> ", "\n- ", "\n  "];

fn document() -> impl Strategy<Value = String> {
    let piece = (
        prop::sample::select(PIECES),
        prop::sample::select(JOINTS),
        prop::sample::select(JOINTS),
    );
    let pieces = prop::collection::vec(piece, 1..8);
    (pieces, any::<bool>(), any::<bool>()).prop_map(|(pieces, has_crlf, has_bom)| {
        let mut text = String::from("---\ntitle: 발급되며,해당\ntags: [가, 나, 가]\n---\n\n");
        for (piece, joint, other) in pieces {
            // Paragraphs are the usual case.
            let joint = if other == "\n\n" { joint } else { "\n\n" };
            text += piece;
            text += joint;
        }
        if has_crlf {
            text = text.replace('\n', "\r\n");
        }
        let mark = if has_bom { "\u{feff}" } else { "" };
        format!("{mark}{text}")
    })
}

fn project(documents: Vec<String>) -> SourceSet {
    let documents = documents
        .into_iter()
        .enumerate()
        .map(|(index, text)| Source {
            path: format!("d{index}.md"),
            text,
        });
    SourceSet {
        documents: documents.collect(),
        ..SourceSet::default()
    }
}

fn config() -> Config {
    let mut config = Config::defaults();
    config.site.url = "https://help.example.com".into();
    config
}

/// One piece of what a page shows.
#[derive(Debug, Clone, PartialEq)]
enum Shown {
    /// Text, with white space as the browser shows it.
    Text(String),
    /// Text in code, letter for letter.
    Code(String),
    Open(String, BTreeMap<String, String>),
    Close(String),
}

/// What each page of a site shows, title and words for search first.
fn pages(sources: &SourceSet, config: &Config) -> Vec<Vec<Shown>> {
    let strings = Strings::load(config.lang);
    let book = Book::read(sources, config).unwrap();
    let mut theme = Theme::load(None).unwrap();
    prepare_theme(&mut theme, &book, sources, config, &strings);
    let page = |index: usize| {
        let context = RenderContext {
            sources,
            figures: None,
            site: &book.site,
            config,
            theme: &theme,
            strings: &strings,
            page: index,
            destination: Destination::Page,
            marks: None,
            parts: None,
        };
        let page = &book.site.pages[index];
        let mut shown = vec![Shown::Text(page.title.clone())];
        shown.extend(
            page.document
                .frontmatter
                .tags
                .iter()
                .cloned()
                .map(Shown::Text),
        );
        let html = context.blocks(&page.document.blocks).unwrap();
        read(&html, &mut shown);
        shown
    };
    (0..book.site.pages.len()).map(page).collect()
}

fn read(html: &str, shown: &mut Vec<Shown>) {
    read_element(Html::parse_fragment(html).root_element(), false, shown);
}

fn read_element(element: ElementRef<'_>, is_in_code: bool, shown: &mut Vec<Shown>) {
    // The way to a heading follows its text.
    if element.value().attr("class") == Some("anchor") {
        return;
    }
    let name = element.value().name().to_string();
    let is_code = is_in_code || matches!(name.as_str(), "code" | "pre");
    let attributes = element.value().attrs().filter(|(name, _)| *name != "id");
    let attributes = attributes.map(|(name, value)| (name.into(), value.into()));
    shown.push(Shown::Open(name.clone(), attributes.collect()));
    for child in element.children() {
        match child.value() {
            Node::Text(text) if is_code => shown.push(Shown::Code(text.to_string())),
            Node::Text(text) => shown.push(Shown::Text(text.to_string())),
            _ => {
                if let Some(element) = ElementRef::wrap(child) {
                    read_element(element, is_code, shown);
                }
            }
        }
    }
    shown.push(Shown::Close(name));
}

/// Names of elements that an effect may add or take away.
fn free_elements(effect: Effect) -> &'static [&'static str] {
    match effect {
        Effect::HeadingWeight => &["strong"],
        // Headings answer to former ids, too, in elements of their own.
        Effect::Headings => &["p", "h1", "h2", "h3", "h4", "h5", "h6", "span"],
        Effect::HeadingMarks => &["p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "br"],
        Effect::JoinedCells => &["td", "th", "code", "colgroup", "col"],
        Effect::EmptyHeadings => &["h1", "h2", "h3", "h4", "h5", "h6", "span"],
        Effect::JoinedLists | Effect::Nesting => &["ul", "ol", "li", "p", "br"],
        Effect::EmptyAttributes | Effect::EmptyComponents => &[
            "div", "aside", "p", "span", "mark", "svg", "use", "path", "circle", "b",
        ],
        Effect::Images => &["img", "figure", "p", "a"],
        _ => &[],
    }
}

/// What is left of a page without what an effect may change.
fn kept(effect: Effect, shown: &[Shown]) -> Vec<Shown> {
    let free = free_elements(effect);
    let mut kept: Vec<Shown> = Vec::new();
    for piece in shown {
        let piece = match piece {
            Shown::Open(name, _) | Shown::Close(name) if free.contains(&name.as_str()) => continue,
            Shown::Open(name, attributes) => {
                let mut attributes = attributes.clone();
                match effect {
                    Effect::LinkTitles => drop(attributes.remove("title")),
                    Effect::FileNames => {
                        // A link to a page of the site is none to a file.
                        attributes.retain(|name, _| !matches!(name.as_str(), "src" | "href"));
                    }
                    Effect::Fragments => {
                        if let Some(href) = attributes.get_mut("href") {
                            *href = href.split('#').next().unwrap().to_string();
                        }
                    }
                    // Alternative text is text.
                    Effect::Text | Effect::Blanks | Effect::Padding => {
                        drop(attributes.remove("alt"));
                    }
                    _ => {}
                }
                Shown::Open(name.clone(), attributes)
            }
            Shown::Code(text) if effect == Effect::JoinedCells => Shown::Text(text.clone()),
            piece => piece.clone(),
        };
        match (kept.last_mut(), piece) {
            (Some(Shown::Text(last)), Shown::Text(text)) => last.push_str(&text),
            (_, piece) => kept.push(piece),
        }
    }
    let is_loose = matches!(
        effect,
        Effect::Blanks
            | Effect::Padding
            | Effect::JoinedLists
            | Effect::Nesting
            | Effect::Headings
            | Effect::EmptyHeadings
            | Effect::EmptyComponents
            | Effect::EmptyAttributes
    );
    for piece in &mut kept {
        if let Shown::Text(text) = piece {
            match effect {
                // What becomes text or stops being text is counted in letters.
                Effect::Text | Effect::Images => text.clear(),
                Effect::Nesting | Effect::JoinedCells | Effect::HeadingMarks => {
                    text.retain(char::is_alphabetic);
                }
                // The page binds an arrow to its word by a joiner.
                _ if is_loose => {
                    text.retain(|letter| !letter.is_ascii_whitespace() && letter != '\u{2060}');
                }
                _ => *text = text.split_ascii_whitespace().collect::<Vec<_>>().join(" "),
            }
        }
    }
    kept.retain(|piece| !matches!(piece, Shown::Text(text) if text.is_empty()));
    kept
}

/// How often each visible letter stands on a page, common blanks aside.
fn letters(shown: &[Shown]) -> BTreeMap<char, i64> {
    let mut counts = BTreeMap::new();
    let texts = shown.iter().filter_map(|piece| match piece {
        Shown::Text(text) | Shown::Code(text) => Some(text),
        _ => None,
    });
    for letter in texts.flat_map(|text| text.chars()) {
        if !letter.is_ascii_whitespace() {
            *counts.entry(letter).or_default() += 1;
        }
    }
    counts
}

/// What two counts differ in.
fn difference(before: &[Shown], after: &[Shown]) -> BTreeMap<char, i64> {
    let mut counts = letters(after);
    for (letter, count) in letters(before) {
        *counts.entry(letter).or_default() -= count;
    }
    counts.retain(|_, count| *count != 0);
    counts
}

/// What edits of text add and take away.
fn announced(before: &str, after: &str) -> BTreeMap<char, i64> {
    let mut counts: BTreeMap<char, i64> = BTreeMap::new();
    for letter in after.chars() {
        *counts.entry(letter).or_default() += 1;
    }
    for letter in before.chars() {
        *counts.entry(letter).or_default() -= 1;
    }
    counts.retain(|letter, count| *count != 0 && !letter.is_ascii_whitespace());
    counts
}

/// The lines that differ.
fn patch(old: &str, new: &str) -> String {
    similar::TextDiff::from_lines(old, new)
        .unified_diff()
        .context_radius(1)
        .to_string()
}

/// The configuration with one rule on.
fn only(name: &str, config: &Config) -> Config {
    let mut config = config.clone();
    for rule in rules::all().filter(|rule| rule.name != name) {
        config
            .check
            .levels
            .insert(rule.name.to_string(), Level::Off);
    }
    config
}

/// Makes the fixes of one rule after the other, each from the same documents, and compares what
/// is shown; returns how many documents each rule changed.
fn check_fixes(sources: &SourceSet, config: &Config) -> BTreeMap<&'static str, usize> {
    let (site, read) = Site::build(sources, config).unwrap();
    let found = check(&site, sources, config, read).unwrap();
    let mut names: Vec<&str> = found
        .iter()
        .filter(|found| !found.fix.is_empty())
        .map(|found| found.rule)
        .collect();
    names.sort_unstable();
    names.dedup();
    let before = pages(sources, config);
    let mut changed = BTreeMap::new();
    for name in names {
        let rule = rules::get(name).unwrap();
        let fixed = fix_documents(sources, &only(name, config), &|_, found| found).unwrap();
        let after = pages(&fixed, config);
        for (index, source) in sources.documents.iter().enumerate() {
            let (old, new) = (&source.text, &fixed.documents[index].text);
            let about = || format!("{name} in {}\n{}", source.path, patch(old, new));
            let (before, after) = (&before[index], &after[index]);
            let mut both = kept(rule.fix, before)
                .into_iter()
                .zip(kept(rule.fix, after));
            let differs = both.find(|(before, after)| before != after);
            assert_eq!(differs, None, "{}", about());
            let count = |shown| kept(rule.fix, shown).len();
            assert_eq!(count(before), count(after), "{}", about());
            if rule.fix == Effect::Text {
                let announced = announced(old, new);
                // Not every value of an attribute is shown.
                let is_announced = difference(before, after).iter().all(|(letter, count)| {
                    let most = announced.get(letter).copied().unwrap_or(0);
                    count.signum() == most.signum() && count.abs() <= most.abs()
                });
                assert!(is_announced, "{}", about());
            }
            let bare_ends = |text: &str| text.replace("\r\n", "").matches('\n').count();
            let is_crlf = bare_ends(old) == 0;
            assert!(!is_crlf || bare_ends(new) == 0, "{}", about());
            assert_eq!(old.starts_with('\u{feff}'), new.starts_with('\u{feff}'));
            *changed.entry(name).or_default() += usize::from(old != new);
        }
    }
    changed
}

#[test]
fn fixes_of_made_up_documents_change_what_they_announce() {
    let cases = std::env::var("PROPTEST_CASES").map_or(4, |cases| cases.parse().unwrap());
    let mut runner = TestRunner::new(TestConfig {
        cases,
        failure_persistence: None,
        ..TestConfig::default()
    });
    let documents = prop::collection::vec(document(), 1..16);
    let result = runner.run(&documents, |documents| {
        check_fixes(&project(documents), &config());
        Ok(())
    });
    result.unwrap();
}

#[test]
fn every_piece_alone_and_in_lists_keeps_its_meaning() {
    let alone = PIECES.iter().map(|piece| format!("{piece}\n"));
    let listed = PIECES
        .iter()
        .map(|piece| format!("- {}\n", piece.replace('\n', "\n  ")));
    let documents: Vec<String> = alone.chain(listed).collect();
    let changed = check_fixes(&project(documents), &config());
    assert!(changed.len() > 20, "{changed:?}");
}

#[test]
fn second_run_changes_nothing() {
    let mut runner = TestRunner::new(TestConfig {
        cases: 2,
        failure_persistence: None,
        ..TestConfig::default()
    });
    let documents = prop::collection::vec(document(), 8);
    let result = runner.run(&documents, |documents| {
        let all = |_: &SourceSet, found: Vec<Diagnostic>| found;
        let once = fix_documents(&project(documents), &config(), &all).unwrap();
        let twice = fix_documents(&once, &config(), &all).unwrap();
        for (once, twice) in once.documents.iter().zip(&twice.documents) {
            prop_assert_eq!(&once.text, &twice.text);
        }
        Ok(())
    });
    result.unwrap();
}

#[test]
fn fixes_of_real_documents_change_what_they_announce() {
    let Some(folder) = std::env::var_os("TICKBOOK_CORPUS") else {
        let is_ci = std::env::var_os("CI").is_some();
        assert!(
            !is_ci,
            "TICKBOOK_CORPUS must name the folder of real documents"
        );
        println!("skipped: TICKBOOK_CORPUS is not set");
        return;
    };
    let sources = load(folder.as_ref()).unwrap();
    let config = Config::defaults();
    let changed = check_fixes(&sources, &config);
    println!("documents changed by each rule: {changed:?}");
    assert!(changed.len() > 20, "{changed:?}");
}

/// Asserts that `--fix` makes `expected` of a text.
fn assert_fixed(text: &str, expected: &str) {
    let all = |_: &SourceSet, found: Vec<Diagnostic>| found;
    let fixed = fix_documents(&project(vec![text.to_string()]), &config(), &all).unwrap();
    assert_eq!(fixed.documents[0].text, expected);
}

#[test]
fn no_break_blanks_and_text_like_lists_stay() {
    let text = "&nbsp;- 목록처럼 보이지만 글입니다.\n\n금액은 10&nbsp;000원입니다.\n";
    assert_fixed(text, text);
}

#[test]
fn marks_never_move_into_addresses() {
    let text = "**이 [설정](https://example.com/a/)**만, **![화면](a.png)**은, **[경로][r]**를 봅니다.\n\n[r]: https://example.com/r\n";
    assert_fixed(text, text);
}

#[test]
fn blank_behind_a_comma_never_opens_bold() {
    let text = "**발급되며,**해당 파일과 발급되며,가입니다.\n";
    assert_fixed(text, &text.replace(",가", ", 가"));
}

#[test]
fn joined_lists_keep_their_line_ends() {
    assert_fixed(
        "\u{feff}---\r\ntitle: 가\r\n---\r\n- 가\r\n- 나\r\n\r\n* 다\r\n",
        "\u{feff}---\r\ntitle: 가\r\n---\r\n- 가\r\n- 나\r\n- 다\r\n",
    );
}

#[test]
fn heading_that_a_link_names_keeps_its_id() {
    let text = "## 갯수 안내\n\n[글](#갯수-안내)\n\n## 갯수\n";
    assert_fixed(text, "## 갯수 안내\n\n[글](#갯수-안내)\n\n## 개수\n");
}

#[test]
fn heading_that_the_lock_names_keeps_its_id() {
    let mut sources = project(vec!["## 갯수 안내\n\n## 갯수\n".to_string()]);
    sources.lock = Some(Source {
        path: "ids.lock".to_string(),
        text: "d0.html\nd0.html#갯수-안내\n".to_string(),
    });
    let fixed = fix_documents(&sources, &config(), &|_, found| found).unwrap();
    assert_eq!(fixed.documents[0].text, "## 갯수 안내\n\n## 개수\n");
}
