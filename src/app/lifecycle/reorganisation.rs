//! What happened to teams between rounds: recorded, taken back, held against the staff list.

use domain::reorg::{self, Disagreement, Suggestion};
use domain::roster::Roster;
use domain::{DatedEvent, Day, Moment, RecordedEvent, TeamLabel, WaveId};

use super::{Refusal, turn};
use crate::installation::Installation;

/// How a staff list differs from the teams of the last round and what happened to them since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The round.
    pub since: WaveId,
    /// Teams that continue no team of that round.
    pub new: Vec<TeamLabel>,
    /// Teams that should be there and are not.
    pub gone: Vec<TeamLabel>,
    /// Where the list says something else than an event.
    pub disagreements: Vec<Disagreement>,
}

/// Records an event; without a day, it happened today. Days are those of the organisation's calendar, in its time zone. Never while a launch reads what has happened.
///
/// # Errors
/// [`Refusal::Event`] says what the event contradicts and what to do.
pub fn record(installation: &Installation, event: domain::ReorgEvent, on: Option<Day>) -> Result<RecordedEvent, Refusal> {
    let _turn = turn::take_without_key_folder(installation)?;
    let (now, zone) = (installation.clock.now(), installation.config.survey.zone());
    let day_of = |moment: Moment| moment.day_in(&zone);
    Ok(installation.identity.record_event(&DatedEvent { on: on.unwrap_or_else(|| day_of(now)), event }, now, day_of)?)
}

/// Takes back an event that no launch has taken in; returns it.
///
/// # Errors
/// [`Refusal::PeopleSide`] when there is no such event, or it can no longer be withdrawn.
pub fn withdraw(installation: &Installation, number: u32) -> Result<RecordedEvent, Refusal> {
    let _turn = turn::take_without_key_folder(installation)?;
    Ok(installation.identity.withdraw_event(number)?)
}

/// How a staff list differs from the last round and what happened since; `None` before the first launch.
///
/// # Errors
/// When the database fails.
pub fn news(installation: &Installation, roster: &Roster) -> Result<Option<News>, Refusal> {
    let Some(since) = installation.identity.since_last_round()? else { return Ok(None) };
    let places = roster.places();
    Ok(Some(News {
        new: since.teams.new_in(&places).cloned().collect(),
        gone: since.teams.gone_from(&places).cloned().collect(),
        disagreements: since.teams.disagreements(&places, since.frozen),
        since: since.wave,
    }))
}

/// What may have become of teams since the last launch, guessed from who was in which; nothing before the first launch.
///
/// # Errors
/// When the database fails.
pub fn suggestions(installation: &Installation, roster: &Roster) -> Result<Vec<Suggestion>, Refusal> {
    let (Some(since), Some(then)) = (installation.identity.since_last_round()?, installation.identity.teams_then()?) else {
        return Ok(Vec::new());
    };
    Ok(reorg::suggest(&then, roster, &since.teams))
}

/// Refuses a launch with a staff list that says something else than an event.
pub(super) fn refuse_if_the_list_disagrees(installation: &Installation, roster: &Roster) -> Result<(), Refusal> {
    match news(installation, roster)?.and_then(|news| news.disagreements.into_iter().next()) {
        Some(disagreement) => Err(Refusal::StaffList(Box::new(disagreement))),
        None => Ok(()),
    }
}
