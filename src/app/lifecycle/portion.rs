//! What somebody reads of a published round, and takes along of it as files: HR everything, a partner one unit, a leader their own. A function of the round's frozen
//! documents alone, so that a page, a file of it and the command that writes the same file cannot say different things.

use std::collections::BTreeSet;

use disclosure::BlockId;
use domain::{PersonId, TeamLabel, WaveId};
use release::reading::{self, BlockReport, PastWave, Published, PublishedWave, ReadingProblem};
use reports::{Posted, Readable, ReportProblem, Words};

use super::exports::{self, Kind};
use super::visible::Visible;
use super::{Refusal, past_waves};
use crate::installation::Installation;

/// Whose result it is, as an operator names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's, as HR reads it.
    Organisation,
    /// That of the unit that this team heads, as somebody of HR reads it who is there for the unit.
    Unit(TeamLabel),
    /// That of the group with this name in the round's frozen list, as somebody reads it who leads all its teams and no other.
    Group(String),
}

/// So many units or groups are named to somebody who named none of them.
const MOST_NAMED: usize = 12;

/// What somebody reads of one published round; there is always something.
pub struct Portion {
    past: Vec<PastWave>,
    wave: WaveId,
    reader: Reader,
}

/// Who reads.
enum Reader {
    /// The programme owner.
    Hr,
    /// Somebody of HR for the unit that this team heads.
    Partner { head: TeamLabel, visible: Visible },
    /// Somebody who led these teams in the round.
    Leader { led: BTreeSet<TeamLabel>, visible: Visible },
}

impl Portion {
    /// What HR reads.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when the round is not published, ended without a result, or too few people answered; [`Refusal::UnknownWave`].
    pub fn of_organisation(installation: &Installation, wave: &WaveId) -> Result<Self, Refusal> {
        exports::require_result(installation, wave)?;
        Self::of(past_waves(installation, Some(wave))?, wave, |_| Some(Reader::Hr))
    }

    /// What somebody of HR reads who is there for the unit that this team heads.
    ///
    /// # Errors
    /// [`Refusal::UnknownWave`] when the round is not published, or nothing of it lies wholly within the unit.
    pub fn of_unit(installation: &Installation, wave: &WaveId, head: &TeamLabel) -> Result<Self, Refusal> {
        Self::of(past_waves(installation, Some(wave))?, wave, |latest| Reader::partner(latest, head))
    }

    /// What somebody reads by the teams that they led in the round.
    ///
    /// # Errors
    /// [`Refusal::UnknownWave`] when the round is not published, or nothing of it is theirs.
    pub fn of_leader(installation: &Installation, wave: &WaveId, person: &PersonId) -> Result<Self, Refusal> {
        let past = past_waves(installation, Some(wave))?;
        let led = led_teams(installation, wave, person)?;
        Self::of(past, wave, |latest| Reader::leader(latest, led))
    }

    /// What an operator names.
    ///
    /// # Errors
    /// As [`Self::of_organisation`]; [`Refusal::Invalid`] when the round has no such unit or group, with those that it has.
    pub fn named(installation: &Installation, wave: &WaveId, whose: &Whose) -> Result<Self, Refusal> {
        exports::require_result(installation, wave)?;
        let past = past_waves(installation, Some(wave))?;
        let unknown = |what: String, known: BTreeSet<String>| {
            let (count, more) = (known.len(), if known.len() > MOST_NAMED { ", …" } else { "" });
            let some = known.into_iter().take(MOST_NAMED).collect::<Vec<_>>().join(", ");
            Refusal::Invalid(format!("round {wave} {what}. There are {count}: {some}{more}"))
        };
        let reader = {
            let latest = exports::with_numbers(&past, wave)?;
            let blocks = &latest.release.base.blocks;
            match whose {
                Whose::Organisation => Reader::Hr,
                Whose::Unit(head) => Reader::partner(latest, head).ok_or_else(|| {
                    let units = blocks.iter().flat_map(|block| block.unit.0.iter().map(ToString::to_string));
                    unknown(format!("has no result that lies wholly within a unit named {head}"), units.collect())
                })?,
                Whose::Group(name) => {
                    let group = latest.groups.iter().find(|group| group.label == *name);
                    let led = group.map(|group| group.teams.iter().map(|team| team.label.clone()).collect());
                    led.and_then(|led| Reader::leader(latest, led)).ok_or_else(|| {
                        let groups = latest.groups.iter().map(|group| group.label.clone());
                        unknown(format!("has no group named {name} with a result"), groups.collect())
                    })?
                }
            }
        };
        Ok(Self { past, wave: wave.clone(), reader })
    }

    fn of(past: Vec<PastWave>, wave: &WaveId, reader: impl FnOnce(&PublishedWave) -> Option<Reader>) -> Result<Self, Refusal> {
        let reader = reader(exports::with_numbers(&past, wave)?).ok_or_else(|| Refusal::UnknownWave(wave.clone()))?;
        Ok(Self { past, wave: wave.clone(), reader })
    }

    /// The round.
    ///
    /// # Errors
    /// [`Refusal::UnknownWave`], which making this has ruled out.
    pub(crate) fn latest(&self) -> Result<&PublishedWave, Refusal> {
        exports::with_numbers(&self.past, &self.wave)
    }

    /// Whether it is all that there is, as HR reads it.
    #[must_use]
    pub(crate) const fn is_everything(&self) -> bool {
        matches!(self.reader, Reader::Hr)
    }

    /// The page that they read, all parts in one.
    ///
    /// # Errors
    /// [`Refusal::Corrupt`] when it cannot be written.
    pub(crate) fn page(&self, words: &Words) -> Result<String, Refusal> {
        match &self.reader {
            Reader::Hr => reports::organisation_page(words, &self.past, None),
            Reader::Partner { head, visible } => reports::unit_page(words, &self.past, head, visible.share()),
            Reader::Leader { led, visible } => {
                reports::leader_page(words, &self.past, visible.share(), led, |block| reading::read_block(&self.past, block))
            }
        }
        .map_err(Refusal::corrupt)
    }

    /// Whose results can be posted; the first one is meant where nobody says which. A partner posts the unit's, where it has one of its own.
    #[must_use]
    pub(crate) fn posted(&self) -> Vec<Posted> {
        let (visible, units_first) = match &self.reader {
            Reader::Hr => return vec![Posted::Organisation],
            Reader::Partner { visible, .. } => (visible, !visible.units.is_empty()),
            Reader::Leader { visible, .. } => (visible, visible.blocks.is_empty()),
        };
        if units_first {
            visible.units.iter().cloned().map(Posted::Unit).collect()
        } else {
            visible.blocks.iter().copied().map(Posted::Group).collect()
        }
    }

    /// The name of what can be posted.
    ///
    /// # Errors
    /// [`Refusal::Corrupt`] when it cannot be read.
    pub(crate) fn name_of(&self, posted: &Posted, words: &Words) -> Result<String, Refusal> {
        reports::posted_name(words, &self.past, posted).map_err(Refusal::corrupt)
    }

    /// The title of a document about all of it.
    fn title(&self, words: &Words) -> Result<String, ReportProblem> {
        reports::paper_title(words, &self.past, &self.posted())
    }

    const fn readable(&self) -> Readable<'_> {
        match &self.reader {
            Reader::Hr => Readable::All,
            Reader::Partner { visible, .. } => Readable::Unit(visible.share()),
            Reader::Leader { visible, .. } => Readable::Led(visible.share()),
        }
    }

    /// It as a file. `group` is the number that the page gives to the group whose sheet is posted; `None` takes the first of what can be.
    /// A table and the file for programs are the same in every language.
    ///
    /// # Errors
    /// [`Refusal::UnknownWave`] when there is no such group in it; [`Refusal::Corrupt`] when the file cannot be made.
    pub fn file(&self, kind: Kind, group: Option<u32>, words: &Words) -> Result<Vec<u8>, Refusal> {
        let made = match kind {
            Kind::Csv => reports::table(&self.past, self.readable()),
            Kind::Json => reports::results(&self.past, self.readable()),
            Kind::Xlsx => reports::workbook(words, &self.past, self.readable()),
            Kind::Pdf => {
                let (page, latest) = (self.page(words)?, self.latest()?);
                self.title(words).and_then(|title| Ok(reports::printed(words, latest, &title, &page)?.pdf))
            }
            Kind::Notice => {
                let meant = |posted: &Posted| group.is_none_or(|group| *posted == Posted::Group(BlockId(group)));
                let posted = self.posted().into_iter().find(meant).ok_or_else(|| Refusal::UnknownWave(self.wave.clone()))?;
                reports::notice(words, &self.past, &posted).map(|printed| printed.pdf)
            }
        };
        made.map_err(Refusal::corrupt)
    }

    /// The chart of its page with this id, as a picture.
    ///
    /// # Errors
    /// [`Refusal::UnknownWave`] when there is none.
    pub(crate) fn picture(&self, id: &str, words: &Words) -> Result<Vec<u8>, Refusal> {
        let charts = reports::charts_of(&self.page(words)?).map_err(Refusal::corrupt)?;
        let chart = charts.iter().find(|chart| chart.id == id).ok_or_else(|| Refusal::UnknownWave(self.wave.clone()))?;
        reports::picture(words, self.latest()?, chart).map_err(Refusal::corrupt)
    }
}

impl Reader {
    fn partner(latest: &PublishedWave, head: &TeamLabel) -> Option<Self> {
        let visible = Visible::of_unit(&latest.release.base.blocks, head);
        (!visible.is_empty()).then(|| Self::Partner { head: head.clone(), visible })
    }

    fn leader(latest: &PublishedWave, led: BTreeSet<TeamLabel>) -> Option<Self> {
        let visible = Visible::of(&latest.groups, &latest.release.base.blocks, &led);
        (!visible.is_empty()).then_some(Self::Leader { led, visible })
    }
}

/// The teams that a person led in a round's frozen staff list.
///
/// # Errors
/// [`Refusal::Unavailable`] when the people side cannot be read.
pub(crate) fn led_teams(installation: &Installation, wave: &WaveId, person: &PersonId) -> Result<BTreeSet<TeamLabel>, Refusal> {
    Ok(installation.identity.teams_led(wave, person).map_err(Refusal::unavailable)?.into_iter().map(|led| led.team).collect())
}

/// What of a round is somebody's own.
pub(crate) enum Own {
    /// The report as HTML, escaped by the reports room.
    Report(String),
    /// Nobody has a result.
    TooFewAnswered {
        /// The corrections as HTML, like a report.
        errata: String,
    },
    /// They led no team.
    NoTeam,
}

/// What of the latest round is the own of somebody who led these teams in it. `read_block` is `reading::read_block` of these rounds, or
/// knows what that would give.
pub(crate) fn own_result(
    words: &Words,
    past: &[PastWave],
    latest: &PublishedWave,
    led: &BTreeSet<TeamLabel>,
    read_block: impl Fn(BlockId) -> Result<Published<BlockReport>, ReadingProblem>,
) -> Result<Own, Refusal> {
    let visible = Visible::of(&latest.groups, &latest.release.base.blocks, led);
    if visible.is_empty() {
        let nobody = latest.release.base.blocks.is_empty();
        return Ok(if nobody {
            Own::TooFewAnswered { errata: reports::errata(words, latest).map_err(Refusal::corrupt)? }
        } else {
            Own::NoTeam
        });
    }
    reports::leader_page(words, past, visible.share(), led, read_block).map(Own::Report).map_err(Refusal::corrupt)
}
