//! Where a form comes from: browsers say so themselves, in headers that no page can forge.

use actix_web::http::header::{HeaderMap, HeaderName, ORIGIN};

use crate::error::{Code, Problem};
use crate::words::Saying;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Refuses a form that a browser sent from another origin than the console's own, given as `https://host[:port]`.
///
/// A client that sends neither `Origin` nor `Sec-Fetch-Site` is no browser of today; the form token alone decides there. `Origin: null`
/// says nothing, so `Sec-Fetch-Site` has to vouch for it.
///
/// # Errors
/// [`Code::ForeignForm`] with the address at which the console may be used.
pub(super) fn check(headers: &HeaderMap, own: &str) -> Result<(), Problem> {
    let foreign = || Problem::said(Code::ForeignForm, Saying::key("detail-foreign-origin").and("console", own));
    let site = headers.get(SEC_FETCH_SITE).map(|value| value.as_bytes() == b"same-origin");
    if site == Some(false) {
        return Err(foreign());
    }
    let fits = match headers.get(ORIGIN).map(|value| value.to_str().unwrap_or("")) {
        None => true,
        Some("null") => site == Some(true),
        Some(origin) => canonical(origin) == canonical(own),
    };
    if fits { Ok(()) } else { Err(foreign()) }
}

/// An origin in lower case and without the port that its scheme implies, as browsers send it (RFC 6454, section 6.2).
fn canonical(origin: &str) -> String {
    let origin = origin.to_ascii_lowercase();
    let implied = if origin.starts_with("https://") { ":443" } else { ":80" };
    origin.strip_suffix(implied).map_or_else(|| origin.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn accepted(own: &str, sent: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in sent {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        check(&headers, own).is_ok()
    }

    #[test]
    fn the_consoles_own_forms_are_taken() {
        let own = "https://console.example.org";
        assert!(accepted(own, &[]));
        assert!(accepted(own, &[("origin", "https://console.example.org")]));
        assert!(accepted(
            "https://Console.example.org:443",
            &[("origin", "https://console.example.org"), ("sec-fetch-site", "same-origin")]
        ));
        assert!(accepted(own, &[("origin", "null"), ("sec-fetch-site", "same-origin")]));
        assert!(accepted("http://localhost:8081", &[("origin", "http://localhost:8081")]));
    }

    #[test]
    fn forms_from_anywhere_else_are_refused() {
        let own = "https://console.example.org";
        for sent in [
            &[("origin", "https://evil.example")][..],
            &[("origin", "http://console.example.org")],
            &[("origin", "https://console.example.org:8443")],
            &[("origin", "https://console.example.org.evil.example")],
            &[("origin", "null")],
            &[("origin", "")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "none")],
            &[("origin", "https://console.example.org"), ("sec-fetch-site", "same-site")],
            &[("origin", "https://evil.example"), ("sec-fetch-site", "same-origin")],
        ] {
            assert!(!accepted(own, sent), "{sent:?}");
        }
    }
}
