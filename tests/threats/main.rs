//! Every threat has an id, and a test that carries it: here, or where the table says.
//!
//! X is HTML, T templates, P paths, Y YAML, M size, E encodings, C collisions, O and A the output
//! folder, H control of the server, R reproduction, S the preview, W the browser, V values of
//! merchants, D reports and data, F the user's own files, G the
//! history that git keeps.
//!
//! | id | file | text |
//! |---|---|---|
//! | X1 | threats/html.rs | `fn x1_` |
//! | X2 | threats/html.rs | `fn x2_` |
//! | X3 | threats/html.rs | `fn x3_` |
//! | X4 | browser/search.mjs | `hostile queries stay text` |
//! | T1 | threats/html.rs | `fn t1_` |
//! | T2 | threats/html.rs | `fn t2_` |
//! | T3 | threats/html.rs | `fn t3_` |
//! | P1 | threats/addresses.rs | `fn p1_` |
//! | P1 | threats/paths.rs | `fn p1_` |
//! | P2 | threats/paths.rs | `fn p2_` |
//! | P7 | print/figures.rs | `fn drawing_reads_no_other_file` |
//! | P7 | print/figures.rs | `fn images_that_cannot_be_shown_are_named` |
//! | P7 | print/figures.rs | `fn sheet_holds_no_more_images_than_it_may` |
//! | P3 | threats/paths.rs | `fn p3_` |
//! | P4 | threats/paths.rs | `fn p4_` |
//! | H1 | threats/paths.rs | `fn h1_` |
//! | Y1 | threats/yaml.rs | `fn y1_` |
//! | Y2 | threats/yaml.rs | `fn y2_` |
//! | Y3 | threats/yaml.rs | `fn y3_` |
//! | Y4 | threats/yaml.rs | `fn y4_` |
//! | M1 | threats/size.rs | `fn m1_` |
//! | M2 | linear.rs | `fn reading_takes_linear_time` |
//! | M2 | doubling/steps.rs | `fn whole_line` |
//! | M2 | threats/size.rs | `fn m2_` |
//! | M3 | threats/size.rs | `fn m3_` |
//! | M4 | output_size.rs | `fn a_site_weighs_no_more_than_a_multiple_of_its_content` |
//! | M7 | print/layout.rs | `fn sixty_levels_are_printed_with_every_word` |
//! | M7 | print/layout.rs | `fn twice_the_words_take_about_twice_as_long` |
//! | M7 | print/command.rs | `fn sheet_that_cannot_be_printed_costs_no_other` |
//! | E1 | threats/size.rs | `fn e1_` |
//! | E2 | threats/size.rs | `fn e2_` |
//! | E3 | threats/size.rs | `fn e3_` |
//! | C1 | threats/paths.rs | `fn c1_` |
//! | C2 | threats/paths.rs | `fn c2_` |
//! | O1 | threats/output.rs | `fn o1_` |
//! | O3 | threats/output.rs | `fn o3_` |
//! | O5 | threats/output.rs | `fn o5_` |
//! | O6 | threats/output.rs | `fn o6_` |
//! | O2 | output.rs | `fn o2_` |
//! | O4 | serve.rs | `fn o4_` |
//! | A1 | output.rs | `fn a1_` |
//! | A2 | output.rs | `fn a2_` |
//! | A3 | output.rs | `fn a3_` |
//! | A4 | output.rs | `fn a4_` |
//! | A5 | threats/output.rs | `fn a5_` |
//! | S1 | serve.rs | `fn s1_` |
//! | S2 | serve.rs | `fn s2_` |
//! | S3 | serve.rs | `fn s3_` |
//! | S4 | serve.rs | `fn s4_` |
//! | S5 | serve.rs | `fn s5_` |
//! | S6 | serve.rs | `fn s6_` |
//! | S6 | browser/preview.mjs | `other sites load, frame and read nothing of it` |
//! | R1 | threats/report.rs | `fn r1_` |
//! | R1 | print/main.rs | `fn same_input_gives_the_same_bytes` |
//! | W1 | browser/chromium.mjs | `request leaves the site` |
//! | W2 | cases.rs | `fn every_page_of_every_site_tells_what_it_may_load` |
//! | W2 | cases.rs | `fn every_page_of_every_site_is_safe_html` |
//! | W3 | browser/chromium.mjs | `pathToFileURL(path.join(site.root, file))` |
//! | W6 | search.rs | `fn w6_` |
//! | W6 | browser/search.mjs | `a query of any length is answered as fast as its start` |
//! | W4 | browser/checklist.mjs | `sites on one origin, in one place and on one disk keep their own ticks and cases` |
//! | W4 | browser/checklist.mjs | `every tab and the page behind the back button follow the case` |
//! | W7 | threats/feedback.rs | `fn w7_` |
//! | W7 | browser/feedback.mjs | `a checklist sends neither its case nor its ticks` |
//! | W7 | browser/feedback.mjs | `an answer is sent when the reader sends it, with what the page says of itself` |
//! | W5 | browser/checklist.mjs | `damaged storage kills no page` |
//! | V1 | browser/checklist.mjs | `typed values stay on the page until they are saved` |
//! | V1 | browser/checklist.mjs | `a shared link carries the case and no tick` |
//! | V1 | print/command.rs | `fn values_are_in_no_error` |
//! | V2 | threats/values.rs | `fn v2_` |
//! | V3 | threats/values.rs | `fn v3_` |
//! | V4 | threats/values.rs | `fn v4_` |
//! | V5 | browser/checklist.mjs | `a shared link carries no telephone number, address of mail or other long number` |
//! | V6 | browser/checklist.mjs | `kept before the answer` |
//! | D1 | threats/report.rs | `fn d1_` |
//! | D2 | threats/report.rs | `fn d2_` |
//! | D3 | threats/report.rs | `fn d3_` |
//! | D4 | threats/answers.rs | `fn d4_` |
//! | D5 | threats/answers.rs | `fn d5_` |
//! | D6 | threats/answers.rs | `fn d6_` |
//! | D7 | threats/answers.rs | `fn d7_` |
//! | F1 | threats/files.rs | `fn f1_` |
//! | F2 | threats/files.rs | `fn f2_` |
//! | F3 | threats/files.rs | `fn f3_` |
//! | F4 | threats/files.rs | `fn f4_` |
//! | F5 | threats/files.rs | `fn f5_` |
//! | G1 | threats/history.rs | `fn g1_` |
//! | G2 | threats/history.rs | `fn g2_` |
//! | G3 | threats/history.rs | `fn g3_` |
//! | G4 | threats/history.rs | `fn g4_` |
//! | G5 | threats/history.rs | `fn g5_` |
#![cfg(unix)]

mod addresses;
mod answers;
mod feedback;
mod files;
mod history;
mod html;
mod output;
mod paths;
mod place;
mod report;
#[path = "../support/safe.rs"]
mod safe;
mod size;
mod values;
mod yaml;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use tickbook::check::baseline::MAX_BASELINE_BYTES;
use tickbook::config::MAX_CONFIG_BYTES;
use tickbook::markdown::frontmatter::{MAX_FRONTMATTER_BYTES, MAX_FRONTMATTER_NESTING};
use tickbook::model::limit::{MAX_ALIASES, MAX_CATEGORY_DEPTH, MAX_MODES, MAX_MOVES, MAX_TOPICS};
use tickbook::model::lock::MAX_LOCK_BYTES;
use tickbook::output::write::MAX_MANIFEST_BYTES;
use tickbook::render::brand::MAX_BRAND_FILE_BYTES;
use tickbook::render::theme::MAX_THEME_FILE_BYTES;
use tickbook::source::{MAX_ASSET_BYTES, MAX_DOCUMENT_BYTES};

/// Every id.
const IDS: [&str; 75] = [
    "X1", "X2", "X3", "X4", "T1", "T2", "T3", "P1", "P2", "P7", "P3", "P4", "H1", "Y1", "Y2", "Y3",
    "Y4", "M1", "M2", "M3", "M4", "M7", "E1", "E2", "E3", "C1", "C2", "O1", "O3", "O5", "O6", "O2",
    "O4", "A1", "A2", "A3", "A4", "A5", "S1", "S2", "S3", "S4", "S5", "S6", "R1", "W1", "W2", "W3",
    "W6", "W4", "W7", "W5", "V1", "V2", "V3", "V4", "V5", "V6", "D1", "D2", "D3", "D4", "D5", "D6",
    "D7", "F1", "F2", "F3", "F4", "F5", "G1", "G2", "G3", "G4", "G5",
];

/// Rows of the table at the head of this file.
fn rows() -> Vec<[&'static str; 3]> {
    let lines = include_str!("main.rs").lines();
    let rows = lines.filter_map(|line| line.strip_prefix("//! | ")?.strip_suffix(" |"));
    let cells = rows.filter_map(|row| row.split(" | ").collect::<Vec<_>>().try_into().ok());
    cells.filter(|[id, ..]: &[&str; 3]| *id != "id").collect()
}

#[test]
fn every_threat_has_a_test_that_stands_where_the_table_says() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for [id, file, text] in rows() {
        let held = fs::read_to_string(tests.join(file)).unwrap();
        assert!(
            held.contains(text.trim_matches('`')),
            "{id}: {file} lacks {text}"
        );
        let own = format!("fn {}_", id.to_lowercase());
        assert!(
            !file.starts_with("threats/") || text.contains(&own),
            "{id}: {text}"
        );
    }
    let told: BTreeSet<&str> = rows().iter().map(|[id, ..]| *id).collect();
    assert_eq!(told, BTreeSet::from(IDS));
}

#[test]
fn limits_and_promises_stand_in_the_readme() {
    assert_eq!(MAX_LOCK_BYTES, MAX_BASELINE_BYTES);
    let readme = include_str!("../../README.md");
    let (_, security) = readme.split_once("\n## Security\n").unwrap();
    let security = security.split("\n## ").next().unwrap();
    for limit in [
        format!("| a document | {} MiB |", MAX_DOCUMENT_BYTES >> 20),
        format!("out | {} KiB |", MAX_FRONTMATTER_BYTES >> 10),
        format!("frontmatter | {MAX_FRONTMATTER_NESTING} |"),
        "components | 64 |".to_string(),
        format!("| levels of a category | {MAX_CATEGORY_DEPTH} |"),
        format!("one document names | {MAX_TOPICS} |"),
        format!("| former addresses of a document | {MAX_ALIASES} |"),
        format!("checklists lead on too | {MAX_MOVES} |"),
        format!("| modes of a scenario with a checklist | {MAX_MODES} |"),
        format!("| `tickbook.yaml` | {} MiB |", MAX_CONFIG_BYTES >> 20),
        format!("| `ids.lock`, a baseline | {} MiB |", MAX_LOCK_BYTES >> 20),
        format!(
            "| another file of the content | {} MiB |",
            MAX_ASSET_BYTES >> 20
        ),
        format!("in the output | {} MiB |", MAX_MANIFEST_BYTES >> 20),
        format!("`site/`, a font | {} MiB |", MAX_THEME_FILE_BYTES >> 20),
        format!("font of the pages | {} MiB |", MAX_BRAND_FILE_BYTES >> 20),
        "**Never evaluated.**".to_string(),
        "**Never read.**".to_string(),
        "**What a build promises.**".to_string(),
        "**What happens to your files.**".to_string(),
        "**What is not promised.**".to_string(),
    ] {
        assert!(security.contains(&limit), "{limit}");
    }
}
