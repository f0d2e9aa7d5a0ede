//! A made-up firm of any size: the same numbers give the same firm, name for name.

use std::fmt::Write as _;

use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{RngExt, SeedableRng};

use names::{FIRST, FUNCTIONS, LAST, PLACES};

#[path = "../../src/app/simulate/names.rs"]
mod names;

/// How many teams hang under one team that leads others.
const SPAN: usize = 6;
/// How many teams stand directly under the organisation, per thousand teams.
const ROOTS_PER_THOUSAND: usize = 1;

/// A firm with its people and teams.
pub(crate) struct Firm {
    people: Vec<Employee>,
    teams: Vec<Team>,
    random: StdRng,
}

#[derive(Clone)]
struct Employee {
    number: usize,
    name: String,
    language: &'static str,
    /// `None` for those at the very top, who are not invited.
    team: Option<usize>,
    leads: bool,
}

#[derive(Clone)]
struct Team {
    name: String,
    /// Positions in `people`, at most two.
    leaders: Vec<usize>,
    leads_teams: bool,
}

impl Firm {
    /// Founds a firm. Teams hang under each other six by six, which gives 15,000 teams five levels; teams that lead others hold the leaders of those and a few
    /// more people, everybody else is spread unevenly over the teams at the bottom. Every sixth leader leads two teams, every tenth team has two leaders.
    pub(crate) fn found(people: usize, teams: usize) -> Self {
        let mut firm = Self { people: Vec::with_capacity(people), teams: Vec::with_capacity(teams), random: StdRng::seed_from_u64(2026) };
        let roots = (teams * ROOTS_PER_THOUSAND / 1000).max(1);
        for team in 0..teams {
            let under = (team >= roots).then(|| (team - roots) / SPAN);
            let leaders = firm.leaders(team, under, roots);
            firm.teams.push(Team { name: name_of_team(team), leaders, leads_teams: team * SPAN + roots < teams });
        }
        // Uneven on purpose: some of the teams at the bottom have two people, some twenty.
        let mut places = Vec::new();
        for team in 0..teams {
            if firm.teams.get(team).is_some_and(|team| team.leads_teams) {
                places.push(team);
            } else {
                firm.hire(Some(team));
                places.extend(std::iter::repeat_n(team, 1 + team % 4));
            }
        }
        while firm.people.len() < people {
            let team = places.choose(&mut firm.random).copied();
            firm.hire(team);
        }
        firm
    }

    /// The leaders of a new team, who answer in the team above it; roots are led by people who are not invited.
    fn leaders(&mut self, team: usize, under: Option<usize>, roots: usize) -> Vec<usize> {
        let neighbour = self.teams.last().and_then(|team| team.leaders.first().copied());
        let place_among_siblings = under.map_or(0, |_| (team - roots) % SPAN);
        let mut leaders = match neighbour {
            // Two of six teams share their leader.
            Some(shared) if place_among_siblings == SPAN - 1 => vec![shared],
            _ => vec![self.hire(under)],
        };
        if team % 10 == 9 && under.is_some() {
            leaders.push(self.hire(under));
        }
        for leader in &leaders {
            if let Some(person) = self.people.get_mut(*leader) {
                person.leads = true;
            }
        }
        leaders
    }

    fn hire(&mut self, team: Option<usize>) -> usize {
        let number = self.people.len();
        let (first, last) = (FIRST.choose(&mut self.random), LAST.choose(&mut self.random));
        let name = format!("{} {}", first.unwrap_or(&""), last.unwrap_or(&""));
        let language = if self.random.random_ratio(2, 5) { "de" } else { "en" };
        self.people.push(Employee { number, name, language, team, leads: false });
        number
    }

    /// The firm a year later: one in sixteen who lead nobody has left and as many have come, one in twelve works in another team, one team in thirty has a
    /// new name.
    pub(crate) fn a_year_later(&self) -> Self {
        let mut firm = Self { people: self.people.clone(), teams: self.teams.clone(), random: StdRng::seed_from_u64(2027) };
        let teams = firm.teams.len();
        let settled = firm.people.len();
        for number in 0..settled {
            let (fate, team) = (firm.random.random_range(0..48), firm.random.random_range(0..teams));
            let Some(person) = firm.people.get_mut(number).filter(|person| !person.leads && person.team.is_some()) else { continue };
            match fate {
                0..3 => {
                    person.number = usize::MAX;
                    firm.hire(Some(team));
                }
                3..7 => person.team = Some(team),
                _ => {}
            }
        }
        for team in firm.teams.iter_mut().skip(7).step_by(30) {
            team.name.push_str(" (new)");
        }
        firm
    }

    /// The staff list as an export would give it: in no order, with a byte order mark and a column that nobody needs.
    pub(crate) fn staff_list(&self) -> String {
        let mut lines: Vec<&Employee> = self.people.iter().filter(|person| person.number != usize::MAX).collect();
        lines.shuffle(&mut StdRng::seed_from_u64(1));
        let mut csv = String::from("\u{feff}person_id,name,mail,team,leaders,language,cost centre\r\n");
        for person in lines {
            let team = person.team.and_then(|team| self.teams.get(team));
            let leaders: Vec<String> = team.iter().flat_map(|team| &team.leaders).map(|leader| id_of(*leader)).collect();
            let (id, name, language) = (id_of(person.number), &person.name, person.language);
            let (team, leaders) = (team.map_or("", |team| team.name.as_str()), leaders.join("|"));
            let mail = name.to_lowercase().replace(' ', ".").replace(|c: char| !c.is_ascii_alphabetic() && c != '.', "");
            let _ = writeln!(
                csv,
                "{id},{name},{mail}.{}@northwind.example,{team},{leaders},{language},{}",
                person.number,
                4000 + person.number % 97
            );
        }
        csv
    }
}

fn id_of(number: usize) -> String {
    format!("NW-{number:06}")
}

fn name_of_team(team: usize) -> String {
    let (function, place) = (FUNCTIONS.get(team % FUNCTIONS.len()), PLACES.get(team / FUNCTIONS.len() % PLACES.len()));
    format!("{} {} {}", function.unwrap_or(&""), place.unwrap_or(&""), team / (FUNCTIONS.len() * PLACES.len()) + 1)
}
