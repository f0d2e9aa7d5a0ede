//! Whether a people side and a ballot side belong together, and what becomes of the round that was under way in them.
//!
//! Whoever answered after a copy was made is, in that copy, somebody who has not answered, and may hold what lets a sealed answer in. If they could begin
//! again, they could count twice, and nobody would notice. A second answer is worse than a lost one, so after a restore no new answer begins and nothing
//! more is put into the box, unless somebody says that nothing has happened since the copy was made.

use std::collections::BTreeMap;

use domain::{Gate, GroupId, WaveId, WaveState};
use identity::{AfterRestore, PeopleSide, UnfinishedWave};
use responses::{BallotSide, HeldWave};

/// Why two sides cannot be used together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// Both know a round, and not the same one.
    #[error(
        "round {0} has another promise sheet on the people side than on the ballot side: these are databases of two different installations"
    )]
    OtherInstallation(WaveId),
    /// The ballot side is further.
    #[error(
        "the ballot side is further with round {0} than the people side, which does not know what became of it: use a people side from a later moment, or both sides from the same one. If the people side never had a round of this name, it is another installation's"
    )]
    PeopleOlder(WaveId),
    /// The people side is further.
    #[error(
        "the people side says that round {0} has ended, and the ballot side does not know it: its result would be missing, or answers that were destroyed would be back. Use a ballot side from a later moment, or both sides from the same one"
    )]
    BallotsOlder(WaveId),
}

/// Why the answers of a round cannot be opened any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// The ballot side is from before the round.
    NoBox,
    /// The people side says that the box is shut, the ballot side that it is open.
    NoBoard,
    /// There are answers that nobody began, as far as the people side knows.
    Unaccounted,
    /// The box is shut, the people side is from before that.
    Shut,
    /// The people side is from the middle of the launch, and people may have been invited since, by links that it does not know.
    Launched,
    /// The answers were destroyed.
    Destroyed,
}

/// The round that was launched and has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// The round.
    pub wave: WaveId,
    /// Its state.
    pub state: WaveState,
    /// What becomes of it.
    pub then: AfterRestore,
    /// Why it can only be ended.
    pub why: Option<Lost>,
    /// How many people are invited.
    pub invited: u32,
    /// How many have begun to send an answer, as far as the people side knows.
    pub begun: u32,
    /// How many sealed answers are in the box.
    pub in_box: u32,
    /// How many of those that were begun are not in the box.
    pub lost: u32,
    /// Whether no new answer may begin any more.
    pub answering_ends: bool,
    /// Whether nothing may be put into the box any more.
    pub box_ends: bool,
}

/// What becomes of the unfinished round if these two sides are used together; `None` when there is none.
///
/// `nothing_since` is what somebody says who knows that nothing has happened since the copy was made.
///
/// # Errors
/// [`Misfit`] when they cannot be used together at all.
pub fn judge(people: &PeopleSide, ballots: &BallotSide, nothing_since: bool) -> Result<Option<Round>, Misfit> {
    for held in &ballots.waves {
        let known = people.waves.iter().find(|record| record.wave == held.wave && record.state != WaveState::Draft);
        let Some(record) = known else { return Err(Misfit::PeopleOlder(held.wave.clone())) };
        if record.manifest_hash.is_some_and(|hash| hash != held.manifest_hash) {
            return Err(Misfit::OtherInstallation(held.wave.clone()));
        }
        let ended = record.state.is_final();
        if ended && held.gate != Gate::Done {
            return Err(Misfit::BallotsOlder(held.wave.clone()));
        }
        // A publication that was interrupted leaves this, and goes on; from any earlier state it could not.
        if !ended && held.gate == Gate::Done && held.released && record.state != WaveState::Opened {
            return Err(Misfit::PeopleOlder(held.wave.clone()));
        }
    }
    if let Some(waiting) = &ballots.prepared {
        match people.waves.iter().find(|record| record.wave == *waiting).map(|record| record.state) {
            None | Some(WaveState::Draft) => return Err(Misfit::PeopleOlder(waiting.clone())),
            Some(state) if state.is_final() => return Err(Misfit::BallotsOlder(waiting.clone())),
            Some(_) => {}
        }
    }
    let missing = people.waves.iter().find(|record| {
        let released = ballots.waves.iter().any(|held| held.wave == record.wave && held.released);
        record.state == WaveState::Published && !released
    });
    if let Some(record) = missing {
        return Err(Misfit::BallotsOlder(record.wave.clone()));
    }
    Ok(people.unfinished.as_ref().map(|unfinished| {
        let held = ballots.waves.iter().find(|held| held.wave == unfinished.record.wave);
        let waits = ballots.prepared.as_ref() == Some(&unfinished.record.wave);
        of_round(unfinished, held, waits, &ballots.ballots, nothing_since)
    }))
}

/// `waits` says that the ballot side holds it as waiting for a countersignature, with its keys.
fn of_round(
    unfinished: &UnfinishedWave,
    held: Option<&HeldWave>,
    waits: bool,
    ballots: &BTreeMap<GroupId, u32>,
    nothing_since: bool,
) -> Round {
    let UnfinishedWave { record, invited, issued } = unfinished;
    let of = |counts: &BTreeMap<GroupId, u32>, group: &GroupId| counts.get(group).copied().unwrap_or(0);
    let lost = issued.keys().map(|group| of(issued, group).saturating_sub(of(ballots, group))).fold(0, u32::saturating_add);
    let unaccounted = ballots.keys().any(|group| of(ballots, group) > of(issued, group));
    let state = record.state;
    let why = match held {
        None if state != WaveState::Launching => Some(Lost::NoBox),
        Some(held) if held.gate == Gate::Done && !held.released => Some(Lost::Destroyed),
        Some(held) if matches!(state, WaveState::Closed | WaveState::Opened) && !held.board => Some(Lost::NoBoard),
        Some(held) if matches!(state, WaveState::Launching | WaveState::Running) && held.gate == Gate::Closed => Some(Lost::Shut),
        Some(_) if state == WaveState::Launching && (record.restored || !nothing_since) => Some(Lost::Launched),
        // It may have been countersigned since: whoever was invited then could answer again with the same keys.
        None if waits && (record.restored || !nothing_since) => Some(Lost::Launched),
        _ if unaccounted => Some(Lost::Unaccounted),
        _ => None,
    };
    // Before the box is there nobody can have answered; once issuing has stopped everybody who began is on record.
    let doubtful = held.is_some() && (record.restored || !nothing_since);
    let ends = matches!(state, WaveState::Launching | WaveState::Running) && (doubtful || why.is_some());
    let then = match why {
        Some(_) => AfterRestore::OnlyEnded,
        None if ends => AfterRestore::NoNewAnswers,
        None => AfterRestore::GoesOn,
    };
    Round {
        wave: record.wave.clone(),
        state,
        then,
        why,
        invited: invited.values().copied().fold(0, u32::saturating_add),
        begun: issued.values().copied().fold(0, u32::saturating_add),
        in_box: ballots.values().copied().fold(0, u32::saturating_add),
        lost,
        answering_ends: ends,
        box_ends: held.is_some() && (ends || why.is_some()),
    }
}

#[cfg(test)]
mod tests;
