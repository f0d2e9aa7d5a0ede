//! Re-organisations: recorded between launches, taken in by the next launch, never changed afterwards.

use diesel::prelude::*;
use domain::reorg::{self, EventRefused, TeamPlaces};
use domain::{DatedEvent, Day, Moment, RecordedEvent, Reorganised, WaveId, WaveState};
use storage::{Conn, Json, bind, on_each};

use crate::error::IdentityError;
use crate::schema::{reorg_event, wave};
use crate::{Identity, PromiseEvent, lineage, promise_log, staff_list, teams};

/// An event, and whether it is past changing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedEvent {
    /// The event.
    pub event: RecordedEvent,
    /// Whether a launched wave that was not aborted has taken it in, so that it can no longer be withdrawn.
    pub frozen: bool,
}

/// What became of the teams of a launched wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// The wave.
    pub wave: WaveId,
    /// Its teams after the events since its launch.
    pub teams: Reorganised,
    /// Up to this number, launched waves that were not aborted have taken events in.
    pub frozen: u32,
}

/// A launched wave, the teams as they were then, and the events since.
struct Base {
    wave: WaveId,
    launched: Option<Moment>,
    teams: TeamPlaces,
    events: Vec<RecordedEvent>,
}

impl Identity {
    /// Every event, in the order in which they were recorded.
    ///
    /// # Errors
    /// When the database fails.
    pub fn reorg_events(&self) -> Result<Vec<ListedEvent>, IdentityError> {
        self.database.read(|conn| {
            let frozen = frozen(conn)?;
            Ok(after(conn, 0)?.into_iter().map(|event| ListedEvent { frozen: event.number <= frozen, event }).collect())
        })
    }

    /// Records an event that happened since the last launch, recorded at `now`; `day_of` says in which day a moment lies where the organisation is.
    ///
    /// # Errors
    /// [`IdentityError::Event`] when the day lies ahead or before the last launch, or the event does not fit what happened before.
    pub fn record_event(&self, dated: &DatedEvent, now: Moment, day_of: impl Fn(Moment) -> Day) -> Result<RecordedEvent, IdentityError> {
        let today = day_of(now);
        self.database.write(|conn| {
            let base = latest(conn)?.ok_or(EventRefused::NothingBefore)?;
            if dated.on > today {
                return Err(EventRefused::InFuture { on: dated.on, today }.into());
            }
            if let Some(launched) = base.launched.map(&day_of).filter(|launched| dated.on < *launched) {
                return Err(EventRefused::BeforeLaunch { on: dated.on, wave: base.wave, launched }.into());
            }
            let new = RecordedEvent { number: last_number(conn)?.saturating_add(1), dated: dated.clone() };
            reorg::check(&base.teams, &base.events, &new, &staff_list::load(conn)?.places())?;
            on_each!(conn, |c| diesel::insert_into(reorg_event::table)
                .values((reorg_event::number.eq(bind(new.number)), reorg_event::event.eq(Json(dated))))
                .execute(c))?;
            let recorded = PromiseEvent::TeamsChanged { change: (&dated.event).into(), withdrawn: false };
            promise_log::append(conn, &self.author, &recorded)?;
            Ok(new)
        })
    }

    /// Takes an event back, as if it had never been recorded; returns it.
    ///
    /// # Errors
    /// [`IdentityError::UnknownEvent`]; [`IdentityError::EventFrozen`] once a wave was launched since, unless that one ended without a
    /// result; [`IdentityError::Event`] while another event builds upon it.
    pub fn withdraw_event(&self, number: u32) -> Result<RecordedEvent, IdentityError> {
        self.database.write(|conn| {
            let all = after(conn, 0)?;
            let event = all.into_iter().find(|event| event.number == number).ok_or(IdentityError::UnknownEvent { number })?;
            if number <= frozen(conn)? {
                return Err(IdentityError::EventFrozen { number });
            }
            if let Some(base) = latest(conn)? {
                reorg::check_without(&base.teams, &base.events, number, &staff_list::load(conn)?.places())?;
            }
            on_each!(conn, |c| diesel::delete(reorg_event::table.filter(reorg_event::number.eq(bind(number)))).execute(c))?;
            let withdrawn = PromiseEvent::TeamsChanged { change: (&event.dated.event).into(), withdrawn: true };
            promise_log::append(conn, &self.author, &withdrawn)?;
            Ok(event)
        })
    }

    /// What became of the teams of the last published wave, whose groups the next one continues; `None` before the first publication.
    ///
    /// # Errors
    /// When the database fails.
    pub fn since_last_published(&self) -> Result<Option<Since>, IdentityError> {
        self.database.read(|conn| {
            let Some(wave) = lineage::last_published(conn)? else { return Ok(None) };
            since(conn, wave).map(Some)
        })
    }

    /// What became of the teams of the wave under way, or else of the last published one; `None` before the first launch. This is what
    /// new events and new staff lists follow.
    ///
    /// # Errors
    /// When the database fails.
    pub fn since_last_round(&self) -> Result<Option<Since>, IdentityError> {
        self.database.read(|conn| {
            let Some(wave) = latest_wave(conn)? else { return Ok(None) };
            since(conn, wave).map(Some)
        })
    }
}

/// The number of the last event that was ever recorded and not withdrawn again; 0 before the first.
pub(crate) fn last_number(conn: &mut Conn<'_>) -> Result<u32, IdentityError> {
    let last: Option<u32> =
        on_each!(conn, |c| reorg_event::table.select(reorg_event::number).order(reorg_event::number.desc()).first(c).optional())?;
    Ok(last.unwrap_or(0).max(frozen(conn)?))
}

fn since(conn: &mut Conn<'_>, wave: WaveId) -> Result<Since, IdentityError> {
    let base = base(conn, wave)?;
    Ok(Since { wave: base.wave, teams: Reorganised::after(base.teams, &base.events), frozen: frozen(conn)? })
}

/// Up to this number, launched waves have taken events in. On a wave that ended without a result nothing rests.
fn frozen(conn: &mut Conn<'_>) -> Result<u32, IdentityError> {
    let last: Vec<Option<u32>> =
        on_each!(conn, |c| wave::table.filter(wave::state.ne(bind(WaveState::Aborted))).select(wave::last_event).load(c))?;
    Ok(last.into_iter().flatten().max().unwrap_or(0))
}

fn latest(conn: &mut Conn<'_>) -> Result<Option<Base>, IdentityError> {
    let Some(wave) = latest_wave(conn)? else { return Ok(None) };
    base(conn, wave).map(Some)
}

/// The wave under way, or else the last published one.
pub(crate) fn latest_wave(conn: &mut Conn<'_>) -> Result<Option<WaveId>, IdentityError> {
    let waves: Vec<(WaveId, WaveState)> = on_each!(conn, |c| wave::table.select((wave::id, wave::state)).load(c))?;
    match waves.into_iter().find(|(_, state)| *state != WaveState::Draft && !state.is_final()) {
        Some((wave, _)) => Ok(Some(wave)),
        None => lineage::last_published(conn),
    }
}

fn base(conn: &mut Conn<'_>, id: WaveId) -> Result<Base, IdentityError> {
    let (launched, last_event): (Option<Moment>, Option<u32>) =
        on_each!(conn, |c| wave::table.filter(wave::id.eq(bind(&id))).select((wave::opens_at, wave::last_event)).first(c))?;
    let teams = teams::all(conn, &id)?.into_iter().map(|team| (team.team, team.above)).collect();
    // A wave that was launched before there were events has taken none in.
    Ok(Base { wave: id, launched, teams, events: after(conn, last_event.unwrap_or(0))? })
}

/// The events with a larger number, in the order in which they were recorded.
fn after(conn: &mut Conn<'_>, number: u32) -> Result<Vec<RecordedEvent>, IdentityError> {
    let rows: Vec<(u32, Json<DatedEvent>)> = on_each!(conn, |c| reorg_event::table
        .filter(reorg_event::number.gt(bind(number)))
        .order(reorg_event::number)
        .select((reorg_event::number, reorg_event::event))
        .load(c))?;
    Ok(rows.into_iter().map(|(number, Json(dated))| RecordedEvent { number, dated }).collect())
}
