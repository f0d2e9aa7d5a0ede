//! Everything of the respondents' origin that is only read: what was frozen at launch, byte for byte, and the board and the objections.

use actix_web::http::{Method, StatusCode, header};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::WaveId;
use responses::{Objections, Progress};

use super::frozen::{Files, FrozenWaves, NotAtHand};
use crate::installation::Installation;

/// `GET /w/<wave>`: the page's own addresses are relative, so it needs the slash. A fragment stays with the browser.
pub(super) async fn add_slash(request: HttpRequest, path: web::Path<String>) -> HttpResponse {
    match WaveId::parse(&path) {
        Ok(_) if !matches!(*request.method(), Method::GET | Method::HEAD) => {
            HttpResponse::MethodNotAllowed().insert_header((header::ALLOW, "GET, HEAD")).finish()
        }
        Ok(wave) => HttpResponse::PermanentRedirect().insert_header((header::LOCATION, format!("/w/{wave}/"))).finish(),
        Err(_) => no_such_page(),
    }
}

/// `GET /w/<wave>/<what>`.
pub(super) async fn read(
    request: HttpRequest,
    path: web::Path<(String, String)>,
    installation: web::Data<Installation>,
    waves: web::Data<FrozenWaves>,
) -> HttpResponse {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return HttpResponse::MethodNotAllowed().insert_header((header::ALLOW, "GET, HEAD")).finish();
    }
    let (wave, what) = path.into_inner();
    let Ok(wave) = WaveId::parse(&wave) else { return no_such_page() };
    match what.as_str() {
        "board" => changing(installation, wave, board).await,
        "objections" => changing(installation, wave, objections).await,
        _ => frozen(&waves, wave, &what).await,
    }
}

/// What was frozen at launch. A wave that is held in memory is served without waiting for anything.
async fn frozen(waves: &web::Data<FrozenWaves>, wave: WaveId, what: &str) -> HttpResponse {
    if let Some(frozen) = waves.held(&wave) {
        return file(&frozen.files, what);
    }
    let waves = waves.clone();
    match web::block(move || waves.get(&wave)).await {
        Ok(Ok(frozen)) => file(&frozen.files, what),
        Ok(Err(NotAtHand::UnknownWave)) => no_such_page(),
        Ok(Err(NotAtHand::Unreadable)) => HttpResponse::InternalServerError().finish(),
        Ok(Err(NotAtHand::Unavailable)) | Err(_) => not_available(),
    }
}

fn file(files: &Files, what: &str) -> HttpResponse {
    let (content_type, body) = match what {
        "" => return survey_page(files),
        // Some mail programs turn the # of the link into %23; the page itself puts that right.
        fragment if fragment.starts_with('#') || fragment.starts_with("%23") => return survey_page(files),
        "client.js" => ("text/javascript; charset=utf-8", &files.js),
        "client.css" => ("text/css; charset=utf-8", &files.css),
        "manifest" => ("application/json", &files.manifest),
        "instrument" => ("application/json", &files.instrument),
        "groups" => ("application/json", &files.groups),
        _ => return no_such_page(),
    };
    bytes(content_type, body.clone())
}

fn survey_page(files: &Files) -> HttpResponse {
    let mut response = bytes("text/html; charset=utf-8", files.page.clone());
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, files.policy.clone());
    response
}

/// What changes in the life of a wave, as it is now.
async fn changing(installation: web::Data<Installation>, wave: WaveId, show: fn(&WaveId, Progress) -> HttpResponse) -> HttpResponse {
    let id = wave.clone();
    match web::block(move || installation.responses.progress(&id)).await {
        Ok(Ok(Some(progress))) => show(&wave, progress),
        Ok(Ok(None)) => no_such_page(),
        Ok(Err(_)) | Err(_) => not_available(),
    }
}

fn board(_: &WaveId, progress: Progress) -> HttpResponse {
    progress.board.map_or_else(no_such_page, |board| bytes("application/json", board.into()))
}

/// How many objections there are, and what was answered.
fn objections(wave: &WaveId, progress: Progress) -> HttpResponse {
    if progress.board.is_none() {
        return no_such_page();
    }
    let Objections { count, answer } = &progress.objections;
    HttpResponse::Ok().json(serde_json::json!({"format": "candor-objections/1", "wave": wave, "count": count, "answer": answer}))
}

fn bytes(content_type: &'static str, body: Bytes) -> HttpResponse {
    HttpResponse::Ok().content_type(content_type).body(body)
}

/// Every other address of this origin.
pub(super) async fn elsewhere() -> HttpResponse {
    no_such_page()
}

fn not_available() -> HttpResponse {
    let mut response = page(
        StatusCode::SERVICE_UNAVAILABLE,
        "The survey is not available for a moment. Nothing of what you wrote is lost. Please try again in a minute.",
        "Die Befragung ist gerade nicht erreichbar. Nichts von dem, was Sie geschrieben haben, ist verloren. Bitte versuchen Sie es in einer Minute noch einmal.",
    );
    response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("60"));
    response
}

fn no_such_page() -> HttpResponse {
    page(
        StatusCode::NOT_FOUND,
        "There is no survey at this address. Please use the personal link in your mail.",
        "Unter dieser Adresse gibt es keine Befragung. Bitte verwenden Sie den persönlichen Link in Ihrer E-Mail.",
    )
}

fn page(status: StatusCode, english: &str, german: &str) -> HttpResponse {
    HttpResponse::build(status).content_type("text/html; charset=utf-8").body(format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\"><title>Candor</title><main><h1>Candor</h1><p>{english}</p><p lang=\"de\">{german}</p></main></html>"
    ))
}
