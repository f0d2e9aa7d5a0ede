//! The wire reads back what it writes, and nothing else.

#![allow(clippy::unwrap_used)]
use proptest::prelude::*;

use domain::GroupId;

use super::answer::{LONGEST_PROOF, document_size};
use super::*;
use crate::ballot::BallotNonce;
use crate::cast::CastBallot;
use crate::credential::{BallotMac, BlindedElement, Evaluation};
use crate::receipt::{BoardSignature, ReceiptLeaf};
use crate::sealed::{SEALED_SIZE, SealedBallot};
use crate::secret::{LinkSecret, StatusHandle};

const RESPONSE_SIZE: u32 = 1_280;
const KINDS: [Kind; 5] = [Kind::Leaf, Kind::Issue, Kind::Redeem, Kind::Status, Kind::Objection];

fn request() -> impl Strategy<Value = Request> {
    let secret = || any::<[u8; 10]>().prop_map(LinkSecret::from_bytes);
    prop_oneof![
        secret().prop_map(|secret| Request::Leaf { secret }),
        (secret(), any::<[u8; 32]>()).prop_map(|(secret, blinded)| Request::Issue { secret, blinded: BlindedElement(blinded) }),
        (any::<u32>(), any::<[u8; 32]>(), any::<[u8; 32]>(), any::<u8>()).prop_map(|(group, nonce, mac, ct)| {
            Request::Redeem(CastBallot {
                group: GroupId(group),
                nonce: BallotNonce(nonce),
                mac: BallotMac(mac),
                ct: SealedBallot::try_from([ct; SEALED_SIZE].as_slice()).unwrap(),
            })
        }),
        any::<[u8; 10]>().prop_map(|handle| Request::Status { handle: StatusHandle::from_bytes(handle) }),
        (any::<[u8; 32]>(), any::<u8>())
            .prop_map(|(leaf, byte)| Request::Objection { leaf: ReceiptLeaf(leaf), signature: BoardSignature([byte; 64]) }),
    ]
}

fn answer() -> impl Strategy<Value = (Kind, Answer)> {
    let node = any::<[u8; 32]>();
    let leaf = (any::<bool>(), any::<u32>(), any::<u32>(), prop::collection::vec(node, 0..=LONGEST_PROOF), any::<u8>()).prop_map(
        |(used, group, groups, proof, byte)| {
            let document = vec![byte; document_size(RESPONSE_SIZE).unwrap()];
            (Kind::Leaf, Answer::Leaf(LeafAnswer { used, group: GroupId(group), groups, proof, document }))
        },
    );
    let issue = (any::<u32>(), any::<[[u8; 32]; 3]>()).prop_map(|(group, [evaluated, c, s])| {
        (Kind::Issue, Answer::Issue { group: GroupId(group), evaluation: Evaluation { evaluated, c, s } })
    });
    let redeem = (any::<[u8; 32]>(), any::<u8>())
        .prop_map(|(leaf, byte)| (Kind::Redeem, Answer::Redeem { leaf: ReceiptLeaf(leaf), signature: BoardSignature([byte; 64]) }));
    let stage = prop::sample::select(vec![Stage::Closed, Stage::Opened, Stage::Published]);
    let status = (any::<bool>(), stage, any::<u64>(), any::<u64>(), any::<Option<[u8; 16]>>()).prop_map(
        |(answered, stage, closed_at, published_at, code)| {
            (Kind::Status, Answer::Status(StatusAnswer { answered, stage, closed_at, published_at, read_code: code.map(ReadCode) }))
        },
    );
    let objection = any::<bool>().prop_map(|on_board| (Kind::Objection, Answer::Objection { on_board }));
    let kind = prop::sample::select(KINDS.to_vec());
    let refused = (kind, prop::sample::select(Outcome::ALL.to_vec())).prop_map(|(kind, outcome)| (kind, Answer::Refused(outcome)));
    prop_oneof![leaf, issue, redeem, status, objection, refused]
}

/// Random bytes of the right size that get past the first two bytes often enough.
fn body(size: usize) -> impl Strategy<Value = Vec<u8>> {
    (
        prop_oneof![8 => Just(1u8), 1 => any::<u8>()],
        0u8..=11,
        prop::collection::vec(prop_oneof![0u8..2, any::<u8>()], 0..130),
        any::<bool>(),
    )
        .prop_map(move |(version, kind, rest, padded)| {
            let mut body = [vec![version, kind], rest].concat();
            if padded {
                body.resize(size, 0);
            }
            body
        })
}

proptest! {
    #[test]
    fn a_request_reads_back_as_written(request in request()) {
        let body = request.encode();
        prop_assert_eq!(body.len(), REQUEST_SIZE);
        prop_assert_eq!(Request::parse(&body), Ok(request));
    }

    #[test]
    fn an_answer_reads_back_as_written((kind, answer) in answer()) {
        let body = answer.encode(RESPONSE_SIZE).unwrap();
        prop_assert_eq!(body.len(), RESPONSE_SIZE as usize);
        prop_assert_eq!(Answer::parse(kind, &body, RESPONSE_SIZE), Ok(answer));
    }

    #[test]
    fn no_bytes_make_parsing_panic_and_what_parses_has_one_form(body in body(REQUEST_SIZE), answer in body(RESPONSE_SIZE as usize)) {
        if let Ok(request) = Request::parse(&body) {
            prop_assert_eq!(request.encode(), body);
        }
        for kind in KINDS {
            if let Ok(parsed) = Answer::parse(kind, &answer, RESPONSE_SIZE) {
                prop_assert_eq!(parsed.encode(RESPONSE_SIZE).unwrap(), answer.clone());
            }
        }
    }

    #[test]
    fn anything_behind_the_payload_spoils_a_request(request in request(), place in 0usize..300, byte in 1u8..) {
        let mut body = request.encode();
        body[REQUEST_SIZE - 1 - place] = byte;
        prop_assert_eq!(Request::parse(&body), Err(Outcome::Malformed));
    }
}

#[test]
fn another_size_version_or_kind_is_malformed() {
    let body = Request::Leaf { secret: LinkSecret::from_bytes([7; 10]) }.encode();
    assert_eq!(Request::parse(&[]), Err(Outcome::Malformed));
    assert_eq!(Request::parse(&body[1..]), Err(Outcome::Malformed));
    assert_eq!(Request::parse(&[body.as_slice(), &[0]].concat()), Err(Outcome::Malformed));
    for (place, byte) in [(0, 0), (0, 2), (1, 0), (1, 6)] {
        let mut body = body.clone();
        body[place] = byte;
        assert_eq!(Request::parse(&body), Err(Outcome::Malformed));
    }
}

#[test]
fn an_answer_that_does_not_fit_the_wave_is_not_sent() {
    let leaf = |proof, document| {
        Answer::Leaf(LeafAnswer { used: false, group: GroupId(0), groups: 1, proof: vec![[0; 32]; proof], document: vec![b' '; document] })
    };
    assert!(leaf(LONGEST_PROOF, 256).encode(RESPONSE_SIZE).is_ok());
    assert_eq!(leaf(LONGEST_PROOF + 1, 256).encode(RESPONSE_SIZE), Err(InvalidAnswer));
    assert_eq!(leaf(0, 128).encode(RESPONSE_SIZE), Err(InvalidAnswer));
    assert_eq!(Answer::Objection { on_board: true }.encode(2), Err(InvalidAnswer));
}

#[test]
fn outcomes_read_back_from_their_bytes() {
    let told_apart = Outcome::ALL.into_iter().filter(|outcome| *outcome != Outcome::Ended);
    for (byte, outcome) in (1..).zip(told_apart) {
        assert_eq!((outcome.to_byte(), Outcome::from_byte(byte)), (byte, Some(outcome)));
    }
    assert_eq!((Outcome::from_byte(0), Outcome::from_byte(11)), (None, None));
}

#[test]
fn a_round_that_was_ended_answers_as_one_that_takes_nothing_with_a_flag_behind_it() {
    let (ended, closed) = (Answer::Refused(Outcome::Ended), Answer::Refused(Outcome::NotOpen));
    let [ended, closed] = [ended, closed].map(|answer| answer.encode(RESPONSE_SIZE).unwrap());
    assert_eq!((&ended[..3], &closed[..3]), (&[1, 4, 1][..], &[1, 4, 0][..]));
    assert_eq!(ended[3..], closed[3..]);
}
