//! `assets:` in `tickbook.yaml`: which files of the content are published.
//!
//! ```text
//! pattern := '/'? (character | '?' | '*' | '**')*
//! ```
//!
//! `?` is one character and `*` any number of them within a name; `**` is any number of characters,
//! slashes included.

use serde::Deserialize;

/// Which files of the content are published.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AssetConfig {
    /// Names by which a file would control the server. A pattern with a slash is compared with
    /// the whole path, one without with each name on it; case does not count.
    pub hosting: Vec<String>,
    /// Paths below the content folder that are published all the same, as patterns of whole paths;
    /// case counts.
    pub allow: Vec<String>,
}

impl AssetConfig {
    /// The pattern by which a file at `path` would control the server; `None` when there is none,
    /// or the file is allowed.
    pub fn refused(&self, path: &str) -> Option<&str> {
        let lower = path.to_lowercase();
        let is_named = |pattern: &&String| {
            let pattern = pattern.to_lowercase();
            match pattern.contains('/') {
                true => is_match(pattern.trim_start_matches('/'), &lower),
                false => lower.split('/').any(|name| is_match(&pattern, name)),
            }
        };
        let refused = self.hosting.iter().find(is_named)?;
        let is_allowed = |pattern: &String| is_match(pattern.trim_start_matches('/'), path);
        let is_allowed = self.allow.iter().any(is_allowed);
        (!is_allowed).then_some(refused)
    }
}

/// Whether a text is one of those that a pattern describes. Each character is compared once with
/// every place in the pattern, whatever stars it contains.
pub(super) fn is_match(pattern: &str, text: &str) -> bool {
    let end = pattern.rsplit(['*', '?']).next().unwrap_or_default();
    if !text.ends_with(end) {
        return false;
    }
    let pattern: Vec<char> = pattern.chars().collect();
    // Places in the pattern up to which the text so far is described.
    let mut places = vec![false; pattern.len() + 1];
    places[0] = true;
    skip_stars(&pattern, &mut places);
    for character in text.chars() {
        let mut next = vec![false; pattern.len() + 1];
        for (at, mark) in pattern.iter().enumerate().filter(|(at, _)| places[*at]) {
            match mark {
                '*' => next[at] |= character != '/' || is_double(&pattern, at),
                '?' => next[at + 1] |= character != '/',
                mark => next[at + 1] |= *mark == character,
            }
        }
        skip_stars(&pattern, &mut next);
        places = next;
    }
    places[pattern.len()]
}

/// A star may be nothing, so the place after it is reached with its own.
fn skip_stars(pattern: &[char], places: &mut [bool]) {
    for (at, mark) in pattern.iter().enumerate() {
        if places[at] && *mark == '*' {
            places[at + 1] = true;
        }
    }
}

/// Whether the star at `at` is one of two.
fn is_double(pattern: &[char], at: usize) -> bool {
    let is_star = |at: usize| pattern.get(at) == Some(&'*');
    is_star(at + 1) || (at > 0 && is_star(at - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_are_parts_of_a_name_and_double_ones_of_a_path() {
        for (pattern, text, expected) in [
            ("a.png", "a.png", true),
            ("a.png", "b/a.png", false),
            ("*.php", "a.php", true),
            ("*.php", "a/b.php", false),
            ("**.php", "a/b.php", true),
            ("api/**.js", "api/a.js", true),
            ("api/**.js", "api/a/b.js", true),
            ("api/**.js", "api.js", false),
            ("a/*/b", "a/x/b", true),
            ("a/*/b", "a/x/y/b", false),
            ("a/**/b", "a/x/y/b", true),
            ("*.php?", "a.php5", true),
            ("*.php?", "a.php", false),
            ("*", "", true),
            ("", "", true),
            ("", "a", false),
            ("가*", "가나.png", true),
        ] {
            assert_eq!(is_match(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn time_of_a_match_does_not_grow_with_the_stars() {
        let (pattern, text) = ("*a".repeat(200) + "b", "a".repeat(4000));
        assert!(!is_match(&pattern, &text));
        assert!(!is_match(&(pattern + "*"), &text));
    }

    #[test]
    fn allowed_paths_are_whole_ones() {
        let config = |allow: &str| AssetConfig {
            hosting: vec!["CNAME".into(), "/api/**.js".into()],
            allow: vec![allow.into()],
        };
        for (path, allow, expected) in [
            ("CNAME", "", Some("CNAME")),
            ("cname", "", Some("CNAME")),
            ("a/CName/b", "", Some("CNAME")),
            ("CNAMES", "", None),
            ("API/a.JS", "", Some("/api/**.js")),
            ("a/api/a.js", "", None),
            ("CNAME", "CNAME", None),
            ("CNAME", "/CNAME", None),
            ("cname", "CNAME", Some("CNAME")),
            ("a/CNAME", "CNAME", Some("CNAME")),
            ("a/CNAME", "*/CNAME", None),
        ] {
            assert_eq!(config(allow).refused(path), expected, "{path} {allow}");
        }
    }
}
