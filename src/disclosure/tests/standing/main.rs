//! Standing groups: worked examples of the rule, and laws over random organisations.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod merged;
mod reorganised;

use disclosure::standing::{
    InvalidPolicy, NamedTeams, Policy, ProposalRefused, ProposedGroup, TeamSize, TreeProblem, check_groups, propose,
};
use domain::{GroupId, GroupLeaf, TeamEntry, TeamLabel};
use proptest::prelude::*;

fn label(text: &str) -> TeamLabel {
    TeamLabel::parse(text).unwrap()
}

fn team(name: &str, above: &str, invited: u32) -> TeamSize {
    TeamSize { team: label(name), above: (!above.is_empty()).then(|| label(above)), invited }
}

fn policy() -> Policy {
    Policy::new(5, 7).unwrap()
}

/// Each group as `unit/unit: label = teams (N)`.
fn written(groups: &[ProposedGroup]) -> Vec<String> {
    let join = |labels: &[TeamLabel], with: &str| labels.iter().map(TeamLabel::as_str).collect::<Vec<_>>().join(with);
    groups.iter().map(|g| format!("{}: {} = {} ({})", join(&g.unit.0, "/"), g.label, join(&g.teams, ","), g.invited)).collect()
}

fn frozen(groups: &[ProposedGroup]) -> Vec<GroupLeaf> {
    (0..)
        .zip(groups)
        .map(|(id, g)| GroupLeaf {
            group: GroupId(id),
            label: g.label.clone(),
            unit: g.unit.clone(),
            invited: g.invited,
            predecessors: vec![],
            teams: g.teams.iter().map(|t| TeamEntry { label: t.clone(), leaders: vec![] }).collect(),
        })
        .collect()
}

#[test]
fn a_team_with_teams_under_it_stands_in_its_own_unit_and_the_others_in_the_unit_above() {
    let teams = [team("Board", "", 8), team("Sales", "Board", 9), team("Shop", "Sales", 12), team("IT", "Board", 7), team("Solo", "", 10)];
    let groups = propose(&teams, policy(), &[]).unwrap();
    assert_eq!(
        written(&groups),
        [
            ": Solo = Solo (10)",
            "Board: Board = Board (8)",
            "Board: IT = IT (7)",
            "Board/Sales: Sales = Sales (9)",
            "Board/Sales: Shop = Shop (12)"
        ]
    );
}

#[test]
fn small_teams_of_a_unit_are_pooled_and_a_remainder_joins_the_smallest_pooled_group_there() {
    let teams =
        [team("Head", "", 8), team("A", "Head", 6), team("B", "Head", 5), team("C", "Head", 4), team("D", "Head", 3), team("E", "Head", 2)];
    // Largest with smallest: A+E = 8, B+D = 8, C left over, which joins the one with the first name.
    let groups = propose(&teams, policy(), &[]).unwrap();
    assert_eq!(written(&groups), ["Head: A + C + E = A,C,E (12)", "Head: B + D = B,D (8)", "Head: Head = Head (8)"]);
}

#[test]
fn a_remainder_without_a_pooled_group_climbs_and_ends_in_the_smallest_group_of_all() {
    let climbs = [team("Top", "", 4), team("Mid", "Top", 9), team("Low", "Mid", 3)];
    assert_eq!(written(&propose(&climbs, policy(), &[]).unwrap()), ["Top: Low + Top = Low,Top (7)", "Top/Mid: Mid = Mid (9)"]);
    let ends = [team("Top", "", 11), team("Mid", "Top", 9), team("Low", "Mid", 3)];
    assert_eq!(written(&propose(&ends, policy(), &[]).unwrap()), ["Top: Top = Top (11)", "Top/Mid: Low + Mid = Low,Mid (12)"]);
}

#[test]
fn a_small_organisation_is_one_group_and_a_tiny_one_is_refused() {
    let small = [team("A", "", 3), team("B", "", 3)];
    assert_eq!(written(&propose(&small, policy(), &[]).unwrap()), [": A + B = A,B (6)"]);
    let tiny = [team("A", "", 3), team("B", "", 2)];
    assert_eq!(propose(&tiny, policy(), &[]), Err(ProposalRefused::TooFewPeople { invited: 5, needed: 6 }));
}

#[test]
fn a_list_that_is_no_tree_is_refused() {
    let refused = |teams: &[TeamSize]| propose(teams, policy(), &[]).unwrap_err();
    assert_eq!(refused(&[team("A", "", 9), team("A", "", 9)]), TreeProblem::TeamTwice { team: label("A") }.into());
    let unknown = TreeProblem::UnknownTeamAbove { team: label("A"), above: label("B") };
    assert_eq!(refused(&[team("A", "B", 9)]), unknown.into());
    let circle = [team("A", "", 9), team("B", "C", 9), team("C", "B", 9), team("D", "C", 9)];
    assert_eq!(refused(&circle), TreeProblem::Circle { team: label("B") }.into());
}

#[test]
fn a_policy_that_leaves_no_slack_is_refused() {
    assert_eq!(Policy::new(3, 7), Err(InvalidPolicy::KTooSmall { k: 3 }));
    assert_eq!(Policy::new(5, 5), Err(InvalidPolicy::GroupTooSmall { group_min: 5, k: 5 }));
}

#[test]
fn the_groups_of_the_wave_before_stay_while_they_have_k_plus_one_people() {
    let mut before = propose(&[team("Head", "", 8), team("A", "Head", 5), team("B", "Head", 4)], policy(), &[]).unwrap();
    before[0].label = "The workshop".into();
    assert_eq!(written(&before), ["Head: The workshop = A,B (9)", "Head: Head = Head (8)"]);
    // A new first launch would now make A (8) and Head (6) + B (3).
    let now = [team("Head", "", 6), team("A", "Head", 8), team("B", "Head", 3)];
    let groups = propose(&now, policy(), &frozen(&before)).unwrap();
    assert_eq!(written(&groups), ["Head: The workshop = A,B (11)", "Head: Head = Head (6)"]);
}

#[test]
fn a_group_that_falls_below_k_plus_one_is_made_anew() {
    let before = propose(&[team("Head", "", 8), team("A", "Head", 5), team("B", "Head", 4)], policy(), &[]).unwrap();
    let now = [team("Head", "", 5), team("A", "Head", 5), team("B", "Head", 4)];
    // Head is free again; the pooled group of its unit, which stays, takes it in.
    assert_eq!(written(&propose(&now, policy(), &frozen(&before)).unwrap()), ["Head: A + B + Head = A,B,Head (14)"]);
}

#[test]
fn a_team_that_has_grown_leaves_and_the_rest_stays_if_it_can_stand() {
    let before = propose(&[team("A", "", 3), team("B", "", 4), team("C", "", 6), team("Z", "", 30)], policy(), &[]).unwrap();
    assert_eq!(written(&before), [": A + B + C = A,B,C (13)", ": Z = Z (30)"]);
    let grown =
        |c| propose(&[team("A", "", 3), team("B", "", 4), team("C", "", c), team("Z", "", 30)], policy(), &frozen(&before)).unwrap();
    assert_eq!(written(&grown(8)), [": A + B + C = A,B,C (15)", ": Z = Z (30)"], "group_min + 1 is not enough");
    assert_eq!(written(&grown(9)), [": A + B = A,B (7)", ": C = C (9)", ": Z = Z (30)"]);
}

#[test]
fn a_rest_that_nobody_takes_goes_back_to_the_team_that_outgrew_it() {
    let before = [ProposedGroup { label: "AB".into(), unit: Default::default(), teams: vec![label("A"), label("B")], invited: 10 }];
    let now = [team("A", "", 20), team("B", "", 3), team("Z", "", 8)];
    assert_eq!(written(&propose(&now, policy(), &frozen(&before)).unwrap()), [": A + B = A,B (23)", ": Z = Z (8)"]);
}

#[test]
fn vanished_teams_drop_out_and_new_ones_enter_as_at_a_first_launch() {
    let before = propose(&[team("A", "", 4), team("B", "", 3), team("C", "", 9)], policy(), &[]).unwrap();
    assert_eq!(written(&before), [": A + B = A,B (7)", ": C = C (9)"]);
    let now = [team("A", "", 6), team("C", "", 9), team("N", "", 8), team("O", "", 5), team("P", "", 4)];
    let groups = propose(&now, policy(), &frozen(&before)).unwrap();
    assert_eq!(written(&groups), [": A = A (6)", ": C = C (9)", ": N = N (8)", ": O + P = O,P (9)"]);
}

#[test]
fn a_new_name_makes_way_for_one_that_people_know() {
    let mut before = propose(&[team("A", "", 9)], policy(), &[]).unwrap();
    before[0].label = "sales".into();
    let groups = propose(&[team("A", "", 9), team("Sales", "", 9)], policy(), &frozen(&before)).unwrap();
    assert_eq!(written(&groups), [": sales = A (9)", ": Sales (2) = Sales (9)"]);
}

/// Team 0 is a root; every other team hangs under an earlier one or is a root.
fn teams() -> impl Strategy<Value = Vec<TeamSize>> {
    proptest::collection::vec((any::<prop::sample::Index>(), prop::bool::weighted(0.85), 0u32..=14), 1..=30).prop_map(|rows| {
        let name = |i: usize| format!("T{i:02}");
        let teams = rows.iter().enumerate().map(|(i, (above, hangs, invited))| {
            let above = if i > 0 && *hangs { name(above.index(i)) } else { String::new() };
            team(&name(i), &above, *invited)
        });
        teams.collect()
    })
}

fn as_named(groups: &[ProposedGroup]) -> Vec<NamedTeams> {
    groups.iter().map(|g| NamedTeams { label: g.label.clone(), teams: g.teams.clone() }).collect()
}

proptest! {
    #[test]
    fn proposed_groups_pass_the_check_and_are_large_enough(teams in teams(), later in teams()) {
        let total: u64 = teams.iter().map(|t| u64::from(t.invited)).sum();
        match propose(&teams, policy(), &[]) {
            Err(refused) => {
                prop_assert!(total < 6);
                prop_assert_eq!(refused, ProposalRefused::TooFewPeople { invited: total, needed: 6 });
            }
            Ok(first) => {
                prop_assert_eq!(check_groups(&as_named(&first), &first).unwrap(), first.clone());
                prop_assert!(first.iter().all(|g| g.invited >= policy().floor()));
                prop_assert!(first.len() == 1 || first.iter().all(|g| g.invited >= policy().group_min()));
                if let Ok(second) = propose(&later, policy(), &frozen(&first)) {
                    prop_assert!(second.iter().all(|g| g.invited >= policy().floor()));
                    prop_assert_eq!(check_groups(&as_named(&second), &second).unwrap(), second);
                }
            }
        }
    }

    #[test]
    fn a_team_large_enough_is_never_pooled_at_a_first_launch_except_to_take_in_the_last_rest(teams in teams()) {
        let Ok(groups) = propose(&teams, policy(), &[]) else { return Ok(()) };
        let with_large = |g: &&ProposedGroup| g.teams.len() > 1 && g.teams.iter().any(|t| {
            teams.iter().any(|team| team.team == *t && team.invited >= policy().group_min())
        });
        prop_assert!(groups.iter().filter(with_large).count() <= 1);
    }

    #[test]
    fn nothing_but_head_counts_and_the_order_of_names_matters(teams in teams(), later in teams()) {
        let renamed = |label: &TeamLabel| TeamLabel::parse(&format!("{label} of the other firm")).unwrap();
        let elsewhere = |teams: &[TeamSize]| -> Vec<TeamSize> {
            teams.iter().map(|t| TeamSize { team: renamed(&t.team), above: t.above.as_ref().map(renamed), invited: t.invited }).collect()
        };
        let composed = |groups: &[ProposedGroup], renamed: &dyn Fn(&TeamLabel) -> TeamLabel| -> Vec<(Vec<TeamLabel>, Vec<TeamLabel>, u32)> {
            let all = |labels: &[TeamLabel]| labels.iter().map(renamed).collect();
            groups.iter().map(|g| (all(&g.unit.0), all(&g.teams), g.invited)).collect()
        };
        let (Ok(here), Ok(there)) = (propose(&teams, policy(), &[]), propose(&elsewhere(&teams), policy(), &[])) else { return Ok(()) };
        prop_assert_eq!(composed(&here, &renamed), composed(&there, &TeamLabel::clone));
        if let Ok(here) = propose(&later, policy(), &frozen(&here)) {
            let there = propose(&elsewhere(&later), policy(), &frozen(&there)).unwrap();
            prop_assert_eq!(composed(&here, &renamed), composed(&there, &TeamLabel::clone));
        }
    }

    #[test]
    fn the_order_of_teams_and_groups_does_not_matter(teams in teams(), later in teams(), seed in any::<u64>()) {
        let spread = |team: &TeamSize| {
            let bytes = team.team.as_str().bytes().fold(seed, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3));
            bytes.rotate_left(23)
        };
        let shuffled = |teams: &[TeamSize]| { let mut teams = teams.to_vec(); teams.sort_by_key(spread); teams };
        let first = propose(&teams, policy(), &[]);
        prop_assert_eq!(&propose(&shuffled(&teams), policy(), &[]), &first);
        if let Ok(first) = first {
            let mut leaves = frozen(&first);
            let second = propose(&later, policy(), &leaves);
            leaves.reverse();
            prop_assert_eq!(propose(&shuffled(&later), policy(), &leaves), second);
        }
    }

    #[test]
    fn nothing_changes_while_nobody_moves_once_large_teams_have_left(teams in teams()) {
        let Ok(first) = propose(&teams, policy(), &[]) else { return Ok(()) };
        let large = |team: &TeamLabel| teams.iter().any(|t| t.team == *team && t.invited >= policy().leaves_at());
        let second = propose(&teams, policy(), &frozen(&first)).unwrap();
        if first.iter().all(|g| g.teams.len() == 1 || !g.teams.iter().any(large)) {
            prop_assert_eq!(&second, &first);
        }
        prop_assert_eq!(propose(&teams, policy(), &frozen(&second)).unwrap(), second);
    }
}
