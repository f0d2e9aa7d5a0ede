//! Batches on a real database: what is handed out is on the disk, and nobody fails, waits or hangs for another's sake.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::on_each;

diesel::table! {
    done (number) {
        number -> BigInt,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Write,
    Conflict,
    Full,
    Panic,
    Miscount,
}

/// A job writes its number, and does what its kind says after that; its outcome is the size of the batch that it was done in.
struct Job {
    number: i64,
    act: Act,
    /// The work waits for this before it begins.
    start: Option<Mutex<Receiver<()>>>,
}

fn work(conn: &mut Conn<'_>, jobs: &[Job]) -> Result<Vec<usize>, StorageError> {
    for job in jobs {
        if let Some(start) = &job.start {
            start.lock().unwrap().recv().unwrap();
        }
        on_each!(conn, |c| diesel::insert_into(done::table).values(done::number.eq(job.number)).execute(c))?;
        match job.act {
            Act::Write => {}
            Act::Conflict => return Err(StorageError::Conflict("this job".to_owned())),
            Act::Full => return Err(StorageError::Unavailable("full".to_owned())),
            Act::Panic => panic!("this job panics"),
            Act::Miscount => return Ok(Vec::new()),
        }
    }
    Ok(vec![jobs.len(); jobs.len()])
}

struct Store {
    folder: TempDir,
    shared: SharedCommit<Job, usize>,
}

impl Store {
    fn new(grouping: Grouping) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(&format!("sqlite://{}/store.db", folder.path().display())).unwrap();
        database
            .write(|conn| {
                Ok::<_, StorageError>(on_each!(conn, |c| c.batch_execute("CREATE TABLE done (number BIGINT NOT NULL PRIMARY KEY)"))?)
            })
            .unwrap();
        Self { folder, shared: SharedCommit::new(database, work, grouping) }
    }

    fn submit(&self, number: i64, act: Act) -> Result<usize, StorageError> {
        self.shared.submit(Job { number, act, start: None })
    }

    /// Submits a job, whose work does not begin before something is sent, and the jobs of `acts` (numbered from 1) once that one leads; sends when all
    /// of them stand in the line.
    fn together(&self, acts: &[Act]) -> Vec<Result<usize, StorageError>> {
        let (go, start): (Sender<()>, _) = mpsc::channel();
        thread::scope(|scope| {
            let first = scope.spawn(|| self.shared.submit(Job { number: 0, act: Act::Write, start: Some(Mutex::new(start)) }));
            let until = |ready: fn(&Line<Job, usize>, usize) -> bool, length: usize| {
                while !ready(&locked(&self.shared.line), length) {
                    thread::sleep(Duration::from_millis(1));
                }
            };
            until(|line, _| line.led && line.waiting.is_empty(), 0);
            let mut callers = Vec::new();
            for (number, act) in (1..).zip(acts) {
                callers.push(scope.spawn(move || self.submit(number, *act)));
                until(|line, length| line.waiting.len() == length, callers.len());
            }
            go.send(()).unwrap();
            assert_eq!(first.join().unwrap(), Ok(1));
            callers.into_iter().map(|caller| caller.join().unwrap()).collect()
        })
    }

    fn clear(&self) {
        self.shared.database.write(|conn| Ok::<_, StorageError>(on_each!(conn, |c| c.batch_execute("DELETE FROM done"))?)).unwrap();
    }

    /// What is on the disk, as another process would read it.
    fn written(&self) -> Vec<i64> {
        let other = Database::open(&format!("sqlite://{}/store.db", self.folder.path().display())).unwrap();
        other.read(|conn| Ok::<_, StorageError>(on_each!(conn, |c| done::table.select(done::number).order(done::number).load(c))?)).unwrap()
    }
}

#[test]
fn jobs_that_arrive_together_share_a_transaction_of_bounded_size() {
    let store = Store::new(Grouping::Shared);
    let outcomes = store.together(&[Act::Write; MOST + 10]);
    let sizes: Vec<usize> = outcomes.into_iter().map(|outcome| outcome.unwrap()).collect();
    assert_eq!(sizes[..MOST], [MOST; MOST]);
    assert_eq!(sizes[MOST..], [10; 10]);
    assert_eq!(store.written().len(), MOST + 11);
}

#[test]
fn without_grouping_every_job_has_its_own_transaction() {
    let store = Store::new(Grouping::OneByOne);
    thread::scope(|scope| {
        let callers: Vec<_> = (0..20)
            .map(|number| {
                scope.spawn({
                    let store = &store;
                    move || store.submit(number, Act::Write)
                })
            })
            .collect();
        assert!(callers.into_iter().all(|caller| caller.join().unwrap() == Ok(1)));
    });
    assert_eq!(store.written().len(), 20);
}

#[test]
fn a_job_that_fails_fails_alone() {
    let store = Store::new(Grouping::Shared);
    let outcomes = store.together(&[Act::Write, Act::Conflict, Act::Write, Act::Miscount, Act::Write]);
    assert!(matches!(outcomes[1], Err(StorageError::Conflict(_))), "{outcomes:?}");
    assert!(matches!(outcomes[3], Err(StorageError::Query(_))), "{outcomes:?}");
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == Ok(1)).count(), 3);
    assert_eq!(store.written(), [0, 1, 3, 5]);
}

#[test]
fn when_the_database_cannot_be_used_the_batch_is_not_tried_again_job_by_job() {
    let store = Store::new(Grouping::Shared);
    let outcomes = store.together(&[Act::Write, Act::Full, Act::Write]);
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Err(StorageError::Unavailable(_)))), "{outcomes:?}");
    assert_eq!(store.written(), [0]);
    assert_eq!(store.submit(1, Act::Write), Ok(1), "and may be repeated");
}

#[test]
fn a_job_that_panics_fails_alone_and_leaves_nobody_waiting() {
    let store = Store::new(Grouping::Shared);
    for acts in [[Act::Panic, Act::Write, Act::Write], [Act::Write, Act::Panic, Act::Write], [Act::Write, Act::Write, Act::Panic]] {
        let outcomes = store.together(&acts);
        assert_eq!(outcomes.iter().filter(|outcome| matches!(outcome, Err(StorageError::Query(_)))).count(), 1);
        assert_eq!(outcomes.iter().filter(|outcome| **outcome == Ok(1)).count(), 2);
        assert_eq!(store.written().len(), 3);
        store.clear();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Whatever the jobs do and however they fall together: everybody gets an answer, and what was acknowledged is exactly what is on the disk.
    #[test]
    fn what_is_acknowledged_is_what_is_written(acts in prop::collection::vec(
        prop_oneof![12 => Just(Act::Write), 1 => Just(Act::Conflict), 1 => Just(Act::Full), 1 => Just(Act::Panic)], 1..120,
    )) {
        let store = Store::new(Grouping::Shared);
        let numbered: Vec<(i64, Act)> = (0..).zip(acts).collect();
        let acknowledged: Vec<i64> = thread::scope(|scope| {
            let callers: Vec<_> = numbered
                .chunks(8)
                .map(|mine| {
                    let store = &store;
                    scope.spawn(move || {
                        mine.iter().filter(|(number, act)| store.submit(*number, *act).is_ok()).map(|(number, _)| *number).collect::<Vec<_>>()
                    })
                })
                .collect();
            callers.into_iter().flat_map(|caller| caller.join().unwrap()).collect()
        });
        prop_assert!(numbered.iter().all(|(number, act)| *act == Act::Write || !acknowledged.contains(number)));
        prop_assert_eq!(store.written(), acknowledged);
    }
}
