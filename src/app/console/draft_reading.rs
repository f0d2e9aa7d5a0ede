//! What the fields of a draft's form say: settings, and what could not be read.

use std::collections::BTreeMap;

use domain::{Language, Moment, Schedule, WaveId};
use jiff::tz::TimeZone;
use protocol::manifest::Texts;

use super::draft_fields::{BY_HAND, HOUR, Typed, copied, in_language};
use crate::installation::Installation;
use crate::lifecycle::faults::{Fault, Field};
use crate::lifecycle::settings::{Particulars, WaveSettings};
use crate::local_time;
use crate::words::Saying;

/// The settings of a form, and what could not be read; where something could not, the settings hold what a new draft does.
pub(super) fn read(typed: &Typed, usual: &WaveSettings, installation: &Installation) -> (WaveSettings, Vec<Fault>) {
    let mut reading = Reading { typed, zone: installation.config.survey.zone(), faults: Vec::new() };
    let settings = reading.settings(usual, installation);
    (settings, reading.faults)
}

/// The name of a new round.
pub(super) fn read_name(typed: &Typed) -> Result<WaveId, Fault> {
    // "new" is the address of this form.
    let name = WaveId::parse(typed.of_field(Field::Name)).ok().filter(|name| name.as_str() != "new");
    name.ok_or_else(|| Fault::new(Field::Name, Saying::key("fault-name")))
}

struct Reading<'a> {
    typed: &'a Typed,
    zone: TimeZone,
    faults: Vec<Fault>,
}

impl Reading<'_> {
    fn settings(&mut self, usual: &WaveSettings, installation: &Installation) -> WaveSettings {
        let instrument = self.typed.of_field(Field::Instrument).to_owned();
        let known = installation.catalogue.get(&instrument).map(|instrument| instrument.languages.clone()).unwrap_or_default();
        let passphrase = self.typed.ticked(Field::Passphrase);
        WaveSettings {
            schedule: self.schedule(usual),
            k: self.number(Field::K, usual.k),
            group_min: self.number(Field::GroupMin, usual.group_min),
            coalition: self.number(Field::Coalition, usual.coalition),
            min_range: self.number(Field::MinRange, usual.min_range),
            passphrase,
            comments: self.typed.ticked(Field::Comments),
            key_holder: Some(self.typed.of_field(Field::KeyHolder)).filter(|name| !name.is_empty()).map(str::to_owned),
            particulars: Particulars {
                languages: self.languages(&known),
                opens_at: self.moment(Field::Opens, self.typed.of_field(Field::Opens)),
                reminders: self.reminders(),
                team_reads: Some(self.typed.ticked(Field::TeamReads)),
                hr_groups_after_hours: self.number_if_any(Field::HrGroupsAfter),
                disk_copies: [Some(true), Some(false)]
                    .into_iter()
                    .find(|answer| copied(*answer) == self.typed.of_field(Field::DiskCopies))
                    .flatten(),
                participation: self.typed.ticked(Field::Participation),
                purpose: self.texts(Field::Purpose),
                not_for: self.texts(Field::NotFor),
                trustee: None,
            },
            instrument,
        }
    }

    fn schedule(&mut self, usual: &WaveSettings) -> Schedule {
        let by_hand = self.typed.of_field(Field::Pace) == BY_HAND;
        let closes = self.moment(Field::Closes, self.typed.of_field(Field::Closes));
        if closes.is_none() && !by_hand && !self.faults.iter().any(|fault| fault.field == Field::Closes) {
            self.faults.push(Fault::new(Field::Closes, Saying::key("fault-closes-missing")));
        }
        let closes_at = closes.unwrap_or(usual.schedule.closes_at);
        if by_hand {
            return Schedule::manual(closes_at);
        }
        let defaults = Schedule::with_defaults(closes_at);
        Schedule {
            grace_seconds: self.span(Field::Grace, 60, defaults.grace_seconds),
            window_seconds: self.span(Field::Window, HOUR, defaults.window_seconds),
            publish_at_seconds: self.span(Field::PublishAt, HOUR, defaults.publish_at_seconds),
            publish_by_seconds: self.span(Field::PublishBy, HOUR, defaults.publish_by_seconds),
            extension_days: self.extension(),
            ..defaults
        }
    }

    /// Left empty, the close stays as it is.
    fn extension(&mut self) -> u32 {
        if self.typed.of_field(Field::Extension).is_empty() { 0 } else { self.number(Field::Extension, 0) }
    }

    fn number(&mut self, field: Field, usual: u32) -> u32 {
        self.typed.of_field(field).parse().unwrap_or_else(|_| {
            self.faults.push(Fault::new(field, Saying::key("fault-number")));
            usual
        })
    }

    /// A number, or none where the field was left empty.
    fn number_if_any(&mut self, field: Field) -> Option<u32> {
        let typed = self.typed.of_field(field);
        (!typed.is_empty()).then(|| self.number(field, 0))
    }

    /// So many minutes or hours, at most some ten years.
    fn span(&mut self, field: Field, unit: u64, usual: u64) -> u64 {
        match self.typed.of_field(field).parse::<u64>() {
            Ok(number) if number < 100_000 => number * unit,
            _ => {
                self.faults.push(Fault::new(field, Saying::key("fault-number")));
                usual
            }
        }
    }

    fn moment(&mut self, field: Field, text: &str) -> Option<Moment> {
        if text.is_empty() {
            return None;
        }
        let moment = local_time::read(text, &self.zone);
        if moment.is_none() {
            self.faults.push(Fault::new(field, Saying::key("fault-moment")));
        }
        moment
    }

    fn reminders(&mut self) -> Vec<Moment> {
        let typed = self.typed;
        let mut reminders: Vec<Moment> =
            typed.all(Field::Reminders.as_str()).filter_map(|text| self.moment(Field::Reminders, text)).collect();
        reminders.sort_unstable();
        reminders.dedup();
        reminders
    }

    /// The chosen languages; none where they are all that the questionnaire has.
    fn languages(&mut self, known: &[Language]) -> Vec<Language> {
        let chosen: Vec<Language> =
            self.typed.all(Field::Languages.as_str()).filter_map(|language| Language::parse(language).ok()).collect();
        if chosen.is_empty() {
            self.faults.push(Fault::new(Field::Languages, Saying::key("fault-no-language")));
        }
        if known.iter().all(|language| chosen.contains(language)) && chosen.iter().all(|language| known.contains(language)) {
            return Vec::new();
        }
        chosen
    }

    fn texts(&self, field: Field) -> Option<Texts> {
        let before = in_language(field, "");
        let texts = self.typed.beginning(&before).filter_map(|(language, text)| {
            let language = Language::parse(language).ok()?;
            // A text field of a browser ends its lines as it likes; the promise sheet has one line.
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            (!text.is_empty()).then_some((language, text))
        });
        let texts: BTreeMap<_, _> = texts.collect();
        (!texts.is_empty()).then_some(Texts::PerLanguage(texts))
    }
}
