//! The key holder outside the operator: everything that they do, on a machine of their own and without a network.
//!
//! The order of a round is the order of the modules: [`key`] makes the keys, [`locked`] and [`share`] keep them, [`printed`] is the paper
//! about it, [`sheet`] reads and countersigns what people will be promised, [`test_ballot`] shows that the key opens, [`result`] opens all
//! answers at the end and signs what came out, [`published`] is what a stranger checks afterwards. [`record`] remembers what was signed and opened, so that nothing is done twice in two ways;
//! [`folder`] keeps files and destroys them; [`commands`] is what a person types, and [`page`] the same in a browser of this machine.
//!
//! Nothing here knows a database, a network or the operator's program, so that it can run where the operator is not. Clock and randomness
//! come in as parameters everywhere but in [`commands`] and [`page`].

mod base64url;
pub mod commands;
mod dates;
mod field;
pub mod folder;
pub mod key;
pub mod locked;
pub mod page;
pub mod printed;
pub mod published;
pub mod record;
pub mod result;
pub mod share;
pub mod sheet;
pub mod test_ballot;

#[cfg(test)]
mod given;

pub use folder::Folder;
pub use key::{HolderKey, PublicHalf};
pub use locked::{LockedKey, Passphrase};
pub use published::{PublishedFile, PublishedRefused};
pub use record::Record;
pub use result::{OpeningRefused, SignedResult, open};
pub use share::{Scheme, Share, combine, split};
pub use sheet::{Sheet, SheetFile};
pub use test_ballot::TestBallot;
