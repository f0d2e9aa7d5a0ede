//! Leaf, issue and status: what a link or a handle may ask. This half knows the people side only.

use domain::{Moment, WaveState};
use identity::{Identity, IdentityError, IssueError, Issued};
use protocol::wire::{Answer, LeafAnswer, Outcome, ReadCode, Stage, StatusAnswer};
use protocol::{BlindedElement, CredentialKey, CredentialProblem, Evaluation, LinkSecret, StatusHandle, ballot_info};
use secrecy::{ExposeSecret, SecretSlice};

use super::frozen::FrozenWave;
use crate::operating::log::Seldom;

/// The failures of this half that the log tells of.
static FAILED: Seldom = Seldom::new();

/// The group of the link's person with its proof. Nothing is recorded or used.
pub(super) fn leaf(identity: &Identity, served: &FrozenWave, secret: &LinkSecret) -> Result<Answer, Outcome> {
    let wave = &served.promises().wave;
    let Some(standing) = identity.leaf_lookup(wave, &secret.hash(wave).0).map_err(outcome)? else {
        return Err(unknown_link(identity, served));
    };
    // In the grace, too: whoever began now would answer everything and be refused at the end.
    if !standing.open {
        return Err(Outcome::NotOpen);
    }
    let list = &served.groups;
    let (Some(proof), Some(document)) = (list.proof(standing.group), list.document(standing.group)) else { return Err(Outcome::Internal) };
    Ok(Answer::Leaf(LeafAnswer { used: standing.used, group: standing.group, groups: list.groups(), proof, document }))
}

/// The blind credential, once per person; the same blinded element again gets the same evaluation.
pub(super) fn issue(identity: &Identity, served: &FrozenWave, secret: &LinkSecret, blinded: &BlindedElement) -> Result<Answer, Outcome> {
    let wave = &served.promises().wave;
    let evaluate = |key: &SecretSlice<u8>, group| {
        let key = CredentialKey::try_from(key.expose_secret())?;
        key.evaluate(&blinded.0, &ballot_info(&served.manifest.hash(), group), &mut rand::rng())
    };
    let issued: Issued<Evaluation> =
        identity.issue(wave, &secret.hash(wave).0, &blinded.hash().0, evaluate).map_err(|error| match error {
            IssueError::Identity(cause) => outcome(cause),
            IssueError::Evaluation(CredentialProblem::SecretKey) => Outcome::Internal,
            IssueError::Evaluation(_) => Outcome::Malformed,
        })?;
    match issued {
        Issued::New { group, evaluation } | Issued::Again { group, evaluation } => Ok(Answer::Issue { group, evaluation }),
        Issued::AlreadyUsed => Err(Outcome::AlreadyIssued),
        Issued::UnknownLink => Err(Outcome::UnknownLink),
        Issued::NotRunning => Err(Outcome::NotOpen),
    }
}

/// What is recorded about the holder of a closing mail's handle.
pub(super) fn status(identity: &Identity, served: &FrozenWave, handle: &StatusHandle) -> Result<Answer, Outcome> {
    let wave = &served.promises().wave;
    // Once it is decided that a round ends without a result, none of its dates comes any more.
    if identity.wave(wave).map_err(outcome)?.is_some_and(|record| record.abort_reason.is_some()) {
        return Err(Outcome::NotOpen);
    }
    let Some(record) = identity.status_lookup(wave, &handle.hash(wave).0).map_err(outcome)? else { return Err(Outcome::UnknownLink) };
    let stage = match record.state {
        WaveState::Published => Stage::Published,
        WaveState::Opened => Stage::Opened,
        _ => Stage::Closed,
    };
    Ok(Answer::Status(StatusAnswer {
        answered: record.answered,
        stage,
        closed_at: seconds(record.closing_at),
        published_at: seconds(record.published_at),
        read_code: record.read_code.map(ReadCode),
    }))
}

/// In seconds since 1970; 0 for a moment that has not come.
fn seconds(moment: Option<Moment>) -> u64 {
    moment.and_then(|moment| u64::try_from(moment.micros() / 1_000_000).ok()).unwrap_or_default()
}

/// A link that is not known: in a round that takes no answers any more, that is the reason to give.
fn unknown_link(identity: &Identity, served: &FrozenWave) -> Outcome {
    match identity.wave(&served.promises().wave) {
        Ok(Some(record)) if record.state == WaveState::Running => Outcome::UnknownLink,
        Ok(_) => Outcome::NotOpen,
        Err(error) => outcome(error),
    }
}

fn outcome(error: IdentityError) -> Outcome {
    match error {
        IdentityError::UnknownWave { .. } => Outcome::UnknownWave,
        error if error.is_unavailable() => Outcome::Busy,
        error => {
            FAILED.error("a request about a link could not be answered", &error);
            Outcome::Internal
        }
    }
}
