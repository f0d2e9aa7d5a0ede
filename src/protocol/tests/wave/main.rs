//! One wave from its manifest to its board, with everything that must be refused on the way.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod board;
mod bundle;
mod exchange;
#[path = "../given/mod.rs"]
mod given;
mod groups;
mod manifest;
mod notice;
