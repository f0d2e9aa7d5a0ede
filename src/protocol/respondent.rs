//! The respondent's side of the protocol as a state machine over bytes: no network, no storage.
//!
//! 1. [`Respondent::open`] holds the manifest against the hash in the link.
//! 2. [`Respondent::verify_leaf`] checks the own group.
//! 3. [`Respondent::prepare`] blinds and seals.
//! 4. [`Prepared::redeem_request`] checks the credential.
//! 5. [`Prepared::receipt`] checks the receipt.
//!
//! The demo and the tests answer with it; people answer with the browser's client.

use std::sync::Arc;

use domain::GroupLeaf;
use rand::CryptoRng;

use crate::ballot::{Ballot, BallotNonce, InvalidBallot};
use crate::cast::CastBallot;
use crate::credential::{Blinding, CredentialProblem, ballot_info};
use crate::groups::{GroupInput, GroupLeafHash, label_hash, verify_proof};
use crate::manifest::{FrozenManifest, ManifestHash, ManifestProblem};
use crate::receipt::{Receipt, ReceiptLeaf};
use crate::sealed::{SealProblem, SealedBallot, seal};
use crate::secret::LinkSecret;
use crate::wire::{Answer, InvalidAnswer, Kind, Outcome, Request};
use crate::{Sha256Digest, words};

/// Why a respondent stops.
#[derive(Debug, thiserror::Error)]
pub enum RespondentProblem {
    /// The manifest is not the one that the link names.
    #[error("the promise sheet is not the one that the link names; do not answer")]
    OtherManifest,
    /// The manifest cannot be used.
    #[error(transparent)]
    Manifest(#[from] ManifestProblem),
    /// The server refused the request.
    #[error(transparent)]
    Refused(#[from] Outcome),
    /// The server's answer cannot be read.
    #[error(transparent)]
    Answer(#[from] InvalidAnswer),
    /// The group that the server names is not part of the promised group list.
    #[error("the group that the server names is not part of the promised group list; do not answer")]
    Group,
    /// The credential is for another group than the checked one.
    #[error("the credential is for another group than the one that was shown; do not answer")]
    OtherGroup,
    /// The credential does not hold.
    #[error(transparent)]
    Credential(#[from] CredentialProblem),
    /// The ballot cannot be written.
    #[error(transparent)]
    Ballot(#[from] InvalidBallot),
    /// The ballot cannot be sealed.
    #[error(transparent)]
    Seal(#[from] SealProblem),
    /// The receipt is for another ballot or its signature does not hold.
    #[error("the receipt is not a receipt for this ballot")]
    Receipt,
}

/// Somebody who was invited to a wave.
#[derive(Debug, Clone)]
pub struct Respondent {
    manifest: Arc<FrozenManifest>,
}

/// The checked group of a respondent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnGroup {
    /// The group as frozen at launch.
    pub leaf: GroupLeaf,
    /// The hash of its leaf.
    pub hash: GroupLeafHash,
    /// The words that are the same for everybody in the group.
    pub words: [String; 4],
    /// Whether a credential was already issued on this link's person.
    pub used: bool,
}

impl Respondent {
    /// Somebody who trusts a manifest, for instance because they read its check words.
    #[must_use]
    pub fn new(manifest: impl Into<Arc<FrozenManifest>>) -> Self {
        Self { manifest: manifest.into() }
    }

    /// Reads the manifest as served and holds it against the hash in the link.
    ///
    /// # Errors
    /// [`RespondentProblem::OtherManifest`] when the hash differs, [`RespondentProblem::Manifest`] when it cannot be used.
    pub fn open(manifest: Vec<u8>, expected: &ManifestHash) -> Result<Self, RespondentProblem> {
        if Sha256Digest::of(&manifest).0 != expected.0 {
            return Err(RespondentProblem::OtherManifest);
        }
        Ok(Self::new(FrozenManifest::read(manifest)?))
    }

    /// The manifest.
    #[must_use]
    pub fn manifest(&self) -> &FrozenManifest {
        &self.manifest
    }

    /// The request that asks for the own group.
    #[must_use]
    pub fn leaf_request(&self, secret: &LinkSecret) -> Vec<u8> {
        Request::Leaf { secret: secret.clone() }.encode()
    }

    /// Checks the answer to [`Self::leaf_request`]: the group stands in the promised list and is as large as promised.
    ///
    /// # Errors
    /// [`RespondentProblem::Group`] when it does not; [`RespondentProblem::Refused`] when the server refused.
    pub fn verify_leaf(&self, answer: &[u8]) -> Result<OwnGroup, RespondentProblem> {
        let manifest = self.manifest.manifest();
        let Answer::Leaf(answer) = self.parse(Kind::Leaf, answer)? else {
            return Err(InvalidAnswer.into());
        };
        let leaf: GroupLeaf = serde_json::from_slice(&answer.document).map_err(|_| RespondentProblem::Group)?;
        let input = GroupInput { label: label_hash(&leaf.label), invited: leaf.invited, document: Sha256Digest::of(&answer.document) };
        verify_proof(&manifest.groups_root, manifest.groups, answer.group, &input, &answer.proof).map_err(|_| RespondentProblem::Group)?;
        if leaf.group != answer.group || answer.groups != manifest.groups || leaf.invited <= manifest.k {
            return Err(RespondentProblem::Group);
        }
        let hash = input.leaf_hash();
        Ok(OwnGroup { leaf, hash, words: words::group_words(&hash), used: answer.used })
    }

    /// Draws a ballot number, blinds it and seals the ballot for the own group. Nothing of it is derived from the link.
    ///
    /// # Errors
    /// [`RespondentProblem`] when the ballot cannot be written or the manifest's keys cannot be used.
    pub fn prepare(
        &self,
        secret: &LinkSecret,
        group: &OwnGroup,
        ballot: &Ballot,
        rng: &mut impl CryptoRng,
    ) -> Result<Prepared, RespondentProblem> {
        let group = group.leaf.group;
        let info = ballot_info(&self.manifest.hash(), group);
        let nonce = BallotNonce::generate(rng);
        let blinding = Blinding::new(nonce, rng)?;
        let ct = seal(&self.manifest.manifest().box_key, &info, &nonce, &ballot.encode()?, rng)?;
        Ok(Prepared { respondent: self.clone(), secret: secret.clone(), group, info, nonce, blinding, ct })
    }

    fn parse(&self, kind: Kind, answer: &[u8]) -> Result<Answer, RespondentProblem> {
        match Answer::parse(kind, answer, self.manifest.manifest().response_size)? {
            Answer::Refused(outcome) => Err(outcome.into()),
            answer => Ok(answer),
        }
    }
}

/// A ballot that is ready to be sent. It prints nothing.
pub struct Prepared {
    respondent: Respondent,
    secret: LinkSecret,
    group: domain::GroupId,
    info: Vec<u8>,
    nonce: BallotNonce,
    blinding: Blinding,
    ct: SealedBallot,
}

impl std::fmt::Debug for Prepared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Prepared(…)")
    }
}

impl Prepared {
    /// The request for the credential; sending it again is harmless.
    #[must_use]
    pub fn issue_request(&self) -> Vec<u8> {
        Request::Issue { secret: self.secret.clone(), blinded: self.blinding.blinded() }.encode()
    }

    /// Checks the answer to [`Self::issue_request`] and makes the request that casts the ballot; sending that again is harmless.
    ///
    /// # Errors
    /// [`RespondentProblem::OtherGroup`] or [`RespondentProblem::Credential`] when the server used another group or key.
    pub fn redeem_request(&self, answer: &[u8]) -> Result<Vec<u8>, RespondentProblem> {
        let Answer::Issue { group, evaluation } = self.respondent.parse(Kind::Issue, answer)? else {
            return Err(InvalidAnswer.into());
        };
        if group != self.group {
            return Err(RespondentProblem::OtherGroup);
        }
        let key = &self.respondent.manifest.manifest().credential_key;
        let mac = self.blinding.finalize(&evaluation, key, &self.info)?.mac(&self.ct);
        Ok(Request::Redeem(CastBallot { nonce: self.nonce, group, mac, ct: self.ct.clone() }).encode())
    }

    /// Checks the answer to the request of [`Self::redeem_request`].
    ///
    /// # Errors
    /// [`RespondentProblem::Receipt`] when it is no receipt for this ballot under this manifest.
    pub fn receipt(&self, answer: &[u8]) -> Result<Receipt, RespondentProblem> {
        let Answer::Redeem { leaf, signature } = self.respondent.parse(Kind::Redeem, answer)? else {
            return Err(InvalidAnswer.into());
        };
        let receipt = Receipt::new(&self.respondent.manifest, leaf, signature);
        let is_mine = leaf == ReceiptLeaf::of(&self.nonce, &self.ct);
        match receipt.verify(&self.respondent.manifest) {
            Ok(()) if is_mine => Ok(receipt),
            _ => Err(RespondentProblem::Receipt),
        }
    }
}
