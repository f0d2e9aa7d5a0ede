//! The frame of a signed-in page: where one can go, who is signed in, the token of its forms, and the language of its words.

use std::collections::BTreeMap;
use std::fmt::Display;

use domain::Language;

use super::form::FormToken;
use super::language::Speaking;
use super::session::{Role, SignedIn};
use crate::error::Problem;
use crate::words::{Saying, Value};

/// The frame of one page.
pub(super) struct Page {
    /// The links of the account's role.
    pub(super) links: Vec<Link>,
    /// The token of every form on the page.
    pub(super) token: FormToken,
    /// The name that is signed in.
    pub(super) login: String,
    /// In which language the page speaks.
    speaking: Speaking,
}

/// One link of the navigation.
pub(super) struct Link {
    /// The address.
    pub(super) href: &'static str,
    /// The words.
    pub(super) label: &'static str,
    /// Whether the page belongs to it.
    pub(super) current: bool,
}

impl Page {
    /// The frame of the page that belongs to the link at `current`.
    pub(super) fn of(who: &SignedIn, current: &'static str) -> Self {
        let links: &[(&'static str, &'static str)] = match who.role {
            Role::Hr => &[
                ("/organisation", "nav-organisation"),
                ("/rounds", "nav-rounds"),
                ("/staff", "nav-staff"),
                ("/promise-log", "nav-promise-log"),
                ("/accounts", "nav-accounts"),
            ],
            Role::Leader(_) => &[("/team", "nav-team")],
            Role::Partner(_) => &[("/unit", "nav-unit")],
            Role::KeyHolder => &[("/rounds", "nav-rounds"), ("/promise-log", "nav-promise-log")],
            Role::Admin => &[("/accounts", "nav-accounts")],
            Role::FormerLeader => &[],
        };
        let words = who.speaking.words;
        Self {
            links: links.iter().map(|&(href, label)| Link { href, label: words.say(label), current: href == current }).collect(),
            token: FormToken::of(&who.token),
            login: who.login.clone(),
            speaking: who.speaking.clone().or_back_to(current),
        }
    }

    /// A text with nothing to fill in: `page.say("key")`.
    pub(super) fn say(&self, key: &str) -> &'static str {
        self.speaking.say(key)
    }

    /// A text with what is filled into it, by name. In a template without `&`: `page.with("key", [("name", value.into())])`.
    pub(super) fn with(&self, key: &str, values: &[(&str, Value)]) -> String {
        self.speaking.with(key, values)
    }

    /// Says what a use case has to say.
    pub(super) fn speak(&self, saying: &Saying) -> String {
        self.speaking.speak(saying)
    }

    /// Says a value of a use case.
    pub(super) fn value(&self, value: &Value) -> String {
        self.speaking.value(value)
    }

    /// What went wrong, in words.
    pub(super) fn detail(&self, problem: &Problem) -> String {
        self.speaking.detail(problem)
    }

    /// The name of a language in the language of the page; its code where it has none here.
    pub(super) fn language_named<'a>(&self, language: &'a Language) -> &'a str {
        match language.as_str() {
            "de" => self.say("language-de"),
            "en" => self.say("language-en"),
            "es" => self.say("language-es"),
            "fr" => self.say("language-fr"),
            code => code,
        }
    }

    /// How many people have which language, in one line.
    pub(super) fn counted_by_language<N: Display>(&self, counted: &BTreeMap<Language, N>) -> String {
        let counted = counted.iter().map(|(language, people)| format!("{}: {people}", self.language_named(language)));
        counted.collect::<Vec<_>>().join(", ")
    }

    /// The language's code.
    pub(super) fn language(&self) -> &'static str {
        self.speaking.language()
    }

    /// The other languages, by their codes and their own names.
    pub(super) fn others(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.speaking.others()
    }

    /// Where a switch of language leads back to.
    pub(super) fn here(&self) -> &str {
        self.speaking.here()
    }
}
