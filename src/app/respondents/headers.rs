//! The headers of the respondents' origin. Every answer carries the same ones, whatever its address, method and status; only the content policy
//! is opened, for a page and by what that page needs. What must come out stands in tests/vectors/headers.json.

use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::DefaultHeaders;
use data_encoding::BASE64;
use domain::WaveId;
use sha2::{Digest, Sha256};

/// What ends every content policy here. No page builds markup or code from text, so there is no type that it would trust.
macro_rules! for_all {
    () => {
        "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    };
}

/// The policy of everything that is no page of its own: it loads nothing, runs nothing and sends nothing.
const NOTHING: &str = concat!("default-src 'none'; form-action 'none'; ", for_all!());

/// What a browser could lend to a page and to what it embeds. The survey asks for none of it.
const NO_PERMISSIONS: &str = "accelerometer=(), autoplay=(), camera=(), clipboard-read=(), clipboard-write=(), compute-pressure=(), display-capture=(), \
    encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), idle-detection=(), \
    keyboard-map=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), otp-credentials=(), payment=(), picture-in-picture=(), \
    publickey-credentials-create=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), speaker-selection=(), storage-access=(), \
    sync-xhr=(), usb=(), window-management=(), xr-spatial-tracking=()";

/// Headers of every answer: nothing is stored, nothing is framed, no address leaves with a click.
#[must_use]
pub fn headers() -> DefaultHeaders {
    [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), NO_PERMISSIONS),
        (header::CONTENT_SECURITY_POLICY, NOTHING),
    ]
    .into_iter()
    .fold(DefaultHeaders::new(), |all, (name, value)| all.add((name, HeaderValue::from_static(value))))
}

/// The policy of the survey page. The one program that it runs is named by its hash, which is the one in the promise sheet, and by its address for
/// browsers that know hashes only of what stands inside a page. Reached under another name than the configured one, the hash alone has to do.
///
/// The same holds for its `style`; without one, as in pages of earlier versions, it is linked from the same origin.
pub(super) fn of_survey_page(program: &[u8; 32], style: Option<&[u8]>, origin: &str, wave: &WaveId) -> Option<HeaderValue> {
    let hash = BASE64.encode(program);
    let style = style.map_or_else(|| "'self'".to_owned(), |style| format!("'sha256-{}'", BASE64.encode(&Sha256::digest(style))));
    let address = if is_host_source(origin) { format!(" {origin}/w/{wave}/client.js") } else { String::new() };
    HeaderValue::try_from(format!(
        concat!("default-src 'none'; script-src 'sha256-{}'{}; style-src {}; connect-src 'self'; form-action 'none'; ", for_all!()),
        hash, address, style
    ))
    .ok()
}

/// The policy of a page without a program, with its style inside and a form that it sends to its own address.
pub(super) fn of_form(style: &str) -> Option<HeaderValue> {
    let hash = BASE64.encode(&Sha256::digest(style));
    HeaderValue::try_from(format!(concat!("default-src 'none'; style-src 'sha256-{}'; form-action 'self'; ", for_all!()), hash)).ok()
}

/// The policy of a page that is only read, with its style inside.
pub(super) fn of_words(style: &str) -> Option<HeaderValue> {
    let hash = BASE64.encode(&Sha256::digest(style));
    HeaderValue::try_from(format!(concat!("default-src 'none'; style-src 'sha256-{}'; form-action 'none'; ", for_all!()), hash)).ok()
}

/// Whether a policy can name the origin: not an address in brackets, and nothing that would end the directive.
fn is_host_source(origin: &str) -> bool {
    origin.split_once("://").is_some_and(|(_, host)| host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_policy_names_the_address_of_the_program_only_where_it_can() {
        let wave = WaveId::parse("2026-q4").unwrap();
        for (origin, named) in [
            ("https://survey.example.org", " https://survey.example.org/w/2026-q4/client.js;"),
            ("http://127.0.0.1:8080", " http://127.0.0.1:8080/w/2026-q4/client.js;"),
            ("http://[::1]:8080", ";"),
            ("https://a; script-src *", ";"),
        ] {
            let policy = of_survey_page(&[7; 32], None, origin, &wave).unwrap();
            let script = format!("script-src 'sha256-BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc='{named} style-src 'self';");
            assert!(policy.to_str().unwrap().contains(&script), "{policy:?}");
        }
    }
}
