//! The respondents' origin: the survey page, what it reads, the box endpoint, the address that ends reminders, an invented result to look at, and the
//! result of a group for its people.
//!
//! No cookie, no session, no access log, no trace span that joins two requests. Nothing here changes anything on GET or HEAD.

mod announced_close;
mod body;
mod box_endpoint;
mod frozen;
mod headers;
mod invented;
mod issue;
mod objection;
mod pages;
#[cfg(feature = "planted")]
mod planted;
mod quiet;
mod redeem;
mod small;
mod specimen;
mod team;

use std::collections::BTreeSet;

use actix_web::web;
use domain::WaveId;

use crate::installation::Installation;
use crate::operating::health;

pub use frozen::FrozenWaves;
pub use headers::headers;

/// The largest body that is read; one byte more than a request has, so that a longer one is seen to be too long.
const BODY_LIMIT: usize = protocol::wire::REQUEST_SIZE + 1;

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
            .service(web::resource("/w/{wave}/example/{language}").default_service(web::to(specimen::answer)))
            .service(web::resource("/w/{wave}/team/{code}").default_service(web::to(team::answer)))
            .service(web::resource("/w/{wave}").default_service(web::to(pages::add_slash)))
            .service(web::resource("/w/{wave}/{what:.*}").default_service(web::to(pages::read)))
            .default_service(web::to(pages::elsewhere));
    }
}

/// Whether it was decided that a wave ends without a result. Not known counts as no: then less is said.
fn has_no_result(installation: &Installation, wave: &WaveId) -> bool {
    installation.identity.wave(wave).is_ok_and(|record| record.is_some_and(|record| record.abort_reason.is_some()))
}

/// What was found while a round ran that weakens its promise, which is public. As for an error, see [`addresses_changed`].
fn found_later(installation: &Installation, wave: &WaveId) -> Result<BTreeSet<String>, ()> {
    installation.identity.found_later(wave).map_err(drop)
}

/// How many mail addresses of a round HR has changed after its launch, which is public. An error says nothing to anybody: the database is not at hand.
fn addresses_changed(installation: &Installation, wave: &WaveId) -> Result<u32, ()> {
    installation.identity.addresses_changed(wave).map_err(drop)
}
