//! Objections: people whose receipt is not on the board. The opening waits for an answer that everybody can read.

use domain::{PublicText, WaveId, WaveState};
use identity::PromiseEvent;

use super::Refusal;
use super::draft::WaveSettings;
use crate::installation::Installation;
use crate::words::Saying;

/// Answers the objections to a closed wave in public. One answer is for all of them; it cannot be changed afterwards.
///
/// # Errors
/// [`Refusal::WrongState`] unless the wave is closed, nobody has objected, or another answer is written; [`Refusal::Said`] for a text that is too
/// short or too long.
pub fn answer_objections(installation: &Installation, wave: &WaveId, text: &str) -> Result<(), Refusal> {
    let state = installation.state(wave)?;
    let wrong = |reason| Err(Refusal::WrongState { wave: wave.clone(), state, reason });
    if state != WaveState::Closed || installation.abort_decided(wave)? {
        return wrong("objections are answered after the box is shut and before the answers are opened");
    }
    let text = PublicText::parse(text).map_err(|_| Refusal::said(Saying::key("refused-text")))?;
    let known = installation.ballot_side(wave)?.objections;
    if known.count == 0 {
        return wrong("nobody has objected, so there is nothing to answer");
    }
    // An answer before the window ends would leave later objections without the power to hold the opening.
    let due = WaveSettings::of(&installation.identity, wave)?.schedule.opens(installation.closed_at(wave)?);
    if installation.clock.now() < due {
        return Err(Refusal::NotDue { wave: wave.clone(), what: "the answer to the objections", when: due });
    }
    if known.answer.is_some_and(|answer| answer != text.as_str()) {
        return wrong("the objections are answered already, and what everybody could read is not changed");
    }
    // First the entry: there may be one of an answer that did not come to pass, and never an answer without one.
    installation.identity.record_once(&PromiseEvent::ObjectionsAnswered { round: wave.clone(), objections: known.count })?;
    installation.responses.answer_objections(wave, text.as_str())?;
    Ok(())
}

/// A number of objections in words.
#[must_use]
pub fn counted(count: u32) -> String {
    if count == 1 { "one objection is".to_owned() } else { format!("{count} objections are") }
}
