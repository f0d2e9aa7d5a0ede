//! Everything that an opening refuses, and that nothing is changed by asking.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use domain::GroupId;
use protocol::bundle::{Bundle, CastBallot};
use protocol::{Answer, Ballot, Board, BoardKey, BoxSecretKey, CredentialKey, Level, ballot_info};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::super::{BallotSource, Opening, OpeningRefused, every_processor, open, open_from};
use super::sealed::{CLOSED, Closed, cast, cast_ballot, round};

/// What the round opens to when nothing is wrong.
static RIGHT: LazyLock<Opening> = LazyLock::new(|| open(&CLOSED.bundle, &CLOSED.box_key).unwrap());

impl Closed {
    /// Why the bundle is refused after a change of which the board does not know.
    fn refused(&self, change: impl FnOnce(&mut Bundle)) -> OpeningRefused {
        let mut bundle = self.bundle.clone();
        change(&mut bundle);
        self.refuses(&bundle)
    }

    /// Why the bundle is refused after a change of which the board knows.
    fn refused_signed(&self, change: impl FnOnce(&mut Bundle)) -> OpeningRefused {
        self.refuses(&self.signed(change))
    }

    /// Why a bundle is refused; the same bundle without the change opens to the same bytes as ever.
    fn refuses(&self, bundle: &Bundle) -> OpeningRefused {
        let refused = open(bundle, &self.box_key).unwrap_err();
        assert_eq!(open(&self.bundle, &self.box_key).unwrap(), *RIGHT);
        refused
    }
}

#[test]
fn another_key_questionnaire_or_group_list_is_refused() {
    let closed = &*CLOSED;
    let mut rng = StdRng::seed_from_u64(15);
    assert!(matches!(open(&closed.bundle, &BoxSecretKey::generate(&mut rng)), Err(OpeningRefused::OtherBoxKey)));
    let other = CredentialKey::generate(&mut rng).unwrap();
    assert!(matches!(closed.refused(|b| b.credential_key = other), OpeningRefused::OtherCredentialKey));
    assert!(matches!(closed.refused(|b| b.instrument.push(b' ')), OpeningRefused::OtherInstrument { .. }));
    assert!(matches!(closed.refused(|b| b.groups[1].label = "Group 9".into()), OpeningRefused::Groups(_)));
    assert!(matches!(closed.refused(|b| b.groups[1].label = "group  0".into()), OpeningRefused::Groups(_)));
    assert!(matches!(closed.refused(|b| b.manifest.truncate(9)), OpeningRefused::Manifest(_)));
    // Another manifest with the same keys: the board was signed for the first one.
    let changed = |b: &mut Bundle| {
        let text = String::from_utf8(b.manifest.clone()).unwrap();
        b.manifest = text.replace("appraisal", "promotion").into_bytes();
    };
    assert!(matches!(closed.refused(changed), OpeningRefused::Board(_)));
}

#[test]
fn ballots_that_are_not_those_of_the_signed_board_are_refused() {
    let closed = &*CLOSED;
    assert!(matches!(closed.refused(|b| drop(b.ballots.pop())), OpeningRefused::OtherBallots { .. }));
    assert!(matches!(closed.refused(|b| b.ballots.push(b.ballots[0].clone())), OpeningRefused::OtherBallots { .. }));
    assert!(matches!(closed.refused(|b| b.board.leaves.truncate(17)), OpeningRefused::Board(_)));
    assert!(matches!(closed.refused(|b| b.board.issued += 1), OpeningRefused::Board(_)));
    let mut other = [0; 32];
    StdRng::seed_from_u64(16).fill_bytes(&mut other);
    let forged = |b: &mut Bundle| {
        let leaves = b.board.leaves.clone();
        b.board = Board::close(&BoardKey::from_bytes(&other), &closed.manifest, 20, leaves).unwrap();
    };
    assert!(matches!(closed.refused(forged), OpeningRefused::Board(_)));
}

#[test]
fn groups_that_do_not_balance_are_refused() {
    let closed = &*CLOSED;
    // The right total, but a credential moved from one group to another.
    let moved = |b: &mut Bundle| b.issued = vec![11, 2, 7];
    assert!(matches!(closed.refused(moved), OpeningRefused::Balance { spent: 3, issued: 2, .. }));
    let too_many = |b: &mut Bundle| b.issued = vec![13, 3, 7];
    assert!(matches!(closed.refused_signed(too_many), OpeningRefused::Balance { issued: 13, invited: 12, .. }));
    assert!(matches!(closed.refused(|b| b.issued = vec![9, 3, 7]), OpeningRefused::IssuedTotal { sum: 19, board: 20 }));
    assert!(matches!(closed.refused(|b| b.issued = vec![10, 10]), OpeningRefused::IssuedList { found: 2, groups: 3 }));
    assert!(matches!(closed.refused(|b| b.ballots[0].group = GroupId(3)), OpeningRefused::UnknownGroup { group: 3, groups: 3 }));
}

#[test]
fn a_ballot_without_a_valid_credential_refuses_the_whole_opening() {
    let closed = &*CLOSED;
    assert!(matches!(closed.refused(|b| b.ballots[0].mac.0[0] ^= 1), OpeningRefused::NoCredential { count: 1, .. }));
    // A ballot moved to another group keeps its leaf, but its credential does not fit there.
    assert!(matches!(closed.refused(|b| b.ballots[0].group = GroupId(2)), OpeningRefused::NoCredential { count: 1, .. }));
    // A ballot exchanged by somebody who can sign the board, but has no credential for it.
    let exchanged = |b: &mut Bundle| {
        let mut rng = StdRng::seed_from_u64(17);
        let own_key = CredentialKey::generate(&mut rng).unwrap();
        b.ballots[0] = cast(&closed.rows[0], &closed.manifest, &own_key, &mut rng);
    };
    assert!(matches!(closed.refused_signed(exchanged), OpeningRefused::NoCredential { count: 1, .. }));
    // The same number with another ballot, and a valid credential: somebody who holds the credential key voted twice.
    let twice = |b: &mut Bundle| {
        let ct = b.ballots[1].ct.clone();
        let first = &b.ballots[0];
        let info = ballot_info(&closed.manifest.hash(), first.group);
        let mac = b.credential_key.output(first.nonce.as_bytes(), &info).unwrap().mac(&ct);
        b.ballots[1] = CastBallot { nonce: first.nonce, group: first.group, mac, ct };
    };
    assert!(matches!(closed.refused_signed(twice), OpeningRefused::SpentTwice));
}

#[test]
fn what_is_wrong_with_the_ballots_is_said_in_numbers() {
    let closed = &*CLOSED;
    let said = |change: fn(&mut Bundle)| closed.refused(change).to_string();
    let of_the_board = "the box does not hold the 18 ballots of the signed board";
    let missing = said(|b| drop(b.ballots.pop()));
    assert!(missing.starts_with(&format!("{of_the_board}: 1 of them are missing, 0 others")), "{missing}");
    let twice = said(|b| b.ballots.push(b.ballots[0].clone()));
    assert!(twice.contains("0 of them are missing, 0 others lie there instead or besides, 1 lie there twice"), "{twice}");
    for altered in [
        // The sealed answers.
        said(|b| b.ballots[3].ct = b.ballots[4].ct.clone()),
        // The number.
        said(|b| b.ballots[3].nonce.0[0] ^= 1),
    ] {
        assert!(altered.contains("1 of them are missing, 1 others lie there instead"), "{altered}");
    }
    let without_credential = said(|b| {
        b.ballots[9].mac.0[0] ^= 1;
        b.ballots[12].mac.0[0] ^= 1;
    });
    assert!(without_credential.starts_with("2 ballots carry no valid credential"), "{without_credential}");
    assert!(without_credential.contains("the first of them in group \"Group 1\""), "{without_credential}");
}

#[test]
fn the_bundle_of_another_round_is_refused_whole_and_in_parts() {
    let closed = &*CLOSED;
    let foreign = round(19);
    assert!(matches!(closed.refuses(&foreign.bundle), OpeningRefused::OtherBoxKey));
    assert!(matches!(closed.refused(|b| b.board = foreign.bundle.board.clone()), OpeningRefused::Board(_)));
    assert!(matches!(closed.refused(|b| b.credential_key = foreign.bundle.credential_key.clone()), OpeningRefused::OtherCredentialKey));
    let ballots = |b: &mut Bundle| b.ballots = foreign.bundle.ballots.clone();
    assert!(matches!(closed.refused(ballots), OpeningRefused::OtherBallots { counted: 18, elsewhere: 18, missing: 18, twice: 0 }));
    // Even with a board that was signed for them they have no credential of this round.
    assert!(matches!(closed.refused_signed(ballots), OpeningRefused::NoCredential { count: 18, .. }));
}

/// A bundle that gives something else each time it is read.
struct Changing<'a> {
    readings: Vec<&'a [CastBallot]>,
    read: AtomicUsize,
}

impl BallotSource for Changing<'_> {
    type Error = OpeningRefused;

    fn pieces(&self) -> impl Iterator<Item = Result<Vec<CastBallot>, OpeningRefused>> + Send {
        let ballots = self.readings[self.read.fetch_add(1, Ordering::Relaxed)];
        ballots.chunks(4).map(|piece| Ok(piece.to_vec()))
    }
}

/// What becomes of a round whose ballots are `readings`, and how often they were read.
fn open_changing(readings: Vec<&[CastBallot]>) -> (Result<Opening, OpeningRefused>, usize) {
    let ballots = Changing { readings, read: AtomicUsize::new(0) };
    let opening = open_from((&CLOSED.bundle).into(), &ballots, &CLOSED.box_key, every_processor(), &mut |_| {});
    (opening, ballots.read.into_inner())
}

#[test]
fn ballots_are_read_again_for_decryption_only_after_all_of_them_were_found_to_hold() {
    let right = &CLOSED.bundle.ballots;
    let (opening, read) = open_changing(vec![right, right]);
    assert_eq!((opening.unwrap(), read), (RIGHT.clone(), 2));
    let mut without_credential = right.clone();
    without_credential.last_mut().unwrap().mac.0[0] ^= 1;
    let (opening, read) = open_changing(vec![&without_credential, right]);
    assert!(matches!((opening, read), (Err(OpeningRefused::NoCredential { count: 1, .. }), 1)));
    let (opening, read) = open_changing(vec![&right[1..], right]);
    assert!(matches!((opening, read), (Err(OpeningRefused::OtherBallots { missing: 1, .. }), 1)));
}

#[test]
fn ballots_that_are_others_when_they_are_read_again_are_refused() {
    let closed = &*CLOSED;
    let right = &closed.bundle.ballots;
    let changed = |change: &dyn Fn(&mut Vec<CastBallot>)| {
        let mut ballots = right.clone();
        change(&mut ballots);
        matches!(open_changing(vec![right, &ballots]).0, Err(OpeningRefused::Changed))
    };
    assert!(changed(&|ballots| drop(ballots.remove(7))), "one is missing");
    assert!(changed(&|ballots| ballots.push(ballots[0].clone())), "one comes twice");
    assert!(changed(&|ballots| ballots[0] = ballots[1].clone()), "one comes in place of another");
    assert!(changed(&|ballots| ballots[0].nonce.0[0] ^= 1), "another number");
    assert!(changed(&|ballots| ballots[0].group = GroupId(1)), "another group, of which the board knows nothing");
    let other = Ballot { level: Level::Group, answers: vec![Answer::Point(1); 7], comments: vec![] };
    let key = &closed.bundle.credential_key;
    let exchanged = cast_ballot(GroupId(0), &other, &closed.manifest, key, &mut StdRng::seed_from_u64(20));
    assert!(changed(&|ballots| ballots[0] = exchanged.clone()), "a ballot with a credential that the board does not know");
}

/// A place that fails after the first piece of the given reading.
struct Failing {
    in_reading: usize,
    read: AtomicUsize,
}

#[derive(Debug)]
enum Failed {
    Refused,
    Disk,
}

impl From<OpeningRefused> for Failed {
    fn from(_: OpeningRefused) -> Self {
        Self::Refused
    }
}

impl BallotSource for Failing {
    type Error = Failed;

    fn pieces(&self) -> impl Iterator<Item = Result<Vec<CastBallot>, Failed>> + Send {
        let fails = self.read.fetch_add(1, Ordering::Relaxed) == self.in_reading;
        let pieces = CLOSED.bundle.ballots.chunks(4).enumerate();
        pieces.map(move |(place, piece)| if fails && place == 1 { Err(Failed::Disk) } else { Ok(piece.to_vec()) })
    }
}

#[test]
fn a_source_that_fails_says_so_itself_instead_of_seeming_to_hold_too_few_ballots() {
    for in_reading in [0, 1] {
        let ballots = Failing { in_reading, read: AtomicUsize::new(0) };
        let opening = open_from((&CLOSED.bundle).into(), &ballots, &CLOSED.box_key, every_processor(), &mut |_| {});
        assert!(matches!(opening, Err(Failed::Disk)), "{opening:?}");
    }
}
