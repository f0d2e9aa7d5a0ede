//! The standing groups of a draft: the proposal, or what HR made of it.

use disclosure::standing::{NamedTeams, Policy};
use domain::roster::Roster;
use domain::{GroupLeaf, Reorganised, SameShare, TeamLabel, WaveId, WaveState};
use protocol::{GroupList, Sha256Digest};

use super::draft::WaveSettings;
use super::proposal::{Past, Proposal, Regrouped};
use super::{Refusal, reasons, turn};
use crate::installation::Installation;
use crate::words::Saying;

/// The groups that a launch would freeze.
#[derive(Debug)]
pub struct DraftGroups {
    /// The groups with their past.
    pub proposal: Proposal,
    /// Whether HR made them.
    pub by_hand: bool,
    /// The last published wave, which they continue, with its groups.
    pub continued: Option<(WaveId, Vec<GroupLeaf>)>,
}

/// What a group was in the last published wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Before {
    /// Nothing: no wave was published, or the group is new.
    Nothing,
    /// It goes on under the same name.
    Same,
    /// It goes on; this was its name.
    Called(String),
    /// It continues these groups or parts of them.
    PartsOf(Vec<String>),
}

impl DraftGroups {
    /// What a group was in the last published wave.
    #[must_use]
    pub fn before(&self, leaf: &GroupLeaf) -> Before {
        let Some((_, earlier)) = &self.continued else { return Before::Nothing };
        let continued: Vec<&GroupLeaf> =
            leaf.predecessors.iter().filter_map(|before| earlier.iter().find(|earlier| earlier.group == before.group)).collect();
        match continued.as_slice() {
            [] => Before::Nothing,
            [one] if self.heirs_of(one) == 1 => {
                if one.label == leaf.label {
                    Before::Same
                } else {
                    Before::Called(one.label.clone())
                }
            }
            several => Before::PartsOf(several.iter().map(|before| before.label.clone()).collect()),
        }
    }

    /// How many groups continue an earlier one.
    fn heirs_of(&self, earlier: &GroupLeaf) -> usize {
        let continues = |leaf: &&GroupLeaf| leaf.predecessors.iter().any(|before| before.group == earlier.group);
        self.proposal.leaves.iter().filter(continues).count()
    }
}

/// Whether a group continues others with hardly any of the same people.
#[must_use]
pub fn hardly_the_same(leaf: &GroupLeaf) -> bool {
    !leaf.predecessors.is_empty() && leaf.predecessors.iter().all(|before| before.same == SameShare::UnderQuarter)
}

/// How many missing answers combine a group that is smaller than those that are proposed; `None` for a larger one.
#[must_use]
pub const fn missing_that_combine(settings: &WaveSettings, invited: u32) -> Option<u32> {
    if invited < settings.group_min { Some(invited.saturating_sub(settings.k) + 1) } else { None }
}

/// The groups that a launch of a draft would freeze now: those that HR made of the proposal, checked against this staff list, else the
/// proposal.
///
/// # Errors
/// When the staff list has too few people, or no longer fits the groups that HR made.
pub fn of_draft(installation: &Installation, wave: &WaveId, settings: &WaveSettings, roster: &Roster) -> Result<DraftGroups, Refusal> {
    let Some(named) = made_by_hand(installation, wave)? else { return proposed(installation, settings, roster) };
    made_of(installation, settings, roster, Some(&named)).map_err(|refusal| match refusal {
        why @ (Refusal::Said(_) | Refusal::Groups(_)) => Refusal::GroupsByHand { wave: wave.clone(), why: Box::new(why) },
        other => other,
    })
}

/// Why a draft has no groups, where the staff list or what was made of the groups by hand is why; `None` for every other refusal.
#[must_use]
pub fn why_none(refusal: &Refusal) -> Option<Saying> {
    match refusal {
        Refusal::Said(_) | Refusal::Groups(_) | Refusal::GroupsByHand { .. } => refusal.in_words(),
        _ => None,
    }
}

/// The groups of a draft of which nobody has changed anything.
///
/// # Errors
/// When the staff list has too few people.
pub(super) fn proposed(installation: &Installation, settings: &WaveSettings, roster: &Roster) -> Result<DraftGroups, Refusal> {
    made_of(installation, settings, roster, None)
}

/// The proposal, or what is made of it by hand, as it would be frozen.
fn made_of(
    installation: &Installation,
    settings: &WaveSettings,
    roster: &Roster,
    by_hand: Option<&[NamedTeams]>,
) -> Result<DraftGroups, Refusal> {
    let policy = Policy::new(settings.k, settings.group_min).map_err(|problem| Refusal::said(reasons::of_policy(problem)))?;
    let continued = match installation.identity.since_last_published()? {
        None => None,
        Some(since) => Some((installation.identity.groups(&since.wave)?, since)),
    };
    let past = match &continued {
        None => Past { groups: &[], since: Reorganised::default() },
        Some((groups, since)) => Past { groups, since: since.teams.clone() },
    };
    let mut regrouped = Regrouped::from(roster, policy, past).map_err(|problem| Refusal::said(reasons::of_proposal(&problem)))?;
    if let Some(named) = by_hand {
        regrouped = regrouped.merged(named).map_err(|problem| Refusal::Groups(Box::new(problem)))?;
    }
    let lineage = installation.identity.lineage(regrouped.invited().map(|(person, group)| (&person.id, group)))?;
    let mut proposal = regrouped.with_past(&lineage.map(|lineage| lineage.same).unwrap_or_default());
    // What could not be frozen is refused here, and not only at the launch.
    let frozen = GroupList::freeze(proposal.leaves);
    let unfit = |problem| reasons::of_group_list(&problem).map_or_else(|| Refusal::corrupt(problem), Refusal::said);
    proposal.leaves = frozen.map_err(unfit)?.into_leaves();
    Ok(DraftGroups { proposal, by_hand: by_hand.is_some(), continued: continued.map(|(groups, since)| (since.wave, groups)) })
}

/// Sets the groups of a draft; they are checked now, and again at the launch. Returns what stands then.
///
/// # Errors
/// [`Refusal::Groups`] names the group or team that breaks a rule; the groups stay as they were.
pub fn set(installation: &Installation, wave: &WaveId, named: &[NamedTeams]) -> Result<DraftGroups, Refusal> {
    // Not while a launch is freezing the groups that it has read.
    let _turn = turn::take_without_key_folder(installation)?;
    require_draft(installation, wave)?;
    let settings = WaveSettings::of(&installation.identity, wave)?;
    keep(installation, wave, &settings, &installation.identity.roster()?, named)
}

/// Checks groups made by hand and keeps them for the launch.
fn keep(
    installation: &Installation,
    wave: &WaveId,
    settings: &WaveSettings,
    roster: &Roster,
    named: &[NamedTeams],
) -> Result<DraftGroups, Refusal> {
    let set = made_of(installation, settings, roster, Some(named))?;
    let value = serde_json::to_value(named_teams(&set.proposal.leaves)).map_err(Refusal::corrupt)?;
    installation.identity.set_draft_groups(wave, Some(&value))?;
    Ok(set)
}

/// One change to the groups of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The group gets another name.
    Rename {
        /// The name that people will read.
        label: String,
    },
    /// The group and another one become one.
    Merge {
        /// A team of the other group.
        with: TeamLabel,
        /// The name that people will read.
        label: String,
    },
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The groups stand as asked.
    Done,
    /// The groups are not those any more that the change was asked for.
    OtherGroups,
}

/// Takes one change to the group of a draft in which `team` is, if the groups are still those that somebody saw.
///
/// # Errors
/// [`Refusal::Groups`] names the rule that the change breaks; the groups stay as they were.
pub fn change(
    installation: &Installation,
    wave: &WaveId,
    seen: &Sha256Digest,
    team: &TeamLabel,
    change: &Change,
) -> Result<Outcome, Refusal> {
    let _turn = turn::take_without_key_folder(installation)?;
    require_draft(installation, wave)?;
    let settings = WaveSettings::of(&installation.identity, wave)?;
    let roster = installation.identity.roster()?;
    let now = of_draft(installation, wave, &settings, &roster)?.proposal.leaves;
    let mut named = named_teams(&now);
    let place = |named: &[NamedTeams], team: &TeamLabel| named.iter().position(|group| group.teams.contains(team));
    let Some(at) = place(&named, team).filter(|_| fingerprint(&now) == *seen) else { return Ok(Outcome::OtherGroups) };
    let label = match change {
        Change::Rename { label } => label,
        Change::Merge { with, label } => {
            let Some(other) = place(&named, with).filter(|other| *other != at) else { return Ok(Outcome::OtherGroups) };
            let teams = named.get_mut(other).map(|group| std::mem::take(&mut group.teams)).unwrap_or_default();
            if let Some(group) = named.get_mut(at) {
                group.teams.extend(teams);
            }
            label
        }
    };
    if let Some(group) = named.get_mut(at) {
        group.label.clone_from(label);
    }
    named.retain(|group| !group.teams.is_empty());
    keep(installation, wave, &settings, &roster, &named)?;
    Ok(Outcome::Done)
}

/// What tells one list of groups from another: names and teams.
#[must_use]
pub fn fingerprint(leaves: &[GroupLeaf]) -> Sha256Digest {
    let mut bytes = Vec::new();
    let mut push = |text: &str| {
        bytes.extend(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        bytes.extend(text.bytes());
    };
    for leaf in leaves {
        push(&leaf.label);
        push(&leaf.teams.len().to_string());
        leaf.teams.iter().for_each(|team| push(team.label.as_str()));
    }
    Sha256Digest::of(&bytes)
}

/// Groups as names and teams.
fn named_teams(leaves: &[GroupLeaf]) -> Vec<NamedTeams> {
    let teams = |leaf: &GroupLeaf| leaf.teams.iter().map(|team| team.label.clone()).collect();
    leaves.iter().map(|leaf| NamedTeams { label: leaf.label.clone(), teams: teams(leaf) }).collect()
}

/// Returns a draft to the proposed groups.
///
/// # Errors
/// [`Refusal::WrongState`] from the launch on.
pub fn reset(installation: &Installation, wave: &WaveId) -> Result<(), Refusal> {
    let _turn = turn::take_without_key_folder(installation)?;
    require_draft(installation, wave)?;
    Ok(installation.identity.set_draft_groups(wave, None)?)
}

fn made_by_hand(installation: &Installation, wave: &WaveId) -> Result<Option<Vec<NamedTeams>>, Refusal> {
    let Some(stored) = installation.identity.draft_groups(wave)? else { return Ok(None) };
    serde_json::from_value(stored).map(Some).map_err(|e| Refusal::corrupt(format!("the groups of draft {wave} cannot be read: {e}")))
}

fn require_draft(installation: &Installation, wave: &WaveId) -> Result<(), Refusal> {
    match installation.state(wave)? {
        WaveState::Draft => Ok(()),
        state => Err(Refusal::WrongState {
            wave: wave.clone(),
            state,
            reason: "its groups were frozen at launch and never change; make the groups of the next round in its draft",
        }),
    }
}
