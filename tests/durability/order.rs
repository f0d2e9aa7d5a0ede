//! The order of system calls: every answer to issue and redeem leaves after a flush to the disk that began after the request had come.
//!
//! This is what protects against a power cut, and `kill -9` cannot show it. Needs strace.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::Command;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use crate::audit::candor;
use crate::load::{Driver, Ledger, Scene, Server, Stores};

/// One line of strace's output that matters here.
enum Call<'t> {
    /// Data came in on a connection.
    Came(&'t str),
    /// A flush of a file was asked for; whether it ended well on the same line.
    FlushBegins { file: &'t str, ended: bool },
    /// A call that had begun on an earlier line ended well.
    Ends,
    /// An answer begins to leave on a connection.
    Leaves(&'t str),
}

/// Which requests a connection carried, in turn; each client asks for one after the other.
const TURNS: [(&str, &str); 4] = [("manifest", ".db"), ("leaf", ".db"), ("issue", "identity.db"), ("redeem", "responses.db")];

/// Reads what follows the thread's number: `fdatasync(12</path>) = 0`, `recvfrom(9<TCP:[here->there]>, "…" <unfinished ...>`,
/// `<... fdatasync resumed>) = 0`.
fn parse(call: &str) -> Option<Call<'_>> {
    let result = call.trim_end().rsplit_once(" = ").map(|(_, result)| result);
    if call.starts_with("<... ") {
        return result.is_some_and(|result| !result.starts_with('-')).then_some(Call::Ends);
    }
    let (name, arguments) = call.split_once('(')?;
    let descriptor = arguments.split([',', ')']).next()?.trim_end_matches(" <unfinished ...>");
    let connection = descriptor.contains("TCP");
    match name {
        "fdatasync" | "fsync" => Some(Call::FlushBegins { file: descriptor, ended: result == Some("0") }),
        "recvfrom" | "read" | "readv" if connection && result.is_none_or(|result| !result.starts_with(['-', '0'])) => {
            Some(Call::Came(descriptor))
        }
        "sendto" | "write" | "writev" if connection && arguments.contains("HTTP/1.1 200") => Some(Call::Leaves(descriptor)),
        _ => None,
    }
}

/// Per kind of request: how many answers left, and how many of them after a flush of the right file that began after the request had come.
fn flushes_before_answers(trace: &str) -> BTreeMap<&'static str, (usize, usize)> {
    let mut counts: BTreeMap<&'static str, (usize, usize)> = BTreeMap::new();
    let mut begun: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    // Files and the lines on which their flushes began; only of flushes that have ended.
    let mut flushed: Vec<(&str, usize)> = Vec::new();
    let (mut came, mut turns): (BTreeMap<&str, usize>, BTreeMap<&str, usize>) = (BTreeMap::new(), BTreeMap::new());
    for (number, line) in trace.lines().enumerate() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        match parse(call.trim_start()) {
            // A request may come in several pieces; the last one counts, which is the strictest.
            Some(Call::Came(connection)) => {
                came.insert(connection, number);
            }
            Some(Call::FlushBegins { file, ended: true }) => flushed.push((file, number)),
            Some(Call::FlushBegins { file, ended: false }) => {
                begun.insert(thread, (file, number));
            }
            Some(Call::Ends) => flushed.extend(begun.remove(thread)),
            Some(Call::Leaves(connection)) => {
                let turn = turns.entry(connection).or_default();
                let (kind, file) = TURNS[*turn % TURNS.len()];
                *turn += 1;
                let since = came.get(connection).copied().unwrap_or(usize::MAX);
                let count = counts.entry(kind).or_default();
                count.0 += 1;
                count.1 += usize::from(flushed.iter().rev().any(|(name, begin)| *begin > since && name.contains(file)));
            }
            None => {}
        }
    }
    counts
}

#[test]
fn every_answer_leaves_after_the_flush_that_makes_it_durable() {
    if !Command::new("strace").arg("-V").output().is_ok_and(|output| output.status.success()) {
        // Not with eprintln, which the test runner keeps to itself when a test passes.
        let said =
            b"LEFT OUT, nothing was proved about flushes before answers: strace is not installed (on Debian: apt-get install strace)\n";
        std::io::stderr().write_all(said).unwrap();
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let scene = Scene::configure(folder.path(), &Stores::sqlite(folder.path()));
    let people = scene.launch(120);
    let trace = folder.path().join("trace");
    let mut command = Command::new("strace");
    command.args(["-f", "-yy", "-s", "32", "-e", "trace=fdatasync,fsync,recvfrom,read,readv,sendto,write,writev", "-o"]);
    command.arg(&trace).arg(candor());
    let server = Server::start_with(command, &scene);
    let (ledger, base, stop) = (Ledger::of(people.len()), scene.base(), AtomicBool::new(false));
    Driver { base: &base, people: &people, ledger: &ledger, stop: &stop, longest_wait: Duration::from_millis(100) }.run(8);
    assert_eq!((ledger.receipts(), ledger.refused()), (people.len(), Vec::new()));
    server.stop_below();
    let counts = flushes_before_answers(&std::fs::read_to_string(&trace).unwrap());
    eprintln!("answers that left, and those among them that left after a flush: {counts:?}");
    for kind in ["issue", "redeem"] {
        assert_eq!(counts[kind], (people.len(), people.len()), "{kind}");
    }
    // The control: an answer that needs no flush mostly leaves without one, so the counting above can tell the two apart.
    let (answers, after_a_flush) = counts["leaf"];
    assert!(answers == people.len() && after_a_flush < answers, "{counts:?}");
}
