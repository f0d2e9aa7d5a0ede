//! Numbers that other software (R, numpy with scipy) computes from the same rows; see `data/README.md`.

#![allow(clippy::unwrap_used, clippy::panic)]

mod agreement;
mod reliability;
mod scores;
mod survey;
