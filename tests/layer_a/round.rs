//! A round that invented people answer: everybody who is invited, whether they answer, what, and in which order it arrives.

use domain::instrument::template::parse_template;
use domain::instrument::{Instrument, Pair};
use domain::{GroupId, GroupLeaf, Language, Moment, Predecessor, SameShare, Schedule, TeamEntry, TeamLabel, UnitPath, WaveId};
use protocol::bundle::{Bundle, BundleFormat, CastBallot};
use protocol::manifest::{AEAD_ID, CREDENTIAL_SUITE, KDF_ID, KEM_ID, MANIFEST_FORMAT, ManifestNonce, Mode, RESPONSE_OVERHEAD, Texts};
use protocol::sealed::seal;
use protocol::{
    Answer, Audiences, Ballot, BallotNonce, Board, BoardKey, BoxSecretKey, Comment, CommentRule, CredentialKey, FrozenManifest, GroupList,
    InstrumentRef, Level, Manifest, Sha256Digest, ballot_info,
};
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

/// Where the groups stand, and how many people each has. Few enough that most rounds have combined groups.
const GROUPS: [(&[&str], u32); 7] =
    [(&["North"], 8), (&["North"], 9), (&["North", "West"], 7), (&["North", "West"], 12), (&["South"], 10), (&["South"], 7), (&[], 8)];

/// Every fourth round is so many times larger, so that it has constants of the whole organisation (100 complete answers).
const LARGER: u32 = 4;

/// What somebody put into their ballot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filled {
    pub(crate) level: Level,
    pub(crate) answers: Vec<Answer>,
    /// One text per open question; empty where nothing was written.
    pub(crate) comments: Vec<String>,
}

/// Somebody who is invited.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) group: GroupId,
    /// `None` for somebody who does not answer.
    pub(crate) filled: Option<Filled>,
}

/// A round as it was answered.
#[derive(Debug, Clone)]
pub(crate) struct Round {
    seed: u64,
    /// Everybody invited; the place is the person.
    pub(crate) people: Vec<Person>,
    /// Those who answer, in the order in which their ballots arrive.
    pub(crate) arrival: Vec<usize>,
}

impl Round {
    /// A round of 61 people, or of four times as many; the same seed gives the same round.
    pub(crate) fn random(seed: u64) -> Self {
        let mut random = StdRng::seed_from_u64(seed);
        let times = times(seed);
        let questionnaire = questionnaire(seed);
        let mut people = Vec::new();
        for (group, (_, invited)) in (0..).map(GroupId).zip(GROUPS) {
            let (climate, response) = (random.random_range(0.0..1.0), random.random_range(20..100));
            for _ in 0..invited * times {
                let filled = (random.random_range(0..100) < response).then(|| fill_in(&questionnaire, climate, &mut random));
                people.push(Person { group, filled });
            }
        }
        let mut arrival: Vec<usize> = (0..people.len()).filter(|person| people[*person].filled.is_some()).collect();
        arrival.shuffle(&mut random);
        Self { seed, people, arrival }
    }

    /// What the people of a block's members put in, by person.
    pub(crate) fn in_block(&self, block: &disclosure::Block) -> Vec<usize> {
        self.arrival.iter().copied().filter(|person| block.members.contains(&self.counts_in(*person))).collect()
    }

    /// Whose answers those of a person are counted with.
    pub(crate) fn counts_in(&self, person: usize) -> disclosure::Member {
        let Person { group, filled } = &self.people[person];
        match filled.as_ref().unwrap().level {
            Level::Group => disclosure::Member::Group(*group),
            Level::Unit => disclosure::Member::Upward(unit_of(*group)),
            Level::Organisation => disclosure::Member::Upward(UnitPath::organisation()),
        }
    }

    /// What a person put in.
    pub(crate) fn filled(&self, person: usize) -> &Filled {
        self.people[person].filled.as_ref().unwrap()
    }

    /// The same, to be changed.
    pub(crate) fn filled_mut(&mut self, person: usize) -> &mut Filled {
        self.people[person].filled.as_mut().unwrap()
    }

    /// Everything that an opening takes, and the keys. The keys depend on the seed alone and everything that a person's device draws on the person
    /// alone, so that two versions of a round differ in nothing but in what was changed.
    pub(crate) fn sealed(&self, wave: &str, previous: bool) -> Sealed {
        let mut random = StdRng::seed_from_u64(self.seed ^ 0x5EA1);
        let list = GroupList::freeze(group_list(previous, times(self.seed))).unwrap();
        let keys = Keys {
            credential: CredentialKey::generate(&mut random).unwrap(),
            sealed_box: BoxSecretKey::generate(&mut random),
            board: BoardKey::generate(&mut random),
        };
        let instrument = serde_json::to_vec(&questionnaire(self.seed)).unwrap();
        let manifest = manifest(wave, &list, &instrument, &keys, asks_comments(self.seed));
        let mut issued = vec![0; GROUPS.len()];
        let ballots: Vec<CastBallot> = self
            .arrival
            .iter()
            .map(|person| {
                let Person { group, filled } = &self.people[*person];
                issued[group.0 as usize] += 1;
                let mut device = StdRng::seed_from_u64(self.seed.wrapping_mul(1_000_003) ^ *person as u64);
                let Filled { level, answers, comments } = filled.clone().unwrap();
                let info = ballot_info(&manifest.hash(), *group);
                let nonce = BallotNonce::generate(&mut device);
                let ballot = Ballot { level, answers, comments: comments.iter().map(|text| Comment::new(text).unwrap()).collect() }
                    .encode()
                    .unwrap();
                let ct = seal(&keys.sealed_box.public_key(), &info, &nonce, &ballot, &mut device).unwrap();
                let mac = keys.credential.output(nonce.as_bytes(), &info).unwrap().mac(&ct);
                CastBallot { nonce, group: *group, mac, ct }
            })
            .collect();
        let leaves = ballots.iter().map(CastBallot::leaf).collect();
        let board = Board::close(&keys.board, &manifest, issued.iter().sum(), leaves).unwrap();
        let bundle = Bundle {
            format: BundleFormat,
            manifest: manifest.bytes().to_vec(),
            instrument,
            groups: list.leaves().to_vec(),
            issued,
            ballots,
            credential_key: keys.credential,
            board,
        };
        Sealed { bundle, manifest, box_key: keys.sealed_box, board_key: keys.board }
    }
}

/// A closed round with its keys.
pub(crate) struct Sealed {
    pub(crate) bundle: Bundle,
    pub(crate) manifest: FrozenManifest,
    pub(crate) box_key: BoxSecretKey,
    pub(crate) board_key: BoardKey,
}

struct Keys {
    credential: CredentialKey,
    sealed_box: BoxSecretKey,
    board: BoardKey,
}

/// The questionnaire that Candor ships; every other round asks its open questions, and every third holds what is said against what is lived.
pub(crate) fn questionnaire(seed: u64) -> Instrument {
    let mut shipped = parse_template("pulse.toml", include_str!("../../survey_templates/pulse.toml")).unwrap();
    if seed.is_multiple_of(3) {
        let item = |id: &str| shipped.items.iter().find(|item| item.id.as_str() == id).unwrap().id.clone();
        shipped.pairs = vec![Pair { said: item("LED2"), lived: item("DO6") }];
    }
    if asks_comments(seed) { shipped } else { shipped.without_comments() }
}

const fn asks_comments(seed: u64) -> bool {
    seed.is_multiple_of(2)
}

const fn times(seed: u64) -> u32 {
    if seed % 4 == 2 { LARGER } else { 1 }
}

/// Answers of somebody in a better or worse climate; some people leave statements blank, and some people count one level up.
fn fill_in(questionnaire: &Instrument, climate: f64, random: &mut StdRng) -> Filled {
    let level = match random.random_range(0..12) {
        0 => Level::Organisation,
        1 | 2 => Level::Unit,
        _ => Level::Group,
    };
    let careless = random.random_range(0..6) == 0;
    let answers = questionnaire.items.iter().map(|item| {
        let points = questionnaire.scale_of(item).unwrap().points();
        let middle = 1.0 + climate * f64::from(points - 1) + random.random_range(-2.0..2.0);
        if careless && random.random_range(0..4) == 0 { Answer::Blank } else { Answer::Point((middle.round() as u8).clamp(1, points)) }
    });
    let answers = answers.collect();
    let comments = questionnaire.comments.iter().map(|_| match random.random_range(0..5) {
        0 => "the same words as others".to_owned(),
        1 | 2 => format!("words of my own: {}", random.random::<u32>()),
        _ => String::new(),
    });
    Filled { level, answers, comments: comments.collect() }
}

fn unit_of(group: GroupId) -> UnitPath {
    UnitPath(GROUPS[group.0 as usize].0.iter().map(|unit| TeamLabel::parse(unit).unwrap()).collect())
}

/// The group list; with a past when there is an earlier round of the same groups.
fn group_list(previous: bool, times: u32) -> Vec<GroupLeaf> {
    let leaf = |(group, (_, invited))| GroupLeaf {
        group,
        label: format!("Group {group}"),
        unit: unit_of(group),
        invited: invited * times,
        predecessors: previous.then_some(Predecessor { group, same: SameShare::ThreeQuartersOrMore }).into_iter().collect(),
        teams: vec![TeamEntry { label: TeamLabel::parse(&format!("Team {group}")).unwrap(), leaders: vec![format!("Leader {group}")] }],
    };
    (0..).map(GroupId).zip(GROUPS).map(leaf).collect()
}

fn in_english(text: &str) -> Texts {
    Texts::Plain(text.to_owned()).for_languages(&Language::parse("en").unwrap(), &[])
}

fn manifest(wave: &str, groups: &GroupList, instrument: &[u8], keys: &Keys, asks_comments: bool) -> FrozenManifest {
    FrozenManifest::freeze(Manifest {
        format: MANIFEST_FORMAT.into(),
        wave: WaveId::parse(wave).unwrap(),
        organisation: "Example".into(),
        mode: Mode::Solo,
        passphrase: false,
        k: 5,
        group_min: 7,
        coalition: 1,
        min_range: 3,
        comments: asks_comments.then(|| CommentRule::for_k(5)),
        audiences: Audiences::default(),
        purpose: in_english("to learn"),
        not_for: in_english("appraisal"),
        contacts: Vec::new(),
        key_holder: None,
        words_posted: None,
        weakened_by: std::collections::BTreeSet::new(),
        cards: 0,
        instrument: InstrumentRef { id: "pulse".into(), version: 1, sha256: Sha256Digest::of(instrument) },
        languages: vec![Language::parse("en").unwrap()],
        credential_suite: CREDENTIAL_SUITE.into(),
        credential_key: keys.credential.public_key(),
        kem_id: KEM_ID,
        kdf_id: KDF_ID,
        aead_id: AEAD_ID,
        box_key: keys.sealed_box.public_key(),
        board_key: keys.board.public_key(),
        notices_key: None,
        trustee_key: None,
        client_sha256: Sha256Digest::of(b"client"),
        groups_root: groups.root(),
        groups: groups.groups(),
        invited: groups.invited(),
        leaf_size: groups.leaf_size(),
        response_size: groups.leaf_size() + RESPONSE_OVERHEAD,
        opens_at: Moment::parse("2026-11-01T08:00:00Z").unwrap(),
        schedule: Schedule::with_defaults(Moment::parse("2026-11-15T18:00:00Z").unwrap()),
        nonce: ManifestNonce([4; 32]),
    })
    .unwrap()
}
