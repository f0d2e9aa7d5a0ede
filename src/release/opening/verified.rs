//! What a wave claims, computed again from its parts, before any ballot is decrypted.

use std::num::NonZero;

use domain::GroupId;
use domain::instrument::Instrument;
use protocol::bundle::Papers;
use protocol::{BallotNonce, BoxSecretKey, CastBallot, FrozenManifest, GroupList, Sha256Digest};

use super::source::{BallotSource, shared_out};
use super::{Check, OpeningRefused};

/// The parts of a wave that hold together, and what they say about its ballots.
pub(super) struct Verified<'a> {
    pub(super) papers: Papers<'a>,
    pub(super) manifest: FrozenManifest,
    pub(super) instrument: Instrument,
    pub(super) groups: GroupList,
}

impl<'a> Verified<'a> {
    /// Checks keys, questionnaire, group list, board and the numbers of credentials: everything but the ballots.
    pub(super) fn of(papers: Papers<'a>, key: &BoxSecretKey) -> Result<Self, OpeningRefused> {
        let manifest = FrozenManifest::read(papers.manifest.to_vec())?;
        let promised = manifest.manifest();
        if key.public_key() != promised.box_key {
            return Err(OpeningRefused::OtherBoxKey);
        }
        if papers.credential_key.public_key() != promised.credential_key {
            return Err(OpeningRefused::OtherCredentialKey);
        }
        let (found, expected) = (Sha256Digest::of(papers.instrument), promised.instrument.sha256);
        if found != expected {
            return Err(OpeningRefused::OtherInstrument { found, expected });
        }
        let instrument: Instrument = serde_json::from_slice(papers.instrument).map_err(OpeningRefused::Instrument)?;
        if instrument.comments.is_empty() == promised.comments.is_some() {
            return Err(OpeningRefused::CommentsWithoutRule);
        }
        let groups = GroupList::freeze(papers.groups.to_vec())?;
        groups.check_against(promised)?;

        papers.board.verify(&manifest)?;
        if papers.issued.len() != groups.leaves().len() {
            return Err(OpeningRefused::IssuedList { found: papers.issued.len(), groups: groups.groups() });
        }
        let sum = papers.issued.iter().map(|issued| u64::from(*issued)).sum();
        if sum != u64::from(papers.board.issued) {
            return Err(OpeningRefused::IssuedTotal { sum, board: papers.board.issued });
        }
        Ok(Self { papers, manifest, instrument, groups })
    }

    /// Looks at every ballot once, without decrypting it.
    pub(super) fn count<S: BallotSource>(&self, ballots: &S, threads: NonZero<usize>) -> Result<Counted, S::Error> {
        let found = shared_out(ballots, threads, |found: &mut Found, ballot| {
            match self.place_on_the_board(ballot) {
                Some(place) => found.on_the_board.push(self.look_at(ballot, place)),
                None => found.elsewhere += 1,
            }
            Ok(())
        })?;
        let elsewhere = found.iter().map(|found| found.elsewhere).sum();
        let mut seen: Vec<Seen> = found.into_iter().flat_map(|found| found.on_the_board).collect();
        seen.sort_unstable_by_key(|seen| seen.place);
        self.check_ballots(&seen, elsewhere)?;
        self.check_balances(&seen)?;
        self.check_credentials(&seen)?;
        Ok(Counted { groups: seen.into_iter().map(|seen| seen.group).collect() })
    }

    /// Where a ballot stands on the board, which tells its number and its sealed answers from all others.
    fn place_on_the_board(&self, ballot: &CastBallot) -> Option<usize> {
        self.papers.board.leaves.binary_search(&ballot.leaf()).ok()
    }

    fn look_at(&self, ballot: &CastBallot, place: usize) -> Seen {
        let has_credential = ballot.has_credential(self.papers.credential_key, &self.manifest.hash());
        Seen { place, nonce: ballot.nonce, group: ballot.group, has_credential }
    }

    /// The ballots are exactly those of the board, and no number was spent twice.
    fn check_ballots(&self, seen: &[Seen], elsewhere: usize) -> Result<(), OpeningRefused> {
        let twice = seen.windows(2).filter(|pair| pair[0].place == pair[1].place).count();
        let missing = self.papers.board.leaves.len() - (seen.len() - twice);
        if (elsewhere, missing, twice) != (0, 0, 0) {
            return Err(OpeningRefused::OtherBallots { counted: self.papers.board.leaves.len(), elsewhere, missing, twice });
        }
        let mut numbers: Vec<BallotNonce> = seen.iter().map(|seen| seen.nonce).collect();
        numbers.sort_unstable();
        if numbers.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(OpeningRefused::SpentTwice);
        }
        Ok(())
    }

    /// In every group ballots <= credentials <= people.
    fn check_balances(&self, seen: &[Seen]) -> Result<(), OpeningRefused> {
        let mut spent = vec![0_u32; self.papers.issued.len()];
        for Seen { group: GroupId(group), .. } in seen {
            let place = usize::try_from(*group).ok().and_then(|place| spent.get_mut(place));
            *place.ok_or(OpeningRefused::UnknownGroup { group: *group, groups: self.groups.groups() })? += 1;
        }
        for (leaf, (spent, issued)) in self.groups.leaves().iter().zip(spent.into_iter().zip(self.papers.issued.iter().copied())) {
            if spent > issued || issued > leaf.invited {
                return Err(OpeningRefused::Balance { group: leaf.label.clone(), spent, issued, invited: leaf.invited });
            }
        }
        Ok(())
    }

    /// Every ballot carries a credential for its group.
    fn check_credentials(&self, seen: &[Seen]) -> Result<(), OpeningRefused> {
        let without = || seen.iter().filter(|seen| !seen.has_credential);
        let Some(first) = without().map(|seen| seen.group).min() else { return Ok(()) };
        let leaf = usize::try_from(first.0).ok().and_then(|place| self.groups.leaves().get(place));
        let group = leaf.map(|leaf| leaf.label.clone()).unwrap_or_default();
        Err(OpeningRefused::NoCredential { count: without().count(), group })
    }

    /// What was found, once the ballots were counted too.
    pub(super) fn checks(&self) -> Vec<Check> {
        let (promised, groups) = (self.manifest.manifest(), &self.groups);
        let ballots = self.papers.board.spent;
        vec![
            Check::new("The promise sheet, by its hash", self.manifest.hash().to_text()),
            Check::new("The keys", "box key and credential key are those of the promise sheet"),
            Check::new("The questionnaire", format!("{} {} as people saw it", promised.instrument.id, promised.instrument.version)),
            Check::new(
                "The groups, by the root of their list",
                format!("{} groups with different names, {} people in all, as frozen at the launch", groups.groups(), groups.invited()),
            ),
            Check::new(
                "The signed list of counted ballots",
                match ballots {
                    1 => "1 ballot, exactly the one in the box".to_owned(),
                    _ => format!("{ballots} ballots, exactly those in the box, none of them twice"),
                },
            ),
            Check::new("The balance of every group", "no more ballots than credentials, no more credentials than people"),
            Check::new("The credential of every ballot", "all valid"),
        ]
    }
}

/// What one thread found on its way through the box.
#[derive(Default)]
struct Found {
    on_the_board: Vec<Seen>,
    /// Ballots that the board does not know.
    elsewhere: usize,
}

/// What is kept of a ballot of the board.
struct Seen {
    place: usize,
    nonce: BallotNonce,
    group: GroupId,
    has_credential: bool,
}

/// The ballots that were found to hold: the only ones that may be decrypted.
pub(super) struct Counted {
    /// The group of each, in the order of the board.
    groups: Vec<GroupId>,
}

impl Counted {
    /// Where a ballot stands on the board, if it is one of these and counts in the same group.
    pub(super) fn place_of(&self, ballot: &CastBallot, verified: &Verified<'_>) -> Option<usize> {
        let place = verified.place_on_the_board(ballot)?;
        (self.groups.get(place) == Some(&ballot.group)).then_some(place)
    }

    /// Whether these places are those of all ballots, each once.
    pub(super) fn are_all(&self, mut places: Vec<usize>) -> bool {
        places.sort_unstable();
        places.into_iter().eq(0..self.groups.len())
    }
}
