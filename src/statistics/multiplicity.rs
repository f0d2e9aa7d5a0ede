//! Several tests at once.

use crate::Undefined;

/// Holm's step-down adjustment (Holm 1979): p-values that may each be compared with the level of the whole family.
///
/// Sorted ascending, the i-th of m is multiplied by m - i + 1; running maxima keep the order; 1 is the ceiling. The result stands
/// in the order of the input; an empty family stays empty.
///
/// # Errors
/// [`Undefined::OutOfDomain`] for a p-value outside 0..=1.
#[expect(clippy::cast_precision_loss, reason = "families have fewer than 2^52 members")]
pub fn holm(p_values: &[f64]) -> Result<Vec<f64>, Undefined> {
    let mut order: Vec<(usize, f64)> = Vec::with_capacity(p_values.len());
    for (place, &p) in p_values.iter().enumerate() {
        order.push((place, Undefined::unless((0.0..=1.0).contains(&p), "p-value", p, "0 to 1")?));
    }
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
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

    proptest! {
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
