//! The rehearsal of a draft for HR: invented answers on the own staff list, through to the pages, each marked as invented. It goes on behind the page, is
//! kept in memory alone and is gone at the end of the process.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::http::StatusCode;
use actix_web::web::{self, Data, Form, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::{PersonId, WaveId, WaveState};
use release::reading;
use serde::Deserialize;

use super::navigation::Page;
use super::rounds::parse_wave;
use super::routing::{read, reading as reading_only, taking_forms};
use super::session::SignedIn;
use super::{Console, answer, blocking, own_form};
use crate::error::{Code, Problem};
use crate::installation::Installation;
use crate::lifecycle::Refusal;
use crate::lifecycle::portion::{Own, own_result};
use crate::lifecycle::summary;
use crate::simulate::rehearsal::{Progress, Rehearsal, Rehearsed, rehearse};
use crate::words::Saying;

/// The routes of the rehearsal.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(taking_forms("/rounds/{wave}/rehearsal").route(read().to(show)).route(web::post().to(begin)))
        .service(reading_only("/rounds/{wave}/rehearsal/organisation").route(read().to(organisation)))
        .service(reading_only("/rounds/{wave}/rehearsal/leader/{person}").route(read().to(leader)));
}

/// How many rehearsals are kept; an older one goes when another begins.
const KEPT: usize = 3;
/// With which probabilities people can be taken to answer, in percent.
const RATES: [u32; 3] = [40, 60, 80];
/// How many leaders are listed.
const LEADERS_SHOWN: usize = 200;

/// The rehearsals of this process, one per draft.
#[derive(Clone, Default)]
pub(super) struct Rehearsals(Arc<Mutex<Vec<(WaveId, Standing)>>>);

/// Where a rehearsal stands.
#[derive(Clone)]
enum Standing {
    /// So many of so many answers are sealed; none are counted before and after that.
    Going { sealed: usize, of: usize, opening: bool },
    /// It can be read.
    Done { rehearsed: Arc<Rehearsed>, rate: u32 },
    /// It could not be carried through.
    Failed(Box<Saying>),
}

impl Standing {
    /// It could not be carried through, for this reason.
    fn failed(problem: Problem) -> Self {
        Self::Failed(problem.saying.unwrap_or_else(|| Box::new(Saying::key("detail-not-found"))))
    }
}

impl Rehearsals {
    fn get(&self, wave: &WaveId) -> Option<Standing> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|(of, _)| of == wave).map(|(_, standing)| standing.clone())
    }

    /// Begins one; `false` while one goes on, of whatever draft: each takes every processor.
    fn begin(&self, wave: &WaveId) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.iter().any(|(_, standing)| matches!(standing, Standing::Going { .. })) {
            return false;
        }
        all.retain(|(of, _)| of != wave);
        let surplus = (all.len() + 1).saturating_sub(KEPT);
        all.drain(..surplus);
        all.push((wave.clone(), Standing::Going { sealed: 0, of: 0, opening: false }));
        true
    }

    fn tell(&self, wave: &WaveId, progress: Progress) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, Standing::Going { sealed, of, opening })) = all.iter_mut().find(|(known, _)| known == wave) {
            match progress {
                Progress::Sealing(ballots) => *of = ballots,
                Progress::Sealed => *sealed += 1,
                Progress::Opening => *opening = true,
            }
        }
    }

    fn end(&self, wave: &WaveId, standing: Standing) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = all.iter_mut().find(|(of, _)| of == wave) {
            *known = standing;
        }
    }
}

/// Notes a rehearsal as failed that ends in a fault of the program.
struct Ended<'a>(&'a Rehearsals, &'a WaveId);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        if matches!(self.0.get(self.1), Some(Standing::Going { .. })) {
            self.0.end(self.1, Standing::failed(Problem::internal(&"the rehearsal ended in a fault of the program")));
        }
    }
}

#[derive(Template)]
#[template(path = "rehearsal.html")]
struct RehearsalPage {
    page: Page,
    wave: WaveId,
    says: Option<String>,
    failed: Option<Box<Saying>>,
    done: Option<(Arc<Rehearsed>, u32)>,
}

impl RehearsalPage {
    fn leaders(&self) -> Vec<(&PersonId, &str)> {
        let leaders: Option<&BTreeMap<_, _>> = self.done.as_ref().map(|(rehearsed, _)| &rehearsed.leaders);
        leaders.into_iter().flatten().take(LEADERS_SHOWN).map(|(person, (name, _))| (person, name.as_str())).collect()
    }

    fn going(&self) -> bool {
        self.says.is_some()
    }
}

#[derive(Template)]
#[template(path = "rehearsed.html")]
struct RehearsedPage {
    page: Page,
    wave: WaveId,
    title: String,
    /// The report as HTML, escaped by the reports room.
    body: String,
}

/// `GET /rounds/{wave}/rehearsal`: how far it is, and what can be read.
async fn show(who: SignedIn, console: Data<Console>, wave: Path<String>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    let wave = parse_wave(&wave)?;
    let asked = wave.clone();
    if blocking(&console, move |installation| installation.state(&asked)).await? != WaveState::Draft {
        return Ok(answer::see_other(&format!("/rounds/{wave}")));
    }
    let page = Page::of(&who, "/rounds");
    let (mut says, mut failed, mut done) = (None, None, None);
    match console.rehearsals.get(&wave) {
        Some(Standing::Going { opening: true, .. }) => says = Some(page.say("rehearsal-opening").to_owned()),
        Some(Standing::Going { of: 0, .. }) => says = Some(page.say("rehearsal-begun").to_owned()),
        Some(Standing::Going { sealed, of, .. }) => says = Some(page.with("rehearsal-at", &[("done", sealed.into()), ("of", of.into())])),
        Some(Standing::Done { rehearsed, rate }) => done = Some((rehearsed, rate)),
        Some(Standing::Failed(problem)) => failed = Some(problem),
        None => {}
    }
    answer::page(StatusCode::OK, &RehearsalPage { page, wave, says, failed, done })
}

/// The form that begins a rehearsal.
#[derive(Deserialize)]
struct RehearsalForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    rate: u32,
}

/// `POST /rounds/{wave}/rehearsal`: begins one, unless one goes on.
async fn begin(
    who: SignedIn,
    console: Data<Console>,
    request: HttpRequest,
    wave: Path<String>,
    form: Form<RehearsalForm>,
) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    own_form(&request, &console)?;
    who.form_token().check(&form.token)?;
    let wave = parse_wave(&wave)?;
    let rate = RATES.into_iter().find(|rate| *rate == form.rate).unwrap_or(60);
    let asked = wave.clone();
    let ready = blocking(&console, move |installation| {
        let drafted = installation.state(&asked)? == WaveState::Draft;
        Ok(drafted && summary::of_draft(installation, &asked)?.groups.is_some())
    });
    if !ready.await? {
        return Err(Problem::said(Code::RoundRefused, Saying::key("rehearsal-not-ready")));
    }
    let named = called(&wave, who.speaking.words.say("rehearsal-name"))?;
    if console.rehearsals.begin(&wave) {
        let (installation, rehearsals, of) = (console.installation.clone(), console.rehearsals.clone(), wave.clone());
        let work = move || {
            let _ended = Ended(&rehearsals, &of);
            let outcome = play(&installation, &rehearsals, &of, &named, rate);
            rehearsals.end(&of, outcome.unwrap_or_else(|refusal| Standing::failed(refusal.into())));
        };
        if let Err(cause) = std::thread::Builder::new().name("rehearsal".to_owned()).spawn(work) {
            console.rehearsals.end(&wave, Standing::failed(Problem::unavailable(&cause)));
        }
    }
    Ok(answer::see_other(&format!("/rounds/{wave}/rehearsal")))
}

/// What the rehearsal of a draft is called, in the language of whoever begins it.
fn called(wave: &WaveId, word: &str) -> Result<WaveId, Problem> {
    WaveId::parse(&format!("{wave}-{word}")).or_else(|_| WaveId::parse(word)).map_err(|reason| Problem::internal(&reason))
}

fn play(installation: &Installation, rehearsals: &Rehearsals, wave: &WaveId, called: &WaveId, rate: u32) -> Result<Standing, Refusal> {
    let summary = summary::of_draft(installation, wave)?;
    let (Some(groups), Some(instrument)) = (summary.groups, summary.instrument) else {
        return Err(Refusal::said(Saying::key("rehearsal-not-ready")));
    };
    let rehearsal = Rehearsal {
        wave: called,
        organisation: &installation.config.organisation,
        settings: &summary.settings,
        instrument,
        leaves: groups.proposal.leaves,
        group_of: &groups.proposal.group_of,
        roster: &installation.identity.roster()?,
        response_rate: f64::from(rate) / 100.0,
        seed: rand::random(),
        opens_at: installation.clock.now(),
    };
    let rehearsed = rehearse(rehearsal, &|progress| rehearsals.tell(wave, progress)).map_err(Refusal::Corrupt)?;
    Ok(Standing::Done { rehearsed: Arc::new(rehearsed), rate })
}

/// A rehearsal that can be read.
fn finished(console: &Console, wave: &WaveId) -> Result<Arc<Rehearsed>, Problem> {
    match console.rehearsals.get(wave) {
        Some(Standing::Done { rehearsed, .. }) => Ok(rehearsed),
        _ => Err(Problem::not_found()),
    }
}

/// `GET /rounds/{wave}/rehearsal/organisation`: HR's page of the rehearsal.
async fn organisation(who: SignedIn, console: Data<Console>, wave: Path<String>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    let wave = parse_wave(&wave)?;
    let (rehearsed, words) = (finished(&console, &wave)?, who.speaking.words);
    let page = Page::of(&who, "/rounds");
    let nothing = page.say("rehearsal-nothing").to_owned();
    let body = blocking(&console, move |_| {
        if rehearsed.round().is_none_or(|round| round.release.base.blocks.is_empty()) {
            return Ok(nothing);
        }
        reports::organisation_page(words.of_reports().map_err(Refusal::corrupt)?, &rehearsed.past, None).map_err(Refusal::corrupt)
    });
    let (body, title) = (body.await?, page.say("nav-organisation").to_owned());
    answer::page(StatusCode::OK, &RehearsedPage { page, wave, title, body })
}

/// `GET /rounds/{wave}/rehearsal/leader/{person}`: a leader's page of the rehearsal.
async fn leader(who: SignedIn, console: Data<Console>, place: Path<(String, String)>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    let wave = parse_wave(&place.0)?;
    let person = PersonId::parse(&place.1).map_err(|_| Problem::not_found())?;
    let (rehearsed, words) = (finished(&console, &wave)?, who.speaking.words);
    let (name, led) = rehearsed.leaders.get(&person).cloned().ok_or_else(Problem::not_found)?;
    let page = Page::of(&who, "/rounds");
    let nothing = page.say("rehearsal-nothing").to_owned();
    let body = blocking(&console, move |_| {
        let words = words.of_reports().map_err(Refusal::corrupt)?;
        let Some(round) = rehearsed.round() else { return Ok(nothing) };
        let own = own_result(words, &rehearsed.past, round, &led, |block| reading::read_block(&rehearsed.past, block))?;
        Ok(match own {
            Own::Report(body) => body,
            Own::TooFewAnswered { .. } | Own::NoTeam => nothing,
        })
    });
    let body = body.await?;
    answer::page(StatusCode::OK, &RehearsedPage { page, wave, title: name, body })
}
