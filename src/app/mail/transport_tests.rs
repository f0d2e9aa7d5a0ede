#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::os::unix::fs::PermissionsExt;

use secrecy::SecretString;

use super::super::given::{CODE, aborted, composed, invitation, link_url};
use super::*;

fn config(transport: &str, password: Option<&str>) -> config::Mail {
    config::Mail {
        from: "Candor <survey@example.org>".to_owned(),
        transport: transport.to_owned().into(),
        password: password.map(SecretString::from),
        password_file: None,
        connections: 8,
        per_minute: None,
        ca_file: None,
        bounces_maildir: None,
        dkim: None,
    }
}

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(60)
}

fn refused(transport: &str, password: Option<&str>) -> String {
    let problem = MailTransport::from_config(&config(transport, password)).expect_err("the transport should be refused").to_string();
    assert!(!problem.contains("hunter2"), "{problem}");
    problem
}

#[test]
fn every_documented_transport_is_understood() {
    for good in [
        "memory:",
        "file:///var/lib/candor/outbox",
        "smtp://user:hunter%402@mail.example.org:587?tls=starttls",
        "smtp://mail.example.org",
        "smtp://mail.example.org?tls=implicit",
        "smtp://localhost:2525?tls=none",
        "smtp://[::1]:2525?tls=none",
    ] {
        let transport = MailTransport::from_config(&config(good, None)).unwrap_or_else(|problem| panic!("{good}: {problem}"));
        assert!(!format!("{transport:?}").contains("hunter"), "{transport:?}");
    }
    assert!(MailTransport::from_config(&config("smtp://user@mail.example.org", Some("hunter2"))).is_ok());
}

#[test]
fn a_wrong_transport_is_refused_with_what_to_write_and_without_the_password() {
    assert!(refused("smtp://mail.example.org?tls=none", None).contains("this machine only"));
    assert!(refused("smtp://127.0.0.1.example.org?tls=none", None).contains("this machine only"));
    assert!(refused("smtp://user:hunter2@mail.example.org?tls=maybe", None).contains("tls=implicit"));
    assert!(refused("smtp://user:hunter2@mail.example.org", Some("hunter2")).contains("keep one of them"));
    assert!(refused("smtp://user@mail.example.org", None).contains("has no password"));
    assert!(refused("smtp://mail.example.org", Some("hunter2")).contains("without a user"));
    assert!(refused("smtp://user:%zz@mail.example.org", None).contains("hexadecimal"));
    assert!(refused("smtp://user:hunter2@mail.example.org:99999", None).contains("port"));
    assert!(refused("smtp://user:hunter2", None).contains("port"), "the host was forgotten");
    assert!(refused("smtp://", None).contains("host is missing"));
    assert!(refused("file://outbox", None).contains("absolute"));
    assert!(refused("memory:", Some("hunter2")).contains("remove mail.password"));
    let with_authority = |transport: &str, ca_file: &str| {
        let config = config::Mail { ca_file: Some(ca_file.into()), ..config(transport, None) };
        MailTransport::from_config(&config).expect_err("the authority should be refused").to_string()
    };
    assert!(with_authority("memory:", "/ca.pem").contains("remove mail.ca_file"));
    assert!(with_authority("smtp://mail.example.org", "/no/such/ca.pem").contains("/no/such/ca.pem"));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ca.pem");
    fs::write(&file, "not a certificate").unwrap();
    assert!(with_authority("smtp://mail.example.org", file.to_str().unwrap()).contains("holds no certificates"));
    assert!(with_authority("smtp://localhost?tls=none", file.to_str().unwrap()).contains("tls=none checks no certificate"));
    assert!(refused("smtps://user:hunter2@mail.example.org", None).contains("\"smtps\" is not known"));
}

#[test]
fn a_file_is_written_whole_under_the_message_id_and_only_its_owner_can_read_it() {
    let folder = tempfile::tempdir().unwrap();
    let transport = MailTransport::File(folder.path().join("outbox"));
    let mail = composed("en", &invitation());
    transport.line().send(&mail, soon()).unwrap();
    transport.line().send(&mail, soon()).unwrap();
    let files: Vec<_> = fs::read_dir(folder.path().join("outbox")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files, [folder.path().join("outbox/abababababababababababababababab.eml")]);
    assert_eq!(fs::metadata(&files[0]).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read(&files[0]).unwrap(), mail.raw.as_bytes());
}

#[test]
fn a_folder_that_cannot_be_written_is_no_recipients_fault() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("file");
    fs::write(&blocked, "").unwrap();
    let failure = MailTransport::File(blocked).line().send(&composed("en", &aborted()), soon()).unwrap_err();
    assert_eq!(failure.blame, Blame::Server);
}

#[test]
fn memory_keeps_the_newest_mails_with_both_parts_and_the_link() {
    let outbox = MemoryOutbox::keeping(2);
    let transport = MailTransport::Memory(outbox.clone());
    for content in [invitation(), aborted(), invitation()] {
        transport.line().send(&composed("en", &content), soon()).unwrap();
    }
    assert_eq!(outbox.total(), 3);
    let newest = outbox.newest(10);
    assert_eq!(newest.iter().map(|mail| mail.number).collect::<Vec<_>>(), [3, 2]);
    assert!(outbox.get(1).is_none());
    let mail = outbox.get(3).unwrap();
    assert_eq!(mail.link.as_deref(), Some(link_url().as_str()));
    assert!(
        mail.text.contains(CODE) && mail.html.contains(CODE) && mail.raw.starts_with(b"From: "),
        "{}",
        String::from_utf8_lossy(&mail.raw)
    );
    assert!(mail.to.contains("joerg.mueller@nordwind.example") && mail.from.contains("survey@example.org"));
    assert_eq!(outbox.get(2).unwrap().link, None);
    assert!(!format!("{transport:?}").contains(CODE));
}
