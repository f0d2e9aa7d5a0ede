//! Leaks that a careless version might have: each adds one small thing to what is published.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use domain::GroupId;
use protocol::Level;

use crate::artefacts::Published;
use crate::changes::point;
use crate::round::Round;

/// Something that must never be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Leak {
    /// The mean of an item in a block, to two digits, instead of its cell.
    UnroundedMean,
    /// The mean of the first item that is withheld in a block.
    MeanOfAWithheldStatement,
    /// How much the people of a block differ in their mean answer.
    StandardDeviation,
    /// How far the standing groups of a block differ in their mean answer.
    DifferencesBetweenStandingGroups,
    /// How many of each group had answered when half of all answers were in.
    LiveCount,
    /// The groups in the order in which their first answers came.
    ArrivalOrder,
    /// Nothing to read, but a page that is longer by a byte for everybody who answered on the upper side throughout.
    CountInAFileSize,
    /// The receipts of a group beside its result.
    Receipts,
    /// The comments of a block in the order in which they came.
    CommentsInTheirOrder,
    /// The comments of a block, sorted by how satisfied their authors are.
    CommentsBesideAnswers,
    /// What those answered who count one level up.
    SumOfThoseWhoCountOneLevelUp,
}

impl Leak {
    /// What a version with this leak would publish beside everything else.
    pub(crate) fn of(self, round: &Round, published: &Published) -> String {
        let mut text = String::new();
        let scores = |person: usize| round.filled(person).answers.iter().filter_map(|answer| point(*answer)).map(|point| point as f64);
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
        for block in &published.base.blocks {
            let mut people = round.in_block(block);
            // Only the leak itself may depend on the order.
            people.sort_unstable();
            let means: Vec<f64> = people.iter().map(|person| mean(&scores(*person).collect::<Vec<_>>())).collect();
            let _ = match self {
                Self::UnroundedMean => {
                    let first: Vec<f64> =
                        people.iter().filter_map(|person| point(round.filled(*person).answers[0])).map(|point| point as f64).collect();
                    writeln!(text, "{:.2}", mean(&first))
                }
                Self::MeanOfAWithheldStatement => {
                    let withheld = block.cells.iter().position(Option::is_none);
                    let answers =
                        withheld.map(|item| people.iter().filter_map(|person| point(round.filled(*person).answers[item])).sum::<u64>());
                    writeln!(text, "{answers:?}")
                }
                Self::StandardDeviation => {
                    let middle = mean(&means);
                    writeln!(text, "{:.2}", mean(&means.iter().map(|value| (value - middle).powi(2)).collect::<Vec<_>>()).sqrt())
                }
                Self::DifferencesBetweenStandingGroups => {
                    let mut groups: BTreeMap<GroupId, Vec<f64>> = BTreeMap::new();
                    for (person, mean) in people.iter().zip(&means) {
                        groups.entry(round.people[*person].group).or_default().push(*mean);
                    }
                    let middle = mean(&means);
                    let between = groups.values().map(|means| means.len() as f64 * (mean(means) - middle).powi(2));
                    writeln!(text, "{:.2}", between.sum::<f64>())
                }
                Self::LiveCount => {
                    let early = &round.arrival[..round.arrival.len() / 2];
                    writeln!(text, "{}", people.iter().filter(|person| early.contains(person)).count())
                }
                Self::ArrivalOrder => {
                    let first = round.arrival.iter().position(|person| people.contains(person));
                    writeln!(text, "{first:?}")
                }
                Self::CountInAFileSize => {
                    text.extend(people.iter().filter(|person| scores(**person).all(|point| point >= 4.0)).map(|_| ' '));
                    Ok(())
                }
                Self::Receipts => writeln!(text, "{people:?}"),
                Self::CommentsInTheirOrder => {
                    let came = round.arrival.iter().filter(|person| people.contains(person));
                    writeln!(text, "{:?}", came.map(|person| &round.filled(*person).comments).collect::<Vec<_>>())
                }
                Self::CommentsBesideAnswers => {
                    people.sort_by_key(|person| scores(*person).map(|point| point as u64).sum::<u64>());
                    writeln!(text, "{:?}", people.iter().map(|person| &round.filled(*person).comments).collect::<Vec<_>>())
                }
                Self::SumOfThoseWhoCountOneLevelUp => {
                    let upward = people.iter().filter(|person| round.filled(**person).level != Level::Group);
                    writeln!(text, "{}", upward.map(|person| scores(*person).sum::<f64>()).sum::<f64>())
                }
            };
        }
        text
    }
}
