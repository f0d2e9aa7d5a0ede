#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use proptest::prelude::*;

use super::*;
use crate::instrument::Publish;

const PULSE: &str = include_str!("../../../../survey_templates/pulse.toml");

/// A small sound template, one field per line, to be spoilt by the tests.
const SMALL: &str = r#"id = "small"
version = 1
licence = "CC0-1.0"
languages = ["en", "de"]
title = { en = "Small", de = "Klein" }
[scales.s]
grid = 2
opt_out = { en = "cannot say", de = "weiß nicht" }
labels.en = ["no", "rather no", "neither", "rather yes", "yes"]
labels.de = ["nein", "eher nein", "weder noch", "eher ja", "ja"]
[[dimensions]]
id = "D"
declared_sd = 1.0
name = { en = "Dim", de = "Dim" }
[[items]]
id = "A"
dimension = "D"
scale = "s"
licence = "CC0-1.0"
source = "us"
text = { en = "One.", de = "Eins." }
[[items]]
id = "B"
dimension = "D"
scale = "s"
licence = "CC0-1.0"
source = "us"
text = { en = "Two.", de = "Zwei." }
"#;

fn problems(text: &str) -> Vec<String> {
    let found = parse_template("t.toml", text).expect_err("the template should be refused");
    assert!(found.problems.is_sorted_by_key(|problem| problem.line));
    found.to_string().lines().map(str::to_owned).collect()
}

/// The problems after replacing one piece of the small template.
fn spoilt(from: &str, to: &str) -> Vec<String> {
    assert!(SMALL.contains(from), "{from}");
    problems(&SMALL.replacen(from, to, 1))
}

#[test]
fn the_pulse_holds_twelve_items_in_the_order_of_asking_and_three_dimensions_of_three() {
    let pulse = parse_template("pulse.toml", PULSE).unwrap_or_else(|problems| panic!("{problems}"));
    let ids: Vec<_> = pulse.items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["SAF1", "SAF3", "SAF4r", "STD2", "STD3", "STD4r", "LRN1", "LRN3", "LED2", "DO2", "DO6", "INT1"]);
    let of = |dimension: &str| -> Vec<&str> {
        pulse
            .items
            .iter()
            .filter(|item| item.dimension.as_ref().is_some_and(|d| d.as_str() == dimension))
            .map(|item| item.id.as_str())
            .collect()
    };
    assert_eq!(of("SAF"), ["SAF1", "SAF3", "SAF4r"]);
    assert_eq!(of("STD"), ["STD2", "STD3", "STD4r"]);
    assert_eq!(of("LRN"), ["LRN1", "LRN3", "DO2"]);
    for item in &pulse.items {
        let scale = pulse.scale_of(item).unwrap();
        assert_eq!((scale.points(), scale.grid, scale.labels.len()), (7, 3, 4));
        assert_eq!(item.reversed, item.id.as_str().ends_with('r'), "{}", item.id);
        assert_eq!(item.about_leader, item.id.as_str() == "LED2");
    }
}

#[test]
fn the_bytes_of_an_instrument_are_stable_and_read_back_to_the_same_instrument() {
    let pulse = parse_template("pulse.toml", PULSE).unwrap();
    let bytes = pulse.to_bytes().unwrap();
    assert!(bytes.starts_with(br#"{"id":"pulse","version":1,"#));
    let again: Instrument = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(again, pulse);
    assert_eq!(again.to_bytes().unwrap(), bytes);
}

#[test]
fn absent_fields_have_their_defaults() {
    let small = parse_template("t.toml", SMALL).unwrap_or_else(|problems| panic!("{problems}"));
    let item = &small.items[0];
    assert_eq!((item.reversed, item.about_leader, item.publish), (false, false, Publish::Team));
    assert!(small.scales["s"].lead_in.is_empty());
}

#[test]
fn licence_and_source_are_required_per_item_and_named_with_the_items_line() {
    let found = problems(&SMALL.replacen("licence = \"CC0-1.0\"\nsource = \"us\"\ntext = { en = \"Two", "text = { en = \"Two", 1));
    assert_eq!(
        found,
        [
            "t.toml, line 22, item B: licence is missing; name the SPDX licence of the wording, for instance licence = \"CC0-1.0\".",
            "t.toml, line 22, item B: source is missing; say who wrote the wording and where it comes from.",
        ]
    );
    assert!(spoilt("licence = \"CC0-1.0\"\nlang", "lang")[0].starts_with("t.toml, line 1: licence is missing"));
    assert!(spoilt("licence = \"CC0-1.0\"\nlang", "licence = \"free, I think\"\nlang")[0].contains("is not an SPDX licence expression"));
}

#[test]
fn duplicate_ids_name_the_first_line() {
    assert_eq!(
        spoilt("id = \"B\"", "id = \"a\""),
        ["t.toml, line 23, item a: the id a is used already in line 16; give every item an id of its own."]
    );
}

#[test]
fn unknown_scales_dimensions_and_keys_are_named_with_what_exists() {
    assert_eq!(spoilt("scale = \"s\"", "scale = \"t\""), ["t.toml, line 18, item A: the scale \"t\" does not exist; there are s."]);
    let found = spoilt("dimension = \"D\"", "dimension = \"E\"");
    assert_eq!(
        found[0],
        "t.toml, line 11, dimension D: the dimension D has 1 item; a dimension needs at least 2, a single item stands without one."
    );
    assert_eq!(found[1], "t.toml, line 17, item A: the dimension \"E\" does not exist; there are D. A single item has no dimension field.");
    let found = spoilt("source = \"us\"", "source = \"us\"\nrevers = true");
    assert!(
        found[0].starts_with("t.toml, line 21, item A: \"revers\" is not known here; possible are id, text, scale, reversed"),
        "{found:?}"
    );
    assert!(spoilt("version = 1", "version = 1\ncolour = \"red\"")[0].starts_with("t.toml, line 3: \"colour\" is not known here"));
}

#[test]
fn a_grid_that_cannot_coarsen_is_refused_with_the_possible_ones() {
    for bad in ["0", "1", "3", "-2", "5"] {
        let told = format!(
            "t.toml, line 7, scale s: grid is {bad} for a scale of 5 points; it must be at least 2 and divide 4 without remainder: 2 or 4."
        );
        assert_eq!(spoilt("grid = 2", &format!("grid = {bad}")), [told]);
    }
}

#[test]
fn a_missing_translation_names_language_and_text() {
    assert_eq!(spoilt(", de = \"Zwei.\"", ""), ["t.toml, line 28, item B: text has no de version; add it, or take de out of languages."]);
    assert_eq!(
        spoilt("de = \"Zwei.\"", "de = \"Zwei.\", fr = \"Deux.\""),
        [
            "t.toml, line 28, item B: text has a version in fr, which is not among languages; add fr there and translate every text, or remove it."
        ]
    );
    assert_eq!(spoilt("\"Zwei.\"", "\"  \""), ["t.toml, line 28, item B: text.de is empty; write a text."]);
}

#[test]
fn a_language_added_to_the_list_is_missed_in_every_text() {
    let found = spoilt("\"de\"]", "\"de\", \"fr\"]");
    assert_eq!(found.len(), 6, "{found:#?}");
    assert!(found.iter().all(|told| told.contains("has no fr version")));
}

#[test]
fn languages_that_address_people_informally_are_among_the_languages_and_change_no_other_byte() {
    let with = |list: &str| SMALL.replacen("title =", &format!("informal = {list}\ntitle ="), 1);
    let informal = parse_template("t.toml", &with("[\"de\"]")).unwrap();
    assert_eq!(informal.informal.iter().map(Language::as_str).collect::<Vec<_>>(), ["de"]);
    let bytes = String::from_utf8(informal.to_bytes().unwrap()).unwrap();
    let without = String::from_utf8(parse_template("t.toml", SMALL).unwrap().to_bytes().unwrap()).unwrap();
    assert_eq!(bytes.replace("\"informal\":[\"de\"],", ""), without);
    assert!(problems(&with("[\"fr\"]"))[0].contains("informal has a version in fr, which is not among languages"));
    assert!(problems(&with("[\"de\", \"de\"]"))[0].contains("the language de is named twice"));
    assert!(problems(&with("true"))[0].contains("informal is true or false and must be a list"));
}

#[test]
fn labels_must_be_as_many_in_every_language_and_all_different() {
    assert_eq!(
        spoilt("\"eher ja\", ", ""),
        ["t.toml, line 10, scale s: there are 4 labels in de and 5 in en; give every point a label in every language."]
    );
    assert_eq!(
        spoilt("\"rather yes\"", "\"yes\""),
        ["t.toml, line 9, scale s: the label \"yes\" stands twice in en; two points of a scale cannot read the same."]
    );
}

#[test]
fn a_scale_without_a_grid_is_for_the_organisation_only() {
    let two = SMALL.replace("\"rather no\", \"neither\", \"rather yes\", ", "").replace("\"eher nein\", \"weder noch\", \"eher ja\", ", "");
    let told = "t.toml, line 7, scale s: grid is 2 for a scale of 2 points; it must be at least 2 and divide 1 without remainder; leave grid out and publish the items of this scale for the organisation only.";
    assert_eq!(problems(&two), [told]);
    let none = two.replace("grid = 2\n", "");
    let found = problems(&none);
    assert_eq!(found.len(), 2);
    assert!(
        found[0].starts_with("t.toml, line 14, item A: the scale s has no grid, so its answers can be published for the organisation only")
    );
    let sound = parse_template("t.toml", &none.replace("source = \"us\"\n", "source = \"us\"\npublish = \"organisation\"\n")).unwrap();
    assert!(!sound.scales["s"].can_be_coarsened());
    assert_eq!(sound.scales["s"].points(), 2);
    let one = SMALL
        .replace("\"no\", \"rather no\", \"neither\", \"rather yes\", ", "")
        .replace("\"nein\", \"eher nein\", \"weder noch\", \"eher ja\", ", "");
    assert!(problems(&one)[0].contains("the scale has 1 points; use 2 to 11"));
}

#[test]
fn a_declared_standard_deviation_must_lie_in_its_range() {
    for bad in ["0.4", "2.1", "nan", "inf", "-1"] {
        assert!(
            spoilt("declared_sd = 1.0", &format!("declared_sd = {bad}"))[0].contains("it must lie between 0.5 and 2 raw scale points"),
            "{bad}"
        );
    }
    assert!(parse_template("t.toml", &SMALL.replace("declared_sd = 1.0", "declared_sd = 2")).is_ok());
}

#[test]
fn no_items_and_too_many_items_are_refused() {
    let head = SMALL.split("[[items]]").next().unwrap();
    assert!(problems(head)[0].contains("there are no items"));
    let many: String = (0..401)
        .map(|i| format!("[[items]]\nid = \"I{i}\"\ndimension = \"D\"\nscale = \"s\"\nlicence = \"CC0-1.0\"\nsource = \"us\"\ntext = {{ en = \"E{i}\", de = \"D{i}\" }}\n"))
        .collect();
    assert_eq!(problems(&format!("{head}{many}")), ["t.toml, line 15: there are 401 items; at most 400 are possible."]);
}

#[test]
fn items_of_one_dimension_must_share_points_and_grid() {
    let other = "[scales.t]\ngrid = 3\nopt_out = { en = \"-\", de = \"-\" }\nlabels.en = [\"1\",\"2\",\"3\",\"4\"]\nlabels.de = [\"1\",\"2\",\"3\",\"4\"]\n[[items]]\nid = \"B\"\ndimension = \"D\"\nscale = \"t\"";
    let found = spoilt("[[items]]\nid = \"B\"\ndimension = \"D\"\nscale = \"s\"", other);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("item B: the item's scale has 4 points and grid 3, the first item of dimension D has 5 and 2"), "{found:?}");
}

#[test]
fn the_same_statement_twice_is_refused() {
    assert_eq!(
        spoilt("Two.", "one."),
        ["t.toml, line 22, item B: the en wording is the same as that of the item in line 15; ask every statement once."]
    );
}

#[test]
fn syntax_errors_are_reported_all_at_once_with_their_lines() {
    let found = problems("id = \"x\nversion = = 1\nlicence = \"CC0-1.0\"\nlicence = \"CC0-1.0\"\n");
    assert!(found.iter().any(|told| told.starts_with("t.toml, line 1: this is not valid TOML")), "{found:?}");
    assert!(found.iter().any(|told| told.starts_with("t.toml, line 4: this is not valid TOML")), "{found:?}");
}

#[test]
fn many_different_problems_are_reported_together() {
    let text = SMALL
        .replace("version = 1", "version = 0")
        .replace("grid = 2", "grid = 3")
        .replace("id = \"A\"", "id = \"A-1\"")
        .replace("\"Zwei.\"", "2");
    let found = problems(&text);
    let lines: Vec<_> = found.iter().map(|told| told.split(", ").nth(1).unwrap().split(':').next().unwrap().to_owned()).collect();
    assert_eq!(lines, ["line 2", "line 7", "line 16", "line 28"], "{found:#?}");
}

#[test]
fn a_pair_joins_what_is_said_with_what_is_lived_and_its_problems_are_named() {
    let pair = |said: &str, lived: &str| format!("[[pairs]]\nsaid = \"{said}\"\nlived = \"{lived}\"\n");
    let small = parse_template("t.toml", &format!("{SMALL}{}", pair("A", "B"))).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!((small.pairs[0].said.as_str(), small.pairs[0].lived.as_str()), ("A", "B"));
    let again: Instrument = serde_json::from_slice(&small.to_bytes().unwrap()).unwrap();
    assert_eq!(again, small);
    let without = parse_template("t.toml", SMALL).unwrap().to_bytes().unwrap();
    assert!(!String::from_utf8(without).unwrap().contains("pairs"), "an instrument without pairs keeps its bytes");

    let of = |pairs: &str| problems(&format!("{SMALL}{pairs}"));
    assert_eq!(of(&pair("A", "C")), ["t.toml, line 31, pair number 1: there is no sound item C; name an item of this file."]);
    assert!(of(&pair("A", "A"))[0].contains("are one item or a pair already"));
    assert!(of(&(pair("A", "B") + &pair("A", "B")))[0].contains("line 32, pair number 2: A and B are one item or a pair already"));
    assert!(of(&(pair("A", "B") + &pair("B", "A")))[0].contains("line 32, pair number 2: B and A are one item or a pair already"));
    assert!(of("[[pairs]]\nsaid = \"A\"\n")[0].contains("pair number 1: lived is missing; name the item about what is done"));
    let hidden = SMALL.replacen("text = { en = \"Two", "publish = \"organisation\"\ntext = { en = \"Two", 1);
    let found = problems(&format!("{hidden}{}", pair("A", "B")));
    assert!(found[0].contains("the item B is shown for the organisation only; a pair needs items that are shown in groups"), "{found:?}");
}

proptest! {
    #[test]
    fn random_text_never_panics(text in "\\PC{0,200}") {
        let _ = parse_template("x", &text);
    }

    #[test]
    fn a_template_with_a_piece_cut_out_never_panics(from in 0usize..3000, length in 1usize..60) {
        let text: String = PULSE.chars().skip(1200).enumerate().filter(|(i, _)| !(from..from + length).contains(i)).map(|(_, c)| c).collect();
        if let Err(found) = parse_template("x", &text) {
            prop_assert!(!found.problems.is_empty());
        }
    }
}

const QUESTION: &str = r#"[[comments]]
id = "Q"
longest = 600
licence = "CC0-1.0"
source = "us"
text = { en = "Why?", de = "Warum?" }
"#;

#[test]
fn open_questions_are_read_and_a_wave_without_comments_has_the_bytes_of_a_template_without_them() {
    let with = parse_template("t.toml", &format!("{SMALL}{QUESTION}")).unwrap();
    assert_eq!(with.comments.len(), 1);
    assert_eq!(with.comments[0].longest, 600);
    let without = parse_template("t.toml", SMALL).unwrap();
    assert_eq!(with.without_comments().to_bytes().unwrap(), without.to_bytes().unwrap());
    assert_eq!(serde_json::from_slice::<Instrument>(&with.to_bytes().unwrap()).unwrap(), with);
}

#[test]
fn what_is_wrong_with_an_open_question_is_reported_with_its_line() {
    let problems = |from: &str, to: &str| {
        assert!(QUESTION.contains(from));
        problems(&format!("{SMALL}{}", QUESTION.replacen(from, to, 1)))
    };
    assert_eq!(problems("600", "601"), ["t.toml, line 31, comment Q: longest is 601; a comment may have 1 to 600 characters."]);
    assert_eq!(problems("600", "0"), ["t.toml, line 31, comment Q: longest is 0; a comment may have 1 to 600 characters."]);
    assert_eq!(problems(", de = \"Warum?\"", "").len(), 1);
    assert_eq!(problems("source = \"us\"\n", "").len(), 1);
    assert_eq!(problems("\"Q\"", "\"Q 1\"").len(), 1);
}

#[test]
fn comments_that_could_not_fit_into_a_ballot_are_refused_before_anybody_is_asked() {
    let second = QUESTION.replacen("\"Q\"", "\"R\"", 1);
    let told = problems(&format!("{SMALL}{QUESTION}{second}"));
    let said = "t.toml, line 29: the comments do not fit into a ballot: with these items there is room for 1021 characters over all open questions; make longest smaller.";
    assert_eq!(told, [said]);
    let fits = format!("{SMALL}{}{}", QUESTION.replace("600", "511"), second.replace("600", "510"));
    parse_template("t.toml", &fits).unwrap();
    let four: String = (1..=4).map(|n| QUESTION.replace("\"Q\"", &format!("\"Q{n}\"")).replace("600", "200")).collect();
    assert_eq!(problems(&format!("{SMALL}{four}")), ["t.toml, line 29: there are 4 open questions; at most 3 are possible."]);
    let twice = format!("{SMALL}{}{}", QUESTION.replace("600", "9"), QUESTION.replace("600", "9"));
    assert_eq!(problems(&twice), ["t.toml, line 36, comment Q: the id Q is used already in line 30; give every comment an id of its own."]);
}
