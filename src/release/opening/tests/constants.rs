//! The constants of the whole organisation: against a plain computation, and at their edges.

use disclosure::BlockId;
use domain::instrument::Instrument;
use protocol::Level;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

use super::super::constants::constants as of_table;
use super::super::table::table;
use super::{POLICY, Row, groups, instrument, points, row};
use crate::document::{Coefficient, ItemShares, NoCoefficient, Omega, OrgConstants, Signals};

/// The constants of rows whose groups all stand side by side: each with k answers is a block of its own.
fn constants(rows: &[Row], instrument: &Instrument) -> Option<OrgConstants> {
    let standing = rows.iter().map(|row| row.group.0 as usize + 1).max().unwrap_or(1);
    let groups = groups(&vec![&[][..]; standing], 1000);
    of_table(rows, &table(rows, &groups, instrument, POLICY).unwrap(), &groups, instrument)
}

/// `people` rows over `groups` groups; groups differ, and dimensions go together.
pub(super) fn rows(people: u32, groups: u32, seed: u64) -> Vec<Row> {
    let mut rng = StdRng::seed_from_u64(seed);
    let points = points(&instrument());
    let person = |id: u32| {
        let group = id % groups;
        let mood: f64 = rng.random_range(-1.5..1.5) + f64::from(group % 3);
        let answers: Vec<u8> = points
            .iter()
            .zip(0..)
            .map(|(points, item)| {
                let top = f64::from(*points);
                let value = (top / 2.0 + mood + rng.random_range(-1.0..1.0)).round().clamp(1.0, top);
                // The second item is reversed.
                (if item == 1 { top + 1.0 - value } else { value }) as u8
            })
            .collect();
        Row::new(group, Level::Group, &answers)
    };
    (0..people).map(person).collect()
}

/// Pooled within-group standard deviation, as a statistician would write it down.
pub(super) fn pooled_sd<G: Copy + Ord>(values: &[(G, f64)]) -> f64 {
    let mut groups: Vec<G> = values.iter().map(|(group, _)| *group).collect();
    groups.sort_unstable();
    groups.dedup();
    let squares: f64 = groups
        .iter()
        .map(|group| {
            let mine: Vec<f64> = values.iter().filter(|(g, _)| g == group).map(|(_, value)| *value).collect();
            let mean = mine.iter().sum::<f64>() / mine.len() as f64;
            mine.iter().map(|value| (value - mean).powi(2)).sum::<f64>()
        })
        .sum();
    (squares / (values.len() - groups.len()) as f64).sqrt()
}

pub(super) fn safety(row: &Row) -> f64 {
    let turned = 8 - row.answer(1).unwrap();
    f64::from(row.answer(0).unwrap() + turned + row.answer(2).unwrap()) / 3.0
}

#[test]
fn spread_and_correlation_agree_with_a_plain_computation() {
    let rows = rows(240, 12, 1);
    let constants = constants(&rows, &instrument()).unwrap();
    let values: Vec<_> = rows.iter().map(|row| (row.group, safety(row))).collect();
    let [saf, std] = constants.dimensions.as_slice() else { panic!("two dimensions") };
    assert_eq!((saf.dimension.as_str(), saf.respondents, saf.groups), ("SAF", 240, 12));
    assert_eq!(f64::from(saf.sd_tenths), (pooled_sd(&values) * 10.0).round());
    assert_eq!(std.dimension.as_str(), "STD");

    // r = (SD(x+y)^2 - SD(x)^2 - SD(y)^2) / (2 SD(x) SD(y)), all within groups.
    let standards = |row: &Row| f64::from(row.answer(3).unwrap() + row.answer(4).unwrap()) / 2.0;
    let of = |value: &dyn Fn(&Row) -> f64| pooled_sd(&rows.iter().map(|row| (row.group, value(row))).collect::<Vec<_>>());
    let (x, y, both) = (of(&safety), of(&standards), of(&|row: &Row| safety(row) + standards(row)));
    let correlation = (both.powi(2) - x.powi(2) - y.powi(2)) / (2.0 * x * y);
    let [pair] = constants.correlations.as_slice() else { panic!("one pair") };
    assert_eq!(f64::from(pair.hundredths), (correlation * 20.0).round() * 5.0);
    assert!(pair.hundredths > 30, "the test would show nothing without a correlation: {pair:?}");

    let names: Vec<&str> = constants.items.iter().map(|item| item.item.as_str()).collect();
    assert_eq!(names, ["SAF1", "SAF2r", "SAF3", "STD1", "STD2", "LED1"], "the items published per block");
    let first: Vec<_> = rows.iter().map(|row| (row.group, f64::from(row.answer(0).unwrap()))).collect();
    assert_eq!(f64::from(constants.items[0].sd_tenths), (pooled_sd(&first) * 10.0).round());
}

#[test]
fn ninety_nine_complete_answers_give_no_constants_and_a_hundred_do() {
    let mut rows = rows(100, 10, 2);
    assert!(constants(&rows, &instrument()).is_some());
    // An item without a dimension may be missing, one with a dimension may not.
    rows[0].answers_mut()[5] = 0;
    assert!(constants(&rows, &instrument()).is_some());
    rows[0].answers_mut()[3] = 0;
    assert!(constants(&rows, &instrument()).is_none());
    assert!(constants(&[], &instrument()).is_none());
}

#[test]
fn an_item_that_fewer_than_a_hundred_answered_has_no_constant() {
    let mut rows = rows(120, 10, 3);
    let has_led = |rows: &[Row]| constants(rows, &instrument()).unwrap().items.iter().any(|item| item.item.as_str() == "LED1");
    for row in &mut rows[..20] {
        row.answers_mut()[5] = 0;
    }
    assert!(has_led(&rows));
    rows[20].answers_mut()[5] = 0;
    assert!(!has_led(&rows));
}

#[test]
fn a_score_needs_half_of_the_items_and_both_of_two() {
    let mut rows = rows(130, 10, 4);
    let answered = |rows: &[Row]| {
        let constants = constants(rows, &instrument()).unwrap();
        (constants.dimensions[0].respondents, constants.dimensions[1].respondents)
    };
    rows[0].answers_mut()[0] = 0;
    assert_eq!(answered(&rows), (130, 130), "two of three are enough");
    rows[0].answers_mut()[1] = 0;
    assert_eq!(answered(&rows), (129, 130), "one of three is not");
    rows[1].answers_mut()[3] = 0;
    assert_eq!(answered(&rows), (129, 129), "one of two is not");
}

#[test]
fn spread_is_clamped_and_a_dimension_without_spread_has_no_correlation() {
    let mut alike = rows(120, 10, 5);
    for row in &mut alike {
        row.answers_mut().copy_from_slice(&[4, 4, 4, 3, 3, 4, 1]);
    }
    let all_alike = constants(&alike, &instrument()).unwrap();
    assert_eq!(all_alike.dimensions[0].sd_tenths, 5);
    assert_eq!(all_alike.correlations[0].hundredths, 0);

    let mut opposed = alike;
    for (place, row) in opposed.iter_mut().enumerate() {
        let (high, low) = if place / 10 % 2 == 0 { (7, 1) } else { (1, 7) };
        row.answers_mut().copy_from_slice(&[high, low, high, 1 + high / 2, 1 + high / 2, 4, 1]);
    }
    let opposed = constants(&opposed, &instrument()).unwrap();
    assert_eq!(opposed.dimensions[0].sd_tenths, 20);
    assert_eq!(opposed.correlations[0].hundredths, 90);
}

#[test]
fn classes_are_the_blocks_in_which_answers_count_whatever_group_they_come_from() {
    let instrument = instrument();
    let mut rows = rows(150, 10, 7);
    for (place, row) in rows.iter_mut().enumerate() {
        row.level = if place % 3 == 0 { Level::Organisation } else { Level::Group };
    }
    // Two people more, alone in their groups.
    rows.extend([10, 11].map(|group| Row::new(group, Level::Group, &[1, 7, 1, 1, 1, 1, 1])));
    let groups = groups(&[&[][..]; 12], 99);
    let table = table(&rows, &groups, &instrument, POLICY).unwrap();
    let constants = of_table(&rows, &table, &groups, &instrument).unwrap();
    let values: Vec<(BlockId, f64)> = rows.iter().zip(&table.homes).map(|(row, home)| (home.unwrap(), safety(row))).collect();
    let saf = &constants.dimensions[0];
    assert_eq!((saf.respondents, saf.groups), (152, 11), "ten groups with the two small ones in them, and those who count one level up");
    assert_eq!(f64::from(saf.sd_tenths), (pooled_sd(&values) * 10.0).round());
}

#[test]
fn how_far_groups_differ_is_said_from_twenty_of_them_on_that_have_k_scores() {
    let icc = |rows: &[Row]| {
        let quality = constants(rows, &instrument()).unwrap().dimensions[0].quality.unwrap();
        (quality.icc1, quality.icc2)
    };
    let too_few = Coefficient::Undefined(NoCoefficient::TooFewGroups);
    assert_eq!(icc(&rows(190, 19, 15)), (too_few, too_few));
    let mut twenty = rows(200, 20, 15);
    assert!(matches!(icc(&twenty), (Coefficient::Hundredths(_), Coefficient::Hundredths(_))));
    let mut of_one_group = twenty.iter_mut().filter(|row| row.group.0 == 3);
    for row in of_one_group.by_ref().take(5) {
        row.answers_mut()[..3].fill(0);
    }
    assert!(matches!(icc(&twenty).0, Coefficient::Hundredths(_)), "five scores are left");
    twenty.iter_mut().rfind(|row| row.group.0 == 3).unwrap().answers_mut()[..3].fill(0);
    assert_eq!(icc(&twenty), (too_few, too_few), "four are left");
}

#[test]
fn numbers_about_my_leader_need_three_leaders_in_the_organisation() {
    let speaks_of_leaders = |standing: u32| {
        let constants = constants(&rows(120, standing, 16), &instrument()).unwrap();
        let about = |item: &str| item == "LED1";
        (constants.items.iter().any(|item| about(item.item.as_str())), constants.shares.iter().any(|item| about(item.item.as_str())))
    };
    assert_eq!(speaks_of_leaders(3), (true, true));
    assert_eq!(speaks_of_leaders(2), (false, false));
    assert_eq!(speaks_of_leaders(1), (false, false));
}

#[test]
fn the_order_of_ballots_and_the_mean_level_of_groups_do_not_matter() {
    let mut rng = StdRng::seed_from_u64(8);
    let instrument = instrument();
    let mut rows: Vec<Row> = (0..400).map(|id| row(id % 20, &instrument, &mut rng)).collect();
    let before: Option<OrgConstants> = constants(&rows, &instrument);
    assert!(before.is_some());
    rows.shuffle(&mut rng);
    assert_eq!(constants(&rows, &instrument), before);
}

/// The answers of people who all answered everything, as a statistician's table: one row per person.
fn answers_to(rows: &[Row], items: &[usize]) -> Vec<Vec<f64>> {
    let turned = |row: &Row, item: usize| f64::from(if item == 1 { 8 - row.answer(item).unwrap() } else { row.answer(item).unwrap() });
    rows.iter().map(|row| items.iter().map(|item| turned(row, *item)).collect()).collect()
}

fn covariance(table: &[Vec<f64>], a: usize, b: usize) -> f64 {
    let mean = |item: usize| table.iter().map(|row| row[item]).sum::<f64>() / table.len() as f64;
    let (mean_a, mean_b) = (mean(a), mean(b));
    table.iter().map(|row| (row[a] - mean_a) * (row[b] - mean_b)).sum::<f64>() / (table.len() - 1) as f64
}

#[test]
fn reliability_and_differences_between_groups_agree_with_a_plain_computation() {
    let rows = rows(480, 24, 9);
    let constants = constants(&rows, &instrument()).unwrap();
    let quality = constants.dimensions[0].quality.unwrap();
    let rounded = |value: f64| Coefficient::Hundredths((value * 100.0).round() as i32);

    let table = answers_to(&rows, &[0, 1, 2]);
    let all: f64 = (0..9).map(|place| covariance(&table, place / 3, place % 3)).sum();
    let own: f64 = (0..3).map(|item| covariance(&table, item, item)).sum();
    assert_eq!(quality.alpha, rounded(1.5 * (1.0 - own / all)));
    // Three items have one solution: the loading of the first is sqrt(c12 * c13 / c23).
    let loading = |a, b, c| (covariance(&table, a, b) * covariance(&table, a, c) / covariance(&table, b, c)).sqrt();
    let common = (loading(0, 1, 2) + loading(1, 0, 2) + loading(2, 0, 1)).powi(2);
    let errors: f64 = own - loading(0, 1, 2).powi(2) - loading(1, 0, 2).powi(2) - loading(2, 0, 1).powi(2);
    assert_eq!(quality.omega, Omega::LeastSquares((100.0 * common / (common + errors)).round() as i32));

    let values: Vec<_> = rows.iter().map(|row| (row.group, safety(row))).collect();
    let within = pooled_sd(&values).powi(2);
    let mean = |of: &dyn Fn(&domain::GroupId) -> bool| {
        let mine: Vec<f64> = values.iter().filter(|(group, _)| of(group)).map(|(_, value)| *value).collect();
        mine.iter().sum::<f64>() / mine.len() as f64
    };
    let grand = mean(&|_| true);
    // Twenty-four groups of twenty.
    let between = (0..24).map(|group| 20.0 * (mean(&|g| g.0 == group) - grand).powi(2)).sum::<f64>() / 23.0;
    assert_eq!(quality.icc1, rounded((between - within) / (between + 19.0 * within)));
    assert_eq!(quality.icc2, rounded((between - within) / between));

    let two_items = constants.dimensions[1].quality.unwrap();
    assert!(matches!(two_items.alpha, Coefficient::Hundredths(_)));
    assert_eq!(two_items.omega, Omega::Undefined(NoCoefficient::TooFewItems));
}

#[test]
fn what_cannot_be_computed_says_why() {
    let mut alike = rows(120, 1, 10);
    for row in &mut alike {
        row.answers_mut().copy_from_slice(&[4, 4, 4, 3, 3, 4, 1]);
    }
    let quality = constants(&alike, &instrument()).unwrap().dimensions[0].quality.unwrap();
    assert_eq!(quality.alpha, Coefficient::Undefined(NoCoefficient::NoSpread));
    assert_eq!(quality.omega, Omega::Undefined(NoCoefficient::NoSpread));
    assert_eq!(quality.icc1, Coefficient::Undefined(NoCoefficient::TooFewGroups));

    let mut groups_alike = rows(200, 20, 11);
    for (place, row) in groups_alike.iter_mut().enumerate() {
        let point = 3 + (place / 20 % 2) as u8;
        row.answers_mut().copy_from_slice(&[point, 8 - point, point, point, point, 4, 1]);
    }
    let quality = constants(&groups_alike, &instrument()).unwrap().dimensions[0].quality.unwrap();
    assert_eq!(quality.icc2, Coefficient::Undefined(NoCoefficient::NoDifferenceBetweenGroups));
    assert!(matches!(quality.icc1, Coefficient::Hundredths(below) if below < 0), "{quality:?}");

    // The second statement says the contrary of what its direction promises.
    let mut turned = rows(120, 10, 17);
    for (place, row) in turned.iter_mut().enumerate() {
        let point = [2, 3, 5, 6][place % 4];
        row.answers_mut()[..3].copy_from_slice(&[point, point, 4 + u8::from(place % 4 > 1)]);
    }
    let alpha = |rows: &[Row]| constants(rows, &instrument()).unwrap().dimensions[0].quality.unwrap().alpha;
    assert_eq!(alpha(&turned), Coefficient::Undefined(NoCoefficient::OutOfRange));
    // And the third goes with what is left of the second one: more error than there is, and more in common than everything.
    for (place, row) in turned.iter_mut().enumerate() {
        let (point, up) = ([2, 3, 5, 6][place % 4], place / 4 % 2 == 0);
        let third = if place % 4 > 1 { 5 } else { 3 };
        row.answers_mut()[..3].copy_from_slice(&if up { [point, point + 1, third - 1] } else { [point, point - 1, third + 1] });
    }
    let omega = constants(&turned, &instrument()).unwrap().dimensions[0].quality.unwrap().omega;
    assert_eq!(omega, Omega::Undefined(NoCoefficient::OutOfRange));
}

#[test]
fn shares_are_of_those_who_answered_turned_and_in_steps_of_five() {
    let mut rows = rows(200, 10, 12);
    for (place, row) in rows.iter_mut().enumerate() {
        // SAF1: 61 favourable, 59 in the middle, 80 unfavourable; SAF2r gets the same raw answers; ORG1 is left blank by 97.
        let point = if place < 61 {
            5
        } else if place < 120 {
            4
        } else {
            3
        };
        let answers = row.answers_mut();
        (answers[0], answers[1]) = (point, point);
        answers[6] = if place < 97 { 0 } else { 1 + u8::from(place < 110) };
    }
    let of =
        |rows: &[Row], item: &str| constants(rows, &instrument()).unwrap().shares.into_iter().find(|shares| shares.item.as_str() == item);
    let shares = |item: &str, unfavourable, neutral, favourable, unanswered| ItemShares {
        item: item.parse().unwrap(),
        unfavourable,
        neutral,
        favourable,
        unanswered,
    };
    assert_eq!(of(&rows, "SAF1"), Some(shares("SAF1", 40, 30, 30, 0)), "40, 29.5 and 30.5 percent");
    assert_eq!(of(&rows, "SAF2r"), Some(shares("SAF2r", 30, 30, 40, 0)));
    assert_eq!(of(&rows, "ORG1"), Some(shares("ORG1", 85, 0, 15, 50)), "of 103 answers on two points, which have no middle");
    for row in &mut rows[97..101] {
        row.answers_mut()[6] = 0;
    }
    assert_eq!(of(&rows, "ORG1"), None, "99 answers");
}

#[test]
fn same_answers_in_a_row_count_only_where_turned_statements_are_among_them() {
    let mut instrument = instrument();
    assert_eq!(constants(&rows(120, 10, 13), &instrument).unwrap().signals, None, "five statements are too few to tell");
    for _ in 0..4 {
        let mut more = instrument.items[0].clone();
        more.id = format!("SAF{}", instrument.items.len() + 4).parse().unwrap();
        instrument.items.push(more);
    }
    // Nine statements: three at the start (the second one turned), two, and four at the end.
    let answers = |statements: [u8; 9]| {
        let [a, b, c, d, e, f, g, h, i] = statements;
        Row::new(0, Level::Group, &[a, b, c, d, e, 1, 0, f, g, h, i])
    };
    let of = |special: [u8; 9], count: usize| {
        let everyone = (0..200).map(|place| answers(if place < count { special } else { [2, 5, 3, 1, 2, 5, 6, 4, 7] }));
        constants(&everyone.collect::<Vec<_>>(), &instrument).unwrap().signals.unwrap()
    };
    assert_eq!(of([4; 9], 20), Signals { same_in_a_row: 10, same_throughout: 10 });
    assert_eq!(of([4; 9], 4), Signals { same_in_a_row: 0, same_throughout: 0 }, "2 percent");
    assert_eq!(of([5, 4, 4, 4, 4, 4, 4, 4, 4], 20), Signals { same_in_a_row: 10, same_throughout: 0 });
    assert_eq!(of([4, 5, 4, 4, 4, 4, 4, 4, 4], 20), Signals { same_in_a_row: 0, same_throughout: 0 }, "seven in a row");
    instrument.items[1].reversed = false;
    let all_unturned: Vec<Row> = (0..200).map(|_| answers([4; 9])).collect();
    assert_eq!(constants(&all_unturned, &instrument).map(|constants| constants.signals), Some(None), "nothing is turned");
}

/// How many of all constants change, in hundredths of those that are there, when one person's answers are exchanged for others.
fn moved(people: u32) -> f64 {
    let (mut all, mut different) = (0, 0);
    for seed in 0..10 {
        let rows = rows(people, people / 10, 100 + seed);
        let numbers = |rows: &[Row]| numbers(&serde_json::to_value(constants(rows, &instrument()).unwrap()).unwrap());
        let before = numbers(&rows);
        for person in (0..people as usize).step_by(people as usize / 10) {
            let mut other = rows.clone();
            let points = points(&instrument());
            for (answer, points) in other[person].answers_mut().iter_mut().zip(points) {
                // As far away as the scale allows.
                *answer = if *answer * 2 > points { 1 } else { points };
            }
            let after = numbers(&other);
            all += before.len();
            different += before.iter().zip(&after).filter(|(before, after)| before != after).count();
        }
    }
    100.0 * f64::from(different as u32) / f64::from(all as u32)
}

/// Every published number, one after the other; N and J are left out, because they do not change.
fn numbers(value: &serde_json::Value) -> Vec<i64> {
    match value {
        serde_json::Value::Number(number) => vec![number.as_i64().unwrap()],
        serde_json::Value::Array(values) => values.iter().flat_map(numbers).collect(),
        serde_json::Value::Object(fields) => fields
            .iter()
            .filter(|(name, _)| !["respondents", "groups"].contains(&name.as_str()))
            .flat_map(|(_, value)| numbers(value))
            .collect(),
        _ => Vec::new(),
    }
}

#[test]
fn the_more_people_there_are_the_fewer_numbers_one_person_can_move() {
    let (few, many) = (moved(100), moved(1000));
    // The figures of docs/disclosure.md, section 5, for somebody who turns around everything they said.
    assert!((10.0..25.0).contains(&few), "{few} of 100 numbers move with 100 people");
    assert!(many < few / 3.0, "{many} of 100 numbers move with 1,000 people");
}
