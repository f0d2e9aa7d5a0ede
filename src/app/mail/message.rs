//! Composing one mail: what goes in as plain facts, and what comes out with its headers.

use std::collections::BTreeSet;
use std::fmt;
use std::time::{Duration, SystemTime};

use data_encoding::HEXLOWER;
use domain::instrument::Words as Texts;
use domain::{Language, Moment};
use jiff::tz::TimeZone;
use lettre::Message;
use lettre::address::Envelope;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use protocol::manifest::{CommentRule, Weakening};
use secrecy::{ExposeSecret, SecretString};

use super::dkim::{DkimSigner, SigningFailed};
use super::letter::Letter;

pub use super::words::BrokenWords;

/// Who gets the mail.
#[derive(Debug, Clone)]
pub struct Recipient {
    /// The person's name.
    pub name: String,
    /// The person's address.
    pub address: String,
    /// The language of the mail; English stands in for one that Candor does not speak.
    pub language: Language,
}

/// The address that mails come from, for instance `Candor <survey@example.org>`.
#[derive(Debug, Clone)]
pub struct Sender(Mailbox);

impl Sender {
    /// Reads an address with or without a name before it.
    ///
    /// # Errors
    /// What is wrong, and an example.
    pub fn parse(text: &str) -> Result<Self, String> {
        text.parse().map(Self).map_err(|cause| format!("{text:?} is not a sender such as Candor <survey@example.org>: {cause}"))
    }

    /// The domain of the address.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.email.domain()
    }
}

/// What is the same for everybody in a round.
#[derive(Debug, Clone)]
pub struct Round {
    /// The organisation's name.
    pub organisation: String,
    /// The questionnaire's title per language.
    pub title: Texts,
    /// The languages in which people are addressed informally.
    pub informal: Vec<Language>,
    /// How many statements it has.
    pub statements: usize,
    /// When answering ends; `None` when the organisers end it by hand (the demo).
    pub closes_at: Option<Moment>,
    /// The smallest number of people whose answers are reported together.
    pub k: u32,
    /// Colleagues whose answers a reader may know without narrowing down anybody else's below `values_kept`.
    pub coalition: u32,
    /// How many neighbouring answers stay possible for everybody.
    pub values_kept: u32,
    /// From how many people, and how many comments, on comments are shown together; `None` when none are asked.
    pub comments: Option<CommentRule>,
    /// Who holds the key that opens the answers.
    pub key: KeyHeld,
    /// Whether a team reads its own result.
    pub team_reads: bool,
    /// How many hours after the publication HR reads the results of groups; 0 for at once.
    pub hr_groups_after_hours: u32,
    /// Whether HR follows, in steps and once a day, how many of all people take part.
    pub hr_follows: bool,
    /// Whether somebody was invited by a printed card.
    pub cards: bool,
    /// What weakens the promise and was known at the launch, in the order of the sheet.
    pub weakened_by: BTreeSet<Weakening>,
    /// What the result is for, per language.
    pub purpose: Texts,
    /// What the result may not be used for, per language.
    pub not_for: Texts,
    /// What follows on the announced close; `None` when the organisers end the round by hand.
    pub later: Option<Later>,
    /// Whether the close can be put off, or was.
    pub extension: Extension,
    /// The time zone in which mails name moments.
    pub zone: TimeZone,
    /// The check words of the round, as people compare them.
    pub check_words: String,
}

/// Who holds the key that opens the answers, as the promise sheet says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyHeld {
    /// The operator's process.
    Process,
    /// The operator's process, locked with a passphrase.
    Locked,
    /// The operator's process, locked with a passphrase that the one who is named has.
    LockedBy(String),
    /// The one who is named, outside the operator.
    Outside(String),
}

impl KeyHeld {
    /// Whoever is named, or nothing.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Process | Self::Locked => "",
            Self::LockedBy(name) | Self::Outside(name) => name,
        }
    }
}

/// Whether the close of a round can be put off, as its promise sheet declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extension {
    /// It comes as announced.
    None,
    /// It can be put off once.
    Possible {
        /// By how many days at most.
        days: u32,
    },
    /// It was put off and comes as announced now.
    Done {
        /// The close that was announced first.
        planned: Moment,
    },
}

/// The moments after the close, if it comes as announced.
#[derive(Debug, Clone, Copy)]
pub struct Later {
    /// When answering ends.
    pub closes_at: Moment,
    /// Until when people can object; then the answers are opened.
    pub objections_until: Moment,
    /// When the result is published at the earliest.
    pub published_from: Moment,
    /// When it is published at the latest; otherwise the round ends without one.
    pub published_by: Moment,
}

/// The standing group in which the recipient answers.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its name.
    pub label: String,
    /// The unit above it; `None` is the organisation.
    pub unit: Option<String>,
    /// How many people are invited in it.
    pub invited: u32,
    /// The teams that answer in it; with several of them nothing says which is the recipient's own.
    pub teams: Vec<Team>,
    /// The check words of the group.
    pub check_words: String,
}

/// A team of a group.
#[derive(Debug, Clone)]
pub struct Team {
    /// Its name.
    pub label: String,
    /// The names of its leaders; may be empty.
    pub leaders: Vec<String>,
}

/// The recipient's way to the survey. Does not print.
#[derive(Debug, Clone)]
pub struct PersonalLink {
    /// The whole link with the secret in its fragment.
    pub url: SecretString,
    /// The survey's address without any secret, where the code can be typed.
    pub page: String,
    /// The code, in groups as it is typed.
    pub code: SecretString,
}

/// What the mail is about.
#[derive(Debug, Clone)]
pub enum Content {
    /// The round has begun.
    Invitation {
        /// Where the answers will count.
        group: Group,
        /// The way in.
        link: PersonalLink,
        /// Address for "do not remind me". A mail program POSTs to it (RFC 8058); a person who follows it must be asked first, because link scanners follow it too.
        unsubscribe: Option<SecretString>,
    },
    /// No answer has arrived with a link of the recipient.
    Reminder {
        /// Where the answers will count.
        group: Group,
        /// A new way in.
        link: PersonalLink,
        /// As for an invitation.
        unsubscribe: Option<SecretString>,
    },
    /// The box is shut. The same text for everybody.
    Closing {
        /// The page that says what is recorded about the recipient, with its handle in the fragment.
        status: SecretString,
        /// When objections end; `None` in a round paced by hand.
        objections_until: Option<Moment>,
        /// When the result is published at the earliest; `None` in a round paced by hand.
        published_from: Option<Moment>,
        /// How many addresses were changed after the launch.
        addresses_changed: u32,
        /// What was found while the round ran that weakens its promise and does not stand on its promise sheet.
        found_later: BTreeSet<Weakening>,
    },
    /// To the address that somebody had before: they have another one now.
    Moved,
    /// The round ended without a result. The same text for everybody.
    Aborted {
        /// Why, in one sentence of the organisers' own; it is not translated.
        reason: String,
        /// Whether the key is lost, so that nobody can say that it was destroyed.
        key_lost: bool,
    },
}

impl Content {
    /// What the mail is, as it says itself in [`KIND_HEADER`].
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Invitation { .. } => "invitation",
            Self::Reminder { .. } => "reminder",
            Self::Closing { .. } => "closing",
            Self::Moved => "moved",
            Self::Aborted { .. } => "aborted",
        }
    }
}

/// A one-time link for the owner of an account, as a mail carries it.
#[derive(Debug, Clone)]
pub struct Access {
    /// The organisation's name.
    pub organisation: String,
    /// The name to sign in with.
    pub login: String,
    /// Where the owner chooses a password, once.
    pub url: SecretString,
    /// Within how many hours.
    pub hours: u64,
    /// Whether the account has no password yet.
    pub invited: bool,
}

/// What a mail with a one-time link is, as it says itself in [`KIND_HEADER`]. It belongs to no round.
pub const ACCESS: &str = "access";

/// Why a mail could not be composed. Trying again does not help.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ComposeProblem {
    /// The recipient's address is none. Staff lists are checked, so this is rare.
    #[error("the address of the recipient is not valid: {0}. Correct it in the staff list")]
    Address(String),
    /// A text of the product is broken.
    #[error(transparent)]
    Words(#[from] BrokenWords),
    /// The HTML part could not be written.
    #[error("the HTML part could not be written: {0}")]
    Html(String),
    /// The parts could not be put together.
    #[error("the mail could not be put together: {0}")]
    Headers(String),
}

/// One mail, ready to leave. It holds secrets and does not print them.
pub struct Mail {
    pub(super) envelope: Envelope,
    /// Headers and text as they cross the line.
    pub(super) raw: String,
    /// Hexadecimal random part of the Message-ID.
    pub(super) id: String,
    pub(super) to: String,
    pub(super) from: String,
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
    pub(super) link: Option<SecretString>,
}

impl Mail {
    /// The subject.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The HTML part; it may hold secrets.
    #[must_use]
    pub fn html(&self) -> &str {
        &self.html
    }

    /// Puts a signature before the mail; nothing may be changed afterwards.
    ///
    /// # Errors
    /// [`SigningFailed`] when the key does not do its work.
    pub fn sign(&mut self, signer: &DkimSigner, now: Moment) -> Result<(), SigningFailed> {
        let header = signer.header(&self.raw, now)?;
        self.raw.insert_str(0, &header);
        Ok(())
    }
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The header with which a mail says what it is, so that one that comes back can be told from a reminder, which must leave no mark. Not in the
/// Message-ID: mail servers log that, and a log of reminders is a log of who had not answered.
pub const KIND_HEADER: &str = "Candor-Mail";
const AUTO_SUBMITTED: HeaderName = HeaderName::new_from_ascii_str("Auto-Submitted");
const NO_AUTO_RESPONSE: HeaderName = HeaderName::new_from_ascii_str("X-Auto-Response-Suppress");
const LIST_UNSUBSCRIBE: HeaderName = HeaderName::new_from_ascii_str("List-Unsubscribe");
const LIST_UNSUBSCRIBE_POST: HeaderName = HeaderName::new_from_ascii_str("List-Unsubscribe-Post");

/// Composes a mail of a text and an HTML part in the recipient's language.
///
/// `now` becomes the Date header. `random` becomes the Message-ID: 16 fresh random bytes, never derived from person, wave or
/// secret, so that the id links nothing. Link and code stand in the body only; the one header with a secret is
/// `List-Unsubscribe`, whose secret can do nothing but stop reminders.
///
/// # Errors
/// [`ComposeProblem`]; the same mail will not work at a second try.
pub fn compose(
    sender: &Sender,
    recipient: &Recipient,
    round: &Round,
    content: &Content,
    now: Moment,
    random: [u8; 16],
) -> Result<Mail, ComposeProblem> {
    let letter = Letter::write(recipient, round, content)?;
    let unsubscribe = match content {
        Content::Invitation { unsubscribe, .. } | Content::Reminder { unsubscribe, .. } => unsubscribe.as_ref(),
        Content::Closing { .. } | Content::Aborted { .. } | Content::Moved => None,
    };
    let link = match content {
        Content::Invitation { link, .. } | Content::Reminder { link, .. } => Some(link.url.clone()),
        Content::Closing { status, .. } => Some(status.clone()),
        Content::Aborted { .. } | Content::Moved => None,
    };
    Ok(Mail { link, ..put_together(sender, recipient, letter, content.kind(), unsubscribe, now, random)? })
}

/// Composes the mail that carries a one-time link to the owner of an account; `now` and `random` as for [`compose`].
///
/// # Errors
/// [`ComposeProblem`]; the same mail will not work at a second try.
pub fn compose_access(
    sender: &Sender,
    recipient: &Recipient,
    access: &Access,
    now: Moment,
    random: [u8; 16],
) -> Result<Mail, ComposeProblem> {
    put_together(sender, recipient, Letter::of_access(recipient, access)?, ACCESS, None, now, random)
}

fn put_together(
    sender: &Sender,
    recipient: &Recipient,
    letter: Letter,
    kind: &str,
    unsubscribe: Option<&SecretString>,
    now: Moment,
    random: [u8; 16],
) -> Result<Mail, ComposeProblem> {
    let (text, html) = (letter.text(), letter.html()?);
    let address = recipient.address.parse().map_err(|cause: lettre::address::AddressError| ComposeProblem::Address(cause.to_string()))?;
    let name = recipient.name.replace(char::is_control, " ");
    let to = Mailbox::new(Some(name), address);
    let id = HEXLOWER.encode(&random);
    let since_epoch = Duration::from_micros(u64::try_from(now.micros()).unwrap_or_default());

    let mut builder = Message::builder()
        .from(sender.0.clone())
        .to(to.clone())
        .subject(letter.subject.clone())
        .date(SystemTime::UNIX_EPOCH + since_epoch)
        .message_id(Some(format!("<{id}@{}>", sender.0.email.domain())))
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str(KIND_HEADER), kind.to_owned()))
        // RFC 3834: machines do not answer machines.
        .raw_header(HeaderValue::new(AUTO_SUBMITTED, "auto-generated".to_owned()))
        // Everything that Exchange would answer by itself, except the report that a mail could not be delivered (NDR), which we need.
        .raw_header(HeaderValue::new(NO_AUTO_RESPONSE, "DR, RN, NRN, OOF, AutoReply".to_owned()));
    if let Some(url) = unsubscribe {
        let url = url.expose_secret();
        let value = format!("<{url}>");
        builder = builder.raw_header(HeaderValue::dangerous_new_pre_encoded(LIST_UNSUBSCRIBE, value.clone(), value));
        // RFC 8058 section 3.1: one-click needs https.
        if url.starts_with("https://") {
            builder = builder.raw_header(HeaderValue::new(LIST_UNSUBSCRIBE_POST, "List-Unsubscribe=One-Click".to_owned()));
        }
    }
    let parts = MultiPart::alternative()
        .boundary(format!("part-{id}"))
        .singlepart(SinglePart::plain(text.clone()))
        .singlepart(SinglePart::html(html.clone()));
    let message = builder.multipart(parts).map_err(|cause| ComposeProblem::Headers(cause.to_string()))?;
    // Every header is encoded and every part quoted-printable or base64, so this cannot fail.
    let raw = String::from_utf8(message.formatted()).map_err(|cause| ComposeProblem::Headers(cause.to_string()))?;
    Ok(Mail {
        envelope: message.envelope().clone(),
        raw,
        id,
        to: to.to_string(),
        from: sender.0.to_string(),
        subject: letter.subject,
        text,
        html,
        link: None,
    })
}

#[cfg(test)]
#[path = "message_tests.rs"]
mod tests;
