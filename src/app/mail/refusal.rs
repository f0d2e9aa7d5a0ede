//! What a refused mail means: whose fault it is, and with that who has to wait and whether an address is marked.
//!
//! Reply codes are those of RFC 5321, enhanced codes those of RFC 3463 and its registry. A server's words are read for one thing only
//! (greylisting) and never repeated: they may name the recipient.

use std::fmt;

/// Where in the SMTP dialogue something went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Connecting, greeting, TLS, signing in, MAIL.
    Start,
    /// RCPT.
    Recipient,
    /// DATA, before any of the text has left.
    Data,
    /// The answer to the end of the text.
    End,
}

/// What is wrong with a recipient's address, for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressFault {
    /// There is no such mailbox or domain.
    Unknown,
    /// The mailbox is full.
    Full,
    /// Anything else that is the recipient's: switched off, too small for the mail, refusing us.
    Other,
}

/// Whose fault it is that a mail did not leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blame {
    /// The recipient's address, for good: trying again does not help.
    Address(AddressFault),
    /// The recipient's address, for now (greylisting, a locked mailbox): this mail waits, no other does.
    AddressForNow,
    /// The recipient's address or us; the reply does not tell. This mail waits, and after several in a row all do.
    Unclear,
    /// The server: it cannot be reached, or takes nothing from us. All mails wait, and none counts it as its own failure.
    Server,
    /// The server went away after it had the text: it may have taken the mail. All mails wait; this one waits longer every time.
    Unanswered,
}

/// A mail that did not leave. The reason holds codes and never a recipient.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct MailFailure {
    /// Whose fault it is.
    pub blame: Blame,
    /// What happened, for the log.
    pub reason: String,
}

impl MailFailure {
    /// A failure that is no recipient's.
    pub(super) fn server(reason: impl Into<String>) -> Self {
        Self { blame: Blame::Server, reason: reason.into() }
    }
}

/// An enhanced status code (RFC 3463), without its class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Enhanced {
    class: u16,
    subject: u16,
    detail: u16,
}

impl Enhanced {
    fn parse(word: &str) -> Option<Self> {
        let mut parts = word.split('.').map(|part| (part.len() <= 3).then(|| part.parse::<u16>().ok()).flatten());
        let (class, subject, detail) = (parts.next()??, parts.next()??, parts.next()??);
        (parts.next().is_none() && matches!(class, 2 | 4 | 5)).then_some(Self { class, subject, detail })
    }
}

/// A refusal in the words of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reply {
    code: u16,
    enhanced: Option<Enhanced>,
    /// The text calls it greylisting (RFC 6647); its codes alone do not tell it from a policy against us.
    greylisting: bool,
}

impl Reply {
    /// Reads a reply with its code and text.
    pub(super) fn new(code: u16, text: &str) -> Self {
        let separators = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | ':' | ',' | ';' | '<' | '>');
        // Nearly every server writes it first (RFC 2034); what comes later may be an address of the internet or a version number.
        let enhanced = text.split(separators).find(|word| !word.is_empty()).and_then(Enhanced::parse);
        let lower = text.to_lowercase();
        Self { code, enhanced, greylisting: ["greylist", "graylist", "grey-list", "gray-list"].iter().any(|word| lower.contains(word)) }
    }

    /// Whose fault the refusal is, by the stage of the dialogue in which it came.
    pub(super) fn blame(self, stage: Stage) -> Blame {
        if self.code == 421 || stage == Stage::Start {
            return Blame::Server;
        }
        if self.code >= 500 { self.for_good(stage) } else { self.for_now() }
    }

    fn for_good(self, stage: Stage) -> Blame {
        let about = self.enhanced.filter(|enhanced| enhanced.class == 5).map(|enhanced| (enhanced.subject, enhanced.detail));
        match (self.code, about) {
            // The sender's address, and policies, which may be against us or against mails like this one.
            (_, Some((1, 7 | 8) | (7, _))) => Blame::Unclear,
            (_, Some((1, 1 | 2 | 3 | 6 | 10))) => Blame::Address(AddressFault::Unknown),
            (_, Some((2, 2))) => Blame::Address(AddressFault::Full),
            (_, Some((1 | 2 | 4, _) | (3, 4))) => Blame::Address(AddressFault::Other),
            // The server's own state, our use of the protocol, the form of the mail: no address is to blame for these.
            (_, Some((3 | 5 | 6, _))) => Blame::Unclear,
            (552, _) => Blame::Address(AddressFault::Full),
            // RFC 7504: the domain takes no mail.
            (556, _) => Blame::Address(AddressFault::Unknown),
            (550 | 551 | 553, _) if stage != Stage::Data => Blame::Address(AddressFault::Other),
            // 554 without a second code is said for "relay denied", for block lists and for spam alike.
            _ => Blame::Unclear,
        }
    }

    fn for_now(self) -> Blame {
        if self.greylisting {
            return Blame::AddressForNow;
        }
        let about = self.enhanced.filter(|enhanced| enhanced.class == 4).map(|enhanced| (enhanced.subject, enhanced.detail));
        match (self.code, about) {
            (_, Some((3, _))) => Blame::Server,
            (_, Some((1 | 2 | 4, _))) => Blame::AddressForNow,
            (450, None) => Blame::AddressForNow,
            // 451 4.7.1 is said to everybody who is too fast, and to one recipient by others.
            _ => Blame::Unclear,
        }
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the mail server answered {}", self.code)?;
        match self.enhanced {
            Some(Enhanced { class, subject, detail }) => write!(f, " {class}.{subject}.{detail}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blame(stage: Stage, reply: &str) -> Blame {
        let (code, text) = reply.split_at(3);
        Reply::new(code.parse().unwrap_or_default(), text).blame(stage)
    }

    #[test]
    fn replies_as_real_servers_give_them_blame_whom_they_are_about() {
        use AddressFault::{Full, Other, Unknown};
        use Blame::{Address, AddressForNow, Server, Unclear};
        for (reply, expected) in [
            // Postfix, Exchange, Gmail: nobody of this name.
            ("550 5.1.1 <ann@example.org>: Recipient address rejected: User unknown in virtual mailbox table", Address(Unknown)),
            ("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", Address(Unknown)),
            ("550 5.1.1 The email account that you tried to reach does not exist.", Address(Unknown)),
            ("550 No such user here", Address(Other)),
            ("551 User not local", Address(Other)),
            ("556 Domain takes no mail", Address(Unknown)),
            ("552 5.2.2 The email account that you tried to reach is over quota", Address(Full)),
            ("552 Mailbox full", Address(Full)),
            ("552 5.3.4 Message size exceeds fixed limit", Address(Other)),
            ("552 5.2.3 Message too long for this mailbox", Address(Other)),
            ("550 5.2.1 The email account is disabled", Address(Other)),
            ("550 5.4.1 Recipient address rejected: Access denied", Address(Other)),
            // About us, or nobody knows.
            ("554 5.7.1 <ann@example.org>: Relay access denied", Unclear),
            ("550 5.7.26 This mail is unauthenticated", Unclear),
            ("550 5.1.8 <survey@example.org>: Sender address rejected: Domain not found", Unclear),
            ("530 5.7.0 Must issue a STARTTLS command first", Unclear),
            ("503 5.5.1 Error: need MAIL command", Unclear),
            ("554 Transaction failed", Unclear),
            // For now.
            ("450 4.2.0 <ann@example.org>: Recipient address rejected: Greylisted", AddressForNow),
            ("451 4.7.1 Greylisting in action, please come back later", AddressForNow),
            ("451 Graylisted - please try again in 300 seconds", AddressForNow),
            ("450 mailbox busy", AddressForNow),
            ("452 4.2.2 over quota", AddressForNow),
            ("451 4.4.1 no answer from host", AddressForNow),
            ("451 4.7.500 Server busy. Please try again later", Unclear),
            ("451 Requested action aborted: local error in processing", Unclear),
            ("452 4.3.1 Insufficient system storage", Server),
            ("451 4.3.0 Temporary lookup failure", Server),
            ("421 4.7.0 Too many connections", Server),
            ("421 Service not available", Server),
        ] {
            assert_eq!(blame(Stage::Recipient, reply), expected, "{reply}");
        }
    }

    #[test]
    fn what_is_refused_before_a_recipient_was_named_is_never_the_recipients_fault() {
        for reply in ["554 5.7.1 no service for you", "535 5.7.8 bad password", "550 5.1.1 unknown", "452 4.2.2 full", "552 too big"] {
            assert_eq!(blame(Stage::Start, reply), Blame::Server, "{reply}");
        }
    }

    #[test]
    fn a_reason_repeats_the_codes_and_not_the_words() {
        let reply = Reply::new(550, "5.1.1 <ann@example.org>: no such user at 10.1.2.3");
        assert_eq!(reply.to_string(), "the mail server answered 550 5.1.1");
        assert_eq!(Reply::new(550, "ann@example.org 5.1.1").to_string(), "the mail server answered 550");
    }
}
