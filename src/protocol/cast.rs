//! A cast ballot as the ballot side keeps it: no time, no order, no person.

use domain::GroupId;
use serde::{Deserialize, Serialize};

use crate::ballot::BallotNonce;
use crate::credential::{BallotMac, CredentialKey};
use crate::manifest::ManifestHash;
use crate::receipt::ReceiptLeaf;
use crate::sealed::SealedBallot;

/// A sealed ballot with its number, its group and the MAC that proves its credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CastBallot {
    /// The ballot's number: the key of the spent set.
    pub nonce: BallotNonce,
    /// The group for which its credential was issued.
    pub group: GroupId,
    /// The MAC over `ct` under the credential.
    pub mac: BallotMac,
    /// The sealed ballot.
    pub ct: SealedBallot,
}

impl CastBallot {
    /// Whether the ballot carries a credential of this key for its group.
    #[must_use]
    pub fn has_credential(&self, key: &CredentialKey, manifest: &ManifestHash) -> bool {
        key.accepts(manifest, self.group, &self.nonce, &self.ct, &self.mac)
    }

    /// The ballot's leaf on the board.
    #[must_use]
    pub fn leaf(&self) -> ReceiptLeaf {
        ReceiptLeaf::of(&self.nonce, &self.ct)
    }
}
