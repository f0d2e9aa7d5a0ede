//! The mean of several rounds in which the same people may have answered.

use crate::Undefined;
use crate::precision::{Stratum, stratified_standard_error};

/// One round of a mean over rounds: the standard deviation within groups, and how many answered of how many.
///
/// **Product.**
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// Standard deviation of answers within groups.
    pub sd: f64,
    /// The parts of the round's mean.
    pub strata: Vec<Stratum>,
}

/// Standard error of the plain mean of rounds, each of which counts once, however the rounds' answers belong together.
///
/// A person's answer is partly lasting, which is known once the person has answered, and partly of the moment. Of a round's sampling
/// variance s² Σ n(1 − τf)/(Σn)², τ being the lasting share, the part τ s² Σ n(1 − f)/(Σn)² is about who of the lasting opinions was
/// heard. The same people may have been heard in every round, so that nothing averages out: the standard errors of these parts are
/// averaged, which by Cauchy and Schwarz is the largest that any correlation between rounds allows. Only the rest,
/// (1 − τ) s² Σ n/(Σn)², is of the moment and averages out. With L the square of the averaged standard errors for τ = 1 and T the
/// averaged variance for τ = 0 divided by the number of rounds, the variance is τL + (1 − τ)T. It is a line in τ: for a lasting share
/// of `rho` or more the larger end is taken, max(L, rho·L + (1 − rho)·T). One round alone gives its own standard error.
///
/// Dividing by √rounds would take four rounds for four independent samples, and the same silent people would be missing in each.
/// **Product.**
///
/// # Errors
/// [`Undefined`] without rounds, and as [`stratified_standard_error`].
pub fn repeated_standard_error(rounds: &[Round], rho: f64) -> Result<f64, Undefined> {
    let rho = Undefined::unless((0.0..=1.0).contains(&rho), "rho", rho, "0 to 1")?;
    if rounds.is_empty() {
        return Err(Undefined::NoValues);
    }
    let (mut lasting, mut passing, mut count) = (0.0, 0.0, 0.0);
    for Round { sd, strata } in rounds {
        lasting += stratified_standard_error(*sd, strata, 1.0)?;
        passing += stratified_standard_error(*sd, strata, 0.0)?.powi(2);
        count += 1.0;
    }
    let lasting = (lasting / count).powi(2);
    let passing = passing / (count * count);
    Ok(lasting.max(rho * lasting + (1.0 - rho) * passing).sqrt())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;
    use crate::precision::{RHO_INTERVAL, standard_error};

    fn round(n: u32, responded: f64) -> Round {
        Round { sd: 20.0, strata: vec![Stratum { n, responded }] }
    }

    fn four(round: &Round) -> [Round; 4] {
        std::array::from_fn(|_| round.clone())
    }

    #[test]
    fn four_rounds_of_eight_of_ten_match_the_formula() {
        // L = 400 * 0.2 / 8 = 10, T = 400 / 8 / 4 = 12.5, so max(10, 11.25)
        let found = repeated_standard_error(&four(&round(8, 0.8)), RHO_INTERVAL).unwrap();
        assert!((found - 11.25_f64.sqrt()).abs() < 1e-12);
        // L = 400 * 0.75 / 5 = 60, T = 20: where few answer, nothing but the lasting part matters.
        let few = repeated_standard_error(&four(&round(5, 0.25)), RHO_INTERVAL).unwrap();
        assert!((few - 60.0_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn without_rounds_there_is_no_standard_error() {
        assert_eq!(repeated_standard_error(&[], 0.5), Err(Undefined::NoValues));
        assert!(repeated_standard_error(&[round(5, 0.5)], 1.5).is_err());
    }

    /// Standard normal numbers from a fixed seed (splitmix64, Box and Muller).
    fn normals(mut seed: u64) -> impl FnMut() -> f64 {
        let mut uniform = move || {
            seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = seed;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            (f64::from(u32::try_from((z ^ (z >> 31)) >> 32).unwrap()) + 0.5) / 4_294_967_296.0
        };
        move || (-2.0 * uniform().ln()).sqrt() * (std::f64::consts::TAU * uniform()).cos()
    }

    /// How often 1.96 standard errors around the mean of four rounds hold what all people think lastingly. `same`: the very same people answer
    /// each time; otherwise others every time.
    fn coverage(n: u8, people: u8, lasting: f64, same: bool) -> f64 {
        let mut normal = normals(17);
        let responded = f64::from(n) / f64::from(people);
        let reach = 1.959_964 * repeated_standard_error(&four(&Round { sd: 1.0, ..round(n.into(), responded) }), RHO_INTERVAL).unwrap();
        let runs = 4000;
        let held = (0..runs).filter(|_| {
            let opinions: Vec<f64> = (0..people).map(|_| normal() * lasting.sqrt()).collect();
            let truth = opinions.iter().sum::<f64>() / f64::from(people);
            let rounds = (0..4_usize).map(|at| {
                let shift = if same { 0 } else { at * usize::from(n) };
                let answered = opinions.iter().cycle().skip(shift).take(n.into());
                answered.map(|opinion| opinion + normal() * (1.0 - lasting).sqrt()).sum::<f64>() / f64::from(n)
            });
            let mean = rounds.sum::<f64>() / 4.0;
            (mean - truth).abs() <= reach
        });
        f64::from(u32::try_from(held.count()).unwrap()) / f64::from(runs)
    }

    #[test]
    fn intervals_over_four_rounds_hold_the_truth_whoever_answers_again() {
        for (n, people) in [(5, 7), (6, 12), (5, 5), (9, 10)] {
            for lasting in [0.5, 0.7, 0.9] {
                for same in [true, false] {
                    let held = coverage(n, people, lasting, same);
                    assert!(held > 0.94, "{n} of {people}, lasting {lasting}, the same {same}: {held}");
                }
            }
        }
    }

    #[test]
    fn dividing_by_the_root_of_the_rounds_would_hold_it_too_seldom() {
        // 6 of 12, the same ones every time, with opinions that last: what the formula guards against.
        let naive = standard_error(1.0, Stratum { n: 6, responded: 0.5 }, RHO_INTERVAL).unwrap() / 2.0;
        let honest = repeated_standard_error(&four(&Round { sd: 1.0, ..round(6, 0.5) }), RHO_INTERVAL).unwrap();
        assert!(naive < 0.75 * honest, "{naive} {honest}");
    }

    proptest! {
        #[test]
        fn one_round_has_its_own_standard_error(n in 1u32..50, more in 0u32..50, rho in 0.0..=1.0_f64) {
            let stratum = Stratum::of(n, n + more).unwrap();
            let alone = standard_error(20.0, stratum, rho).unwrap();
            let found = repeated_standard_error(&[Round { sd: 20.0, strata: vec![stratum] }], rho).unwrap();
            prop_assert!((found - alone).abs() < 1e-9);
        }

        #[test]
        fn more_rounds_are_never_surer_than_independent_ones_and_never_less_sure_than_the_average_one(
            rounds in proptest::collection::vec((1u32..40, 0u32..40), 1..5),
        ) {
            let strata: Vec<Stratum> = rounds.iter().map(|&(n, more)| Stratum::of(n, n + more).unwrap()).collect();
            let all: Vec<Round> = strata.iter().map(|stratum| Round { sd: 20.0, strata: vec![*stratum] }).collect();
            let found = repeated_standard_error(&all, RHO_INTERVAL).unwrap();
            let each = || strata.iter().map(|stratum| standard_error(20.0, *stratum, RHO_INTERVAL).unwrap());
            let count = f64::from(u32::try_from(all.len()).unwrap());
            prop_assert!(found <= each().sum::<f64>() / count + 1e-9);
            prop_assert!(found * found >= each().map(|se| se * se).sum::<f64>() / (count * count) - 1e-9);
        }
    }
}
