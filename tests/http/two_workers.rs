//! Two processes act on the dates of one round: each step is taken once, whoever takes it, and one of them may die at any moment.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use candor::lifecycle::draft::WaveSettings;
use candor::lifecycle::{Refusal, Step, advance};
use domain::{Moment, WaveState};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::crash::{Deed, end_state, open, run, scenes, wave};
use crate::harness::start_of_time;

/// The other process: looks at the shared clock and does what is due, until it is stopped or killed.
#[test]
#[ignore = "started by the other tests of this file as a process of its own"]
fn the_process_that_works_beside_another() {
    let folder = PathBuf::from(std::env::var("WORKER_FOLDER").expect("started by the other tests of this file"));
    let mut log = OpenOptions::new().create(true).append(true).open(std::env::var("WORKER_LOG").unwrap()).unwrap();
    let (installation, clock) = open(&folder);
    while !folder.join("stop").exists() {
        clock.set(Moment::from_micros(fs::read_to_string(folder.join("now")).unwrap().parse().unwrap()));
        let acted = advance::advance(&installation, &mut |step| writeln!(log, "{step:?}").unwrap());
        match acted {
            Ok(()) | Err(Refusal::Unavailable(_)) => {}
            Err(refusal) => writeln!(log, "refused: {refusal}").unwrap(),
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// A worker process; killed when dropped.
struct Worker(Child);

impl Worker {
    fn start(folder: &Path, number: usize) -> Self {
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["two_workers::the_process_that_works_beside_another", "--exact", "--ignored"])
            .env("WORKER_FOLDER", folder)
            .env("WORKER_LOG", folder.join(format!("steps-{number}")))
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        Self(child)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Lets two workers bring a running round to its result, killing one of them now and then; what they wrote down.
fn bring_to_the_end(folder: &Path, mut random: Option<StdRng>) -> BTreeMap<String, u32> {
    let (installation, _) = open(folder);
    let set_clock = |moment: Moment| {
        // Renamed into place, so that nobody reads half a number.
        fs::write(folder.join("now.new"), moment.micros().to_string()).unwrap();
        fs::rename(folder.join("now.new"), folder.join("now")).unwrap();
    };
    set_clock(start_of_time());
    let mut workers = [0, 1].map(|number| Worker::start(folder, number));
    let schedule = WaveSettings::of(&installation.identity, &wave()).unwrap().schedule;
    let mut now = schedule.closes_at;
    let dates = [
        (0, WaveState::Closing),
        (schedule.grace_seconds, WaveState::Closed),
        (schedule.window_seconds, WaveState::Opened),
        (schedule.publish_at_seconds, WaveState::Published),
    ];
    for (seconds, expected) in dates {
        now = now.plus(Duration::from_secs(seconds));
        set_clock(now);
        let started = Instant::now();
        while installation.state(&wave()).unwrap() != expected {
            assert!(started.elapsed() < Duration::from_secs(120), "{expected} is never reached");
            assert!(workers.iter_mut().all(|worker| worker.0.try_wait().unwrap().is_none()), "a worker ended by itself");
            match &mut random {
                Some(random) => {
                    std::thread::sleep(Duration::from_millis(random.random_range(1..250)));
                    let number = random.random_range(0..2);
                    workers[number] = Worker::start(folder, number);
                }
                None => std::thread::sleep(Duration::from_millis(10)),
            }
        }
    }
    // Whoever reached the last state may still be at what comes after it.
    fs::write(folder.join("stop"), "").unwrap();
    for worker in &mut workers {
        worker.0.wait().unwrap();
    }
    let mut taken = BTreeMap::new();
    for number in 0..2 {
        for line in fs::read_to_string(folder.join(format!("steps-{number}"))).unwrap_or_default().lines() {
            *taken.entry(line.to_owned()).or_default() += 1;
        }
    }
    taken
}

#[actix_web::test]
async fn two_workers_take_each_step_once_and_end_where_one_ends_also_when_they_are_killed() {
    let (_app, _drafted, running) = scenes().await;
    let alone = running.copy();
    assert!(!run(alone.path(), Deed::End, None));
    let expected = end_state(alone.path());

    let together = running.copy();
    let taken = bring_to_the_end(together.path(), None);
    let once: BTreeMap<String, u32> =
        Step::ALL.into_iter().filter(|step| Deed::of(*step) == Deed::End).map(|step| (format!("{step:?}"), 1)).collect();
    assert_eq!(taken, once);
    assert_eq!(end_state(together.path()), expected);

    let rounds = std::env::var("WORKER_ROUNDS").map_or(2, |text| text.parse().unwrap());
    for seed in 0..rounds {
        let killed = running.copy();
        let taken = bring_to_the_end(killed.path(), Some(StdRng::seed_from_u64(seed)));
        assert!(taken.keys().all(|step| once.contains_key(step)), "seed {seed}: {taken:?}");
        assert_eq!(end_state(killed.path()), expected, "seed {seed}");
    }
}
