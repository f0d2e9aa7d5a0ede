//! Moments as people write them in a form: in the installation's time zone, to the minute.

use domain::Moment;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// Reads `2026-12-05T17:00`, as browsers send a date with a time; `None` for anything else.
///
/// A time that the change to summer time leaves out is taken an hour later, one that comes twice is the first.
#[must_use]
pub fn read(text: &str, zone: &TimeZone) -> Option<Moment> {
    let there: DateTime = text.trim().parse().ok()?;
    Some(Moment::from_micros(there.to_zoned(zone.clone()).ok()?.timestamp().as_microsecond()))
}

/// Writes what [`read`] reads; empty for a moment outside of all calendars.
#[must_use]
pub fn write(moment: Moment, zone: &TimeZone) -> String {
    Timestamp::from_microsecond(moment.micros())
        .map(|time| time.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string())
        .unwrap_or_default()
}

/// The moment so many days later at a full hour there; the moment itself where no calendar has that.
#[must_use]
pub fn days_later(moment: Moment, days: i32, hour: i8, zone: &TimeZone) -> Moment {
    let later = || {
        let there = Timestamp::from_microsecond(moment.micros()).ok()?.to_zoned(zone.clone());
        let day = there.date().checked_add(days.days()).ok()?;
        let at = day.at(hour, 0, 0, 0).to_zoned(zone.clone()).ok()?;
        Some(Moment::from_micros(at.timestamp().as_microsecond()))
    };
    later().unwrap_or(moment)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_written_is_read_back_in_summer_and_in_winter() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        for (text, utc) in [("2026-12-05T17:00", "2026-12-05T16:00:00Z"), ("2026-07-05T17:00", "2026-07-05T15:00:00Z")] {
            let moment = read(text, &berlin).unwrap();
            assert_eq!(moment, Moment::parse(utc).unwrap());
            assert_eq!(write(moment, &berlin), text);
        }
        // The hour that the change to summer time leaves out.
        assert_eq!(read("2026-03-29T02:30", &berlin), read("2026-03-29T03:30", &berlin));
    }

    #[test]
    fn what_is_no_time_is_none_and_nothing_panics() {
        for text in ["", "soon", "2026-13-01T00:00", "99999-01-01T00:00", "2026-12-05T25:00"] {
            assert!(read(text, &TimeZone::UTC).is_none(), "{text}");
        }
        let end = Moment::from_micros(i64::MAX);
        assert_eq!((write(end, &TimeZone::UTC), days_later(end, 1, 9, &TimeZone::UTC)), (String::new(), end));
    }

    #[test]
    fn days_are_counted_in_the_calendar_there() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let late = Moment::parse("2026-11-21T23:30:00Z").unwrap();
        assert_eq!(write(days_later(late, 14, 17, &berlin), &berlin), "2026-12-06T17:00");
    }
}
