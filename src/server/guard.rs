//! Who may ask: pages of other sites may not, whatever name they reach this machine by.
//!
//! A page on the web can have its own name lead to 127.0.0.1 and then read what is served there.
//! Its requests still carry that name, so only addresses, `localhost` and names that were asked
//! for are answered.

use std::net::IpAddr;

/// Whether a request with these headers is answered. `own` is the name that the user asked to
/// listen at.
pub fn is_allowed(host: Option<&str>, origin: Option<&str>, own: &str) -> bool {
    let is_known = |authority: &str| is_known_host(host_of(authority), own);
    let Some(host) = host.filter(|host| is_known(host)) else {
        return false;
    };
    // A page that was opened from this server has the same host; others have none of our business.
    origin.is_none_or(|origin| origin.strip_prefix("http://") == Some(host))
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
            let allowed = is_allowed(host, origin, "help.test");
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
}
