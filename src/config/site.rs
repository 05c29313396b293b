//! `site:` in `tickbook.yaml`: what the site is called, where it is published, and how it looks.

pub mod accent;
pub mod color;
pub mod feedback;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::{Deserializer, Error};
use url::Url;

use crate::config::site::color::Color;
use crate::config::site::feedback::Feedback;

use crate::config::value::{site_url, site_urls};

/// What `site.edit` has in place of a document's path.
pub const EDIT_PATH: &str = "{path}";

/// The site as a whole.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SiteConfig {
    /// Name of the site; empty for the name in the string tables.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// Address it is published at, such as `https://help.example.com/docs`; empty when unknown.
    #[serde(deserialize_with = "site_url")]
    pub url: String,
    /// Former or further addresses of the same pages; links that start with one of them are
    /// links within the site. The rest of the address is a page's slug.
    #[serde(deserialize_with = "site_urls")]
    pub own_urls: Vec<String>,
    /// Language of documents that name none themselves, such as `fr`; empty where their letters
    /// decide.
    pub lang: String,
    /// Path at which the site is published, such as `/docs`; links from the root may begin with it.
    /// Learned from the links where it is empty.
    pub base: String,
    /// Top-level categories in the order they are shown; others follow in path order.
    pub categories: Vec<String>,
    /// Picture at the head of every page; none shows a tick and the title.
    pub logo: LogoConfig,
    /// Icon of the site in tabs, on start screens and in lists.
    pub favicon: FaviconConfig,
    /// Colour of links and current things on light pages.
    pub accent: Option<Color>,
    /// The same on dark pages; derived from the other one where it is not given.
    pub accent_dark: Option<Color>,
    /// Fonts of the project.
    pub fonts: Vec<FontConfig>,
    /// Links at the head of every page.
    pub header: Vec<LinkConfig>,
    /// Links at the foot of every page.
    pub footer: Vec<LinkConfig>,
    /// What every page says first.
    pub announcement: Option<AnnouncementConfig>,
    /// Address where a document is edited, with `{path}` for its path below the content folder;
    /// empty for none.
    pub edit: String,
    /// Address of the project's sources; empty for none.
    pub repository: String,
    /// Where readers' answers about pages are sent; `None` when pages do not ask.
    pub feedback: Option<Feedback>,
    /// Picture of links to the site elsewhere.
    pub image: Option<SocialImageConfig>,
    /// Scripts of other hosts.
    pub scripts: Vec<ScriptConfig>,
    /// Where the date of a document without one of its own is from.
    pub dates: DateSource,
    /// What crawlers are asked to leave out.
    pub robots: RobotsConfig,
}

/// Where the date of a document without one of its own is from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateSource {
    /// The commit that changed it last, where there is a history.
    #[default]
    Git,
    /// Nowhere: it has none.
    Frontmatter,
}

/// Picture at the head of every page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LogoConfig {
    /// File below the root: SVG, PNG or WebP.
    pub light: String,
    /// The same for dark pages; the light one where it is not given.
    pub dark: String,
    /// What the picture says. Without it, the picture is an ornament beside the title.
    pub alt: String,
    /// Where it leads; the front page where it is not given.
    pub link: String,
}

/// Icon of the site: files below the root, of one drawing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FaviconConfig {
    /// For browsers that show drawings.
    pub svg: String,
    /// For start screens, a square of 180 pixels or more.
    pub png: String,
    /// For old browsers.
    pub ico: String,
}

/// A file of a font.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FontConfig {
    /// Name of the font.
    pub family: String,
    /// File below the root, WOFF2.
    pub file: String,
    /// Weight, such as `400`, or those of a variable font, such as `100 900`.
    #[serde(default)]
    pub weight: Weight,
    /// Whether the letters are upright.
    #[serde(default)]
    pub style: FontStyle,
    /// What is set in it.
    #[serde(default, rename = "for")]
    pub used: FontUse,
}

/// A weight of a font, or two between which a variable font has all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight {
    /// The lightest, `1..=1000`.
    pub least: u16,
    /// The boldest.
    pub most: u16,
}

/// Whether letters are upright.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FontStyle {
    /// They are.
    #[default]
    Normal,
    /// They are not.
    Italic,
}

/// What is set in a font.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FontUse {
    /// Everything that nothing else is said of.
    #[default]
    Text,
    /// Headings.
    Headings,
    /// Code.
    Code,
}

/// A link.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LinkConfig {
    /// What it says.
    pub title: String,
    /// Address, or path from the root of the site, such as `/guides/start.html`.
    pub url: String,
}

/// What every page says first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AnnouncementConfig {
    /// One or two sentences.
    pub text: String,
    /// Where more is said.
    pub link: Option<LinkConfig>,
    /// Whether a reader can close it. What is closed is remembered in the reader's browser only.
    pub dismissible: bool,
}

/// Picture of links to the site elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SocialImageConfig {
    /// File below the root: PNG, JPEG or WebP.
    pub file: String,
    /// What it shows.
    pub alt: String,
}

/// A script of another host, such as of statistics or a chat.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScriptConfig {
    /// Address of the script; its host may send scripts and be sent requests.
    pub src: String,
    /// Attributes of its element, such as `data-site`.
    #[serde(default)]
    pub attributes: BTreeMap<String, String>,
    /// Hosts that it needs besides.
    #[serde(default)]
    pub hosts: HostsConfig,
}

/// Hosts, such as `https://stats.example.com`, by what may be loaded from them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HostsConfig {
    /// Scripts.
    pub scripts: Vec<String>,
    /// Requests and connections.
    pub connect: Vec<String>,
    /// Pictures.
    pub images: Vec<String>,
    /// Style sheets.
    pub styles: Vec<String>,
    /// Fonts.
    pub fonts: Vec<String>,
    /// Frames.
    pub frames: Vec<String>,
}

/// Characters that a host may have in an address and that mean something else in a policy.
pub const POLICY_MARKS: [char; 5] = [';', ',', '\'', '"', '*'];

/// The host of an address as a policy names it; `None` for what is no address of `https`.
pub fn host_of(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let is_plain = url.scheme() == "https" && url.username().is_empty() && url.password().is_none();
    let origin = url.origin().ascii_serialization();
    (is_plain && !origin.contains(POLICY_MARKS)).then_some(origin)
}

impl HostsConfig {
    /// Its lists with their names.
    pub fn lists(&self) -> [(&'static str, &[String]); 6] {
        [
            ("scripts", &self.scripts),
            ("connect", &self.connect),
            ("images", &self.images),
            ("styles", &self.styles),
            ("fonts", &self.fonts),
            ("frames", &self.frames),
        ]
    }
}

impl SiteConfig {
    /// Every file that the settings name, with the setting's key and the formats that it may have.
    pub fn files(&self) -> Vec<BrandFile<'_>> {
        const PICTURE: &[&str] = &["svg", "png", "webp"];
        let own = [
            ("logo.light", &self.logo.light, PICTURE),
            ("logo.dark", &self.logo.dark, PICTURE),
            ("favicon.svg", &self.favicon.svg, &["svg"]),
            ("favicon.png", &self.favicon.png, &["png"]),
            ("favicon.ico", &self.favicon.ico, &["ico"]),
        ];
        let own = own.map(|(key, path, formats)| BrandFile::new(key, path, formats));
        let image = self.image.iter();
        let image =
            image.map(|image| BrandFile::new("image.file", &image.file, &["png", "jpg", "webp"]));
        let fonts = self.fonts.iter().enumerate().map(|(at, font)| {
            let key = format!("fonts[{at}].file");
            BrandFile::new(&key, &font.file, &["woff2"])
        });
        let all = own.into_iter().chain(image).chain(fonts);
        all.filter(|file| !file.path.is_empty()).collect()
    }
}

/// A file that a setting names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrandFile<'c> {
    /// The setting below `site`, such as `logo.light`.
    pub key: String,
    /// Path below the root.
    pub path: &'c str,
    /// Endings of the formats that it may have.
    pub formats: &'static [&'static str],
}

impl<'c> BrandFile<'c> {
    fn new(key: &str, path: &'c str, formats: &'static [&'static str]) -> Self {
        let key = key.to_string();
        Self { key, path, formats }
    }
}

impl Default for Weight {
    fn default() -> Self {
        Self {
            least: 400,
            most: 400,
        }
    }
}

impl Weight {
    /// Reads `400` or `100 900`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let number = |text: &str| {
            let number = text.parse().ok()?;
            (1..=1000).contains(&number).then_some(number)
        };
        let (least, most) = text.split_once(' ').unwrap_or((text, text));
        let (least, most) = (number(least)?, number(most)?);
        (least <= most).then_some(Self { least, most })
    }
}

impl<'de> Deserialize<'de> for Weight {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_yaml::Value::deserialize(deserializer)?;
        let text = match &value {
            serde_yaml::Value::Number(number) => number.to_string(),
            serde_yaml::Value::String(text) => text.clone(),
            _ => String::new(),
        };
        Self::parse(&text).ok_or_else(|| {
            D::Error::custom("a weight is a number from 1 to 1000, or two: `400`, `100 900`")
        })
    }
}

/// What crawlers are asked to leave out.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RobotsConfig {
    /// Whether search engines may list the site.
    pub index: bool,
    /// Beginnings of paths below the site's root that no crawler reads, such as `/drafts/`.
    pub disallow: Vec<String>,
    /// Names of crawlers that read nothing.
    pub refuse: Vec<String>,
}

impl Default for RobotsConfig {
    fn default() -> Self {
        Self {
            index: true,
            disallow: Vec::new(),
            refuse: Vec::new(),
        }
    }
}
