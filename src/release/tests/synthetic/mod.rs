//! Invented organisations with several waves: group lists with lineage, plans by the real rule, cells by the real coarsening. Their
//! Releases are signed with a key of the tests and come in through the door that every Release comes through.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

use std::collections::BTreeMap;
use std::time::Duration;

use disclosure::{Base, Block, BlockId, Coarsening, GroupCount, ItemRule, Leaders, Member, PublishedCell, UpwardCount, plan};
use domain::instrument::{Dimension, Instrument, Pair, Publish};
use domain::{DimensionId, GroupId, GroupLeaf, ItemId, Predecessor, SameShare, TeamEntry, TeamLabel, UnitPath, WaveId};
use protocol::notice::{Notice, NoticesKey};
use protocol::{Board, BoardKey, FrozenManifest, GroupList, Manifest, ReceiptLeaf, Sha256Digest, TrusteeKey, Vouched};
use release::reading::{FrozenWave, PastWave, PublishedWave, WaveDocuments};
use release::{
    Coefficient, Correlation, Counts, DimensionConstant, NoCoefficient, Omega, Org, OrgConstants, Quality, RELEASE_FORMAT, Release,
};

/// Pseudo-random numbers from a seed (splitmix64), so that every run sees the same organisations.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number from 0 to `below` - 1.
    pub(crate) fn below(&mut self, below: u32) -> u32 {
        (self.next() % u64::from(below)) as u32
    }

    /// True in `percent` of 100 cases.
    pub(crate) fn hits(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// A number from 0 to 1.
    pub(crate) fn share(&mut self) -> f64 {
        f64::from(self.below(1_000_001)) / 1e6
    }
}

/// The instrument that Candor ships.
pub(crate) fn pulse() -> Instrument {
    domain::instrument::template::parse_template("pulse.toml", include_str!("../../../../survey_templates/pulse.toml"))
        .expect("the shipped template is valid")
}

/// An instrument with a dimension about the leader, of which what is said is paired with what is done, and one more item of the first
/// dimension.
pub(crate) fn quarterly() -> Instrument {
    let mut instrument = pulse();
    let english = instrument.languages.first().unwrap().clone();
    let words = |text: &str| BTreeMap::from([(english.clone(), text.to_owned())]);
    let led = DimensionId::parse("LED").unwrap();
    instrument.dimensions.push(Dimension { id: led.clone(), name: words("My leader's example"), declared_sd: 1.5 });
    let pattern = instrument.items.first().unwrap().clone();
    for (id, reversed) in [("LED1", false), ("LED3r", true)] {
        let id = ItemId::parse(id).unwrap();
        instrument.items.push(domain::instrument::Item {
            id,
            reversed,
            dimension: Some(led.clone()),
            about_leader: true,
            ..pattern.clone()
        });
    }
    instrument.items.push(domain::instrument::Item { id: ItemId::parse("SAF5").unwrap(), ..pattern });
    let pair = |said, lived| Pair { said: ItemId::parse(said).unwrap(), lived: ItemId::parse(lived).unwrap() };
    instrument.pairs = vec![pair("LED1", "DO2"), pair("LED3r", "DO6")];
    instrument
}

/// The pulse without its last dimension, and with a first dimension of two items.
pub(crate) fn shortened() -> Instrument {
    let mut instrument = pulse();
    let last = instrument.dimensions.pop().unwrap().id;
    instrument.items.retain(|item| item.dimension.as_ref() != Some(&last) && item.id.as_str() != "SAF3");
    instrument
}

/// A group of an invented organisation.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) label: String,
    pub(crate) unit: Vec<&'static str>,
    pub(crate) invited: u32,
    pub(crate) leaders: Vec<String>,
    pub(crate) predecessors: Vec<(u32, SameShare)>,
}

impl Group {
    pub(crate) fn new(label: &str, unit: &[&'static str], invited: u32, predecessors: &[(u32, SameShare)]) -> Self {
        Self {
            label: label.to_owned(),
            unit: unit.to_vec(),
            invited,
            leaders: vec![format!("Leader of {label}")],
            predecessors: predecessors.to_vec(),
        }
    }
}

pub(crate) fn path(unit: &[&str]) -> UnitPath {
    UnitPath(unit.iter().map(|label| TeamLabel::parse(label).unwrap()).collect())
}

pub(crate) fn leaves(groups: &[Group]) -> Vec<GroupLeaf> {
    let leaf = |(place, group): (usize, &Group)| GroupLeaf {
        group: GroupId(place as u32),
        label: group.label.clone(),
        unit: path(&group.unit),
        invited: group.invited,
        predecessors: group.predecessors.iter().map(|&(before, same)| Predecessor { group: GroupId(before), same }).collect(),
        teams: vec![TeamEntry { label: TeamLabel::parse(&group.label).unwrap(), leaders: group.leaders.clone() }],
    };
    groups.iter().enumerate().map(leaf).collect()
}

/// The key that signs the Releases of the tests.
pub(crate) fn board_key() -> BoardKey {
    BoardKey::from_bytes(&[7; 32])
}

/// A manifest with keys that nobody holds; what depends on the other documents is set by [`frozen`].
pub(crate) fn manifest(wave: &str) -> Manifest {
    let nothing = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    // The generator of ristretto255 (RFC 9496, section A.1).
    let point = "4vKuCmq8TnGohKlhxQBRX1jjC2qlgt2NtqZZReCNLXY";
    let hash = "00".repeat(32);
    serde_json::from_value(serde_json::json!({
        "format": "candor-manifest/1", "wave": wave, "organisation": "Lindgren & Daughters", "mode": "solo", "passphrase": false,
        "k": 5, "group_min": 7, "coalition": 1, "min_range": 3, "comments": null,
        "audiences": {"leaders": "own-block", "unit_leaders": "sub-total", "hr": "all-blocks", "team": true},
        "purpose": "to improve how we work together", "not_for": "appraisal of any person",
        "instrument": {"id": "pulse", "version": 1, "sha256": hash}, "languages": ["en", "de"],
        "credential_suite": "POPRF-ristretto255-SHA512", "credential_key": point, "kem_id": 32, "kdf_id": 1, "aead_id": 1,
        "box_key": nothing, "board_key": nothing, "trustee_key": null, "client_sha256": hash, "groups_root": hash,
        "groups": 1, "invited": 1, "leaf_size": 512, "response_size": 1536,
        "opens_at": "2026-01-05T08:00:00Z",
        "schedule": {"pace": "manual", "closes_at": "2026-01-19T08:00:00Z", "grace_seconds": 0, "window_seconds": 0, "publish_at_seconds": 0, "publish_by_seconds": 1},
        "nonce": nothing,
    }))
    .expect("a manifest of this version")
}

/// Documents as they are kept: made to belong together, and signed.
pub(crate) fn frozen(documents: &WaveDocuments) -> FrozenWave {
    let groups = GroupList::freeze(documents.groups.clone()).expect("a group list");
    let instrument = documents.instrument.to_bytes().expect("an instrument");
    let mut manifest = documents.manifest.clone();
    manifest.instrument.sha256 = Sha256Digest::of(&instrument);
    manifest.board_key = board_key().public_key();
    let notices_key = NoticesKey::from_bytes(&[8; 32]);
    manifest.notices_key = Some(notices_key.public_key());
    manifest.groups_root = groups.root();
    manifest.groups = groups.groups();
    manifest.invited = groups.invited();
    manifest.leaf_size = groups.leaf_size();
    manifest.response_size = groups.leaf_size() + protocol::manifest::RESPONSE_OVERHEAD;
    let manifest = FrozenManifest::freeze(manifest).expect("a manifest");
    let release = Release { manifest: manifest.hash().to_text(), ..documents.release.clone() };
    let release = serde_json::to_vec(&release).expect("a Release");
    let notices = (1..)
        .zip(&documents.notices)
        .map(|(number, notice)| Notice::sign(&notices_key, &manifest, number, notice.day, notice.says.clone()).expect("a notice"));
    FrozenWave {
        vouched: manifest.manifest().trustee_key.map(|_| vouched(documents, &manifest, &release)),
        notices: notices.collect(),
        wave: documents.release.wave.clone(),
        groups: documents.groups.clone(),
        instrument,
        sha256: Sha256Digest::of(&release),
        signature: board_key().sign_release(&manifest.hash(), &release),
        release,
        manifest: manifest.bytes().to_vec(),
    }
}

/// The key of somebody outside the operator who opens the waves of these tests that are in trustee mode.
pub(crate) fn trustee_key() -> TrusteeKey {
    TrusteeKey::from_bytes(&[9; 32])
}

/// That key holder's word for a result, over a list of as many answers as it counts.
fn vouched(documents: &WaveDocuments, manifest: &FrozenManifest, release: &[u8]) -> Vouched {
    let counts = &documents.release.counts;
    let leaf = |number: u32| {
        let mut leaf = [0; 32];
        leaf[..4].copy_from_slice(&number.to_be_bytes());
        ReceiptLeaf(leaf)
    };
    let board =
        Board::close(&board_key(), manifest, counts.issued, (0..counts.spent).map(leaf).collect()).expect("a list of counted answers");
    Vouched { list: (&board).into(), signature: trustee_key().sign_opening(&board, release) }
}

/// Documents of a published wave, in through the door.
pub(crate) fn published(documents: &WaveDocuments) -> PublishedWave {
    frozen(documents).check().unwrap_or_else(|refused| panic!("{}: {refused}", documents.release.wave))
}

/// A published wave with other documents, frozen and signed anew; an aborted one as it is.
pub(crate) fn changed(wave: &PastWave, change: impl FnOnce(&mut WaveDocuments)) -> PastWave {
    let PastWave::Published(wave) = wave else { return wave.clone() };
    let mut documents = WaveDocuments::clone(wave);
    change(&mut documents);
    PastWave::Published(Box::new(published(&documents)))
}

/// A block given by hand: members, ballots, and per item (answers, sum E).
pub(crate) struct HandBlock {
    pub(crate) members: Vec<Member>,
    pub(crate) n: u32,
    pub(crate) sums: Vec<Option<(u32, u64)>>,
}

/// A published wave from blocks given by hand. They are put in order, and cells that may not be published are left out.
pub(crate) fn wave(
    id: &str,
    instrument: &Instrument,
    groups: &[Group],
    blocks: Vec<HandBlock>,
    constants: Option<OrgConstants>,
) -> PastWave {
    PastWave::Published(Box::new(published(&documents(id, instrument, leaves(groups), blocks, constants))))
}

/// The documents of [`wave`], not yet frozen.
pub(crate) fn documents(
    id: &str,
    instrument: &Instrument,
    leaves: Vec<GroupLeaf>,
    blocks: Vec<HandBlock>,
    constants: Option<OrgConstants>,
) -> WaveDocuments {
    let rules: Vec<ItemRule> = instrument
        .items
        .iter()
        .map(|item| {
            let scale = instrument.scale_of(item).unwrap();
            ItemRule { item: item.id.clone(), points: scale.points(), grid: scale.grid }
        })
        .collect();
    let leaders = Leaders::of(&leaves);
    let mut blocks: Vec<Block> = blocks
        .into_iter()
        .map(|block| {
            let about_leader = leaders.allow(&block.members);
            let cells = rules.iter().zip(&instrument.items).zip(block.sums).map(|((rule, item), answered)| {
                let (n, sum) = answered?;
                if item.publish == Publish::Organisation || (item.about_leader && !about_leader) {
                    return None;
                }
                let cells = Coarsening::new(rule.points, rule.grid, 1, 3).unwrap().cells(n).ok()?;
                Some(PublishedCell { n, cell: cells.of_sum(sum)? })
            });
            let mut members = block.members.clone();
            members.sort();
            Block { id: BlockId(0), unit: common_unit(&members, &leaves), members, n: block.n, cells: cells.collect() }
        })
        .collect();
    blocks.sort_by(|a, b| (&a.unit, &a.members).cmp(&(&b.unit, &b.members)));
    blocks.iter_mut().zip(0..).for_each(|(block, id)| block.id = BlockId(id));
    let base = Base { k: 5, coalition: 1, min_range: 3, items: rules, blocks };
    with_base(id, instrument, leaves, base, constants)
}

/// The documents of a published wave with this table, not yet frozen. Every ballot in it was valid.
pub(crate) fn with_base(
    id: &str,
    instrument: &Instrument,
    leaves: Vec<GroupLeaf>,
    base: Base,
    constants: Option<OrgConstants>,
) -> WaveDocuments {
    let n = base.blocks.iter().map(|block| block.n).sum();
    let manifest = manifest(id);
    let counts = Counts { invited: leaves.iter().map(|leaf| leaf.invited).sum(), issued: n, spent: n, invalid: 0, unplaced: 0 };
    let release = Release {
        format: RELEASE_FORMAT.to_owned(),
        wave: WaveId::parse(id).unwrap(),
        manifest: String::new(),
        counts,
        base,
        org: Org { constants },
        comments: vec![],
    };
    WaveDocuments { manifest, groups: leaves, instrument: instrument.clone(), release, notices: Vec::new() }
}

fn common_unit(members: &[Member], leaves: &[GroupLeaf]) -> UnitPath {
    let unit = |member: &Member| match member {
        Member::Group(group) => leaves[group.0 as usize].unit.clone(),
        Member::Upward(unit) => unit.clone(),
    };
    members.iter().map(unit).reduce(|common, unit| common.common(&unit)).unwrap_or_default()
}

/// The same wave covering two colluding colleagues and keeping all seven values possible: fewer and wider cells, and none for fewer
/// than seven answers.
pub(crate) fn protecting_more(wave: &PastWave) -> PastWave {
    changed(wave, |documents| {
        let (coalition, min_range) = (2, 7);
        (documents.manifest.coalition, documents.manifest.min_range) = (coalition, min_range);
        let base = &mut documents.release.base;
        (base.coalition, base.min_range) = (coalition, min_range);
        for block in &mut base.blocks {
            for (cell, rule) in block.cells.iter_mut().zip(&base.items) {
                let coarsening = Coarsening::new(rule.points, rule.grid, coalition, min_range).unwrap();
                let cells = cell.and_then(|cell| coarsening.cells(cell.n).ok());
                *cell = cell.zip(cells).map(|(cell, cells)| PublishedCell { cell: cell.cell.min(cells.count() - 1), ..cell });
            }
        }
    })
}

/// The constants of an organisation with the same spread everywhere.
pub(crate) fn constants(instrument: &Instrument, sd_tenths: u32, respondents: u32, groups: u32) -> OrgConstants {
    let too_few = Coefficient::Undefined(NoCoefficient::TooFewGroups);
    let quality = Quality { alpha: Coefficient::Hundredths(78), omega: Omega::LeastSquares(79), icc1: too_few, icc2: too_few };
    let of = |dimension: &Dimension| DimensionConstant {
        dimension: dimension.id.clone(),
        sd_tenths,
        respondents,
        groups,
        quality: Some(quality),
    };
    let ids: Vec<&DimensionId> = instrument.dimensions.iter().map(|dimension| &dimension.id).collect();
    let pairs = ids.iter().enumerate().flat_map(|(place, first)| ids[place + 1..].iter().map(move |second| (*first, *second)));
    OrgConstants {
        dimensions: instrument.dimensions.iter().map(of).collect(),
        items: Vec::new(),
        correlations: pairs.map(|(first, second)| Correlation { first: first.clone(), second: second.clone(), hundredths: 35 }).collect(),
        shares: Vec::new(),
        signals: None,
    }
}

const UNITS: [&[&str]; 4] = [&[], &["Sales"], &["Operations"], &["Operations", "Line"]];
const SHARES: [SameShare; 4] =
    [SameShare::UnderQuarter, SameShare::QuarterToHalf, SameShare::HalfToThreeQuarters, SameShare::ThreeQuartersOrMore];

const DAY: Duration = Duration::from_secs(24 * 3600);

/// Several waves of an invented organisation: groups that go on, merge, split, vanish and appear; aborted waves in between.
pub(crate) fn organisation(chance: &mut Chance) -> Vec<PastWave> {
    let fewest = if chance.0.is_multiple_of(3) { 12 } else { 3 };
    let mut groups: Vec<Group> = Vec::new();
    for place in 0..fewest + chance.below(7) {
        groups.push(new_group(chance, &format!("Team {place}")));
    }
    let mut levels: BTreeMap<String, f64> = BTreeMap::new();
    let mut waves = Vec::new();
    for number in 0..1 + chance.below(4) {
        if number > 0 {
            groups = next_groups(chance, &groups, number);
        }
        if chance.hits(15) {
            waves.push(PastWave::Aborted(WaveId::parse(&format!("w{number}-aborted")).unwrap()));
        }
        waves.push(random_wave(chance, &format!("w{number}"), DAY * (number * (80 + 7 * number)), &groups, &mut levels));
    }
    if chance.hits(10) {
        waves.push(PastWave::Aborted(WaveId::parse("last-aborted").unwrap()));
    }
    waves
}

fn new_group(chance: &mut Chance, label: &str) -> Group {
    let unit = UNITS[chance.below(4) as usize];
    let largest = if chance.hits(20) { 60 } else { 12 };
    let mut group = Group::new(label, unit, 6 + chance.below(largest), &[]);
    if chance.hits(20) {
        group.leaders.push(format!("Deputy of {label}"));
    }
    group
}

fn next_groups(chance: &mut Chance, before: &[Group], number: u32) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (place, group) in before.iter().enumerate() {
        let place = place as u32;
        let same = SHARES[3 - chance.below(2) as usize];
        let go_on = Group { predecessors: vec![(place, same)], invited: 6 + chance.below(group.invited + 4), ..group.clone() };
        match chance.below(20) {
            0 => {}
            1 => groups.push(Group { label: format!("{} a", group.label), ..go_on.clone() }),
            2 => groups.extend(["b", "c"].map(|half| Group { label: format!("{} {half}", group.label), ..go_on.clone() })),
            3 if !groups.is_empty() => {
                let last = groups.len() - 1;
                groups[last].predecessors.push((place, SHARES[chance.below(3) as usize]));
                groups[last].invited += 5;
            }
            4 => groups.push(Group { leaders: vec![format!("Successor {number}")], ..go_on }),
            _ => groups.push(go_on),
        }
    }
    if chance.hits(40) || groups.is_empty() {
        groups.push(new_group(chance, &format!("Team {number} new")));
    }
    groups
}

fn random_wave(chance: &mut Chance, id: &str, since_the_first: Duration, groups: &[Group], levels: &mut BTreeMap<String, f64>) -> PastWave {
    let instrument = match chance.below(6) {
        0 => shortened(),
        1 | 2 => quarterly(),
        _ => pulse(),
    };
    let mut counted: Vec<GroupCount> = groups
        .iter()
        .enumerate()
        .map(|(place, group)| GroupCount {
            group: GroupId(place as u32),
            unit: path(&group.unit),
            n: (0..group.invited).filter(|_| chance.hits(70)).count() as u32,
        })
        .collect();
    // Pages have nothing to say of a wave in which hardly anybody answered.
    if counted.iter().map(|count| count.n).sum::<u32>() < 5 {
        counted[0].n = groups[0].invited;
    }
    // Some of those who have not answered in their group counted one level up.
    let mut upward: Vec<UpwardCount> = Vec::new();
    for unit in UNITS {
        let silent: u32 =
            groups.iter().zip(&counted).filter(|(group, _)| group.unit == unit).map(|(group, count)| group.invited - count.n).sum();
        if chance.hits(25) && silent > 0 {
            upward.push(UpwardCount { unit: path(unit), n: 1 + chance.below(7).min(silent - 1) });
        }
    }
    let planned = plan(&counted, &upward, 5).unwrap();
    let blocks = planned
        .blocks
        .iter()
        .map(|block| {
            // Levels wander slowly; some blocks sit near an end of the scale, so that bands occur.
            let name = format!("{:?}", block.members);
            let level = levels.entry(name).or_insert_with(|| 0.25 + 0.7 * chance.share());
            *level = (*level + 0.3 * (chance.share() - 0.5)).clamp(0.03, 0.97);
            let (level, torn) = (*level, chance.hits(8));
            let sums = instrument.items.iter().map(|item| {
                let missing = if chance.hits(60) { 0 } else { chance.below(4) };
                let n = block.n.saturating_sub(missing);
                let share = if item.reversed { 1.0 - level } else { level };
                let share = if torn { chance.share() } else { (share + 0.25 * (chance.share() - 0.5)).clamp(0.0, 1.0) };
                let published = n >= 5 && item.publish == Publish::Team;
                published.then(|| (n, (share * f64::from(n) * 6.0).round() as u64))
            });
            HandBlock { members: block.members.clone(), n: block.n, sums: sums.collect() }
        })
        .collect();
    let answered: u32 = planned.blocks.iter().map(|block| block.n).sum();
    let known = (answered >= 100 && chance.hits(60)).then(|| {
        let respondents = 100 + chance.below(answered - 99);
        constants(&instrument, 5 + chance.below(16), respondents, 1 + chance.below(planned.blocks.len() as u32))
    });
    let mut documents = documents(id, &instrument, leaves(groups), blocks, known);
    documents.manifest.schedule.closes_at = documents.manifest.schedule.closes_at.plus(since_the_first);
    PastWave::Published(Box::new(published(&documents)))
}
