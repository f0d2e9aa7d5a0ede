//! The staff list for HR: what it holds, a new one with everything it would change, and the way back to a file.
//!
//! HR owns this list; nothing on these pages knows who has answered anything.

use actix_multipart::form::MultipartForm;
use actix_multipart::form::bytes::Bytes;
use actix_multipart::form::text::Text;
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::web::{self, Data, Form, Payload, Query, ServiceConfig};
use actix_web::{Error, FromRequest, HttpRequest, HttpResponse};
use askama::Template;
use data_encoding::HEXLOWER;
use domain::roster::{self, Changed, Column, Person, Roster, RosterFault, RosterNotice, RosterProblem, RosterProblems, RosterSummary};
use domain::{PersonId, TeamLabel, WaveId};
use identity::PreviewHash;
use serde::Deserialize;

use super::form::with_a_file;
use super::navigation::Page;
use super::reorganisations::said;
use super::routing::{posting, read, reading, taking_forms};
use super::session::SignedIn;
use super::{Console, answer, blocking, first_steps, own_form, staff_faults};
use crate::error::{Code, Problem};
use crate::lifecycle::reasons;
use crate::lifecycle::staff::{self, Offered, Preview, TakenOver, Today, Waiting};
use crate::words::Saying;

/// The largest file in bytes; a list of 100,000 people has a third of it.
pub(super) const LARGEST_FILE: usize = 32 * 1024 * 1024;
/// What stands in the form beside the file.
const BESIDE_THE_FILE: usize = 64 * 1024;
/// How many lines of a table are shown.
const LINES_SHOWN: usize = 500;
/// How many teams of the tree are shown.
const TEAMS_SHOWN: usize = 2_000;
/// How far the tree is indented at most.
const DEEPEST: usize = 6;
/// A list from which more than one person in this many disappears is asked about.
const MANY_LEAVE: usize = 5;

/// The addresses of the staff list.
pub(super) fn routes(config: &mut ServiceConfig) {
    let limits = with_a_file(LARGEST_FILE + BESIDE_THE_FILE, too_large, unreadable);
    config
        .service(reading("/staff").route(read().to(page)))
        .service(taking_forms("/staff/upload").app_data(limits).route(read().to(preview)).route(web::post().to(upload)))
        .service(posting("/staff/upload/take").route(web::post().to(take)))
        .service(posting("/staff/upload/discard").route(web::post().to(discard)))
        .service(reading("/staff/staff-list.csv").route(read().to(export)));
}

fn unreadable() -> Problem {
    Problem::said(Code::BadForm, Saying::key("staff-upload-unreadable"))
}

fn too_large() -> Problem {
    Problem::said(Code::TooLarge, Saying::key("staff-upload-too-large").and("megabytes", LARGEST_FILE / (1024 * 1024)))
}

/// A team in the tree.
struct TeamLine {
    team: TeamLabel,
    /// From 0; as deep as the page indents.
    depth: usize,
    people: u32,
    leaders: String,
}

#[derive(Template)]
#[template(path = "staff.html")]
struct StaffPage {
    page: Page,
    summary: RosterSummary,
    languages: String,
    teams: Vec<TeamLine>,
    more_teams: usize,
    /// Whether a spreadsheet could take something in the file of the list for a formula.
    like_formulas: bool,
    waiting: Option<Waiting>,
    under_way: Option<WaveId>,
    suggestions: usize,
    /// The key of what was just done.
    done: Option<&'static str>,
    /// Whether the first round is still ahead.
    first: bool,
}

/// What a finished action sends the browser back with.
#[derive(Deserialize)]
struct Done {
    done: Option<String>,
}

/// `GET /staff`: today's list.
async fn page(who: SignedIn, console: Data<Console>, query: Option<Query<Done>>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    let (today, first) = blocking(&console, |installation| Ok((staff::today(installation)?, first_steps::are_due(installation)?))).await?;
    let Today { roster, waiting, under_way, suggestions } = today;
    let summary = RosterSummary::of(&roster);
    let tree = roster.tree();
    let teams = tree.iter().take(TEAMS_SHOWN).map(|team| TeamLine {
        team: team.team.clone(),
        depth: team.depth.min(DEEPEST),
        people: team.people,
        leaders: names(team.leaders.iter().copied()),
    });
    let done = query.and_then(|query| match query.done.as_deref() {
        Some("taken") => Some("staff-done-taken"),
        Some("discarded") => Some("staff-done-discarded"),
        _ => None,
    });
    let page = Page::of(&who, "/staff");
    let page = StaffPage {
        languages: page.counted_by_language(&summary.languages),
        page,
        summary,
        teams: teams.collect(),
        more_teams: tree.len().saturating_sub(TEAMS_SHOWN),
        like_formulas: roster.looks_like_formulas(),
        waiting,
        under_way,
        suggestions,
        done,
        first,
    };
    answer::page(StatusCode::OK, &page)
}

fn names<'a>(people: impl Iterator<Item = &'a Person>) -> String {
    people.map(|person| person.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// `GET /staff/staff-list.csv`: today's list as a file that can be uploaded again.
async fn export(who: SignedIn, console: Data<Console>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    let file = blocking(&console, |installation| Ok(roster::write_csv(&installation.identity.roster()?))).await?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"candor-staff-list.csv\""))
        .body(file))
}

/// A staff list as a form brings it.
#[derive(MultipartForm)]
#[multipart(deny_unknown_fields, duplicate_field = "deny")]
struct UploadForm {
    #[multipart(limit = "4KiB")]
    token: Text<String>,
    #[multipart(limit = "32MiB")]
    list: Bytes,
}

#[derive(Template)]
#[template(path = "staff_faults.html")]
struct FaultsPage {
    page: Page,
    file_name: String,
    problems: Vec<FaultLine>,
    found: usize,
}

/// One thing that is wrong with an upload.
struct FaultLine {
    line: u64,
    column: String,
    said: Saying,
}

/// The faults one by one, each with the column as the file calls it. That a file is not UTF-8, or is no staff list at all, is said once: it is one cause.
fn fault_lines(faults: &RosterProblems) -> Vec<FaultLine> {
    let missing = |problem: &&RosterProblem| matches!(problem.fault, RosterFault::MissingColumn { .. });
    if faults.problems.iter().filter(missing).count() == Column::ALL.into_iter().filter(|column| column.is_required()).count()
        && let Some(RosterProblem { line, fault: RosterFault::MissingColumn { found, .. }, .. }) = faults.problems.iter().find(missing)
    {
        return vec![FaultLine { line: *line, column: "–".to_owned(), said: staff_faults::no_columns(found) }];
    }
    let mut said_before = false;
    let listed = faults.problems.iter().filter(|problem| {
        let encoding = matches!(problem.fault, RosterFault::NotUtf8 { .. });
        !(encoding && std::mem::replace(&mut said_before, true))
    });
    let line = |problem: &RosterProblem| FaultLine {
        line: problem.line,
        column: problem.column.map_or("–", |column| faults.header_of(column)).to_owned(),
        said: staff_faults::said(&problem.fault),
    };
    listed.map(line).collect()
}

impl FaultsPage {
    /// Whether there are more problems than are shown.
    fn more(&self) -> bool {
        self.found > self.problems.len()
    }
}

/// `POST /staff/upload`: reads a file; what it would change is shown next, and nothing is changed.
async fn upload(who: SignedIn, console: Data<Console>, request: HttpRequest, payload: Payload) -> Result<HttpResponse, Error> {
    who.must_be_hr()?;
    own_form(&request, &console)?;
    // Read here and not by an extractor, so that nobody else can make the console take in a file.
    let form = MultipartForm::<UploadForm>::from_request(&request, &mut payload.into_inner()).await?.into_inner();
    who.form_token().check(&form.token)?;
    let Bytes { data, file_name, .. } = form.list;
    let login = who.login.clone();
    match blocking(&console, move |installation| staff::offer(installation, file_name.as_deref(), data.into(), &login)).await? {
        Offered::Waits => Ok(answer::see_other("/staff/upload")),
        Offered::Faulty(faults) => {
            let mut problems = fault_lines(&faults);
            let found = problems.len();
            problems.truncate(LINES_SHOWN);
            let page = FaultsPage { page: Page::of(&who, "/staff"), file_name: faults.file_name, problems, found };
            Ok(answer::page(StatusCode::UNPROCESSABLE_ENTITY, &page)?)
        }
    }
}

/// Lines of a table, the first of them, and how many there are.
struct Lines {
    /// The key of the heading; it is given the number.
    heading: &'static str,
    /// The keys of the columns.
    columns: &'static [&'static str],
    shown: Vec<Vec<String>>,
    found: usize,
}

impl Lines {
    fn of(heading: &'static str, columns: &'static [&'static str], lines: impl Iterator<Item = Vec<String>>) -> Self {
        let mut lines = lines.fuse();
        let shown: Vec<Vec<String>> = lines.by_ref().take(LINES_SHOWN).collect();
        Self { heading, columns, found: shown.len() + lines.count(), shown }
    }

    fn more(&self) -> usize {
        self.found.saturating_sub(self.shown.len())
    }
}

#[derive(Template)]
#[template(path = "staff_preview.html")]
struct PreviewPage {
    page: Page,
    waiting: Waiting,
    preview: String,
    before: RosterSummary,
    after: RosterSummary,
    nothing: bool,
    /// Whether so many people disappear that the file may be only a part of the list.
    many_leave: bool,
    tables: Vec<Lines>,
    ignored: Vec<String>,
    under_way: Option<WaveId>,
    disagreements: Vec<Saying>,
    /// What may have become of teams, in words.
    became: Vec<String>,
    /// The key of what was wrong with the last attempt.
    refused: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "staff_no_upload.html")]
struct NoUploadPage {
    page: Page,
    refused: Option<&'static str>,
}

/// `GET /staff/upload`: what the file that waits would change.
async fn preview(who: SignedIn, console: Data<Console>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    show(&who, &console, StatusCode::OK, None).await
}

async fn show(who: &SignedIn, console: &Console, status: StatusCode, refused: Option<&'static str>) -> Result<HttpResponse, Problem> {
    let page = Page::of(who, "/staff");
    match blocking(console, staff::preview).await? {
        None => answer::page(status, &NoUploadPage { page, refused }),
        Some(preview) => answer::page(status, &in_words(page, preview, refused)),
    }
}

fn in_words(page: Page, preview: Preview, refused: Option<&'static str>) -> PreviewPage {
    let tables = tables(&page, &preview);
    let Preview { waiting, import, today, difference, under_way, news, suggestions } = preview;
    let ignored = import.notices.iter().filter_map(|notice| match notice {
        RosterNotice::IgnoredColumn { header } => Some(header.clone()),
        RosterNotice::BlankLines { .. } | RosterNotice::NotInvited { .. } => None,
    });
    PreviewPage {
        preview: HEXLOWER.encode(&waiting.preview),
        before: RosterSummary::of(&today),
        after: RosterSummary::of(&import.roster),
        nothing: difference.is_nothing(),
        many_leave: difference.left.len().saturating_mul(MANY_LEAVE) > today.people.len(),
        ignored: ignored.collect(),
        disagreements: news.iter().flat_map(|news| &news.disagreements).map(reasons::of_disagreement).collect(),
        became: suggestions.iter().map(|suggestion| page.speak(&said(&suggestion.event))).collect(),
        page,
        waiting,
        tables,
        under_way,
        refused,
    }
}

/// Everything that changes, kind by kind.
fn tables(page: &Page, preview: &Preview) -> Vec<Lines> {
    let Preview { import, today, difference, .. } = preview;
    let nobody = || page.say("staff-none").to_owned();
    let team = |team: &Option<TeamLabel>| team.as_ref().map_or_else(|| page.say("staff-without-team").to_owned(), ToString::to_string);
    let mail = |mail: &str| if mail.is_empty() { page.say("staff-by-card").to_owned() } else { mail.to_owned() };
    let heads = import.roster.heads();
    let size = |team: &TeamLabel| heads.get(team).copied().unwrap_or(0).to_string();
    let leaders = |roster: &Roster, ids: &[PersonId]| {
        let names = names(ids.iter().filter_map(|id| roster.people.get(id)));
        if names.is_empty() { nobody() } else { names }
    };
    let name_of = |id: &PersonId| import.roster.people.get(id).map(|person| person.name.clone()).unwrap_or_default();
    let person = |person: &Person| vec![person.name.clone(), person.id.to_string(), team(&person.team), mail(&person.mail)];
    let text = |what: &'static str, change: &Option<Changed<String>>, shown: &dyn Fn(&str) -> String| {
        change.as_ref().map(|change| (what, shown(&change.before), shown(&change.after)))
    };
    let details = difference.changed.iter().flat_map(|(id, change)| {
        let language = change.language.as_ref().map(|to| ("staff-column-language", to.before.to_string(), to.after.to_string()));
        let changes = [text("staff-column-name", &change.name, &str::to_owned), text("staff-column-mail", &change.mail, &mail), language];
        changes
            .into_iter()
            .flatten()
            .map(|(what, before, after)| vec![name_of(id), id.to_string(), page.say(what).to_owned(), before, after])
    });
    const PERSON: &[&str] = &["staff-column-name", "staff-column-id", "staff-column-team", "staff-column-mail"];
    const TEAM: &[&str] = &["staff-column-team", "staff-column-people", "staff-column-leaders"];
    let tables = [
        Lines::of("staff-joined", PERSON, difference.joined.values().map(person)),
        Lines::of("staff-left", PERSON, difference.left.values().map(person)),
        Lines::of(
            "staff-moved",
            &["staff-column-name", "staff-column-id", "staff-column-before", "staff-column-after"],
            difference.moved().map(|(id, to)| vec![name_of(id), id.to_string(), team(&to.before), team(&to.after)]),
        ),
        Lines::of(
            "staff-details",
            &["staff-column-name", "staff-column-id", "staff-column-what", "staff-column-before", "staff-column-after"],
            details,
        ),
        Lines::of(
            "staff-new-teams",
            TEAM,
            difference.new_teams.iter().map(|(team, led_by)| vec![team.to_string(), size(team), leaders(&import.roster, led_by)]),
        ),
        Lines::of(
            "staff-gone-teams",
            &["staff-column-team", "staff-column-leaders"],
            difference.gone_teams.iter().map(|(team, led_by)| vec![team.to_string(), leaders(today, led_by)]),
        ),
        Lines::of(
            "staff-led-otherwise",
            &["staff-column-team", "staff-column-before", "staff-column-after"],
            difference
                .led_otherwise
                .iter()
                .map(|(team, to)| vec![team.to_string(), leaders(today, &to.before), leaders(&import.roster, &to.after)]),
        ),
    ];
    tables.into_iter().filter(|lines| lines.found > 0).collect()
}

/// The form of a decision about an upload.
#[derive(Deserialize)]
struct DecisionForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    preview: String,
}

impl DecisionForm {
    /// The upload that the decision is about, once the form is known to be the console's own.
    fn checked(&self, who: &SignedIn, request: &HttpRequest, console: &Console) -> Result<PreviewHash, Problem> {
        who.must_be_hr()?;
        own_form(request, console)?;
        who.form_token().check(&self.token)?;
        let bytes = HEXLOWER.decode(self.preview.as_bytes()).ok();
        bytes.and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| Problem::said(Code::BadForm, Saying::key("detail-bad-form")))
    }
}

/// `POST /staff/upload/take`: makes the file the staff list, if it and the list are the ones of the preview.
async fn take(who: SignedIn, console: Data<Console>, request: HttpRequest, form: Form<DecisionForm>) -> Result<HttpResponse, Problem> {
    let preview = form.checked(&who, &request, &console)?;
    match blocking(&console, move |installation| staff::take_over(installation, &preview)).await? {
        TakenOver::Done(_) => Ok(answer::see_other("/staff?done=taken")),
        TakenOver::NotWaiting => show(&who, &console, StatusCode::CONFLICT, Some("staff-refused-not-waiting")).await,
        TakenOver::OtherList => show(&who, &console, StatusCode::CONFLICT, Some("staff-refused-other-list")).await,
    }
}

/// `POST /staff/upload/discard`: throws the file away.
async fn discard(who: SignedIn, console: Data<Console>, request: HttpRequest, form: Form<DecisionForm>) -> Result<HttpResponse, Problem> {
    let preview = form.checked(&who, &request, &console)?;
    blocking(&console, move |installation| staff::throw_away(installation, &preview)).await?;
    Ok(answer::see_other("/staff?done=discarded"))
}
