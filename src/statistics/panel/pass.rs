//! The one pass over the answers, team by team.

use std::num::NonZero;
use std::thread;

use super::scale::{Added, AskedScale};
use super::team::{TeamScale, TeamSums};
use super::{PanelWave, ScaleSums};
use crate::Undefined;
use crate::answers::count;

/// A wave with its people team by team.
pub(super) struct Ordered<'a> {
    wave: &'a PanelWave<'a>,
    /// Places of rows, team after team.
    people: Vec<u32>,
    /// Per team how many of `people` belong to the teams up to it, itself included.
    ends: Vec<usize>,
}

impl<'a> Ordered<'a> {
    /// Counts the members of every team and puts people where their team's places begin.
    pub(super) fn of(wave: &'a PanelWave<'a>) -> Result<Self, Undefined> {
        let number = wave.teams.len();
        Undefined::unless(number <= MOST, "people", count(number), "at most 2^31")?;
        let fits = number.checked_mul(wave.columns) == Some(wave.answers.len());
        Undefined::unless(fits, "answers", count(wave.answers.len()), "people times columns")?;

        Undefined::unless(wave.columns > 0, "columns", 0.0, "1 or more")?;

        let mut ends = vec![0_usize; wave.team_count];
        for team in wave.teams {
            let size = usize::try_from(*team).ok().and_then(|team| ends.get_mut(team));
            *size.ok_or(Undefined::OutOfDomain { what: "team", value: f64::from(*team), domain: "the teams" })? += 1;
        }
        let mut before = 0;
        for end in &mut ends {
            before += std::mem::replace(end, before);
        }
        // Now every team has the place where it begins; each of its people moves it on, to where the next begins.
        let mut people = vec![0; number];
        for (person, team) in (0..).zip(wave.teams) {
            let place = usize::try_from(*team).ok().and_then(|team| ends.get_mut(team));
            if let Some(place) = place {
                if let Some(slot) = people.get_mut(*place) {
                    *slot = person;
                }
                *place += 1;
            }
        }
        Ok(Self { wave, people, ends })
    }

    /// Fills `teams`, and returns per scale the sums over all teams.
    pub(super) fn sum(&self, scales: &[AskedScale], teams: &mut [TeamScale], threads: NonZero<usize>) -> Result<Vec<ScaleSums>, Undefined> {
        if scales.is_empty() {
            return Ok(Vec::new());
        }
        // Threads get as many teams each. Which team is summed where plays no part, because all sums are exact.
        let share = self.ends.len().div_ceil(threads.get()).max(1);
        let parts: Vec<_> = teams.chunks_mut(share * scales.len()).zip((0..).step_by(share)).collect();
        let outcomes = thread::scope(|scope| {
            let mut parts = parts.into_iter();
            let here = parts.next();
            let started: Vec<_> = parts.map(|(teams, first)| scope.spawn(move || self.teams_from(first, scales, teams))).collect();
            let here = here.map(|(teams, first)| self.teams_from(first, scales, teams));
            let joined = started.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            here.into_iter().chain(joined).collect::<Vec<_>>()
        });
        let mut all: Vec<ScaleSums> = scales.iter().map(ScaleSums::of).collect();
        for sums in outcomes {
            all.iter_mut().zip(&sums?).for_each(|(all, of_part)| all.merge(of_part));
        }
        Ok(all)
    }

    /// The teams from `first` on, as many as `teams` has room for.
    fn teams_from(&self, first: usize, scales: &[AskedScale], teams: &mut [TeamScale]) -> Result<Vec<ScaleSums>, Undefined> {
        let mut counters: Vec<ScaleCounter<'_>> = scales.iter().map(ScaleCounter::of).collect();
        let mut begin = first.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let mut rows = Rows::of(self.wave, self.people.get(begin..).unwrap_or_default());
        for (values, end) in teams.chunks_mut(scales.len()).zip(self.ends.iter().skip(first)) {
            let mut members = end - begin;
            begin = *end;
            while members > 0 {
                let few = rows.next(members);
                few.clone().for_each(|row| counters.iter_mut().for_each(|counter| counter.count(row)));
                members = members.saturating_sub(few.len().max(1));
                if counters.iter_mut().fold(false, |outside, counter| counter.carry_over() | outside) {
                    return Err(outside(scales, few));
                }
            }
            values.iter_mut().zip(&mut counters).for_each(|(values, counter)| *values = counter.finish_team());
        }
        Ok(counters.into_iter().map(|counter| counter.sums).collect())
    }
}

/// Says which answer of these rows does not lie on its scale.
fn outside<'a>(scales: &[AskedScale], rows: impl Iterator<Item = &'a [u8]>) -> Undefined {
    let answer = rows.flat_map(|row| scales.iter().filter_map(|scale| scale.outside(row))).next();
    let domain = "0 for a missing answer, or a point of the scale";
    Undefined::OutOfDomain { what: "answer", value: f64::from(answer.unwrap_or(0)), domain }
}

/// The rows of people in the order of their teams. They lie anywhere in the wave, and fetching each of them takes longer than counting it:
/// so many are copied together, which the processor fetches at the same time.
struct Rows<'a> {
    wave: &'a PanelWave<'a>,
    people: std::slice::Chunks<'a, u32>,
    copied: Vec<u8>,
    /// How many bytes of `copied` were handed out.
    used: usize,
}

impl<'a> Rows<'a> {
    fn of(wave: &'a PanelWave<'a>, people: &'a [u32]) -> Self {
        Self { wave, people: people.chunks(Added::ROOM), copied: Vec::with_capacity(Added::ROOM * wave.columns), used: 0 }
    }

    /// The next rows, at most `most` and at most [`Added::ROOM`].
    fn next(&mut self, most: usize) -> std::slice::ChunksExact<'_, u8> {
        let columns = self.wave.columns;
        if self.used == self.copied.len() {
            self.copied.clear();
            self.used = 0;
            for person in self.people.next().unwrap_or_default() {
                let start = usize::try_from(*person).unwrap_or(usize::MAX).saturating_mul(columns);
                self.copied.extend_from_slice(self.wave.answers.get(start..).and_then(|rest| rest.get(..columns)).unwrap_or_default());
            }
        }
        let from = self.used;
        self.used = self.copied.len().min(from.saturating_add(most.saturating_mul(columns)));
        self.copied.get(from..self.used).unwrap_or_default().chunks_exact(columns)
    }
}

/// As many people, and as many teams, leave room for every sum: (n * a)^2 of a score below 2^32 stays below 2^126.
pub(super) const MOST: usize = 1 << 31;

impl ScaleSums {
    fn of(scale: &AskedScale) -> Self {
        Self { of_items: vec![0; scale.items.len()], ..Self::default() }
    }
}

/// Counts one scale, team after team.
struct ScaleCounter<'a> {
    scale: &'a AskedScale,
    /// Per item the answers of a few people, and of those among them who left an item of the scale out.
    few: Vec<Added>,
    incomplete: Vec<Added>,
    team: TeamSums,
    sums: ScaleSums,
}

impl<'a> ScaleCounter<'a> {
    fn of(scale: &'a AskedScale) -> Self {
        let nothing = vec![Added::default(); scale.items.len()];
        Self { scale, few: nothing.clone(), incomplete: nothing, team: TeamSums::of(scale), sums: ScaleSums::of(scale) }
    }

    /// Counts the row of one person, at most [`Added::ROOM`] before they are carried over.
    fn count(&mut self, row: &[u8]) {
        let mut person = Added::default();
        for (item, few) in self.scale.items.iter().zip(&mut self.few) {
            let added = item.added(row);
            *few = few.and(added);
            person = person.and(added);
        }
        let answered = usize::try_from(person.answers()).unwrap_or(usize::MAX);
        if let Some(weight) = self.scale.weights.get(answered).filter(|weight| **weight > 0) {
            self.team.scores.add(person.sum() * weight);
        }
        if answered == self.scale.items.len() && answered > 0 {
            self.sums.totals.add(person.sum());
            self.sums.squares += u128::from(person.squares());
        } else {
            for (item, incomplete) in self.scale.items.iter().zip(&mut self.incomplete) {
                *incomplete = incomplete.and(item.added(row));
            }
        }
    }

    /// Carries the sums of a few people over to the larger ones; `true` when an answer lay beyond the scale.
    fn carry_over(&mut self) -> bool {
        let mut outside = false;
        let few = self.few.iter_mut().zip(&mut self.incomplete).zip(&mut self.team.items).zip(&mut self.sums.of_items);
        for (((few, incomplete), of_team), complete) in few {
            let (few, incomplete) = (std::mem::take(few), std::mem::take(incomplete));
            outside |= few.outside();
            of_team.add(few);
            *complete += u64::from(few.sum() - incomplete.sum());
        }
        outside
    }

    /// The values of a team whose people are all counted.
    fn finish_team(&mut self) -> TeamScale {
        let values = self.team.values(self.scale);
        self.sums.groups.add(&self.team.scores);
        self.team.clear();
        values
    }
}
