//! How well several items measure one thing, by their covariances alone: Cronbach's alpha with Feldt's interval.

use crate::answers::count;
use crate::distributions::f_quantile;
use crate::{Covariances, Interval, Undefined};

/// Cronbach's alpha, k/(k-1) * (1 - sum of item variances / variance of the sum) (Cronbach 1951). At most 1; it may be negative when
/// items contradict each other, which mostly means that an item was not turned.
///
/// **Product** (the whole organisation only) and analyse.
///
/// # Errors
/// [`Undefined::TooFewItems`] for a single item, [`Undefined::NoSpread`] when the sum is the same for everybody,
/// [`Undefined::OutOfDomain`] where it lies beyond all numbers.
pub fn cronbach_alpha(covariances: &Covariances) -> Result<f64, Undefined> {
    let items = covariances.items();
    if items < 2 {
        return Err(Undefined::TooFewItems { items, needed: 2 });
    }
    let total = covariances.total();
    if total <= 0.0 {
        return Err(Undefined::NoSpread);
    }
    let of_items: f64 = (0..items).map(|item| covariances.of_items(item, item)).sum();
    let alpha = count(items) / (count(items) - 1.0) * (1.0 - of_items / total);
    // Items that are all the same give 1, and rounding must not make it more.
    Undefined::unless(true, "alpha", alpha.min(1.0), "a finite number")
}

/// The 95 % interval of alpha over `people` people and `items` items (Feldt 1965; `alpha.ci` of the package psych):
/// 1 - (1 - alpha) * F at 0.975 and at 0.025, on n - 1 and (n - 1)(k - 1) degrees of freedom.
///
/// It is wide: n = 15, k = 5 and an alpha of 0.80 give 0.58 to 0.92. Below 30 people it says next to nothing. `people` are those who
/// answered every item, not all who took part.
///
/// **Analyse only.**
///
/// # Errors
/// [`Undefined::OutOfDomain`] for an alpha above 1, [`Undefined::TooFewItems`] for a single item, [`Undefined::TooFewPeople`] for
/// fewer than two people.
pub fn feldt_interval(alpha: f64, people: usize, items: usize) -> Result<Interval, Undefined> {
    let alpha = Undefined::unless(alpha <= 1.0, "alpha", alpha, "at most 1")?;
    if items < 2 {
        return Err(Undefined::TooFewItems { items, needed: 2 });
    }
    if people < 2 {
        return Err(Undefined::TooFewPeople { people: u32::from(people == 1), needed: 2 });
    }
    let df = count(people) - 1.0;
    let end = |p: f64| {
        let end = 1.0 - (1.0 - alpha) * f_quantile(p, df, df * (count(items) - 1.0))?;
        Undefined::unless(true, "end of the interval", end, "a finite number")
    };
    Ok(Interval { low: end(0.975)?, high: end(0.025)? })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::Answers;
    use proptest::prelude::*;

    fn covariances<const ITEMS: usize>(rows: &[[f64; ITEMS]]) -> Covariances {
        Covariances::of(&Answers::new(ITEMS, rows.iter().map(|row| row.map(Some).to_vec())).unwrap()).unwrap()
    }

    fn close(ours: f64, theirs: f64, tolerance: f64) {
        assert!((ours - theirs).abs() <= tolerance * theirs.abs(), "{ours} here, {theirs} there");
    }

    #[test]
    fn alpha_at_its_edges() {
        assert_eq!(cronbach_alpha(&covariances(&[[4.0; 3]; 3])), Err(Undefined::NoSpread));
        assert_eq!(cronbach_alpha(&covariances(&[[0.1; 3]; 3])), Err(Undefined::NoSpread), "0.1 three times is not exactly 0.3");
        let cancelling = covariances(&[[1.1, 5.2], [2.3, 4.0], [3.2, 3.1], [2.0, 4.3]]);
        assert_eq!(cronbach_alpha(&cancelling), Err(Undefined::NoSpread), "everybody's sum is 6.3");
        assert_eq!(cronbach_alpha(&covariances(&[[1.0], [2.0]])), Err(Undefined::TooFewItems { items: 1, needed: 2 }));
        let contradicting = cronbach_alpha(&covariances(&[[1.0, 5.0], [2.0, 4.0], [3.0, 3.0], [5.0, 1.0], [4.0, 3.0]])).unwrap();
        assert!((contradicting + 45.0).abs() < 1e-9, "negative, and not cut off: {contradicting}");
        let same = covariances(&[[1.1; 3], [2.7; 3], [4.9; 3], [2.3; 3]]);
        let interval = feldt_interval(cronbach_alpha(&same).unwrap(), 4, 3).unwrap();
        assert!((interval.low - 1.0).abs() < 1e-12 && (interval.high - 1.0).abs() < 1e-12);
        let of_two = cronbach_alpha(&covariances(&[[1.0, 2.0, 2.0], [4.0, 5.0, 4.0]])).unwrap();
        close(of_two, 0.984_375, 1e-12);
        close(feldt_interval(of_two, 2, 3).unwrap().low, 0.398_338_607_594_937_33, 1e-9);
    }

    /// Ends by `psych::alpha.ci` for the alphas that R gives for scales of published data sets: of `lq2002` the eleven items on leadership
    /// (Bliese & Britt 2001), of `bfi` those on agreeableness (Revelle), of `cohesion` all five items (package multilevel).
    #[test]
    fn feldt_s_interval_agrees_with_r() {
        for (alpha, people, items, low, high) in [
            (0.902_236_565_759_766, 2042, 11, 0.895_826_801_355_738, 0.908_409_396_457_629),
            (0.703_755_894_374_836, 2709, 5, 0.685_744_635_049_661, 0.721_035_962_795_739),
            (0.884_791_309_319_611, 10, 5, 0.712_871_773_275_209, 0.967_306_656_256_614),
        ] {
            let interval = feldt_interval(alpha, people, items).unwrap();
            close(interval.low, low, 1e-9);
            close(interval.high, high, 1e-9);
        }
    }

    #[test]
    fn what_has_no_alpha_has_no_interval() {
        assert!(feldt_interval(1.1, 50, 4).is_err() && feldt_interval(f64::NAN, 50, 4).is_err());
        assert_eq!(feldt_interval(0.8, 50, 1), Err(Undefined::TooFewItems { items: 1, needed: 2 }));
        assert_eq!(feldt_interval(0.8, 1, 4), Err(Undefined::TooFewPeople { people: 1, needed: 2 }));
        assert_eq!(feldt_interval(1.0, 50, 4), Ok(Interval { low: 1.0, high: 1.0 }));
    }

    proptest! {
        #[test]
        fn alpha_and_its_interval_do_not_change_with_the_units_the_order_of_items_or_of_people(
            rows in proptest::collection::vec(proptest::array::uniform4((1u8..=7).prop_map(f64::from)), 5..60),
            shift in -50.0f64..50.0,
            stretch in 0.01f64..100.0,
        ) {
            let turned: Vec<[f64; 4]> = rows.iter().rev().map(|[a, b, c, d]| [c, a, d, b].map(|x| shift + stretch * x)).collect();
            match (cronbach_alpha(&covariances(&rows)), cronbach_alpha(&covariances(&turned))) {
                (Ok(a), Ok(b)) => {
                    prop_assert!(a <= 1.0 && (a - b).abs() < 1e-9 * (1.0 - a).max(1.0), "{} {}", a, b);
                    let interval = feldt_interval(a, rows.len(), 4).unwrap();
                    prop_assert!(interval.low <= a + 1e-12 && a <= interval.high + 1e-12);
                }
                // Rounding can leave a trace of spread where there is none.
                (a, b) => prop_assert!(a == Err(Undefined::NoSpread), "{:?} {:?}", a, b),
            }
        }

        #[test]
        fn shuffling_people_changes_no_byte(
            rows in proptest::collection::vec(proptest::array::uniform3(proptest::num::f64::NORMAL.prop_map(|x| x % 7.0)), 2..40),
            turn in 0usize..40,
        ) {
            let mut turned = rows.clone();
            turned.rotate_left(turn % rows.len());
            prop_assert_eq!(cronbach_alpha(&covariances(&rows)), cronbach_alpha(&covariances(&turned)));
        }
    }
}
