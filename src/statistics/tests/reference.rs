//! Reliability and variance components against R.
//!
//! `synthetic_wave.csv` holds invented answers of 283 people in 36 teams to five scales of four statements (1 to 5, some left out); it is
//! in the public domain (CC0). The expected values come from R 4.2: `multilevel::cronbach`, `lavaan::cfa` with unweighted least squares,
//! `aov` with `multilevel::ICC2`, and Searle's n0.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;

use statistics::{Covariances, Omega, OneWay, cronbach_alpha, mcdonald_omega, reverse, scale_score};

struct Reference {
    scale: &'static str,
    reversed: &'static [&'static str],
    complete: u32,
    alpha: f64,
    omega: f64,
    people: u32,
    groups: usize,
    mean_squares: (f64, f64),
    size: f64,
    icc1: f64,
    icc2: f64,
}

const REFERENCES: [Reference; 5] = [
    Reference {
        scale: "saf",
        reversed: &["saf2"],
        complete: 248,
        alpha: 0.783_731_284_058,
        omega: 0.784_963_325_252,
        people: 278,
        groups: 36,
        mean_squares: (1.045_655_535_221, 0.638_139_397_211),
        size: 7.660_020_554_985,
        icc1: 0.076_952_604_005,
        icc2: 0.389_723_120_363,
    },
    Reference {
        scale: "lrn",
        reversed: &["lrn4"],
        complete: 243,
        alpha: 0.815_652_081_576,
        omega: 0.816_664_904_598,
        people: 278,
        groups: 36,
        mean_squares: (0.867_262_111_313, 0.691_131_259_31),
        size: 7.660_020_554_985,
        icc1: 0.032_198_185_4,
        icc2: 0.203_088_373_982,
    },
    Reference {
        scale: "acc",
        reversed: &["acc3"],
        complete: 234,
        alpha: 0.804_959_731_585,
        omega: 0.806_764_014_214,
        people: 278,
        groups: 36,
        mean_squares: (1.243_389_632_553, 0.629_341_766_054),
        size: 7.660_020_554_985,
        icc1: 0.112_984_056_496,
        icc2: 0.493_849_916_73,
    },
    Reference {
        scale: "ldr",
        reversed: &["ldr2"],
        complete: 239,
        alpha: 0.829_860_644_843,
        omega: 0.831_002_844_218,
        people: 278,
        groups: 36,
        mean_squares: (1.307_176_479_438, 0.691_614_568_999),
        size: 7.660_020_554_985,
        icc1: 0.104_097_096_17,
        icc2: 0.470_909_567_394,
    },
    Reference {
        scale: "ped",
        reversed: &["ped1", "ped2"],
        complete: 248,
        alpha: 0.785_292_450_588,
        omega: 0.785_864_098_438,
        people: 278,
        groups: 36,
        mean_squares: (1.116_217_383_263, 0.606_524_852_428),
        size: 7.660_020_554_985,
        icc1: 0.098_860_286_169,
        icc2: 0.456_624_792_337,
    },
];

/// Per person the team and the turned answers to one scale.
fn answers(reference: &Reference) -> Vec<(String, Vec<Option<u8>>)> {
    let mut lines = include_str!("synthetic_wave.csv").lines().map(|line| line.split(',').collect::<Vec<_>>());
    let names = lines.next().unwrap();
    let columns: Vec<usize> = (0..names.len()).filter(|column| names[*column].starts_with(reference.scale)).collect();
    assert_eq!(columns.len(), 4);
    let answer = |line: &[&str], column: usize| {
        let raw: u8 = line[column].parse().ok()?;
        Some(if reference.reversed.contains(&names[column]) { reverse(raw, 5).unwrap() } else { raw })
    };
    lines.map(|line| (line[0].to_owned(), columns.iter().map(|&column| answer(&line, column)).collect())).collect()
}

fn close(ours: f64, theirs: f64, tolerance: f64) {
    assert!((ours - theirs).abs() <= tolerance * theirs.abs(), "{ours} here, {theirs} in R");
}

#[test]
fn alpha_and_omega_agree_with_r() {
    for reference in &REFERENCES {
        let rows: Vec<Vec<u64>> =
            answers(reference).iter().filter_map(|(_, row)| row.iter().map(|a| a.map(u64::from)).collect::<Option<_>>()).collect();
        assert_eq!(rows.len(), reference.complete as usize);
        let sums: Vec<u64> = (0..4).map(|a| rows.iter().map(|row| row[a]).sum()).collect();
        let products: Vec<u64> = (0..16).map(|place| rows.iter().map(|row| row[place / 4] * row[place % 4]).sum()).collect();
        let covariances = Covariances::from_sums(reference.complete, &sums, &products).unwrap();
        close(cronbach_alpha(&covariances).unwrap(), reference.alpha, 1e-9);
        let Omega::LeastSquares(omega) = mcdonald_omega(&covariances).unwrap() else { panic!("a Heywood case in {}", reference.scale) };
        // The estimates of lavaan are converged to seven digits.
        close(omega, reference.omega, 1e-6);
    }
}

#[test]
fn intraclass_correlations_agree_with_r() {
    for reference in &REFERENCES {
        let mut teams: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        for (team, row) in answers(reference) {
            if let Ok(score) = scale_score(&row) {
                teams.entry(team).or_default().push(score);
            }
        }
        let sizes: Vec<u32> = teams.values().map(|scores| scores.len() as u32).collect();
        assert_eq!((sizes.iter().sum::<u32>(), teams.len()), (reference.people, reference.groups));
        let mean = |scores: &[f64]| scores.iter().sum::<f64>() / scores.len() as f64;
        let grand = mean(&teams.values().flatten().copied().collect::<Vec<_>>());
        let between = teams.values().map(|scores| scores.len() as f64 * (mean(scores) - grand).powi(2)).sum();
        let within = teams.values().map(|scores| scores.iter().map(|score| (score - mean(scores)).powi(2)).sum::<f64>()).sum();
        let one_way = OneWay::new(&sizes, between, within).unwrap();
        close(one_way.between, reference.mean_squares.0, 1e-9);
        close(one_way.within, reference.mean_squares.1, 1e-9);
        close(one_way.size, reference.size, 1e-9);
        close(one_way.icc1().unwrap(), reference.icc1, 1e-8);
        close(one_way.icc2().unwrap(), reference.icc2, 1e-8);
    }
}
