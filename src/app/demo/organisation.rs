//! A synthetic organisation: its staff list, and what its people would answer.
//!
//! Everybody here is invented. Who answers and what they answer comes from a seeded generator, so the demo shows the same
//! picture at every start; links, keys and sealing are as random as in a real wave.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::comments;

/// A team of the demo and how it feels to work in it.
struct Team {
    name: &'static str,
    unit: &'static str,
    members: u32,
    /// Mean of raw answers (1-7) to unreversed items, per wave.
    climate: [f64; 5],
    /// How many answer, per wave; `None` leaves it to chance.
    answering: [Option<u32>; 5],
    /// The first wave in which the team exists.
    since: usize,
    /// Another name before a wave: the first wave in which the team has its name of today.
    before: Option<(&'static str, usize)>,
}

impl Team {
    const fn name_in(&self, wave: usize) -> &'static str {
        match self.before {
            Some((before, until)) if wave < until => before,
            _ => self.name,
        }
    }
}

const fn team(name: &'static str, unit: &'static str, members: u32, level: f64) -> Team {
    Team { name, unit, members, climate: [level; 5], answering: [None; 5], since: 0, before: None }
}

const UNITS: [&str; 5] = ["Engineering", "Operations", "Sales", "Services", "Finance and People"];
const BOARD: &str = "Executive Board";
const HEAD: &str = "p-001";

fn teams() -> Vec<Team> {
    vec![
        team("Platform", "Engineering", 12, 5.1),
        team("Web", "Engineering", 10, 4.9),
        team("Mobile", "Engineering", 9, 5.2),
        team("Data", "Engineering", 8, 4.6),
        // Answers of fewer than five people: shown together with a neighbouring group in the last published wave.
        Team { answering: [Some(6), Some(6), Some(6), Some(2), None], ..team("Quality", "Engineering", 7, 5.0) },
        team("Tools", "Engineering", 5, 4.8),
        team("Security", "Engineering", 4, 4.4),
        // New people in a new team: nothing to compare with.
        Team { since: 3, ..team("Automation", "Engineering", 8, 5.0) },
        team("Plant North", "Operations", 14, 4.2),
        // A change that is too large to be chance.
        Team {
            climate: [3.6, 3.5, 3.6, 5.6, 5.6],
            answering: [Some(11), Some(11), Some(11), Some(11), None],
            ..team("Plant South", "Operations", 12, 3.6)
        },
        team("Logistics", "Operations", 9, 4.5),
        team("Maintenance", "Operations", 7, 4.9),
        team("Purchasing", "Operations", 5, 5.0),
        team("Safety", "Operations", 4, 5.3),
        team("Field Sales", "Sales", 10, 4.3),
        team("Inside Sales", "Sales", 8, 4.7),
        team("Marketing", "Sales", 7, 5.2),
        team("Partners", "Sales", 6, 4.9),
        team("Pricing", "Sales", 4, 4.6),
        team("Events", "Sales", 3, 5.0),
        team("Support", "Services", 11, 4.8),
        team("Consulting", "Services", 9, 5.0),
        team("Installations", "Services", 8, 4.4),
        // Nearly everybody answers at the top: an arrow instead of a point, and no change to be seen. Its new name breaks no trend.
        Team {
            before: Some(("Learning", 2)),
            climate: [6.8, 6.8, 6.9, 6.9, 6.9],
            answering: [Some(6), Some(6), Some(6), Some(6), None],
            ..team("Training", "Services", 7, 6.8)
        },
        team("Repairs", "Services", 5, 4.7),
        team("Hotline", "Services", 4, 4.1),
        team("Accounting", "Finance and People", 7, 4.9),
        team("People", "Finance and People", 6, 5.3),
        team("Controlling", "Finance and People", 5, 4.7),
        team("Legal", "Finance and People", 3, 5.1),
    ]
}

const GIVEN: [&str; 32] = [
    "Ada", "Bruno", "Clara", "Dario", "Elif", "Felix", "Greta", "Hakan", "Ines", "Jonas", "Kaya", "Lena", "Milan", "Nora", "Omar", "Paula",
    "Quentin", "Rosa", "Samir", "Tilda", "Umut", "Vera", "Wanda", "Xenia", "Yusuf", "Zoe", "Anton", "Berta", "Cem", "Dora", "Emil",
    "Frida",
];
const FAMILY: [&str; 17] = [
    "Albrecht",
    "Bianchi",
    "Costa",
    "Demir",
    "Engel",
    "Fischer",
    "Garcia",
    "Horvat",
    "Ivanov",
    "Jansen",
    "Keller",
    "Lindqvist",
    "Moreau",
    "Novak",
    "Okafor",
    "Petrov",
    "Rossi",
];

/// What one member of the demo does in one wave.
#[derive(Debug, Clone)]
pub struct Behaviour {
    /// Answers in the instrument's order as raw points; 0 = blank, 255 = cannot say.
    pub answers: Vec<u8>,
    /// Level byte of the ballot: 0 = own group, 1 = unit.
    pub level: u8,
    /// One comment per open question; none where the round asks for none.
    pub comments: Vec<String>,
}

/// The people of one wave: the staff list as CSV, and what each of them does.
pub struct DemoWave {
    /// The staff list as HR would export it.
    pub csv: String,
    /// Person id and behaviour; `None` for people who do not answer.
    pub behaviour: Vec<(String, Option<Behaviour>)>,
    /// Ids of the people who lead a team, with the team.
    pub leaders: Vec<(String, String)>,
    /// Whether the open questions are asked.
    pub comments: bool,
    /// Teams that have had another name in the wave before: that name, the new name.
    pub renamed: Vec<(&'static str, &'static str)>,
}

/// The organisation's name.
pub const ORGANISATION: &str = "Northwind Instruments (demo)";

/// How an item is answered: reversed items turn around.
#[derive(Debug, Clone, Copy)]
pub struct ItemShape {
    /// Whether agreement means less.
    pub reversed: bool,
    /// Number of points.
    pub points: u8,
}

/// The wave that asks the open questions: the last one that is published.
const ASKS_FOR_COMMENTS: usize = 3;

/// The organisation in wave `index` (0 to 4).
#[must_use]
pub fn wave(index: usize, items: &[ItemShape]) -> DemoWave {
    let mut csv = String::from("person_id,name,mail,team,leaders,language\n");
    let mut behaviour = Vec::new();
    let mut leaders = vec![(HEAD.to_owned(), BOARD.to_owned())];
    let mut number = 1;
    let mut add = |csv: &mut String, team: &str, leader: &str| {
        let id = format!("p-{number:03}");
        let name = format!("{} {}", GIVEN[(number * 7 + 3) % GIVEN.len()], FAMILY[(number * 5 + number / 17) % FAMILY.len()]);
        let mail = format!("{id}@northwind.example");
        let language = if number % 3 == 0 { "de" } else { "en" };
        let _ = writeln!(csv, "{id},{name},{mail},{team},{leader},{language}");
        number += 1;
        id
    };
    // The head of the organisation answers in no team.
    add(&mut csv, "", "");
    let heads: Vec<String> = UNITS.iter().map(|_| add(&mut csv, BOARD, HEAD)).collect();
    for id in &heads {
        behaviour.push((id.clone(), answers_of(id, index, 5.4, items)));
    }
    leaders.extend(heads.iter().zip(UNITS).map(|(id, unit)| (id.clone(), unit.to_owned())));
    let teams = teams();
    // Ids must not move when a team joins later: teams in order of appearance.
    let mut order: Vec<&Team> = teams.iter().filter(|t| t.since <= index).collect();
    order.sort_by_key(|t| t.since);
    for team in order {
        let head = UNITS.iter().position(|u| *u == team.unit).and_then(|u| heads.get(u)).cloned().unwrap_or_default();
        let lead = add(&mut csv, team.unit, &head);
        behaviour.push((lead.clone(), answers_of(&lead, index, 5.0, items)));
        let name = team.name_in(index);
        leaders.push((lead.clone(), name.to_owned()));
        let members: Vec<String> = (0..team.members).map(|_| add(&mut csv, name, &lead)).collect();
        let fixed = team.answering[index];
        for (place, id) in members.iter().enumerate() {
            let answers = answers_of(id, index, team.climate[index], items);
            let answers = match fixed {
                Some(count) if place < count as usize => answers.or_else(|| Some(must_answer(id, index, team.climate[index], items))),
                Some(_) => None,
                None => answers,
            };
            behaviour.push((id.clone(), answers));
        }
    }
    let comments = index == ASKS_FOR_COMMENTS;
    if comments {
        write_comments(&csv, &mut behaviour);
    }
    let renamed = teams.iter().filter_map(|team| team.before.filter(|(_, until)| *until == index).map(|(before, _)| (before, team.name)));
    DemoWave { csv, behaviour, leaders, comments, renamed: renamed.collect() }
}

/// Lets the people who answer write comments, each in the language of the staff list; one of them names a person.
fn write_comments(csv: &str, behaviour: &mut [(String, Option<Behaviour>)]) {
    let german: BTreeSet<&str> = csv.lines().filter(|line| line.ends_with(",de")).filter_map(|line| line.split(',').next()).collect();
    for (id, behaviour) in behaviour.iter_mut() {
        if let Some(behaviour) = behaviour {
            behaviour.comments = comments::written(generator(id, ASKS_FOR_COMMENTS, 53).random(), german.contains(id.as_str()));
        }
    }
    if let Some(text) = behaviour.iter_mut().find_map(|(_, behaviour)| behaviour.as_mut()?.comments.first_mut()) {
        comments::NAMES_A_PERSON.clone_into(text);
    }
}

fn generator(id: &str, wave: usize, salt: u64) -> StdRng {
    let seed = id.bytes().fold(salt, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    StdRng::seed_from_u64(seed ^ (wave as u64) << 48)
}

fn answers_of(id: &str, wave: usize, climate: f64, items: &[ItemShape]) -> Option<Behaviour> {
    // Four of five answer; who they are changes from wave to wave.
    generator(id, wave, 11).random_bool(0.8).then(|| must_answer(id, wave, climate, items))
}

fn must_answer(id: &str, wave: usize, climate: f64, items: &[ItemShape]) -> Behaviour {
    // A person's view is stable over the waves, a mood and the single answers are not.
    let person = normal(&mut generator(id, 0, 23)) * 0.7;
    let mut chance = generator(id, wave, 37);
    let mood = normal(&mut chance) * 0.4;
    let spread = if climate > 6.5 { 0.25 } else { 1.0 };
    let answers = items
        .iter()
        .map(|item| {
            if chance.random_bool(0.02) {
                return if chance.random_bool(0.5) { 0 } else { 255 };
            }
            let top = f64::from(item.points);
            let raw = (climate + spread * (person + mood + normal(&mut chance) * 0.9)).round().clamp(1.0, top);
            let raw = if item.reversed { top + 1.0 - raw } else { raw };
            // Rounded and clamped to 1..=points above.
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within 1..=7 by the clamp")]
            let raw = raw as u8;
            raw
        })
        .collect();
    Behaviour { answers, level: u8::from(chance.random_bool(0.02)), comments: Vec::new() }
}

/// A standard normal number (Box and Muller 1958).
fn normal(chance: &mut StdRng) -> f64 {
    let u: f64 = chance.random_range(f64::MIN_POSITIVE..1.0);
    let v: f64 = chance.random();
    (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn items() -> Vec<ItemShape> {
        (0..12).map(|i| ItemShape { reversed: i % 4 == 2, points: 7 }).collect()
    }

    #[test]
    fn the_demo_organisation_has_about_240_people_in_some_35_teams() {
        let wave = wave(3, &items());
        let people = wave.csv.lines().count() - 1;
        let teams: std::collections::BTreeSet<&str> =
            wave.csv.lines().skip(1).filter_map(|l| l.split(',').nth(3)).filter(|t| !t.is_empty()).collect();
        assert!((230..=260).contains(&people), "{people}");
        assert!((33..=37).contains(&teams.len()), "{}", teams.len());
    }

    #[test]
    fn the_same_wave_is_the_same_at_every_start_and_people_keep_their_ids_over_the_waves() {
        let (first, again, later) = (wave(2, &items()), wave(2, &items()), wave(3, &items()));
        assert_eq!(first.csv, again.csv);
        assert_eq!(
            first.behaviour.iter().map(|b| b.1.is_some()).collect::<Vec<_>>(),
            again.behaviour.iter().map(|b| b.1.is_some()).collect::<Vec<_>>()
        );
        assert!(first.csv.lines().all(|line| later.csv.contains(line)));
    }

    #[test]
    fn answers_stay_on_the_scale() {
        for (_, behaviour) in wave(3, &items()).behaviour {
            for answer in behaviour.into_iter().flat_map(|b| b.answers) {
                assert!(answer <= 7 || answer == 255);
            }
        }
    }
}
