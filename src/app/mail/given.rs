//! What the tests of mail start from.
#![allow(clippy::unwrap_used)]

use domain::instrument::Words;
use domain::{Language, Moment};
use jiff::tz::TimeZone;
use secrecy::SecretString;

use super::message::{Content, Extension, Group, KeyHeld, Later, Mail, PersonalLink, Recipient, Round, Sender, Team, compose};

/// Secret of the link; stands in bodies only.
pub(super) const SECRET: &str = "7K3M9QTVW2XYZ0A4B";
/// The secret as it is typed.
pub(super) const CODE: &str = "7K3M-9QTV-W2XY-Z0A4-B";
/// The address that stops reminders.
pub(super) const UNSUBSCRIBE: &str = "https://survey.example.org/w/2026-q4/quiet/QX3M9QTVW2XYZ0A4C";

pub(super) fn link_url() -> String {
    format!("https://survey.example.org/w/2026-q4/#v2.mEYqZp3NYpGmZ0Gk1x0pGq0uSxq6nGg1pU8v4x8mYQc.7K.{SECRET}")
}

pub(super) fn moment(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

pub(super) fn recipient(language: &str) -> Recipient {
    let language = Language::parse(language).unwrap();
    Recipient { name: "Jörg Müller, Dr.".to_owned(), address: "joerg.mueller@nordwind.example".to_owned(), language }
}

/// Texts by the codes of their languages.
pub(super) fn texts(texts: &[(&str, &str)]) -> Words {
    texts.iter().map(|(language, text)| (Language::parse(language).unwrap(), (*text).to_owned())).collect()
}

pub(super) fn round() -> Round {
    Round {
        organisation: "Nordwind & Söhne".to_owned(),
        title: texts(&[("en", "Working together: short survey"), ("de", "Zusammenarbeit: Kurzbefragung")]),
        informal: Vec::new(),
        statements: 12,
        closes_at: Some(moment("2026-12-05T17:00:00Z")),
        extension: Extension::None,
        k: 5,
        coalition: 1,
        values_kept: 3,
        comments: None,
        key: KeyHeld::Process,
        team_reads: true,
        hr_groups_after_hours: 0,
        hr_follows: false,
        cards: false,
        weakened_by: std::collections::BTreeSet::new(),
        purpose: texts(&[("en", "To talk about it in the team."), ("de", "Um im Team darüber zu reden.")]),
        not_for: texts(&[("en", "Pay, promotion, discipline."), ("de", "Gehalt, Beförderung, Disziplinarmaßnahmen.")]),
        later: Some(Later {
            closes_at: moment("2026-12-05T17:00:00Z"),
            objections_until: moment("2026-12-08T17:15:00Z"),
            published_from: moment("2026-12-09T17:00:00Z"),
            published_by: moment("2026-12-19T17:00:00Z"),
        }),
        zone: TimeZone::UTC,
        check_words: "lusab babad gutih tugad zorid mivok".to_owned(),
    }
}

pub(super) fn group() -> Group {
    Group {
        label: "Night shift <North>".to_owned(),
        unit: Some("Workshop".to_owned()),
        invited: 23,
        teams: vec![Team { label: "Night shift".to_owned(), leaders: vec!["Ann O'Neill".to_owned(), "Bo".to_owned()] }],
        check_words: "dogut hibab kusij lorin".to_owned(),
    }
}

pub(super) fn link() -> PersonalLink {
    PersonalLink {
        url: SecretString::from(link_url()),
        page: "https://survey.example.org/w/2026-q4/".to_owned(),
        code: SecretString::from(CODE),
    }
}

pub(super) fn invitation() -> Content {
    Content::Invitation { group: group(), link: link(), unsubscribe: Some(SecretString::from(UNSUBSCRIBE)) }
}

pub(super) fn reminder() -> Content {
    Content::Reminder { group: group(), link: link(), unsubscribe: Some(SecretString::from(UNSUBSCRIBE)) }
}

pub(super) fn closing() -> Content {
    Content::Closing {
        status: SecretString::from(link_url().replace("#v2.", "#s2.")),
        objections_until: Some(moment("2026-12-08T17:15:00Z")),
        published_from: Some(moment("2026-12-09T17:00:00Z")),
        addresses_changed: 0,
        found_later: std::collections::BTreeSet::new(),
    }
}

pub(super) fn aborted() -> Content {
    Content::Aborted { reason: "The wrong staff list was used.".to_owned(), key_lost: false }
}

pub(super) fn sender() -> Sender {
    Sender::parse("Candor <survey@example.org>").unwrap()
}

pub(super) fn composed(language: &str, content: &Content) -> Mail {
    compose(&sender(), &recipient(language), &round(), content, moment("2026-11-21T09:00:00Z"), [0xAB; 16]).unwrap()
}
