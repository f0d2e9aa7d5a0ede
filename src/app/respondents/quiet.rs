//! `/w/<wave>/quiet/<code>`: "do not remind me about this round", with one click of a mail program (RFC 8058) or of a person.
//!
//! It ends reminders and nothing else: the personal link keeps working, and the closing mail still comes. Reading the address changes nothing,
//! because scanners of mail read every address. Once the round takes no more answers its codes are erased, and every code is told the same.

use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};
use domain::{WaveId, WaveState};
use identity::{Identity, IdentityError};
use protocol::secret::UnsubscribeSecret;

use super::small::{self, Saying, WayOn};
use crate::installation::Installation;
use crate::mail::words::Key;

/// What there is to say at this address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    /// Whether reminders shall end.
    Ask,
    /// The same, after a form that does not say so.
    AskAgain,
    /// They have ended.
    Done,
    /// The round takes no more answers.
    Over,
    /// There is no such code.
    Unknown,
    /// Nothing can be looked up or stored now.
    Unavailable,
}

/// Every method of the address.
pub(super) async fn answer(
    request: HttpRequest,
    path: web::Path<(String, String)>,
    installation: web::Data<Installation>,
    body: Result<web::Bytes, actix_web::Error>,
) -> HttpResponse {
    let clicked = match *request.method() {
        Method::GET | Method::HEAD => false,
        Method::POST => true,
        _ => return HttpResponse::MethodNotAllowed().insert_header((header::ALLOW, "GET, HEAD, POST")).finish(),
    };
    let (wave, code) = path.into_inner();
    let (Ok(wave), Ok(secret)) = (WaveId::parse(&wave), UnsubscribeSecret::parse(&code)) else { return page(&request, Said::Unknown) };
    if clicked && !body.is_ok_and(|body| is_one_click(request.content_type(), &body)) {
        return page(&request, Said::AskAgain);
    }
    let found = web::block(move || look_up(&installation.identity, &wave, &secret, clicked)).await;
    page(&request, found.ok().and_then(Result::ok).unwrap_or(Said::Unavailable))
}

fn look_up(identity: &Identity, wave: &WaveId, secret: &UnsubscribeSecret, clicked: bool) -> Result<Said, IdentityError> {
    let Some(record) = identity.wave(wave)? else { return Ok(Said::Unknown) };
    match record.state {
        WaveState::Draft | WaveState::Launching => return Ok(Said::Unknown),
        WaveState::Running if record.abort_reason.is_none() => {}
        _ => return Ok(Said::Over),
    }
    let hash = secret.hash(wave).0;
    // Looked up before anything is written, so that guessing codes keeps nobody from answering.
    if !identity.knows_unsubscribe(&hash)? {
        return Ok(Said::Unknown);
    }
    if !clicked {
        return Ok(Said::Ask);
    }
    Ok(if identity.unsubscribe(&hash)? { Said::Done } else { Said::Over })
}

/// Whether a form says `List-Unsubscribe=One-Click` (RFC 8058 section 3.2), as `multipart/form-data` or form-encoded.
fn is_one_click(content_type: &str, body: &[u8]) -> bool {
    let Ok(body) = std::str::from_utf8(body) else { return false };
    match content_type.to_ascii_lowercase().as_str() {
        "application/x-www-form-urlencoded" => body.trim_end().split('&').any(|field| field == "List-Unsubscribe=One-Click"),
        // The code in the address is what counts. A form of this one field needs no more than a look at its lines.
        "multipart/form-data" => {
            let mut lines = body.lines().map(str::trim).skip_while(|line| !line.to_ascii_lowercase().contains("name=\"list-unsubscribe\""));
            lines.any(|line| line == "One-Click")
        }
        _ => false,
    }
}

fn page(request: &HttpRequest, said: Said) -> HttpResponse {
    let mut response = small::page(request, said.status(), said.saying());
    if said == Said::Unavailable {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
    }
    response
}

impl Said {
    const fn status(self) -> StatusCode {
        match self {
            Self::Ask | Self::Done | Self::Over => StatusCode::OK,
            Self::AskAgain => StatusCode::BAD_REQUEST,
            Self::Unknown => StatusCode::NOT_FOUND,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    const fn saying(self) -> Saying<'static> {
        let (title, paragraphs, way): (_, &[Key], _) = match self {
            Self::Ask | Self::AskAgain => (Key::QuietAsk, &[Key::QuietAskLink, Key::QuietLastMail], WayOn::Stop(Key::QuietButton)),
            Self::Done => (Key::QuietDone, &[Key::QuietDoneLink, Key::QuietLastMail], WayOn::Nowhere),
            Self::Over => (Key::QuietOver, &[Key::QuietOverNoMore], WayOn::Nowhere),
            Self::Unknown => (Key::QuietUnknown, &[Key::QuietUnknownCopy], WayOn::Nowhere),
            Self::Unavailable => (Key::QuietUnavailable, &[Key::QuietUnavailableLater], WayOn::Nowhere),
        };
        Saying { title, paragraphs, way }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_click_is_read_in_both_forms_and_in_no_other() {
        let multipart = "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
        let encoded = "application/x-www-form-urlencoded";
        for (content_type, body, read) in [
            (encoded, "List-Unsubscribe=One-Click", true),
            (encoded, "a=b&List-Unsubscribe=One-Click\r\n", true),
            ("Application/X-WWW-Form-Urlencoded", "List-Unsubscribe=One-Click", true),
            ("multipart/form-data", multipart, true),
            (encoded, "", false),
            (encoded, "List-Unsubscribe=No", false),
            (encoded, "XList-Unsubscribe=One-Click", false),
            (encoded, multipart, false),
            ("multipart/form-data", "--b\r\nContent-Disposition: form-data; name=\"Other\"\r\n\r\nOne-Click\r\n--b--", false),
            ("multipart/form-data", "One-Click\r\nname=\"List-Unsubscribe\"\r\n", false),
            ("text/plain", "List-Unsubscribe=One-Click", false),
            ("", "List-Unsubscribe=One-Click", false),
        ] {
            assert_eq!(is_one_click(content_type, body.as_bytes()), read, "{content_type}: {body}");
        }
    }
}
