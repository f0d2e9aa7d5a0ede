//! What a file says about itself: what it is, how it is read, and what it cannot show. The same in every kind of file.

use domain::instrument::Publish;
use release::reading::{METHOD, PublishedWave};

use crate::Words;
use crate::catalogue::{Filled, Fixed};
use crate::language::BrokenWords;

/// A heading with its sentences.
pub(crate) struct About {
    pub(crate) heading: String,
    pub(crate) sentences: Vec<String>,
}

/// A statement as people answered it.
pub(crate) struct Asked {
    pub(crate) dimension: String,
    pub(crate) text: String,
    pub(crate) turned: bool,
}

/// What every file says about itself.
pub(crate) fn about(words: &Words, wave: &PublishedWave) -> Result<Vec<About>, BrokenWords> {
    let say = |text: Fixed| words.say(text).to_owned();
    let of = |heading: Fixed, sentences: Vec<String>| About { heading: say(heading), sentences };
    let round = [("round", wave.release.wave.as_str().into()), ("organisation", wave.manifest.organisation.as_str().into())];
    let form = [("title", words.of(&wave.instrument.title).into()), ("version", wave.instrument.version.to_string().into())];
    let smallest = [("people", wave.manifest.k.into())];
    let mut what = vec![
        words.fill(Filled::AboutRound, &round)?,
        words.fill(Filled::AboutForm, &form)?,
        words.fill(Filled::AboutMethod, &[("method", METHOD.into())])?,
    ];
    what.extend(words.method_holder(wave)?);
    Ok(vec![
        of(Fixed::AboutWhat, what),
        of(Fixed::AboutNotFor, vec![say(Fixed::NotForAppraisal), say(Fixed::WhyNot)]),
        of(Fixed::AboutReading, vec![say(Fixed::Scale), say(Fixed::Range), say(Fixed::OneSided), say(Fixed::NotValidated)]),
        of(
            Fixed::AboutUnseen,
            vec![words.fill(Filled::AboutSmallest, &smallest)?, say(Fixed::Silent), say(Fixed::NeverSeen), say(Fixed::AboutComments)],
        ),
    ])
}

/// The statements that are published of groups, by dimension in the order of the questionnaire; those without one at the end.
pub(crate) fn statements(words: &Words, wave: &PublishedWave) -> Vec<Asked> {
    let dimensions = wave.instrument.dimensions.iter().map(|dimension| (Some(&dimension.id), words.of(&dimension.name)));
    let dimensions = dimensions.chain([(None, words.say(Fixed::StatementsWithout).to_owned())]);
    dimensions
        .flat_map(|(id, dimension)| {
            let of = wave.instrument.items.iter().filter(move |item| item.dimension.as_ref() == id && item.publish == Publish::Team);
            of.map(move |item| Asked { dimension: dimension.clone(), text: words.of(&item.text), turned: item.reversed })
        })
        .collect()
}
