//! Static files that are written in parts: the files of a folder `style.css/` make `style.css`.
//!
//! Parts are joined in the order of their names. The parts of a script share one scope, which
//! nothing outside sees, and lose the lines that only comment. A file that is there as a whole is taken instead of its parts.

use std::collections::BTreeMap;

/// Endings of files that may come in parts.
const ENDINGS: [&str; 2] = [".css", ".js"];

/// Joins the files that come in parts.
pub(super) fn join(files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let mut joined: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut parts: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for (name, bytes) in files {
        match whole(&name) {
            Some(whole) => {
                let part = parts.entry(whole.to_string()).or_default();
                part.extend(bytes);
                part.push(b'\n');
            }
            None => {
                joined.insert(name, bytes);
            }
        }
    }
    for (name, bytes) in parts {
        let bytes = if name.ends_with(".js") {
            enclose(&bytes)
        } else {
            bytes
        };
        joined.entry(name).or_insert(bytes);
    }
    joined
}

/// The file that a part belongs to; `None` for a file of its own.
fn whole(name: &str) -> Option<&str> {
    let (folder, _) = name.rsplit_once('/')?;
    let is_file = ENDINGS.iter().any(|ending| folder.ends_with(ending));
    is_file.then_some(folder)
}

fn enclose(script: &[u8]) -> Vec<u8> {
    let script = without_comments(&String::from_utf8_lossy(script));
    format!("(() => {{\n'use strict';\n{script}}})();\n").into_bytes()
}

/// The lines of a script that do something.
fn without_comments(script: &str) -> String {
    let mut kept = String::with_capacity(script.len());
    let mut is_comment = false;
    for line in script.lines().map(str::trim) {
        is_comment |= line.starts_with("/**") && !line.contains("*/");
        let is_short = line.starts_with("//") || (line.starts_with("/**") && line.ends_with("*/"));
        if !is_comment && !is_short && !line.is_empty() && line != "'use strict';" {
            kept.push_str(line);
            kept.push('\n');
        }
        is_comment &= !line.ends_with("*/");
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(files: &[(&str, &str)], expected: &[(&str, &str)]) {
        let files = files.iter();
        let files = files.map(|(name, text)| (name.to_string(), text.as_bytes().to_vec()));
        let joined = join(files.collect());
        let joined: Vec<(&str, &str)> = joined
            .iter()
            .map(|(name, bytes)| (name.as_str(), std::str::from_utf8(bytes).unwrap()))
            .collect();
        assert_eq!(joined, expected);
    }

    #[test]
    fn parts_make_one_file() {
        check(
            &[("a.css/1.css", "x"), ("a.css/2.css", "y"), ("b/c.css", "z")],
            &[("a.css", "x\ny\n"), ("b/c.css", "z")],
        );
        check(
            &[("a.js/1.js", "x")],
            &[("a.js", "(() => {\n'use strict';\nx\n})();\n")],
        );
    }

    #[test]
    fn scripts_lose_their_comments() {
        let script =
            "// a\n'use strict';\n/**\n * b\n */\nconst c = 1; // d\n/** e */\n/** f */ (g)();\n";
        let expected = "(() => {\n'use strict';\nconst c = 1; // d\n/** f */ (g)();\n})();\n";
        check(&[("a.js/1.js", script)], &[("a.js", expected)]);
    }

    #[test]
    fn whole_file_wins_over_its_parts() {
        check(
            &[("a.css", "own"), ("a.css/1.css", "x")],
            &[("a.css", "own")],
        );
    }
}
