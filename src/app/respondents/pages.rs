//! Everything of the respondents' origin that is only read: what was frozen at launch, byte for byte, and the board and the objections.

use std::sync::Arc;

use actix_web::http::{Method, header};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::WaveId;
use responses::Objections;

use super::body::{Body, Coding};
use super::frozen::{Files, FrozenWave, FrozenWaves, NotAtHand};
use super::{announced_close, small};
use crate::installation::Installation;

/// `GET /w/<wave>`: the page's own addresses are relative, so it needs the slash. A fragment stays with the browser.
pub(super) async fn add_slash(request: HttpRequest, path: web::Path<String>) -> HttpResponse {
    match WaveId::parse(&path) {
        Ok(_) if !matches!(*request.method(), Method::GET | Method::HEAD) => {
            HttpResponse::MethodNotAllowed().insert_header((header::ALLOW, "GET, HEAD")).finish()
        }
        Ok(wave) => HttpResponse::PermanentRedirect().insert_header((header::LOCATION, format!("/w/{wave}/"))).finish(),
        Err(_) => elsewhere(request).await,
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
    let Ok(wave) = WaveId::parse(&wave) else { return elsewhere(request).await };
    let coding = Coding::wanted(&request);
    let answer = match what.as_str() {
        "board" => board(installation, waves.clone(), wave.clone(), coding).await,
        "objections" => objections(installation, wave.clone()).await,
        "close" => announced_close::read(installation, waves.clone(), wave.clone()).await,
        _ => frozen(waves.clone(), wave.clone(), &what, coding).await,
    };
    small::with_words(&request, answer, waves.held(&wave).map(|_| &wave))
}

/// What was frozen at launch. A wave that is held in memory is served without waiting for anything.
async fn frozen(waves: web::Data<FrozenWaves>, wave: WaveId, what: &str, coding: Coding) -> HttpResponse {
    let held = match waves.held(&wave) {
        Some(held) => held,
        None => match web::block(move || waves.get(&wave)).await {
            Ok(Ok(read)) => read,
            Ok(Err(problem)) => return not_at_hand(&problem),
            Err(_) => return not_available(),
        },
    };
    // Some mail programs turn the # of the link into %23; the page itself puts that right.
    if what.is_empty() || what.starts_with('#') || what.starts_with("%23") {
        return survey_page(&held, coding).await;
    }
    match held.files.named(what) {
        Some(file) => public(file.clone(), coding).await,
        None => no_such_page(),
    }
}

async fn survey_page(held: &FrozenWave, coding: Coding) -> HttpResponse {
    let Files { page, policy, .. } = &held.files;
    let mut response = public(page.clone(), coding).await;
    if response.status().is_success() {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy.clone());
    }
    response
}

/// Every receipt that counts, once the box is shut. A round that was ended before that never has any, which is another thing than none yet.
async fn board(installation: web::Data<Installation>, waves: web::Data<FrozenWaves>, wave: WaveId, coding: Coding) -> HttpResponse {
    let (people_side, id) = (installation.clone(), wave.clone());
    let found = web::block(move || {
        let progress = installation.responses.progress(&wave).map_err(|_| NotAtHand::Unavailable)?.ok_or(NotAtHand::UnknownWave)?;
        #[cfg(feature = "planted")]
        let progress = super::planted::with_live_board(&installation, progress);
        progress.board.map(|bytes| waves.get(&wave).map(|held| held.board(bytes))).transpose()
    });
    match found.await {
        Ok(Ok(Some(board))) => public(board, coding).await,
        Ok(Ok(None)) => match web::block(move || super::has_no_result(&people_side, &id)).await {
            Ok(true) => HttpResponse::Gone().finish(),
            Ok(false) => no_such_page(),
            Err(_) => not_available(),
        },
        Ok(Err(problem)) => not_at_hand(&problem),
        Err(_) => not_available(),
    }
}

/// How many objections there are, and what was answered. It changes from one to the next and is short: it is not compressed.
/// With `addresses_changed`, their number, where HR changed mail addresses after the launch; with `found_later`, names as on a promise sheet, where something
/// was found while the round ran that weakens its promise; with `ended` where the round has ended without a result since: its list, which stays, counts nothing any more.
async fn objections(installation: web::Data<Installation>, wave: WaveId) -> HttpResponse {
    let id = wave.clone();
    let look_up = move || {
        let progress = installation.responses.progress(&id).map_err(drop)?.filter(|progress| progress.board.is_some());
        let beside = |progress| {
            let changed = super::addresses_changed(&installation, &id)?;
            let found = super::found_later(&installation, &id)?;
            Ok::<_, ()>((progress, super::has_no_result(&installation, &id), changed, found))
        };
        progress.map(beside).transpose()
    };
    let (progress, ended, changed, found) = match web::block(look_up).await {
        Ok(Ok(Some(found))) => found,
        Ok(Ok(None)) => return no_such_page(),
        Ok(Err(_)) | Err(_) => return not_available(),
    };
    let Objections { count, answer } = &progress.objections;
    let mut said = serde_json::json!({"format": "candor-objections/1", "wave": wave, "count": count, "answer": answer});
    if let Some(said) = said.as_object_mut() {
        said.extend((changed > 0).then(|| ("addresses_changed".to_owned(), changed.into())));
        said.extend((!found.is_empty()).then(|| ("found_later".to_owned(), found.into_iter().collect())));
        said.extend(ended.then(|| ("ended".to_owned(), true.into())));
    }
    HttpResponse::Ok().json(said)
}

/// A body that is the same for everybody, in the form that the request asks for.
pub(super) async fn public(body: Arc<Body>, coding: Coding) -> HttpResponse {
    let content_type = body.content_type;
    let (bytes, coding) = match body.at_hand(coding) {
        Some(ready) => ready,
        None => match web::block(move || body.encoded(coding)).await {
            Ok(encoded) => encoded,
            Err(_) => return not_available(),
        },
    };
    let mut response = HttpResponse::Ok();
    response.content_type(content_type).insert_header((header::VARY, "Accept-Encoding"));
    if let Some(name) = coding.name() {
        response.insert_header((header::CONTENT_ENCODING, name));
    }
    response.body(bytes)
}

pub(super) fn not_at_hand(problem: &NotAtHand) -> HttpResponse {
    match problem {
        NotAtHand::UnknownWave => no_such_page(),
        NotAtHand::Unavailable => not_available(),
        NotAtHand::Unreadable => HttpResponse::InternalServerError().finish(),
    }
}

/// Every other address of this origin.
pub(super) async fn elsewhere(request: HttpRequest) -> HttpResponse {
    small::with_words(&request, no_such_page(), None)
}

pub(super) fn not_available() -> HttpResponse {
    HttpResponse::ServiceUnavailable().insert_header((header::RETRY_AFTER, "60")).finish()
}

pub(super) fn no_such_page() -> HttpResponse {
    HttpResponse::NotFound().finish()
}
