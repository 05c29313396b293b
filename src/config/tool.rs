//! What a preset knows about the files of a documentation tool: by which it is recognized, and what
//! they say about navigation, language and title.

use serde::Deserialize;

/// The files of a tool.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ToolConvention {
    /// Files that show that a site is this tool's; one is enough.
    pub detect: Vec<ToolFile>,
    /// Keys of the frontmatter that only documents of this preset have.
    pub keys: Vec<String>,
    /// Files with the navigation, the first that is there counts.
    pub navigation: Vec<NavigationFile>,
    /// Files with settings of the site.
    pub settings: Vec<SettingFile>,
}

/// A file that shows which tool a site has.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToolFile {
    /// Its path below the project; a name that ends in `*` means any ending.
    pub file: String,
    /// What its text contains; empty where any does.
    #[serde(default)]
    pub contains: String,
    /// Whether it may be in any folder of the content, where nothing else shows the tool.
    #[serde(default)]
    pub anywhere: bool,
}

/// A file with the navigation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NavigationFile {
    /// Its path below the project, or its name in a folder of the content; as in [`ToolFile`].
    pub file: String,
    /// How it is written.
    pub form: NavigationForm,
    /// The key with the list; empty for the whole file.
    #[serde(default)]
    pub at: String,
}

/// How a navigation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NavigationForm {
    /// Lists and maps of entries, nested.
    Tree,
    /// A list of links in Markdown.
    Summary,
    /// One file for each folder: its title, and its entries in order.
    Folder,
}

/// A file with a setting.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettingFile {
    /// Its path below the project, as in [`ToolFile`].
    pub file: String,
    /// Path of the key, such as `theme.language`.
    pub at: String,
    /// Which setting it is.
    pub sets: Setting,
}

/// A setting of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Setting {
    /// Its name.
    Title,
    /// Language of its documents.
    Lang,
    /// Path at which it is published.
    Base,
}

impl ToolConvention {
    /// Whether a file of the content is one of the tool's own, which is not published.
    pub fn has_file(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        let detect = self.detect.iter().map(|file| &file.file);
        let navigation = self.navigation.iter().map(|file| &file.file);
        let settings = self.settings.iter().map(|file| &file.file);
        let mut files = detect.chain(navigation).chain(settings);
        files.any(|file| is_named(path, file) || is_named(name, file))
    }
}

fn is_named(path: &str, pattern: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => path
            .strip_prefix(start)
            .is_some_and(|ending| !ending.contains('/')),
        None => path == pattern,
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn files_of_a_tool_are_known_by_their_names() {
        let config = Config::read("preset: docusaurus", "tickbook.yaml").unwrap();
        let check = |path: &str, expected: bool| {
            assert_eq!(config.tool.has_file(path), expected, "{path}");
        };
        check("sidebars.js", true);
        check("a/_category_.json", true);
        check("a.png", false);
        check("sidebars.d/a.png", false);
        assert!(!Config::defaults().tool.has_file("_config.yml"));
    }
}
