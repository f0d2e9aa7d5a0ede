//! What is said beside what is lived, in forms that ask for both.

use domain::ItemId;
use release::reading::{PublishedWave, StatementScore};

use super::result::Common;
use crate::catalogue::Fixed;
use crate::charts::{self, Label, dumbbell_chart};
use crate::language::BrokenWords;
use crate::tagged::{self, Tagged};
use crate::{ReportProblem, Words};

/// The verdict, and the pairs of which both sides are shown.
pub(super) struct PairsView {
    pub(super) word: Tagged,
    pub(super) reasons: Vec<Tagged>,
    pub(super) chart: Option<String>,
    pub(super) pairs: Vec<PairView>,
}

/// One pair.
pub(super) struct PairView {
    pub(super) number: usize,
    pub(super) said: SideView,
    pub(super) lived: SideView,
}

/// One side of a pair. The numbers stand here a second time, so that they carry no attributes.
pub(super) struct SideView {
    pub(super) text: String,
    pub(super) score: String,
}

pub(super) fn pairs_view(words: &Words, wave: &PublishedWave, common: &Common<'_>) -> Result<Option<PairsView>, ReportProblem> {
    let Some(verdict) = common.said else { return Ok(None) };
    let of = |id: &ItemId| common.statements.iter().find(|statement| &statement.item == id);
    let shown: Vec<_> = wave.instrument.pairs.iter().filter_map(|pair| Some((of(&pair.said)?, of(&pair.lived)?))).collect();
    let side = |statement: &StatementScore| {
        let asked = wave.instrument.items.iter().find(|item| item.id == statement.item);
        let text = asked.map_or_else(|| statement.item.to_string(), |item| words.of(&item.text));
        Ok(SideView { text, score: words.score_short(&statement.sight)? })
    };
    let pairs = (1..).zip(&shown).map(|(number, (said, lived))| Ok(PairView { number, said: side(said)?, lived: side(lived)? }));
    let pairs = pairs.collect::<Result<Vec<_>, BrokenWords>>()?;
    let colon = words.say(Fixed::Colon);
    let (says, does) = (words.say(Fixed::SaidSays), words.say(Fixed::SaidDoes));
    let told = pairs.iter().map(|pair| format!("{}. {says}{colon} {}. {does}{colon} {}.", pair.number, pair.said.score, pair.lived.score));
    let text = told.collect::<Vec<_>>().join(" ");
    let drawn: Vec<_> = shown.iter().map(|(said, lived)| charts::Pair { said: &said.sight, lived: &lived.sight }).collect();
    let id = common.id_of("pairs");
    let chart = (!drawn.is_empty()).then(|| dumbbell_chart(words, Label { id: &id, source: &common.source }, &text, &drawn)).transpose()?;
    let first = common.since().is_none();
    let reasons = verdict.reasons.iter().map(|reason| tagged::reason(words, reason, common.since()));
    Ok(Some(PairsView { word: tagged::verdict(words, verdict, first), reasons: reasons.collect::<Result<_, _>>()?, chart, pairs }))
}
