//! `candor wave groups …`: the groups of a round, and a draft's groups as a file that HR can change.

use std::fmt::Write as _;
use std::path::Path;

use disclosure::standing::NamedTeams;
use domain::{GroupLeaf, TeamLabel, WaveId, WaveState};
use serde::Deserialize;

use super::Failure;
use super::arguments::GroupsArguments;
use super::terminal::say;
use crate::installation::Installation;
use crate::lifecycle::draft::WaveSettings;
use crate::lifecycle::groups::{self, Before, DraftGroups, hardly_the_same, missing_that_combine};

/// A file of groups: `[[group]]` with `name` and `teams`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupFile {
    #[serde(default)]
    group: Vec<FileGroup>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileGroup {
    name: String,
    teams: Vec<TeamLabel>,
}

pub(super) fn run(installation: &Installation, arguments: &GroupsArguments) -> Result<(), Failure> {
    let wave = &arguments.wave;
    if let Some(file) = &arguments.set {
        let set = groups::set(installation, wave, &read(file)?)?;
        say!("Set: {} groups. They are checked again at the launch.", set.proposal.leaves.len());
        return Ok(());
    }
    if arguments.reset {
        groups::reset(installation, wave)?;
        say!("Round {wave} has the proposed groups again.");
        return Ok(());
    }
    let is_draft = installation.state(wave)? == WaveState::Draft;
    let roster = installation.identity.roster().map_err(refused)?;
    if let Some(file) = &arguments.export {
        let leaves = if is_draft {
            let settings = WaveSettings::of(&installation.identity, wave)?;
            groups::of_draft(installation, wave, &settings, &roster)?.proposal.leaves
        } else {
            installation.identity.groups(wave).map_err(refused)?
        };
        std::fs::write(file, written(wave, &leaves)).map_err(|e| Failure::Refused(format!("cannot write {}: {e}", file.display())))?;
        say!("Written: {}. Change it, then: candor wave groups {wave} --set {}", file.display(), file.display());
        return Ok(());
    }
    if is_draft {
        let settings = WaveSettings::of(&installation.identity, wave)?;
        print_draft(wave, &groups::of_draft(installation, wave, &settings, &roster)?, &settings, usize::MAX);
        return super::reorganisation::print_news_of(installation, &roster);
    }
    for leaf in installation.identity.groups(wave).map_err(refused)? {
        say!("  {:>4}  {}", leaf.invited, leaf.label);
    }
    Ok(())
}

/// The groups that a launch of a draft would freeze, the first `most` of them one by one.
pub(super) fn print_draft(wave: &WaveId, draft: &DraftGroups, settings: &WaveSettings, most: usize) {
    let leaves = &draft.proposal.leaves;
    for leaf in leaves.iter().take(most) {
        say!("  {:>4}  {}{}", leaf.invited, described(leaf), remarks(draft, leaf, settings));
    }
    let more = leaves.len().saturating_sub(most);
    if more > 0 {
        say!("  … and {more} more groups, of {} in all: candor wave groups {wave} lists them", leaves.len());
    }
    if draft.by_hand {
        say!("These groups were set by hand. candor wave groups {wave} --reset returns to the proposal.");
    }
}

/// How many teams of a group are named one by one.
const TEAMS_NAMED: usize = 8;

/// The group with its teams, unless its name says them.
fn described(leaf: &GroupLeaf) -> String {
    if let [one] = leaf.teams.as_slice()
        && one.label.as_str() == leaf.label
    {
        return leaf.label.clone();
    }
    let mut teams: Vec<&str> = leaf.teams.iter().take(TEAMS_NAMED).map(|team| team.label.as_str()).collect();
    let more = format!("{} more", leaf.teams.len().saturating_sub(TEAMS_NAMED));
    if leaf.teams.len() > TEAMS_NAMED {
        teams.push(&more);
    }
    format!("{} ({})", leaf.label, teams.join(", "))
}

/// What the group was in the last round, and what makes it fragile.
fn remarks(draft: &DraftGroups, leaf: &GroupLeaf, settings: &WaveSettings) -> String {
    let mut remarks = Vec::new();
    if let Some((last, _)) = &draft.continued {
        remarks.push(match draft.before(leaf) {
            Before::Nothing => "new".to_owned(),
            Before::Same => format!("as in {last}"),
            Before::Called(before) => format!("was \"{before}\" in {last}"),
            Before::PartsOf(before) => {
                format!("from {} of {last}", before.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", "))
            }
        });
        if hardly_the_same(leaf) {
            remarks.push("less than a quarter of its people were in it then".to_owned());
        }
    }
    // At least two: every group has one person more than k.
    if let Some(missing) = missing_that_combine(settings, leaf.invited) {
        remarks.push(format!("{missing} missing answers combine it with another group"));
    }
    if remarks.is_empty() { String::new() } else { format!("   [{}]", remarks.join("; ")) }
}

/// Groups as a file that people can change: merge two by putting their teams into one, and name them.
fn written(wave: &WaveId, leaves: &[GroupLeaf]) -> String {
    let mut text =
        format!("# The groups of round {wave}. Merge groups by putting all of their teams into one; every group has a name of its own.\n");
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    for leaf in leaves {
        let teams: Vec<String> = leaf.teams.iter().map(|team| quoted(team.label.as_str())).collect();
        let people = if leaf.invited == 1 { "1 person".to_owned() } else { format!("{} people", leaf.invited) };
        let _ = write!(text, "\n[[group]] # {people}\nname = {}\nteams = [{}]\n", quoted(&leaf.label), teams.join(", "));
    }
    text
}

fn read(file: &Path) -> Result<Vec<NamedTeams>, Failure> {
    let bad = |problem: &dyn std::fmt::Display| Failure::BadInput(format!("{}: {problem}", file.display()));
    let text = std::fs::read_to_string(file).map_err(|e| bad(&e))?;
    let GroupFile { group } = toml::from_str(&text).map_err(|e| bad(&e))?;
    Ok(group.into_iter().map(|group| NamedTeams { label: group.name, teams: group.teams }).collect())
}

fn refused(cause: identity::IdentityError) -> Failure {
    Failure::Refused(cause.to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use domain::{GroupId, TeamEntry, UnitPath};

    use super::*;

    #[test]
    fn a_file_of_groups_is_read_as_it_was_written_whatever_the_names() {
        let leaf = |number: u32, label: &str, teams: &[&str]| GroupLeaf {
            group: GroupId(number),
            label: label.to_owned(),
            unit: UnitPath::organisation(),
            invited: number,
            predecessors: vec![],
            teams: teams.iter().map(|team| TeamEntry { label: TeamLabel::parse(team).unwrap(), leaders: vec![] }).collect(),
        };
        let leaves = [leaf(1, "Büro \"Süd\" # 'A' \\ ]", &["[[group]]", "C:\\x", "# D \"'\"\"\"'''"]), leaf(2, "B", &["B", "C"])];
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("groups.toml");
        std::fs::write(&file, written(&WaveId::parse("2026-q4").unwrap(), &leaves)).unwrap();
        let expected: Vec<NamedTeams> = leaves
            .iter()
            .map(|leaf| NamedTeams { label: leaf.label.clone(), teams: leaf.teams.iter().map(|team| team.label.clone()).collect() })
            .collect();
        assert_eq!(read(&file).unwrap(), expected);
    }
}
