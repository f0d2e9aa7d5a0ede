//! The fields of `sdc-audit/1`, as far as Candor has something to say in them. A reader refuses fields and statistics that it does not know, so
//! nothing may be added here without a new version of the format.

use std::collections::{BTreeMap, BTreeSet};

use domain::{ItemId, PersonId, WaveId};
use serde::{Serialize, Serializer};

/// An audit file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AuditFile {
    /// `"sdc-audit/1"`.
    pub format: AuditFormat,
    /// What every wave promised.
    pub policy: Policy,
    /// The scale of each item.
    pub measures: BTreeMap<ItemId, Measure>,
    /// Per wave, who could be in each unit.
    pub rosters: BTreeMap<WaveId, BTreeMap<String, Heads>>,
    /// What was published, and the groups of which nothing was.
    pub groups: Vec<AuditGroup>,
}

impl AuditFile {
    /// The file's bytes: indented JSON, the same for the same waves.
    ///
    /// # Errors
    /// A JSON problem, which does not happen for these fields.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

/// The name of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditFormat;

impl Serialize for AuditFormat {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("sdc-audit/1")
    }
}

/// What is promised of the numbers in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Policy {
    /// Fewest respondents reported together.
    pub k: u32,
    /// Colluding colleagues covered.
    pub coalition: u32,
    /// Values that stay possible for every answer.
    pub min_range: u32,
    /// Fewest respondents whose comments are shown together.
    pub comments_k: u32,
    /// From how many respondents a histogram could be published; none is.
    pub hist_min_n: u32,
    /// Which waves are held against each other.
    pub cross_wave: CrossWave,
    /// Whether groups whose people changed a little are withheld: no.
    pub strict_roster: bool,
    /// Values that stay possible for the answer of somebody who joined or left between two waves, all other answers unchanged.
    pub pair_min_range: u32,
    /// Colluding colleagues covered across two waves.
    pub pair_coalition: u32,
}

/// Which waves are held against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CrossWave {
    /// Every two.
    Pairs,
}

/// The scale of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Measure {
    /// Lowest answer.
    pub min: u8,
    /// Highest answer.
    pub max: u8,
    /// Distance between two answers.
    pub step: u8,
}

/// Who could be in a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Heads {
    /// So many people.
    Count(u32),
    /// These people.
    People(BTreeSet<PersonId>),
}

/// A set of units of one wave, with what was published of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AuditGroup {
    /// Unique in the file.
    pub id: String,
    /// The wave.
    pub wave: WaveId,
    /// How often this was published: once.
    pub version: u32,
    /// The units in it.
    pub units: BTreeSet<String>,
    /// Whether anything was published of it.
    pub published: bool,
    /// Respondents; of sub-totals not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n: Option<u32>,
    /// The band of respondents that pages show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n_range: Option<[u32; 2]>,
    /// What was published.
    pub stats: Vec<Stat>,
}

/// A published number.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "stat", rename_all = "snake_case")]
pub enum Stat {
    /// The mean of an item's answers lies somewhere in a range, whatever those who left it blank had answered.
    MeanRange {
        /// The item.
        measure: ItemId,
        /// Lower end, rounded down to six decimals.
        lo: f64,
        /// Upper end, rounded up to six decimals.
        hi: f64,
        /// The one value that stands for the range where a number is needed, to six decimals.
        rep: f64,
    },
    /// The mean of some groups' `rep`, weighted by their `n`.
    Derived {
        /// The item.
        measure: ItemId,
        /// The groups.
        blocks: Vec<String>,
        /// The mean.
        value: f64,
        /// To how many decimals it is rounded.
        decimals: u32,
    },
    /// Comments are shown together.
    Pool {
        /// `"__comments"`.
        measure: String,
    },
}
