//! One opening in a process of its own, and the cryptography that it cannot do without.

use std::fs;
use std::hint::black_box;
use std::iter;
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use candor::lifecycle::Refusal;
use candor::lifecycle::opening::StoredBallots;
use domain::WaveId;
use protocol::{BoxSecretKey, CastBallot, CredentialKey, FrozenManifest, ballot_info};
use release::opening::{BallotSource, Opening, Papers, Part, open_from};
use responses::Responses;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};

use crate::Outcome;
use crate::closed_box::{ISSUED, KEY, connect};

/// What an opening took.
#[derive(Serialize, Deserialize)]
pub(crate) struct Measured {
    /// Every part of the work with its seconds by the clock on the wall.
    pub(crate) parts: Vec<(String, f64)>,
    /// All parts together.
    pub(crate) everything: Took,
    /// The largest resident set until the end of the opening, in MiB.
    pub(crate) peak_mib: f64,
    /// Every ballot's credential alone, on as many threads.
    pub(crate) credentials: Took,
    /// Every ballot's decryption alone, on as many threads.
    pub(crate) decryption: Took,
    /// Hash of the Release.
    pub(crate) sha256: String,
}

/// Seconds that a piece of work took.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Took {
    /// By the clock on the wall.
    pub(crate) wall: f64,
    /// User and system time of all threads, which does not grow when others use the machine too.
    pub(crate) processor: f64,
}

impl Took {
    /// Runs a piece of work.
    fn by<T>(work: impl FnOnce() -> T) -> (Self, T) {
        let (started, processor) = (Instant::now(), processor_seconds());
        let done = work();
        (Self { wall: started.elapsed().as_secs_f64(), processor: processor_seconds() - processor }, done)
    }
}

/// Opens the box below `folder` as the product does.
pub(crate) fn opening(folder: &Path, threads: NonZero<usize>) -> Outcome<Measured> {
    let store = connect(folder)?;
    let box_key = BoxSecretKey::try_from(fs::read(folder.join(KEY))?.as_slice())?;

    let mut ends = vec![(None, Instant::now())];
    let (everything, opened) = Took::by(|| open_measured(&store, folder, &box_key, threads, &mut ends));
    let (opened, reading) = opened?;
    let peak_mib = peak_mib();

    let took = |part| {
        let place = ends.iter().position(|(end, _)| *end == Some(part)).expect("a part that was told");
        ends[place].1.duration_since(ends[place - 1].1).as_secs_f64()
    };
    let parts = [
        ("papers: keys, groups, board", took(Part::Papers)),
        ("reading the ballots, twice", reading[0] + reading[1]),
        ("board and credential of every ballot", took(Part::Credentials) - reading[0]),
        ("board again and decryption", took(Part::Decryption) - reading[1]),
        ("plan, table, constants", took(Part::Table)),
        ("checks of the result", took(Part::Checks)),
        ("writing the Release", took(Part::Writing)),
    ];
    let [credentials, decryption] = cryptography_alone(&store, &box_key, threads)?;
    Ok(Measured {
        parts: parts.map(|(name, seconds)| (name.to_owned(), seconds)).into(),
        everything,
        peak_mib,
        credentials,
        decryption,
        sha256: opened.sha256.to_text(),
    })
}

/// The opening and the seconds that each thread spent on reading, the first and the second time.
fn open_measured(
    store: &Responses,
    folder: &Path,
    box_key: &BoxSecretKey,
    threads: NonZero<usize>,
    ends: &mut Vec<(Option<Part>, Instant)>,
) -> Outcome<(Opening, [f64; 2])> {
    let record = store.wave(&wave()?)?.ok_or("the round is not there")?;
    let issued: Vec<u32> = serde_json::from_slice(&fs::read(folder.join(ISSUED))?)?;
    let papers = Papers {
        manifest: &record.manifest,
        instrument: &record.instrument,
        groups: &record.groups,
        issued: &issued,
        credential_key: &credential_key(store)?,
        board: &serde_json::from_slice(&record.board.ok_or("the box is not shut")?)?,
    };
    let ballots = Stopwatch { source: StoredBallots(store), reading: [const { AtomicU64::new(0) }; 2], readings: AtomicU64::new(0) };
    let opened = open_from(papers, &ballots, box_key, threads, &mut |part| ends.push((Some(part), Instant::now())))?;
    let seconds = |nanos: AtomicU64| Duration::from_nanos(nanos.into_inner()).as_secs_f64() / threads.get() as f64;
    Ok((opened, ballots.reading.map(seconds)))
}

fn wave() -> Outcome<WaveId> {
    Ok(WaveId::parse("2026-q4")?)
}

fn credential_key(store: &Responses) -> Outcome<CredentialKey> {
    let stored = store.credential_key(&wave()?)?.ok_or("the round has no key")?;
    Ok(CredentialKey::try_from(stored.expose_secret())?)
}

/// A source that knows how long reading it took, each time.
struct Stopwatch<'a> {
    source: StoredBallots<'a>,
    /// Nanoseconds of the two readings.
    reading: [AtomicU64; 2],
    readings: AtomicU64,
}

impl BallotSource for Stopwatch<'_> {
    type Error = Refusal;

    fn pieces(&self) -> impl Iterator<Item = Result<Vec<CastBallot>, Refusal>> + Send {
        let spent = &self.reading[usize::from(self.readings.fetch_add(1, Ordering::Relaxed) > 0)];
        let mut pieces = self.source.pieces();
        iter::from_fn(move || {
            let started = Instant::now();
            let piece = pieces.next();
            spent.fetch_add(started.elapsed().as_nanos() as u64, Ordering::Relaxed);
            piece
        })
    }
}

/// What the credentials of all ballots and their decryption take without anything else. All ballots lie in memory then.
fn cryptography_alone(store: &Responses, box_key: &BoxSecretKey, threads: NonZero<usize>) -> Outcome<[Took; 2]> {
    let record = store.wave(&wave()?)?.ok_or("the round is not there")?;
    let (manifest, key) = (FrozenManifest::read(record.manifest)?.hash(), credential_key(store)?);
    let ballots: Vec<CastBallot> = StoredBallots(store).pieces().collect::<Result<Vec<_>, _>>()?.concat();
    let on_each = |work: &(dyn Fn(&CastBallot) + Sync)| {
        let work = || {
            thread::scope(|scope| {
                for share in ballots.chunks(ballots.len().div_ceil(threads.get()).max(1)) {
                    scope.spawn(move || share.iter().for_each(work));
                }
            });
        };
        Took::by(work).0
    };
    Ok([
        on_each(&|cast| {
            black_box(key.output(cast.nonce.as_bytes(), &ballot_info(&manifest, cast.group)).expect("a credential"));
        }),
        on_each(&|cast| {
            black_box(box_key.open(&ballot_info(&manifest, cast.group), &cast.nonce, &cast.ct).expect("a ballot that opens"));
        }),
    ])
}

/// User and system time of this process in seconds (proc(5), in ticks of a hundredth of a second).
fn processor_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit_once(") ").map(|(_, fields)| fields.split_whitespace()).into_iter().flatten();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// The largest resident set of this process so far, in MiB (proc(5), `VmHWM`).
fn peak_mib() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or(f64::NAN) / 1024.0
}
