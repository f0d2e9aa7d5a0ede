//! The client's side of the blind credential.

use rand::CryptoRng;
use voprf::{EvaluationElement, Group, PoprfClient, Proof, Ristretto255};

use super::{BlindedElement, CredentialOutput, CredentialProblem, CredentialPublicKey, Evaluation};
use crate::ballot::BallotNonce;
use crate::randomness::Older;

/// The client's side of one credential: the ballot number and its blind. It prints nothing.
pub struct Blinding {
    client: PoprfClient<Ristretto255>,
    nonce: BallotNonce,
    blinded: BlindedElement,
}

impl std::fmt::Debug for Blinding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Blinding(…)")
    }
}

impl Blinding {
    /// Blinds a ballot number.
    ///
    /// # Errors
    /// [`CredentialProblem::Undefined`] with negligible probability; start anew with another number.
    pub fn new(nonce: BallotNonce, rng: &mut impl CryptoRng) -> Result<Self, CredentialProblem> {
        let result = PoprfClient::blind(&nonce.0, &mut Older(rng)).map_err(|_| CredentialProblem::Undefined)?;
        let blinded = BlindedElement(result.message.serialize().into());
        Ok(Self { client: result.state, nonce, blinded })
    }

    /// What the server gets to see.
    #[must_use]
    pub const fn blinded(&self) -> BlindedElement {
        self.blinded
    }

    /// Checks the proof under the manifest's key and the group's `info`, and unblinds.
    ///
    /// # Errors
    /// [`CredentialProblem::Proof`] when the server used another key or another group; the ballot must then not be sent.
    pub fn finalize(&self, evaluation: &Evaluation, key: &CredentialPublicKey, info: &[u8]) -> Result<CredentialOutput, CredentialProblem> {
        finalize(&self.client, &self.nonce.0, evaluation, key, info)
    }
}

/// Checks the proof and unblinds, for an input of any length.
pub(super) fn finalize(
    client: &PoprfClient<Ristretto255>,
    input: &[u8],
    evaluation: &Evaluation,
    key: &CredentialPublicKey,
    info: &[u8],
) -> Result<CredentialOutput, CredentialProblem> {
    let key = Ristretto255::deserialize_elem(&key.0).map_err(|_| CredentialProblem::PublicKey)?;
    let element = EvaluationElement::deserialize(&evaluation.evaluated).map_err(|_| CredentialProblem::Evaluation)?;
    let proof = Proof::deserialize(&[evaluation.c, evaluation.s].concat()).map_err(|_| CredentialProblem::Evaluation)?;
    let output = client.finalize(input, &element, &proof, key, Some(info)).map_err(|_| CredentialProblem::Proof)?;
    CredentialOutput::new(output)
}
