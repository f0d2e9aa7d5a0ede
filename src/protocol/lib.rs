//! The ballot protocol: two locks between an answer and its author, and everything that both ends of the wire must agree on.
//!
//! Lock 1 is a blind credential ([`credential`]), lock 2 a sealed box ([`sealed`]). Around them stand what a wave promises
//! ([`manifest`], [`groups`]), what people hold in hand ([`secret`], [`words`], [`receipt`]), what everybody can check
//! ([`board`]) and the exact bytes on the wire ([`wire`]). Pure: no database, no clock, no network, no file; randomness comes in
//! as a parameter.

mod bytes;
pub mod credential;
pub mod manifest;
pub mod receipt;
pub mod sealed;

pub use bytes::{InvalidBytes, Sha256Digest};
pub use credential::CredentialPublicKey;
pub use manifest::{
    Audiences, FrozenManifest, InstrumentRef, Manifest, ManifestHash, ManifestProblem,
};
pub use receipt::BoardPublicKey;
pub use sealed::BoxPublicKey;
