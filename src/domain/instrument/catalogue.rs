//! The instruments an installation can ask: those that ship with Candor, and those of a folder, which win.

use std::collections::BTreeMap;
use std::fmt;

use super::Instrument;
use super::template::{Head, Lower, TemplateProblems, head, parse_template_on};

/// The templates that ship with Candor, as file name and text.
pub const SHIPPED: [(&str, &str); 7] = [
    ("survey_templates/pulse.toml", include_str!("../../../survey_templates/pulse.toml")),
    ("survey_templates/quarterly-fair-response.toml", include_str!("../../../survey_templates/quarterly-fair-response.toml")),
    (
        "survey_templates/quarterly-feedback-and-practices.toml",
        include_str!("../../../survey_templates/quarterly-feedback-and-practices.toml"),
    ),
    ("survey_templates/quarterly-leader.toml", include_str!("../../../survey_templates/quarterly-leader.toml")),
    (
        "survey_templates/quarterly-learning-and-openness.toml",
        include_str!("../../../survey_templates/quarterly-learning-and-openness.toml"),
    ),
    ("survey_templates/annual.toml", include_str!("../../../survey_templates/annual.toml")),
    ("survey_templates/organisation-questions.toml", include_str!("../../../survey_templates/organisation-questions.toml")),
];

/// Instruments by id.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalogue {
    by_id: BTreeMap<String, Instrument>,
}

/// Why a folder of templates was refused as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueProblems {
    /// The problems of each template that is not sound.
    pub templates: Vec<TemplateProblems>,
    /// Two files of the folder that give the same id: id, first file, second file.
    pub doubled: Vec<(String, String, String)>,
}

impl fmt::Display for CatalogueProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let doubled = self.doubled.iter().map(|(id, first, second)| {
            format!("{second}: the instrument {id} stands already in {first}; give one of them another id, or remove one file.")
        });
        let lines: Vec<_> = self.templates.iter().map(TemplateProblems::to_string).chain(doubled).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for CatalogueProblems {}

impl Catalogue {
    /// The shipped instruments, and those of `templates` (file name and text), which replace a shipped one of the same id.
    ///
    /// A file of `templates` builds on files of `templates` and, where they have none of that id, on what ships. What ships builds only on
    /// what ships, so that no file of a folder can change or break it.
    ///
    /// # Errors
    /// [`CatalogueProblems`] with the problems of all files; then nothing is taken, so that a wave never starts on half a folder.
    pub fn load<'a>(templates: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, CatalogueProblems> {
        let mut problems = CatalogueProblems { templates: Vec::new(), doubled: Vec::new() };
        let none = BTreeMap::new();
        let shipped = Shelf::of(SHIPPED, &none).settled(&mut problems);
        let folder = Shelf::of(templates, &shipped).settled(&mut problems);
        let mut by_id = shipped;
        by_id.extend(folder);
        if problems.templates.is_empty() && problems.doubled.is_empty() { Ok(Self { by_id }) } else { Err(problems) }
    }

    /// The instrument of an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Instrument> {
        self.by_id.get(id)
    }

    /// All instruments by id.
    pub fn iter(&self) -> impl Iterator<Item = &Instrument> {
        self.by_id.values()
    }
}

/// Files that may build on each other, and on what lies below them.
struct Shelf<'f, 'b> {
    files: Vec<File<'f>>,
    below: &'b BTreeMap<String, Instrument>,
}

struct File<'a> {
    name: &'a str,
    text: &'a str,
    head: Head,
    state: State,
}

enum State {
    Waiting,
    /// Something that this file builds on is being read.
    Open,
    Sound(Instrument),
    Unsound(TemplateProblems),
}

impl<'f, 'b> Shelf<'f, 'b> {
    fn of(files: impl IntoIterator<Item = (&'f str, &'f str)>, below: &'b BTreeMap<String, Instrument>) -> Self {
        let file = |(name, text)| File { name, text, head: head(text), state: State::Waiting };
        Self { files: files.into_iter().map(file).collect(), below }
    }

    /// The instruments of all files by id; what is wrong goes to `problems`, in the order of the files.
    fn settled(mut self, problems: &mut CatalogueProblems) -> BTreeMap<String, Instrument> {
        for place in 0..self.files.len() {
            self.settle(place);
        }
        let mut names: BTreeMap<String, &str> = BTreeMap::new();
        let mut by_id = BTreeMap::new();
        for file in self.files {
            match file.state {
                State::Sound(instrument) => match names.get(&instrument.id) {
                    Some(first) => problems.doubled.push((instrument.id, (*first).to_owned(), file.name.to_owned())),
                    None => {
                        names.insert(instrument.id.clone(), file.name);
                        by_id.insert(instrument.id.clone(), instrument);
                    }
                },
                State::Unsound(found) => problems.templates.push(found),
                State::Waiting | State::Open => {}
            }
        }
        by_id
    }

    /// Reads a file, after everything that it builds on.
    fn settle(&mut self, place: usize) {
        let Some(file) = self.files.get_mut(place).filter(|file| matches!(file.state, State::Waiting)) else { return };
        file.state = State::Open;
        for id in file.head.builds_on.clone() {
            if let Some(place) = self.files.iter().position(|file| file.head.id.as_ref() == Some(&id)) {
                self.settle(place);
            }
        }
        let read = self.files.get(place).map(|file| parse_template_on(file.name, file.text, &self.lower()));
        if let (Some(file), Some(read)) = (self.files.get_mut(place), read) {
            file.state = read.map_or_else(State::Unsound, State::Sound);
        }
    }

    /// What a file finds under every id: this shelf first, then what lies below.
    fn lower(&self) -> BTreeMap<String, Lower<'_>> {
        let mut lower: BTreeMap<_, _> = self.below.iter().map(|(id, instrument)| (id.clone(), Lower::Sound(instrument))).collect();
        // In reverse, so that the first of two files with one id is the one that is found.
        for file in self.files.iter().rev() {
            let found = match &file.state {
                State::Sound(instrument) => Lower::Sound(instrument),
                State::Open => Lower::Circle,
                State::Unsound(_) | State::Waiting => Lower::Unsound,
            };
            lower.extend(file.head.id.clone().map(|id| (id, found)));
        }
        lower
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice)]

    use super::*;
    use crate::ids::Language;

    #[test]
    fn what_ships_is_sound() {
        let catalogue = Catalogue::load([]).unwrap();
        let ids: Vec<_> = catalogue.iter().map(|instrument| instrument.id.as_str()).collect();
        let quarterly =
            ["quarterly-fair-response", "quarterly-feedback-and-practices", "quarterly-leader", "quarterly-learning-and-openness"];
        assert_eq!(ids, [&["annual", "organisation-questions", "pulse"][..], &quarterly].concat());
    }

    #[test]
    fn every_form_asks_the_pulse_first_and_unchanged_and_each_statement_once() {
        let catalogue = Catalogue::load([]).unwrap();
        let pulse = catalogue.get("pulse").unwrap();
        let modules = ["fair-response", "feedback-and-practices", "leader", "learning-and-openness"];
        let ids = |instrument: &Instrument| instrument.items.iter().map(|item| item.id.to_string()).collect::<Vec<_>>();
        for form in catalogue.iter() {
            assert_eq!(form.items[..12], pulse.items, "{}", form.id);
            assert_eq!(form.dimensions[..3], pulse.dimensions, "{}", form.id);
            assert_eq!(form.comments, pulse.comments, "{}", form.id);
            assert_eq!(form.languages, pulse.languages, "{}", form.id);
        }
        let mut added = Vec::new();
        for module in modules {
            let form = catalogue.get(&format!("quarterly-{module}")).unwrap();
            assert_eq!(form.items.len(), 20, "{}", form.id);
            added.extend(ids(form).split_off(12));
        }
        let annual = catalogue.get("annual").unwrap();
        assert_eq!(ids(annual)[12..], added);
        assert_eq!(ids(catalogue.get("organisation-questions").unwrap())[12..], ["STD1", "STD5", "INT2r", "SIL1"]);
        let pairs =
            |id: &str| catalogue.get(id).unwrap().pairs.iter().map(|pair| format!("{} {}", pair.said, pair.lived)).collect::<Vec<_>>();
        let of_the_leader = ["SAY1 DO2", "SAY2 DO6", "SAY3 STD3"];
        assert_eq!(pairs("quarterly-leader"), of_the_leader);
        assert_eq!(pairs("annual"), [&of_the_leader[..], &["SAY1 FAI1", "SAY2 DO3", "SAY3 DO4"]].concat());
    }

    #[test]
    fn statements_are_flagged_by_what_they_are() {
        let catalogue = Catalogue::load([]).unwrap();
        for form in catalogue.iter() {
            for item in &form.items {
                let id = item.id.as_str();
                assert_eq!(item.reversed, id.ends_with('r'), "{id}");
                assert_eq!(item.about_leader, id.starts_with("LED") || id.starts_with("SAY"), "{id}");
                let of_the_organisation = ["PRA1", "INT2r", "SIL1"].contains(&id);
                assert_eq!(item.publish == crate::instrument::Publish::Organisation, of_the_organisation, "{id}");
                let lead_in = &form.scale_of(item).unwrap().lead_in;
                assert_eq!(lead_in.is_empty(), ["PRA1", "SIL1"].contains(&id), "{id}");
            }
        }
    }

    #[test]
    fn french_and_spanish_are_set_as_their_printers_set_them() {
        for (name, text) in SHIPPED {
            let of = |language: &str| {
                let key = format!(".{language} = ");
                text.lines().filter(move |line| line.contains(&key)).flat_map(|line| line.split('"').skip(1).step_by(2)).collect::<Vec<_>>()
            };
            for text in of("fr") {
                let open = text.char_indices().any(|(at, c)| ";:!?»".contains(c) && !text[..at].ends_with('\u{202f}'));
                assert!(!open && !text.contains("« ") && !text.contains('\''), "{name}: {text}");
            }
            for text in of("es") {
                let count = |wanted: char| text.chars().filter(|c| *c == wanted).count();
                assert_eq!((count('¿'), count('¡')), (count('?'), count('!')), "{name}: {text}");
            }
        }
    }

    #[test]
    fn statements_address_nobody_so_that_they_go_with_formal_and_informal_pages() {
        for (name, text) in SHIPPED {
            let words: Vec<_> =
                text.lines().filter(|line| !line.starts_with('#')).flat_map(|line| line.split(|c: char| !c.is_alphabetic())).collect();
            for address in ["you", "your", "Sie", "Ihnen", "Ihr", "Ihre", "vous", "votre", "vos", "usted", "tú"] {
                assert!(!words.contains(&address), "{name}: {address}");
            }
        }
    }

    /// A form of one's own on two shipped ones, in fewer languages than they have.
    const OURS: &str = r#"id = "ours"
version = 1
licence = "CC0-1.0"
languages = ["de", "en"]
builds_on = ["quarterly-leader", "organisation-questions"]
title = { en = "Ours", de = "Unsere" }
"#;

    #[test]
    fn a_form_of_ones_own_names_its_parts_and_has_each_once_and_only_its_own_languages() {
        let catalogue = Catalogue::load([("ours.toml", OURS)]).unwrap();
        let ours = catalogue.get("ours").unwrap();
        assert_eq!(ours.items.len(), 12 + 8 + 4);
        assert_eq!(ours.languages.iter().map(Language::as_str).collect::<Vec<_>>(), ["de", "en"]);
        assert!(!String::from_utf8(ours.to_bytes().unwrap()).unwrap().contains("\"fr\""));
    }

    #[test]
    fn a_form_has_the_bytes_of_one_file_that_holds_all_of_it() {
        let small = |id: &str, builds_on: &str, rest: &str| {
            format!("id = \"{id}\"\nversion = 1\nlicence = \"CC0-1.0\"\nlanguages = [\"en\"]\n{builds_on}title.en = \"T\"\n{rest}")
        };
        let item =
            |id: &str| format!("[[items]]\nid = \"{id}\"\nscale = \"s\"\ntext.en = \"{id}?\"\nlicence = \"CC0-1.0\"\nsource = \"us\"\n");
        let scale = "[scales.s]\ngrid = 2\nopt_out.en = \"-\"\nlabels.en = [\"1\", \"2\", \"3\"]\n";
        let core = small("core", "", &format!("{scale}{}", item("A")));
        let module = small("module", "builds_on = [\"core\"]\n", &item("B"));
        let form = small("form", "builds_on = [\"module\"]\n", &item("C"));
        let whole = small("form", "", &format!("{scale}{}{}{}", item("A"), item("B"), item("C")));
        // Whatever the order of the files.
        let composed = Catalogue::load([("f", form.as_str()), ("m", module.as_str()), ("c", core.as_str())]).unwrap();
        let alone = Catalogue::load([("w", whole.as_str())]).unwrap();
        assert_eq!(composed.get("form").unwrap().to_bytes().unwrap(), alone.get("form").unwrap().to_bytes().unwrap());
    }

    fn told(files: &[(&str, &str)]) -> Vec<String> {
        Catalogue::load(files.iter().copied()).unwrap_err().to_string().lines().map(str::to_owned).collect()
    }

    #[test]
    fn what_cannot_be_built_on_is_named_with_its_line() {
        let ours = |builds_on: &str| OURS.replace("[\"quarterly-leader\", \"organisation-questions\"]", builds_on);
        assert_eq!(
            told(&[("ours.toml", &ours("[\"puls\", \"pulse\", \"pulse\"]"))]),
            [
                "ours.toml, line 5: there is no instrument \"puls\" to build on; there are annual, organisation-questions, ours, pulse, quarterly-fair-response, quarterly-feedback-and-practices, quarterly-leader, quarterly-learning-and-openness.",
                "ours.toml, line 5: pulse is named twice; name it once.",
            ]
        );
        assert_eq!(
            told(&[("ours.toml", &ours("[\"ours\"]"))]),
            ["ours.toml, line 5: ours builds on this file, or is this file; nothing can build on itself."]
        );
        let polish =
            ours("[\"pulse\"]").replace("\"en\"]", "\"en\", \"pl\"]").replace("de = \"Unsere\"", "de = \"Unsere\", pl = \"Nasza\"");
        assert_eq!(
            told(&[("ours.toml", &polish)]),
            ["ours.toml, line 5: pulse, on which this file builds, has no pl version; take pl out of languages."]
        );
        let theirs = ours("[\"ours\"]").replace("id = \"ours\"", "id = \"theirs\"");
        assert_eq!(
            told(&[("ours.toml", &ours("[\"theirs\"]")), ("theirs.toml", &theirs)]),
            [
                "ours.toml, line 5: theirs, on which this file builds, has problems of its own; mend those first.",
                "theirs.toml, line 5: ours builds on this file, or is this file; nothing can build on itself.",
            ]
        );
        assert!(told(&[("ours.toml", &ours("\"pulse\""))])[0].starts_with("ours.toml, line 5: builds_on is a text and must be a list"));
    }

    #[test]
    fn what_a_file_adds_must_not_stand_below_it_already() {
        let more = r#"[scales.agree7]
opt_out = { en = "-", de = "-" }
labels = { en = ["1", "2"], de = ["1", "2"] }
[[dimensions]]
id = "saf"
declared_sd = 1
name = { en = "S", de = "S" }
[[items]]
id = "led1"
scale = "yes_no"
text = { en = "I know what is expected of me on the job.", de = "Neu." }
licence = "CC0-1.0"
source = "us"
"#;
        let text = format!("{OURS}{more}").replace("[\"quarterly-leader\"", "[\"quarterly-feedback-and-practices\", \"quarterly-leader\"");
        assert_eq!(
            told(&[("ours.toml", &text)]),
            [
                "ours.toml, line 7, scale agree7: the id agree7 is used already in quarterly-feedback-and-practices, on which this file builds; give every scale an id of its own.",
                "ours.toml, line 10, dimension saf: the dimension saf has 0 items; a dimension needs at least 2, a single item stands without one.",
                "ours.toml, line 11, dimension saf: the id saf is used already in quarterly-feedback-and-practices, on which this file builds; give every dimension an id of its own.",
                "ours.toml, line 14, item led1: the scale yes_no has no grid, so its answers can be published for the organisation only; give the scale a grid, or write publish = \"organisation\".",
                "ours.toml, line 14, item led1: the en wording is the same as that of the item in organisation-questions, on which this file builds; ask every statement once.",
                "ours.toml, line 15, item led1: the id led1 is used already in quarterly-leader, on which this file builds; give every item an id of its own.",
            ]
        );
    }

    #[test]
    fn two_instruments_that_differ_in_the_same_part_cannot_both_be_built_on() {
        let other = SHIPPED[0].1.replace("id = \"pulse\"", "id = \"other\"").replace("I believe the results", "I think the results");
        let text = OURS.replace("\"organisation-questions\"", "\"other\"");
        assert_eq!(
            told(&[("other.toml", &other), ("ours.toml", &text)]),
            [
                "ours.toml, line 5: the item INT1 is not the same in quarterly-leader and other; build on one of them, or give it another id in one."
            ]
        );
    }

    #[test]
    fn a_folder_that_replaces_the_pulse_leaves_the_shipped_forms_as_they_are() {
        let own = SHIPPED[0].1.replace("agree7", "own7").replace("INT1", "OWN1");
        let catalogue = Catalogue::load([
            ("own.toml", own.as_str()),
            ("ours.toml", &OURS.replace("\"quarterly-leader\", \"organisation-questions\"", "\"pulse\"")),
        ])
        .unwrap();
        let has = |id: &str, item: &str| catalogue.get(id).unwrap().items.iter().any(|found| found.id.as_str() == item);
        assert!(has("pulse", "OWN1") && has("ours", "OWN1") && has("quarterly-leader", "INT1") && !has("quarterly-leader", "OWN1"));
    }

    #[test]
    fn a_file_of_the_folder_replaces_a_shipped_instrument_of_the_same_id_and_adds_others() {
        let (_, pulse) = SHIPPED[0];
        let own = pulse.replace("version = 1", "version = 7");
        let other = pulse.replace("id = \"pulse\"", "id = \"our-own\"");
        let catalogue = Catalogue::load([("own.toml", own.as_str()), ("other.toml", other.as_str())]).unwrap();
        assert_eq!(catalogue.get("pulse").unwrap().version, 7);
        assert_eq!(catalogue.iter().count(), SHIPPED.len() + 1);
    }

    #[test]
    fn one_bad_file_or_an_id_in_two_files_refuses_the_folder_and_names_all_of_it() {
        let (_, pulse) = SHIPPED[0];
        let problems = Catalogue::load([("a.toml", pulse), ("bad.toml", "id = 1"), ("b.toml", pulse)]).unwrap_err();
        let told = problems.to_string();
        assert!(told.contains("bad.toml, line 1: id is a whole number and must be a text."), "{told}");
        assert!(
            told.ends_with("b.toml: the instrument pulse stands already in a.toml; give one of them another id, or remove one file."),
            "{told}"
        );
    }
}
