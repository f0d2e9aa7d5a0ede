//! Counts, their intervals and their bounds.

use std::fmt;
use std::ops::AddAssign;

use statistics::f_survival;

/// How often something happened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Share {
    pub(super) hits: u64,
    pub(super) of: u64,
}

impl Share {
    pub(super) fn count(&mut self, hit: bool) {
        self.hits += u64::from(hit);
        self.of += 1;
    }

    pub(super) fn percent(self) -> f64 {
        self.hits as f64 * 100.0 / self.of as f64
    }

    /// Whether so many hits, or more, would come in at least one of a thousand runs if exactly `percent` of all were hits.
    pub(super) fn may_be_at_most(self, percent: f64) -> bool {
        tail(self.of, percent / 100.0, self.hits) >= 0.001
    }

    /// Whether so few hits would come in at least one of a thousand runs if exactly `percent` of all were hits.
    pub(super) fn may_be_at_least(self, percent: f64) -> bool {
        Self { hits: self.of - self.hits, of: self.of }.may_be_at_most(100.0 - percent)
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        self.hits += other.hits;
        self.of += other.of;
    }
}

/// Percent with Wilson's 95 % interval, and the count behind it.
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ok(share) = statistics::Share::new(self.hits as usize, self.of as usize) else { return f.write_str("none") };
        let interval = share.wilson().map_err(|_| fmt::Error)?;
        write!(f, "{:.2} ({:.2}–{:.2}) {}/{}", self.percent(), 100.0 * interval.low, 100.0 * interval.high, self.hits, self.of)
    }
}

/// Probability of `hits` or more in `of` independent trials, by the F distribution (Leemis & Trivedi 1996).
fn tail(of: u64, p: f64, hits: u64) -> f64 {
    if hits == 0 {
        return 1.0;
    }
    let (above, k) = ((of - hits + 1) as f64, hits as f64);
    f_survival(k * (1.0 - p) / (above * p), 2.0 * above, 2.0 * k).unwrap()
}

#[test]
fn the_tail_of_the_binomial_distribution_is_exact() {
    // 10 trials at .5: 8 or more is 56 / 1024.
    assert!((tail(10, 0.5, 8) - 56.0 / 1024.0).abs() < 1e-12);
    assert!((tail(10, 0.5, 0) - 1.0).abs() < 1e-12);
    // 1,000 trials at .05: 73 or more has .001006, 74 or more .000648.
    assert!(Share { hits: 73, of: 1000 }.may_be_at_most(5.0) && !Share { hits: 74, of: 1000 }.may_be_at_most(5.0));
    assert!(Share { hits: 927, of: 1000 }.may_be_at_least(95.0) && !Share { hits: 926, of: 1000 }.may_be_at_least(95.0));
}
