//! What two rounds and more say together: changes, comparisons over regroupings, trends.

use super::*;

/// The same group in two waves, with the same number of answers.
fn twice(n: u32, before: &[Option<u64>; 3], now: &[Option<u64>; 3]) -> Vec<PastWave> {
    let instrument = plain();
    let at = |id: &str, predecessors: &[(u32, SameShare)], first: &[Option<u64>; 3]| {
        // A hundred people and more elsewhere, so that there are constants: 120 degrees of freedom.
        let groups = [sales("East", 24, predecessors), Group::new("Stores", &["Warehouse"], 130, &[])];
        let blocks =
            vec![block(&instrument, &[group(0)], n, first, u64::from(n) * 3), block(&instrument, &[group(1)], 118, &[Some(354); 3], 354)];
        wave(id, &instrument, &groups, blocks, Some(constants(&instrument, 12, 122, 2)))
    };
    vec![at("w1", &[], before), at("w2", &[(0, MOST)], now)]
}

fn made(comparison: &Comparison) -> &ComparisonSet {
    match comparison {
        Comparison::Made(set) => set,
        other => panic!("expected a comparison, found {other:?}"),
    }
}

fn first_change(waves: &[PastWave]) -> Change {
    made(&read_block(waves, BlockId(0)).unwrap().comparison).changes[0].clone()
}

#[test]
fn a_change_matches_the_calculation_by_hand() {
    // n = 12 of 24, sums of 72: cells 30-32 and 45-47, middles 43.056 and 63.889: d = 20.833.
    // s = 20, so each wave has 400 * (1 - .4 * .5) / 12 = 26.667; a cell's width is 3/72 = 4.1667, V = 4.1667^2/12/3 = .4823 each.
    // SE = sqrt(2 * 27.149) = 7.3687; t(120) = 2.8273, p = .0055; the other two dimensions stand still, so Holm's factor is 3: .0165.
    let change = first_change(&twice(12, &[Some(31); 3], &[Some(46); 3]));
    assert_eq!(change.word, ChangeWord::Clear);
    // t_.975 with 120 degrees of freedom is 1.97993: 20.833 -+ 14.590; (1.97993 + .84162) * 7.3687 = 20.791
    assert_eq!(change.difference, Some(Difference { points: 21, low: 6, high: 36, at_least: false }));
    assert_eq!(change.detectable, Some(21));
}

#[test]
fn a_small_change_is_possible_or_none_but_never_clear() {
    let word = |before, now| first_change(&twice(12, &[Some(before); 3], &[Some(now); 3])).word;
    assert_eq!(word(31, 43), ChangeWord::Possible);
    assert_eq!(word(31, 37), ChangeWord::None);
    assert_eq!(word(31, 31), ChangeWord::None);
}

#[test]
fn a_significant_change_below_six_points_is_only_possible() {
    let instrument = plain();
    let group_of = |predecessors: &[(u32, SameShare)]| [sales("East", 2000, predecessors)];
    let one = |id, predecessors, sum| {
        let blocks = vec![block(&instrument, &[group(0)], 2000, &[Some(sum); 3], 6000)];
        wave(id, &instrument, &group_of(predecessors), blocks, Some(constants(&instrument, 12, 2000, 1)))
    };
    // 5.5 and 6.5 points of 100 are 660 and 780 of 12,000.
    assert_eq!(first_change(&[one("w1", &[], 6000), one("w2", &[(0, MOST)], 6660)]).word, ChangeWord::Possible);
    assert_eq!(first_change(&[one("w1", &[], 6000), one("w2", &[(0, MOST)], 6780)]).word, ChangeWord::Clear);
}

#[test]
fn from_band_to_band_nothing_can_be_seen() {
    let change = first_change(&twice(12, &[Some(72); 3], &[Some(70); 3]));
    assert_eq!((change.word, change.difference, change.detectable), (ChangeWord::CannotBeSeen, None, None));
}

#[test]
fn a_band_on_one_side_tests_the_smallest_difference_that_its_edge_allows() {
    // 12 answers: the top band begins at 63 of 72, 87.5 points. From the middle 43.056 the smallest rise is 44.4.
    let rise = first_change(&twice(12, &[Some(31); 3], &[Some(72); 3]));
    assert_eq!(rise.word, ChangeWord::Clear);
    let difference = rise.difference.unwrap();
    assert_eq!((difference.points, difference.high, difference.at_least), (44, 100, true));
    let fall = first_change(&twice(12, &[Some(72); 3], &[Some(31); 3])).difference.unwrap();
    assert_eq!((fall.points, fall.low, fall.at_least), (-44, -100, true));
    // From 81.9 the smallest rise is 5.6: neither clear nor possible, and a larger one may hide in the band.
    assert_eq!(first_change(&twice(12, &[Some(59); 3], &[Some(72); 3])).word, ChangeWord::CannotBeSeen);
    // From end to end.
    let whole = first_change(&twice(12, &[Some(0); 3], &[Some(72); 3]));
    assert_eq!((whole.word, whole.difference.unwrap().at_least), (ChangeWord::Clear, true));
}

/// Two waves of the Sales unit: `before` and `now` list (label, predecessors) of groups, and the blocks as lists of members.
fn waves_of(before: (&[Group], &[&[Member]]), now: (&[Group], &[&[Member]])) -> Vec<PastWave> {
    let instrument = plain();
    let blocks = |members: &[&[Member]]| members.iter().map(|m| block(&instrument, m, 12, &[Some(36); 3], 36)).collect::<Vec<_>>();
    vec![wave("w1", &instrument, before.0, blocks(before.1), None), wave("w2", &instrument, now.0, blocks(now.1), None)]
}

#[test]
fn a_combined_block_is_compared_together_with_what_was_apart_and_both_pages_say_the_same() {
    let waves = waves_of(
        (&[sales("East", 20, &[]), sales("West", 20, &[])], &[&[group(0), group(1)]]),
        (&[sales("East", 20, &[(0, MOST)]), sales("West", 20, &[(1, SameShare::QuarterToHalf)])], &[&[group(0)], &[group(1)]]),
    );
    let reports = read_blocks(&waves).unwrap();
    let set = made(&reports[0].comparison);
    assert_eq!(set.groups, ["East", "West"]);
    assert_eq!(set.same, SameShare::QuarterToHalf);
    assert_eq!(reports[0].comparison, reports[1].comparison);
    assert_eq!(reports[0].labels, ["East"]);
    assert!(!reports[0].combined);
}

#[test]
fn a_new_group_enters_as_at_a_first_launch() {
    let waves = waves_of(
        (&[sales("East", 20, &[])], &[&[group(0)]]),
        (&[sales("East", 20, &[(0, MOST)]), sales("West", 20, &[])], &[&[group(0)], &[group(1)]]),
    );
    let reports = read_blocks(&waves).unwrap();
    assert!(matches!(reports[0].comparison, Comparison::Made(_)));
    assert_eq!(reports[1].comparison, Comparison::NotPossible(NoComparison::NewGroup));
    assert_eq!(reports[1].trends[0].points[0].point, TrendSight::NotComparable);
    // The unit has a new group in it; the organisation is compared all the same.
    assert_eq!(read_total(&waves, &path(&["Sales"])).unwrap().comparison, Comparison::NotPossible(NoComparison::NewGroup));
    let set = read_total(&waves, &UnitPath::organisation()).unwrap().comparison.clone();
    assert_eq!(made(&set).same, SameShare::QuarterToHalf, "three quarters of the one half, nothing of the other");
}

#[test]
fn more_than_three_groups_or_two_units_are_too_many_together() {
    let names = ["A", "B", "C", "D"];
    let before: Vec<_> = names.iter().map(|name| sales(name, 20, &[])).collect();
    let now: Vec<_> = (0..4).zip(names).map(|(id, name)| sales(name, 20, &[(id, MOST)])).collect();
    let all: Vec<_> = (0..4).map(group).collect();
    let apart: Vec<_> = all.iter().map(std::slice::from_ref).collect();
    let too_many = Comparison::NotPossible(NoComparison::TooManyTogether);
    assert_eq!(read_block(&waves_of((&before, &[&all]), (&now, &apart)), BlockId(2)).unwrap().comparison, too_many);
    let three = waves_of((&before[..3], &[&all[..3]]), (&now[..3], &apart[..3]));
    assert!(matches!(read_block(&three, BlockId(2)).unwrap().comparison, Comparison::Made(_)));

    let mut elsewhere = now[..2].to_vec();
    elsewhere[1].unit = vec!["Operations"];
    let moved = waves_of((&before[..2], &[&all[..2]]), (&elsewhere, &apart[..2]));
    assert_eq!(read_block(&moved, BlockId(0)).unwrap().comparison, too_many);
}

#[test]
fn answers_counted_one_level_up_join_nothing() {
    let upward = Member::Upward(path(&["Sales"]));
    let waves = waves_of(
        (&[sales("East", 20, &[]), sales("West", 20, &[])], &[&[group(0), upward.clone()], &[group(1)]]),
        (&[sales("East", 20, &[(0, MOST)]), sales("West", 20, &[(1, MOST)])], &[&[group(0)], &[group(1)], &[upward]]),
    );
    let reports = read_blocks(&waves).unwrap();
    assert_eq!(made(&reports[0].comparison).groups, ["East"]);
    assert_eq!(reports[2].comparison, Comparison::NotPossible(NoComparison::UpwardOnly));
    assert!(reports[2].with_upward && reports[2].labels.is_empty());
}

#[test]
fn an_aborted_wave_is_a_gap_and_the_comparison_reaches_over_it() {
    let mut waves = twice(12, &[Some(31); 3], &[Some(46); 3]);
    waves.insert(1, PastWave::Aborted("gap".parse().unwrap()));
    let report = read_block(&waves, BlockId(0)).unwrap();
    assert_eq!(made(&report.comparison).since.as_str(), "w1");
    let points: Vec<_> = report.trends[0].points.iter().map(|point| (point.wave.as_str(), &point.point)).collect();
    assert!(matches!(
        points.as_slice(),
        [("w1", TrendSight::Score { .. }), ("gap", TrendSight::Aborted), ("w2", TrendSight::Score { .. })]
    ));
}

#[test]
fn a_trend_names_those_who_were_counted_together_and_ends_where_people_were_apart() {
    let waves = waves_of(
        (&[sales("East", 20, &[]), sales("West", 20, &[])], &[&[group(0), group(1)]]),
        (&[sales("East", 20, &[(0, MOST)])], &[&[group(0)]]),
    );
    let TrendSight::Score { together, .. } = &read_block(&waves, BlockId(0)).unwrap().trends[0].points[0].point else { panic!() };
    assert_eq!(together, &["West"]);

    let merged = waves_of(
        (&[sales("East", 20, &[]), sales("West", 20, &[])], &[&[group(0)], &[group(1)]]),
        (&[sales("Both", 40, &[(0, MOST), (1, MOST)])], &[&[group(0)]]),
    );
    let report = read_block(&merged, BlockId(0)).unwrap();
    assert_eq!(report.trends[0].points[0].point, TrendSight::NotComparable);
    assert!(matches!(report.comparison, Comparison::Made(_)), "a merger of two blocks can still be compared as one set");
}

#[test]
fn items_about_the_leader_start_anew_with_a_new_leader() {
    let instrument = synthetic::quarterly();
    let of = |id: &str, leader: &str, predecessors: &[(u32, SameShare)]| {
        let mut east = sales("East", 24, predecessors);
        east.leaders = vec![leader.to_owned()];
        let sums = instrument.items.iter().map(|_| Some((12, 36))).collect();
        let blocks = vec![HandBlock { members: vec![group(0)], n: 12, sums }];
        wave(id, &instrument, &[east], blocks, None)
    };
    let compared = |leader: &str| {
        let report = read_block(&[of("w1", "Ada", &[]), of("w2", leader, &[(0, MOST)])], BlockId(0)).unwrap();
        let dimensions: Vec<_> = made(&report.comparison).changes.iter().map(|change| change.dimension.to_string()).collect();
        (dimensions, matches!(report.trends[3].points[0].point, TrendSight::NotComparable))
    };
    assert_eq!(compared("Ada"), (["SAF", "STD", "LRN", "LED"].map(str::to_owned).to_vec(), false));
    assert_eq!(compared("Grace"), (["SAF", "STD", "LRN"].map(str::to_owned).to_vec(), true));
}
