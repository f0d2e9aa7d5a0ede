//! The synthetic survey in `data/`: four waves of 36 teams, five scales of four statements answered from 1 to 5, some left out.

use statistics::{reverse, scale_score};

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

impl Row {
    /// The mean of the answers to the statements whose names begin with `scale`, if at least half of them were answered.
    pub(crate) fn score(&self, scale: &str, reversed: &[&str]) -> Option<f64> {
        let items = self.answers.iter().filter(|(name, _)| name.starts_with(scale));
        let turned =
            items.map(|(name, answer)| if reversed.contains(&name.as_str()) { answer.map(|a| reverse(a, 5).unwrap()) } else { *answer });
        scale_score(&turned.collect::<Vec<_>>()).ok()
    }
}
