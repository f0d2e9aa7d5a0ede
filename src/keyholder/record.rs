//! What the key holder did with a key: which promise sheet was signed, which answers were opened. Nothing in it is secret.
//!
//! It is what keeps one key to one promise and one opening: a second sheet, or a second list of counted answers, is refused. Two openings
//! of almost the same answers would tell by their difference what one person said.

use domain::{Moment, WaveId};
use protocol::board::BoardRoot;
use protocol::manifest::ManifestNonce;
use protocol::{ManifestHash, Sha256Digest};
use serde::{Deserialize, Serialize};

use crate::dates::InWords;

/// The value of [`Record::format`].
const FORMAT: &str = "candor-trustee-record/1";

/// What was done with the key of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    pub(crate) format: String,
    /// The round.
    pub wave: WaveId,
    /// When the key was made.
    pub made: Moment,
    /// The promise sheet that was signed, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<Signed>,
    /// The answers that were opened, and when first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<Opened>,
    /// When the key was destroyed on this machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destroyed: Option<Moment>,
}

/// A promise sheet that was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// Its hash, with the nonce below.
    pub manifest: ManifestHash,
    /// The nonce that was drawn for it: signing the same draft again gives the same sheet.
    pub nonce: ManifestNonce,
    /// When.
    pub at: Moment,
}

/// An opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// The root of the list of counted answers.
    pub root: BoardRoot,
    /// The hash of the result.
    pub release: Sha256Digest,
    /// When.
    pub at: Moment,
}

/// What is wrong with a record, or what it forbids.
#[derive(Debug, thiserror::Error)]
pub enum RecordProblem {
    /// Not the JSON of a record.
    #[error("the record of what was done with this key cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    /// Written by another version.
    #[error("the record has the format {0:?}, this version knows only {FORMAT}")]
    Format(String),
    /// Another sheet was signed.
    #[error(
        "another promise sheet of round {wave} was signed with this key on {}: its hash is {manifest}. A second one would let people answer \
         under two promises. If the round really begins anew, make a new key for it",
        InWords(*.at)
    )]
    SignedAnother {
        /// The round.
        wave: WaveId,
        /// The hash of the sheet that was signed.
        manifest: ManifestHash,
        /// When.
        at: Moment,
    },
    /// Other answers were opened.
    #[error(
        "another list of counted answers of round {wave} was opened with this key on {}: its root is {root}. The difference of two openings \
         could tell what one person answered",
        InWords(*.at)
    )]
    OpenedAnother {
        /// The round.
        wave: WaveId,
        /// The root of the answers that were opened.
        root: BoardRoot,
        /// When.
        at: Moment,
    },
    /// No sheet was signed.
    #[error(
        "no promise sheet of round {0} was signed with this key, so nobody can have answered under it: what is there to open was made otherwise"
    )]
    NothingSigned(WaveId),
    /// The sheet is not the one that was signed.
    #[error("these answers were given under the promise sheet {found}, but {signed} was signed")]
    OtherPromise {
        /// The sheet of the answers.
        found: ManifestHash,
        /// The sheet that was signed.
        signed: ManifestHash,
    },
}

impl Record {
    /// A record of a fresh key.
    #[must_use]
    pub fn of(wave: &WaveId, made: Moment) -> Self {
        Self { format: FORMAT.to_owned(), wave: wave.clone(), made, signed: None, opened: None, destroyed: None }
    }

    /// Reads a record.
    ///
    /// # Errors
    /// [`RecordProblem::Json`] and [`RecordProblem::Format`].
    pub fn from_json(bytes: &[u8]) -> Result<Self, RecordProblem> {
        let record: Self = serde_json::from_slice(bytes)?;
        if record.format == FORMAT { Ok(record) } else { Err(RecordProblem::Format(record.format)) }
    }

    /// The bytes to write.
    ///
    /// # Errors
    /// [`RecordProblem::Json`], which does not happen for these fields.
    pub fn to_json(&self) -> Result<Vec<u8>, RecordProblem> {
        Ok(serde_json::to_vec_pretty(self)?)
    }

    /// Whether this sheet may be signed: none or the same was before.
    ///
    /// # Errors
    /// [`RecordProblem::SignedAnother`].
    pub fn may_sign(&self, manifest: ManifestHash) -> Result<(), RecordProblem> {
        match self.signed {
            Some(Signed { manifest: before, at, .. }) if before != manifest => {
                Err(RecordProblem::SignedAnother { wave: self.wave.clone(), manifest: before, at })
            }
            _ => Ok(()),
        }
    }

    /// Whether these answers may be opened: given under the sheet that was signed, and none or the same were opened before.
    ///
    /// # Errors
    /// [`RecordProblem`] says what forbids it.
    pub fn may_open(&self, manifest: ManifestHash, root: BoardRoot) -> Result<(), RecordProblem> {
        let signed = self.signed.ok_or_else(|| RecordProblem::NothingSigned(self.wave.clone()))?.manifest;
        if signed != manifest {
            return Err(RecordProblem::OtherPromise { found: manifest, signed });
        }
        match self.opened {
            Some(Opened { root: before, at, .. }) if before != root => {
                Err(RecordProblem::OpenedAnother { wave: self.wave.clone(), root: before, at })
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn one_key_is_for_one_promise_and_one_list_of_answers_however_often_it_is_asked() {
        let (wave, at) = (WaveId::parse("2026-q4").unwrap(), Moment::parse("2026-11-01T08:00:00Z").unwrap());
        let (one, two) = (ManifestHash([1; 32]), ManifestHash([2; 32]));
        let (root, other) = (BoardRoot([3; 32]), BoardRoot([4; 32]));
        let mut record = Record::of(&wave, at);
        assert!(matches!(record.may_open(one, root), Err(RecordProblem::NothingSigned(_))));
        record.may_sign(one).unwrap();
        record.signed = Some(Signed { manifest: one, nonce: ManifestNonce([6; 32]), at });
        record.may_sign(one).unwrap();
        assert!(matches!(record.may_sign(two), Err(RecordProblem::SignedAnother { manifest, .. }) if manifest == one));
        assert!(matches!(record.may_open(two, root), Err(RecordProblem::OtherPromise { .. })));
        record.may_open(one, root).unwrap();
        record.opened = Some(Opened { root, release: Sha256Digest([5; 32]), at });
        record.may_open(one, root).unwrap();
        assert!(matches!(record.may_open(one, other), Err(RecordProblem::OpenedAnother { root: before, .. }) if before == root));
        let text = String::from_utf8(record.to_json().unwrap()).unwrap();
        assert_eq!(Record::from_json(text.as_bytes()).unwrap(), record);
        assert!(matches!(Record::from_json(text.replace("record/1", "record/2").as_bytes()), Err(RecordProblem::Format(_))));
    }
}
