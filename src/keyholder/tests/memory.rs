//! What the key holder types is not left in the memory of the program that serves the page: not in what it was read into, not in what the page was put
//! together from, not in what a command made of it. Looked for in the real program, as somebody with a core dump or a swap file would.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PASSPHRASE: &str = "four plain old words";

/// The program with its page.
struct Served {
    program: Child,
    host: String,
    path: String,
}

impl Served {
    fn in_folder(folder: &Path) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_candor-keyholder"))
            .args(["serve", "--port", "0", "--folder"])
            .arg(folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(program.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let (host, path) = line.trim().split_once("http://").unwrap().1.split_once('/').unwrap();
        Self { program, host: host.to_owned(), path: format!("/{path}") }
    }

    fn asked(&self, head: &str, body: &str) -> String {
        let mut line = TcpStream::connect(&self.host).unwrap();
        let host = &self.host;
        write!(line, "{head} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        let mut answer = String::new();
        line.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        answer
    }

    fn gets(&self, what: &str) -> String {
        self.asked(&format!("GET {}{what}", self.path), "")
    }

    fn posts(&self, to: &str, form: &str) -> String {
        self.asked(&format!("POST {}{to}", self.path), form)
    }

    /// Everything that the program may write to, as it stands in its memory now.
    fn memory(&self) -> Vec<u8> {
        let folder = format!("/proc/{}", self.program.id());
        let mut memory = File::open(format!("{folder}/mem")).unwrap();
        let mut bytes = Vec::new();
        for region in fs::read_to_string(format!("{folder}/maps")).unwrap().lines().filter(|line| line.contains(" rw")) {
            let (start, end) = region.split(' ').next().unwrap().split_once('-').unwrap();
            let [start, end] = [start, end].map(|place| u64::from_str_radix(place, 16).unwrap());
            memory.seek(SeekFrom::Start(start)).unwrap();
            // A region that ended since it was listed holds nothing any more.
            let _ = Read::by_ref(&mut memory).take(end - start).read_to_end(&mut bytes);
        }
        bytes
    }

    fn holds(&self, forms: &[Vec<u8>]) -> bool {
        let memory = self.memory();
        forms.iter().any(|form| memchr::memmem::find(&memory, form).is_some())
    }

    /// The answer is sent before its last copy is erased, so a moment passes.
    fn forgets(&self, what: &str, text: &str) {
        let until = Instant::now() + Duration::from_secs(5);
        while self.holds(&forms(text)) {
            assert!(Instant::now() < until, "{what}: what was typed is still in memory");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// A text as it is typed, as a form sends it, and letter by letter.
fn forms(text: &str) -> [Vec<u8>; 3] {
    [text.into(), text.replace(' ', "+").into(), text.chars().flat_map(|letter| u32::from(letter).to_le_bytes()).collect()]
}

/// What stands between two pieces of a text, as often as it does.
fn between<'a>(text: &'a str, before: &'a str, behind: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(before).skip(1).map(move |rest| rest.split(behind).next().unwrap())
}

#[test]
fn what_a_key_holder_types_and_what_the_paper_shows_is_in_no_memory_once_the_answer_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::in_folder(folder.path());
    // The positive control: a search that finds what the program does keep.
    assert!(served.holds(&forms(served.path.trim_matches('/'))), "the secret of the address is kept, and was not found");

    let passphrase = PASSPHRASE.replace(' ', "+");
    let keys = format!("do=keys&wave=2026-q4&holder=Vera+Albers&kept=both&shares=2-of-3&passphrase={passphrase}&again=");
    assert!(served.posts("do", &format!("{keys}another+one+of+them")).contains("The two passphrases differ"));
    served.forgets("a passphrase that was refused", PASSPHRASE);
    served.forgets("what was typed the second time", "another one of them");
    assert!(served.posts("do", &format!("{keys}{passphrase}")).contains("Fingerprint in words"));
    served.forgets("a passphrase", PASSPHRASE);

    let paper = served.gets("2026-q4/paper");
    let rows: Vec<String> =
        between(&paper, "<ol class=\"rows\">", "</ol>").flat_map(|rows| between(rows, "<li>", "<")).map(str::to_owned).collect();
    assert_eq!(rows.len(), 12);
    let forgets_rows = |what: &str| rows.iter().for_each(|row| served.forgets(what, row));
    forgets_rows("the paper");

    let typed = |rows: &[String]| rows.iter().map(|row| format!("&row={}", row.replace(' ', "+"))).collect::<String>();
    let one = served.posts("2026-q4/do", &format!("do=check&wave=2026-q4{}", typed(&rows[..4])));
    assert!(one.contains("More shares are needed") && one.contains(&rows[3]));
    forgets_rows("a refused form that shows the rows again");
    let slip =
        served.posts("2026-q4/do", &format!("do=check&wave=2026-q4{}&row=0000-0000-0000-0000-1{}", typed(&rows[..4]), typed(&rows[5..8])));
    assert!(slip.contains("typing mistake") && slip.contains(&rows[7]));
    forgets_rows("a mistyped row");
    let checked = served.posts("2026-q4/do", &format!("do=check&wave=2026-q4{}", typed(&rows[..8])));
    assert!(checked.contains("give the key of round 2026-q4 back"));
    forgets_rows("shares that gave the key back");
    let printed = served.posts("2026-q4/do", &format!("do=print&wave=2026-q4&shares=2-of-3&passphrase=&{}", &typed(&rows[4..])[1..]));
    assert!(printed.contains("class=\"refused\"") || printed.contains("Done"), "{printed}");
    forgets_rows("shares of which new ones were made");
    let wrong = served.posts("2026-q4/do", "do=print&wave=2026-q4&shares=2-of-3&passphrase=quite+another+passphrase");
    assert!(wrong.contains("role=\"alert\""), "{wrong}");
    served.forgets("a wrong passphrase", "quite another passphrase");
}
