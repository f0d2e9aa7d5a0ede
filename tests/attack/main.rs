//! Attacks on the real program, by everybody who could have something of a round; README.md beside this file says what is proved and what is not.
//!
//! | file | what it is |
//! |---|---|
//! | `people`, `world`, `round`, `course`, `client`, `front`, `flaws` | a round with the real program: who answers what, installations, the life of a round and what it does beside, devices, the operator's own front, what is broken on purpose |
//! | `evidence`, `sqlite`, `postgres`, `times`, `polling`, `carving` | what is kept of it, and how it is read |
//! | `attacks` | one file for each kind of adversary; they see the evidence and never the truth |
//! | `reading`, `scoring`, `kept`, `table` | from a ballot to its answers, from guesses to hits and chance, rounds played before, and the closing table |
//!
//! The runs are `#[ignore]`d, because they need `candor-planted` and minutes: `tests/run.sh attack`. `ATTACK_WAVES` sets the rounds for each engine,
//! `ATTACK_SEED` chance, `ATTACK_BOUND` how many points above chance the upper end of an interval may lie, `ATTACK_AT_ONCE` how many rounds of an engine
//! are played side by side, `ATTACK_KEEP` a folder for rounds that a later run need not play again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

mod attacks;
mod carving;
mod client;
mod course;
mod evidence;
mod flaws;
mod front;
mod kept;
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
