//! The operator's own front before the real program, where it has two issuer keys (A7): to some it hands a credential of the second key in place of the program's,
//! and every ballot that arrives it tries with both. It knows the round's key, so it can make the program take whatever it recognises.

use std::collections::BTreeSet;

use protocol::{BlindedElement, CastBallot, CredentialKey, CredentialPublicKey, Evaluation, ManifestHash, ballot_info};
use rand::CryptoRng;

/// Whom the front issues to with the second key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Issues {
    /// Nobody: what is broken in this round is something else.
    OneKey,
    /// The first of each group who asks.
    TwoKeys,
    /// The same, and whoever finds the credential wrong gets the program's when they ask again: nobody is lost, and whoever did not look is marked.
    TwoKeysUntilRefused,
}

/// What the front writes down. Nothing in it is the harness's: who asked from where, and what the bytes of a ballot show.
#[derive(Debug, Clone, Default)]
pub(crate) struct Notes {
    /// The addresses that were answered with the second key.
    pub(crate) aimed_at: BTreeSet<String>,
    /// How many of those found it wrong.
    pub(crate) refusals: usize,
    /// The numbers of the ballots whose credential is of the round's key.
    pub(crate) of_the_round: Vec<[u8; 32]>,
    /// The numbers of those whose credential is of the second key.
    pub(crate) of_the_second: Vec<[u8; 32]>,
}

/// A credential as it is handed to a device, and the key under which it says it was made.
pub(crate) struct Issued {
    pub(crate) evaluation: Evaluation,
    pub(crate) key: CredentialPublicKey,
}

/// The front.
#[derive(Debug)]
pub(crate) struct Front {
    issues: Issues,
    targets: BTreeSet<String>,
    second: CredentialKey,
    of_the_round: CredentialKey,
    manifest: ManifestHash,
    pub(crate) notes: Notes,
}

impl Front {
    /// With a key of its own beside that of the round; `targets` are the addresses of those it aims at.
    pub(crate) fn new(
        issues: Issues,
        targets: BTreeSet<String>,
        of_the_round: &[u8],
        manifest: ManifestHash,
        random: &mut impl CryptoRng,
    ) -> Self {
        Self {
            issues,
            targets,
            second: CredentialKey::generate(random).unwrap(),
            of_the_round: CredentialKey::try_from(of_the_round).unwrap(),
            manifest,
            notes: Notes::default(),
        }
    }

    /// What it answers in place of the program's answer; nothing where it hands that on.
    pub(crate) fn issue(&mut self, ip: &str, blinded: &BlindedElement, info: &[u8]) -> Option<Issued> {
        if self.issues == Issues::OneKey || !self.targets.contains(ip) {
            return None;
        }
        self.notes.aimed_at.insert(ip.to_owned());
        let evaluation = self.second.evaluate(&blinded.0, info, &mut rand::rng()).unwrap();
        Some(Issued { evaluation, key: self.second.public_key() })
    }

    /// Somebody found a credential wrong. Whether the front lets the program answer now.
    pub(crate) fn refused(&mut self) -> bool {
        self.notes.refusals += 1;
        self.issues == Issues::TwoKeysUntilRefused
    }

    /// Tries both keys on a ballot, writes down which one fits, and hands on what the program takes.
    pub(crate) fn redeem(&mut self, cast: CastBallot) -> CastBallot {
        let [of_the_round, of_the_second] = [&self.of_the_round, &self.second].map(|key| cast.has_credential(key, &self.manifest));
        if of_the_round {
            self.notes.of_the_round.push(cast.nonce.0);
        }
        if !of_the_second {
            return cast;
        }
        self.notes.of_the_second.push(cast.nonce.0);
        let info = ballot_info(&self.manifest, cast.group);
        let mac = self.of_the_round.output(cast.nonce.as_bytes(), &info).unwrap().mac(&cast.ct);
        CastBallot { mac, ..cast }
    }
}
