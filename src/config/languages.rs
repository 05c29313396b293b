//! The languages of documents: their codes, names and directions.

use std::collections::BTreeMap;

use serde::Deserialize;

const LANGUAGES: &str = include_str!("../presets/languages.yaml");

/// Codes of the languages that paths may name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Languages {
    names: BTreeMap<String, String>,
    right_to_left: Vec<String>,
    also: BTreeMap<String, String>,
}

impl Languages {
    /// The built-in list.
    pub fn load() -> Self {
        serde_yaml::from_str(LANGUAGES).expect("the embedded list is valid, a test reads it")
    }

    /// The tag that a written code means, such as `zh-Hans` for `zh_hans`; `None` where it is no
    /// code of a language.
    pub fn tag(&self, written: &str) -> Option<String> {
        let written = written.to_ascii_lowercase().replace('_', "-");
        if let Some(tag) = self.also.get(&written) {
            return Some(tag.clone());
        }
        let mut parts = written.split('-');
        let language = parts.next()?;
        self.names.get(language)?;
        let mut tag = language.to_string();
        for part in parts {
            let is_plain = part.bytes().all(|byte| byte.is_ascii_alphabetic());
            let part = match part.len() {
                2 if is_plain => part.to_ascii_uppercase(),
                4 if is_plain => part[..1].to_ascii_uppercase() + &part[1..],
                3 if part.bytes().all(|byte| byte.is_ascii_digit()) => part.to_string(),
                _ => return None,
            };
            tag = format!("{tag}-{part}");
        }
        Some(tag)
    }

    /// A language's own name; the tag where it has none.
    pub fn name<'l>(&'l self, tag: &'l str) -> &'l str {
        self.names.get(language(tag)).map_or(tag, String::as_str)
    }

    /// Whether a language is written from right to left.
    pub fn is_right_to_left(&self, tag: &str) -> bool {
        self.right_to_left.iter().any(|own| own == language(tag))
    }
}

/// The language of a tag, without script and region.
fn language(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_folders_have_them() {
        let languages = Languages::load();
        for (written, expected) in [
            ("ko", Some("ko")),
            ("zh_hans", Some("zh-Hans")),
            ("zh-tw", Some("zh-TW")),
            ("pt-BR", Some("pt-BR")),
            ("es-419", Some("es-419")),
            ("cn", Some("zh-CN")),
            ("ts", None),
            ("api", None),
            ("en-guide", None),
        ] {
            assert_eq!(languages.tag(written).as_deref(), expected, "{written}");
        }
        assert_eq!(languages.name("ko-KR"), "한국어");
        assert!(languages.is_right_to_left("fa") && !languages.is_right_to_left("fr"));
    }
}
