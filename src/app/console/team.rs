//! A leader's own result: the groups in which their teams count and the sub-total of their own unit, nothing else.

use std::collections::BTreeSet;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use disclosure::BlockId;
use domain::{PersonId, TeamLabel, WaveId};
use release::reading::{self, BlockReport, PastWave, Published, PublishedWave, ReadingProblem};
use reports::Readable;

use super::files::Take;
use super::led_teams::led_teams;
use super::navigation::Page;
use super::organisation::{NothingPage, ReportPage, up_to};
use super::rounds::parse_wave;
use super::session::SignedIn;
use super::visible::Visible;
use super::{Console, answer, blocking};
use crate::error::Problem;
use crate::installation::Installation;
use crate::lifecycle::{Refusal, exports, past_waves};
use crate::words::Words;

/// The published rounds in which somebody led a team, newest first.
type OwnRounds = Vec<WaveId>;

/// `GET /team`: the newest result that is theirs.
pub(super) async fn latest(who: SignedIn, console: Data<Console>) -> Result<HttpResponse, Problem> {
    let person = who.must_be_leader()?.clone();
    let own = blocking(&console, move |installation| own_rounds(installation, &past_waves(installation, None)?, &person)).await?;
    match own.first() {
        Some(wave) => Ok(answer::see_other(&format!("/team/{wave}"))),
        None => nothing(&who, own, "nothing-team-none", String::new()),
    }
}

/// `GET /team/{wave}`: what is theirs of one round, as it was read when it was published.
pub(super) async fn of_wave(who: SignedIn, console: Data<Console>, wave: Path<String>) -> Result<HttpResponse, Problem> {
    let person = who.must_be_leader()?.clone();
    let wave = parse_wave(&wave)?;
    let asked = wave.clone();
    let words = who.speaking.words;
    let (rounds, own) = blocking(&console, move |installation| report(installation, &asked, &person, words)).await?;
    match own {
        Own::Report(body) => {
            let person = who.must_be_leader()?.clone();
            let (round, report) = (wave.clone(), body.clone());
            let take = blocking(&console, move |installation| Take::of_team(installation, &round, &person, words, &report)).await?;
            let page = Page::of(&who, "/team");
            let title = page.with("report-team", &[("round", (&wave).into())]);
            answer::page(StatusCode::OK, &ReportPage { page, title, base: "/team", rounds, wave, body, take: Some(take) })
        }
        Own::TooFewAnswered { errata } => nothing(&who, rounds, "nothing-too-few", errata),
        Own::NoTeam => nothing(&who, rounds, "nothing-team-led", String::new()),
    }
}

/// `GET /team/{wave}/table.csv`: the same numbers as a table.
pub(super) async fn table(who: SignedIn, console: Data<Console>, wave: Path<String>) -> Result<HttpResponse, Problem> {
    let person = who.must_be_leader()?.clone();
    let wave = parse_wave(&wave)?;
    let asked = wave.clone();
    let table = blocking(&console, move |installation| own_table(installation, &asked, &person)).await?;
    Ok(answer::csv(&wave, table))
}

fn own_table(installation: &Installation, wave: &WaveId, person: &PersonId) -> Result<Vec<u8>, Refusal> {
    let past = past_waves(installation, Some(wave))?;
    let Some(PastWave::Published(latest)) = past.last() else { return Err(Refusal::UnknownWave(wave.clone())) };
    let visible = visible(installation, latest, person)?;
    if visible.is_empty() {
        return Err(Refusal::UnknownWave(wave.clone()));
    }
    let table = exports::table_of(&past, wave, Readable::Only { blocks: &visible.blocks, units: &visible.units })?;
    exports::record(installation, wave, "csv")?;
    Ok(table)
}

/// What of a round is somebody's own.
pub(crate) enum Own {
    /// The report as HTML, escaped by the reports room.
    Report(String),
    /// Nobody has a result.
    TooFewAnswered {
        /// The corrections as HTML, like a report.
        errata: String,
    },
    /// They led no team.
    NoTeam,
}

/// A page that says by this key why there is nothing.
fn nothing(who: &SignedIn, rounds: OwnRounds, why: &'static str, errata: String) -> Result<HttpResponse, Problem> {
    let page = Page::of(who, "/team");
    let title = page.say("nothing-team").to_owned();
    let sentences = vec![page.say(why), page.say("nothing-team-wrong")];
    answer::page(StatusCode::OK, &NothingPage { page, title, sentences, errata, rounds, base: "/team", under_way: None })
}

/// What somebody may read of a round by the teams that they led in it.
fn visible(installation: &Installation, wave: &PublishedWave, person: &PersonId) -> Result<Visible, Refusal> {
    let led = led_teams(installation, &wave.release.wave, person)?;
    Ok(Visible::of(&wave.groups, &wave.release.base.blocks, &led))
}

fn own_rounds(installation: &Installation, past: &[PastWave], person: &PersonId) -> Result<OwnRounds, Refusal> {
    let mut own = Vec::new();
    for wave in past.iter().rev() {
        if let PastWave::Published(wave) = wave
            && !visible(installation, wave, person)?.is_empty()
        {
            own.push(wave.release.wave.clone());
        }
    }
    Ok(own)
}

/// The rounds that are theirs, and what is theirs of one round.
fn report(installation: &Installation, wave: &WaveId, person: &PersonId, words: &Words) -> Result<(OwnRounds, Own), Refusal> {
    let words = words.of_reports().map_err(Refusal::corrupt)?;
    let mut past = past_waves(installation, None)?;
    let own = own_rounds(installation, &past, person)?;
    up_to(&mut past, wave)?;
    let Some(PastWave::Published(latest)) = past.last() else { return Err(Refusal::UnknownWave(wave.clone())) };
    let led = led_teams(installation, wave, person)?;
    Ok((own, own_result(words, &past, latest, &led, |block| reading::read_block(&past, block))?))
}

/// What of the latest round is the own of somebody who led these teams in it. `read_block` is `reading::read_block` of these rounds, or
/// knows what that would give.
pub(crate) fn own_result(
    words: &reports::Words,
    past: &[PastWave],
    latest: &PublishedWave,
    led: &BTreeSet<TeamLabel>,
    read_block: impl Fn(BlockId) -> Result<Published<BlockReport>, ReadingProblem>,
) -> Result<Own, Refusal> {
    let visible = Visible::of(&latest.groups, &latest.release.base.blocks, led);
    if visible.is_empty() {
        let nobody = latest.release.base.blocks.is_empty();
        return Ok(if nobody {
            Own::TooFewAnswered { errata: reports::errata(words, latest).map_err(Refusal::corrupt)? }
        } else {
            Own::NoTeam
        });
    }
    reports::leader_page(words, past, (&visible.blocks, &visible.units), led, read_block).map(Own::Report).map_err(Refusal::corrupt)
}
