//! Invented organisations with several waves: group lists with lineage, plans by the real rule, cells by the real coarsening.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

use std::collections::BTreeMap;

use disclosure::{Base, Block, BlockId, Coarsening, GroupCount, ItemRule, Member, PublishedCell, UpwardCount, plan};
use domain::instrument::{Dimension, Instrument, Publish};
use domain::{DimensionId, GroupId, GroupLeaf, ItemId, Predecessor, SameShare, TeamEntry, TeamLabel, UnitPath, WaveId};
use protocol::Manifest;
use release::reading::{PastWave, PublishedWave};
use release::{Counts, DimensionConstant, Org, OrgConstants, Release};

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

/// An instrument with a dimension about the leader and one more item of the first dimension.
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

/// A manifest with keys that nobody holds.
pub(crate) fn manifest(wave: &str, groups: &[Group]) -> Manifest {
    let key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let hash = "00".repeat(32);
    serde_json::from_value(serde_json::json!({
        "format": "candor-manifest/1", "wave": wave, "organisation": "Lindgren & Daughters", "mode": "solo", "passphrase": false,
        "k": 5, "group_min": 7, "coalition": 1, "min_range": 3, "comments": null,
        "audiences": {"leaders": "own-block", "unit_leaders": "sub-total", "hr": "all-blocks", "team": true},
        "purpose": "to improve how we work together", "not_for": "appraisal of any person",
        "instrument": {"id": "pulse", "version": 1, "sha256": hash}, "languages": ["en", "de"],
        "credential_suite": "POPRF-ristretto255-SHA512", "credential_key": key, "kem_id": 32, "kdf_id": 1, "aead_id": 1,
        "box_key": key, "board_key": key, "trustee_key": null, "client_sha256": hash, "groups_root": hash,
        "groups": groups.len(), "invited": groups.iter().map(|g| g.invited).sum::<u32>(), "leaf_size": 512, "response_size": 1536,
        "opens_at": "2026-01-05T08:00:00Z",
        "schedule": {"pace": "manual", "closes_at": "2026-01-19T08:00:00Z", "grace_seconds": 0, "window_seconds": 0, "publish_at_seconds": 0, "publish_by_seconds": 1},
        "nonce": key,
    }))
    .expect("a manifest of this version")
}

/// A block given by hand: members, ballots, and per item (answers, sum E).
pub(crate) struct HandBlock {
    pub(crate) unit: Vec<&'static str>,
    pub(crate) members: Vec<Member>,
    pub(crate) n: u32,
    pub(crate) sums: Vec<Option<(u32, u64)>>,
}

/// A published wave from blocks given by hand.
pub(crate) fn wave(
    id: &str,
    instrument: &Instrument,
    groups: &[Group],
    blocks: Vec<HandBlock>,
    constants: Option<OrgConstants>,
) -> PastWave {
    let rules: Vec<ItemRule> = instrument
        .items
        .iter()
        .map(|item| {
            let scale = instrument.scale_of(item).unwrap();
            ItemRule { item: item.id.clone(), points: scale.points(), grid: scale.grid }
        })
        .collect();
    let cell = |rule: &ItemRule, answered: Option<(u32, u64)>| {
        let (n, sum) = answered?;
        let cells = Coarsening::new(rule.points, rule.grid, 1, 3).unwrap().cells(n).ok()?;
        Some(PublishedCell { n, cell: cells.of_sum(sum)? })
    };
    let blocks: Vec<Block> = blocks
        .into_iter()
        .enumerate()
        .map(|(place, block)| Block {
            id: BlockId(place as u32),
            unit: path(&block.unit),
            members: block.members,
            n: block.n,
            cells: rules.iter().zip(block.sums).map(|(rule, answered)| cell(rule, answered)).collect(),
        })
        .collect();
    let n = blocks.iter().map(|block| block.n).sum();
    let manifest = manifest(id, groups);
    let counts = Counts { invited: manifest.invited, issued: n, spent: n, invalid: 0, unplaced: 0 };
    let release = Release {
        format: "candor-release/1".to_owned(),
        wave: WaveId::parse(id).unwrap(),
        manifest: "00".repeat(32),
        counts,
        base: Base { k: 5, coalition: 1, min_range: 3, items: rules, blocks },
        org: Org { constants },
        comments: vec![],
    };
    PastWave::Published(Box::new(PublishedWave {
        manifest,
        groups: leaves(groups),
        instrument: instrument.clone(),
        release,
        notices: Vec::new(),
    }))
}

/// The constants of an organisation with the same spread everywhere.
pub(crate) fn constants(instrument: &Instrument, sd_tenths: u32, respondents: u32, groups: u32) -> OrgConstants {
    let of = |dimension: &Dimension| DimensionConstant { dimension: dimension.id.clone(), sd_tenths, respondents, groups };
    OrgConstants { dimensions: instrument.dimensions.iter().map(of).collect(), items: Vec::new(), correlations: Vec::new() }
}

const UNITS: [&[&str]; 4] = [&[], &["Sales"], &["Operations"], &["Operations", "Line"]];
const SHARES: [SameShare; 4] =
    [SameShare::UnderQuarter, SameShare::QuarterToHalf, SameShare::HalfToThreeQuarters, SameShare::ThreeQuartersOrMore];

/// Several waves of an invented organisation: groups that go on, merge, split, vanish and appear; aborted waves in between.
pub(crate) fn organisation(chance: &mut Chance) -> Vec<PastWave> {
    let mut groups: Vec<Group> = Vec::new();
    for place in 0..3 + chance.below(7) {
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
        waves.push(random_wave(chance, &format!("w{number}"), &groups, &mut levels));
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

fn random_wave(chance: &mut Chance, id: &str, groups: &[Group], levels: &mut BTreeMap<String, f64>) -> PastWave {
    let instrument = match chance.below(6) {
        0 => shortened(),
        1 | 2 => quarterly(),
        _ => pulse(),
    };
    let counted: Vec<GroupCount> = groups
        .iter()
        .enumerate()
        .map(|(place, group)| GroupCount {
            group: GroupId(place as u32),
            unit: path(&group.unit),
            n: (0..group.invited).filter(|_| chance.hits(70)).count() as u32,
        })
        .collect();
    let mut upward: Vec<UpwardCount> = Vec::new();
    for unit in UNITS {
        if chance.hits(25) {
            upward.push(UpwardCount { unit: path(unit), n: 1 + chance.below(7) });
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
            HandBlock { unit: Vec::new(), members: block.members.clone(), n: block.n, sums: sums.collect() }
        })
        .collect();
    let known = chance.hits(60).then(|| constants(&instrument, 5 + chance.below(16), 100 + chance.below(400), 8 + chance.below(30)));
    let mut wave = wave(id, &instrument, groups, blocks, known);
    if let PastWave::Published(wave) = &mut wave {
        for (block, planned) in wave.release.base.blocks.iter_mut().zip(&planned.blocks) {
            block.unit = planned.unit.clone();
        }
    }
    wave
}
