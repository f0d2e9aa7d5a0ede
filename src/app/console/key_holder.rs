//! The key holder outside the operator, for HR and for the key holder's own account: whose key a draft names, the draft of the promise sheet to be handed
//! over, and the countersignature with which a round begins.

use actix_multipart::form::MultipartForm;
use actix_multipart::form::bytes::Bytes;
use actix_multipart::form::text::Text;
use actix_web::http::StatusCode;
use actix_web::web::{self, Data, Form, Path, Payload, Query, ServiceConfig};
use actix_web::{Error, FromRequest, HttpRequest, HttpResponse};
use askama::Template;
use domain::{WaveId, WaveState};
use keyholder::PublicHalf;
use serde::Deserialize;

use super::background::Stage as Going;
use super::form::with_a_file;
use super::navigation::Page;
use super::rounds::parse_wave;
use super::routing::{posting, read, reading, taking_forms};
use super::session::SignedIn;
use super::{Console, answer, blocking, launching, own_form};
use crate::error::{Code, Problem};
use crate::installation::Installation;
use crate::lifecycle::draft::{self, NotKept, WaveSettings};
use crate::lifecycle::status::{self, RoundStatus};
use crate::lifecycle::{Refusal, countersign};
use crate::words::Saying;

/// The largest file that a key holder hands over before a round begins, in bytes; both kinds have less than one.
pub(super) const LARGEST_FILE: usize = 64 * 1024;

/// The addresses of the key holder's part in a round.
pub(super) fn routes(config: &mut ServiceConfig) {
    let limits = with_a_file(2 * LARGEST_FILE, too_large, unreadable);
    config
        .service(taking_forms("/rounds/{wave}/key-holder").app_data(limits).route(read().to(show)).route(web::post().to(take)))
        .service(posting("/rounds/{wave}/key-holder/remove").route(web::post().to(remove)))
        .service(reading("/rounds/{wave}/key-holder/sheet.json").route(read().to(sheet)));
}

fn too_large() -> Problem {
    Problem::said(Code::TooLarge, Saying::key("key-holder-file-large"))
}

fn unreadable() -> Problem {
    Problem::said(Code::BadForm, Saying::key("key-holder-file-unreadable"))
}

/// Where the key holder's part stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The round is a draft: whose key it names can change.
    Draft,
    /// The promise sheet waits for the countersignature.
    Waits,
    /// The promise sheet is being composed, or the round was ended before.
    Before,
    /// It was countersigned, and people are being invited.
    Inviting,
    /// It was countersigned before.
    Signed,
}

/// What is known of the key holder of a round.
struct Found {
    stage: Stage,
    trustee: Option<PublicHalf>,
    round: RoundStatus,
    /// The six words, from the countersignature on.
    check_words: Option<String>,
    /// Where everybody reads the countersignature, from then on.
    public: Option<String>,
}

fn look_up(installation: &Installation, wave: &WaveId) -> Result<Found, Refusal> {
    let settings = WaveSettings::of(&installation.identity, wave)?;
    let check_words = countersign::check_words(installation, wave)?;
    let round = status::status(installation, wave)?;
    let stage = match round.state {
        WaveState::Draft => Stage::Draft,
        WaveState::Launching if check_words.is_some() => Stage::Inviting,
        _ if check_words.is_some() => Stage::Signed,
        _ if countersign::waits(installation, wave)? => Stage::Waits,
        _ => Stage::Before,
    };
    let public = check_words.is_some().then(|| format!("{}/w/{wave}/countersignature", installation.config.respondents.url));
    Ok(Found { stage, trustee: settings.particulars.trustee, round, check_words, public })
}

#[derive(Template)]
#[template(path = "key_holder.html")]
struct KeyHolderPage<'a> {
    page: Page,
    wave: &'a WaveId,
    found: &'a Found,
    /// The fingerprint of the key, in words.
    fingerprint: String,
    /// Whether whoever reads this decides whose key the draft names.
    decides: bool,
    /// Whether they read the results of the organisation.
    reads_results: bool,
    /// How far the invitations are, where they are being queued by this process.
    how_far: Option<String>,
    done: Option<&'static str>,
    problem: Option<&'a Problem>,
}

impl KeyHolderPage<'_> {
    fn drafted(&self) -> bool {
        self.found.stage == Stage::Draft
    }

    fn waits(&self) -> bool {
        self.found.stage == Stage::Waits
    }

    fn inviting(&self) -> bool {
        self.found.stage == Stage::Inviting
    }

    fn published(&self) -> bool {
        self.found.round.state == WaveState::Published
    }
}

/// What a finished action sends the browser back with.
#[derive(Deserialize)]
struct Done {
    done: Option<String>,
}

/// What the part of the key holder is to whoever asks: HR decides it in a draft, and once it is decided it is theirs as well.
async fn found_for(who: &SignedIn, console: &Console, wave: &WaveId) -> Result<Found, Problem> {
    who.must_follow_rounds()?;
    let asked = wave.clone();
    let found = blocking(console, move |installation| look_up(installation, &asked)).await?;
    let decides = who.must_be_hr().is_ok() && found.stage == Stage::Draft;
    if found.trustee.is_some() || decides { Ok(found) } else { Err(Problem::not_found()) }
}

/// `GET /rounds/{wave}/key-holder`.
async fn show(who: SignedIn, console: Data<Console>, wave: Path<String>, query: Option<Query<Done>>) -> Result<HttpResponse, Problem> {
    let wave = parse_wave(&wave)?;
    let found = found_for(&who, &console, &wave).await?;
    if found.stage == Stage::Signed && query.as_ref().is_some_and(|query| query.done.as_deref() == Some("signed")) {
        return Ok(answer::see_other(&format!("/rounds/{wave}?done=launch")));
    }
    let done = query.and_then(|query| match (query.done.as_deref(), found.stage) {
        (Some("named"), Stage::Draft) => Some("key-holder-did-name"),
        (Some("removed"), Stage::Draft) => Some("key-holder-did-remove"),
        _ => None,
    });
    let stage = console.background.launch(&wave).filter(|_| found.stage == Stage::Inviting);
    let stopped = match &stage {
        Some(Going::Stopped(problem)) => Some(problem.as_ref()),
        _ => None,
    };
    let how_far = launching::how_far(&Page::of(&who, "/rounds"), stage.as_ref());
    page(&who, &wave, &found, how_far, done, stopped)
}

/// The page again for somebody who handed in what was refused.
pub(super) async fn show_refused(who: &SignedIn, console: &Console, wave: &WaveId, problem: &Problem) -> Result<HttpResponse, Problem> {
    let found = found_for(who, console, wave).await?;
    page(who, wave, &found, None, None, Some(problem))
}

fn page(
    who: &SignedIn,
    wave: &WaveId,
    found: &Found,
    how_far: Option<String>,
    done: Option<&'static str>,
    problem: Option<&Problem>,
) -> Result<HttpResponse, Problem> {
    let fingerprint = found.trustee.as_ref().map(PublicHalf::words).unwrap_or_default();
    let reads_results = who.must_be_hr().is_ok();
    let decides = reads_results && found.stage == Stage::Draft;
    let status = problem.map_or(StatusCode::OK, |problem| problem.code.status());
    answer::page(
        status,
        &KeyHolderPage { page: Page::of(who, "/rounds"), wave, found, fingerprint, decides, reads_results, how_far, done, problem },
    )
}

/// A file as a form brings it.
#[derive(MultipartForm)]
#[multipart(deny_unknown_fields, duplicate_field = "deny")]
struct FileForm {
    #[multipart(limit = "4KiB")]
    token: Text<String>,
    #[multipart(limit = "64KiB")]
    file: Bytes,
}

/// `POST /rounds/{wave}/key-holder`: in a draft the key that it is to name, while the round waits the countersignature.
async fn take(
    who: SignedIn,
    console: Data<Console>,
    request: HttpRequest,
    wave: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Error> {
    let wave = parse_wave(&wave)?;
    let found = found_for(&who, &console, &wave).await?;
    if found.stage == Stage::Draft {
        who.must_be_hr()?;
    }
    own_form(&request, &console)?;
    // Read here and not by an extractor, so that nobody else can make the console take in a file.
    let form = MultipartForm::<FileForm>::from_request(&request, &mut payload.into_inner()).await?.into_inner();
    who.form_token().check(&form.token)?;
    let (named, file) = (wave.clone(), form.file.data);
    let (taken, led_to) = match found.stage {
        Stage::Draft => {
            let kept = blocking(&console, move |installation| name(installation, &named, &file));
            (kept.await, format!("/rounds/{wave}/key-holder?done=named"))
        }
        _ => {
            let signed = blocking(&console, move |installation| {
                let observe = &mut |step: crate::lifecycle::Step| {
                    installation.vitals.step(step);
                    tracing::info!(wave = %named, step = step.describe(), "round, from the console");
                };
                countersign::accept(installation, &named, &file, observe)
            });
            let signed = signed.await;
            if signed.is_ok() {
                // Whoever handed it in knows by now that it holds; to invite everybody takes a while in a large organisation.
                launching::begin(&console, &wave, None);
            }
            (signed, format!("/rounds/{wave}/key-holder?done=signed"))
        }
    };
    match taken {
        Ok(()) => Ok(answer::see_other(&led_to)),
        Err(problem) if problem.code == Code::RoundRefused && answer::reads_pages(request.headers()) => {
            let found = found_for(&who, &console, &wave).await?;
            Ok(page(&who, &wave, &found, None, None, Some(&problem))?)
        }
        Err(problem) => Err(problem.into()),
    }
}

/// Lets a draft name the key of a file.
fn name(installation: &Installation, wave: &WaveId, file: &[u8]) -> Result<(), Refusal> {
    let public = PublicHalf::from_json(file).map_err(|_| Refusal::said(Saying::key("fault-trustee-file")))?;
    set(installation, wave, Some(public))
}

fn set(installation: &Installation, wave: &WaveId, trustee: Option<PublicHalf>) -> Result<(), Refusal> {
    let mut settings = WaveSettings::of(&installation.identity, wave)?;
    settings.particulars.trustee = trustee;
    match draft::change(installation, wave, &settings) {
        Ok(()) => Ok(()),
        Err(NotKept::Refused(refusal)) => Err(refusal),
        Err(NotKept::Faults(faults)) => Err(faults
            .into_iter()
            .next()
            .map_or_else(|| Refusal::corrupt("a draft was refused without a reason"), |fault| Refusal::said(fault.says))),
    }
}

/// The form of a button.
#[derive(Deserialize)]
struct ButtonForm {
    #[serde(default)]
    token: String,
}

/// `POST /rounds/{wave}/key-holder/remove`: the draft names nobody any more; the operator would hold the key.
async fn remove(
    who: SignedIn,
    console: Data<Console>,
    request: HttpRequest,
    wave: Path<String>,
    form: Form<ButtonForm>,
) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    own_form(&request, &console)?;
    who.form_token().check(&form.token)?;
    let wave = parse_wave(&wave)?;
    let named = wave.clone();
    blocking(&console, move |installation| set(installation, &named, None)).await?;
    Ok(answer::see_other(&format!("/rounds/{wave}/key-holder?done=removed")))
}

/// `GET /rounds/{wave}/key-holder/sheet.json`: the draft of the promise sheet, for the key holder's program.
async fn sheet(who: SignedIn, console: Data<Console>, wave: Path<String>) -> Result<HttpResponse, Problem> {
    let wave = parse_wave(&wave)?;
    found_for(&who, &console, &wave).await?;
    let asked = wave.clone();
    let file = blocking(&console, move |installation| countersign::sheet(installation, &asked)).await?;
    Ok(answer::file(&format!("{wave}.sheet.json"), "application/json", file))
}
