//! What is frozen with a round and stands in each of its mails, with the close that was put off since, if it was: read once, not once per mail.

use std::sync::{Arc, Mutex, PoisonError};

use domain::wave::Pace;
use domain::{GroupId, Schedule, WaveId};
use protocol::{FrozenManifest, GroupList, words};

use crate::installation::Installation;
use crate::lifecycle::Refusal;
use crate::mail::message::{Group, Round};

/// How many rounds are kept: the one that ends and the one that begins.
const KEPT: usize = 2;

/// A launched round as its mails need it.
pub(super) struct FrozenWave {
    pub(super) manifest: FrozenManifest,
    pub(super) schedule: Schedule,
    pub(super) round: Round,
    groups: GroupList,
}

impl FrozenWave {
    fn read(installation: &Installation, wave: &WaveId, extended_days: u32) -> Result<Self, Refusal> {
        let served = installation.ballot_side(wave)?;
        let manifest = FrozenManifest::read(served.manifest).map_err(Refusal::corrupt)?;
        let instrument: domain::instrument::Instrument = serde_json::from_slice(&served.instrument).map_err(Refusal::corrupt)?;
        let check_words = words::manifest_words(&manifest.hash()).join(" ");
        let schedule = manifest.manifest().schedule.extended_by(extended_days).map_err(Refusal::corrupt)?;
        let round = Round::of(manifest.manifest(), &instrument, installation.config.survey.zone(), check_words).closing_at(&schedule);
        let groups = GroupList::freeze(served.groups).map_err(Refusal::corrupt)?;
        Ok(Self { schedule, manifest, round, groups })
    }

    /// Whether dates move the round, and not a hand.
    pub(super) fn by_dates(&self) -> bool {
        self.schedule.pace == Pace::Dates
    }

    /// A group with its teams and their leaders. Which of several teams is a recipient's own is not part of the snapshot.
    pub(super) fn group(&self, group: GroupId) -> Option<Group> {
        Group::of(&self.groups, group)
    }
}

/// The rounds that were read, newest last, each with the days by which its close was put off.
#[derive(Default)]
pub(super) struct FrozenWaves(Mutex<Vec<(WaveId, u32, Arc<FrozenWave>)>>);

impl FrozenWaves {
    /// A round, read at its first mail, and at the first one after its close was put off.
    pub(super) fn get(&self, installation: &Installation, wave: &WaveId, extended_days: u32) -> Result<Arc<FrozenWave>, Refusal> {
        // Held while reading, so that a large round is read once and not by every thread.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((.., frozen)) = known.iter().find(|(id, days, _)| id == wave && *days == extended_days) {
            return Ok(frozen.clone());
        }
        let frozen = Arc::new(FrozenWave::read(installation, wave, extended_days)?);
        known.retain(|(id, ..)| id != wave);
        known.push((wave.clone(), extended_days, frozen.clone()));
        let surplus = known.len().saturating_sub(KEPT);
        known.drain(..surplus);
        Ok(frozen)
    }
}
