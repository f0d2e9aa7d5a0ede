//! Mails with a one-time link for the owner of an account. They share gate, line and leases with the mails of rounds and go before them: whoever is invited
//! to read results should not wait behind ten thousand invitations to answer.

use std::time::Instant;

use identity::{LinkMail, LinkMailEnd, Mailbox};

use super::gate::{Permit, jittered};
use super::{FIRST_WAIT, LEASE, LONGEST_WAIT, Sending, TEXT_WITHIN, outcome_of, waiting};
use crate::accounts::link::{self, LinkSecret};
use crate::lifecycle::Refusal;
use crate::mail::message::{Access, Recipient, Sender, compose_access};
use crate::mail::transport::{AddressFault, Blame, Line, MailFailure};

/// So often a mail is tried whose failure may be its own; then whoever asked for it is told.
const MOST_ATTEMPTS: u32 = 10;

impl Sending {
    /// Sends a mail with a one-time link, if one is due; gives the permit back where none is.
    pub(super) fn send_link<'a>(&'a self, permit: Permit<'a>, line: &mut Line) -> Result<Option<Permit<'a>>, Refusal> {
        let identity = &self.installation.identity;
        let held_from = Instant::now();
        let Some(mail) = identity.take_link_mail(self.now(), LEASE)? else { return Ok(Some(permit)) };
        let end = match &mail.to {
            Some(to) => self.try_link(&mail, to, permit, held_from + TEXT_WITHIN, line)?,
            None => LinkMailEnd::Refused,
        };
        identity.end_link_mail(&mail, end)?;
        Ok(None)
    }

    fn try_link(
        &self,
        mail: &LinkMail,
        to: &Mailbox,
        permit: Permit<'_>,
        text_until: Instant,
        line: &mut Line,
    ) -> Result<LinkMailEnd, Refusal> {
        let config = &self.installation.config;
        let secret = LinkSecret::generate();
        if !self.installation.identity.mint_link(mail, &secret.hash(), self.now().plus(link::LIFETIME))? {
            return Ok(LinkMailEnd::Done);
        }
        let access = Access {
            organisation: config.organisation.clone(),
            login: mail.login.clone(),
            url: link::address(&self.installation, &secret).to_string().into(),
            hours: link::LIFETIME.as_secs() / 3600,
            invited: mail.invited,
        };
        let recipient = Recipient { name: to.name.clone(), address: to.mail.clone(), language: to.language.clone() };
        let sender = Sender::parse(&config.mail.from).map_err(|e| Refusal::Invalid(format!("mail.from: {e}")))?;
        let letter = match compose_access(&sender, &recipient, &access, self.now(), rand::random()) {
            Ok(letter) => self.signed(letter)?,
            Err(reason) => {
                tracing::error!(%reason, "a mail with a one-time link cannot be written");
                return Ok(LinkMailEnd::Refused);
            }
        };
        Ok(match line.send(&letter, text_until) {
            Ok(()) => {
                permit.report(super::Outcome::Serves, self.now());
                LinkMailEnd::Done
            }
            Err(failure) => self.link_failed(mail, &failure, permit),
        })
    }

    fn link_failed(&self, mail: &LinkMail, MailFailure { blame, reason }: &MailFailure, permit: Permit<'_>) -> LinkMailEnd {
        let now = self.now();
        let pause = permit.report(outcome_of(*blame), now).unwrap_or_default();
        tracing::warn!(attempts = mail.attempts, reason, "a mail with a one-time link was not sent");
        match blame {
            Blame::Server => LinkMailEnd::NotItsFault(now.plus(pause.saturating_add(jittered(FIRST_WAIT)))),
            Blame::Address(AddressFault::Full) if mail.attempts < MOST_ATTEMPTS => LinkMailEnd::TryAgain(now.plus(jittered(LONGEST_WAIT))),
            Blame::AddressForNow | Blame::Unclear | Blame::Unanswered if mail.attempts < MOST_ATTEMPTS => {
                LinkMailEnd::TryAgain(now.plus(jittered(waiting(mail.attempts)).max(pause)))
            }
            Blame::Address(_) | Blame::AddressForNow | Blame::Unclear | Blame::Unanswered => LinkMailEnd::Refused,
        }
    }
}
