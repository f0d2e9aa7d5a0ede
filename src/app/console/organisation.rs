//! The organisation's result, for HR: a few pages per published round, and what is under way in place of live results.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query, ServiceConfig};
use askama::Template;
use domain::{WaveId, WaveState};
use release::reading::PastWave;
use reports::{Part, PartPage, View};
use serde::Deserialize;

use super::files::Take;
use super::navigation::Page;
use super::rounds::parse_wave;
use super::routing::{read, reading};
use super::session::SignedIn;
use super::{Console, answer, blocking, first_steps};
use crate::error::Problem;
use crate::installation::Installation;
use crate::lifecycle::portion::Portion;
use crate::lifecycle::status::{self, RoundStatus};
use crate::lifecycle::{Refusal, past_waves};
use crate::words::Words;

/// A page with a report in it, for leaders.
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
    pub(super) take: Take,
}

/// A page that says in a friendly way that there is nothing to read.
#[derive(Template)]
#[template(path = "nothing.html")]
pub(super) struct NothingPage {
    pub(super) page: Page,
    pub(super) title: String,
    pub(super) sentences: Vec<&'static str>,
    /// The round that is under way, for those who may read of it.
    pub(super) under_way: Option<RoundStatus>,
    /// The corrections of the round as HTML, escaped by the reports room.
    pub(super) errata: String,
    /// Rounds that can be read instead, newest first.
    pub(super) rounds: Vec<WaveId>,
    /// The address before a round's name.
    pub(super) base: &'static str,
    /// Where to go on from here, for those who can do something about it: an address, and what it is called.
    pub(super) way: Option<(&'static str, &'static str)>,
}

/// One of the pages about a published round's result.
#[derive(Template)]
#[template(path = "organisation.html")]
struct OrganisationPage {
    page: Page,
    title: String,
    /// The rounds that can be read, newest first.
    rounds: Vec<WaveId>,
    wave: WaveId,
    /// The pages of the round.
    pages: Vec<PageLink>,
    /// The parts of a list that is too long for one page; fewer than two where it is not.
    parts: Vec<PartLink>,
    /// The sections of the page with the ids that lead there, as HTML; fewer than two where there is nothing to find.
    contents: Vec<(String, String)>,
    /// The round that is under way, where this page tells of it.
    under_way: Option<RoundStatus>,
    /// The page's sections as HTML, escaped by the reports room; `None` on the page about exports.
    body: Option<String>,
    /// The files, on the page about exports.
    take: Option<Take>,
}

impl OrganisationPage {
    /// What marks the round in the list of rounds: on the page about exports that page itself, else a page of its results.
    fn chosen(&self) -> &'static str {
        if self.body.is_some() { "true" } else { "page" }
    }
}

/// The way to another page of the same round.
struct PageLink {
    href: String,
    label: &'static str,
    current: bool,
}

/// The way to another part of a long list.
struct PartLink {
    number: usize,
    /// Its first and its last unit.
    units: String,
    current: bool,
}

/// What a page of a long list is asked for.
#[derive(Deserialize)]
pub(super) struct Asked {
    /// The part, from 1.
    part: Option<usize>,
}

/// The addresses of the organisation's result.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(reading("/organisation").route(read().to(latest)))
        .service(reading("/organisation/{wave}").route(read().to(overview)))
        .service(reading("/organisation/{wave}/take").route(read().to(take)))
        .service(
            reading("/organisation/{wave}/{part:comparison|groups|differences|participation|said|quality|comments}").route(read().to(part)),
        );
}

/// `GET /organisation`: the newest result; before the first, what is under way.
async fn latest(who: SignedIn, console: Data<Console>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    match blocking(&console, |installation| installation.identity.last_published().map_err(Refusal::unavailable)).await? {
        Some(wave) => Ok(answer::see_other(&format!("/organisation/{wave}"))),
        None => {
            let page = Page::of(&who, "/organisation");
            let title = page.say("nothing-organisation").to_owned();
            let sentences = vec![page.say("nothing-organisation-why")];
            let (under_way, due) =
                blocking(&console, |installation| Ok((under_way(installation)?, first_steps::are_due(installation)?))).await?;
            let way = Some(if due { ("/first-steps", page.say("first-title")) } else { ("/rounds", page.say("round-all")) });
            let (errata, rounds, base) = (String::new(), Vec::new(), "/organisation");
            let nothing = NothingPage { page, title, sentences, under_way, errata, rounds, base, way };
            answer::page(StatusCode::OK, &nothing)
        }
    }
}

/// `GET /organisation/{wave}`: the organisation's scores, as they were read when they were published.
async fn overview(who: SignedIn, console: Data<Console>, wave: Path<String>) -> Result<HttpResponse, Problem> {
    show(&who, &console, &wave, Part::Overview, 0).await
}

/// `GET /organisation/{wave}/{part}`: another page of the same result.
async fn part(
    who: SignedIn,
    console: Data<Console>,
    place: Path<(String, String)>,
    asked: Option<Query<Asked>>,
) -> Result<HttpResponse, Problem> {
    let (wave, part) = &*place;
    let part = Part::parse(part).ok_or_else(Problem::not_found)?;
    let number = asked.and_then(|asked| asked.part?.checked_sub(1)).unwrap_or_default();
    show(&who, &console, wave, part, number).await
}

async fn show(who: &SignedIn, console: &Data<Console>, wave: &str, part: Part, number: usize) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    let wave = parse_wave(wave)?;
    let asked = wave.clone();
    let words = who.speaking.words;
    let found = blocking(console, move |installation| Found::of(installation, &asked, words, Some((part, number)))).await?;
    let (page, base) = (Page::of(who, "/organisation"), "/organisation");
    if part == Part::Overview && matches!(found.read, Read::TooFewAnswered { .. }) {
        let title = page.with("report-organisation", &[("round", (&wave).into())]);
        let Read::TooFewAnswered { errata } = found.read else { return Err(Problem::not_found()) };
        let sentences = vec![page.say("nothing-too-few")];
        let others = found.rounds.into_iter().filter(|other| *other != wave).collect();
        let nothing = NothingPage { page, title, base, rounds: others, sentences, errata, under_way: found.under_way, way: None };
        return answer::page(StatusCode::OK, &nothing);
    }
    let Read::Page { title: of_part, filled } = found.read else { return Err(Problem::not_found()) };
    let title = match part {
        Part::Overview => page.with("report-organisation", &[("round", (&wave).into())]),
        _ => page.with("result-page", &[("page", of_part.into()), ("round", (&wave).into())]),
    };
    let contents = filled.headings().into_iter().map(|(id, heading)| (id.to_owned(), heading.to_owned())).collect();
    let PartPage { html, parts } = filled;
    let number = if number < parts.len() { number } else { 0 };
    let parts = (0..).zip(parts).map(|(place, units)| PartLink { number: place + 1, units, current: place == number }).collect();
    let pages = links(&page, &wave, found.parts, Some(part));
    let under_way = found.under_way.filter(|_| part == Part::Overview);
    answer::page(
        StatusCode::OK,
        &OrganisationPage { page, title, rounds: found.rounds, wave, pages, parts, contents, under_way, body: Some(html), take: None },
    )
}

/// `GET /organisation/{wave}/take`: what there is to take along, and why there is no raw export.
async fn take(who: SignedIn, console: Data<Console>, wave: Path<String>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    let wave = parse_wave(&wave)?;
    let asked = wave.clone();
    let words = who.speaking.words;
    let (found, take) = blocking(&console, move |installation| {
        let found = Found::of(installation, &asked, words, None)?;
        // What a round without a result has to take along would be empty.
        let take = if found.parts.is_empty() {
            None
        } else {
            {
                let portion = Portion::of_organisation(installation, &asked)?;
                Some(Take::of(format!("/organisation/{asked}"), &portion, words, None)?)
            }
        };
        Ok((found, take))
    })
    .await?;
    let page = Page::of(&who, "/organisation");
    let named = page.say("result-take");
    let title = page.with("result-page", &[("page", named.into()), ("round", (&wave).into())]);
    let pages = links(&page, &wave, found.parts, None);
    let (parts, contents) = (Vec::new(), Vec::new());
    // Nothing was published that could be taken along, and the round's page says why.
    if matches!(found.read, Read::TooFewAnswered { .. }) {
        return Ok(answer::see_other(&format!("/organisation/{wave}")));
    }
    let take = OrganisationPage { page, title, rounds: found.rounds, wave, pages, parts, contents, under_way: None, body: None, take };
    answer::page(StatusCode::OK, &take)
}

/// The ways to the pages of a round; the last is the one about exports.
fn links(page: &Page, wave: &WaveId, parts: Vec<(Part, &'static str)>, current: Option<Part>) -> Vec<PageLink> {
    let address = |slug: &str| if slug.is_empty() { format!("/organisation/{wave}") } else { format!("/organisation/{wave}/{slug}") };
    let results = parts.into_iter().map(|(part, label)| PageLink { href: address(part.slug()), label, current: Some(part) == current });
    let take = PageLink { href: address("take"), label: page.say("result-take"), current: current.is_none() };
    results.chain([take]).collect()
}

/// What there is to read of a round, and beside it.
struct Found {
    /// The published rounds, newest first.
    rounds: Vec<WaveId>,
    /// The pages that the round has, with their names.
    parts: Vec<(Part, &'static str)>,
    under_way: Option<RoundStatus>,
    read: Read,
}

/// What there is to read of a round.
enum Read {
    /// A page.
    Page {
        /// Its name.
        title: &'static str,
        /// What stands on it, escaped by the reports room.
        filled: PartPage,
    },
    /// Nothing was asked for.
    Nothing,
    /// No result.
    TooFewAnswered {
        /// The corrections, like a report.
        errata: String,
    },
}

impl Found {
    /// A published round, and one of its pages.
    fn of(installation: &Installation, wave: &WaveId, words: &Words, asked: Option<(Part, usize)>) -> Result<Self, Refusal> {
        let words = words.of_reports().map_err(Refusal::corrupt)?;
        let past = past_waves(installation, Some(wave))?;
        let Some(PastWave::Published(latest)) = past.last() else { return Err(Refusal::UnknownWave(wave.clone())) };
        let (rounds, under_way) = (published_rounds(installation)?, under_way(installation)?);
        if latest.release.base.blocks.is_empty() {
            let errata = reports::errata(words, latest).map_err(Refusal::corrupt)?;
            return Ok(Self { rounds, parts: Vec::new(), under_way, read: Read::TooFewAnswered { errata } });
        }
        let parts: Vec<Part> = Part::ALL.into_iter().filter(|part| part.is_of(latest)).collect();
        let read = match asked {
            None => Read::Nothing,
            Some((part, _)) if !parts.contains(&part) => return Err(Refusal::UnknownWave(wave.clone())),
            Some((part, number)) => {
                let hide = format!("/organisation/{wave}/comments");
                let view = View { number, hide: Some(&hide), names_groups: true };
                let filled = reports::organisation_part(words, &past, part, view).map_err(Refusal::corrupt)?;
                Read::Page { title: part.title(words), filled }
            }
        };
        Ok(Self { rounds, parts: parts.into_iter().map(|part| (part, part.title(words))).collect(), under_way, read })
    }
}

/// The published rounds, newest first.
fn published_rounds(installation: &Installation) -> Result<Vec<WaveId>, Refusal> {
    let waves = installation.identity.waves()?;
    Ok(waves.into_iter().rev().filter(|wave| wave.state == WaveState::Published).map(|wave| wave.wave).collect())
}

/// The round that has begun and has no result yet; there is one at most.
fn under_way(installation: &Installation) -> Result<Option<RoundStatus>, Refusal> {
    let begun = |state| matches!(state, WaveState::Running | WaveState::Closing | WaveState::Closed | WaveState::Opened);
    let wave = installation.identity.waves()?.into_iter().find(|wave| begun(wave.state));
    wave.map(|wave| status::status(installation, &wave.wave)).transpose()
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
