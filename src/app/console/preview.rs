//! A draft as people would meet it: the questionnaire and the mails, in each language, for an invented person. No link in them leads anywhere.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, ServiceConfig};
use askama::Template;
use domain::instrument::{Instrument, Item, Words as Texts};
use domain::{Language, WaveId};
use protocol::link::{respondent_link, status_link};
use protocol::secret::unsubscribe_address;
use protocol::{LinkSecret, StatusHandle, UnsubscribeSecret};
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::navigation::Page;
use super::rounds::parse_wave;
use super::routing::{read, reading};
use super::session::SignedIn;
use super::{Console, answer, blocking, mails};
use crate::error::Problem;
use crate::installation::Installation;
use crate::lifecycle::Refusal;
use crate::lifecycle::preview::{self, Preview};
use crate::mail::message::{Content, Group, Mail, PersonalLink, Recipient, Round, Sender, compose};

/// The routes of the preview.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(reading("/rounds/{wave}/preview/{language}").route(read().to(show)))
        .service(reading("/rounds/{wave}/preview/{language}/{mail}").route(read().to(html)));
}

#[derive(Template)]
#[template(path = "preview.html")]
struct PreviewPage {
    page: Page,
    wave: WaveId,
    language: Language,
    instrument: Instrument,
    /// Address and subject of each mail.
    letters: Vec<(&'static str, String)>,
}

impl PreviewPage {
    fn said<'a>(&self, texts: &'a Texts) -> &'a str {
        texts.get(&self.language).map(String::as_str).unwrap_or_default()
    }

    /// The statements with the line above them where it is another than that of the statement before.
    fn statements(&self) -> Vec<(Option<&str>, &Item, Vec<&str>)> {
        let mut before = None;
        let mut statements = Vec::new();
        for item in &self.instrument.items {
            let Some(scale) = self.instrument.scale_of(item) else { continue };
            let lead_in = Some(self.said(&scale.lead_in)).filter(|lead_in| !lead_in.is_empty() && before != Some(*lead_in));
            before = Some(self.said(&scale.lead_in));
            let labels = scale.labels.get(&self.language).into_iter().flatten().map(String::as_str);
            let opt_out = Some(self.said(&scale.opt_out)).filter(|label| !label.is_empty());
            statements.push((lead_in, item, labels.chain(opt_out).collect()));
        }
        statements
    }
}

/// The mails that are shown, by the last part of their address.
const MAILS: [&str; 3] = ["invitation", "reminder", "closing"];

/// `GET /rounds/{wave}/preview/{language}`.
async fn show(who: SignedIn, console: Data<Console>, place: Path<(String, String)>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    let (wave, language) = parse(&place.0, &place.1)?;
    let (asked, spoken) = (wave.clone(), language.clone());
    let found = blocking(&console, move |installation| {
        let preview = preview::of_draft(installation, &asked)?;
        // A page of the console may speak a language in which nobody is asked.
        let spoken =
            if preview.instrument.languages.contains(&spoken) { Some(spoken) } else { preview.instrument.languages.first().cloned() };
        let spoken = spoken.ok_or_else(|| Refusal::corrupt("a questionnaire without a language"))?;
        let letters = MAILS.iter().map(|mail| Ok((*mail, letter(installation, &preview, &spoken, mail)?.subject().to_owned())));
        let letters = letters.collect::<Result<Vec<_>, Refusal>>()?;
        Ok((preview.instrument, spoken, letters))
    });
    let (instrument, language, letters) = found.await?;
    answer::page(StatusCode::OK, &PreviewPage { page: Page::of(&who, "/rounds"), wave, language, instrument, letters })
}

/// `GET /rounds/{wave}/preview/{language}/{mail}`: one mail as a mail program would show it, in a sandbox without scripts.
async fn html(who: SignedIn, console: Data<Console>, place: Path<(String, String, String)>) -> Result<HttpResponse, Problem> {
    who.must_be_hr()?;
    let (wave, language) = parse(&place.0, &place.1)?;
    let kind = MAILS.into_iter().find(|mail| *mail == place.2).ok_or_else(Problem::not_found)?;
    let mail =
        blocking(&console, move |installation| letter(installation, &preview::of_draft(installation, &wave)?, &language, kind)).await?;
    Ok(mails::sandboxed(mail.html()))
}

fn parse(wave: &str, language: &str) -> Result<(WaveId, Language), Problem> {
    Ok((parse_wave(wave)?, Language::parse(language).map_err(|_| Problem::not_found())?))
}

/// A mail to somebody invented in the largest group. Its secrets come from a number that everybody can read here, and nothing was ever let in by them.
fn letter(installation: &Installation, preview: &Preview, language: &Language, kind: &str) -> Result<Mail, Refusal> {
    let sheet = &preview.sheet;
    let schedule = &sheet.manifest().schedule;
    let (origin, wave) = (&installation.config.respondents.url, &sheet.manifest().wave);
    let round = Round::of(sheet.manifest(), &preview.instrument, installation.config.survey.zone(), UNKNOWN_WORDS.to_owned());
    let largest = preview.groups.leaves().iter().max_by_key(|leaf| leaf.invited).map(|leaf| leaf.group);
    let group = largest.and_then(|group| Group::of(&preview.groups, group)).ok_or_else(|| Refusal::corrupt("a round without groups"))?;
    let group = Group { check_words: UNKNOWN_WORDS.to_owned(), ..group };
    let mut invented = StdRng::seed_from_u64(0);
    let secret = LinkSecret::generate(&mut invented);
    let link = PersonalLink {
        url: respondent_link(origin, sheet, &secret).into(),
        page: format!("{origin}/w/{wave}/"),
        code: secret.to_display_code().into(),
    };
    let unsubscribe = Some(unsubscribe_address(origin, wave, &UnsubscribeSecret::generate(&mut invented)).into());
    let content = match kind {
        "reminder" => Content::Reminder { group, link, unsubscribe },
        "closing" => {
            let later = round.later;
            Content::Closing {
                status: status_link(origin, sheet, &StatusHandle::generate(&mut invented)).into(),
                objections_until: later.map(|_| schedule.opens(schedule.closes_at)),
                published_from: later.map(|_| schedule.publishes(schedule.closes_at)),
                addresses_changed: 0,
                found_later: std::collections::BTreeSet::new(),
            }
        }
        _ => Content::Invitation { group, link, unsubscribe },
    };
    let sender = Sender::parse(&installation.config.mail.from).map_err(Refusal::Invalid)?;
    let recipient = Recipient { name: "Robin Example".to_owned(), address: "robin@example.org".to_owned(), language: language.clone() };
    compose(&sender, &recipient, &round, &content, installation.clock.now(), [0; 16]).map_err(Refusal::corrupt)
}

/// In place of the words that a launch will give.
const UNKNOWN_WORDS: &str = "– – – – – –";
