//! `POST /w/<wave>/box`: requests of one size, answers of one size, good or bad (docs/protocol.md).

use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::WaveId;
use protocol::wire::{Answer, CONTENT_TYPE, Outcome, REQUEST_SIZE, Request, UNKNOWN_WAVE_RESPONSE_SIZE};

use super::frozen::{FrozenWave, FrozenWaves, NotAtHand};
use super::{issue, objection, redeem};
use crate::installation::Installation;

/// Seconds after which a client may try again when the server is busy.
const RETRY_AFTER: &str = "2";

/// Why a request was not done, with the status when it is not the outcome's own.
struct Refused(Outcome, Option<StatusCode>);

impl From<Outcome> for Refused {
    fn from(outcome: Outcome) -> Self {
        Self(outcome, None)
    }
}

pub(super) async fn answer(
    request: HttpRequest,
    path: web::Path<String>,
    installation: web::Data<Installation>,
    waves: web::Data<FrozenWaves>,
    body: Result<web::Bytes, actix_web::Error>,
) -> HttpResponse {
    let Ok(wave) = WaveId::parse(&path) else { return send(&Outcome::UnknownWave.into(), None, UNKNOWN_WAVE_RESPONSE_SIZE) };
    let form = form_of(&request, body);
    let done = web::block(move || handle(&installation, &waves, &wave, form)).await;
    match done {
        Ok((answer, status, size)) => send(&answer, status, size),
        Err(_) => send(&Outcome::Busy.into(), None, UNKNOWN_WAVE_RESPONSE_SIZE),
    }
}

/// The request's body when its outer form is right.
fn form_of(request: &HttpRequest, body: Result<web::Bytes, actix_web::Error>) -> Result<web::Bytes, Refused> {
    let malformed = |status| Refused(Outcome::Malformed, Some(status));
    if request.method() != Method::POST {
        return Err(malformed(StatusCode::METHOD_NOT_ALLOWED));
    }
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    if content_type != Some(CONTENT_TYPE) {
        return Err(malformed(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let body = body.map_err(|_| malformed(StatusCode::PAYLOAD_TOO_LARGE))?;
    if body.len() > REQUEST_SIZE {
        return Err(malformed(StatusCode::PAYLOAD_TOO_LARGE));
    }
    Ok(body)
}

fn handle(
    installation: &Installation,
    waves: &FrozenWaves,
    wave: &WaveId,
    form: Result<web::Bytes, Refused>,
) -> (Answer, Option<StatusCode>, u32) {
    let served = match waves.get(wave) {
        Ok(served) => served,
        Err(problem) => return (outcome(&problem).into(), None, UNKNOWN_WAVE_RESPONSE_SIZE),
    };
    let size = served.promises().response_size;
    match form.and_then(|body| dispatch(installation, &served, &body).map_err(|outcome| ended(installation, wave, outcome).into())) {
        Ok(answer) => (answer, None, size),
        Err(Refused(outcome, status)) => (outcome.into(), status, size),
    }
}

const fn outcome(problem: &NotAtHand) -> Outcome {
    match problem {
        NotAtHand::UnknownWave => Outcome::UnknownWave,
        NotAtHand::Unavailable => Outcome::Busy,
        NotAtHand::Unreadable => Outcome::Internal,
    }
}

fn dispatch(installation: &Installation, served: &FrozenWave, body: &[u8]) -> Result<Answer, Outcome> {
    let request = Request::parse(body)?;
    // Whoever has a link before the opening (a printed card, say) learns when it is.
    let asks = matches!(request, Request::Leaf { .. } | Request::Issue { .. });
    if asks && installation.clock.now() < served.promises().opens_at {
        return Err(Outcome::NotOpen);
    }
    match request {
        Request::Leaf { secret } => issue::leaf(&installation.identity, served, &secret),
        Request::Issue { secret, blinded } => issue::issue(&installation.identity, served, &secret, &blinded),
        Request::Redeem(ballot) => redeem::redeem(&installation.responses, served, &ballot),
        Request::Status { handle } => issue::status(&installation.identity, served, &handle),
        Request::Objection { leaf, signature } => objection::object(&installation.responses, served, &leaf, &signature),
    }
}

/// Why nothing is taken any more: people who answered have a right to know that a round was ended without a result, and did not just close. Its links and
/// handles are erased then, so none of them is known.
fn ended(installation: &Installation, wave: &WaveId, outcome: Outcome) -> Outcome {
    let refused = matches!(outcome, Outcome::NotOpen | Outcome::UnknownLink);
    if refused && super::has_no_result(installation, wave) { Outcome::Ended } else { outcome }
}

fn send(answer: &Answer, status: Option<StatusCode>, size: u32) -> HttpResponse {
    // An answer that does not fit its size is our own fault; then an error of that size goes out.
    let (body, code) = match answer.encode(size) {
        Ok(body) => (body, answer.http_status()),
        Err(_) => (Answer::from(Outcome::Internal).encode(size).unwrap_or_default(), Outcome::Internal.http_status()),
    };
    let status = status.or_else(|| StatusCode::from_u16(code).ok()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponse::build(status);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.insert_header((header::RETRY_AFTER, RETRY_AFTER));
    }
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.insert_header((header::ALLOW, "POST"));
    }
    response.content_type(CONTENT_TYPE).body(body)
}
