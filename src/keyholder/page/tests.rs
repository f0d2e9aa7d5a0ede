#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::fs;
use std::io::Cursor;

use domain::{ManualClock, Moment};
use tempfile::TempDir;

use super::*;
use protocol::manifest::ManifestNonce;
use protocol::trustee::Countersignature;

use crate::given::{Round, round_under};
use crate::locked::LockedKey;
use crate::result::SignedResult;

const TOKEN: &str = "0123456789abcdef0123456789abcdef";
const HOST: &str = "127.0.0.1:4567";
const PASSPHRASE: &str = "four+plain+old+words";

/// A line to a browser: what it asks, and what it gets.
struct Line {
    asks: Cursor<Vec<u8>>,
    gets: Vec<u8>,
}

impl Read for Line {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.asks.read(into)
    }
}

impl Write for Line {
    fn write(&mut self, from: &[u8]) -> io::Result<usize> {
        self.gets.write(from)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A browser in front of the page.
struct Browser {
    dir: TempDir,
    page: Page,
    clock: ManualClock,
}

impl Browser {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let page = Page { folder: dir.path().to_owned(), token: Zeroizing::new(TOKEN.to_owned()), host: HOST.to_owned() };
        Self { dir, page, clock: ManualClock::at(Moment::parse("2026-10-20T08:00:00Z").unwrap()) }
    }

    fn says(&self, request: &str) -> (String, Next) {
        let mut line = Line { asks: Cursor::new(request.as_bytes().to_vec()), gets: Vec::new() };
        let next = self.page.converse(&mut line, &self.clock, &Mutex::new(())).unwrap();
        (String::from_utf8(line.gets).unwrap(), next)
    }

    fn gets(&self, path: &str) -> String {
        let (answer, _) = self.says(&format!("GET /{TOKEN}/{path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n"));
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{path}: {answer}");
        well_made(&answer);
        answer
    }

    /// Sends a form of the round's page; what comes of it.
    fn posts(&self, form: &str) -> String {
        self.sends("2026-q4/do", form)
    }

    fn sends(&self, to: &str, form: &str) -> String {
        let head =
            format!("POST /{TOKEN}/{to} HTTP/1.1\r\nHost: {HOST}\r\nOrigin: http://{HOST}\r\nContent-Length: {}\r\n\r\n", form.len());
        let (answer, next) = self.says(&format!("{head}{form}"));
        assert_eq!(next, Next::GoOn);
        well_made(&answer);
        answer
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.dir.path().join(name), bytes).unwrap();
    }

    fn round(&self, nonce: ManifestNonce) -> Round {
        let key = LockedKey::from_json(&fs::read(self.dir.path().join("2026-q4.key.json")).unwrap()).unwrap();
        round_under(key.open(&PASSPHRASE.replace('+', " ").into()).unwrap(), 5, nonce)
    }
}

/// Every field has its label, no name of a field stands twice, and the page neither loads nor runs anything.
fn well_made(answer: &str) {
    let body = answer.split("\r\n\r\n").nth(1).unwrap();
    let values = |attribute: &str| -> Vec<String> {
        body.split(&format!(" {attribute}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let ids = values("id");
    let different: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(different.len(), ids.len(), "an id stands twice in {body}");
    assert_eq!(values("for").iter().collect::<BTreeSet<_>>(), different, "labels and fields in {body}");
    let fields = body.matches("<input ").count() + body.matches("<select ").count() - body.matches("type=\"hidden\"").count();
    assert_eq!(fields, ids.len(), "a field without an id in {body}");
    for forbidden in ["<script", "<img", "<link", " src=", "http://", "https://", "javascript:", " onclick=", " onload=", " onsubmit="] {
        assert!(!body.contains(forbidden), "{forbidden} in {body}");
    }
}

#[test]
fn the_page_answers_only_its_own_address_and_forms_only_of_its_own() {
    let browser = Browser::new();
    for request in [
        format!("GET / HTTP/1.1\r\nHost: {HOST}\r\n\r\n"),
        format!("GET /{}/ HTTP/1.1\r\nHost: {HOST}\r\n\r\n", TOKEN.replace('0', "1")),
        format!("GET /{TOKEN}/ HTTP/1.1\r\nHost: evil.example:4567\r\n\r\n"),
        format!("GET /{TOKEN}/ HTTP/1.1\r\n\r\n"),
        format!("GET /{TOKEN}/2026-q4/ HTTP/1.1\r\nHost: {HOST}\r\n\r\n"),
        format!("GET /{TOKEN}/../../etc/passwd HTTP/1.1\r\nHost: {HOST}\r\n\r\n"),
        format!("POST /{TOKEN}/else HTTP/1.1\r\nHost: {HOST}\r\nOrigin: http://{HOST}\r\n\r\n"),
    ] {
        let (answer, next) = browser.says(&request);
        assert!(answer.starts_with("HTTP/1.1 404 ") && next == Next::GoOn, "{request}{answer}");
        assert!(!answer.contains(TOKEN), "an address is not given away");
    }
    for origin in ["", "Origin: null\r\n", "Origin: http://evil.example\r\n", "Origin: http://127.0.0.1:4568\r\n"] {
        for place in ["do", "end"] {
            let (answer, next) = browser.says(&format!("POST /{TOKEN}/{place} HTTP/1.1\r\nHost: {HOST}\r\n{origin}\r\n"));
            assert!(answer.starts_with("HTTP/1.1 403 ") && next == Next::GoOn, "{origin}{answer}");
        }
    }
    assert!(browser.says("\r\n\r\nnonsense\r\n\r\n").0.starts_with("HTTP/1.1 400 "));
    let (_, next) = browser.says(&format!("POST /{TOKEN}/end HTTP/1.1\r\nHost: {HOST}\r\nOrigin: http://{HOST}\r\n\r\n"));
    assert_eq!(next, Next::End);
    assert_eq!(fs::read_dir(browser.dir.path()).unwrap().count(), 0, "nothing of all this wrote a file");
}

#[test]
fn a_key_holder_goes_through_the_whole_ceremony_on_the_page() {
    let browser = Browser::new();
    browser.write("<b>.json", b"\"candor-sheet/1\"");
    let first = browser.gets("");
    assert!(first.contains("Make the keys of a round") && first.contains("hand out only what"), "{first}");
    let keys = |again: &str| {
        format!("do=keys&wave=2026-q4&holder=Works+council%2C+Vera+Albers&kept=both&shares=2-of-3&passphrase={PASSPHRASE}&again={again}")
    };
    let slip = browser.sends("do", &keys("something+else+again"));
    assert!(
        slip.contains("The two passphrases differ; nothing was made.") && slip.contains("value=\"Works council, Vera Albers\""),
        "{slip}"
    );
    assert!(!slip.contains("plain old words") && !slip.contains("something else"), "a passphrase stands in {slip}");
    let made = browser.sends("do", &keys(PASSPHRASE));
    assert!(made.contains("Fingerprint in words") && made.contains("<a href=\"2026-q4/\">Go on</a>"), "{made}");
    assert!(!made.contains("candor trustee"), "the page names a command in {made}");
    let paper = browser.says(&format!("GET /{TOKEN}/2026-q4/paper HTTP/1.1\r\nHost: {HOST}\r\n\r\n")).0;
    let rows: Vec<&str> = paper.split("<ol class=\"rows\">").skip(1).flat_map(|page| page.split("<li>").skip(1).take(4)).collect();
    let rows: Vec<String> = rows.iter().map(|row| format!("&row={}", row.split('<').next().unwrap())).collect();
    assert_eq!(rows.len(), 12);

    let blank = "&row=".repeat(4);
    let checked = browser.posts(&format!("do=check&wave=2026-q4{}{blank}{}", rows[4..8].concat(), rows[..4].concat()));
    assert!(checked.contains("give the key of round 2026-q4 back"), "{checked}");
    let slip = browser.posts(&format!("do=check&wave=2026-q4&row=0000-0000-0000-0000-1{}", rows[1..8].concat()));
    assert!(slip.contains("role=\"alert\"") && slip.contains("Row 1 of the first share: ") && slip.contains("typing mistake"), "{slip}");
    assert!(slip.contains("value=\"0000-0000-0000-0000-1\""), "{slip}");
    for row in &rows[1..8] {
        assert_eq!(
            slip.matches(&format!("value=\"{}\"", &row["&row=".len()..])).count(),
            1,
            "a row that was right stands once more in {slip}"
        );
    }
    let one = browser.posts(&format!("do=check&wave=2026-q4{}", rows[..4].concat()));
    assert!(one.contains("<p>More shares are needed than were typed.</p>"), "{one}");
    let twice = browser.posts(&format!("do=check&wave=2026-q4{}{}", rows[..4].concat(), rows[..4].concat()));
    assert!(twice.contains("role=\"alert\"") && twice.contains("twice"), "{twice}");
    assert!(browser.posts("do=destroy-paper&wave=2026-q4").contains("is overwritten and removed"));

    browser.write("sheet.json", &browser.round(ManifestNonce([4; 32])).sheet().to_json().unwrap());
    let shown = browser.gets("2026-q4/");
    assert!(shown.contains(">sheet.json</option>") && shown.contains("&lt;b&gt;.json") && !shown.contains("<b>"), "{shown}");
    let read = browser.posts("do=read&wave=2026-q4&sheet=sheet.json");
    assert!(read.contains("<h2>What people are asked</h2>") && read.contains("<li>I can say what I think.</li>"), "{read}");
    assert!(
        browser.posts("do=test&wave=2026-q4&sheet=sheet.json&passphrase=four+plain+old+words").contains("was opened with what you hold")
    );
    let sign =
        |word: &str, passphrase: &str| browser.posts(&format!("do=sign&wave=2026-q4&sheet=sheet.json&word={word}&passphrase={passphrase}"));
    assert!(sign("no", PASSPHRASE).contains("Nothing was signed."));
    assert!(sign("sign", "some+wrong+passphrase").contains("passphrase is wrong"));
    assert!(sign("Sign", PASSPHRASE).contains("Make these words known yourself"));
    let signed = fs::read(browser.dir.path().join("2026-q4.countersignature.json")).unwrap();
    let signed: Countersignature = serde_json::from_slice(&signed).unwrap();

    let round = browser.round(signed.nonce);
    browser.write("bundle.json", &round.bundle.to_json().unwrap());
    browser.write("board.json", &serde_json::to_vec(&round.bundle.board).unwrap());
    browser.clock.set(Moment::parse("2026-11-20T08:00:00Z").unwrap());
    assert!(browser.posts("do=destroy&wave=2026-q4").contains("Nothing of round 2026-q4 was opened"));
    let opened = browser.posts(&format!("do=open&wave=2026-q4&bundle=bundle.json&list=board.json&passphrase={}", rows[4..12].concat()));
    assert!(opened.contains("18 answers of 36 people were opened together"), "{opened}");
    let result = SignedResult::from_json(&fs::read(browser.dir.path().join("2026-q4.result.json")).unwrap()).unwrap();
    result.verify(&round.manifest, &round.bundle.board).unwrap();
    assert!(browser.posts("do=destroy&wave=2026-q4").contains("Burn or shred all shares"));
    assert!(browser.gets("").contains("its key is destroyed"));
}

#[test]
fn a_line_on_which_nothing_is_asked_keeps_nobody_waiting_and_the_page_ends_when_it_is_told_to() {
    let dir = tempfile::tempdir().unwrap();
    let page = LocalPage::on(0, dir.path().to_owned()).unwrap();
    let here = page.listener.local_addr().unwrap();
    let address = page.address().to_string();
    let path = address.strip_prefix(&format!("http://{here}")).unwrap();
    std::thread::scope(|scope| {
        let serving = scope.spawn(|| page.serve(&ManualClock::at(Moment::parse("2026-10-20T08:00:00Z").unwrap())));
        let silent = TcpStream::connect(here).unwrap();
        let asked = |request: String| {
            let mut line = TcpStream::connect(here).unwrap();
            line.write_all(request.as_bytes()).unwrap();
            let mut answer = String::new();
            line.read_to_string(&mut answer).unwrap();
            answer
        };
        assert!(asked(format!("GET {path} HTTP/1.1\r\nHost: {here}\r\n\r\n")).contains("Make the keys of a round"));
        let end = format!("POST {path}end HTTP/1.1\r\nHost: {here}\r\nOrigin: http://{here}\r\nContent-Length: 0\r\n\r\n");
        assert!(asked(end).contains("This page has ended"));
        drop(silent);
        serving.join().unwrap().unwrap();
    });
}

#[test]
fn a_form_reaches_no_file_outside_the_folder() {
    let browser = Browser::new();
    for path in ["", "..", "/etc/passwd", "../x.json", "a/b.json", "%2E%2E%2Fx"] {
        let answer = browser.sends("do", &format!("do=read&wave=2026-q4&sheet={path}"));
        assert!(answer.contains("No file was chosen"), "{path}: {answer}");
    }
    assert!(browser.sends("do", "do=dance").contains("This form asks for nothing that the page knows."));
    assert!(browser.sends("do", "do=check&wave=..%2Fx").contains("The name of the round"));
}
