//! The organisation's result, for HR.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use domain::{WaveId, WaveState};
use release::reading::PastWave;
use reports::Readable;

use super::files::Take;
use super::navigation::Page;
use super::rounds::parse_wave;
use super::session::SignedIn;
use super::{Console, answer, blocking};
use crate::error::Problem;
use crate::installation::Installation;
use crate::lifecycle::{Refusal, exports, past_waves};
use crate::words::Words;

/// A page with a report in it, for HR as for leaders.
#[derive(Template)]
#[template(path = "report.html")]
pub(super) struct ReportPage {
    pub(super) page: Page,
    pub(super) title: String,
    /// The address before the round's name.
    pub(super) base: &'static str,
    /// The rounds that can be read, newest first.
    pub(super) rounds: Vec<WaveId>,
    /// The one that is shown.
    pub(super) wave: WaveId,
    /// The report as HTML, escaped by the reports room.
    pub(super) body: String,
    /// What can be taken along of it.
    pub(super) take: Option<Take>,
}

/// A page that says in a friendly way that there is nothing to read.
#[derive(Template)]
#[template(path = "nothing.html")]
pub(super) struct NothingPage {
    pub(super) page: Page,
    pub(super) title: String,
    pub(super) sentences: Vec<&'static str>,
    /// The corrections of the round as HTML, escaped by the reports room.
    pub(super) errata: String,
    /// Rounds that can be read instead, newest first.
    pub(super) rounds: Vec<WaveId>,
    /// The address before a round's name.
    pub(super) base: &'static str,
}

/// `GET /organisation`: the newest result.
pub(super) async fn latest(who: SignedIn, console: Data<Console>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    match blocking(&console, |installation| installation.identity.last_published().map_err(Refusal::unavailable)).await? {
        Some(wave) => Ok(answer::see_other(&format!("/organisation/{wave}"))),
        None => {
            let page = Page::of(&who, "/organisation");
            let title = page.say("nothing-organisation").to_owned();
            let sentences = vec![page.say("nothing-organisation-why")];
            let nothing = NothingPage { page, title, sentences, errata: String::new(), rounds: Vec::new(), base: "/organisation" };
            answer::page(StatusCode::OK, &nothing)
        }
    }
}

/// `GET /organisation/{wave}`: the result of one round, as it was read when it was published.
pub(super) async fn of_wave(who: SignedIn, console: Data<Console>, wave: Path<String>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    let wave = parse_wave(&wave)?;
    let asked = wave.clone();
    let words = who.speaking.words;
    let (rounds, body) = blocking(&console, move |installation| report(installation, &asked, words)).await?;
    let (page, base) = (Page::of(&who, "/organisation"), "/organisation");
    let title = page.with("report-organisation", &[("round", (&wave).into())]);
    match body {
        Read::Report(body) => {
            let take = Some(Take::of_organisation(&wave, &body)?);
            answer::page(StatusCode::OK, &ReportPage { page, title, base, rounds, wave, body, take })
        }
        Read::TooFewAnswered { errata } => {
            let sentences = vec![page.say("nothing-too-few")];
            answer::page(StatusCode::OK, &NothingPage { page, title, base, rounds, sentences, errata })
        }
    }
}

/// `GET /organisation/{wave}/table.csv`: the same numbers as a table.
pub(super) async fn table(who: SignedIn, console: Data<Console>, wave: Path<String>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    let wave = parse_wave(&wave)?;
    let asked = wave.clone();
    let table = blocking(&console, move |installation| {
        let table = exports::table_of(&past_waves(installation, Some(&asked))?, &asked, Readable::All)?;
        exports::record(installation, &asked, "csv")?;
        Ok(table)
    })
    .await?;
    Ok(answer::csv(&wave, table))
}

/// What there is to read of a round.
enum Read {
    /// The report as HTML, escaped by the reports room.
    Report(String),
    /// No result.
    TooFewAnswered {
        /// The corrections, like a report.
        errata: String,
    },
}

/// The published rounds, and what there is to read of one of them.
fn report(installation: &Installation, wave: &WaveId, words: &Words) -> Result<(Vec<WaveId>, Read), Refusal> {
    let words = words.of_reports().map_err(Refusal::corrupt)?;
    let past = past_waves(installation, Some(wave))?;
    let rounds = published_rounds(installation)?;
    if let Some(PastWave::Published(latest)) = past.last()
        && latest.release.base.blocks.is_empty()
    {
        return Ok((rounds, Read::TooFewAnswered { errata: reports::errata(words, latest).map_err(Refusal::corrupt)? }));
    }
    let hide = format!("/organisation/{wave}/comments");
    Ok((rounds, Read::Report(reports::organisation_page(words, &past, Some(&hide)).map_err(Refusal::corrupt)?)))
}

/// The published rounds, newest first.
fn published_rounds(installation: &Installation) -> Result<Vec<WaveId>, Refusal> {
    let waves = installation.identity.waves()?;
    Ok(waves.into_iter().rev().filter(|wave| wave.state == WaveState::Published).map(|wave| wave.wave).collect())
}

/// Drops everything after a published round.
///
/// # Errors
/// [`Refusal::UnknownWave`] when it is not published.
pub(super) fn up_to(past: &mut Vec<PastWave>, wave: &WaveId) -> Result<(), Refusal> {
    let place = past.iter().position(|other| matches!(other, PastWave::Published(other) if other.release.wave == *wave));
    past.truncate(place.ok_or_else(|| Refusal::UnknownWave(wave.clone()))? + 1);
    Ok(())
}
