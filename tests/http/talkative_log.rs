//! What the real program writes into its log over a whole round, and what each side holds of the other's.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use awc::Client;
use domain::WaveId;
use mail_parser::MessageParser;
use protocol::wire::{CONTENT_TYPE, Request};
use protocol::{Answer, Ballot, Level, LinkSecret, Respondent, StatusHandle};

use crate::canary::{self, Canaries};
use crate::harness::{PASSWORD, parts, staff};
use crate::program::{Program, eventually, import};

/// Mails by recipient, as they arrived.
type Mails = Arc<Mutex<BTreeMap<String, Vec<Vec<u8>>>>>;

/// A mail server that keeps mails, and refuses two recipients in words that quote them.
fn quoting_mail_server() -> (u16, Mails) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let mails = Mails::default();
    let kept = mails.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let kept = kept.clone();
            std::thread::spawn(move || {
                let _ = converse(stream, &kept);
            });
        }
    });
    (port, mails)
}

fn converse(mut stream: TcpStream, mails: &Mutex<BTreeMap<String, Vec<Vec<u8>>>>) -> std::io::Result<()> {
    stream.write_all(b"220 test\r\n")?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut to = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let answer = match line.get(..4).unwrap_or_default().to_uppercase().as_str() {
            "EHLO" => "250-test\r\n250 8BITMIME".to_owned(),
            "QUIT" => "221 bye".to_owned(),
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                match to.as_str() {
                    "alpha1@example.org" => format!("550 5.1.1 <{to}>: there is no Name alpha1 here"),
                    "alpha2@example.org" => format!("451 4.3.0 <{to}>: try later, Name alpha2"),
                    _ => "250 ok".to_owned(),
                }
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n")?;
                let mut mail = Vec::new();
                loop {
                    let start = mail.len();
                    if reader.read_until(b'\n', &mut mail)? == 0 {
                        return Ok(());
                    }
                    if &mail[start..] == b".\r\n" {
                        mail.truncate(start);
                        break;
                    }
                }
                mails.lock().unwrap().entry(to.clone()).or_default().push(mail);
                "250 ok".to_owned()
            }
            _ => "250 ok".to_owned(),
        };
        stream.write_all(format!("{answer}\r\n").as_bytes())?;
    }
}

/// The first word of a mail's text that starts like this.
fn word_in(mail: &[u8], start: &str) -> Option<String> {
    let text = MessageParser::default().parse(mail)?.body_text(0)?.into_owned();
    text.split_whitespace().find(|word| word.starts_with(start)).map(str::to_owned)
}

/// What belongs to one side, and must not be found where the other one writes.
#[derive(Default)]
struct Secrets {
    /// Of people: who they are, their links, what they signed in with. In no log and in nothing of the ballot side.
    people: Canaries,
    /// Of sealed answers: numbers, blinded elements, seals, receipts. In no log and in nothing of the people side.
    ballots: Canaries,
    /// What the ballot side destroys with the answers: everything of them but their receipts, which are public.
    destroyed: Canaries,
    /// What the people side keeps of a sending until the close: the fingerprint of its blinded element.
    until_close: Canaries,
    /// What a request is made of.
    requests: Canaries,
}

impl Secrets {
    fn found_in(&self, place: &[u8]) -> BTreeSet<&str> {
        [&self.people, &self.ballots, &self.until_close, &self.requests].into_iter().flat_map(|some| some.found_in(place)).collect()
    }

    /// Every form of everything.
    fn forms(&self) -> impl Iterator<Item = (&str, &[u8])> {
        [&self.people, &self.ballots, &self.until_close, &self.requests].into_iter().flat_map(Canaries::forms)
    }
}

/// One answer over HTTP with everything that comes up on the way noted.
async fn answer(origin: &str, wave: &WaveId, link: &str, secrets: &mut Secrets) -> protocol::Receipt {
    let (hash, secret) = parts(link);
    let (_, manifest) = get(&format!("{origin}/w/{wave}/manifest")).await;
    let respondent = Respondent::open(manifest, &hash).unwrap();
    let group = respondent.verify_leaf(&post(origin, wave, respondent.leaf_request(&secret)).await.1).unwrap();
    let ballot = Ballot { level: Level::Group, answers: vec![Answer::Point(4); 12], comments: vec![] };
    let prepared = respondent.prepare(&secret, &group, &ballot, &mut rand::rng()).unwrap();
    let issue = prepared.issue_request();
    let redeem = prepared.redeem_request(&post(origin, wave, issue.clone()).await.1).unwrap();
    let (Ok(Request::Issue { blinded, .. }), Ok(Request::Redeem(cast))) = (Request::parse(&issue), Request::parse(&redeem)) else {
        panic!("other requests than expected")
    };
    let receipt = prepared.receipt(&post(origin, wave, redeem).await.1).unwrap();
    let ct = cast.ct.as_slice();
    for (name, bytes) in [("number", &cast.nonce.0[..]), ("mac", &cast.mac.0), ("seal", &ct[..64]), ("seal, middle", &ct[2_000..2_064])] {
        secrets.ballots.bytes(name, bytes);
        secrets.destroyed.bytes(name, bytes);
    }
    secrets.ballots.bytes("blinded element", &blinded.0);
    secrets.ballots.bytes("receipt", &receipt.leaf.0);
    secrets.ballots.bytes("receipt's signature", &receipt.signature.0);
    secrets.until_close.bytes("fingerprint of a blinded element", &blinded.hash().0);
    secrets.people.bytes("fingerprint of a link", &secret.hash(wave).0);
    secrets.people.bytes("secret of a link", secret.as_bytes());
    secrets.people.text(secret.to_code());
    secrets.people.text(secret.to_display_code());
    receipt
}

async fn get(url: &str) -> (u16, Vec<u8>) {
    let mut response = Client::default().get(url).send().await.unwrap();
    (response.status().as_u16(), response.body().limit(16 << 20).await.unwrap().to_vec())
}

async fn post(origin: &str, wave: &WaveId, body: Vec<u8>) -> (u16, Vec<u8>) {
    let url = format!("{origin}/w/{wave}/box");
    let mut response = Client::default().post(url).content_type(CONTENT_TYPE).send_body(body).await.unwrap();
    (response.status().as_u16(), response.body().limit(1 << 20).await.unwrap().to_vec())
}

#[actix_web::test]
async fn the_most_talkative_log_of_a_whole_round_holds_no_secret_no_path_and_no_person() {
    let (port, mails) = quoting_mail_server();
    let mut program = Program::new(port, "[metrics]\nlisten = \"127.0.0.1:0\"\n");
    let mut secrets = Secrets::default();
    for line in staff().lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        // Leaders are named on both sides, so names are looked for in the log alone.
        secrets.requests.text(cells[1]);
        secrets.people.text(cells[2]);
        secrets.requests.text(format!("\"person\":\"{}\"", cells[0]));
    }
    secrets.requests.text("/w/2026-q4");
    secrets.people.text(PASSWORD);
    import(&program);
    program.run("account create --role hr --login hr");
    program.run("wave create 2026-q4 --manual --closes-in 1d --grace 0s --window 0s --publish-after 0s --publish-by 1d");
    program.run("wave launch 2026-q4");
    program.serve();
    let wave = WaveId::parse("2026-q4").unwrap();
    let origin = program.config.respondents.url.clone();
    // The two refusals come in any order among the others, and belong to the log before the answers.
    eventually("invitations or refusals are missing", || {
        let log = program.log();
        mails.lock().unwrap().len() == 26 && log.contains("550 5.1.1") && log.contains("451 4.3.0")
    });

    // People answer; one twice, one with a wrong link, one asks for silence where the mail offers that.
    let invitations: Vec<Vec<u8>> = mails.lock().unwrap().values().map(|of_one| of_one[0].clone()).collect();
    let links: Vec<String> = invitations.iter().map(|mail| word_in(mail, &format!("{origin}/w/")).unwrap()).collect();
    let mut receipts = Vec::new();
    let before = program.log().len();
    for link in &links[..12] {
        receipts.push(answer(&origin, &wave, link, &mut secrets).await);
    }
    // No two requests can be joined by lines that nobody writes.
    assert_eq!(&program.log()[before..], "", "what the log says of twelve people who answered");
    neither_side_holds_what_is_the_others(&program, &mails, &secrets);
    let [people, ballots] = canary::files_of_sides(&program.place);
    assert!(!secrets.until_close.found_in_files(&people).is_empty(), "the search finds what is there until the close");
    assert!(secrets.destroyed.found_in_files(&ballots).iter().any(|found| found.starts_with("seal, middle in")));
    let (_, used) = parts(&links[0]);
    assert_eq!(post(&origin, &wave, Request::Issue { secret: used, blinded: protocol::BlindedElement([7; 32]) }.encode()).await.0 / 100, 4);
    let wrong = LinkSecret::from_bytes([0xA5; 10]);
    secrets.people.text(wrong.to_code());
    secrets.people.bytes("secret of a wrong link", &[0xA5; 10]);
    assert_eq!(post(&origin, &wave, Request::Leaf { secret: wrong.clone() }.encode()).await.0, 403);
    for path in
        [format!("w/{wave}/%23v1.x.{}", wrong.to_code()), format!("{}?code={}", wrong.to_code(), wrong.to_code()), "w/../w/x".to_owned()]
    {
        get(&format!("{origin}/{path}")).await;
    }
    for mail in invitations.iter().skip(12).take(3) {
        let parsed = MessageParser::default().parse(mail.as_slice()).unwrap();
        let Some(header) = parsed.header_raw("List-Unsubscribe") else { continue };
        let Some(address) = header.split(['<', '>']).find(|part| part.starts_with("http")) else { continue };
        secrets.people.text(address.rsplit('/').next().unwrap());
        let form =
            Client::default().post(address).content_type("application/x-www-form-urlencoded").send_body("List-Unsubscribe=One-Click");
        assert!(form.await.unwrap().status().is_success());
    }

    // Connections that are recognisable, and requests that are none.
    for request in [
        "GET /w/2026-q4/ HTTP/1.1\r\nHost: x\r\nUser-Agent: needle-agent\r\nReferer: http://needle-referer/\r\nX-Forwarded-For: 203.0.113.77\r\nConnection: close\r\n\r\n",
        "GET /needle path HTTP/9\r\n\r\n",
        "POST /w/2026-q4/box HTTP/1.1\r\nHost: x\r\nContent-Length: needle-length\r\n\r\n",
        "POST /w/2026-q4/box HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Type: application/octet-stream\r\n\r\nneedle-chunk\r\n",
    ] {
        let mut stream = TcpStream::connect(program.config.respondents.listen).unwrap();
        secrets.requests.text(stream.local_addr().unwrap().to_string());
        stream.write_all(request.as_bytes()).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let _ = stream.read_to_end(&mut Vec::new());
    }
    for told in ["needle-agent", "needle-referer", "needle path", "needle-length", "needle-chunk", "203.0.113.77"] {
        secrets.requests.text(told);
    }

    // HR signs in, once with somebody's address instead of a name.
    let console = program.config.console.url.clone();
    for (login, status) in [("alpha3@example.org", 401), ("hr", 303)] {
        let form = Client::builder().disable_redirects().finish().post(format!("{console}/sign-in"));
        let answer = form.insert_header(("Origin", console.clone())).send_form(&[("login", login), ("password", PASSWORD)]).await.unwrap();
        assert_eq!(answer.status().as_u16(), status);
        for cookie in answer.cookies().unwrap().iter() {
            secrets.people.text(cookie.value());
        }
    }

    // The round ends; people look at their status and object, rightly and wrongly.
    program.run("wave remind 2026-q4");
    program.run("wave close 2026-q4");
    let closing = |mails: &BTreeMap<String, Vec<Vec<u8>>>| {
        mails
            .values()
            .filter_map(|of_one| of_one.iter().find_map(|mail| word_in(mail, &format!("{origin}/w/2026-q4/#s2."))))
            .collect::<Vec<_>>()
    };
    eventually("closing mails are missing", || closing(&mails.lock().unwrap()).len() == 26);
    neither_side_holds_what_is_the_others(&program, &mails, &secrets);
    let [people, _] = canary::files_of_sides(&program.place);
    assert_eq!(secrets.until_close.found_in_files(&people), BTreeSet::new(), "after the close it is a mere flag");
    let links = closing(&mails.lock().unwrap());
    for link in links.iter().take(3) {
        let code = link.rsplit('.').next().unwrap();
        secrets.people.text(code);
        let handle = StatusHandle::parse(code).unwrap();
        secrets.people.bytes("fingerprint of a status handle", &handle.hash(&wave).0);
        assert_eq!(post(&origin, &wave, Request::Status { handle }.encode()).await.0, 200);
    }
    let receipt = &receipts[0];
    let mut forged = receipt.signature;
    for signature in [receipt.signature, {
        forged.0[0] ^= 1;
        forged
    }] {
        post(&origin, &wave, Request::Objection { leaf: receipt.leaf, signature }.encode()).await;
    }
    program.run("wave open 2026-q4");
    program.run("wave publish 2026-q4");
    program.terminate();
    assert_eq!(program.wait().code(), Some(0));
    neither_side_holds_what_is_the_others(&program, &mails, &secrets);
    let [_, ballots] = canary::files_of_sides(&program.place);
    assert_eq!(secrets.destroyed.found_in_files(&ballots), BTreeSet::new(), "nothing of an answer is left in any page, free or not");

    let log = program.log();
    for line in log.lines() {
        let read: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"));
        assert!(read["level"].is_string() && read["timestamp"].is_string(), "{line}");
    }
    assert!(log.contains("550") && log.contains("451"), "the refusals of the mail server are in the log: {log}");
    assert_eq!(secrets.found_in(log.as_bytes()), BTreeSet::new(), "{log}");
    assert_eq!(secrets.found_in(program.written("said").as_bytes()), BTreeSet::new());
    // The search finds each of them where it is put, and the addresses where they belong.
    for (name, form) in secrets.forms() {
        let planted = [b"{\"message\":\"a line with ".as_slice(), form, b" in it\"}"].concat();
        assert!(secrets.found_in(&planted).contains(name), "{name}");
    }
    assert!(secrets.found_in(&sent(&mails)).len() >= 2 * 26, "names and addresses are in the mails");
}

fn sent(mails: &Mails) -> Vec<u8> {
    mails.lock().unwrap().values().flatten().flatten().copied().collect()
}

/// Searches what each side has written until now: the files of its database, and on the people side the mails as well.
fn neither_side_holds_what_is_the_others(program: &Program, mails: &Mails, secrets: &Secrets) {
    let [people, ballots] = canary::files_of_sides(&program.place);
    assert_eq!(secrets.ballots.found_in_files(&people), BTreeSet::new());
    assert_eq!(secrets.ballots.found_in(&sent(mails)), BTreeSet::new());
    assert_eq!(secrets.people.found_in_files(&ballots), BTreeSet::new());
    // The positive controls: both searches find what is there.
    let own: BTreeSet<String> = secrets.people.found_in_files(&people);
    assert!(own.iter().any(|found| found.starts_with("beta0@example.org in ")), "{own:?}");
    assert!(
        secrets.ballots.found_in_files(&ballots).iter().any(|found| found.starts_with("receipt in ") || found.starts_with("number in "))
    );
}
