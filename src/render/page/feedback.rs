//! The question whether a page was helpful: what is said of the page to those who answer for it.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};
use url::Url;

use crate::config::Language;
use crate::config::site::feedback::Feedback;
use crate::model::page::Page;
use crate::render::feedback_data::FeedbackData;
use crate::render::page::View;
use crate::render::sheet::SheetRef;
use crate::render::url::encode;
use crate::strings::Strings;

/// Hexadecimal digits of the hash of a document, as many as a sheet's revision has.
const HASH_DIGITS: usize = 7;

/// What an answer says of a page.
struct Subject<'p> {
    /// Title of the page.
    title: &'p str,
    /// Its address.
    address: String,
    /// Version of its document.
    version: String,
    /// Language of its words.
    language: Language,
}

impl View<'_> {
    /// The question on the page of a document; `None` when pages do not ask.
    pub(super) fn page_feedback(&self, page: &Page) -> Option<FeedbackData> {
        let feedback = self.config.site.feedback.as_ref()?;
        let text = &self.sources.get(page.document.file).text;
        let digest = Sha256::digest(text.as_bytes());
        let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let subject = Subject {
            title: &page.title,
            address: self.known_address(page.address.file()),
            version: version(&page.date, &digits[..HASH_DIGITS]),
            language: page.language,
        };
        Some(self.feedback(feedback, &subject))
    }

    /// The question on the page of a sheet; `None` when pages do not ask.
    pub(super) fn sheet_feedback(&self, sheet: &SheetRef, title: &str) -> Option<FeedbackData> {
        let feedback = self.config.site.feedback.as_ref()?;
        let guide = &self.site.pages[sheet.page];
        let subject = Subject {
            title,
            address: self.known_address(sheet.address.file()),
            version: version(&guide.date, sheet.revision(self.site)),
            language: guide.language,
        };
        Some(self.feedback(feedback, &subject))
    }

    fn feedback(&self, feedback: &Feedback, subject: &Subject<'_>) -> FeedbackData {
        let data = FeedbackData {
            page: subject.address.clone(),
            version: subject.version.clone(),
            ..FeedbackData::default()
        };
        let strings = self.strings.in_language(subject.language);
        match feedback {
            Feedback::Mail(to) => FeedbackData {
                mail_yes: mail(to, subject, "feedback_yes", strings),
                mail_no: mail(to, subject, "feedback_no", strings),
                receiver: to.clone(),
                ..data
            },
            Feedback::Endpoint { url, origin } => FeedbackData {
                endpoint: url.clone(),
                origin: origin.clone(),
                receiver: host(url),
                ..data
            },
        }
    }

    /// The address of a page on the published site, or its path where that is not known.
    fn known_address(&self, path: &str) -> String {
        let canonical = self.canonical(path);
        match canonical.is_empty() {
            true => encode(path),
            false => canonical,
        }
    }
}

fn version(date: &str, hash: &str) -> String {
    match date {
        "" => hash.to_string(),
        date => format!("{date} {hash}"),
    }
}

/// The host of an endpoint, as readers see it.
fn host(url: &str) -> String {
    let host = Url::parse(url).ok();
    let host = host.as_ref().and_then(Url::host_str);
    host.unwrap_or(url).to_string()
}

/// A link that begins a mail: its subject names the page, its body holds the answer.
fn mail(to: &str, subject: &Subject<'_>, answer: &str, strings: &Strings) -> String {
    let line = |label: &str, value: &str| format!("{}: {value}\r\n", strings.page(label));
    let body = [
        line("feedback_helpful", strings.page(answer)),
        line("feedback_page", &subject.address),
        line("feedback_version", &subject.version),
        format!("\r\n{}\r\n", strings.page("feedback_mail_words")),
    ];
    // A line break in a subject would begin another field in some mail programs.
    let title = subject.title.replace(char::is_control, " ");
    let title = format!("{}: {title}", strings.page("feedback_subject"));
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let (title, body) = (encoded(&title), encoded(&body.concat()));
    format!("mailto:{to}?subject={title}&body={body}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_has_one_receiver_a_subject_and_a_body_whatever_the_title_is() {
        let subject = Subject {
            title: "A & B?\r\nBcc: c@d.example&body=x#y",
            address: "https://help.example.com/a.html".to_string(),
            version: version("2026-11-30", "0d96caf"),
            language: Language::En,
        };
        let strings = Strings::load(Language::En);
        let link = mail("help@a.example", &subject, "feedback_no", &strings);
        let url = Url::parse(&link).unwrap();
        let values: Vec<_> = url.query_pairs().into_owned().collect();
        let names: Vec<_> = values.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            (url.path(), names),
            ("help@a.example", vec!["subject", "body"])
        );
        let expected = "Feedback: A & B?  Bcc: c@d.example&body=x#y";
        assert_eq!(values[0].1, expected);
        insta::assert_snapshot!(values[1].1);
    }

    #[test]
    fn version_is_a_date_and_a_hash() {
        assert_eq!(version("", "0d96caf"), "0d96caf");
        assert_eq!(version("2026-11-30", "0d96caf"), "2026-11-30 0d96caf");
    }
}
