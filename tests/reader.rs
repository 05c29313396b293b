//! Texts that once broke the reader, found by `scripts/fuzz`, held to what must hold for any text.

#[path = "reader/checks.rs"]
mod checks;

use std::path::Path;

use checks::check;

#[test]
fn cells_that_a_row_lacks_stand_at_its_end() {
    check("| a | b |\n| - | - |\n| c\n\nd\n");
    check("a|b\n-|-\nc \n\nd");
    check("a|b\n-|-\nc\u{0}\n");
}

#[test]
fn cells_that_a_head_lacks_keep_their_text() {
    check("| 가 | 나 |\n|-|-|\n| 다 | 라 | 마 | 바\\|사 |\n| 아\n");
    check("> 가|나\n> -|-\n> 다|라|`마|바`\n");
    check("- 가|나\n  -|-\n  다|라|<Tag text=\"마|바\" /> 사\n");
    check("<Callout content=\"가|나\n-|-\n다|라|마\" />\n");
}

#[test]
fn ids_of_headings_stand_in_them() {
    check("> ## 가 {#나 .다}\r\n> <a id=라></a>마\n> ===\n");
    check("가\n{#b}\n---\n## {#c}\n## *d*{#e}\u{0} ##\n");
    check("## <a id=b> 가 </a> {#c}\t\n##### <a name=d/>\\{#e}\n");
}

#[test]
fn tag_behind_text_in_an_html_block_keeps_its_place() {
    check("<!--\n\na <Unknown> b");
    check("  <!--\n\n    <!-- foo -<!<!&quot;<Unknown> foo ->\n");
}

#[test]
fn tag_open_in_a_tight_item_ends_before_a_block_below_it() {
    check("- <Unknown>a\n  - b\n");
    check("> - <Unknown>a\n>   - b\n");
    check("- <Indent>가\n  - 나\n");
    check("- <Indent>가\n  - 나\n  </Indent>\n");
    check("- 가 <Indent>\n  # 나\n");
    check("- <Indent>가\n  <Callout title=\"나\" />\n");
    check("- <Indent>가\n  <!-- 나 -->\n");
    check("- <Indent><Accordion>가\n  </Accordion> <!-- 나 -->\n");
}

#[test]
fn tag_without_its_partner_reaches_over_the_blanks_it_holds() {
    check("<Indent><Accordion>a </Indent>");
    check("<Indent>\n\na\u{a0}\n");
}

#[test]
fn tab_at_the_end_of_a_heading_is_no_part_of_it() {
    for text in [
        "# a\t",
        "# **a**\t",
        "# `a`\t",
        "# [a](b)\t",
        "# <Indent>a\t",
    ] {
        check(text);
    }
}

#[test]
fn text_behind_a_closing_tag_stays_in_the_component_around_its_paragraph() {
    check("<Indent>\na</Indent> b\n");
    check("<Indent>\na</Indent>\n*\n</Indent>\n");
    check("<Indent>\n</Indent>b");
}

#[test]
fn raw_tag_around_a_tag_is_kept_whole() {
    check("<a t=\"가\n<t e=\"\">\">");
}

#[test]
fn key_with_a_tag_is_reported_within_the_frontmatter() {
    check("---\ntitle: 자주\n! description: a\n---\n");
    check("---\n\n! descriptions: a\n---\n");
}

#[test]
fn text_between_the_shortest_tags_is_kept() {
    check("v\n    <a>\n기\n    <a>");
    check("v\n    <A>\n기\n    <A>");
}

#[test]
fn definitions_are_looked_for_without_the_characters_that_are_dropped() {
    check("[f]\u{0}:`가나\n**\n[ω]\n");
    check("[f]\u{202a}: 가나\n");
}

#[test]
fn number_before_a_letter_of_another_script_is_no_literal() {
    check("{.\u{fffd}.a}");
    check("<A b={1가} c={[2é, 3]} />\n\n```js {{ a: 1가 }}\n```\n");
}

#[test]
fn character_that_is_dropped_ends_no_admonition() {
    check("???e\n\u{0}A");
    check("!!! a\n    b\n\u{202a}c\n");
}

#[test]
fn admonition_of_a_kind_that_is_no_name_is_text() {
    check("???7\n    y");
    check("!!! 7 \"a\"\n    y\n");
    check("??? quiz\n    y\n!!! a \"\"\n    ???+ b \"]{c}\"\n        z");
}

/// Documents of other sites, read in every dialect. They are in the folder that
/// `TICKBOOK_YARDSTICKS` names; without it there is nothing to read.
#[test]
fn documents_of_other_sites_keep_their_places() {
    let Some(folder) = std::env::var_os("TICKBOOK_YARDSTICKS") else {
        return;
    };
    let files = walkdir::WalkDir::new(folder).into_iter().flatten();
    let is_document = |path: &Path| path.extension().is_some_and(|e| e == "md" || e == "mdx");
    let mut read = 0;
    for file in files.filter(|file| is_document(file.path())) {
        let text = std::fs::read_to_string(file.path()).unwrap_or_default();
        // A text that is cut off ends in the middle of a construct.
        for end in [text.len(), text.len() / 2, text.len() / 3] {
            let end = text.floor_char_boundary(end);
            let result = std::panic::catch_unwind(|| check(&text[..end]));
            assert!(result.is_ok(), "{} up to {end}", file.path().display());
        }
        read += 1;
    }
    assert!(read > 500, "{read} documents");
}
