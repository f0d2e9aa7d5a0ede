//! `/w/<wave>/team/<code>`: the result of a group for its own people, who have no account. The code is of the group and the same for all of them; the
//! page behind the closing mail's link leads here.
//!
//! It shows the one block that holds the group, and nothing else: no sub-total, no comment, no other group. Nothing is recorded by reading. A code
//! that is not one gets what every address gets at which there is nothing.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use disclosure::base::Member;
use domain::{GroupId, Language, TeamLabel, WaveId};
use protocol::wire::ReadCode;
use release::reading::{self, PastWave, PublishedWave};

use super::{headers, pages, small};
use crate::installation::Installation;
use crate::lifecycle::{Refusal, past_waves};
use crate::mail::words::{Address, BrokenWords, Key, Words};
use crate::operating::log::Seldom;

static STYLE: LazyLock<String> =
    LazyLock::new(|| format!("{}\n{}", include_str!("../templates/team.css"), reports::css()).trim_ascii_end().to_owned());

/// No program, no form, its style inside: this page cannot send anything.
static POLICY: LazyLock<Option<HeaderValue>> = LazyLock::new(|| headers::of_words(&STYLE));

/// What could not be shown, for the log.
static FAILED: Seldom = Seldom::new();

/// Every method of the address.
pub(super) async fn answer(request: HttpRequest, path: web::Path<(String, String)>, installation: web::Data<Installation>) -> HttpResponse {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return HttpResponse::MethodNotAllowed().insert_header((header::ALLOW, "GET, HEAD")).finish();
    }
    let (wave, code) = path.into_inner();
    let (Ok(wave), Ok(code)) = (WaveId::parse(&wave), ReadCode::parse(&code)) else { return pages::elsewhere(request).await };
    let Some(language) = preferred(&request) else { return away(&request) };
    match web::block(move || found(&installation, &wave, &code, &language)).await {
        Ok(Ok(Some(html))) => page(html),
        Ok(Ok(None)) => pages::elsewhere(request).await,
        Ok(Err(refusal)) => {
            FAILED.error("the result of a group could not be shown to its people", &refusal);
            away(&request)
        }
        Err(_) => away(&request),
    }
}

fn away(request: &HttpRequest) -> HttpResponse {
    small::with_words(request, pages::not_available(), None)
}

/// The language that the browser's user reads best, of those that there are words for.
fn preferred(request: &HttpRequest) -> Option<Language> {
    let languages = Words::in_every_language().ok()?;
    let words = languages.get(small::preferred(request, &languages))?;
    Language::parse(words.tag()).ok()
}

fn page(html: String) -> HttpResponse {
    let mut response = HttpResponse::build(StatusCode::OK);
    response.content_type("text/html; charset=utf-8").insert_header((header::VARY, "Accept-Language"));
    if let Some(policy) = POLICY.as_ref() {
        response.insert_header((header::CONTENT_SECURITY_POLICY, policy.clone()));
    }
    response.body(html)
}

fn found(installation: &Installation, wave: &WaveId, code: &ReadCode, language: &Language) -> Result<Option<String>, Refusal> {
    let Some(group) = installation.identity.read_code_lookup(wave, &code.0)? else { return Ok(None) };
    let past = past_waves(installation, Some(wave))?;
    let (readable, cut) = promised_to_groups(&past);
    let Some(PastWave::Published(latest)) = readable.last() else { return Ok(None) };
    let address = if latest.instrument.informal.contains(language) { Address::Informal } else { Address::Formal };
    let words = Words::in_language(language, address).map_err(Refusal::corrupt)?;
    let body = own_block(readable, latest, group, language)?;
    written(words, latest, body, cut).map_err(Refusal::corrupt)?.render().map(Some).map_err(Refusal::corrupt)
}

/// The newest rounds in a row whose promise named the groups as readers, and whether an earlier one did not: what was promised to leaders alone is not
/// shown as the past of a later round either.
fn promised_to_groups(past: &[PastWave]) -> (&[PastWave], bool) {
    let closed = |wave: &PastWave| matches!(wave, PastWave::Published(wave) if !wave.manifest.audiences.team);
    let from = past.iter().rposition(closed).map_or(0, |place| place + 1);
    (past.get(from..).unwrap_or_default(), from > 0)
}

/// The block that holds a group, with the corrections of its round; nothing where no block holds it.
fn own_block(past: &[PastWave], latest: &PublishedWave, group: GroupId, language: &Language) -> Result<Option<String>, Refusal> {
    let words = reports::Words::in_language(language).map_err(Refusal::corrupt)?;
    let holds = |member: &Member| matches!(member, Member::Group(one) if *one == group);
    let Some(block) = latest.release.base.blocks.iter().find(|block| block.members.iter().any(holds)) else { return Ok(None) };
    let report = reading::read_block(past, block.id).map_err(Refusal::corrupt)?;
    let leaf = latest.groups.iter().find(|leaf| leaf.group == group);
    let own: BTreeSet<TeamLabel> = leaf.into_iter().flat_map(|leaf| &leaf.teams).map(|team| team.label.clone()).collect();
    let errata = reports::errata(words, latest).map_err(Refusal::corrupt)?;
    let section = reports::team_section(words, latest, &report, &own).map_err(Refusal::corrupt)?;
    Ok(Some(errata + &section))
}

#[derive(Template)]
#[template(path = "team.html")]
struct TeamPage {
    language: &'static str,
    organisation: String,
    title: String,
    /// What is shown and who reads it, too; nothing where nothing is shown.
    lead: Option<String>,
    earlier: Option<String>,
    /// The report, escaped by the reports room.
    body: String,
    none: Option<String>,
    shared: String,
    style: &'static str,
}

fn written(words: &Words, latest: &PublishedWave, body: Option<String>, cut: bool) -> Result<TeamPage, BrokenWords> {
    let organisation = latest.manifest.organisation.clone();
    let filling = [("round", latest.release.wave.as_str().to_owned().into()), ("organisation", organisation.clone().into())];
    let lead = body.is_some().then(|| words.say(Key::TeamLead, &filling)).transpose()?;
    let earlier = (cut && body.is_some()).then(|| words.say(Key::TeamEarlier, &[])).transpose()?;
    let none = body.is_none().then(|| words.say(Key::TeamNone, &[])).transpose()?;
    Ok(TeamPage {
        language: words.tag(),
        title: words.say(Key::TeamTitle, &[])?,
        lead,
        shared: words.say(Key::TeamShared, &[])?,
        organisation,
        earlier,
        body: body.unwrap_or_default(),
        none,
        style: &STYLE,
    })
}
