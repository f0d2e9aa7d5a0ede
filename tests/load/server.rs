//! The real program as a process of its own.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

use super::device::Device;
use super::scene::Scene;

/// A running `candor serve`; killed when dropped.
pub(crate) struct Server {
    child: Child,
}

impl Server {
    /// Starts the program and waits until it answers.
    pub(crate) fn start(program: &Path, scene: &Scene) -> Self {
        Self::start_with(Command::new(program), scene)
    }

    /// Starts the program through `command`, which may set its environment or run it under another program.
    pub(crate) fn start_with(mut command: Command, scene: &Scene) -> Self {
        let log = File::options().create(true).append(true).open(scene.folder.join("server.log")).unwrap();
        command.args(["--config".as_ref(), scene.config.as_os_str(), "serve".as_ref()]);
        let child = command.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap();
        let mut server = Self { child };
        server.wait_until_it_answers(scene);
        server
    }

    fn wait_until_it_answers(&mut self, scene: &Scene) {
        let device = Device::new(&scene.base());
        let started = Instant::now();
        while device.get("manifest").is_none() {
            let ended = self.child.try_wait().unwrap();
            let said = || std::fs::read_to_string(scene.folder.join("server.log")).unwrap_or_default();
            assert!(ended.is_none(), "the server ended at its start: {}", said());
            assert!(started.elapsed() < Duration::from_secs(60), "the server does not answer: {}", said());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// The process id.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// `kill -9`: nothing is flushed, no destructor runs.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks the process to stop and waits for it.
    pub(crate) fn stop(mut self) -> ExitStatus {
        Command::new("kill").arg(self.pid().to_string()).status().unwrap();
        self.child.wait().unwrap()
    }

    /// As [`Self::stop`], for a server that runs under another program, which then ends by itself.
    pub(crate) fn stop_below(mut self) -> ExitStatus {
        let children = std::fs::read_to_string(format!("/proc/{0}/task/{0}/children", self.pid())).unwrap();
        assert!(Command::new("kill").args(children.split_whitespace()).status().unwrap().success());
        self.child.wait().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already dead after `kill` and `stop`; at the end of a test that failed it must not live on.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs one command of the program to its end.
pub(crate) fn run(program: &Path, scene: &Scene, arguments: &[&str]) -> Output {
    Command::new(program).arg("--config").arg(&scene.config).args(arguments).stdin(Stdio::null()).output().unwrap()
}
