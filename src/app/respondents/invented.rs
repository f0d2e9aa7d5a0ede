//! Three rounds of a group that does not exist, for the example of a leader's page.
//!
//! They have the questionnaire and the rules of a real round, and nothing else of it: no answer, no name, no number. They are always the same, and
//! they come in through the door that every result comes through, signed with keys that everybody can read here and that no promise sheet names.

use std::time::Duration;

use disclosure::{Base, Block, BlockId, Coarsening, ItemRule, Member, PublishedCell};
use domain::instrument::{Instrument, Item, Publish};
use domain::{DimensionId, GroupId, GroupLeaf, Predecessor, SameShare, TeamEntry, TeamLabel, UnitPath, WaveId};
use protocol::notice::NoticesKey;
use protocol::{BoardKey, FrozenManifest, GroupList, Manifest, Sha256Digest};
use release::reading::{FrozenWave, PastWave};
use release::{Counts, Org, RELEASE_FORMAT, Release};
use reports::Words;

/// The block of the one group.
pub(super) const BLOCK: BlockId = BlockId(0);

/// So many people of the group answer in a round, unless the rule for small groups asks for more.
const ANSWERS: [u32; 3] = [7, 9, 8];

/// From one round to the next.
const QUARTER: Duration = Duration::from_secs(91 * 24 * 3600);

/// How the answers to a dimension lie in the three rounds, as parts of the scale.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape {
    /// Better than before.
    Rises,
    /// About the same.
    Stays,
    /// At the upper end, where no exact number is published.
    High,
    /// Fewer people answer it in the last round than may be shown.
    Vanishes,
}

impl Shape {
    /// What a page can show, in the order of the questionnaire: something to compare first, and something that cannot be seen last.
    const fn of(place: usize, dimensions: usize) -> Self {
        match place {
            0 => Self::Rises,
            _ if place + 1 == dimensions => Self::Vanishes,
            _ if place % 2 == 1 => Self::Stays,
            _ => Self::High,
        }
    }

    const fn level(self, round: usize) -> f64 {
        match (self, round) {
            (Self::Rises, 0) => 0.42,
            (Self::Rises, 1) => 0.46,
            (Self::Rises, _) => 0.66,
            (Self::Stays, 1) => 0.58,
            (Self::Stays, _) => 0.61,
            (Self::High, _) => 0.98,
            (Self::Vanishes, _) => 0.52,
        }
    }
}

/// What is wrong with the invention; a fault of the program, or a questionnaire that no result can be made of.
pub(super) type Fault = Box<dyn std::error::Error + Send + Sync>;

/// Three rounds with the rules of `promises` and its questionnaire, oldest first.
pub(super) fn rounds(words: &Words, promises: &Manifest, instrument: &Instrument) -> Result<Vec<PastWave>, Fault> {
    (0..ANSWERS.len()).map(|number| round(words, promises, instrument, number)).collect()
}

fn round(words: &Words, promises: &Manifest, instrument: &Instrument, number: usize) -> Result<PastWave, Fault> {
    let n = ANSWERS.get(number).copied().unwrap_or_default().max(promises.k + 1);
    let groups = GroupList::freeze(vec![group(words, promises, number)?])?;
    let base = table(promises, instrument, number, n)?;
    let (board_key, notices_key) = (BoardKey::from_bytes(&[7; 32]), NoticesKey::from_bytes(&[8; 32]));
    let bytes = instrument.to_bytes()?;
    let mut manifest = promises.clone();
    manifest.wave = WaveId::parse(&format!("{}-{}", words.specimen_round(), number + 1))?;
    manifest.instrument.sha256 = Sha256Digest::of(&bytes);
    manifest.board_key = board_key.public_key();
    manifest.notices_key = Some(notices_key.public_key());
    manifest.groups_root = groups.root();
    manifest.groups = groups.groups();
    manifest.invited = groups.invited();
    manifest.leaf_size = groups.leaf_size();
    manifest.response_size = groups.leaf_size() + protocol::manifest::RESPONSE_OVERHEAD;
    for _ in 0..number {
        manifest.schedule.closes_at = manifest.schedule.closes_at.plus(QUARTER);
    }
    let wave = manifest.wave.clone();
    let manifest = FrozenManifest::freeze(manifest)?;
    let release = Release {
        format: RELEASE_FORMAT.to_owned(),
        wave: wave.clone(),
        manifest: manifest.hash().to_text(),
        counts: Counts { invited: groups.invited(), issued: n, spent: n, invalid: 0, unplaced: 0 },
        base,
        org: Org { constants: None },
        comments: Vec::new(),
    };
    let release = serde_json::to_vec(&release)?;
    let frozen = FrozenWave {
        wave,
        groups: groups.into_leaves(),
        instrument: bytes,
        sha256: Sha256Digest::of(&release),
        signature: board_key.sign_release(&manifest.hash(), &release),
        release,
        manifest: manifest.bytes().to_vec(),
        vouched: None,
        notices: Vec::new(),
    };
    Ok(PastWave::Published(Box::new(frozen.check()?)))
}

/// The one group, with a team and a leader of the same name.
fn group(words: &Words, promises: &Manifest, number: usize) -> Result<GroupLeaf, Fault> {
    let label = words.specimen_group();
    let most = ANSWERS.iter().copied().max().unwrap_or_default().max(promises.k + 1);
    let before = Predecessor { group: GroupId(0), same: SameShare::ThreeQuartersOrMore };
    Ok(GroupLeaf {
        group: GroupId(0),
        label: label.to_owned(),
        unit: UnitPath::organisation(),
        invited: (most + 1).max(promises.group_min),
        predecessors: if number == 0 { Vec::new() } else { vec![before] },
        teams: vec![TeamEntry { label: TeamLabel::parse(label)?, leaders: vec![label.to_owned()] }],
    })
}

/// What is published of `n` answers: the same cells as of real ones.
fn table(promises: &Manifest, instrument: &Instrument, number: usize, n: u32) -> Result<Base, Fault> {
    let shown: Vec<&DimensionId> = instrument.dimensions.iter().map(|dimension| &dimension.id).collect();
    let (mut items, mut cells) = (Vec::new(), Vec::new());
    for (place, item) in instrument.items.iter().enumerate() {
        let scale = instrument.scale_of(item).ok_or("a statement without a scale")?;
        let dimension = shown.iter().position(|id| Some(*id) == item.dimension.as_ref());
        let shape = dimension.map_or(Shape::Stays, |dimension| Shape::of(dimension, shown.len()));
        let hidden = item.publish == Publish::Organisation || (shape == Shape::Vanishes && number + 1 == ANSWERS.len());
        items.push(ItemRule { item: item.id.clone(), points: scale.points(), grid: scale.grid });
        let cell = if hidden { None } else { Some(level(shape, number, place, item)) };
        cells.push(match cell {
            Some(level) => Coarsening::new(scale.points(), scale.grid, promises.coalition, promises.min_range)?
                .cells(n)
                .ok()
                .and_then(|cells| cells.of_sum(part(level, cells.largest_sum())).map(|cell| PublishedCell { n, cell })),
            None => None,
        });
    }
    let block = Block { id: BLOCK, unit: UnitPath::organisation(), members: vec![Member::Group(GroupId(0))], n, cells };
    Ok(Base { k: promises.k, coalition: promises.coalition, min_range: promises.min_range, items, blocks: vec![block] })
}

/// Where the answers to one statement lie, as a part of the scale: a little beside its dimension, and turned where the statement is.
fn level(shape: Shape, round: usize, place: usize, item: &Item) -> f64 {
    const BESIDE: [f64; 5] = [0.0, 0.04, -0.03, 0.02, -0.05];
    let beside = BESIDE.get(place % BESIDE.len()).copied().unwrap_or_default();
    let level = (shape.level(round) + beside).clamp(0.0, 1.0);
    if item.reversed { 1.0 - level } else { level }
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a part of a sum of few answers")]
fn part(level: f64, largest: u64) -> u64 {
    (level * largest as f64).round() as u64
}
