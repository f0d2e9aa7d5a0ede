//! Twelve waves of 100,000 people in 8,000 teams with 25 items in five scales, 30 million answers: every scale score, per team and scale
//! their number, mean and standard deviation, the favourable share and rwg(j), per scale alpha, F and the intraclass correlations.
//!
//! The same work by `panel.py` is measured in the same run when `python3` has numpy (`PYTHON` names another interpreter), so that the
//! ratio means the same on a slow, a fast and a busy machine, and the numbers of both are compared. Two threads must give the same bytes.
#![allow(clippy::expect_used, clippy::print_stdout, missing_docs, clippy::cast_precision_loss)]

mod measured;
mod numpy;
mod survey;

use std::hash::{DefaultHasher, Hasher};
use std::hint::black_box;
use std::num::NonZero;

use measured::{Took, show};
use statistics::{OneWay, PanelSummary, Undefined, summarise};
use survey::{COLUMNS, PEOPLE, SCALES, Survey, TEAMS, WAVES};

/// How often each thing is measured.
const TIMES: usize = 15;

/// All numbers of all waves as a few that can be compared: how many there are of each kind, and their sum.
type Totals = Vec<(&'static str, usize, f64)>;

fn main() {
    let survey = Survey::invent();
    let answers = WAVES * PEOPLE * COLUMNS;
    println!("{answers} answers: {PEOPLE} people, {TEAMS} teams, {COLUMNS} items, {SCALES} scales, {WAVES} waves");
    let mut runs = [1, 2].map(|threads| (NonZero::new(threads).expect("not zero"), Vec::new()));
    // In turns, so that other work on the machine disturbs both alike.
    let mut hashes = Vec::new();
    for _ in 0..TIMES {
        for (threads, times) in &mut runs {
            let (took, summaries) = Took::by(|| black_box(of_all_waves(&survey, *threads)));
            times.push(took);
            hashes.push(hash(&summaries));
        }
    }
    assert!(hashes.windows(2).all(|pair| pair[0] == pair[1]), "the number of threads has changed a byte");
    let [ours_alone, _] = runs.map(|(threads, times)| show(&format!("Candor, threads: {threads}"), answers, &times));
    println!("the same bytes every time: {:016x}", hashes[0]);

    let ours = totals(&of_all_waves(&survey, NonZero::<usize>::MIN));
    match numpy::run(&survey) {
        Err(why) => println!("numpy: not measured, {why}"),
        Ok(theirs) => {
            let numpy = show(&format!("numpy {}, threads: 1", theirs.version), answers, &theirs.times);
            println!(
                "numpy / Candor, threads: 1: {:.1} by the clock, {:.1} in processor time",
                numpy.wall / ours_alone.wall,
                numpy.processor / ours_alone.processor
            );
            compare(&ours, &theirs.totals);
        }
    }
    for (name, count, sum) in ours {
        println!("{name:12} {count:8} values, sum {sum:.9}");
    }
}

fn of_all_waves(survey: &Survey, threads: NonZero<usize>) -> Vec<PanelSummary> {
    survey.waves().map(|wave| summarise(&survey.scales, &wave, threads).expect("a wave")).collect()
}

/// Every number in its order, in every bit.
fn hash(summaries: &[PanelSummary]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (_, value) in summaries.iter().flat_map(values) {
        hasher.write_u64(value.map_or(u64::MAX, f64::to_bits));
    }
    hasher.finish()
}

fn values(summary: &PanelSummary) -> impl Iterator<Item = (&'static str, Result<f64, Undefined>)> {
    let of_teams = summary.teams.iter().flat_map(|team| {
        [
            ("n", Ok(f64::from(team.people()))),
            ("mean", team.mean()),
            ("sd", team.sd()),
            ("favourable", team.favourable()),
            ("rwgj", team.agreement()),
        ]
    });
    let of_scales = summary.scales.iter().flat_map(|scale| {
        let one_way = |value: fn(&OneWay) -> Result<f64, Undefined>| scale.one_way.as_ref().map_err(|none| *none).and_then(value);
        [("alpha", scale.alpha), ("f", one_way(OneWay::f)), ("icc1", one_way(OneWay::icc1)), ("icc2", one_way(OneWay::icc2))]
    });
    of_teams.chain(of_scales)
}

fn totals(summaries: &[PanelSummary]) -> Totals {
    let mut totals: Totals = Vec::new();
    for (name, value) in summaries.iter().flat_map(values) {
        let Ok(value) = value else { continue };
        match totals.iter_mut().find(|(known, ..)| *known == name) {
            Some((_, count, sum)) => (*count, *sum) = (*count + 1, *sum + value),
            None => totals.push((name, 1, value)),
        }
    }
    totals
}

fn compare(ours: &Totals, theirs: &[(String, usize, f64)]) {
    for (name, count, sum) in ours {
        let (_, their_count, their_sum) = theirs.iter().find(|(known, ..)| known == name).expect("numpy has it too");
        assert_eq!(count, their_count, "{name}: as many values");
        assert!((sum - their_sum).abs() <= 1e-9 * sum.abs(), "{name}: {sum} here, {their_sum} in numpy");
    }
    println!("numpy has as many numbers of every kind, with the same sums to nine digits");
}
