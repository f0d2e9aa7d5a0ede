//! An auditor of somebody else: knows the format of the audit file, nothing of Candor, and tries every sum of answers that a range leaves possible.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod synthetic;

use std::collections::BTreeSet;

use release::audit_file::{Audited, audit_file};
use release::reading::{PastWave, PublishedWave, cell_means};
use serde_json::{Value, json};
use synthetic::{Chance, organisation};

/// A range of a block as the auditor reads it: the sums above the minimum that all `n` respondents together can have, none of them blank.
struct Read<'f> {
    wave: &'f str,
    units: BTreeSet<&'f str>,
    measure: &'f str,
    n: i64,
    sums: Vec<i64>,
    /// Highest answer above the minimum.
    most: i64,
}

fn read(file: &Value) -> Vec<Read<'_>> {
    let mut all = Vec::new();
    for group in file["groups"].as_array().unwrap() {
        for stat in group["stats"].as_array().unwrap().iter().filter(|stat| stat["stat"] == "mean_range") {
            let measure = &file["measures"][stat["measure"].as_str().unwrap()];
            let (min, most) = (measure["min"].as_f64().unwrap(), measure["max"].as_i64().unwrap() - measure["min"].as_i64().unwrap());
            let (n, lo, hi) = (group["n"].as_i64().unwrap(), stat["lo"].as_f64().unwrap(), stat["hi"].as_f64().unwrap());
            let n32 = f64::from(i32::try_from(n).unwrap());
            let mean = |sum: i64| min + f64::from(i32::try_from(sum).unwrap()) / n32;
            all.push(Read {
                wave: group["wave"].as_str().unwrap(),
                units: group["units"].as_array().unwrap().iter().map(|unit| unit.as_str().unwrap()).collect(),
                measure: stat["measure"].as_str().unwrap(),
                n,
                sums: (0..=n * most).filter(|&sum| lo - 1e-9 <= mean(sum) && mean(sum) <= hi + 1e-9).collect(),
                most,
            });
        }
    }
    all
}

/// The values that one answer can have when these sums are possible for `people` answers.
fn values(sums: &[i64], people: i64, most: i64) -> usize {
    let possible = |answer: &i64| sums.iter().any(|sum| (0..=(people - 1) * most).contains(&(sum - answer)));
    (0..=most).filter(possible).count()
}

/// What the auditor objects to.
fn objections(file: &Value) -> Vec<String> {
    let policy = |name: &str| usize::try_from(file["policy"][name].as_u64().unwrap()).unwrap();
    let ranges = read(file);
    let mut found = Vec::new();
    for range in &ranges {
        for told in 0..=range.most {
            let rest: Vec<i64> = range.sums.iter().map(|sum| sum - told).collect();
            let left = values(&rest, range.n - 1, range.most);
            // None: nobody can have answered that.
            if left > 0 && left < policy("min_range") {
                found
                    .push(format!("{} {:?} {}: {left} values with a colluder who answered {told}", range.wave, range.units, range.measure));
            }
        }
        if range.sums.is_empty() {
            found.push(format!("{} {:?} {}: nobody can have answered so", range.wave, range.units, range.measure));
        }
    }
    for (place, one) in ranges.iter().enumerate() {
        let later = ranges[place..].iter().filter(|two| two.wave != one.wave && two.measure == one.measure);
        for two in later.filter(|two| two.units.is_subset(&one.units) || one.units.is_subset(&two.units)) {
            let (few, many) = if one.n <= two.n { (one, two) } else { (two, one) };
            // The sums of the joiners' answers; with as many people as before somebody new minus somebody who left, for all that he can have answered.
            let left = if few.n == many.n { 0..=few.most } else { 0..=0 };
            let differences: BTreeSet<i64> = many
                .sums
                .iter()
                .flat_map(|sum| few.sums.iter().map(move |other| sum - other))
                .flat_map(|d| left.clone().map(move |l| d + l))
                .collect();
            let possible = values(&differences.into_iter().collect::<Vec<_>>(), (many.n - few.n).max(1), one.most);
            if possible > 0 && possible < policy("pair_min_range") {
                found.push(format!("{} and {} {:?} {}: {possible} values", one.wave, two.wave, one.units, one.measure));
            }
        }
    }
    found
}

/// Writes the ranges of blocks in which somebody left an item blank over those who answered; how many these are.
fn with_ranges_of_those_who_answered(file: &mut Value, wave: &PublishedWave) -> usize {
    let mut changed = 0;
    for (number, cells) in cell_means(wave).unwrap().iter().enumerate() {
        let id = format!("{}/block-{number}", wave.release.wave);
        let group = file["groups"].as_array_mut().unwrap().iter_mut().find(|group| group["id"] == id).unwrap();
        let respondents = group["n"].as_u64().unwrap();
        for (item, cell) in wave.instrument.items.iter().zip(cells) {
            let Some(cell) = cell.as_ref().filter(|cell| u64::from(cell.n) < respondents) else { continue };
            let mean = |sum: u64| 1.0 + f64::from(u32::try_from(sum).unwrap()) / f64::from(cell.n);
            let stat = group["stats"].as_array_mut().unwrap().iter_mut().find(|stat| stat["measure"] == item.id.as_str()).unwrap();
            let (lo, hi) = (stat["lo"].as_f64().unwrap(), stat["hi"].as_f64().unwrap());
            assert!(
                lo <= mean(*cell.sums.start()) && mean(*cell.sums.end()) <= hi,
                "{id} {}: the mean of those who answered is outside",
                item.id
            );
            (stat["lo"], stat["hi"]) = (json!(mean(*cell.sums.start())), json!(mean(*cell.sums.end())));
            changed += 1;
        }
    }
    changed
}

#[test]
fn whoever_takes_every_respondent_for_one_who_answered_finds_nothing_and_would_have_found_the_narrower_ranges() {
    let (mut blanks, mut found) = (0, 0);
    for seed in 100..120 {
        let past = organisation(&mut Chance(seed));
        let waves: Vec<&PublishedWave> =
            past.iter().filter_map(|wave| if let PastWave::Published(wave) = wave { Some(wave.as_ref()) } else { None }).collect();
        let audited: Vec<Audited<'_>> = waves.iter().map(|wave| Audited { wave, roster: None }).collect();
        let mut file = serde_json::to_value(audit_file(&audited).unwrap()).unwrap();
        assert_eq!(objections(&file), Vec::<String>::new(), "seed {seed}");
        blanks += waves.iter().map(|wave| with_ranges_of_those_who_answered(&mut file, wave)).sum::<usize>();
        found += objections(&file).len();
    }
    assert!(blanks > 500 && found > blanks / 50, "{found} of {blanks}");
}
