//! Re-organisations: recorded between launches, taken in by the next one, never changed afterwards. And the groups of a draft.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::reorg::EventRefused;
use domain::roster::{Person, Roster};
use domain::{DatedEvent, Day, Moment, ReorgEvent, TeamLabel, WaveId};
use identity::{Identity, IdentityError};
use serde_json::json;

use crate::{
    KEY_FOLDER, START, finish_launch, language, later_wave, launching, person, publish, random, running, snapshot, store, team, wave_id,
};

fn rename(from: &str, to: &str) -> ReorgEvent {
    ReorgEvent::Rename { from: team(from), to: team(to) }
}

/// So many days after the launch.
fn after_days(days: u64) -> Moment {
    START.plus(Duration::from_secs(days * 86_400))
}

fn record_on(store: &Identity, event: ReorgEvent, on: Day) -> Result<u32, IdentityError> {
    store.record_event(&DatedEvent { on, event }, after_days(10), Moment::day).map(|recorded| recorded.number)
}

fn record(store: &Identity, event: ReorgEvent) -> Result<u32, IdentityError> {
    record_on(store, event, after_days(5).day())
}

fn launch(store: &Identity, wave: &WaveId) {
    store.create_wave(wave, &json!({})).unwrap();
    store.begin_launch(wave, &snapshot(), KEY_FOLDER).unwrap();
    finish_launch(store, wave);
}

fn origins(store: &Identity, name: &str) -> Vec<TeamLabel> {
    store.since_last_published().unwrap().unwrap().teams.origins(&team(name)).cloned().collect()
}

#[test]
fn an_event_needs_a_round_before_it_and_a_day_between_its_launch_and_today() {
    let (_folder, store) = store();
    assert_eq!(record(&store, rename("Web", "Net")), Err(EventRefused::NothingBefore.into()));
    let (_folder, store) = running();
    let (launched, today) = (START.day(), after_days(10).day());
    let early = Day::parse("2027-01-14").unwrap();
    assert_eq!(
        record_on(&store, rename("Web", "Net"), early),
        Err(EventRefused::BeforeLaunch { on: early, wave: wave_id(), launched }.into())
    );
    let late = after_days(11).day();
    assert_eq!(record_on(&store, rename("Web", "Net"), late), Err(EventRefused::InFuture { on: late, today }.into()));
    assert_eq!(record_on(&store, rename("Web", "Net"), launched), Ok(1));
    assert_eq!(record_on(&store, rename("Board", "Head"), today), Ok(2));
    assert!(matches!(record(&store, rename("Nobody", "X")), Err(IdentityError::Event(EventRefused::UnknownTeam { .. }))));
    assert_eq!(store.reorg_events().unwrap().len(), 2, "what was refused is not kept");
}

#[test]
fn an_event_may_be_of_the_day_of_the_launch_as_the_organisation_counts_days() {
    let (_folder, store) = running();
    // Where it is a day later than in UTC already.
    let there = |moment: Moment| moment.plus(Duration::from_secs(86_400)).day();
    let record_there =
        |on: Day| store.record_event(&DatedEvent { on, event: rename("Web", "Net") }, START, there).map(|recorded| recorded.number);
    let launched = there(START);
    assert_eq!(
        record_there(START.day()),
        Err(EventRefused::BeforeLaunch { on: START.day(), wave: wave_id(), launched }.into()),
        "the day before the launch there"
    );
    assert_eq!(record_there(launched), Ok(1), "today there, though not yet in UTC");
}

#[test]
fn a_team_above_may_be_new_in_the_staff_list() {
    let (_folder, store) = running();
    let moved = ReorgEvent::Move { team: team("Web"), under: Some(team("Data")) };
    assert!(matches!(record(&store, moved.clone()), Err(IdentityError::Event(EventRefused::UnknownAbove { .. }))));
    let id = person(0);
    let entry = Person { id: id.clone(), name: "A".into(), mail: "a@example.org".into(), team: Some(team("Data")), language: language() };
    store.import_roster(&Roster { people: BTreeMap::from([(id, entry)]), teams: BTreeMap::from([(team("Data"), vec![])]) }).unwrap();
    assert_eq!(record(&store, moved), Ok(1));
}

#[test]
fn events_can_be_withdrawn_until_the_next_launch_and_numbers_are_not_used_again_afterwards() {
    let (_folder, store) = running();
    assert_eq!(record(&store, rename("Web", "Net")), Ok(1));
    assert_eq!(record(&store, rename("Net", "Grid")), Ok(2));
    assert!(matches!(store.withdraw_event(1), Err(IdentityError::Event(EventRefused::Breaks { event: 2, .. }))));
    assert_eq!(store.withdraw_event(7), Err(IdentityError::UnknownEvent { number: 7 }));
    store.withdraw_event(2).unwrap();
    assert_eq!(record(&store, rename("Net", "Mesh")), Ok(2));
    publish(&store, &wave_id(), START);
    assert_eq!(origins(&store, "Mesh"), [team("Web")]);
    launch(&store, &later_wave());
    for number in [1, 2] {
        assert_eq!(store.withdraw_event(number), Err(IdentityError::EventFrozen { number }));
    }
    let listed: Vec<_> = store.reorg_events().unwrap().into_iter().map(|listed| (listed.event.number, listed.frozen)).collect();
    assert_eq!(listed, [(1, true), (2, true)]);
    // The new wave has its own Web, to which nothing has happened yet.
    assert_eq!(record(&store, rename("Web", "Net")), Ok(3));
    store.withdraw_event(3).unwrap();
    assert_eq!(store.reorg_events().unwrap().len(), 2);
}

#[test]
fn only_events_since_the_launch_of_the_last_published_wave_count_also_those_that_an_aborted_wave_took_in() {
    let (_folder, store) = running();
    assert_eq!(store.since_last_published().unwrap(), None);
    assert_eq!(store.since_last_round().unwrap().unwrap().wave, wave_id());
    record(&store, rename("Web", "Net")).unwrap();
    publish(&store, &wave_id(), after_days(6));
    let aborted = later_wave();
    launch(&store, &aborted);
    assert_eq!(store.since_last_round().unwrap().unwrap().wave, aborted, "new events follow the wave under way");
    assert_eq!(store.withdraw_event(1), Err(IdentityError::EventFrozen { number: 1 }));
    store.request_abort(&aborted, "x").unwrap();
    assert_eq!(store.withdraw_event(1), Err(IdentityError::EventFrozen { number: 1 }), "the wave is not over yet");
    store.mark_aborted(&aborted, after_days(7), &mut random()).unwrap();
    record(&store, rename("Board", "Head")).unwrap();
    assert_eq!((origins(&store, "Net"), origins(&store, "Head")), (vec![team("Web")], vec![team("Board")]));
    assert_eq!(store.since_last_round().unwrap().unwrap().frozen, 0);
    let third = WaveId::parse("2027-q2").unwrap();
    launch(&store, &third);
    publish(&store, &third, after_days(8));
    assert_eq!((origins(&store, "Net"), origins(&store, "Web")), (vec![], vec![team("Web")]), "the third wave starts anew");
}

#[test]
fn an_event_that_only_an_aborted_wave_took_in_can_be_withdrawn_again() {
    let (_folder, store) = running();
    record(&store, rename("Web", "Net")).unwrap();
    publish(&store, &wave_id(), after_days(6));
    let aborted = later_wave();
    launch(&store, &aborted);
    store.request_abort(&aborted, "x").unwrap();
    store.mark_aborted(&aborted, after_days(7), &mut random()).unwrap();
    assert!(store.reorg_events().unwrap().iter().all(|listed| !listed.frozen));
    store.withdraw_event(1).unwrap();
    assert_eq!(origins(&store, "Web"), [team("Web")]);
    record(&store, rename("Web", "Grid")).unwrap();
    let third = WaveId::parse("2027-q2").unwrap();
    launch(&store, &third);
    assert!(store.reorg_events().unwrap().iter().all(|listed| listed.frozen), "what the third wave took in stays");
}

#[test]
fn groups_of_a_draft_are_kept_until_its_launch() {
    let (_folder, store) = store();
    let groups = json!([{"label": "All", "teams": ["Web", "Board"]}]);
    assert!(matches!(store.set_draft_groups(&wave_id(), Some(&groups)), Err(IdentityError::UnknownWave { .. })));
    store.create_wave(&wave_id(), &json!({})).unwrap();
    assert_eq!(store.draft_groups(&wave_id()).unwrap(), None);
    store.set_draft_groups(&wave_id(), Some(&json!([]))).unwrap();
    store.set_draft_groups(&wave_id(), Some(&groups)).unwrap();
    assert_eq!(store.draft_groups(&wave_id()).unwrap(), Some(groups.clone()));
    store.set_draft_groups(&wave_id(), None).unwrap();
    assert_eq!(store.draft_groups(&wave_id()).unwrap(), None);
    store.set_draft_groups(&wave_id(), Some(&groups)).unwrap();
    store.delete_draft(&wave_id()).unwrap();
    assert_eq!(store.draft_groups(&wave_id()).unwrap(), None);
    let (_folder, store) = launching();
    assert!(matches!(store.set_draft_groups(&wave_id(), Some(&groups)), Err(IdentityError::StateRefused { .. })));
}
