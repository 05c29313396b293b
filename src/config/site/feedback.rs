//! `site.feedback`: where a reader's answer about a page is sent.

use serde::de::{Deserialize, Deserializer, Error};
use serde_yaml::Value;
use url::{Host, Url};

/// How the setting is written.
const HINT: &str =
    "write a mail address such as `help@example.com`, or `https://example.com/feedback`";

/// Scheme that a mail address may begin with.
const MAIL_SCHEME: &str = "mailto:";

/// Most bytes of a mail address (RFC 5321, 4.5.3.1.3).
const LONGEST_MAIL_ADDRESS: usize = 254;

/// Where a reader's answer about a page is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Feedback {
    /// A mail address, without a scheme. The reader's own mail program sends the answer.
    Mail(String),
    /// An endpoint of HTTP.
    Endpoint {
        /// Its address.
        url: String,
        /// Its scheme, host and port, as a policy names them.
        origin: String,
    },
}

impl Feedback {
    /// Reads a mail address, with or without `mailto:`, or the address of an endpoint.
    ///
    /// # Errors
    /// Why the text is neither, with how to write it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mail = text.strip_prefix(MAIL_SCHEME).unwrap_or(text);
        if is_mail_address(mail) {
            return Ok(Self::Mail(mail.to_string()));
        }
        let neither = || format!("`{text}` is neither a mail address nor an endpoint; {HINT}");
        let url = Url::parse(text).map_err(|_| neither())?;
        if !matches!(url.scheme(), "https" | "http") || !is_plain(&url) {
            return Err(neither());
        }
        if url.scheme() == "http" && !is_this_machine(&url) {
            let what = "would send what readers write without encryption; only `localhost` may have `http://`";
            return Err(format!("`{text}` {what}; {HINT}"));
        }
        Ok(Self::Endpoint {
            url: url.to_string(),
            origin: url.origin().ascii_serialization(),
        })
    }
}

/// Whether an address has a host that a policy can name, and neither a user nor a fragment.
fn is_plain(url: &Url) -> bool {
    let is_name = match url.host() {
        Some(Host::Domain(name)) => is_host_name(name),
        Some(Host::Ipv4(_)) => true,
        // A policy has no form for these.
        Some(Host::Ipv6(_)) | None => false,
    };
    let is_anonymous = url.username().is_empty() && url.password().is_none();
    is_name && is_anonymous && url.fragment().is_none()
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(_)) | None => false,
    }
}

/// Whether a text is the name of a host: letters, digits and hyphens between dots. Anything else
/// could end its place in a policy, or match other hosts.
fn is_host_name(name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
    name.split('.')
        .all(|label| !label.is_empty() && label.chars().all(is_part))
}

/// Whether a text is a mail address and nothing more: no further receiver, subject or name.
fn is_mail_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let is_part = |c: char| c.is_ascii_alphanumeric() || "._-+".contains(c);
    let is_local = !local.is_empty() && local.chars().all(is_part);
    let is_domain = domain.contains('.') && is_host_name(domain);
    is_local && is_domain && text.len() <= LONGEST_MAIL_ADDRESS
}

impl<'de> Deserialize<'de> for Feedback {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::String(text) => Self::parse(&text).map_err(D::Error::custom),
            _ => Err(D::Error::custom(format_args!(
                "it is not an address; {HINT}"
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn mail_addresses_may_have_their_scheme() {
        for text in [
            "help+docs@a-b.example.com",
            "mailto:help+docs@a-b.example.com",
        ] {
            let expected = Feedback::Mail("help+docs@a-b.example.com".to_string());
            assert_eq!(Feedback::parse(text), Ok(expected));
        }
    }

    #[test]
    fn endpoints_have_an_origin_for_the_policy() {
        let check = |text: &str, url: &str, origin: &str| {
            let (url, origin) = (url.to_string(), origin.to_string());
            let expected = Feedback::Endpoint { url, origin };
            assert_eq!(Feedback::parse(text), Ok(expected));
        };
        check(
            "https://Forms.example.com:8443/a?b=c",
            "https://forms.example.com:8443/a?b=c",
            "https://forms.example.com:8443",
        );
        check(
            "http://localhost:3000",
            "http://localhost:3000/",
            "http://localhost:3000",
        );
        check(
            "http://127.0.0.1/a",
            "http://127.0.0.1/a",
            "http://127.0.0.1",
        );
        let url = "https://xn--3e0b707e.example/a";
        check(
            "https://한국.example/a",
            url,
            "https://xn--3e0b707e.example",
        );
    }

    #[test]
    fn everything_else_is_refused_with_its_line_and_how_to_write_it() {
        let check = |value: &str, expected: &str| {
            let text = format!("site:\n  title: A\n  feedback: {value}\n");
            let error = Config::read(&text, "a").unwrap_err().to_string();
            for part in [expected, "site.feedback: ", "line 3", HINT] {
                assert!(error.contains(part), "{part}: {error}");
            }
        };
        check("http://a.example/b", "without encryption");
        check("http://localhost.example/b", "without encryption");
        for value in [
            "\"\"",
            "help",
            "a@b",
            "'@a.example'",
            "/feedback",
            "//a.example",
            "javascript:alert(1)",
            "'data:text/html,a@b.example'",
            "mailto:a@b.example?cc=c@d.example",
            "'a@b.example,c@d.example'",
            "'A <a@b.example>'",
            "ftp://a.example/",
            "https://u:p@a.example/",
            "https://*.example/",
            "\"https://a.example;form-action/\"",
            "\"https://a.example,b.example/\"",
            "https://[::1]/",
            "https://a.example/#b",
        ] {
            check(value, "is neither a mail address nor an endpoint");
        }
        for value in ["true", "[a@b.example]", "{mail: a@b.example}"] {
            check(value, "it is not an address");
        }
    }

    #[test]
    fn without_it_nothing_is_asked() {
        for text in ["site: {title: A}", "site: {feedback: null}"] {
            assert_eq!(Config::read(text, "a").unwrap().site.feedback, None);
        }
    }
}
