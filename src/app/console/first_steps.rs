//! The way from an empty installation to the first round, for HR: each step with where it stands and the page on which it is taken.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, ServiceConfig};
use askama::Template;
use domain::{WaveId, WaveState};

use super::navigation::Page;
use super::routing::{read, reading};
use super::session::SignedIn;
use super::{Console, answer, blocking};
use crate::error::Problem;
use crate::installation::Installation;
use crate::lifecycle::Refusal;
use crate::words::Saying;

/// The route of the page.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(reading("/first-steps").route(read().to(page)));
}

#[derive(Template)]
#[template(path = "first_steps.html")]
struct FirstStepsPage {
    page: Page,
    steps: Vec<Step>,
}

/// One step.
struct Step {
    title: &'static str,
    /// What it is for, or what is there already.
    says: Saying,
    standing: Standing,
    /// What leads to its page, where it can be taken.
    way: Option<(String, &'static str)>,
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Done,
    /// The one to take next.
    Next,
    /// It waits for those before it.
    Later,
}

impl Standing {
    fn key(self) -> &'static str {
        match self {
            Self::Done => "first-done",
            Self::Next => "first-next",
            Self::Later => "first-later",
        }
    }
}

/// How far an installation is.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Begun {
    people: usize,
    teams: usize,
    draft: Option<WaveId>,
}

/// Whether no round was launched yet, so that the first steps are what HR comes for.
pub(super) fn are_due(installation: &Installation) -> Result<bool, Refusal> {
    Ok(installation.identity.waves()?.iter().all(|wave| wave.state == WaveState::Draft))
}

/// `GET /first-steps`.
async fn page(who: SignedIn, console: Data<Console>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    let begun = blocking(&console, begun).await?;
    answer::page(StatusCode::OK, &FirstStepsPage { page: Page::of(&who, "/rounds"), steps: steps(&begun) })
}

fn begun(installation: &Installation) -> Result<Begun, Refusal> {
    let roster = installation.identity.roster()?;
    let draft = installation.identity.waves()?.into_iter().find(|wave| wave.state == WaveState::Draft).map(|wave| wave.wave);
    Ok(Begun { people: roster.people.len(), teams: roster.teams.len(), draft })
}

fn steps(begun: &Begun) -> Vec<Step> {
    let listed = begun.people > 0;
    let staff = if listed {
        Saying::key("first-staff-there").and("people", begun.people).and("teams", begun.teams)
    } else {
        Saying::key("first-staff-what")
    };
    let draft = begun.draft.as_ref();
    let of_draft = |page: &str, label: &'static str| draft.filter(|_| listed).map(|draft| (format!("/rounds/{draft}/{page}"), label));
    // From here on a step needs the staff list and the draft, and none of them is ever over before the launch.
    let ready = if listed && draft.is_some() { Standing::Next } else { Standing::Later };
    vec![
        Step {
            title: "first-staff",
            says: staff,
            standing: if listed { Standing::Done } else { Standing::Next },
            way: Some(("/staff".to_owned(), if listed { "first-staff-see" } else { "first-staff-go" })),
        },
        Step {
            title: "first-draft",
            says: draft.map_or(Saying::key("first-draft-what"), |draft| Saying::key("first-draft-there").and("round", draft)),
            standing: match (draft, listed) {
                (Some(_), _) => Standing::Done,
                (None, true) => Standing::Next,
                (None, false) => Standing::Later,
            },
            way: match draft {
                Some(draft) => Some((format!("/rounds/{draft}/draft"), "first-draft-see")),
                None => listed.then(|| ("/rounds/new".to_owned(), "first-draft-go")),
            },
        },
        Step { title: "first-groups", says: Saying::key("first-groups-what"), standing: ready, way: of_draft("groups", "first-groups-go") },
        Step {
            title: "first-forecast",
            says: Saying::key("first-forecast-what"),
            standing: ready,
            way: of_draft("forecast", "first-forecast-go"),
        },
        Step { title: "first-launch", says: Saying::key("first-launch-what"), standing: ready, way: of_draft("launch", "first-launch-go") },
    ]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn standings(people: usize, draft: Option<&str>) -> Vec<(Standing, Option<String>)> {
        let begun = Begun { people, teams: people / 8, draft: draft.map(|id| WaveId::parse(id).unwrap()) };
        steps(&begun).into_iter().map(|step| (step.standing, step.way.map(|(href, _)| href))).collect()
    }

    #[test]
    fn there_is_always_a_next_step_with_a_way_to_it_and_none_that_cannot_be_taken_yet() {
        for (people, draft) in [(0, None), (0, Some("w1")), (40, None), (40, Some("w1"))] {
            let steps = standings(people, draft);
            let next = steps.iter().find(|(standing, _)| *standing == Standing::Next).unwrap();
            assert!(next.1.is_some(), "{people} {draft:?}");
            assert!(steps.iter().all(|(standing, way)| *standing != Standing::Later || way.is_none()), "{people} {draft:?}");
        }
        assert_eq!(standings(0, None)[0], (Standing::Next, Some("/staff".to_owned())));
        assert_eq!(standings(40, None)[1], (Standing::Next, Some("/rounds/new".to_owned())));
        assert_eq!(standings(40, Some("w1"))[4], (Standing::Next, Some("/rounds/w1/launch".to_owned())));
    }
}
