//! The organisation's result as HR reads it: a few pages that follow from each other, or all of it in one.
//!
//! Groups stand in the order of units and names everywhere, never of scores. Long lists come in parts that end with a unit where that
//! is possible, so that a page of three hundred groups stays one that somebody can read.

mod chance;
mod changes;
mod map;
mod overview;
mod participation;
mod parts;
mod quality;
mod said;

use domain::UnitPath;
use release::reading::{PastWave, PublishedWave, read_blocks, read_comments, read_organisation, read_origins, read_panorama, read_total};

use crate::catalogue::Fixed;
use crate::language::BrokenWords;
use crate::{ReportProblem, Words, latest, sections};

use parts::Shown;

/// One of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The scores of the organisation through time, how far groups differ and what is worth a conversation.
    Overview,
    /// What changed since the round before, and where the groups come from.
    Comparison,
    /// Groups by dimensions, and the table of all groups.
    Groups,
    /// How far chance alone would take groups, and where each lies in two dimensions together.
    Differences,
    /// How many answered, group by group.
    Participation,
    /// What is said against what is lived.
    Said,
    /// How well the statements measure.
    Quality,
    /// What people wrote.
    Comments,
}

impl Part {
    /// All pages, in the order in which they are read.
    pub const ALL: [Self; 8] =
        [Self::Overview, Self::Comparison, Self::Groups, Self::Differences, Self::Participation, Self::Said, Self::Quality, Self::Comments];

    /// The page's name in addresses; empty for the first.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::Comparison => "comparison",
            Self::Groups => "groups",
            Self::Differences => "differences",
            Self::Participation => "participation",
            Self::Said => "said",
            Self::Quality => "quality",
            Self::Comments => "comments",
        }
    }

    /// Reads [`Self::slug`] back; `None` for anything else.
    #[must_use]
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.slug() == slug)
    }

    /// The page's name in the words of a language.
    #[must_use]
    pub fn title(self, words: &Words) -> &str {
        words.say(match self {
            Self::Overview => Fixed::PartOverview,
            Self::Comparison => Fixed::PartComparison,
            Self::Groups => Fixed::PartGroups,
            Self::Differences => Fixed::PartDifferences,
            Self::Participation => Fixed::PartParticipation,
            Self::Said => Fixed::Said,
            Self::Quality => Fixed::PartQuality,
            Self::Comments => Fixed::Comments,
        })
    }

    /// Whether the page is about single groups, beyond what [`View::names_groups`] can leave out.
    #[must_use]
    pub const fn is_about_groups(self) -> bool {
        !matches!(self, Self::Overview | Self::Quality)
    }

    /// Whether a round has the page at all: some ask for no comments, and some forms do not tell what is said from what is lived.
    #[must_use]
    pub fn is_of(self, wave: &PublishedWave) -> bool {
        match self {
            Self::Said => !wave.instrument.pairs.is_empty(),
            Self::Comments => !read_comments(wave, None).is_empty(),
            _ => true,
        }
    }
}

/// One of the pages, filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartPage {
    /// Its `<section>`s.
    pub html: String,
    /// The parts of a list that is too long for one page, by their first and last unit; fewer than two where one page has room for all.
    pub parts: Vec<String>,
}

impl PartPage {
    /// The headings of its sections, with the ids that lead there; the headings are HTML, escaped.
    #[must_use]
    pub fn headings(&self) -> Vec<(&str, &str)> {
        let begun = self.html.split("<h2 id=\"").skip(1);
        begun.filter_map(|rest| rest.split_once("</h2>")?.0.split_once("\">")).collect()
    }
}

/// How a page is read.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// Which part of a long list, from 0; one that there is not shows the first.
    pub number: usize,
    /// As in [`crate::comments_section`].
    pub hide: Option<&'a str>,
    /// Whether single groups may be named on [`Part::Overview`]; the other pages are not for readers who may not read of groups yet.
    pub names_groups: bool,
}

/// One page of the organisation's result in the last published round.
///
/// # Errors
/// As [`organisation_page`].
pub fn organisation_part(words: &Words, waves: &[PastWave], part: Part, view: View<'_>) -> Result<PartPage, ReportProblem> {
    let wave = latest(waves)?;
    let mut page = PartPage { html: sections::errata(words, wave)?, parts: Vec::new() };
    section(words, waves, part, (Shown::Part(view.number), view.names_groups), view.hide, &mut page)?;
    Ok(page)
}

/// All pages of the organisation's result in one, as HR reads it: `<section>`s about the last published wave. `hide` as in
/// [`crate::comments_section`].
///
/// # Errors
/// [`ReportProblem::Reading`] when the waves cannot be read, otherwise as [`crate::leader_section`].
pub fn organisation_page(words: &Words, waves: &[PastWave], hide: Option<&str>) -> Result<String, ReportProblem> {
    let wave = latest(waves)?;
    let mut page = PartPage { html: sections::errata(words, wave)?, parts: Vec::new() };
    for part in Part::ALL {
        section(words, waves, part, (Shown::All, true), hide, &mut page)?;
    }
    Ok(page.html)
}

fn section(
    words: &Words,
    waves: &[PastWave],
    part: Part,
    (shown, names_groups): (Shown, bool),
    hide: Option<&str>,
    page: &mut PartPage,
) -> Result<(), ReportProblem> {
    let wave = latest(waves)?;
    match part {
        Part::Overview => {
            let total = read_total(waves, &UnitPath::organisation())?;
            page.html.push_str(&sections::total(words, wave, &total)?);
            let report = read_organisation(waves)?;
            page.html.push_str(&overview::overview(words, wave, &report, names_groups)?);
        }
        Part::Comparison => {
            let total = read_total(waves, &UnitPath::organisation())?;
            let (origins, blocks) = (read_origins(waves)?, read_blocks(waves)?);
            page.html.push_str(&changes::changes(words, wave, (&total, &origins, &blocks), shown, &mut page.parts)?);
        }
        Part::Groups => {
            let panorama = read_panorama(waves)?;
            page.html.push_str(&map::map(words, wave, &panorama, shown, &mut page.parts)?);
            let mut blocks = read_blocks(waves)?;
            parts::in_order(&mut blocks);
            let (chosen, _) = shown.of(words, &blocks, |block| &block.unit)?;
            page.html.push_str(&sections::groups(words, wave, &chosen.concat(), None)?);
        }
        Part::Differences => {
            let panorama = read_panorama(waves)?;
            page.html.push_str(&chance::differences(words, wave, &panorama, shown, &mut page.parts)?);
        }
        Part::Participation => {
            let total = read_total(waves, &UnitPath::organisation())?;
            page.html.push_str(&participation::participation(words, &total, read_blocks(waves)?, shown, &mut page.parts)?);
        }
        Part::Said => {
            let report = read_organisation(waves)?;
            if let Some(card) = &report.said_or_lived {
                page.html.push_str(&said::said(words, card, report.conversation.since.as_ref())?);
            }
        }
        Part::Quality => page.html.push_str(&quality::quality(words, wave)?),
        Part::Comments => page.html.push_str(&sections::comments(words, wave, None, hide)?),
    }
    Ok(())
}

/// Groups by name, with their unit.
fn place(words: &Words, groups: &[String], unit: &UnitPath) -> Result<String, BrokenWords> {
    Ok(words.group_in(&words.list(groups)?, unit))
}

/// The name of a unit above the lines of its groups.
fn heading(words: &Words, unit: &UnitPath) -> String {
    if unit.0.is_empty() { words.say(Fixed::DirectlyUnder).to_owned() } else { words.unit_name(unit) }
}
