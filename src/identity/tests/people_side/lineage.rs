//! Where people answered the last time.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::GroupId;
use serde_json::json;

use crate::{KEY_FOLDER, START, finish_launch, later_wave, person, publish, random, running, snapshot, wave_id};

#[test]
fn the_people_of_new_groups_are_counted_by_their_earlier_group() {
    let (_folder, store) = running();
    let people: Vec<_> = [0, 1, 4, 5, 6, 20].into_iter().map(|n| (person(n), GroupId(u32::from(n >= 5)))).collect();
    let lineage = || store.lineage(people.iter().map(|(p, g)| (p, *g))).unwrap();
    assert_eq!(lineage(), None, "nothing is published yet");
    publish(&store, &wave_id(), START);
    let lineage = lineage().unwrap();
    assert_eq!(lineage.wave, wave_id());
    let expected =
        BTreeMap::from([(GroupId(0), BTreeMap::from([(GroupId(0), 2), (GroupId(1), 1)])), (GroupId(1), BTreeMap::from([(GroupId(1), 2)]))]);
    assert_eq!(lineage.same, expected, "a person who was not invited is in no count");
}

#[test]
fn the_last_published_wave_counts_and_an_aborted_one_does_not() {
    let (_folder, store) = running();
    publish(&store, &wave_id(), START);
    store.create_wave(&later_wave(), &json!({})).unwrap();
    store.begin_launch(&later_wave(), &snapshot(), KEY_FOLDER).unwrap();
    finish_launch(&store, &later_wave());
    store.request_abort(&later_wave(), "x").unwrap();
    store.mark_aborted(&later_wave(), START, &mut random()).unwrap();
    assert_eq!(store.last_published().unwrap(), Some(wave_id()));
    let third = domain::WaveId::parse("2027-q2").unwrap();
    store.create_wave(&third, &json!({})).unwrap();
    store.begin_launch(&third, &snapshot(), KEY_FOLDER).unwrap();
    finish_launch(&store, &third);
    publish(&store, &third, START.plus(Duration::from_secs(1)));
    assert_eq!(store.last_published().unwrap(), Some(third));
}
