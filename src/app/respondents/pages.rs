//! Everything of the respondents' origin that is only read: byte for byte as it was frozen at launch.

use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::WaveId;
use protocol::GroupList;
use responses::{Objections, ServedWave};

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
pub(super) async fn read(request: HttpRequest, path: web::Path<(String, String)>, installation: web::Data<Installation>) -> HttpResponse {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return HttpResponse::MethodNotAllowed().insert_header((header::ALLOW, "GET, HEAD")).finish();
    }
    let (wave, what) = path.into_inner();
    let Ok(wave) = WaveId::parse(&wave) else { return no_such_page() };
    let found = web::block(move || installation.responses.wave(&wave)).await;
    match found {
        Ok(Ok(Some(record))) => serve(&record, &what),
        Ok(Ok(None)) => no_such_page(),
        Ok(Err(_)) | Err(_) => page(
            StatusCode::SERVICE_UNAVAILABLE,
            "The survey is not available for a moment. Nothing of what you wrote is lost. Please try again in a minute.",
            "Die Befragung ist gerade nicht erreichbar. Nichts von dem, was Sie geschrieben haben, ist verloren. Bitte versuchen Sie es in einer Minute noch einmal.",
        ),
    }
}

fn serve(record: &ServedWave, what: &str) -> HttpResponse {
    match what {
        // Some mail programs turn the # of the link into %23; the page itself puts that right.
        "" => bytes("text/html; charset=utf-8", record.client.page.clone()),
        fragment if fragment.starts_with('#') || fragment.starts_with("%23") => {
            bytes("text/html; charset=utf-8", record.client.page.clone())
        }
        "client.js" => bytes("text/javascript; charset=utf-8", record.client.js.clone()),
        "client.css" => bytes("text/css; charset=utf-8", record.client.css.clone()),
        "manifest" => bytes("application/json", record.manifest.clone()),
        "instrument" => bytes("application/json", record.instrument.clone()),
        "groups" => public_groups(record),
        "board" => match &record.board {
            Some(board) => bytes("application/json", board.clone()),
            None => no_such_page(),
        },
        "objections" => objections(record),
        _ => no_such_page(),
    }
}

/// The inputs of the group tree: enough to recompute the root, no label in the clear.
fn public_groups(record: &ServedWave) -> HttpResponse {
    let Ok(list) = GroupList::freeze(record.groups.clone()) else { return HttpResponse::InternalServerError().finish() };
    HttpResponse::Ok().content_type("application/json").json(list.inputs())
}

/// How many objections there are, and what was answered.
fn objections(record: &ServedWave) -> HttpResponse {
    if record.board.is_none() {
        return no_such_page();
    }
    let Objections { count, answer } = &record.objections;
    HttpResponse::Ok().json(serde_json::json!({"format": "candor-objections/1", "wave": record.wave, "count": count, "answer": answer}))
}

fn bytes(content_type: &'static str, body: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok().content_type(content_type).body(body)
}

/// Every other address of this origin.
pub(super) async fn elsewhere() -> HttpResponse {
    no_such_page()
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
