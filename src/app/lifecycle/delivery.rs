//! How far a round's mails have come, in words for HR. Only mails that go to everybody are counted, so nothing here tells who has answered.

use domain::{WaveId, WaveState};
use identity::{AddressMark, Delivery, UnreachedPerson};

use super::Refusal;
use crate::installation::Installation;

/// The reasons in the order in which they are listed.
const REASONS: [AddressMark; 4] = [AddressMark::UnknownAddress, AddressMark::Full, AddressMark::Refused, AddressMark::Bounced];

/// What is said about the mails of a round.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MailStatus {
    /// Names and values; none before the launch.
    pub facts: Vec<(&'static str, String)>,
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

/// What happened to a mail, as a sentence without its end.
#[must_use]
pub const fn reason(mark: AddressMark) -> &'static str {
    match mark {
        AddressMark::UnknownAddress => "there is no such address",
        AddressMark::Full => "the mailbox is full",
        AddressMark::Refused => "the mail server refused the mail",
        AddressMark::Bounced => "the mail came back",
    }
}

fn in_words(delivery: &Delivery, without_card: u32, state: WaveState) -> MailStatus {
    let kind = match state {
        WaveState::Running => "Invitations still to be sent",
        WaveState::Aborted => "Mails about its end still to be sent",
        _ => "Closing mails still to be sent",
    };
    let unreached = delivery.unreached.values().fold(0_u32, |sum, count| sum.saturating_add(*count));
    let mut facts = Vec::new();
    // In the grace nothing is sent to everybody, and marks end with the round.
    if state != WaveState::Closing {
        facts.push((kind, format!("{} of {}", delivery.waiting, delivery.invited.saturating_sub(delivery.by_card))));
    }
    if delivery.by_card > 0 {
        let people = if delivery.by_card == 1 { "one person".to_owned() } else { format!("{} people", delivery.by_card) };
        let made = if without_card == 0 { String::new() } else { format!(", {without_card} of them without a card yet (candor cards)") };
        facts.push(("Invited by printed card, without any mail", format!("{people}{made}")));
    }
    if !state.is_final() {
        let counted = REASONS.into_iter().filter_map(|mark| Some(format!("{}: {}", reason(mark), delivery.unreached.get(&mark)?)));
        let counted = counted.collect::<Vec<_>>().join("; ");
        let people = if unreached == 1 { "one person".to_owned() } else { format!("{unreached} people") };
        facts.push((
            "Not reached by mail",
            if unreached == 0 { "nobody that is known".to_owned() } else { format!("{people} ({counted})") },
        ));
    }
    MailStatus { facts, unreached }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn counts_are_said_with_their_reasons_while_they_are_kept() {
        let unreached = BTreeMap::from([(AddressMark::Bounced, 1), (AddressMark::UnknownAddress, 2)]);
        let delivery = Delivery { invited: 40, by_card: 0, waiting: 12, unreached };
        let running = in_words(&delivery, 0, WaveState::Running);
        assert_eq!(
            running.facts,
            [
                ("Invitations still to be sent", "12 of 40".to_owned()),
                ("Not reached by mail", "3 people (there is no such address: 2; the mail came back: 1)".to_owned())
            ]
        );
        assert_eq!(running.unreached, 3);
        let published = in_words(&Delivery { unreached: BTreeMap::new(), ..delivery.clone() }, 0, WaveState::Published);
        assert_eq!(published.facts, [("Closing mails still to be sent", "12 of 40".to_owned())]);
        let with_cards = in_words(&Delivery { by_card: 3, ..delivery }, 2, WaveState::Running);
        assert_eq!(with_cards.facts[0].1, "12 of 37");
        assert_eq!(
            with_cards.facts[1],
            ("Invited by printed card, without any mail", "3 people, 2 of them without a card yet (candor cards)".to_owned())
        );
        let nobody = in_words(&Delivery::default(), 0, WaveState::Closing);
        assert_eq!(nobody.facts, [("Not reached by mail", "nobody that is known".to_owned())]);
    }
}
