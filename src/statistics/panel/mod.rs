//! Many people, many teams, many waves: every score, team value and coefficient of a wave in one pass over its answers.
//!
//! Answers are whole numbers, so every sum is a whole number, and exact. A scale score, the mean of the answered items, becomes one by
//! counting in whole multiples of 1 / lcm of the numbers of answers that make a score. Nothing depends therefore on the order of rows
//! or on the number of threads: not one byte.

mod pass;
mod scale;
mod team;

#[cfg(test)]
mod tests;

use std::num::NonZero;

pub use scale::{PanelItem, PanelScale};
pub use team::TeamScale;

use crate::answers::count;
use crate::sums::rounded;
use crate::{GroupSums, OneWay, Sums, Undefined};
use pass::{MOST, Ordered};
use scale::AskedScale;

/// The answers of one wave.
#[derive(Debug, Clone, Copy)]
pub struct PanelWave<'a> {
    /// How many answers each person has in `answers`.
    pub columns: usize,
    /// Person after person; 0 is a missing answer, 1 is the lowest point.
    pub answers: &'a [u8],
    /// Per person the place of the team, from 0.
    pub teams: &'a [u32],
    /// How many teams there are, those without answers included.
    pub team_count: usize,
}

/// What one wave says.
#[derive(Debug, Clone, PartialEq)]
pub struct PanelSummary {
    /// Per scale, in the order in which they were given.
    pub scales: Vec<ScaleSummary>,
    /// Team after team; within a team scale after scale.
    pub teams: Vec<TeamScale>,
}

/// One scale over everybody.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScaleSummary {
    /// People with a scale score.
    pub people: u32,
    /// Their mean, in points of the scale.
    pub mean: Result<f64, Undefined>,
    /// People who answered every item that was asked.
    pub complete: u32,
    /// Cronbach's alpha of those, see [`crate::cronbach_alpha`].
    pub alpha: Result<f64, Undefined>,
    /// The analysis of variance of scale scores over teams, from which F and the intraclass correlations come.
    pub one_way: Result<OneWay, Undefined>,
}

/// Everything about one wave: per team and scale the number of scores, their mean and standard deviation, the favourable share and
/// rwg(j); per scale alpha and the analysis of variance.
///
/// A score is the mean of the answered items by the half rule ([`crate::half_rule`]). An item that nobody answered in this wave counts
/// as not asked. On `threads` threads the result has the same bytes as on one. **Analyse only** (it needs rows).
///
/// # Errors
/// [`Undefined::OutOfDomain`] when answers, teams and columns do not fit together, an answer lies beyond its scale, a team beyond
/// `team_count`, an item beyond the columns, or there are more than 2^31 people or teams.
pub fn summarise(scales: &[PanelScale], wave: &PanelWave<'_>, threads: NonZero<usize>) -> Result<PanelSummary, Undefined> {
    Undefined::unless(wave.team_count <= MOST, "number of teams", count(wave.team_count), "at most 2^31")?;
    let asked: Vec<AskedScale> = scales.iter().map(|scale| scale.asked(wave)).collect::<Result<_, _>>()?;
    let ordered = Ordered::of(wave)?;
    let mut teams = vec![TeamScale::default(); wave.team_count * asked.len()];
    let sums = ordered.sum(&asked, &mut teams, threads)?;
    let scales = asked.iter().zip(&sums).map(|(scale, sums)| sums.summary(scale)).collect();
    Ok(PanelSummary { scales, teams })
}

/// What is summed of one scale over all teams.
#[derive(Debug, Clone, Default)]
struct ScaleSums {
    groups: GroupSums,
    /// Per item the sum of the answers of people who answered all items.
    of_items: Vec<u64>,
    /// The sum of the squares of these answers, over all items.
    squares: u128,
    /// The sums over items of people who answered all items.
    totals: Sums,
}

impl ScaleSums {
    fn merge(&mut self, other: &Self) {
        self.groups.merge(&other.groups);
        self.of_items.iter_mut().zip(&other.of_items).for_each(|(ours, theirs)| *ours += theirs);
        self.squares += other.squares;
        self.totals.merge(&other.totals);
    }

    fn summary(&self, scale: &AskedScale) -> ScaleSummary {
        let all = self.groups.all();
        ScaleSummary {
            people: all.n,
            mean: all.mean().map(|mean| mean / f64::from(scale.parts)),
            complete: self.totals.n,
            alpha: self.alpha(),
            one_way: self.groups.one_way(scale.parts),
        }
    }

    /// Alpha from exact sums: item variances and the variance of the sum have the same divisor, which their ratio does not need.
    fn alpha(&self) -> Result<f64, Undefined> {
        let items = self.of_items.len();
        if items < 2 {
            return Err(Undefined::TooFewItems { items, needed: 2 });
        }
        if self.totals.n < 2 {
            return Err(Undefined::TooFewPeople { people: self.totals.n, needed: 2 });
        }
        let total = self.totals.scatter();
        if total == 0 {
            return Err(Undefined::NoSpread);
        }
        let of_means: u128 = self.of_items.iter().map(|sum| u128::from(*sum) * u128::from(*sum)).sum();
        let of_items = (u128::from(self.totals.n) * self.squares).saturating_sub(of_means);
        let k = count(items);
        Ok(k / (k - 1.0) * (1.0 - rounded(of_items) / rounded(total)))
    }
}
