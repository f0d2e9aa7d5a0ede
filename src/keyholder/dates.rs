//! Moments as a person says them.

use std::fmt;

use domain::Moment;

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// A moment in words, in UTC: `15 November 2026, 18:00 UTC`. Seconds are named where there are any; nobody needs less than one.
pub(crate) struct InWords(pub(crate) Moment);

impl fmt::Display for InWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.0.day().numbers();
        let name = usize::try_from(month - 1).ok().and_then(|place| MONTHS.get(place)).copied().unwrap_or_default();
        let seconds = self.0.micros().div_euclid(1_000_000).rem_euclid(24 * 3600);
        write!(f, "{day} {name} {year}, {:02}:{:02}", seconds / 3600, seconds / 60 % 60)?;
        if seconds % 60 != 0 {
            write!(f, ":{:02}", seconds % 60)?;
        }
        f.write_str(" UTC")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_moment_is_said_to_the_minute_and_to_the_second_where_it_has_one() {
        for (moment, words) in [
            ("2026-11-15T18:00:00Z", "15 November 2026, 18:00 UTC"),
            ("2026-01-01T00:05:00.999Z", "1 January 2026, 00:05 UTC"),
            ("2028-02-29T23:59:07+00:00", "29 February 2028, 23:59:07 UTC"),
            ("1969-12-31T23:00:00Z", "31 December 1969, 23:00 UTC"),
        ] {
            assert_eq!(InWords(Moment::parse(moment).unwrap()).to_string(), words);
        }
    }
}
