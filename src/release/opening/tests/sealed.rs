//! The whole opening, from real sealed ballots: what it gives, and everything that it refuses.

use std::sync::LazyLock;

use domain::{GroupId, Language, Moment, Schedule, WaveId};
use protocol::bundle::{Bundle, BundleFormat, CastBallot};
use protocol::manifest::{
    AEAD_ID, CREDENTIAL_SUITE, KDF_ID, KEM_ID, MANIFEST_FORMAT, ManifestNonce, Mode, NotInThisVersion, RESPONSE_OVERHEAD,
};
use protocol::sealed::seal;
use protocol::{
    Answer, Audiences, Ballot, BallotNonce, Board, BoardKey, BoxSecretKey, CredentialKey, FrozenManifest, GroupList, InstrumentRef, Level,
    Manifest, Sha256Digest, ballot_info,
};
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};

use super::super::table::table;
use super::super::{OpeningRefused, open};
use super::{POLICY, Row, groups, instrument, row};
use crate::document::Release;

/// A closed wave with its secret keys.
struct Closed {
    bundle: Bundle,
    manifest: FrozenManifest,
    box_key: BoxSecretKey,
    board_key: BoardKey,
    /// What the people answered, which only the test knows.
    rows: Vec<Row>,
}

/// Three groups of twelve people, of whom some answered.
static CLOSED: LazyLock<Closed> = LazyLock::new(|| {
    let mut rng = StdRng::seed_from_u64(11);
    let instrument = instrument();
    let groups = GroupList::freeze(groups(&[&["North"], &["North"], &[]], 12)).unwrap();
    let (credential_key, box_key) = (CredentialKey::generate(&mut rng).unwrap(), BoxSecretKey::generate(&mut rng));
    let board_key = BoardKey::generate(&mut rng);
    let instrument_bytes = serde_json::to_vec(&instrument).unwrap();
    let manifest = manifest(&groups, &instrument_bytes, &credential_key, &box_key, &board_key);

    let answering = [(0, 9), (1, 3), (2, 6)];
    let rows: Vec<Row> =
        answering.into_iter().flat_map(|(group, n)| (0..n).map(|_| row(group, &instrument, &mut rng)).collect::<Vec<_>>()).collect();
    let ballots: Vec<CastBallot> = rows.iter().map(|row| cast(row, &manifest, &credential_key, &mut rng)).collect();
    let issued = vec![10, 3, 7];
    let board = Board::close(&board_key, &manifest, 20, ballots.iter().map(CastBallot::leaf).collect()).unwrap();
    let bundle = Bundle {
        format: BundleFormat,
        manifest: manifest.bytes().to_vec(),
        instrument: instrument_bytes,
        groups: groups.leaves().to_vec(),
        issued,
        ballots,
        credential_key,
        board,
    };
    Closed { bundle, manifest, box_key, board_key, rows }
});

fn manifest(
    groups: &GroupList,
    instrument: &[u8],
    credential_key: &CredentialKey,
    box_key: &BoxSecretKey,
    board_key: &BoardKey,
) -> FrozenManifest {
    let moment = |text| Moment::parse(text).unwrap();
    FrozenManifest::freeze(Manifest {
        format: MANIFEST_FORMAT.into(),
        wave: WaveId::parse("2026-q4").unwrap(),
        organisation: "Example".into(),
        mode: Mode::Solo,
        passphrase: false,
        k: POLICY.k,
        group_min: 7,
        coalition: POLICY.coalition,
        min_range: POLICY.min_range,
        comments: None,
        audiences: Audiences::default(),
        purpose: "to learn".into(),
        not_for: "appraisal".into(),
        instrument: InstrumentRef { id: "test".into(), version: 1, sha256: Sha256Digest::of(instrument) },
        languages: vec![Language::parse("en").unwrap()],
        credential_suite: CREDENTIAL_SUITE.into(),
        credential_key: credential_key.public_key(),
        kem_id: KEM_ID,
        kdf_id: KDF_ID,
        aead_id: AEAD_ID,
        box_key: box_key.public_key(),
        board_key: board_key.public_key(),
        trustee_key: NotInThisVersion,
        client_sha256: Sha256Digest::of(b"client"),
        groups_root: groups.root(),
        groups: groups.groups(),
        invited: groups.invited(),
        leaf_size: groups.leaf_size(),
        response_size: groups.leaf_size() + RESPONSE_OVERHEAD,
        opens_at: moment("2026-11-01T08:00:00Z"),
        schedule: Schedule::with_defaults(moment("2026-11-15T18:00:00Z")),
        nonce: ManifestNonce([4; 32]),
    })
    .unwrap()
}

fn cast(row: &Row, manifest: &FrozenManifest, key: &CredentialKey, rng: &mut StdRng) -> CastBallot {
    let answers = (0..instrument().items.len()).map(|item| row.answer(item).map_or(Answer::CannotSay, Answer::Point)).collect();
    cast_ballot(row.group, &Ballot { level: row.level, answers, comments: vec![] }, manifest, key, rng)
}

fn cast_ballot(group: GroupId, ballot: &Ballot, manifest: &FrozenManifest, key: &CredentialKey, rng: &mut StdRng) -> CastBallot {
    let info = ballot_info(&manifest.hash(), group);
    let nonce = BallotNonce::generate(rng);
    let ct = seal(&manifest.manifest().box_key, &info, &nonce, &ballot.encode().unwrap(), rng).unwrap();
    let mac = key.output(nonce.as_bytes(), &info).unwrap().mac(&ct);
    CastBallot { nonce, group, mac, ct }
}

impl Closed {
    /// The bundle after a change of which the board knows.
    fn signed(&self, change: impl FnOnce(&mut Bundle)) -> Bundle {
        let mut bundle = self.bundle.clone();
        change(&mut bundle);
        let leaves = bundle.ballots.iter().map(CastBallot::leaf).collect();
        bundle.board = Board::close(&self.board_key, &self.manifest, bundle.issued.iter().sum(), leaves).unwrap();
        bundle
    }

    /// Why the bundle is refused after a change of which the board does not know.
    fn refused(&self, change: impl FnOnce(&mut Bundle)) -> OpeningRefused {
        let mut bundle = self.bundle.clone();
        change(&mut bundle);
        open(&bundle, &self.box_key).unwrap_err()
    }

    fn refused_signed(&self, change: impl FnOnce(&mut Bundle)) -> OpeningRefused {
        open(&self.signed(change), &self.box_key).unwrap_err()
    }
}

#[test]
fn sealed_ballots_become_the_table_of_what_people_answered() {
    let closed = &*CLOSED;
    let opening = open(&closed.bundle, &closed.box_key).unwrap();
    let expected = table(&closed.rows, &closed.bundle.groups, &instrument(), POLICY).unwrap();
    assert_eq!(opening.release.base, expected.base);
    assert!(!opening.release.base.blocks.is_empty());
    let counts = opening.release.counts;
    assert_eq!((counts.invited, counts.issued, counts.spent, counts.invalid, counts.unplaced), (36, 20, 18, 0, 0));
    assert_eq!(opening.release.org.constants, None);
    assert_eq!(opening.release.manifest, closed.manifest.hash().to_text());
    assert_eq!(opening.sha256, Sha256Digest::of(&opening.release_bytes));
    assert_eq!(serde_json::from_slice::<Release>(&opening.release_bytes).unwrap(), opening.release);
}

#[test]
fn opening_again_gives_the_same_bytes_whatever_the_order_of_the_ballots() {
    let closed = &*CLOSED;
    let first = open(&closed.bundle, &closed.box_key).unwrap();
    let mut shuffled = closed.bundle.clone();
    shuffled.ballots.shuffle(&mut StdRng::seed_from_u64(12));
    assert_ne!(shuffled.ballots, closed.bundle.ballots);
    let again = Bundle::from_json(&shuffled.to_json().unwrap()).unwrap();
    assert_eq!(open(&again, &closed.box_key).unwrap(), first);
}

#[test]
fn a_ballot_that_cannot_be_read_counts_as_invalid_and_stops_nobody() {
    let closed = &*CLOSED;
    let mut rng = StdRng::seed_from_u64(13);
    let beyond = Ballot { level: Level::Group, answers: vec![Answer::Point(8); 7], comments: vec![] };
    let short = Ballot { level: Level::Group, answers: vec![Answer::Point(1); 6], comments: vec![] };
    let bundle = closed.signed(|bundle| {
        let key = bundle.credential_key.clone();
        // Two faulty clients in place of two people of the first group, and one that sealed to a wrong key.
        bundle.ballots[0] = cast_ballot(GroupId(0), &beyond, &closed.manifest, &key, &mut rng);
        bundle.ballots[1] = cast_ballot(GroupId(0), &short, &closed.manifest, &key, &mut rng);
        let info = ballot_info(&closed.manifest.hash(), GroupId(0));
        let nonce = BallotNonce::generate(&mut rng);
        let other = BoxSecretKey::generate(&mut rng).public_key();
        let good = Ballot { level: Level::Group, answers: vec![Answer::Point(1); 7], comments: vec![] };
        let ct = seal(&other, &info, &nonce, &good.encode().unwrap(), &mut rng).unwrap();
        let mac = key.output(nonce.as_bytes(), &info).unwrap().mac(&ct);
        bundle.ballots[2] = CastBallot { nonce, group: GroupId(0), mac, ct };
    });
    let opening = open(&bundle, &closed.box_key).unwrap();
    assert_eq!((opening.release.counts.spent, opening.release.counts.invalid), (18, 3));
    let expected = table(&closed.rows[3..], &closed.bundle.groups, &instrument(), POLICY).unwrap();
    assert_eq!(opening.release.base, expected.base);
    assert!(opening.checks.iter().any(|check| check.found.starts_with("3 could not be read")));
}

#[test]
fn an_empty_box_opens_to_an_empty_result() {
    let closed = &*CLOSED;
    let opening = open(&closed.signed(|bundle| bundle.ballots.clear()), &closed.box_key).unwrap();
    assert!(opening.release.base.blocks.is_empty());
    assert_eq!(opening.release.counts.spent, 0);
}

#[test]
fn the_checks_are_the_same_whatever_people_answered() {
    let closed = &*CLOSED;
    let mut rng = StdRng::seed_from_u64(14);
    let other_answers = closed.signed(|bundle| {
        for (ballot, row) in bundle.ballots.iter_mut().zip(&closed.rows) {
            let same = Ballot { level: row.level, answers: vec![Answer::Point(1); 7], comments: vec![] };
            *ballot = cast_ballot(row.group, &same, &closed.manifest, &bundle.credential_key, &mut rng);
        }
    });
    let (first, second) = (open(&closed.bundle, &closed.box_key).unwrap(), open(&other_answers, &closed.box_key).unwrap());
    assert_ne!(first.release.base, second.release.base);
    assert_eq!(first.checks, second.checks);
    assert_eq!(first.checks.len(), 11);
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
    assert!(matches!(closed.refused(|b| drop(b.ballots.pop())), OpeningRefused::OtherBallots));
    assert!(matches!(closed.refused(|b| b.ballots.push(b.ballots[0].clone())), OpeningRefused::OtherBallots));
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
    assert!(matches!(closed.refused(|b| b.ballots[0].mac.0[0] ^= 1), OpeningRefused::NoCredential { count: 1 }));
    // A ballot moved to another group keeps its leaf, but its credential does not fit there.
    assert!(matches!(closed.refused(|b| b.ballots[0].group = GroupId(2)), OpeningRefused::NoCredential { count: 1 }));
    // A ballot exchanged by somebody who can sign the board, but has no credential for it.
    let exchanged = |b: &mut Bundle| {
        let mut rng = StdRng::seed_from_u64(17);
        let own_key = CredentialKey::generate(&mut rng).unwrap();
        b.ballots[0] = cast(&closed.rows[0], &closed.manifest, &own_key, &mut rng);
    };
    assert!(matches!(closed.refused_signed(exchanged), OpeningRefused::NoCredential { count: 1 }));
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
