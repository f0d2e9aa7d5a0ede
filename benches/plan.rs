//! Standing groups and plan of 15,000 teams (100,000 people), next to sorting the same counts.
//!
//! Counts and names alone: no answer exists yet when either is made. The ratio comes from the same run, so it means the same on a slow and on a fast machine.
#![allow(clippy::expect_used, clippy::print_stdout, missing_docs)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use disclosure::standing::{Policy, TeamSize, propose};
use disclosure::{GroupCount, UpwardCount, plan};
use domain::{GroupId, GroupLeaf, TeamEntry, TeamLabel};

const TEAMS: usize = 15_000;
/// Teams under a team that leads others: five levels for 15,000.
const SPAN: usize = 6;
/// How often each thing is measured.
const TIMES: usize = 40;

/// Pseudo-random numbers from a seed (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, below: u64) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u32::try_from((z ^ (z >> 31)) % below).unwrap_or(0)
    }
}

/// Teams of 3 to 15 people, more small ones than large ones, in a tree.
fn teams(chance: &mut Chance) -> Vec<TeamSize> {
    let label = |team: usize| TeamLabel::parse(&format!("Assembly and maintenance {team:05}")).expect("a name");
    (0..TEAMS)
        .map(|team| {
            let invited = 3 + chance.below(13).min(chance.below(13)).min(chance.below(26));
            TeamSize { team: label(team), above: (team >= SPAN).then(|| label(team / SPAN - 1)), invited }
        })
        .collect()
}

/// Prints the middle of several measurements and the fastest, and returns the fastest, which other work on the machine disturbs least.
fn measure<T>(name: &str, mut work: impl FnMut() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..TIMES)
        .map(|_| {
            let started = Instant::now();
            let made = black_box(work());
            let time = started.elapsed();
            drop(made);
            time
        })
        .collect();
    times.sort_unstable();
    let (fastest, middle) = (times[0], times[TIMES / 2]);
    println!("{name:44} {:7.2} ms (fastest {:.2} ms)", middle.as_secs_f64() * 1e3, fastest.as_secs_f64() * 1e3);
    fastest
}

fn main() {
    let mut chance = Chance(1);
    let teams = teams(&mut chance);
    let people: u64 = teams.iter().map(|team| u64::from(team.invited)).sum();
    let policy = Policy::new(5, 7).expect("a policy");
    let groups = propose(&teams, policy, &[]).expect("groups");
    let leaves: Vec<GroupLeaf> = (0..)
        .zip(&groups)
        .map(|(id, group)| GroupLeaf {
            group: GroupId(id),
            label: group.label.clone(),
            unit: group.unit.clone(),
            invited: group.invited,
            predecessors: Vec::new(),
            teams: group.teams.iter().map(|team| TeamEntry { label: team.clone(), leaders: Vec::new() }).collect(),
        })
        .collect();
    println!("{TEAMS} teams, {people} people, {} standing groups", groups.len());

    let first = measure("standing groups, first wave", || propose(&teams, policy, &[]).expect("groups"));
    let later = measure("standing groups, from the wave before", || propose(&teams, policy, &leaves).expect("groups"));

    // Three of four answer; one in twenty of them counts one level up.
    let mut upward: Vec<UpwardCount> = Vec::new();
    let mut count = |id: u32, unit: &domain::UnitPath, invited: u32| {
        let answered = u32::try_from((0..invited).filter(|_| chance.below(4) < 3).count()).unwrap_or(0);
        let up = u32::try_from((0..answered).filter(|_| chance.below(20) == 0).count()).unwrap_or(0);
        match upward.last_mut() {
            Some(last) if last.unit == *unit => last.n += up,
            _ => upward.push(UpwardCount { unit: unit.clone(), n: up }),
        }
        GroupCount { group: GroupId(id), unit: unit.clone(), n: answered - up }
    };
    let counts: Vec<GroupCount> = (0..).zip(&groups).map(|(id, group)| count(id, &group.unit, group.invited)).collect();
    let of_groups = measure("plan of those groups", || plan(&counts, &upward, 5).expect("a plan"));

    // The same teams without standing groups: as many members as teams, most of them below k.
    let tree =
        propose(&teams.iter().map(|team| TeamSize { invited: 20, ..team.clone() }).collect::<Vec<_>>(), policy, &[]).expect("groups");
    let single: Vec<GroupCount> =
        (0..).zip(&tree).map(|(id, group)| GroupCount { group: GroupId(id), unit: group.unit.clone(), n: chance.below(9) }).collect();
    let of_teams = measure(&format!("plan of {} groups, most below k", single.len()), || plan(&single, &upward, 5).expect("a plan"));

    let sorted = measure("sorting the counts by number and place", || {
        let mut counts = single.clone();
        counts.sort_unstable_by(|a, b| (&a.unit, a.n, a.group).cmp(&(&b.unit, b.n, b.group)));
        counts
    });
    for (name, time) in [("groups, first", first), ("groups, later", later), ("plan", of_groups), ("plan, most below k", of_teams)] {
        println!("{name:24} = {:5.2} sortings", time.as_secs_f64() / sorted.as_secs_f64());
    }
}
