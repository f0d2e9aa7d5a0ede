//! Installations to play rounds in: made once, and copied for every round.

use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use tempfile::TempDir;
use test_postgres::{Cluster, TestDatabase};

use crate::evidence::Copy;
use crate::flaws::{Flaw, program};
use crate::load::{Scene, Stores};
use crate::people::{Shape, staff_list};
use crate::{postgres, sqlite, times};

/// The password of whoever looks at the console's pages.
pub(crate) const PASSWORD: &str = "a long password for the attack";

/// Who leads every team, as on the staff list, and the account of that person.
pub(crate) const LEADER: &str = "head";

/// Who can sign in: the login, and what else `candor account create` is told. Of every role there is one.
/// The first is [`HR`].
pub(crate) const ACCOUNTS: [(&str, &[&str]); 5] = [
    ("hr", &["--role", "hr"]),
    (LEADER, &["--role", "leader", "--person", LEADER]),
    ("partner", &["--role", "partner", "--unit", "Team 0"]),
    ("holder", &["--role", "key-holder"]),
    ("admin", &["--role", "admin"]),
];

/// The place of HR among [`ACCOUNTS`].
pub(crate) const HR: usize = 0;

/// Where a round keeps its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// An installation with a staff list and an account, in which nothing has happened.
pub(crate) struct World {
    pub(crate) shape: Shape,
    folder: TempDir,
    databases: Option<[TestDatabase<'static>; 2]>,
    /// A server of its own, because it may be killed.
    server: Option<&'static Cluster>,
}

/// A copy of it, for one round.
pub(crate) struct Home {
    pub(crate) scene: Scene,
    databases: Option<[TestDatabase<'static>; 2]>,
    server: Option<&'static Cluster>,
    /// Where the ballot side's files are.
    files: PathBuf,
    folder: TempDir,
}

/// A folder in memory where there is one: nothing here is about the disk.
pub(crate) fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let mut named = tempfile::Builder::new();
    named.prefix("candor-attack-");
    if memory.exists() { named.tempdir_in(memory) } else { named.tempdir() }.unwrap()
}

fn stores(folder: &Path, databases: Option<&[TestDatabase<'static>; 2]>) -> Stores {
    match databases {
        None => Stores::sqlite(folder),
        Some([identity, responses]) => Stores { identity: identity.url_over_tcp(), responses: responses.url_over_tcp() },
    }
}

impl World {
    pub(crate) fn make(engine: Engine, shape: Shape) -> Self {
        let folder = folder();
        let server = (engine == Engine::Postgres).then(postgres::start);
        let databases = server.map(|server| [(); 2].map(|()| server.database()));
        let scene = Scene::configure(folder.path(), &stores(folder.path(), databases.as_ref()));
        let staff = folder.path().join("staff.csv");
        std::fs::write(&staff, staff_list(shape)).unwrap();
        run(None, &scene, &["migrate"]);
        run(None, &scene, &["roster", "import", staff.to_str().unwrap()]);
        for (login, role) in ACCOUNTS {
            run(None, &scene, &[&["account", "create", "--login", login], role].concat());
        }
        Self { shape, folder, databases, server }
    }

    pub(crate) fn home(&self) -> Home {
        let folder = folder();
        let copied =
            |(server, originals): (&'static Cluster, &[TestDatabase<'static>; 2])| originals.each_ref().map(|one| server.copy(one.name()));
        let databases = self.server.zip(self.databases.as_ref()).map(copied);
        if databases.is_none() {
            for file in ["identity.db", "responses.db"] {
                std::fs::copy(self.folder.path().join(file), folder.path().join(file)).unwrap();
            }
        }
        let scene = Scene::configure(folder.path(), &stores(folder.path(), databases.as_ref()));
        let of_the_server = self.server.zip(databases.as_ref()).map(|(server, [_, responses])| postgres::folder(server, responses));
        let files = of_the_server.unwrap_or_else(|| folder.path().to_owned());
        Home { scene, databases, server: self.server, files, folder }
    }
}

impl Home {
    /// Both stores as they lie there now.
    pub(crate) fn copy(&self) -> Copy {
        match (self.server, &self.databases) {
            (Some(server), Some([identity, responses])) => {
                // What lies beside the databases: settings, keys, mails, the program's log.
                let beside = times::of_files(self.folder.path());
                let mut copy = postgres::copy(server, identity, responses);
                copy.times.extend(beside);
                copy
            }
            _ => sqlite::copy(self.folder.path()),
        }
    }

    /// How far the server's write-ahead log has come; nothing on SQLite.
    pub(crate) fn log_position(&self) -> Option<u64> {
        self.server.map(postgres::log_position)
    }

    /// What the server's write-ahead log got since then.
    pub(crate) fn log_since(&self, since: Option<u64>) -> Vec<u8> {
        self.server.zip(since).map(|(server, since)| postgres::log_since(server, since)).unwrap_or_default()
    }

    /// Whether the database has a server, which can be killed.
    pub(crate) fn has_a_server(&self) -> bool {
        self.server.is_some()
    }

    /// `kill -9` on the database's server, and a new start; nothing on SQLite.
    pub(crate) fn kill_the_database(&self) {
        if let Some(server) = self.server {
            server.kill_nine();
        }
    }

    /// The size of the ballot side's files together; on SQLite they share a folder with those of the people side.
    pub(crate) fn size(&self) -> u64 {
        let entries = std::fs::read_dir(&self.files).unwrap().map(Result::unwrap);
        let of_ballots = entries.filter(|entry| self.has_a_server() || entry.file_name().to_string_lossy().starts_with("responses.db"));
        // One that the server removes meanwhile has none.
        of_ballots.filter_map(|entry| Some(entry.metadata().ok()?.len())).sum()
    }

    /// The round's credential key, which lies in both stores while the round runs.
    pub(crate) fn credential_key(&self, copy: &Copy) -> Vec<u8> {
        match &self.databases {
            None => sqlite::credential_key(copy),
            Some([identity, _]) => postgres::credential_key(identity),
        }
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// Runs a command of the program that must succeed.
pub(crate) fn run(flaw: Option<Flaw>, scene: &Scene, arguments: &[&str]) -> Output {
    let mut command = program(flaw);
    command.arg("--config").arg(&scene.config).args(arguments).env("CANDOR_ACCOUNT_PASSWORD", PASSWORD).stdin(Stdio::null());
    let output = command.output().unwrap();
    assert!(output.status.success(), "candor {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}
