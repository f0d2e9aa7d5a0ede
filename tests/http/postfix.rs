//! A real mail server: Debian's Postfix, an instance of its own on loopback with TLS and passwords, delivering into maildirs that are read back.
//!
//! Left out unless asked for, because Postfix has to be installed and started by root: `tests/run.sh mta` does.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use candor::config::Config;
use candor::installation::Installation;
use candor::lifecycle::draft::{self, WaveSettings};
use candor::lifecycle::launch;
use candor::mail::message::{Content, Extension, KeyHeld, Mail, Recipient, Round, Sender, compose};
use candor::mail::transport::{Blame, MailFailure, MailTransport};
use candor::worker::mail::send_all;
use domain::instrument::Words;
use domain::{Clock, Language, Schedule, SystemClock, WaveId, roster};
use identity::AddressMark;
use mail_parser::{HeaderValue, MessageParser};
use test_postgres::listener;

use crate::harness::staff;
use crate::place::{Place, engine};

const SERVICES: &str = "pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
";

/// A running Postfix that takes mail for some mailboxes of example.org from whoever signs in; stopped when dropped.
struct Postfix {
    folder: tempfile::TempDir,
    process: Child,
    starttls: u16,
    smtps: u16,
}

impl Postfix {
    fn start(mailboxes: &[String]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path();
        // Its parts run under names of their own and must get in.
        fs::set_permissions(dir, fs::Permissions::from_mode(0o755)).unwrap();
        for part in ["queue", "data", "mail", "sasl"] {
            fs::create_dir(dir.join(part)).unwrap();
        }
        run(dir, "chown", &["postfix", "data"], "");
        run(dir, "chown", &["nobody", "mail"], "");
        certificates(dir);
        fs::write(
            dir.join("sasl/smtpd.conf"),
            format!("pwcheck_method: auxprop\nauxprop_plugin: sasldb\nsasldb_path: {}/sasl/db\nmech_list: PLAIN LOGIN\n", dir.display()),
        )
        .unwrap();
        run(dir, "saslpasswd2", &["-p", "-c", "-f", "sasl/db", "-u", "mx.test.example", "candor"], "a pass word");
        run(dir, "chgrp", &["postfix", "sasl/db"], "");
        fs::set_permissions(dir.join("sasl/db"), fs::Permissions::from_mode(0o640)).unwrap();
        let boxes: String = mailboxes.iter().map(|address| format!("{address} {}/\n", address.replace('@', "_at_"))).collect();
        fs::write(dir.join("mailboxes"), boxes).unwrap();
        let [starttls, smtps] = [listener(), listener()].map(|port| port.local_addr().unwrap().port());
        let main = "compatibility_level = 3.6
queue_directory = DIR/queue
data_directory = DIR/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
shlib_directory = /usr/lib/postfix
meta_directory = /etc/postfix
mail_owner = postfix
setgid_group = postdrop
maillog_file_prefixes = DIR
maillog_file = DIR/log
myhostname = mx.test.example
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
smtpd_tls_security_level = encrypt
smtpd_tls_cert_file = DIR/server.pem
smtpd_tls_key_file = DIR/server.key
smtpd_sasl_auth_enable = yes
smtpd_sasl_path = smtpd
cyrus_sasl_config_path = DIR/sasl
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
virtual_mailbox_domains = example.org
virtual_mailbox_base = DIR/mail
virtual_mailbox_maps = texthash:DIR/mailboxes
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
virtual_minimum_uid = 1
";
        fs::write(dir.join("main.cf"), main.replace("DIR", &dir.display().to_string())).unwrap();
        let ports = format!(
            "127.0.0.1:{starttls} inet n - n - - smtpd\n127.0.0.1:{smtps} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes\n{SERVICES}"
        );
        fs::write(dir.join("master.cf"), ports).unwrap();
        let process =
            Command::new("postfix").args(["-c".as_ref(), dir.as_os_str(), "start-fg".as_ref()]).stderr(Stdio::null()).spawn().unwrap();
        let started = Self { folder, process, starttls, smtps };
        started.wait_for("the server listens", || std::net::TcpStream::connect(("127.0.0.1", starttls)).is_ok());
        started
    }

    fn path(&self, part: &str) -> PathBuf {
        self.folder.path().join(part)
    }

    fn wait_for(&self, what: &str, done: impl Fn() -> bool) {
        let deadline = Instant::now() + Duration::from_secs(60);
        while !done() {
            assert!(Instant::now() < deadline, "{what}: not within a minute\n{}", fs::read_to_string(self.path("log")).unwrap_or_default());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Every mail that was delivered, with the mailbox it lies in.
    fn delivered(&self) -> Vec<(String, Vec<u8>)> {
        let mut mails = Vec::new();
        for mailbox in fs::read_dir(self.path("mail")).unwrap().flatten() {
            let address = mailbox.file_name().into_string().unwrap().replace("_at_", "@");
            for mail in fs::read_dir(mailbox.path().join("new")).into_iter().flatten().flatten() {
                mails.push((address.clone(), fs::read(mail.path()).unwrap()));
            }
        }
        mails
    }

    fn transport(&self, login: &str, place: &str, ca_file: Option<&str>) -> MailTransport {
        let config = candor::config::Mail {
            from: "Candor <survey@example.org>".to_owned(),
            transport: format!("smtp://{login}@{place}").into(),
            password: None,
            password_file: None,
            connections: 1,
            per_minute: None,
            ca_file: ca_file.map(|name| self.path(name)),
            bounces_maildir: None,
            dkim: None,
        };
        MailTransport::from_config(&config).unwrap()
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        let _ =
            Command::new("postfix").args(["-c".as_ref(), self.folder.path().as_os_str(), "stop".as_ref()]).stderr(Stdio::null()).status();
        let _ = self.process.wait();
    }
}

/// Runs a command in a folder and hands it its input.
fn run(dir: &Path, command: &str, arguments: &[&str], input: &str) {
    use std::io::Write;
    let mut process = Command::new(command)
        .args(arguments)
        .current_dir(dir)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|cause| panic!("{command}: {cause}"));
    process.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    assert!(process.wait().unwrap().success(), "{command} {arguments:?}");
}

/// An authority of its own, a certificate from it for 127.0.0.1, and a second authority that has nothing to do with it.
fn certificates(dir: &Path) {
    let authority = |name: &str| {
        let (key, pem) = (format!("{name}.key"), format!("{name}.pem"));
        let ask = [
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=Test authority",
            "-addext",
            "basicConstraints=critical,CA:TRUE",
        ];
        run(dir, "openssl", &[ask.as_slice(), &["-keyout", &key, "-out", &pem]].concat(), "");
    };
    authority("ca");
    authority("other");
    run(
        dir,
        "openssl",
        &["req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=127.0.0.1"],
        "",
    );
    fs::write(dir.join("names"), "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\n").unwrap();
    let sign = [
        "x509",
        "-req",
        "-in",
        "server.csr",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-days",
        "2",
        "-extfile",
        "names",
        "-out",
        "server.pem",
    ];
    run(dir, "openssl", &sign, "");
}

/// The password's space is written as in a URL.
const LOGIN: &str = "candor%40mx.test.example:a%20pass%20word";

fn one_mail(to: &str) -> Mail {
    let language = Language::parse("en").unwrap();
    let round = Round {
        organisation: "Test Ltd".to_owned(),
        title: std::iter::once((language.clone(), "Working together".to_owned())).collect(),
        informal: Vec::new(),
        statements: 12,
        closes_at: None,
        extension: Extension::None,
        k: 5,
        coalition: 1,
        values_kept: 3,
        comments: None,
        key: KeyHeld::Process,
        team_reads: true,
        hr_groups_after_hours: 0,
        hr_follows: false,
        cards: false,
        weakened_by: std::collections::BTreeSet::new(),
        purpose: Words::new(),
        not_for: Words::new(),
        later: None,
        zone: jiff::tz::TimeZone::UTC,
        check_words: "lusab babad gutih tugad zorid mivok".to_owned(),
    };
    let recipient = Recipient { name: "Ann".to_owned(), address: to.to_owned(), language };
    let content = Content::Aborted { reason: ".a line that begins with a dot\n..and another".to_owned(), key_lost: false };
    let sender = Sender::parse("Candor <survey@example.org>").unwrap();
    compose(&sender, &recipient, &round, &content, SystemClock.now(), rand::random()).unwrap()
}

fn send(transport: &MailTransport, to: &str) -> Result<(), MailFailure> {
    transport.line().send(&one_mail(to), Instant::now() + Duration::from_secs(60))
}

#[test]
#[ignore = "needs Postfix and root: tests/run.sh mta"]
fn a_round_reaches_every_mailbox_over_starttls_signed_and_whole_and_an_unknown_address_is_marked() {
    // The organisation's people, half of them in German; one of them has no mailbox.
    let csv: String = staff()
        .lines()
        .map(|line| if line.starts_with("alpha") { format!("{}de\n", line.strip_suffix("en").unwrap()) } else { format!("{line}\n") })
        .collect();
    let people = roster::parse_csv("staff.csv", csv.as_bytes(), &Language::parse("en").unwrap()).unwrap();
    let addresses: Vec<String> = csv.lines().skip(1).filter_map(|line| line.split(',').nth(2).map(str::to_owned)).collect();
    let known: Vec<String> = addresses.iter().filter(|address| *address != "beta3@example.org").cloned().collect();
    let postfix = Postfix::start(&known);

    let place = Place::migrated(engine());
    let ports = [listener(), listener()];
    place.configure(&ports[0], &ports[1], &format!("smtp://{LOGIN}@127.0.0.1:{}?tls=starttls", postfix.starttls));
    let file = place.path().join("candor.toml");
    let key = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app/mail/dkim_vectors/rsa2048.pem");
    let variables = [
        ("CANDOR_RESPONDENTS_URL", "https://survey.example.org".to_owned()),
        ("CANDOR_MAIL_CA_FILE", postfix.path("ca.pem").display().to_string()),
        ("CANDOR_MAIL_DKIM_DOMAIN", "example.org".to_owned()),
        ("CANDOR_MAIL_DKIM_SELECTOR", "candor".to_owned()),
        ("CANDOR_MAIL_DKIM_KEY_FILE", key.display().to_string()),
    ];
    let config = Config::load(&file, variables.into_iter().map(|(name, value)| (name.to_owned(), value))).unwrap();
    let installation = Installation::open(config, Arc::new(SystemClock)).unwrap();
    installation.identity.import_roster(&people.roster).unwrap();
    let wave = WaveId::parse("2026-q4").unwrap();
    let schedule = Schedule::with_defaults(SystemClock.now().plus(Duration::from_secs(14 * 86_400)));
    let settings = WaveSettings {
        instrument: "pulse".to_owned(),
        schedule,
        k: 5,
        group_min: 7,
        coalition: 1,
        min_range: 3,
        passphrase: false,
        comments: false,
        key_holder: None,
        particulars: draft::Particulars::default(),
    };
    draft::create(&installation, &wave, &settings).unwrap();
    launch::launch(&installation, &wave, None, &mut |_| {}).unwrap();
    let invited = installation.identity.jobs_waiting().unwrap() as usize;
    send_all(&installation).unwrap();

    assert_eq!(installation.identity.jobs_waiting().unwrap(), 0);
    let unreached = installation.identity.unreached_people(&wave).unwrap();
    assert_eq!(
        unreached.iter().map(|one| (one.mail.as_str(), one.mark)).collect::<Vec<_>>(),
        [("beta3@example.org", AddressMark::UnknownAddress)]
    );
    postfix.wait_for("delivery", || postfix.delivered().len() == invited - 1);
    let (mut links, mut german) = (std::collections::BTreeSet::new(), 0);
    for (mailbox, raw) in postfix.delivered() {
        let text = String::from_utf8(raw.clone()).unwrap();
        let mail = MessageParser::default().parse(&raw).unwrap();
        let header = |name: &'static str| mail.header_raw(name).map(str::trim).unwrap_or_else(|| panic!("no {name} in {text}"));
        // With ESMTPSA: TLS and a sign-in.
        assert!(header("Received").contains("with ESMTPSA"), "{text}");
        assert_eq!(header("Return-Path"), "<survey@example.org>");
        assert_eq!(mail.to().unwrap().first().unwrap().address(), Some(mailbox.as_str()));
        assert_eq!(header("Auto-Submitted"), "auto-generated");
        assert_eq!(header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
        assert!(header("DKIM-Signature").starts_with("v=1; a=rsa-sha256; c=relaxed/relaxed;"));
        assert!(matches!(mail.header("Message-ID"), Some(HeaderValue::Text(id)) if id.ends_with("@example.org")));
        let (plain, html) = (mail.body_text(0).unwrap(), mail.body_html(0).unwrap());
        let link = plain.lines().find(|line| line.contains("/w/2026-q4/#v2.")).unwrap_or_else(|| panic!("no link in {plain}"));
        assert!(html.contains(link), "{html}");
        assert!(links.insert(link.to_owned()), "two people got one link");
        let quiet = header("List-Unsubscribe").trim_matches(['<', '>']);
        assert!(quiet.contains("/w/2026-q4/quiet/") && plain.contains(quiet) && html.contains(quiet), "{quiet}");
        german += usize::from(plain.starts_with("Guten Tag "));
        assert_eq!(plain.starts_with("Guten Tag "), mailbox.starts_with("alpha"), "{mailbox}: {plain}");
    }
    assert_eq!((links.len(), german), (invited - 1, 8));
}

#[test]
#[ignore = "needs Postfix and root: tests/run.sh mta"]
fn implicit_tls_works_dots_survive_and_nothing_leaves_without_a_valid_certificate_or_password() {
    let postfix = Postfix::start(&["ann@example.org".to_owned()]);
    let (starttls, smtps) = (format!("127.0.0.1:{}?tls=starttls", postfix.starttls), format!("127.0.0.1:{}?tls=implicit", postfix.smtps));
    for place in [&starttls, &smtps] {
        // From nobody we trust; from another authority than the configured one; for another name; with another password.
        let elsewhere = place.replace("127.0.0.1", "localhost");
        for (login, place, ca, reason) in [
            (LOGIN, place.as_str(), None, "certificate"),
            (LOGIN, place, Some("other.pem"), "certificate"),
            (LOGIN, &elsewhere, Some("ca.pem"), "certificate"),
            ("candor%40mx.test.example:wrong", place, Some("ca.pem"), "535"),
        ] {
            let failure = send(&postfix.transport(login, place, ca), "ann@example.org").unwrap_err();
            assert_eq!(failure.blame, Blame::Server, "{failure}");
            assert!(failure.reason.contains(reason) && !failure.reason.contains("ann"), "{failure}");
        }
    }
    let transport = postfix.transport(LOGIN, &smtps, Some("ca.pem"));
    let unknown = send(&transport, "nobody@example.org").unwrap_err();
    assert_eq!(unknown.reason, format!("127.0.0.1:{}: the mail server answered 550 5.1.1", postfix.smtps));
    send(&transport, "ann@example.org").unwrap();
    postfix.wait_for("delivery", || !postfix.delivered().is_empty());
    let [(_, raw)] = postfix.delivered().try_into().unwrap();
    let mail = MessageParser::default().parse(&raw).unwrap();
    assert!(mail.body_text(0).unwrap().contains(".a line that begins with a dot ..and another"), "{}", String::from_utf8_lossy(&raw));
}
