//! The opening of a wave and the reading of what it published.
//!
//! `document` is the frozen Release, `opening` makes it from sealed ballots, `reading` derives every number and word of every
//! page from Releases, manifests and group lists alone, `audit_file` writes what was published for others to check, `check` holds the
//! rules that every Release keeps. Pure: no database, no clock, no network.

pub mod audit_file;
pub mod check;
pub mod document;
pub mod opening;
pub mod reading;

// Documents of invented waves are made by the same code for the tests inside and beside this crate.
#[cfg(test)]
extern crate self as release;

pub use document::{
    Coefficient, CommentPool, Correlation, Counts, DimensionConstant, ItemConstant, ItemShares, KNOWN_FORMATS, NoCoefficient, Omega, Org,
    OrgConstants, Quality, RELEASE_FORMAT, Release, Signals,
};
