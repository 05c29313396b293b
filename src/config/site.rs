//! `site:` in `tickbook.yaml`: what the site is called, where it is published, and how it looks.

use serde::Deserialize;

use crate::config::value::{site_url, site_urls};

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
    /// What crawlers are asked to leave out.
    pub robots: RobotsConfig,
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
