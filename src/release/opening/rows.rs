//! Opened ballots in memory: the only place in the product where answers stand in the clear. They are never written anywhere.

use disclosure::Member;
use domain::{GroupId, GroupLeaf, UnitPath};
use protocol::{Answer, Ballot, Level};
use zeroize::Zeroizing;

/// One valid ballot. Zeroized when dropped, and it prints nothing.
#[derive(Clone)]
pub(super) struct Row {
    /// The standing group of the credential.
    pub(super) group: GroupId,
    /// How far up the answers count.
    pub(super) level: Level,
    /// One byte per item in the instrument's order: the point from 1, or 0 for a missing answer (blank or "cannot say").
    answers: Zeroizing<Vec<u8>>,
}

impl Row {
    /// Takes the answers out of a ballot and overwrites them there.
    pub(super) fn of(group: GroupId, ballot: &mut Ballot) -> Self {
        let point = |answer: &Answer| match answer {
            Answer::Point(point) => *point,
            Answer::Blank | Answer::CannotSay => 0,
        };
        let answers = Zeroizing::new(ballot.answers.iter().map(point).collect());
        ballot.answers.fill(Answer::Blank);
        // Keeps the compiler from leaving out the line above, because nobody reads these answers any more.
        std::hint::black_box(&ballot.answers);
        Self { group, level: ballot.level, answers }
    }

    /// The point of an item by its place in the instrument; `None` when it was not answered.
    pub(super) fn answer(&self, item: usize) -> Option<u8> {
        self.answers.get(item).copied().filter(|point| *point > 0)
    }

    /// Where the answers count, in a wave with this group list.
    pub(super) fn member(&self, groups: &[GroupLeaf]) -> Member {
        match self.level {
            Level::Group => Member::Group(self.group),
            Level::Unit => Member::Upward(unit_of(groups, self.group)),
            Level::Organisation => Member::Upward(UnitPath::organisation()),
        }
    }

    #[cfg(test)]
    pub(super) fn new(group: u32, level: Level, answers: &[u8]) -> Self {
        Self { group: GroupId(group), level, answers: Zeroizing::new(answers.to_vec()) }
    }

    #[cfg(test)]
    pub(super) fn answers_mut(&mut self) -> &mut [u8] {
        &mut self.answers
    }
}

/// The unit in which a group stands; groups are numbered in list order.
fn unit_of(groups: &[GroupLeaf], group: GroupId) -> UnitPath {
    let leaf = usize::try_from(group.0).ok().and_then(|place| groups.get(place));
    leaf.map(|leaf| leaf.unit.clone()).unwrap_or_default()
}
