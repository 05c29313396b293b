//! W7: an answer about a page goes to the receiver that the configuration names, and nowhere else.

use crate::place::{Place, select};
use crate::safe::POLICY;

const TITLE: &str = "\"><script>alert(1)</script> & Bcc: c@d.example";

fn place(feedback: &str) -> Place {
    let place = Place::with(&[]);
    let config = format!("lang: en\npreset: markdown\nsite:\n  feedback: {feedback}\n");
    place.write("book/tickbook.yaml", config);
    let steps = "1. Open the lid.\n2. Press the button.\n3. Close the lid.\n";
    let title = TITLE.replace('"', "\\\"");
    let text = format!("---\ntitle: \"{title}\"\nslug: own\n---\n\n## {TITLE}\n\n{steps}");
    place.write_document("own.md", text);
    place
}

#[test]
fn w7_only_the_named_endpoint_enters_the_policy_and_only_where_it_is_asked() {
    let place = place("https://forms.example.com:8443/answers?of=docs");
    let open = POLICY
        .replace(
            "connect-src 'self'",
            "connect-src 'self' https://forms.example.com:8443",
        )
        .replace(
            "form-action 'none'",
            "form-action https://forms.example.com:8443",
        );
    let mut asking = 0;
    for (path, html) in place.build() {
        let meta = select(&html, "meta[http-equiv]");
        let policy = meta[0].attr("content").unwrap_or_default();
        let forms = select(&html, "form[action]");
        let is_asking = !forms.is_empty();
        asking += usize::from(is_asking);
        let is_right = match is_asking {
            true => policy == open,
            false => !policy.contains("forms.example.com"),
        };
        assert!(is_right, "{path}: {policy}");
        for form in forms {
            let action = "https://forms.example.com:8443/answers?of=docs";
            assert_eq!(form.attr("action"), Some(action), "{path}");
        }
        let scripts = select(&html, "script:not([src]):not([type='application/ld+json'])");
        assert!(scripts.is_empty(), "{path}");
    }
    assert_eq!(asking, 2, "a document and its checklist");
}

#[test]
fn w7_a_mail_has_one_receiver_whatever_the_title_is() {
    let place = place("help@example.com");
    let pages = place.build();
    let links = select(&pages["own.html"], ".feedback a");
    assert_eq!(links.len(), 2);
    for link in links {
        let address = link.attr("href").unwrap();
        let rest = address.strip_prefix("mailto:help@example.com?subject=");
        let (subject, body) = rest.unwrap().split_once("&body=").unwrap();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '%';
        assert!(
            subject.chars().chain(body.chars()).all(is_plain),
            "{address}"
        );
    }
}

#[test]
fn w7_values_that_are_no_receiver_are_refused_before_anything_is_written() {
    for value in [
        "javascript:alert(1)",
        "'data:text/html,<script>'",
        "http://forms.example.com/",
        "'https://*.example.com/'",
        "\"https://a.example;script-src/\"",
        "a@b.example?bcc=c@d.example",
        "true",
    ] {
        let place = place(value);
        let answer = place.expect("build book", 2);
        let is_named = answer.err.contains("site.feedback: ") && answer.err.contains("line 4");
        assert!(
            is_named && answer.err.contains("write a mail address"),
            "{}",
            answer.err
        );
        assert!(!place.path("book/dist").exists(), "{value}");
    }
}
