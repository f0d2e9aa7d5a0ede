//! The texts of mails, and of the page behind their one button, in Fluent files per language. A person whose language is missing here reads English.
//!
//! A language is a file `src/app/words/mail.<code>.ftl` and nothing else; the tests say what it lacks.

use std::sync::LazyLock;

use domain::{Language, Moment};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::Zoned;
use jiff::tz::TimeZone;

use super::promise::{Clause, Gap, Sentences};

/// The texts by language; the first one, English, stands in for every language that is missing.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/mail_languages.rs"));
/// The survey page's own words by language.
const PAGES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/promise_words.rs"));

/// Declares every text that mails use. A text that is not used is a compiler warning; one that a file lacks fails a test.
macro_rules! keys {
    ($($name:ident = $id:literal,)*) => {
        /// One text of the Fluent files.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Key { $($name,)* }

        impl Key {
            #[cfg(test)]
            const ALL: &[Self] = &[$(Self::$name,)*];

            /// The id in the files.
            const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }
        }
    };
}

keys! {
    Weekday = "weekday",
    Month = "month",
    Date = "date",
    Moment = "moment",
    TimeOf = "time-of",
    Quoted = "quoted",
    And = "and",
    AndBeforeI = "and-before-i",
    Greeting = "greeting",
    GreetingAll = "greeting-all",
    InvitationSubject = "invitation-subject",
    InvitationSubjectManual = "invitation-subject-manual",
    InvitationLead = "invitation-lead",
    ReminderSubject = "reminder-subject",
    ReminderSubjectManual = "reminder-subject-manual",
    ReminderLead = "reminder-lead",
    ReminderCrossed = "reminder-crossed",
    OpenUntil = "open-until",
    OpenUntilExtended = "open-until-extended",
    OpenManual = "open-manual",
    Days = "days",
    AnswerButton = "answer-button",
    AnswerPersonal = "answer-personal",
    CodeIntro = "code-intro",
    CodeLabel = "code-label",
    GroupLed = "group-led",
    GroupTeams = "group-teams",
    GroupUnled = "group-unled",
    ProtectionReceipt = "protection-receipt",
    LimitsMore = "limits-more",
    TeamTitle = "team-title",
    TeamLead = "team-lead",
    TeamEarlier = "team-earlier",
    TeamNone = "team-none",
    TeamShared = "team-shared",
    SheetPurpose = "sheet-purpose",
    SheetNotFor = "sheet-not-for",
    WordsTitle = "words-title",
    WordsIntro = "words-intro",
    WordsRound = "words-round",
    WordsGroup = "words-group",
    RemindersUntil = "reminders-until",
    RemindersNone = "reminders-none",
    RemindersButton = "reminders-button",
    ClosingSubject = "closing-subject",
    ClosingLead = "closing-lead",
    ClosingStatus = "closing-status",
    ClosingButton = "closing-button",
    ClosingReceipt = "closing-receipt",
    ClosingObjections = "closing-objections",
    ClosingObjectionsManual = "closing-objections-manual",
    ClosingPublication = "closing-publication",
    ClosingPublicationManual = "closing-publication-manual",
    ClosingPublicationHolder = "closing-publication-holder",
    ClosingPublicationHolderManual = "closing-publication-holder-manual",
    ClosingTeam = "closing-team",
    ClosingTeamManual = "closing-team-manual",
    ClosingAddresses = "closing-addresses",
    ClosingFoundLater = "closing-found-later",
    MovedSubject = "moved-subject",
    MovedLead = "moved-lead",
    MovedTell = "moved-tell",
    MovedKeep = "moved-keep",
    AbortedSubject = "aborted-subject",
    AbortedLead = "aborted-lead",
    AbortedReason = "aborted-reason",
    AbortedDestroyed = "aborted-destroyed",
    AbortedKeyLost = "aborted-key-lost",
    AbortedDestroyedHolder = "aborted-destroyed-holder",
    AbortedTrend = "aborted-trend",
    AccessSubject = "access-subject",
    AccessSubjectAgain = "access-subject-again",
    AccessLead = "access-lead",
    AccessLeadAgain = "access-lead-again",
    AccessButton = "access-button",
    AccessOnce = "access-once",
    AccessUnasked = "access-unasked",
    FooterAutomatic = "footer-automatic",
    FooterTracking = "footer-tracking",
    LanguageName = "language-name",
    Nowhere = "nowhere",
    NowhereWay = "nowhere-way",
    NowhereCode = "nowhere-code",
    Away = "away",
    AwayLater = "away-later",
    QuietAsk = "quiet-ask",
    QuietAskLink = "quiet-ask-link",
    QuietButton = "quiet-button",
    QuietDone = "quiet-done",
    QuietDoneLink = "quiet-done-link",
    QuietLastMail = "quiet-last-mail",
    QuietOver = "quiet-over",
    QuietOverNoMore = "quiet-over-no-more",
    QuietUnknown = "quiet-unknown",
    QuietUnknownCopy = "quiet-unknown-copy",
    QuietUnavailable = "quiet-unavailable",
    QuietUnavailableLater = "quiet-unavailable-later",
    CardGroup = "card-group",
    CardHow = "card-how",
    CardLink = "card-link",
    CardWords = "card-words",
    CardPromise = "card-promise",
    CardDrawn = "card-drawn",
    CardPrinted = "card-printed",
    CardsTitle = "cards-title",
    CardsHeap = "cards-heap",
    CardsTeams = "cards-teams",
    CardsDraw = "cards-draw",
    CardsAlone = "cards-alone",
    CardsLost = "cards-lost",
    CardsPrinted = "cards-printed",
    CardsNamedTitle = "cards-named-title",
    CardsNamed = "cards-named",
    CardsNamedLost = "cards-named-lost",
}

/// A text of the product that is missing or broken; a fault of the program, found by its tests.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the {language} text {id:?} of mails is missing or broken: {reason}")]
pub struct BrokenWords {
    language: String,
    id: String,
    reason: String,
}

impl BrokenWords {
    pub(super) fn new(language: &str, id: &str, reason: impl std::fmt::Display) -> Self {
        Self { language: language.to_owned(), id: id.to_owned(), reason: reason.to_string() }
    }
}

/// What a text is filled with.
pub(crate) type Filling<'a> = (&'static str, FluentValue<'a>);

/// The texts of one language.
pub(crate) struct Words {
    tag: &'static str,
    bundle: FluentBundle<FluentResource>,
    promise: Sentences,
}

/// How a mail addresses people where a language tells the two apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Address {
    /// Sie, vous, usted.
    Formal,
    /// du, tu, tú.
    Informal,
}

impl Address {
    /// A file with the one of every `[formal|informal]` that is meant. Brackets of Fluent, as in `[one]`, hold no bar.
    pub(super) fn chosen(self, text: &str) -> String {
        let mut chosen = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('[') {
            chosen.push_str(before);
            let choice = after.split_once(']').and_then(|(inside, behind)| Some((inside.split_once('|')?, behind)));
            rest = match (choice, self) {
                (Some(((formal, _), behind)), Self::Formal) => {
                    chosen.push_str(formal);
                    behind
                }
                (Some(((_, informal), behind)), Self::Informal) => {
                    chosen.push_str(informal);
                    behind
                }
                (None, _) => {
                    chosen.push('[');
                    after
                }
            };
        }
        chosen.push_str(rest);
        chosen
    }
}

/// The texts of all languages, formal and informal, read once: reading a file takes longer than writing a mail with it.
static READ: LazyLock<Vec<[Result<Words, BrokenWords>; 2]>> = LazyLock::new(|| {
    FILES.iter().map(|(tag, text)| [Address::Formal, Address::Informal].map(|address| Words::read(tag, text, address))).collect()
});

impl Words {
    /// The texts in `language`, or in English.
    pub(crate) fn in_language(language: &Language, address: Address) -> Result<&'static Self, BrokenWords> {
        let place = FILES.iter().position(|(tag, _)| *tag == language.as_str()).unwrap_or_default();
        let read = READ.get(place).map(|[formal, informal]| match address {
            Address::Formal => formal,
            Address::Informal => informal,
        });
        match read {
            Some(Ok(words)) => Ok(words),
            Some(Err(broken)) => Err(broken.clone()),
            None => Err(BrokenWords { language: language.to_string(), id: String::new(), reason: "no file".to_owned() }),
        }
    }

    /// The texts in every language, English first, as one addresses people whom one does not know.
    pub(crate) fn in_every_language() -> Result<Vec<&'static Self>, BrokenWords> {
        READ.iter().map(|[formal, _]| formal.as_ref().map_err(Clone::clone)).collect()
    }

    fn read(tag: &'static str, text: &str, address: Address) -> Result<Self, BrokenWords> {
        let broken = |reason: String| BrokenWords { language: tag.to_owned(), id: String::new(), reason };
        let locale = tag.parse().map_err(|e| broken(format!("{e:?}")))?;
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // Without marks around fillings: they would end up inside addresses and codes that people copy.
        bundle.set_use_isolating(false);
        let resource = FluentResource::try_new(address.chosen(text)).map_err(|(_, errors)| broken(format!("{errors:?}")))?;
        bundle.add_resource(resource).map_err(|errors| broken(format!("{errors:?}")))?;
        let page = PAGES.iter().find(|(of, _)| *of == tag).ok_or_else(|| broken("the survey page does not speak it".to_owned()))?.1;
        Ok(Self { tag, bundle, promise: Sentences::read(tag, page, address)? })
    }

    /// The language that is really spoken.
    pub(crate) fn tag(&self) -> &'static str {
        self.tag
    }

    /// A text, filled. Control characters in a filling become spaces, so that no name can start a new line or header.
    pub(crate) fn say(&self, key: Key, filling: &[Filling<'_>]) -> Result<String, BrokenWords> {
        let broken = |reason: String| BrokenWords { language: self.tag.to_owned(), id: key.id().to_owned(), reason };
        let pattern =
            self.bundle.get_message(key.id()).and_then(|message| message.value()).ok_or_else(|| broken("no such text".to_owned()))?;
        let args: FluentArgs<'_> = filling.iter().map(|(name, value)| (*name, printable(value))).collect();
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        if errors.is_empty() { Ok(text) } else { Err(broken(format!("{errors:?}"))) }
    }

    /// A sentence of the promise, as the survey page says it.
    pub(super) fn promise(&self, clause: Clause, gaps: &[Gap<'_>]) -> Result<String, BrokenWords> {
        self.promise.say(clause, gaps)
    }

    /// A day such as "Saturday 5 December 2026", in a time zone.
    pub(super) fn date(&self, moment: Moment, zone: &TimeZone) -> Result<String, BrokenWords> {
        self.day(&at(moment, zone))
    }

    fn day(&self, there: &Zoned) -> Result<String, BrokenWords> {
        let weekday = self.say(Key::Weekday, &[("weekday", there.weekday().to_monday_one_offset().into())])?;
        let month = self.say(Key::Month, &[("month", there.month().into())])?;
        // The day as a number, because some languages write the first otherwise; the year as a text, because numbers may be grouped.
        let (day, year) = (there.day(), there.year().to_string());
        self.say(Key::Date, &[("weekday", weekday.into()), ("day", day.into()), ("month", month.into()), ("year", year.into())])
    }

    /// A day with its time in a time zone, saying which.
    pub(crate) fn moment(&self, moment: Moment, zone: &TimeZone) -> Result<String, BrokenWords> {
        let there = at(moment, zone);
        let time = format!("{:02}:{:02}", there.hour(), there.minute());
        // "Europe/Berlin" is the time of Berlin; what has no place, such as UTC, has a name of its own.
        let zone = match zone.iana_name().unwrap_or("UTC").rsplit_once('/') {
            None => zone.iana_name().unwrap_or("UTC").to_owned(),
            Some(("Etc", name)) => name.to_owned(),
            Some((_, place)) => self.say(Key::TimeOf, &[("place", place.replace('_', " ").into())])?,
        };
        self.say(Key::Moment, &[("date", self.day(&there)?.into()), ("time", time.into()), ("zone", zone.into())])
    }

    /// Names in a row: "Ann", "Ann and Bo", "Ann, Bo and Cy".
    pub(crate) fn list(&self, names: &[String]) -> Result<String, BrokenWords> {
        Ok(match names.split_last() {
            None => String::new(),
            Some((only, [])) => only.clone(),
            Some((last, others)) => {
                let and = if sounds_like_i(last) { Key::AndBeforeI } else { Key::And };
                format!("{} {} {last}", others.join(", "), self.say(and, &[])?)
            }
        })
    }
}

/// Whether a name begins with the sound of an i, as in Iván, Hilda and Yvonne, and not with one that glides on into another vowel, as in Ian and Hierro.
fn sounds_like_i(name: &str) -> bool {
    let mut letters = name.chars().flat_map(char::to_lowercase).filter(|letter| letter.is_alphabetic()).skip_while(|letter| *letter == 'h');
    let (first, next) = (letters.next(), letters.next());
    let glides = next.is_some_and(|letter| "aeouáéóú".contains(letter));
    first == Some('í') || matches!(first, Some('i' | 'y')) && !glides
}

fn at(moment: Moment, zone: &TimeZone) -> Zoned {
    jiff::Timestamp::from_microsecond(moment.micros()).unwrap_or_default().to_zoned(zone.clone())
}

fn printable<'a>(value: &FluentValue<'a>) -> FluentValue<'a> {
    match value {
        FluentValue::String(text) => text.replace(char::is_control, " ").into(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use std::collections::BTreeSet;

    use super::*;
    use crate::words::catalogue;

    /// What a file lacks, says beside, or fills in otherwise than the English one.
    fn faults(file: &str) -> Vec<String> {
        catalogue::faults(file, FILES[0].1, &Key::ALL.iter().map(|key| key.id()).collect())
    }

    #[test]
    fn every_language_has_every_text_and_none_too_many_and_fills_in_the_same_things() {
        let told: Vec<_> =
            FILES.iter().flat_map(|(tag, file)| faults(file).into_iter().map(move |fault| format!("mail.{tag}.ftl: {fault}"))).collect();
        assert!(told.is_empty(), "{told:#?}");
        for (tag, file) in FILES {
            for address in [Address::Formal, Address::Informal] {
                let words = Words::read(tag, file, address).unwrap();
                let gaps = [
                    "n",
                    "group",
                    "unit",
                    "k",
                    "leaders",
                    "holder",
                    "people",
                    "comments",
                    "values",
                    "colleagues",
                    "date",
                    "latest",
                    "span",
                    "hours",
                ];
                for clause in Clause::ALL {
                    let said = words.promise(*clause, &gaps.map(|gap| (gap, "x"))).unwrap();
                    assert!(!said.contains(['{', '}', '[', ']']), "{tag}: {said}");
                }
            }
        }
    }

    #[test]
    fn a_language_that_is_begun_is_told_everything_that_it_lacks() {
        let told = faults("and = i\ngreeting = Witaj { $imie },\ncolour = czerwony\n");
        assert_eq!(told.iter().filter(|fault| fault.ends_with(" is missing")).count(), Key::ALL.len() - 2);
        assert_eq!(told[Key::ALL.len() - 2..], ["colour is not wanted", "greeting fills in {\"imie\"} instead of {\"name\"}"]);
    }

    #[test]
    fn an_address_is_chosen_everywhere_and_what_is_fluents_own_stays() {
        let text = "a = [Ihre|Deine] { $n ->\n    [one] [Ihnen|dir]\n   *[other] [x\n  }[";
        assert_eq!(Address::Formal.chosen(text), "a = Ihre { $n ->\n    [one] Ihnen\n   *[other] [x\n  }[");
        assert_eq!(Address::Informal.chosen(text), "a = Deine { $n ->\n    [one] dir\n   *[other] [x\n  }[");
        for (tag, file) in FILES {
            for address in [Address::Formal, Address::Informal] {
                assert!(!address.chosen(file).contains('|'), "{tag}");
            }
        }
    }

    #[test]
    fn nobody_who_is_addressed_informally_reads_a_formal_word() {
        let of_the_address =
            [("de", "Ihr, Ihre, Ihrem, Ihren, Ihrer, Ihres, Ihnen"), ("fr", "vous, votre, vos, Vous, Votre, Vos"), ("es", "usted, Usted")];
        for (tag, formal) in of_the_address {
            let file = FILES.iter().find(|(of, ..)| *of == tag).unwrap().1;
            let informal = Address::Informal.chosen(file);
            let said: BTreeSet<_> = informal
                .lines()
                .filter(|line| !line.starts_with('#'))
                .flat_map(|line| line.split(|c: char| !c.is_alphanumeric()))
                .collect();
            let left: Vec<_> = formal.split(", ").filter(|word| said.contains(word)).collect();
            assert!(left.is_empty(), "{tag}: {left:?}");
        }
    }

    #[test]
    fn english_german_french_and_spanish_are_spoken_and_english_is_the_first() {
        let tags: Vec<_> = FILES.iter().map(|(tag, ..)| *tag).collect();
        assert_eq!(tags[0], "en");
        assert!(["de", "es", "fr"].iter().all(|tag| tags.contains(tag)), "{tags:?}");
    }

    #[test]
    fn no_text_uses_a_word_that_people_should_not_meet() {
        let of_the_workshop = [
            ("en", "ballot, ballots, box key, block, blocks, cell, cells, kappa, wave, waves, manifest, roster, token"),
            ("de", "stimmzettel, block, blöcke, zelle, zellen, kappa, welle, wellen, manifest, roster, token, rechenschaft"),
            ("fr", "bulletin, urne, bloc, blocs, cellule, cellules, kappa, vague, vagues, manifeste, jeton, reddition"),
            ("es", "papeleta, urna, bloque, bloques, celda, celdas, kappa, oleada, oleadas, manifiesto, token, rendición"),
        ];
        for (tag, file) in FILES {
            let said = file.to_lowercase().split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>().join(" ");
            let said = format!(" {said} ");
            for word in of_the_workshop.iter().filter(|(of, _)| of == tag).flat_map(|(_, words)| words.split(", ")) {
                assert!(!said.contains(&format!(" {word} ")), "{tag}: {word}");
            }
        }
    }

    #[test]
    fn french_and_spanish_are_set_as_their_printers_set_them() {
        let file = |tag: &str| FILES.iter().find(|(of, ..)| *of == tag).unwrap().1;
        for line in file("fr").lines().filter(|line| !line.starts_with('#')) {
            let open = line.char_indices().any(|(at, c)| ";:!?»".contains(c) && !line[..at].ends_with('\u{202f}'));
            assert!(!open && !line.contains("« ") && !line.contains('\''), "{line}");
        }
        for line in file("es").lines() {
            let count = |wanted: char| line.chars().filter(|c| *c == wanted).count();
            assert_eq!((count('¿'), count('¡')), (count('?'), count('!')), "{line}");
        }
    }

    #[test]
    fn dates_are_written_out_in_the_language_with_the_time_zone() {
        let moment = Moment::parse("2026-12-05T17:03:00+01:00").unwrap();
        let words = |tag: &str| Words::in_language(&Language::parse(tag).unwrap(), Address::Formal).unwrap();
        let say = |tag: &str| words(tag).moment(moment, &TimeZone::UTC).unwrap();
        assert_eq!(say("en"), "Saturday 5 December 2026, 16:03 UTC");
        assert_eq!(say("de"), "Samstag, 5. Dezember 2026, 16:03 Uhr (UTC)");
        assert_eq!(say("fr"), "samedi 5 décembre 2026 à 16:03 (UTC)");
        assert_eq!(say("es"), "sábado 5 de diciembre de 2026, 16:03 (UTC)");
        assert_eq!(say("it"), say("en"));
        let first = Moment::parse("2027-01-01T00:00:00Z").unwrap();
        assert_eq!(words("fr").date(first, &TimeZone::UTC).unwrap(), "vendredi 1er janvier 2027");
        // The last hour of a day in one place is the first of the next in another.
        let there = |tag: &str, zone: &str| words(tag).moment(first, &TimeZone::get(zone).unwrap()).unwrap();
        assert_eq!(there("en", "Europe/Berlin"), "Friday 1 January 2027, 01:00 Berlin time");
        assert_eq!(there("de", "America/Argentina/Buenos_Aires"), "Donnerstag, 31. Dezember 2026, 21:00 Uhr (Ortszeit Buenos Aires)");
        assert_eq!(there("fr", "Europe/Amsterdam"), "vendredi 1er janvier 2027 à 01:00 (heure locale, Amsterdam)");
        assert_eq!(there("es", "Etc/GMT+3"), "jueves 31 de diciembre de 2026, 21:00 (GMT+3)");
    }

    #[test]
    fn names_are_listed_and_cannot_start_a_new_line() {
        let words = Words::in_language(&Language::parse("de").unwrap(), Address::Formal).unwrap();
        let names = |names: &[&str]| words.list(&names.iter().map(ToString::to_string).collect::<Vec<_>>()).unwrap();
        assert_eq!((names(&["Ann"]), names(&["Ann", "Bo", "Cy"])), ("Ann".to_owned(), "Ann, Bo und Cy".to_owned()));
        let spanish = Words::in_language(&Language::parse("es").unwrap(), Address::Formal).unwrap();
        for (last, and) in [
            ("Ana", "y"),
            ("Iván", "e"),
            ("Íñigo", "e"),
            ("Hilda", "e"),
            ("Yvonne", "e"),
            ("Ian", "y"),
            ("Yolanda", "y"),
            ("Hierro", "y"),
            ("", "y"),
        ] {
            assert_eq!(spanish.list(&["Bo".to_owned(), last.to_owned()]).unwrap(), format!("Bo {and} {last}"));
        }
        assert_eq!(words.list(&["Bo".to_owned(), "Ida".to_owned()]).unwrap(), "Bo und Ida");
        assert_eq!(words.say(Key::Greeting, &[("name", "Ann\r\nBcc: x".into())]).unwrap(), "Guten Tag Ann  Bcc: x,");
    }
}
