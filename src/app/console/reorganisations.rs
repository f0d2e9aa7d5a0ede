//! What happened to teams between rounds: what may have, what HR said, and taking that back.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data, Form, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::{Day, ReorgEvent, TeamLabel};
use serde::Deserialize;

use super::navigation::Page;
use super::routing::{posting, read, taking_forms};
use super::session::SignedIn;
use super::{Console, answer, blocking, own_form};
use crate::error::Problem;
use crate::installation::Installation;
use crate::lifecycle::reorganisation::{self, News};
use crate::lifecycle::{Refusal, reasons};
use crate::words::{Saying, Value};

/// How many teams of a list are named.
const TEAMS_NAMED: usize = 50;

/// The addresses of re-organisations.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(taking_forms("/staff/reorganisations").route(read().to(page)).route(web::post().to(record)))
        .service(posting("/staff/reorganisations/{number}/withdraw").route(web::post().to(withdraw)));
}

/// An event in words.
pub(super) fn said(event: &ReorgEvent) -> Saying {
    let quoted = |teams: &[TeamLabel]| {
        let mut teams = teams.iter().map(|team| Saying::key("in-quotes").and("text", team.as_str()));
        let first = teams.next().map_or_else(|| Value::from(""), Value::from);
        teams.fold(first, |before, next| Saying::key("reorg-teams").and("before", before).and("next", next).into())
    };
    match event {
        ReorgEvent::Rename { from, to } => Saying::key("reorg-renamed").and("team", from.as_str()).and("to", to.as_str()),
        ReorgEvent::Merge { teams, into } => Saying::key("reorg-merged").and("teams", quoted(teams)).and("into", into.as_str()),
        ReorgEvent::Split { team, into } => Saying::key("reorg-split").and("team", team.as_str()).and("into", quoted(into)),
        ReorgEvent::Move { team, under: Some(under) } => Saying::key("reorg-moved").and("team", team.as_str()).and("under", under.as_str()),
        ReorgEvent::Move { team, under: None } => Saying::key("reorg-moved-top").and("team", team.as_str()),
    }
}

/// An event that may have happened, with the fields of the form that says it did.
struct Suggested {
    said: Saying,
    together: u32,
    still_here: u32,
    fields: Fields,
}

/// A recorded event.
struct Recorded {
    number: u32,
    on: Day,
    said: Saying,
    frozen: bool,
}

impl Recorded {
    fn day(&self, page: &Page) -> String {
        page.value(&self.on.into())
    }
}

#[derive(Template)]
#[template(path = "reorganisations.html")]
struct ReorganisationsPage {
    page: Page,
    suggested: Vec<Suggested>,
    recorded: Vec<Recorded>,
    /// `None` before the first launch.
    news: Option<News>,
    /// Where the staff list says something else than an event.
    disagreements: Vec<Saying>,
    refused: Option<String>,
    /// What was typed and refused.
    typed: Fields,
}

/// An event as the fields of a form: kind, and the teams before and after, one to a line.
#[derive(Clone, Default, Deserialize)]
struct Fields {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    before: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    on: String,
}

impl Fields {
    fn of(event: &ReorgEvent) -> Self {
        let lines = |teams: &[TeamLabel]| teams.iter().map(TeamLabel::as_str).collect::<Vec<_>>().join("\n");
        let one = |team: &TeamLabel| team.to_string();
        let (kind, before, after) = match event {
            ReorgEvent::Rename { from, to } => ("rename", one(from), one(to)),
            ReorgEvent::Merge { teams, into } => ("merge", lines(teams), one(into)),
            ReorgEvent::Split { team, into } => ("split", one(team), lines(into)),
            ReorgEvent::Move { team, under } => ("move", one(team), under.as_ref().map_or_else(String::new, one)),
        };
        Self { kind: kind.to_owned(), before, after, on: String::new() }
    }

    /// The event that the fields say and its day; `None` is today.
    fn event(&self) -> Result<(ReorgEvent, Option<Day>), Saying> {
        let (before, after) = (teams(&self.before)?, teams(&self.after)?);
        let event = match (self.kind.as_str(), before.as_slice(), after.as_slice()) {
            ("rename", [from], [to]) => ReorgEvent::Rename { from: from.clone(), to: to.clone() },
            ("merge", [_, _, ..], [into]) => ReorgEvent::Merge { teams: before.clone(), into: into.clone() },
            ("split", [team], [_, _, ..]) => ReorgEvent::Split { team: team.clone(), into: after.clone() },
            ("move", [team], []) => ReorgEvent::Move { team: team.clone(), under: None },
            ("move", [team], [under]) => ReorgEvent::Move { team: team.clone(), under: Some(under.clone()) },
            ("rename", ..) => return Err(Saying::key("reorg-fields-rename")),
            ("merge", ..) => return Err(Saying::key("reorg-fields-merge")),
            ("split", ..) => return Err(Saying::key("reorg-fields-split")),
            ("move", ..) => return Err(Saying::key("reorg-fields-move")),
            _ => return Err(Saying::key("reorg-fields-kind")),
        };
        let on = match self.on.trim() {
            "" => None,
            day => Some(Day::parse(day).map_err(|_| Saying::key("reorg-fields-day"))?),
        };
        Ok((event, on))
    }
}

/// The teams of a field, one to a line.
fn teams(text: &str) -> Result<Vec<TeamLabel>, Saying> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| TeamLabel::parse(line).map_err(|_| Saying::key("reorg-fields-name").and("team", line))).collect()
}

/// `GET /staff/reorganisations`.
async fn page(who: SignedIn, console: Data<Console>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    show(&who, &console, None, Fields::default()).await
}

async fn show(who: &SignedIn, console: &Console, refused: Option<Saying>, typed: Fields) -> Result<HttpResponse, Problem> {
    let look_up = |installation: &Installation| {
        let roster = installation.identity.roster()?;
        let suggestions = reorganisation::suggestions(installation, &roster)?;
        Ok((installation.identity.reorg_events()?, suggestions, reorganisation::news(installation, &roster)?))
    };
    let (events, suggestions, news) = blocking(console, look_up).await?;
    let page = Page::of(who, "/staff");
    let suggested = suggestions.into_iter().map(|one| Suggested {
        said: said(&one.event),
        together: one.together,
        still_here: one.still_here,
        fields: Fields::of(&one.event),
    });
    let recorded = events.into_iter().rev().map(|listed| Recorded {
        number: listed.event.number,
        on: listed.event.dated.on,
        said: said(&listed.event.dated.event),
        frozen: listed.frozen,
    });
    let status = if refused.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    let refused = refused.map(|why| page.speak(&why));
    let disagreements = news.iter().flat_map(|news| &news.disagreements).map(reasons::of_disagreement).collect();
    let page =
        ReorganisationsPage { suggested: suggested.collect(), recorded: recorded.collect(), disagreements, news, refused, typed, page };
    answer::page(status, &page)
}

impl ReorganisationsPage {
    /// The names of teams, the first of them.
    fn named(&self, teams: &[TeamLabel]) -> String {
        let more = if teams.len() > TEAMS_NAMED { ", …" } else { "" };
        teams.iter().take(TEAMS_NAMED).map(TeamLabel::as_str).collect::<Vec<_>>().join(", ") + more
    }
}

/// The form that says an event happened.
#[derive(Deserialize)]
struct EventForm {
    #[serde(default)]
    token: String,
    #[serde(flatten)]
    fields: Fields,
}

/// `POST /staff/reorganisations`: records an event.
async fn record(who: SignedIn, console: Data<Console>, request: HttpRequest, form: Form<EventForm>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    own_form(&request, &console)?;
    who.form_token().check(&form.token)?;
    let fields = form.into_inner().fields;
    let (event, on) = match fields.event() {
        Ok(read) => read,
        Err(refused) => return show(&who, &console, Some(refused), fields).await,
    };
    let recorded = blocking(&console, move |installation| outcome(reorganisation::record(installation, event, on))).await?;
    match recorded {
        Ok(()) => Ok(answer::see_other("/staff/reorganisations")),
        Err(refused) => show(&who, &console, Some(refused), fields).await,
    }
}

/// What becomes of a request about an event: done, or refused for a reason that is said.
fn outcome<T>(taken: Result<T, Refusal>) -> Result<Result<(), Saying>, Refusal> {
    match taken {
        Ok(_) => Ok(Ok(())),
        Err(refusal @ (Refusal::Event(_) | Refusal::PeopleSide(_))) => refusal.in_words().map(Err).ok_or(refusal),
        Err(other) => Err(other),
    }
}

/// The form that takes an event back.
#[derive(Deserialize)]
struct WithdrawForm {
    #[serde(default)]
    token: String,
}

/// `POST /staff/reorganisations/{number}/withdraw`.
async fn withdraw(
    who: SignedIn,
    console: Data<Console>,
    request: HttpRequest,
    number: Path<String>,
    form: Form<WithdrawForm>,
) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    own_form(&request, &console)?;
    who.form_token().check(&form.token)?;
    let number: u32 = number.parse().map_err(|_| Problem::not_found())?;
    match blocking(&console, move |installation| outcome(reorganisation::withdraw(installation, number))).await? {
        Ok(()) => Ok(answer::see_other("/staff/reorganisations")),
        Err(refused) => show(&who, &console, Some(refused), Fields::default()).await,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn an_event_is_read_from_the_fields_that_it_fills() {
        let team = |name: &str| TeamLabel::parse(name).unwrap();
        for event in [
            ReorgEvent::Rename { from: team("Web"), to: team("Digital, \"new\"") },
            ReorgEvent::Merge { teams: vec![team("A"), team("B"), team("C")], into: team("A") },
            ReorgEvent::Split { team: team("A"), into: vec![team("B"), team("C")] },
            ReorgEvent::Move { team: team("A"), under: Some(team("B")) },
            ReorgEvent::Move { team: team("A"), under: None },
        ] {
            assert_eq!(Fields::of(&event).event(), Ok((event, None)));
        }
        // Browsers end lines as forms do.
        let typed = Fields { kind: "merge".into(), before: "A\r\n B \r\n\r\n".into(), after: "C".into(), on: "2026-11-02".into() };
        assert_eq!(typed.event().unwrap().1, Some(Day::parse("2026-11-02").unwrap()));
    }

    #[test]
    fn fields_that_are_no_event_say_what_is_missing() {
        for (kind, before, after, on) in [
            ("rename", "A\nB", "C", ""),
            ("merge", "A", "B", ""),
            ("split", "A", "B", ""),
            ("move", "", "B", ""),
            ("rename", "A\u{7}", "B", ""),
            ("rename", "A", "B", "yesterday"),
            ("swap", "A", "B", ""),
        ] {
            let fields = Fields { kind: kind.into(), before: before.into(), after: after.into(), on: on.into() };
            assert!(fields.event().is_err(), "{kind} {before}");
        }
    }
}
