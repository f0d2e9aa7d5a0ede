//! The whole opening, from real sealed ballots: what it gives.

use std::num::NonZero;
use std::sync::LazyLock;

use domain::instrument::{Instrument, OpenQuestion};
use domain::{GroupId, Language, Moment, Schedule, WaveId};
use protocol::bundle::{Bundle, BundleFormat, CastBallot};
use protocol::manifest::{AEAD_ID, CREDENTIAL_SUITE, KDF_ID, KEM_ID, MANIFEST_FORMAT, ManifestNonce, Mode, RESPONSE_OVERHEAD, Texts};
use protocol::sealed::seal;
use protocol::{
    Answer, Audiences, Ballot, BallotNonce, Board, BoardKey, BoxSecretKey, Comment, CommentRule, CredentialKey, FrozenManifest, GroupList,
    InstrumentRef, Level, Manifest, Sha256Digest, ballot_info,
};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

use super::super::table::table;
use super::super::{BallotSource, OpeningRefused, Part, every_processor, open, open_from};
use super::comments::{RULE, question};
use super::{POLICY, Row, groups, instrument, row};
use crate::document::Release;

/// A closed wave with its secret keys.
pub(super) struct Closed {
    pub(super) bundle: Bundle,
    pub(super) manifest: FrozenManifest,
    pub(super) box_key: BoxSecretKey,
    pub(super) board_key: BoardKey,
    /// What the people answered, which only the test knows.
    pub(super) rows: Vec<Row>,
}

pub(super) static CLOSED: LazyLock<Closed> = LazyLock::new(|| round(11));

/// Three groups of twelve people, of whom some answered. Every seed has its own keys, people and answers.
pub(super) fn round(seed: u64) -> Closed {
    round_with_comments(seed, vec![], None)
}

/// Such a round with open questions, to each of which everybody but the first of every group wrote something.
pub(super) fn round_with_comments(seed: u64, questions: Vec<OpenQuestion>, rule: Option<CommentRule>) -> Closed {
    let mut rng = StdRng::seed_from_u64(seed);
    let instrument = Instrument { comments: questions, ..instrument() };
    let groups = GroupList::freeze(groups(&[&["North"], &["North"], &[]], 12)).unwrap();
    let (credential_key, box_key) = (CredentialKey::generate(&mut rng).unwrap(), BoxSecretKey::generate(&mut rng));
    let board_key = BoardKey::generate(&mut rng);
    let instrument_bytes = serde_json::to_vec(&instrument).unwrap();
    let manifest = manifest(&groups, &instrument_bytes, rule, &credential_key, &box_key, &board_key);

    let answering = [(0, 9), (1, 3), (2, 6)];
    let mut rows: Vec<Row> =
        answering.into_iter().flat_map(|(group, n)| (0..n).map(|_| row(group, &instrument, &mut rng)).collect::<Vec<_>>()).collect();
    for (number, row) in rows.iter_mut().enumerate() {
        let written =
            |question: &OpenQuestion| if [0, 9, 12].contains(&number) { String::new() } else { format!("{} {number}", question.id) };
        *row.comments_mut() = instrument.comments.iter().map(|question| Comment::new(&written(question)).unwrap()).collect();
    }
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
}

fn in_english(text: &str) -> Texts {
    Texts::Plain(text.to_owned()).for_languages(&Language::parse("en").unwrap(), &[])
}

pub(super) fn manifest(
    groups: &GroupList,
    instrument: &[u8],
    comments: Option<CommentRule>,
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
        comments,
        audiences: Audiences::default(),
        purpose: in_english("to learn"),
        not_for: in_english("appraisal"),
        contacts: Vec::new(),
        key_holder: None,
        words_posted: None,
        cards: 0,
        weakened_by: std::collections::BTreeSet::new(),
        instrument: InstrumentRef { id: "test".into(), version: 1, sha256: Sha256Digest::of(instrument) },
        languages: vec![Language::parse("en").unwrap()],
        credential_suite: CREDENTIAL_SUITE.into(),
        credential_key: credential_key.public_key(),
        kem_id: KEM_ID,
        kdf_id: KDF_ID,
        aead_id: AEAD_ID,
        box_key: box_key.public_key(),
        board_key: board_key.public_key(),
        notices_key: None,
        trustee_key: None,
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

pub(super) fn cast(row: &Row, manifest: &FrozenManifest, key: &CredentialKey, rng: &mut StdRng) -> CastBallot {
    let answers = (0..instrument().items.len()).map(|item| row.answer(item).map_or(Answer::CannotSay, Answer::Point)).collect();
    cast_ballot(row.group, &Ballot { level: row.level, answers, comments: row.comments().to_vec() }, manifest, key, rng)
}

pub(super) fn cast_ballot(group: GroupId, ballot: &Ballot, manifest: &FrozenManifest, key: &CredentialKey, rng: &mut StdRng) -> CastBallot {
    let info = ballot_info(&manifest.hash(), group);
    let nonce = BallotNonce::generate(rng);
    let ct = seal(&manifest.manifest().box_key, &info, &nonce, &ballot.encode().unwrap(), rng).unwrap();
    let mac = key.output(nonce.as_bytes(), &info).unwrap().mac(&ct);
    CastBallot { nonce, group, mac, ct }
}

impl Closed {
    /// The bundle after a change of which the board knows.
    pub(super) fn signed(&self, change: impl FnOnce(&mut Bundle)) -> Bundle {
        let mut bundle = self.bundle.clone();
        change(&mut bundle);
        let leaves = bundle.ballots.iter().map(CastBallot::leaf).collect();
        bundle.board = Board::close(&self.board_key, &self.manifest, bundle.issued.iter().sum(), leaves).unwrap();
        bundle
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

/// A bundle that hands its ballots out one by one, so that every thread has some.
struct OneByOne<'a>(&'a Bundle);

impl BallotSource for OneByOne<'_> {
    type Error = OpeningRefused;

    fn pieces(&self) -> impl Iterator<Item = Result<Vec<CastBallot>, OpeningRefused>> + Send {
        self.0.ballots.iter().map(|ballot| Ok(vec![ballot.clone()]))
    }
}

#[test]
fn one_two_and_five_threads_give_the_same_bytes_for_any_order_of_ballots() {
    let closed = round_with_comments(21, vec![question("WHY"), question("HOW")], Some(RULE));
    let first = open(&closed.bundle, &closed.box_key).unwrap();
    let mut rng = StdRng::seed_from_u64(18);
    for threads in [1, 2, 5] {
        for _ in 0..4 {
            let mut shuffled = closed.bundle.clone();
            shuffled.ballots.shuffle(&mut rng);
            let threads = NonZero::new(threads).unwrap();
            let opening = open_from((&shuffled).into(), &OneByOne(&shuffled), &closed.box_key, threads, &mut |_| {}).unwrap();
            assert_eq!(opening, first, "{threads} threads");
        }
    }
}

#[test]
fn the_parts_of_the_work_are_told_in_their_order() {
    let closed = &*CLOSED;
    let mut done = Vec::new();
    open_from((&closed.bundle).into(), &closed.bundle, &closed.box_key, every_processor(), &mut |part| done.push(part)).unwrap();
    assert_eq!(done, [Part::Papers, Part::Credentials, Part::Decryption, Part::Table, Part::Checks, Part::Writing]);
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
