//! The table of tools in README.md against the presets.

use std::collections::BTreeSet;

use tickbook::config::Config;
use tickbook::markdown::schema::Dialect;

/// The words in backticks of a cell.
fn names(cell: &str) -> BTreeSet<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[test]
fn readme_says_of_every_tool_what_its_preset_does() {
    let readme = include_str!("../README.md");
    let (_, section) = readme.split_once("\n## Your documents\n").unwrap();
    let rows = section.lines().skip_while(|line| !line.starts_with("|---"));
    let rows = rows.skip(1).take_while(|line| line.starts_with('|'));
    let mut tools = 0;
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [preset, recognized, dialect, navigation] = cells[..] else {
            panic!("{row}");
        };
        let preset = preset.trim_matches('`');
        let config = Config::read(&format!("preset: {preset}"), "tickbook.yaml").unwrap();
        let expected = match config.dialect {
            Dialect::Help => "help",
            Dialect::Mdx => "mdx",
            Dialect::Markdown => "markdown",
        };
        assert_eq!(dialect, expected, "{preset}");
        let lists = config.tool.navigation.iter();
        let lists: BTreeSet<&str> = lists.map(|file| file.file.as_str()).collect();
        assert_eq!(names(navigation), lists, "{preset}");
        if config.tool.detect.is_empty() {
            continue;
        }
        let files = config.tool.detect.iter();
        let files: BTreeSet<&str> = files.map(|file| file.file.as_str()).collect();
        assert_eq!(names(recognized), files, "{preset}");
        tools += 1;
    }
    assert_eq!(tools, 10);
}
