//! What stands on cards and on the pages in front of them.

use std::collections::BTreeMap;

use cards::{Card, Cover};
use domain::instrument::Instrument;
use domain::wave::Pace;
use domain::{GroupId, GroupLeaf, Language, Schedule, WaveId};
use protocol::{FrozenManifest, GroupList, words};

use crate::installation::Installation;
use crate::lifecycle::Refusal;
use crate::mail::words::{Address, BrokenWords, Key, Words};

/// A launched round as its cards need it.
pub(super) struct Round {
    manifest: FrozenManifest,
    /// The dates of the promise sheet, or the later ones of its extension: cards can be printed after it.
    schedule: Schedule,
    instrument: Instrument,
    groups: GroupList,
    origin: String,
    /// In which cards name the close, as mails do.
    zone: jiff::tz::TimeZone,
}

impl From<BrokenWords> for Refusal {
    fn from(broken: BrokenWords) -> Self {
        Self::corrupt(broken)
    }
}

impl Round {
    pub(super) fn read(installation: &Installation, wave: &WaveId) -> Result<Self, Refusal> {
        let served = installation.ballot_side(wave)?;
        let manifest = FrozenManifest::read(served.manifest).map_err(Refusal::corrupt)?;
        let extended_days = installation.people_side(wave)?.extended_days;
        Ok(Self {
            schedule: manifest.manifest().schedule.extended_by(extended_days).map_err(Refusal::corrupt)?,
            manifest,
            instrument: serde_json::from_slice(&served.instrument).map_err(Refusal::corrupt)?,
            groups: GroupList::freeze(served.groups).map_err(Refusal::corrupt)?,
            origin: installation.config.respondents.url.clone(),
            zone: installation.config.survey.zone(),
        })
    }

    pub(super) fn wave(&self) -> &WaveId {
        &self.manifest.manifest().wave
    }

    pub(super) const fn manifest(&self) -> &FrozenManifest {
        &self.manifest
    }

    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    pub(super) fn group(&self, group: GroupId) -> Option<&GroupLeaf> {
        self.groups.leaf(group)
    }

    fn words(&self, language: &Language) -> Result<&'static Words, BrokenWords> {
        let informal = self.instrument.informal.contains(language);
        Words::in_language(language, if informal { Address::Informal } else { Address::Formal })
    }

    /// A card with its code and link. `drawn` when it comes from a heap of several.
    pub(super) fn card(
        &self,
        language: &Language,
        group: GroupId,
        name: Option<&str>,
        drawn: bool,
        (code, link): (String, String),
    ) -> Result<Card, Refusal> {
        let (words, promises) = (self.words(language)?, self.manifest.manifest());
        let (Some(leaf), Some(hash)) = (self.group(group), self.groups.leaf_hash(group)) else { return Err(no_group(group)) };
        let extended = self.schedule.closes_at > promises.schedule.closes_at;
        let until = match self.schedule.pace {
            Pace::Dates => {
                let key = if extended { Key::OpenUntilExtended } else { Key::OpenUntil };
                words.say(key, &[("moment", words.moment(self.schedule.closes_at, &self.zone)?.into())])?
            }
            Pace::Manual => words.say(Key::OpenManual, &[])?,
        };
        let check_words = words::manifest_words(&self.manifest.hash()).join(" ");
        let mut notes = vec![
            words.say(Key::CardWords, &[("words", check_words.into()), ("group", words::group_words(&hash).join(" ").into())])?,
            words.say(Key::CardPromise, &[("k", promises.k.into())])?,
        ];
        if drawn {
            notes.push(words.say(Key::CardDrawn, &[])?);
        }
        notes.push(words.say(Key::CardPrinted, &[])?);
        let titles = &self.instrument.title;
        let spoken = titles.iter().find(|(of, _)| of.as_str() == words.tag()).or_else(|| titles.iter().next());
        Ok(Card {
            language: words.tag().to_owned(),
            organisation: promises.organisation.clone(),
            title: spoken.map(|(_, title)| title.clone()).unwrap_or_default(),
            name: name.map(str::to_owned),
            facts: vec![words.say(Key::CardGroup, &[("group", leaf.label.as_str().into())])?, until],
            how: words.say(Key::CardHow, &[])?,
            address: format!("{}/w/{}", self.origin, promises.wave),
            code,
            link,
            link_description: words.say(Key::CardLink, &[])?,
            notes,
        })
    }

    /// The page in front of a heap.
    pub(super) fn cover_of_heap(&self, language: &Language, group: GroupId, cards: usize) -> Result<Cover, Refusal> {
        let words = self.words(language)?;
        let leaf = self.group(group).ok_or_else(|| no_group(group))?;
        let teams: Vec<String> = leaf.teams.iter().map(|entry| entry.label.to_string()).collect();
        let mut paragraphs = vec![words.say(Key::CardsHeap, &[("cards", cards.into()), ("group", leaf.label.as_str().into())])?];
        if teams.len() > 1 {
            paragraphs.push(words.say(Key::CardsTeams, &[("teams", words.list(&teams)?.into())])?);
        }
        for key in [if cards > 1 { Key::CardsDraw } else { Key::CardsAlone }, Key::CardsLost, Key::CardsPrinted] {
            paragraphs.push(words.say(key, &[])?);
        }
        Ok(Cover { title: leaf.label.clone(), paragraphs })
    }

    /// The page in front of cards with names.
    pub(super) fn cover_of_named(&self, language: &Language, cards: usize) -> Result<Cover, Refusal> {
        let words = self.words(language)?;
        let paragraphs = vec![
            words.say(Key::CardsNamed, &[("cards", cards.into())])?,
            words.say(Key::CardsNamedLost, &[])?,
            words.say(Key::CardsPrinted, &[])?,
        ];
        Ok(Cover { title: words.say(Key::CardsNamedTitle, &[])?, paragraphs })
    }

    pub(super) fn document_title(&self, language: &Language) -> Result<String, Refusal> {
        let organisation = self.manifest.manifest().organisation.as_str();
        Ok(self.words(language)?.say(Key::CardsTitle, &[("organisation", organisation.into())])?)
    }
}

fn no_group(group: GroupId) -> Refusal {
    Refusal::corrupt(format!("the round has no group {group}"))
}

/// The language that is really spoken where `language` is asked for.
pub(super) fn spoken(language: &Language) -> Result<String, Refusal> {
    Ok(Words::in_language(language, Address::Formal)?.tag().to_owned())
}

/// The language of most people; of two that are equally frequent the default, else the first by code.
pub(super) fn most_spoken<'a>(languages: impl Iterator<Item = &'a Language>, default: &Language) -> Language {
    let mut speakers: BTreeMap<&Language, usize> = BTreeMap::new();
    for language in languages {
        *speakers.entry(language).or_default() += 1;
    }
    let most = speakers.values().copied().max().unwrap_or_default();
    let frequent: Vec<&Language> = speakers.into_iter().filter(|(_, people)| *people == most).map(|(language, _)| language).collect();
    if frequent.contains(&default) { default.clone() } else { frequent.first().copied().unwrap_or(default).clone() }
}
