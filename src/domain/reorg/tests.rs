#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

pub(super) fn label(text: &str) -> TeamLabel {
    TeamLabel::parse(text).unwrap()
}

fn labels(text: &str) -> Vec<TeamLabel> {
    text.split(' ').map(label).collect()
}

/// `rename A B`, `merge A B > C`, `split A > B C`, `move A > B`, `move A >`.
pub(super) fn event(text: &str) -> ReorgEvent {
    let (verb, rest) = text.split_once(' ').unwrap();
    let (left, right) = rest.split_once(" >").map_or((rest, ""), |(left, right)| (left, right.trim()));
    match verb {
        "rename" => ReorgEvent::Rename { from: labels(left)[0].clone(), to: labels(left)[1].clone() },
        "merge" => ReorgEvent::Merge { teams: labels(left), into: label(right) },
        "split" => ReorgEvent::Split { team: label(left), into: labels(right) },
        _ => ReorgEvent::Move { team: label(left), under: (!right.is_empty()).then(|| label(right)) },
    }
}

pub(super) fn day(number: u32) -> Day {
    Day::parse(&format!("2026-11-{number:02}")).unwrap()
}

fn recorded(number: u32, on: u32, text: &str) -> RecordedEvent {
    RecordedEvent { number, dated: DatedEvent { on: day(on), event: event(text) } }
}

/// `A B:A` is a team A at the top with B under it.
fn places(text: &str) -> TeamPlaces {
    let place = |word: &str| match word.split_once(':') {
        Some((team, above)) => (label(team), Some(label(above))),
        None => (label(word), None),
    };
    text.split_whitespace().map(place).collect()
}

/// `B<A` for every team and what it continues.
fn traced(now: &Reorganised, teams: &str) -> String {
    let one = |team: &str| {
        let origins: Vec<&str> = now.origins(&label(team)).map(TeamLabel::as_str).collect();
        format!("{team}<{}", origins.join("+"))
    };
    teams.split(' ').map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_team_is_followed_through_renames_merges_splits_and_moves() {
    let events = [
        recorded(1, 3, "rename A B"),
        recorded(2, 4, "merge B C > D"),
        recorded(3, 5, "split D > D E"),
        recorded(4, 5, "move E > F"),
        recorded(5, 6, "rename F G"),
    ];
    let now = Reorganised::after(places("A C F H"), &events);
    assert_eq!(traced(&now, "A B C D E F G H N"), "A< B< C< D<A+C E<A+C F< G<F H<H N<");
    assert!(now.is_part(&label("D")) && now.is_part(&label("E")) && !now.is_part(&label("G")));
    assert!(now.was_moved(&label("E")) && !now.was_moved(&label("D")));
    assert_eq!(now.disagreements(&places("D E:G G H"), 0), []);
}

#[test]
fn the_day_decides_the_order_and_not_the_number() {
    let events = [recorded(1, 9, "rename B C"), recorded(2, 7, "rename A B"), recorded(3, 8, "merge B X > B")];
    assert_eq!(traced(&Reorganised::after(places("A X"), &events), "C"), "C<A+X");
}

#[test]
fn names_can_be_exchanged_over_a_third_one() {
    let events = [recorded(1, 3, "rename A T"), recorded(2, 3, "rename B A"), recorded(3, 3, "rename T B")];
    let now = Reorganised::after(places("A B"), &events);
    assert_eq!(traced(&now, "A B T"), "A<B B<A T<");
    assert_eq!(now.disagreements(&places("A B"), 0), []);
}

#[test]
fn an_event_about_a_team_that_the_wave_did_not_know_has_no_effect() {
    let events = [recorded(1, 3, "rename N M"), recorded(2, 3, "merge A M > A"), recorded(3, 4, "split N > X Y")];
    let now = Reorganised::after(places("A"), &events);
    assert_eq!(traced(&now, "A M N X Y"), "A<A M< N< X< Y<");
}

#[test]
fn an_event_that_does_not_fit_what_happened_before_is_refused_with_the_reason() {
    let (wave, list) = (places("A B:A C D"), places("A B:A C D New"));
    let before = [recorded(1, 5, "rename C E"), recorded(2, 6, "split D > F G")];
    let refused = |on, text: &str| check(&wave, &before, &recorded(3, on, text), &list).unwrap_err().to_string();
    for (on, text, said) in [
        (7, "rename A A", "has this name already"),
        (7, "rename Z Y", "no team \"Z\" in the last round"),
        (7, "rename New Y", "A team that is new needs no event"),
        (7, "rename C X", "event 1 ended it"),
        (7, "rename A E", "there is a team \"E\" already"),
        (4, "rename A E", "event 1 would no longer hold (there is a team \"E\" already"),
        (4, "merge A C > A", "event 1 would no longer hold (there is no team \"C\" any more"),
        (7, "merge A > B", "at least two different teams"),
        (7, "merge A A > Z", "each named once"),
        (7, "merge A B > F", "there is a team \"F\" already"),
        (7, "split A > Z", "at least two different teams"),
        (7, "split A > B Z", "there is a team \"B\" already"),
        (7, "move A > A", "stands under team \"A\" itself"),
        (7, "move A > B", "record first where \"B\" went"),
        (7, "move A > Z", "neither in the last round nor in the staff list"),
        (7, "move Z > A", "no team \"Z\""),
    ] {
        assert!(refused(on, text).contains(said), "{text}: {}", refused(on, text));
    }
    for (on, text) in
        [(4, "rename A Z"), (7, "rename E C"), (7, "merge A E > E"), (7, "split F > F Y"), (7, "move E > New"), (7, "move B >")]
    {
        assert_eq!(check(&wave, &before, &recorded(3, on, text), &list), Ok(()), "{text}");
    }
}

#[test]
fn an_event_on_which_another_builds_cannot_be_withdrawn() {
    let (wave, events) = (places("A B"), [recorded(1, 3, "rename A C"), recorded(2, 4, "rename C D"), recorded(3, 4, "move B > D")]);
    let refused = check_without(&wave, &events, 1, &wave).unwrap_err();
    assert!(matches!(refused, EventRefused::Breaks { event: 2, .. }), "{refused}");
    assert_eq!(check_without(&wave, &events, 3, &wave), Ok(()));
    assert_eq!(check_without(&wave, &events[..1], 1, &wave), Ok(()));
}

#[test]
fn a_staff_list_that_says_something_else_is_noticed_for_events_that_can_still_be_withdrawn() {
    let events = [recorded(1, 3, "rename A B"), recorded(2, 3, "move C > B")];
    let now = Reorganised::after(places("A C D"), &events);
    let said = |list: &str, frozen| now.disagreements(&places(list), frozen).iter().map(ToString::to_string).collect::<Vec<_>>();
    let old = said("A C D", 0);
    assert!(old[0].starts_with("after event 1 there is a team \"B\", but the staff list has none"), "{old:?}");
    assert!(old[1].starts_with("event 2 moved team \"C\" under \"B\", but the staff list has it at the top"), "{old:?}");
    assert!(old[2].starts_with("event 1 ended team \"A\", but the staff list still has it"), "{old:?}");
    assert!(old[2].ends_with("candor roster event withdraw 1"), "{old:?}");
    assert_eq!(said("A C D", 2), [""; 0]);
    assert_eq!(said("B C:B D", 0), [""; 0]);
    let list = places("B C:B N");
    assert_eq!(now.new_in(&list).collect::<Vec<_>>(), [&label("N")]);
    assert_eq!(now.gone_from(&list).collect::<Vec<_>>(), [&label("D")]);
}

#[test]
fn what_no_event_says_is_held_against_no_staff_list() {
    let said = |wave: &str, events: &[&str], list: &str| {
        let events: Vec<_> = (1..).zip(events).map(|(number, text)| recorded(number, 3, text)).collect();
        let now = Reorganised::after(places(wave), &events);
        now.disagreements(&places(list), 0).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let wave = "Board Alpha:Board Beta:Board Gamma:Board";
    // A merger of teams from different places stands where it likes, also under the place of one of them.
    let merged = ["move Beta > Gamma", "merge Alpha Beta > AB"];
    assert_eq!(said(wave, &merged, "Board Gamma:Board AB:Gamma"), [""; 0]);
    assert_eq!(said(wave, &merged, "Board Gamma:Board AB:Board"), [""; 0]);
    // Any part of a split team may lead the teams below it, or another part.
    let split = ["move Gamma > Alpha", "split Alpha > A1 A2"];
    assert_eq!(said(wave, &split, "Board Beta:Board A1:Board A2:Board Gamma:A1"), [""; 0]);
    let kept = ["move Gamma > Alpha", "split Alpha > Alpha A2"];
    assert_eq!(said(wave, &kept, "Board Beta:Board Alpha:Board A2:Alpha Gamma:A2"), [""; 0]);
    let parts = ["move Alpha > Beta", "split Alpha > A1 A2"];
    assert_eq!(said(wave, &parts, "Board Beta:Board Gamma:Board A1:Beta A2:A1"), [""; 0]);
    // Teams that were moved to one place and then merged are there, and so is what was moved under one of them.
    let together = ["move Alpha > Gamma", "move Beta > Gamma", "merge Alpha Beta > AB"];
    assert_eq!(said(wave, &together, "Board Gamma:Board AB:Gamma"), [""; 0]);
    let elsewhere = said(wave, &together, "Board Gamma:Board AB:Board");
    assert!(
        elsewhere[0].starts_with("event 2 moved team \"AB\" under \"Gamma\", but the staff list has it under \"Board\""),
        "{elsewhere:?}"
    );
    let below = said(wave, &["move Gamma > Alpha", "merge Alpha Beta > AB"], "Board AB:Board Gamma:Board");
    assert!(below[0].starts_with("event 1 moved team \"Gamma\" under \"AB\""), "{below:?}");
    // The next move says it again.
    let again = said(wave, &["move Beta > Gamma", "merge Alpha Beta > AB", "move AB >"], "Board Gamma:Board AB:Gamma");
    assert!(again[0].starts_with("event 3 moved team \"AB\" to the top, but the staff list has it under \"Gamma\""), "{again:?}");
}

#[test]
fn a_team_counts_as_moved_also_where_no_event_says_its_place_any_more() {
    let events = [recorded(1, 3, "move B > C"), recorded(2, 3, "merge A B > AB"), recorded(3, 3, "split AB > X Y")];
    let now = Reorganised::after(places("A B C"), &events);
    assert!(now.was_moved(&label("X")) && now.was_moved(&label("Y")) && !now.was_moved(&label("C")));
}

#[test]
fn an_event_is_stored_in_words_that_a_person_can_read() {
    let json = r#"{"on":"2026-11-21","event":{"rename":{"from":"A","to":"B"}}}"#;
    let dated: DatedEvent = serde_json::from_str(json).unwrap();
    assert_eq!(dated, DatedEvent { on: day(21), event: event("rename A B") });
    assert_eq!(serde_json::to_string(&dated).unwrap(), json);
}

/// Teams `T0` to `T9`, of which the first `known` stand in the wave.
fn team_number(number: usize) -> TeamLabel {
    label(&format!("T{number}"))
}

fn any_event() -> impl Strategy<Value = ReorgEvent> {
    let team = || (0_usize..10).prop_map(team_number);
    prop_oneof![
        (team(), team()).prop_map(|(from, to)| ReorgEvent::Rename { from, to }),
        (prop::collection::vec(team(), 2..4), team()).prop_map(|(teams, into)| ReorgEvent::Merge { teams, into }),
        (team(), prop::collection::vec(team(), 2..4)).prop_map(|(team, into)| ReorgEvent::Split { team, into }),
        (team(), prop::option::of(team())).prop_map(|(team, under)| ReorgEvent::Move { team, under }),
    ]
}

/// Records the events one by one, those that are refused left out.
fn record(wave: &TeamPlaces, offered: impl IntoIterator<Item = RecordedEvent>) -> Vec<RecordedEvent> {
    let mut events = Vec::new();
    for event in offered {
        if check(wave, &events, &event, wave).is_ok() {
            events.push(event);
        }
    }
    events
}

/// What one event makes of one name, looked at alone.
fn followed(event: &ReorgEvent, name: &TeamLabel) -> Vec<TeamLabel> {
    match event {
        ReorgEvent::Rename { from, to } if from == name => vec![to.clone()],
        ReorgEvent::Merge { teams, into } if teams.contains(name) => vec![into.clone()],
        ReorgEvent::Split { team, into } if team == name => into.clone(),
        _ => vec![name.clone()],
    }
}

/// A staff list after an event, kept by somebody who decides by `choice` what the event leaves open: where a merged team stands, whether a
/// part stands under the first part, and which part leads a team below.
fn kept(list: &TeamPlaces, event: &ReorgEvent, choice: u64) -> TeamPlaces {
    let mut now = list.clone();
    let above_becomes = |now: &mut TeamPlaces, old: &TeamLabel, new: &dyn Fn(&TeamLabel) -> TeamLabel| {
        for (team, above) in now.iter_mut() {
            if above.as_ref() == Some(old) {
                *above = Some(new(team));
            }
        }
    };
    let chosen = |team: &TeamLabel, of: usize| {
        let spread = team.as_str().bytes().fold(choice, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3));
        usize::try_from(spread >> 33).unwrap() % of
    };
    match event {
        ReorgEvent::Rename { from, to } => {
            let above = now.remove(from).unwrap();
            now.insert(to.clone(), above);
            above_becomes(&mut now, from, &|_| to.clone());
        }
        ReorgEvent::Merge { teams, into } => {
            // Where one of them stood; above the others, if that was under one of them.
            let mut above = list[&teams[chosen(into, teams.len())]].clone();
            while let Some(at) = above.clone().filter(|at| teams.contains(at)) {
                above = list[&at].clone();
            }
            now.retain(|team, _| !teams.contains(team));
            now.insert(into.clone(), above);
            teams.iter().for_each(|team| above_becomes(&mut now, team, &|_| into.clone()));
        }
        ReorgEvent::Split { team, into } => {
            let above = now.remove(team).unwrap();
            above_becomes(&mut now, team, &|below| into[chosen(below, into.len())].clone());
            for (place, part) in into.iter().enumerate() {
                let under_first = place > 0 && chosen(part, 2) == 0;
                now.insert(part.clone(), if under_first { Some(into[0].clone()) } else { above.clone() });
            }
        }
        ReorgEvent::Move { team, under } => {
            now.insert(team.clone(), under.clone());
        }
    }
    now
}

fn is_tree(list: &TeamPlaces) -> bool {
    list.keys().all(|team| {
        let up = std::iter::successors(Some(team), |at| list[*at].as_ref());
        up.take(list.len() + 1).count() <= list.len()
    })
}

proptest! {
    #[test]
    fn a_staff_list_that_followed_every_event_never_disagrees(
        offered in prop::collection::vec((any_event(), any::<u64>()), 1..30), aboves in prop::collection::vec(any::<prop::sample::Index>(), 7)
    ) {
        let above = |number: usize| (number > 0).then(|| aboves[number].index(number + 1)).filter(|above| *above < number).map(team_number);
        let wave: TeamPlaces = (0..7).map(|number| (team_number(number), above(number))).collect();
        let (mut events, mut list) = (Vec::new(), wave.clone());
        // A team that is new since the wave.
        list.insert(label("New"), None);
        for (number, (event, choice)) in (1..).zip(offered) {
            // Now and then under the new team.
            let event = match event {
                ReorgEvent::Move { team, .. } if choice % 4 == 0 => ReorgEvent::Move { team, under: Some(label("New")) },
                other => other,
            };
            let event = RecordedEvent { number, dated: DatedEvent { on: day(number.min(28)), event } };
            if check(&wave, &events, &event, &list).is_ok() {
                let next = kept(&list, &event.dated.event, choice);
                if is_tree(&next) {
                    list = next;
                    events.push(event);
                }
            }
        }
        let now = Reorganised::after(wave, &events);
        prop_assert_eq!(now.disagreements(&list, 0), vec![]);
        prop_assert_eq!(now.new_in(&list).collect::<Vec<_>>(), [&label("New")]);
        prop_assert_eq!(now.gone_from(&list).count(), 0);
    }

    #[test]
    fn lineage_is_what_following_every_name_alone_gives(offered in prop::collection::vec((any_event(), 1_u32..28), 1..30), known in 1_usize..8) {
        let wave: TeamPlaces = (0..known).map(|number| (team_number(number), None)).collect();
        let offered = (1..).zip(offered).map(|(number, (event, on))| RecordedEvent { number, dated: DatedEvent { on: day(on), event } });
        let mut events = record(&wave, offered);
        let now = Reorganised::after(wave.clone(), &events);
        // By brute force: every way that a name of the wave can go, event after event.
        events.sort_by_key(|event| (event.dated.on, event.number));
        let mut pairs = BTreeSet::new();
        for origin in wave.keys() {
            let mut names = BTreeSet::from([origin.clone()]);
            for event in &events {
                names = names.iter().flat_map(|name| followed(&event.dated.event, name)).collect();
            }
            pairs.extend(names.into_iter().map(|name| (name, origin.clone())));
        }
        let mut found = BTreeSet::new();
        for team in (0..10).map(team_number) {
            found.extend(now.origins(&team).map(|origin| (team.clone(), origin.clone())));
        }
        prop_assert_eq!(&found, &pairs);
        // The other direction says the same.
        let heirs = now.heirs();
        let handed: BTreeSet<_> = wave.keys().flat_map(|origin| heirs.of(origin).map(|heir| (heir.clone(), origin.clone()))).collect();
        prop_assert_eq!(handed, found);
    }

    #[test]
    fn the_order_in_which_events_are_given_does_not_matter(
        offered in prop::collection::vec((any_event(), 1_u32..28), 1..20), shuffle in any::<u64>()
    ) {
        let wave: TeamPlaces = (0..7).map(|number| (team_number(number), None)).collect();
        let offered = (1..).zip(offered).map(|(number, (event, on))| RecordedEvent { number, dated: DatedEvent { on: day(on), event } });
        let mut events = record(&wave, offered);
        let now = Reorganised::after(wave.clone(), &events);
        events.sort_by_key(|event| u64::from(event.number).wrapping_mul(shuffle | 1).rotate_left(29));
        prop_assert_eq!(Reorganised::after(wave, &events), now);
    }

    #[test]
    fn no_team_is_lost_and_the_list_that_follows_the_events_agrees_with_them(
        offered in prop::collection::vec((any_event(), 1_u32..28), 1..20)
    ) {
        let wave: TeamPlaces = (0..7).map(|number| (team_number(number), None)).collect();
        let offered = (1..).zip(offered).map(|(number, (event, on))| RecordedEvent { number, dated: DatedEvent { on: day(on), event } });
        let events = record(&wave, offered);
        let now = Reorganised::after(wave.clone(), &events);
        let heirs = now.heirs();
        prop_assert!(wave.keys().all(|team| heirs.of(team).next().is_some_and(|heir| now.has(heir))));
        let list: TeamPlaces = (0..10).map(team_number).filter(|team| now.has(team)).map(|team| { let above = now.above(&team, &wave).cloned(); (team, above) }).collect();
        prop_assert_eq!(now.disagreements(&list, 0), vec![]);
        // Withdrawing the last one that nothing builds upon is always possible: it is the latest.
        if let Some(last) = events.iter().max_by_key(|event| (event.dated.on, event.number)) {
            prop_assert_eq!(check_without(&wave, &events, last.number, &wave), Ok(()));
        }
    }
}
