//! The form of a draft as a page shows it: its fields with what was typed and what is wrong with it.

use std::collections::BTreeSet;

use domain::Language;
use domain::instrument::Catalogue;
use protocol::manifest::{LONGEST_NAME, LONGEST_TEXT};

use super::draft_fields::{BY_DATES, BY_HAND, Typed, copied, in_language};
use super::navigation::Page;
use crate::installation::Installation;
use crate::lifecycle::faults::{Fault, Field, MOST_REMINDERS};
use crate::words::Value;

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
        let input_of = |field: Field| {
            let mut inputs = sections.iter().flat_map(|section| &section.inputs);
            let name = field.as_str();
            inputs.find(|input| input.name == name || input.name.starts_with(&in_language(field, "")))
        };
        let said = |fault: &Fault| {
            let input = input_of(fault.field);
            // One of several that share a fault is not called by its own name.
            let named = input.filter(|input| input.id == fault.field.as_str());
            let says = named
                .map(|input| page.with("fault-at", &[("field", input.label.as_str().into()), ("problem", page.speak(&fault.says).into())]));
            (input.map(|input| input.id.clone()), says.unwrap_or_else(|| page.speak(&fault.says)))
        };
        let faults = faults.iter().map(said).collect();
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
            self.tick(Field::Participation, page.say("draft-participation"), page.say("draft-participation-hint")),
        ];
        for language in all_languages(catalogue) {
            for (field, key) in [(Field::Purpose, "draft-purpose"), (Field::NotFor, "draft-not-for")] {
                let name = in_language(field, language.as_str());
                let label = page.with(key, &[("language", page.language_named(&language).into())]);
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
            let headings = instrument.dimensions.iter().map(|dimension| self.page.value(&Value::Title(dimension.name.clone())));
            let label = self.page.with(
                "draft-instrument-is",
                &[
                    ("title", title),
                    ("id", instrument.id.as_str().into()),
                    ("statements", statements.into()),
                    ("headings", headings.collect::<Vec<_>>().join("; ").into()),
                ],
            );
            Choice { value: instrument.id.clone(), label, chosen: instrument.id == typed }
        };
        instruments.into_iter().map(choice).collect()
    }

    fn languages(&self, catalogue: &Catalogue) -> Vec<Choice> {
        let chosen: Vec<&str> = self.typed.all(Field::Languages.as_str()).collect();
        let choice = |language: Language| Choice {
            label: self.page.language_named(&language).to_owned(),
            chosen: chosen.contains(&language.as_str()),
            value: language.to_string(),
        };
        all_languages(catalogue).into_iter().map(choice).collect()
    }
}

/// Every language in which something can be asked.
fn all_languages(catalogue: &Catalogue) -> Vec<Language> {
    let languages: BTreeSet<Language> = catalogue.iter().flat_map(|instrument| instrument.languages.iter().cloned()).collect();
    languages.into_iter().collect()
}

/// Most characters of a text on the promise sheet, for the form.
pub(super) const LONGEST: usize = LONGEST_TEXT;
