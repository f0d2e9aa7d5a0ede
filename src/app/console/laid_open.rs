//! What an operator of the demo has before them, attacked by its visitor. This address exists in the demo only.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;

use super::language::Speaking;
use super::{Console, answer, blocking};
use crate::error::Problem;
use crate::installation::Installation;
use crate::laid_open::{Evidence, Findings, Invited, Ordinary, POINTS};
use crate::lifecycle::Refusal;
use crate::mail::transport::MailTransport;

/// Whom to attack, and what this person says that they answered.
#[derive(Deserialize)]
pub(super) struct Asked {
    person: Option<String>,
    said: Option<u8>,
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
    mails: usize,
}

/// What the attacks found.
struct Attacked {
    findings: Findings,
    ordinary: Ordinary,
}

impl LaidOpenPage {
    fn is_chosen(&self, person: &Invited) -> bool {
        self.person.as_ref().is_some_and(|chosen| chosen.id == person.id)
    }

    fn points(&self) -> impl Iterator<Item = (u8, bool)> + use<> {
        let said = self.said;
        (1..=POINTS).map(move |point| (point, point == said))
    }
}

impl Attacked {
    fn lengths(&self) -> String {
        let lengths: Vec<String> = self.findings.lengths.iter().map(ToString::to_string).collect();
        lengths.join(", ")
    }

    /// Both tables of the ordinary survey side by side.
    fn ordinary_rows(&self) -> impl Iterator<Item = (&String, &(usize, u8))> {
        self.ordinary.marks.iter().zip(&self.ordinary.answers)
    }

    /// The marks of the people side beside the sealed answers, each in its own order. A Send that was interrupted has a mark and no sealed answers.
    fn rows(&self) -> impl Iterator<Item = (&Invited, String, String)> {
        let sealed = self.findings.sealed.iter().map(|sealed| (sealed.number.clone(), sealed.text.clone()));
        let sealed = sealed.chain(std::iter::repeat_with(Default::default));
        self.findings.answered.iter().zip(sealed).map(|(person, (number, text))| (person, number, text))
    }
}

/// `GET /laid-open`: both databases of the demo, and what attacks find out from them. It reads, and changes nothing.
pub(super) async fn page(speaking: Speaking, console: Data<Console>, asked: Query<Asked>) -> Result<HttpResponse, Problem> {
    let asked = asked.into_inner();
    let shown = blocking(&console, move |installation| look(installation, &asked, speaking)).await?;
    answer::page(StatusCode::OK, &shown.ok_or_else(Problem::not_found)?)
}

fn look(installation: &Installation, asked: &Asked, page: Speaking) -> Result<Option<LaidOpenPage>, Refusal> {
    let MailTransport::Memory(outbox) = installation.mail.as_ref() else { return Ok(None) };
    let Some(copies) = installation.laid_open().map_err(Refusal::corrupt)? else { return Ok(None) };
    let evidence = Evidence::new(copies);
    let mails = outbox.newest(usize::MAX);
    let reached = |person: &Invited| mails.iter().any(|mail| mail.link.is_some() && mail.to.contains(&person.mail));
    let people: Vec<Invited> = evidence.invited().into_iter().filter(reached).collect();
    let person = asked.person.as_ref().and_then(|id| people.iter().find(|person| person.id == *id)).cloned();
    let said = asked.said.filter(|said| (1..=POINTS).contains(said)).unwrap_or(1);
    let attacked = person.as_ref().filter(|person| person.answered()).map(|person| {
        let findings = evidence.attack(person);
        let ordinary = Ordinary::answered_by(&findings.answered, person, said);
        Attacked { findings, ordinary }
    });
    Ok(Some(LaidOpenPage { page, people, person, said, attacked, mails: mails.len() }))
}
