//! The page that a leader would get, of a group that does not exist: for people who are asked to answer and want to see what becomes of it.
//!
//! It comes from the same code as every leader's page. What is invented is said above it, below it, in the names of group and rounds, and
//! on every chart, so that no part of it can be taken for a result when it is cut out.

use std::collections::BTreeSet;

use askama::Template;
use disclosure::BlockId;
use release::reading::{PastWave, read_block};

use crate::catalogue::Fixed;
use crate::tagged::escape;
use crate::{ReportProblem, Share, Words, leader_page};

/// What stands around an invented result.
#[derive(Template)]
#[template(path = "specimen.html")]
struct SpecimenBody<'a> {
    words: &'a Words,
    report: String,
}

impl Words {
    /// What an invented example is called: the title of its page.
    #[must_use]
    pub fn specimen_title(&self) -> &str {
        self.say(Fixed::SpecimenTitle)
    }

    /// How the invented group is called.
    #[must_use]
    pub fn specimen_group(&self) -> &str {
        self.say(Fixed::SpecimenGroup)
    }

    /// With what the names of invented rounds begin; it can stand in a [`domain::WaveId`].
    #[must_use]
    pub fn specimen_round(&self) -> &str {
        self.say(Fixed::SpecimenRound)
    }
}

/// The content of a page with the result of one group that was invented, marked as that: what stands in the page's `<body>`.
///
/// # Errors
/// As [`leader_page`].
pub fn specimen(words: &Words, waves: &[PastWave], block: BlockId) -> Result<String, ReportProblem> {
    let report = leader_page(words, waves, Share { blocks: &[block], units: &[] }, &BTreeSet::new(), |block| read_block(waves, block))?;
    // The style sheet writes the mark over every chart.
    let marked = format!("<figure data-mark=\"{}\">", escape(words.say(Fixed::SpecimenMark)));
    Ok(SpecimenBody { words, report: report.replace("<figure>", &marked) }.render()?)
}
