//! What page templates get of a project's brand. Addresses of its files are relative to the root.

use serde::Serialize;

/// The brand of a site.
#[derive(Debug, Default, Serialize)]
pub struct BrandData {
    /// Picture at the head of every page.
    pub logo: Option<LogoData>,
    /// Its icons, in the order in which browsers choose.
    pub icons: Vec<IconData>,
    /// Its icon for start screens; empty when there is none.
    pub touch_icon: String,
    /// Description of the site as an application; empty when it has no icon.
    pub manifest: String,
    /// Links at the head.
    pub header: Vec<BrandLink>,
    /// Links at the foot.
    pub footer: Vec<BrandLink>,
    /// Address of the project's sources; empty for none.
    pub repository: String,
    /// What every page says first.
    pub announcement: Option<AnnouncementData>,
    /// Picture of links to the site elsewhere.
    pub image: Option<SharedImage>,
    /// Scripts of other hosts.
    pub scripts: Vec<OutsideScript>,
    /// What pages may load from other hosts.
    pub hosts: AllowedHosts,
    /// Whether the site has fonts of its own.
    pub has_fonts: bool,
}

/// Picture at the head of every page.
#[derive(Debug, Serialize)]
pub struct LogoData {
    /// The picture on light pages.
    pub light: String,
    /// The one on dark pages; empty when it is the same.
    pub dark: String,
    /// What it says; empty for an ornament.
    pub alt: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// Where it leads; `None` for the front page.
    pub link: Option<BrandLink>,
}

/// An icon.
#[derive(Debug, Serialize)]
pub struct IconData {
    /// Its address.
    pub url: String,
    /// Its media type.
    pub kind: &'static str,
    /// Its sizes; empty for a drawing.
    pub sizes: String,
}

/// A link of the head or the foot.
#[derive(Debug, Clone, Serialize)]
pub struct BrandLink {
    /// What it says.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Whether the address is one of this site, relative to its root.
    pub is_own: bool,
}

/// What every page says first.
#[derive(Debug, Serialize)]
pub struct AnnouncementData {
    /// One or two sentences.
    pub text: String,
    /// Where more is said.
    pub link: Option<BrandLink>,
    /// Distinguishes it from earlier ones, which a reader may have closed; empty when it cannot be
    /// closed.
    pub mark: String,
}

/// Picture of links to the site elsewhere.
#[derive(Debug, Serialize)]
pub struct SharedImage {
    /// Its whole address.
    pub url: String,
    /// What it shows.
    pub alt: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// A script of another host.
#[derive(Debug, Serialize)]
pub struct OutsideScript {
    /// Its address.
    pub src: String,
    /// Attributes of its element.
    pub attributes: Vec<(String, String)>,
}

/// What may be loaded from other hosts: parts of a policy, each empty or with a space before every
/// host.
#[derive(Debug, Default, Serialize)]
pub struct AllowedHosts {
    /// Scripts.
    pub scripts: String,
    /// Requests and connections.
    pub connect: String,
    /// Pictures.
    pub images: String,
    /// Style sheets.
    pub styles: String,
    /// Fonts.
    pub fonts: String,
    /// Frames.
    pub frames: String,
}
