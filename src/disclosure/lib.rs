//! Disclosure control: which answers are reported together, how coarsely, and nothing else.
//!
//! Standing groups before the launch, blocks after the close, coarsened cells at the opening. Suppress on counts, coarsen on
//! answers: whether something is shown depends on counts and ids only, never on what people answered.

pub mod base;

pub use base::{Base, Block, BlockId, ItemRule, Member, PublishedCell};
