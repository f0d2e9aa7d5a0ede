//! Acknowledged means on disk: the real server is killed under load, its disk fills up, its system calls are watched.
//!
//! What `kill -9` of the server proves: nothing that a client was told lives only in the process. It does not prove that the data would
//! outlive a power cut, because the kernel still holds what a killed process wrote; for that `order` watches that every answer leaves after
//! the flush to the disk. `kill -9` of PostgreSQL proves the same for the server and its write-ahead log together.
//!
//! Copies are killed in the making, and in being put back: what was acknowledged is in the stores or in a copy that says that it is whole.
//!
//! `DURABILITY_KILLS` sets how often the server (6), a backup and a restore (4 each) are killed, `DURABILITY_SEED` when (1).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

mod audit;
mod copies;
mod disk_full;
mod kills;
#[path = "../load/mod.rs"]
mod load;
mod order;
