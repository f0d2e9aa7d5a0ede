//! What is said of several scores and of several groups together.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod synthetic;

use std::time::Duration;

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
    assert_eq!(quadrant(&alone(46, 46, known)), Quadrant::In { zone: Zone::Learning });
    assert_eq!(quadrant(&alone(35, 35, known)), Quadrant::In { zone: Zone::Apathy });
    assert_eq!(quadrant(&alone(52, 33, known)), Quadrant::In { zone: Zone::Comfort });
    assert_eq!(quadrant(&alone(33, 52, known)), Quadrant::In { zone: Zone::Anxiety });
    // Speaking up is high for sure, and standards may be either.
    assert_eq!(quadrant(&alone(52, 42, known)), Quadrant::Between { zones: [Zone::Learning, Zone::Comfort] });
    assert_eq!(quadrant(&alone(42, 42, known)), Quadrant::CannotBeTold);
    // 63 of 72 and more is the top band.
    assert_eq!(quadrant(&alone(70, 46, known)), Quadrant::NotSeen);
}

#[test]
fn without_a_stated_correlation_a_zone_must_be_likely_with_every_one_that_could_be_stated() {
    let stating = |hundredths| {
        move |instrument: &Instrument| {
            let mut constants = constants(instrument, 12, 122, 2);
            constants.correlations.iter_mut().for_each(|c| c.hundredths = hundredths);
            Some(constants)
        }
    };
    let mut told = 0;
    for (safety, standards) in (0..20).flat_map(|step| [(33 + step, 33 + step), (52 - step, 42), (40 + step, 46)]) {
        let with = [-20, 35, 90].map(|hundredths| quadrant(&alone(safety, standards, stating(hundredths))));
        if let zone @ Quadrant::In { .. } = quadrant(&alone(safety, standards, |_| None)) {
            assert_eq!(with, [zone; 3], "{safety} {standards}");
            told += 1;
        }
    }
    assert!(told > 10, "{told}");
    // Near the cut it matters what is stated: with a spread of 1.4 each is high by .889, both by .79 if they were independent.
    let stated = alone(45, 45, |instrument| {
        let mut constants = constants(instrument, 14, 122, 2);
        constants.correlations.iter_mut().for_each(|c| c.hundredths = 90);
        Some(constants)
    });
    assert_eq!(quadrant(&stated), Quadrant::In { zone: Zone::Learning });
    let declared = |wave: &mut WaveDocuments| wave.instrument.dimensions.iter_mut().for_each(|dimension| dimension.declared_sd = 1.4);
    let unstated = [changed(&alone(45, 45, |_| None)[0], declared)];
    assert!(matches!(quadrant(&unstated), Quadrant::Between { .. }), "{:?}", quadrant(&unstated));
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
    assert_eq!(list, Conversation { since: None, tested: 0, together: 0, entries: vec![] });
}

#[test]
fn changes_that_stand_out_only_together_are_counted_but_not_listed() {
    // Every score of four groups of sixteen rises from 37 to 46 of 96: d = 9.375, SE^2 = 2 * (400 * .6 / 16 + .2713), z = 1.696, p = .0899.
    // All twelve are within .10 * 12 / 12, and no group's own page calls one of three such changes possible: 3 * .0899 > .20.
    let instrument = plain();
    let at = |id: &str, predecessors: bool, sum: u64| {
        let group = |place: u32| named(["A", "B", "C", "D"][place as usize], 16, &if predecessors { vec![(place, MOST)] } else { vec![] });
        let sums = vec![Some((16, sum)); instrument.items.len()];
        let block = |place| HandBlock { members: vec![Member::Group(GroupId(place))], n: 16, sums: sums.clone() };
        wave(id, &instrument, &(0..4).map(group).collect::<Vec<_>>(), (0..4).map(block).collect(), None)
    };
    let list = read_organisation(&[at("w1", false, 37), at("w2", true, 46)]).unwrap().conversation.clone();
    assert_eq!((list.tested, list.together, list.entries), (12, 12, vec![]));
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

/// Groups of twelve of which all answered, in several rounds on these days, with the same sum of the first dimension for each group in a round.
fn years(names: &[&str], sums: &[&[u64]], days: &[u64]) -> Vec<PastWave> {
    let instrument = plain();
    let at = |(round, (sums, days)): (usize, (&&[u64], &u64))| {
        let predecessors = |place| if round == 0 { vec![] } else { vec![(place, MOST)] };
        let groups: Vec<Group> = (0..).zip(names).map(|(place, name)| named(name, 12, &predecessors(place))).collect();
        let blocks = (0..).zip(*sums).map(|(place, &sum)| block(&instrument, place, 12, &[("SAF", sum)])).collect();
        let undated = wave(&format!("w{round}"), &instrument, &groups, blocks, None);
        changed(&undated, |wave| {
            wave.manifest.schedule.closes_at = wave.manifest.schedule.closes_at.plus(Duration::from_secs(days * 24 * 3600));
        })
    };
    sums.iter().zip(days).enumerate().map(at).collect()
}

const TEN: [&str; 10] = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"];

#[test]
fn groups_are_moved_towards_each_other_as_far_as_chance_explains_their_differences() {
    // Middles 43.056, 47.222, 51.389, 55.556, 59.722, each twice: mean 51.389, variance (divisor 9) 38.580. As a sample every group has
    // v = 400 / 12 + .4823 = 33.816. With equal v, REML has the closed form tau^2 = 38.580 - 33.816 = 4.765. A group's own score has
    // 400 * .5 / 12 + .4823 = 17.149; weight 4.765 / 21.913 = .2174.
    let waves = years(&TEN, &[&[31, 34, 37, 40, 43, 31, 34, 37, 40, 43]], &[0]);
    let report = read_organisation(&waves).unwrap();
    assert_eq!(report.differences[0].dimension.as_str(), "SAF");
    let Differences::Found { share, groups } = &report.differences[0].found else { panic!() };
    // 4.765 / (4.765 + 400) = 1.18 of 100; Q profile: 347.22 / 19.0228 < v, and 347.22 / 2.70039 - v = 94.767, 19.15 of 100.
    assert_eq!(*share, Some(Share { hundredths: 1, low: 0, high: 20 }));
    // 51.389 - .2174 * 8.333 = 49.577; variance 4.765 * .7826 + (.7826^2) * 3.8580 = 6.092, reach 4.837.
    let first = &groups[0];
    assert!((first.interval.mid - 49.577).abs() < 1e-3, "{first:?}");
    assert_eq!((first.interval.low, first.interval.high, first.weight, first.faint), (44, 55, 21, true));
    assert_eq!(groups.len(), 10);
    // The other dimensions are alike everywhere: closer together than chance lets groups be, and no estimate of one says more than the mean.
    assert_eq!(report.differences[1].found, Differences::Found { share: None, groups: vec![] });
}

#[test]
fn fewer_than_ten_groups_are_left_as_they_are() {
    let waves = years(&TEN[..9], &[&[31, 34, 37, 40, 43, 31, 34, 37, 40]], &[0]);
    assert!(read_organisation(&waves).unwrap().differences.iter().all(|d| d.found == Differences::TooFewGroups));
}

#[test]
fn a_group_at_the_end_of_the_scale_takes_part_but_keeps_its_arrow() {
    let waves = years(&TEN, &[&[31, 34, 37, 40, 43, 31, 34, 37, 40, 72]], &[0]);
    let Differences::Found { groups, .. } = &read_organisation(&waves).unwrap().differences[0].found.clone() else { panic!() };
    assert_eq!(groups.len(), 9);
    assert!(read_block(&waves, BlockId(9)).unwrap().scores[0].sight == Sight::AtLeast(87));
}

#[test]
fn a_funnel_has_the_limits_that_a_calculation_by_hand_gives() {
    // The same ten groups: mean 51.389, v = 33.816, sd 5.8152; 1.959964 and 3.090232 of it to both sides, rounded outward.
    let panorama = read_panorama(&years(&TEN, &[&[31, 34, 37, 40, 43, 31, 34, 37, 40, 43]], &[0])).unwrap();
    let Funnel::Drawn { mean, bands, groups } = &panorama.funnels[0].found else { panic!() };
    assert_eq!((*mean, bands.as_slice()), (51, &[FunnelBand { from: 11, to: Some(15), inner: (39, 63), outer: (33, 70) }][..]));
    assert!(groups.iter().all(|group| group.place == FunnelPlace::Within));
    // In the other dimensions all are alike.
    assert!(
        panorama
            .groups
            .iter()
            .all(|group| matches!(group.cells[0], MapCell::Estimate { faint: true, .. }) && group.cells[1] == MapCell::LikeAll)
    );
    // Eleven groups of which one stands far below: 7 of 72 are 9.722 points, and their mean is near 47.2.
    let names = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K"];
    let far = years(&names, &[&[37, 37, 37, 37, 37, 37, 37, 37, 37, 72, 13]], &[0]);
    let panorama = read_panorama(&far).unwrap();
    let Funnel::Drawn { groups, .. } = &panorama.funnels[0].found else { panic!() };
    let places: Vec<_> = groups.iter().map(|group| group.place).collect();
    assert_eq!(places[..9], [FunnelPlace::Within; 9]);
    assert_eq!(places[9..], [FunnelPlace::CannotBeTold, FunnelPlace::FarBelow]);
    assert_eq!(panorama.groups[9].cells[0], MapCell::AtLeast(87));
    let few = read_panorama(&years(&TEN[..9], &[&[31, 34, 37, 40, 43, 31, 34, 37, 40]], &[0])).unwrap();
    assert!(few.funnels.iter().all(|funnel| funnel.found == Funnel::TooFewGroups));
    assert!(few.groups.iter().all(|group| matches!(group.cells[0], MapCell::Score(_))));
}

#[test]
fn a_group_comes_from_what_the_frozen_lists_say() {
    let instrument = plain();
    let round = |id: &str, groups: &[Group]| {
        let blocks = (0..).zip(groups).map(|(place, _)| block(&instrument, place, 12, &[])).collect();
        wave(id, &instrument, groups, blocks, None)
    };
    let before = ["East", "West", "North", "Stores", "Gone", "Lab"].map(|label| named(label, 12, &[]));
    let now = [
        named("East", 12, &[(0, MOST)]),
        named("West and North", 24, &[(1, SameShare::HalfToThreeQuarters), (2, SameShare::QuarterToHalf)]),
        Group::new("Stores", &["Warehouse"], 12, &[(3, MOST)]),
        named("Lab", 12, &[(5, MOST)]),
        named("Workshop", 12, &[(5, SameShare::UnderQuarter)]),
        named("Start", 12, &[]),
    ];
    let origins = read_origins(&[round("w1", &before), round("w2", &now)]).unwrap();
    let told: Vec<_> = origins.groups.iter().map(|group| (group.label.as_str(), group.events.as_slice())).collect();
    let wanted: [(&str, &[Event]); 6] = [
        ("East", &[]),
        ("Lab", &[Event::Split]),
        ("Start", &[Event::New]),
        ("West and North", &[Event::Merged, Event::Renamed]),
        ("Workshop", &[Event::Split, Event::Renamed]),
        ("Stores", &[Event::Moved]),
    ];
    assert_eq!(told, wanted);
    assert_eq!(origins.ended.iter().map(|group| group.label.as_str()).collect::<Vec<_>>(), ["Gone"]);
    assert_eq!(read_origins(&[round("w1", &before)]).unwrap().since, None);
}

fn course(waves: &[PastWave]) -> CourseFound {
    read_organisation(waves).unwrap().courses[0].found.clone()
}

fn all(sum: u64) -> [u64; 10] {
    [sum; 10]
}

#[test]
fn a_line_through_four_rounds_matches_the_calculation_by_hand() {
    let waves = years(&TEN, &[&all(31), &all(34), &all(37), &all(40)], &[0, 91, 182, 273]);
    // Every group rises by 9 of 72, 12.5 points. v = 400 * .6 / 12 + .4823 = 20.482; no variance is left between groups and rounds, so
    // SE^2 = 20.482 / (10 * .5556) = 3.6868, SE = 1.9201; 40 - 10 - 1 = 29 degrees of freedom, t = 2.04523.
    let difference = Difference { points: 13, low: 8, high: 17, at_least: false };
    let line = CourseFound::Line { since: "w0".parse().unwrap(), rounds: 4, difference, word: ChangeWord::Clear };
    assert_eq!(course(&waves), line);
    // A round without a result is a gap in time and nothing else.
    let mut gap = waves.clone();
    gap.insert(2, PastWave::Aborted("gap".parse().unwrap()));
    assert_eq!(course(&gap), line);
}

#[test]
fn a_line_is_drawn_over_dates_and_not_over_numbers_of_rounds() {
    let sums: [&[u64]; 4] = [&all(31), &all(31), &all(31), &all(37)];
    let CourseFound::Line { difference, .. } = course(&years(&TEN, &sums, &[0, 1, 2, 400])) else { panic!() };
    assert_eq!(difference.points, 8, "6 of 72 are 8.3 points, from the first three to the last");
    assert!(matches!(course(&years(&TEN, &sums, &[0, 91, 182, 273])), CourseFound::UpAndDown { .. }));
    // Dates that do not follow each other draw no line.
    assert_eq!(course(&years(&TEN, &sums, &[0, 91, 91, 273])), CourseFound::TooFewRounds);
}

#[test]
fn what_goes_up_and_down_has_no_line() {
    let waves = years(&TEN, &[&all(31), &all(49), &all(31), &all(49)], &[0, 91, 182, 273]);
    assert_eq!(course(&waves), CourseFound::UpAndDown { since: "w0".parse().unwrap(), rounds: 4 });
    assert_eq!(course(&waves[..2]), CourseFound::TooFewRounds);
}

#[test]
fn a_round_whose_score_is_a_band_is_a_gap_and_silences_no_course_for_ever() {
    let line = |sums: &[&[u64]]| course(&years(&TEN, sums, &[0, 91, 182, 273, 364][..sums.len()]));
    let CourseFound::Line { since, rounds, .. } = line(&[&all(31), &all(72), &all(34), &all(37), &all(40)]) else { panic!() };
    assert_eq!((since.as_str(), rounds), ("w0", 4));
    let CourseFound::Line { since, .. } = line(&[&all(72), &all(31), &all(31), &all(34)]) else { panic!() };
    assert_eq!(since.as_str(), "w1");
    // Three rounds, of which one is a gap; and a course that would not lead to now.
    assert_eq!(line(&[&all(31), &all(72), &all(31)]), CourseFound::CannotBeTold);
    assert_eq!(line(&[&all(31), &all(34), &all(37), &all(72)]), CourseFound::CannotBeTold);
    // With one or two rounds there is no course yet, whatever their score.
    assert_eq!(line(&[&all(72)]), CourseFound::TooFewRounds);
    assert_eq!(line(&[&all(31), &all(72)]), CourseFound::TooFewRounds);
}

#[test]
fn rounds_that_asked_other_statements_are_not_joined() {
    let mut waves = years(&TEN, &[&all(31), &all(34), &all(37)], &[0, 91, 182]);
    waves[0] = changed(&waves[0], |wave| {
        // As if the first round had asked three other statements.
        for (item, rule) in wave.instrument.items.iter_mut().zip(&mut wave.release.base.items).take(3) {
            let other = domain::ItemId::parse(&format!("{}x", item.id)).unwrap();
            (item.id, rule.item) = (other.clone(), other);
        }
    });
    assert_eq!(course(&waves), CourseFound::TooFewRounds);
}

/// The number by which a block takes part in the differences between groups: what its cells of the dimension stand for, in points of 100.
fn own_number(waves: &[PastWave], block: usize, dimension: &domain::DimensionId) -> f64 {
    let Some(PastWave::Published(latest)) = waves.iter().rfind(|wave| matches!(wave, PastWave::Published(_))) else { panic!() };
    let cells = cell_means(latest).unwrap().swap_remove(block);
    let of_dimension = latest.instrument.items.iter().zip(cells).filter(|(item, _)| item.dimension.as_ref() == Some(dimension));
    let points: Vec<f64> = of_dimension
        .filter_map(|(item, cell)| {
            let cell = cell?;
            let points = 100.0 * (cell.representative - 1.0) / f64::from(cell.points - 1);
            Some(if item.reversed { 100.0 - points } else { points })
        })
        .collect();
    points.iter().sum::<f64>() / points.len() as f64
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_map_and_the_funnel_say_nothing_that_the_groups_own_pages_do_not(seed: u64) {
        let waves = organisation(&mut Chance(seed));
        let panorama = read_panorama(&waves).unwrap();
        let reports = read_blocks(&waves).unwrap();
        let report = |block: BlockId| reports.iter().find(|report| report.block == block).unwrap();
        prop_assert_eq!(panorama.groups.len(), reports.iter().filter(|report| !report.groups.is_empty()).count());
        for group in &panorama.groups {
            let own = report(group.block);
            prop_assert_eq!((&group.participation, group.combined, &group.quadrant), (&own.participation, own.combined, &own.quadrant));
            for (dimension, cell) in panorama.dimensions.iter().zip(&group.cells) {
                let sight = &own.scores.iter().find(|score| score.dimension == *dimension).unwrap().sight;
                let as_shown = match (cell, sight) {
                    (MapCell::Estimate { interval, .. }, Sight::Between(_)) => interval.low <= interval.high,
                    (MapCell::Score(interval), Sight::Between(score)) => interval == score,
                    (MapCell::LikeAll, Sight::Between(_)) => true,
                    (MapCell::AtLeast(a), Sight::AtLeast(b)) | (MapCell::AtMost(a), Sight::AtMost(b)) => a == b,
                    (MapCell::Hidden(a), Sight::Hidden(b)) => a == b,
                    _ => false,
                };
                prop_assert!(as_shown, "{:?} beside {:?}", cell, sight);
            }
            prop_assert_eq!(&group.plane, &own.plane);
        }
        for funnel in &panorama.funnels {
            let Funnel::Drawn { mean, bands, groups } = &funnel.found else { continue };
            prop_assert!(bands.windows(2).all(|pair| pair[0].from < pair[1].from));
            for band in bands {
                prop_assert!(band.outer.0 <= band.inner.0 && band.inner.0 <= *mean && *mean <= band.inner.1 && band.inner.1 <= band.outer.1);
            }
            for group in groups {
                let (Sight::Between(score), Some(band)) = (&group.sight, bands.get(group.band)) else {
                    prop_assert_eq!(group.place, FunnelPlace::CannotBeTold);
                    continue;
                };
                prop_assert_eq!(band.from, report(group.block).participation.from);
                // What is told is what is drawn.
                let (low, high) = (f64::from(band.inner.0), f64::from(band.inner.1));
                let outside = score.mid < low - 1e-6 || score.mid > high + 1e-6;
                prop_assert_eq!(group.place != FunnelPlace::Within, outside);
            }
        }
    }


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
    fn an_estimate_lies_between_the_groups_own_score_and_the_mean_of_all(seed: u64) {
        let waves = organisation(&mut Chance(seed / 3 * 3));
        let reports = read_blocks(&waves).unwrap();
        for entry in &read_organisation(&waves).unwrap().differences {
            let Differences::Found { share, groups } = &entry.found else { continue };
            prop_assert!(share.is_none_or(|share| share.low <= share.hundredths && share.hundredths <= share.high && share.high <= 100));
            let mut means = Vec::new();
            for group in groups {
                let place = reports.iter().position(|report| report.block == group.block).unwrap();
                prop_assert!(f64::from(group.interval.low) <= group.interval.mid && group.interval.mid <= f64::from(group.interval.high));
                prop_assert_eq!(group.faint, group.weight < 50);
                // own = mean + d and estimate = mean + w d, and the mean is the same for all.
                let (own, w) = (own_number(&waves, place, &entry.dimension), f64::from(group.weight) / 100.0);
                if w < 0.9 {
                    means.push((group.interval.mid - w * own) / (1.0 - w));
                }
            }
            let (least, most) = means.iter().fold((f64::MAX, f64::MIN), |(a, b), &m| (a.min(m), b.max(m)));
            // A weight rounded down by less than .01 moves each by less than .01 / .1 of the distance to the mean, at most 100 points.
            prop_assert!(means.is_empty() || most - least < 20.0, "{} to {}", least, most);
        }
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
    fn a_zone_stays_named_when_people_differ_less(safety in 10u64..60, standards in 10u64..60) {
        let waves = alone(safety, standards, |instrument| Some(constants(instrument, 12, 122, 2)));
        let smaller = changed(&waves[0], |wave| wave.release.org.constants.as_mut().unwrap().dimensions.iter_mut().for_each(|d| d.sd_tenths = 6));
        if let zone @ Quadrant::In { .. } = quadrant(&waves) {
            prop_assert_eq!(zone, quadrant(&[smaller]));
        }
    }
}
