//! The fields of a draft's form as a browser sends them, and as a draft fills them.

use domain::Schedule;
use domain::wave::Pace;
use protocol::manifest::Texts;

use crate::installation::Installation;
use crate::lifecycle::faults::Field;
use crate::lifecycle::settings::WaveSettings;
use crate::local_time;

/// What a browser sent, or what a draft holds, by the names of the fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Typed(Vec<(String, String)>);

impl Typed {
    /// A form as it was sent.
    pub(super) fn sent(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// What stands in a field, without the blanks around it; empty where there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// Everything that was sent under a name, in its order.
    pub(super) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.trim())
    }

    pub(super) fn ticked(&self, field: Field) -> bool {
        self.get(field.as_str()) == "yes"
    }

    pub(super) fn of_field(&self, field: Field) -> &str {
        self.get(field.as_str())
    }

    /// Everything whose name begins so, with the rest of its name, in the order in which it was sent.
    pub(super) fn beginning<'a>(&'a self, start: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(name, value)| Some((name.strip_prefix(start)?, value.as_str())))
    }

    fn put(&mut self, name: &str, value: impl Into<String>) {
        self.0.push((name.to_owned(), value.into()));
    }

    fn set(&mut self, field: Field, value: impl ToString) {
        self.put(field.as_str(), value.to_string());
    }

    /// What the form of settings holds before anybody types.
    pub(super) fn of(settings: &WaveSettings, installation: &Installation) -> Self {
        let zone = installation.config.survey.zone();
        let WaveSettings { schedule, particulars, .. } = settings;
        let mut typed = Self::default();
        typed.set(Field::Instrument, &settings.instrument);
        let all = installation.catalogue.get(&settings.instrument).map(|instrument| instrument.languages.as_slice()).unwrap_or_default();
        let chosen = if particulars.languages.is_empty() { all } else { &particulars.languages };
        chosen.iter().for_each(|language| typed.set(Field::Languages, language));
        typed.set(Field::Pace, if schedule.pace == Pace::Manual { BY_HAND } else { BY_DATES });
        typed.set(Field::Opens, particulars.opens_at.map(|at| local_time::write(at, &zone)).unwrap_or_default());
        typed.set(Field::Closes, local_time::write(schedule.closes_at, &zone));
        for at in &particulars.reminders {
            typed.set(Field::Reminders, local_time::write(*at, &zone));
        }
        let by_dates = if schedule.pace == Pace::Manual { Schedule::with_defaults(schedule.closes_at) } else { schedule.clone() };
        typed.set(Field::Extension, by_dates.extension_days);
        typed.set(Field::Grace, by_dates.grace_seconds / 60);
        typed.set(Field::Window, by_dates.window_seconds / HOUR);
        typed.set(Field::PublishAt, by_dates.publish_at_seconds / HOUR);
        typed.set(Field::PublishBy, by_dates.publish_by_seconds / HOUR);
        typed.set(Field::K, settings.k);
        typed.set(Field::GroupMin, settings.group_min);
        typed.set(Field::Coalition, settings.coalition);
        typed.set(Field::MinRange, settings.min_range);
        typed.set(Field::HrGroupsAfter, settings.hr_groups_after_hours(&installation.config));
        typed.set(Field::DiskCopies, copied(particulars.disk_copies));
        typed.set(Field::KeyHolder, settings.key_holder.as_deref().unwrap_or_default());
        for (field, ticked) in [
            (Field::Comments, settings.comments),
            (Field::Passphrase, settings.passphrase),
            (Field::TeamReads, settings.team_reads(&installation.config)),
            (Field::Participation, particulars.participation),
        ] {
            if ticked {
                typed.set(field, "yes");
            }
        }
        let plain = &installation.config.survey.language;
        for (field, texts) in [(Field::Purpose, &particulars.purpose), (Field::NotFor, &particulars.not_for)] {
            match texts {
                Some(Texts::Plain(text)) => typed.put(&in_language(field, plain), text),
                Some(Texts::PerLanguage(texts)) => {
                    texts.iter().for_each(|(language, text)| typed.put(&in_language(field, language.as_str()), text));
                }
                None => {}
            }
        }
        typed
    }
}

/// What is typed as the pace of a round that runs by its dates.
pub(super) const BY_DATES: &str = "dates";
/// What is typed as the pace of a round whose moments are set by hand.
pub(super) const BY_HAND: &str = "hand";
/// The seconds of an hour, in which spans are typed.
pub(super) const HOUR: u64 = 3600;

/// What the form holds for an answer to whether the disks are copied.
pub(super) const fn copied(answer: Option<bool>) -> &'static str {
    match answer {
        Some(true) => "yes",
        Some(false) => "no",
        None => "unknown",
    }
}

/// The name of a text's field in one language.
pub(super) fn in_language(field: Field, language: &str) -> String {
    format!("{}-{language}", field.as_str())
}
