//! What the tests of the opening are given: an instrument, an organisation, and people who answer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod acceptance;
mod comments;
mod constants;
mod constants_attack;
mod metamorphic;
mod refusals;
mod sealed;
mod table;

use std::collections::BTreeMap;

use domain::instrument::{Dimension, Instrument, Item, Publish, Scale};
use domain::{DimensionId, GroupId, GroupLeaf, ItemId, Language, TeamEntry, TeamLabel, UnitPath};
use protocol::Level;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::rows::Row;
use super::table::Policy;

const POLICY: Policy = Policy { k: 5, coalition: 1, min_range: 3 };

fn scale(points: usize, grid: u32) -> Scale {
    let labels = BTreeMap::from([(Language::parse("en").unwrap(), (1..=points).map(|point| point.to_string()).collect())]);
    Scale { labels, opt_out: BTreeMap::new(), grid, lead_in: BTreeMap::new() }
}

fn item(id: &str, scale: &str, dimension: Option<&str>) -> Item {
    Item {
        id: ItemId::parse(id).unwrap(),
        text: BTreeMap::new(),
        scale: scale.into(),
        reversed: id.ends_with('r'),
        dimension: dimension.map(|id| DimensionId::parse(id).unwrap()),
        publish: Publish::Team,
        licence: "CC0-1.0".into(),
        source: "own".into(),
        about_leader: false,
    }
}

/// Three items of one dimension (one of them reversed), two of another on five points, an item about the leader, one for the
/// organisation only.
fn instrument() -> Instrument {
    let dimension = |id: &str| Dimension { id: DimensionId::parse(id).unwrap(), name: BTreeMap::new(), declared_sd: 1.2 };
    Instrument {
        id: "test".into(),
        version: 1,
        title: BTreeMap::new(),
        licence: "CC0-1.0".into(),
        languages: vec![Language::parse("en").unwrap()],
        informal: vec![],
        scales: BTreeMap::from([("seven".into(), scale(7, 3)), ("five".into(), scale(5, 2)), ("yes-no".into(), scale(2, 2))]),
        dimensions: vec![dimension("SAF"), dimension("STD")],
        items: vec![
            item("SAF1", "seven", Some("SAF")),
            item("SAF2r", "seven", Some("SAF")),
            item("SAF3", "seven", Some("SAF")),
            item("STD1", "five", Some("STD")),
            item("STD2", "five", Some("STD")),
            Item { about_leader: true, ..item("LED1", "seven", None) },
            Item { publish: Publish::Organisation, ..item("ORG1", "yes-no", None) },
        ],
        comments: vec![],
        pairs: vec![],
    }
}

fn points(instrument: &Instrument) -> Vec<u8> {
    instrument.items.iter().map(|item| instrument.scale_of(item).unwrap().points()).collect()
}

/// Groups in units, with one leader each.
fn groups(units: &[&[&str]], invited: u32) -> Vec<GroupLeaf> {
    let label = |text: &str| TeamLabel::parse(text).unwrap();
    (0..)
        .zip(units)
        .map(|(id, unit)| GroupLeaf {
            group: GroupId(id),
            label: format!("Group {id}"),
            unit: UnitPath(unit.iter().map(|unit| label(unit)).collect()),
            invited,
            predecessors: vec![],
            teams: vec![TeamEntry { label: label(&format!("Team {id}")), leaders: vec![format!("Leader {id}")] }],
        })
        .collect()
}

/// An organisation of three units in which some groups answer well and some badly.
struct Wave {
    instrument: Instrument,
    groups: Vec<GroupLeaf>,
    rows: Vec<Row>,
}

impl Wave {
    /// The same seed gives the same wave.
    fn random(seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let instrument = instrument();
        let groups = groups(&[&["North"], &["North"], &["North", "West"], &["South"], &["South"], &[]], 12);
        let rows = (0..6).flat_map(|group| {
            let answering = rng.random_range(0..=12);
            (0..answering).map(|_| row(group, &instrument, &mut rng)).collect::<Vec<_>>()
        });
        let rows = rows.collect();
        Self { instrument, groups, rows }
    }
}

fn row(group: u32, instrument: &Instrument, rng: &mut StdRng) -> Row {
    let level = match rng.random_range(0..10) {
        0 => Level::Organisation,
        1 | 2 => Level::Unit,
        _ => Level::Group,
    };
    let answers: Vec<u8> =
        points(instrument).iter().map(|points| if rng.random_range(0..12) == 0 { 0 } else { rng.random_range(1..=*points) }).collect();
    Row::new(group, level, &answers)
}
