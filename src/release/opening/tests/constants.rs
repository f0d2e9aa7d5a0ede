//! The constants of the whole organisation: against a plain computation, and at their edges.

use domain::GroupId;
use protocol::Level;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

use super::super::constants::constants;
use super::{Row, instrument, points, row};
use crate::document::OrgConstants;

/// `people` rows over `groups` groups; groups differ, and dimensions go together.
fn rows(people: u32, groups: u32, seed: u64) -> Vec<Row> {
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
fn pooled_sd(values: &[(GroupId, f64)]) -> f64 {
    let mut groups: Vec<GroupId> = values.iter().map(|(group, _)| *group).collect();
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

fn safety(row: &Row) -> f64 {
    let turned = 8 - row.answer(1).unwrap();
    f64::from(row.answer(0).unwrap() + turned + row.answer(2).unwrap()) / 3.0
}

#[test]
fn spread_and_correlation_agree_with_a_plain_computation() {
    let rows = rows(240, 12, 1);
    let constants = constants(&rows, &instrument()).unwrap();
    let values: Vec<(GroupId, f64)> = rows.iter().map(|row| (row.group, safety(row))).collect();
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
    let first: Vec<(GroupId, f64)> = rows.iter().map(|row| (row.group, f64::from(row.answer(0).unwrap()))).collect();
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
fn groups_of_one_have_no_spread_within_and_give_no_constants() {
    assert!(constants(&rows(120, 120, 6), &instrument()).is_none());
}

#[test]
fn groups_are_those_of_the_credential_whatever_level_was_chosen() {
    let mut rows = rows(150, 10, 7);
    let before = constants(&rows, &instrument());
    for row in rows.iter_mut().step_by(3) {
        row.level = Level::Organisation;
    }
    assert_eq!(constants(&rows, &instrument()), before);
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
