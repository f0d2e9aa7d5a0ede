//! What people who do not exist would answer.

use domain::instrument::Instrument;
use protocol::ballot::InvalidBallot;
use protocol::{Answer, Ballot, Comment, Level};
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

use super::chance::normal;
use super::organisation::{Member, Team};

/// How much a person's mood differs from round to round, over all items (standard deviation, raw points of seven).
const MOOD: f64 = 0.4;
/// How much a single answer differs from all that (standard deviation, raw points of seven).
const SINGLE_ANSWER: f64 = 0.9;
/// One in fourteen lets the answers count in the unit, one in a hundred only in the organisation.
const UNIT: f64 = 0.07;
const ORGANISATION: f64 = 0.01;
/// Answers left blank, and as many "cannot say".
const MISSING: f64 = 0.01;
/// Of those who answer, the share that writes something to an open question.
const WRITES: f64 = 0.2;

/// Who writes something writes one of these.
const REMARKS: &[&str] = &[
    "Nobody wrote this; it is a simulation.",
    "Meetings are shorter than they were.",
    "I would like to hear earlier what is planned.",
    "Mistakes are talked about here, which helps.",
    "The new tools take more time than they save.",
    "I do not know whom to ask when something goes wrong.",
    "More of the same, please.",
    "We agree on things and then nothing happens.",
];

/// What a person answers.
///
/// # Errors
/// [`InvalidBallot`] when the questionnaire takes no plain text, which every one does.
pub(super) fn ballot(member: &Member, team: &Team, instrument: &Instrument, chance: &mut StdRng) -> Result<Ballot, InvalidBallot> {
    let mood = normal(chance) * MOOD;
    let draw: f64 = chance.random();
    let level = if draw < ORGANISATION {
        Level::Organisation
    } else if draw < ORGANISATION + UNIT {
        Level::Unit
    } else {
        Level::Group
    };
    let answers = instrument
        .items
        .iter()
        .map(|item| {
            let missing: f64 = chance.random();
            let place = instrument.dimensions.iter().position(|dimension| Some(&dimension.id) == item.dimension.as_ref());
            let climate = place.or(Some(0)).and_then(|place| team.climate.get(place)).copied().unwrap_or_default();
            let of_seven = climate + member.outlook + mood + normal(chance) * SINGLE_ANSWER;
            if missing < MISSING {
                return Answer::Blank;
            }
            if missing < 2.0 * MISSING {
                return Answer::CannotSay;
            }
            let points = instrument.scale_of(item).map_or(7, domain::instrument::Scale::points);
            Answer::Point(point(of_seven, points, item.reversed))
        })
        .collect();
    let comments = instrument
        .comments
        .iter()
        .map(|question| {
            let remark = REMARKS.choose(chance).filter(|remark| remark.chars().count() <= usize::from(question.longest));
            let writes = chance.random_bool(WRITES);
            remark.filter(|_| writes).map_or_else(|| Ok(Comment::default()), |remark| Comment::new(remark))
        })
        .collect::<Result<_, _>>()?;
    Ok(Ballot { level, answers, comments })
}

/// A position on a seven-point scale as a point of a scale with `points`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 1..=points, which is at most 255")]
fn point(of_seven: f64, points: u8, reversed: bool) -> u8 {
    let most = f64::from(points);
    let raw = ((of_seven - 1.0) / 6.0).mul_add(most - 1.0, 1.0).round().clamp(1.0, most);
    (if reversed { most + 1.0 - raw } else { raw }) as u8
}
