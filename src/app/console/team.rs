//! A leader's own result: the groups in which their teams count and the sub-total of their own unit, nothing else.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use domain::{PersonId, WaveId};
use release::reading::{self, PastWave, PublishedWave};

use super::files::Take;
use super::navigation::Page;
use super::organisation::{NothingPage, ReportPage, up_to};
use super::rounds::parse_wave;
use super::session::SignedIn;
use super::{Console, answer, blocking};
use crate::error::Problem;
use crate::installation::Installation;
use crate::lifecycle::portion::{Own, Portion, led_teams, own_result};
use crate::lifecycle::visible::Visible;
use crate::lifecycle::{Refusal, past_waves};
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
            let take = move |installation: &Installation| {
                let portion = Portion::of_leader(installation, &round, &person)?;
                Take::of(format!("/team/{round}"), &portion, words, Some(&report))
            };
            let take = blocking(&console, take).await?;
            let page = Page::of(&who, "/team");
            let title = page.with("report-team", &[("round", (&wave).into())]);
            answer::page(StatusCode::OK, &ReportPage { page, title, base: "/team", rounds, wave, body, take })
        }
        Own::TooFewAnswered { errata } => nothing(&who, rounds, "nothing-too-few", errata),
        Own::NoTeam => nothing(&who, rounds, "nothing-team-led", String::new()),
    }
}

/// A page that says by this key why there is nothing.
fn nothing(who: &SignedIn, rounds: OwnRounds, why: &'static str, errata: String) -> Result<HttpResponse, Problem> {
    let page = Page::of(who, "/team");
    let title = page.say("nothing-team").to_owned();
    let sentences = vec![page.say(why), page.say("nothing-team-wrong")];
    answer::page(StatusCode::OK, &NothingPage { page, title, sentences, errata, rounds, base: "/team", under_way: None, way: None })
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
