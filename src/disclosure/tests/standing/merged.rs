//! Groups that a person merges from a proposal and names.

use std::collections::BTreeMap;

use disclosure::standing::{GroupsRefused, NamedTeams, ProposedGroup, TeamSize, check_groups, propose};
use domain::UnitPath;
use proptest::prelude::*;

use crate::{as_named, frozen, label, policy, team, teams, written};

/// `Alpha + Beta` (9), `Gamma` (9), `Head` (8) and `Delta + Rest` (9), all under Head.
fn proposal() -> Vec<ProposedGroup> {
    let teams = [
        team("Head", "", 8),
        team("Gamma", "Head", 9),
        team("Alpha", "Head", 6),
        team("Beta", "Head", 3),
        team("Rest", "Head", 5),
        team("Delta", "Head", 4),
    ];
    let before = propose(&teams, policy(), &[]).unwrap();
    assert_eq!(
        written(&before),
        ["Head: Alpha + Beta = Alpha,Beta (9)", "Head: Delta + Rest = Delta,Rest (9)", "Head: Gamma = Gamma (9)", "Head: Head = Head (8)"]
    );
    before
}

fn named(groups: &[(&str, &[&str])]) -> Vec<NamedTeams> {
    let of = |(name, teams): &(&str, &[&str])| NamedTeams { label: (*name).into(), teams: teams.iter().map(|t| label(t)).collect() };
    groups.iter().map(of).collect()
}

/// The proposal with these groups in place of the first and the second.
fn check(first: &[(&str, &[&str])]) -> Result<Vec<ProposedGroup>, GroupsRefused> {
    let rest: &[(&str, &[&str])] = &[("Gamma", &["Gamma"]), ("Head", &["Head"])];
    check_groups(&named(&[first, rest].concat()), &proposal())
}

#[test]
fn whole_groups_can_be_merged_and_named() {
    let groups = check_groups(
        &named(&[("  The workshop ", &["Rest", "Beta", "Alpha", "Delta"]), ("Everybody else", &["Head", "Gamma"])]),
        &proposal(),
    );
    assert_eq!(written(&groups.unwrap()), ["Head: The workshop = Alpha,Beta,Delta,Rest (18)", "Head: Everybody else = Gamma,Head (17)"]);
    assert_eq!(
        written(&check(&[("The pair", &["Alpha", "Beta"]), ("R", &["Delta", "Rest"])]).unwrap())[0],
        "Head: The pair = Alpha,Beta (9)"
    );
}

#[test]
fn a_merged_group_stands_in_the_deepest_unit_that_contains_its_groups() {
    let teams = [team("Top", "", 8), team("Sales", "Top", 9), team("Shop", "Sales", 12), team("IT", "Top", 7), team("Solo", "", 10)];
    let proposal = propose(&teams, policy(), &[]).unwrap();
    let groups = check_groups(&named(&[("A", &["Shop", "Sales"]), ("B", &["IT", "Top"]), ("C", &["Solo"])]), &proposal).unwrap();
    assert_eq!(written(&groups), [": C = Solo (10)", "Top: B = IT,Top (15)", "Top/Sales: A = Sales,Shop (21)"]);
    let all = check_groups(&named(&[("All", &["Shop", "Sales", "IT", "Top", "Solo"])]), &proposal).unwrap();
    assert_eq!(written(&all), [": All = IT,Sales,Shop,Solo,Top (46)"]);
}

#[test]
fn a_group_that_takes_a_proposed_one_apart_is_refused_also_where_its_parts_are_large_enough() {
    let apart = check(&[("North", &["Alpha"]), ("South", &["Beta", "Delta", "Rest"])]).unwrap_err();
    assert_eq!(
        apart.to_string(),
        "the proposed group \"Alpha + Beta\" is taken apart: its team \"Alpha\" is in group \"North\" and its team \"Beta\" in group \"South\". \
         Groups can be merged and named, not taken apart: put all of its teams into one group"
    );
    // What stood together in the last round stays together in this one, whatever is merged with it.
    let merged =
        check_groups(&named(&[("North", &["Alpha", "Beta"]), ("South", &["Delta", "Rest", "Gamma", "Head"])]), &proposal()).unwrap();
    let sizes = [team("Head", "", 8), team("Gamma", "Head", 8), team("Alpha", "Head", 6), team("Beta", "Head", 3), team("Rest", "Head", 8)];
    let next = propose(&sizes, policy(), &frozen(&merged)).unwrap();
    assert_eq!(written(&next), ["Head: North = Alpha,Beta (9)", "Head: Gamma + Head + Rest = Gamma,Head,Rest (24)"]);
    let recut = check_groups(&named(&[("North", &["Alpha", "Beta"]), ("G", &["Gamma"]), ("HR", &["Head", "Rest"])]), &next).unwrap_err();
    assert!(matches!(recut, GroupsRefused::TakenApart { ref proposed, .. } if proposed == "Gamma + Head + Rest"), "{recut}");
}

#[test]
fn every_team_is_in_exactly_one_group_and_every_group_has_teams() {
    assert_eq!(check(&[("X", &["Alpha", "Beta"])]), Err(GroupsRefused::TeamMissing { team: label("Delta") }));
    let twice = GroupsRefused::TeamTwice { team: label("Alpha"), first: "X".into(), second: "Y".into() };
    assert_eq!(check(&[("X", &["Alpha", "Beta"]), ("Y", &["Delta", "Rest", "Alpha"])]), Err(twice));
    let in_itself = GroupsRefused::TeamTwice { team: label("Beta"), first: "X".into(), second: "X".into() };
    assert_eq!(check(&[("X", &["Beta", "Beta"])]), Err(in_itself));
    assert_eq!(check(&[("X", &["Z"])]), Err(GroupsRefused::UnknownTeam { group: "X".into(), team: label("Z") }));
    assert_eq!(check(&[("X", &[])]), Err(GroupsRefused::NoTeams { group: "X".into() }));
}

#[test]
fn a_name_is_one_line_that_can_be_seen_and_reads_as_nothing_else() {
    let refused = |name: &str| check(&[(name, &["Alpha", "Beta"]), ("R", &["Delta", "Rest"])]).unwrap_err();
    for name in ["", "  ", "\n"] {
        assert_eq!(refused(name), GroupsRefused::NoName { teams: "Alpha + Beta".into() }, "{name:?}");
    }
    for name in ["a\nb", "a\u{200B}b", "a\u{202E}b", "a\u{0}", "a\tb", "\u{FEFF}a", "a\u{2028}b", &"x".repeat(200_000), &"ü".repeat(121)] {
        let refused = refused(name);
        assert!(matches!(refused, GroupsRefused::Unreadable { .. }), "{refused}");
        let said = refused.to_string();
        assert!(said.chars().count() < 250 && said.chars().all(|c| c.is_ascii_graphic() || " …ü".contains(c)), "{said}");
    }
    for name in ["Gamma", "  GAMMA ", "Ｇamma"] {
        let other = GroupsRefused::OtherTeam { teams: "Alpha + Beta".into(), label: name.trim().into(), team: label("Gamma") };
        assert_eq!(refused(name), other);
    }
    for name in ["counted up to the organisation", "Counted  up to Head"] {
        assert!(matches!(refused(name), GroupsRefused::CountedUp { .. }), "{name}");
    }
    let twice = check(&[("X  y", &["Alpha", "Beta"]), ("x Y", &["Delta", "Rest"])]);
    assert_eq!(twice, Err(GroupsRefused::NameTwice { label: "x Y".into() }));
    // A group may be called as one of its own teams.
    for name in ["Alpha", "beta", &"ü".repeat(120), "Größer & Söhne (2)", "Counted up"] {
        check(&[(name, &["Alpha", "Beta"]), ("R", &["Delta", "Rest"])]).unwrap();
    }
}

#[test]
fn what_stands_as_proposed_keeps_its_proposed_name_however_long() {
    let long = |number: u32| format!("{number} {}", "x".repeat(100));
    let teams: Vec<TeamSize> = (0..3).map(|number| team(&long(number), "", 3)).collect();
    let proposal = propose(&teams, policy(), &[]).unwrap();
    assert!(proposal[0].label.chars().count() > 120);
    assert_eq!(check_groups(&as_named(&proposal), &proposal).unwrap(), proposal);
}

/// The groups after putting each proposed group into one of `fewer` ones.
fn merge(proposal: &[ProposedGroup], fewer: usize, choice: &[prop::sample::Index]) -> Vec<NamedTeams> {
    let mut merged: BTreeMap<usize, Vec<_>> = BTreeMap::new();
    for (group, choice) in proposal.iter().zip(choice.iter().cycle()) {
        merged.entry(choice.index(fewer)).or_default().extend_from_slice(&group.teams);
    }
    merged.into_iter().map(|(number, teams)| NamedTeams { label: format!("Merged {number}"), teams }).collect()
}

proptest! {
    #[test]
    fn every_merger_of_whole_groups_stands_and_adds_up(
        teams in teams(), fewer in 1_usize..8, choice in prop::collection::vec(any::<prop::sample::Index>(), 8)
    ) {
        let Ok(proposal) = propose(&teams, policy(), &[]) else { return Ok(()) };
        let named = merge(&proposal, fewer, &choice);
        let groups = check_groups(&named, &proposal).unwrap();
        prop_assert_eq!(groups.len(), named.len());
        for group in &groups {
            let of: Vec<_> = proposal.iter().filter(|proposed| group.teams.contains(&proposed.teams[0])).collect();
            prop_assert_eq!(of.iter().map(|proposed| proposed.invited).sum::<u32>(), group.invited);
            prop_assert_eq!(of.iter().map(|proposed| proposed.teams.len()).sum::<usize>(), group.teams.len());
            prop_assert!(of.iter().all(|proposed| proposed.teams.iter().all(|team| group.teams.contains(team))));
            let unit = of.iter().map(|proposed| proposed.unit.clone()).reduce(|a, b| UnitPath::common(&a, &b)).unwrap();
            prop_assert_eq!(&unit, &group.unit);
        }
        // In any order the same.
        let mut reversed = named;
        reversed.reverse();
        reversed.iter_mut().for_each(|group| group.teams.reverse());
        prop_assert_eq!(check_groups(&reversed, &proposal).unwrap(), groups);
    }

    #[test]
    fn a_partition_stands_exactly_if_it_takes_no_proposed_group_apart(
        teams in teams(), fewer in 1_usize..5, choice in prop::collection::vec(any::<prop::sample::Index>(), 30)
    ) {
        let Ok(proposal) = propose(&teams, policy(), &[]) else { return Ok(()) };
        let place = |team: &TeamSize| choice[teams.iter().position(|other| other == team).unwrap()].index(fewer);
        let mut parts: BTreeMap<usize, Vec<_>> = BTreeMap::new();
        for team in &teams {
            parts.entry(place(team)).or_default().push(team.team.clone());
        }
        let named: Vec<_> = parts.values().enumerate().map(|(number, teams)| NamedTeams { label: format!("Part {number}"), teams: teams.clone() }).collect();
        let whole = |group: &ProposedGroup| parts.values().any(|part| group.teams.iter().all(|team| part.contains(team)));
        match check_groups(&named, &proposal) {
            Ok(_) => prop_assert!(proposal.iter().all(whole)),
            Err(GroupsRefused::TakenApart { proposed, .. }) => {
                prop_assert!(proposal.iter().any(|group| group.label == proposed && !whole(group)));
            }
            Err(other) => prop_assert!(false, "{}", other),
        }
    }
}
