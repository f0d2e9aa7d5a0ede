//! What about an installation weakens the promise, as far as the program can see it from where it runs, and how to mend it.
//!
//! Nothing here reads an answer or a person. It looks at settings, at the modes of files, and at what a database server says of itself.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use identity::Exposure;

use crate::config::Config;
use crate::installation::{Installation, StartProblem};
use crate::operating::servers::{Kinship, TELLS_SERVERS_APART};

/// Something that weakens the promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weakness {
    /// A stable name, for scripts.
    pub code: &'static str,
    /// What was found, with its place.
    pub found: String,
    /// What it gives to whom.
    pub means: &'static str,
    /// What to do.
    pub mend: String,
}

/// What an examination brought to light.
#[derive(Debug, Clone, Default)]
pub struct Diagnosis {
    /// What weakens the promise.
    pub weaknesses: Vec<Weakness>,
    /// What this program may not see, so that nothing is said about it.
    pub unseen: Vec<String>,
}

/// What no program can see from here, to be asked of people.
pub const ASK: &[&str] = &[
    "Does the proxy in front of the respondents' origin write an access log? docs/proxy.md has configurations that do not.",
    "Are the disks of the ballot side or of the key folder snapshotted or copied (by the host, by a virtual machine, by a backup)? Such a copy keeps sealed answers, or the key, when the originals are destroyed.",
    "Who reads the mail server's queue and log? It sees personal links, and to whom reminders go.",
];

/// Looks at everything.
///
/// # Errors
/// When a database cannot be reached.
pub fn examine(installation: &Installation) -> Result<Diagnosis, StartProblem> {
    let mut diagnosis = of_servers(installation)?;
    let config = &installation.config;
    origins(config, &mut diagnosis.weaknesses);
    files(config, &mut diagnosis.weaknesses);
    machine(Path::new("/proc"), &mut diagnosis.weaknesses);
    Ok(diagnosis)
}

/// Looks at the database servers alone.
///
/// # Errors
/// When a database cannot be reached.
pub fn of_servers(installation: &Installation) -> Result<Diagnosis, StartProblem> {
    let mut diagnosis = Diagnosis::default();
    let servers = installation.servers()?;
    for (side, server) in servers.by_side() {
        diagnosis.unseen.extend(server.exposures.unseen.iter().map(|name| format!("{name} of the {side}'s server")));
        diagnosis.weaknesses.extend(server.exposures.found.iter().map(|(exposure, shown)| of_server(side, *exposure, shown)));
    }
    let kinship = servers.kinship();
    if kinship == Kinship::Unseen {
        diagnosis.unseen.push(format!("whether both stores lie on one server ({TELLS_SERVERS_APART})"));
    }
    if matches!(kinship, Kinship::OneServer | Kinship::OneRole(_)) {
        diagnosis.weaknesses.push(Weakness {
            code: "one-server",
            found: "both stores lie on one PostgreSQL server".to_owned(),
            means: "its write-ahead log and its backups hold people and sealed answers side by side in the order in which they came; whoever has them and the key knows who said what",
            mend: "give the ballot side a server of its own, with another administrator".to_owned(),
        });
    }
    if let Kinship::OneRole(role) = kinship {
        diagnosis.weaknesses.push(Weakness {
            code: "one-role",
            found: format!("both stores are used as the role {role}"),
            means: "one stolen password opens both",
            mend: "make a role for each database and let neither connect to the other's (docs/operating.md, PostgreSQL)".to_owned(),
        });
    }
    Ok(diagnosis)
}

fn of_server(side: &str, exposure: Exposure, shown: &str) -> Weakness {
    let (means, mend) = match exposure {
        Exposure::CommitTimes => (
            "the server tells the moment in which each row came; laid beside the other side's moments it says which sealed answer is whose",
            "set track_commit_timestamp = off and restart the server",
        ),
        Exposure::Archive => (
            "the archive keeps every change in its order, also sealed answers that were destroyed here",
            "set archive_mode = off for this server, or give this database a server without an archive",
        ),
        Exposure::Slot => (
            "the write-ahead log is kept for whoever reads the slot, every change in its order",
            "drop the slot (SELECT pg_drop_replication_slot(…)), or give this database a server without one",
        ),
        Exposure::Replica => (
            "another server receives every change as it comes and keeps it by its own rules",
            "give this database a server without replicas",
        ),
        Exposure::StatementLog => (
            "the server's log names each request with its time and its values",
            "switch it off for this role: ALTER ROLE … SET log_statement = 'none', and in the same way what is named here",
        ),
        Exposure::Superuser => (
            "whoever takes over this program reads and changes everything on the server",
            "use a role that owns this database and nothing else (docs/operating.md, PostgreSQL)",
        ),
    };
    Weakness { code: exposure.as_str(), found: format!("{side}: {shown}"), means, mend: mend.to_owned() }
}

fn origins(config: &Config, weaknesses: &mut Vec<Weakness>) {
    if !config.respondents_are_secure() {
        weaknesses.push(Weakness {
            code: "no-https",
            found: format!("respondents.url is {}", config.respondents.url),
            means: "everybody on the way reads and changes what people load; browsers refuse to seal answers, so no round can be launched",
            mend: "put a TLS proxy in front and write its https:// address (docs/proxy.md)".to_owned(),
        });
    }
    if config.mail.transport.starts_with("file:") {
        weaknesses.push(Weakness {
            code: "mail-in-a-folder",
            found: "mail.transport writes mails into a folder".to_owned(),
            means: "whoever reads the folder holds everybody's personal link and can answer in their place",
            mend: "send by smtp:// (docs/mail.md); the folder is for trying things out".to_owned(),
        });
    }
}

/// The file of a `sqlite://` address.
fn file_of(url: &str) -> Option<PathBuf> {
    url.strip_prefix("sqlite://").map(PathBuf::from)
}

fn files(config: &Config, weaknesses: &mut Vec<Weakness>) {
    let keys = &config.storage.keys;
    let databases: Vec<PathBuf> =
        [&config.storage.identity, &config.storage.responses].into_iter().filter_map(|url| file_of(url)).collect();
    for file in databases.iter().chain([keys]) {
        let Ok(metadata) = file.metadata() else { continue };
        let mode = metadata.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            let private = if metadata.is_dir() { "0700" } else { "0600" };
            weaknesses.push(Weakness {
                code: "readable-by-others",
                found: format!("{} has the mode {mode:04o}", file.display()),
                means: "other accounts of this machine can read it",
                mend: format!("chmod {private} {}", file.display()),
            });
        }
    }
    let beside = |file: &PathBuf| file.parent().is_some_and(|parent| keys.starts_with(parent));
    if databases.iter().any(beside) {
        weaknesses.push(Weakness {
            code: "keys-beside-data",
            found: format!("{} lies in the folder of a database", keys.display()),
            means: "one backup of the folder takes the sealed answers and the key that opens them",
            mend: "move the key folder, with its hidden file .turn, to a disk that no backup and no snapshot takes, and set storage.keys"
                .to_owned(),
        });
    } else if let Some(disk) = disk_of(keys)
        && databases.iter().filter_map(|file| disk_of(file)).any(|data| data == disk)
    {
        weaknesses.push(Weakness {
            code: "keys-on-the-disk-of-the-data",
            found: format!("{} lies on the same disk as a database", keys.display()),
            means: "one snapshot of the disk takes the sealed answers and the key that opens them",
            mend: "put the key folder on a disk of its own that is not snapshotted; a small encrypted one is enough".to_owned(),
        });
    }
}

/// The disk on which a file lies, or will lie once it is made.
fn disk_of(path: &Path) -> Option<u64> {
    path.ancestors().find_map(|place| place.metadata().ok()).map(|metadata| metadata.dev())
}

/// What the system says of its memory, in the way of Linux; nothing where it says nothing.
fn machine(proc: &Path, weaknesses: &mut Vec<Weakness>) {
    let swaps = std::fs::read_to_string(proc.join("swaps")).unwrap_or_default();
    let areas: Vec<&str> = swaps.lines().skip(1).filter_map(|line| line.split_whitespace().next()).collect();
    if !areas.is_empty() {
        weaknesses.push(Weakness {
            code: "swap",
            found: format!("this machine swaps to {}", areas.join(", ")),
            means: "memory that holds the key or somebody's request may lie on that disk for long",
            mend: "swapoff -a, or encrypt the swap area with a key that is lost at every start".to_owned(),
        });
    }
    let limits = std::fs::read_to_string(proc.join("self/limits")).unwrap_or_default();
    let core = limits.lines().find_map(|line| line.strip_prefix("Max core file size")?.split_whitespace().next());
    if core.is_some_and(|soft| soft != "0") {
        weaknesses.push(Weakness {
            code: "core-dumps",
            found: format!("a crash may write the process's memory into a file (limit: {})", core.unwrap_or_default()),
            means: "the file can hold the key or somebody's request",
            mend: "start the service with LimitCORE=0, as docs/deploy/candor.service does".to_owned(),
        });
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
    use super::*;

    /// A configuration whose databases and keys lie in two folders below `place`.
    fn config(place: &Path, keys: &str, url: &str, mail: &str) -> Config {
        let dir = place.display();
        let text = format!(
            "organisation = \"Beta\"\n[respondents]\nurl = \"{url}\"\nlisten = \"127.0.0.1:8080\"\n[console]\nurl = \"https://console.example.org\"\nlisten = \"127.0.0.1:8081\"\n\
             [storage]\nidentity = \"sqlite://{dir}/data/identity.db\"\nresponses = \"sqlite://{dir}/data/responses.db\"\nkeys = \"{dir}/{keys}\"\n\
             [mail]\nfrom = \"Candor <survey@example.org>\"\ntransport = \"{mail}\"\n"
        );
        let file = place.join("candor.toml");
        std::fs::write(&file, text).unwrap();
        for folder in ["data", keys] {
            std::fs::create_dir_all(place.join(folder)).unwrap();
            std::fs::set_permissions(place.join(folder), std::fs::Permissions::from_mode(0o700)).unwrap();
        }
        for name in ["identity.db", "responses.db"] {
            std::fs::write(place.join("data").join(name), "").unwrap();
            std::fs::set_permissions(place.join("data").join(name), std::fs::Permissions::from_mode(0o600)).unwrap();
        }
        Config::load(&file, std::iter::empty()).unwrap()
    }

    const HTTPS: &str = "https://survey.example.org";

    fn codes(weaknesses: &[Weakness]) -> Vec<&'static str> {
        weaknesses.iter().map(|weakness| weakness.code).collect()
    }

    #[test]
    fn a_tls_address_and_a_mail_server_weaken_nothing_and_their_opposites_are_named() {
        let place = tempfile::tempdir().unwrap();
        let mut found = Vec::new();
        origins(&config(place.path(), "keys", HTTPS, "smtp://localhost:25?tls=none"), &mut found);
        assert_eq!(found, []);
        origins(&config(place.path(), "keys", "http://127.0.0.1:8080", "file:///tmp/outbox"), &mut found);
        // On this machine itself nobody is on the way.
        assert_eq!(codes(&found), ["mail-in-a-folder"]);
    }

    #[test]
    fn keys_that_one_copy_takes_with_the_data_and_files_that_others_read_are_found() {
        let place = tempfile::tempdir().unwrap();
        let mut found = Vec::new();
        files(&config(place.path(), "keys", HTTPS, "memory:"), &mut found);
        assert_eq!(codes(&found), ["keys-on-the-disk-of-the-data"]);
        found.clear();
        files(&config(place.path(), "data/keys", HTTPS, "memory:"), &mut found);
        assert_eq!(codes(&found), ["keys-beside-data"]);
        found.clear();
        let apart = config(place.path(), "keys", HTTPS, "memory:");
        std::fs::set_permissions(place.path().join("data/responses.db"), std::fs::Permissions::from_mode(0o640)).unwrap();
        std::fs::set_permissions(place.path().join("keys"), std::fs::Permissions::from_mode(0o755)).unwrap();
        files(&apart, &mut found);
        assert_eq!(codes(&found), ["readable-by-others", "readable-by-others", "keys-on-the-disk-of-the-data"]);
        assert!(found[0].found.contains("0640") && found[0].mend.starts_with("chmod 0600 "), "{found:?}");
        assert!(found[1].found.contains("0755") && found[1].mend.starts_with("chmod 0700 "), "{found:?}");
    }

    #[test]
    fn swap_and_core_dumps_are_read_from_what_the_system_says() {
        let proc = tempfile::tempdir().unwrap();
        std::fs::create_dir(proc.path().join("self")).unwrap();
        let say = |swaps: &str, core: &str| {
            std::fs::write(proc.path().join("swaps"), swaps).unwrap();
            std::fs::write(
                proc.path().join("self/limits"),
                format!("Limit  Soft  Hard  Units\nMax core file size        {core}  unlimited  bytes\n"),
            )
            .unwrap();
            let mut found = Vec::new();
            machine(proc.path(), &mut found);
            found
        };
        let head = "Filename  Type  Size  Used  Priority\n";
        assert_eq!(say(head, "0"), []);
        let both = say(&format!("{head}/dev/sda2 partition 1000 0 -2\n"), "unlimited");
        assert_eq!(codes(&both), ["swap", "core-dumps"]);
        assert!(both[0].found.ends_with("/dev/sda2"), "{both:?}");
        // A system without such files says nothing, and neither do we.
        let mut found = Vec::new();
        machine(Path::new("/nowhere"), &mut found);
        assert_eq!(found, []);
    }
}
