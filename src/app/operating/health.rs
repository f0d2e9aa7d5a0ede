//! Liveness and readiness, for load balancers and service managers.
//!
//! *Live* means that the process answers. *Ready* means that it can do its work; on the respondents' origin only what answering needs is asked
//! for, so that a key disk that is not mounted or a worker that has ended does not take the survey away from people.

use std::sync::{Arc, Mutex, TryLockError};
use std::time::Duration;

use actix_web::guard::{Any, Get, Guard, Head};
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpResponse, Resource};
use domain::Moment;

use super::vitals::{Looking, Vitals};
use crate::error::{Code, Problem};
use crate::installation::Installation;

/// How long a result holds, so that polling costs nothing.
const HOLDS: Duration = Duration::from_secs(1);
/// How long a database or the key folder may take before it counts as away.
const PATIENCE: Duration = Duration::from_secs(3);
/// Seconds after which asking again makes sense.
const RETRY_AFTER: u64 = 2;

/// What a process needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The database of the people side.
    PeopleDatabase,
    /// The database of the ballot side.
    BallotDatabase,
    /// The folder of the box keys, while a round is under way.
    KeyFolder,
    /// The worker's threads.
    Worker,
    /// The process itself, which is not on its way to its end.
    Process,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 5] = [Self::PeopleDatabase, Self::BallotDatabase, Self::KeyFolder, Self::Worker, Self::Process];

    /// The part's stable name in documents and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PeopleDatabase => "people-database",
            Self::BallotDatabase => "ballot-database",
            Self::KeyFolder => "key-folder",
            Self::Worker => "worker",
            Self::Process => "process",
        }
    }

    /// Whether people cannot answer without it.
    const fn is_needed_to_answer(self) -> bool {
        matches!(self, Self::PeopleDatabase | Self::BallotDatabase | Self::Process)
    }
}

/// A part that is not there, with a sentence that names no path, no host and no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which part.
    pub part: Part,
    /// What is wrong with it and what to do.
    pub says: String,
}

impl Fault {
    pub(crate) fn new(part: Part, says: impl Into<String>) -> Self {
        Self { part, says: says.into() }
    }
}

/// The result of the last look and when it was taken.
#[derive(Debug)]
pub(super) struct Checked {
    at: Moment,
    faults: Arc<Vec<Fault>>,
}

/// Everything that is not as it must be; a look at the databases holds for a second.
pub async fn faults(installation: &Installation) -> Vec<Fault> {
    let mut all = looked(installation).await.as_ref().clone();
    if installation.vitals.is_draining() {
        all.push(Fault::new(Part::Process, "The process is ending."));
    }
    all
}

async fn looked(installation: &Installation) -> Arc<Vec<Fault>> {
    let now = installation.clock.now();
    let mut kept = installation.vitals.checked.lock().await;
    // A clock that was set back must not keep an old result alive.
    if let Some(checked) = kept.as_ref().filter(|checked| checked.at <= now && now.since(checked.at) < HOLDS) {
        return checked.faults.clone();
    }
    let faults = look(installation).await;
    let before = kept.as_ref().map(|checked| checked.faults.clone()).unwrap_or_default();
    if *before != faults {
        tell(&faults);
    }
    let faults = Arc::new(faults);
    *kept = Some(Checked { at: now, faults: faults.clone() });
    faults
}

/// A change, once, and not with every poll.
fn tell(faults: &[Fault]) {
    if faults.is_empty() {
        tracing::info!("ready again");
    }
    for fault in faults {
        tracing::warn!(part = fault.part.name(), says = fault.says, "not ready");
    }
}

async fn look(installation: &Installation) -> Vec<Fault> {
    let (people, ballots) = tokio::join!(database(installation, Part::PeopleDatabase), database(installation, Part::BallotDatabase));
    let keys = if people.is_none() { key_folder(installation).await } else { None };
    let ended = "A thread of the worker has ended: start the process again, and look into its log.";
    let worker = (!installation.vitals.worker_is_whole()).then(|| Fault::new(Part::Worker, ended));
    [people, ballots, keys, worker].into_iter().flatten().collect()
}

/// Which look.
type Which = fn(&Looking) -> &Mutex<()>;

/// What a look finds that may wait for something dead, such as a server or a disk in the network. It is given up after a while and never joined by a
/// second one, or every poll would leave one more thread behind that waits. `None` when it found nothing in time.
async fn alone<T: Send + 'static>(vitals: &Arc<Vitals>, which: Which, look: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let vitals = vitals.clone();
    let looking = web::block(move || {
        let _alone = match which(&vitals.looking).try_lock() {
            Ok(guard) => guard,
            Err(TryLockError::Poisoned(guard)) => guard.into_inner(),
            Err(TryLockError::WouldBlock) => return None,
        };
        Some(look())
    });
    tokio::time::timeout(PATIENCE, looking).await.ok()?.ok()?
}

/// A look at one database.
async fn database(installation: &Installation, part: Part) -> Option<Fault> {
    let which: Which = if part == Part::BallotDatabase { |all| &all.ballot_database } else { |all| &all.people_database };
    let own = installation.clone();
    let found = alone(&installation.vitals, which, move || own.fault_of_store(part)).await;
    found.unwrap_or_else(|| Some(Fault::new(part, "The database does not answer.")))
}

/// A look at the key folder. Before the first launch there is none, and nobody misses it.
async fn key_folder(installation: &Installation) -> Option<Fault> {
    let own = installation.clone();
    let missing = alone(&installation.vitals, |all| &all.key_folder, move || own.misses_its_key_folder()).await.unwrap_or(true);
    let says = "The key folder of the round that is under way is not there, or another one is in its place: mount its disk or put it back.";
    missing.then(|| Fault::new(Part::KeyFolder, says))
}

/// The addresses on the console's origin, which name the part that is missing.
pub(crate) fn console_routes(config: &mut ServiceConfig) {
    config.service(reading("/health/live").route(read().to(live))).service(reading("/health/ready").route(read().to(ready_to_work)));
}

/// The addresses on the respondents' origin, which say yes or no.
pub(crate) fn respondents_routes(config: &mut ServiceConfig) {
    config.service(reading("/health/live").route(read().to(live))).service(reading("/health/ready").route(read().to(ready_to_answer)));
}

async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("live\n")
}

fn ready() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n")
}

async fn ready_to_work(installation: Data<Installation>) -> Result<HttpResponse, Problem> {
    let faults = faults(&installation).await;
    if faults.is_empty() {
        return Ok(ready());
    }
    let detail = faults.iter().map(|fault| fault.says.as_str()).collect::<Vec<_>>().join(" ");
    let mut parts: Vec<&'static str> = faults.iter().map(|fault| fault.part.name()).collect();
    parts.dedup();
    Err(Problem { retry_after: Some(RETRY_AFTER), parts, ..Problem::new(Code::NotReady, detail) })
}

async fn ready_to_answer(installation: Data<Installation>) -> HttpResponse {
    if faults(&installation).await.iter().any(|fault| fault.part.is_needed_to_answer()) {
        let problem = Problem { retry_after: Some(RETRY_AFTER), ..Problem::new(Code::NotReady, "Please ask again in a moment.") };
        return problem.document();
    }
    ready()
}

fn read() -> actix_web::Route {
    web::route().guard(either_read())
}

fn either_read() -> impl Guard {
    Any(Get()).or(Head())
}

fn reading(path: &str) -> Resource {
    web::resource(path).default_service(web::to(|| async { Problem::method_not_allowed("GET, HEAD").document() }))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc;

    use super::*;

    #[actix_web::test]
    async fn a_look_that_hangs_is_never_joined_by_a_second_one() {
        let vitals = Arc::new(Vitals::default());
        let key_folder: Which = |all| &all.key_folder;
        let (begun, begins) = mpsc::channel();
        let (end, ended) = mpsc::channel::<()>();
        let own = vitals.clone();
        let first = actix_web::rt::spawn(async move {
            let hang = move || (begun.send(()), ended.recv().is_err());
            alone(&own, key_folder, hang).await.is_some()
        });
        web::block(move || begins.recv()).await.unwrap().unwrap();
        let looked = Arc::new(AtomicBool::new(false));
        let own = looked.clone();
        assert_eq!(alone(&vitals, key_folder, move || own.store(true, Ordering::SeqCst)).await, None);
        assert!(!looked.load(Ordering::SeqCst), "a second thread waits as well");
        // Another part is looked at meanwhile.
        assert_eq!(alone(&vitals, |all| &all.people_database, || 7).await, Some(7));
        // When the disk is back, so are the looks.
        drop(end);
        first.await.unwrap();
        while alone(&vitals, key_folder, || ()).await.is_none() {}
    }
}
