//! The files and the style of a project's brand: pictures, icons and fonts that `tickbook.yaml`
//! names, and the part of the style sheet that its colour and its fonts need.
//!
//! A file is below the project's folder, is reached through no link, and is what its ending says.
//! A drawing may contain a script; pages show it as a picture, in which no script runs.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io;
use std::path::Path;

use crate::config::CONFIG_FILE;
use crate::config::site::accent::Accents;
use crate::config::site::{BrandFile, FontConfig, FontStyle, FontUse, SiteConfig};
use crate::disk::Folder;
use crate::error::Error;
use crate::source::image::size_of;

/// Largest file of a brand, in bytes: a font of all Hangul has less.
pub const MAX_BRAND_FILE_BYTES: u64 = 16 << 20;

/// Fewest pixels across of an icon for start screens.
const FEWEST_ICON_PIXELS: u32 = 180;

/// The brand of a project.
#[derive(Debug, Clone, Default)]
pub struct Brand {
    /// Its files by the names that [`name`] gives them.
    pub files: BTreeMap<String, Vec<u8>>,
    accents: Option<(Accents, Accents)>,
    fonts: Vec<(String, FontConfig)>,
}

/// The name of a file of the brand among the static files: its setting with the file's ending.
///
/// ```text
/// logo.light  images/own.svg  logo-light.svg
/// fonts[1].file  a.woff2  fonts-1-file.woff2
/// ```
pub fn name(file: &BrandFile<'_>) -> String {
    let ending = file.path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let ending = ending.to_ascii_lowercase();
    if let Some(stem) = file.key.strip_suffix(&format!(".{ending}")) {
        return format!("{stem}.{ending}");
    }
    let stem = file.key.replace(['.', '['], "-").replace(']', "");
    format!("{stem}.{ending}")
}

impl Brand {
    /// Reads the brand of the project in `root`.
    ///
    /// # Errors
    /// [`Error::Config`] when a file cannot be read, is reached through a link, is larger than
    /// [`MAX_BRAND_FILE_BYTES`], or is not of the format that its ending names.
    pub fn load(root: &Path, site: &SiteConfig) -> Result<Self, Error> {
        let files = site.files();
        let mut brand = Self {
            accents: site.accent.map(|light| {
                let dark = site.accent_dark.map(Accents::dark);
                (
                    Accents::light(light),
                    dark.unwrap_or_else(|| Accents::dark_of(light)),
                )
            }),
            ..Self::default()
        };
        for file in &files {
            let bytes =
                read(root, file.path).map_err(|error| fault(root, file, &error.to_string()))?;
            if let Some(what) = wrong(file, &bytes) {
                return Err(fault(root, file, &what));
            }
            brand.files.insert(name(file), bytes);
        }
        for (at, font) in site.fonts.iter().enumerate() {
            let key = format!("fonts[{at}].file");
            let file = files.iter().find(|file| file.key == key);
            brand
                .fonts
                .extend(file.map(|file| (name(file), font.clone())));
        }
        Ok(brand)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.accents.is_none()
    }

    /// The part of the style sheet that it needs; `address` gives the address of a file as the
    /// style sheet names it.
    pub fn style(&self, address: impl Fn(&str) -> String) -> String {
        let mut style = String::new();
        for (name, font) in &self.fonts {
            style.push_str(&font_face(font, &address(name)));
        }
        let mut rules = String::new();
        for used in [FontUse::Text, FontUse::Headings, FontUse::Code] {
            rules.push_str(&self.family(used));
        }
        if let Some((light, dark)) = self.accents {
            let pairs = [
                ("accent", light.accent, dark.accent),
                ("accent-soft", light.soft, dark.soft),
                ("accent-line", light.line, dark.line),
            ];
            let pairs =
                pairs.map(|(name, light, dark)| format!(" --{name}: light-dark({light}, {dark});"));
            let _ = writeln!(rules, ":root {{{} }}", pairs.concat());
        }
        if !rules.is_empty() {
            let _ = write!(style, "@layer base {{\n{rules}}}\n");
        }
        style
    }

    /// The rule that puts the project's fonts of one use before the others.
    fn family(&self, used: FontUse) -> String {
        let mut families: Vec<&str> = Vec::new();
        for (_, font) in self.fonts.iter().filter(|(_, font)| font.used == used) {
            if !families.contains(&font.family.as_str()) {
                families.push(&font.family);
            }
        }
        if families.is_empty() {
            return String::new();
        }
        let families: String = families
            .iter()
            .map(|name| format!("\"{name}\", "))
            .collect();
        match used {
            FontUse::Text => format!(":root {{ --own-sans: {families}; }}\n"),
            FontUse::Code => format!(":root {{ --own-mono: {families}; }}\n"),
            FontUse::Headings => {
                format!("h1, h2, h3, h4, h5, h6 {{ font-family: {families}var(--sans); }}\n")
            }
        }
    }
}

fn font_face(font: &FontConfig, address: &str) -> String {
    let style = match font.style {
        FontStyle::Normal => "normal",
        FontStyle::Italic => "italic",
    };
    let weight = match (font.weight.least, font.weight.most) {
        (least, most) if least == most => least.to_string(),
        (least, most) => format!("{least} {most}"),
    };
    format!(
        "@font-face {{ font-family: \"{}\"; src: url(\"{address}\") format(\"woff2\"); font-weight: {weight}; font-style: {style}; font-display: swap; }}\n",
        font.family
    )
}

/// Reads a file below the project's folder; no name on the way may be a link.
fn read(root: &Path, path: &str) -> io::Result<Vec<u8>> {
    Folder::open(root)?.read_below(Path::new(path), MAX_BRAND_FILE_BYTES)
}

fn fault(root: &Path, file: &BrandFile<'_>, what: &str) -> Error {
    Error::Config {
        path: root.join(CONFIG_FILE).display().to_string(),
        reason: format!("site.{}: `{}`: {what}", file.key, file.path),
    }
}

/// What is wrong with the bytes of a file; `None` when they are what its ending says.
fn wrong(file: &BrandFile<'_>, bytes: &[u8]) -> Option<String> {
    let name = name(file);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_right = match ending {
        "png" => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        "jpg" | "jpeg" => bytes.starts_with(b"\xff\xd8\xff"),
        "webp" => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
        "ico" => bytes.starts_with(b"\0\0\x01\0"),
        "woff2" => bytes.starts_with(b"wOF2"),
        _ => std::str::from_utf8(bytes).is_ok() && size_of(&name, bytes).is_some(),
    };
    if !is_right {
        let more = match ending {
            "svg" => " with `width` and `height`, or a `viewBox`",
            _ => "",
        };
        return Some(format!("the file is not {}{more}", ending.to_uppercase()));
    }
    let is_measured = !matches!(ending, "ico" | "woff2");
    let size = size_of(&name, bytes);
    if is_measured && size.is_none() {
        return Some("the file has no size; save it again".to_string());
    }
    let size = size.filter(|_| file.key == "favicon.png")?;
    let is_icon = size.width == size.height && size.width >= FEWEST_ICON_PIXELS;
    (!is_icon).then(|| {
        format!(
            "the icon is {} × {} pixels; it must be a square of {FEWEST_ICON_PIXELS} or more",
            size.width, size.height
        )
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::config::Config;

    const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 4\"/>";

    fn load(site: &str, files: &[(&str, &[u8])]) -> Result<Brand, Error> {
        let root = tempfile::tempdir().unwrap();
        for (path, bytes) in files {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        let config = Config::read(&format!("site: {{{site}}}"), "a").unwrap();
        Brand::load(root.path(), &config.site)
    }

    fn check_error(site: &str, files: &[(&str, &[u8])], expected: &str) {
        let error = load(site, files).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn files_are_what_their_endings_say() {
        let svg = "logo: {light: b/a.svg}";
        assert!(load(svg, &[("b/a.svg", DRAWING.as_bytes())]).is_ok());
        check_error(svg, &[], "site.logo.light: `b/a.svg`: ");
        check_error(
            svg,
            &[("b/a.svg", b"<html>")],
            "the file is not SVG with `width`",
        );
        let png = "favicon: {png: a.png}";
        check_error(png, &[("a.png", DRAWING.as_bytes())], "the file is not PNG");
        let font = "fonts: [{family: A, file: a.woff2}]";
        check_error(
            font,
            &[("a.woff2", b"OTTO")],
            "site.fonts[0].file: `a.woff2`: the file is not WOFF2",
        );
        assert!(load(font, &[("a.woff2", b"wOF2")]).is_ok());
    }

    #[test]
    fn icons_for_start_screens_are_large_squares() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend([0, 0, 0, 180, 0, 0, 0, 90, 8, 6, 0, 0, 0]);
        let site = "favicon: {png: a.png}";
        check_error(site, &[("a.png", &png)], "the icon is 180 × 90 pixels");
        png[23] = 180;
        assert!(load(site, &[("a.png", &png)]).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let root = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("a.svg"), DRAWING).unwrap();
        std::os::unix::fs::symlink(outside.path(), root.path().join("b")).unwrap();
        std::os::unix::fs::symlink(outside.path().join("a.svg"), root.path().join("c.svg"))
            .unwrap();
        for path in ["b/a.svg", "c.svg"] {
            let text = format!("site: {{logo: {{light: {path}}}}}");
            let config = Config::read(&text, "a").unwrap();
            assert!(Brand::load(root.path(), &config.site).is_err(), "{path}");
        }
    }

    #[test]
    fn style_has_what_is_configured() {
        let site = "accent: '#0f766e', fonts: [{family: Own, file: a.woff2, weight: 100 900}, \
                    {family: Own, file: b.woff2, style: italic}, {family: Title, file: c.woff2, for: headings}]";
        let files: [(&str, &[u8]); 3] = [
            ("a.woff2", b"wOF2"),
            ("b.woff2", b"wOF2"),
            ("c.woff2", b"wOF2"),
        ];
        let style = load(site, &files)
            .unwrap()
            .style(|name| format!("x-{name}"));
        insta::assert_snapshot!(style);
        assert_eq!(load("", &[]).unwrap().style(|_| String::new()), "");
    }
}
