//! The same people in a survey of the ordinary kind: a database file with answers without names, and a mark for whoever has answered.
//!
//! One half writes the file ([`answered_in_order`]), the other reads it and is told nothing else ([`attack`]).

use std::path::Path;

use domain::{Clock, Moment};
use identity::{LaidOpen, OrdinarySurvey, StorageError};
use sha2::{Digest, Sha256};

use super::{Invited, beside, in_order_of_writing};

/// Answers to the statement that the ordinary survey asks, from 1 to this.
pub const POINTS: u8 = 7;

/// What the attack read in the file of an ordinary survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrdinaryFindings {
    /// Who has the mark, with what answers stand at the same place: the number that the database gave them, and the answer.
    pub rows: Vec<(String, Option<(i64, i64)>)>,
    /// What the order of both gives away about the person.
    pub found: Option<i64>,
    /// How many bytes were read.
    pub bytes: usize,
}

/// Who has the mark, and the moment in it as SQLite keeps it.
struct Mark {
    id: String,
    name: String,
    at: [u8; 8],
}

/// An answer with its number and the random number of its form.
struct Given {
    number: i64,
    form: Vec<u8>,
    points: i64,
}

/// Makes the survey's file in `folder`, lets everybody in `order` answer one after the other, and gives what lies there then: the person says `said`, all
/// others something invented.
///
/// # Errors
/// When the file cannot be made, written or read.
pub fn answered_in_order(
    folder: &Path,
    invited: &[Invited],
    order: &[Invited],
    person: &Invited,
    said: u8,
    clock: &dyn Clock,
) -> Result<LaidOpen, StorageError> {
    let asked = invited.iter().map(|one| (one.id.as_str(), one.name.as_str()));
    let survey = OrdinarySurvey::create(&folder.join("ordinary.db"), asked)?;
    let mut last = Moment::from_micros(0);
    for one in order {
        // Two answers within one microsecond, or a clock that was put back, would give two of them one moment.
        last = clock.now().max(Moment::from_micros(last.micros().saturating_add(1)));
        survey.answer(&one.id, if one.id == person.id { said } else { invented(&one.id) }, last)?;
    }
    survey.laid_open()
}

/// Attacks the answer of the person with this id, as [`super::Evidence::attack`] does by the order of both sides.
#[must_use]
pub fn attack(survey: &LaidOpen, person: &str) -> OrdinaryFindings {
    let marks = survey.table("person").into_iter().flat_map(|table| table.columns(["id", "name", "answered_at"]));
    let marks = marks.filter_map(|[id, name, at]| {
        Some(Mark { id: id.text()?.to_owned(), name: name.text()?.to_owned(), at: at.number()?.to_be_bytes() })
    });
    let answers = survey.table("answer").into_iter().flat_map(|table| table.columns(["number", "form", "points"]));
    let answers = answers.filter_map(|[number, form, points]| {
        Some(Given { number: number.number()?, form: form.bytes()?.to_vec(), points: points.number()? })
    });
    let marks = in_order_of_writing(marks.collect(), |mark| &mark.at, &survey.files);
    let answers = in_order_of_writing(answers.collect(), |given| &given.form, &survey.files);
    let found = beside(&marks, &answers, |mark| mark.id == person).map(|given| given.points);
    let beside = answers.iter().map(|given| Some((given.number, given.points))).chain(std::iter::repeat(None));
    OrdinaryFindings {
        rows: marks.into_iter().map(|mark| mark.name).zip(beside).collect(),
        found,
        bytes: survey.files.iter().map(|(_, bytes)| bytes.len()).sum(),
    }
}

/// Some answer, always the same for the same person.
fn invented(id: &str) -> u8 {
    let [first, ..] = <[u8; 32]>::from(Sha256::digest(id));
    first % POINTS + 1
}
