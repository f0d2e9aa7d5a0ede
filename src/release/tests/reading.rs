//! What Releases say, by hand and by law.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "reading/changes.rs"]
mod changes;
mod synthetic;

use disclosure::{BlockId, Member};
use domain::instrument::Instrument;
use domain::{GroupId, SameShare, UnitPath};
use proptest::prelude::*;
use release::reading::*;
use synthetic::{Chance, Group, HandBlock, changed, constants, organisation, path, protecting_more, pulse, wave};

const MOST: SameShare = SameShare::ThreeQuartersOrMore;

/// The pulse with nothing reversed and a spread of 1.2 raw points, so that sums can be worked out in the head.
fn plain() -> Instrument {
    let mut instrument = pulse();
    instrument.items.iter_mut().for_each(|item| item.reversed = false);
    instrument.dimensions.iter_mut().for_each(|dimension| dimension.declared_sd = 1.2);
    instrument
}

/// A block in which every item has the same number of answers and the same sum, except those of the first dimension.
fn block(instrument: &Instrument, members: &[Member], n: u32, first: &[Option<u64>], others: u64) -> HandBlock {
    let dimension = Some(&instrument.dimensions[0].id);
    let mut first = first.iter();
    let sums = instrument.items.iter().map(|item| {
        let sum = if item.dimension.as_ref() == dimension { *first.next().unwrap() } else { Some(others) };
        sum.map(|sum| (n, sum))
    });
    HandBlock { members: members.to_vec(), n, sums: sums.collect() }
}

fn group(id: u32) -> Member {
    Member::Group(GroupId(id))
}

fn sales(label: &str, invited: u32, predecessors: &[(u32, SameShare)]) -> Group {
    Group::new(label, &["Sales"], invited, predecessors)
}

/// One group of one block in one wave.
fn alone(n: u32, invited: u32, first: &[Option<u64>]) -> Vec<PastWave> {
    let instrument = plain();
    vec![wave("w1", &instrument, &[sales("East", invited, &[])], vec![block(&instrument, &[group(0)], n, first, 15)], None)]
}

fn first_score(waves: &[PastWave]) -> Score {
    read_block(waves, BlockId(0)).unwrap().scores[0].clone()
}

#[test]
fn the_example_of_the_documentation_holds() {
    let score = first_score(&alone(5, 6, &[Some(13), Some(12), Some(16)]));
    let Sight::Between(interval) = score.sight else { panic!("{score:?}") };
    assert_eq!((interval.low, interval.high), (32, 61));
    assert!((interval.mid - 46.666_667).abs() < 1e-6);
    assert_eq!(score.ladder, [30.0, 40.0, 50.0, 60.0, 70.0]);
}

#[test]
fn a_dimension_mostly_in_an_end_band_is_one_sided_and_never_a_point() {
    // Two of three items in the top band (70 and more), the third in 50 to 56.67: (70 + 70 + 50) / 3 = 63.3
    assert_eq!(first_score(&alone(5, 6, &[Some(21), Some(30), Some(16)])).sight, Sight::AtLeast(63));
    // Two in the bottom band (26.67 and less): (26.67 + 26.67 + 56.67) / 3 = 36.67
    assert_eq!(first_score(&alone(5, 6, &[Some(0), Some(8), Some(16)])).sight, Sight::AtMost(37));
    assert!(matches!(first_score(&alone(5, 6, &[Some(21), Some(18), Some(16)])).sight, Sight::Between(_)), "one of three is not half");
}

#[test]
fn what_cannot_be_seen_is_hidden_with_its_reason() {
    assert_eq!(first_score(&alone(5, 6, &[Some(0), Some(15), Some(30)])).sight, Sight::Hidden(Hidden::BandsAtBothEnds));
    let few = first_score(&alone(5, 6, &[Some(15), None, None]));
    assert_eq!((few.sight, few.ladder), (Sight::Hidden(Hidden::TooFewItems), vec![]));
    assert!(matches!(first_score(&alone(5, 6, &[Some(15), Some(15), None])).sight, Sight::Between(_)), "two of three are more than half");
}

#[test]
fn so_few_answers_that_no_range_would_be_safe_are_a_reason_of_their_own() {
    let hidden = |n, first: &[Option<u64>]| {
        let score = first_score(&[protecting_more(&alone(n, 12, first)[0])]);
        assert!(score.ladder.is_empty() || matches!(score.sight, Sight::AtLeast(_) | Sight::AtMost(_) | Sight::Between(_)));
        score.sight
    };
    assert_eq!(hidden(6, &[Some(15); 3]), Sight::Hidden(Hidden::NoSafeRange));
    assert_eq!(hidden(7, &[Some(15), None, None]), Sight::Hidden(Hidden::TooFewItems), "seven answers would have been enough");
    assert!(!matches!(hidden(7, &[Some(15); 3]), Sight::Hidden(_)));
}

#[test]
fn a_reversed_item_is_turned_and_its_bands_change_ends() {
    let mut instrument = plain();
    let first = instrument.dimensions[0].id.clone();
    instrument.items.iter_mut().filter(|item| item.dimension.as_ref() == Some(&first)).for_each(|item| item.reversed = true);
    let of = |sum| {
        let blocks = vec![block(&instrument, &[group(0)], 5, &[Some(sum); 3], 15)];
        first_score(&[wave("w1", &instrument, &[sales("East", 6, &[])], blocks, None)]).sight
    };
    // Sums 0 to 8 of 30: turned 73.3 to 100. Sums 21 to 30: turned 0 to 30.
    assert_eq!(of(4), Sight::AtLeast(73));
    assert_eq!(of(25), Sight::AtMost(30));
}

#[test]
fn the_interval_is_wider_where_answers_counted_one_level_up_are_in_it() {
    let instrument = plain();
    let width = |members: &[Member]| {
        let blocks = vec![block(&instrument, members, 12, &[Some(36); 3], 36)];
        match first_score(&[wave("w1", &instrument, &[sales("East", 13, &[])], blocks, None)]).sight {
            Sight::Between(interval) => interval.high - interval.low,
            other => panic!("{other:?}"),
        }
    };
    assert!(width(&[group(0), Member::Upward(path(&["Sales"]))]) > width(&[group(0)]));
}

#[test]
fn twelve_respondents_have_no_ladder() {
    assert!(first_score(&alone(12, 14, &[Some(36); 3])).ladder.is_empty());
    assert!(!first_score(&alone(11, 14, &[Some(33); 3])).ladder.is_empty());
}

#[test]
fn participation_is_shown_in_bands_and_a_rate_only_from_ten_invited() {
    let of = |n: u32, invited| read_block(&alone(n, invited, &[Some(15); 3]), BlockId(0)).unwrap().participation;
    assert_eq!(of(5, 9), Participation { from: 5, to: Some(7), rate: None });
    assert_eq!(of(7, 10), Participation { from: 5, to: Some(7), rate: Some((70, 84)) });
    assert_eq!(of(8, 17), Participation { from: 8, to: Some(10), rate: Some((0, 49)) });
    assert_eq!(of(15, 30), Participation { from: 11, to: Some(15), rate: Some((50, 69)) });
    assert_eq!(of(17, 20), Participation { from: 16, to: Some(25), rate: Some((85, 100)) });
    assert_eq!(of(501, 900), Participation { from: 501, to: None, rate: Some((50, 69)) });
}

#[test]
fn a_unit_is_the_sum_of_whole_blocks_and_says_how_much_it_covers() {
    let instrument = plain();
    let line = |label: &str, invited| Group::new(label, &["Sales", "Line"], invited, &[]);
    let groups = [line("A", 20), line("B", 10), sales("C", 30, &[])];
    let at = |members: &[Member]| block(&instrument, members, 12, &[Some(36); 3], 36);
    let waves = [wave("w1", &instrument, &groups, vec![at(&[group(1), group(2)]), at(&[group(0)])], None)];
    let line = read_total(&waves, &path(&["Sales", "Line"])).unwrap();
    assert_eq!(line.covers, (50, 69), "20 of 30 invited people");
    assert_eq!(line.participation, Participation { from: 11, to: Some(15), rate: Some((50, 69)) });
    assert_eq!(read_total(&waves, &path(&["Sales"])).unwrap().covers, (100, 100));
    assert_eq!(read_total(&waves, &UnitPath::organisation()).unwrap().participation.from, 16);
    assert!(matches!(read_total(&waves, &path(&["Nowhere"])), Err(ReadingProblem::NothingWithin { .. })));
}

#[test]
fn a_total_of_one_block_reads_as_that_block() {
    for sums in [[21, 30, 16], [13, 12, 16], [0, 15, 30], [21, 18, 16]] {
        let waves = alone(5, 6, &sums.map(Some));
        assert_eq!(read_total(&waves, &path(&["Sales"])).unwrap().scores, read_block(&waves, BlockId(0)).unwrap().scores);
    }
}

#[test]
fn an_item_of_the_organisation_only_may_have_a_scale_that_no_grid_fits() {
    let mut instrument = plain();
    let mut yes_no = instrument.scales["agree7"].clone();
    yes_no.labels.values_mut().for_each(|labels| labels.truncate(2));
    yes_no.grid = 2;
    instrument.scales.insert("yes-no".to_owned(), yes_no);
    let last = instrument.items.last_mut().unwrap();
    (last.scale, last.publish) = ("yes-no".to_owned(), domain::instrument::Publish::Organisation);
    let blocks = vec![block(&instrument, &[group(0)], 12, &[Some(36); 3], 36)];
    let waves = [wave("w1", &instrument, &[sales("East", 20, &[])], blocks, None)];
    assert!(matches!(first_score(&waves).sight, Sight::Between(_)));
}

#[test]
fn what_cannot_be_read_says_so_and_never_panics() {
    let good = alone(5, 6, &[Some(15); 3]);
    let spreadless = changed(&good[0], |w| w.instrument.dimensions[0].declared_sd = -1.0);
    assert!(matches!(read_blocks(&[spreadless]), Err(ReadingProblem::Number { .. })));
    assert!(matches!(read_block(&good, BlockId(7)), Err(ReadingProblem::UnknownBlock { .. })));
    assert_eq!(read_blocks(&[]), Err(ReadingProblem::NothingPublished));
    assert_eq!(read_blocks(&[PastWave::Aborted("w1".parse().unwrap())]), Err(ReadingProblem::NothingPublished));
}

fn sights(report: &BlockReport) -> Vec<&Sight> {
    let in_trends = report.trends.iter().flat_map(|trend| &trend.points).filter_map(|point| match &point.point {
        TrendSight::Score { sight, .. } => Some(sight),
        TrendSight::Aborted | TrendSight::NotComparable => None,
    });
    report.scores.iter().map(|score| &score.sight).chain(in_trends).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_interval_holds_its_middle_and_lies_on_the_scale(seed: u64) {
        for report in read_blocks(&organisation(&mut Chance(seed))).unwrap() {
            for sight in sights(&report) {
                match *sight {
                    Sight::Between(Interval { low, high, mid }) => {
                        prop_assert!(high <= 100 && low < high && f64::from(low) <= mid && mid <= f64::from(high));
                    }
                    Sight::AtLeast(points) | Sight::AtMost(points) => prop_assert!(points <= 100),
                    Sight::Hidden(_) => {}
                }
            }
        }
    }

    #[test]
    fn one_block_read_alone_says_what_it_says_among_all(seed: u64) {
        let waves = organisation(&mut Chance(seed));
        for report in read_blocks(&waves).unwrap() {
            prop_assert_eq!(&read_block(&waves, report.block).unwrap(), &report);
        }
    }

    #[test]
    fn blocks_of_one_comparison_show_the_same_words(seed: u64) {
        let reports = read_blocks(&organisation(&mut Chance(seed))).unwrap();
        for a in &reports {
            let Comparison::Made(set) = &a.comparison else { continue };
            for b in reports.iter().filter(|b| b.labels.iter().any(|label| set.groups.contains(label))) {
                prop_assert_eq!(&b.comparison, &a.comparison);
            }
        }
    }

    #[test]
    fn numbers_and_words_depend_on_nothing_but_cells_plan_constants_and_the_group_list(seed: u64) {
        let waves = organisation(&mut Chance(seed));
        let dressed_up: Vec<PastWave> = waves.iter().map(|wave| changed(wave, |wave| {
            let counts = &mut wave.release.counts;
            if counts.spent < counts.invited {
                (counts.issued, counts.spent, counts.invalid) = (counts.invited, counts.spent + 1, counts.invalid + 1);
            }
            wave.manifest.organisation = "Another name".to_owned();
            wave.manifest.purpose = protocol::manifest::Texts::Plain("Another purpose".to_owned());
            wave.instrument.items.iter_mut().flat_map(|item| item.text.values_mut()).for_each(|text| text.push('!'));
        })).collect();
        prop_assert_eq!(read_blocks(&waves).unwrap(), read_blocks(&dressed_up).unwrap());
        let everything = UnitPath::organisation();
        prop_assert_eq!(read_total(&waves, &everything).unwrap(), read_total(&dressed_up, &everything).unwrap());
        prop_assert_eq!(read_organisation(&waves).unwrap(), read_organisation(&dressed_up).unwrap());
    }
}

/// The same group alone in several waves: per wave how many of the invited answered, and the sum of every item.
fn over_rounds(invited: u32, rounds: &[(u32, u64)]) -> Vec<PastWave> {
    let instrument = plain();
    let at = |(place, &(n, sum)): (usize, &(u32, u64))| {
        let before: &[(u32, SameShare)] = if place > 0 { &[(0, MOST)] } else { &[] };
        let block = block(&instrument, &[group(0)], n, &[Some(sum); 3], sum);
        wave(&format!("w{}", place + 1), &instrument, &[sales("East", invited, before)], vec![block], None)
    };
    rounds.iter().enumerate().map(at).collect()
}

fn recent(waves: &[PastWave]) -> Recent {
    read_block(waves, BlockId(0)).unwrap().trends[0].recent.clone()
}

#[test]
fn four_rounds_together_match_the_value_worked_out_by_hand() {
    // 8 of 10 in every round: sums 20, 23, 26 and 29 of 48 lie in the cells 18-20, 21-23, 24-26, 27-29 (g = 3), with the middles 39.583, 45.833, 52.083
    // and 58.333: mean 48.958. SE^2 = 11.25, V = (3 * 100 / 48)^2 / 36 = 1.085 (three items), sqrt = 3.5121, times 1.959964 = 6.8836.
    let waves = over_rounds(10, &[(8, 20), (8, 23), (8, 26), (8, 29)]);
    let Recent::Mean { rounds, interval } = recent(&waves) else { panic!("{:?}", recent(&waves)) };
    assert_eq!(rounds.iter().map(ToString::to_string).collect::<Vec<_>>(), ["w1", "w2", "w3", "w4"]);
    assert_eq!((interval.low, interval.high), (42, 56));
    assert!((interval.mid - 48.958_333).abs() < 1e-6, "{interval:?}");
    let Sight::Between(alone) = first_score(&waves).sight else { panic!() };
    assert!(alone.high - alone.low > 20, "a single round is wider: {alone:?}");
}

#[test]
fn rounds_are_read_together_only_of_these_people_alone_and_never_without_just_the_one_sided_one() {
    assert_eq!(recent(&over_rounds(10, &[(8, 24)])), Recent::TooFewRounds);
    let banded = over_rounds(10, &[(8, 24), (8, 48), (8, 24)]);
    assert!(matches!(recent(&banded), Recent::CannotBeTold { rounds } if rounds.len() == 3));
    let long = over_rounds(10, &[(8, 48), (8, 24), (8, 24), (8, 24), (8, 24)]);
    assert!(matches!(recent(&long), Recent::Mean { rounds, .. } if rounds.len() == 4), "a year, not for ever");
    let mut aborted = over_rounds(10, &[(8, 24), (8, 24)]);
    aborted.insert(1, PastWave::Aborted("w1b".parse().unwrap()));
    assert!(matches!(recent(&aborted), Recent::Mean { rounds, .. } if rounds.len() == 2));
}

#[test]
fn a_statement_is_shown_from_ten_answers_on_and_matches_the_value_worked_out_by_hand() {
    assert!(read_block(&over_rounds(12, &[(9, 20)]), BlockId(0)).unwrap().statements.is_empty());
    let report = read_block(&over_rounds(12, &[(12, 18)]), BlockId(0)).unwrap();
    // docs/reading.md, section 15: 26.389 +- 19.007. Twelve statements at once: z = 2.865, 26.389 + 27.78 is still below 58.
    let first = &report.statements[0];
    assert!(matches!(first.sight, Sight::Between(Interval { low: 7, high: 46, .. })), "{first:?}");
    assert_eq!((report.statements.len(), report.statements.iter().all(|statement| statement.low)), (12, true));
    // Around 36 of 72 the range of one statement reaches up to 70: nothing is called low.
    assert!(read_block(&over_rounds(12, &[(12, 36)]), BlockId(0)).unwrap().statements.iter().all(|statement| !statement.low));
}

#[test]
fn suggestions_never_rest_on_chance_and_put_clear_falls_first() {
    let of = |waves: &[PastWave]| read_block(waves, BlockId(0)).unwrap().suggestions.clone();
    let kinds = |waves: &[PastWave]| of(waves).iter().map(|s| serde_json::to_value(s).unwrap()).collect::<Vec<_>>();
    assert_eq!(of(&over_rounds(10, &[(8, 30), (8, 30)])), [Suggestion::Anything]);
    let low = kinds(&over_rounds(12, &[(12, 18)]));
    assert!(low.len() == 2 && low.iter().all(|s| s["low"]["statement"].is_string()), "{low:?}");
    let fell = kinds(&over_rounds(24, &[(24, 110), (24, 50)]));
    assert!(fell.len() == 2 && fell.iter().all(|s| s["fell"].is_object()), "{fell:?}");
    let rose = kinds(&over_rounds(24, &[(24, 60), (24, 115)]));
    assert!(rose.len() == 2 && rose.iter().all(|s| s["rose"].is_object()), "{rose:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn the_last_rounds_together_lie_among_the_rounds_and_are_no_wider_than_the_widest(seed: u64) {
        for report in read_blocks(&organisation(&mut Chance(seed))).unwrap() {
            for trend in &report.trends {
                let Recent::Mean { rounds, interval } = &trend.recent else { continue };
                let parts: Vec<Interval> = trend.points.iter().filter(|point| rounds.contains(&point.wave)).filter_map(|point| match &point.point {
                    TrendSight::Score { sight: Sight::Between(interval), together } if together.is_empty() => Some(*interval),
                    _ => None,
                }).collect();
                prop_assert_eq!(parts.len(), rounds.len());
                prop_assert!((2..=4).contains(&rounds.len()));
                let mean = parts.iter().map(|part| part.mid).sum::<f64>() / f64::from(u32::try_from(parts.len()).unwrap());
                prop_assert!((mean - interval.mid).abs() < 1e-9);
                let widest = parts.iter().map(|part| part.high - part.low).max().unwrap();
                prop_assert!(interval.high - interval.low <= widest + 2, "{:?} {:?}", interval, parts);
            }
        }
    }
}
