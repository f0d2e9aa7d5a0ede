//! Where an installation of a test lives: a folder, and two databases on the engine of this run.

use std::fmt::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use candor::config::Config;
use candor::installation::Installation;
use diesel::connection::SimpleConnection as _;
use diesel::dsl::sql;
use diesel::sql_types::Text;
use diesel::{Connection as _, RunQueryDsl as _, SqliteConnection};
use test_postgres::{Cluster, Engine, TestDatabase};
pub(crate) use test_postgres::{engine, listener};

/// For tests that read the files of a database: they prove nothing on an engine that is a server.
pub(crate) fn only_on_sqlite() {
    assert_eq!(engine(), Engine::Sqlite, "this test reads the files of SQLite: leave it out with --skip bytes_on_disk::");
}

/// A folder and two databases, gone when this is dropped.
pub(crate) struct Place {
    folder: tempfile::TempDir,
    /// People side and ballot side, when they do not lie in the folder.
    databases: Option<[TestDatabase<'static>; 2]>,
}

impl Place {
    /// Empty databases without any table.
    pub(crate) fn empty(engine: Engine) -> Self {
        let databases = (engine == Engine::Postgres).then(|| [Cluster::shared().database(), Cluster::shared().database()]);
        Self { folder: tempfile::tempdir().unwrap(), databases }
    }

    /// Empty databases with the structure of this program.
    pub(crate) fn migrated(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => {
                let place = Self::empty(engine);
                place.migrate();
                place
            }
            Engine::Postgres => {
                static MIGRATED: OnceLock<Place> = OnceLock::new();
                let template = MIGRATED.get_or_init(|| {
                    let place = Self::empty(engine);
                    place.migrate();
                    place
                });
                Self { folder: tempfile::tempdir().unwrap(), databases: template.copied_databases() }
            }
        }
    }

    fn migrate(&self) {
        let unused = listener;
        Installation::migrate(&self.configure(&unused(), &unused(), "memory:")).unwrap();
    }

    fn copied_databases(&self) -> Option<[TestDatabase<'static>; 2]> {
        self.databases.as_ref().map(|both| both.each_ref().map(|database| Cluster::shared().copy(database.name())))
    }

    /// The folder with the configuration and the keys.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The databases' addresses: people side, ballot side.
    pub(crate) fn urls(&self) -> [String; 2] {
        match &self.databases {
            None => ["identity", "responses"].map(|store| format!("sqlite://{}/{store}.db", self.path().display())),
            Some(both) => both.each_ref().map(TestDatabase::url),
        }
    }

    /// One of the databases on PostgreSQL: 0 is the people side, 1 the ballot side.
    pub(crate) fn database(&self, number: usize) -> &TestDatabase<'static> {
        &self.databases.as_ref().expect("a place on PostgreSQL")[number]
    }

    /// Changes one of the databases behind the program's back: 0 is the people side, 1 the ballot side.
    pub(crate) fn tamper(&self, number: usize, statements: &str) {
        if self.databases.is_some() {
            self.database(number).sql(statements);
        } else {
            sqlite(&self.urls()[number]).batch_execute(statements).unwrap();
        }
    }

    /// Writes `candor.toml` for two listening sockets.
    pub(crate) fn configure(&self, respondents: &TcpListener, console: &TcpListener, mail: &str) -> Config {
        let (a, b) = (respondents.local_addr().unwrap(), console.local_addr().unwrap());
        let [identity, responses] = self.urls();
        // The tests' own server holds both sides for one role, which a launch must be told to accept.
        let accept = if self.databases.is_some() { "[\"one-server\", \"one-role\"]" } else { "[]" };
        let text = format!(
            "organisation = \"Test Ltd\"\n[respondents]\nurl = \"http://127.0.0.1:{}\"\nlisten = \"{a}\"\n[console]\nurl = \"http://localhost:{}\"\nlisten = \"{b}\"\n\
             [storage]\nidentity = \"{identity}\"\nresponses = \"{responses}\"\nkeys = \"{}/keys\"\naccept = {accept}\n\
             [mail]\nfrom = \"Candor <survey@example.org>\"\ntransport = \"{mail}\"\n",
            a.port(),
            b.port(),
            self.path().display(),
        );
        std::fs::write(self.path().join("candor.toml"), text).unwrap();
        config_in(self.path())
    }

    /// A copy of everything as it is on the disk at this moment.
    pub(crate) fn copy(&self) -> Self {
        let copy = Self { folder: tempfile::tempdir().unwrap(), databases: self.copied_databases() };
        for entry in walk(self.path()) {
            let target = copy.path().join(entry.strip_prefix(self.path()).unwrap());
            std::fs::create_dir_all(target.parent().unwrap()).unwrap();
            // Permissions come along: a key file that others may read is refused.
            std::fs::copy(&entry, &target).unwrap();
        }
        let file = copy.path().join("candor.toml");
        // A place that was never configured has none.
        let Ok(mut text) = std::fs::read_to_string(&file) else { return copy };
        for (from, to) in self.urls().iter().zip(copy.urls()) {
            text = text.replace(from, &to);
        }
        text = text.replace(&self.path().display().to_string(), &copy.path().display().to_string());
        std::fs::write(file, text).unwrap();
        copy
    }

    /// Everything that both databases and all other files hold, to be compared with a later moment.
    pub(crate) fn content(&self) -> String {
        // The files of SQLite come and go with its readers, so its rows are compared instead.
        let others = walk(self.path()).into_iter().filter(|file| !file.file_name().unwrap().to_string_lossy().contains(".db"));
        let mut all = others.fold(String::new(), |mut all, file| {
            writeln!(all, "{} {}", file.display(), data_encoding::HEXLOWER.encode(&std::fs::read(&file).unwrap())).unwrap();
            all
        });
        match &self.databases {
            None => all.extend(self.urls().map(|url| sqlite_content(&url))),
            Some(databases) => all.extend(databases.iter().map(TestDatabase::content)),
        }
        all
    }
}

fn sqlite(url: &str) -> SqliteConnection {
    let mut connection = SqliteConnection::establish(url.trim_start_matches("sqlite://")).unwrap();
    connection.batch_execute("PRAGMA busy_timeout = 5000").unwrap();
    connection
}

/// Every row of every table.
fn sqlite_content(url: &str) -> String {
    let mut connection = sqlite(url);
    let mut texts = |query: &str| sql::<Text>(query).load::<String>(&mut connection).unwrap();
    let tables = texts("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
    tables.iter().fold(String::new(), |mut all, table| {
        let columns = texts(&format!("SELECT 'quote(' || name || ')' FROM pragma_table_info('{table}')")).join(" || ' ' || ");
        writeln!(all, "{table} {:?}", texts(&format!("SELECT {columns} AS line FROM {table} ORDER BY line"))).unwrap();
        all
    })
}

/// Reads the configuration that lies in a folder.
pub(crate) fn config_in(folder: &Path) -> Config {
    Config::load(&folder.join("candor.toml"), std::iter::empty()).unwrap()
}

/// Every file below a folder.
pub(crate) fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}
