//! What every answer of the console has in common: its headers, and problems in the form that the client reads.

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, HeaderMap, HeaderValue, LOCATION, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use actix_web::middleware::{DefaultHeaders, Next};
use actix_web::web::Data;
use actix_web::{Error, HttpResponse};
use askama::Template;

use super::language::Speaking;
use super::{acting, links};
use crate::error::{Code, Problem};
use crate::installation::Installation;
use crate::words::Saying;

/// What a page of the console may load and do. Charts are part of the page, so nothing else is needed.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The headers of every answer; a handler that sets one of them itself keeps its own.
///
/// The referrer policy is `same-origin` and not `no-referrer`: other sites learn nothing under either, but under `no-referrer` browsers send
/// `Origin: null` with the console's own forms (Fetch standard, "append a request Origin header"), and [`super::origin`] could not check it.
#[must_use]
pub fn headers() -> DefaultHeaders {
    DefaultHeaders::new()
        .add((CONTENT_SECURITY_POLICY, PAGE_POLICY))
        .add((REFERRER_POLICY, "same-origin"))
        .add((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .add((CACHE_CONTROL, "no-store"))
        .add(("Cross-Origin-Opener-Policy", "same-origin"))
        .add(("Cross-Origin-Resource-Policy", "same-origin"))
}

/// Whether the client reads pages (a browser) rather than problem documents (a program).
pub(super) fn reads_pages(headers: &HeaderMap) -> bool {
    headers.get_all(ACCEPT).any(|value| value.to_str().is_ok_and(|accept| accept.contains("text/html")))
}

/// Turns every failed answer into a page or a problem document, whichever the client reads.
pub(super) async fn explain_failures(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = acting::within(next.call(request)).await?.map_into_boxed_body();
    // Only now does the request know the installation, and with it the time zone.
    let page_wanted = reads_pages(response.request().headers()).then(|| Speaking::of(response.request()));
    let mut response = match explanation(&response, page_wanted.as_ref()) {
        None => response,
        Some((code, answer)) => {
            if let Some(installation) = response.request().app_data::<Data<Installation>>() {
                installation.vitals.console_answered(code);
            }
            response.into_response(answer)
        }
    };
    // Whatever is answered there, be it that the database is away: the address holds a secret, and what the page loads must not carry it into a log.
    if response.request().path().starts_with(links::BELOW) {
        response.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    }
    Ok(response)
}

fn explanation(response: &ServiceResponse<BoxBody>, page_wanted: Option<&Speaking>) -> Option<(Code, HttpResponse)> {
    let explained = |problem: &Problem| (problem.code, answer(problem, page_wanted));
    if let Some(error) = response.response().error() {
        return Some(match error.as_error::<Problem>() {
            Some(problem) => explained(problem),
            None => explained(&of_status(response.status(), error)),
        });
    }
    let failed = response.status().is_client_error() || response.status().is_server_error();
    let wordless = matches!(response.response().body().size(), BodySize::None | BodySize::Sized(0));
    (failed && wordless).then(|| explained(&of_status(response.status(), &"without a cause")))
}

/// The problem behind a failure of the HTTP library itself.
fn of_status(status: StatusCode, cause: &dyn std::fmt::Display) -> Problem {
    match status {
        StatusCode::NOT_FOUND => Problem::not_found(),
        StatusCode::METHOD_NOT_ALLOWED => Problem::said(Code::MethodNotAllowed, Saying::key("detail-method")),
        StatusCode::PAYLOAD_TOO_LARGE => super::form::too_large(),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => super::form::wrong_type(),
        status if status.is_client_error() => Problem::said(Code::BadForm, Saying::key("detail-bad-request")),
        _ => Problem::internal(cause),
    }
}

/// A problem as a page or as a problem document; somebody who has to sign in first is led there.
fn answer(problem: &Problem, page_wanted: Option<&Speaking>) -> HttpResponse {
    let Some(page) = page_wanted else { return problem.document() };
    if problem.code == Code::SignInNeeded {
        return see_other("/sign-in");
    }
    if problem.code == Code::SecondFactorNeeded {
        return see_other("/account/second-factor");
    }
    if let Some(place) = &problem.instead {
        return see_other(place);
    }
    match (ProblemPage { page: page.clone().or_back_to("/"), problem }).render() {
        Ok(html) => problem.answer("text/html; charset=utf-8", html),
        Err(_) => problem.document(),
    }
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    page: Speaking,
    problem: &'a Problem,
}

/// A file to be kept. Its name is made of plain letters, digits, hyphens and dots.
pub(super) fn file(name: &str, media_type: &'static str, bytes: Vec<u8>) -> HttpResponse {
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || "-._".contains(c) { c } else { '-' }).collect();
    HttpResponse::Ok()
        .content_type(media_type)
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{plain}\"")))
        .body(bytes)
}

/// Sends the browser on to another page of the console.
pub(super) fn see_other(place: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, place)).finish()
}

/// A page with this status.
pub(super) fn page(status: StatusCode, template: &impl Template) -> Result<HttpResponse, Problem> {
    let html = template.render().map_err(|e| Problem::internal(&e))?;
    Ok(HttpResponse::build(status).content_type("text/html; charset=utf-8").body(html))
}
