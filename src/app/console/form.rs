//! Forms: how they are read, and the token that shows that they belong to the session.

use std::fmt;

use actix_multipart::MultipartError;
use actix_multipart::form::MultipartFormConfig;
use actix_web::error::{PayloadError, UrlencodedError};
use actix_web::http::StatusCode;
use actix_web::web::FormConfig;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::token::SessionToken;
use crate::error::{Code, Problem};
use crate::words::Saying;

/// The largest form in bytes.
pub(super) const LARGEST: usize = 16 * 1024;

/// Makes a form's token another value than the session's stored hash.
const LABEL: &[u8] = b"candor/v1/console-form\0";

/// Takes a form with a file, of so many bytes in all; what is said of one that is larger, and of one that cannot be read.
pub(super) fn with_a_file(most: usize, too_large: fn() -> Problem, unreadable: fn() -> Problem) -> MultipartFormConfig {
    MultipartFormConfig::default().total_limit(most).memory_limit(most).error_handler(move |error, _| {
        let larger = match &error {
            MultipartError::Payload(PayloadError::Overflow) => true,
            MultipartError::Field { source, .. } => source.as_response_error().status_code() == StatusCode::PAYLOAD_TOO_LARGE,
            _ => false,
        };
        if larger { too_large().into() } else { unreadable().into() }
    })
}

/// What a form of a session must carry in its field `token`: SHA-256 over a label and the session's secret, in lower-case hex.
#[derive(Clone)]
pub(super) struct FormToken(String);

impl FormToken {
    /// The token of a session.
    pub(super) fn of(session: &SessionToken) -> Self {
        Self(HEXLOWER.encode(&Sha256::new().chain_update(LABEL).chain_update(session.bytes()).finalize()))
    }

    /// Compares in constant time with what a form brought.
    ///
    /// # Errors
    /// [`Code::ForeignForm`].
    pub(super) fn check(&self, given: &str) -> Result<(), Problem> {
        if bool::from(self.0.as_bytes().ct_eq(given.as_bytes())) {
            Ok(())
        } else {
            Err(Problem::said(Code::ForeignForm, Saying::key("detail-other-session")))
        }
    }
}

impl fmt::Display for FormToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How forms are read: URL-encoded, with a limit, and with a problem in words when that fails.
pub(super) fn config() -> FormConfig {
    FormConfig::default().limit(LARGEST).error_handler(|error, _| problem(&error).into())
}

fn problem(error: &UrlencodedError) -> Problem {
    match error {
        UrlencodedError::Overflow { .. } | UrlencodedError::UnknownLength => too_large(),
        UrlencodedError::ContentType => wrong_type(),
        _ => Problem::said(Code::BadForm, Saying::key("detail-bad-form")),
    }
}

/// The body is larger than any form of the console.
pub(super) fn too_large() -> Problem {
    Problem::said(Code::TooLarge, Saying::key("detail-too-large").and("bytes", LARGEST))
}

/// The body is no form.
pub(super) fn wrong_type() -> Problem {
    Problem::said(Code::WrongType, Saying::key("detail-wrong-type"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn a_form_token_fits_its_own_session_only() {
        let token = FormToken::of(&SessionToken::from_bytes([1; 32]));
        token.check(&token.to_string()).unwrap();
        for wrong in ["", "0", &FormToken::of(&SessionToken::from_bytes([2; 32])).to_string(), &format!("{token}0")] {
            assert_eq!(token.check(wrong).unwrap_err().code, Code::ForeignForm);
        }
    }

    #[test]
    fn a_form_token_tells_neither_the_session_nor_its_stored_hash() {
        let session = SessionToken::from_bytes([7; 32]);
        let token = FormToken::of(&session).to_string();
        assert_ne!(token, HEXLOWER.encode(session.bytes()));
        assert_ne!(token, HEXLOWER.encode(&Sha256::digest(session.bytes())));
    }
}
