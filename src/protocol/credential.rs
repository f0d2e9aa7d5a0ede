//! Lock 1: the blind credential, a partially oblivious pseudorandom function (RFC 9497, POPRF over ristretto255-SHA512).
//!
//! The server evaluates a blinded ballot number without seeing it, for the group of the person who asks; the result is the key of
//! a MAC that only a ballot with such a credential can carry. The proof shows that everybody got theirs under the same key.

use domain::GroupId;
use hmac::{Hmac, KeyInit, Mac};
use rand::CryptoRng;
use sha2::Sha256;
use voprf::{
    BlindedElement as Blinded, EvaluationElement, Group, PoprfClient, PoprfServer, Proof,
    Ristretto255,
};
use zeroize::Zeroizing;

use crate::ballot::BallotNonce;
use crate::bytes::{fixed_bytes, sha256};
pub use crate::info::ballot_info;
use crate::manifest::ManifestHash;
use crate::randomness::Older;
use crate::sealed::SealedBallot;

fixed_bytes!(
    /// The wave's public key of the blind credential: a serialised ristretto255 element.
    CredentialPublicKey, 32, "a credential key", base64url, shown
);
fixed_bytes!(
    /// A ballot number, blinded by its client: a serialised ristretto255 element.
    BlindedElement, 32, "a blinded element", base64url, hidden
);
fixed_bytes!(
    /// The stored hash of a blinded element, by which the same request is known again. It tells nothing about the ballot.
    BlindedHash, 32, "a blinded element's hash", hex, hidden
);
fixed_bytes!(
    /// What binds a sealed ballot to its credential: HMAC-SHA256 under the POPRF output.
    BallotMac, 32, "a ballot's MAC", base64url, hidden
);

impl BlindedElement {
    /// The hash that the people side keeps.
    #[must_use]
    pub fn hash(&self) -> BlindedHash {
        BlindedHash(sha256(&[&self.0]))
    }
}

impl CredentialPublicKey {
    /// Whether the bytes are an element that can be a public key.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        Ristretto255::deserialize_elem(&self.0).is_ok()
    }
}

/// Why a credential is not issued or not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CredentialProblem {
    /// The blinded element is not a group element, or the identity.
    #[error("the blinded element is not valid")]
    Blinded,
    /// The stored secret key is not a scalar.
    #[error("the stored credential key is not valid")]
    SecretKey,
    /// The public key is not a group element.
    #[error("the manifest's credential key is not valid")]
    PublicKey,
    /// The evaluation is not made of group elements and scalars.
    #[error("the credential cannot be read")]
    Evaluation,
    /// The proof fails: the server used another key or another group than the manifest says.
    #[error("the credential was not made with the key and for the group that the manifest names")]
    Proof,
    /// The function has no value here; a chance of about one in 2^252.
    #[error("the credential cannot be computed; start anew")]
    Undefined,
}

/// The server's answer to a blinded element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evaluation {
    /// The evaluated element.
    pub evaluated: [u8; 32],
    /// Scalar `c` of the proof.
    pub c: [u8; 32],
    /// Scalar `s` of the proof.
    pub s: [u8; 32],
}

/// The output of the function for one ballot number: the key of its MAC. Zeroized when dropped, and it prints nothing.
pub struct CredentialOutput(Zeroizing<[u8; 64]>);

impl std::fmt::Debug for CredentialOutput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CredentialOutput(…)")
    }
}

impl CredentialOutput {
    fn new(output: impl AsRef<[u8]>) -> Result<Self, CredentialProblem> {
        output
            .as_ref()
            .try_into()
            .map(|bytes| Self(Zeroizing::new(bytes)))
            .map_err(|_| CredentialProblem::Undefined)
    }

    /// The 64 bytes of the output.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 64] {
        &self.0
    }

    /// The MAC over a sealed ballot.
    #[must_use]
    pub fn mac(&self, ballot: &SealedBallot) -> BallotMac {
        BallotMac(self.started_mac(ballot).finalize().into_bytes().into())
    }

    /// Whether a MAC fits a sealed ballot, in constant time.
    #[must_use]
    pub fn accepts(&self, ballot: &SealedBallot, mac: &BallotMac) -> bool {
        self.started_mac(ballot).verify_slice(&mac.0).is_ok()
    }

    fn started_mac(&self, ballot: &SealedBallot) -> Hmac<Sha256> {
        // The output is exactly one block of SHA-256, so it is the HMAC key as it stands (RFC 2104).
        let mut mac = Hmac::<Sha256>::new((&*self.0).into());
        mac.update(ballot.as_slice());
        mac
    }
}

/// The wave's secret credential key. It can forge ballots, but it links nothing. Zeroized when dropped, and it prints nothing.
#[derive(Clone)]
pub struct CredentialKey(PoprfServer<Ristretto255>);

impl std::fmt::Debug for CredentialKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CredentialKey(…)")
    }
}

impl PartialEq for CredentialKey {
    fn eq(&self, other: &Self) -> bool {
        self.public_key() == other.public_key()
    }
}

impl Eq for CredentialKey {}

impl CredentialKey {
    /// A fresh key.
    ///
    /// # Errors
    /// [`CredentialProblem::Undefined`] with negligible probability; try again.
    pub fn generate(rng: &mut impl CryptoRng) -> Result<Self, CredentialProblem> {
        PoprfServer::new(&mut Older(rng))
            .map(Self)
            .map_err(|_| CredentialProblem::Undefined)
    }

    /// From the 32 bytes of [`Self::to_bytes`].
    ///
    /// # Errors
    /// [`CredentialProblem::SecretKey`] when they are not a scalar other than zero.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, CredentialProblem> {
        PoprfServer::new_with_key(bytes)
            .map(Self)
            .map_err(|_| CredentialProblem::SecretKey)
    }

    /// The 32 bytes to store (RFC 9497 `SerializeScalar`).
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        // The serialised server is secret key, then public key.
        let mut bytes = Zeroizing::new([0; 32]);
        let mut server = self.0.serialize();
        bytes.copy_from_slice(&server[..32]);
        zeroize::Zeroize::zeroize(&mut server[..]);
        bytes
    }

    /// The public key that stands in the manifest.
    #[must_use]
    pub fn public_key(&self) -> CredentialPublicKey {
        CredentialPublicKey(Ristretto255::serialize_elem(self.0.get_public_key()).into())
    }

    /// Evaluates a blinded element for the group that `info` names. The same element has the same evaluated element every time;
    /// the proof is fresh.
    ///
    /// # Errors
    /// [`CredentialProblem::Blinded`] for anything but an element other than the identity.
    pub fn evaluate(
        &self,
        blinded: &[u8; 32],
        info: &[u8],
        rng: &mut impl CryptoRng,
    ) -> Result<Evaluation, CredentialProblem> {
        let blinded = Blinded::deserialize(blinded).map_err(|_| CredentialProblem::Blinded)?;
        let result = self
            .0
            .blind_evaluate(&mut Older(rng), &blinded, Some(info))
            .map_err(|_| CredentialProblem::Undefined)?;
        let proof = result.proof.serialize();
        let (mut c, mut s) = ([0; 32], [0; 32]);
        c.copy_from_slice(&proof[..32]);
        s.copy_from_slice(&proof[32..]);
        Ok(Evaluation {
            evaluated: result.message.serialize().into(),
            c,
            s,
        })
    }

    /// The output for a ballot number that is no longer blinded.
    ///
    /// # Errors
    /// [`CredentialProblem::Undefined`] with negligible probability.
    pub fn output(
        &self,
        nonce: &[u8; 32],
        info: &[u8],
    ) -> Result<CredentialOutput, CredentialProblem> {
        self.output_for(nonce, info)
    }

    fn output_for(&self, input: &[u8], info: &[u8]) -> Result<CredentialOutput, CredentialProblem> {
        CredentialOutput::new(
            self.0
                .evaluate(input, Some(info))
                .map_err(|_| CredentialProblem::Undefined)?,
        )
    }

    /// Whether a ballot carries a credential of this key for a group.
    #[must_use]
    pub fn accepts(
        &self,
        manifest: &ManifestHash,
        group: GroupId,
        nonce: &BallotNonce,
        ballot: &SealedBallot,
        mac: &BallotMac,
    ) -> bool {
        self.output(&nonce.0, &ballot_info(manifest, group))
            .is_ok_and(|output| output.accepts(ballot, mac))
    }
}

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
        let result = PoprfClient::blind(&nonce.0, &mut Older(rng))
            .map_err(|_| CredentialProblem::Undefined)?;
        let blinded = BlindedElement(result.message.serialize().into());
        Ok(Self {
            client: result.state,
            nonce,
            blinded,
        })
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
    pub fn finalize(
        &self,
        evaluation: &Evaluation,
        key: &CredentialPublicKey,
        info: &[u8],
    ) -> Result<CredentialOutput, CredentialProblem> {
        finalize(&self.client, &self.nonce.0, evaluation, key, info)
    }
}

fn finalize(
    client: &PoprfClient<Ristretto255>,
    input: &[u8],
    evaluation: &Evaluation,
    key: &CredentialPublicKey,
    info: &[u8],
) -> Result<CredentialOutput, CredentialProblem> {
    let key = Ristretto255::deserialize_elem(&key.0).map_err(|_| CredentialProblem::PublicKey)?;
    let element = EvaluationElement::deserialize(&evaluation.evaluated)
        .map_err(|_| CredentialProblem::Evaluation)?;
    let proof = Proof::deserialize(&[evaluation.c, evaluation.s].concat())
        .map_err(|_| CredentialProblem::Evaluation)?;
    let output = client
        .finalize(input, &element, &proof, key, Some(info))
        .map_err(|_| CredentialProblem::Proof)?;
    CredentialOutput::new(output)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;
    use crate::fixed_bytes::{FixedBytes, unhex};

    const INFO: &[u8] = b"test info";
    const BLIND: &str = "64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706";
    const PROOF_RANDOMNESS: &str =
        "222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e";
    const SECRET_KEY: &str = "145c79c108538421ac164ecbe131942136d5570b16d8bf41a24d4337da981e07";
    const PUBLIC_KEY: &str = "c647bef38497bc6ec077c22af65b696efa43bff3b4a1975a3e8e0a1c5a79d631";

    /// A test vector of RFC 9497, appendix A.1.3 (ristretto255-SHA512, POPRF mode, batch size 1).
    struct Vector {
        input: &'static str,
        blinded: &'static str,
        evaluated: &'static str,
        c: &'static str,
        s: &'static str,
        output: &'static str,
    }

    const VECTORS: [Vector; 2] = [
        Vector {
            input: "00",
            blinded: "c8713aa89241d6989ac142f22dba30596db635c772cbf25021fdd8f3d461f715",
            evaluated: "1a4b860d808ff19624731e67b5eff20ceb2df3c3c03b906f5693e2078450d874",
            c: "41ad1a291aa02c80b0915fbfbb0c0afa15a57e2970067a602ddb9e8fd6b7100d",
            s: "e32e1ecff943a36f0b10e3dae6bd266cdeb8adf825d86ef27dbc6c0e30c52206",
            output: "ca688351e88afb1d841fde4401c79efebb2eb75e7998fa9737bd5a82a152406d\
                     38bd29f680504e54fd4587eddcf2f37a2617ac2fbd2993f7bdf45442ace7d221",
        },
        Vector {
            input: "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a",
            blinded: "f0f0b209dd4d5f1844dac679acc7761b91a2e704879656cb7c201e82a99ab07d",
            evaluated: "8c3c9d064c334c6991e99f286ea2301d1bde170b54003fb9c44c6d7bd6fc1540",
            c: "4c39992d55ffba38232cdac88fe583af8a85441fefd7d1d4a8d0394cd1de7701",
            s: "8bf135c174f20281b3341ab1f453fe72b0293a7398703384bed822bfdeec8908",
            output: "7c6557b276a137922a0bcfc2aa2b35dd78322bd500235eb6d6b6f91bc5b56a52\
                     de2d65612d503236b321f5d0bebcbc52b64b92e426f29c9b8b69f52de98ae507",
        },
    ];

    fn key() -> CredentialKey {
        CredentialKey::from_bytes(&unhex(SECRET_KEY).try_into().unwrap()).unwrap()
    }

    fn array(hex: &str) -> [u8; 32] {
        unhex(hex).try_into().unwrap()
    }

    #[test]
    fn the_public_key_is_the_one_of_the_rfc() {
        assert_eq!(key().public_key().0, array(PUBLIC_KEY));
        assert_eq!(*key().to_bytes(), array(SECRET_KEY));
    }

    #[test]
    fn blinding_evaluation_proof_and_output_are_those_of_the_rfc() {
        for vector in &VECTORS {
            let input = unhex(vector.input);
            let client = PoprfClient::<Ristretto255>::blind(
                &input,
                &mut Older(&mut FixedBytes::scalar(BLIND)),
            )
            .unwrap();
            assert_eq!(client.message.serialize()[..], unhex(vector.blinded)[..]);

            let randomness = &mut FixedBytes::scalar(PROOF_RANDOMNESS);
            let evaluation = key()
                .evaluate(&array(vector.blinded), INFO, randomness)
                .unwrap();
            assert_eq!(evaluation.evaluated, array(vector.evaluated));
            assert_eq!(
                (evaluation.c, evaluation.s),
                (array(vector.c), array(vector.s))
            );

            let output = finalize(
                &client.state,
                &input,
                &evaluation,
                &key().public_key(),
                INFO,
            )
            .unwrap();
            assert_eq!(output.as_bytes().as_slice(), unhex(vector.output));
            assert_eq!(
                key().output_for(&input, INFO).unwrap().as_bytes(),
                output.as_bytes()
            );
        }
    }

    #[test]
    fn an_evaluation_under_another_key_or_for_another_group_is_caught() {
        let mut rng = StdRng::seed_from_u64(1);
        let (key, other) = (
            CredentialKey::generate(&mut rng).unwrap(),
            CredentialKey::generate(&mut rng).unwrap(),
        );
        let blinding = Blinding::new(BallotNonce::generate(&mut rng), &mut rng).unwrap();
        let [mine, theirs] =
            [0, 1].map(|group| ballot_info(&ManifestHash([9; 32]), GroupId(group)));
        let blinded = blinding.blinded().0;

        let tagged = other.evaluate(&blinded, &mine, &mut rng).unwrap();
        assert_eq!(
            blinding
                .finalize(&tagged, &key.public_key(), &mine)
                .unwrap_err(),
            CredentialProblem::Proof
        );
        let elsewhere = key.evaluate(&blinded, &theirs, &mut rng).unwrap();
        assert_eq!(
            blinding
                .finalize(&elsewhere, &key.public_key(), &mine)
                .unwrap_err(),
            CredentialProblem::Proof
        );
        let honest = key.evaluate(&blinded, &mine, &mut rng).unwrap();
        assert!(blinding.finalize(&honest, &key.public_key(), &mine).is_ok());
    }

    #[test]
    fn the_same_blinded_element_gets_the_same_credential_with_a_fresh_proof() {
        let mut rng = StdRng::seed_from_u64(2);
        let key = CredentialKey::generate(&mut rng).unwrap();
        let blinding = Blinding::new(BallotNonce::generate(&mut rng), &mut rng).unwrap();
        let [first, second] =
            [(); 2].map(|()| key.evaluate(&blinding.blinded().0, INFO, &mut rng).unwrap());
        assert_eq!(first.evaluated, second.evaluated);
        assert_ne!(first.c, second.c);
        let [first, second] =
            [first, second].map(|e| blinding.finalize(&e, &key.public_key(), INFO).unwrap());
        assert_eq!(first.as_bytes(), second.as_bytes());
    }

    #[test]
    fn the_identity_and_garbage_are_not_evaluated() {
        let rng = &mut StdRng::seed_from_u64(3);
        let not_canonical = [0xff; 32];
        let no_element = {
            let mut bytes = [0; 32];
            bytes[0] = 1;
            bytes
        };
        for blinded in [[0; 32], not_canonical, no_element] {
            assert_eq!(
                key().evaluate(&blinded, INFO, rng).unwrap_err(),
                CredentialProblem::Blinded
            );
        }
    }

    #[test]
    fn a_secret_key_of_zero_or_beyond_the_group_order_is_refused() {
        assert_eq!(
            CredentialKey::from_bytes(&[0; 32]).unwrap_err(),
            CredentialProblem::SecretKey
        );
        assert_eq!(
            CredentialKey::from_bytes(&[0xff; 32]).unwrap_err(),
            CredentialProblem::SecretKey
        );
    }

    #[test]
    fn a_mac_fits_one_ballot_one_number_and_one_group_only() {
        let manifest = ManifestHash([9; 32]);
        let (nonce, group) = (BallotNonce([1; 32]), GroupId(2));
        let ballot = SealedBallot::try_from([3; 4144].as_slice()).unwrap();
        let other = SealedBallot::try_from([4; 4144].as_slice()).unwrap();
        let mac = key()
            .output(&nonce.0, &ballot_info(&manifest, group))
            .unwrap()
            .mac(&ballot);
        assert!(key().accepts(&manifest, group, &nonce, &ballot, &mac));
        assert!(
            !key().accepts(&manifest, group, &nonce, &other, &mac),
            "a swapped ballot"
        );
        assert!(
            !key().accepts(&manifest, GroupId(3), &nonce, &ballot, &mac),
            "another group"
        );
        assert!(
            !key().accepts(&manifest, group, &BallotNonce([2; 32]), &ballot, &mac),
            "another number"
        );
        assert!(
            !key().accepts(&ManifestHash([8; 32]), group, &nonce, &ballot, &mac),
            "another wave"
        );
    }

    proptest! {
        #[test]
        fn no_bytes_make_evaluation_or_finalising_panic(bytes: [u8; 32], c: [u8; 32], s: [u8; 32]) {
            let rng = &mut StdRng::seed_from_u64(4);
            let _ = key().evaluate(&bytes, INFO, rng);
            let blinding = Blinding::new(BallotNonce([5; 32]), rng).unwrap();
            let evaluation = Evaluation { evaluated: bytes, c, s };
            prop_assert!(blinding.finalize(&evaluation, &key().public_key(), INFO).is_err());
            let valid = Evaluation { evaluated: blinding.blinded().0, c: [0; 32], s: [0; 32] };
            prop_assert!(blinding.finalize(&valid, &CredentialPublicKey(bytes), INFO).is_err());
        }
    }
}
