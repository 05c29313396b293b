//! Values of `tickbook.yaml` that have a form of their own. They are checked while the file is
//! read, so that an error names the line.

use std::fmt;

use jiff::tz::Offset;
use regex::Regex;
use serde::de::{Deserialize, Deserializer, Error};
use url::Url;

/// An offset from UTC, written `+09:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UtcOffset(Offset);

impl UtcOffset {
    /// The offset.
    pub fn offset(self) -> Offset {
        self.0
    }

    /// Reads `+09:00`, `-03:30` or `09:00`; `None` for anything else, and for more than 18 hours.
    pub fn parse(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (hours, minutes) = unsigned.split_once(':')?;
        let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
        let seconds = (hours * 60 + minutes) * 60;
        let is_possible = minutes < 60 && hours * 60 + minutes <= 18 * 60;
        let sign = if text.starts_with('-') { -1 } else { 1 };
        let offset = is_possible.then(|| Offset::from_seconds(sign * seconds).ok());
        offset.flatten().map(Self)
    }
}

fn two_digits(text: &str) -> Option<i32> {
    let is_number = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

impl<'de> Deserialize<'de> for UtcOffset {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let offset = Self::parse(&text);
        offset.ok_or_else(|| {
            D::Error::custom(format_args!(
                "utc_offset: `{text}` is not an offset from UTC; write it as `+09:00`"
            ))
        })
    }
}

/// An address that a site is published at; the empty text says that it is not known.
///
/// # Errors
/// What is wrong with it: it has no `http` or `https`, no host, or something after its path.
pub(super) fn site_url<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() {
        return Ok(text);
    }
    check_site_url(&text).map_err(D::Error::custom)?;
    Ok(text)
}

/// Addresses that a site was or is published at, or paths on its host; see [`site_url`].
pub(super) fn site_urls<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<String>, D::Error> {
    let urls = Vec::<String>::deserialize(deserializer)?;
    for url in urls.iter().filter(|url| !url.starts_with('/')) {
        check_site_url(url).map_err(D::Error::custom)?;
    }
    Ok(urls)
}

/// A regular expression with a group; the empty text means none.
pub(super) fn prefix<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let pattern = String::deserialize(deserializer)?;
    let regex = Regex::new(&pattern).map_err(D::Error::custom)?;
    if !pattern.is_empty() && regex.captures_len() < 2 {
        let what = "has no group; put what the value starts with in brackets";
        return Err(D::Error::custom(format_args!("`{pattern}` {what}")));
    }
    Ok(pattern)
}

fn check_site_url(text: &str) -> Result<(), impl fmt::Display> {
    let wrong = |why: &dyn fmt::Display| {
        Err(format!(
            "`{text}` is not the address of a site: {why}; write it as `https://help.example.com/docs`"
        ))
    };
    match Url::parse(text) {
        Err(error) => wrong(&error),
        Ok(url) if !matches!(url.scheme(), "http" | "https") => {
            wrong(&"it does not start with http:// or https://")
        }
        Ok(url) if url.query().is_some() || url.fragment().is_some() => {
            wrong(&"it contains a query or a fragment")
        }
        Ok(url) if !url.username().is_empty() || url.password().is_some() => {
            wrong(&"it contains a user name")
        }
        Ok(_) if text.chars().any(|c| c.is_whitespace() || c.is_control()) => {
            wrong(&"it contains a space")
        }
        Ok(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_have_one_form() {
        let check = |text: &str, seconds: Option<i32>| {
            let offset = UtcOffset::parse(text);
            assert_eq!(offset.map(|one| one.offset().seconds()), seconds, "{text}");
        };
        check("+09:00", Some(9 * 3600));
        check("-03:30", Some(-(3 * 60 + 30) * 60));
        check("00:00", Some(0));
        for text in [
            "Seoul", "", "9", "+9", "+0900", "+09:60", "+19:00", "--09:00", "+-1:00", "+09:00 ",
            "+09:0٣",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn sites_have_a_scheme_and_a_host_and_nothing_behind_their_path() {
        for url in [
            "https://help.example.com",
            "http://localhost:8080/docs/",
            "https://도움말.한국",
        ] {
            assert!(check_site_url(url).is_ok(), "{url}");
        }
        for url in [
            "help.example.com",
            "javascript:alert(1)",
            "https://",
            "https://a.b/?q=1",
            "https://a.b/#c",
            "https://user@a.b",
            "ftp://a.b",
            "https://a.b/c d",
        ] {
            assert!(check_site_url(url).is_err(), "{url}");
        }
    }
}
