//! Opened ballots in memory: the only place in the product where answers stand in the clear, but for the demo's page that shows what a key opens. They are never
//! written anywhere.

use std::num::NonZero;

use disclosure::Member;
use domain::instrument::Scale;
use domain::{GroupId, GroupLeaf, UnitPath};
use protocol::{Answer, Ballot, BallotForm, BoxSecretKey, CastBallot, Comment, Level, ballot_info};
use zeroize::Zeroizing;

use super::source::{BallotSource, shared_out};
use super::verified::{Counted, Verified};
use super::{OpeningRefused, TableRefused};

/// One valid ballot. Zeroized when dropped, and it prints nothing.
#[derive(Clone)]
pub(super) struct Row {
    /// The standing group of the credential.
    pub(super) group: GroupId,
    /// How far up the answers count.
    pub(super) level: Level,
    /// One byte per item in the instrument's order: the point from 1, or 0 for a missing answer (blank or "cannot say").
    answers: Zeroizing<Vec<u8>>,
    /// One comment per open question in the instrument's order; fewer count as none.
    comments: Vec<Comment>,
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
        Self { group, level: ballot.level, answers, comments: std::mem::take(&mut ballot.comments) }
    }

    /// The point of an item by its place in the instrument; `None` when it was not answered.
    pub(super) fn answer(&self, item: usize) -> Option<u8> {
        self.answers.get(item).copied().filter(|point| *point > 0)
    }

    /// What was written to an open question by its place in the instrument; empty for nothing.
    pub(super) fn comment(&self, question: usize) -> &str {
        self.comments.get(question).map_or("", Comment::as_str)
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
        Self { group: GroupId(group), level, answers: Zeroizing::new(answers.to_vec()), comments: Vec::new() }
    }

    #[cfg(test)]
    pub(super) fn comments(&self) -> &[Comment] {
        &self.comments
    }

    #[cfg(test)]
    pub(super) fn comments_mut(&mut self) -> &mut Vec<Comment> {
        &mut self.comments
    }

    #[cfg(test)]
    pub(super) fn answers_mut(&mut self) -> &mut [u8] {
        &mut self.answers
    }
}

/// Decrypts every ballot and gives the valid ones, in no particular order.
///
/// Only ballots that were counted are decrypted, and all of them: a source that gives others the second time is refused.
pub(super) fn opened<S: BallotSource>(
    verified: &Verified<'_>,
    counted: &Counted,
    ballots: &S,
    key: &BoxSecretKey,
    threads: NonZero<usize>,
) -> Result<Vec<Row>, S::Error> {
    let form = form(verified)?;
    let found = shared_out(ballots, threads, |found: &mut Found, ballot| {
        let place = counted.place_of(ballot, verified).ok_or(OpeningRefused::Changed)?;
        found.places.push(place);
        found.rows.extend(decrypted(ballot, verified, key, &form));
        Ok(())
    })?;
    let (mut rows, mut places) = (Vec::new(), Vec::new());
    for found in found {
        rows.extend(found.rows);
        places.extend(found.places);
    }
    if counted.are_all(places) { Ok(rows) } else { Err(OpeningRefused::Changed.into()) }
}

/// What one thread decrypted.
#[derive(Default)]
struct Found {
    /// Where its ballots stand on the board.
    places: Vec<usize>,
    /// The valid ones among them.
    rows: Vec<Row>,
}

/// A ballot that can be read; everything else comes from a faulty client.
fn decrypted(cast: &CastBallot, verified: &Verified<'_>, key: &BoxSecretKey, form: &BallotForm) -> Option<Row> {
    let bytes = key.open(&ballot_info(&verified.manifest.hash(), cast.group), &cast.nonce, &cast.ct).ok()?;
    let mut ballot = Ballot::decode(bytes.as_slice(), form).ok()?;
    Some(Row::of(cast.group, &mut ballot))
}

/// What a valid ballot of the wave looks like.
fn form(verified: &Verified<'_>) -> Result<BallotForm, OpeningRefused> {
    let instrument = &verified.instrument;
    let points = instrument.items.iter().map(|item| {
        let scale = instrument.scale_of(item);
        scale.map(Scale::points).ok_or_else(|| TableRefused::NoScale { item: item.id.clone() })
    });
    let longest = instrument.comments.iter().map(|question| question.longest).collect();
    Ok(BallotForm { points: points.collect::<Result<_, _>>()?, longest })
}

/// The unit in which a group stands; groups are numbered in list order.
fn unit_of(groups: &[GroupLeaf], group: GroupId) -> UnitPath {
    let leaf = usize::try_from(group.0).ok().and_then(|place| groups.get(place));
    leaf.map(|leaf| leaf.unit.clone()).unwrap_or_default()
}
