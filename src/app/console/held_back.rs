//! "Leaders read first": what HR and its partners do not read yet, where a round's promise sheet says so, and the one page that does not wait.
//!
//! The check stands where somebody's session is looked up, and is about addresses: everything below a round's results waits unless it is named here.
//! So a page that is added later waits, too.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, ServiceConfig};
use askama::Template;
use domain::{Moment, WaveId, WaveState};
use protocol::FrozenManifest;
use release::reading::PastWave;

use super::navigation::Page;
use super::rounds::parse_wave;
use super::routing::{read, reading};
use super::session::{Role, SignedIn};
use super::{Console, answer, blocking};
use crate::error::{Code, Problem};
use crate::installation::Installation;
use crate::lifecycle::{Refusal, past_waves};
use crate::words::Saying;

/// The end of the address that does not wait.
const TOTAL: &str = "total";

/// The address of the organisation's result alone.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(reading("/organisation/{wave}/total").route(read().to(total)));
}

/// What an address is about that may have to wait.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    wave: WaveId,
    /// Whether it is the first page of the organisation's results, in whose place the total is shown.
    first_page: bool,
}

/// The round of an address below which results wait; `None` for every other address.
fn asked(path: &str, role: &Role) -> Option<Asked> {
    let rest = match role {
        Role::Hr => path.strip_prefix("/organisation/")?,
        Role::Partner(_) => path.strip_prefix("/unit/")?,
        Role::Admin | Role::Leader(_) | Role::FormerLeader | Role::KeyHolder => return None,
    };
    let (wave, below) = rest.split_once('/').unwrap_or((rest, ""));
    let first_page = *role == Role::Hr && below.is_empty();
    (*role != Role::Hr || below != TOTAL).then(|| Some(Asked { wave: WaveId::parse(wave).ok()?, first_page }))?
}

/// Refuses what waits.
///
/// # Errors
/// [`Code::NotYet`] with the moment from which it can be read.
pub(super) async fn check(console: &Console, path: &str, role: &Role) -> Result<(), Problem> {
    let Some(asked) = asked(path, role) else { return Ok(()) };
    let wave = asked.wave.clone();
    let Some(opens) = blocking(console, move |installation| opens_later(installation, &wave)).await? else { return Ok(()) };
    let problem = Problem::said(Code::NotYet, Saying::key("detail-groups-later").and("at", opens));
    Err(if asked.first_page { Problem { instead: Some(format!("/organisation/{}/{TOTAL}", asked.wave)), ..problem } } else { problem })
}

/// When the results of a round's groups can be read by HR; `None` when they can be read now, or there are none.
fn opens_later(installation: &Installation, wave: &WaveId) -> Result<Option<Moment>, Refusal> {
    let Some(record) = installation.identity.wave(wave)?.filter(|record| record.state == WaveState::Published) else { return Ok(None) };
    let Some(published) = record.published_at else { return Ok(None) };
    let served = installation.ballot_side(wave)?;
    let waits = FrozenManifest::read(served.manifest).map_err(Refusal::corrupt)?.manifest().audiences.hr_groups_after_hours;
    let opens = published.plus(Duration::from_secs(u64::from(waits) * 3600));
    Ok((installation.clock.now() < opens).then_some(opens))
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
        let Some(opens) = opens_later(installation, &round)? else { return Ok(None) };
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
        for (path, role) in [
            ("/organisation/2026-q4", &Role::Hr),
            ("/organisation/2026-q4/", &Role::Hr),
            ("/organisation/2026-q4/table.csv", &Role::Hr),
            ("/organisation/2026-q4/groups", &Role::Hr),
            ("/organisation/2026-q4/chart/x.png", &Role::Hr),
            ("/organisation/2026-q4/total/", &Role::Hr),
            ("/unit/2026-q4", &partner),
            ("/unit/2026-q4/table.csv", &partner),
            ("/unit/2026-q4/total", &partner),
        ] {
            assert_eq!(asked(path, role).unwrap().wave.as_str(), "2026-q4", "{path}");
        }
        for (path, role) in [("/organisation/2026-q4/total", &Role::Hr), ("/rounds/2026-q4", &Role::Hr), ("/organisation", &Role::Hr)] {
            assert_eq!(asked(path, role), None, "{path}");
        }
    }
}
