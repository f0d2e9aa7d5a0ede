//! A test ballot: shows before the launch that the key which the promise sheet names can be opened with what the key holder keeps.
//!
//! It is sealed like an answer, but for a purpose of its own, so that no answer can be passed off as a test and opened alone.

use domain::WaveId;
use protocol::ballot::BALLOT_SIZE;
use protocol::sealed::{SealProblem, seal};
use protocol::{BallotBytes, BallotNonce, FrozenManifest, ManifestHash, SealedBallot};
use rand::CryptoRng;
use serde::{Deserialize, Serialize};

use crate::key::HolderKey;

/// The value of [`TestBallot::format`].
const FORMAT: &str = "candor-test-ballot/1";

/// A sealed test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TestBallot {
    format: String,
    wave: WaveId,
    manifest: ManifestHash,
    nonce: BallotNonce,
    ct: SealedBallot,
}

/// What lies in a test ballot: six words that its maker reads too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestWords(pub String);

/// Why a test ballot does not open.
#[derive(Debug, thiserror::Error)]
pub enum TestProblem {
    /// Not the JSON of a test ballot.
    #[error("this is not a test ballot: {0}")]
    Json(#[from] serde_json::Error),
    /// Written by another version.
    #[error("the test ballot has the format {0:?}, this version knows only {FORMAT}")]
    Format(String),
    /// For another promise sheet.
    #[error("the test ballot was made for another promise sheet")]
    OtherSheet,
    /// Not sealed to this key, or no test at all.
    #[error(
        "the test ballot does not open: it is sealed to another key than yours, it was changed, or it is no test but an answer. Do not sign \
         the promise sheet before a test opens"
    )]
    Unopenable,
    /// The manifest's key is no key.
    #[error(transparent)]
    Seal(#[from] SealProblem),
}

impl TestBallot {
    /// Seals a test to the key of a promise sheet; everybody who has the sheet can.
    ///
    /// # Errors
    /// [`TestProblem::Seal`] when the sheet's key is not one to seal to.
    pub fn make(manifest: &FrozenManifest, rng: &mut impl CryptoRng) -> Result<(Self, TestWords), TestProblem> {
        let mut content = vec![0; BALLOT_SIZE];
        let (random, _) = content.split_at_mut(32);
        rng.fill_bytes(random);
        let words = words_in(random);
        let content = BallotBytes::from_vec(content).map_err(|_| TestProblem::Unopenable)?;
        let nonce = BallotNonce::generate(rng);
        let sealed = seal(&manifest.manifest().box_key, &info(&manifest.hash()), &nonce, &content, rng)?;
        let wave = manifest.manifest().wave.clone();
        Ok((Self { format: FORMAT.to_owned(), wave, manifest: manifest.hash(), nonce, ct: sealed }, words))
    }

    /// Opens a test for a promise sheet.
    ///
    /// # Errors
    /// [`TestProblem::OtherSheet`] and [`TestProblem::Unopenable`].
    pub fn open(&self, key: &HolderKey, manifest: &FrozenManifest) -> Result<TestWords, TestProblem> {
        if self.manifest != manifest.hash() || self.wave != manifest.manifest().wave {
            return Err(TestProblem::OtherSheet);
        }
        let content = key.sealed_box().open(&info(&self.manifest), &self.nonce, &self.ct).map_err(|_| TestProblem::Unopenable)?;
        let (random, rest) = content.as_slice().split_at_checked(32).ok_or(TestProblem::Unopenable)?;
        if rest.iter().any(|byte| *byte != 0) {
            return Err(TestProblem::Unopenable);
        }
        Ok(words_in(random))
    }

    /// Reads a test ballot.
    ///
    /// # Errors
    /// [`TestProblem::Json`] and [`TestProblem::Format`].
    pub fn from_json(bytes: &[u8]) -> Result<Self, TestProblem> {
        let test: Self = serde_json::from_slice(bytes)?;
        if test.format == FORMAT { Ok(test) } else { Err(TestProblem::Format(test.format)) }
    }

    /// The bytes to hand over.
    ///
    /// # Errors
    /// [`TestProblem::Json`], which does not happen for these fields.
    pub fn to_json(&self) -> Result<Vec<u8>, TestProblem> {
        Ok(serde_json::to_vec_pretty(self)?)
    }
}

/// What a test is sealed for: never what an answer is sealed for.
fn info(manifest: &ManifestHash) -> Vec<u8> {
    [b"candor/v1/test-ballot\0".as_slice(), &manifest.0].concat()
}

fn words_in(random: &[u8]) -> TestWords {
    let mut first = [0; 32];
    first.iter_mut().zip(random).for_each(|(place, byte)| *place = *byte);
    TestWords(protocol::words::hash_words(&first).join(" "))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;
    use crate::given::ROUND;

    #[test]
    fn a_test_opens_with_the_key_of_the_sheet_and_with_no_other_and_says_what_its_maker_reads() {
        let rng = &mut StdRng::seed_from_u64(1);
        let (test, words) = TestBallot::make(&ROUND.manifest, rng).unwrap();
        let test = TestBallot::from_json(&test.to_json().unwrap()).unwrap();
        assert_eq!(test.open(&ROUND.key, &ROUND.manifest).unwrap(), words);
        assert!(matches!(test.open(&HolderKey::generate(rng).unwrap(), &ROUND.manifest), Err(TestProblem::Unopenable)));
        let other = TestBallot { manifest: ManifestHash([0; 32]), ..test.clone() };
        assert!(matches!(other.open(&ROUND.key, &ROUND.manifest), Err(TestProblem::OtherSheet)));
        assert_ne!(TestBallot::make(&ROUND.manifest, rng).unwrap().1, words);
    }

    #[test]
    fn an_answer_that_is_passed_off_as_a_test_does_not_open() {
        let answer = &ROUND.bundle.ballots[0];
        let (test, _) = TestBallot::make(&ROUND.manifest, &mut StdRng::seed_from_u64(1)).unwrap();
        let disguised = TestBallot { nonce: answer.nonce, ct: answer.ct.clone(), ..test };
        assert!(matches!(disguised.open(&ROUND.key, &ROUND.manifest), Err(TestProblem::Unopenable)));
    }
}
