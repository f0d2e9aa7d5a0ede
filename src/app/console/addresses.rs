//! Whom mail did not reach in a round, and the correction of their addresses while people can answer.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data, Form, Path, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::{PersonId, WaveId, WaveState};
use identity::Correction;
use serde::Deserialize;

use super::navigation::Page;
use super::rounds::parse_wave;
use super::routing::{read, taking_forms};
use super::session::SignedIn;
use super::{Console, answer, blocking, own_form};
use crate::error::{Code, Problem};
use crate::installation::Installation;
use crate::lifecycle::delivery::{self, Corrected, MailStatus};
use crate::words::Saying;

/// The address of the page.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(taking_forms("/rounds/{wave}/mail").route(read().to(page)).route(web::post().to(correct)));
}

/// Somebody whom mail did not reach.
struct UnreachedLine {
    name: String,
    person: PersonId,
    mail: String,
    reason: Saying,
    /// What was typed and refused, and why.
    refused: Option<(String, &'static str)>,
}

#[derive(Template)]
#[template(path = "round_mail.html")]
struct RoundMailPage {
    page: Page,
    wave: WaveId,
    mail: MailStatus,
    unreached: Vec<UnreachedLine>,
    /// How many addresses were changed after the launch.
    changed: u32,
    /// Whether addresses can still be corrected.
    runs: bool,
    done: bool,
}

/// What a finished correction sends the browser back with.
#[derive(Deserialize)]
struct Done {
    done: Option<String>,
}

/// `GET /rounds/{wave}/mail`: whom mail did not reach.
async fn page(who: SignedIn, console: Data<Console>, wave: Path<String>, query: Option<Query<Done>>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    let done = query.is_some_and(|query| query.done.is_some());
    show(&who, &console, parse_wave(&wave)?, done, None).await
}

/// What was typed for whom, and why it was refused.
struct Refused {
    person: PersonId,
    typed: String,
    why: &'static str,
}

async fn show(who: &SignedIn, console: &Console, wave: WaveId, done: bool, refused: Option<Refused>) -> Result<HttpResponse, Problem> {
    let asked = wave.clone();
    let look_up = move |installation: &Installation| {
        let changed = installation.identity.addresses_changed(&asked)?;
        let runs = installation.state(&asked)? == WaveState::Running;
        Ok((delivery::mail_status(installation, &asked)?, delivery::unreached(installation, &asked)?, changed, runs))
    };
    let (mail, people, changed, runs) = blocking(console, look_up).await?;
    let status = if refused.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    let unreached = people.into_iter().map(|one| UnreachedLine {
        refused: refused.as_ref().filter(|refused| refused.person == one.person).map(|refused| (refused.typed.clone(), refused.why)),
        name: one.name,
        person: one.person,
        mail: one.mail,
        reason: delivery::reason(one.mark),
    });
    let unreached = unreached.collect();
    answer::page(status, &RoundMailPage { page: Page::of(who, "/rounds"), wave, mail, unreached, changed, runs, done })
}

/// The form of a correction.
#[derive(Deserialize)]
struct AddressForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    person: String,
    #[serde(default)]
    mail: String,
}

/// `POST /rounds/{wave}/mail`: gives somebody another address.
async fn correct(
    who: SignedIn,
    console: Data<Console>,
    request: HttpRequest,
    wave: Path<String>,
    form: Form<AddressForm>,
) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    own_form(&request, &console)?;
    who.form_token().check(&form.token)?;
    let wave = parse_wave(&wave)?;
    let person = PersonId::parse(&form.person).map_err(|_| Problem::said(Code::BadForm, Saying::key("detail-bad-form")))?;
    let typed = form.into_inner().mail;
    let (of, whose, mail) = (wave.clone(), person.clone(), typed.clone());
    let why = match blocking(&console, move |installation| delivery::correct(installation, &of, &whose, &mail)).await? {
        // Whoever is reached by now, perhaps because somebody else corrected it, is not on the page any more.
        Corrected::As(Correction::Done | Correction::Reached) => {
            return Ok(answer::see_other(&format!("/rounds/{wave}/mail?done=address")));
        }
        Corrected::As(Correction::SameAddress) => "address-refused-same",
        Corrected::As(Correction::Taken) => "address-refused-taken",
        Corrected::As(Correction::NoticeWaits) => "address-refused-waits",
        Corrected::NoAddress => "address-refused-none",
    };
    show(&who, &console, wave, false, Some(Refused { person, typed, why })).await
}
