//! Load as it comes from people: a real `candor serve` process, complete submissions over HTTP, and a record of what was acknowledged.
//!
//! Shared by `benches/submit` and `tests/durability`. Nobody here ever assumes that something is stored; only a verified answer of the
//! server counts.
#![allow(dead_code, unused_imports, reason = "every user of this module takes a part of it")]

mod device;
mod driver;
mod scene;
mod server;

pub(crate) use device::{Device, Later, Tried};
pub(crate) use driver::{Driver, Ended, Ledger, Progress, Timing, Visit};
pub(crate) use scene::{Person, Scene, Stores};
pub(crate) use server::{Server, run};
