//! Everything here needs a PostgreSQL server.

mod outage;
mod replicas;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use test_postgres::TestDatabase;

use crate::load::Stores;

/// How many people answer at once.
const CLIENTS: usize = 6;
/// Requests are repeated soon.
const LONGEST_WAIT: Duration = Duration::from_millis(100);

fn stores(databases: &[TestDatabase<'_>; 2]) -> Stores {
    let [identity, responses] = databases.each_ref().map(TestDatabase::url);
    Stores { identity, responses }
}

/// Ends the clients when a check fails, so that the failure is shown instead of waited on.
struct StopOnFailure<'a>(&'a AtomicBool);

impl Drop for StopOnFailure<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.store(true, Ordering::Relaxed);
        }
    }
}
