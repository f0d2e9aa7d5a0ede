//! "Leaders read first": what HR and its partners do not read yet, where a round's promise sheet says so, and the one page that does not wait.
//!
//! The check stands where somebody's session is looked up, and is about addresses: everything below a round's results waits unless it is named here.
//! So a page that is added later waits, too.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::{Moment, WaveId};
use release::reading::PastWave;

use super::navigation::Page;
use super::rounds::parse_wave;
use super::routing::{read, reading};
use super::session::{Role, SignedIn};
use super::{Console, answer, blocking};
use crate::error::{Code, Problem};
use crate::lifecycle::{Refusal, held_back, past_waves};
use crate::words::Saying;

/// The address of the organisation's result alone.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(reading("/organisation/{wave}/total").route(read().to(total)));
}

/// What is asked for that may have to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Waits {
    /// The first page of the organisation's results, in whose place the total is shown.
    FirstPage,
    /// Anything else below a round's results.
    Rest,
}

/// Whether an address, as it was declared, is one that may have to wait for somebody of this role.
fn waits(declared: &str, role: &Role) -> Option<Waits> {
    let base = match role {
        Role::Hr => "/organisation/{wave}",
        Role::Partner(_) => "/unit/{wave}",
        Role::Admin | Role::Leader(_) | Role::FormerLeader | Role::KeyHolder => return None,
    };
    match (role, declared.strip_prefix(base)?) {
        (Role::Hr, "/total") => None,
        (Role::Hr, "") => Some(Waits::FirstPage),
        _ => Some(Waits::Rest),
    }
}

/// What a request asks for, by the address that it fits: however it was spelled, the round is the one that the page will read.
pub(super) fn of_request(request: &HttpRequest) -> (Option<String>, Option<WaveId>) {
    let wave = request.match_info().get("wave").and_then(|wave| WaveId::parse(wave).ok());
    (request.match_pattern(), wave)
}

/// Refuses what waits.
///
/// # Errors
/// [`Code::NotYet`] with the moment from which it can be read.
pub(super) async fn check(console: &Console, (declared, wave): (Option<String>, Option<WaveId>), role: &Role) -> Result<(), Problem> {
    let (Some(declared), Some(wave)) = (declared, wave) else { return Ok(()) };
    let Some(waits) = waits(&declared, role) else { return Ok(()) };
    let round = wave.clone();
    let Some(opens) = blocking(console, move |installation| held_back::groups_open_at(installation, &round)).await? else { return Ok(()) };
    let problem = Problem::said(Code::NotYet, Saying::key("detail-groups-later").and("at", opens));
    Err(match waits {
        Waits::FirstPage => Problem { instead: Some(format!("/organisation/{wave}/total")), ..problem },
        Waits::Rest => problem,
    })
}

#[derive(Template)]
#[template(path = "organisation_total.html")]
struct TotalPage {
    page: Page,
    wave: WaveId,
    opens: Moment,
    /// The organisation's scores as HTML, escaped by the reports room; `None` where too few people answered.
    body: Option<String>,
}

/// `GET /organisation/{wave}/total`: the organisation's result, as long as those of its groups wait.
async fn total(who: SignedIn, console: Data<Console>, wave: Path<String>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    let wave = parse_wave(&wave)?;
    let (round, words) = (wave.clone(), who.speaking.words);
    let found = blocking(&console, move |installation| {
        let past = past_waves(installation, Some(&round))?;
        let Some(opens) = held_back::groups_open_at(installation, &round)? else { return Ok(None) };
        let answered = matches!(past.last(), Some(PastWave::Published(latest)) if !latest.release.base.blocks.is_empty());
        let words = words.of_reports().map_err(Refusal::corrupt)?;
        let body = answered.then(|| reports::organisation_total(words, &past).map_err(Refusal::corrupt)).transpose()?;
        Ok(Some((opens, body)))
    })
    .await?;
    match found {
        None => Ok(answer::see_other(&format!("/organisation/{wave}"))),
        Some((opens, body)) => {
            let page = Page::of(&who, "/organisation");
            answer::page(StatusCode::OK, &TotalPage { page, wave, opens, body })
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use domain::TeamLabel;

    use super::*;

    #[test]
    fn everything_below_a_rounds_results_waits_but_the_organisations_own() {
        let partner = Role::Partner(TeamLabel::parse("Works").unwrap());
        for below in
            ["/table.csv", "/signed.json", "/groups", "/chart/{chart}.png", "/total/", "/{part:a|b}", "/comments/{question}/{sha256}"]
        {
            assert_eq!(waits(&format!("/organisation/{{wave}}{below}"), &Role::Hr), Some(Waits::Rest), "{below}");
            assert_eq!(waits(&format!("/unit/{{wave}}{below}"), &partner), Some(Waits::Rest), "{below}");
        }
        assert_eq!(waits("/organisation/{wave}", &Role::Hr), Some(Waits::FirstPage));
        assert_eq!(waits("/unit/{wave}", &partner), Some(Waits::Rest));
        assert_eq!(waits("/unit/{wave}/total", &partner), Some(Waits::Rest));
        for declared in ["/organisation/{wave}/total", "/organisation", "/rounds/{wave}", "/team/{wave}"] {
            assert_eq!(waits(declared, &Role::Hr), None, "{declared}");
        }
    }
}
