//! `kill -9` in the middle of `candor backup` and of `candor restore`.

use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sha2::{Digest, Sha256};
use test_postgres::{Cluster, Disk, TestDatabase};

use crate::audit::{Audit, candor, succeed};
use crate::kills::{StopOnFailure, number};
use crate::load::{Driver, Ledger, Person, Progress, Scene, Server, Stores, run};

/// How many people answer at once while copies are made.
const CLIENTS: usize = 2;
const PEOPLE: usize = 80;

/// Two fresh databases, gone when dropped.
struct Ground<'c> {
    folder: tempfile::TempDir,
    databases: Option<[TestDatabase<'c>; 2]>,
}

impl<'c> Ground<'c> {
    fn fresh(cluster: Option<&'c Cluster>) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), databases: cluster.map(|cluster| [cluster.database(), cluster.database()]) }
    }

    fn stores(&self) -> Stores {
        match &self.databases {
            None => Stores::sqlite(self.folder.path()),
            Some([identity, responses]) => Stores { identity: identity.url_over_tcp(), responses: responses.url_over_tcp() },
        }
    }

    fn scene(&self) -> Scene {
        Scene::configure(self.folder.path(), &self.stores())
    }

    /// The same with the keys of another installation.
    fn with_keys_of(&self, other: &Scene) -> Scene {
        let (from, to) = (other.settings().storage.keys, self.folder.path().join("keys"));
        std::fs::create_dir(&to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
        self.scene()
    }

    /// Waits until a server has noticed that whoever was connected is dead. What it had begun for them is rolled back then.
    fn settle(&self) {
        let started = Instant::now();
        for database in self.databases.iter().flatten() {
            let others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
            while database.sql(others).trim() != "0" {
                assert!(started.elapsed() < Duration::from_secs(60), "the server goes on for somebody who is dead");
                std::thread::sleep(Duration::from_millis(20));
            }
        }
    }
}

/// The two files of a copy.
struct Copy {
    people: PathBuf,
    ballots: PathBuf,
}

impl Copy {
    fn in_folder(folder: &Path) -> Self {
        Self { people: folder.join("people.copy"), ballots: folder.join("ballots.copy") }
    }

    fn sides(&self) -> [(&'static str, &Path); 2] {
        [("--people", &self.people), ("--ballots", &self.ballots)]
    }

    fn arguments<'a>(&'a self, command: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        let files = self.sides().into_iter().flat_map(|(side, file)| [side, file.to_str().unwrap()]);
        [command].into_iter().chain(more.iter().copied()).chain(files).collect()
    }
}

/// What a file is called until it is complete.
fn unfinished(file: &Path) -> PathBuf {
    file.with_added_extension("unfinished")
}

/// Whether the program takes a file for a whole copy.
fn passes(scene: &Scene, side: &str, file: &Path) -> bool {
    run(candor(), scene, &["restore", "--check", side, file.to_str().unwrap()]).status.success()
}

/// Whether it is one: it ends with the fingerprint of everything before it.
fn is_whole(file: &Path) -> bool {
    let bytes = std::fs::read(file).unwrap();
    bytes.split_last_chunk::<32>().is_some_and(|(before, end)| Sha256::digest(before).as_slice() == end)
}

/// Runs a command and kills it so long after it has begun with what matters; whether it was still at work.
fn killed(scene: &Scene, arguments: &[&str], begun: impl Fn() -> bool, wait: Duration) -> bool {
    let mut command = Command::new(candor());
    command.arg("--config").arg(&scene.config).args(arguments);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while !begun() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_micros(200));
    }
    std::thread::sleep(wait);
    // It may have ended by itself meanwhile.
    let _ = child.kill();
    let status = child.wait().unwrap();
    assert!(status.signal() == Some(9) || status.success(), "{arguments:?}: {status}");
    status.signal() == Some(9)
}

/// How long a command takes, from its beginning with what matters to its end.
fn span(scene: &Scene, arguments: &[&str], begun: impl Fn() -> bool) -> Duration {
    let mut child = Command::new(candor())
        .arg("--config")
        .arg(&scene.config)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    while !begun() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_micros(200));
    }
    let started = Instant::now();
    assert!(child.wait().unwrap().success(), "{arguments:?}");
    started.elapsed()
}

/// A round in which people answer while copies are made of it, each killed at another moment; then everybody has answered, and there is a whole copy.
fn killed_backups(scene: &Scene, people: &[Person], ledger: &Ledger, folder: &Path, random: &mut StdRng) -> (Copy, String) {
    let (base, stop) = (scene.base(), AtomicBool::new(false));
    let driver = Driver { base: &base, people, ledger, stop: &stop, longest_wait: Duration::from_millis(100) };
    let server = Server::start(candor(), scene);
    let copy = Copy::in_folder(folder);
    let arguments = copy.arguments("backup", &[]);
    let begun = || unfinished(&copy.people).exists() || unfinished(&copy.ballots).exists();
    let forget = || copy.sides().iter().for_each(|(_, file)| drop(std::fs::remove_file(file)));
    let (mut in_the_middle, mut halves) = (0, 0);
    std::thread::scope(|scope| {
        let _end = StopOnFailure(&stop);
        let load = scope.spawn(|| driver.run(CLIENTS));
        let whole = span(scene, &arguments, begun);
        forget();
        for _ in 0..number("DURABILITY_KILLS", 4) {
            // By these files it is seen when the next one has begun.
            copy.sides().iter().for_each(|(_, file)| drop(std::fs::remove_file(unfinished(file))));
            in_the_middle += u32::from(killed(scene, &arguments, begun, whole.mul_f64(random.random())));
            for (side, file) in copy.sides() {
                assert!(!file.exists() || passes(scene, side, file), "{} has its name and is no whole copy", file.display());
                let left = unfinished(file);
                if left.exists() {
                    let whole = is_whole(&left);
                    assert_eq!(passes(scene, side, &left), whole, "half a copy must not pass as a whole one, nor a whole one as half");
                    halves += u32::from(!whole);
                }
            }
            forget();
            let told = ledger.acknowledged();
            Audit::of(scene, people, &told).assert_sound("after a backup was killed");
        }
        load.join().unwrap();
    });
    assert_eq!((ledger.refused(), ledger.receipts()), (Vec::new(), people.len()));
    assert!(halves > 0, "nothing was killed in the middle, which proves nothing");
    assert!(server.stop().success());
    // Half a copy is in the way of nobody: the next one takes its place.
    std::fs::write(unfinished(&copy.ballots), b"candor-copy/1\nleft by somebody who was killed").unwrap();
    succeed(scene, &arguments);
    assert!(copy.sides().into_iter().all(|(side, file)| passes(scene, side, file) && !unfinished(file).exists()));
    (copy, format!("{in_the_middle} backups were killed in the middle, {halves} files were half"))
}

/// Puts a copy back, is killed, and puts it back again: nothing is missing then, whatever the first one had done.
fn killed_restores(
    scene: &Scene,
    copy: &Copy,
    people: &[Person],
    told: &[Progress],
    cluster: Option<&Cluster>,
    random: &mut StdRng,
) -> String {
    let both = copy.arguments("restore", &["--nothing-since"]);
    let ballots = ["restore", "--nothing-since", "--ballots", copy.ballots.to_str().unwrap()];
    let undisturbed = Ground::fresh(cluster);
    let place = undisturbed.with_keys_of(scene);
    let whole = span(&place, &both, || true);
    Audit::of(&place, people, told).assert_sound("after a restore");
    let refused = |place: &Scene, arguments: &[&str]| {
        let output = run(candor(), place, arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() || said.contains("is not empty") && said.contains("Nothing was changed"), "{said}");
        !output.status.success()
    };
    assert!(refused(&place, &both) && refused(&place, &ballots), "what is whole is not written over");

    let (mut in_the_middle, mut nothing, mut one_side) = (0, 0, 0);
    let (kills, mut tried) = (number("DURABILITY_KILLS", 4), 0);
    // Where the first one took long, the others may all be done before their death: some more are tried then.
    while tried < kills || (nothing == 0 && tried < 10 * kills) {
        tried += 1;
        let ground = Ground::fresh(cluster);
        let place = ground.with_keys_of(scene);
        in_the_middle += u32::from(killed(&place, &both, || true, whole.mul_f64(random.random_range(0.1..0.7))));
        ground.settle();
        if refused(&place, &both) {
            one_side += u32::from(!refused(&place, &ballots));
        } else {
            nothing += 1;
        }
        Audit::of(&place, people, told).assert_sound("after a restore that was killed and repeated");
    }
    assert!(in_the_middle > 0 && nothing > 0, "nothing was killed in the middle, which proves nothing");
    format!("{in_the_middle} restores were killed in the middle: after {nothing} nothing was there, after {one_side} the people side alone")
}

/// A restore that dies after the people side is there and before the ballot side is: no round goes on with it, and the other half can follow.
fn killed_between_the_sides(scene: &Scene, copy: &Copy, people: &[Person], told: &[Progress], cluster: Option<&Cluster>) {
    let (whole, empty) = (Ground::fresh(cluster), Ground::fresh(cluster));
    let restored = whole.with_keys_of(scene);
    succeed(&restored, &copy.arguments("restore", &["--nothing-since"]));
    // What the death of the process leaves: the first transaction is on the disk, the second was never there.
    let half = Stores { identity: whole.stores().identity, responses: empty.stores().responses };
    let half = Scene::configure(whole.folder.path(), &half);
    for command in [&["serve"][..], &["wave", "status"], &copy.arguments("backup", &[])] {
        let output = run(candor(), &half, command);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.contains("candor migrate"), "{command:?}: {said}");
    }
    succeed(&half, &["restore", "--nothing-since", "--ballots", copy.ballots.to_str().unwrap()]);
    Audit::of(&half, people, told).assert_sound("after the ballot side has followed");
}

fn survive(engine: &str, cluster: Option<&Cluster>) {
    let mut random = StdRng::seed_from_u64(number("DURABILITY_SEED", 1));
    let (ground, folder) = (Ground::fresh(cluster), tempfile::tempdir().unwrap());
    let scene = ground.scene();
    let people = scene.launch(PEOPLE);
    let ledger = Ledger::of(people.len());
    let (copy, backups) = killed_backups(&scene, &people, &ledger, folder.path(), &mut random);
    let told = ledger.acknowledged();
    let restores = killed_restores(&scene, &copy, &people, &told, cluster, &mut random);
    killed_between_the_sides(&scene, &copy, &people, &told, cluster);
    eprintln!("{engine}: {backups}; {restores}");
}

#[test]
fn no_half_copy_passes_as_a_whole_one_and_nothing_acknowledged_is_lost_on_sqlite() {
    survive("SQLite", None);
}

#[test]
fn no_half_copy_passes_as_a_whole_one_and_nothing_acknowledged_is_lost_on_postgresql() {
    survive("PostgreSQL", Some(&Cluster::start(Disk::Quick, &[])));
}
