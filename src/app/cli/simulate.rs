//! `candor simulate`.

use std::time::Instant;

use super::Failure;
use super::arguments::SimulateArguments;
use super::terminal::{bar, say};
use crate::simulate::{Outcome, Progress, Simulation, SimulationRefused, simulate};

pub(super) fn run(arguments: &SimulateArguments) -> Result<(), Failure> {
    let started = Instant::now();
    let simulation = Simulation {
        people: arguments.people,
        waves: arguments.waves,
        response_rate: arguments.response_rate,
        churn: arguments.churn,
        seed: arguments.seed,
        start: arguments.start,
        k: arguments.k,
        group_min: arguments.group_min,
        pages: arguments.pages,
        truth: arguments.truth,
    };
    let progress = bar("", 0);
    let tell = |step: Progress<'_>| match step {
        Progress::Sealing { wave, ballots } => {
            progress.set_length(ballots as u64);
            progress.set_position(0);
            progress.set_message(format!("{wave}: sealing"));
        }
        Progress::Sealed => progress.inc(1),
        Progress::Opening => progress.set_message("opening"),
        Progress::Done(outcome) => progress.suspend(|| say_outcome(outcome)),
    };
    let outcomes = simulate(&simulation, &arguments.out, &tell);
    progress.finish_and_clear();
    let outcomes = outcomes.map_err(|refused| match refused {
        SimulationRefused::Invalid(reason) => Failure::BadInput(reason),
        SimulationRefused::Failed(reason) => Failure::Refused(format!("{reason}. Nothing was left in {}", arguments.out.display())),
    })?;
    say!("");
    if let Some((leaders, written)) = outcomes.last().map(|outcome| outcome.leaders).filter(|(leaders, written)| leaders > written) {
        say!("Of {leaders} leaders the pages of {written} were written: --pages {leaders} writes all.");
    }
    if simulation.truth {
        say!("truth.json and levels.json hold what everybody answered, climates.json the teams' true means; no other file does.");
    }
    say!("Written to {} in {:.1} s. Nobody answered this: it is simulated.", arguments.out.display(), started.elapsed().as_secs_f64());
    Ok(())
}

fn say_outcome(outcome: &Outcome) {
    let Outcome { wave, people, teams, groups, alone, with_upward, combined, compared, ballots, .. } = outcome;
    let percent = |part: usize| if *groups == 0 { 0 } else { (part * 100 + groups / 2) / groups };
    let compared = compared.map(|compared| format!(", {} % compared with the round before", percent(compared))).unwrap_or_default();
    say!(
        "{wave}: {people} people, {teams} teams, {groups} groups, {ballots} answered; {} % of groups shown alone, {} % alone with answers of their unit, {} % with others{compared}",
        percent(*alone),
        percent(*with_upward),
        percent(*combined)
    );
}
