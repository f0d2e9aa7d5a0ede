//! The real program as a process of its own, in a place of its own.

use std::fs::File;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use candor::config::Config;
use candor::installation::Installation;
use domain::{Language, SystemClock, roster};
use protocol::wire::{CONTENT_TYPE, REQUEST_SIZE};
use test_postgres::listener;

use crate::harness::{PASSWORD, staff};
use crate::place::{Place, engine};

/// How long anything may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(120);

/// The program in a place of its own, its log in a file of the place.
pub(crate) struct Program {
    pub(crate) place: Place,
    pub(crate) config: Config,
    serve: Option<Child>,
}

impl Program {
    /// Free ports, the given mail server, and further sections of the configuration.
    pub(crate) fn new(mail_port: u16, sections: &str) -> Self {
        let place = Place::migrated(engine());
        let (respondents, console) = (listener(), listener());
        place.configure(&respondents, &console, &format!("smtp://127.0.0.1:{mail_port}?tls=none"));
        let file = place.path().join("candor.toml");
        let text = std::fs::read_to_string(&file).unwrap() + sections;
        std::fs::write(&file, text).unwrap();
        let config = crate::place::config_in(place.path());
        Self { place, config, serve: None }
    }

    /// What the server wrote.
    pub(crate) fn log(&self) -> String {
        self.written("log")
    }

    /// What stands in a file of the place; nothing where there is none.
    pub(crate) fn written(&self, file: &str) -> String {
        std::fs::read_to_string(self.place.path().join(file)).unwrap_or_default()
    }

    /// A command of it that writes as much as it can into a file.
    fn command(&self, line: &[&str]) -> Command {
        // Commands also tell the person at the terminal how far they are, which is no log.
        let file = if line == ["serve"] { "log" } else { "said" };
        let log = File::options().create(true).append(true).open(self.place.path().join(file)).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_candor"));
        command.arg("--config").arg(self.place.path().join("candor.toml")).args(line).env("CANDOR_ACCOUNT_PASSWORD", PASSWORD);
        command.env("CANDOR_LOG", "trace").env("CANDOR_LOG_FORMAT", "json");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, line: &str) {
        let status = self.command(&line.split(' ').collect::<Vec<_>>()).status().unwrap();
        assert!(status.success(), "{line}: {status}\n{}", self.written("said"));
    }

    /// Serves until it is stopped; returns when it is ready.
    pub(crate) fn serve(&mut self) {
        self.serve = Some(self.command(&["serve"]).spawn().unwrap());
        eventually("the program never became ready", || self.readiness() == Some(200));
    }

    /// The status of the readiness on the respondents' origin; `None` when nobody listens.
    pub(crate) fn readiness(&self) -> Option<u16> {
        let mut stream = TcpStream::connect(self.config.respondents.listen).ok()?;
        stream.write_all(b"GET /health/ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").ok()?;
        let mut text = String::new();
        stream.read_to_string(&mut text).ok()?;
        text.split(' ').nth(1)?.parse().ok()
    }

    /// Asks the server to stop, as a service manager does.
    pub(crate) fn terminate(&self) {
        let pid = self.serve.as_ref().unwrap().id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    }

    /// Waits for the end of the server.
    pub(crate) fn wait(&mut self) -> ExitStatus {
        let mut serve = self.serve.take().unwrap();
        let mut status = None;
        eventually("the program did not end", || {
            status = serve.try_wait().unwrap();
            status.is_some()
        });
        status.unwrap()
    }

    /// A box request whose first half has arrived: the server says so with "100 Continue".
    pub(crate) fn half_a_request(&self) -> TcpStream {
        let mut stream = TcpStream::connect(self.config.respondents.listen).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let head = format!(
            "POST /w/nowhere/box HTTP/1.1\r\nHost: x\r\nContent-Type: {CONTENT_TYPE}\r\nContent-Length: {REQUEST_SIZE}\r\nExpect: 100-continue\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut told = [0; 12];
        stream.read_exact(&mut told).unwrap();
        assert_eq!(&told, b"HTTP/1.1 100");
        stream.write_all(&[0; REQUEST_SIZE / 2]).unwrap();
        stream
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if let Some(mut serve) = self.serve.take() {
            let _ = serve.kill();
            let _ = serve.wait();
        }
    }
}

/// Waits until something is so, and fails saying what is missing.
pub(crate) fn eventually(otherwise: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < deadline, "{otherwise}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Gives it the staff of the tests.
pub(crate) fn import(program: &Program) {
    let installation = Installation::open(program.config.clone(), Arc::new(SystemClock)).unwrap();
    let list = roster::parse_csv("staff.csv", staff().as_bytes(), &Language::parse("en").unwrap()).unwrap();
    installation.identity.import_roster(&list.roster).unwrap();
}
