//! Attacks on the real program, by everybody who could have something of a round; README.md beside this file says what is proved and what is not.
//!
//! | file | what it is |
//! |---|---|
//! | `people`, `world`, `round`, `course`, `client`, `front`, `flaws` | a round with the real program: who answers what, installations, the life of a round and what it does beside, devices, the operator's own front, what is broken on purpose |
//! | `evidence`, `sqlite`, `postgres`, `times`, `polling`, `carving` | what is kept of it, and how it is read |
//! | `attacks` | one file for each kind of adversary; they see the evidence and never the truth |
//! | `reading`, `scoring`, `table` | from a ballot to its answers, from guesses to hits and chance, and the closing table |
//!
//! The runs are `#[ignore]`d, because they need `candor-planted` and minutes: `tests/run.sh attack`. `ATTACK_WAVES` sets the rounds for each engine,
//! `ATTACK_SEED` chance, `ATTACK_BOUND` how many points above chance the upper end of an interval may lie.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

mod attacks;
mod carving;
mod client;
mod course;
mod evidence;
mod flaws;
mod front;
#[path = "../load/mod.rs"]
mod load;
mod people;
mod polling;
mod postgres;
mod reading;
mod round;
mod runs;
mod scoring;
mod sqlite;
mod table;
mod times;
mod world;
