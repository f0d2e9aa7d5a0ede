//! An invented organisation of any size, and what a quarter of a year does to it.
//!
//! A team is the people who report to one leader, who answers in the team above. Teams without teams under them have 3 to 15 people,
//! more small ones than large ones, 6 to 7 on average; leaders lead 3 to 9 others.

use std::collections::BTreeMap;

use domain::ids::InvalidId;
use domain::roster::{Person, Roster};
use domain::{Language, PersonId, TeamLabel};
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

use super::chance::{Seed, normal};
use super::names::{FIRST, FUNCTIONS, LAST, PLACES};

/// The fewest people of an organisation that has teams at all.
pub const FEWEST: usize = 20;
/// The smallest and the largest team that is founded.
const SIZES: (usize, usize) = (3, 15);
/// Standard deviation of the teams' climates, in raw points of a seven-point scale.
const BETWEEN_TEAMS: f64 = 0.4;
/// Mean climate, in raw points of a seven-point scale.
const LEVEL: f64 = 4.9;
/// How far a team's climate moves in a quarter (standard deviation, raw points).
const DRIFT: f64 = 0.15;
/// How much people differ lastingly within a team (standard deviation, raw points).
const BETWEEN_PEOPLE: f64 = 0.7;

/// Somebody who does not exist.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// Position in the staff list, for ever; a leaver's is not given again.
    pub(super) number: usize,
    name: String,
    language: &'static str,
    /// `None` for those at the very top, who are not invited, and for leavers.
    pub(super) team: Option<usize>,
    /// Teams that the person leads.
    leads: usize,
    gone: bool,
    /// How much more or less than their team this person agrees, in raw points.
    pub(super) outlook: f64,
}

/// A team.
#[derive(Debug, Clone)]
pub(super) struct Team {
    pub(super) name: String,
    /// Positions of its leaders, who answer in the team above.
    leaders: Vec<usize>,
    above: Option<usize>,
    /// Whether other teams stand under it.
    leads_teams: bool,
    closed: bool,
    /// True mean per dimension, in raw points of a seven-point scale.
    pub(super) climate: Vec<f64>,
}

impl Member {
    /// Somebody of whom nothing is invented but how they answer.
    pub(super) fn invented(number: usize, chance: &mut StdRng) -> Self {
        let outlook = normal(chance) * BETWEEN_PEOPLE;
        Self { number, name: String::new(), language: "", team: None, leads: 0, gone: false, outlook }
    }
}

impl Team {
    /// A team of which nothing is invented but its climate.
    pub(super) fn invented(name: &str, dimensions: usize, chance: &mut StdRng) -> Self {
        let climate = climate(dimensions, chance);
        Self { name: name.to_owned(), leaders: Vec::new(), above: None, leads_teams: false, closed: false, climate }
    }
}

/// True means that are invented.
fn climate(dimensions: usize, chance: &mut StdRng) -> Vec<f64> {
    (0..dimensions).map(|_| LEVEL + normal(chance) * BETWEEN_TEAMS).collect()
}

/// The organisation as it is in one quarter.
#[derive(Debug, Clone)]
pub struct Organisation {
    pub(super) members: Vec<Member>,
    pub(super) teams: Vec<Team>,
    seed: Seed,
    quarter: usize,
    dimensions: usize,
}

impl Organisation {
    /// Founds an organisation of this many people, of whom the head answers in no team. The same numbers give the same organisation.
    #[must_use]
    pub fn found(people: usize, dimensions: usize, seed: u64) -> Self {
        let seed = Seed(seed);
        let mut chance = seed.of("found", 0, 0);
        let mut organisation = Self { members: Vec::new(), teams: Vec::new(), seed, quarter: 0, dimensions };
        let head = organisation.hire(None, &mut chance);
        let mut sizes = vec![team_size(&mut chance)];
        organisation.establish(None, vec![head], &mut chance);
        // The team that comes next gets teams under it, until the people are enough.
        let mut next = 0;
        let mut planned = 1 + sizes.iter().sum::<usize>();
        while planned < people && next < sizes.len() {
            let staff = chance.random_range(0..=2);
            let span = chance.random_range(3..=9);
            let mut seats = staff;
            for place in 0..span {
                let mut leaders = match organisation.teams.last() {
                    // One leader in twelve leads two teams.
                    Some(sibling) if place > 0 && chance.random_ratio(1, 12) => sibling.leaders.clone(),
                    _ => Vec::new(),
                };
                if leaders.is_empty() {
                    leaders.push(organisation.hire(Some(next), &mut chance));
                    // One team in ten has two leaders.
                    if chance.random_ratio(1, 10) {
                        leaders.push(organisation.hire(Some(next), &mut chance));
                    }
                    seats += leaders.len();
                }
                organisation.establish(Some(next), leaders, &mut chance);
                sizes.push(team_size(&mut chance));
            }
            for _ in 0..staff {
                organisation.hire(Some(next), &mut chance);
            }
            if let Some(size) = sizes.get_mut(next) {
                *size = seats;
            }
            next += 1;
            planned = 1 + sizes.iter().sum::<usize>();
        }
        organisation.fill(&mut sizes, next, people, planned, &mut chance);
        organisation
    }

    /// Gives the teams without teams under them their people, so many that the whole is right.
    fn fill(&mut self, sizes: &mut [usize], first: usize, people: usize, planned: usize, chance: &mut StdRng) {
        let open = sizes.len() - first;
        let mut planned = planned;
        while planned != people && open > 0 {
            let Some(size) = sizes.get_mut(first + chance.random_range(0..open)) else { break };
            if planned < people {
                *size += 1;
                planned += 1;
            } else if *size > 1 {
                *size -= 1;
                planned -= 1;
            } else if sizes.get(first..).is_none_or(|open| open.iter().all(|size| *size <= 1)) {
                break;
            }
        }
        for (team, size) in sizes.iter().enumerate().skip(first) {
            for _ in 0..*size {
                self.hire(Some(team), chance);
            }
        }
    }

    fn hire(&mut self, team: Option<usize>, chance: &mut StdRng) -> usize {
        let number = self.members.len();
        let name = format!("{} {}", FIRST.choose(chance).unwrap_or(&""), LAST.choose(chance).unwrap_or(&""));
        let language = if chance.random_ratio(2, 5) { "de" } else { "en" };
        let outlook = normal(chance) * BETWEEN_PEOPLE;
        self.members.push(Member { number, name, language, team, leads: 0, gone: false, outlook });
        number
    }

    fn establish(&mut self, above: Option<usize>, leaders: Vec<usize>, chance: &mut StdRng) -> usize {
        let number = self.teams.len();
        if let Some(above) = above.and_then(|above| self.teams.get_mut(above)) {
            above.leads_teams = true;
        }
        for leader in &leaders {
            if let Some(leader) = self.members.get_mut(*leader) {
                leader.leads += 1;
            }
        }
        let climate = climate(self.dimensions, chance);
        self.teams.push(Team { name: name_of_team(number), leaders, above, leads_teams: false, closed: false, climate });
        number
    }

    /// A quarter passes: of all people the share `churn` leaves and as many come, most of them in the place of a leaver; a quarter of that
    /// share moves to another team; now and then a team without teams under it is closed, its people go to a neighbouring one, and a new
    /// one is founded elsewhere.
    pub fn pass_quarter(&mut self, churn: f64) {
        self.quarter += 1;
        let mut chance = self.seed.of("quarter", self.quarter, 0);
        for team in 0..self.teams.len() {
            let last = self.open_leaf(team);
            if last && chance.random_bool((churn / 10.0).min(1.0)) {
                self.close(team, &mut chance);
                self.found_new(&mut chance);
            }
        }
        let leaves: Vec<usize> = (0..self.teams.len()).filter(|team| self.open_leaf(*team)).collect();
        for number in 0..self.members.len() {
            let fate: f64 = chance.random();
            let elsewhere = leaves.choose(&mut chance).copied();
            let Some(member) = self.members.get(number).filter(|member| !member.gone) else { continue };
            let Some(team) = member.team else { continue };
            let leads = member.leads > 0;
            if fate < churn {
                let place = if chance.random_bool(0.8) { Some(team) } else { elsewhere };
                self.leave(number, team, place, &mut chance);
            } else if fate < churn * 1.25
                && !leads
                && let Some(member) = self.members.get_mut(number)
            {
                member.team = elsewhere;
            }
        }
        for team in &mut self.teams {
            for level in &mut team.climate {
                // Pulled back a little, so that climates stay on the scale over the years.
                *level = LEVEL + (*level - LEVEL) * 0.96 + normal(&mut chance) * DRIFT;
            }
        }
    }

    fn open_leaf(&self, team: usize) -> bool {
        self.teams.get(team).is_some_and(|team| !team.closed && !team.leads_teams && team.above.is_some())
    }

    /// Somebody leaves and somebody comes. A leader's successor comes from the team that was led, and the newcomer goes there.
    fn leave(&mut self, number: usize, team: usize, place: Option<usize>, chance: &mut StdRng) {
        let led: Vec<usize> =
            (0..self.teams.len()).filter(|led| self.teams.get(*led).is_some_and(|t| !t.closed && t.leaders.contains(&number))).collect();
        if let Some(member) = self.members.get_mut(number) {
            (member.gone, member.team, member.leads) = (true, None, 0);
        }
        let Some(first) = led.first() else {
            self.hire(place, chance);
            return;
        };
        let newcomer = self.hire(Some(*first), chance);
        let candidates: Vec<usize> = self.members.iter().filter(|m| m.team == Some(*first) && m.leads == 0).map(|m| m.number).collect();
        let successor = candidates.choose(chance).copied().unwrap_or(newcomer);
        if let Some(successor) = self.members.get_mut(successor) {
            (successor.team, successor.leads) = (Some(team), led.len());
        }
        for leader in led.iter().filter_map(|led| self.teams.get(*led).map(|_| *led)).collect::<Vec<_>>() {
            if let Some(team) = self.teams.get_mut(leader) {
                team.leaders.iter_mut().filter(|leader| **leader == number).for_each(|leader| *leader = successor);
            }
        }
    }

    /// A team ends: its people go to a team beside it.
    fn close(&mut self, team: usize, chance: &mut StdRng) {
        let Some(above) = self.teams.get(team).and_then(|team| team.above) else { return };
        let beside: Vec<usize> = (0..self.teams.len())
            .filter(|other| *other != team && self.open_leaf(*other) && self.teams.get(*other).is_some_and(|t| t.above == Some(above)))
            .collect();
        let Some(beside) = beside.choose(chance).copied() else { return };
        let leaders = match self.teams.get_mut(team) {
            Some(team) => {
                team.closed = true;
                std::mem::take(&mut team.leaders)
            }
            None => return,
        };
        for leader in leaders {
            if let Some(leader) = self.members.get_mut(leader) {
                leader.leads = leader.leads.saturating_sub(1);
            }
        }
        self.members.iter_mut().filter(|member| member.team == Some(team)).for_each(|member| member.team = Some(beside));
    }

    /// A new team of three to six newcomers, led by somebody of a team that leads others.
    fn found_new(&mut self, chance: &mut StdRng) {
        let units: Vec<usize> =
            self.teams.iter().enumerate().filter(|(_, team)| !team.closed && team.leads_teams).map(|(number, _)| number).collect();
        let Some(above) = units.choose(chance).copied() else { return };
        let leader = self.hire(Some(above), chance);
        let team = self.establish(Some(above), vec![leader], chance);
        for _ in 0..chance.random_range(3..=6) {
            self.hire(Some(team), chance);
        }
    }

    /// How many teams there are.
    #[must_use]
    pub fn teams(&self) -> usize {
        self.teams.iter().filter(|team| !team.closed).count()
    }

    /// The staff list, as it would be read from a file.
    ///
    /// # Errors
    /// [`InvalidId`] for a name that no staff list can hold, which the invented ones are not.
    pub fn roster(&self) -> Result<Roster, InvalidId> {
        let labels: Vec<TeamLabel> = self.teams.iter().map(|team| TeamLabel::parse(&team.name)).collect::<Result<_, _>>()?;
        let mut roster = Roster::default();
        for member in self.members.iter().filter(|member| !member.gone) {
            let id = PersonId::parse(&id_of(member.number))?;
            let team = member.team.and_then(|team| labels.get(team)).cloned();
            let language = Language::parse(member.language)?;
            roster.people.insert(id.clone(), Person { mail: mail_of(&id), id, name: member.name.clone(), team, language });
        }
        let mut filled: BTreeMap<usize, ()> = BTreeMap::new();
        filled.extend(self.members.iter().filter_map(|member| member.team).map(|team| (team, ())));
        for (number, team) in self.teams.iter().enumerate().filter(|(number, _)| filled.contains_key(number)) {
            let leaders = team.leaders.iter().map(|leader| PersonId::parse(&id_of(*leader))).collect::<Result<_, _>>()?;
            if let Some(label) = labels.get(number) {
                roster.teams.insert(label.clone(), leaders);
            }
        }
        Ok(roster)
    }
}

/// The staff list as a file, one line per person.
#[must_use]
pub fn staff_list(roster: &Roster) -> String {
    let mut csv = String::from("person_id,name,mail,team,leaders,language\n");
    for person in roster.people.values() {
        let leaders = person.team.as_ref().and_then(|team| roster.teams.get(team)).into_iter().flatten();
        let leaders: Vec<&str> = leaders.map(PersonId::as_str).collect();
        let team = person.team.as_ref().map_or("", TeamLabel::as_str);
        csv.push_str(&[person.id.as_str(), &person.name, &person.mail, team, &leaders.join("|"), person.language.as_str()].join(","));
        csv.push('\n');
    }
    csv
}

/// The id of the person with this number.
pub(super) fn id_of(number: usize) -> String {
    format!("s-{number:06}")
}

fn mail_of(id: &PersonId) -> String {
    format!("{id}@simulated.example")
}

/// Sizes of teams at the bottom: the smaller of two draws leans to small teams, the third draw keeps some large ones.
fn team_size(chance: &mut StdRng) -> usize {
    let (least, most) = SIZES;
    let (a, b) = (chance.random_range(least..=most), chance.random_range(least..=most));
    if chance.random_ratio(1, 8) { a.max(b) } else { a.min(b) }
}

fn name_of_team(team: usize) -> String {
    if team == 0 {
        return "Management".to_owned();
    }
    let team = team - 1;
    let (function, place) = (FUNCTIONS.get(team % FUNCTIONS.len()), PLACES.get(team / FUNCTIONS.len() % PLACES.len()));
    format!("{} {} {}", function.unwrap_or(&""), place.unwrap_or(&""), team / (FUNCTIONS.len() * PLACES.len()) + 1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use domain::roster::parse_csv;

    use super::*;

    #[test]
    fn an_organisation_has_the_people_that_were_asked_for_in_teams_of_six_to_seven() {
        for (people, seed) in [(FEWEST, 1), (35, 2), (240, 3), (5_000, 4)] {
            let organisation = Organisation::found(people, 3, seed);
            let roster = organisation.roster().unwrap();
            assert_eq!(roster.people.len(), people, "seed {seed}");
            assert_eq!(roster.people.values().filter(|person| person.team.is_none()).count(), 1, "the head answers in no team");
            if people >= 240 {
                let mean = people as f64 / organisation.teams() as f64;
                assert!((5.5..=7.5).contains(&mean), "{people} people: {mean} in a team");
            }
        }
    }

    #[test]
    fn every_quarter_has_a_staff_list_that_the_product_reads_and_keeps_its_size() {
        let mut organisation = Organisation::found(1_000, 3, 5);
        for quarter in 0..12 {
            let roster = organisation.roster().unwrap();
            let read = parse_csv("staff.csv", staff_list(&roster).as_bytes(), &Language::parse("en").unwrap()).unwrap();
            assert_eq!(read.roster, roster, "quarter {quarter}");
            assert!((900..=1_150).contains(&roster.people.len()), "quarter {quarter}: {} people", roster.people.len());
            organisation.pass_quarter(0.05);
        }
    }

    #[test]
    fn five_percent_churn_takes_one_in_twenty_away_and_leaves_nine_teams_of_ten_in_place() {
        let mut organisation = Organisation::found(5_000, 3, 6);
        let before = organisation.roster().unwrap();
        organisation.pass_quarter(0.05);
        let after = organisation.roster().unwrap();
        let stayed = before.people.keys().filter(|id| after.people.contains_key(*id)).count();
        assert!((4_700..=4_800).contains(&stayed), "{stayed} of 5,000 stayed");
        let teams = before.teams.keys().filter(|team| after.teams.contains_key(*team)).count();
        assert!(teams * 100 >= before.teams.len() * 98 && teams < before.teams.len(), "{teams} of {} teams", before.teams.len());
    }
}
