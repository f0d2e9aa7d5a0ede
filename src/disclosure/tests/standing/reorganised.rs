//! Standing groups after re-organisations: what goes on, under which name.

use disclosure::standing::{ProposedGroup, TeamSize, check_groups, propose, propose_after};
use domain::reorg::TeamPlaces;
use domain::{DatedEvent, Day, RecordedEvent, ReorgEvent, Reorganised};
use proptest::prelude::*;

use crate::{as_named, frozen, label, policy, team, teams, written};

fn rename(from: &str, to: &str) -> ReorgEvent {
    ReorgEvent::Rename { from: label(from), to: label(to) }
}

fn merge(teams: &[&str], into: &str) -> ReorgEvent {
    ReorgEvent::Merge { teams: teams.iter().map(|team| label(team)).collect(), into: label(into) }
}

fn split(team: &str, into: &[&str]) -> ReorgEvent {
    ReorgEvent::Split { team: label(team), into: into.iter().map(|part| label(part)).collect() }
}

fn moved(team: &str, under: &str) -> ReorgEvent {
    ReorgEvent::Move { team: label(team), under: Some(label(under)) }
}

fn since(before: &[ProposedGroup], events: &[ReorgEvent]) -> Reorganised {
    let wave: TeamPlaces = before.iter().flat_map(|group| &group.teams).map(|team| (team.clone(), None)).collect();
    let dated = |event: &ReorgEvent| DatedEvent { on: Day::parse("2026-11-21").unwrap(), event: event.clone() };
    let recorded: Vec<_> = (1..).zip(events).map(|(number, event)| RecordedEvent { number, dated: dated(event) }).collect();
    Reorganised::after(wave, &recorded)
}

/// The groups after the events, as [`written`].
fn after(before: &[ProposedGroup], events: &[ReorgEvent], now: &[TeamSize]) -> Vec<String> {
    written(&propose_after(now, policy(), &frozen(before), &since(before, events)).unwrap())
}

fn first(teams: &[TeamSize]) -> Vec<ProposedGroup> {
    propose(teams, policy(), &[]).unwrap()
}

#[test]
fn a_renamed_team_keeps_its_group_and_a_name_that_a_person_gave_stays() {
    let mut before = first(&[team("A", "", 4), team("B", "", 4), team("C", "", 9)]);
    let now = [team("B", "", 4), team("C", "", 9), team("Z", "", 4)];
    // As a first launch would have it, Z would be alone: too few.
    assert_eq!(after(&before, &[rename("A", "Z")], &now), [": B + Z = B,Z (8)", ": C = C (9)"]);
    before[0].label = "The workshop".into();
    assert_eq!(after(&before, &[rename("A", "Z")], &now), [": The workshop = B,Z (8)", ": C = C (9)"]);
    before[0].label = "A + B (2)".into();
    assert_eq!(after(&before, &[rename("A", "Z")], &now), [": B + Z = B,Z (8)", ": C = C (9)"]);
    // Without the event B is alone and too small, and Z comes from nowhere.
    let nothing_said = after(&before, &[], &[team("B", "", 6), team("C", "", 9), team("Z", "", 8)]);
    assert_eq!(nothing_said, [": B = B (6)", ": C = C (9)", ": Z = Z (8)"]);
}

#[test]
fn a_merged_team_goes_on_where_one_of_its_teams_stood_alone() {
    let before = first(&[team("A", "", 3), team("B", "", 5), team("C", "", 9), team("D", "", 9)]);
    assert_eq!(written(&before), [": A + B = A,B (8)", ": C = C (9)", ": D = D (9)"]);
    let now = |b| vec![team("B", "", b), team("C", "", 12), team("D", "", 9)];
    assert_eq!(after(&before, &[merge(&["A", "C"], "C")], &now(6)), [": B = B (6)", ": C = C (12)", ": D = D (9)"]);
    // B alone is too little, nobody takes it on the way up, and it goes back to the team that it knows.
    assert_eq!(after(&before, &[merge(&["A", "C"], "C")], &now(5)), [": B + C = B,C (17)", ": D = D (9)"]);
    let mut named = before;
    named[1].label = "The harbour".into();
    assert_eq!(after(&named, &[merge(&["A", "C"], "E")], &[team("B", "", 6), team("D", "", 9), team("E", "", 12)])[2], ": E = E (12)");
    assert_eq!(after(&named, &[rename("C", "E")], &[team("A", "", 3), team("B", "", 6), team("E", "", 12)])[1], ": The harbour = E (12)");
}

#[test]
fn small_parts_of_a_split_team_stay_together_and_large_ones_leave() {
    let before = first(&[team("A", "", 16), team("B", "", 9)]);
    let now = |x, y| vec![team("B", "", 9), team("X", "", x), team("Y", "", y)];
    let event = [split("A", &["X", "Y"])];
    assert_eq!(after(&before, &event, &now(6, 6)), [": B = B (9)", ": X + Y = X,Y (12)"]);
    assert_eq!(after(&before, &event, &now(7, 6)), [": B = B (9)", ": X = X (7)", ": Y = Y (6)"], "Y can stand with k + 1");
    assert_eq!(after(&before, &event, &now(7, 5)), [": B = B (9)", ": X + Y = X,Y (12)"], "nobody takes Y, so it goes back");
    assert_eq!(after(&before, &event, &now(8, 8)), [": B = B (9)", ": X = X (8)", ": Y = Y (8)"]);
    assert_eq!(after(&before, &[split("A", &["A", "Y"])], &[team("A", "", 6), team("B", "", 9), team("Y", "", 3)])[0], ": A + Y = A,Y (9)");
}

#[test]
fn a_moved_team_leaves_its_group_when_it_would_lift_it() {
    let tree = |a: &str, b: &str| {
        let mut teams = vec![team("Eng", "", 8), team("Ops", "", 8), team("C", "Ops", 5), team("D", "Ops", 4)];
        teams.extend([team("A", a, 6), team("B", b, 6)]);
        teams
    };
    let before = first(&tree("Eng", "Eng"));
    assert_eq!(written(&before), ["Eng: A + B = A,B (12)", "Eng: Eng = Eng (8)", "Ops: C + D = C,D (9)", "Ops: Ops = Ops (8)"]);
    // Without an event the group stays, one unit higher.
    assert_eq!(after(&before, &[], &tree("Ops", "Eng"))[0], ": A + B = A,B (12)");
    assert_eq!(
        after(&before, &[moved("A", "Ops")], &tree("Ops", "Eng")),
        ["Eng: B = B (6)", "Eng: Eng = Eng (8)", "Ops: A + C + D = A,C,D (15)", "Ops: Ops = Ops (8)"]
    );
    let both = [moved("A", "Ops"), moved("B", "Ops")];
    assert_eq!(after(&before, &both, &tree("Ops", "Ops"))[1], "Ops: A + B = A,B (12)", "they moved together");
    // A whole unit that moves takes its groups along.
    let mut under = tree("Eng", "Eng");
    under[0].above = Some(label("Ops"));
    assert_eq!(after(&before, &[moved("Eng", "Ops")], &under)[2], "Ops/Eng: A + B = A,B (12)");
}

/// Renames `T00` to `U00` and so on.
fn renamed(teams: &[TeamSize], which: impl Fn(usize) -> bool) -> (Vec<TeamSize>, Vec<ReorgEvent>) {
    let other = |name: &str| match name.strip_prefix('T') {
        Some(number) if which(number.parse().unwrap()) => format!("U{number}"),
        _ => name.to_owned(),
    };
    let now =
        teams.iter().map(|t| team(&other(t.team.as_str()), &t.above.as_ref().map_or_else(String::new, |a| other(a.as_str())), t.invited));
    let names = teams.iter().map(|t| t.team.as_str()).filter(|name| other(name) != *name);
    (now.collect(), names.map(|name| rename(name, &other(name))).collect())
}

proptest! {
    /// Renaming everybody keeps the order of names, so that even what names decide stays.
    #[test]
    fn groups_follow_renamed_teams_as_if_nobody_had_been_renamed(teams in teams(), later in teams()) {
        let Ok(before) = propose(&teams, policy(), &[]) else { return Ok(()) };
        let (later_renamed, _) = renamed(&later, |_| true);
        let events = renamed(&teams, |_| true).1;
        let groups = |proposed: Result<Vec<ProposedGroup>, _>| {
            let of = |group: ProposedGroup| {
                let teams: Vec<String> = group.teams.iter().map(|t| t.as_str().replace('T', "U")).collect();
                (group.label.replace('T', "U"), teams, group.invited)
            };
            proposed.map(|all| all.into_iter().map(of).collect::<Vec<_>>())
        };
        let plain = groups(propose(&later, policy(), &frozen(&before)));
        let followed = groups(propose_after(&later_renamed, policy(), &frozen(&before), &since(&before, &events)));
        prop_assert_eq!(plain, followed);
    }

    #[test]
    fn after_any_events_the_groups_pass_the_check_and_the_order_of_inputs_changes_nothing(
        (teams, later) in (teams(), teams()), offered in prop::collection::vec((0_usize..4, 0_usize..30, 0_usize..30, 0_usize..30), 0..12)
    ) {
        let Ok(before) = propose(&teams, policy(), &[]) else { return Ok(()) };
        let name = |number: usize| format!("T{number:02}");
        let events: Vec<ReorgEvent> = offered.into_iter().map(|(kind, a, b, c)| match kind {
            0 => rename(&name(a), &name(b)),
            1 => merge(&[&name(a), &name(b)], &name(c)),
            2 => split(&name(a), &[&name(b), &name(c)]),
            _ => moved(&name(a), &name(b)),
        }).collect();
        let since = since(&before, &events);
        let Ok(groups) = propose_after(&later, policy(), &frozen(&before), &since) else { return Ok(()) };
        prop_assert!(groups.iter().all(|group| group.invited >= policy().floor()));
        prop_assert_eq!(check_groups(&as_named(&groups), &groups).unwrap(), groups.clone());
        let (mut leaves, mut reversed) = (frozen(&before), later.clone());
        leaves.reverse();
        reversed.reverse();
        prop_assert_eq!(propose_after(&reversed, policy(), &leaves, &since).unwrap(), groups);
    }
}
