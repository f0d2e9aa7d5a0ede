//! `POST /w/<wave>/box`: requests of one size, answers of one size, good or bad (docs/protocol.md).

use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::WaveId;
use protocol::wire::{Answer, CONTENT_TYPE, Outcome, REQUEST_SIZE, Request, UNKNOWN_WAVE_RESPONSE_SIZE};
use protocol::{FrozenManifest, Manifest};

use super::{issue, objection, redeem};
use crate::installation::Installation;
use crate::lifecycle::Refusal;

/// Seconds after which a client may try again when the server is busy.
const RETRY_AFTER: &str = "2";

/// A wave as every request to it needs it.
pub(super) struct Served {
    /// The manifest and its hash.
    pub manifest: FrozenManifest,
    /// The record of the ballot side.
    pub record: crate::lifecycle::BallotSide,
}

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
    body: Result<web::Bytes, actix_web::Error>,
) -> HttpResponse {
    let Ok(wave) = WaveId::parse(&path) else { return send(&Outcome::UnknownWave.into(), None, UNKNOWN_WAVE_RESPONSE_SIZE) };
    let form = form_of(&request, body);
    let done = web::block(move || handle(&installation, &wave, form)).await;
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

fn handle(installation: &Installation, wave: &WaveId, form: Result<web::Bytes, Refused>) -> (Answer, Option<StatusCode>, u32) {
    let served = match served(installation, wave) {
        Ok(served) => served,
        Err(outcome) => return (outcome.into(), None, UNKNOWN_WAVE_RESPONSE_SIZE),
    };
    let size = served.manifest.manifest().response_size;
    match form.and_then(|body| Ok(dispatch(installation, &served, &body)?)) {
        Ok(answer) => (answer, None, size),
        Err(Refused(outcome, status)) => (outcome.into(), status, size),
    }
}

fn served(installation: &Installation, wave: &WaveId) -> Result<Served, Outcome> {
    let record = installation.ballot_side(wave).map_err(|refusal| match refusal {
        Refusal::UnknownWave(_) => Outcome::UnknownWave,
        _ => Outcome::Busy,
    })?;
    let manifest = FrozenManifest::read(record.manifest.clone()).map_err(|_| Outcome::Internal)?;
    Ok(Served { manifest, record })
}

fn dispatch(installation: &Installation, served: &Served, body: &[u8]) -> Result<Answer, Outcome> {
    match Request::parse(body)? {
        Request::Leaf { secret } => issue::leaf(&installation.identity, served, &secret),
        Request::Issue { secret, blinded } => issue::issue(&installation.identity, served, &secret, &blinded),
        Request::Redeem(ballot) => redeem::redeem(&installation.responses, served, &ballot),
        Request::Status { handle } => issue::status(&installation.identity, served, &handle),
        Request::Objection { leaf, signature } => objection::object(&installation.responses, served, &leaf, &signature),
    }
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

impl Served {
    /// The wave's promises.
    pub(super) fn promises(&self) -> &Manifest {
        self.manifest.manifest()
    }
}
