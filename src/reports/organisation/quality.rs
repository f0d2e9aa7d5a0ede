//! How well the statements measure.

use askama::Template;
use domain::DimensionId;
use release::Quality;
use release::reading::{DimensionQuality, PublishedWave, read_quality};

use crate::catalogue::Fixed;
use crate::language::BrokenWords;
use crate::sections::name;
use crate::tagged::{self, Tagged};
use crate::{ReportProblem, Words};

#[derive(Template)]
#[template(path = "organisation/quality.html")]
struct QualitySection<'a> {
    words: &'a Words,
    /// Nothing where the Release has no constants.
    dimensions: Option<Vec<QualityView<'a>>>,
    /// What each measure is called, and what it means.
    measures: [(&'a str, &'a str); 4],
}

/// One dimension.
struct QualityView<'a> {
    id: DimensionId,
    name: String,
    rests: String,
    /// Alpha, omega, ICC(1), ICC(2); nothing where an earlier version wrote the result.
    values: Option<[(&'a str, Tagged); 4]>,
}

pub(super) fn quality(words: &Words, wave: &PublishedWave) -> Result<String, ReportProblem> {
    let view = |of: &DimensionQuality| {
        Ok(QualityView {
            id: of.dimension.clone(),
            name: name(words, wave, &of.dimension),
            rests: words.quality_rests(of.respondents, of.groups)?,
            values: of.quality.as_ref().map(|quality| values(words, quality)).transpose()?,
        })
    };
    let found = read_quality(wave);
    let dimensions = found.as_ref().map(|all| all.iter().map(view).collect::<Result<Vec<_>, BrokenWords>>()).transpose()?;
    let measures = [
        (Fixed::QualityAlpha, Fixed::QualityAlphaMeans),
        (Fixed::QualityOmega, Fixed::QualityOmegaMeans),
        (Fixed::QualityIccOne, Fixed::QualityIccOneMeans),
        (Fixed::QualityIccTwo, Fixed::QualityIccTwoMeans),
    ];
    let measures = measures.map(|(name, means)| (words.say(name), words.say(means)));
    Ok(QualitySection { words, dimensions, measures }.render()?)
}

fn values<'a>(words: &'a Words, of: &Quality) -> Result<[(&'a str, Tagged); 4], BrokenWords> {
    Ok([
        (words.say(Fixed::QualityAlpha), tagged::coefficient(words, "alpha", of.alpha)?),
        (words.say(Fixed::QualityOmega), tagged::omega(words, of.omega)?),
        (words.say(Fixed::QualityIccOne), tagged::coefficient(words, "icc1", of.icc1)?),
        (words.say(Fixed::QualityIccTwo), tagged::coefficient(words, "icc2", of.icc2)?),
    ])
}
