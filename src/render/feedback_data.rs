//! What page templates get to ask a reader whether a page was helpful.

use serde::Serialize;

/// Where an answer about one page is sent, by mail or to an endpoint, and what it says of the page.
#[derive(Debug, Default, Serialize)]
pub struct FeedbackData {
    /// Link that begins a mail with the answer yes; empty for an endpoint.
    pub mail_yes: String,
    /// The same with the answer no.
    pub mail_no: String,
    /// Who receives it, as readers see it: the mail address, or the host of the endpoint.
    pub receiver: String,
    /// Address of the endpoint; empty for mail.
    pub endpoint: String,
    /// How a policy names the endpoint; empty for mail.
    pub origin: String,
    /// Address of the page: that of the published site, or its path below the root where that is
    /// not known.
    pub page: String,
    /// Version of the document: its date, where it has one, and a short hash of its content.
    pub version: String,
}
