//! What an operator of the demo has before them, attacked by its visitor. This address exists in the demo only.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;
use protocol::Answer;
use serde::Deserialize;
use std::sync::Arc;

use super::language::Speaking;
use super::{Console, answer, blocking};
use crate::error::Problem;
use crate::installation::Installation;
use crate::laid_open::key::{Key, Opened, Read};
use crate::laid_open::ordinary::{self, OrdinaryFindings, POINTS};
use crate::laid_open::shown::Side;
use crate::laid_open::{Evidence, Findings, Invited, Looked};
use crate::lifecycle::Refusal;
use crate::mail::transport::{CapturedMail, MailTransport};
use crate::operating::log;

/// How many lines of the log are shown.
const LINES: usize = 40;

/// Whom to attack, what this person says that they answered, and whether with the key.
#[derive(Deserialize)]
pub(super) struct Asked {
    person: Option<String>,
    said: Option<u8>,
    key: Option<String>,
}

#[derive(Template)]
#[template(path = "laid_open.html")]
struct LaidOpenPage {
    page: Speaking,
    /// Whose answers can be attacked: whoever had a link that the visitor could open.
    people: Vec<Invited>,
    person: Option<Invited>,
    said: u8,
    attacked: Option<Attacked>,
}

/// What the attacks found, and where.
struct Attacked {
    said: u8,
    findings: Findings,
    ordinary: OrdinaryFindings,
    /// What came of the key; `None` as long as nobody asked for it.
    key: Option<Turned>,
    /// Where the key lies.
    key_file: String,
    sides: [Side; 2],
    /// The newest lines of the log, and how many there are; `None` where none are kept.
    log: Option<(Vec<String>, usize)>,
    /// How many mails were searched.
    searched: usize,
    mails: Vec<Arc<CapturedMail>>,
}

/// What came of turning the key.
enum Turned {
    Absent,
    Locked,
    Unusable,
    Opened(Opened),
}

/// What the answers at which the order points say, against what the person says.
enum Verdict<'a> {
    /// The same.
    Found(&'a Read),
    /// Something else.
    Missed(&'a Read),
    /// They could not be opened.
    Unread,
    /// There are none.
    Nowhere,
}

impl LaidOpenPage {
    fn is_chosen(&self, person: &Invited) -> bool {
        self.person.as_ref().is_some_and(|chosen| chosen.id == person.id)
    }

    fn points(&self) -> impl Iterator<Item = (u8, bool)> + use<> {
        let said = self.said;
        (1..=POINTS).map(move |point| (point, point == said))
    }

    /// An answer in words.
    fn spoken(&self, answer: Option<Answer>) -> String {
        match answer {
            Some(Answer::Point(point)) => point.to_string(),
            Some(Answer::CannotSay) => self.page.say("open-cannot-say").to_owned(),
            Some(Answer::Blank) | None => self.page.say("open-blank").to_owned(),
        }
    }

    /// What came of attacking the ordinary survey.
    fn of_ordinary(&self, attacked: &Attacked, name: &str) -> String {
        match attacked.ordinary.found {
            Some(answer) if answer == i64::from(attacked.said) => {
                self.page.with("open-ordinary-found", &[("name", name.into()), ("answer", answer.into())])
            }
            Some(answer) => self.page.with("open-ordinary-missed", &[("answer", answer.into()), ("said", attacked.said.into())]),
            None => self.page.say("open-nothing-found").to_owned(),
        }
    }

    /// Both sides under their names.
    fn titled<'a>(&self, attacked: &'a Attacked) -> [(&'a Side, &'static str); 2] {
        let [people, answers] = &attacked.sides;
        [(people, self.page.say("open-disk-people")), (answers, self.page.say("open-disk-answers"))]
    }

    /// All answers in a row, as short as they can be said.
    fn in_a_row(read: &Read) -> String {
        let short = |answer: &Answer| match answer {
            Answer::Point(point) => point.to_string(),
            Answer::CannotSay => "?".to_owned(),
            Answer::Blank => "–".to_owned(),
        };
        read.answers.iter().map(short).collect::<Vec<_>>().join(" ")
    }
}

impl Attacked {
    fn lengths(&self) -> String {
        let lengths: Vec<String> = self.findings.lengths.iter().map(ToString::to_string).collect();
        lengths.join(", ")
    }

    /// What came of searching the log, and in how many lines; `None` where no log is kept.
    fn logged(&self) -> Option<(Looked, usize)> {
        self.findings.log.zip(self.log.as_ref().map(|(_, lines)| *lines))
    }

    /// The marks of the people side beside the sealed answers, each in its own order. A Send that was interrupted has a mark and no sealed answers.
    fn rows(&self) -> impl Iterator<Item = (&Invited, String, String)> {
        let sealed = self.findings.sealed.iter().map(|sealed| (format!("{}…", sealed.number), format!("{}…", sealed.text)));
        let sealed = sealed.chain(std::iter::repeat_with(Default::default));
        self.findings.answered.iter().zip(sealed).map(|(person, (number, text))| (person, number, text))
    }

    /// The same with what was opened.
    fn opened_rows<'a>(&'a self, opened: &'a Opened) -> impl Iterator<Item = (&'a Invited, String, Option<&'a Read>)> {
        let read = opened.of_group.iter().map(Option::as_ref).chain(std::iter::repeat(None));
        self.rows().zip(read).map(|((person, number, _), read)| (person, number, read))
    }

    fn verdict<'a>(&self, opened: &'a Opened) -> Verdict<'a> {
        match (&self.findings.pointed_at, &opened.pointed_at) {
            (None, _) => Verdict::Nowhere,
            (Some(_), None) => Verdict::Unread,
            (Some(_), Some(read)) if read.first() == Some(Answer::Point(self.said)) => Verdict::Found(read),
            (Some(_), Some(read)) => Verdict::Missed(read),
        }
    }

    /// The number of the sealed answers at which the order points.
    fn number(&self) -> &str {
        self.findings.pointed_at.as_ref().map_or("", |sealed| &sealed.number)
    }
}

/// `GET /laid-open`: both databases of the demo, its log and its mails, and what attacks find out from them. It reads, and changes nothing.
pub(super) async fn page(speaking: Speaking, console: Data<Console>, asked: Query<Asked>) -> Result<HttpResponse, Problem> {
    let asked = asked.into_inner();
    let shown = blocking(&console, move |installation| look(installation, &asked, speaking)).await?;
    answer::page(StatusCode::OK, &shown.ok_or_else(Problem::not_found)?)
}

fn look(installation: &Installation, asked: &Asked, page: Speaking) -> Result<Option<LaidOpenPage>, Refusal> {
    let MailTransport::Memory(outbox) = installation.mail.as_ref() else { return Ok(None) };
    let Some(copies) = installation.laid_open().map_err(Refusal::corrupt)? else { return Ok(None) };
    let evidence = Evidence::new(copies, log::kept(), outbox.newest(usize::MAX));
    let reached = |person: &Invited| evidence.mails_to(person).any(|mail| mail.link.is_some());
    let people: Vec<Invited> = evidence.invited().into_iter().filter(reached).collect();
    let person = asked.person.as_ref().and_then(|id| people.iter().find(|person| person.id == *id)).cloned();
    let said = asked.said.filter(|said| (1..=POINTS).contains(said)).unwrap_or(1);
    let answered = person.as_ref().filter(|person| person.answered());
    let attacked = answered.map(|person| attack(installation, &evidence, person, said, asked.key.is_some())).transpose()?;
    Ok(Some(LaidOpenPage { page, people, person, said, attacked }))
}

fn attack(installation: &Installation, evidence: &Evidence, person: &Invited, said: u8, with_key: bool) -> Result<Attacked, Refusal> {
    let findings = evidence.attack(person);
    let folder = tempfile::tempdir().map_err(Refusal::unavailable)?;
    let Findings { invited, answered, .. } = &findings;
    let survey = ordinary::answered_in_order(folder.path(), invited, answered, person, said, &*installation.clock);
    let ordinary = ordinary::attack(&survey.map_err(Refusal::unavailable)?, &person.id);
    let key = with_key.then(|| match Key::of(&installation.keys, evidence.running()) {
        Key::Absent => Turned::Absent,
        Key::Locked => Turned::Locked,
        Key::Unusable => Turned::Unusable,
        Key::Open(key) => evidence.open_with(&key, &findings).map_or(Turned::Unusable, Turned::Opened),
    });
    let round = evidence.running().and_then(|round| domain::WaveId::parse(round).ok());
    let key_file = round.map(|round| installation.keys.path(&round).display().to_string()).unwrap_or_default();
    let log = evidence.log().map(|lines| (lines.iter().rev().take(LINES).rev().cloned().collect(), lines.len()));
    Ok(Attacked {
        said,
        ordinary,
        key,
        key_file,
        sides: evidence.sides(person),
        log,
        searched: evidence.mails(),
        mails: evidence.mails_to(person).cloned().collect(),
        findings,
    })
}

#[cfg(test)]
mod tests;
