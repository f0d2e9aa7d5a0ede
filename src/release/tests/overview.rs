//! What is said of several scores and of several groups together.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod synthetic;

use disclosure::{BlockId, Member};
use domain::instrument::Instrument;
use domain::{GroupId, SameShare};
use proptest::prelude::*;
use release::OrgConstants;
use release::reading::*;
use synthetic::{Chance, Group, HandBlock, changed, constants, organisation, pulse, wave};

const MOST: SameShare = SameShare::ThreeQuartersOrMore;

/// The pulse with nothing reversed and a spread of 1.2 raw points, 20 points of 100.
fn plain() -> Instrument {
    let mut instrument = pulse();
    instrument.items.iter_mut().for_each(|item| item.reversed = false);
    instrument.dimensions.iter_mut().for_each(|dimension| dimension.declared_sd = 1.2);
    instrument
}

/// A block in which everybody answered; the sum of every item of a dimension by its id, others in the middle.
fn block(instrument: &Instrument, group: u32, n: u32, sums: &[(&str, u64)]) -> HandBlock {
    let sum_of = |id: Option<&str>| sums.iter().find(|(of, _)| Some(*of) == id).map_or(u64::from(n) * 3, |(_, sum)| *sum);
    let sums = instrument.items.iter().map(|item| Some((n, sum_of(item.dimension.as_ref().map(domain::DimensionId::as_str)))));
    HandBlock { members: vec![Member::Group(GroupId(group))], n, sums: sums.collect() }
}

fn named(label: &str, invited: u32, predecessors: &[(u32, SameShare)]) -> Group {
    Group::new(label, &["Sales"], invited, predecessors)
}

/// One group of twelve, all of whom answered, with these sums of 72.
fn alone(safety: u64, standards: u64, known: impl Fn(&Instrument) -> Option<OrgConstants>) -> Vec<PastWave> {
    let instrument = plain();
    let blocks = vec![block(&instrument, 0, 12, &[("SAF", safety), ("STD", standards)]), block(&instrument, 1, 120, &[])];
    let groups = [named("East", 12, &[]), Group::new("Stores", &["Warehouse"], 130, &[])];
    vec![wave("w1", &instrument, &groups, blocks, known(&instrument))]
}

fn quadrant(waves: &[PastWave]) -> Quadrant {
    read_block(waves, BlockId(0)).unwrap().quadrant.unwrap()
}

#[test]
fn a_zone_is_named_only_from_eighty_of_a_hundred_on() {
    // 12 of 12, s = 20: sampling 400 * .5 / 12 = 16.667 per axis, cells 3/72 wide: V = .4823, so each axis has 4.1412. With the stated
    // correlation of .35 the means correlate by .35 * 16.667 / 17.149 = .34016.
    let known = |instrument: &Instrument| Some(constants(instrument, 12, 122, 2));
    // Sums of 45 to 47 of 72: middle 63.889. h = k = -1.42208: P(both above 58) = .8608, by Simpson's rule in another language.
    let Quadrant::In { zone, chance } = quadrant(&alone(46, 46, known)) else { panic!() };
    assert_eq!((zone, chance), (Zone::Learning, 86));
    let Quadrant::In { zone, .. } = quadrant(&alone(35, 35, known)) else { panic!() };
    assert_eq!(zone, Zone::Apathy);
    let Quadrant::In { zone, .. } = quadrant(&alone(52, 33, known)) else { panic!() };
    assert_eq!(zone, Zone::Comfort);
    let Quadrant::In { zone, .. } = quadrant(&alone(33, 52, known)) else { panic!() };
    assert_eq!(zone, Zone::Anxiety);
    // Speaking up is high for sure, and standards may be either.
    assert!(matches!(quadrant(&alone(52, 42, known)), Quadrant::Between { zones: [Zone::Learning, Zone::Comfort], chance: 97.. }));
    assert_eq!(quadrant(&alone(42, 42, known)), Quadrant::CannotBeTold);
    // 63 of 72 and more is the top band.
    assert_eq!(quadrant(&alone(70, 46, known)), Quadrant::NotSeen);
}

#[test]
fn without_a_stated_correlation_a_zone_must_be_likely_with_every_one_that_could_be_stated() {
    let chance = |waves: &[PastWave]| match quadrant(waves) {
        Quadrant::In { chance, .. } | Quadrant::Between { chance, .. } => chance,
        Quadrant::CannotBeTold | Quadrant::NotSeen => 0,
    };
    let stating = |hundredths| {
        move |instrument: &Instrument| {
            let mut constants = constants(instrument, 12, 122, 2);
            constants.correlations.iter_mut().for_each(|c| c.hundredths = hundredths);
            Some(constants)
        }
    };
    for (safety, standards) in [(47, 47), (49, 46), (52, 33), (35, 50), (34, 38), (52, 42)] {
        let with = [-20, 35, 90].map(|hundredths| chance(&alone(safety, standards, stating(hundredths))));
        let without = chance(&alone(safety, standards, |_| None));
        assert_eq!(without, with.into_iter().min().unwrap(), "{safety} {standards}: {with:?}");
    }
}

#[test]
fn a_round_that_does_not_ask_both_has_no_zone() {
    let mut instrument = plain();
    let standards = instrument.items.iter_mut().filter(|item| item.dimension.as_ref().is_some_and(|d| d.as_str() == "STD"));
    standards.for_each(|item| item.publish = domain::instrument::Publish::Organisation);
    let sums = instrument.items.iter().map(|_| Some((12, 36))).collect();
    let blocks = vec![HandBlock { members: vec![Member::Group(GroupId(0))], n: 12, sums }];
    let waves = [wave("w1", &instrument, &[named("East", 12, &[])], blocks, None)];
    assert_eq!(read_block(&waves, BlockId(0)).unwrap().quadrant, None);
}

/// Groups of twelve of which all answered in two rounds, with the sums of the first dimension before and now.
fn rounds(sums: &[(&'static str, u64, u64)]) -> Vec<PastWave> {
    let instrument = plain();
    let at = |id: &str, later: bool| {
        let group = |(place, (label, ..)): (u32, &(&str, u64, u64))| named(label, 12, &if later { vec![(place, MOST)] } else { vec![] });
        let groups: Vec<Group> = (0..).zip(sums).map(group).collect();
        let blocks =
            (0..).zip(sums).map(|(place, (_, before, now))| block(&instrument, place, 12, &[("SAF", if later { *now } else { *before })]));
        wave(id, &instrument, &groups, blocks.collect(), None)
    };
    vec![at("w1", false), at("w2", true)]
}

#[test]
fn what_is_worth_a_conversation_is_chosen_over_all_groups_and_told_in_the_order_of_names() {
    let still = |label| (label, 36, 36);
    // The rise: d = 20.833, SE^2 = 2 * (400 * .6 / 12 + .4823), SE = 6.4004, z = 3.255, p = .00113. The fall: 45 to 33, d = -16.667, p = .0092.
    let sums = [("Zebra", 31, 46), still("C"), still("D"), ("Ape", 45, 33)];
    let list = read_organisation(&rounds(&sums)).unwrap().conversation.clone();
    assert_eq!((list.since.unwrap().as_str(), list.tested), ("w1", 12));
    let told: Vec<_> = list.entries.iter().map(|entry| (entry.groups.join(" "), entry.word, entry.difference.points)).collect();
    assert_eq!(told, [("Ape".to_owned(), ChangeWord::Clear, -17), ("Zebra".to_owned(), ChangeWord::Clear, 21)]);
    // The same fall alone among many more groups that stand still is what chance makes of so many: .0092 > .10 / 36 * 1.
    let many: Vec<_> =
        (0..11).map(|_| "Still").zip(0..).map(|(_, n)| still(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"][n])).collect();
    let sums: Vec<_> = many.into_iter().chain([("Ape", 45, 33)]).collect();
    let list = read_organisation(&rounds(&sums)).unwrap().conversation.clone();
    assert_eq!((list.tested, list.entries), (36, vec![]));
}

#[test]
fn the_first_round_has_nothing_to_talk_about_yet() {
    let list = read_organisation(&rounds(&[("East", 30, 30)])[..1]).unwrap().conversation.clone();
    assert_eq!(list, Conversation { since: None, tested: 0, entries: vec![] });
}

#[test]
fn groups_that_are_compared_together_are_one_entry() {
    let instrument = plain();
    let members = [Member::Group(GroupId(0)), Member::Group(GroupId(1))];
    let together = HandBlock { members: members.to_vec(), ..block(&instrument, 0, 24, &[("SAF", 60)]) };
    let before = wave("w1", &instrument, &[named("East", 12, &[]), named("West", 12, &[])], vec![together], None);
    let apart = (0..2).map(|group| block(&instrument, group, 12, &[("SAF", 52)])).collect();
    let now = wave("w2", &instrument, &[named("East", 12, &[(0, MOST)]), named("West", 12, &[(1, MOST)])], apart, None);
    let list = read_organisation(&[before, now]).unwrap().conversation.clone();
    assert_eq!(list.tested, 3, "one set and three dimensions");
    let told: Vec<_> = list.entries.iter().map(|entry| (entry.groups.clone(), entry.dimension.as_str())).collect();
    assert_eq!(told, [(vec!["East".to_owned(), "West".to_owned()], "SAF")]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_entry_stands_with_the_same_word_and_size_on_its_groups_own_pages(seed: u64) {
        let waves = organisation(&mut Chance(seed));
        let list = read_organisation(&waves).unwrap().conversation.clone();
        let reports = read_blocks(&waves).unwrap();
        for entry in &list.entries {
            let report = reports.iter().find(|report| report.labels.iter().any(|label| entry.groups.contains(label))).unwrap();
            let Comparison::Made(set) = &report.comparison else { panic!() };
            let change = set.changes.iter().find(|change| change.dimension == entry.dimension).unwrap();
            prop_assert_eq!((&set.groups, change.word, change.difference), (&entry.groups, entry.word, Some(entry.difference)));
            prop_assert!(matches!(entry.word, ChangeWord::Clear | ChangeWord::Possible));
        }
        let names: Vec<_> = list.entries.iter().map(|entry| (&entry.unit, &entry.groups)).collect();
        prop_assert!(names.is_sorted());
    }

    #[test]
    fn what_is_listed_does_not_depend_on_the_order_of_the_groups(sums in proptest::collection::vec((9u64..63, 9u64..63), 2..9)) {
        const NAMES: [&str; 8] = ["A", "B", "C", "D", "E", "F", "G", "H"];
        let groups: Vec<_> = NAMES.iter().zip(&sums).map(|(name, (before, now))| (*name, *before, *now)).collect();
        let turned: Vec<_> = groups.iter().rev().copied().collect();
        let list = |groups: &[_]| read_organisation(&rounds(groups)).unwrap().conversation.clone();
        prop_assert_eq!(list(&groups), list(&turned));
    }

    #[test]
    fn the_chance_of_a_zone_is_at_least_eighty_and_grows_with_the_distance_from_the_cut(safety in 10u64..60, standards in 10u64..60) {
        let waves = alone(safety, standards, |instrument| Some(constants(instrument, 12, 122, 2)));
        if let Quadrant::In { chance, .. } | Quadrant::Between { chance, .. } = quadrant(&waves) {
            prop_assert!((80..=100).contains(&chance));
        }
        let smaller = changed(&waves[0], |wave| wave.release.org.constants.as_mut().unwrap().dimensions.iter_mut().for_each(|d| d.sd_tenths = 6));
        if let (Quadrant::In { zone, chance }, Quadrant::In { zone: again, chance: surer }) = (quadrant(&waves), quadrant(&[smaller])) {
            prop_assert_eq!(zone, again);
            prop_assert!(surer >= chance);
        }
    }
}
