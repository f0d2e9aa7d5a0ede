//! How many have answered, as HR may follow it while people answer: for the whole organisation, in steps, once a day, and not near the end.
//!
//! Whoever watches a number rise learns who made it rise. Against that stand five rules, all of them here:
//!
//! * a step holds so many people that none of them is singled out;
//! * a look shows another step than the look before only when at least k people answered in between, so that what changed over a quiet night or a holiday is
//!   never the answer of the only person who was at work;
//! * how many people after its edge a step is passed, and how many more than k must have answered since the look before, is drawn by lot for each look and
//!   written nowhere, so that even somebody who knows of all but one person whether they answered cannot tell where an edge lies;
//! * everybody sees what one look a day found, however often they ask;
//! * the last look comes a day before the close, so that nothing can be subtracted from the totals that are public afterwards.

use std::time::Duration;

use crate::Moment;

/// Fewest people invited for whom anything is shown.
pub const FEWEST_INVITED: u32 = 50;
/// The steps that there are, in people of every hundred; each divides a hundred.
pub const STEPS: [u32; 4] = [10, 20, 25, 50];
/// Fewest people that a step holds, whatever k is.
pub const FEWEST_IN_STEP: u32 = 10;
/// The time of day of the look, in seconds since midnight in UTC: 06:00.
const LOOK_AT: i64 = 6 * 3600;
/// How long before the close the last look comes.
const QUIET: Duration = DAY;

const DAY: Duration = Duration::from_secs(24 * 3600);
const DAY_MICROS: i64 = 24 * 3600 * 1_000_000;

/// Why nothing is shown about a round, however many answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotShown {
    /// Fewer than [`FEWEST_INVITED`] people are invited.
    FewInvited,
    /// Not even half of the people are enough for one step.
    NoStep,
}

/// The steps of one round: the smallest that hold at least [`FEWEST_IN_STEP`] people and at least 2k.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps {
    invited: u32,
    /// In people of every hundred.
    step: u32,
    /// Whole people in a step.
    people: u32,
    k: u32,
}

/// What the look before found; the default is the opening, when nobody had answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Found {
    /// How many had taken part. Shown to nobody.
    pub taken_part: u32,
    /// What is shown since then: at least so many of every hundred people invited.
    pub at_least: u32,
}

/// What is drawn anew for one look and told to nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lots {
    /// How many people after its edge a step is passed: from none to one fewer than a step holds.
    late: u32,
    /// How many people must have answered since the look before: from k to one fewer than k and the fewest people of a step.
    since: u32,
}

impl Steps {
    /// The steps for so many people invited, in a round whose smallest published group has `k` answers.
    ///
    /// # Errors
    /// [`NotShown`] where no step holds enough people.
    pub fn of(invited: u32, k: u32) -> Result<Self, NotShown> {
        if invited < FEWEST_INVITED {
            return Err(NotShown::FewInvited);
        }
        let steps = STEPS.into_iter().map(|step| (step, people_in(step, invited)));
        let (step, people) = steps.into_iter().find(|(_, people)| *people >= fewest_in_step(k)).ok_or(NotShown::NoStep)?;
        Ok(Self { invited, step, people, k })
    }

    /// The size of a step, in people of every hundred.
    #[must_use]
    pub const fn step(self) -> u32 {
        self.step
    }

    /// The lots of one look, from two numbers drawn evenly from all that there are.
    #[must_use]
    pub fn lots(self, drawn: [u32; 2]) -> Lots {
        let [late, since] = drawn;
        // Both divisors are the sizes of steps, which hold people.
        Lots { late: late % self.people, since: self.k.saturating_add(since % fewest_in_step(self.k)) }
    }

    /// What is shown when so many have taken part: at least so many of every hundred people invited. A whole number of steps, 0 before the first is passed.
    /// It never falls, and stays as it is when too few people answered since the look before.
    #[must_use]
    pub fn at_least(self, taken_part: u32, before: Found, lots: Lots) -> u32 {
        if taken_part.saturating_sub(before.taken_part) < lots.since {
            return before.at_least;
        }
        let counted = u64::from(taken_part.min(self.invited).saturating_sub(lots.late)).saturating_mul(100);
        let passed = counted / u64::from(self.step).saturating_mul(u64::from(self.invited)).max(1);
        u32::try_from(passed).unwrap_or(u32::MAX).saturating_mul(self.step).max(before.at_least)
    }
}

/// Fewest people that a step holds where k answers are the fewest that are published.
fn fewest_in_step(k: u32) -> u32 {
    k.saturating_mul(2).max(FEWEST_IN_STEP)
}

/// Whole people in a step.
fn people_in(step: u32, invited: u32) -> u32 {
    u32::try_from(u64::from(step) * u64::from(invited) / 100).unwrap_or(u32::MAX)
}

/// The days on which is looked: every day at 06:00 UTC, after the opening and at least a day before the close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looks {
    opens_at: Moment,
    last: Moment,
}

impl Looks {
    /// The looks of a round that takes answers between two moments.
    #[must_use]
    pub fn between(opens_at: Moment, closes_at: Moment) -> Self {
        Self { opens_at, last: closes_at.minus(QUIET) }
    }

    /// The look that is due at a moment: the newest one that has come. `None` before the first, and once a late one would come too near to the close.
    #[must_use]
    pub fn due(self, now: Moment) -> Option<Moment> {
        let look = at_or_before(now);
        (look > self.opens_at && now <= self.last).then_some(look)
    }

    /// The look that comes after a moment; `None` after the last.
    #[must_use]
    pub fn next(self, now: Moment) -> Option<Moment> {
        let look = at_or_before(now.max(self.opens_at)).plus(DAY);
        (look <= self.last).then_some(look)
    }
}

/// The newest 06:00 UTC at or before a moment.
fn at_or_before(moment: Moment) -> Moment {
    let shifted = moment.micros().saturating_sub(LOOK_AT * 1_000_000);
    Moment::from_micros(moment.micros().saturating_sub(shifted.rem_euclid(DAY_MICROS)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    /// What the looks of a round show, one after the other, when so many had taken part at each.
    fn shown(steps: Steps, counts: &[u32], drawn: &[[u32; 2]]) -> Vec<u32> {
        let mut before = Found::default();
        let looks = counts.iter().zip(drawn).map(|(count, drawn)| {
            before = Found { taken_part: *count, at_least: steps.at_least(*count, before, steps.lots(*drawn)) };
            before.at_least
        });
        looks.collect()
    }

    proptest! {
        #[test]
        fn what_is_shown_is_a_step_that_is_true_never_falls_and_rises_only_over_k_answers(
            invited in 0_u32..20_000,
            k in 4_u32..40,
            looks in proptest::collection::vec((0_u32..1_001, any::<[u32; 2]>()), 1..15),
        ) {
            let Ok(steps) = Steps::of(invited, k) else {
                prop_assert!(invited < FEWEST_INVITED || invited / 2 < fewest_in_step(k));
                return Ok(());
            };
            prop_assert!(STEPS.contains(&steps.step()) && steps.people >= 2 * k && steps.people >= FEWEST_IN_STEP);
            for smaller in STEPS.into_iter().filter(|step| *step < steps.step()) {
                prop_assert!(people_in(smaller, invited) < fewest_in_step(k), "the smallest that will do");
            }
            let (mut counts, drawn): (Vec<u32>, Vec<[u32; 2]>) =
                looks.into_iter().map(|(share, drawn)| (u32::try_from(u64::from(share) * u64::from(invited) / 1_000).unwrap(), drawn)).unzip();
            counts.sort_unstable();
            let mut before = Found::default();
            for (count, at_least) in counts.iter().zip(shown(steps, &counts, &drawn)) {
                prop_assert_eq!(at_least % steps.step(), 0);
                prop_assert!(u64::from(at_least) * u64::from(invited) <= 100 * u64::from(*count), "at least is at least");
                prop_assert!(at_least >= before.at_least && at_least <= 100);
                prop_assert!(at_least == before.at_least || count - before.taken_part >= k, "fewer than k people never move a step");
                before = Found { taken_part: *count, at_least };
            }
        }

        #[test]
        fn whether_one_person_answered_moves_no_more_than_one_lot_of_each_kind(
            invited in 50_u32..400, k in 4_u32..12, earlier in 0_u32..1_001, later in 0_u32..1_001, passed in 0_u32..3,
        ) {
            let Ok(steps) = Steps::of(invited, k) else { return Ok(()) };
            let (earlier, later) = (earlier.min(later), earlier.max(later));
            let people = |share: u32| share * invited / 1_001;
            let before = Found { taken_part: people(earlier), at_least: passed.min(people(earlier) / steps.people) * steps.step() };
            // Somebody who knows of everybody else how many had answered, at this look and at the one before.
            let others = people(later);
            let mut telling = 0;
            for late in 0..steps.people {
                for since in 0..fewest_in_step(k) {
                    let lots = steps.lots([late, since]);
                    telling += u32::from(steps.at_least(others, before, lots) != steps.at_least(others + 1, before, lots));
                }
            }
            prop_assert!(telling <= steps.people + fewest_in_step(k), "{} of {} pairs of lots", telling, steps.people * fewest_in_step(k));
        }

        #[test]
        fn looks_come_once_a_day_at_six_after_the_opening_and_a_day_before_the_close(
            opens in 0_i64..100_000_000, lasts in 0_i64..3_000_000, at in -1_000_000_i64..4_000_000,
        ) {
            let second = |seconds: i64| Moment::from_micros(seconds * 1_000_000);
            let (opens_at, closes_at, now) = (second(opens), second(opens + lasts), second(opens + at));
            let looks = Looks::between(opens_at, closes_at);
            for look in [looks.due(now), looks.next(now)].into_iter().flatten() {
                prop_assert_eq!(look.micros().rem_euclid(DAY_MICROS), LOOK_AT * 1_000_000);
                prop_assert!(look > opens_at && look.plus(DAY) <= closes_at);
            }
            if let Some(due) = looks.due(now) {
                prop_assert!(due <= now && now.since(due) < DAY && now.plus(DAY) <= closes_at);
                prop_assert_eq!(looks.due(due), Some(due), "all day it is the same");
            }
            if let Some(next) = looks.next(now) {
                prop_assert!(next > now);
                prop_assert_eq!(looks.due(next), Some(next), "what is announced comes");
            }
        }
    }

    #[test]
    fn the_steps_of_usual_rounds() {
        let of = |invited, k| Steps::of(invited, k).map(|steps| (steps.step(), steps.people));
        assert_eq!(of(49, 5), Err(NotShown::FewInvited));
        assert_eq!(of(50, 5), Ok((20, 10)));
        assert_eq!(of(100, 5), Ok((10, 10)));
        assert_eq!(of(100, 8), Ok((20, 20)));
        assert_eq!(of(50, 6), Ok((25, 12)));
        assert_eq!(of(50, 12), Ok((50, 25)));
        assert_eq!(of(50, 13), Err(NotShown::NoStep));
        assert_eq!(of(2_000, 5), Ok((10, 200)));
        let steps = Steps::of(100, 5).unwrap();
        let first = |count, late| steps.at_least(count, Found::default(), steps.lots([late, 0]));
        assert_eq!([9, 10, 19, 20, 100].map(|count| first(count, 0)), [0, 10, 10, 20, 100]);
        assert_eq!([10, 13, 14, 99, 100].map(|count| first(count, 4)), [0, 0, 10, 90, 90]);
    }

    #[test]
    fn the_only_person_who_answers_over_a_weekend_moves_nothing_whatever_is_drawn() {
        let steps = Steps::of(60, 5).unwrap();
        for before in 0..60 {
            for (late, since) in (0..12).flat_map(|late| (0..10).map(move |since| (late, since))) {
                for at_least in [0, 20, 40, 60, 80] {
                    let before = Found { taken_part: before, at_least };
                    for together in 1..5 {
                        assert_eq!(steps.at_least(before.taken_part + together, before, steps.lots([late, since])), at_least);
                    }
                }
            }
        }
    }
}
