//! The result of one unit, for somebody of HR who is there for that unit: its groups and its sub-total, and nothing of the organisation beyond it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, ServiceConfig};
use domain::{TeamLabel, WaveId};
use release::reading::PastWave;

use super::files::Take;
use super::navigation::Page;
use super::organisation::{NothingPage, ReportPage, up_to};
use super::rounds::parse_wave;
use super::routing::{read, reading};
use super::session::SignedIn;
use super::{Console, answer, blocking};
use crate::error::Problem;
use crate::installation::Installation;
use crate::lifecycle::portion::Portion;
use crate::lifecycle::visible::Visible;
use crate::lifecycle::{Refusal, past_waves};
use crate::words::Words;

/// The addresses of a unit's results.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(reading("/unit").route(read().to(latest))).service(reading("/unit/{wave}").route(read().to(of_wave)));
}

/// `GET /unit`: the newest result of the unit.
async fn latest(who: SignedIn, console: Data<Console>) -> Result<HttpResponse, Problem> {
    let head = who.must_be_partner()?.clone();
    let asked = head.clone();
    let own = blocking(&console, move |installation| Ok(own_rounds(&past_waves(installation, None)?, &asked))).await?;
    match own.first() {
        Some(wave) => Ok(answer::see_other(&format!("/unit/{wave}"))),
        None => nothing(&who, &head, own, "nothing-unit-why", String::new()),
    }
}

/// `GET /unit/{wave}`: what lies within the unit of one round, as it was read when it was published.
async fn of_wave(who: SignedIn, console: Data<Console>, wave: Path<String>) -> Result<HttpResponse, Problem> {
    let head = who.must_be_partner()?.clone();
    let wave = parse_wave(&wave)?;
    let (asked, unit) = (wave.clone(), head.clone());
    let words = who.speaking.words;
    let (rounds, found) = blocking(&console, move |installation| report(installation, &asked, &unit, words)).await?;
    match found {
        Found::Report { body, take } => {
            let page = Page::of(&who, "/unit");
            let title = page.with("report-unit", &[("unit", head.as_str().into()), ("round", (&wave).into())]);
            answer::page(StatusCode::OK, &ReportPage { page, title, base: "/unit", rounds, wave, body, take })
        }
        Found::TooFewAnswered { errata } => nothing(&who, &head, rounds, "nothing-too-few", errata),
        Found::Nothing => nothing(&who, &head, rounds, "nothing-unit-why", String::new()),
    }
}

/// What there is to read of a round.
enum Found {
    /// There is a report.
    Report {
        /// As HTML, escaped by the reports room.
        body: String,
        /// What can be taken along of it.
        take: Take,
    },
    /// Nobody has a result.
    TooFewAnswered {
        /// The corrections as HTML, like a report.
        errata: String,
    },
    /// No group of it lies wholly within the unit.
    Nothing,
}

/// The rounds with a result within the unit, newest first.
fn own_rounds(past: &[PastWave], head: &TeamLabel) -> Vec<WaveId> {
    let published = past.iter().rev().filter_map(|wave| match wave {
        PastWave::Published(wave) => Some(wave),
        PastWave::Aborted(_) => None,
    });
    published.filter(|wave| !Visible::of_unit(&wave.release.base.blocks, head).is_empty()).map(|wave| wave.release.wave.clone()).collect()
}

fn report(installation: &Installation, wave: &WaveId, head: &TeamLabel, words: &Words) -> Result<(Vec<WaveId>, Found), Refusal> {
    let mut past = past_waves(installation, None)?;
    let rounds = own_rounds(&past, head);
    up_to(&mut past, wave)?;
    let Some(PastWave::Published(latest)) = past.last() else { return Err(Refusal::UnknownWave(wave.clone())) };
    let visible = Visible::of_unit(&latest.release.base.blocks, head);
    let found = if latest.release.base.blocks.is_empty() {
        Found::TooFewAnswered { errata: reports::errata(words.of_reports().map_err(Refusal::corrupt)?, latest).map_err(Refusal::corrupt)? }
    } else if visible.is_empty() {
        Found::Nothing
    } else {
        let portion = Portion::of_unit(installation, wave, head)?;
        let body = portion.page(words.of_reports().map_err(Refusal::corrupt)?)?;
        let take = Take::of(format!("/unit/{wave}"), &portion, words, Some(&body))?;
        Found::Report { body, take }
    };
    Ok((rounds, found))
}

/// A page that says by this key why there is nothing.
fn nothing(who: &SignedIn, head: &TeamLabel, rounds: Vec<WaveId>, why: &'static str, errata: String) -> Result<HttpResponse, Problem> {
    let page = Page::of(who, "/unit");
    let title = page.with("nothing-unit", &[("unit", head.as_str().into())]);
    let sentences = vec![page.say(why)];
    answer::page(StatusCode::OK, &NothingPage { page, title, sentences, errata, rounds, base: "/unit", under_way: None, way: None })
}
