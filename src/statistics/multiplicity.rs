//! Several tests at once.

use crate::Undefined;

/// Holm's step-down adjustment (Holm 1979): p-values that may each be compared with the level of the whole family.
///
/// Sorted ascending, the i-th of m is multiplied by m - i + 1; running maxima keep the order; 1 is the ceiling. The result stands
/// in the order of the input; an empty family stays empty.
///
/// **Product** and **analyse**.
///
/// # Errors
/// [`Undefined::OutOfDomain`] for a p-value outside 0..=1.
#[expect(clippy::cast_precision_loss, reason = "families have fewer than 2^52 members")]
pub fn holm(p_values: &[f64]) -> Result<Vec<f64>, Undefined> {
    let order = ascending(p_values)?;
    let mut left = p_values.len() as f64;
    let mut largest = 0.0_f64;
    let mut adjusted = vec![0.0; p_values.len()];
    for (place, p) in order {
        largest = largest.max((p * left).min(1.0));
        left -= 1.0;
        if let Some(slot) = adjusted.get_mut(place) {
            *slot = largest;
        }
    }
    Ok(adjusted)
}

/// Benjamini and Hochberg's step-up adjustment (1995): reported below q, at most a share q of the findings is expected to be chance.
///
/// Sorted ascending, the i-th of m is multiplied by m / i; running minima from the largest down keep the order; 1 is the ceiling (R:
/// `p.adjust(p, "BH")`). The result stands in the order of the input; an empty family stays empty. What is not shown to anybody is no
/// member of the family. **Product** ("worth a conversation") and `candor analyse`.
///
/// # Errors
/// [`Undefined::OutOfDomain`] for a p-value outside 0..=1.
#[expect(clippy::cast_precision_loss, reason = "families have fewer than 2^52 members")]
pub fn benjamini_hochberg(p_values: &[f64]) -> Result<Vec<f64>, Undefined> {
    let order = ascending(p_values)?;
    let all = p_values.len() as f64;
    let mut smallest = 1.0_f64;
    let mut adjusted = vec![0.0; p_values.len()];
    for (rank, &(place, p)) in order.iter().enumerate().rev() {
        smallest = smallest.min(p * (all / (rank + 1) as f64));
        if let Some(slot) = adjusted.get_mut(place) {
            *slot = smallest;
        }
    }
    Ok(adjusted)
}

/// The p-values with their places in the input, smallest first.
fn ascending(p_values: &[f64]) -> Result<Vec<(usize, f64)>, Undefined> {
    let checked = p_values.iter().enumerate().map(|(place, &p)| {
        let p = Undefined::unless((0.0..=1.0).contains(&p), "p-value", p, "0 to 1")?;
        Ok((place, p))
    });
    let mut order = checked.collect::<Result<Vec<_>, _>>()?;
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    Ok(order)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn adjustment_matches_r() {
        // p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") of R
        let adjusted = holm(&[0.01, 0.04, 0.03, 0.005]).unwrap();
        for (got, want) in adjusted.iter().zip([0.03, 0.06, 0.06, 0.02]) {
            assert!((got - want).abs() < 1e-12, "{adjusted:?}");
        }
        assert_eq!(holm(&[0.04]).unwrap(), [0.04]);
        assert!(holm(&[]).unwrap().is_empty());
        assert!(holm(&[0.2, f64::NAN]).is_err());
    }

    #[test]
    fn the_textbook_list_of_ten_has_two_findings_at_five_in_a_hundred() {
        let p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216];
        let q = benjamini_hochberg(&p).unwrap();
        let wanted = [0.01, 0.04, 0.084, 0.084, 0.084, 0.1, 0.105_714_285_714_285_7, 0.216, 0.216, 0.216];
        for (got, want) in q.iter().zip(wanted) {
            assert!((got - want).abs() < 1e-15, "{q:?}");
        }
        assert_eq!(q.iter().filter(|q| **q <= 0.05).count(), 2);
        assert!(benjamini_hochberg(&[]).unwrap().is_empty());
        assert!(benjamini_hochberg(&[0.5, 1.5]).is_err());
    }

    proptest! {
        #[test]
        fn the_false_discovery_rate_is_never_stricter_than_holm_and_keeps_the_order(ps in proptest::collection::vec(0.0f64..=1.0, 1..30)) {
            let (q, strict) = (benjamini_hochberg(&ps).unwrap(), holm(&ps).unwrap());
            for (i, &p) in ps.iter().enumerate() {
                prop_assert!(q[i] >= p && q[i] <= strict[i] * (1.0 + 1e-15));
                for (j, &other) in ps.iter().enumerate() {
                    prop_assert!(p > other || q[i] <= q[j]);
                }
            }
        }

        #[test]
        fn the_false_discovery_rate_goes_with_its_test_wherever_it_stands(ps in proptest::collection::vec(0.0f64..=1.0, 1..30), turn in 0usize..30) {
            let turn = turn % ps.len();
            let mut turned = ps.clone();
            turned.rotate_left(turn);
            let mut q = benjamini_hochberg(&ps).unwrap();
            q.rotate_left(turn);
            prop_assert_eq!(benjamini_hochberg(&turned).unwrap(), q);
        }

        #[test]
        fn adjusted_values_only_grow_stay_below_one_and_keep_the_order(ps in proptest::collection::vec(0.0f64..=1.0, 1..10)) {
            let adjusted = holm(&ps).unwrap();
            for (i, &p) in ps.iter().enumerate() {
                prop_assert!(adjusted[i] >= p && adjusted[i] <= 1.0);
                for (j, &q) in ps.iter().enumerate() {
                    prop_assert!(p > q || adjusted[i] <= adjusted[j]);
                }
            }
        }
    }
}
