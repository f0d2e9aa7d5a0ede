//! How a staff list would be shown: its standing groups, and how often each of them would stand alone, before anything is launched.
//!
//! Everybody is taken to answer independently of all others with one probability. The product's own plan is run on many such draws.

use std::num::NonZero;
use std::thread;

use disclosure::standing::{Policy, ProposalRefused, ProposedGroup, propose};
use disclosure::{GroupCount, Member, PlanRefused, PlannedBlock, plan};
use domain::roster::Roster;
use domain::{GroupId, GroupLeaf};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde::Serialize;

use crate::lifecycle::proposal::team_sizes;

/// Draws for which the share of one group is known to a whole percent (two standard errors at 50 %).
const MOST_DRAWS: usize = 10_000;
/// So few suffice for the whole, of which every draw shows thousands of groups.
const FEWEST_DRAWS: usize = 100;
/// Groups planned over all draws of one probability: a second or so.
const WORK: usize = 2_000_000;
/// The same for a page.
const WORK_OF_A_PAGE: usize = 200_000;

/// The groups of a staff list under several probabilities of answering.
#[derive(Debug, Clone, Serialize)]
pub struct Forecast {
    /// People who would be invited.
    pub invited: u32,
    /// Teams of the staff list.
    pub teams: usize,
    /// The groups, in the order in which a launch would number them.
    pub groups: Vec<ProposedGroup>,
    /// One per probability, in the order given.
    pub rates: Vec<AtRate>,
}

/// How the groups would be shown when everybody answers with this probability.
#[derive(Debug, Clone, Serialize)]
pub struct AtRate {
    /// The probability.
    pub response_rate: f64,
    /// How many draws were planned.
    pub draws: usize,
    /// Half the width of a 95 % interval for the share of one group, at most, in percent.
    pub plus_minus_of_a_group: f64,
    /// Groups shown alone, in percent of all groups, mean over the draws.
    pub groups_alone: f64,
    /// Half the width of its 95 % interval.
    pub plus_minus_of_groups_alone: f64,
    /// Teams that are a group of their own and shown alone, in percent of all teams.
    pub teams_alone: f64,
    /// People in groups shown alone, in percent of all people invited.
    pub people_alone: f64,
    /// Groups shown together with others, in percent.
    pub groups_combined: f64,
    /// With how many other groups a combined one is shown in the middle case; `None` when none ever is.
    pub median_partners: Option<usize>,
    /// Draws in which the whole organisation had fewer than k answers and nothing is shown, in percent.
    pub nothing_shown: f64,
    /// People who answered and are in no result although there is one. Always 0: the plan drops nobody.
    pub answers_lost: u64,
    /// Per group, in the order of [`Forecast::groups`].
    pub of_groups: Vec<GroupForecast>,
}

/// How often a group is shown how, in percent of the draws.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct GroupForecast {
    /// Alone.
    pub alone: f64,
    /// Together with other groups.
    pub combined: f64,
    /// Not at all, because the whole organisation had fewer than k answers.
    pub unplaced: f64,
}

/// Why there is no forecast.
#[derive(Debug, thiserror::Error)]
pub enum ForecastRefused {
    /// No groups can be proposed.
    #[error(transparent)]
    Groups(#[from] ProposalRefused),
    /// The counts cannot be planned.
    #[error(transparent)]
    Plan(#[from] PlanRefused),
}

/// Proposes the groups of a staff list as a first launch would and plans them many times. The same list gives the same numbers.
///
/// # Errors
/// [`ForecastRefused`] when the list has too few people.
pub fn forecast(roster: &Roster, policy: Policy, rates: &[f64], threads: NonZero<usize>) -> Result<Forecast, ForecastRefused> {
    let groups = propose(&team_sizes(roster), policy, &[])?;
    Ok(of_groups(groups, policy.k(), rates, WORK, threads)?)
}

/// The forecast of a draft's own groups, with so little work that somebody can wait for the page.
///
/// # Errors
/// [`PlanRefused`] when k is too small.
pub fn of_draft(leaves: &[GroupLeaf], k: u32, rates: &[f64], threads: NonZero<usize>) -> Result<Forecast, PlanRefused> {
    let group = |leaf: &GroupLeaf| ProposedGroup {
        label: leaf.label.clone(),
        unit: leaf.unit.clone(),
        teams: leaf.teams.iter().map(|team| team.label.clone()).collect(),
        invited: leaf.invited,
    };
    of_groups(leaves.iter().map(group).collect(), k, rates, WORK_OF_A_PAGE, threads)
}

fn of_groups(groups: Vec<ProposedGroup>, k: u32, rates: &[f64], work: usize, threads: NonZero<usize>) -> Result<Forecast, PlanRefused> {
    let invited: u32 = groups.iter().map(|group| group.invited).sum();
    let teams = groups.iter().map(|group| group.teams.len()).sum();
    let draws = (work / groups.len().max(1)).clamp(FEWEST_DRAWS, MOST_DRAWS);
    let rates = rates
        .iter()
        .map(|rate| Ok(tally(&groups, k, *rate, draws, threads)?.at_rate(&groups, invited, teams, *rate)))
        .collect::<Result<_, PlanRefused>>()?;
    Ok(Forecast { invited, teams, groups, rates })
}

/// Plans all draws, shared out over threads. Each draw has a generator of its own, so the number of threads changes nothing.
fn tally(groups: &[ProposedGroup], k: u32, rate: f64, draws: usize, threads: NonZero<usize>) -> Result<Tally, PlanRefused> {
    let step = threads.get();
    let work = |first: usize| {
        let mut tally = Tally::new(groups.len());
        let mut counts: Vec<GroupCount> =
            (0..).zip(groups).map(|(number, group)| GroupCount { group: GroupId(number), unit: group.unit.clone(), n: 0 }).collect();
        for draw in (first..draws).step_by(step) {
            let mut chance = StdRng::seed_from_u64(draw as u64);
            for (count, group) in counts.iter_mut().zip(groups) {
                count.n = (0..group.invited).map(|_| u32::from(chance.random_bool(rate))).sum();
            }
            let plan = plan(&counts, &[], k)?;
            tally.take(groups, &plan.blocks, counts.iter().map(|count| u64::from(count.n)).sum());
        }
        Ok(tally)
    };
    let parts: Vec<Result<Tally, PlanRefused>> = thread::scope(|scope| {
        let others: Vec<_> = (1..step).map(|first| scope.spawn(move || work(first))).collect();
        let mine = work(0);
        let theirs = others.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        std::iter::once(mine).chain(theirs).collect()
    });
    let mut whole = Tally::new(groups.len());
    for part in parts {
        whole.add(part?);
    }
    Ok(whole)
}

/// What some draws came to. Integers only, so that the order of adding changes nothing.
struct Tally {
    draws: u64,
    alone: Vec<u64>,
    combined: Vec<u64>,
    nothing: u64,
    lost: u64,
    /// Groups alone, over the draws, and the same squared per draw.
    groups_alone: (u64, u64),
    teams_alone: u64,
    people_alone: u64,
    /// How often a group was shown with so many others.
    partners: Vec<u64>,
}

impl Tally {
    fn new(groups: usize) -> Self {
        Self {
            draws: 0,
            alone: vec![0; groups],
            combined: vec![0; groups],
            nothing: 0,
            lost: 0,
            groups_alone: (0, 0),
            teams_alone: 0,
            people_alone: 0,
            partners: Vec::new(),
        }
    }

    fn take(&mut self, groups: &[ProposedGroup], blocks: &[PlannedBlock], answers: u64) {
        self.draws += 1;
        if blocks.is_empty() {
            self.nothing += 1;
            return;
        }
        let placed: u64 = blocks.iter().map(|block| u64::from(block.n)).sum();
        self.lost += answers - placed.min(answers);
        let mut alone_now = 0;
        for block in blocks {
            let members = block.members.iter().filter_map(|member| match member {
                Member::Group(group) => usize::try_from(group.0).ok(),
                Member::Upward(_) => None,
            });
            let partners = block.members.len() - 1;
            for place in members {
                let seen = if partners == 0 { &mut self.alone } else { &mut self.combined };
                if let Some(seen) = seen.get_mut(place) {
                    *seen += 1;
                }
                if partners > 0 {
                    if self.partners.len() <= partners {
                        self.partners.resize(partners + 1, 0);
                    }
                    if let Some(often) = self.partners.get_mut(partners) {
                        *often += 1;
                    }
                } else if let Some(group) = groups.get(place) {
                    alone_now += 1;
                    self.teams_alone += u64::from(group.teams.len() == 1);
                    self.people_alone += u64::from(group.invited);
                }
            }
        }
        self.groups_alone.0 += alone_now;
        self.groups_alone.1 += alone_now * alone_now;
    }

    fn add(&mut self, other: Self) {
        let sum = |mine: &mut Vec<u64>, theirs: Vec<u64>| {
            if mine.len() < theirs.len() {
                mine.resize(theirs.len(), 0);
            }
            mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine += theirs);
        };
        sum(&mut self.alone, other.alone);
        sum(&mut self.combined, other.combined);
        sum(&mut self.partners, other.partners);
        self.draws += other.draws;
        self.nothing += other.nothing;
        self.lost += other.lost;
        self.groups_alone.0 += other.groups_alone.0;
        self.groups_alone.1 += other.groups_alone.1;
        self.teams_alone += other.teams_alone;
        self.people_alone += other.people_alone;
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of draws, groups and people, far below 2^52")]
    fn at_rate(&self, groups: &[ProposedGroup], invited: u32, teams: usize, response_rate: f64) -> AtRate {
        let draws = self.draws as f64;
        let percent = |part: u64, of: f64| if of > 0.0 { part as f64 * 100.0 / (draws * of) } else { 0.0 };
        let all = groups.len() as f64;
        let (sum, squares) = (self.groups_alone.0 as f64, self.groups_alone.1 as f64);
        let variance = ((squares - sum * sum / draws) / (draws - 1.0).max(1.0)).max(0.0);
        AtRate {
            response_rate,
            draws: usize::try_from(self.draws).unwrap_or(usize::MAX),
            plus_minus_of_a_group: 98.0 / draws.sqrt(),
            groups_alone: percent(self.groups_alone.0, all),
            plus_minus_of_groups_alone: 196.0 * (variance / draws).sqrt() / all,
            teams_alone: percent(self.teams_alone, teams as f64),
            people_alone: percent(self.people_alone, f64::from(invited)),
            groups_combined: percent(self.combined.iter().sum(), all),
            median_partners: median(&self.partners),
            nothing_shown: percent(self.nothing, 1.0),
            answers_lost: self.lost,
            of_groups: self
                .alone
                .iter()
                .zip(&self.combined)
                .map(|(alone, combined)| GroupForecast {
                    alone: percent(*alone, 1.0),
                    combined: percent(*combined, 1.0),
                    unplaced: percent(self.nothing, 1.0),
                })
                .collect(),
        }
    }
}

/// The median of a histogram over 0, 1, 2, …
fn median(often: &[u64]) -> Option<usize> {
    let all: u64 = often.iter().sum();
    let mut below = 0;
    often.iter().position(|times| {
        below += times;
        below > 0 && below * 2 >= all
    })
}

/// A share of draws in percent as it is said: whole, but never 0 or 100 for what can happen or fail to.
#[must_use]
pub fn in_percent(share: f64) -> String {
    if share > 0.0 && share < 0.5 {
        "< 1 %".to_owned()
    } else if (99.5..100.0).contains(&share) {
        "> 99 %".to_owned()
    } else {
        format!("{share:.0} %")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::simulate::organisation::Organisation;

    fn two() -> NonZero<usize> {
        NonZero::new(2).unwrap()
    }

    fn policy() -> Policy {
        Policy::new(5, 7).unwrap()
    }

    /// The probability that at least `k` of `n` answer.
    fn at_least(k: u32, n: u32, p: f64) -> f64 {
        let choose = |n: u32, k: u32| (0..k).fold(1.0, |all, i| all * f64::from(n - i) / f64::from(i + 1));
        (k..=n).map(|i| choose(n, i) * p.powi(i as i32) * (1.0 - p).powi((n - i) as i32)).sum()
    }

    #[test]
    fn two_teams_stand_alone_as_often_as_the_binomial_distribution_says() {
        let csv = "person_id,name,mail,team,leaders,language\n".to_owned()
            + &(0..18).map(|i| format!("p{i},N,p{i}@x.example,{},,en\n", if i < 8 { "A" } else { "B" })).collect::<String>();
        let roster = domain::roster::parse_csv("staff.csv", csv.as_bytes(), &domain::Language::parse("en").unwrap()).unwrap().roster;
        let forecast = forecast(&roster, policy(), &[0.75, 1.0, 0.0], two()).unwrap();
        let both = at_least(5, 8, 0.75) * at_least(5, 10, 0.75) * 100.0;
        let [often, always, never] = forecast.rates.as_slice() else { unreachable!() };
        for group in &often.of_groups {
            assert!((group.alone - both).abs() < 2.0 * often.plus_minus_of_a_group, "{} is not {both}", group.alone);
            assert!((group.alone + group.combined + group.unplaced - 100.0).abs() < 1e-9);
        }
        assert!((often.groups_alone - both).abs() < 2.0 * often.plus_minus_of_groups_alone);
        assert_eq!(often.median_partners, Some(1));
        assert!((always.groups_alone - 100.0).abs() < 1e-9 && (always.teams_alone - 100.0).abs() < 1e-9);
        assert_eq!((always.median_partners, always.nothing_shown), (None, 0.0));
        assert!((never.nothing_shown - 100.0).abs() < 1e-9);
    }

    #[test]
    fn nobody_is_lost_and_the_number_of_threads_changes_nothing() {
        let roster = Organisation::found(240, 3, 9).roster().unwrap();
        let one = forecast(&roster, policy(), &[0.5], NonZero::<usize>::MIN).unwrap();
        let two = forecast(&roster, policy(), &[0.5], two()).unwrap();
        assert_eq!(serde_json::to_string(&one).unwrap(), serde_json::to_string(&two).unwrap());
        assert_eq!(one.rates[0].answers_lost, 0);
        assert!(one.rates[0].groups_alone > 0.0 && one.rates[0].groups_combined > 0.0);
    }
}
