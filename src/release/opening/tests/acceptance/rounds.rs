//! Two rounds of an organisation, and what their pages say against what is true.

use std::collections::BTreeSet;
use std::ops::AddAssign;

use domain::{DimensionId, UnitPath};

use super::super::super::compute;
use super::super::POLICY;
use super::counted::Share;
use super::population::{Answered, Design, Firm, Truth};
use super::synthetic;
use crate::reading::{
    BlockReport, ChangeWord, Comparison, ComparisonSet, PastWave, Published, Quadrant, Score, Sight, TotalReport, Zone, read_blocks,
    read_organisation, read_total,
};

/// What the pages of a round said, and how often it was wrong.
#[derive(Debug, Clone, Default)]
pub(super) struct Outcome {
    /// Sentences about a change, and those that call it clear.
    pub(super) clear: Share,
    /// And those that call it clear or possible.
    pub(super) possible: Share,
    /// Printed intervals of differences that leave out 0.
    pub(super) without_zero: Share,
    /// Printed intervals of differences that hold the difference of the lasting opinions of those who were invited.
    pub(super) differences: Share,
    /// Comparison sets of groups with a clear change.
    pub(super) sets: Share,
    /// The same for units and the organisation.
    pub(super) totals: Share,
    /// Lists of changes worth a conversation with something on them, one per organisation.
    pub(super) lists: Share,
    /// Sentences that say that a change cannot be seen.
    pub(super) unseen: Share,
    /// Per class of [`CLASSES`], intervals that hold what is meant: lasting opinion, opinion of the round, answers of all invited.
    pub(super) covered: [[Share; 3]; CLASSES.len()],
    /// Scores without an interval, and those of them that say of those who answered what is not so.
    pub(super) wrong_bounds: Share,
    /// Named zones of standards and speaking up, one or two of four, in which the lasting opinion lies.
    pub(super) zones: Share,
    /// Of the scores of the same people in two rounds: number, sums, squares and products.
    scores: [f64; 6],
}

/// Who a score is about: blocks by respondents, then sums of blocks.
pub(super) const CLASSES: [&str; 6] = ["5 to 7", "8 to 11", "12 to 19", "20 or more", "a unit", "the organisation"];

/// How many of them are single blocks.
pub(super) const BLOCKS: usize = 4;

impl AddAssign for Outcome {
    fn add_assign(&mut self, other: Self) {
        self.clear += other.clear;
        self.possible += other.possible;
        self.without_zero += other.without_zero;
        self.differences += other.differences;
        self.sets += other.sets;
        self.totals += other.totals;
        self.lists += other.lists;
        self.unseen += other.unseen;
        for (sums, others) in self.covered.iter_mut().flatten().zip(other.covered.into_iter().flatten()) {
            *sums += others;
        }
        self.wrong_bounds += other.wrong_bounds;
        self.zones += other.zones;
        for (sum, other) in self.scores.iter_mut().zip(other.scores) {
            *sum += other;
        }
    }
}

/// What was answered, as it is published.
pub(super) fn publish(firm: &Firm, number: u32, answered: &Answered) -> PastWave {
    let computed = compute(&answered.rows, &firm.leaves, &firm.instrument, POLICY).unwrap();
    let documents = synthetic::with_base(&format!("w{number}"), &firm.instrument, firm.leaves.clone(), computed.base, computed.constants);
    PastWave::Published(Box::new(synthetic::published(&documents)))
}

/// An organisation asked twice, a quarter apart.
pub(super) struct TwoRounds {
    pub(super) firm: Firm,
    before: Answered,
    now: Answered,
    pub(super) waves: [PastWave; 2],
}

/// `between` is what happens in the quarter besides people who leave and come.
pub(super) fn two_rounds(design: &Design, seed: u64, between: impl Fn(&mut Firm)) -> TwoRounds {
    let mut firm = Firm::found(design, &synthetic::pulse(), seed);
    let before = firm.ask();
    let first = publish(&firm, 1, &before);
    firm.pass_quarter();
    between(&mut firm);
    let now = firm.ask();
    let second = publish(&firm, 2, &now);
    TwoRounds { firm, before, now, waves: [first, second] }
}

/// Every comparison set of the latest round's groups, once.
pub(super) fn comparison_sets(reports: &[Published<BlockReport>]) -> Vec<&ComparisonSet> {
    let mut seen = BTreeSet::new();
    let made = reports.iter().filter_map(|report| match &report.comparison {
        Comparison::Made(set) => Some(set),
        Comparison::FirstWave | Comparison::NotPossible(_) => None,
    });
    made.filter(|set| seen.insert(&set.groups)).collect()
}

/// What the pages say of two rounds between which nothing changed but who belongs to the teams.
pub(super) fn unchanged(design: &Design, seed: u64) -> Outcome {
    let rounds = two_rounds(design, seed, |_| {});
    let reports = read_blocks(&rounds.waves).unwrap();
    let mut outcome = Outcome::default();
    for set in comparison_sets(&reports) {
        outcome.sets.count(says_clear(set));
        outcome.count_changes(&rounds, set);
    }
    let totals = rounds.units().into_iter().filter_map(|unit| read_total(&rounds.waves, unit).ok());
    for total in totals.collect::<Vec<_>>() {
        if let Comparison::Made(set) = &total.comparison {
            outcome.totals.count(says_clear(set));
        }
    }
    outcome.lists.count(!read_organisation(&rounds.waves).unwrap().conversation.entries.is_empty());
    outcome.count_stability(&rounds);
    if !design.upward {
        outcome.count_coverage(&rounds, &reports);
    }
    outcome
}

fn says_clear(set: &ComparisonSet) -> bool {
    set.changes.iter().any(|change| change.word == ChangeWord::Clear)
}

impl TwoRounds {
    /// Every unit, and the organisation.
    fn units(&self) -> BTreeSet<&UnitPath> {
        self.firm.leaves.iter().map(|leaf| &leaf.unit).collect()
    }
}

impl Outcome {
    fn count_changes(&mut self, rounds: &TwoRounds, set: &ComparisonSet) {
        let leaves = rounds.firm.leaves.iter();
        let groups: Vec<usize> = leaves.filter(|leaf| set.groups.contains(&leaf.label)).map(|leaf| leaf.group.0 as usize).collect();
        let of = |answered: &Answered| truth_of(&answered.truths, groups.iter().copied());
        let (before, now) = (of(&rounds.before), of(&rounds.now));
        for change in &set.changes {
            self.unseen.count(change.word == ChangeWord::CannotBeSeen);
            let Some(difference) = change.difference else { continue };
            self.clear.count(change.word == ChangeWord::Clear);
            self.possible.count(matches!(change.word, ChangeWord::Clear | ChangeWord::Possible));
            self.without_zero.count(difference.low > 0 || difference.high < 0);
            let items: Vec<usize> = items_of(&rounds.firm, &change.dimension).collect();
            let true_one = points(&now, |truth| &truth.lasting, &items) - points(&before, |truth| &truth.lasting, &items);
            self.differences.count(f64::from(difference.low) <= true_one && true_one <= f64::from(difference.high));
        }
    }

    /// Within teams, the correlation between two rounds of the scores of those who were there in both.
    pub(super) fn correlation(&self) -> f64 {
        let [n, x, y, xx, yy, xy] = self.scores;
        (xy - x * y / n) / ((xx - x * x / n) * (yy - y * y / n)).sqrt()
    }

    /// Standard deviation of scores within teams, in raw points.
    pub(super) fn spread(&self) -> f64 {
        let [n, x, _, xx, _, _] = self.scores;
        ((xx - x * x / n) / n).sqrt()
    }

    /// Intervals of blocks that hold the lasting opinion.
    pub(super) fn covered_in_blocks(&self) -> Share {
        let mut all = Share::default();
        self.covered[..BLOCKS].iter().for_each(|class| all += class[0]);
        all
    }

    fn count_stability(&mut self, rounds: &TwoRounds) {
        for ((stayed, x), y) in rounds.firm.stayed().zip(&rounds.before.scores).zip(&rounds.now.scores) {
            if stayed {
                for (x, y) in x.iter().zip(y) {
                    let terms = [1.0, *x, *y, x * x, y * y, x * y];
                    self.scores.iter_mut().zip(terms).for_each(|(sum, term)| *sum += term);
                }
            }
        }
    }
}

/// Sums over everybody who was invited to some groups.
fn truth_of(truths: &[Truth], groups: impl Iterator<Item = usize>) -> Truth {
    let mut groups = groups.map(|group| truths[group].clone());
    let mut sum = groups.next().unwrap();
    for truth in groups {
        sum.invited += truth.invited;
        let parts = [(&mut sum.lasting, truth.lasting), (&mut sum.opinion, truth.opinion), (&mut sum.answers, truth.answers)];
        for (sums, others) in parts {
            sums.iter_mut().zip(others).for_each(|(sum, other)| *sum += other);
        }
    }
    sum
}

impl Outcome {
    fn count_coverage(&mut self, rounds: &TwoRounds, reports: &[Published<BlockReport>]) {
        let PastWave::Published(latest) = &rounds.waves[1] else { panic!("every round has a result") };
        let blocks = &latest.release.base.blocks;
        for report in reports {
            let block = &blocks[report.block.0 as usize];
            let class = match block.n {
                ..=7 => 0,
                8..=11 => 1,
                12..=19 => 2,
                _ => 3,
            };
            let truth = truth_of(&rounds.now.truths, report.groups.iter().map(|group| group.0 as usize));
            let published: Vec<bool> = block.cells.iter().map(Option::is_some).collect();
            self.count_scores(&rounds.firm, class, &report.scores, &truth, &published);
            self.count_bounds(rounds, report);
            self.count_zone(&rounds.firm, report.quadrant, &truth);
        }
        for unit in rounds.units() {
            let Ok(report) = read_total(&rounds.waves, unit) else { continue };
            let report: &TotalReport = &report;
            if report.covers == (100, 100) {
                let groups = rounds.firm.leaves.iter().filter(|leaf| unit.contains(&leaf.unit)).map(|leaf| leaf.group.0 as usize);
                let truth = truth_of(&rounds.now.truths, groups);
                let everything = vec![true; rounds.firm.instrument.items.len()];
                self.count_scores(&rounds.firm, if unit.0.is_empty() { 5 } else { 4 }, &report.scores, &truth, &everything);
            }
        }
    }

    fn count_zone(&mut self, firm: &Firm, quadrant: Option<Quadrant>, truth: &Truth) {
        let named = match quadrant {
            Some(Quadrant::In { zone }) => vec![zone],
            Some(Quadrant::Between { zones }) => zones.to_vec(),
            Some(Quadrant::CannotBeTold | Quadrant::NotSeen) | None => return,
        };
        let high = |dimension: &str| {
            let items: Vec<usize> = items_of(firm, &DimensionId::parse(dimension).unwrap()).collect();
            points(truth, |truth| &truth.lasting, &items) >= 58.0
        };
        let true_one = match (high("SAF"), high("STD")) {
            (true, true) => Zone::Learning,
            (true, false) => Zone::Comfort,
            (false, true) => Zone::Anxiety,
            (false, false) => Zone::Apathy,
        };
        self.zones.count(named.contains(&true_one));
    }

    fn count_scores(&mut self, firm: &Firm, class: usize, scores: &[Score], truth: &Truth, published: &[bool]) {
        for score in scores {
            let Sight::Between(interval) = score.sight else { continue };
            let items: Vec<usize> = items_of(firm, &score.dimension).filter(|&item| published[item]).collect();
            let meant: [fn(&Truth) -> &Vec<f64>; 3] = [|truth| &truth.lasting, |truth| &truth.opinion, |truth| &truth.answers];
            for (share, meant) in self.covered[class].iter_mut().zip(meant) {
                let true_one = points(truth, meant, &items);
                share.count(f64::from(interval.low) <= true_one && true_one <= f64::from(interval.high));
            }
        }
    }

    /// "Of those who answered, 70 or more" leaves nothing to chance.
    fn count_bounds(&mut self, rounds: &TwoRounds, report: &BlockReport) {
        let rows = || rounds.now.rows.iter().filter(|row| report.groups.contains(&row.group));
        for score in &report.scores {
            let mean = || {
                let of_item = |item: usize| {
                    let reversed = rounds.firm.instrument.items[item].reversed;
                    let points: Vec<f64> = rows().filter_map(|row| row.answer(item)).map(f64::from).collect();
                    let mean = points.iter().sum::<f64>() / points.len() as f64;
                    (points.len() >= POLICY.k as usize).then_some(if reversed { 8.0 - mean } else { mean })
                };
                let of_items: Vec<f64> = items_of(&rounds.firm, &score.dimension).filter_map(of_item).collect();
                (of_items.iter().sum::<f64>() / of_items.len() as f64 - 1.0) / 0.06
            };
            match score.sight {
                Sight::AtLeast(points) => self.wrong_bounds.count(mean() < f64::from(points) - 1e-9),
                Sight::AtMost(points) => self.wrong_bounds.count(mean() > f64::from(points) + 1e-9),
                Sight::Between(_) | Sight::Hidden(_) => {}
            }
        }
    }
}

/// The mean of some items over everybody who was invited, in points of 100.
fn points(truth: &Truth, meant: impl Fn(&Truth) -> &Vec<f64>, items: &[usize]) -> f64 {
    let sum: f64 = items.iter().map(|&item| meant(truth)[item]).sum();
    (sum / f64::from(truth.invited) / items.len() as f64 - 1.0) / 0.06
}

fn items_of<'a>(firm: &'a Firm, dimension: &'a DimensionId) -> impl Iterator<Item = usize> + 'a {
    let items = firm.instrument.items.iter().enumerate();
    items.filter(move |(_, item)| item.dimension.as_ref() == Some(dimension)).map(|(place, _)| place)
}
