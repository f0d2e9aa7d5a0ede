//! An attack on the constants of the organisation: in an organisation of two groups, one of them far too small to be shown alone, the
//! differences between groups say how far the small one lies from the large one.

use std::collections::BTreeMap;

use domain::GroupId;
use protocol::Level;
use statistics::OneWay;

use super::super::constants::constants;
use super::super::table::table;
use super::constants::{pooled_sd, rows, safety};
use super::{POLICY, Row, groups, instrument};
use crate::document::{Coefficient, OrgConstants};

/// How many people the large group has.
const LARGE: u32 = 110;

/// An organisation whose second group has so few people, all of them unhappy; in a third one nobody answers.
fn organisation(small: u32) -> Vec<Row> {
    let mut all = rows(LARGE, 1, 40);
    all.extend((0..small).map(|person| Row::new(1, Level::Group, &[1, 7 - (person % 2) as u8, 2, 1, 2, 1, 1])));
    all
}

/// What the product publishes.
fn product(rows: &[Row]) -> OrgConstants {
    let groups = groups(&[&[], &[], &[]], LARGE);
    let table = table(rows, &groups, &instrument(), POLICY).unwrap();
    assert_eq!(table.base.blocks.len(), 1);
    constants(rows, &table, &groups, &instrument()).unwrap()
}

/// What is published of one dimension.
#[derive(Debug, PartialEq)]
struct Numbers {
    sd_tenths: i32,
    icc1_hundredths: Option<i32>,
    respondents: u32,
    classes: u32,
}

fn published(rows: &[Row]) -> Numbers {
    let constants = product(rows);
    let safety = &constants.dimensions[0];
    let icc1_hundredths = match safety.quality.unwrap().icc1 {
        Coefficient::Hundredths(icc1) => Some(icc1),
        Coefficient::Undefined(_) => None,
    };
    Numbers { sd_tenths: safety.sd_tenths as i32, icc1_hundredths, respondents: safety.respondents, classes: safety.groups }
}

/// The same numbers of a version whose classes are the standing groups.
fn planted(rows: &[Row]) -> Numbers {
    let values: Vec<(GroupId, f64)> = rows.iter().map(|row| (row.group, safety(row))).collect();
    let mut by_group: BTreeMap<GroupId, Vec<f64>> = BTreeMap::new();
    for (group, value) in &values {
        by_group.entry(*group).or_default().push(*value);
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let grand = mean(&values.iter().map(|(_, value)| *value).collect::<Vec<_>>());
    let between = by_group.values().map(|values| values.len() as f64 * (mean(values) - grand).powi(2)).sum();
    let sizes: Vec<u32> = by_group.values().map(|values| values.len() as u32).collect();
    let sd = pooled_sd(&values);
    let one_way = OneWay::new(&sizes, between, sd.powi(2) * (values.len() - sizes.len()) as f64).unwrap();
    Numbers {
        sd_tenths: (sd * 10.0).round() as i32,
        icc1_hundredths: Some((one_way.icc1().unwrap() * 100.0).round() as i32),
        respondents: values.len() as u32,
        classes: sizes.len() as u32,
    }
}

/// The means that are still possible for the small group, for a reader who knows the mean of all as exactly as the cells tell it.
///
/// With two classes, `F = (1 + ICC(1) (n0 - 1)) / (1 - ICC(1))` and `F sd^2 = d^2 nA nB / N` give the distance d of their means.
fn attack(numbers: &Numbers, small: u32, mean_of_all: f64) -> Vec<f64> {
    let (of_a, of_b) = (f64::from(LARGE), f64::from(small));
    let all = of_a + of_b;
    let steps = 3 * small;
    let possible = (0..=6 * steps).map(|step| 1.0 + f64::from(step) / f64::from(steps));
    let (Some(icc1), 2) = (numbers.icc1_hundredths, numbers.classes) else { return possible.collect() };
    assert_eq!(numbers.respondents, LARGE + small);
    let size = all - (of_a.powi(2) + of_b.powi(2)) / all;
    let distance = |icc1: f64, sd: f64| {
        let f = (1.0 + icc1 * (size - 1.0)) / (1.0 - icc1);
        (f.max(0.0) * sd.powi(2) * all / (of_a * of_b)).sqrt()
    };
    let rounded = |half: f64| distance(f64::from(icc1) / 100.0 + half * 0.005, f64::from(numbers.sd_tenths) / 10.0 + half * 0.05);
    let (least, most) = (rounded(-1.0) - 0.03, rounded(1.0) + 0.03);
    let fits = |mean: &f64| {
        let of_large = (all * mean_of_all - of_b * mean) / of_a;
        (least..=most).contains(&(of_large - mean).abs())
    };
    possible.filter(fits).collect()
}

fn mean(rows: &[Row]) -> f64 {
    rows.iter().map(safety).sum::<f64>() / rows.len() as f64
}

#[test]
fn a_group_of_one_to_four_cannot_be_told_from_the_one_it_is_shown_with() {
    for small in 1..=4 {
        let rows = organisation(small);
        let (mean_of_all, mean_of_small) = (mean(&rows), mean(&rows[LARGE as usize..]));
        let everything = (18 * small + 1) as usize;

        let through_the_leak = attack(&planted(&rows), small, mean_of_all);
        assert!(through_the_leak.iter().any(|mean| (mean - mean_of_small).abs() < 1e-9), "{small}: {through_the_leak:?}");
        assert!(through_the_leak.len() * 3 < everything, "{small}: {} of {everything}", through_the_leak.len());

        assert_eq!(attack(&published(&rows), small, mean_of_all).len(), everything, "{small}");
    }
}

#[test]
fn exchanging_what_a_small_group_said_for_what_others_of_its_block_said_changes_no_byte() {
    for small in 1..=4 {
        let rows = organisation(small);
        for first in [0, 17, 60] {
            let mut exchanged = rows.clone();
            for person in 0..small as usize {
                let (one, other) = (first + person, LARGE as usize + person);
                let [of_one, of_other] = [one, other].map(|place| exchanged[place].answers_mut().to_vec());
                exchanged[one].answers_mut().copy_from_slice(&of_other);
                exchanged[other].answers_mut().copy_from_slice(&of_one);
            }
            assert_ne!(planted(&rows), planted(&exchanged), "{small}: with the standing groups as classes it shows");
            assert_eq!(serde_json::to_vec(&product(&rows)).unwrap(), serde_json::to_vec(&product(&exchanged)).unwrap(), "{small}");
        }
    }
}
