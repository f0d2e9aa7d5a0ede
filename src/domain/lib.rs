//! The vocabulary of Candor: ids, time, instruments, staff lists, re-organisations, groups, waves.
//!
//! Pure: no database, no network, no randomness, no cryptography. Everything above speaks these types, so that a
//! wave, a group or a moment means the same thing on the people side, on the ballot side and in a report.

pub mod groups;
pub mod ids;
pub mod instrument;
pub mod moment;
pub mod participation;
pub mod reorg;
pub mod roster;
pub mod text;
pub mod wave;

pub use groups::{GroupLeaf, Predecessor, SameShare, TeamEntry, UnitPath};
pub use ids::{DimensionId, GroupId, ItemId, Language, PersonId, QuestionId, TeamLabel, WaveId};
pub use moment::{Clock, Day, ManualClock, Moment, SystemClock};
pub use reorg::{DatedEvent, RecordedEvent, ReorgEvent, Reorganised};
pub use text::{InvalidText, PublicText};
pub use wave::{Gate, Schedule, WaveState};
