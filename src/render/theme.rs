//! Templates and static files: the built-in ones, and the user's own where they have some.
//!
//! A user's file wins over the built-in one of the same name; the built-in template stays
//! reachable as `builtin/page.html`, for `extends`. Tera is named here only.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use serde::Serialize;
use sha2::{Digest, Sha256};
use tera::{Context, Tera};

use crate::config::Language;
use crate::config::print::PrintConfig;
use crate::config::site::SiteConfig;
use crate::disk::{Kind, open_below};
use crate::error::Error;
use crate::render::brand::Brand;
use crate::render::highlight::Highlighter;
use crate::render::join::join;
#[cfg(feature = "pdf")]
use crate::render::print_settings::PrintSettings;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
/// `site/` as the build script leaves it, its scripts shortened.
static FILES: Dir<'_> = include_dir!("$OUT_DIR/site");
/// The scripts that come in parts there, as one each, so that the names that parts share are short, too.
static WHOLE_SCRIPTS: Dir<'_> = include_dir!("$OUT_DIR/whole");

/// Largest file of a project's `templates/` or `site/` that is read, in bytes.
pub const MAX_THEME_FILE_BYTES: u64 = 64 << 20;

/// Hexadecimal digits of a content hash in a file name.
const HASH_DIGITS: usize = 8;

/// Bytes that most pages and sheets need no more than.
const USUAL_BYTES: usize = 1 << 16;

/// Style sheet of the printed sheet; a self-contained sheet contains its text.
const SHEET_STYLE: &str = "checklist.css";

/// Style sheet of the pages, which a brand adds to.
const SITE_STYLE: &str = "style.css";

/// The built-in icon, which stays only where the project has none.
const BUILT_IN_ICON: &str = "favicon.svg";

/// Beginning of the names of a project's icons.
const OWN_ICON: &str = "favicon.";

/// Ending of templates for paper, which are not Tera's.
const PAGE_ENDING: &str = ".typ";

/// Templates and static files of one project.
pub struct Theme {
    tera: Tera,
    highlighter: Arc<Highlighter>,
    pages: BTreeMap<String, String>,
    #[cfg(feature = "pdf")]
    print_settings: PrintSettings,
    files: Arc<BTreeMap<String, Vec<u8>>>,
    hashed: Arc<BTreeMap<String, String>>,
    digest: [u8; 32],
    editions: BTreeMap<EditionKey, Theme>,
}

/// What decides which words and which navigation are around a text: the language of the words, and
/// the language that the path names.
pub type EditionKey = (Language, Option<String>);

impl Theme {
    /// The built-in theme with what `root` has in `templates/` and `site/` laid over it.
    ///
    /// # Errors
    /// [`Error::Io`] when a file cannot be read or is a link, [`Error::Template`] when a template is
    /// not valid.
    pub fn load(root: Option<&Path>) -> Result<Self, Error> {
        let mut templates = embedded(&TEMPLATES);
        let mut files = embedded(&FILES);
        let (own_templates, own_files) = match root {
            Some(root) => (read_folder(root, "templates")?, read_folder(root, "site")?),
            None => (BTreeMap::new(), BTreeMap::new()),
        };
        let digest = digest([&own_templates, &own_files]);
        for (name, own) in own_templates {
            if let Some(built_in) = templates.insert(name.clone(), own) {
                templates.insert(format!("builtin/{name}"), built_in);
            }
        }
        use_whole_scripts(&mut files, &own_files);
        files.extend(own_files);
        let mut tera = Tera::new();
        // Every template is HTML, whatever its name ends in.
        tera.autoescape_on(vec![""]);
        let mut sources = Vec::with_capacity(templates.len());
        let mut pages = BTreeMap::new();
        for (name, bytes) in templates {
            let text = String::from_utf8(bytes).map_err(|_| not_utf8(&name))?;
            if name.ends_with(PAGE_ENDING) {
                pages.insert(name, text);
            } else {
                sources.push((name, text));
            }
        }
        tera.add_raw_templates(sources)
            .map_err(|error| template_error(&error))?;
        let files = join(files);
        let hashed = hashed_names(&files);
        Ok(Self {
            tera,
            highlighter: Arc::default(),
            pages,
            #[cfg(feature = "pdf")]
            print_settings: PrintSettings::default(),
            files: Arc::new(files),
            hashed: Arc::new(hashed),
            digest,
            editions: BTreeMap::new(),
        })
    }

    /// The same theme with a project's brand.
    ///
    /// # Errors
    /// Those of [`Brand::load`].
    pub fn with_brand(mut self, root: Option<&Path>, site: &SiteConfig) -> Result<Self, Error> {
        let Some(root) = root else {
            return Ok(self);
        };
        let brand = Brand::load(root, site)?;
        if brand.is_empty() {
            return Ok(self);
        }
        let mut files = (*self.files).clone();
        if brand.files.keys().any(|name| name.starts_with(OWN_ICON)) {
            files.remove(BUILT_IN_ICON);
        }
        files.extend(brand.files.clone());
        let style = brand.style(|name| {
            let path = files.get(name).map(|bytes| hashed_name(name, bytes));
            let path = path.unwrap_or_default();
            // Both are in one folder.
            path.rsplit('/').next().unwrap_or_default().to_string()
        });
        if let Some(sheet) = files.get_mut(SITE_STYLE) {
            sheet.extend(style.bytes());
        }
        let style = BTreeMap::from([(SITE_STYLE.to_string(), style.into_bytes())]);
        let before = BTreeMap::from([(String::new(), self.digest.to_vec())]);
        self.digest = digest([&before, &brand.files, &style]);
        self.hashed = Arc::new(hashed_names(&files));
        self.files = Arc::new(files);
        Ok(self)
    }

    /// The same theme, whose sheets have a project's paper and scale where a browser prints them.
    #[must_use]
    pub fn with_paper(mut self, print: &PrintConfig) -> Self {
        let style = print.style();
        if style.is_empty() {
            return self;
        }
        let mut files = (*self.files).clone();
        if let Some(sheet) = files.get_mut(SHEET_STYLE) {
            sheet.extend(style.bytes());
        }
        let before = BTreeMap::from([(String::new(), self.digest.to_vec())]);
        let style = BTreeMap::from([(SHEET_STYLE.to_string(), style.into_bytes())]);
        self.digest = digest([&before, &style]);
        self.hashed = Arc::new(hashed_names(&files));
        self.files = Arc::new(files);
        self
    }

    /// The same theme with other words, for some pages of the site.
    pub fn add_edition(&mut self, key: EditionKey, globals: &[(&'static str, &dyn Shown)]) {
        let mut edition = Self {
            highlighter: Arc::clone(&self.highlighter),
            tera: self.tera.clone(),
            pages: self.pages.clone(),
            #[cfg(feature = "pdf")]
            print_settings: PrintSettings::default(),
            files: Arc::clone(&self.files),
            hashed: Arc::clone(&self.hashed),
            digest: self.digest,
            editions: BTreeMap::new(),
        };
        for (name, value) in globals {
            edition
                .tera
                .global_context()
                .insert_value(*name, value.value());
        }
        self.editions.insert(key, edition);
    }

    /// The theme for pages of an edition: this one where it has no words of its own.
    pub fn edition(&self, key: &EditionKey) -> &Self {
        self.editions.get(key).unwrap_or(self)
    }

    /// Removes all editions, before the words of another reading of the site are set.
    pub fn clear_editions(&mut self) {
        self.editions.clear();
    }

    /// Hash of the project's own templates and static files; the built-in ones are part of the
    /// program.
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// Sets a variable for every template.
    pub fn set_global<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.tera.global_context().insert(name, value);
    }

    /// Sets fonts and date of printed sheets.
    #[cfg(feature = "pdf")]
    pub fn set_print_settings(&mut self, print_settings: PrintSettings) {
        self.print_settings = print_settings;
    }

    /// Fonts and date of printed sheets.
    #[cfg(feature = "pdf")]
    pub fn print_settings(&self) -> &PrintSettings {
        &self.print_settings
    }

    /// What colours code.
    pub fn highlighter(&self) -> &Highlighter {
        &self.highlighter
    }

    /// Templates for paper, by name.
    pub fn pages(&self) -> &BTreeMap<String, String> {
        &self.pages
    }

    /// Whether there is a template of this name.
    pub fn has(&self, template: &str) -> bool {
        self.tera.contains_template(template)
    }

    /// Whether a template is the built-in one.
    pub fn is_built_in(&self, template: &str) -> bool {
        TEMPLATES.get_file(template).is_some() && !self.has(&format!("builtin/{template}"))
    }

    /// Renders a template with named values.
    ///
    /// # Errors
    /// [`Error::Template`] with the engine's reason.
    pub fn render(
        &self,
        template: &str,
        values: &[(&'static str, &dyn Shown)],
    ) -> Result<String, Error> {
        let mut bytes = Vec::new();
        self.render_to(template, values, &mut bytes)?;
        // A template's text and its values are UTF-8, so what they make is too.
        String::from_utf8(bytes).map_err(|_| not_utf8(template))
    }

    /// Renders a template into the bytes of a file, which nobody reads as text again.
    ///
    /// # Errors
    /// [`Error::Template`] with the engine's reason.
    pub fn render_bytes(
        &self,
        template: &str,
        values: &[(&'static str, &dyn Shown)],
    ) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::with_capacity(USUAL_BYTES);
        self.render_to(template, values, &mut bytes)?;
        Ok(bytes)
    }

    fn render_to(
        &self,
        template: &str,
        values: &[(&'static str, &dyn Shown)],
        bytes: &mut Vec<u8>,
    ) -> Result<(), Error> {
        let mut context = Context::new();
        for (name, value) in values {
            context.insert_value(*name, value.value());
        }
        self.tera
            .render_to(template, &context, bytes)
            .map_err(|error| template_error(&error))
    }

    /// Static files with their hashed names below the site's root.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files
            .iter()
            .map(|(name, bytes)| (self.hashed[name].as_str(), bytes.as_slice()))
    }

    /// Hashed name of a static file; empty when there is none of this name.
    pub fn file(&self, name: &str) -> &str {
        self.hashed.get(name).map_or("", String::as_str)
    }

    /// Bytes of a static file; none when there is no file of this name.
    pub fn bytes(&self, name: &str) -> &[u8] {
        self.files.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// Text of the printed sheet's style.
    pub fn sheet_style(&self) -> String {
        let bytes = self
            .files
            .get(SHEET_STYLE)
            .map(Vec::as_slice)
            .unwrap_or_default();
        String::from_utf8_lossy(bytes).into_owned()
    }
}

/// Endings of static files that a project may want to change; scripts are not among them.
const STYLES: [&str; 2] = [".css", ".svg"];

/// The built-in templates and styles by their paths in a project.
pub fn built_in_files() -> BTreeMap<String, Vec<u8>> {
    let templates = embedded(&TEMPLATES).into_iter();
    let templates = templates.map(|(name, bytes)| (format!("templates/{name}"), bytes));
    let styles = embedded(&FILES).into_iter();
    let styles = styles.filter(|(name, _)| STYLES.iter().any(|ending| name.ends_with(ending)));
    let styles = styles.map(|(name, bytes)| (format!("site/{name}"), bytes));
    templates.chain(styles).collect()
}

/// A value that can be given to a template.
pub trait Shown {
    /// The value as the template engine keeps it.
    fn value(&self) -> tera::Value;
}

impl<T: Serialize> Shown for T {
    fn value(&self) -> tera::Value {
        tera::Value::from_serializable(self)
    }
}

fn not_utf8(template: &str) -> Error {
    Error::Template {
        reason: format!("templates/{template} is not UTF-8"),
    }
}

fn template_error(error: &tera::Error) -> Error {
    let mut reason = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        reason.push_str(": ");
        reason.push_str(&inner.to_string());
        source = inner.source();
    }
    Error::Template { reason }
}

/// `style.css` as `assets/style.1a2b3c4d.css`.
fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let digest: String = Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let digest = &digest[..HASH_DIGITS];
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("assets/{stem}.{digest}.{ending}"),
        None => format!("assets/{name}.{digest}"),
    }
}

fn hashed_names(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    let named = files.iter();
    let named = named.map(|(name, bytes)| (name.clone(), hashed_name(name, bytes)));
    named.collect()
}

fn digest<const N: usize>(folders: [&BTreeMap<String, Vec<u8>>; N]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for folder in folders {
        hasher.update(folder.len().to_le_bytes());
        for (name, bytes) in folder {
            hasher.update(name.len().to_le_bytes());
            hasher.update(name);
            hasher.update(bytes.len().to_le_bytes());
            hasher.update(bytes);
        }
    }
    hasher.finalize().into()
}

/// Takes a script as one file where the project has none of its parts.
fn use_whole_scripts(files: &mut BTreeMap<String, Vec<u8>>, own_files: &BTreeMap<String, Vec<u8>>) {
    for (name, script) in embedded(&WHOLE_SCRIPTS) {
        let folder = format!("{name}/");
        if !own_files.keys().any(|own| own.starts_with(&folder)) {
            files.retain(|file, _| !file.starts_with(&folder));
            files.insert(name, script);
        }
    }
}

fn embedded(folder: &Dir<'_>) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for file in folder.files() {
        files.insert(
            file.path().to_string_lossy().replace('\\', "/"),
            file.contents().to_vec(),
        );
    }
    for below in folder.dirs() {
        files.extend(embedded(below));
    }
    files
}

/// Every file of a project's folder by its path in it; none where there is no such folder.
fn read_folder(root: &Path, name: &str) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    let path = root.join(name);
    let failed = |below: &Path, error| Error::io("read", &path.join(below), error);
    let folder = match open_below(root, Path::new(name)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        folder => folder.map_err(|error| Error::io("read", &path, error))?,
    };
    let is_shown = |name: &OsStr| !name.to_string_lossy().starts_with('.');
    let listings = folder.walk(is_shown, |_| true);
    let mut files = BTreeMap::new();
    for listing in listings.map_err(|(below, error)| failed(&below, error))? {
        let opened = folder.descend(&listing.path);
        let opened = opened.map_err(|error| failed(&listing.path, error))?;
        let names = listing.entries.iter();
        for (name, _) in names.filter(|(_, kind)| *kind != Kind::Folder) {
            let below = listing.path.join(name);
            let bytes = opened.read_within(name, MAX_THEME_FILE_BYTES);
            let bytes = bytes.map_err(|error| failed(&below, error))?;
            files.insert(below.to_string_lossy().replace('\\', "/"), bytes);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::fs;

    use super::*;

    #[test]
    fn own_template_wins_and_can_extend_the_built_in_one() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("templates")).unwrap();
        let own = "{% extends \"builtin/redirect.html\" %}";
        fs::write(root.path().join("templates/redirect.html"), own).unwrap();
        let theme = Theme::load(Some(root.path())).unwrap();
        assert!(theme.has("builtin/redirect.html"));
        assert!(!theme.has("builtin/page.html"));
    }

    #[test]
    fn text_is_escaped_in_every_template() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("templates")).unwrap();
        for name in ["own.svg", "own"] {
            fs::write(root.path().join("templates").join(name), "{{ text }}").unwrap();
        }
        let theme = Theme::load(Some(root.path())).unwrap();
        for name in ["own.svg", "own"] {
            assert_eq!(
                theme.render(name, &[("text", &"<b>")]).unwrap(),
                "&lt;b&gt;"
            );
        }
    }

    #[test]
    fn digest_depends_on_the_folder_of_an_own_file() {
        let digest_with = |folder: &str| {
            let root = tempfile::tempdir().unwrap();
            fs::create_dir(root.path().join(folder)).unwrap();
            fs::write(root.path().join(folder).join("own.txt"), "text").unwrap();
            Theme::load(Some(root.path())).unwrap().digest()
        };
        let none = Theme::load(None).unwrap().digest();
        let all = [digest_with("templates"), digest_with("site"), none];
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len());
        assert_eq!(digest_with("site"), all[1]);
    }

    #[test]
    fn file_names_carry_the_hash_of_their_bytes() {
        assert_eq!(hashed_name("style.css", b""), "assets/style.e3b0c442.css");
    }
}
