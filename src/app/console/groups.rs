//! The standing groups of a draft: the proposal, and what HR makes of it. Once a round is launched they can only be read.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data, Form, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::{GroupId, GroupLeaf, TeamLabel, UnitPath, WaveId, WaveState};
use protocol::Sha256Digest;
use serde::Deserialize;

use super::navigation::Page;
use super::rounds::parse_wave;
use super::routing::{posting, read, reading, taking_forms};
use super::session::SignedIn;
use super::{Console, answer, blocking, own_form};
use crate::error::{Code, Problem};
use crate::installation::Installation;
use crate::lifecycle::Refusal;
use crate::lifecycle::draft::WaveSettings;
use crate::lifecycle::groups::{self, Before, Change, DraftGroups, Outcome, fingerprint, hardly_the_same, missing_that_combine};
use crate::words::Saying;

/// The addresses of a round's groups.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(reading("/rounds/{wave}/groups").route(read().to(list)))
        .service(posting("/rounds/{wave}/groups/reset").route(web::post().to(reset)))
        .service(taking_forms("/rounds/{wave}/groups/{number}").route(read().to(one)).route(web::post().to(change)));
}

/// The groups of a round as they can be shown.
enum Groups {
    /// Those of a draft.
    Draft { groups: Box<DraftGroups>, settings: Box<WaveSettings> },
    /// Those of a draft that cannot be formed, and why; they may have been made by hand.
    None { why: Saying, by_hand: bool },
    /// Those that were frozen at the launch.
    Frozen(Vec<GroupLeaf>),
}

fn look_up(installation: &Installation, wave: &WaveId) -> Result<Groups, Refusal> {
    if installation.state(wave)? != WaveState::Draft {
        return Ok(Groups::Frozen(installation.identity.groups(wave)?));
    }
    let settings = WaveSettings::of(&installation.identity, wave)?;
    let roster = installation.identity.roster()?;
    if roster.people.is_empty() {
        return Ok(Groups::None { why: Saying::key("obstacle-no-staff"), by_hand: false });
    }
    match groups::of_draft(installation, wave, &settings, &roster) {
        Ok(groups) => Ok(Groups::Draft { groups: Box::new(groups), settings: Box::new(settings) }),
        Err(refusal) => {
            let by_hand = matches!(refusal, Refusal::GroupsByHand { .. });
            groups::why_none(&refusal).map(|why| Groups::None { why, by_hand }).ok_or(refusal)
        }
    }
}

/// One group as it is shown.
struct GroupLine {
    number: GroupId,
    label: String,
    invited: u32,
    unit: String,
    teams: Vec<String>,
    /// What it was before, and what makes it fragile, in sentences.
    remarks: Vec<String>,
}

fn unit(page: &Page, unit: &UnitPath) -> String {
    unit.0.last().map_or_else(|| page.say("groups-organisation").to_owned(), ToString::to_string)
}

fn line(page: &Page, leaf: &GroupLeaf, remarks: Vec<String>) -> GroupLine {
    let team = |entry: &domain::TeamEntry| {
        if entry.leaders.is_empty() { entry.label.to_string() } else { format!("{} ({})", entry.label, entry.leaders.join(", ")) }
    };
    GroupLine {
        number: leaf.group,
        label: leaf.label.clone(),
        invited: leaf.invited,
        unit: unit(page, &leaf.unit),
        teams: leaf.teams.iter().map(team).collect(),
        remarks,
    }
}

fn remarks(page: &Page, draft: &DraftGroups, settings: &WaveSettings, leaf: &GroupLeaf) -> Vec<String> {
    let mut remarks = Vec::new();
    if let Some((last, _)) = &draft.continued {
        let before = match draft.before(leaf) {
            Before::Nothing => Saying::key("groups-new"),
            Before::Same => Saying::key("groups-as-before").and("round", last),
            Before::Called(name) => Saying::key("groups-was-called").and("name", name).and("round", last),
            Before::PartsOf(names) => {
                let names = names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ");
                Saying::key("groups-parts-of").and("names", names).and("round", last)
            }
        };
        remarks.push(page.speak(&before));
        if hardly_the_same(leaf) {
            remarks.push(page.say("groups-hardly-the-same").to_owned());
        }
    }
    if let Some(missing) = missing_that_combine(settings, leaf.invited) {
        remarks.push(page.with("groups-combine", &[("missing", missing.into())]));
    }
    remarks
}

#[derive(Template)]
#[template(path = "groups.html")]
struct GroupsPage {
    page: Page,
    wave: WaveId,
    lines: Vec<GroupLine>,
    invited: u32,
    draft: bool,
    by_hand: bool,
    /// Why there are no groups.
    none: Option<Saying>,
}

/// `GET /rounds/{wave}/groups`.
async fn list(who: SignedIn, console: Data<Console>, wave: Path<String>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    let wave = parse_wave(&wave)?;
    let asked = wave.clone();
    let groups = blocking(&console, move |installation| look_up(installation, &asked)).await?;
    let page = Page::of(&who, "/rounds");
    let (lines, draft, by_hand, none): (Vec<GroupLine>, _, _, _) = match &groups {
        Groups::Draft { groups, settings } => {
            let lines = groups.proposal.leaves.iter().map(|leaf| line(&page, leaf, remarks(&page, groups, settings, leaf)));
            (lines.collect(), true, groups.by_hand, None)
        }
        Groups::None { why, by_hand } => (Vec::new(), true, *by_hand, Some(why.clone())),
        Groups::Frozen(leaves) => (leaves.iter().map(|leaf| line(&page, leaf, Vec::new())).collect(), false, false, None),
    };
    let invited = lines.iter().fold(0, |sum: u32, line| sum.saturating_add(line.invited));
    answer::page(StatusCode::OK, &GroupsPage { page, wave, lines, invited, draft, by_hand, none })
}

/// Another group with which one can be merged.
struct Other {
    /// One of its teams, by which the form names it.
    team: String,
    label: String,
    invited: u32,
    /// The unit in which both together would stand.
    unit: String,
}

#[derive(Template)]
#[template(path = "group.html")]
struct GroupPage {
    page: Page,
    wave: WaveId,
    group: GroupLine,
    /// One of its teams, by which the form names it.
    team: String,
    seen: Sha256Digest,
    siblings: Vec<Other>,
    others: Vec<Other>,
    /// The name as it was typed.
    typed: String,
    /// The other group as it was chosen.
    chosen: String,
    refused: Option<String>,
}

/// `GET /rounds/{wave}/groups/{number}`: one group of a draft, to be renamed or merged.
async fn one(who: SignedIn, console: Data<Console>, place: Path<(String, String)>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    let (wave, number) = place.into_inner();
    let number = number.parse().map(GroupId).map_err(|_| Problem::not_found())?;
    show(&who, &console, &parse_wave(&wave)?, |leaf| leaf.group == number, None, None).await
}

async fn show(
    who: &SignedIn,
    console: &Console,
    wave: &WaveId,
    is_it: impl Fn(&GroupLeaf) -> bool,
    form: Option<&ChangeForm>,
    refused: Option<Saying>,
) -> Result<HttpResponse, Problem> {
    let asked = wave.clone();
    let groups = blocking(console, move |installation| look_up(installation, &asked)).await?;
    let Groups::Draft { groups, settings } = groups else { return Ok(answer::see_other(&format!("/rounds/{wave}/groups"))) };
    let leaves = &groups.proposal.leaves;
    let leaf = leaves.iter().find(|leaf| is_it(leaf)).ok_or_else(Problem::not_found)?;
    let page = Page::of(who, "/rounds");
    let first_team = |leaf: &GroupLeaf| leaf.teams.first().map(|entry| entry.label.to_string()).unwrap_or_default();
    let other = |other: &GroupLeaf| Other {
        team: first_team(other),
        label: other.label.clone(),
        invited: other.invited,
        unit: unit(&page, &leaf.unit.common(&other.unit)),
    };
    let (siblings, others): (Vec<&GroupLeaf>, Vec<&GroupLeaf>) =
        leaves.iter().filter(|other| other.group != leaf.group).partition(|other| other.unit == leaf.unit);
    let status = if refused.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    let page = GroupPage {
        group: line(&page, leaf, remarks(&page, &groups, &settings, leaf)),
        wave: wave.clone(),
        team: first_team(leaf),
        seen: fingerprint(leaves),
        siblings: siblings.into_iter().map(other).collect(),
        others: others.into_iter().map(other).collect(),
        typed: form.map_or_else(|| leaf.label.clone(), |form| form.label.clone()),
        chosen: form.map(|form| form.with.clone()).unwrap_or_default(),
        refused: refused.map(|why| page.speak(&why)),
        page,
    };
    answer::page(status, &page)
}

/// The form that renames or merges a group.
#[derive(Deserialize)]
struct ChangeForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    seen: String,
    #[serde(default)]
    team: String,
    #[serde(default)]
    label: String,
    /// A team of the group to merge with; empty to rename only.
    #[serde(default)]
    with: String,
}

/// `POST /rounds/{wave}/groups/{number}`: renames the group, or merges it with another.
async fn change(
    who: SignedIn,
    console: Data<Console>,
    request: HttpRequest,
    place: Path<(String, String)>,
    form: Form<ChangeForm>,
) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    own_form(&request, &console)?;
    who.form_token().check(&form.token)?;
    let wave = parse_wave(&place.0)?;
    let bad_form = || Problem::said(Code::BadForm, Saying::key("detail-bad-form"));
    let team = TeamLabel::parse(&form.team).map_err(|_| bad_form())?;
    let seen: Sha256Digest = form.seen.parse().map_err(|_| bad_form())?;
    let label = form.label.trim().to_owned();
    let asked = if form.with.is_empty() {
        Change::Rename { label }
    } else {
        Change::Merge { with: TeamLabel::parse(&form.with).map_err(|_| bad_form())?, label }
    };
    let (changed, its_team) = (wave.clone(), team.clone());
    let outcome = blocking(&console, move |installation| match groups::change(installation, &changed, &seen, &its_team, &asked) {
        Err(refusal @ Refusal::Groups(_)) => refusal.in_words().map(Err).ok_or(refusal),
        other => other.map(Ok),
    });
    let refused = match outcome.await? {
        Ok(Outcome::Done) => return Ok(answer::see_other(&format!("/rounds/{wave}/groups"))),
        Ok(Outcome::OtherGroups) => Saying::key("groups-refused-other"),
        Err(why) => why,
    };
    show(&who, &console, &wave, |leaf| leaf.teams.iter().any(|entry| entry.label == team), Some(&form), Some(refused)).await
}

/// The form that returns to the proposal.
#[derive(Deserialize)]
struct ResetForm {
    #[serde(default)]
    token: String,
}

/// `POST /rounds/{wave}/groups/reset`: back to the proposal.
async fn reset(
    who: SignedIn,
    console: Data<Console>,
    request: HttpRequest,
    wave: Path<String>,
    form: Form<ResetForm>,
) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    own_form(&request, &console)?;
    who.form_token().check(&form.token)?;
    let wave = parse_wave(&wave)?;
    let asked = wave.clone();
    blocking(&console, move |installation| groups::reset(installation, &asked)).await?;
    Ok(answer::see_other(&format!("/rounds/{wave}/groups")))
}
