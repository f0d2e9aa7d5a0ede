//! From a ballot to the answers in it: with what is left once the box key is destroyed, or with the key.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::HEXLOWER;
use domain::GroupId;
use protocol::{BallotNonce, SealedBallot, ballot_info};
use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::attacks::{Guess, Guesses};
use crate::carving::{Carver, NEEDLE};
use crate::evidence::{LOOKS, Moved};
use crate::round::Played;
use crate::scoring::{Matching, Score, score_group};

/// Which rows ballots hold, as far as somebody can read them: group and place among the shuffled rows of the group, by the ballots' numbers.
pub(crate) type Readable = BTreeMap<[u8; 32], (usize, usize)>;

impl Played {
    /// What anybody reads who has the ballots and no key: whatever a ballot shows unsealed.
    pub(crate) fn readable_without_the_key(&self) -> Readable {
        self.readable(|_, ballot| ballot.ct.get(32..ballot.ct.len() - 16).map(<[u8]>::to_vec))
    }

    /// What somebody reads who kept the box key (A2).
    pub(crate) fn readable_with_the_key(&self) -> Readable {
        self.readable(|nonce, ballot| {
            let info = ballot_info(&self.manifest, GroupId(ballot.group));
            let sealed = SealedBallot::try_from(ballot.ct.as_slice()).unwrap();
            Some(self.box_key.open(&info, &BallotNonce(*nonce), &sealed).ok()?.as_slice().to_vec())
        })
    }

    fn readable(&self, open: impl Fn(&[u8; 32], &crate::evidence::StoredBallot) -> Option<Vec<u8>>) -> Readable {
        let rows =
            self.rows.iter().enumerate().flat_map(|(group, rows)| rows.iter().enumerate().map(move |(row, found)| (group, row, found)));
        let by_bytes: BTreeMap<Vec<u8>, (usize, usize)> =
            rows.map(|(group, row, found)| (found.ballot().encode().unwrap().as_slice().to_vec(), (group, row))).collect();
        let ballots = self.evidence.ballots();
        let read = ballots.iter().filter_map(|(nonce, ballot)| Some((*nonce, *by_bytes.get(&open(nonce, ballot)?)?)));
        read.collect()
    }

    /// Whoever looks at every page each second names the second, among some, in which somebody answered: that in which the most moved.
    pub(crate) fn score_of_seconds(&self, moved: fn(&Moved) -> usize) -> Score {
        let moment = |(looks, answered): (&[Moved; LOOKS], &usize)| {
            let most = looks.iter().map(moved).max();
            let candidates: Vec<usize> = (0..LOOKS).filter(|look| Some(moved(&looks[*look])) == most).collect();
            let hits = if candidates.contains(answered) { 1.0 / share(candidates.len()) } else { 0.0 };
            // Where all looks are alike there is nothing to go by.
            Score { people: 1, hits, expected: 1.0 / share(LOOKS), led: u32::from(candidates.len() < LOOKS) }
        };
        self.evidence.seconds.iter().zip(&self.answered).map(moment).fold(Score::default(), Score::plus)
    }

    /// Of how many ballots some bytes are still to be found once the result is published: in files, dumps, logs, mails, and pages.
    pub(crate) fn score_of_leftovers(&self) -> Score {
        let ballots = self.evidence.ballots();
        let pieces: Vec<(usize, &[u8])> = ballots
            .values()
            .enumerate()
            .flat_map(|(number, ballot)| {
                let pieces = [&ballot.nonce[..], &ballot.mac[..], &ballot.ct[..], &ballot.ct[2_000..], &ballot.ct[4_100..]];
                pieces.map(|piece| (number, &piece[..NEEDLE]))
            })
            .collect();
        let as_text: Vec<String> = pieces.iter().map(|(_, piece)| HEXLOWER.encode(piece)).collect();
        let carver = Carver::of(pieces.iter().map(|(_, piece)| *piece).chain(as_text.iter().map(String::as_bytes)));
        let evidence = &self.evidence;
        let mut everything: Vec<&[u8]> = evidence.published.files.iter().map(|file| file.bytes.as_slice()).collect();
        everything.extend([evidence.application_log.as_slice(), evidence.access_log.as_bytes()]);
        everything.extend(evidence.mails.iter().map(Vec::as_slice));
        everything.extend(evidence.polled.iter().map(|change| change.bytes.as_slice()));
        let found = everything.into_iter().flat_map(|bytes| carver.order_in(bytes)).map(|place| pieces[place % pieces.len()].0);
        let people = u32::try_from(ballots.len()).unwrap();
        let found = found.collect::<BTreeSet<_>>().len();
        // Nobody finds by chance what is not there.
        Score { people, hits: share(found), expected: 0.0, led: u32::try_from(found).unwrap() }
    }

    /// All but one of each group put their answers together: what is left is the last one's. True by definition, and written down all the same.
    pub(crate) fn score_of_colluders(&self, seed: u64) -> Score {
        let mut random = StdRng::seed_from_u64(seed);
        (0..self.rows.len()).fold(Score::default(), |sum, group| {
            let people: Vec<usize> = self.truth.keys().copied().filter(|place| self.people[*place].group == group).collect();
            let last = people.last().copied();
            let told = self.truth.iter().filter(|(place, _)| Some(**place) != last).map(|(place, row)| (*place, *row)).collect();
            sum.plus(score_group(&people, last.as_slice(), &self.truth, &told, &mut random))
        })
    }

    /// Holds what an attack says against the truth, as far as the attacker can read. A ballot that they cannot read is no lead: what follows is chance.
    pub(crate) fn score(&self, said: &Guesses, readable: &Readable, seed: u64) -> Score {
        self.score_over(|_| true, said, readable, seed)
    }

    /// The same over those alone whom the operator's front aimed at.
    pub(crate) fn score_of_targets(&self, said: &Guesses, readable: &Readable, seed: u64) -> Score {
        self.score_over(|place| self.targets.contains(place), said, readable, seed)
    }

    fn score_over(&self, counts: impl Fn(&usize) -> bool, said: &Guesses, readable: &Readable, seed: u64) -> Score {
        let mut random = StdRng::seed_from_u64(seed);
        let row = |place: &usize, guess: &Guess| match guess {
            Guess::Row(row) => Some(*row),
            Guess::Ballot(nonce) => readable.get(nonce).filter(|(group, _)| *group == self.people[*place].group).map(|(_, row)| *row),
        };
        let guesses: Matching = said.iter().filter_map(|(place, guess)| Some((*place, row(place, guess)?))).collect();
        (0..self.rows.len()).fold(Score::default(), |sum, group| {
            let people: Vec<usize> = self.truth.keys().copied().filter(|place| self.people[*place].group == group).collect();
            let counted: Vec<usize> = people.iter().copied().filter(&counts).collect();
            sum.plus(score_group(&people, &counted, &self.truth, &guesses, &mut random))
        })
    }
}

fn share(parts: usize) -> f64 {
    f64::from(u32::try_from(parts).unwrap())
}
