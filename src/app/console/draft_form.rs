//! The form of a draft: its fields with what was typed and what is wrong with it, and the settings that it gives.

use domain::instrument::Catalogue;
use domain::wave::Pace;
use domain::{Language, Moment, Schedule, WaveId};
use jiff::tz::TimeZone;
use protocol::manifest::{LONGEST_NAME, LONGEST_TEXT, Texts};

use super::navigation::Page;
use crate::installation::Installation;
use crate::lifecycle::faults::{Fault, Field, MOST_REMINDERS};
use crate::lifecycle::settings::{Particulars, WaveSettings};
use crate::local_time;
use crate::words::{Saying, Value};

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
    fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.trim())
    }

    fn ticked(&self, field: Field) -> bool {
        self.get(field.as_str()) == "yes"
    }

    fn of_field(&self, field: Field) -> &str {
        self.get(field.as_str())
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

const BY_DATES: &str = "dates";
const BY_HAND: &str = "hand";
const HOUR: u64 = 3600;

/// What the form holds for an answer to whether the disks are copied.
const fn copied(answer: Option<bool>) -> &'static str {
    match answer {
        Some(true) => "yes",
        Some(false) => "no",
        None => "unknown",
    }
}

/// The name of a text's field in one language.
fn in_language(field: Field, language: &str) -> String {
    format!("{}-{language}", field.as_str())
}

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
                purpose: self.texts(Field::Purpose),
                not_for: self.texts(Field::NotFor),
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
        let texts = self.typed.0.iter().filter_map(|(name, text)| {
            let language = Language::parse(name.strip_prefix(&before)?).ok()?;
            // A text field of a browser ends its lines as it likes; the promise sheet has one line.
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            (!text.is_empty()).then_some((language, text))
        });
        let texts: std::collections::BTreeMap<_, _> = texts.collect();
        (!texts.is_empty()).then_some(Texts::PerLanguage(texts))
    }
}

/// Fields that belong together.
pub(super) struct Section {
    pub(super) legend: &'static str,
    pub(super) hint: String,
    /// Whether it is closed until somebody asks for it.
    pub(super) folded: bool,
    pub(super) inputs: Vec<Input>,
}

/// One field with what is wrong with it.
pub(super) struct Input {
    pub(super) name: String,
    pub(super) id: String,
    pub(super) label: String,
    pub(super) hint: String,
    pub(super) kind: Kind,
    pub(super) faults: Vec<String>,
}

impl Input {
    /// Whether it is several boxes under one heading.
    pub(super) const fn is_fieldset(&self) -> bool {
        matches!(self.kind, Kind::One(_) | Kind::Any(_))
    }

    /// The ids of what stands below it on the page: what is wrong, and what helps.
    pub(super) fn described(&self) -> String {
        let fault = (!self.faults.is_empty()).then(|| format!("{}-fault", self.id));
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.id));
        fault.into_iter().chain(hint).collect::<Vec<_>>().join(" ")
    }
}

/// How a field is filled in.
pub(super) enum Kind {
    /// A short text of at most so many characters.
    Text(String, usize),
    /// A number.
    Number(String),
    /// A date with a time.
    Moment(String),
    /// A longer text in a language.
    Long(String, String),
    /// A box to tick.
    Tick(bool),
    /// One of several.
    One(Vec<Choice>),
    /// Any of several.
    Any(Vec<Choice>),
}

/// Something that can be chosen.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

/// The form as a page shows it.
pub(super) struct DraftForm {
    pub(super) sections: Vec<Section>,
    /// What is wrong, each with the id of its field; without one where it is not the form's fault.
    pub(super) faults: Vec<(Option<String>, String)>,
}

impl DraftForm {
    /// The form with what was typed and what is wrong. A round that has a name already keeps it.
    pub(super) fn new(page: &Page, typed: &Typed, faults: &[Fault], installation: &Installation, named: bool) -> Self {
        let writing = Writing { page, typed, faults, installation };
        let sections = writing.sections(named);
        let id_of = |field: Field| {
            let inputs = sections.iter().flat_map(|section| &section.inputs);
            let name = field.as_str();
            inputs
                .filter(|input| input.name == name || input.name.starts_with(&in_language(field, "")))
                .map(|input| input.id.clone())
                .next()
        };
        let faults = faults.iter().map(|fault| (id_of(fault.field), page.speak(&fault.says))).collect();
        Self { sections, faults }
    }
}

struct Writing<'a> {
    page: &'a Page,
    typed: &'a Typed,
    faults: &'a [Fault],
    installation: &'a Installation,
}

impl Writing<'_> {
    fn sections(&self, named: bool) -> Vec<Section> {
        let page = self.page;
        let catalogue = &self.installation.catalogue;
        let mut asked = vec![
            self.input(Field::Instrument, page.say("draft-instrument"), "", Kind::One(self.instruments(catalogue))),
            self.input(
                Field::Languages,
                page.say("draft-languages"),
                page.say("draft-languages-hint"),
                Kind::Any(self.languages(catalogue)),
            ),
            self.tick(Field::Comments, page.say("draft-comments"), page.say("draft-comments-hint")),
        ];
        if !named {
            let kind = Kind::Text(self.typed.of_field(Field::Name).to_owned(), 40);
            asked.insert(0, self.input(Field::Name, page.say("draft-name"), page.say("draft-name-hint"), kind));
        }
        let zone = page.with("draft-zone", &[("zone", self.installation.config.survey.time_zone.as_str().into())]);
        let section = |legend, hint: &str, folded, inputs| Section { legend, hint: hint.to_owned(), folded, inputs };
        vec![
            section(page.say("draft-asked"), "", false, asked),
            section(page.say("draft-dates"), &zone, false, self.dates()),
            section(page.say("draft-after"), page.say("draft-after-hint"), true, self.after()),
            section(page.say("draft-readers"), page.say("draft-readers-hint"), true, self.readers(catalogue)),
            section(page.say("draft-protection"), page.say("draft-protection-hint"), true, self.protection()),
        ]
        .into_iter()
        .map(|section| Section { folded: section.folded && section.inputs.iter().all(|input| input.faults.is_empty()), ..section })
        .collect()
    }

    fn dates(&self) -> Vec<Input> {
        let page = self.page;
        let mut inputs = Vec::new();
        if self.installation.config.respondents_are_loopback() {
            let chosen = self.typed.of_field(Field::Pace);
            let choice = |value: &str, label: &str| Choice {
                value: value.to_owned(),
                label: label.to_owned(),
                chosen: (chosen == BY_HAND) == (value == BY_HAND),
            };
            let choices = vec![choice(BY_DATES, page.say("draft-by-dates")), choice(BY_HAND, page.say("draft-by-hand"))];
            inputs.push(self.input(Field::Pace, page.say("draft-pace"), page.say("draft-pace-hint"), Kind::One(choices)));
        }
        inputs.push(self.moment(Field::Opens, page.say("draft-opens"), page.say("draft-opens-hint")));
        inputs.push(self.moment(Field::Closes, page.say("draft-closes"), ""));
        inputs.push(self.number(Field::Extension, page.say("draft-may-extend"), page.say("draft-may-extend-hint")));
        let mut planned: Vec<&str> = self.typed.all(Field::Reminders.as_str()).collect();
        planned.resize(MOST_REMINDERS.max(planned.len()), "");
        for (number, at) in (1_u32..).zip(planned) {
            let label = page.with("draft-reminder", &[("number", number.into())]);
            let hint = if number == 1 { page.say("draft-reminder-hint") } else { "" };
            let mut input = self.input(Field::Reminders, &label, hint, Kind::Moment(at.to_owned()));
            input.id = format!("reminders-{number}");
            if number > 1 {
                input.faults.clear();
            }
            inputs.push(input);
        }
        inputs
    }

    fn after(&self) -> Vec<Input> {
        let page = self.page;
        vec![
            self.number(Field::Grace, page.say("draft-grace"), page.say("draft-grace-hint")),
            self.number(Field::Window, page.say("draft-window"), page.say("draft-window-hint")),
            self.number(Field::PublishAt, page.say("draft-publish-at"), page.say("draft-publish-at-hint")),
            self.number(Field::PublishBy, page.say("draft-publish-by"), page.say("draft-publish-by-hint")),
        ]
    }

    fn readers(&self, catalogue: &Catalogue) -> Vec<Input> {
        let page = self.page;
        let mut inputs = vec![
            self.tick(Field::TeamReads, page.say("draft-team-reads"), page.say("draft-team-reads-hint")),
            self.number(Field::HrGroupsAfter, page.say("draft-hr-groups-after"), page.say("draft-hr-groups-after-hint")),
        ];
        for language in all_languages(catalogue) {
            for (field, key) in [(Field::Purpose, "draft-purpose"), (Field::NotFor, "draft-not-for")] {
                let name = in_language(field, language.as_str());
                let label = page.with(key, &[("language", self.name_of(language.as_str()).into())]);
                let kind = Kind::Long(self.typed.get(&name).to_owned(), language.to_string());
                inputs.push(Input { id: name.clone(), name, ..self.input(field, &label, "", kind) });
            }
        }
        inputs
    }

    fn protection(&self) -> Vec<Input> {
        let page = self.page;
        vec![
            self.number(Field::K, page.say("draft-k"), page.say("draft-k-hint")),
            self.number(Field::GroupMin, page.say("draft-group-min"), page.say("draft-group-min-hint")),
            self.number(Field::Coalition, page.say("draft-coalition"), page.say("draft-coalition-hint")),
            self.number(Field::MinRange, page.say("draft-min-range"), page.say("draft-min-range-hint")),
            self.tick(Field::Passphrase, page.say("draft-passphrase"), page.say("draft-passphrase-hint")),
            {
                let kind = Kind::Text(self.typed.of_field(Field::KeyHolder).to_owned(), LONGEST_NAME);
                self.input(Field::KeyHolder, page.say("draft-key-holder"), page.say("draft-key-holder-hint"), kind)
            },
            self.disk_copies(),
        ]
    }

    /// What is asked because no program can see it; whoever says nothing does not know.
    fn disk_copies(&self) -> Input {
        let page = self.page;
        let typed = self.typed.of_field(Field::DiskCopies);
        let known = [Some(true), Some(false)].map(copied).contains(&typed);
        let choice = |answer: Option<bool>, label: &str| Choice {
            value: copied(answer).to_owned(),
            label: label.to_owned(),
            chosen: if answer.is_none() { !known } else { copied(answer) == typed },
        };
        let choices = vec![
            choice(Some(true), page.say("draft-disk-copies-yes")),
            choice(Some(false), page.say("draft-disk-copies-no")),
            choice(None, page.say("draft-disk-copies-unknown")),
        ];
        self.input(Field::DiskCopies, page.say("draft-disk-copies"), page.say("draft-disk-copies-hint"), Kind::One(choices))
    }

    fn input(&self, field: Field, label: &str, hint: &str, kind: Kind) -> Input {
        let name = field.as_str().to_owned();
        let faults = self.faults.iter().filter(|fault| fault.field == field).map(|fault| self.page.speak(&fault.says)).collect();
        Input { id: name.clone(), name, label: label.to_owned(), hint: hint.to_owned(), kind, faults }
    }

    fn number(&self, field: Field, label: &str, hint: &str) -> Input {
        self.input(field, label, hint, Kind::Number(self.typed.of_field(field).to_owned()))
    }

    fn moment(&self, field: Field, label: &str, hint: &str) -> Input {
        self.input(field, label, hint, Kind::Moment(self.typed.of_field(field).to_owned()))
    }

    fn tick(&self, field: Field, label: &str, hint: &str) -> Input {
        self.input(field, label, hint, Kind::Tick(self.typed.ticked(field)))
    }

    fn instruments(&self, catalogue: &Catalogue) -> Vec<Choice> {
        let typed = self.typed.of_field(Field::Instrument);
        let mut instruments: Vec<_> = catalogue.iter().collect();
        // The shortest first: with it one begins.
        instruments.sort_by_key(|instrument| (instrument.items.len(), instrument.id.clone()));
        let choice = |instrument: &domain::instrument::Instrument| {
            let (title, statements) = (Value::Title(instrument.title.clone()), instrument.items.len());
            let label = self
                .page
                .with("draft-instrument-is", &[("title", title), ("id", instrument.id.as_str().into()), ("statements", statements.into())]);
            Choice { value: instrument.id.clone(), label, chosen: instrument.id == typed }
        };
        instruments.into_iter().map(choice).collect()
    }

    fn languages(&self, catalogue: &Catalogue) -> Vec<Choice> {
        let chosen: Vec<&str> = self.typed.all(Field::Languages.as_str()).collect();
        let choice = |language: Language| Choice {
            label: self.name_of(language.as_str()),
            chosen: chosen.contains(&language.as_str()),
            value: language.to_string(),
        };
        all_languages(catalogue).into_iter().map(choice).collect()
    }

    /// A language's name in the language of the page; its code where it has none here.
    fn name_of(&self, code: &str) -> String {
        let key = match code {
            "de" => "language-de",
            "en" => "language-en",
            "es" => "language-es",
            "fr" => "language-fr",
            _ => return code.to_owned(),
        };
        self.page.say(key).to_owned()
    }
}

/// Every language in which something can be asked.
fn all_languages(catalogue: &Catalogue) -> Vec<Language> {
    let languages: std::collections::BTreeSet<Language> =
        catalogue.iter().flat_map(|instrument| instrument.languages.iter().cloned()).collect();
    languages.into_iter().collect()
}

/// Most characters of a text on the promise sheet, for the form.
pub(super) const LONGEST: usize = LONGEST_TEXT;
