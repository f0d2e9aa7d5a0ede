//! What goes together with an outcome, and how much of it each predictor accounts for.

use crate::answers::count;
use crate::{Answers, Covariances, Symmetric, Undefined};

/// Most predictors: with ten there are 1,024 subsets of them.
pub const MOST_PREDICTORS: usize = 10;
/// Fewest people, each with all answers and not alone in a team, of whom an order of predictors is told.
pub const ORDER_FROM_PEOPLE: usize = 100;
/// Fewest teams of which an order of predictors is told.
pub const ORDER_FROM_TEAMS: usize = 10;
/// Share of the draws in which predictors must come out in this order; otherwise they are tied.
pub const ORDER_HOLDS: f64 = 0.9;

/// How much of an outcome goes together with each of several predictors that also go together with each other.
///
/// Nothing here says what causes what: "goes together with", never "drives".
///
/// **Analyse only.**
#[derive(Debug, Clone, PartialEq)]
pub struct Importance {
    /// R^2, the share of the outcome's variance that all predictors together account for.
    pub r_squared: f64,
    /// The Shapley values of R^2, one per predictor: what it adds, averaged over all orders in which predictors can be put in (LMG:
    /// Lindeman, Merenda & Gold 1980; Grömping 2007). They sum to R^2 and are never negative but for rounding.
    pub shapley: Vec<f64>,
    /// Johnson's relative weights, one per predictor (Johnson 2000): with the predictors' correlations R and the outcome's r, the weights are
    /// L^2 (L^-1 r)^2 for L = R^(1/2), the uncorrelated variables closest to the predictors. They sum to R^2.
    pub relative_weights: Vec<f64>,
    /// The plain correlations of the outcome with each predictor.
    pub correlations: Vec<f64>,
}

impl Importance {
    /// From covariances: the first item is the outcome, all others are predictors. What covariances of rows are taken over is everybody who
    /// answered all of them; differences between teams are in them. [`WithinTeams`] takes those out.
    ///
    /// **Analyse only**: needs rows.
    ///
    /// # Errors
    /// [`Undefined::NoValues`] without a predictor; [`Undefined::TooManyPredictors`] with more than [`MOST_PREDICTORS`];
    /// [`Undefined::NoSpread`] when everybody gives the same answer, or one predictor says only what others say.
    pub fn of(covariances: &Covariances) -> Result<Self, Undefined> {
        Self::from_matrix(&Symmetric::new(covariances.items(), |a, b| covariances.of_items(a, b))?)
    }

    fn from_matrix(covariances: &Symmetric) -> Result<Self, Undefined> {
        let predictors = match covariances.size() {
            0 | 1 => return Err(Undefined::NoValues),
            size if size > MOST_PREDICTORS + 1 => return Err(Undefined::TooManyPredictors { predictors: size - 1, most: MOST_PREDICTORS }),
            size => size - 1,
        };
        let sds: Vec<f64> = (0..=predictors).map(|item| covariances.at(item, item).max(0.0).sqrt()).collect();
        if sds.contains(&0.0) {
            return Err(Undefined::NoSpread);
        }
        let sd = |item: usize| sds.get(item).copied().unwrap_or(1.0);
        let correlation = |a: usize, b: usize| if a == b { 1.0 } else { covariances.at(a, b) / (sd(a) * sd(b)) };
        let correlations: Vec<f64> = (1..=predictors).map(|predictor| correlation(0, predictor)).collect();
        let among = Symmetric::new(predictors, |a, b| correlation(a + 1, b + 1))?;
        let explained = shares_of_subsets(&among, &correlations)?;
        Ok(Self {
            r_squared: explained.last().copied().unwrap_or(0.0),
            shapley: shapley(predictors, &explained),
            relative_weights: relative_weights(&among, &correlations)?,
            correlations,
        })
    }
}

/// R^2 of every subset of predictors, the subset being the bits of the place.
fn shares_of_subsets(among: &Symmetric, outcome: &[f64]) -> Result<Vec<f64>, Undefined> {
    let mut shares = vec![0.0];
    for subset in 1_usize..1 << outcome.len() {
        let members: Vec<usize> = (0..outcome.len()).filter(|member| subset >> member & 1 == 1).collect();
        let member = |place: usize| members.get(place).copied().unwrap_or(usize::MAX);
        let of_members: Vec<f64> = members.iter().filter_map(|member| outcome.get(*member).copied()).collect();
        let slopes = Symmetric::new(members.len(), |a, b| among.at(member(a), member(b)))?.solve(&of_members)?;
        shares.push(slopes.iter().zip(&of_members).map(|(slope, r)| slope * r).sum());
    }
    Ok(shares)
}

/// What each predictor adds to a subset without it, weighted by the share s! (p - 1 - s)! / p! of orders in which just that subset of size s
/// comes before it.
fn shapley(predictors: usize, explained: &[f64]) -> Vec<f64> {
    // weights[s + 1] / weights[s] = (s + 1) / (p - 1 - s), and the first is 1 / p.
    let mut weights = Vec::with_capacity(predictors);
    let all = (0..predictors).map(|_| 1.0).sum::<f64>();
    let (mut weight, mut size) = (1.0 / all, 0.0);
    for _ in 0..predictors {
        weights.push(weight);
        size += 1.0;
        weight *= size / (all - size);
    }
    (0..predictors)
        .map(|predictor| {
            let without = explained.iter().enumerate().filter(|(subset, _)| subset >> predictor & 1 == 0);
            without
                .map(|(subset, share)| {
                    let with = explained.get(subset | 1 << predictor).copied().unwrap_or(*share);
                    weights.get(subset.count_ones() as usize).copied().unwrap_or(0.0) * (with - share)
                })
                .sum()
        })
        .collect()
}

/// Johnson's weights. With R = V D V', L = V D^(1/2) V' and L^-1 r = V D^(-1/2) V' r.
fn relative_weights(among: &Symmetric, outcome: &[f64]) -> Result<Vec<f64>, Undefined> {
    let eigen = among.eigen();
    if eigen.values.iter().any(|value| *value <= 0.0) {
        return Err(Undefined::NoSpread);
    }
    let power = |of: fn(f64) -> f64, row: usize, column: usize| -> f64 {
        let element = |vector: &[f64], place: usize| vector.get(place).copied().unwrap_or(0.0);
        eigen.values.iter().zip(&eigen.vectors).map(|(value, vector)| of(*value) * element(vector, row) * element(vector, column)).sum()
    };
    let slopes: Vec<f64> = (0..outcome.len())
        .map(|row| outcome.iter().enumerate().map(|(column, r)| power(|value| value.sqrt().recip(), row, column) * r).sum())
        .collect();
    Ok((0..outcome.len())
        .map(|row| slopes.iter().enumerate().map(|(column, slope)| (power(f64::sqrt, row, column) * slope).powi(2)).sum())
        .collect())
}

/// Answers to an outcome and predictors with the differences between teams taken out of them: every answer is measured from the mean of its
/// team, so that a team where everything is better does not make everything go together.
///
/// **Analyse only**: needs rows.
#[derive(Debug, Clone, PartialEq)]
pub struct WithinTeams {
    items: usize,
    people: usize,
    /// Per team the sums of products of distances from the team's means, row by row.
    products: Vec<Vec<f64>>,
}

impl WithinTeams {
    /// From the answers of each team to the outcome (first item) and the predictors, over those who answered everything. Whoever is then alone
    /// in a team says nothing about what goes together within teams, and is left out.
    ///
    /// # Errors
    /// [`Undefined::NoValues`] when nobody is left, or teams were asked different numbers of items.
    pub fn of(teams: &[Answers]) -> Result<Self, Undefined> {
        let items = teams.first().map_or(0, Answers::items);
        if teams.iter().any(|team| team.items() != items) {
            return Err(Undefined::NoValues);
        }
        let mut people = 0;
        let mut products = Vec::with_capacity(teams.len());
        for team in teams {
            let complete = team.complete();
            if complete.people() < 2 {
                continue;
            }
            let covariances = Covariances::of(&complete)?;
            people += covariances.people();
            let df = count(covariances.people()) - 1.0;
            products.push((0..items * items).map(|place| covariances.of_items(place / items, place % items) * df).collect::<Vec<f64>>());
        }
        if products.is_empty() {
            return Err(Undefined::NoValues);
        }
        products
            .sort_by(|a, b| a.iter().zip(b).map(|(a, b)| a.total_cmp(b)).find(|order| order.is_ne()).unwrap_or(std::cmp::Ordering::Equal));
        Ok(Self { items, people, products })
    }

    /// People who count.
    #[must_use]
    pub const fn people(&self) -> usize {
        self.people
    }

    /// Teams that count.
    #[must_use]
    pub fn teams(&self) -> usize {
        self.products.len()
    }

    /// How much of the outcome goes together with each predictor within teams.
    ///
    /// # Errors
    /// As [`Importance::of`].
    pub fn importance(&self) -> Result<Importance, Undefined> {
        self.importance_of(self.products.iter())
    }

    fn importance_of<'a>(&self, teams: impl Iterator<Item = &'a Vec<f64>>) -> Result<Importance, Undefined> {
        let mut sums = vec![0.0; self.items * self.items];
        for products in teams {
            for (sum, product) in sums.iter_mut().zip(products) {
                *sum += product;
            }
        }
        Importance::from_matrix(&Symmetric::new(self.items, |a, b| sums.get(a * self.items + b).copied().unwrap_or(0.0))?)
    }

    /// Which predictors may be said to come before which: teams are drawn with replacement `draws` times (cluster bootstrap), and an order
    /// counts only if it comes out in nine of ten draws ([`ORDER_HOLDS`]).
    ///
    /// `below(n)` gives a whole number from 0 to n - 1, each equally probable; with a seeded generator everybody gets the same order. Draws in
    /// which some answers do not vary count as draws in which no order holds.
    ///
    /// # Errors
    /// As [`Importance::of`]; [`Undefined::TooFewForAnOrder`] below [`ORDER_FROM_PEOPLE`] people or [`ORDER_FROM_TEAMS`] teams;
    /// [`Undefined::OutOfDomain`] without draws or for a number that was not below n.
    pub fn order(&self, draws: u32, mut below: impl FnMut(usize) -> usize) -> Result<Order, Undefined> {
        Undefined::unless(draws > 0, "number of draws", f64::from(draws), "1 or more")?;
        if self.people < ORDER_FROM_PEOPLE || self.teams() < ORDER_FROM_TEAMS {
            return Err(Undefined::TooFewForAnOrder {
                people: self.people,
                teams: self.teams(),
                people_needed: ORDER_FROM_PEOPLE,
                teams_needed: ORDER_FROM_TEAMS,
            });
        }
        let mut ranking: Vec<(usize, f64)> = self.importance()?.shapley.into_iter().enumerate().collect();
        ranking.sort_by(|a, b| b.1.total_cmp(&a.1));
        let ranking: Vec<usize> = ranking.into_iter().map(|(predictor, _)| predictor).collect();
        let mut held = vec![0_u32; ranking.len().saturating_sub(1)];
        for _ in 0..draws {
            let mut drawn = Vec::with_capacity(self.teams());
            for _ in 0..self.teams() {
                let place = below(self.teams());
                let team = self.products.get(place).ok_or(Undefined::OutOfDomain {
                    what: "drawn place",
                    value: count(place),
                    domain: "below the number of teams",
                })?;
                drawn.push(team);
            }
            let Ok(importance) = self.importance_of(drawn.into_iter()) else { continue };
            let values: Vec<f64> = ranking.iter().filter_map(|predictor| importance.shapley.get(*predictor).copied()).collect();
            for (held, cut) in held.iter_mut().zip(1..) {
                let (first, rest) = values.split_at(cut);
                let least = first.iter().copied().fold(f64::INFINITY, f64::min);
                if rest.iter().all(|value| *value < least) {
                    *held += 1;
                }
            }
        }
        Ok(Order { ranking, holds: held.into_iter().map(|held| f64::from(held) / f64::from(draws)).collect() })
    }
}

/// Predictors by how much of the outcome goes together with them, and how sure their order is.
///
/// **Analyse only.**
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// Predictors, the one with the largest Shapley value first; 0 is the first predictor.
    pub ranking: Vec<usize>,
    /// For every place but the last: the share of draws in which all predictors up to here came out above all others.
    pub holds: Vec<f64>,
}

impl Order {
    /// Predictors that are tied stand together: a new part begins only where the order held in [`ORDER_HOLDS`] of the draws.
    #[must_use]
    pub fn parts(&self) -> Vec<Vec<usize>> {
        let mut parts = Vec::new();
        let mut part = Vec::new();
        for (predictor, holds) in self.ranking.iter().zip(self.holds.iter().copied().chain([1.0])) {
            part.push(*predictor);
            if holds >= ORDER_HOLDS {
                parts.push(std::mem::take(&mut part));
            }
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn of(rows: &[Vec<f64>]) -> Result<Importance, Undefined> {
        Importance::of(&Covariances::of(&answers(rows))?)
    }

    fn answers(rows: &[Vec<f64>]) -> Answers {
        Answers::new(rows[0].len(), rows.iter().map(|row| row.iter().copied().map(Some).collect())).unwrap()
    }

    #[test]
    fn predictors_that_have_nothing_in_common_account_for_their_squared_correlations() {
        // y = a + 2b over a full 2 x 2 design: variance 1 + 4, so 1/5 and 4/5.
        let rows: Vec<Vec<f64>> = [(-1.0, -1.0), (-1.0, 1.0), (1.0, -1.0), (1.0, 1.0)].map(|(a, b)| vec![a + 2.0 * b, a, b]).to_vec();
        let importance = of(&rows).unwrap();
        for (got, want) in [(&importance.shapley, [0.2, 0.8]), (&importance.relative_weights, [0.2, 0.8])] {
            assert!(got.iter().zip(want).all(|(got, want)| (got - want).abs() < 1e-14), "{got:?}");
        }
        assert!((importance.r_squared - 1.0).abs() < 1e-14);
    }

    #[test]
    fn two_predictors_share_what_they_have_in_common_by_the_formula() {
        // r = (.5, .4), predictors correlated .3: R^2 = (.25 + .16 - 2 * .5 * .4 * .3) / (1 - .09); each gets (r_j^2 + R^2 - r_other^2) / 2.
        let matrix = Symmetric::new(3, |a, b| [[1.0, 0.5, 0.4], [0.5, 1.0, 0.3], [0.4, 0.3, 1.0]][a][b]).unwrap();
        let importance = Importance::from_matrix(&matrix).unwrap();
        let all = 0.29 / 0.91;
        assert!((importance.r_squared - all).abs() < 1e-15);
        assert!((importance.shapley[0] - (0.25 + all - 0.16) / 2.0).abs() < 1e-15);
        assert_eq!(importance.correlations, [0.5, 0.4]);
    }

    #[test]
    fn well_being_in_the_army_agrees_with_two_other_implementations() {
        // Correlations of WBEING, HRS, LEAD and COHES over the 7,382 people of bh1996 (Bliese & Halverson 1996), differences between units left
        // in; the shares come from an implementation over all subsets and one of Johnson's matrices in numpy.
        let among = [
            [1.0, -0.163_206_381_302_371_3, 0.425_717_640_050_864_15, 0.240_338_708_287_711_6],
            [-0.163_206_381_302_371_3, 1.0, -0.134_584_815_804_906_64, -0.102_700_179_795_113_08],
            [0.425_717_640_050_864_15, -0.134_584_815_804_906_64, 1.0, 0.423_182_664_105_889_67],
            [0.240_338_708_287_711_6, -0.102_700_179_795_113_08, 0.423_182_664_105_889_67, 1.0],
        ];
        let importance = Importance::from_matrix(&Symmetric::new(4, |a, b| among[a][b]).unwrap()).unwrap();
        assert!((importance.r_squared - 0.196_387_514_365_868_88).abs() < 1e-14);
        let shapley = [0.017_595_001_706_366_32, 0.149_140_362_663_303_88, 0.029_652_149_996_198_66];
        let weights = [0.017_914_688_229_253_4, 0.148_898_219_078_509_3, 0.029_574_607_058_105_7];
        for (got, want) in importance.shapley.iter().chain(&importance.relative_weights).zip(shapley.into_iter().chain(weights)) {
            assert!((got - want).abs() < 1e-14, "{importance:?}");
        }
    }

    #[test]
    fn what_cannot_be_told_apart_is_refused() {
        let twice: Vec<Vec<f64>> = [1.0, 2.0, 4.0, 3.0].map(|x| vec![x * x, x, 2.0 * x]).to_vec();
        assert_eq!(of(&twice), Err(Undefined::NoSpread));
        assert_eq!(of(&[vec![1.0, 2.0], vec![1.0, 3.0]]), Err(Undefined::NoSpread));
        assert_eq!(of(&[vec![1.0], vec![2.0]]), Err(Undefined::NoValues));
        let wide = Symmetric::new(12, |a, b| f64::from(u8::from(a == b))).unwrap();
        assert_eq!(Importance::from_matrix(&wide), Err(Undefined::TooManyPredictors { predictors: 11, most: 10 }));
    }

    /// Numbers that look random, the same ones every time (Steele, Lea & Flood 2014: SplitMix64).
    fn generator(seed: u64) -> impl FnMut(usize) -> usize {
        let mut state = seed;
        move |n| {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            usize::try_from((z ^ (z >> 31)) % n as u64).unwrap()
        }
    }

    /// Teams of ten: the outcome is three times the first predictor, once the second and third each, and noise; teams lie far apart.
    fn invented(teams: usize) -> Vec<Answers> {
        let mut below = generator(7);
        let mut number = move || below(1000) as f64 / 100.0;
        (0..teams)
            .map(|_| {
                let team = 20.0 * number();
                let rows: Vec<Vec<f64>> = (0..10)
                    .map(|_| {
                        let (a, b, c) = (number(), number(), number());
                        vec![team + 3.0 * a + b + c + number(), team + a, b - team, c]
                    })
                    .collect();
                answers(&rows)
            })
            .collect()
    }

    #[test]
    fn an_order_is_told_only_where_it_holds_and_the_seed_decides_it() {
        let within = WithinTeams::of(&invented(20)).unwrap();
        assert_eq!((within.people(), within.teams()), (200, 20));
        let order = within.order(300, generator(1)).unwrap();
        assert_eq!(order, within.order(300, generator(1)).unwrap());
        assert_eq!(order.ranking[0], 0);
        assert_eq!(order.parts().len(), 2, "{order:?}");
        assert_eq!(order.parts()[0], [0]);
        assert!(within.order(0, generator(1)).is_err() && within.order(10, |n| n).is_err());
        assert!(matches!(
            WithinTeams::of(&invented(9)).unwrap().order(10, generator(1)),
            Err(Undefined::TooFewForAnOrder { teams: 9, .. })
        ));
    }

    #[test]
    fn differences_between_teams_are_taken_out() {
        let teams = invented(20);
        let apart = WithinTeams::of(&teams).unwrap().importance().unwrap();
        let all = Answers::new(4, teams.iter().flat_map(|team| team.rows().to_vec())).unwrap();
        let together = Importance::of(&Covariances::of(&all).unwrap()).unwrap();
        // The second predictor falls where teams are better, although it goes with the outcome within every team.
        assert!(together.correlations[1] < -0.9 && apart.correlations[1] > 0.1, "{together:?} {apart:?}");
    }

    #[test]
    fn who_is_alone_or_did_not_answer_everything_is_left_out() {
        let teams = [
            Answers::new(2, [vec![Some(1.0), Some(2.0)], vec![Some(2.0), Some(3.5)], vec![Some(9.0), None]]).unwrap(),
            Answers::new(2, [vec![Some(1.0), Some(9.0)]]).unwrap(),
        ];
        let within = WithinTeams::of(&teams).unwrap();
        assert_eq!((within.people(), within.teams()), (2, 1));
        assert_eq!(WithinTeams::of(&teams[1..]), Err(Undefined::NoValues));
        assert_eq!(WithinTeams::of(&[]), Err(Undefined::NoValues));
    }

    proptest! {
        #[test]
        fn shares_sum_to_what_all_predictors_account_for(
            rows in proptest::collection::vec(proptest::collection::vec(1.0f64..7.0, 5), 12..40), turn in 0usize..40
        ) {
            let importance = of(&rows).unwrap();
            prop_assert!((importance.shapley.iter().sum::<f64>() - importance.r_squared).abs() < 1e-12);
            prop_assert!((importance.relative_weights.iter().sum::<f64>() - importance.r_squared).abs() < 1e-12);
            prop_assert!(importance.shapley.iter().chain(&importance.relative_weights).all(|share| *share > -1e-12));
            let mut turned = rows.clone();
            turned.rotate_left(turn % rows.len());
            prop_assert_eq!(importance, of(&turned).unwrap());
        }
    }
}
