//! Many clients, each taking the next person of one list and answering for them until the server has acknowledged everything.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use protocol::wire::{self, InvalidAnswer, Kind, Outcome, Request};
use protocol::{Answer, Ballot, CastBallot, Level, Prepared, Receipt, RespondentProblem};

use super::device::{Device, Later, Tried};
use super::scene::Person;

/// How many items the core instrument has.
const ITEMS: usize = 12;
/// The wait after a lost request.
const FIRST_WAIT: Duration = Duration::from_millis(50);

/// What the server acknowledged to one person. Nothing is written here before its answer was verified.
#[derive(Debug, Clone, Default)]
pub(crate) struct Progress {
    /// The request that was answered with a valid credential.
    pub(crate) issued: Option<Vec<u8>>,
    /// The ballot that was answered with a valid receipt, and the receipt.
    pub(crate) cast: Option<(CastBallot, Receipt)>,
}

/// What all people of a list were told, and what went otherwise than it should.
pub(crate) struct Ledger {
    next: AtomicUsize,
    progress: Vec<Mutex<Progress>>,
    refused: Mutex<Vec<String>>,
    /// Requests without an answer.
    pub(crate) lost: AtomicU64,
    /// Requests that were answered with "busy".
    pub(crate) busy: AtomicU64,
    /// Requests that were answered with an internal error.
    pub(crate) internal: AtomicU64,
    /// Requests that were sent, the repeated ones included.
    pub(crate) requests: AtomicU64,
}

impl Ledger {
    /// An empty page for everybody.
    pub(crate) fn of(people: usize) -> Self {
        Self {
            next: AtomicUsize::new(0),
            progress: (0..people).map(|_| Mutex::default()).collect(),
            refused: Mutex::default(),
            lost: AtomicU64::default(),
            busy: AtomicU64::default(),
            internal: AtomicU64::default(),
            requests: AtomicU64::default(),
        }
    }

    /// What everybody was told until now, in the order of the list.
    pub(crate) fn acknowledged(&self) -> Vec<Progress> {
        self.progress.iter().map(|progress| progress.lock().unwrap().clone()).collect()
    }

    /// What one person was told until now.
    pub(crate) fn of_one(&self, place: usize) -> Progress {
        self.progress[place].lock().unwrap().clone()
    }

    /// Refusals that nobody may get who does as they should.
    pub(crate) fn refused(&self) -> Vec<String> {
        self.refused.lock().unwrap().clone()
    }

    /// Writes down that somebody was treated wrongly.
    pub(crate) fn complain(&self, text: String) {
        self.refused.lock().unwrap().push(text);
    }

    /// How many people hold a receipt.
    pub(crate) fn receipts(&self) -> usize {
        self.progress.iter().filter(|progress| progress.lock().unwrap().cast.is_some()).count()
    }
}

/// How long one complete submission took, and two of its requests.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Timing {
    /// From the request for the promise sheet to the verified receipt, the client's own cryptography included.
    pub(crate) whole: Duration,
    /// The request for the credential, repetitions included.
    pub(crate) issue: Duration,
    /// The request that casts the ballot, repetitions included.
    pub(crate) redeem: Duration,
}

/// Why a client ended before its person was done.
pub(crate) enum Ended {
    /// It was asked to stop.
    Stopped,
    /// The server refused for good, or answered with something that does not hold.
    Refused(RespondentProblem),
}

impl From<RespondentProblem> for Ended {
    fn from(problem: RespondentProblem) -> Self {
        Self::Refused(problem)
    }
}

impl From<InvalidAnswer> for Ended {
    fn from(problem: InvalidAnswer) -> Self {
        Self::Refused(problem.into())
    }
}

/// Drives people through the protocol.
pub(crate) struct Driver<'a> {
    /// `http://host:port/w/wave`.
    pub(crate) base: &'a str,
    /// Everybody.
    pub(crate) people: &'a [Person],
    /// What they were told.
    pub(crate) ledger: &'a Ledger,
    /// Ends every client at its next wait or person.
    pub(crate) stop: &'a AtomicBool,
    /// No wait between two tries is longer, whatever the server asks for.
    pub(crate) longest_wait: Duration,
}

impl Driver<'_> {
    /// Lets `clients` clients work at the same time, each with a connection of its own.
    pub(crate) fn with_clients<T: Send>(&self, clients: usize, work: impl Fn(&Visit<'_>) -> T + Sync) -> Vec<T> {
        std::thread::scope(|scope| {
            let client = || work(&Visit { driver: self, device: Device::new(self.base) });
            let threads: Vec<_> = (0..clients).map(|_| scope.spawn(client)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        })
    }

    /// Lets `clients` people at a time answer until the list is used up or the driver is stopped.
    pub(crate) fn run(&self, clients: usize) -> Vec<Timing> {
        let answer = |visit: &Visit<'_>| visit.answer_for_the_next_people(|_, _| Ok(()));
        self.with_clients(clients, answer).into_iter().flatten().collect()
    }
}

/// One client's way to the server.
pub(crate) struct Visit<'a> {
    driver: &'a Driver<'a>,
    device: Device,
}

impl Visit<'_> {
    /// Answers for one person of the list after the other until it is used up or the driver is stopped. `after` is called for everybody who is done.
    pub(crate) fn answer_for_the_next_people(&self, after: impl Fn(&Person, &Progress) -> Result<(), Ended>) -> Vec<Timing> {
        let Driver { people, ledger, stop, .. } = self.driver;
        let mut timings = Vec::new();
        while !stop.load(Ordering::Relaxed) {
            let place = ledger.next.fetch_add(1, Ordering::Relaxed);
            let (Some(person), Some(told)) = (people.get(place), ledger.progress.get(place)) else { break };
            let answered = self.answer(person, told).and_then(|timing| {
                timings.push(timing);
                let told = told.lock().unwrap().clone();
                after(person, &told)
            });
            match answered {
                Ok(()) => {}
                Err(Ended::Stopped) => break,
                Err(Ended::Refused(problem)) => ledger.complain(format!("{}: {problem}", person.id)),
            }
        }
        timings
    }

    /// One complete submission: promise sheet, group, credential, ballot.
    fn answer(&self, person: &Person, told: &Mutex<Progress>) -> Result<Timing, Ended> {
        let started = Instant::now();
        let (size, prepared) = self.prepare(person)?;
        let issue_request = prepared.issue_request();
        let issuing = Instant::now();
        let answer = self.post(Kind::Issue, &issue_request, size)?;
        let issue = issuing.elapsed();
        let redeem_request = prepared.redeem_request(&answer)?;
        told.lock().unwrap().issued = Some(issue_request);
        let redeeming = Instant::now();
        let answer = self.post(Kind::Redeem, &redeem_request, size)?;
        let redeem = redeeming.elapsed();
        let receipt = prepared.receipt(&answer)?;
        let Ok(Request::Redeem(ballot)) = Request::parse(&redeem_request) else { return Err(InvalidAnswer.into()) };
        told.lock().unwrap().cast = Some((ballot, receipt));
        Ok(Timing { whole: started.elapsed(), issue, redeem })
    }

    /// Everything before the first request that changes something; never the same twice. Also gives the size of this wave's answers.
    fn prepare(&self, person: &Person) -> Result<(u32, Prepared), Ended> {
        let (hash, secret) = person.parts();
        let respondent = self.repeat(|| self.device.manifest(&hash))?;
        let size = respondent.manifest().manifest().response_size;
        let group = respondent.verify_leaf(&self.post(Kind::Leaf, &respondent.leaf_request(&secret), size)?)?;
        let ballot = Ballot { level: Level::Group, answers: vec![Answer::Point(5); ITEMS], comments: vec![] };
        Ok((size, respondent.prepare(&secret, &group, &ballot, &mut rand::rng())?))
    }

    /// Asks for a second credential with another blinded element; whether it was refused as it must be.
    pub(crate) fn second_credential_is_refused(&self, person: &Person) -> Result<bool, Ended> {
        let (size, prepared) = self.prepare(person)?;
        let answer = self.post(Kind::Issue, &prepared.issue_request(), size)?;
        Ok(matches!(prepared.redeem_request(&answer), Err(RespondentProblem::Refused(Outcome::AlreadyIssued))))
    }

    /// Sends both requests that were acknowledged once more; whether the answers say the same again.
    pub(crate) fn says_the_same_again(&self, person: &Person, told: &Progress) -> Result<bool, Ended> {
        let (hash, _) = person.parts();
        let size = self.repeat(|| self.device.manifest(&hash))?.manifest().manifest().response_size;
        let (Some(issue_request), Some((ballot, receipt))) = (&told.issued, &told.cast) else { return Ok(false) };
        let issued = wire::Answer::parse(Kind::Issue, &self.post(Kind::Issue, issue_request, size)?, size)?;
        let cast = wire::Answer::parse(Kind::Redeem, &self.post(Kind::Redeem, &Request::Redeem(ballot.clone()).encode(), size)?, size)?;
        let same_group = matches!(issued, wire::Answer::Issue { group, .. } if group == ballot.group);
        let same_receipt =
            matches!(cast, wire::Answer::Redeem { leaf, signature } if leaf == receipt.leaf && signature == receipt.signature);
        Ok(same_group && same_receipt)
    }

    /// Sends one request until it is answered for good.
    fn post(&self, kind: Kind, request: &[u8], size: u32) -> Result<Vec<u8>, Ended> {
        self.repeat(|| match self.device.post(kind, request, size) {
            Tried::Answered(answer) => Ok(answer),
            Tried::Later(later) => Err(later),
        })
    }

    fn repeat<T>(&self, once: impl Fn() -> Result<T, Later>) -> Result<T, Ended> {
        let Driver { ledger, stop, longest_wait, .. } = self.driver;
        loop {
            ledger.requests.fetch_add(1, Ordering::Relaxed);
            let (counter, wait) = match once() {
                Ok(answer) => return Ok(answer),
                Err(Later::Lost) => (&ledger.lost, None),
                Err(Later::Busy(wait)) => {
                    if wait.is_none() {
                        ledger.complain("busy without a word about how long to wait".to_owned());
                    }
                    (&ledger.busy, wait)
                }
                Err(Later::Internal) => (&ledger.internal, None),
            };
            counter.fetch_add(1, Ordering::Relaxed);
            if stop.load(Ordering::Relaxed) {
                return Err(Ended::Stopped);
            }
            std::thread::sleep(wait.unwrap_or(FIRST_WAIT).min(*longest_wait));
        }
    }
}
