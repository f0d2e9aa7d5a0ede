//! What stands behind an option: shares, spans and numbers, as a person types them.

use std::convert::Infallible;

use domain::WaveId;

use super::arguments::Checked;

/// A round where the text can be the name of one, else a file.
///
/// # Errors
/// None.
pub(super) fn parse_checked(text: &str) -> Result<Checked, Infallible> {
    Ok(WaveId::parse(text).map_or_else(|_| Checked::File(text.into()), Checked::Round))
}

/// A share from 0 to 1.
///
/// # Errors
/// What is wrong, and an example.
pub(super) fn parse_share(text: &str) -> Result<f64, String> {
    let share: f64 = text.trim().parse().map_err(|_| format!("{text:?} is not a number: write for instance 0.75"))?;
    if (0.0..=1.0).contains(&share) { Ok(share) } else { Err(format!("{text} is not between 0 and 1: write 0.75 for 75 percent")) }
}

pub(super) fn parse_churn(text: &str) -> Result<f64, String> {
    let share = parse_share(text)?;
    if share <= 0.5 { Ok(share) } else { Err(format!("{text} is more than half of all people in a quarter: write for instance 0.05")) }
}

pub(super) fn parse_people(text: &str) -> Result<usize, String> {
    let (least, most) = (crate::simulate::organisation::FEWEST, 200_000);
    let people = text.parse().map_err(|_| format!("{text:?} is not a number of people"))?;
    if (least..=most).contains(&people) { Ok(people) } else { Err(format!("use {least} to {most} people")) }
}

pub(super) fn parse_waves(text: &str) -> Result<usize, String> {
    let waves = text.parse().map_err(|_| format!("{text:?} is not a number of rounds"))?;
    if (1..=40).contains(&waves) { Ok(waves) } else { Err("use 1 to 40 rounds".to_owned()) }
}

/// A span such as `90s`, `15m`, `36h`, `3d`, in seconds.
///
/// # Errors
/// What is wrong, and an example.
pub(super) fn parse_span(text: &str) -> Result<u64, String> {
    let unit = text.chars().last().ok_or("empty: write for instance 15m, 36h or 3d")?;
    let seconds: u64 = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 24 * 3600,
        _ => return Err(format!("{text:?} has no unit: write for instance 90s, 15m, 36h or 3d")),
    };
    let number = text.get(..text.len() - 1).unwrap_or_default();
    let number: u64 = number.parse().map_err(|_| format!("{text:?} is not a span: write for instance 90s, 15m, 36h or 3d"))?;
    number.checked_mul(seconds).filter(|s| *s <= 3650 * 24 * 3600).ok_or_else(|| format!("{text:?} is longer than ten years"))
}

pub(super) fn parse_yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("write yes or no, and leave the option out if you do not know".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::parse_span;

    #[test]
    fn a_span_is_a_number_with_a_unit() {
        assert_eq!(parse_span("15m"), Ok(900));
        assert_eq!(parse_span("3d"), Ok(259_200));
        for bad in ["", "15", "m", "-3d", "3w", "99999999999d", "1é"] {
            assert!(parse_span(bad).is_err(), "{bad}");
        }
    }
}
