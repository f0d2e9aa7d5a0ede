//! Copies of both databases and how they are put back.
//!
//! The two sides are copied into two files, so that two people can keep them: whoever holds one alone holds no more than whoever copies that database alone.
//! A copy holds no key that opens answers, because no database does. docs/operating.md says what is in a copy and what becomes of a round.

pub mod backup;
pub mod file;
pub mod fitting;
pub mod restore;

pub use backup::{Copied, back_up};
pub use restore::{Restored, check, restore};
