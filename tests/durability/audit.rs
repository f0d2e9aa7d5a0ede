//! What lies in the stores, held against what was acknowledged.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use domain::{Gate, WaveState};
use protocol::board::Board;
use protocol::{FrozenManifest, Receipt};

use crate::load::{Device, Person, Progress, Scene, run};

/// The program under test.
pub(crate) fn candor() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_candor"))
}

/// The counts of one look, and everything that contradicts what was acknowledged.
#[derive(Debug, Default)]
pub(crate) struct Audit {
    pub(crate) credentials: usize,
    pub(crate) receipts: usize,
    pub(crate) issued: usize,
    pub(crate) spent: usize,
    pub(crate) contradictions: Vec<String>,
}

impl Audit {
    /// Looks at a wave that runs. `told` was taken before, so that whatever is in it must be found.
    pub(crate) fn of(scene: &Scene, people: &[Person], told: &[Progress]) -> Self {
        let installation = scene.open();
        // The ballot side first: whoever casts has been issued before, so a server that runs on cannot spoil the comparison.
        let ballots = installation.responses.ballots(None, u32::MAX).unwrap();
        let totals = installation.identity.totals(&scene.wave).unwrap();
        let mut audit = Self { issued: totals.issued as usize, spent: ballots.len(), ..Self::default() };
        let by_nonce: BTreeMap<_, _> = ballots.iter().map(|ballot| (ballot.nonce, ballot)).collect();
        audit.expect(by_nonce.len() == ballots.len(), || "a number is in the box twice".to_owned());
        for (person, told) in people.iter().zip(told) {
            if let Some((cast, receipt)) = &told.cast {
                audit.receipts += 1;
                let same = by_nonce.get(&cast.nonce.0).is_some_and(|stored| {
                    stored.group == cast.group && stored.mac == cast.mac.0 && stored.ct == cast.ct.as_slice() && cast.leaf() == receipt.leaf
                });
                audit.expect(same, || format!("{}: the acknowledged ballot is not in the box as it was cast", person.id));
            }
            if told.issued.is_some() {
                audit.credentials += 1;
                let standing = installation.identity.leaf_lookup(&scene.wave, &person.parts().1.hash(&scene.wave).0).unwrap();
                audit.expect(standing.is_some_and(|s| s.used), || format!("{}: the acknowledged credential is not recorded", person.id));
            }
        }
        let (issued, spent) = (audit.issued, audit.spent);
        audit.expect(spent <= issued, || format!("{spent} ballots, and only {issued} credentials"));
        let (credentials, receipts) = (audit.credentials, audit.receipts);
        audit.expect(credentials <= issued && receipts <= spent, || "more was acknowledged than there is".to_owned());
        audit.expect(totals.invited as usize == people.len(), || format!("{} people are invited", totals.invited));
        let identity = installation.identity.integrity_check();
        audit.expect(identity.is_ok(), || format!("people side: {identity:?}"));
        let responses = installation.responses.integrity_check();
        audit.expect(responses.is_ok(), || format!("ballot side: {responses:?}"));
        let state = installation.state(&scene.wave).unwrap();
        let gate = installation.ballot_side(&scene.wave).unwrap().gate;
        audit.expect((state, gate) == (WaveState::Running, Gate::Open), || format!("the wave is {state}, its gate {gate:?}"));
        audit
    }

    fn expect(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
        if !holds {
            self.contradictions.push(otherwise());
        }
    }

    /// Fails when anything contradicts.
    pub(crate) fn assert_sound(&self, when: &str) {
        assert!(self.contradictions.is_empty(), "{when}: {:#?}", self.contradictions);
    }
}

/// Runs a command that must succeed.
pub(crate) fn succeed(scene: &Scene, arguments: &[&str]) {
    let output = run(candor(), scene, arguments);
    assert!(output.status.success(), "candor {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Closes the wave and holds the public list against what was acknowledged. The server runs meanwhile.
///
/// Everybody must have been told everything before, so that the counts are known exactly.
pub(crate) fn assert_the_board_holds(scene: &Scene, told: &[Progress]) {
    let receipts: Vec<&Receipt> = told.iter().map(|told| &told.cast.as_ref().expect("everybody was done").1).collect();
    let expected = u32::try_from(receipts.len()).unwrap();
    succeed(scene, &["wave", "close", scene.wave.as_str()]);
    let device = Device::new(&scene.base());
    let manifest = FrozenManifest::read(device.get("manifest").unwrap()).unwrap();
    let board: Board = serde_json::from_slice(&device.get("board").unwrap()).unwrap();
    board.verify(&manifest).unwrap();
    assert_eq!((board.issued, board.spent, board.leaves.len()), (expected, expected, receipts.len()));
    let missing = receipts.iter().filter(|receipt| !board.contains(&receipt.leaf)).count();
    assert_eq!(missing, 0, "receipts are not on the public list");
    let leaves: BTreeSet<_> = receipts.iter().map(|receipt| receipt.leaf).collect();
    assert_eq!(leaves.len(), receipts.len(), "two people hold one receipt");
}

/// Opens and publishes the closed wave; every acknowledged answer is in the result.
pub(crate) fn assert_the_result_holds(scene: &Scene, told: &[Progress]) {
    succeed(scene, &["wave", "open", scene.wave.as_str()]);
    succeed(scene, &["wave", "publish", scene.wave.as_str()]);
    let installation = scene.open();
    let past = candor::lifecycle::past_waves(&installation, Some(&scene.wave)).unwrap();
    let Some(release::reading::PastWave::Published(published)) = past.last() else { panic!("the wave is not published") };
    let placed: u32 = published.release.base.blocks.iter().map(|block| block.n).sum();
    let counts = &published.release.counts;
    assert_eq!((placed + counts.unplaced, counts.invalid), (u32::try_from(told.len()).unwrap(), 0), "answers in the result");
    assert!(!installation.keys.path(&scene.wave).exists(), "the key must be gone");
}
