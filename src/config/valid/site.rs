//! What is wrong with the settings of the site.

use crate::config::site::{RobotsConfig, SiteConfig};
use crate::config::valid::Faults;

pub(super) fn check(site: &SiteConfig, faults: &mut Faults) {
    robots(&site.robots, faults);
}

/// Each name and path is a line of `robots.txt`.
fn robots(robots: &RobotsConfig, faults: &mut Faults) {
    for (index, path) in robots.disallow.iter().enumerate() {
        let is_path = path.starts_with('/')
            && !path.contains(|c: char| c.is_whitespace() || c.is_control() || c == '#');
        if !is_path {
            let what = format!(
                "`{path}` is not the beginning of a path; write it as `/drafts/`, from the root of the site"
            );
            faults.add(&format!("site.robots.disallow[{index}]"), &what);
        }
    }
    for (index, name) in robots.refuse.iter().enumerate() {
        let is_part = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        if name.is_empty() || !name.chars().all(is_part) {
            let what = format!(
                "`{name}` is not the name of a crawler; write letters, digits, `-`, `_` and `.`"
            );
            faults.add(&format!("site.robots.refuse[{index}]"), &what);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    fn check(site: &str, expected: &str) {
        let error = Config::read(&format!("site: {{{site}}}"), "a").unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }

    #[test]
    fn lines_of_robots_contain_nothing_else() {
        check("robots: {disallow: [drafts]}", "site.robots.disallow[0]");
        check("robots: {disallow: ['/a b']}", "site.robots.disallow[0]");
        check(
            r#"robots: {refuse: [Good, "a\nDisallow: /"]}"#,
            "site.robots.refuse[1]",
        );
        check("robots: {disalow: []}", "did you mean `disallow`?");
    }
}
