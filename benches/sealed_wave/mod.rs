//! A closed round with real credentials and really sealed ballots, for measuring.

use std::thread;

use domain::instrument::Instrument;
use domain::instrument::template::parse_template;
use domain::{GroupId, GroupLeaf, Language, Moment, Schedule, TeamEntry, TeamLabel, UnitPath, WaveId};
use protocol::bundle::{Bundle, BundleFormat, CastBallot};
use protocol::manifest::{AEAD_ID, CREDENTIAL_SUITE, KDF_ID, KEM_ID, MANIFEST_FORMAT, ManifestNonce, Mode, RESPONSE_OVERHEAD, Texts};
use protocol::sealed::seal;
use protocol::{
    Answer, Audiences, Ballot, BallotBytes, BallotNonce, Board, BoardKey, BoxSecretKey, Comment, CommentRule, CredentialKey,
    FrozenManifest, GroupList, InstrumentRef, Level, Manifest, Sha256Digest, ballot_info,
};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// People invited per group; all of them answer.
pub(crate) const GROUP: u32 = 10;

/// What people write; a number behind it makes each comment another.
const COMMENT: &str = "Decisions should be explained before they are made, and questions about them should be welcome in every meeting.";

/// A closed round and the key that opens it.
pub(crate) struct SealedWave {
    /// What the opening takes.
    pub(crate) bundle: Bundle,
    /// The promise sheet.
    pub(crate) manifest: FrozenManifest,
    /// The key of the box.
    pub(crate) box_key: BoxSecretKey,
}

impl SealedWave {
    /// A round in which `groups` groups of ten people answered the shipped questionnaire.
    pub(crate) fn of(groups: u32) -> Self {
        let mut random = StdRng::seed_from_u64(1);
        let questionnaire =
            parse_template("pulse.toml", include_str!("../../survey_templates/pulse.toml")).expect("the shipped questionnaire is valid");
        let list = GroupList::freeze((0..groups).map(group).collect()).expect("the groups differ");
        let credential_key = CredentialKey::generate(&mut random).expect("a key");
        let (box_key, board_key) = (BoxSecretKey::generate(&mut random), BoardKey::generate(&mut random));
        let instrument = serde_json::to_vec(&questionnaire).expect("JSON");
        let manifest = manifest(&list, &instrument, &credential_key, &box_key, &board_key);
        let of_group = |number: u32| {
            let group = GroupId(number);
            let info = ballot_info(&manifest.hash(), group);
            let mut random = StdRng::seed_from_u64(u64::from(number) + 2);
            let ballots = (0..GROUP).map(|_| {
                let nonce = BallotNonce::generate(&mut random);
                let ballot = filled_in(&questionnaire, &mut random);
                let ct = seal(&box_key.public_key(), &info, &nonce, &ballot, &mut random).expect("a sealed ballot");
                let mac = credential_key.output(nonce.as_bytes(), &info).expect("a credential").mac(&ct);
                CastBallot { nonce, group, mac, ct }
            });
            ballots.collect::<Vec<_>>()
        };
        // Two threads, because the cryptography of a large round takes a while.
        let ballots: Vec<CastBallot> = thread::scope(|scope| {
            let first = scope.spawn(|| (0..groups / 2).flat_map(of_group).collect::<Vec<_>>());
            let second: Vec<_> = (groups / 2..groups).flat_map(of_group).collect();
            first.join().expect("a thread that ends").into_iter().chain(second).collect()
        });
        let leaves = ballots.iter().map(CastBallot::leaf).collect();
        let board = Board::close(&board_key, &manifest, groups * GROUP, leaves).expect("a board");
        let bundle = Bundle {
            format: BundleFormat,
            manifest: manifest.bytes().to_vec(),
            instrument,
            groups: list.leaves().to_vec(),
            issued: vec![GROUP; groups as usize],
            ballots,
            credential_key,
            board,
        };
        Self { bundle, manifest, box_key }
    }
}

fn group(number: u32) -> GroupLeaf {
    let label = format!("Team {number}");
    GroupLeaf {
        group: GroupId(number),
        unit: UnitPath(vec![TeamLabel::parse(&format!("Unit {}", number / 10)).expect("a name")]),
        invited: GROUP,
        predecessors: Vec::new(),
        teams: vec![TeamEntry { label: TeamLabel::parse(&label).expect("a name"), leaders: vec![format!("Leader {number}")] }],
        label,
    }
}

/// A ballot with an answer to every statement, and three times out of ten with a comment to an open question.
fn filled_in(questionnaire: &Instrument, random: &mut StdRng) -> BallotBytes {
    let answers = questionnaire
        .items
        .iter()
        .map(|item| Answer::Point(random.random_range(1..=questionnaire.scale_of(item).expect("a scale").points())))
        .collect();
    let comments = questionnaire.comments.iter().map(|_| match random.random_range(0..10) {
        0..3 => Comment::new(&format!("{COMMENT} {}", random.random::<u64>())).expect("a comment"),
        _ => Comment::default(),
    });
    Ballot { level: Level::Group, answers, comments: comments.collect() }.encode().expect("a ballot")
}

fn in_english(text: &str) -> Texts {
    Texts::Plain(text.to_owned()).for_languages(&Language::parse("en").expect("a language"), &[])
}

fn manifest(
    groups: &GroupList,
    instrument: &[u8],
    credential_key: &CredentialKey,
    box_key: &BoxSecretKey,
    board_key: &BoardKey,
) -> FrozenManifest {
    let moment = |text| Moment::parse(text).expect("a moment");
    FrozenManifest::freeze(Manifest {
        format: MANIFEST_FORMAT.into(),
        wave: WaveId::parse("2026-q4").expect("a name"),
        organisation: "Example".into(),
        mode: Mode::Solo,
        passphrase: false,
        k: 5,
        group_min: 7,
        coalition: 1,
        min_range: 3,
        comments: Some(CommentRule::for_k(5)),
        audiences: Audiences::default(),
        purpose: in_english("to learn"),
        not_for: in_english("appraisal"),
        contacts: Vec::new(),
        key_holder: None,
        words_posted: None,
        weakened_by: std::collections::BTreeSet::new(),
        cards: 0,
        instrument: InstrumentRef { id: "pulse".into(), version: 1, sha256: Sha256Digest::of(instrument) },
        languages: vec![Language::parse("en").expect("a language")],
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
    .expect("a valid promise sheet")
}
