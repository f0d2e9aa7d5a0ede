//! A private PostgreSQL for tests and measurements: own folder, own socket, own port, gone when its process is gone; and ports for other
//! servers of a test.
//!
//! The server's programs come from the system ([`programs`]); nothing of a PostgreSQL that runs there already is touched.
//! A guardian process waits for the end of the process that started the cluster, however it ends, and then stops the server by its
//! data folder and removes the folder.
//!
//! Texts are sorted by ICU's rules for English, as on a usual server and unlike in SQLite, so that nothing here passes by luck.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod home;
mod ports;

use std::fmt::Write as _;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

pub use home::{Engine, Home, engine};
pub use ports::listener;

/// The role that owns everything in a cluster.
pub const ROLE: &str = "candor";

/// Its password for connections over TCP; connections over the socket need none.
pub const PASSWORD: &str = "only for tests";

/// Where Linux keeps files in memory.
const MEMORY: &str = "/dev/shm";
/// How often a database is tried to be copied whose sessions were put out.
const COPIES: usize = 10;

const HOW_TO_GET_IT: &str = "PostgreSQL 15 or newer is needed for these tests and was not found in /usr/lib/postgresql/*/bin or on the PATH. \
    Install it (on Debian: apt-get install postgresql), or leave these tests out: cargo test -- --skip postgres::";

/// Where a cluster keeps its data. Its settings are the same everywhere, because the program refuses a server that does not wait for the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disk {
    /// On the disk: for everything that is about durability or its speed.
    Durable,
    /// In memory where the system has a place for that, so that nothing waits for a disk: for everything else.
    Quick,
}

/// How a server is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Open transactions are rolled back and connections are told.
    Fast,
    /// Like a crash: the next start recovers from the log.
    Immediate,
}

/// A running cluster.
#[derive(Debug)]
pub struct Cluster {
    folder: PathBuf,
    port: u16,
    guardian: Child,
    databases: AtomicU32,
    /// Two copies of one original at a time would change its entry in the list of databases under each other.
    copying: Mutex<()>,
}

/// A database of a cluster; dropped with everything in it when this is dropped.
#[derive(Debug)]
pub struct TestDatabase<'c> {
    cluster: &'c Cluster,
    name: String,
}

/// The folder of the newest server programs on this machine.
///
/// # Panics
/// When there are none, with what to install.
#[must_use]
pub fn programs() -> &'static Path {
    static FOUND: OnceLock<PathBuf> = OnceLock::new();
    FOUND.get_or_init(|| {
        let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().filter_map(|entry| {
            let version: u32 = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin"))).filter(|(version, folder)| *version >= 15 && folder.join("initdb").exists())
        });
        let on_the_path = || {
            let path = std::env::var_os("PATH").unwrap_or_default();
            std::env::split_paths(&path).find(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists())
        };
        debian.max().map(|(_, folder)| folder).or_else(on_the_path).unwrap_or_else(|| panic!("{HOW_TO_GET_IT}"))
    })
}

/// A server refuses to run as root: whoever is root starts it as somebody who owns nothing.
fn unprivileged() -> &'static [&'static str] {
    static ROOT: OnceLock<bool> = OnceLock::new();
    let root = ROOT.get_or_init(|| tempfile::tempfile().unwrap().metadata().unwrap().uid() == 0);
    if *root { &["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"] } else { &[] }
}

/// Whether a folder exists and has room for some hundred databases.
fn has_room(folder: &str) -> bool {
    let output = Command::new("df").args(["-Pk", folder]).stdin(Stdio::null()).stderr(Stdio::null()).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let available = text.lines().nth(1).and_then(|line| line.split_whitespace().nth(3)?.parse::<u64>().ok());
    available.is_some_and(|kibibytes| kibibytes > 4 << 20)
}

fn server_command(program: &str) -> Command {
    let program = programs().join(program);
    match unprivileged() {
        [] => Command::new(program),
        [first, rest @ ..] => {
            let mut command = Command::new(first);
            command.args(rest).arg(program);
            command
        }
    }
}

/// Whether a process works in the folder; every process of a cluster does.
fn any_process_in(folder: &Path) -> bool {
    let processes = std::fs::read_dir("/proc").unwrap().filter_map(Result::ok);
    processes.map(|entry| entry.path().join("cwd")).any(|cwd| std::fs::read_link(cwd).is_ok_and(|cwd| cwd == folder))
}

fn output_of(command: &mut Command, log: Option<&Path>) -> String {
    // A folder that everybody may enter: the unprivileged user cannot enter every folder of root's.
    let output = command.current_dir("/").stdin(Stdio::null()).output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    let log = log.and_then(|file| std::fs::read_to_string(file).ok()).unwrap_or_default();
    assert!(
        output.status.success(),
        "{command:?}: {}\n{}{}{log}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

impl Cluster {
    /// The cluster that all tests of this process share; it lies in memory where that is possible.
    #[must_use]
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Cluster> = OnceLock::new();
        SHARED.get_or_init(|| Self::start(Disk::Quick, &[]))
    }

    /// Makes and starts a cluster with further settings of `postgresql.conf`.
    ///
    /// # Panics
    /// When no server programs are installed, or the server does not start; with its log.
    #[must_use]
    pub fn start(disk: Disk, settings: &[(&str, &str)]) -> Self {
        let stop = server_command("pg_ctl");
        let mut place = tempfile::Builder::new();
        place.prefix("candor-pg-");
        let folder = if disk == Disk::Quick && has_room(MEMORY) { place.tempdir_in(MEMORY) } else { place.tempdir() }.unwrap().keep();
        if !unprivileged().is_empty() {
            output_of(Command::new("chown").arg("nobody:nogroup").arg(&folder), None);
        }
        let data = folder.join("data");
        // Before the server, so that no moment is left in which nobody would stop it.
        let guardian = Command::new("sh")
            .args(["-c", "folder=$1; shift; cat >/dev/null; \"$@\"; rm -rf \"$folder\"", "guardian"])
            .arg(&folder)
            .arg(stop.get_program())
            .args(stop.get_args())
            .args(["stop", "--silent", "--mode=immediate", "--pgdata"])
            .arg(&data)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // What a terminal sends to the tests must not reach their guardian.
            .process_group(0)
            .spawn()
            .unwrap();
        let port = listener().local_addr().unwrap().port();
        let cluster = Self { folder, port, guardian, databases: AtomicU32::new(0), copying: Mutex::new(()) };
        let password = cluster.folder.join("password");
        std::fs::write(&password, PASSWORD).unwrap();
        let mut initdb = server_command("initdb");
        initdb.arg("--pgdata").arg(&data).arg("--pwfile").arg(&password);
        initdb.args(["--username", ROLE, "--auth-local=trust", "--auth-host=scram-sha-256", "--no-sync"]);
        initdb.args(["--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en-US"]);
        output_of(&mut initdb, None);
        let mut text = format!(
            "listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = '{}'\nmax_connections = 500\nshared_buffers = 32MB\nmax_wal_size = 256MB\n",
            cluster.folder.display()
        );
        for (name, value) in settings {
            writeln!(text, "{name} = '{value}'").unwrap();
        }
        let file = data.join("postgresql.conf");
        let defaults = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, format!("{defaults}\n{text}")).unwrap();
        cluster.start_again();
        cluster
    }

    /// The folder of the cluster, in which its socket lies too.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The port on the loopback interface.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    fn pg_ctl(&self, arguments: &[&str]) {
        let mut pg_ctl = server_command("pg_ctl");
        pg_ctl.args(arguments).args(["--wait", "--timeout=60", "--pgdata"]).arg(self.folder.join("data"));
        let log = self.folder.join("log");
        output_of(pg_ctl.arg("--log").arg(&log), Some(&log));
    }

    /// Stops the server.
    ///
    /// # Panics
    /// When it does not stop; with its log.
    pub fn stop(&self, how: Stop) {
        self.pg_ctl(&["stop", if how == Stop::Fast { "--mode=fast" } else { "--mode=immediate" }]);
    }

    /// Starts the server after [`Self::stop`].
    ///
    /// # Panics
    /// When it does not start; with its log.
    pub fn start_again(&self) {
        self.pg_ctl(&["start"]);
    }

    /// `kill -9` on the server's first process, and a new start that recovers from the log.
    ///
    /// # Panics
    /// When the server's other processes live on, or when it does not start again; with its log.
    pub fn kill_nine(&self) {
        let data = self.folder.join("data");
        let file = data.join("postmaster.pid");
        let first = std::fs::read_to_string(&file).unwrap();
        // It may have ended by itself meanwhile.
        let _ = Command::new("kill").args(["-9", first.lines().next().unwrap()]).stderr(Stdio::null()).status().unwrap();
        // Its children notice by themselves; until they are gone a new server refuses to start.
        let started = Instant::now();
        while any_process_in(&data) {
            assert!(started.elapsed() < Duration::from_secs(60), "the children of the postmaster live on");
            std::thread::sleep(Duration::from_millis(10));
        }
        // Its number stays taken until somebody collects the dead process, and a new server would take it for alive.
        std::fs::remove_file(file).unwrap();
        std::fs::remove_file(self.folder.join(format!(".s.PGSQL.{}.lock", self.port))).unwrap();
        self.start_again();
    }

    /// Ends every connection to every database but the maintenance database's.
    pub fn end_connections(&self) {
        self.sql("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname <> 'postgres'");
    }

    /// Runs statements in a database; the rows, columns divided by `|`.
    ///
    /// # Panics
    /// When a statement fails.
    pub fn sql(&self, database: &str, statements: &str) -> String {
        output_of(&mut self.psql(database, &[statements]), None)
    }

    /// Each statement is sent alone.
    fn psql(&self, database: &str, statements: &[&str]) -> Command {
        let mut psql = Command::new(programs().join("psql"));
        psql.arg("--host").arg(&self.folder).args(["--port", &self.port.to_string(), "--username", ROLE, "--dbname", database]);
        psql.args(["--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--set=ON_ERROR_STOP=1"]);
        for statement in statements {
            psql.args(["--command", statement]);
        }
        // A folder that everybody may enter.
        psql.current_dir("/").stdin(Stdio::null());
        psql
    }

    fn next_name(&self) -> String {
        format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed))
    }

    /// An empty database.
    #[must_use]
    pub fn database(&self) -> TestDatabase<'_> {
        let name = self.next_name();
        self.sql("postgres", &format!("CREATE DATABASE {name}"));
        TestDatabase { cluster: self, name }
    }

    /// A copy of a database. Whoever is connected to the original is thrown out, and has to connect again.
    #[must_use]
    pub fn copy(&self, original: &str) -> TestDatabase<'_> {
        let name = self.next_name();
        let _alone = self.copying.lock().unwrap_or_else(PoisonError::into_inner);
        // A database that anybody is connected to cannot be copied, so nobody may come back meanwhile.
        self.sql("postgres", &format!("ALTER DATABASE {original} ALLOW_CONNECTIONS false"));
        let put_out = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{original}'");
        let copy = format!("CREATE DATABASE {name} TEMPLATE {original}");
        // Whoever was let in just before and is only now counted is put out the next time; the server waits some seconds for them by itself.
        let copied = (0..COPIES).any(|_| {
            self.sql("postgres", &put_out);
            let output = self.psql("postgres", &[&copy]).output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success() || said.contains("is being accessed by other users"), "{copy}: {said}");
            output.status.success()
        });
        assert!(copied, "somebody stays connected to {original}");
        self.sql("postgres", &format!("ALTER DATABASE {original} ALLOW_CONNECTIONS true"));
        TestDatabase { cluster: self, name }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Its input ends, so the guardian does its work.
        drop(self.guardian.stdin.take());
        let _ = self.guardian.wait();
    }
}

impl TestDatabase<'_> {
    /// The database's name in its cluster.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The address over the cluster's socket.
    #[must_use]
    pub fn url(&self) -> String {
        format!("postgres:///{}?host={}&port={}&user={ROLE}", self.name, self.cluster.folder.display(), self.cluster.port)
    }

    /// The address over the loopback interface, with a password.
    #[must_use]
    pub fn url_over_tcp(&self) -> String {
        format!("postgres://{ROLE}:{}@127.0.0.1:{}/{}", PASSWORD.replace(' ', "%20"), self.cluster.port, self.name)
    }

    /// Runs statements; the rows, columns divided by `|`.
    ///
    /// # Panics
    /// When a statement fails.
    pub fn sql(&self, statements: &str) -> String {
        self.cluster.sql(&self.name, statements)
    }

    /// Every row of every table, to be compared with a later moment.
    #[must_use]
    pub fn content(&self) -> String {
        let tables = self.sql("SELECT quote_ident(table_name) FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1");
        let statements: Vec<String> =
            tables.lines().map(|table| format!("SELECT '{table}', row::text FROM {table} AS row ORDER BY row::text")).collect();
        output_of(&mut self.cluster.psql(&self.name, &statements.iter().map(String::as_str).collect::<Vec<_>>()), None)
    }
}

impl Drop for TestDatabase<'_> {
    fn drop(&mut self) {
        // A test that has failed already must say why, not this; and a stopped server needs no tidying.
        let _ = Command::new(programs().join("psql"))
            .arg("--host")
            .arg(&self.cluster.folder)
            .args(["--port", &self.cluster.port.to_string(), "--username", ROLE, "--dbname", "postgres", "--no-psqlrc"])
            .args(["--command", &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
    }
}

#[cfg(test)]
mod postgres {
    use super::*;

    #[test]
    fn a_database_is_copied_while_somebody_is_connected_and_survives_a_stop_and_a_kill() {
        let cluster = Cluster::start(Disk::Quick, &[]);
        let original = cluster.database();
        original.sql("CREATE TABLE tally (amount bigint); INSERT INTO tally VALUES (7)");
        let mut connected = Command::new(programs().join("psql"))
            .arg(original.url())
            .args(["--command", "SELECT pg_sleep(600)"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let count = format!("SELECT count(*) FROM pg_stat_activity WHERE datname = '{}'", original.name());
        while cluster.sql("postgres", &count).trim() != "1" {
            std::thread::sleep(Duration::from_millis(10));
        }
        let copy = cluster.copy(original.name());
        assert!(!connected.wait().unwrap().success(), "the connection was ended");
        cluster.stop(Stop::Immediate);
        cluster.start_again();
        cluster.kill_nine();
        assert_eq!(copy.sql("SELECT amount FROM tally").trim(), "7");
        let name = copy.name().to_owned();
        drop(copy);
        assert_eq!(cluster.sql("postgres", &format!("SELECT count(*) FROM pg_database WHERE datname = '{name}'")).trim(), "0");
    }

    #[test]
    fn a_cluster_ends_with_its_process_and_leaves_nothing() {
        let cluster = Cluster::start(Disk::Quick, &[]);
        let folder = cluster.folder().to_owned();
        let server: u32 = std::fs::read_to_string(folder.join("data/postmaster.pid")).unwrap().lines().next().unwrap().parse().unwrap();
        // The command line of a process that has ended is empty, whether or not it has been waited for.
        let runs = || std::fs::read(format!("/proc/{server}/cmdline")).is_ok_and(|line| !line.is_empty());
        assert!(folder.exists() && runs());
        drop(cluster);
        assert!(!folder.exists() && !runs());
    }
}
