//! Who may ask: pages of other sites may not, whatever name they reach this machine by.
//!
//! A page on the web can have its own name lead to 127.0.0.1 and then read what is served there.
//! Its requests still carry that name, so only addresses, `localhost` and names that were asked
//! for are answered.
//!
//! A page can also load scripts, styles and images from an address that is not its own, and a script
//! of the search index hands over all texts. Browsers state who asks in `Sec-Fetch-Site`, which no page
//! can change, and everything but the site itself and the user is refused; another port of this
//! machine is another site, too. A link that leads here from elsewhere is followed, for what a window
//! shows no other site can read. Browsers that send no such header (old ones, and all of them to an
//! address that is not this machine's own) are held off by the answer: `Cross-Origin-Resource-Policy`
//! has them drop it. A `Referer` decides nothing, since the page that asks decides whether it is sent.

use std::net::IpAddr;

/// Headers of a request that state who asks; `None` for those that are not sent.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asking<'r> {
    /// `Host`: the name that the server was reached by.
    pub host: Option<&'r str>,
    /// `Origin`: the site of the page that asks, where the answer would be read by its script.
    pub origin: Option<&'r str>,
    /// `Sec-Fetch-Site`: how far that site is from this one.
    pub site: Option<&'r str>,
    /// `Sec-Fetch-Mode`: `navigate` where a window or a frame is to show the answer.
    pub mode: Option<&'r str>,
    /// `Sec-Fetch-Dest`: `document` for a window, and another word for a frame.
    pub destination: Option<&'r str>,
}

/// Whether a request is answered. `own` is the name that the user asked to listen at.
pub fn is_allowed(asking: Asking<'_>, own: &str) -> bool {
    let is_known = |authority: &str| is_known_host(host_of(authority), own);
    let Some(host) = asking.host.filter(|host| is_known(host)) else {
        return false;
    };
    // A page that was opened from this server has the same host; others have none of our business.
    let is_own = |origin: &str| origin.strip_prefix("http://") == Some(host);
    asking.origin.is_none_or(is_own) && is_own_fetch(asking)
}

/// Whether the site itself or the user asks, or a link is followed.
fn is_own_fetch(asking: Asking<'_>) -> bool {
    match asking.site {
        None | Some("same-origin" | "none") => true,
        Some("same-site" | "cross-site") => {
            asking.mode == Some("navigate") && asking.destination == Some("document")
        }
        Some(_) => false,
    }
}

/// The host of `host:port`, without the brackets of an IPv6 address.
fn host_of(authority: &str) -> &str {
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    let inner = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    inner.unwrap_or(host)
}

fn is_known_host(host: &str, own: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.eq_ignore_ascii_case(own)
        || host.parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s2_names_of_others_are_refused() {
        let check = |host, origin, expected| {
            let asking = Asking {
                host,
                origin,
                ..Asking::default()
            };
            let allowed = is_allowed(asking, "help.test");
            assert_eq!(allowed, expected, "{host:?} {origin:?}");
        };
        check(Some("127.0.0.1:3000"), None, true);
        check(Some("localhost"), None, true);
        check(Some("[::1]:3000"), None, true);
        check(Some("help.test:80"), None, true);
        check(Some("evil.example"), None, false);
        check(Some("127.0.0.1.evil.example:3000"), None, false);
        check(Some("localhost.evil.example"), None, false);
        check(Some(""), None, false);
        check(None, None, false);
        check(Some("127.0.0.1:3000"), Some("http://127.0.0.1:3000"), true);
        check(Some("127.0.0.1:3000"), Some("http://127.0.0.1:4000"), false);
        check(Some("127.0.0.1:3000"), Some("http://evil.example"), false);
        check(Some("127.0.0.1:3000"), Some("null"), false);
    }

    #[test]
    fn s6_other_sites_load_nothing() {
        let check = |[site, mode, destination]: [Option<&str>; 3], expected| {
            let asking = Asking {
                host: Some("127.0.0.1:3000"),
                site,
                mode,
                destination,
                ..Asking::default()
            };
            let allowed = is_allowed(asking, "127.0.0.1");
            assert_eq!(allowed, expected, "{site:?} {mode:?} {destination:?}");
        };
        check([None; 3], true);
        check([Some("same-origin"), Some("no-cors"), Some("script")], true);
        check([Some("none"), Some("navigate"), Some("document")], true);
        for site in ["same-site", "cross-site"].map(Some) {
            check([site, Some("navigate"), Some("document")], true);
            check([site, Some("navigate"), Some("iframe")], false);
            check([site, Some("no-cors"), Some("script")], false);
            check([site, Some("no-cors"), Some("document")], false);
            check([site, None, None], false);
        }
        check(
            [Some("anything"), Some("navigate"), Some("document")],
            false,
        );
        check([Some(""), None, None], false);
    }
}
