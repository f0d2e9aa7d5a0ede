//! The words of the console, and of what the command line says about rounds: Fluent files per language, English and German.
//!
//! A language is a file `console.<code>.ftl` and nothing else; the tests say what it lacks, what is asked for and stands in no file, and what stands there
//! and is used nowhere. A text that is missing all the same is said in English, and where English lacks it as dots: no page fails for a word.
//!
//! Whoever decides *what* is said hands over a [`Saying`]; the language comes last, where it is shown.

#[cfg(test)]
pub(crate) mod catalogue;
mod value;

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::{Day, Language, Moment};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::tz::TimeZone;

pub use value::{Saying, Value};

/// The files by language; the first one, English, stands in for what another one lacks.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/console_languages.rs"));

/// What is shown in place of a text that nobody wrote.
const UNWRITTEN: &str = "…";

/// The words of one language.
pub struct Words {
    tag: &'static str,
    bundle: FluentBundle<FluentResource>,
    /// The texts with nothing to fill in.
    fixed: HashMap<&'static str, String>,
}

/// All languages, read once.
static READ: LazyLock<Vec<Words>> = LazyLock::new(|| FILES.iter().map(|(tag, text)| Words::read(tag, text).0).collect());
static ENGLISH: LazyLock<Words> =
    LazyLock::new(|| FILES.first().map_or_else(|| Words::read("en", ""), |(tag, text)| Words::read(tag, text)).0);

impl Words {
    /// The English words.
    #[must_use]
    pub fn english() -> &'static Self {
        &ENGLISH
    }

    /// The words of a language by its code, such as `de`; `None` where there are none.
    #[must_use]
    pub fn of(tag: &str) -> Option<&'static Self> {
        READ.iter().find(|words| words.tag == tag)
    }

    /// The words of every language, English first.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &READ
    }

    /// The words of a file, and what is wrong with it.
    fn read(tag: &'static str, text: &'static str) -> (Self, Vec<String>) {
        let mut faults = Vec::new();
        let locale = tag.parse().map_err(|e| faults.push(format!("{e:?}"))).unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // Without marks around what is filled in: pages escape it, and it may be copied.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(if tag == "de" { |value, _| number_with(value, ".") } else { |value, _| number_with(value, ",") }));
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(readable, errors)| {
            faults.extend(errors.iter().map(|e| format!("{e:?}")));
            readable
        });
        if let Err(errors) = bundle.add_resource(resource) {
            faults.extend(errors.iter().map(|e| format!("{e:?}")));
        }
        let mut words = Self { tag, bundle, fixed: HashMap::new() };
        words.fixed = ids(text).filter_map(|id| Some((id, words.format(id, &FluentArgs::new())?))).collect();
        (words, faults)
    }

    /// The language's code.
    #[must_use]
    pub const fn tag(&self) -> &'static str {
        self.tag
    }

    /// The words of reports in the same language.
    ///
    /// # Errors
    /// [`reports::BrokenWords`], which the tests of reports rule out.
    pub fn of_reports(&self) -> Result<&'static reports::Words, reports::BrokenWords> {
        Language::parse(self.tag).map_or_else(|_| reports::Words::english(), |language| reports::Words::in_language(&language))
    }

    /// A text with nothing to fill in.
    #[must_use]
    pub fn say(&'static self, key: &str) -> &'static str {
        let english = || Self::english().fixed.get(key);
        self.fixed.get(key).or_else(english).map_or(UNWRITTEN, String::as_str)
    }

    /// These words for people of a time zone.
    #[must_use]
    pub const fn in_zone(&'static self, zone: TimeZone) -> Voice {
        Voice { words: self, zone }
    }

    /// A text with what is filled into it, by name; moments in UTC.
    #[must_use]
    pub fn with(&self, key: &str, values: &[(&str, Value)]) -> String {
        self.with_there(key, values, &TimeZone::UTC)
    }

    fn with_there(&self, key: &str, values: &[(&str, Value)], zone: &TimeZone) -> String {
        let args = |words: &Self| values.iter().map(|(name, value)| (*name, words.filling(value, zone))).collect::<FluentArgs<'_>>();
        let english = || Self::english().format(key, &args(Self::english()));
        self.format(key, &args(self)).or_else(english).unwrap_or_else(|| UNWRITTEN.to_owned())
    }

    /// Says something in this language; moments in UTC.
    #[must_use]
    pub fn speak(&self, saying: &Saying) -> String {
        self.speak_there(saying, &TimeZone::UTC)
    }

    fn speak_there(&self, saying: &Saying, zone: &TimeZone) -> String {
        self.with_there(saying.key, &saying.values, zone)
    }

    /// A value on its own; a moment in UTC.
    #[must_use]
    pub fn value(&self, value: &Value) -> String {
        self.value_there(value, &TimeZone::UTC)
    }

    fn value_there(&self, value: &Value, zone: &TimeZone) -> String {
        match value {
            Value::Text(text) => text.clone(),
            Value::Number(number) => in_thousands(*number, if self.tag == "de" { "." } else { "," }),
            Value::Moment(moment) => self.moment(*moment, zone),
            Value::Day(day) => self.day(*day),
            Value::Saying(saying) => self.speak_there(saying, zone),
            Value::Title(title) => self.title(title),
            Value::List(sayings) => sayings.iter().map(|saying| self.speak_there(saying, zone)).collect::<Vec<_>>().join("; "),
        }
    }

    fn filling(&self, value: &Value, zone: &TimeZone) -> FluentValue<'static> {
        match value {
            Value::Number(number) => (*number).into(),
            other => self.value_there(other, zone).into(),
        }
    }

    /// A text of a questionnaire: in this language, else in English, else in its first.
    #[must_use]
    pub fn title(&self, title: &domain::instrument::Words) -> String {
        let of = |tag: &str| title.iter().find(|(language, _)| language.as_str() == tag).map(|(_, text)| text);
        of(self.tag).or_else(|| of("en")).or_else(|| title.values().next()).cloned().unwrap_or_default()
    }

    /// A moment to the minute, in a time zone that is named.
    fn moment(&self, moment: Moment, zone: &TimeZone) -> String {
        let Ok(time) = jiff::Timestamp::from_microsecond(moment.micros()) else { return moment.to_string() };
        let there = time.to_zoned(zone.clone());
        let number = |number: i8| Value::Number(number.into());
        let weekday = self.with("moment-weekday", &[("weekday", number(there.weekday().to_monday_one_offset()))]);
        let month = self.with("moment-month", &[("month", number(there.month()))]);
        // The year and the time as texts, because numbers may be grouped.
        let clock = format!("{:02}:{:02}", there.hour(), there.minute());
        self.with(
            "moment",
            &[
                ("weekday", weekday.into()),
                ("day", number(there.day())),
                ("month", month.into()),
                ("year", there.year().to_string().into()),
                ("time", clock.into()),
                ("zone", there.strftime("%Z").to_string().into()),
            ],
        )
    }

    fn day(&self, day: Day) -> String {
        let (year, month, day) = day.numbers();
        let month = self.with("moment-month", &[("month", i64::from(month).into())]);
        self.with("day", &[("day", i64::from(day).into()), ("month", month.into()), ("year", year.to_string().into())])
    }

    fn format(&self, id: &str, args: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        errors.is_empty().then_some(text)
    }
}

/// A whole number that is filled in, as people read it; `None` for anything else.
fn number_with(value: &FluentValue<'_>, separator: &str) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    number.as_string().parse().ok().map(|whole| in_thousands(whole, separator))
}

/// A number with its thousands set apart from five digits on: shorter ones are read at a glance, and may be years.
fn in_thousands(number: i64, separator: &str) -> String {
    let digits = number.unsigned_abs().to_string();
    let sign = if number < 0 { "-" } else { "" };
    if digits.len() < 5 {
        return format!("{sign}{digits}");
    }
    let (first, rest) = digits.split_at((digits.len() - 1) % 3 + 1);
    let groups = rest.as_bytes().chunks(3).map(String::from_utf8_lossy).map(|group| format!("{separator}{group}"));
    format!("{sign}{first}{}", groups.collect::<String>())
}

/// The words of a language as they are said to people of a time zone: every moment in theirs, which is named.
#[derive(Clone)]
pub struct Voice {
    words: &'static Words,
    zone: TimeZone,
}

impl Voice {
    /// The words of the language.
    #[must_use]
    pub const fn words(&self) -> &'static Words {
        self.words
    }

    /// A text with what is filled into it, by name.
    #[must_use]
    pub fn with(&self, key: &str, values: &[(&str, Value)]) -> String {
        self.words.with_there(key, values, &self.zone)
    }

    /// Says something.
    #[must_use]
    pub fn speak(&self, saying: &Saying) -> String {
        self.words.speak_there(saying, &self.zone)
    }

    /// A value on its own.
    #[must_use]
    pub fn value(&self, value: &Value) -> String {
        self.words.value_there(value, &self.zone)
    }
}

/// The names of the texts of a file: whatever begins a line and is followed by an equals sign.
fn ids(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase())).filter_map(|line| Some(line.split_once(" =")?.0))
}

#[cfg(test)]
mod tests;
