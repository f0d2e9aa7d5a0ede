//! The console: signed-in pages for HR, leaders and whoever else has an account, and in the demo the captured mails.
//!
//! Pages work without scripts. A `GET` never changes anything; what changes something is a form with the session's token
//! ([`form`]) from the console's own origin ([`origin`]). Use cases block and run in the blocking pool; nothing here knows how
//! they store what they do.

mod account;
mod accounts;
mod acting;
mod addresses;
mod answer;
mod attempts;
mod background;
mod comments;
mod draft_fields;
mod draft_form;
mod draft_reading;
mod drafting;
mod files;
mod first_steps;
mod form;
mod groups;
mod handing_over;
mod held_back;
mod key_holder;
mod laid_open;
mod language;
mod launching;
mod links;
mod mails;
mod navigation;
mod offered;
mod organisation;
mod origin;
mod preview;
mod promise_log;
mod rehearsal;
mod reorganisations;
mod rounds;
mod routing;
mod session;
mod sign_in;
mod staff;
mod staff_faults;
pub(crate) mod stylesheet;
mod team;
mod token;
mod unit;

use std::future::ready;
use std::sync::Arc;

use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use tokio::sync::Semaphore;

pub use answer::headers;
pub use routing::Address;

use self::attempts::Attempts;
use self::background::Background;
use self::rehearsal::Rehearsals;
use self::routing::{posting, read, reading, taking_forms};
use self::session::{Role, SignedIn};
use self::token::SessionCookie;
use crate::error::{Code, Problem};
use crate::installation::Installation;
use crate::lifecycle::Refusal;
use crate::operating::health;

/// How many passwords are verified at the same time; each takes a core and the memory that argon2 is told to use.
const VERIFIED_AT_ONCE: usize = 2;

/// How many files are made at the same time. A document of three hundred groups takes a core for seconds; whoever asks for one meanwhile waits, and pages do not.
const PRINTED_AT_ONCE: usize = 2;

/// What the handlers of the console share. Cheap to clone.
#[derive(Clone)]
pub struct Console {
    installation: Installation,
    attempts: Arc<Attempts>,
    background: Background,
    rehearsals: Rehearsals,
    verifying: Arc<Semaphore>,
    printing: Arc<Semaphore>,
    cookie: SessionCookie,
    demo: bool,
}

impl Console {
    /// The console of an installation. With `demo` the captured mails can be read without signing in; on loopback only, whatever is asked for.
    #[must_use]
    pub fn new(installation: Installation, demo: bool) -> Self {
        Self {
            attempts: Arc::default(),
            background: Background::default(),
            rehearsals: Rehearsals::default(),
            verifying: Arc::new(Semaphore::new(VERIFIED_AT_ONCE)),
            printing: Arc::new(Semaphore::new(PRINTED_AT_ONCE)),
            cookie: SessionCookie::of(&installation.config.console.url),
            demo: demo && installation.config.console.listen.ip().is_loopback(),
            installation,
        }
    }
}

/// The routes of the console; the headers of [`headers`] come on top.
pub fn routes(console: &Console) -> impl FnOnce(&mut ServiceConfig) + use<> {
    let console = console.clone();
    move |config| {
        let demo = console.demo;
        let mut scope = web::scope("")
            .wrap(from_fn(answer::explain_failures))
            .app_data(web::Data::new(console.installation.clone()))
            .app_data(web::Data::new(console))
            .configure(health::console_routes)
            .configure(staff::routes)
            .configure(reorganisations::routes)
            .configure(groups::routes)
            .configure(addresses::routes)
            .app_data(form::config())
            .service(reading("/").route(read().to(start)))
            .service(reading("/console.css").route(read().to(stylesheet::serve)))
            .service(taking_forms("/sign-in").route(read().to(sign_in::page)).route(web::post().to(sign_in::sign_in)))
            .configure(language::routes)
            .configure(promise_log::routes)
            .configure(first_steps::routes)
            .configure(files::routes)
            .service(posting("/sign-out").route(web::post().to(sign_in::sign_out)))
            .service(reading("/rounds").route(read().to(rounds::list)))
            // Before the rounds themselves: no round is called "new".
            .configure(drafting::routes)
            .configure(launching::routes)
            .configure(key_holder::routes)
            .configure(preview::routes)
            .configure(rehearsal::routes)
            .configure(handing_over::routes)
            .service(reading("/rounds/{wave}").route(read().to(rounds::round)))
            .service(posting("/rounds/{wave}/{verb:remind|extend|close|answer|open|publish|abort}").route(web::post().to(rounds::act)))
            .configure(organisation::routes)
            .service(
                taking_forms("/organisation/{wave}/comments/{question}/{sha256}")
                    .route(read().to(comments::ask))
                    .route(web::post().to(comments::hide)),
            )
            .service(reading("/team").route(read().to(team::latest)))
            .service(reading("/team/{wave}").route(read().to(team::of_wave)))
            .configure(account::routes)
            .configure(accounts::routes)
            .configure(links::routes)
            .configure(held_back::routes)
            .configure(unit::routes)
            .default_service(web::to(|| ready(Err::<HttpResponse, _>(Problem::not_found()))));
        if demo {
            scope = scope
                .service(reading("/mails").route(read().to(mails::list)))
                .service(reading("/mails/{number}").route(read().to(mails::mail)))
                .service(reading("/mails/{number}/html").route(read().to(mails::html)))
                .service(reading("/laid-open").route(read().to(laid_open::page)));
        }
        config.service(scope);
    }
}

/// Every address of the console, with its methods; those of the demo when it shows them.
#[must_use]
pub fn addresses(console: &Console) -> Vec<Address> {
    routing::declared(routes(console))
}

/// `/`: where somebody's work begins.
async fn start(who: SignedIn, console: web::Data<Console>) -> Result<HttpResponse, Problem> {
    let place = match who.role {
        Role::Leader(_) => "/team",
        Role::Partner(_) => "/unit",
        Role::KeyHolder => "/rounds",
        Role::Admin => "/accounts",
        Role::FormerLeader => "/account",
        Role::Hr => {
            let look_up = |installation: &Installation| {
                let published = installation.identity.last_published().map_err(Refusal::unavailable)?;
                Ok((published, first_steps::are_due(installation)?))
            };
            match blocking(&console, look_up).await? {
                (Some(_), _) => "/organisation",
                (None, true) => "/first-steps",
                (None, false) => "/rounds",
            }
        }
    };
    Ok(answer::see_other(place))
}

/// Runs a use case in the blocking pool, in the name of whoever is signed in.
async fn blocking<T: Send + 'static>(
    console: &Console,
    work: impl FnOnce(&Installation) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Problem> {
    let installation = console.installation.acting(acting::actor());
    web::block(move || work(&installation)).await.map_err(|e| Problem::internal(&e))?.map_err(Problem::from)
}

/// Refuses a form that did not come from the console's own pages.
fn own_form(request: &HttpRequest, console: &Console) -> Result<(), Problem> {
    origin::check(request.headers(), &console.installation.config.console.url)
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match (&refusal, refusal.in_words()) {
            (Refusal::UnknownWave(_), _) => Self::not_found(),
            (Refusal::Unavailable(_), _) => Self::unavailable(&refusal),
            (Refusal::Unsound { .. }, Some(saying)) => Self::result_unsound(&refusal, saying),
            (_, Some(saying)) => Self::said(Code::RoundRefused, saying),
            (_, None) => Self::internal(&refusal),
        }
    }
}

#[cfg(test)]
mod tests;
