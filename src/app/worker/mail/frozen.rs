//! What is frozen with a round and stands in each of its mails: read once, not once per mail.

use std::sync::{Arc, Mutex, PoisonError};

use domain::instrument::Words;
use domain::wave::Pace;
use domain::{GroupId, Language, Schedule, WaveId};
use protocol::manifest::Texts;
use protocol::{FrozenManifest, GroupList, words};

use crate::installation::Installation;
use crate::lifecycle::Refusal;
use crate::mail::message::{Group, Later, Round, Team};

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
        let closes_at = promises.schedule.closes_at;
        let own = |texts: &Texts| own_words(texts, promises.languages.first());
        let round = Round {
            organisation: promises.organisation.clone(),
            title: instrument.title.clone(),
            informal: instrument.informal.clone(),
            statements: instrument.items.len(),
            closes_at: by_dates.then_some(closes_at),
            k: promises.k,
            coalition: promises.coalition,
            values_kept: promises.min_range,
            comments: promises.comments,
            passphrase: promises.passphrase,
            key_holder: promises.key_holder.clone(),
            team_reads: promises.audiences.team,
            cards: promises.cards > 0,
            purpose: own(&promises.purpose),
            not_for: own(&promises.not_for),
            later: by_dates.then(|| Later {
                closes_at,
                objections_until: promises.schedule.opens(closes_at),
                published_from: promises.schedule.publishes(closes_at),
                published_by: promises.schedule.aborts(closes_at),
            }),
            zone: installation.config.survey.zone(),
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

/// A text of the organisers per language; one whose language is not said is in the round's first.
fn own_words(texts: &Texts, first: Option<&Language>) -> Words {
    match texts {
        Texts::PerLanguage(texts) => texts.clone(),
        Texts::Plain(text) => first.map(|language| (language.clone(), text.clone())).into_iter().collect(),
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
