//! The disk fills up under the stores: clear errors, nothing half written, nothing acknowledged lost, service again when there is room.
//!
//! A small file system in memory stands for the disk. Mounting it needs root; elsewhere these tests say so and prove nothing.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use domain::WaveState;
use domain::roster::Roster;

use crate::audit::{Audit, assert_the_board_holds, assert_the_result_holds, candor};
use crate::load::{Driver, Ledger, Scene, Server, Stores, run};

const CLIENTS: usize = 8;

/// A small disk, unmounted when dropped.
struct SmallDisk {
    folder: tempfile::TempDir,
}

impl SmallDisk {
    /// Mounts it; `None` and a loud word where that is not allowed.
    fn mount(test: &str, mebibytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={mebibytes}m");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "candor-small-disk"]).arg(folder.path()).output();
        match mounted {
            Ok(output) if output.status.success() => Some(Self { folder }),
            Ok(output) => skipped(test, String::from_utf8_lossy(&output.stderr).trim()),
            Err(error) => skipped(test, &error.to_string()),
        }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn ballast(&self) -> PathBuf {
        self.path().join("ballast")
    }

    /// Writes until there is no room left for a single byte.
    fn fill(&self) {
        let mut file = File::options().create(true).append(true).open(self.ballast()).unwrap();
        for size in [65_536, 1] {
            while file.write_all(&vec![0; size]).is_ok() {}
        }
    }

    /// Gives the room back.
    fn free(&self) {
        std::fs::remove_file(self.ballast()).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.path()).status();
    }
}

fn skipped(test: &str, why: &str) -> Option<SmallDisk> {
    // Not with eprintln, which the test runner keeps to itself when a test passes.
    let said = format!("LEFT OUT, nothing was proved: {test}: a small file system cannot be mounted here: {why}. Run the tests as root\n");
    std::io::stderr().write_all(said.as_bytes()).unwrap();
    None
}

/// Runs a command that must be refused with a word about the disk and exit code `code`.
fn refused(scene: &Scene, arguments: &[&str]) {
    let output = run(candor(), scene, arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "candor {arguments:?} succeeded on a full disk");
    assert!(said.contains("full") || said.contains("No space left"), "candor {arguments:?} does not name the reason: {said}");
    assert!(!said.contains("panicked"), "{said}");
}

fn roster(scene: &Scene) -> Roster {
    scene.open().identity.roster().unwrap()
}

#[test]
fn on_a_full_disk_people_are_asked_to_wait_and_go_on_when_there_is_room() {
    let Some(disk) = SmallDisk::mount("answering on a full disk", 24) else { return };
    let folder = tempfile::tempdir().unwrap();
    let scene = Scene::configure(folder.path(), &Stores::sqlite(disk.path()));
    let people = scene.launch(400);
    let server = Server::start(candor(), &scene);
    let (ledger, base, stop) = (Ledger::of(people.len()), scene.base(), AtomicBool::new(false));
    let driver = Driver { base: &base, people: &people, ledger: &ledger, stop: &stop, longest_wait: Duration::from_millis(200) };
    std::thread::scope(|scope| {
        let load = scope.spawn(|| driver.run(CLIENTS));
        wait_until(|| ledger.receipts() >= 40, "people can answer while there is room");
        disk.fill();
        wait_until(|| ledger.busy.load(Ordering::Relaxed) >= 100, "everybody is asked to wait");
        let told = ledger.acknowledged();
        let audit = Audit::of(&scene, &people, &told);
        audit.assert_sound("on the full disk");
        eprintln!(
            "full disk: {} receipts and {} credentials acknowledged, {} ballots, {} issued",
            audit.receipts, audit.credentials, audit.spent, audit.issued
        );

        // The write-ahead log may still have room in itself; then an import may succeed, but never by half.
        let before = roster(&scene).people.len();
        let other = folder.path().join("other.csv");
        std::fs::write(&other, Scene::staff(5_000)).unwrap();
        let output = run(candor(), &scene, &["roster", "import", other.to_str().unwrap()]);
        let expected = if output.status.success() { 5_001 } else { before };
        assert_eq!(roster(&scene).people.len(), expected, "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(scene.open().state(&scene.wave).unwrap(), WaveState::Running);

        disk.free();
        load.join().unwrap();
    });
    assert_eq!((ledger.refused(), ledger.receipts()), (Vec::new(), people.len()), "the same server goes on by itself");
    assert_eq!(ledger.internal.load(Ordering::Relaxed), 0, "a full disk is no internal error");
    assert_eq!(ledger.lost.load(Ordering::Relaxed), 0, "every request was answered in the form of the protocol");
    let told = ledger.acknowledged();
    Audit::of(&scene, &people, &told).assert_sound("when there was room again");
    assert_the_board_holds(&scene, &told);
    assert_the_result_holds(&scene, &told);
    assert!(server.stop().success());
}

#[test]
fn a_launch_on_a_full_disk_is_refused_and_can_be_repeated_when_there_is_room() {
    let Some(disk) = SmallDisk::mount("a launch on a full disk", 8) else { return };
    for keys_too in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        // Once everything is on the full disk, once the key folder alone.
        let (stores, keys) = if keys_too { (folder.path(), disk.path()) } else { (disk.path(), folder.path()) };
        let scene = Scene::configure_with_keys(folder.path(), &Stores::sqlite(stores), &keys.join("keys"));
        let staff = folder.path().join("staff.csv");
        std::fs::write(&staff, Scene::staff(60)).unwrap();
        for arguments in
            [&["migrate"][..], &["roster", "import", staff.to_str().unwrap()], &["wave", "create", scene.wave.as_str(), "--manual"]]
        {
            assert!(run(candor(), &scene, arguments).status.success(), "{arguments:?}");
        }
        disk.fill();
        if !keys_too {
            refused(&scene, &["roster", "import", staff.to_str().unwrap()]);
            refused(&scene, &["wave", "create", "2027-q1"]);
        }
        refused(&scene, &["wave", "launch", scene.wave.as_str()]);
        // Without room not even a look is possible: SQLite needs some for its log.
        disk.free();
        let state = scene.open().state(&scene.wave).unwrap();
        // Draft: nothing happened. Launching: people and groups are frozen, nobody is invited, and the launch goes on from there.
        assert!(matches!(state, WaveState::Draft | WaveState::Launching), "{state}");
        assert_eq!(scene.open().identity.jobs_waiting().unwrap(), 0, "nobody is invited");
        assert_eq!((roster(&scene).people.len(), scene.open().identity.waves().unwrap().len()), (61, 1), "nothing else has changed");
        let output = run(candor(), &scene, &["wave", "launch", scene.wave.as_str()]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(scene.open().state(&scene.wave).unwrap(), WaveState::Running);
        assert_eq!(scene.open().identity.jobs_waiting().unwrap(), 60);
    }
}

fn wait_until(reached: impl Fn() -> bool, what: &str) {
    let started = Instant::now();
    while !reached() {
        assert!(started.elapsed() < Duration::from_secs(120), "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
