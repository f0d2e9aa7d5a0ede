//! Rounds for HR, and for whoever holds the passphrase: where each stands, and the forms that bring one on. What takes long in a large organisation goes on
//! behind the page, whether or not anybody still looks at it.

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::{WaveId, WaveState};
use secrecy::SecretString;
use serde::Deserialize;
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::background::{Stage, Task};
use super::navigation::Page;
use super::session::SignedIn;
use super::{Console, acting, answer, blocking, launching, own_form, promise_log};
use crate::error::{Code, Problem};
use crate::installation::Installation;
use crate::lifecycle::delivery::{self, MailStatus};
use crate::lifecycle::draft::WaveSettings;
use crate::lifecycle::status::{self, RoundStatus, Verb};
use crate::lifecycle::{Refusal, abort, close, countersign, extend, objections, opening, publish, remind};
use crate::words::Saying;

#[derive(Template)]
#[template(path = "rounds.html")]
struct RoundsPage {
    page: Page,
    rounds: Vec<RoundLine>,
    /// Whether they may draft and launch rounds.
    drafts: bool,
}

/// One line of the table of rounds.
struct RoundLine {
    wave: WaveId,
    state: Saying,
    next: Saying,
    has_result: bool,
}

#[derive(Template)]
#[template(path = "round.html")]
struct RoundPage<'a> {
    page: Page,
    round: &'a RoundStatus,
    mail: &'a MailStatus,
    /// Whether there is a result, which they may read.
    has_result: bool,
    /// The last entry of the promise log, for whoever notes it down.
    head: Option<Saying>,
    drafted: bool,
    launching: bool,
    /// Whether somebody outside the operator holds the key, and the round is no draft any more.
    key_holder: bool,
    /// Whether it waits for their countersignature.
    waits: bool,
    /// Whether something is to be handed to them or by them.
    hands_over: bool,
    /// What is being done with it behind the page, and how far that is.
    going: Option<Going>,
    notice: Option<&'static str>,
    /// What was refused, and what somebody had typed into its form.
    refused: Option<(Verb, &'a str)>,
    problem: Option<&'a Problem>,
}

impl RoundPage<'_> {
    /// Whether the form of this was refused.
    fn was_refused(&self, verb: Verb) -> bool {
        self.refused.is_some_and(|(refused, _)| refused == verb)
    }

    /// What somebody had typed into the form of this: nobody types a public answer twice.
    fn typed(&self, verb: Verb) -> &str {
        self.refused.filter(|(refused, _)| *refused == verb).map_or("", |(_, typed)| typed)
    }
}

/// What goes on behind the page of a round.
struct Going {
    verb: Verb,
    /// The key of what it is.
    what: &'static str,
    how_far: Option<String>,
}

/// How long somebody who pressed waits for the page to answer; what is not over by then goes on behind the page, which says how far it is.
const PATIENCE: Duration = Duration::from_secs(3);

/// `GET /rounds`.
pub(super) async fn list(who: SignedIn, console: Data<Console>) -> Result<HttpResponse, Problem> {
    who.must_follow_rounds()?;
    let reads_results = who.must_be_hr().is_ok();
    let rounds = blocking(&console, status::all).await?;
    // The newest first: it is the one that somebody looks for.
    let rounds = rounds
        .into_iter()
        .rev()
        .map(|round| RoundLine { has_result: reads_results && round.has_result, wave: round.wave, state: round.label, next: round.next })
        .collect();
    answer::page(StatusCode::OK, &RoundsPage { page: Page::of(&who, "/rounds"), rounds, drafts: reads_results })
}

/// What a finished action sends the browser back with.
#[derive(Deserialize)]
pub(super) struct Done {
    done: Option<String>,
}

/// `GET /rounds/{wave}`.
pub(super) async fn round(
    who: SignedIn,
    console: Data<Console>,
    wave: Path<String>,
    query: Option<Query<Done>>,
) -> Result<HttpResponse, Problem> {
    who.must_follow_rounds()?;
    let wave = parse_wave(&wave)?;
    let done = query.and_then(|query| query.into_inner().done);
    show(&who, &console, &wave, done.as_deref(), None).await
}

/// The wave of an address; what cannot be a wave's name is not found.
pub(super) fn parse_wave(text: &str) -> Result<WaveId, Problem> {
    WaveId::parse(text).map_err(|_| Problem::not_found())
}

/// Who holds the key of a round, and how far it came without them.
struct Held {
    outside: bool,
    waits: bool,
    /// Whether people were invited.
    began: bool,
}

/// What was refused, why, and what somebody had typed into its form.
struct Refused<'a> {
    verb: Verb,
    typed: &'a str,
    problem: &'a Problem,
}

async fn show(
    who: &SignedIn,
    console: &Console,
    wave: &WaveId,
    done: Option<&str>,
    refused: Option<Refused<'_>>,
) -> Result<HttpResponse, Problem> {
    // Looked at first: what ends meanwhile is seen in the round.
    let behind = console.background.step(wave);
    let asked = wave.clone();
    let look_up = move |installation: &Installation| {
        let head = installation.identity.promise_log_head()?;
        let key_holder = Held {
            outside: WaveSettings::of(&installation.identity, &asked)?.trustee().is_some(),
            waits: countersign::waits(installation, &asked)?,
            began: installation.people_side(&asked)?.opens_at.is_some(),
        };
        Ok((status::status(installation, &asked)?, delivery::mail_status(installation, &asked)?, head, key_holder))
    };
    let (mut round, mut mail, head, held) = blocking(console, look_up).await?;
    let head = head.filter(|_| round.state != WaveState::Draft).map(|(number, fingerprint)| promise_log::head(number, &fingerprint));
    let reads_results = who.must_be_hr().is_ok();
    let frame = Page::of(who, "/rounds");
    let (mut going, mut stopped) = (None, None);
    match behind {
        Some((verb, stage @ Stage::Going(_))) => {
            going = Some(Going { verb, what: is_going(verb), how_far: launching::how_far(&frame, Some(&stage)) });
            // Whatever is pressed now would only wait for its turn.
            round.actions.clear();
        }
        Some((_, Stage::Stopped(why))) => stopped = Some(why),
        None => {}
    }
    let problem = refused.as_ref().map(|refused| refused.problem).or(stopped.as_deref());
    if problem.is_some() {
        console.background.forget_stopped(wave);
    }
    if !reads_results {
        round.actions.retain(|action| is_of_key_holder(action.verb, action.wants_passphrase));
        mail = MailStatus::default();
        round.participation.clear();
    }
    let notice = match done {
        Some("launch") => (round.state == WaveState::Running).then_some("round-did-launch"),
        Some("abort") if round.state == WaveState::Aborted && !held.began => Some("round-did-abort-early"),
        Some("result") => (round.state == WaveState::Opened).then_some("round-did-result"),
        done => done.and_then(Verb::parse).and_then(|verb| notice(verb, &round)),
    };
    let notice = notice.filter(|_| going.is_none() && problem.is_none());
    let status = problem.map_or(StatusCode::OK, |problem| problem.code.status());
    answer::page(
        status,
        &RoundPage {
            page: frame,
            going,
            has_result: reads_results && round.has_result,
            drafted: reads_results && round.state == WaveState::Draft,
            launching: reads_results && round.state == WaveState::Launching && !held.waits,
            key_holder: held.outside && round.state != WaveState::Draft,
            waits: held.waits,
            hands_over: round.hand_over.as_ref().is_some_and(|hand_over| hand_over.result),
            round: &round,
            mail: &mail,
            head,
            notice,
            refused: refused.map(|refused| (refused.verb, refused.typed)),
            problem,
        },
    )
}

/// The key of what the page says while this goes on.
const fn is_going(verb: Verb) -> &'static str {
    match verb {
        Verb::Open => "step-going-open",
        Verb::Publish => "step-going-publish",
        Verb::Remind | Verb::Extend | Verb::Close | Verb::Answer | Verb::Abort => "step-going-close",
    }
}

/// Whether whoever holds the passphrase may do this: answer objections, and what cannot be done without the passphrase.
fn is_of_key_holder(verb: Verb, wants_passphrase: bool) -> bool {
    match verb {
        Verb::Answer => true,
        Verb::Open | Verb::Publish => wants_passphrase,
        Verb::Remind | Verb::Extend | Verb::Close | Verb::Abort => false,
    }
}

/// The key of what the page says after an action has been taken; nothing where the round's state does not bear it out.
fn notice(verb: Verb, round: &RoundStatus) -> Option<&'static str> {
    use WaveState as S;
    let state = round.state;
    let (says, holds) = match verb {
        Verb::Remind => ("round-did-remind", state == S::Running),
        Verb::Extend => ("round-did-extend", state == S::Running),
        Verb::Close if state == S::Closing => ("round-did-end-answering", true),
        Verb::Close => ("round-did-close", state == S::Closed),
        Verb::Answer => ("round-did-answer", matches!(state, S::Closed | S::Opened)),
        Verb::Open => ("round-did-open", state == S::Opened),
        Verb::Publish if round.key_outside => ("round-did-publish-outside", state == S::Published),
        Verb::Publish => ("round-did-publish", state == S::Published),
        Verb::Abort => ("round-did-abort", state == S::Aborted),
    };
    holds.then_some(says)
}

/// The form of an action.
#[derive(Deserialize)]
pub(super) struct ActionForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    confirm: String,
    reason: Option<String>,
    passphrase: Option<String>,
    days: Option<String>,
}

/// What somebody typed into the form of an action.
struct Given {
    passphrase: Option<SecretString>,
    reason: String,
    days: String,
}

/// `POST /rounds/{wave}/{verb}`: takes the action and shows the round again.
pub(super) async fn act(
    who: SignedIn,
    console: Data<Console>,
    request: HttpRequest,
    place: Path<(String, String)>,
    form: Form<ActionForm>,
) -> Result<HttpResponse, Problem> {
    who.must_follow_rounds()?;
    let (wave, verb) = place.into_inner();
    let wave = parse_wave(&wave)?;
    let verb = Verb::parse(&verb).ok_or_else(Problem::not_found)?;
    if who.must_be_hr().is_err() {
        let asked = wave.clone();
        let locked = blocking(&console, move |installation| Ok(WaveSettings::of(&installation.identity, &asked)?.passphrase)).await?;
        if !is_of_key_holder(verb, locked) {
            return Err(who.not_allowed());
        }
    }
    own_form(&request, &console)?;
    let form = form.into_inner();
    let given = Given {
        passphrase: form.passphrase.filter(|given| !given.is_empty()).map(SecretString::from),
        reason: form.reason.unwrap_or_default(),
        days: form.days.unwrap_or_default(),
    };
    who.form_token().check(&form.token)?;
    let (acted, typed) = (wave.clone(), given.reason.clone());
    let outcome = if verb.cannot_be_taken_back() && form.confirm != "yes" {
        Err(Problem::said(Code::RoundRefused, Saying::key("round-unconfirmed")))
    } else if matches!(verb, Verb::Close | Verb::Open | Verb::Publish) {
        take_behind(&console, &wave, verb, given).await
    } else {
        console.background.forget_stopped(&wave);
        blocking(&console, move |installation| take(installation, &acted, verb, &given)).await
    };
    match outcome {
        Ok(()) => Ok(answer::see_other(&format!("/rounds/{wave}?done={verb}"))),
        // Somebody who filled in the form sees it again, with what was wrong.
        Err(problem) if problem.code == Code::RoundRefused && answer::reads_pages(request.headers()) => {
            show(&who, &console, &wave, None, Some(Refused { verb, typed: &typed, problem: &problem })).await
        }
        Err(problem) => Err(problem),
    }
}

/// Takes an action in a thread of its own and waits a moment for its end: whoever pressed may close the page. Pressed again meanwhile, it goes on.
async fn take_behind(console: &Console, wave: &WaveId, verb: Verb, given: Given) -> Result<(), Problem> {
    let Some(ticket) = console.background.begin(wave, Task::Step(verb)) else { return Ok(()) };
    // In the name of whoever pressed, as the promise log will say.
    let installation = Installation { progress: ticket.onlooker(), ..console.installation.acting(acting::actor()) };
    let acted = wave.clone();
    let (over, ended) = oneshot::channel();
    let work = move || {
        ticket.end(take(&installation, &acted, verb, &given).map_err(Problem::from));
        // Nobody may be waiting any more.
        let _ = over.send(());
    };
    std::thread::Builder::new().name(verb.as_str().to_owned()).spawn(work).map_err(|cause| Problem::unavailable(&cause))?;
    if timeout(PATIENCE, ended).await.is_err() {
        return Ok(());
    }
    match console.background.step(wave) {
        Some((_, Stage::Stopped(problem))) => {
            console.background.forget_stopped(wave);
            Err(Arc::unwrap_or_clone(problem))
        }
        _ => Ok(()),
    }
}

fn take(installation: &Installation, wave: &WaveId, verb: Verb, given: &Given) -> Result<(), Refusal> {
    let (passphrase, reason) = (given.passphrase.as_ref(), given.reason.as_str());
    let observe = &mut |step: crate::lifecycle::Step| {
        installation.vitals.step(step);
        tracing::info!(%wave, step = step.describe(), "round, from the console");
    };
    match verb {
        Verb::Remind => remind::remind(installation, wave),
        Verb::Extend => {
            let days = given.days.trim().parse().map_err(|_| Refusal::said(Saying::key("refused-extension-days")))?;
            extend::extend(installation, wave, days).map(drop)
        }
        Verb::Close => {
            let before = installation.state(wave)?;
            match close::close(installation, wave, observe) {
                // Answering has ended; the box is shut once the grace is over, and the page says when.
                Err(Refusal::NotDue { .. }) if before == WaveState::Running && installation.state(wave)? == WaveState::Closing => Ok(()),
                outcome => outcome,
            }
        }
        Verb::Answer => objections::answer_objections(installation, wave, reason),
        Verb::Open => opening::open(installation, wave, passphrase, observe).map(drop),
        Verb::Publish => publish::publish(installation, wave, passphrase, observe),
        Verb::Abort => abort::abort(installation, wave, reason, observe),
    }
}
