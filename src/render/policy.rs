//! What a page may load. The policies are in the templates; a style that is part of its page is
//! let in by its hash.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// How a policy names the text of a `style` element.
pub fn style_source(text: &str) -> String {
    format!(
        "sha256-{}",
        STANDARD.encode(Sha256::digest(text.as_bytes()))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn source_is_the_hash_of_the_text() {
        // printf 'p{}' | openssl dgst -sha256 -binary | base64
        assert_eq!(
            style_source("p{}"),
            "sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y="
        );
    }
}
