//! What the console answers when something does not work.
//!
//! Which error to use where:
//! * in the life cycle and other use cases, the typed error of that use case (it knows nothing of HTTP);
//! * in a console handler, [`Problem`]: a stable [`Code`] with a text for the person; an inner cause goes to the log, never into the body;
//! * on the respondents' side neither: `respondents::box_endpoint` has fixed-size answers of its own.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;

use crate::operating::log::reference;
use crate::words::{Saying, Voice, Words};

/// The stable codes. A code is never renamed or reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The address does not exist, or not for this account.
    NotFound,
    /// Nobody is signed in.
    SignInNeeded,
    /// Login and password do not fit.
    SignInFailed,
    /// Too many attempts.
    TooManyAttempts,
    /// The form did not come from this console.
    ForeignForm,
    /// The form's content makes no sense.
    BadForm,
    /// The method does not exist here.
    MethodNotAllowed,
    /// The body is too large.
    TooLarge,
    /// The body has another type than expected.
    WrongType,
    /// The account's role does not allow this.
    NotAllowed,
    /// What was to be done with an account is refused.
    AccountRefused,
    /// The account must have a second factor first.
    SecondFactorNeeded,
    /// The promise sheet says that this opens later.
    NotYet,
    /// A one-time link was used, has expired, or never was one.
    LinkGone,
    /// The round is not in the state for this, or it is not due.
    RoundRefused,
    /// Fields of a form have values that cannot be.
    FieldsRefused,
    /// What is kept of a published round is not what was published.
    ResultUnsound,
    /// The database cannot be reached.
    Unavailable,
    /// The process cannot do its work just now.
    NotReady,
    /// Something unexpected.
    Internal,
}

/// One line per code: name, status, the key of its title.
const TABLE: &[(Code, &str, StatusCode, &str)] = &[
    (Code::NotFound, "not-found", StatusCode::NOT_FOUND, "problem-not-found"),
    (Code::SignInNeeded, "sign-in-needed", StatusCode::UNAUTHORIZED, "problem-sign-in-needed"),
    (Code::SignInFailed, "sign-in-failed", StatusCode::UNAUTHORIZED, "problem-sign-in-failed"),
    (Code::TooManyAttempts, "too-many-attempts", StatusCode::TOO_MANY_REQUESTS, "problem-too-many-attempts"),
    (Code::ForeignForm, "foreign-form", StatusCode::FORBIDDEN, "problem-foreign-form"),
    (Code::BadForm, "bad-form", StatusCode::BAD_REQUEST, "problem-bad-form"),
    (Code::MethodNotAllowed, "method-not-allowed", StatusCode::METHOD_NOT_ALLOWED, "problem-method-not-allowed"),
    (Code::TooLarge, "too-large", StatusCode::PAYLOAD_TOO_LARGE, "problem-too-large"),
    (Code::WrongType, "wrong-type", StatusCode::UNSUPPORTED_MEDIA_TYPE, "problem-wrong-type"),
    (Code::NotAllowed, "not-allowed", StatusCode::FORBIDDEN, "problem-not-allowed"),
    (Code::AccountRefused, "account-refused", StatusCode::CONFLICT, "problem-account-refused"),
    (Code::SecondFactorNeeded, "second-factor-needed", StatusCode::FORBIDDEN, "problem-second-factor-needed"),
    (Code::NotYet, "not-yet", StatusCode::CONFLICT, "problem-not-yet"),
    (Code::LinkGone, "link-gone", StatusCode::GONE, "problem-link-gone"),
    (Code::FieldsRefused, "fields-refused", StatusCode::UNPROCESSABLE_ENTITY, "problem-fields-refused"),
    (Code::RoundRefused, "round-refused", StatusCode::CONFLICT, "problem-round-refused"),
    (Code::ResultUnsound, "result-unsound", StatusCode::CONFLICT, "problem-result-unsound"),
    (Code::Unavailable, "unavailable", StatusCode::SERVICE_UNAVAILABLE, "problem-unavailable"),
    (Code::NotReady, "not-ready", StatusCode::SERVICE_UNAVAILABLE, "problem-not-ready"),
    (Code::Internal, "internal", StatusCode::INTERNAL_SERVER_ERROR, "problem-internal"),
];

impl Code {
    fn row(self) -> (&'static str, StatusCode, &'static str) {
        TABLE
            .iter()
            .find(|(code, ..)| *code == self)
            .map_or(("internal", StatusCode::INTERNAL_SERVER_ERROR, "problem-internal"), |(_, name, status, title)| {
                (*name, *status, *title)
            })
    }

    /// The code's name in problem documents.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().0
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(self) -> StatusCode {
        self.row().1
    }

    /// The key of the title that people read.
    #[must_use]
    pub fn title_key(self) -> &'static str {
        self.row().2
    }

    /// The title in English.
    #[must_use]
    pub fn title(self) -> &'static str {
        Words::english().say(self.title_key())
    }
}

/// An error on its way to a person or a program.
#[derive(Debug, Clone)]
pub struct Problem {
    /// The stable code.
    pub code: Code,
    /// What happened and what to do, in English.
    pub detail: String,
    /// The same for every language; `None` where nobody but programs is told.
    pub saying: Option<Box<Saying>>,
    /// Seconds after which trying again makes sense.
    pub retry_after: Option<u64>,
    /// The page to which somebody who reads pages is led in its place.
    pub instead: Option<String>,
    /// The methods that do exist at this address, where another one was used.
    pub allow: Option<&'static str>,
    /// The parts that are not ready, by their stable names.
    pub parts: Vec<&'static str>,
}

/// A problem document (RFC 9457).
#[derive(Serialize)]
struct Document<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    parts: &'a [&'static str],
}

impl Problem {
    /// A problem of which programs are told alone, in English. What a page can show is [`Self::said`].
    #[must_use]
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), saying: None, retry_after: None, instead: None, allow: None, parts: Vec::new() }
    }

    /// A problem with its explanation in every language.
    #[must_use]
    pub fn said(code: Code, saying: Saying) -> Self {
        Self { detail: Words::english().speak(&saying), saying: Some(Box::new(saying)), ..Self::new(code, "") }
    }

    /// What happened and what to do, in a language.
    #[must_use]
    pub fn detail_in(&self, voice: &Voice) -> String {
        self.saying.as_ref().map_or_else(|| self.detail.clone(), |saying| voice.speak(saying))
    }

    /// The page does not exist for this account.
    #[must_use]
    pub fn not_found() -> Self {
        Self::said(Code::NotFound, Saying::key("detail-not-found"))
    }

    /// The page exists, and is for another kind of account.
    #[must_use]
    pub fn not_allowed() -> Self {
        Self::said(Code::NotAllowed, Saying::key("detail-not-allowed"))
    }

    /// Another method was used than the address has.
    #[must_use]
    pub fn method_not_allowed(allow: &'static str) -> Self {
        Self { allow: Some(allow), ..Self::said(Code::MethodNotAllowed, Saying::key("detail-method-takes").and("methods", allow)) }
    }

    /// An unexpected failure: the cause goes to the log under a reference, the person gets the reference.
    #[must_use]
    pub fn internal(cause: &dyn fmt::Display) -> Self {
        let reference = reference();
        tracing::error!(reference, %cause, "console request failed");
        Self::said(Code::Internal, Saying::key("detail-internal").and("reference", reference))
    }

    /// A published result is not what was published: everybody who may read it is told, and the log says so too.
    #[must_use]
    pub fn result_unsound(cause: &dyn fmt::Display, saying: Saying) -> Self {
        let reference = reference();
        tracing::error!(reference, %cause, "a published result is not shown");
        Self::said(Code::ResultUnsound, Saying::key("detail-result-unsound").and("why", saying).and("reference", reference))
    }

    /// The database is away for the moment: the cause goes to the log under a reference, the person gets the reference.
    #[must_use]
    pub fn unavailable(cause: &dyn fmt::Display) -> Self {
        let reference = reference();
        tracing::warn!(reference, %cause, "database unavailable");
        let saying = Saying::key("detail-unavailable").and("reference", reference);
        Self { retry_after: Some(5), ..Self::said(Code::Unavailable, saying) }
    }

    /// The answer for a program.
    #[must_use]
    pub fn document(&self) -> HttpResponse {
        let document = Document {
            r#type: format!("urn:candor:problem:{}", self.code.name()),
            title: self.code.title(),
            status: self.code.status().as_u16(),
            detail: &self.detail,
            parts: &self.parts,
        };
        let body = serde_json::to_string(&document).unwrap_or_default();
        self.answer("application/problem+json", body)
    }

    /// An answer with this problem's status and headers.
    #[must_use]
    pub fn answer(&self, content_type: &'static str, body: String) -> HttpResponse {
        let mut response = HttpResponse::build(self.code.status());
        if let Some(seconds) = self.retry_after {
            response.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        if let Some(methods) = self.allow {
            response.insert_header((header::ALLOW, methods));
        }
        response.content_type(content_type).body(body)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.title(), self.detail)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.code.status()
    }

    fn error_response(&self) -> HttpResponse {
        self.document()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_one_row_and_names_are_unique() {
        let mut names: Vec<&str> = TABLE.iter().map(|row| row.1).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), TABLE.len());
    }

    #[test]
    fn an_internal_problem_keeps_its_cause_to_itself() {
        let problem = Problem::internal(&"disk on fire at /var/lib");
        assert!(!problem.to_string().contains("/var/lib"));
    }

    /// What is written to the log while `work` runs.
    fn logged(work: impl FnOnce()) -> String {
        let lines = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
        let sink = lines.clone();
        let subscriber = tracing_subscriber::fmt().json().with_writer(move || Lines(sink.clone())).finish();
        tracing::subscriber::with_default(subscriber, work);
        let written = lines.lock().map(|lines| lines.clone()).unwrap_or_default();
        String::from_utf8_lossy(&written).into_owned()
    }

    struct Lines(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

    impl std::io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            if let Ok(mut lines) = self.0.lock() {
                lines.extend_from_slice(bytes);
            }
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn the_reference_on_the_error_page_is_in_the_log_beside_the_cause() {
        for problem_of in [Problem::internal as fn(&dyn fmt::Display) -> Problem, Problem::unavailable] {
            let mut detail = String::new();
            let log = logged(|| detail = problem_of(&"disk on fire").detail);
            let reference = detail.trim_end_matches('.').rsplit(' ').next().unwrap_or_default();
            assert_eq!(reference.len(), 8, "{detail}");
            assert!(log.contains(&format!("\"reference\":\"{reference}\"")) && log.contains("disk on fire"), "{log}");
        }
    }
}
