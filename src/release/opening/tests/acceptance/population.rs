//! Invented people with opinions: what a person thinks lastingly, what is added in one round, and which of seven points that becomes.
//!
//! Per item, in raw points: level of the dimension and of the item + climate of the team + lasting opinion of the person + opinion of this
//! round + chance of the single answer; then rounded to a point from 1 to 7, reversed items turned. Climates are normal with a standard
//! deviation of .4 (in half common to all dimensions), so that about a tenth of all differences lies between teams.

use std::ops::RangeInclusive;
use std::rc::Rc;

use disclosure::standing::{Policy, TeamSize, propose};
use domain::instrument::Instrument;
use domain::{GroupId, GroupLeaf, Predecessor, SameShare, TeamEntry, TeamLabel};
use protocol::Level;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use statistics::{normal_quantile, normal_survival};

use super::super::super::rows::Row;

/// Mean level per dimension, in raw points.
const LEVELS: [f64; DIMENSIONS] = [4.6, 4.3, 4.8];
/// Standard deviation of team climates in most organisations, in raw points.
pub(super) const CLIMATE: f64 = 0.4;
/// Items of one dimension differ by so much.
const ITEM_LEVELS: [f64; 5] = [-0.3, 0.0, 0.3, 0.15, -0.15];
/// Share of the differences between people that all dimensions have in common.
const IN_COMMON: f64 = 0.5;
/// Of a hundred answers, two are left out.
const MISSING: f64 = 0.02;
/// Of a hundred people who answer, as many let theirs count in the unit, and in the organisation.
const UPWARD: (f64, f64) = (0.07, 0.01);
/// Reliability of a score: what an opinion of this round makes of the variance within teams; more where more than this lasts.
const RELIABILITY: f64 = 0.75;
/// Variance that rounding to whole points adds to an answer.
const ROUNDING: f64 = 1.0 / 12.0;
/// Items of a dimension.
const ITEMS: f64 = 3.0;
pub(super) const DIMENSIONS: usize = 3;

/// What is varied.
#[derive(Debug, Clone)]
pub(super) struct Design {
    /// Correlation between two rounds of the scores of the same people within their team.
    pub(super) stability: f64,
    /// Share of a team's people who were there in the round before.
    pub(super) overlap: f64,
    /// Probability of answering, in each round anew.
    pub(super) response: f64,
    /// Standard deviation of scores within teams, in raw points; each organisation has one of these.
    pub(super) spread: RangeInclusive<f64>,
    /// Teams have this spread times a number of their own, from 1 less so much to 1 and so much.
    pub(super) uneven: f64,
    /// Standard deviation of team climates, in raw points.
    pub(super) climate: f64,
    /// By how many raw points everybody agrees more than [`LEVELS`].
    pub(super) agreement: f64,
    /// Team sizes.
    pub(super) sizes: RangeInclusive<u32>,
    /// Teams are founded until the organisation has so many people.
    pub(super) people: u32,
    /// Whether some let their answers count one level up.
    pub(super) upward: bool,
}

struct Team {
    label: TeamLabel,
    climate: [f64; DIMENSIONS],
    /// How far its people differ, as a multiple of the organisation's spread.
    unlike: f64,
    /// Expected points with a lasting opinion, and with an opinion of the round.
    expected: Rc<[Expected; 2]>,
    group: usize,
}

struct Person {
    team: usize,
    /// Differences from the team, per dimension.
    lasting: [f64; DIMENSIONS],
    /// Was there in the round before.
    stayed: bool,
}

/// An organisation.
pub(super) struct Firm {
    design: Design,
    spread: f64,
    chance: StdRng,
    pub(super) instrument: Instrument,
    /// Per item its place among the dimensions; items without one count as the first.
    dimension_of: Vec<usize>,
    teams: Vec<Team>,
    people: Vec<Person>,
    pub(super) leaves: Vec<GroupLeaf>,
}

/// What is true of a standing group, per item: sums over everybody who was invited, of points from 1 to 7, reversed items turned.
#[derive(Debug, Clone)]
pub(super) struct Truth {
    pub(super) invited: u32,
    /// What their lasting opinions come to on average.
    pub(super) lasting: Vec<f64>,
    /// What their opinions of this round come to on average.
    pub(super) opinion: Vec<f64>,
    /// What they would have answered.
    pub(super) answers: Vec<f64>,
}

/// What was answered in a round, and what was true.
pub(super) struct Answered {
    pub(super) rows: Vec<Row>,
    /// Per standing group.
    pub(super) truths: Vec<Truth>,
    /// Per person and dimension, the score as it would have been answered, less the level of team and dimension; in the order of the staff
    /// list.
    pub(super) scores: Vec<[f64; DIMENSIONS]>,
}

/// The expected point at a position on the scale, when chance with this standard deviation is added: a table with straight lines.
struct Expected(Vec<f64>);

impl Expected {
    const FROM: f64 = -4.0;
    const STEP: f64 = 0.02;

    fn new(sd: f64) -> Self {
        let at = |place: usize| {
            let position = Self::FROM + place as f64 * Self::STEP;
            1.0 + (1..7).map(|point| normal_survival((f64::from(point) + 0.5 - position) / sd)).sum::<f64>()
        };
        Self((0..800).map(at).collect())
    }

    fn at(&self, position: f64) -> f64 {
        let place = (position - Self::FROM) / Self::STEP;
        let below = place.clamp(0.0, 798.0).floor();
        let share = (place - below).clamp(0.0, 1.0);
        self.0[below as usize] * (1.0 - share) + self.0[below as usize + 1] * share
    }
}

fn normal(chance: &mut StdRng) -> f64 {
    normal_quantile(chance.random_range(f64::EPSILON..1.0)).unwrap()
}

/// Normal numbers that have [`IN_COMMON`] in common.
fn normals(chance: &mut StdRng, sd: f64) -> [f64; DIMENSIONS] {
    let common = IN_COMMON.sqrt() * normal(chance);
    std::array::from_fn(|_| sd * (common + (1.0 - IN_COMMON).sqrt() * normal(chance)))
}

impl Firm {
    pub(super) fn found(design: &Design, instrument: &Instrument, seed: u64) -> Self {
        let mut chance = StdRng::seed_from_u64(seed);
        let dimension_of = |item: &domain::instrument::Item| {
            instrument.dimensions.iter().position(|dimension| Some(&dimension.id) == item.dimension.as_ref()).unwrap_or(0)
        };
        let mut firm = Self {
            design: design.clone(),
            spread: chance.random_range(design.spread.clone()),
            instrument: instrument.clone(),
            dimension_of: instrument.items.iter().map(dimension_of).collect(),
            teams: Vec::new(),
            people: Vec::new(),
            leaves: Vec::new(),
            chance,
        };
        firm.found_teams();
        firm
    }

    /// Standard deviation of what lasts of a person's opinion. Answers are rounded, which adds to the variance of a score.
    fn lasting(&self) -> f64 {
        (self.design.stability * (self.spread * self.spread + ROUNDING / ITEMS)).sqrt()
    }

    fn reliability(&self) -> f64 {
        RELIABILITY.max(self.design.stability + 0.06)
    }

    /// Standard deviation of what passes with the round.
    fn this_round(&self) -> f64 {
        (self.reliability() * self.spread * self.spread - self.lasting().powi(2)).max(0.0).sqrt()
    }

    /// Standard deviation of what passes with the single answer.
    fn single_answer(&self) -> f64 {
        (ITEMS * (1.0 - self.reliability())).sqrt() * self.spread
    }

    fn expected(&self, unlike: f64) -> Rc<[Expected; 2]> {
        let single = unlike * self.single_answer();
        Rc::new([Expected::new(single.hypot(unlike * self.this_round())), Expected::new(single)])
    }

    /// Units of a team that leads and five to eight teams below it.
    fn found_teams(&mut self) {
        let (mut sizes, mut above, mut below) = (Vec::new(), None, 0);
        let mut invited = 0;
        let alike = self.expected(1.0);
        while invited < self.design.people {
            let size = self.chance.random_range(self.design.sizes.clone());
            let label = TeamLabel::parse(&format!("Team {}", self.teams.len() + 1)).unwrap();
            if below == 0 {
                (above, below) = (None, self.chance.random_range(5..=8));
            } else {
                below -= 1;
            }
            sizes.push(TeamSize { team: label.clone(), above: above.clone(), invited: size });
            above = above.or_else(|| Some(label.clone()));
            let climate = normals(&mut self.chance, self.design.climate);
            let uneven = self.design.uneven;
            let (unlike, expected) = if uneven > 0.0 {
                let unlike = self.chance.random_range(1.0 - uneven..=1.0 + uneven);
                (unlike, self.expected(unlike))
            } else {
                (1.0, Rc::clone(&alike))
            };
            self.teams.push(Team { label, climate, unlike, expected, group: 0 });
            for _ in 0..size {
                let person = self.hire(self.teams.len() - 1);
                self.people.push(person);
            }
            invited += size;
        }
        let policy = Policy::new(super::super::POLICY.k, 7).unwrap();
        for (group, proposed) in propose(&sizes, policy, &[]).unwrap().into_iter().enumerate() {
            for team in self.teams.iter_mut().filter(|team| proposed.teams.contains(&team.label)) {
                team.group = group;
            }
            let team = |label: &TeamLabel| TeamEntry { label: label.clone(), leaders: vec![format!("Leader of {label}")] };
            self.leaves.push(GroupLeaf {
                group: GroupId(group as u32),
                teams: proposed.teams.iter().map(team).collect(),
                label: proposed.label,
                unit: proposed.unit,
                invited: proposed.invited,
                predecessors: Vec::new(),
            });
        }
    }

    fn hire(&mut self, team: usize) -> Person {
        let sd = self.teams[team].unlike * self.lasting();
        Person { team, lasting: normals(&mut self.chance, sd), stayed: false }
    }

    /// Some leave, and as many come into their teams: others, with opinions of the same kind. Teams stay what they are.
    pub(super) fn pass_quarter(&mut self) {
        for place in 0..self.people.len() {
            if self.chance.random_bool(self.design.overlap) {
                self.people[place].stayed = true;
            } else {
                self.people[place] = self.hire(self.people[place].team);
            }
        }
        let mut stayed = vec![0; self.leaves.len()];
        for person in self.people.iter().filter(|person| person.stayed) {
            stayed[self.teams[person.team].group] += 1;
        }
        for (leaf, stayed) in self.leaves.iter_mut().zip(stayed) {
            leaf.predecessors = vec![Predecessor { group: leaf.group, same: SameShare::of(stayed, leaf.invited) }];
        }
    }

    /// Everybody's opinion of one team and dimension moves, so that its mean moves by so many points of 100.
    pub(super) fn plant(&mut self, group: usize, dimension: usize, points: f64) {
        let mean = |firm: &Self| {
            let of = |person: &Person| -> f64 {
                let items = (0..firm.dimension_of.len()).filter(|&item| firm.instrument.items[item].dimension.is_some());
                let items: Vec<usize> = items.filter(|&item| firm.dimension_of[item] == dimension).collect();
                items.iter().map(|&item| firm.teams[person.team].expected[0].at(firm.position(person, item))).sum::<f64>()
                    / items.len() as f64
            };
            let of_group: Vec<f64> = firm.people.iter().filter(|person| firm.teams[person.team].group == group).map(of).collect();
            of_group.iter().sum::<f64>() / of_group.len() as f64
        };
        let wanted = mean(self) + points * 0.06;
        let teams: Vec<usize> = (0..self.teams.len()).filter(|&team| self.teams[team].group == group).collect();
        let start: Vec<f64> = teams.iter().map(|&team| self.teams[team].climate[dimension]).collect();
        let (mut low, mut high) = (-6.0, 6.0);
        for _ in 0..50 {
            let moved = f64::midpoint(low, high);
            for (&team, start) in teams.iter().zip(&start) {
                self.teams[team].climate[dimension] = start + moved;
            }
            *(if mean(self) < wanted { &mut low } else { &mut high }) = moved;
        }
    }

    /// Where a person's lasting opinion of an item lies.
    fn position(&self, person: &Person, item: usize) -> f64 {
        let dimension = self.dimension_of[item];
        LEVELS[dimension]
            + self.design.agreement
            + ITEM_LEVELS[item % ITEM_LEVELS.len()]
            + self.teams[person.team].climate[dimension]
            + person.lasting[dimension]
    }

    /// Asks everybody and keeps the answers of those who answer.
    pub(super) fn ask(&mut self) -> Answered {
        let items = self.dimension_of.len();
        let (this_round, single) = (self.this_round(), self.single_answer());
        let zero = || vec![0.0; items];
        let truths = self.leaves.iter().map(|leaf| Truth { invited: leaf.invited, lasting: zero(), opinion: zero(), answers: zero() });
        let mut answered = Answered { rows: Vec::new(), truths: truths.collect(), scores: Vec::new() };
        for person in &self.people {
            let team = &self.teams[person.team];
            let mood = normals(&mut self.chance, team.unlike * this_round);
            let truth = &mut answered.truths[team.group];
            let (mut answers, mut scores, mut counts) = (vec![0; items], [0.0; DIMENSIONS], [0.0; DIMENSIONS]);
            for (item, answer) in answers.iter_mut().enumerate() {
                let dimension = self.dimension_of[item];
                let lasting = self.position(person, item);
                let opinion = lasting + mood[dimension];
                let point = (opinion + team.unlike * single * normal(&mut self.chance)).round().clamp(1.0, 7.0);
                truth.lasting[item] += team.expected[0].at(lasting);
                truth.opinion[item] += team.expected[1].at(opinion);
                truth.answers[item] += point;
                if self.instrument.items[item].dimension.is_some() {
                    scores[dimension] += point - LEVELS[dimension] - team.climate[dimension];
                    counts[dimension] += 1.0;
                }
                let turned = if self.instrument.items[item].reversed { 8.0 - point } else { point };
                *answer = if self.chance.random_bool(MISSING) { 0 } else { turned as u8 };
            }
            answered.scores.push(std::array::from_fn(|dimension| scores[dimension] / counts[dimension]));
            let level = match self.chance.random::<f64>() {
                draw if !self.design.upward || draw >= UPWARD.0 + UPWARD.1 => Level::Group,
                draw if draw < UPWARD.1 => Level::Organisation,
                _ => Level::Unit,
            };
            if self.chance.random_bool(self.design.response) {
                answered.rows.push(Row::new(team.group as u32, level, &answers));
            }
        }
        answered
    }

    /// The variance of the scores that teams of this kind are expected to have in a dimension, in raw points: what their climates come to.
    pub(super) fn between_teams(&self, dimension: usize) -> f64 {
        const STEPS: usize = 400;
        let expected = Expected::new(self.lasting().hypot(self.this_round()).hypot(self.single_answer()));
        let asked = |&item: &usize| self.instrument.items[item].dimension.is_some() && self.dimension_of[item] == dimension;
        let items: Vec<usize> = (0..self.dimension_of.len()).filter(asked).collect();
        let level = LEVELS[dimension] + self.design.agreement;
        let scores: Vec<f64> = (0..STEPS)
            .map(|step| {
                let climate = self.design.climate * normal_quantile((step as f64 + 0.5) / STEPS as f64).unwrap();
                let of = |&item: &usize| expected.at(level + ITEM_LEVELS[item % ITEM_LEVELS.len()] + climate);
                items.iter().map(of).sum::<f64>() / items.len() as f64
            })
            .collect();
        let mean = scores.iter().sum::<f64>() / STEPS as f64;
        scores.iter().map(|score| (score - mean).powi(2)).sum::<f64>() / STEPS as f64
    }

    /// Who was there in the round before, in the order of the staff list.
    pub(super) fn stayed(&self) -> impl Iterator<Item = bool> + '_ {
        self.people.iter().map(|person| person.stayed)
    }
}
