//! Board, receipts and signatures: what everybody can check, and what does not pass.

use proptest::prelude::*;
use protocol::board::BoardProblem;
use protocol::receipt::{InvalidSignature, ReceiptProblem};
use protocol::{Board, BoardKey, FrozenManifest, Receipt, ReceiptLeaf, Sha256Digest};

use crate::given::Given;

fn leaf(n: u32) -> ReceiptLeaf {
    ReceiptLeaf(Sha256Digest::of(&n.to_be_bytes()).0)
}

fn board(given: &Given, ballots: u32) -> Board {
    Board::close(&given.board_key, &given.manifest, 30, (0..ballots).map(leaf).collect()).unwrap()
}

/// The same wave under a manifest that differs in nothing but its nonce.
fn other_manifest(given: &Given) -> FrozenManifest {
    let mut manifest = given.manifest.manifest().clone();
    manifest.nonce.0[0] ^= 1;
    FrozenManifest::freeze(manifest).unwrap()
}

proptest! {
    #[test]
    fn a_board_tells_no_order_of_arrival(mut leaves in prop::collection::hash_set(any::<[u8; 32]>(), 0..30).prop_map(|set| {
        set.into_iter().map(ReceiptLeaf).collect::<Vec<_>>()
    }), shift in 0usize..30) {
        let given = Given::new();
        let one = Board::close(&given.board_key, &given.manifest, 30, leaves.clone()).unwrap();
        let shift = shift % leaves.len().max(1);
        leaves.rotate_left(shift);
        let two = Board::close(&given.board_key, &given.manifest, 30, leaves).unwrap();
        prop_assert_eq!(serde_json::to_string(&one).unwrap(), serde_json::to_string(&two).unwrap());
        prop_assert_eq!(one.verify(&given.manifest), Ok(()));
    }
}

#[test]
fn a_board_reads_back_and_finds_its_ballots() {
    let given = Given::new();
    for ballots in [0, 1, 2, 7, 30] {
        let board = board(&given, ballots);
        let read: Board = serde_json::from_slice(&serde_json::to_vec(&board).unwrap()).unwrap();
        assert_eq!(read.verify(&given.manifest), Ok(()));
        assert!((0..ballots).all(|n| read.contains(&leaf(n))));
        assert!(!read.contains(&leaf(ballots)));
    }
}

#[test]
fn more_ballots_than_credentials_or_credentials_than_people_are_not_signed() {
    let given = Given::new();
    let close = |issued, ballots| Board::close(&given.board_key, &given.manifest, issued, (0..ballots).map(leaf).collect());
    assert!(close(50, 50).is_ok());
    assert!(matches!(close(3, 4), Err(BoardProblem::Counts { invited: 50, issued: 3, spent: 4 })));
    assert!(matches!(close(51, 4), Err(BoardProblem::Counts { invited: 50, issued: 51, spent: 4 })));
    let twice = Board::close(&given.board_key, &given.manifest, 9, vec![leaf(1), leaf(2), leaf(1)]);
    assert!(matches!(twice, Err(BoardProblem::Order(_))));
}

#[test]
fn a_board_that_was_changed_does_not_verify() {
    let given = Given::new();
    let changed = |change: &dyn Fn(&mut Board)| {
        let mut board = board(&given, 8);
        change(&mut board);
        board.verify(&given.manifest).unwrap_err()
    };
    assert_eq!(changed(&|b| b.leaves.truncate(7)), BoardProblem::Counts { invited: 50, issued: 30, spent: 8 });
    assert_eq!(
        changed(&|b| {
            b.leaves.remove(3);
            b.spent = 7;
        }),
        BoardProblem::Root
    );
    assert_eq!(changed(&|b| b.leaves.swap(3, 4)), BoardProblem::Order(4));
    assert_eq!(changed(&|b| b.leaves[3] = b.leaves[4]), BoardProblem::Order(4));
    assert_eq!(changed(&|b| b.leaves[7].0 = [0xff; 32]), BoardProblem::Root);
    assert_eq!(changed(&|b| b.issued = 29), BoardProblem::Signature(InvalidSignature));
    assert_eq!(changed(&|b| b.invited = 49), BoardProblem::OtherManifest("number of people"));
    assert_eq!(changed(&|b| b.signature.0[5] ^= 1), BoardProblem::Signature(InvalidSignature));
}

#[test]
fn a_board_of_another_manifest_or_key_does_not_verify() {
    let given = Given::new();
    assert_eq!(board(&given, 3).verify(&other_manifest(&given)), Err(BoardProblem::OtherManifest("manifest hash")));
    let forged = Board::close(&BoardKey::from_bytes(&[8; 32]), &given.manifest, 30, vec![leaf(1)]).unwrap();
    assert_eq!(forged.verify(&given.manifest), Err(BoardProblem::Signature(InvalidSignature)));
}

#[test]
fn a_saved_receipt_reads_back_and_holds_for_its_own_wave_only() {
    let given = Given::new();
    let signature = given.board_key.sign_receipt(&given.manifest.hash(), &leaf(1));
    let receipt = Receipt::new(&given.manifest, leaf(1), signature);
    let read = Receipt::from_json(&receipt.to_json().unwrap()).unwrap();
    assert_eq!(read, receipt);
    read.verify(&given.manifest).unwrap();
    assert!(matches!(read.verify(&other_manifest(&given)), Err(ReceiptProblem::OtherWave)));

    let mut other_leaf = receipt.clone();
    other_leaf.leaf = leaf(2);
    assert!(matches!(other_leaf.verify(&given.manifest), Err(ReceiptProblem::Signature(_))));
    let text = String::from_utf8(receipt.to_json().unwrap()).unwrap();
    assert!(matches!(Receipt::from_json(text.replace("receipt/1", "receipt/2").as_bytes()), Err(ReceiptProblem::Json(_))));
}

#[test]
fn a_signature_of_one_kind_never_stands_for_another() {
    let given = Given::new();
    let (manifest, key) = (given.manifest.hash(), given.board_key.public_key());
    // A Release whose hash is the leaf: the same 32 bytes are signed, only the prefix differs.
    let release = b"release";
    let leaf = ReceiptLeaf(Sha256Digest::of(release).0);
    let (of_receipt, of_release) = (given.board_key.sign_receipt(&manifest, &leaf), given.board_key.sign_release(&manifest, release));
    assert_eq!(key.verify_receipt(&manifest, &leaf, &of_receipt), Ok(()));
    assert_eq!(key.verify_release(&manifest, release, &of_release), Ok(()));
    assert_eq!(key.verify_receipt(&manifest, &leaf, &of_release), Err(InvalidSignature));
    assert_eq!(key.verify_release(&manifest, release, &of_receipt), Err(InvalidSignature));
    assert_eq!(key.verify_release(&manifest, b"other", &of_release), Err(InvalidSignature));
}
