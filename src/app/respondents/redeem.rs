//! Redeem: a ballot with its credential goes into the box. This half knows the ballot side only.

use protocol::wire::{Answer, Outcome};
use protocol::{BoardKey, CastBallot, CredentialKey};
use responses::{Redeemed, Responses, ResponsesError};
use secrecy::ExposeSecret;

use super::frozen::FrozenWave;
use crate::operating::log::Seldom;

/// The failures of this half that the log tells of.
static FAILED: Seldom = Seldom::new();

/// Puts the ballot into the box and signs its receipt; the same ballot again gets the same receipt.
pub(super) fn redeem(store: &Responses, served: &FrozenWave, ballot: &CastBallot) -> Result<Answer, Outcome> {
    let wave = &served.promises().wave;
    // The keys go with the ballots: without them the wave has ended.
    let Some(keys) = store.keys(wave).map_err(outcome)? else { return Err(Outcome::NotOpen) };
    let credential_key = CredentialKey::try_from(keys.credential.expose_secret()).map_err(|_| Outcome::Internal)?;
    let board_key = BoardKey::try_from(keys.board.expose_secret()).map_err(|_| Outcome::Internal)?;
    if ballot.group.0 >= served.promises().groups || !ballot.has_credential(&credential_key, &served.manifest.hash()) {
        return Err(Outcome::WrongCredential);
    }
    let cast = responses::CastBallot { nonce: ballot.nonce.0, group: ballot.group, mac: ballot.mac.0, ct: ballot.ct.as_slice().to_vec() };
    match store.redeem(wave, &cast).map_err(outcome)? {
        Redeemed::New | Redeemed::Again => {
            let leaf = ballot.leaf();
            let signature = board_key.sign_receipt(&served.manifest.hash(), &leaf);
            Ok(Answer::Redeem { leaf, signature })
        }
        Redeemed::Different => Err(Outcome::AlreadySpent),
        Redeemed::GateClosed => Err(Outcome::NotOpen),
    }
}

pub(super) fn outcome(error: ResponsesError) -> Outcome {
    match error {
        ResponsesError::UnknownWave { .. } => Outcome::UnknownWave,
        error if error.is_unavailable() => Outcome::Busy,
        error => {
            FAILED.error("a ballot or an objection could not be taken", &error);
            Outcome::Internal
        }
    }
}
