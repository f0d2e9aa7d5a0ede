//! The credential against the vectors of RFC 9497 and against forgery.

#![allow(clippy::unwrap_used)]
use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::StdRng;

use voprf::PoprfClient;

use super::blinding::finalize;
use super::*;
use crate::fixed_bytes::{FixedBytes, unhex};

const INFO: &[u8] = b"test info";
const BLIND: &str = "64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706";
const PROOF_RANDOMNESS: &str = "222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e";
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
        let client = PoprfClient::<Ristretto255>::blind(&input, &mut Older(&mut FixedBytes::scalar(BLIND))).unwrap();
        assert_eq!(client.message.serialize()[..], unhex(vector.blinded)[..]);

        let randomness = &mut FixedBytes::scalar(PROOF_RANDOMNESS);
        let evaluation = key().evaluate(&array(vector.blinded), INFO, randomness).unwrap();
        assert_eq!(evaluation.evaluated, array(vector.evaluated));
        assert_eq!((evaluation.c, evaluation.s), (array(vector.c), array(vector.s)));

        let output = finalize(&client.state, &input, &evaluation, &key().public_key(), INFO).unwrap();
        assert_eq!(output.as_bytes().as_slice(), unhex(vector.output));
        assert_eq!(key().output_for(&input, INFO).unwrap().as_bytes(), output.as_bytes());
    }
}

#[test]
fn an_evaluation_under_another_key_or_for_another_group_is_caught() {
    let mut rng = StdRng::seed_from_u64(1);
    let (key, other) = (CredentialKey::generate(&mut rng).unwrap(), CredentialKey::generate(&mut rng).unwrap());
    let blinding = Blinding::new(BallotNonce::generate(&mut rng), &mut rng).unwrap();
    let [mine, theirs] = [0, 1].map(|group| ballot_info(&ManifestHash([9; 32]), GroupId(group)));
    let blinded = blinding.blinded().0;

    let tagged = other.evaluate(&blinded, &mine, &mut rng).unwrap();
    assert_eq!(blinding.finalize(&tagged, &key.public_key(), &mine).unwrap_err(), CredentialProblem::Proof);
    let elsewhere = key.evaluate(&blinded, &theirs, &mut rng).unwrap();
    assert_eq!(blinding.finalize(&elsewhere, &key.public_key(), &mine).unwrap_err(), CredentialProblem::Proof);
    let honest = key.evaluate(&blinded, &mine, &mut rng).unwrap();
    assert!(blinding.finalize(&honest, &key.public_key(), &mine).is_ok());
}

#[test]
fn the_same_blinded_element_gets_the_same_credential_with_a_fresh_proof() {
    let mut rng = StdRng::seed_from_u64(2);
    let key = CredentialKey::generate(&mut rng).unwrap();
    let blinding = Blinding::new(BallotNonce::generate(&mut rng), &mut rng).unwrap();
    let [first, second] = [(); 2].map(|()| key.evaluate(&blinding.blinded().0, INFO, &mut rng).unwrap());
    assert_eq!(first.evaluated, second.evaluated);
    assert_ne!(first.c, second.c);
    let [first, second] = [first, second].map(|e| blinding.finalize(&e, &key.public_key(), INFO).unwrap());
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
        assert_eq!(key().evaluate(&blinded, INFO, rng).unwrap_err(), CredentialProblem::Blinded);
    }
}

#[test]
fn a_secret_key_of_zero_or_beyond_the_group_order_is_refused() {
    assert_eq!(CredentialKey::from_bytes(&[0; 32]).unwrap_err(), CredentialProblem::SecretKey);
    assert_eq!(CredentialKey::from_bytes(&[0xff; 32]).unwrap_err(), CredentialProblem::SecretKey);
}

#[test]
fn a_mac_fits_one_ballot_one_number_and_one_group_only() {
    let manifest = ManifestHash([9; 32]);
    let (nonce, group) = (BallotNonce([1; 32]), GroupId(2));
    let ballot = SealedBallot::try_from([3; 4144].as_slice()).unwrap();
    let other = SealedBallot::try_from([4; 4144].as_slice()).unwrap();
    let mac = key().output(&nonce.0, &ballot_info(&manifest, group)).unwrap().mac(&ballot);
    assert!(key().accepts(&manifest, group, &nonce, &ballot, &mac));
    assert!(!key().accepts(&manifest, group, &nonce, &other, &mac), "a swapped ballot");
    assert!(!key().accepts(&manifest, GroupId(3), &nonce, &ballot, &mac), "another group");
    assert!(!key().accepts(&manifest, group, &BallotNonce([2; 32]), &ballot, &mac), "another number");
    assert!(!key().accepts(&ManifestHash([8; 32]), group, &nonce, &ballot, &mac), "another wave");
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
