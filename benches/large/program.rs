//! The real program, started as a person would start it, with a stopwatch and an eye on its memory.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How often the memory of a running command is read.
const GLANCE: Duration = Duration::from_millis(5);

/// Where one installation lives.
pub(crate) struct Place {
    folder: PathBuf,
    pub(crate) respondents: String,
    pub(crate) console: String,
}

/// What one command took.
pub(crate) struct Taken {
    /// From its start to its end.
    pub(crate) seconds: f64,
    /// User and system time of its own; not of a database server.
    pub(crate) cpu: f64,
    /// The largest resident set, in MiB.
    pub(crate) peak: f64,
    /// What it printed.
    pub(crate) said: String,
}

impl Place {
    /// A fresh installation in an empty folder, on these databases.
    pub(crate) fn prepare(folder: &Path, identity: &str, responses: &str) -> io::Result<Self> {
        let port = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr().map(|address| address.port());
        let (respondents, console) = (port()?, port()?);
        let dir = folder.display();
        // No mail server listens there: mails wait in the queue, where nobody has to sweep them up.
        let text = format!(
            "organisation = \"Northwind\"\n[respondents]\nurl = \"http://127.0.0.1:{respondents}\"\nlisten = \"127.0.0.1:{respondents}\"\n\
             [console]\nurl = \"http://localhost:{console}\"\nlisten = \"127.0.0.1:{console}\"\n\
             [storage]\nidentity = \"{identity}\"\nresponses = \"{responses}\"\nkeys = \"{dir}/keys\"\naccept = [\"one-server\", \"one-role\"]\n\
             [mail]\nfrom = \"Candor <survey@northwind.example>\"\ntransport = \"smtp://127.0.0.1:9?tls=none\"\n"
        );
        fs::write(folder.join("candor.toml"), text)?;
        Ok(Self {
            folder: folder.to_owned(),
            respondents: format!("http://127.0.0.1:{respondents}"),
            console: format!("http://localhost:{console}"),
        })
    }

    /// The configuration file.
    pub(crate) fn config_file(&self) -> PathBuf {
        self.folder.join("candor.toml")
    }

    /// A file beside the configuration, whether or not it is there.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Writes a file beside the configuration.
    pub(crate) fn write(&self, name: &str, text: &str) -> io::Result<PathBuf> {
        let path = self.file(name);
        File::create(&path)?.write_all(text.as_bytes())?;
        Ok(path)
    }

    /// Runs a command to its end; one that fails ends the measurement with what it complained about.
    pub(crate) fn run(&self, arguments: &[&str]) -> io::Result<Taken> {
        let output = self.folder.join("output");
        let complaints = self.folder.join("complaints");
        let (started, cpu) = (Instant::now(), cpu_of_ended_children());
        let mut child = self.command(arguments).stdout(File::create(&output)?).stderr(File::create(&complaints)?).spawn()?;
        let mut peak = 0.0_f64;
        let status = loop {
            peak = peak.max(peak_of(&child));
            if let Some(status) = child.try_wait()? {
                break status;
            }
            thread::sleep(GLANCE);
        };
        let seconds = started.elapsed().as_secs_f64();
        if !status.success() {
            return Err(io::Error::other(format!("candor {}: {status}\n{}", arguments.join(" "), fs::read_to_string(complaints)?)));
        }
        Ok(Taken { seconds, cpu: cpu_of_ended_children() - cpu, peak, said: fs::read_to_string(output)? })
    }

    /// Starts a command that goes on until it is told to end.
    pub(crate) fn start(&self, arguments: &[&str]) -> io::Result<Running> {
        Ok(Running(self.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_candor"));
        command.arg("--config").arg(self.config_file()).args(arguments).env("CANDOR_ACCOUNT_PASSWORD", PASSWORD);
        command
    }
}

/// The password of every account here.
pub(crate) const PASSWORD: &str = "a sentence of some words";

/// A server; ended when it is let go.
pub(crate) struct Running(Child);

impl Running {
    /// The largest resident set so far, in MiB.
    pub(crate) fn peak(&self) -> f64 {
        peak_of(&self.0)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It holds nothing that a sudden end could lose.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The largest resident set of a running process in MiB (proc(5), `VmHWM`); 0 when it has just ended.
fn peak_of(child: &Child) -> f64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// User and system time of all children of this process that have ended, in seconds (proc(5), `cutime` and `cstime`, in ticks of a hundredth of a second).
fn cpu_of_ended_children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit_once(") ").map(|(_, fields)| fields.split_whitespace()).into_iter().flatten();
    fields.skip(13).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}
