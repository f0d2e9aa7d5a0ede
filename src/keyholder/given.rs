//! What the tests of the key holder are given: a round whose key they hold, from the promise sheet to the closed box.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::instrument::{Dimension, Instrument, Item, Publish, Scale};
use domain::{DimensionId, GroupId, GroupLeaf, ItemId, Language, Moment, Schedule, TeamEntry, TeamLabel, UnitPath, WaveId};
use protocol::bundle::{Bundle, BundleFormat, CastBallot};
use protocol::manifest::{AEAD_ID, CREDENTIAL_SUITE, KDF_ID, KEM_ID, MANIFEST_FORMAT, ManifestNonce, Mode, RESPONSE_OVERHEAD, Texts};
use protocol::sealed::seal;
use protocol::{
    Answer, Audiences, Ballot, BallotNonce, Board, BoardKey, CredentialKey, FrozenManifest, GroupList, InstrumentRef, Level, Manifest,
    Sha256Digest, ballot_info,
};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::key::{HolderKey, PublicHalf};
use crate::sheet::SheetFile;

/// A closed round in trustee mode with all its secrets.
pub(crate) struct Round {
    pub(crate) key: HolderKey,
    pub(crate) public: PublicHalf,
    pub(crate) manifest: FrozenManifest,
    pub(crate) groups: GroupList,
    pub(crate) instrument: Vec<u8>,
    pub(crate) board_key: BoardKey,
    pub(crate) bundle: Bundle,
}

pub(crate) static ROUND: LazyLock<Round> = LazyLock::new(|| round(1));

impl Round {
    pub(crate) fn sheet(&self) -> SheetFile {
        SheetFile::of(&self.manifest, &self.instrument, self.groups.leaves())
    }
}

/// The given round's promise sheet after a change.
pub(crate) fn refrozen(change: impl FnOnce(&mut Manifest)) -> FrozenManifest {
    let mut manifest = ROUND.manifest.manifest().clone();
    change(&mut manifest);
    FrozenManifest::freeze(manifest).unwrap()
}

fn english(text: &str) -> BTreeMap<Language, String> {
    BTreeMap::from([(Language::parse("en").unwrap(), text.to_owned())])
}

fn instrument() -> Instrument {
    let labels = BTreeMap::from([(Language::parse("en").unwrap(), (1..=7).map(|point| point.to_string()).collect())]);
    let item = |id: &str, text: &str| Item {
        id: ItemId::parse(id).unwrap(),
        text: english(text),
        scale: "seven".into(),
        reversed: false,
        dimension: Some(DimensionId::parse("SAF").unwrap()),
        publish: Publish::Team,
        licence: "CC0-1.0".into(),
        source: "own".into(),
        about_leader: false,
    };
    Instrument {
        id: "test".into(),
        version: 1,
        title: english("Test"),
        licence: "CC0-1.0".into(),
        languages: vec![Language::parse("en").unwrap()],
        informal: vec![],
        scales: BTreeMap::from([("seven".into(), Scale { labels, opt_out: BTreeMap::new(), grid: 3, lead_in: BTreeMap::new() })]),
        dimensions: vec![Dimension { id: DimensionId::parse("SAF").unwrap(), name: english("Safety"), declared_sd: 1.2 }],
        items: vec![item("SAF1", "I can say what I think."), item("SAF2", "Mistakes may be told.")],
        comments: vec![],
        pairs: vec![],
    }
}

/// Three groups of twelve people, of whom nine, three and six answered. Every seed has its own keys and answers.
pub(crate) fn round(seed: u64) -> Round {
    round_of(HolderKey::generate(&mut StdRng::seed_from_u64(seed)).unwrap(), seed)
}

/// Such a round for a key.
pub(crate) fn round_of(key: HolderKey, seed: u64) -> Round {
    round_under(key, seed, ManifestNonce([4; 32]))
}

/// Such a round with this nonce on its promise sheet; all else is as with any other nonce.
pub(crate) fn round_under(key: HolderKey, seed: u64, nonce: ManifestNonce) -> Round {
    let mut rng = StdRng::seed_from_u64(seed.wrapping_add(1_000));
    let wave = WaveId::parse("2026-q4").unwrap();
    let public = key.public_half(&wave, "Works council, Vera Albers");
    let label = |text: String| TeamLabel::parse(&text).unwrap();
    let leaf = |group: u32| GroupLeaf {
        group: GroupId(group),
        label: format!("Group {group}"),
        unit: UnitPath::default(),
        invited: 12,
        predecessors: vec![],
        teams: vec![TeamEntry { label: label(format!("Team {group}")), leaders: vec![format!("Leader {group}")] }],
    };
    let groups = GroupList::freeze((0..3).map(leaf).collect()).unwrap();
    let (asked, credential_key, board_key) = (instrument(), CredentialKey::generate(&mut rng).unwrap(), BoardKey::generate(&mut rng));
    let instrument_bytes = serde_json::to_vec(&asked).unwrap();
    let manifest = FrozenManifest::freeze(Manifest {
        format: MANIFEST_FORMAT.into(),
        wave,
        organisation: "Example".into(),
        mode: Mode::Trustee,
        passphrase: false,
        k: 5,
        group_min: 7,
        coalition: 1,
        min_range: 3,
        comments: None,
        audiences: Audiences::default(),
        purpose: Texts::PerLanguage(english("to learn")),
        not_for: Texts::PerLanguage(english("appraisal")),
        contacts: vec![],
        key_holder: Some(public.holder.clone()),
        words_posted: None,
        cards: 0,
        weakened_by: std::collections::BTreeSet::new(),
        instrument: InstrumentRef { id: "test".into(), version: 1, sha256: Sha256Digest::of(&instrument_bytes) },
        languages: vec![Language::parse("en").unwrap()],
        credential_suite: CREDENTIAL_SUITE.into(),
        credential_key: credential_key.public_key(),
        kem_id: KEM_ID,
        kdf_id: KDF_ID,
        aead_id: AEAD_ID,
        box_key: public.box_key,
        board_key: board_key.public_key(),
        notices_key: None,
        trustee_key: Some(public.trustee_key),
        client_sha256: Sha256Digest::of(b"client"),
        groups_root: groups.root(),
        groups: groups.groups(),
        invited: groups.invited(),
        leaf_size: groups.leaf_size(),
        response_size: groups.leaf_size() + RESPONSE_OVERHEAD,
        opens_at: Moment::parse("2026-11-01T08:00:00Z").unwrap(),
        schedule: Schedule::with_defaults(Moment::parse("2026-11-15T18:00:00Z").unwrap()),
        nonce,
    })
    .unwrap();

    let mut cast = |group: u32| {
        let answers = asked.items.iter().map(|_| Answer::Point(rng.random_range(1..=7))).collect();
        let ballot = Ballot { level: Level::Group, answers, comments: vec![] };
        let (nonce, info) = (BallotNonce::generate(&mut rng), ballot_info(&manifest.hash(), GroupId(group)));
        let ct = seal(&public.box_key, &info, &nonce, &ballot.encode().unwrap(), &mut rng).unwrap();
        let mac = credential_key.output(&nonce.0, &info).unwrap().mac(&ct);
        CastBallot { nonce, group: GroupId(group), mac, ct }
    };
    let ballots: Vec<CastBallot> = [(0, 9), (1, 3), (2, 6)].into_iter().flat_map(|(group, n)| vec![group; n]).map(&mut cast).collect();
    let board = Board::close(&board_key, &manifest, 20, ballots.iter().map(CastBallot::leaf).collect()).unwrap();
    let bundle = Bundle {
        format: BundleFormat,
        manifest: manifest.bytes().to_vec(),
        instrument: instrument_bytes.clone(),
        groups: groups.leaves().to_vec(),
        issued: vec![10, 3, 7],
        ballots,
        credential_key,
        board,
    };
    Round { key, public, manifest, groups, instrument: instrument_bytes, board_key, bundle }
}
