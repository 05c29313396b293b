//! What the settings of a project say of each other: names that are unique, names that exist,
//! lists that contain something. Each fault is named by the path of its key.

mod procedures;
mod site;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Component, Path};

use serde_yaml::Value;

use crate::config::print::{LOGO_FORMATS, SCALES, scale_fault};
use crate::config::secrets::SecretLabel;
use crate::config::{CaseField, Config, Conventions, FieldConvention};
use crate::disk::is_git;
use crate::markdown::frontmatter::KEYS;
use crate::nearness::nearest;
use crate::normal::without_blanks;

/// Longest key of a mode or a box, in bytes: keys become names of files and of heading ids.
const LONGEST_KEY: usize = 60;

/// Every fault, in the order of the file's keys. What a project's own file, `user`, does not say is
/// not held against it: a preset may require modes that the project has replaced.
pub(super) fn faults(config: &Config, user: &Value) -> Vec<String> {
    let mut faults = Faults(Vec::new());
    faults.filled("content", &config.content);
    faults.folder("content", &config.content);
    faults.filled("output", &config.output);
    faults.folder("output", &config.output);
    output(&config.output, &config.content, &mut faults);
    patterns("assets.hosting", &config.assets.hosting, &mut faults);
    patterns("assets.allow", &config.assets.allow, &mut faults);
    faults.unique("site.categories", &config.site.categories);
    site::check(&config.site, &mut faults);
    conventions(&config.conventions, &mut faults);
    procedures::check(&config.procedures, user, &mut faults);
    let boxes = &config.checklist.case_fields;
    faults.keys("checklist.case_fields", boxes.iter().map(|one| &one.key));
    for (index, one) in boxes.iter().enumerate() {
        let at = format!("checklist.case_fields[{index}]");
        faults.filled(&format!("{at}.label"), &one.label);
        if is_secret(one, &config.conventions.fields) {
            let label = &one.label;
            let what = format!(
                "`{label}` names a secret, which is entered in the console and written nowhere else; remove the box"
            );
            faults.add(&at, &what);
        }
    }
    faults.list("print.fonts", &config.print.fonts);
    if !config.print.logo.is_empty() {
        site::path("print.logo", &config.print.logo, LOGO_FORMATS, &mut faults);
    }
    if !SCALES.contains(&config.print.scale) {
        faults.add("print.scale", &scale_fault());
    }
    check(config, user, &mut faults);
    for name in config.components.names() {
        faults.component(name);
    }
    faults.0
}

/// A folder that no build would write to whatever is on the disk; the rest is asked when it writes.
fn output(output: &str, content: &str, faults: &mut Faults) {
    let shown = output;
    let (output, content) = (Below::of(output), Below::of(content));
    let Some(output) = output.filter(|_| !shown.trim().is_empty()) else {
        return;
    };
    if output.names.iter().any(|name| is_git(OsStr::new(name))) {
        faults.add(
            "output",
            &format!("`{shown}` is inside git's own folder; write `dist`"),
        );
    } else if output.names.is_empty() {
        let what =
            format!("`{shown}` contains the project; name a separate folder, such as `dist`");
        faults.add("output", &what);
    } else if content.is_some_and(|content| content.meets(&output)) {
        let what =
            format!("`{shown}` and the content folder must not be inside each other; write `dist`");
        faults.add("output", &what);
    }
}

/// A path by its names, seen from the project's folder.
struct Below<'p> {
    /// Folders up.
    ups: usize,
    /// Names from there down.
    names: Vec<&'p str>,
}

impl<'p> Below<'p> {
    /// Reads a path; `None` for one that starts elsewhere.
    fn of(path: &'p str) -> Option<Self> {
        let (mut ups, mut names) = (0, Vec::new());
        for part in Path::new(path).components() {
            match part {
                Component::Normal(name) => names.push(name.to_str()?),
                Component::CurDir => {}
                Component::ParentDir if names.pop().is_none() => ups += 1,
                Component::ParentDir => {}
                Component::RootDir | Component::Prefix(_) => return None,
            }
        }
        Some(Self { ups, names })
    }

    /// Whether one of them is the other, or contains it.
    fn meets(&self, other: &Self) -> bool {
        let mut pairs = self.names.iter().zip(&other.names);
        self.ups == other.ups && pairs.all(|(one, other)| one == other)
    }
}

/// Patterns of paths below the content folder: one that no path fits is a slip.
fn patterns(key: &str, patterns: &[String], faults: &mut Faults) {
    faults.list(key, patterns);
    for (index, pattern) in patterns.iter().enumerate() {
        let names = pattern.strip_prefix('/').unwrap_or(pattern).split('/');
        let mut names = names.filter(|_| !pattern.trim().is_empty());
        let is_no_name = |name: &str| matches!(name, "" | "." | "..") || name.contains(is_no_part);
        if names.any(is_no_name) {
            let what = format!(
                "`{pattern}` fits no file; write a path below the content folder, with `/` between its names"
            );
            faults.add(&format!("{key}[{index}]"), &what);
        }
    }
}

fn is_no_part(character: char) -> bool {
    character == '\\' || character.is_control()
}

fn conventions(conventions: &Conventions, faults: &mut Faults) {
    let modes = &conventions.modes;
    faults.keys("conventions.modes", modes.iter().map(|mode| &mode.key));
    for (index, mode) in modes.iter().enumerate() {
        let at = format!("conventions.modes[{index}]");
        faults.filled(&format!("{at}.title"), &mode.title);
        faults.list(&format!("{at}.headings"), &mode.headings);
        faults.list(&format!("{at}.names"), &mode.names);
        if mode.headings.is_empty() {
            faults.add(&format!("{at}.headings"), "no heading opens this mode");
        }
    }
    if let Some(key) = &conventions.frontmatter.companies {
        let at = "conventions.frontmatter.companies";
        faults.filled(at, key);
        if KEYS.contains(&key.as_str()) {
            faults.add(at, &format!("`{key}` has a meaning of its own"));
        }
    }
    let sections = &conventions.sections;
    let headings = modes.iter().flat_map(|mode| &mode.headings);
    let headings = headings.chain(&sections.path).chain(&sections.fields);
    faults.unique("conventions: headings of modes and sections", headings);
    faults.list("conventions.sections.path", &sections.path);
    faults.list("conventions.sections.fields", &sections.fields);
    faults.unique("conventions.versions.names", &conventions.versions.names);
    faults.list("conventions.versions.names", &conventions.versions.names);
    let separators = &conventions.path.separators;
    if let Some(index) = separators.iter().position(|one| one.trim().is_empty()) {
        let key = format!("conventions.path.separators[{index}]");
        faults.add(&key, "a separator must contain more than spaces");
    }
    fields(&conventions.fields, faults);
    faults.list("conventions.links.promises", &conventions.links.promises);
}

/// Whether a secret would be written in a box.
fn is_secret(field: &CaseField, words: &FieldConvention) -> bool {
    let mut texts = [&field.label, &field.key].into_iter();
    texts.any(|text| words.secret_word(&SecretLabel::of(text)).is_some())
}

fn fields(fields: &FieldConvention, faults: &mut Faults) {
    let lists = [
        ("actions", fields.actions.as_slice()),
        ("blank", fields.blank.written()),
        ("secret", fields.secret.written()),
        ("secret_tokens", fields.secret_tokens.written()),
        ("optional", fields.optional.written()),
        ("free_text", fields.free_text.written()),
        ("issued", fields.issued.written()),
        ("public", fields.public.written()),
        ("required", fields.required.written()),
    ];
    for (key, words) in lists {
        faults.list(&format!("conventions.fields.{key}"), words);
    }
}

fn check(config: &Config, user: &Value, faults: &mut Faults) {
    let facts = &config.check.procedure;
    let own = |key: &str| {
        let procedure = user.get("check").and_then(|check| check.get("procedure"));
        procedure.is_some_and(|procedure| procedure.get(key).is_some())
    };
    let modes: Vec<&str> = config
        .conventions
        .modes
        .iter()
        .map(|mode| mode.key.as_str())
        .collect();
    for key in facts
        .required_modes
        .iter()
        .filter(|_| own("required_modes"))
    {
        if !modes.contains(&key.as_str()) {
            let hint = match nearest(key, modes.iter().copied()) {
                Some(near) => format!("; did you mean `{near}`?"),
                None => format!("; there are: {}", modes.join(", ")),
            };
            faults.add(
                "check.procedure.required_modes",
                &format!("`{key}` is not the key of a mode{hint}"),
            );
        }
    }
    for (field, values) in &facts.values {
        let key = format!("check.procedure.values.{field}");
        faults.list(&key, values);
        if values.is_empty() {
            faults.add(&key, "the field has no values; name some, or leave it out");
        }
    }
    faults.list("check.procedure.console_paths", &facts.console_paths);
    if let Some(level @ (0 | 7..)) = config.check.structure.first_heading {
        faults.add(
            "check.structure.first_heading",
            &format!("`{level}` is not a heading level; write 1 to 6"),
        );
    }
}

struct Faults(Vec<String>);

impl Faults {
    fn add(&mut self, key: &str, what: &str) {
        self.0.push(format!("{key}: {what}"));
    }

    fn filled(&mut self, key: &str, text: &str) {
        if text.trim().is_empty() {
            self.add(key, "it is empty");
        }
    }

    /// A setting without which the one at `key` means nothing.
    fn given(&mut self, key: &str, name: &str, text: &str) {
        if text.trim().is_empty() {
            self.add(key, &format!("`{name}` is missing"));
        }
    }

    fn folder(&mut self, key: &str, folder: &str) {
        if folder.contains(char::is_control) {
            self.add(key, "a folder name must not contain control characters");
        }
    }

    /// A list whose entries are looked for in texts: an empty one would be found everywhere.
    fn list(&mut self, key: &str, entries: &[String]) {
        for (index, entry) in entries.iter().enumerate() {
            self.filled(&format!("{key}[{index}]"), entry);
        }
    }

    fn unique<'e>(&mut self, key: &str, entries: impl IntoIterator<Item = &'e String>) {
        let mut seen = BTreeSet::new();
        for entry in entries {
            if !seen.insert(without_blanks(entry)) {
                self.add(key, &format!("`{entry}` is there twice"));
            }
        }
    }

    /// Keys, which become parts of ids, file names and addresses.
    fn keys<'k>(&mut self, list: &str, keys: impl Iterator<Item = &'k String>) {
        let mut seen = BTreeSet::new();
        for (index, key) in keys.enumerate() {
            let at = format!("{list}[{index}].key");
            if !is_key(key) {
                self.add(
                    &at,
                    &format!("`{key}` is not a valid key; write letters, digits, `-` and `_` only"),
                );
            }
            if !seen.insert(key) {
                self.add(&at, &format!("`{key}` is there twice"));
            }
        }
    }

    fn component(&mut self, name: &str) {
        let is_name =
            name.starts_with(|c: char| c.is_ascii_uppercase()) && name.bytes().all(is_name_byte);
        if !is_name {
            let what = "a component's name starts with a capital letter and contains letters, digits, `.` and `_` only";
            self.add(&format!("components.{name}"), what);
        }
    }
}

fn is_key(key: &str) -> bool {
    let is_known = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    !key.is_empty() && key.len() <= LONGEST_KEY && key.chars().all(is_known)
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_')
}
