//! What HR reads of all groups or of many rounds together: how far groups differ, and where the organisation goes.

use std::ops::AddAssign;
use std::time::Duration;

use super::counted::Share;
use super::population::{Answered, Design, Firm};
use super::rounds::publish;
use super::synthetic;
use crate::reading::{CourseFound, Differences, PastWave, read_organisation};

/// What pages said of the share of differences that lies between groups, against the share that is true.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shares {
    /// Intervals that hold the true share; what cannot be told holds nothing.
    pub(super) covered: Share,
    /// Sentences that say that it cannot be told.
    pub(super) untold: Share,
    /// Sums of the printed and of the true shares, in hundredths, where one is printed.
    printed: f64,
    truth: f64,
}

impl AddAssign for Shares {
    fn add_assign(&mut self, other: Self) {
        self.covered += other.covered;
        self.untold += other.untold;
        self.printed += other.printed;
        self.truth += other.truth;
    }
}

impl Shares {
    fn told(&self) -> f64 {
        (self.untold.of - self.untold.hits) as f64
    }

    /// The mean of the printed shares.
    pub(super) fn printed(&self) -> f64 {
        self.printed / self.told()
    }

    /// The mean of the true ones.
    pub(super) fn truth(&self) -> f64 {
        self.truth / self.told()
    }
}

/// One round of an organisation: per dimension, what is said of the share between groups.
pub(super) fn shares(design: &Design, seed: u64) -> Shares {
    let mut firm = Firm::found(design, &synthetic::pulse(), seed);
    let answered = firm.ask();
    let waves = [publish(&firm, 1, &answered)];
    let mut shares = Shares::default();
    for (place, of) in read_organisation(&waves).unwrap().differences.iter().enumerate() {
        let between = firm.between_teams(place);
        let truth = 100.0 * between / (between + within_teams(&answered, place));
        let Differences::Found { share, .. } = &of.found else { continue };
        shares.untold.count(share.is_none());
        let holds = |low: u8, high: u8| f64::from(low) <= truth && truth <= f64::from(high);
        shares.covered.count(share.is_some_and(|share| holds(share.low, share.high)));
        if let Some(share) = share {
            shares.printed += f64::from(share.hundredths);
            shares.truth += truth;
        }
    }
    shares
}

/// The variance of people's scores within teams.
fn within_teams(answered: &Answered, dimension: usize) -> f64 {
    let scores = || answered.scores.iter().map(|scores| scores[dimension]);
    let people = answered.scores.len() as f64;
    let mean = scores().sum::<f64>() / people;
    scores().map(|score| (score - mean).powi(2)).sum::<f64>() / (people - 1.0)
}

/// What was said of the course of organisations in which nothing changes but who is there.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Courses {
    /// Dimensions with a line.
    pub(super) lines: Share,
    /// Lines whose interval leaves out 0.
    pub(super) without_zero: Share,
    /// Lines that are called clear.
    pub(super) clear: Share,
}

impl AddAssign for Courses {
    fn add_assign(&mut self, other: Self) {
        self.lines += other.lines;
        self.without_zero += other.without_zero;
        self.clear += other.clear;
    }
}

/// An organisation asked so many times, a quarter apart.
pub(super) fn courses(design: &Design, rounds: u32, seed: u64) -> Courses {
    let mut firm = Firm::found(design, &synthetic::pulse(), seed);
    let mut waves = Vec::new();
    for number in 0..rounds {
        if number > 0 {
            firm.pass_quarter();
        }
        let answered = firm.ask();
        waves.push(synthetic::changed(&publish(&firm, number, &answered), |wave| {
            let closes = &mut wave.manifest.schedule.closes_at;
            *closes = closes.plus(Duration::from_secs(u64::from(number) * 91 * 24 * 3600));
        }));
    }
    count_courses(&waves)
}

fn count_courses(waves: &[PastWave]) -> Courses {
    let mut courses = Courses::default();
    for course in &read_organisation(waves).unwrap().courses {
        let line = if let CourseFound::Line { difference, word, .. } = &course.found { Some((difference, word)) } else { None };
        courses.lines.count(line.is_some());
        if let Some((difference, word)) = line {
            courses.without_zero.count(difference.low > 0 || difference.high < 0);
            courses.clear.count(*word == crate::reading::ChangeWord::Clear);
        }
    }
    courses
}
