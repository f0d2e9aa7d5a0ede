#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::super::given::{composed, invitation, link_url};
use super::*;

/// How the server of a test answers, per command; everything else is taken.
#[derive(Clone, Copy, Default)]
struct Answers {
    greeting: Option<&'static str>,
    auth: Option<&'static str>,
    recipient: Option<&'static str>,
    data: Option<&'static str>,
}

/// What a test's server has seen: a command, or the whole of a mail.
type Seen = Receiver<String>;

/// A small SMTP server (RFC 5321) on a port of its own; it serves one connection after the other until the test ends.
fn server(answers: Answers) -> (u16, Seen) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (seen, receiver) = channel();
    thread::spawn(move || {
        for connection in listener.incoming() {
            let seen = seen.clone();
            thread::spawn(move || talk(connection.unwrap(), answers, &seen));
        }
    });
    (port, receiver)
}

/// One conversation; ends when either side goes away.
fn talk(mut stream: TcpStream, answers: Answers, seen: &Sender<String>) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    let mut say = move |text: &str| stream.write_all(format!("{text}\r\n").as_bytes()).ok();
    say(answers.greeting.unwrap_or("220 test"))?;
    while let Some(Ok(line)) = lines.next() {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        seen.send(line.clone()).ok()?;
        match verb.as_str() {
            "EHLO" => say("250-test\r\n250 AUTH PLAIN")?,
            "AUTH" => say(answers.auth.unwrap_or("235 2.7.0 welcome"))?,
            "RCPT" => say(answers.recipient.unwrap_or("250 2.1.5 taken"))?,
            "DATA" => {
                say("354 go on")?;
                let mail: Vec<String> = lines.by_ref().map_while(Result::ok).take_while(|line| line != ".").collect();
                seen.send(mail.join("\n")).ok()?;
                say(answers.data.unwrap_or("250 2.0.0 taken"))?;
            }
            "QUIT" => return say("221 bye"),
            _ => say("250 2.0.0 fine")?,
        }
    }
    None
}

fn smtp(port: u16) -> Smtp {
    Smtp::from_url(&format!("127.0.0.1:{port}?tls=none"), None).unwrap()
}

fn failure(answers: Answers) -> MailFailure {
    let (port, _seen) = server(answers);
    smtp(port).send(&composed("en", &invitation())).expect_err("the mail should be refused")
}

#[test]
fn a_mail_arrives_whole_and_the_envelope_names_sender_and_recipient() {
    let (port, seen) = server(Answers::default());
    let smtp = smtp(port);
    smtp.send(&composed("en", &invitation())).unwrap();
    smtp.send(&composed("de", &invitation())).unwrap();
    drop(smtp);
    let seen: Vec<String> = seen.try_iter().collect();
    assert!(seen.iter().any(|line| line.starts_with("MAIL FROM:<survey@example.org>")), "{seen:?}");
    assert!(seen.iter().any(|line| line == "RCPT TO:<joerg.mueller@nordwind.example>"), "{seen:?}");
    assert_eq!(seen.iter().filter(|line| line.starts_with("EHLO")).count(), 1, "the connection should be used again");
    let mails: Vec<_> = seen.iter().filter(|text| text.starts_with("From: ")).collect();
    assert_eq!(mails.len(), 2);
    let parsed = mail_parser::MessageParser::default().parse(mails[0].as_bytes()).unwrap();
    assert!(parsed.body_text(0).unwrap().contains(&link_url()));
}

#[test]
fn an_unknown_recipient_is_a_permanent_failure_that_does_not_repeat_the_address() {
    for words in ["550 5.1.1 <joerg.mueller@nordwind.example>: user unknown", "550 5.1.1 joerg.mueller unknown"] {
        let failure = failure(Answers { recipient: Some(words), ..Answers::default() });
        assert!(matches!(failure, MailFailure::Permanent(_)), "{failure}");
        assert!(failure.to_string().contains("answered 550 5.1.1"), "{failure}");
        assert!(!failure.to_string().contains("joerg"), "{failure}");
    }
}

#[test]
fn a_server_that_is_busy_is_a_temporary_failure_at_every_step() {
    for answers in [
        Answers { recipient: Some("451 4.3.0 try again later"), ..Answers::default() },
        Answers { data: Some("451 4.3.0 try again later"), ..Answers::default() },
        Answers { greeting: Some("421 4.3.2 too busy"), ..Answers::default() },
    ] {
        let failure = failure(answers);
        assert!(matches!(failure, MailFailure::Temporary(_)), "{failure}");
    }
}

#[test]
fn a_refusal_of_us_never_marks_the_recipient() {
    for answers in [
        Answers { greeting: Some("554 5.7.1 no service for you"), ..Answers::default() },
        Answers { recipient: Some("554 5.7.1 relay access denied"), ..Answers::default() },
        Answers { recipient: Some("550 5.1.8 bad sender address"), ..Answers::default() },
    ] {
        let failure = failure(answers);
        assert!(matches!(failure, MailFailure::Temporary(_)), "{failure}");
    }
}

#[test]
fn a_wrong_password_never_marks_the_recipient_and_is_not_repeated() {
    let (port, seen) = server(Answers { auth: Some("535 authentication failed"), ..Answers::default() });
    let smtp = Smtp::from_url(&format!("us%40er:hunter2@127.0.0.1:{port}?tls=none"), None).unwrap();
    let failure = smtp.send(&composed("en", &invitation())).unwrap_err();
    assert!(matches!(failure, MailFailure::Temporary(_)), "{failure}");
    assert!(!failure.to_string().contains("hunter2"));
    let expected = format!("AUTH PLAIN {}", data_encoding::BASE64.encode(b"\0us@er\0hunter2"));
    assert!(seen.try_iter().any(|line| line == expected));
}

#[test]
fn a_server_that_is_not_there_is_a_temporary_failure() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let failure = smtp(port).send(&composed("en", &invitation())).unwrap_err();
    assert!(matches!(failure, MailFailure::Temporary(_)), "{failure}");
    assert!(failure.to_string().contains(&format!("127.0.0.1:{port}")), "{failure}");
}

#[test]
fn a_server_without_tls_gets_no_mail_when_starttls_is_required() {
    let (port, seen) = server(Answers::default());
    let smtp = Smtp::from_url(&format!("127.0.0.1:{port}?tls=starttls"), None).unwrap();
    assert!(matches!(smtp.send(&composed("en", &invitation())), Err(MailFailure::Temporary(_))));
    assert!(!seen.try_iter().any(|line| line.starts_with("MAIL") || line.starts_with("DATA")));
}
