//! What each kind of mail says, as one list of blocks; the text part and the HTML part are both made from it and cannot drift apart.

mod promises;

use askama::Template;
use domain::instrument::Words as Texts;
use domain::{Language, Moment};
use secrecy::{ExposeSecret, SecretString};

use super::message::{Access, ComposeProblem, Content, Extension, Group, KeyHeld, PersonalLink, Recipient, Round};
use super::words::{Address, BrokenWords, Filling, Key, Words};
use crate::wrap;

/// Statements that people answer in a minute, as on the survey page.
const STATEMENTS_PER_MINUTE: usize = 6;

/// Characters of a line in the text part; addresses are never broken.
const TEXT_WIDTH: usize = 76;

/// One piece of a mail.
enum Block {
    Paragraph(String),
    Heading(String),
    Points(Vec<String>),
    Button { label: String, url: String },
    Link { label: String, url: String },
    Code { label: String, code: String },
    Small(String),
    Rule,
}

/// A mail before it gets its headers.
#[derive(Template)]
#[template(path = "letter.html")]
pub(super) struct Letter {
    language: &'static str,
    pub(super) subject: String,
    blocks: Vec<Block>,
}

impl Letter {
    /// Writes the mail in the recipient's language.
    pub(super) fn write(recipient: &Recipient, round: &Round, content: &Content) -> Result<Self, ComposeProblem> {
        let address = if round.informal.contains(&recipient.language) { Address::Informal } else { Address::Formal };
        let words = Words::in_language(&recipient.language, address)?;
        let mut writing = Writing { words, round, recipient, blocks: Vec::new() };
        let subject = match content {
            Content::Invitation { group, link, unsubscribe } => writing.invitation(group, link, unsubscribe.as_ref())?,
            Content::Reminder { group, link, unsubscribe } => writing.reminder(group, link, unsubscribe.as_ref())?,
            Content::Closing { status, objections_until, published_from, addresses_changed, found_later } => {
                let subject = writing.closing(status, *objections_until, *published_from, *addresses_changed)?;
                writing.found_later(found_later)?;
                subject
            }
            Content::Moved => writing.moved()?,
            Content::Aborted { reason, key_lost } => writing.aborted(reason, *key_lost)?,
        };
        writing.footer()?;
        Ok(Self { language: writing.words.tag(), subject, blocks: writing.blocks })
    }

    /// Writes the mail that carries a one-time link.
    pub(super) fn of_access(recipient: &Recipient, access: &Access) -> Result<Self, ComposeProblem> {
        let words = Words::in_language(&recipient.language, Address::Formal)?;
        let organisation = || ("organisation", access.organisation.as_str().into());
        let (subject, lead) =
            if access.invited { (Key::AccessSubject, Key::AccessLead) } else { (Key::AccessSubjectAgain, Key::AccessLeadAgain) };
        let blocks = vec![
            Block::Paragraph(words.say(Key::Greeting, &[("name", recipient.name.as_str().into())])?),
            Block::Paragraph(words.say(lead, &[organisation(), ("login", access.login.as_str().into())])?),
            Block::Button { label: words.say(Key::AccessButton, &[])?, url: access.url.expose_secret().to_owned() },
            Block::Paragraph(words.say(Key::AccessOnce, &[("hours", access.hours.into())])?),
            Block::Paragraph(words.say(Key::AccessUnasked, &[])?),
            Block::Rule,
            Block::Small(words.say(Key::FooterAutomatic, &[organisation()])?),
            Block::Small(words.say(Key::FooterTracking, &[])?),
        ];
        Ok(Self { language: words.tag(), subject: words.say(subject, &[organisation()])?, blocks })
    }

    /// The HTML part.
    pub(super) fn html(&self) -> Result<String, ComposeProblem> {
        self.render().map_err(|cause| ComposeProblem::Html(cause.to_string()))
    }

    /// The text part.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        for block in &self.blocks {
            match block {
                Block::Paragraph(text) => out.push_str(&wrapped(text, "", "")),
                Block::Small(text) => out.push_str(&wrapped(text, "", "")),
                Block::Heading(text) => {
                    out.push('\n');
                    out.push_str(&wrapped(text, "", ""));
                    out.push_str(&"-".repeat(text.chars().count().min(TEXT_WIDTH)));
                    out.push('\n');
                    continue;
                }
                Block::Points(points) => {
                    for point in points {
                        out.push_str(&wrapped(point, "* ", "  "));
                    }
                }
                Block::Button { label, url } | Block::Link { label, url } => {
                    let colon = if label.ends_with('?') { "" } else { ":" };
                    out.push_str(&format!("{label}{colon}\n{url}\n"));
                }
                Block::Code { label, code } => out.push_str(&format!("{label}: {code}\n")),
                Block::Rule => out.push_str("-- \n"),
            }
            if !matches!(block, Block::Rule) {
                out.push('\n');
            }
        }
        out
    }
}

/// Breaks a text into lines; a word longer than a line stays whole.
fn wrapped(text: &str, first: &str, next: &str) -> String {
    wrap::fill(text, TEXT_WIDTH, first, next) + "\n"
}

/// A part of the promise under its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The heading.
    pub heading: String,
    /// What is promised, and how far it goes.
    pub points: Vec<String>,
}

/// What everybody of a group is promised, in the words of the invitation.
///
/// # Errors
/// [`BrokenWords`], which tests rule out.
pub fn promises(round: &Round, group: &Group, language: &Language, page: &str) -> Result<Vec<Passage>, BrokenWords> {
    let address = if round.informal.contains(language) { Address::Informal } else { Address::Formal };
    let nobody = Recipient { name: String::new(), address: String::new(), language: language.clone() };
    let mut writing = Writing { words: Words::in_language(language, address)?, round, recipient: &nobody, blocks: Vec::new() };
    writing.promise_alone(group, page)?;
    let mut passages: Vec<Passage> = Vec::new();
    for block in writing.blocks {
        match (block, passages.last_mut()) {
            (Block::Heading(heading), _) => passages.push(Passage { heading, points: Vec::new() }),
            (Block::Points(points), Some(passage)) => passage.points.extend(points),
            (Block::Paragraph(text), Some(passage)) => passage.points.push(text),
            _ => {}
        }
    }
    Ok(passages)
}

struct Writing<'a> {
    words: &'static Words,
    round: &'a Round,
    recipient: &'a Recipient,
    blocks: Vec<Block>,
}

impl Writing<'_> {
    fn paragraph(&mut self, key: Key, filling: &[Filling<'_>]) -> Result<(), BrokenWords> {
        self.blocks.push(Block::Paragraph(self.words.say(key, filling)?));
        Ok(())
    }

    fn heading(&mut self, key: Key) -> Result<(), BrokenWords> {
        self.blocks.push(Block::Heading(self.words.say(key, &[])?));
        Ok(())
    }

    fn button(&mut self, key: Key, url: &SecretString) -> Result<(), BrokenWords> {
        self.blocks.push(Block::Button { label: self.words.say(key, &[])?, url: url.expose_secret().to_owned() });
        Ok(())
    }

    /// A text in the language of the mail, else in its first language.
    fn spoken(&self, texts: &Texts) -> String {
        let spoken = texts.iter().find(|(language, _)| language.as_str() == self.words.tag());
        spoken.or_else(|| texts.iter().next()).map(|(_, text)| text.clone()).unwrap_or_default()
    }

    /// The title of the questionnaire.
    fn title(&self) -> String {
        self.spoken(&self.round.title)
    }

    /// A moment in the round's time zone.
    fn moment(&self, moment: Moment) -> Result<String, BrokenWords> {
        self.words.moment(moment, &self.round.zone)
    }

    fn organisation(&self) -> Filling<'static> {
        ("organisation", self.round.organisation.clone().into())
    }

    /// Who holds the key outside the operator, if somebody does.
    fn outside(&self) -> Option<Filling<'static>> {
        match &self.round.key {
            KeyHeld::Outside(holder) => Some(("holder", holder.clone().into())),
            KeyHeld::Process | KeyHeld::Locked | KeyHeld::LockedBy(_) => None,
        }
    }

    /// A subject that names the closing date when there is one.
    fn dated_subject(&self, dated: Key, manual: Key) -> Result<String, BrokenWords> {
        match self.round.closes_at {
            Some(moment) => self.words.say(dated, &[self.organisation(), ("date", self.words.date(moment, &self.round.zone)?.into())]),
            None => self.words.say(manual, &[self.organisation()]),
        }
    }

    fn lead(&mut self, key: Key) -> Result<(), BrokenWords> {
        self.paragraph(Key::Greeting, &[("name", self.recipient.name.as_str().into())])?;
        let minutes = self.round.statements.div_ceil(STATEMENTS_PER_MINUTE);
        let filling = [
            self.organisation(),
            ("title", self.title().into()),
            ("statements", self.round.statements.into()),
            ("minutes", minutes.into()),
        ];
        self.paragraph(key, &filling)
    }

    fn invitation(&mut self, group: &Group, link: &PersonalLink, unsubscribe: Option<&SecretString>) -> Result<String, BrokenWords> {
        self.lead(Key::InvitationLead)?;
        self.way_in(link)?;
        self.promises(group, &link.page)?;
        self.reminders(unsubscribe)?;
        self.dated_subject(Key::InvitationSubject, Key::InvitationSubjectManual)
    }

    fn reminder(&mut self, group: &Group, link: &PersonalLink, unsubscribe: Option<&SecretString>) -> Result<String, BrokenWords> {
        self.lead(Key::ReminderLead)?;
        self.way_in(link)?;
        self.paragraph(Key::ReminderCrossed, &[])?;
        self.promises(group, &link.page)?;
        self.reminders(unsubscribe)?;
        self.dated_subject(Key::ReminderSubject, Key::ReminderSubjectManual)
    }

    fn way_in(&mut self, link: &PersonalLink) -> Result<(), BrokenWords> {
        self.button(Key::AnswerButton, &link.url)?;
        match self.round.closes_at {
            Some(moment) if matches!(self.round.extension, Extension::Done { .. }) => {
                self.paragraph(Key::OpenUntilExtended, &[("moment", self.moment(moment)?.into())])?;
            }
            Some(moment) => self.paragraph(Key::OpenUntil, &[("moment", self.moment(moment)?.into())])?,
            None => self.paragraph(Key::OpenManual, &[])?,
        }
        self.paragraph(Key::AnswerPersonal, &[])?;
        self.paragraph(Key::CodeIntro, &[("page", link.page.as_str().into())])?;
        let label = self.words.say(Key::CodeLabel, &[])?;
        self.blocks.push(Block::Code { label, code: link.code.expose_secret().to_owned() });
        Ok(())
    }

    fn reminders(&mut self, unsubscribe: Option<&SecretString>) -> Result<(), BrokenWords> {
        self.paragraph(Key::RemindersUntil, &[])?;
        if let Some(url) = unsubscribe {
            self.paragraph(Key::RemindersNone, &[])?;
            self.blocks.push(Block::Link { label: self.words.say(Key::RemindersButton, &[])?, url: url.expose_secret().to_owned() });
        }
        Ok(())
    }

    fn closing(
        &mut self,
        status: &SecretString,
        objections_until: Option<Moment>,
        published_from: Option<Moment>,
        addresses_changed: u32,
    ) -> Result<String, BrokenWords> {
        self.paragraph(Key::GreetingAll, &[])?;
        self.paragraph(Key::ClosingLead, &[self.organisation(), ("title", self.title().into())])?;
        self.paragraph(Key::ClosingStatus, &[])?;
        self.button(Key::ClosingButton, status)?;
        self.paragraph(Key::ClosingReceipt, &[])?;
        match objections_until {
            Some(moment) => self.paragraph(Key::ClosingObjections, &[("moment", self.moment(moment)?.into())])?,
            None => self.paragraph(Key::ClosingObjectionsManual, &[])?,
        }
        let published = published_from.map(|moment| self.moment(moment)).transpose()?;
        match (self.outside(), published) {
            (None, Some(moment)) => self.paragraph(Key::ClosingPublication, &[("moment", moment.into())])?,
            (None, None) => self.paragraph(Key::ClosingPublicationManual, &[])?,
            (Some(holder), Some(moment)) => self.paragraph(Key::ClosingPublicationHolder, &[holder, ("moment", moment.into())])?,
            (Some(holder), None) => self.paragraph(Key::ClosingPublicationHolderManual, &[holder])?,
        }
        if self.round.team_reads {
            match published_from {
                Some(moment) => self.paragraph(Key::ClosingTeam, &[("moment", self.moment(moment)?.into())])?,
                None => self.paragraph(Key::ClosingTeamManual, &[])?,
            }
        }
        if addresses_changed > 0 {
            self.paragraph(Key::ClosingAddresses, &[("count", addresses_changed.into())])?;
        }
        self.words.say(Key::ClosingSubject, &[self.organisation()])
    }

    /// Without the person's name: nobody knows who reads this address.
    fn moved(&mut self) -> Result<String, BrokenWords> {
        self.paragraph(Key::GreetingAll, &[])?;
        self.paragraph(Key::MovedLead, &[self.organisation(), ("title", self.title().into())])?;
        self.paragraph(Key::MovedTell, &[])?;
        self.paragraph(Key::MovedKeep, &[])?;
        self.words.say(Key::MovedSubject, &[self.organisation()])
    }

    fn aborted(&mut self, reason: &str, key_lost: bool) -> Result<String, BrokenWords> {
        self.paragraph(Key::GreetingAll, &[])?;
        self.paragraph(Key::AbortedLead, &[self.organisation(), ("title", self.title().into())])?;
        self.paragraph(Key::AbortedReason, &[("reason", reason.trim().into())])?;
        match self.outside() {
            Some(holder) => self.paragraph(Key::AbortedDestroyedHolder, &[holder])?,
            None if key_lost => self.paragraph(Key::AbortedKeyLost, &[])?,
            None => self.paragraph(Key::AbortedDestroyed, &[])?,
        }
        self.paragraph(Key::AbortedTrend, &[])?;
        self.words.say(Key::AbortedSubject, &[self.organisation()])
    }

    fn footer(&mut self) -> Result<(), BrokenWords> {
        self.blocks.push(Block::Rule);
        for (key, filling) in [(Key::FooterAutomatic, vec![self.organisation()]), (Key::FooterTracking, Vec::new())] {
            self.blocks.push(Block::Small(self.words.say(key, &filling)?));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words_and_addresses_stay_whole() {
        let address = format!("https://survey.example.org/w/2026-q4/#v2.{}", "x".repeat(80));
        let text = wrapped(&format!("{} {address} and on", "word ".repeat(20)), "* ", "  ");
        assert!(text.lines().all(|line| line.chars().count() <= TEXT_WIDTH || line.trim() == address));
        assert!(text.starts_with("* word") && text.lines().skip(1).all(|line| line.starts_with("  ")));
    }
}
