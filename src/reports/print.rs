//! Results on paper (PDF), laid out from the very pages that are read on the screen, and their charts as pictures (PNG).

use std::sync::LazyLock;

use askama::Template;
use disclosure::BlockId;
use domain::UnitPath;
use paper::{Chart, Colours, Document, Printed};
use release::reading::{METHOD, Participation, PastWave, PublishedWave, Score, read_block, read_total};

use crate::about::{About, about};
use crate::catalogue::{Filled, Fixed};
use crate::charts::{Label, scale_chart};
use crate::sections::name;
use crate::tagged::{self, Tagged};
use crate::{ReportProblem, Words, css, latest};

/// The colours of charts on paper, as the style sheet has them.
static COLOURS: LazyLock<Colours> = LazyLock::new(|| Colours::of_style_sheet(css()));

/// What a file says about itself.
#[derive(Template)]
#[template(path = "about.html")]
struct AboutSection<'a> {
    words: &'a Words,
    parts: Vec<About>,
}

/// The sheet for the notice board.
#[derive(Template)]
#[template(path = "notice.html")]
struct NoticeSheet<'a> {
    words: &'a Words,
    organisation: &'a str,
    round: String,
    participation: Tagged,
    dimensions: Vec<NoticeDimension>,
}

/// One dimension of it.
struct NoticeDimension {
    name: String,
    score: Tagged,
    chart: String,
}

/// Whose result hangs on the notice board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Posted {
    /// Everybody's.
    Organisation,
    /// The sub-total of this unit.
    Unit(UnitPath),
    /// That of the groups that are counted together in this block.
    Group(BlockId),
}

/// A page of a result on paper, under this title: everything that stands on it but what people wrote, and what the file says about itself.
///
/// # Errors
/// [`ReportProblem::Paper`] when the page holds something that cannot be printed, which the tests of every page rule out.
pub fn printed(words: &Words, wave: &PublishedWave, title: &str, page: &str) -> Result<Printed, ReportProblem> {
    let about = AboutSection { words, parts: about(words, wave)? }.render()?;
    on_paper(words, title, &format!("{page}{about}"), false)
}

/// The title of a document about the last published round: whose result it is, and the round.
///
/// # Errors
/// As [`notice`].
pub fn paper_title(words: &Words, waves: &[PastWave], whose: &[Posted]) -> Result<String, ReportProblem> {
    let names = whose.iter().map(|posted| posted_name(words, waves, posted)).collect::<Result<Vec<_>, _>>()?;
    Ok(words.paper_title(&words.list(&names)?, &latest(waves)?.release.wave)?)
}

/// Whose result a sheet for the notice board is about.
///
/// # Errors
/// As [`notice`].
pub fn posted_name(words: &Words, waves: &[PastWave], posted: &Posted) -> Result<String, ReportProblem> {
    Ok(match posted {
        Posted::Organisation => words.say(Fixed::Organisation).to_owned(),
        Posted::Unit(unit) => words.unit_name(unit),
        Posted::Group(block) => {
            let report = read_block(waves, *block)?;
            words.groups_or_upward(&report.labels, &report.unit)?
        }
    })
}

/// One page for the notice board: the scores with their ranges, and room to write what comes next. Nothing that the result's page does not show.
///
/// # Errors
/// [`ReportProblem::Reading`] when the waves cannot be read or have no such group, otherwise as [`printed`].
pub fn notice(words: &Words, waves: &[PastWave], posted: &Posted) -> Result<Printed, ReportProblem> {
    let wave = latest(waves)?;
    let whose = posted_name(words, waves, posted)?;
    let sheet = |participation: &Participation, scores: &[Score]| -> Result<String, ReportProblem> {
        let source = words.source(&whose, participation, &wave.release.wave)?;
        let dimensions = scores.iter().map(|score| {
            let name = name(words, wave, &score.dimension);
            let id = format!("notice-{}-scale", score.dimension);
            let chart = scale_chart(words, Label { id: &id, source: &source }, &name, score, None)?;
            Ok(NoticeDimension { score: tagged::score_sentence(words, &score.sight)?, name, chart })
        });
        let sheet = NoticeSheet {
            words,
            organisation: &wave.manifest.organisation,
            round: words.round(&wave.release.wave)?,
            participation: tagged::participation(words, participation)?,
            dimensions: dimensions.collect::<Result<_, ReportProblem>>()?,
        };
        Ok(sheet.render()?)
    };
    let body = match posted {
        Posted::Organisation => {
            let total = read_total(waves, &UnitPath::organisation())?;
            sheet(&total.participation, &total.scores)?
        }
        Posted::Unit(unit) => {
            let total = read_total(waves, unit)?;
            sheet(&total.participation, &total.scores)?
        }
        Posted::Group(block) => {
            let report = read_block(waves, *block)?;
            sheet(&report.participation, &report.scores)?
        }
    };
    let title = format!("{}{} {whose}", words.say(Fixed::NoticeTitle), words.say(Fixed::Colon));
    on_paper(words, &title, &body, true)
}

fn on_paper(words: &Words, title: &str, body: &str, one_page: bool) -> Result<Printed, ReportProblem> {
    let numbering = words.fill(Filled::PaperNumbering, &[("page", "{page}".into()), ("pages", "{pages}".into())])?;
    let replaced = words.fill(Filled::PaperReplaced, &[("characters", "{characters}".into())])?;
    let document = Document {
        title,
        language: words.language().as_str(),
        body,
        foot: words.say(Fixed::NotForAppraisal),
        numbering: &numbering,
        replaced: &replaced,
        colours: &COLOURS,
        one_page,
    };
    Ok(paper::print(&document)?)
}

/// The charts of a page, in its order.
///
/// # Errors
/// As [`printed`].
pub fn charts_of(page: &str) -> Result<Vec<Chart>, ReportProblem> {
    Ok(paper::charts(page)?)
}

/// A chart as a picture (PNG), with what it shows in words.
///
/// # Errors
/// [`ReportProblem::Paper`] when it cannot be drawn.
pub fn picture(words: &Words, wave: &PublishedWave, chart: &Chart) -> Result<Vec<u8>, ReportProblem> {
    let foot = format!("{} · {} · {METHOD}", wave.manifest.organisation, words.say(Fixed::NotForAppraisal));
    Ok(paper::png(chart, &foot, &COLOURS)?)
}
