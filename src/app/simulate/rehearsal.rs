//! A draft on its own staff list with invented answers, from the promise sheet to the pages: the product's own pipeline, in memory alone.
//!
//! The people and the teams are real, and nobody's answers are: they come from chance, as do the keys, which nobody keeps. Nothing is written, no mail is
//! made, and the round has a name of its own, under which nothing is ever served.

use std::collections::{BTreeMap, BTreeSet};

use domain::instrument::Instrument;
use domain::roster::Roster;
use domain::{GroupId, GroupLeaf, Moment, PersonId, TeamLabel, WaveId};
use release::reading::{PastWave, PublishedWave};

use super::chance::Seed;
use super::grouping::Grouped;
use super::published;
use super::round::{Answering, Settings};
use crate::lifecycle::settings::WaveSettings;

/// What is rehearsed.
pub struct Rehearsal<'a> {
    /// How the rehearsed round is called on its pages: not as the draft, of which nobody shall take this for the result.
    pub wave: &'a WaveId,
    /// The organisation's name.
    pub organisation: &'a str,
    /// The draft's settings.
    pub settings: &'a WaveSettings,
    /// The questionnaire as it would be asked.
    pub instrument: Instrument,
    /// The groups that a launch would freeze.
    pub leaves: Vec<GroupLeaf>,
    /// The group of every team.
    pub group_of: &'a BTreeMap<TeamLabel, GroupId>,
    /// The staff list.
    pub roster: &'a Roster,
    /// The probability with which everybody answers.
    pub response_rate: f64,
    /// All chance comes from it.
    pub seed: u64,
    /// When the round would begin.
    pub opens_at: Moment,
}

/// How far a rehearsal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many answers will be sealed.
    Sealing(usize),
    /// One of them is.
    Sealed,
    /// They are opened and checked.
    Opening,
}

/// A rehearsed round, as pages read a published one.
pub struct Rehearsed {
    /// The one round.
    pub past: Vec<PastWave>,
    /// Everybody who leads a team, with their name and teams.
    pub leaders: BTreeMap<PersonId, (String, BTreeSet<TeamLabel>)>,
    /// How many invented answers there are.
    pub answers: usize,
}

impl Rehearsed {
    /// The round itself.
    #[must_use]
    pub fn round(&self) -> Option<&PublishedWave> {
        self.past.iter().find_map(|wave| match wave {
            PastWave::Published(wave) => Some(wave.as_ref()),
            PastWave::Aborted(_) => None,
        })
    }
}

/// Rehearses a draft.
///
/// # Errors
/// What the product refuses, in its words.
pub fn rehearse(rehearsal: Rehearsal<'_>, tell: &(dyn Fn(Progress) + Sync)) -> Result<Rehearsed, String> {
    let Rehearsal { wave, organisation, settings, instrument, leaves, group_of, roster, response_rate, seed, opens_at } = rehearsal;
    let settings = Settings {
        organisation: organisation.to_owned(),
        instrument,
        k: settings.k,
        group_min: settings.group_min,
        coalition: settings.coalition,
        min_range: settings.min_range,
        response_rate,
        seed: Seed(seed),
    };
    // Nothing is compared with real rounds: a rehearsal is the first of its own.
    let leaves = leaves.into_iter().map(|leaf| GroupLeaf { predecessors: Vec::new(), ..leaf }).collect();
    let invited = roster.people.values().filter_map(|person| Some((person.id.clone(), *group_of.get(person.team.as_ref()?)?)));
    let grouped = Grouped { leaves, group_of: invited.collect() };
    let answering = Answering::on_staff_list(&settings, &grouped, roster)?;
    let answers = answering.len();
    tell(Progress::Sealing(answers));
    let round = answering.hold(wave, opens_at, &|| tell(Progress::Sealed), &|| tell(Progress::Opening))?;
    let mut leaders: BTreeMap<PersonId, (String, BTreeSet<TeamLabel>)> = BTreeMap::new();
    for (team, led_by) in &roster.teams {
        for leader in led_by {
            let name = || roster.people.get(leader).map(|person| person.name.clone()).unwrap_or_default();
            leaders.entry(leader.clone()).or_insert_with(|| (name(), BTreeSet::new())).1.insert(team.clone());
        }
    }
    Ok(Rehearsed { past: vec![published(round)?], leaders, answers })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::time::Duration;

    use disclosure::standing::Policy;
    use domain::instrument::Catalogue;
    use release::reading::read_blocks;

    use super::*;
    use crate::lifecycle::proposal::{Past, Regrouped};
    use crate::simulate::organisation::Organisation;

    #[test]
    fn a_draft_is_rehearsed_on_its_own_teams_with_other_answers_every_time() {
        let roster = Organisation::found(60, 3, 4).roster().unwrap();
        let proposal = Regrouped::from(&roster, Policy::new(5, 7).unwrap(), Past::unchanged(&[])).unwrap().with_past(&BTreeMap::new());
        let opens_at = Moment::parse("2026-11-21T09:00:00Z").unwrap();
        let settings = WaveSettings::pulse(opens_at.plus(Duration::from_secs(14 * 86_400)));
        let catalogue = Catalogue::load([]).unwrap();
        let rehearsed = |seed| {
            let rehearsal = Rehearsal {
                wave: &WaveId::parse("2026-q4-rehearsal").unwrap(),
                organisation: "Example",
                settings: &settings,
                instrument: settings.asks(catalogue.get("pulse").unwrap()),
                leaves: proposal.leaves.clone(),
                group_of: &proposal.group_of,
                roster: &roster,
                response_rate: 0.8,
                seed,
                opens_at,
            };
            rehearse(rehearsal, &|_| {}).unwrap()
        };
        let (one, other) = (rehearsed(1), rehearsed(2));
        assert_eq!(one.round().unwrap().groups, proposal.leaves);
        assert!(one.leaders.values().flat_map(|(_, teams)| teams).all(|team| roster.teams.contains_key(team)));
        assert_eq!(one.round().unwrap().release.wave.as_str(), "2026-q4-rehearsal");
        assert_ne!(one.round().unwrap().release.base, other.round().unwrap().release.base);
        let shown: u32 = read_blocks(&one.past).unwrap().iter().map(|block| block.participation.from).sum();
        assert!(shown > 0 && usize::try_from(shown).unwrap() <= one.answers);
    }
}
