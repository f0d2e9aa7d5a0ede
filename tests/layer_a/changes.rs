//! Changes of a round of which nobody may learn anything, and one of which everybody may.

use std::collections::BTreeMap;

use disclosure::Coarsening;
use domain::GroupId;
use protocol::{Answer, Level};
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

use crate::artefacts::Published;
use crate::round::{Filled, Round};

/// Deals the answers to each statement out anew among the people of each block.
pub(crate) fn exchange_answers_within_blocks(round: &mut Round, published: &Published, random: &mut StdRng) {
    for block in &published.base.blocks {
        let people = round.in_block(block);
        for item in 0..published.base.items.len() {
            let mut answers: Vec<Answer> = people.iter().map(|person| round.filled(*person).answers[item]).collect();
            answers.shuffle(random);
            for (person, answer) in people.iter().zip(answers) {
                round.filled_mut(*person).answers[item] = answer;
            }
        }
    }
}

/// Deals everything that people said out anew among the people of each block, whatever group they are of; the choice of level stays.
pub(crate) fn exchange_everything_said_within_blocks(round: &mut Round, published: &Published, random: &mut StdRng) {
    for block in &published.base.blocks {
        let people = round.in_block(block);
        let mut said: Vec<_> = people.iter().map(|person| round.filled(*person).clone()).collect();
        said.shuffle(random);
        for (person, said) in people.into_iter().zip(said) {
            let level = round.filled(person).level;
            *round.filled_mut(person) = Filled { level, ..said };
        }
    }
}

/// Deals the filled-in ballots of each group out anew among everybody who was invited to it; each arrives when it did.
pub(crate) fn exchange_who_answered(round: &mut Round, _: &Published, random: &mut StdRng) {
    deal_out(round, random, |_| true);
}

/// The same among those only who answered: other people have chosen to count one level up.
pub(crate) fn exchange_who_counts_one_level_up(round: &mut Round, _: &Published, random: &mut StdRng) {
    deal_out(round, random, |answered| answered);
}

fn deal_out(round: &mut Round, random: &mut StdRng, among: fn(bool) -> bool) {
    let mut groups: BTreeMap<GroupId, Vec<usize>> = BTreeMap::new();
    for (person, invited) in round.people.iter().enumerate().filter(|(_, person)| among(person.filled.is_some())) {
        groups.entry(invited.group).or_default().push(person);
    }
    let mut now_with: BTreeMap<usize, usize> = BTreeMap::new();
    let before = round.people.clone();
    for people in groups.values() {
        let mut dealt = people.clone();
        dealt.shuffle(random);
        for (from, to) in people.iter().zip(dealt) {
            round.people[to].filled.clone_from(&before[*from].filled);
            now_with.insert(*from, to);
        }
    }
    for person in &mut round.arrival {
        *person = now_with.get(person).copied().unwrap_or(*person);
    }
}

/// Deals the choices of level out anew among people of one group whose answers count in one block whatever they chose.
pub(crate) fn deal_levels_within_blocks(round: &mut Round, published: &Published, random: &mut StdRng) {
    for block in &published.base.blocks {
        let mut groups: BTreeMap<GroupId, Vec<usize>> = BTreeMap::new();
        for person in round.in_block(block) {
            groups.entry(round.people[person].group).or_default().push(person);
        }
        for people in groups.values() {
            let mut levels: Vec<Level> = people.iter().map(|person| round.filled(*person).level).collect();
            levels.shuffle(random);
            for (person, level) in people.iter().zip(levels) {
                round.filled_mut(*person).level = level;
            }
        }
    }
}

/// Changes single answers of every block at random as long as each sum stays in its cell, and all answers where no cell is published.
pub(crate) fn move_sums_within_cells(round: &mut Round, published: &Published, random: &mut StdRng) {
    for block in &published.base.blocks {
        let people = round.in_block(block);
        for (item, (rule, cell)) in published.base.items.iter().zip(&block.cells).enumerate() {
            let Some(cell) = cell else {
                // Nothing is published of this statement here, so everybody may have answered anything.
                for person in &people {
                    let answer = &mut round.filled_mut(*person).answers[item];
                    if matches!(answer, Answer::Point(_)) {
                        *answer = Answer::Point(random.random_range(1..=rule.points));
                    }
                }
                continue;
            };
            let range = Coarsening::of_item(&published.base, rule).unwrap().cells(cell.n).unwrap().range(cell.cell).unwrap();
            for _ in 0..20 {
                let person = people[random.random_range(0..people.len())];
                let before = round.filled(person).answers[item];
                if !matches!(before, Answer::Point(_)) {
                    continue;
                }
                round.filled_mut(person).answers[item] = Answer::Point(random.random_range(1..=rule.points));
                let sum: u64 = people.iter().filter_map(|person| point(round.filled(*person).answers[item])).map(|point| point - 1).sum();
                if !range.contains(&sum) {
                    round.filled_mut(person).answers[item] = before;
                }
            }
        }
    }
}

/// Deals the comments to each question out anew among those who wrote one and whose comments are shown together.
pub(crate) fn exchange_comments_within_pools(round: &mut Round, published: &Published, random: &mut StdRng) {
    for (question, pool) in published.pools() {
        let blocks = published.base.blocks.iter().filter(|block| pool.blocks.contains(&block.id));
        let mut people: Vec<usize> = blocks.flat_map(|block| round.in_block(block)).collect();
        people.retain(|person| !round.filled(*person).comments[question].is_empty());
        let mut texts: Vec<String> = people.iter().map(|person| round.filled(*person).comments[question].clone()).collect();
        texts.shuffle(random);
        for (person, text) in people.iter().zip(texts) {
            round.filled_mut(*person).comments[question] = text;
        }
    }
}

/// Lets the same ballots arrive in another order.
pub(crate) fn permute_arrival(round: &mut Round, _: &Published, random: &mut StdRng) {
    round.arrival.shuffle(random);
}

/// Not a change that is hidden: a whole block changes its mind.
pub(crate) fn everybody_of_the_first_block_answers_the_highest(round: &mut Round, published: &Published, _: &mut StdRng) {
    let Some(block) = published.base.blocks.first() else { return };
    for person in round.in_block(block) {
        for (answer, rule) in round.filled_mut(person).answers.iter_mut().zip(&published.base.items) {
            *answer = Answer::Point(rule.points);
        }
    }
}

/// The point of an answer, if it is one.
pub(crate) fn point(answer: Answer) -> Option<u64> {
    match answer {
        Answer::Point(point) => Some(u64::from(point)),
        Answer::Blank | Answer::CannotSay => None,
    }
}
