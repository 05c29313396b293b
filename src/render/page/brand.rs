//! The brand of the site as page templates get it.

use std::collections::BTreeSet;

use crate::config::site::{LinkConfig, SiteConfig, host_of};
use crate::render::brand::name;
use crate::render::brand_data::{
    AllowedHosts, AnnouncementData, BrandData, BrandLink, IconData, LogoData, OutsideScript,
    SharedImage,
};
use crate::render::page::{View, site_key};
use crate::source::image::{ImageSize, size_of};

/// Name of the description of the site as an application.
pub const MANIFEST: &str = "site.webmanifest";

/// Settings of icons, in the order in which browsers choose, with their media types.
const ICONS: [(&str, &str); 3] = [
    ("favicon.ico", "image/x-icon"),
    ("favicon.svg", "image/svg+xml"),
    ("favicon.png", "image/png"),
];

impl View<'_> {
    /// The brand as every page sees it.
    pub(super) fn brand(&self) -> BrandData {
        let site = &self.config.site;
        let announcement = site.announcement.as_ref();
        BrandData {
            logo: self.logo(),
            icons: self.icons(),
            touch_icon: self
                .brand_file("favicon.png")
                .map_or(String::new(), |(url, _)| url),
            manifest: match self.has_manifest() {
                true => MANIFEST.to_string(),
                false => String::new(),
            },
            header: site.header.iter().map(link).collect(),
            footer: site.footer.iter().map(link).collect(),
            repository: site.repository.clone(),
            announcement: announcement.map(|announcement| AnnouncementData {
                text: announcement.text.clone(),
                link: announcement.link.as_ref().map(link),
                mark: match announcement.dismissible {
                    true => site_key(&format!("{announcement:?}")),
                    false => String::new(),
                },
            }),
            image: self.shared_image(),
            scripts: scripts(site),
            hosts: hosts(site),
            has_fonts: !site.fonts.is_empty(),
        }
    }

    /// Whether the site is described as an application: it has an icon to be shown by.
    pub fn has_manifest(&self) -> bool {
        !self.icons().is_empty()
    }

    /// The icons of the brand.
    pub fn icons(&self) -> Vec<IconData> {
        let icon = |(key, kind): (&str, &'static str)| {
            let (url, size) = self.brand_file(key)?;
            let sizes = match (kind, size) {
                ("image/svg+xml", _) => "any".to_string(),
                (_, Some(size)) => format!("{}x{}", size.width, size.height),
                _ => "32x32".to_string(),
            };
            Some(IconData { url, kind, sizes })
        };
        ICONS.into_iter().filter_map(icon).collect()
    }

    /// Address and size of the file that a setting names; `None` when the theme has none.
    fn brand_file(&self, key: &str) -> Option<(String, Option<ImageSize>)> {
        let files = self.config.site.files();
        let name = name(files.iter().find(|file| file.key == key)?);
        let url = self.theme.file(&name).to_string();
        let size = size_of(&name, self.theme.bytes(&name));
        (!url.is_empty()).then_some((url, size))
    }

    fn logo(&self) -> Option<LogoData> {
        let config = &self.config.site.logo;
        let (light, size) = self.brand_file("logo.light")?;
        let size = size?;
        let dark = self.brand_file("logo.dark");
        let to = LinkConfig {
            title: String::new(),
            url: config.link.clone(),
        };
        Some(LogoData {
            light,
            dark: dark.map_or(String::new(), |(url, _)| url),
            alt: config.alt.clone(),
            width: size.width,
            height: size.height,
            link: (!to.url.is_empty()).then(|| link(&to)),
        })
    }

    fn shared_image(&self) -> Option<SharedImage> {
        let config = self.config.site.image.as_ref()?;
        let (url, size) = self.brand_file("image.file")?;
        let size = size?;
        Some(SharedImage {
            url: self.canonical(&url),
            alt: config.alt.clone(),
            width: size.width,
            height: size.height,
        })
    }
}

fn link(config: &LinkConfig) -> BrandLink {
    let own = config.url.strip_prefix('/');
    BrandLink {
        title: config.title.clone(),
        url: own.unwrap_or(&config.url).to_string(),
        is_own: own.is_some(),
    }
}

fn scripts(site: &SiteConfig) -> Vec<OutsideScript> {
    let scripts = site.scripts.iter().map(|script| OutsideScript {
        src: script.src.clone(),
        attributes: script.attributes.clone().into_iter().collect(),
    });
    scripts.collect()
}

/// The hosts of all scripts, each once.
fn hosts(site: &SiteConfig) -> AllowedHosts {
    let own: BTreeSet<String> = site
        .scripts
        .iter()
        .filter_map(|one| host_of(&one.src))
        .collect();
    let of = |kind: &str, more: &BTreeSet<String>| {
        let mut hosts = more.clone();
        let lists = site.scripts.iter().flat_map(|script| script.hosts.lists());
        for (_, list) in lists.filter(|(name, _)| *name == kind) {
            hosts.extend(list.iter().cloned());
        }
        hosts.iter().map(|host| format!(" {host}")).collect()
    };
    let none = BTreeSet::new();
    AllowedHosts {
        scripts: of("scripts", &own),
        connect: of("connect", &own),
        images: of("images", &none),
        styles: of("styles", &none),
        fonts: of("fonts", &none),
        frames: of("frames", &none),
    }
}
