//! The values of one team on one scale.

use super::scale::{Added, AskedScale};
use crate::answers::count;
use crate::{Sums, Undefined};

/// One scale in one team. What has no value says why.
///
/// **Analyse only.**
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct TeamScale {
    people: u32,
    /// Items with an answer, and items with two.
    answered: u16,
    compared: u16,
    mean: f64,
    sd: f64,
    favourable: f64,
    agreement: f64,
}

impl TeamScale {
    /// People with a scale score.
    #[must_use]
    pub const fn people(&self) -> u32 {
        self.people
    }

    /// The mean of their scores, in points of the scale.
    ///
    /// # Errors
    /// [`Undefined::NoValues`] when nobody has a score.
    pub const fn mean(&self) -> Result<f64, Undefined> {
        if self.people > 0 { Ok(self.mean) } else { Err(Undefined::NoValues) }
    }

    /// The standard deviation of their scores (divisor n - 1), in points of the scale.
    ///
    /// # Errors
    /// [`Undefined::NoValues`] when nobody has a score, [`Undefined::TooFewPeople`] when one person has.
    pub const fn sd(&self) -> Result<f64, Undefined> {
        match self.people {
            0 => Err(Undefined::NoValues),
            1 => Err(Undefined::TooFewPeople { people: 1, needed: 2 }),
            _ => Ok(self.sd),
        }
    }

    /// The favourable share, 0 to 1: the unweighted mean of the items' shares of favourable answers (AHRQ 2018), over the items that
    /// somebody in the team answered.
    ///
    /// # Errors
    /// [`Undefined::NoValues`] when nobody answered any item.
    pub const fn favourable(&self) -> Result<f64, Undefined> {
        if self.answered > 0 { Ok(self.favourable) } else { Err(Undefined::NoValues) }
    }

    /// rwg(j) with the uniform null, 0 to 1, see [`crate::ScaleAgreement`]: of the answers that are there, k being the items asked.
    ///
    /// # Errors
    /// [`Undefined::TooFewAgreeing`] when no item has two answers.
    pub const fn agreement(&self) -> Result<f64, Undefined> {
        if self.compared > 0 { Ok(self.agreement) } else { Err(Undefined::TooFewAgreeing) }
    }
}

/// The sums of one scale in one team.
pub(super) struct TeamSums {
    pub(super) scores: Sums,
    pub(super) items: Vec<ItemSums>,
}

/// The answers to one item in one team.
#[derive(Clone, Copy, Default)]
pub(super) struct ItemSums {
    answers: Sums,
    favourable: u32,
}

impl ItemSums {
    pub(super) fn add(&mut self, added: Added) {
        self.answers.merge(&Sums { n: added.answers(), x: u64::from(added.sum()), xx: u128::from(added.squares()) });
        self.favourable += added.favourable();
    }
}

impl TeamSums {
    pub(super) fn of(scale: &AskedScale) -> Self {
        Self { scores: Sums::default(), items: vec![ItemSums::default(); scale.items.len()] }
    }

    pub(super) fn clear(&mut self) {
        self.scores = Sums::default();
        self.items.fill(ItemSums::default());
    }

    pub(super) fn values(&self, scale: &AskedScale) -> TeamScale {
        let parts = f64::from(scale.parts);
        let mut team = TeamScale { people: self.scores.n, ..TeamScale::default() };
        team.mean = self.scores.mean().map_or(0.0, |mean| mean / parts);
        team.sd = self.scores.variance().map_or(0.0, |variance| variance.sqrt() / parts);
        let mut variances = 0.0;
        for item in &self.items {
            if item.answers.n > 0 {
                team.answered += 1;
                team.favourable += f64::from(item.favourable) / f64::from(item.answers.n);
            }
            if let Ok(variance) = item.answers.variance() {
                team.compared += 1;
                variances += variance;
            }
        }
        team.favourable /= f64::from(team.answered.max(1));
        let ratio = (variances / f64::from(team.compared.max(1)) / scale.without_agreement.variance()).min(1.0);
        let agreed = count(self.items.len()) * (1.0 - ratio);
        if team.compared > 0 {
            team.agreement = agreed / (agreed + ratio);
        }
        team
    }
}
