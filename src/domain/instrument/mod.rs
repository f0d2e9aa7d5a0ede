//! An instrument: the questionnaire of a wave.
//!
//! [`template`] reads one from a TOML file, [`catalogue`] holds the ones an installation can ask. `docs/instruments.md` is for people who write one.

pub mod catalogue;
pub mod template;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ids::{DimensionId, ItemId, Language, QuestionId};

pub use catalogue::{Catalogue, CatalogueProblems};

/// Bytes of a ballot that are left for answers and comments (`docs/protocol.md`): one per item, and per open question
/// [`OpenQuestion::bytes`].
pub const BALLOT_ROOM: usize = 4_092;
/// Most open questions of an instrument.
pub const MOST_QUESTIONS: usize = 3;
/// Most characters of one comment.
pub const LONGEST_COMMENT: u16 = 600;

/// A text in several languages.
pub type Words = BTreeMap<Language, String>;

/// A questionnaire with everything that is needed to ask, to score and to publish it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Short name, for instance `pulse`.
    pub id: String,
    /// Version of the wording; a changed item gets a new id, so versions only ever add.
    pub version: u32,
    /// Title that people read.
    pub title: Words,
    /// SPDX licence of the file as a whole.
    pub licence: String,
    /// Languages in which every text exists, the first being the master.
    pub languages: Vec<Language>,
    /// Those of them in which the survey page and the mails address people informally (du, tu, tú); none by default.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub informal: Vec<Language>,
    /// Answer scales by name.
    pub scales: BTreeMap<String, Scale>,
    /// Dimensions in the order of reports.
    pub dimensions: Vec<Dimension>,
    /// Items in the order of asking; an answer's place in the ballot is its item's place here.
    pub items: Vec<Item>,
    /// Open questions in the order of asking, behind the items; none where no comments are asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<OpenQuestion>,
    /// Statements about what is said, each with the one about what is done; none where the questionnaire does not tell the two apart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pairs: Vec<Pair>,
}

/// A statement about what is said, for instance by a leader, and the one about what happens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// The item about what is said.
    pub said: ItemId,
    /// The item about what is lived.
    pub lived: ItemId,
}

/// An answer scale with every point labelled in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Labels from the lowest (1) to the highest point, per language.
    pub labels: BTreeMap<Language, Vec<String>>,
    /// The answer that counts as missing ("cannot say", "no occasion").
    pub opt_out: Words,
    /// Grid g of disclosure control in sum points: at least 2, and a divisor of the number of points minus one; otherwise
    /// [`Scale::can_be_coarsened`] is false.
    pub grid: u32,
    /// A line shown above statements of this scale, for instance the time window.
    pub lead_in: Words,
}

/// A scale score made of several items.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dimension {
    /// Short name, for instance `SAF`.
    pub id: DimensionId,
    /// Name that people read.
    pub name: Words,
    /// The within-group standard deviation used below 100 complete respondents, in raw scale points.
    pub declared_sd: f64,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Short name, stable for ever.
    pub id: ItemId,
    /// The wording.
    pub text: Words,
    /// Name of the answer scale.
    pub scale: String,
    /// Whether agreement means less of the dimension.
    pub reversed: bool,
    /// The dimension the item counts in; `None` for a single item.
    pub dimension: Option<DimensionId>,
    /// Where the item may be published.
    pub publish: Publish,
    /// SPDX licence of the wording.
    pub licence: String,
    /// Where the wording comes from.
    pub source: String,
    /// Whether the item speaks about the leader (published only for a block with one leader, or over three or more).
    pub about_leader: bool,
}

/// A question that is answered in a person's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenQuestion {
    /// Short name, stable for ever.
    pub id: QuestionId,
    /// The wording.
    pub text: Words,
    /// Most characters (Unicode scalar values) of a comment, up to [`LONGEST_COMMENT`].
    pub longest: u16,
    /// SPDX licence of the wording.
    pub licence: String,
    /// Where the wording comes from.
    pub source: String,
}

impl OpenQuestion {
    /// The most bytes that a comment can take in a ballot: its length in two, and four for each character.
    #[must_use]
    pub fn bytes(&self) -> usize {
        2 + 4 * usize::from(self.longest)
    }
}

/// Where an item may be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Publish {
    /// Per block.
    Team,
    /// For the organisation only.
    Organisation,
}

impl Scale {
    /// The number of points L.
    #[must_use]
    pub fn points(&self) -> u8 {
        self.labels.values().next().map_or(0, |labels| u8::try_from(labels.len()).unwrap_or(u8::MAX))
    }

    /// Whether disclosure control can coarsen sums of this scale; if not, its items are published for the organisation only.
    #[must_use]
    pub fn can_be_coarsened(&self) -> bool {
        self.grid >= 2 && u32::from(self.points()).checked_sub(1).is_some_and(|range| range > 0 && range.is_multiple_of(self.grid))
    }
}

impl Instrument {
    /// The scale of an item. A checked instrument has one for every item.
    #[must_use]
    pub fn scale_of(&self, item: &Item) -> Option<&Scale> {
        self.scales.get(&item.scale)
    }

    /// The same questionnaire for a wave that asks for no comments.
    #[must_use]
    pub fn without_comments(&self) -> Self {
        Self { comments: Vec::new(), ..self.clone() }
    }

    /// The same questionnaire in some of its languages, in its own order; those that it does not have do not count.
    #[must_use]
    pub fn only_in(&self, languages: &[Language]) -> Self {
        let mut only = self.clone();
        let keep = |language: &Language| languages.contains(language);
        let thin = |words: &mut Words| words.retain(|language, _| keep(language));
        only.languages.retain(keep);
        only.informal.retain(keep);
        thin(&mut only.title);
        for scale in only.scales.values_mut() {
            scale.labels.retain(|language, _| keep(language));
            thin(&mut scale.opt_out);
            thin(&mut scale.lead_in);
        }
        only.dimensions.iter_mut().for_each(|dimension| thin(&mut dimension.name));
        only.items.iter_mut().for_each(|item| thin(&mut item.text));
        only.comments.iter_mut().for_each(|question| thin(&mut question.text));
        only
    }

    /// The bytes of this instrument as a wave serves them: compact JSON in the order of the fields; their hash stands in the manifest.
    ///
    /// The same instrument always gives the same bytes. `serde_json::from_slice` reads them back.
    ///
    /// # Errors
    /// None that a checked instrument can cause; the type is that of `serde_json`.
    pub fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }
}
