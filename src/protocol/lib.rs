//! The ballot protocol: two locks between an answer and its author, and everything that both ends of the wire must agree on.
//!
//! Lock 1 is a blind credential ([`credential`]), lock 2 a sealed box ([`sealed`]). Around them stand what a wave promises
//! ([`manifest`], [`groups`]), what people hold in hand ([`secret`], [`link`], [`words`], [`receipt`]), what everybody can check
//! ([`board`]) and the exact bytes on the wire ([`wire`]). Pure: no database, no clock, no network, no file; randomness comes in
//! as a parameter.

pub mod ballot;
pub mod board;
pub mod bundle;
mod bytes;
mod cast;
pub mod code;
mod comment;
pub mod credential;
#[cfg(test)]
#[path = "tests/given/fixed_bytes.rs"]
mod fixed_bytes;
pub mod groups;
pub mod key_file;
pub mod link;
pub mod manifest;
pub mod notice;
pub mod passphrase;
mod randomness;
pub mod receipt;
pub mod respondent;
pub mod sealed;
pub mod secret;
mod signing;
pub mod trustee;
pub mod wire;
pub mod words;

pub use ballot::{Answer, Ballot, BallotBytes, BallotForm, BallotNonce, InvalidBallot, Level};
pub use board::{Board, BoardProblem, BoardSum};
pub use bundle::{Bundle, CastBallot};
pub use bytes::{InvalidBytes, Sha256Digest};
pub use comment::Comment;
pub use credential::{
    BallotMac, BlindedElement, BlindedHash, Blinding, CredentialKey, CredentialOutput, CredentialProblem, CredentialPublicKey, Evaluation,
    ballot_info,
};
pub use groups::{GroupList, GroupListProblem};
pub use key_file::{KeyFile, KeyFileProblem};
pub use manifest::{Audiences, CommentRule, FrozenManifest, InstrumentRef, Manifest, ManifestHash, ManifestProblem};
pub use notice::{Notice, NoticeProblem, NoticesKey, NoticesPublicKey, Says, SignedNotice};
pub use receipt::{BoardKey, BoardPublicKey, BoardSignature, Receipt, ReceiptLeaf};
pub use respondent::{OwnGroup, Prepared, Respondent, RespondentProblem};
pub use sealed::{BoxPublicKey, BoxSecretKey, SealedBallot};
pub use secret::{CodeProblem, LinkSecret, SecretHash, StatusHandle, UnsubscribeSecret};
pub use trustee::{TrusteeKey, TrusteePublicKey, TrusteeSignature, VouchProblem, Vouched};
