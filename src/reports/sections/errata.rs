//! What was said about a result later.

use askama::Template;
use release::reading::{Erratum, PublishedWave};

use crate::catalogue::Fixed;
use crate::language::BrokenWords;
use crate::{ReportProblem, Words};

/// What was said about a result later.
#[derive(Template)]
#[template(path = "errata.html")]
struct ErrataSection<'a> {
    words: &'a Words,
    /// With the day in words.
    errata: Vec<(Erratum<'a>, String)>,
}

pub(crate) fn errata(words: &Words, wave: &PublishedWave) -> Result<String, ReportProblem> {
    let errata = wave.errata().map(|erratum| Ok((erratum, words.date(erratum.day)?)));
    let errata = errata.collect::<Result<Vec<_>, BrokenWords>>()?;
    if errata.is_empty() { Ok(String::new()) } else { Ok(ErrataSection { words, errata }.render()?) }
}
