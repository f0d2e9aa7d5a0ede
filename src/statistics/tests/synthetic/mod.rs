//! The synthetic survey in `data/`: four waves of 36 teams, five scales of four statements answered from 1 to 5, some left out.

#![allow(dead_code, reason = "every file of tests takes what it needs")]

use statistics::{ResponseScale, reverse, scale_score};

/// The five scales, and which of their statements are reversed.
pub(crate) const SCALES: [(&str, &[&str]); 5] =
    [("saf", &["saf2"]), ("lrn", &["lrn4"]), ("acc", &["acc3"]), ("ldr", &["ldr2"]), ("ped", &["ped1", "ped2"])];

/// One person's answers in one wave. Nothing says who answered in two of them.
pub(crate) struct Row {
    pub(crate) wave: f64,
    pub(crate) team: String,
    answers: Vec<(String, Option<u8>)>,
}

/// Everybody but leaders.
pub(crate) fn members() -> Vec<Row> {
    let mut lines = include_str!("../data/synth_given.csv").lines().map(|line| line.split(',').collect::<Vec<_>>());
    let names = lines.next().unwrap();
    lines
        .filter(|fields| fields[2] == "member")
        .map(|fields| Row {
            wave: fields[0].parse().unwrap(),
            team: fields[1].to_owned(),
            answers: names.iter().zip(&fields).skip(4).map(|(name, field)| ((*name).to_owned(), field.parse().ok())).collect(),
        })
        .collect()
}

/// Members on the staff list of a team: all but the leader.
pub(crate) fn invited(wave: &str, team: &str) -> u32 {
    let mut rows = include_str!("../data/synth_given_roster.csv").lines().map(|line| line.split(',').collect::<Vec<_>>());
    let found = rows.find(|fields| fields[0] == wave && fields[1] == team).unwrap();
    found[2].parse::<u32>().unwrap() - 1
}

/// The expected values of one case whose key is `key`, or begins with `key` and a dot, in order; `None` where there is none.
pub(crate) fn expected(case: &str, key: &str) -> Vec<Option<f64>> {
    let files = [include_str!("../data/expected_scales.csv"), include_str!("../data/expected_waves.csv")];
    let rows = files.iter().flat_map(|file| file.lines()).map(|line| line.splitn(3, ',').collect::<Vec<_>>());
    let of_key =
        rows.filter(|fields| fields[0] == case && fields[1].strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')));
    let values: Vec<_> = of_key.map(|fields| (!fields[2].is_empty()).then(|| fields[2].parse().unwrap())).collect();
    assert!(!values.is_empty(), "{case} has no {key}");
    values
}

/// Whether both exist and lie within this share of each other, or neither exists.
pub(crate) fn close(what: &str, ours: &[Option<f64>], theirs: &[Option<f64>], tolerance: f64) {
    assert_eq!(ours.len(), theirs.len(), "{what}");
    for (place, (a, b)) in ours.iter().zip(theirs).enumerate() {
        assert_eq!(a.is_some(), b.is_some(), "{what} {place}: {a:?} here, {b:?} there");
        if let (Some(a), Some(b)) = (a, b) {
            // What is 0 in exact arithmetic is some 1e-17 in binary.
            assert!((a - b).abs() <= tolerance * b.abs() + 1e-15, "{what} {place}: {a} here, {b} there");
        }
    }
}

/// [`close`] for a single number.
pub(crate) fn equal(case: &str, key: &str, ours: f64, tolerance: f64) {
    close(&format!("{case} {key}"), &[Some(ours)], &expected(case, key), tolerance);
}

impl Row {
    /// All twenty answers as given.
    pub(crate) fn raw(&self) -> Vec<Option<f64>> {
        self.answers.iter().map(|(_, answer)| answer.map(f64::from)).collect()
    }

    /// The four answers to one of the [`SCALES`], turned.
    pub(crate) fn answers(&self, (scale, reversed): (&str, &[&str])) -> Vec<Option<f64>> {
        let points = ResponseScale::new(1.0, 5.0).unwrap();
        let of_scale = self.answers.iter().filter(|(name, _)| name.starts_with(scale));
        let turned = of_scale.map(|(name, answer)| {
            let answer = f64::from((*answer)?);
            Some(if reversed.contains(&name.as_str()) { points.reverse(answer).unwrap() } else { answer })
        });
        turned.collect()
    }

    /// The mean of the answers to the statements whose names begin with `scale`, if at least half of them were answered.
    pub(crate) fn score(&self, scale: &str, reversed: &[&str]) -> Option<f64> {
        let items = self.answers.iter().filter(|(name, _)| name.starts_with(scale));
        let turned =
            items.map(|(name, answer)| if reversed.contains(&name.as_str()) { answer.map(|a| reverse(a, 5).unwrap()) } else { *answer });
        scale_score(&turned.collect::<Vec<_>>()).ok()
    }
}
