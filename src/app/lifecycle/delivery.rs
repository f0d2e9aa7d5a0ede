//! How far a round's mails have come, for HR. Only mails that go to everybody are counted, so nothing here tells who has answered.

use domain::roster::check_mail;
use domain::{PersonId, WaveId, WaveState};
use identity::{AddressMark, Correction, Delivery, UnreachedPerson};

use super::Refusal;
use super::status::Fact;
use crate::installation::Installation;
use crate::words::{Saying, Value};

/// The reasons in the order in which they are listed.
const REASONS: [AddressMark; 4] = [AddressMark::UnknownAddress, AddressMark::Full, AddressMark::Refused, AddressMark::Bounced];

/// What is said about the mails of a round.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MailStatus {
    /// Names and values; none before the launch.
    pub facts: Vec<Fact>,
    /// How many people were not reached.
    pub unreached: u32,
}

/// How far the mails of a round have come.
///
/// # Errors
/// [`Refusal::UnknownWave`], or when the database fails.
pub fn mail_status(installation: &Installation, wave: &WaveId) -> Result<MailStatus, Refusal> {
    match installation.state(wave)? {
        WaveState::Draft | WaveState::Launching => Ok(MailStatus::default()),
        state => {
            let without_card = if state == WaveState::Running { installation.identity.without_card(wave)? } else { 0 };
            Ok(in_words(&installation.identity.delivery(wave)?, without_card, state))
        }
    }
}

/// Everybody whom mail did not reach, by name.
///
/// # Errors
/// [`Refusal::UnknownWave`], or when the database fails.
pub fn unreached(installation: &Installation, wave: &WaveId) -> Result<Vec<UnreachedPerson>, Refusal> {
    installation.state(wave)?;
    Ok(installation.identity.unreached_people(wave)?)
}

/// What became of a corrected address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corrected {
    /// As the people side says.
    As(Correction),
    /// It is not an address.
    NoAddress,
}

/// Gives somebody whom mail did not reach another address, while people can answer. The address before is told, everybody reads how many were changed, and
/// the new one is invited whether or not its owner has answered.
///
/// # Errors
/// [`Refusal::WrongState`] unless the round runs.
pub fn correct(installation: &Installation, wave: &WaveId, person: &PersonId, mail: &str) -> Result<Corrected, Refusal> {
    let state = installation.state(wave)?;
    if state != WaveState::Running {
        return Err(Refusal::WrongState {
            wave: wave.clone(),
            state,
            reason: "addresses are corrected while people can answer; correct it in the staff list, and it is right for the next round",
        });
    }
    let mail = mail.trim();
    if check_mail(mail).is_err() {
        return Ok(Corrected::NoAddress);
    }
    Ok(Corrected::As(installation.identity.correct_address(wave, person, mail, installation.clock.now(), &mut rand::rng())?))
}

/// What happened to a mail, as a sentence without its end.
#[must_use]
pub const fn reason(mark: AddressMark) -> Saying {
    Saying::key(match mark {
        AddressMark::UnknownAddress => "mark-unknown-address",
        AddressMark::Full => "mark-full",
        AddressMark::Refused => "mark-refused",
        AddressMark::Bounced => "mark-bounced",
    })
}

fn in_words(delivery: &Delivery, without_card: u32, state: WaveState) -> MailStatus {
    let kind = match state {
        WaveState::Running => "mail-invitations",
        WaveState::Aborted => "mail-aborts",
        _ => "mail-closings",
    };
    let unreached = delivery.unreached.values().fold(0_u32, |sum, count| sum.saturating_add(*count));
    let mut facts = Vec::new();
    // In the grace nothing is sent to everybody, and marks end with the round.
    if state != WaveState::Closing {
        let by_mail = delivery.invited.saturating_sub(delivery.by_card);
        facts.push((Saying::key(kind), Saying::key("mail-waiting").and("waiting", delivery.waiting).and("all", by_mail).into()));
    }
    if delivery.by_card > 0 {
        let people = Saying::key(if without_card == 0 { "mail-by-card-all" } else { "mail-by-card-some" });
        let people = people.and("people", delivery.by_card);
        let people = if without_card == 0 { people } else { people.and("without", without_card) };
        facts.push((Saying::key("mail-by-card"), people.into()));
    }
    if !state.is_final() {
        let counted = REASONS.into_iter().filter_map(|mark| {
            let count = delivery.unreached.get(&mark)?;
            Some(Saying::key("mail-reason").and("reason", reason(mark)).and("count", *count))
        });
        let who = if unreached == 0 {
            Saying::key("mail-nobody")
        } else {
            Saying::key("mail-people").and("people", unreached).and("reasons", Value::List(counted.collect()))
        };
        facts.push((Saying::key("mail-unreached"), who.into()));
    }
    MailStatus { facts, unreached }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::words::Words;

    fn said(status: &MailStatus) -> Vec<String> {
        let words = Words::english();
        status.facts.iter().map(|(what, value)| format!("{}: {}", words.speak(what), words.value(value))).collect()
    }

    #[test]
    fn counts_are_said_with_their_reasons_while_they_are_kept() {
        let unreached = BTreeMap::from([(AddressMark::Bounced, 1), (AddressMark::UnknownAddress, 2)]);
        let delivery = Delivery { invited: 40, by_card: 0, waiting: 12, unreached };
        let running = in_words(&delivery, 0, WaveState::Running);
        assert_eq!(
            said(&running),
            [
                "Invitations still to be sent: 12 of 40",
                "Not reached by mail: 3 people (there is no such address: 2; the mail came back: 1)"
            ]
        );
        assert_eq!(running.unreached, 3);
        let published = in_words(&Delivery { unreached: BTreeMap::new(), ..delivery.clone() }, 0, WaveState::Published);
        assert_eq!(said(&published), ["Closing mails still to be sent: 12 of 40"]);
        let with_cards = in_words(&Delivery { by_card: 3, ..delivery }, 2, WaveState::Running);
        assert_eq!(
            said(&with_cards)[..2],
            [
                "Invitations still to be sent: 12 of 37",
                "Invited by printed card, without any mail: 3 people, 2 of them without a card yet (candor cards)"
            ]
        );
        let nobody = in_words(&Delivery::default(), 0, WaveState::Closing);
        assert_eq!(said(&nobody), ["Not reached by mail: nobody that is known"]);
    }
}
