//! The end: all answers are opened at once, the result is computed and signed.
//!
//! Nothing but the finished result leaves: no answer, no row, no partial count. The computation is the one of `release::opening`, which the
//! operator's program uses where it holds the key itself.

use domain::wave::Pace;
use domain::{Moment, WaveId};
use protocol::board::BoardRoot;
use protocol::{Board, BoardSum, Bundle, FrozenManifest, ManifestHash, Sha256Digest, TrusteeSignature};
use release::Release;
use release::opening::{self, Check};
use serde::{Deserialize, Serialize};

use crate::base64url;
use crate::dates::InWords;
use crate::key::{HolderKey, KeyProblem, PublicHalf};
use crate::record::{Record, RecordProblem};

/// The value of [`SignedResult::format`].
pub(crate) const FORMAT: &str = "candor-opened/1";

/// A result with the key holder's signature over it and over what it was made of. It prints no number of the result.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedResult {
    pub(crate) format: String,
    /// The round.
    pub wave: WaveId,
    /// Hash of its promise sheet.
    pub manifest: ManifestHash,
    /// Root of the list of counted answers.
    pub root: BoardRoot,
    /// People invited, as that list says.
    pub invited: u32,
    /// Credentials issued.
    pub issued: u32,
    /// Answers counted.
    pub spent: u32,
    /// The result, byte for byte as it will be published.
    #[serde(with = "base64url")]
    pub release: Vec<u8>,
    /// What was checked at the opening. The signature does not cover it.
    pub checks: Vec<Check>,
    /// The key holder's signature.
    pub signature: TrusteeSignature,
}

impl std::fmt::Debug for SignedResult {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignedResult").field("wave", &self.wave).field("sha256", &self.sha256()).finish_non_exhaustive()
    }
}

/// Why nothing is opened.
#[derive(Debug, thiserror::Error)]
pub enum OpeningRefused {
    /// Not a bundle.
    #[error("this is not a bundle of sealed answers, or it arrived incomplete: {0}")]
    Bundle(serde_json::Error),
    /// Not a list of counted answers.
    #[error("this is not a list of counted answers: {0}")]
    Board(serde_json::Error),
    /// Of another round.
    #[error("the bundle is of round {found}, your key was made for round {own}")]
    OtherRound {
        /// The bundle's round.
        found: WaveId,
        /// The key's round.
        own: WaveId,
    },
    /// The bundle's list is not the one that everybody can read.
    #[error(
        "the list of counted answers in the bundle is not the one that everybody can read: {bundle} answers with the root {bundle_root} against \
         {public} with {public_root}. Somebody wants answers opened that are not the whole box. Nothing was opened"
    )]
    NotThePublicList {
        /// Answers in the bundle's list.
        bundle: u32,
        /// The bundle's root.
        bundle_root: BoardRoot,
        /// Answers in the public list.
        public: u32,
        /// The public root.
        public_root: BoardRoot,
    },
    /// Too early.
    #[error("objections to the list of counted answers are taken until {} at least: nothing is opened before", InWords(*.0))]
    TooEarly(Moment),
    /// Too late.
    #[error("the last date that people were promised was {}: their answers are to be destroyed unopened", InWords(*.0))]
    TooLate(Moment),
    /// What was done before forbids it.
    #[error(transparent)]
    Record(#[from] RecordProblem),
    /// The key is another one.
    #[error(transparent)]
    Key(#[from] KeyProblem),
    /// The bundle is not the whole box.
    #[error(
        "the bundle does not hold exactly the {counted} answers of the signed list: {missing} are missing, {elsewhere} others lie there instead or \
         besides, {twice} lie there twice. All answers are opened together, or none"
    )]
    NotTheWholeBox {
        /// Answers of the list.
        counted: usize,
        /// Answers of the list that are not there.
        missing: usize,
        /// Answers that are not on the list.
        elsewhere: usize,
        /// Answers that are there more than once.
        twice: usize,
    },
    /// What the opening itself refuses.
    #[error(transparent)]
    Opening(opening::OpeningRefused),
    /// The same answers gave another result before.
    #[error(
        "the same answers gave another result at the first opening ({0}): this program is of another version. Take the one of the first opening"
    )]
    OtherResult(Sha256Digest),
}

impl From<opening::OpeningRefused> for OpeningRefused {
    fn from(refused: opening::OpeningRefused) -> Self {
        match refused {
            opening::OpeningRefused::OtherBallots { counted, missing, elsewhere, twice } => {
                Self::NotTheWholeBox { counted, missing, elsewhere, twice }
            }
            other => Self::Opening(other),
        }
    }
}

/// What an opening is made of besides the key.
#[derive(Debug, Clone, Copy)]
pub struct SealedBox<'a> {
    /// The sealed answers with everything that they are checked against.
    pub bundle: &'a Bundle,
    /// The list of counted answers as the key holder fetched it from the survey page, like anybody can.
    pub public_list: &'a Board,
}

/// Opens all answers of a round, or none.
///
/// # Errors
/// [`OpeningRefused`] says why nothing was opened.
pub fn open(key: &HolderKey, own: &PublicHalf, record: &Record, given: SealedBox<'_>, now: Moment) -> Result<SignedResult, OpeningRefused> {
    let SealedBox { bundle, public_list } = given;
    key.require(own)?;
    let manifest = FrozenManifest::read(bundle.manifest.clone()).map_err(opening::OpeningRefused::from)?;
    let promised = manifest.manifest();
    if promised.wave != own.wave {
        return Err(OpeningRefused::OtherRound { found: promised.wave.clone(), own: own.wave.clone() });
    }
    let board = &bundle.board;
    if board != public_list {
        return Err(OpeningRefused::NotThePublicList {
            bundle: board.spent,
            bundle_root: board.root,
            public: public_list.spent,
            public_root: public_list.root,
        });
    }
    record.may_open(manifest.hash(), board.root)?;
    let schedule = &promised.schedule;
    if schedule.pace == Pace::Dates {
        // The earliest and the latest that the promised dates allow; when the round really closed only the operator knows.
        let earliest = schedule.opens(schedule.closes_at);
        let latest = schedule.extended_by(schedule.extension_days).unwrap_or_else(|_| schedule.clone());
        let latest = latest.aborts(latest.closes_at);
        if now < earliest {
            return Err(OpeningRefused::TooEarly(earliest));
        }
        if now >= latest {
            return Err(OpeningRefused::TooLate(latest));
        }
    }
    let opened = opening::open(bundle, key.sealed_box())?;
    if let Some(before) = record.opened
        && before.release != opened.sha256
    {
        return Err(OpeningRefused::OtherResult(before.release));
    }
    Ok(SignedResult {
        format: FORMAT.to_owned(),
        wave: promised.wave.clone(),
        manifest: manifest.hash(),
        root: board.root,
        invited: board.invited,
        issued: board.issued,
        spent: board.spent,
        signature: key.signing().sign_opening(board, &opened.release_bytes),
        release: opened.release_bytes,
        checks: opened.checks,
    })
}

/// Reads a bundle, ballot by ballot: its text, which is a third longer than what it says, never stands in memory as a whole.
///
/// # Errors
/// [`OpeningRefused::Bundle`] when the source cannot be read, or is none.
pub fn read_bundle(source: impl std::io::Read) -> Result<Bundle, OpeningRefused> {
    serde_json::from_reader(source).map_err(OpeningRefused::Bundle)
}

/// Reads a list of counted answers.
///
/// # Errors
/// [`OpeningRefused::Board`] when the bytes are none.
pub fn read_list(bytes: &[u8]) -> Result<Board, OpeningRefused> {
    serde_json::from_slice(bytes).map_err(OpeningRefused::Board)
}

/// Why a signed result is not published.
#[derive(Debug, thiserror::Error)]
pub enum ResultRefused {
    /// Not the JSON of a signed result.
    #[error("this is not a signed result: {0}")]
    Json(#[from] serde_json::Error),
    /// Written by another version.
    #[error("the signed result has the format {0:?}, this version knows only {FORMAT}")]
    Format(String),
    /// The promise sheet names nobody who could sign it.
    #[error("by the promise sheet of this round nobody outside the operator holds the key")]
    NoKeyHolder,
    /// It belongs elsewhere.
    #[error("the signed result belongs to another round or to another list of counted answers: its {0} differs")]
    Elsewhere(&'static str),
    /// The signature does not hold.
    #[error("the signature is not the key holder's over this result and these counted answers")]
    Signature(#[from] protocol::receipt::InvalidSignature),
}

impl SignedResult {
    /// A result as it is kept after its publication, where nobody keeps what was checked at its opening.
    #[must_use]
    pub fn published(manifest: &FrozenManifest, list: BoardSum, release: Vec<u8>, signature: TrusteeSignature) -> Self {
        let BoardSum { root, invited, issued, spent } = list;
        let (wave, manifest) = (manifest.manifest().wave.clone(), manifest.hash());
        Self { format: FORMAT.to_owned(), wave, manifest, root, invited, issued, spent, release, checks: Vec::new(), signature }
    }

    /// Reads a signed result; what it claims is checked by [`Self::verify`].
    ///
    /// # Errors
    /// [`ResultRefused::Json`] and [`ResultRefused::Format`].
    pub fn from_json(bytes: &[u8]) -> Result<Self, ResultRefused> {
        let result: Self = serde_json::from_slice(bytes)?;
        if result.format == FORMAT { Ok(result) } else { Err(ResultRefused::Format(result.format)) }
    }

    /// The bytes to hand to the operator.
    ///
    /// # Errors
    /// [`ResultRefused::Json`], which does not happen for these fields.
    pub fn to_json(&self) -> Result<Vec<u8>, ResultRefused> {
        Ok(serde_json::to_vec_pretty(self)?)
    }

    /// Hash of the result as it will be published.
    #[must_use]
    pub fn sha256(&self) -> Sha256Digest {
        Sha256Digest::of(&self.release)
    }

    /// Checks everything that can be checked without opening: whose result it is, of which answers, and the signature. Whether the result keeps the
    /// rules of disclosure is for [`release::check::check`].
    ///
    /// # Errors
    /// [`ResultRefused`] says what does not hold.
    pub fn verify(&self, manifest: &FrozenManifest, board: &Board) -> Result<Release, ResultRefused> {
        let key = manifest.manifest().trustee_key.ok_or(ResultRefused::NoKeyHolder)?;
        for (what, same) in [
            ("round", self.wave == manifest.manifest().wave && board.wave == self.wave),
            ("promise sheet", self.manifest == manifest.hash() && board.manifest == self.manifest),
            ("root", self.root == board.root),
            ("number of people", self.invited == board.invited),
            ("number of credentials", self.issued == board.issued),
            ("number of answers", self.spent == board.spent),
        ] {
            if !same {
                return Err(ResultRefused::Elsewhere(what));
            }
        }
        key.verify_opening(board, &self.release, &self.signature)?;
        Ok(serde_json::from_slice(&self.release)?)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use protocol::bundle::{self, NotWritten};
    use protocol::{BoardKey, CastBallot};
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;
    use crate::given::{ROUND, round};
    use crate::record::{Opened, Signed};

    fn at(text: &str) -> Moment {
        Moment::parse(text).unwrap()
    }

    /// After the objection window of the given round, before its last date.
    fn in_time() -> Moment {
        at("2026-11-20T08:00:00Z")
    }

    fn signed() -> Record {
        let made = at("2026-10-20T08:00:00Z");
        let signed = Signed { manifest: ROUND.manifest.hash(), nonce: ROUND.manifest.manifest().nonce, at: made };
        Record { signed: Some(signed), ..Record::of(&ROUND.public.wave, made) }
    }

    fn opens(bundle: &Bundle, public_list: &Board) -> Result<SignedResult, OpeningRefused> {
        open(&ROUND.key, &ROUND.public, &signed(), SealedBox { bundle, public_list }, in_time())
    }

    fn refused(change: impl FnOnce(&mut Bundle)) -> OpeningRefused {
        let mut bundle = ROUND.bundle.clone();
        change(&mut bundle);
        opens(&bundle, &bundle.board).unwrap_err()
    }

    #[test]
    fn all_answers_open_and_the_signed_result_stands_under_this_round_and_list_alone() {
        let result = opens(&ROUND.bundle, &ROUND.bundle.board).unwrap();
        assert_eq!(result.spent, 18);
        let result = SignedResult::from_json(&result.to_json().unwrap()).unwrap();
        let release = result.verify(&ROUND.manifest, &ROUND.bundle.board).unwrap();
        assert_eq!((release.counts.spent, release.counts.invalid), (18, 0));
        assert_eq!(serde_json::to_vec(&release).unwrap(), result.release);
        assert!(!result.checks.is_empty());

        let mut forged = result.clone();
        forged.release = String::from_utf8(forged.release).unwrap().replacen("\"spent\":18", "\"spent\":17", 1).into_bytes();
        assert!(matches!(forged.verify(&ROUND.manifest, &ROUND.bundle.board), Err(ResultRefused::Signature(_))));
        let other = round(2);
        assert!(matches!(result.verify(&other.manifest, &other.bundle.board), Err(ResultRefused::Elsewhere("promise sheet"))));
        let fewer = Board { spent: 17, ..ROUND.bundle.board.clone() };
        assert!(matches!(result.verify(&ROUND.manifest, &fewer), Err(ResultRefused::Elsewhere("number of answers"))));
        assert!(!format!("{result:?}").contains("release:"));
    }

    #[test]
    fn a_bundle_that_is_written_ballot_by_ballot_has_the_same_bytes_and_ends_only_where_all_counted_ballots_are_in_it() {
        let streamed = |ballots: Vec<Result<CastBallot, &'static str>>| {
            let mut bytes = Vec::new();
            bundle::write(&mut bytes, (&ROUND.bundle).into(), ballots.into_iter()).map(|()| bytes)
        };
        let all = || ROUND.bundle.ballots.iter().cloned().map(Ok).collect::<Vec<_>>();
        assert_eq!(streamed(all()).unwrap(), *ROUND.bundle.to_json().unwrap());
        let mut fewer = all();
        fewer.pop();
        assert!(matches!(streamed(fewer), Err(NotWritten::Count { counted: 18, found: 17 })));
        let mut broken = all();
        broken[3] = Err("the disk is gone");
        assert!(matches!(streamed(broken), Err(NotWritten::Ballots("the disk is gone"))));
        let mut too_small = [0_u8; 64];
        let full = bundle::write(&mut too_small[..], (&ROUND.bundle).into(), all().into_iter());
        assert!(matches!(full, Err(NotWritten::Place(_))));
    }

    #[test]
    fn opening_again_gives_the_same_bytes() {
        let first = opens(&ROUND.bundle, &ROUND.bundle.board).unwrap();
        let opened = Opened { root: first.root, release: first.sha256(), at: in_time() };
        let given = SealedBox { bundle: &ROUND.bundle, public_list: &ROUND.bundle.board };
        let again = open(&ROUND.key, &ROUND.public, &Record { opened: Some(opened), ..signed() }, given, in_time()).unwrap();
        assert_eq!(again, first);
        let other = Opened { release: Sha256Digest([0; 32]), ..opened };
        let differs = open(&ROUND.key, &ROUND.public, &Record { opened: Some(other), ..signed() }, given, in_time());
        assert!(matches!(differs, Err(OpeningRefused::OtherResult(_))));
    }

    #[test]
    fn one_persons_answer_picked_out_is_refused_however_it_is_dressed_up() {
        // Only the ballots are fewer.
        let one = |bundle: &mut Bundle| bundle.ballots.truncate(1);
        assert!(matches!(refused(one), OpeningRefused::NotTheWholeBox { missing: 17, .. }));
        // The list was shortened as well: its signature does not hold.
        let shortened = |bundle: &mut Bundle| {
            one(bundle);
            bundle.board.leaves = vec![bundle.ballots[0].leaf()];
            (bundle.board.spent, bundle.board.root) = (1, protocol::board::root_of(&bundle.board.leaves));
        };
        assert!(matches!(refused(shortened), OpeningRefused::Opening(opening::OpeningRefused::Board(_))));
        // The operator signs the shortened list, too: then it is not the one that everybody can read.
        let mut bundle = ROUND.bundle.clone();
        one(&mut bundle);
        bundle.issued = vec![1, 0, 0];
        let leaves = bundle.ballots.iter().map(CastBallot::leaf).collect();
        bundle.board = Board::close(&ROUND.board_key, &ROUND.manifest, 1, leaves).unwrap();
        assert!(matches!(opens(&bundle, &ROUND.bundle.board), Err(OpeningRefused::NotThePublicList { bundle: 1, public: 18, .. })));
        // And if that list were shown to everybody, one answer is too few to be shown, and the whole box cannot be opened any more.
        let alone = opens(&bundle, &bundle.board).unwrap();
        let release = alone.verify(&ROUND.manifest, &bundle.board).unwrap();
        assert!(release.base.blocks.is_empty() && release.org.constants.is_none() && release.comments.is_empty());
        let opened = Opened { root: alone.root, release: alone.sha256(), at: in_time() };
        let given = SealedBox { bundle: &ROUND.bundle, public_list: &ROUND.bundle.board };
        let all = open(&ROUND.key, &ROUND.public, &Record { opened: Some(opened), ..signed() }, given, in_time());
        assert!(matches!(all, Err(OpeningRefused::Record(RecordProblem::OpenedAnother { .. }))));
    }

    #[test]
    fn an_altered_bundle_is_refused_whatever_was_altered() {
        assert!(matches!(refused(|b| b.instrument.push(b' ')), OpeningRefused::Opening(opening::OpeningRefused::OtherInstrument { .. })));
        assert!(matches!(refused(|b| b.groups[0].invited += 1), OpeningRefused::Opening(opening::OpeningRefused::Groups(_))));
        assert!(matches!(refused(|b| b.issued.swap(0, 1)), OpeningRefused::Opening(_)));
        assert!(matches!(refused(|b| b.ballots[0].group.0 ^= 1), OpeningRefused::Opening(_)));
        assert!(matches!(refused(|b| b.ballots[3] = b.ballots[2].clone()), OpeningRefused::NotTheWholeBox { twice: 1, missing: 1, .. }));
        assert!(matches!(refused(|b| b.manifest.truncate(30)), OpeningRefused::Opening(opening::OpeningRefused::Manifest(_))));
        let cut = ROUND.bundle.to_json().unwrap();
        assert!(matches!(read_bundle(&cut[..cut.len() - 1]), Err(OpeningRefused::Bundle(_))));
        assert!(matches!(read_list(b"{}"), Err(OpeningRefused::Board(_))));
    }

    #[test]
    fn a_close_that_was_not_signed_with_the_rounds_key_is_refused() {
        let stranger = BoardKey::generate(&mut StdRng::seed_from_u64(3));
        let forged =
            |bundle: &mut Bundle| bundle.board = Board::close(&stranger, &ROUND.manifest, 20, bundle.board.leaves.clone()).unwrap();
        assert!(matches!(refused(forged), OpeningRefused::Opening(opening::OpeningRefused::Board(_))));
        assert!(matches!(refused(|b| b.board.signature.0[0] ^= 1), OpeningRefused::Opening(opening::OpeningRefused::Board(_))));
    }

    #[test]
    fn the_bundle_of_another_round_or_another_promise_or_the_key_of_another_holder_is_refused() {
        let other = round(2);
        let given = SealedBox { bundle: &other.bundle, public_list: &other.bundle.board };
        let promise = open(&ROUND.key, &ROUND.public, &signed(), given, in_time());
        assert!(matches!(promise, Err(OpeningRefused::Record(RecordProblem::OtherPromise { .. }))));
        let stranger = open(&other.key, &ROUND.public, &signed(), given, in_time());
        assert!(matches!(stranger, Err(OpeningRefused::Key(_))));
        let elsewhere = PublicHalf { wave: WaveId::parse("2027-q1").unwrap(), ..ROUND.public.clone() };
        let given = SealedBox { bundle: &ROUND.bundle, public_list: &ROUND.bundle.board };
        assert!(matches!(open(&ROUND.key, &elsewhere, &signed(), given, in_time()), Err(OpeningRefused::OtherRound { .. })));
        let unsigned = Record::of(&ROUND.public.wave, in_time());
        assert!(matches!(
            open(&ROUND.key, &ROUND.public, &unsigned, given, in_time()),
            Err(OpeningRefused::Record(RecordProblem::NothingSigned(_)))
        ));
    }

    #[test]
    fn nothing_is_opened_before_the_objections_end_or_after_the_last_promised_date() {
        let given = SealedBox { bundle: &ROUND.bundle, public_list: &ROUND.bundle.board };
        let at_moment = |text| open(&ROUND.key, &ROUND.public, &signed(), given, at(text));
        assert!(matches!(at_moment("2026-11-18T18:14:59Z"), Err(OpeningRefused::TooEarly(_))));
        assert!(at_moment("2026-11-18T18:15:00Z").is_ok());
        assert!(at_moment("2026-11-29T17:59:59Z").is_ok());
        assert!(matches!(at_moment("2026-11-29T18:00:00Z"), Err(OpeningRefused::TooLate(_))));
    }
}
