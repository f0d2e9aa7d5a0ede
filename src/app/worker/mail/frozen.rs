//! What is frozen with a round and stands in each of its mails: read once, not once per mail.

use std::sync::{Arc, Mutex, PoisonError};

use domain::wave::Pace;
use domain::{GroupId, Schedule, WaveId};
use protocol::{FrozenManifest, GroupList, words};

use crate::installation::Installation;
use crate::lifecycle::Refusal;
use crate::mail::message::{Group, Round, Team};

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
    fn read(installation: &Installation, wave: &WaveId) -> Result<Self, Refusal> {
        let served = installation.ballot_side(wave)?;
        let manifest = FrozenManifest::read(served.manifest).map_err(Refusal::corrupt)?;
        let instrument: domain::instrument::Instrument = serde_json::from_slice(&served.instrument).map_err(Refusal::corrupt)?;
        let promises = manifest.manifest();
        let by_dates = promises.schedule.pace == Pace::Dates;
        let round = Round {
            organisation: promises.organisation.clone(),
            title: instrument.title.clone(),
            informal: instrument.informal.clone(),
            statements: instrument.items.len(),
            closes_at: by_dates.then_some(promises.schedule.closes_at),
            k: promises.k,
            passphrase: promises.passphrase,
            team_reads: promises.audiences.team,
            check_words: words::manifest_words(&manifest.hash()).join(" "),
        };
        let groups = GroupList::freeze(served.groups).map_err(Refusal::corrupt)?;
        Ok(Self { schedule: promises.schedule.clone(), manifest, round, groups })
    }

    /// Whether dates move the round, and not a hand.
    pub(super) fn by_dates(&self) -> bool {
        self.schedule.pace == Pace::Dates
    }

    /// A group with its teams and their leaders. Which of several teams is a recipient's own is not part of the snapshot.
    pub(super) fn group(&self, group: GroupId) -> Option<Group> {
        let (leaf, hash) = (self.groups.leaf(group)?, self.groups.leaf_hash(group)?);
        Some(Group {
            label: leaf.label.clone(),
            unit: leaf.unit.0.last().map(ToString::to_string),
            invited: leaf.invited,
            teams: leaf.teams.iter().map(|entry| Team { label: entry.label.to_string(), leaders: entry.leaders.clone() }).collect(),
            check_words: words::group_words(&hash).join(" "),
        })
    }
}

/// The rounds that were read, newest last.
#[derive(Default)]
pub(super) struct FrozenWaves(Mutex<Vec<(WaveId, Arc<FrozenWave>)>>);

impl FrozenWaves {
    /// A round, read at its first mail.
    pub(super) fn get(&self, installation: &Installation, wave: &WaveId) -> Result<Arc<FrozenWave>, Refusal> {
        // Held while reading, so that a large round is read once and not by every thread.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, frozen)) = known.iter().find(|(id, _)| id == wave) {
            return Ok(frozen.clone());
        }
        let frozen = Arc::new(FrozenWave::read(installation, wave)?);
        known.push((wave.clone(), frozen.clone()));
        let surplus = known.len().saturating_sub(KEPT);
        known.drain(..surplus);
        Ok(frozen)
    }
}
