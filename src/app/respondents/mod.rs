//! The respondents' origin: the survey page, what it reads, the box endpoint, and the address that ends reminders.
//!
//! No cookie, no session, no access log, no trace span that joins two requests. Nothing here changes anything on GET or HEAD.

mod box_endpoint;
mod frozen;
mod issue;
mod objection;
mod pages;
mod quiet;
mod redeem;

use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::DefaultHeaders;
use actix_web::web;

use crate::installation::Installation;
use crate::operating::health;

pub use frozen::FrozenWaves;

/// The largest body that is read; one byte more than a request has, so that a longer one is seen to be too long.
const BODY_LIMIT: usize = protocol::wire::REQUEST_SIZE + 1;

/// Headers of every answer: nothing is stored, nothing is framed, no address leaves with a click.
#[must_use]
pub fn headers() -> DefaultHeaders {
    DefaultHeaders::new()
        .add((header::CACHE_CONTROL, HeaderValue::from_static("no-store")))
        .add((header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")))
        .add((header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
        .add((header::HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")))
        .add((header::HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")))
        .add((
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
            ),
        ))
}

/// Every address of this origin. `waves` is the same for all threads.
pub fn routes(installation: &Installation, waves: &web::Data<FrozenWaves>) -> impl FnOnce(&mut web::ServiceConfig) + use<> {
    let (installation, waves) = (installation.clone(), waves.clone());
    move |service| {
        service
            .app_data(web::Data::new(installation))
            .app_data(waves)
            .app_data(web::PayloadConfig::new(BODY_LIMIT))
            .configure(health::respondents_routes)
            .service(web::resource("/w/{wave}/box").default_service(web::to(box_endpoint::answer)))
            .service(web::resource("/w/{wave}/quiet/{code}").default_service(web::to(quiet::answer)))
            .service(web::resource("/w/{wave}").default_service(web::to(pages::add_slash)))
            .service(web::resource("/w/{wave}/{what:.*}").default_service(web::to(pages::read)))
            .default_service(web::to(pages::elsewhere));
    }
}
