//! Layer A of the disclosure tests, over everything that is ever published of a round: the Release, every page with its charts, the tables.
//!
//! A round is answered by invented people, sealed, opened by the product and rendered by the product. Then something is changed of which nobody may
//! learn anything, and everything is made anew: not one byte may differ. `org`, the short list of constants of the whole organisation, is held fixed
//! (it has a bound of its own, docs/disclosure.md section 5), unless people of one block exchange everything they said: then it must be the same.
//!
//! A test that compares equal things proves nothing unless it can fail: each change is also made with a leak planted into what is published, and must
//! then be seen.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod artefacts;
mod changes;
mod leaks;
mod round;

use std::sync::{LazyLock, OnceLock};

use disclosure::{Block, Member};
use rand::SeedableRng;
use rand::rngs::StdRng;

use artefacts::Published;
use leaks::Leak;
use round::Round;

/// Random rounds per change.
const SEEDS: usize = 12;

/// A change of a round, given what is published of it, of which nobody may learn anything.
type Change = fn(&mut Round, &Published, &mut StdRng);

/// The random rounds as they are, each made once for all tests.
static UNCHANGED: LazyLock<[OnceLock<(Round, Published)>; SEEDS]> = LazyLock::new(Default::default);

fn unchanged(seed: usize) -> &'static (Round, Published) {
    UNCHANGED[seed].get_or_init(|| {
        let round = Round::random(seed as u64);
        let published = Published::of(&round, None);
        (round, published)
    })
}

/// The constants of the whole organisation after a change.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Constants {
    /// Those of the round as it was.
    HeldFixed,
    /// Made anew like everything else.
    MadeAnew,
}

/// In how many of the random rounds a change shows in what the product publishes, and in what each leak adds to it.
fn shows(change: Change, leaks: &[Leak], constants: Constants) -> (Vec<String>, Vec<usize>) {
    let mut seen = Vec::new();
    let mut seen_through = vec![0; leaks.len()];
    for seed in 0..SEEDS {
        let (round, before) = unchanged(seed);
        let mut changed = round.clone();
        change(&mut changed, before, &mut StdRng::seed_from_u64(seed as u64 ^ 0xC0FF_EE00));
        let after = Published::of(&changed, (constants == Constants::HeldFixed).then_some(before));
        seen.extend(before.first_difference(&after).map(|difference| format!("round {seed}: {difference}")));
        for (leak, count) in leaks.iter().zip(&mut seen_through) {
            let (before, after) = (before.with(&leak.of(round, before)), after.with(&leak.of(&changed, &after)));
            *count += usize::from(before.first_difference(&after).is_some());
        }
    }
    (seen, seen_through)
}

/// The change shows nowhere; and it shows with each of the leaks.
fn hidden_but_seen_through(change: Change, leaks: &[Leak]) {
    hidden_but_seen_through_with(Constants::HeldFixed, change, leaks);
}

fn hidden_but_seen_through_with(constants: Constants, change: Change, leaks: &[Leak]) {
    let (seen, seen_through) = shows(change, leaks, constants);
    assert!(seen.is_empty(), "seen in {} of {SEEDS} rounds: {}", seen.len(), seen[0]);
    for (leak, count) in leaks.iter().zip(seen_through) {
        assert!(count > 0, "{leak:?} was planted and nobody noticed");
    }
}

#[test]
fn exchanging_the_answers_to_a_statement_within_a_block_changes_no_byte() {
    hidden_but_seen_through(changes::exchange_answers_within_blocks, &[Leak::StandardDeviation, Leak::CountInAFileSize]);
}

#[test]
fn exchanging_everything_that_people_of_a_block_said_changes_no_byte_and_no_constant() {
    hidden_but_seen_through_with(
        Constants::MadeAnew,
        changes::exchange_everything_said_within_blocks,
        &[Leak::DifferencesBetweenStandingGroups, Leak::SumOfThoseWhoCountOneLevelUp],
    );
}

#[test]
fn exchanging_who_of_a_group_answered_changes_no_byte() {
    hidden_but_seen_through(changes::exchange_who_answered, &[Leak::Receipts]);
}

#[test]
fn exchanging_who_chose_to_count_one_level_up_changes_no_byte() {
    hidden_but_seen_through(changes::exchange_who_counts_one_level_up, &[Leak::Receipts]);
}

#[test]
fn dealing_the_choice_of_level_out_anew_within_a_block_changes_no_byte() {
    hidden_but_seen_through(changes::deal_levels_within_blocks, &[Leak::SumOfThoseWhoCountOneLevelUp]);
}

#[test]
fn moving_a_sum_within_its_cell_changes_no_byte() {
    hidden_but_seen_through(
        changes::move_sums_within_cells,
        &[Leak::UnroundedMean, Leak::StandardDeviation, Leak::MeanOfAWithheldStatement],
    );
}

#[test]
fn exchanging_comments_that_are_shown_together_changes_no_byte() {
    hidden_but_seen_through(changes::exchange_comments_within_pools, &[Leak::CommentsInTheirOrder, Leak::CommentsBesideAnswers]);
}

#[test]
fn the_order_of_arrival_changes_no_byte() {
    hidden_but_seen_through(changes::permute_arrival, &[Leak::ArrivalOrder, Leak::LiveCount, Leak::CommentsInTheirOrder]);
}

#[test]
fn what_may_be_seen_is_seen() {
    // Without this the tests above could pass on artefacts that say nothing at all.
    let (seen, _) = shows(changes::everybody_of_the_first_block_answers_the_highest, &[], Constants::HeldFixed);
    assert!(seen.len() > SEEDS / 2, "seen in {} of {SEEDS} rounds", seen.len());
}

#[test]
fn some_rounds_have_constants_of_the_organisation_combined_groups_comments_and_answers_counted_one_level_up() {
    let published: Vec<&Published> = (0..SEEDS).map(|seed| &unchanged(seed).1).collect();
    let groups = |block: &Block| block.members.iter().filter(|member| matches!(member, Member::Group(_))).count();
    assert!(published.iter().any(|round| round.org.constants.is_some()) && published.iter().any(|round| round.org.constants.is_none()));
    let upward = |block: &Block| block.members.iter().any(|member| matches!(member, Member::Upward(_)));
    assert!(published.iter().any(|round| round.org.constants.is_some() && round.base.blocks.iter().any(upward)));
    assert!(published.iter().any(|round| round.pools().any(|(_, pool)| pool.blocks.len() > 1)));
    assert!(published.iter().any(|round| round.is_read_by_hr_and_a_leader("data-role=\"comment\"")));
    assert!(published.iter().any(|round| round.base.blocks.iter().any(|block| groups(block) > 1)));
    assert!(published.iter().any(|round| round.base.blocks.iter().any(|block| groups(block) == 0)));
}
