//! Why an opening is refused, in words for whoever has to deal with it.

use protocol::groups::GroupListProblem;
use protocol::{BoardProblem, ManifestProblem, Sha256Digest};

use super::table::TableRefused;
use crate::check::ReleaseViolation;

/// What does not hold. Nothing may be published then; a bundle that was only copied badly can be opened again.
#[derive(Debug, thiserror::Error)]
pub enum OpeningRefused {
    /// The manifest cannot be read.
    #[error(transparent)]
    Manifest(#[from] ManifestProblem),
    /// The box key is not the manifest's.
    #[error("this box key does not belong to this round: take the key file that was made at its launch")]
    OtherBoxKey,
    /// The credential key is not the manifest's.
    #[error("the credential key in the bundle is not the one of the manifest: somebody exchanged it")]
    OtherCredentialKey,
    /// The instrument's bytes are not those that people were shown.
    #[error("the questionnaire in the bundle has the hash {found}, the manifest says {expected}: it is not the one that people answered")]
    OtherInstrument {
        /// Hash of the bundle's bytes.
        found: Sha256Digest,
        /// The manifest's hash.
        expected: Sha256Digest,
    },
    /// The instrument cannot be read.
    #[error("the questionnaire in the bundle cannot be read: {0}")]
    Instrument(serde_json::Error),
    /// Comments without a rule, or a rule without comments.
    #[error("the questionnaire asks for comments and the manifest does not say how they are shown, or the other way round")]
    CommentsWithoutRule,
    /// The group list does not hold, or is not the manifest's.
    #[error(transparent)]
    Groups(#[from] GroupListProblem),
    /// The board does not hold, or is not the manifest's.
    #[error(transparent)]
    Board(#[from] BoardProblem),
    /// The ballots are not those of the board.
    #[error(
        "the box does not hold the {counted} ballots of the signed board: {missing} of them are missing, {elsewhere} others lie there instead or \
         besides, {twice} lie there twice. Ballots were left out, changed or added after the box was shut"
    )]
    OtherBallots {
        /// Ballots on the board.
        counted: usize,
        /// Ballots in the box that are not on the board.
        elsewhere: usize,
        /// Ballots on the board that are not in the box.
        missing: usize,
        /// Ballots of the board that lie in the box more than once.
        twice: usize,
    },
    /// A ballot number stands twice among the ballots.
    #[error("two ballots carry the same number: one of them got past the check that every credential is spent once")]
    SpentTwice,
    /// A ballot of a group that does not exist.
    #[error("a ballot counts in group {group}, but there are only {groups} groups")]
    UnknownGroup {
        /// The group as the ballot names it.
        group: u32,
        /// Number of groups.
        groups: u32,
    },
    /// The list of issued credentials does not fit the group list.
    #[error("the bundle says for {found} groups how many credentials were issued, but there are {groups} groups")]
    IssuedList {
        /// Entries in the list.
        found: usize,
        /// Number of groups.
        groups: u32,
    },
    /// More ballots than credentials or more credentials than people in a group.
    #[error("group \"{group}\" does not balance: {spent} ballots, {issued} credentials, {invited} people; each must be at most the next")]
    Balance {
        /// The group's label.
        group: String,
        /// Ballots.
        spent: u32,
        /// Credentials issued.
        issued: u32,
        /// People invited.
        invited: u32,
    },
    /// The groups' credentials do not add up to the board's number.
    #[error("{sum} credentials were issued over all groups, but the signed board says {board}")]
    IssuedTotal {
        /// Sum over the groups.
        sum: u64,
        /// The board's number.
        board: u32,
    },
    /// Ballots without a valid credential.
    #[error(
        "{count} ballots carry no valid credential for their group, the first of them in group \"{group}\": they were changed in the box or put \
         into it past the server, so nothing may be published"
    )]
    NoCredential {
        /// How many.
        count: usize,
        /// Label of the first group, in list order, that holds one.
        group: String,
    },
    /// The ballots were not the same when they were read again.
    #[error("the ballots changed while they were being opened: somebody writes to the box, although it is shut")]
    Changed,
    /// No table can be made.
    #[error(transparent)]
    Table(#[from] TableRefused),
    /// The result breaks a rule that every Release keeps, of disclosure control above all.
    #[error("the result breaks a rule that protects people, so nothing may be published; please report this as a defect: {0}")]
    Unsafe(#[from] ReleaseViolation),
    /// More ballots were opened than were counted.
    #[error("more answers came out of the box than were counted; please report this as a defect")]
    BallotsLost,
    /// The Release cannot be written down.
    #[error("the result cannot be written as JSON; please report this as a defect: {0}")]
    Json(#[from] serde_json::Error),
}
