#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};

use super::super::given::{composed, invitation, link_url};
use super::super::message::Mail;
use super::super::refusal::{AddressFault, Blame, MailFailure};
use super::*;

/// What a test's server does instead of answering.
const HANG_UP: &str = "hang up";
const STALL: &str = "stall";

/// How the server of a test answers, per command; everything else is taken.
#[derive(Clone, Copy)]
struct Answers {
    greeting: &'static str,
    extensions: &'static str,
    starttls: &'static str,
    auth: &'static str,
    sender: &'static str,
    recipient: &'static str,
    data: &'static str,
    end: &'static str,
    /// Hangs up after so many mails on one connection, as servers do that limit them.
    mails: usize,
}

impl Default for Answers {
    fn default() -> Self {
        Self {
            greeting: "220 test",
            extensions: "AUTH PLAIN LOGIN",
            starttls: "220 go on",
            auth: "235 2.7.0 welcome",
            sender: "250 2.1.0 fine",
            recipient: "250 2.1.5 taken",
            data: "354 go on",
            end: "250 2.0.0 taken",
            mails: usize::MAX,
        }
    }
}

/// What a test's server has seen: a command, or the whole of a mail.
type Seen = Receiver<String>;

/// A small SMTP server (RFC 5321) on a port of its own, whose answers can be changed.
struct Server {
    port: u16,
    seen: Seen,
    answers: Arc<Mutex<Answers>>,
}

impl Server {
    fn with(answers: Answers) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (sender, seen) = channel();
        let answers = Arc::new(Mutex::new(answers));
        let shared = answers.clone();
        thread::spawn(move || {
            for connection in listener.incoming() {
                let (sender, answers) = (sender.clone(), shared.clone());
                thread::spawn(move || talk(connection.unwrap(), &answers, &sender));
            }
        });
        Self { port, seen, answers }
    }

    fn line(&self) -> SmtpLine {
        Smtp::from_url(&format!("127.0.0.1:{}?tls=none", self.port), None, None).unwrap().line()
    }

    fn hurried_line(&self) -> SmtpLine {
        let patience = Patience { step: Duration::from_millis(200), end: Duration::from_millis(400) };
        Smtp::from_url(&format!("127.0.0.1:{}?tls=none", self.port), None, None).unwrap().impatient(patience).line()
    }

    fn seen(&self) -> Vec<String> {
        self.seen.try_iter().collect()
    }
}

/// One conversation; ends when either side goes away.
fn talk(stream: TcpStream, answers: &Mutex<Answers>, seen: &Sender<String>) -> Option<()> {
    let mut plain = BufReader::new(stream);
    say(&mut plain, answers.lock().unwrap().greeting)?;
    dialogue(&mut plain, answers, seen)?;
    let tls = ServerConnection::new(Arc::new(certificate())).unwrap();
    dialogue(&mut BufReader::new(StreamOwned::new(tls, plain.into_inner())), answers, seen)
}

fn certificate() -> ServerConfig {
    let chain = vec![CertificateDer::from_pem_slice(include_bytes!("tls_test/server.pem")).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("tls_test/server.key")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    config.with_no_client_auth().with_single_cert(chain, key).unwrap()
}

/// Whoever gets `None` leaves, and with that hangs up.
fn say(line: &mut BufReader<impl Read + Write>, text: &str) -> Option<()> {
    match text {
        HANG_UP => None,
        STALL => {
            thread::sleep(Duration::from_secs(60));
            None
        }
        text => line.get_mut().write_all(format!("{text}\r\n").as_bytes()).ok(),
    }
}

fn hear(line: &mut BufReader<impl Read + Write>) -> Option<String> {
    line.lines().next()?.ok()
}

/// The part of a conversation that ends with STARTTLS.
fn dialogue(line: &mut BufReader<impl Read + Write>, answers: &Mutex<Answers>, seen: &Sender<String>) -> Option<()> {
    let now = || *answers.lock().unwrap();
    let mut mails = 0;
    while let Some(command) = hear(line) {
        let verb = command.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        seen.send(command.clone()).ok()?;
        match verb.as_str() {
            "EHLO" => say(line, &format!("250-test\r\n250-{}\r\n250 HELP", now().extensions))?,
            "STARTTLS" => return say(line, now().starttls),
            "AUTH" if command.eq_ignore_ascii_case("AUTH LOGIN") => {
                for prompt in ["334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6"] {
                    say(line, prompt)?;
                    seen.send(hear(line)?).ok()?;
                }
                say(line, now().auth)?;
            }
            "AUTH" => say(line, now().auth)?,
            "MAIL" if mails == now().mails => {
                say(line, "421 4.7.0 enough for one connection")?;
                return None;
            }
            "MAIL" => say(line, now().sender)?,
            "RCPT" => say(line, now().recipient)?,
            "DATA" => {
                say(line, now().data)?;
                if now().data.starts_with("354") {
                    let mail: Vec<String> = line.lines().map_while(Result::ok).take_while(|line| line != ".").collect();
                    mails += 1;
                    seen.send(mail.join("\n")).ok()?;
                    say(line, now().end)?;
                }
            }
            "QUIT" => {
                say(line, "221 bye")?;
                return None;
            }
            _ => say(line, "250 2.0.0 fine")?,
        }
    }
    None
}

fn mail() -> Mail {
    composed("en", &invitation())
}

fn send(line: &mut SmtpLine, mail: &Mail) -> Result<(), MailFailure> {
    line.send(mail, Instant::now() + Duration::from_secs(60))
}

fn failure(answers: Answers) -> MailFailure {
    let server = Server::with(answers);
    send(&mut server.line(), &mail()).expect_err("the mail should be refused")
}

#[test]
fn a_mail_arrives_whole_and_the_envelope_names_sender_and_recipient() {
    let server = Server::with(Answers::default());
    let mut line = server.line();
    send(&mut line, &mail()).unwrap();
    send(&mut line, &composed("de", &invitation())).unwrap();
    line.rest(Duration::ZERO);
    let seen = server.seen();
    assert!(seen.iter().any(|line| line.starts_with("MAIL FROM:<survey@example.org>")), "{seen:?}");
    assert!(seen.iter().any(|line| line == "RCPT TO:<joerg.mueller@nordwind.example>"), "{seen:?}");
    assert_eq!(seen.iter().filter(|line| line.starts_with("EHLO")).count(), 1, "the connection should be used again");
    assert!(!seen.iter().any(|line| line == "NOOP"), "a round trip for nothing");
    let mails: Vec<_> = seen.iter().filter(|text| text.starts_with("From: ")).collect();
    assert_eq!(mails.len(), 2);
    let parsed = mail_parser::MessageParser::default().parse(mails[0].as_bytes()).unwrap();
    assert!(parsed.body_text(0).unwrap().contains(&link_url()));
}

#[test]
fn an_address_that_is_refused_for_good_is_to_blame_and_not_repeated() {
    use AddressFault::{Full, Other, Unknown};
    for (reply, fault, codes) in [
        ("550 5.1.1 <joerg.mueller@nordwind.example>: user unknown", Unknown, "550 5.1.1"),
        ("550 joerg.mueller unknown", Other, "550"),
        ("552 5.2.2 <joerg.mueller@nordwind.example>: mailbox full", Full, "552 5.2.2"),
        ("552-5.3.4 message of joerg.mueller\r\n552 5.3.4 too big", Other, "552 5.3.4"),
    ] {
        for answers in [Answers { recipient: reply, ..Answers::default() }, Answers { end: reply, ..Answers::default() }] {
            let failure = failure(answers);
            assert_eq!(failure.blame, Blame::Address(fault), "{reply}");
            assert!(failure.reason.ends_with(&format!("answered {codes}")), "{failure}");
            assert!(!failure.reason.contains("joerg"), "{failure}");
        }
    }
}

#[test]
fn a_refused_recipient_costs_neither_the_connection_nor_the_next_mail() {
    let server = Server::with(Answers { recipient: "550 5.1.1 unknown", ..Answers::default() });
    let mut line = server.line();
    send(&mut line, &mail()).unwrap_err();
    server.answers.lock().unwrap().recipient = "250 fine";
    send(&mut line, &mail()).unwrap();
    let seen = server.seen();
    assert_eq!(seen.iter().filter(|line| line.starts_with("EHLO")).count(), 1, "{seen:?}");
    assert_eq!(seen.iter().filter(|line| *line == "RSET").count(), 1, "{seen:?}");
}

#[test]
fn greylisting_lets_one_mail_wait_and_it_is_taken_later() {
    let server = Server::with(Answers { recipient: "451 4.7.1 Greylisted, come back in five minutes", ..Answers::default() });
    let mut line = server.line();
    assert_eq!(send(&mut line, &mail()).unwrap_err().blame, Blame::AddressForNow);
    server.answers.lock().unwrap().recipient = "250 fine";
    send(&mut line, &mail()).unwrap();
}

#[test]
fn what_is_not_the_recipients_fault_is_never_put_on_them() {
    use Blame::{Server, Unclear};
    for (answers, blame) in [
        (Answers { greeting: "421 4.3.2 too busy", ..Answers::default() }, Server),
        (Answers { greeting: "554 5.7.1 no service for you", ..Answers::default() }, Server),
        (Answers { sender: "451 4.3.0 try again later", ..Answers::default() }, Server),
        (Answers { sender: "550 5.7.1 not from you", ..Answers::default() }, Server),
        (Answers { recipient: "421 4.7.0 too fast", ..Answers::default() }, Server),
        (Answers { recipient: "451 4.3.0 try again later", ..Answers::default() }, Server),
        (Answers { recipient: "451 4.7.1 try again later", ..Answers::default() }, Unclear),
        (Answers { recipient: "554 5.7.1 relay access denied", ..Answers::default() }, Unclear),
        (Answers { recipient: "550 5.1.8 bad sender address", ..Answers::default() }, Unclear),
        (Answers { data: "554 5.5.1 no valid recipients", ..Answers::default() }, Unclear),
        (Answers { end: "451 try again later", ..Answers::default() }, Unclear),
        (Answers { end: "554 5.7.1 looks like spam", ..Answers::default() }, Unclear),
        (Answers { recipient: HANG_UP, ..Answers::default() }, Server),
        (Answers { greeting: HANG_UP, ..Answers::default() }, Server),
    ] {
        assert_eq!(failure(answers).blame, blame, "{}", failure(answers));
    }
}

#[test]
fn a_server_that_goes_away_or_stalls_when_it_has_the_text_may_have_taken_it() {
    assert_eq!(failure(Answers { end: HANG_UP, ..Answers::default() }).blame, Blame::Unanswered);
    let server = Server::with(Answers { end: STALL, ..Answers::default() });
    let failure = send(&mut server.hurried_line(), &mail()).unwrap_err();
    assert_eq!(failure.blame, Blame::Unanswered);
    assert!(failure.reason.ends_with("the mail server did not answer in time"), "{failure}");
}

#[test]
fn a_server_that_stalls_earlier_is_a_failure_of_the_server() {
    for answers in [
        Answers { greeting: STALL, ..Answers::default() },
        Answers { recipient: STALL, ..Answers::default() },
        Answers { data: STALL, ..Answers::default() },
    ] {
        let server = Server::with(answers);
        let failure = send(&mut server.hurried_line(), &mail()).unwrap_err();
        assert_eq!(failure.blame, Blame::Server, "{failure}");
    }
}

#[test]
fn a_text_whose_time_is_over_does_not_leave() {
    let server = Server::with(Answers::default());
    let mut line = server.line();
    let failure = line.send(&mail(), Instant::now()).unwrap_err();
    assert_eq!(failure.blame, Blame::Server);
    assert!(!server.seen().iter().any(|text| text.starts_with("From: ")));
    send(&mut line, &mail()).unwrap();
}

#[test]
fn a_connection_that_the_server_has_ended_is_opened_again_without_a_failure() {
    let server = Server::with(Answers { mails: 2, ..Answers::default() });
    let mut line = server.line();
    for _ in 0..5 {
        send(&mut line, &mail()).unwrap();
    }
    let seen = server.seen();
    assert_eq!(seen.iter().filter(|line| line.starts_with("EHLO")).count(), 3, "{seen:?}");
    assert_eq!(seen.iter().filter(|text| text.starts_with("From: ")).count(), 5);
}

#[test]
fn the_user_signs_in_with_plain_where_it_is_offered_and_else_with_login() {
    let encoded = |text: &[u8]| data_encoding::BASE64.encode(text);
    for (extensions, expected) in [
        ("AUTH PLAIN LOGIN", vec![format!("AUTH PLAIN {}", encoded(b"\0us@er\0hunter2"))]),
        ("AUTH LOGIN", vec!["AUTH LOGIN".to_owned(), encoded(b"us@er"), encoded(b"hunter2")]),
    ] {
        let server = Server::with(Answers { extensions, ..Answers::default() });
        let smtp = Smtp::from_url(&format!("us%40er:hunter2@127.0.0.1:{}?tls=none", server.port), None, None).unwrap();
        send(&mut smtp.line(), &mail()).unwrap();
        let seen = server.seen();
        assert!(seen.windows(expected.len()).any(|window| window == expected), "{seen:?}");
    }
}

#[test]
fn a_wrong_password_never_marks_the_recipient_and_is_not_repeated() {
    for (auth, extensions) in [("535 5.7.8 authentication failed", "AUTH PLAIN"), ("235 welcome", "AUTH CRAM-MD5")] {
        let server = Server::with(Answers { auth, extensions, ..Answers::default() });
        let smtp = Smtp::from_url(&format!("us%40er:hunter2@127.0.0.1:{}?tls=none", server.port), None, None).unwrap();
        let failure = send(&mut smtp.line(), &mail()).unwrap_err();
        assert_eq!(failure.blame, Blame::Server, "{failure}");
        assert!(!failure.reason.contains("hunter2"));
        assert!(!server.seen().iter().any(|line| line.starts_with("MAIL")));
    }
}

#[test]
fn a_server_that_is_not_there_is_a_failure_of_the_server() {
    let port = test_postgres::listener().local_addr().unwrap().port();
    let smtp = Smtp::from_url(&format!("127.0.0.1:{port}?tls=none"), None, None).unwrap();
    let failure = send(&mut smtp.line(), &mail()).unwrap_err();
    assert_eq!(failure.blame, Blame::Server);
    assert_eq!(failure.reason, format!("127.0.0.1:{port}: the connection to the mail server failed"));
}

#[test]
fn a_server_without_tls_gets_no_mail_when_starttls_is_required() {
    let server = Server::with(Answers::default());
    let smtp = Smtp::from_url(&format!("127.0.0.1:{}?tls=starttls", server.port), None, None).unwrap();
    assert_eq!(send(&mut smtp.line(), &mail()).unwrap_err().blame, Blame::Server);
    assert!(!server.seen().iter().any(|line| line.starts_with("MAIL") || line.starts_with("DATA")));
}

#[test]
fn an_answer_to_another_question_ends_the_line_and_blames_the_server() {
    for (answers, blame) in [
        (Answers { auth: "250 2.1.0 fine", ..Answers::default() }, Blame::Server),
        (Answers { sender: "354 go on", ..Answers::default() }, Blame::Server),
        (Answers { recipient: "354 go on", ..Answers::default() }, Blame::Server),
        (Answers { data: "250 2.0.0 taken", ..Answers::default() }, Blame::Server),
        // The text has gone, so the mail may have been taken.
        (Answers { end: "354 go on", ..Answers::default() }, Blame::Unanswered),
    ] {
        let server = Server::with(answers);
        let mut line = Smtp::from_url(&format!("us%40er:hunter2@127.0.0.1:{}?tls=none", server.port), None, None).unwrap().line();
        let failure = send(&mut line, &mail()).unwrap_err();
        assert_eq!(failure.blame, blame, "{failure}");
        assert!(failure.reason.ends_with("an answer that does not belong to the question"), "{failure}");
        *server.answers.lock().unwrap() = Answers::default();
        send(&mut line, &mail()).unwrap();
        assert_eq!(server.seen().iter().filter(|line| line.starts_with("EHLO")).count(), 2, "the line should be a new one");
    }
}

fn starttls(starttls: &'static str, login: &str) -> (Server, Result<(), MailFailure>) {
    let server = Server::with(Answers { starttls, extensions: "AUTH PLAIN\r\n250-STARTTLS", ..Answers::default() });
    let url = format!("{login}localhost:{}?tls=starttls", server.port);
    let smtp = Smtp::from_url(&url, None, Some(include_bytes!("tls_test/authority.pem"))).unwrap();
    let sent = send(&mut smtp.line(), &mail());
    (server, sent)
}

#[test]
fn after_starttls_everything_goes_through_tls() {
    for login in ["", "user:hunter2@"] {
        let (server, sent) = starttls("220 go on", login);
        sent.unwrap();
        let seen = server.seen();
        assert_eq!(seen[1], "STARTTLS");
        assert!(seen.iter().any(|text| text.starts_with("From: ")), "{seen:?}");
    }
}

/// CVE-2011-0411: what stands behind the answer to STARTTLS was written by whoever sits on the line.
#[test]
fn answers_injected_before_tls_are_never_taken_for_the_servers() {
    for injected in [
        "220 go on\r\n250 injected",
        "220 go on\r\n250-injected\r\n250 AUTH PLAIN",
        "220 go on\r\n250 injected\r\n250 and one more",
        "220 go on\r\n250 injected\r\n25",
        "220 go on\r\n250 injected\r\n250 noop\r\n250 sender\r\n250 recipient\r\n354 go on\r\n250 taken",
        "220 go on\r\n250-injected\r\n250 AUTH PLAIN\r\n235 welcome\r\n250 sender\r\n250 recipient\r\n354 go on\r\n250 taken",
    ] {
        for login in ["", "user:hunter2@"] {
            let (server, sent) = starttls(injected, login);
            let failure = sent.expect_err(injected);
            assert_eq!(failure.blame, Blame::Server, "{injected}: {failure}");
            assert!(!server.seen().iter().any(|line| line.starts_with("AUTH") || line.starts_with("MAIL")), "{injected}");
        }
    }
}
