//! What can be taken along of a result: for HR everything, for a leader what is theirs; each file says what the page says.

use std::collections::BTreeSet;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query, ServiceConfig};
use disclosure::BlockId;
use domain::{PersonId, TeamLabel, WaveId};
use release::reading::{self, PastWave, PublishedWave};
use reports::{Posted, Readable};
use serde::Deserialize;

use super::led_teams::led_teams;
use super::rounds::parse_wave;
use super::routing::{read, reading as address};
use super::session::SignedIn;
use super::team::{Own, own_result};
use super::visible::Visible;
use super::{Console, answer, blocking};
use crate::error::Problem;
use crate::installation::Installation;
use crate::lifecycle::exports::{self, Kind};
use crate::lifecycle::{Refusal, past_waves};
use crate::words::Words;

/// What the pages of a result offer to take along.
pub(super) struct Take {
    /// The address before the name of a file.
    pub(super) base: String,
    /// The groups whose sheet can be posted: the end of its address, and their names where there are several.
    pub(super) notices: Vec<(String, String)>,
    /// The charts: their ids and what they show.
    pub(super) charts: Vec<(String, String)>,
}

impl Take {
    /// What HR can take along of a round.
    pub(super) fn of_organisation(installation: &Installation, wave: &WaveId, words: &Words) -> Result<Self, Refusal> {
        let page = exports::organisation_page(&past_waves(installation, Some(wave))?, words)?;
        Self::of_page(format!("/organisation/{wave}"), vec![(String::new(), String::new())], &page)
    }

    /// What a leader can take along of this page of a round.
    pub(super) fn of_team(
        installation: &Installation,
        wave: &WaveId,
        person: &PersonId,
        words: &Words,
        page: &str,
    ) -> Result<Self, Refusal> {
        let own = OwnRound::of(installation, wave, person)?;
        let words = words.of_reports().map_err(Refusal::corrupt)?;
        let blocks = &own.visible.blocks;
        let mut notices = Vec::new();
        for block in blocks {
            let named = if let [_] = blocks.as_slice() { String::new() } else { own.name_of(*block, words)? };
            notices.push((format!("?group={}", block.0), named));
        }
        Self::of_page(format!("/team/{wave}"), notices, page)
    }

    fn of_page(base: String, notices: Vec<(String, String)>, page: &str) -> Result<Self, Refusal> {
        let charts = reports::charts_of(page).map_err(Refusal::corrupt)?;
        let label = |of: &[String], title: &str| of.first().map_or_else(|| title.to_owned(), |whose| format!("{whose} – {title}"));
        Ok(Self { base, notices, charts: charts.into_iter().map(|chart| (chart.id.clone(), label(&chart.of, &chart.title))).collect() })
    }
}

/// The addresses of files.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(address("/organisation/{wave}/report.pdf").route(read().to(organisation_pdf)))
        .service(address("/organisation/{wave}/notice.pdf").route(read().to(organisation_notice)))
        .service(address("/organisation/{wave}/report.xlsx").route(read().to(organisation_xlsx)))
        .service(address("/organisation/{wave}/report.json").route(read().to(organisation_json)))
        .service(address("/organisation/{wave}/chart/{chart}.png").route(read().to(chart_of_organisation)))
        .service(address("/team/{wave}/report.pdf").route(read().to(team_pdf)))
        .service(address("/team/{wave}/notice.pdf").route(read().to(team_notice)))
        .service(address("/team/{wave}/report.xlsx").route(read().to(team_xlsx)))
        .service(address("/team/{wave}/report.json").route(read().to(team_json)))
        .service(address("/team/{wave}/chart/{chart}.png").route(read().to(chart_of_team)));
}

/// `GET /organisation/{wave}/report.pdf`.
async fn organisation_pdf(who: SignedIn, console: Data<Console>, wave: Path<String>) -> Result<HttpResponse, Problem> {
    of_organisation(&who, &console, &wave, Kind::Pdf).await
}

/// `GET /organisation/{wave}/notice.pdf`.
async fn organisation_notice(who: SignedIn, console: Data<Console>, wave: Path<String>) -> Result<HttpResponse, Problem> {
    of_organisation(&who, &console, &wave, Kind::Notice).await
}

/// `GET /organisation/{wave}/report.xlsx`.
async fn organisation_xlsx(who: SignedIn, console: Data<Console>, wave: Path<String>) -> Result<HttpResponse, Problem> {
    of_organisation(&who, &console, &wave, Kind::Xlsx).await
}

/// `GET /organisation/{wave}/report.json`.
async fn organisation_json(who: SignedIn, console: Data<Console>, wave: Path<String>) -> Result<HttpResponse, Problem> {
    of_organisation(&who, &console, &wave, Kind::Json).await
}

/// `GET /team/{wave}/report.pdf`.
async fn team_pdf(who: SignedIn, console: Data<Console>, wave: Path<String>) -> Result<HttpResponse, Problem> {
    of_team(&who, &console, &wave, Kind::Pdf, None).await
}

/// `GET /team/{wave}/notice.pdf`.
async fn team_notice(who: SignedIn, console: Data<Console>, wave: Path<String>, asked: Query<Asked>) -> Result<HttpResponse, Problem> {
    of_team(&who, &console, &wave, Kind::Notice, asked.group).await
}

/// `GET /team/{wave}/report.xlsx`.
async fn team_xlsx(who: SignedIn, console: Data<Console>, wave: Path<String>) -> Result<HttpResponse, Problem> {
    of_team(&who, &console, &wave, Kind::Xlsx, None).await
}

/// `GET /team/{wave}/report.json`.
async fn team_json(who: SignedIn, console: Data<Console>, wave: Path<String>) -> Result<HttpResponse, Problem> {
    of_team(&who, &console, &wave, Kind::Json, None).await
}

/// Which of several groups a sheet is about.
#[derive(Deserialize)]
struct Asked {
    /// The number that the page gives to the group.
    group: Option<u32>,
}

/// A file for HR.
async fn of_organisation(who: &SignedIn, console: &Console, wave: &str, kind: Kind) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    let wave = parse_wave(wave)?;
    let (asked, words) = (wave.clone(), who.speaking.words);
    let bytes = blocking(console, move |installation| exports::file(installation, &asked, kind, words)).await?;
    Ok(answer::file(&format!("candor-{wave}{}", kind.ending()), kind.media_type(), bytes))
}

/// `GET /organisation/{wave}/chart/{chart}.png`: one chart of HR's page.
async fn chart_of_organisation(who: SignedIn, console: Data<Console>, place: Path<(String, String)>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    let (wave, chart) = (parse_wave(&place.0)?, place.1.clone());
    let (asked, words, id) = (wave.clone(), who.speaking.words, chart.clone());
    let bytes = blocking(&console, move |installation| {
        let past = past_waves(installation, Some(&asked))?;
        let latest = exports::with_numbers(&past, &asked)?;
        let page = exports::organisation_page(&past, words)?;
        let picture = picture(words, latest, &page, &id)?;
        exports::record(installation, &asked, "png")?;
        Ok(picture)
    });
    Ok(answer::file(&format!("candor-{wave}-{chart}.png"), "image/png", bytes.await?))
}

/// A file for a leader.
async fn of_team(who: &SignedIn, console: &Console, wave: &str, kind: Kind, group: Option<u32>) -> Result<HttpResponse, Problem> {
    let person = who.must_be_leader()?.clone();
    let wave = parse_wave(wave)?;
    let (round, words) = (wave.clone(), who.speaking.words);
    let bytes = blocking(console, move |installation| {
        let bytes = OwnRound::of(installation, &round, &person)?.file(&round, kind, group, words)?;
        exports::record(installation, &round, kind.name())?;
        Ok(bytes)
    });
    Ok(answer::file(&format!("candor-{wave}-team{}", kind.ending()), kind.media_type(), bytes.await?))
}

/// `GET /team/{wave}/chart/{chart}.png`: one chart of a leader's page.
async fn chart_of_team(who: SignedIn, console: Data<Console>, place: Path<(String, String)>) -> Result<HttpResponse, Problem> {
    let person = who.must_be_leader()?.clone();
    let (wave, chart) = (parse_wave(&place.0)?, place.1.clone());
    let (round, words, id) = (wave.clone(), who.speaking.words, chart.clone());
    let bytes = blocking(&console, move |installation| {
        let own = OwnRound::of(installation, &round, &person)?;
        let picture = picture(words, own.latest(&round)?, &own.page(&round, words)?, &id)?;
        exports::record(installation, &round, "png")?;
        Ok(picture)
    });
    Ok(answer::file(&format!("candor-{wave}-team-{chart}.png"), "image/png", bytes.await?))
}

/// What somebody may read of a round by the teams that they led in it; never empty.
struct OwnRound {
    past: Vec<PastWave>,
    led: BTreeSet<TeamLabel>,
    visible: Visible,
}

impl OwnRound {
    fn of(installation: &Installation, wave: &WaveId, person: &PersonId) -> Result<Self, Refusal> {
        let past = past_waves(installation, Some(wave))?;
        let led = led_teams(installation, wave, person)?;
        let visible = {
            let latest = exports::with_numbers(&past, wave)?;
            Visible::of(&latest.groups, &latest.release.base.blocks, &led)
        };
        if visible.is_empty() { Err(Refusal::UnknownWave(wave.clone())) } else { Ok(Self { past, led, visible }) }
    }

    fn latest(&self, wave: &WaveId) -> Result<&PublishedWave, Refusal> {
        exports::with_numbers(&self.past, wave)
    }

    /// The groups that are counted together in a block.
    fn name_of(&self, block: BlockId, words: &reports::Words) -> Result<String, Refusal> {
        reports::posted_name(words, &self.past, Posted::Group(block)).map_err(Refusal::corrupt)
    }

    /// The page that they read.
    fn page(&self, wave: &WaveId, words: &Words) -> Result<String, Refusal> {
        let words = words.of_reports().map_err(Refusal::corrupt)?;
        match own_result(words, &self.past, self.latest(wave)?, &self.led, |block| reading::read_block(&self.past, block))? {
            Own::Report(page) => Ok(page),
            Own::TooFewAnswered { .. } | Own::NoTeam => Err(Refusal::UnknownWave(wave.clone())),
        }
    }

    fn file(&self, wave: &WaveId, kind: Kind, group: Option<u32>, words: &Words) -> Result<Vec<u8>, Refusal> {
        let readable = Readable::Only { blocks: &self.visible.blocks, units: &self.visible.units };
        let of_reports = words.of_reports().map_err(Refusal::corrupt)?;
        match kind {
            Kind::Csv => exports::table_of(&self.past, wave, readable),
            Kind::Json => reports::results(&self.past, readable).map_err(Refusal::corrupt),
            Kind::Xlsx => reports::workbook(of_reports, &self.past, readable).map_err(Refusal::corrupt),
            Kind::Pdf => {
                let title = words.with("report-team", &[("round", wave.into())]);
                let page = self.page(wave, words)?;
                Ok(reports::printed(of_reports, self.latest(wave)?, &title, &page).map_err(Refusal::corrupt)?.pdf)
            }
            Kind::Notice => {
                let own = |block: &&BlockId| group.is_none_or(|group| block.0 == group);
                let block = self.visible.blocks.iter().find(own).ok_or_else(|| Refusal::UnknownWave(wave.clone()))?;
                Ok(reports::notice(of_reports, &self.past, Posted::Group(*block)).map_err(Refusal::corrupt)?.pdf)
            }
        }
    }
}

/// The chart with this id on a page.
fn picture(words: &Words, wave: &PublishedWave, page: &str, id: &str) -> Result<Vec<u8>, Refusal> {
    let charts = reports::charts_of(page).map_err(Refusal::corrupt)?;
    let chart = charts.iter().find(|chart| chart.id == id).ok_or_else(|| Refusal::UnknownWave(wave.release.wave.clone()))?;
    reports::picture(words.of_reports().map_err(Refusal::corrupt)?, wave, chart).map_err(Refusal::corrupt)
}
