//! What can be wrong with a template, and what to do about it, in words for the person who wrote the file.

use std::fmt;

use crate::ids::{InvalidId, Language};

/// What is wrong at one place of a template; `Display` says what it is and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateFault {
    /// Not TOML.
    #[error("this is not valid TOML: {0}")]
    Syntax(String),
    /// A field that must be there is not.
    #[error("{key} is missing; {advice}")]
    Missing {
        /// The field.
        key: &'static str,
        /// What to write.
        advice: &'static str,
    },
    /// A field of another kind.
    #[error("{key} is {found} and must be {expected}")]
    WrongKind {
        /// The field.
        key: String,
        /// What belongs there, with its article.
        expected: &'static str,
        /// What stands there.
        found: &'static str,
    },
    /// A field that templates do not have.
    #[error("{key:?} is not known here; possible are {known}. Correct the spelling or remove it")]
    UnknownKey {
        /// The field.
        key: String,
        /// The fields that exist here.
        known: String,
    },
    /// Nothing but white space.
    #[error("{key} is empty; write a text")]
    Empty {
        /// The field.
        key: String,
    },
    /// More characters than the field takes.
    #[error("{key} has {found} characters; at most {limit} are possible, shorten it")]
    TooLong {
        /// The field.
        key: String,
        /// Characters found.
        found: usize,
        /// Characters possible.
        limit: usize,
    },
    /// A control character or line break.
    #[error("{key} contains a line break or another control character; write it as one line of text")]
    Control {
        /// The field.
        key: String,
    },
    /// A short name that breaks its rule.
    #[error(transparent)]
    Id(#[from] InvalidId),
    /// The id of the instrument is not a slug.
    #[error("{given:?} cannot name an instrument; use 1 to 40 lower-case letters, digits and hyphens, for instance pulse")]
    InstrumentId {
        /// The id as written.
        given: String,
    },
    /// A licence that is no SPDX expression.
    #[error("{given:?} is not an SPDX licence expression; write for instance CC0-1.0, CC-BY-4.0 or LicenseRef-Permission-Of-Author")]
    Licence {
        /// The licence as written.
        given: String,
    },
    /// A version below 1 or absurdly large.
    #[error("version is {given}; count from 1")]
    Version {
        /// The number as written.
        given: String,
    },
    /// An id twice.
    #[error("the id {id} is used already {first}; give every {what} an id of its own")]
    DuplicateId {
        /// Scale, item, dimension or comment.
        what: &'static str,
        /// The id.
        id: String,
        /// Place of the first use.
        first: Earlier,
    },
    /// The file builds on something that there is not.
    #[error("there is no instrument {id:?} to build on; there are {known}")]
    NothingBelow {
        /// The id as written.
        id: String,
        /// The instruments that there are.
        known: String,
    },
    /// The file builds on the same twice.
    #[error("{id} is named twice; name it once")]
    BuildsTwice {
        /// The id.
        id: String,
    },
    /// The file builds on itself, directly or through others.
    #[error("{id} builds on this file, or is this file; nothing can build on itself")]
    BuildsInACircle {
        /// The id.
        id: String,
    },
    /// The file builds on one that is not sound.
    #[error("{id}, on which this file builds, has problems of its own; mend those first")]
    UnsoundBelow {
        /// The id.
        id: String,
    },
    /// What the file builds on lacks one of its languages.
    #[error("{id}, on which this file builds, has no {language} version; take {language} out of languages")]
    LanguageBelow {
        /// The id.
        id: String,
        /// The language.
        language: Language,
    },
    /// Two instruments below differ in what should be the same.
    #[error("the {what} {id} is not the same in {first} and {second}; build on one of them, or give it another id in one")]
    DifferentBelow {
        /// Scale, item, dimension or comment.
        what: &'static str,
        /// The id.
        id: String,
        /// The instrument that is named first.
        first: String,
        /// The one that differs from it.
        second: String,
    },
    /// An item of teams on a scale that cannot be coarsened.
    #[error(
        "the scale {scale} has no grid, so its answers can be published for the organisation only; give the scale a grid, or write publish = \"organisation\""
    )]
    NoGrid {
        /// The scale.
        scale: String,
    },
    /// A language twice in `languages`.
    #[error("the language {language} is named twice; remove one")]
    DuplicateLanguage {
        /// The language.
        language: Language,
    },
    /// `languages` is empty.
    #[error("languages is empty; name at least one, the master first, for instance [\"en\", \"de\"]")]
    NoLanguages,
    /// A declared language has no text here.
    #[error("{text} has no {language} version; add it, or take {language} out of languages")]
    MissingTranslation {
        /// The text that lacks it.
        text: String,
        /// The language.
        language: Language,
    },
    /// A text in a language that is not declared.
    #[error(
        "{text} has a version in {language}, which is not among languages; add {language} there and translate every text, or remove it"
    )]
    UndeclaredLanguage {
        /// The text.
        text: String,
        /// The language as written.
        language: String,
    },
    /// The item names a scale that does not exist.
    #[error("the scale {scale:?} does not exist; there are {known}")]
    UnknownScale {
        /// The scale as written.
        scale: String,
        /// The scales of the template.
        known: String,
    },
    /// The item names a dimension that does not exist.
    #[error("the dimension {dimension:?} does not exist; there are {known}. A single item has no dimension field")]
    UnknownDimension {
        /// The dimension as written.
        dimension: String,
        /// The dimensions of the template.
        known: String,
    },
    /// A scale with too few or too many points.
    #[error("the scale has {points} points; use {} to {}, every one with a label in words", super::FEWEST_POINTS, super::MOST_POINTS)]
    Points {
        /// Labels found.
        points: usize,
    },
    /// Labels in one language differ in number from the master.
    #[error("there are {found} labels in {language} and {expected} in {master}; give every point a label in every language")]
    LabelCount {
        /// The language.
        language: Language,
        /// Labels in it.
        found: usize,
        /// The language compared with.
        master: Language,
        /// Labels in the master.
        expected: usize,
    },
    /// Two points of a scale read the same.
    #[error("the label {label:?} stands twice in {language}; two points of a scale cannot read the same")]
    RepeatedLabel {
        /// The label.
        label: String,
        /// The language.
        language: Language,
    },
    /// Disclosure control cannot coarsen with this grid.
    #[error("grid is {grid} for a scale of {points} points; it must be at least 2 and divide {} without remainder{}", points - 1, possible(*.points))]
    Grid {
        /// The grid as written.
        grid: i64,
        /// Points of the scale.
        points: usize,
    },
    /// A standard deviation outside its range.
    #[error("declared_sd is {given}; it must lie between {} and {} raw scale points", super::SD_RANGE.0, super::SD_RANGE.1)]
    DeclaredSd {
        /// The number as written.
        given: String,
    },
    /// A questionnaire without questions.
    #[error("there are no items; add at least one [[items]]")]
    NoItems,
    /// More items than anybody answers.
    #[error("there are {found} items; at most {} are possible", super::MOST_ITEMS)]
    TooManyItems {
        /// Items found.
        found: usize,
    },
    /// A dimension of no or one item.
    #[error("the dimension {dimension} has {items} item{}; a dimension needs at least 2, a single item stands without one", if *.items == 1 { "" } else { "s" })]
    SmallDimension {
        /// The dimension.
        dimension: String,
        /// Its items.
        items: usize,
    },
    /// Items that cannot be averaged.
    #[error(
        "the item's scale has {points} points and grid {grid}, the first item of dimension {dimension} has {first_points} and {first_grid}; items of one dimension must share both"
    )]
    MixedDimension {
        /// The dimension.
        dimension: String,
        /// Points of this item's scale.
        points: u8,
        /// Grid of this item's scale.
        grid: u32,
        /// Points of the first item's scale.
        first_points: u8,
        /// Grid of the first item's scale.
        first_grid: u32,
    },
    /// A pair names an item that does not exist, or is not sound.
    #[error("there is no sound item {item}; name an item of this file")]
    UnknownItem {
        /// The item as written.
        item: String,
    },
    /// A pair names an item that is not shown in groups.
    #[error("the item {item} is shown for the organisation only; a pair needs items that are shown in groups")]
    PairNotInGroups {
        /// The item.
        item: String,
    },
    /// A pair of one item with itself, or a pair twice.
    #[error("{said} and {lived} are one item or a pair already; name every pair once, with two items")]
    PairTwice {
        /// The item about what is said.
        said: String,
        /// The item about what is done.
        lived: String,
    },
    /// More open questions than a ballot has room for.
    #[error("there are {found} open questions; at most {} are possible", crate::instrument::MOST_QUESTIONS)]
    TooManyQuestions {
        /// Questions found.
        found: usize,
    },
    /// A length of comments outside its range.
    #[error("longest is {given}; a comment may have 1 to {} characters", crate::instrument::LONGEST_COMMENT)]
    Longest {
        /// The number as written.
        given: i64,
    },
    /// Comments as long as the questions allow would not fit into a ballot.
    #[error(
        "the comments do not fit into a ballot: with these items there is room for {characters} characters over all open questions; make longest smaller"
    )]
    NoRoomForComments {
        /// Characters over all questions.
        characters: usize,
    },
    /// Two items with the same words.
    #[error("the {language} wording is the same as that of the item {first}; ask every statement once")]
    RepeatedWording {
        /// The language.
        language: Language,
        /// Place of the first item.
        first: Earlier,
    },
}

/// Where something stands already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Earlier {
    /// In a line of the same file.
    Line(usize),
    /// In an instrument on which the file builds.
    Below(String),
}

impl fmt::Display for Earlier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "in line {line}"),
            Self::Below(id) => write!(f, "in {id}, on which this file builds"),
        }
    }
}

/// The grids a scale could have.
fn possible(points: usize) -> String {
    let grids: Vec<_> = (2..points).filter(|g| (points - 1).is_multiple_of(*g)).map(|g| g.to_string()).collect();
    match grids.as_slice() {
        [] => "; leave grid out and publish the items of this scale for the organisation only".to_owned(),
        grids => format!(": {}", grids.join(" or ")),
    }
}

/// One thing that is wrong, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateProblem {
    /// The line of the file, from 1.
    pub line: usize,
    /// The part of the template in words, for instance `item SAF1`; empty for the file as a whole.
    pub place: String,
    /// What is wrong.
    pub fault: TemplateFault,
}

/// Everything that is wrong with a template, in the order of its lines. The template was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateProblems {
    /// The file as the person named it.
    pub file_name: String,
    /// The problems, sorted by line; never empty.
    pub problems: Vec<TemplateProblem>,
}

impl fmt::Display for TemplateProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.problems.iter().enumerate() {
            let separator = if problem.place.is_empty() { "" } else { ", " };
            let end = if i + 1 == self.problems.len() { "" } else { "\n" };
            write!(f, "{}, line {}{separator}{}: {}.{end}", self.file_name, problem.line, problem.place, problem.fault)?;
        }
        Ok(())
    }
}

impl std::error::Error for TemplateProblems {}
