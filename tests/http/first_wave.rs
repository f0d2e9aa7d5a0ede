//! docs/first-wave.md is executed as it stands: its configuration with addresses and folders replaced, its commands word for word.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::mail::slow_mail_server;
use crate::place::{Place, engine};

use test_postgres::listener;

const DOCUMENT: &str = include_str!("../../docs/first-wave.md");

/// The fenced blocks of a language, in order.
fn blocks(language: &str) -> Vec<String> {
    DOCUMENT.split(&format!("```{language}\n")).skip(1).map(|rest| rest.split("\n```").next().unwrap().to_owned()).collect()
}

fn run(folder: &Path, line: &str) -> (bool, String) {
    let program = Path::new(env!("CARGO_BIN_EXE_candor")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let output = Command::new("sh")
        .args(["-c", line])
        .current_dir(folder)
        .env("PATH", path)
        .env("CANDOR_ACCOUNT_PASSWORD", "a sentence of some words")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    (output.status.success(), format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)))
}

#[test]
fn the_way_to_the_first_round_works_as_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let (mail_port, served) = slow_mail_server(Duration::ZERO);
    let free = || listener().local_addr().unwrap().port();
    let (survey, console) = (free(), free());
    let dir = folder.path().display();
    let [toml] = blocks("toml").try_into().unwrap();
    let mut config = toml;
    for (from, to) in [
        ("https://survey.example.org", format!("http://127.0.0.1:{survey}")),
        ("https://candor.example.org", format!("http://localhost:{console}")),
        ("127.0.0.1:8080", format!("127.0.0.1:{survey}")),
        ("127.0.0.1:8081", format!("127.0.0.1:{console}")),
        ("/var/lib/candor-keys", format!("{dir}/keys")),
        ("/var/lib/candor", format!("{dir}")),
        ("smtp://survey@mail.example.org:587?tls=starttls", format!("smtp://127.0.0.1:{mail_port}?tls=none")),
        ("password_file = \"/etc/candor/mail-password\"", String::new()),
    ] {
        assert!(config.contains(from), "the document no longer says {from}");
        config = config.replace(from, &to);
    }
    std::fs::write(folder.path().join("candor.toml"), config).unwrap();
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/examples/staff.csv"), folder.path().join("staff.csv")).unwrap();
    let commands: Vec<String> = blocks("sh").iter().flat_map(|block| block.lines().map(str::to_owned)).collect();
    assert!(commands.len() >= 9, "{commands:?}");
    let mut all = String::new();
    for command in &commands {
        let (succeeded, output) = run(folder.path(), command);
        assert!(succeeded, "{command}\n{output}");
        all.push_str(&output);
    }
    assert!(all.contains("Check words of this round"), "{all}");
    let invited = std::fs::read_to_string(folder.path().join("staff.csv")).unwrap().lines().skip(1).filter(|l| !l.is_empty()).count();
    // The round is launched; serve sends the mails.
    let mut serve = Command::new(env!("CARGO_BIN_EXE_candor"))
        .args(["--config", folder.path().join("candor.toml").to_str().unwrap(), "serve"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let deadline = Instant::now() + Duration::from_secs(60);
    // Somebody without a team is not invited; the example has one such person.
    while served.lock().unwrap().len() < invited - 1 && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(50));
    }
    serve.kill().unwrap();
    serve.wait().unwrap();
    assert_eq!(served.lock().unwrap().len(), invited - 1);
}

#[test]
fn a_command_that_is_not_due_exits_with_three_and_bad_input_with_two() {
    let place = Place::empty(engine());
    let folder = place.path();
    let code = |line: &str| {
        Command::new(env!("CARGO_BIN_EXE_candor"))
            .args(line.split_whitespace())
            .current_dir(folder)
            .env_remove("CANDOR_CONFIG")
            .stdin(Stdio::null())
            .output()
            .map(|o| (o.status.code().unwrap(), String::from_utf8_lossy(&o.stderr).into_owned()))
            .unwrap()
    };
    assert_eq!(code("config check").0, 2, "no configuration file");
    assert_eq!(code("nonsense").0, 2);
    let (respondents, console) = (listener(), listener());
    place.configure(&respondents, &console, "memory:");
    let (status, message) = code("wave status");
    assert_eq!((status, message.contains("candor migrate")), (1, true), "{message}");
    assert_eq!(code("migrate").0, 0);
    assert_eq!(code("migrate").0, 0);
    std::fs::write(folder.join("bad.csv"), "person_id,name,mail,team,leaders,language\nx,X,not-a-mail,T,y,en\n").unwrap();
    let (status, message) = code("roster import bad.csv");
    assert_eq!(status, 2);
    assert!(message.contains("bad.csv") && message.contains("line 2"), "{message}");
    std::fs::write(folder.join("staff.csv"), crate::harness::staff()).unwrap();
    assert_eq!(code("roster import staff.csv").0, 0);
    assert_eq!(code("wave create 2026-q4 --closes-in 10d").0, 0);
    assert_eq!(code("wave create 2026-q4 --closes-in 10d").0, 2);
    assert_eq!(code("wave launch 2026-q4").0, 0);
    let (status, message) = code("wave close 2026-q4");
    assert_eq!(status, 3, "{message}");
    assert!(message.contains("not due before"), "{message}");
    assert_eq!(code("wave publish 2026-q4").0, 1);
    let (status, message) = code("wave answer 2026-q4 --text Sorry.");
    assert_eq!(status, 1);
    assert!(message.contains("after the box is shut"), "{message}");
    assert_eq!(code("wave close nowhere").0, 1);
}

#[test]
fn the_check_of_a_configuration_refuses_what_serve_refuses_and_opens_no_database() {
    let place = Place::empty(engine());
    let (respondents, console) = (listener(), listener());
    place.configure(&respondents, &console, "memory:");
    let file = place.path().join("candor.toml");
    let good = std::fs::read_to_string(&file).unwrap();
    let run = |command: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_candor")).arg("--config").arg(&file).args(command).stdin(Stdio::null()).output().unwrap();
        let [said, complained] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        (output.status.code(), said, complained)
    };
    let (code, said, complained) = run(&["config", "check"]);
    assert!(code == Some(0) && said.contains("is sound"), "{said}{complained}");
    let [identity, _] = place.urls();
    let relay = good.replace("memory:", "smtp://relay.example.org?tls=none");
    let key =
        format!("{good}[mail.dkim]\ndomain = \"example.org\"\nselector = \"candor\"\nkey_file = \"{}/none.pem\"\n", place.path().display());
    let templates = format!("{good}[survey]\ntemplates = \"{}/none\"\n", place.path().display());
    let url = good.replace(&identity, "postgres://candor@db.example.org:5432/people?sslmode=disable");
    for (wrong, named) in [(relay, "tls=none"), (key, "none.pem"), (templates, "survey.templates"), (url, "storage.identity")] {
        assert_ne!(wrong, good, "{named}");
        std::fs::write(&file, wrong).unwrap();
        let (code, said, complained) = run(&["config", "check"]);
        assert_eq!((code, said.as_str()), (Some(2), ""), "{named}: {complained}");
        assert!(complained.contains(named), "{named}: {complained}");
        assert_eq!(run(&["serve"]), (code, said, complained), "{named}");
    }
    // The configuration alone lies there: nothing was made.
    assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 1);
}
