//! The launch for HR: a summary to confirm, and then how far it is. One press is one launch, however often it is sent.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{self, Data, Form, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::instrument::Instrument;
use domain::{WaveId, WaveState};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::background::{Stage, Task};
use super::navigation::Page;
use super::rounds::parse_wave;
use super::routing::{read, taking_forms};
use super::session::SignedIn;
use super::{Console, answer, blocking, own_form};
use crate::error::{Code, Problem};
use crate::installation::Installation;
use crate::lifecycle::preview;
use crate::lifecycle::progress::Work;
use crate::lifecycle::status::{self, RoundStatus};
use crate::lifecycle::summary::{self, Summary};
use crate::lifecycle::{Refusal, countersign, launch};
use crate::mail::Passage;
use crate::mail::message::{Group, Round};
use crate::words::{Saying, Value};

/// The routes of the launch.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(taking_forms("/rounds/{wave}/launch").route(read().to(show)).route(web::post().to(press)));
}

/// The shortest passphrase that the console takes.
const SHORTEST_PASSPHRASE: usize = 12;

#[derive(Template)]
#[template(path = "launch.html")]
struct LaunchPage<'a> {
    page: Page,
    wave: &'a WaveId,
    summary: &'a Summary,
    round: &'a RoundStatus,
    promise: &'a [Passage],
    problem: Option<&'a Problem>,
}

impl LaunchPage<'_> {
    fn title(&self) -> Value {
        match &self.summary.instrument {
            Some(Instrument { title, .. }) => Value::Title(title.clone()),
            None => self.summary.settings.instrument.as_str().into(),
        }
    }

    fn statements(&self) -> usize {
        self.summary.instrument.as_ref().map_or(0, |instrument| instrument.items.len())
    }

    fn groups(&self) -> usize {
        self.summary.groups.as_ref().map_or(0, |groups| groups.proposal.leaves.len())
    }

    fn languages(&self) -> String {
        self.page.counted_by_language(&self.summary.languages)
    }
}

#[derive(Template)]
#[template(path = "launching.html")]
struct LaunchingPage<'a> {
    page: Page,
    wave: &'a WaveId,
    /// What is being done; `None` where another process does it, or nothing has been told yet.
    says: Option<String>,
    /// The page asks for the passphrase of a launch that an end of the process interrupted.
    wants_passphrase: bool,
    problem: Option<&'a Problem>,
}

/// Where a launch stands.
enum Where {
    /// It can be confirmed.
    Before(Box<(Summary, RoundStatus, Vec<Passage>)>),
    /// It waits for the countersignature of the key holder.
    Waits,
    /// It has begun; whether a passphrase is needed to go on.
    Under { wants_passphrase: bool },
    /// It is over.
    Behind,
}

/// Where the launch of a round stands; `going` where this process is at it.
fn look_up(installation: &Installation, wave: &WaveId, language: &str, going: bool) -> Result<Where, Refusal> {
    let before = || {
        let summary = summary::of_draft(installation, wave)?;
        let promise = if summary.obstacles.is_empty() { promise(installation, wave, language)? } else { Vec::new() };
        Ok(Where::Before(Box::new((summary, status::status(installation, wave)?, promise))))
    };
    match installation.state(wave)? {
        WaveState::Draft if going => Ok(Where::Under { wants_passphrase: false }),
        WaveState::Draft => match before() {
            // It was launched while its draft was read here.
            Err(_) if installation.state(wave)? != WaveState::Draft => look_up(installation, wave, language, going),
            found => found,
        },
        WaveState::Launching if countersign::waits(installation, wave)? => Ok(Where::Waits),
        WaveState::Launching => {
            let locked = crate::lifecycle::settings::WaveSettings::of(&installation.identity, wave)?.passphrase;
            Ok(Where::Under { wants_passphrase: locked && launch::makes_a_key(installation, wave)? })
        }
        _ => Ok(Where::Behind),
    }
}

/// The promise in words, for the people of the largest group.
fn promise(installation: &Installation, wave: &WaveId, language: &str) -> Result<Vec<Passage>, Refusal> {
    let preview = preview::of_draft(installation, wave)?;
    let round = Round::of(preview.sheet.manifest(), &preview.instrument, installation.config.survey.zone(), String::new());
    let largest = preview.groups.leaves().iter().max_by_key(|leaf| leaf.invited).map(|leaf| leaf.group);
    let group = largest.and_then(|group| Group::of(&preview.groups, group)).ok_or_else(|| Refusal::corrupt("a round without groups"))?;
    let language = domain::Language::parse(language).map_err(Refusal::corrupt)?;
    let page = format!("{}/w/{wave}/", installation.config.respondents.url);
    crate::mail::promises(&round, &group, &language, &page).map_err(Refusal::corrupt)
}

/// `GET /rounds/{wave}/launch`: what the launch would do, or how far it is.
async fn show(who: SignedIn, console: Data<Console>, wave: Path<String>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    page(&who, &console, &parse_wave(&wave)?, None).await
}

async fn page(who: &SignedIn, console: &Console, wave: &WaveId, problem: Option<&Problem>) -> Result<HttpResponse, Problem> {
    let frame = Page::of(who, "/rounds");
    let (asked, language) = (wave.clone(), frame.language());
    let stage = console.background.launch(wave);
    let going = matches!(stage, Some(Stage::Going(_)));
    let found = blocking(console, move |installation| look_up(installation, &asked, language, going)).await?;
    let stopped = match &stage {
        Some(Stage::Stopped(problem)) => Some(Arc::clone(problem)),
        _ => None,
    };
    let problem = problem.or(stopped.as_deref());
    let status = problem.map_or(StatusCode::OK, |problem| problem.code.status());
    match found {
        Where::Behind => Ok(answer::see_other(&format!("/rounds/{wave}?done=launch"))),
        Where::Waits => Ok(answer::see_other(&format!("/rounds/{wave}/key-holder"))),
        Where::Before(found) => {
            let (summary, round, promise) = &*found;
            answer::page(status, &LaunchPage { page: frame, wave, summary, round, promise, problem })
        }
        Where::Under { wants_passphrase } => {
            let wants_passphrase = wants_passphrase && !going;
            let says = how_far(&frame, stage.as_ref());
            answer::page(status, &LaunchingPage { page: frame, wave, says, wants_passphrase, problem })
        }
    }
}

/// How far a piece of work is that goes on behind a page; `None` where another process does it, or nothing has been told yet.
pub(super) fn how_far(frame: &Page, stage: Option<&Stage>) -> Option<String> {
    let Some(Stage::Going(Some(progress))) = stage else { return None };
    let work = frame.say(match progress.work {
        Work::ImportStaff | Work::FormGroups => "launching-groups",
        Work::FreezeStaff => "launching-staff",
        Work::SealPromises => "launching-promises",
        Work::QueueInvitations => "launching-invitations",
        Work::ShutBox => "step-shuts",
        Work::CheckAnswers => "step-checks",
        Work::OpenAnswers => "step-opens",
        Work::ComputeResult => "step-computes",
        Work::DestroyAnswers => "step-destroys",
    });
    if progress.of == 0 {
        return Some(work.to_owned());
    }
    Some(frame.with("launching-at", &[("work", work.into()), ("done", progress.done.into()), ("of", progress.of.into())]))
}

/// The form that confirms a launch.
#[derive(Deserialize)]
struct LaunchForm {
    #[serde(default)]
    token: String,
    /// The fingerprint of the summary that was read.
    #[serde(default)]
    seen: String,
    #[serde(default)]
    confirm: String,
    passphrase: Option<String>,
    again: Option<String>,
}

/// `POST /rounds/{wave}/launch`: begins the launch and shows how far it is. Pressed twice, it shows the same.
async fn press(
    who: SignedIn,
    console: Data<Console>,
    request: HttpRequest,
    wave: Path<String>,
    form: Form<LaunchForm>,
) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    own_form(&request, &console)?;
    let form = form.into_inner();
    who.form_token().check(&form.token)?;
    let wave = parse_wave(&wave)?;
    let here = format!("/rounds/{wave}/launch");
    if matches!(console.background.launch(&wave), Some(Stage::Going(_))) {
        return Ok(answer::see_other(&here));
    }
    let secrets = [form.passphrase, form.again].map(|given| SecretString::from(given.unwrap_or_default()));
    let (asked, seen, confirmed) = (wave.clone(), form.seen, form.confirm == "yes");
    let checked = blocking(&console, move |installation| check(installation, &asked, &seen, confirmed, secrets)).await?;
    match checked {
        Ok(Checked::Begin(passphrase)) => {
            begin(&console, &wave, passphrase);
            Ok(answer::see_other(&here))
        }
        // It runs already, or goes on by itself.
        Ok(Checked::Behind) => Ok(answer::see_other(&here)),
        Err(problem) if answer::reads_pages(request.headers()) => page(&who, &console, &wave, Some(&problem)).await,
        Err(problem) => Err(problem),
    }
}

/// What a press is to do.
enum Checked {
    Begin(Option<SecretString>),
    Behind,
}

fn check(
    installation: &Installation,
    wave: &WaveId,
    seen: &str,
    confirmed: bool,
    [passphrase, again]: [SecretString; 2],
) -> Result<Result<Checked, Problem>, Refusal> {
    let refused = |key| Ok(Err(Problem::said(Code::RoundRefused, Saying::key(key))));
    let locked = match installation.state(wave)? {
        WaveState::Draft => {
            let summary = summary::of_draft(installation, wave)?;
            if !summary.obstacles.is_empty() {
                return refused("launch-obstacles");
            }
            // Who confirms must have seen what is launched.
            if summary.seen != seen {
                return refused("launch-changed");
            }
            if !confirmed {
                return refused("launch-unconfirmed");
            }
            summary.settings.passphrase
        }
        WaveState::Launching if countersign::waits(installation, wave)? => return Ok(Ok(Checked::Behind)),
        WaveState::Launching => {
            let locked = crate::lifecycle::settings::WaveSettings::of(&installation.identity, wave)?.passphrase;
            locked && launch::makes_a_key(installation, wave)?
        }
        _ => return Ok(Ok(Checked::Behind)),
    };
    if !locked {
        return Ok(Ok(Checked::Begin(None)));
    }
    if passphrase.expose_secret().chars().count() < SHORTEST_PASSPHRASE {
        return refused("launch-passphrase-short");
    }
    if passphrase.expose_secret() != again.expose_secret() {
        return refused("launch-passphrase-twice");
    }
    Ok(Ok(Checked::Begin(Some(passphrase))))
}

/// Launches in a thread of its own: whoever pressed may close the page, and a launch that a dying process leaves is taken up at the next start.
pub(super) fn begin(console: &Console, wave: &WaveId, passphrase: Option<SecretString>) {
    let Some(ticket) = console.background.begin(wave, Task::Launch) else { return };
    // In the name of whoever pressed, as the promise log will say.
    let installation = Installation { progress: ticket.onlooker(), ..console.installation.acting(super::acting::actor()) };
    let wave = wave.clone();
    let work = move || {
        let observe = &mut |step: crate::lifecycle::Step| {
            installation.vitals.step(step);
            tracing::info!(%wave, step = step.describe(), "round, from the console");
        };
        let outcome = match launch::launch(&installation, &wave, passphrase.as_ref(), observe) {
            // The calendar was faster with a launch that had been interrupted; or that is as far as a launch comes without its key holder.
            Err(Refusal::WrongState { state: WaveState::Running, .. } | Refusal::CountersignatureNeeded(_)) => Ok(()),
            outcome => outcome.map(drop).map_err(Problem::from),
        };
        ticket.end(outcome);
    };
    if let Err(cause) = std::thread::Builder::new().name("launch".to_owned()).spawn(work) {
        // The ticket went with the work and says that nothing was begun.
        tracing::error!(%cause, "no thread for a launch");
    }
}
