//! Rounds that were played before, so that a long run may be played in pieces: `ATTACK_KEEP` names a folder.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::flaws::shipped;
use crate::scoring::Score;
use crate::world::Engine;

/// What was found in one round as it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Found {
    /// Of each attack without the key, in their order.
    pub(crate) sealed: Vec<Score>,
    /// The same with the key.
    pub(crate) with_key: Vec<Score>,
    pub(crate) colluders: Score,
    pub(crate) left: Score,
    /// Of whoever asks for pages each second.
    pub(crate) seconds: Vec<Score>,
    /// How many pages were polled.
    pub(crate) pages: usize,
    /// How many people answered.
    pub(crate) answers: usize,
}

/// The rounds of one engine and seed.
pub(crate) struct Kept {
    file: Option<PathBuf>,
    before: usize,
    rounds: Mutex<BTreeMap<u64, Found>>,
}

impl Kept {
    /// Those that the very same programs played before, this one and the one that is attacked; none where no folder is named.
    pub(crate) fn of(engine: Engine, seed: u64) -> Self {
        let Some(folder) = std::env::var_os("ATTACK_KEEP") else { return Self::within(None) };
        std::fs::create_dir_all(&folder).unwrap();
        let mut hash = Sha256::new();
        for part in [std::env::current_exe().unwrap(), shipped().into()] {
            let mut bytes = Vec::new();
            File::open(part).unwrap().read_to_end(&mut bytes).unwrap();
            hash.update(Sha256::digest(&bytes));
        }
        let programs = HEXLOWER.encode(&hash.finalize()[..8]);
        Self::within(Some(Path::new(&folder).join(format!("{}-{seed}-{programs}.jsonl", engine.name()))))
    }

    fn within(file: Option<PathBuf>) -> Self {
        let text = file.as_ref().filter(|file| file.exists()).map(|file| std::fs::read_to_string(file).unwrap()).unwrap_or_default();
        // A line that was cut when somebody ended the run is not one.
        let rounds: BTreeMap<u64, Found> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        Self { file, before: rounds.len(), rounds: Mutex::new(rounds) }
    }

    /// How many were there at the beginning.
    pub(crate) const fn before(&self) -> usize {
        self.before
    }

    pub(crate) fn has(&self, round: u64) -> bool {
        self.rounds.lock().unwrap().contains_key(&round)
    }

    /// Keeps what was found in a round.
    pub(crate) fn keep(&self, round: u64, found: Found) {
        let mut rounds = self.rounds.lock().unwrap();
        if let Some(file) = &self.file {
            // Behind a line that was cut.
            let line = format!("\n{}\n", serde_json::to_string(&(round, &found)).unwrap());
            File::options().create(true).append(true).open(file).unwrap().write_all(line.as_bytes()).unwrap();
        }
        rounds.insert(round, found);
    }

    /// The first so many rounds, in their order.
    pub(crate) fn first(&self, rounds: u64) -> Vec<Found> {
        self.rounds.lock().unwrap().range(..rounds).map(|(_, found)| found.clone()).collect()
    }
}

#[test]
fn rounds_are_kept_over_a_run_that_was_ended_in_the_middle_of_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rounds.jsonl");
    let one = Score { people: 8, hits: 1.5, expected: 1.0, led: 3 };
    let found =
        |answers| Found { sealed: vec![one; 2], with_key: vec![one], colluders: one, left: one, seconds: vec![one], pages: 9, answers };
    let kept = Kept::within(Some(file.clone()));
    kept.keep(4, found(40));
    kept.keep(0, found(44));
    let whole = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, &whole[..whole.len() - 20]).unwrap();
    let kept = Kept::within(Some(file.clone()));
    assert_eq!((kept.before(), kept.has(4), kept.has(0)), (1, true, false));
    kept.keep(0, found(44));
    kept.keep(2, found(42));
    let again = Kept::within(Some(file));
    assert_eq!(again.first(4), [found(44), found(42)]);
    assert_eq!(again.first(5), [found(44), found(42), found(40)]);
}
