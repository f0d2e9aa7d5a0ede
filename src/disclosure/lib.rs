//! Disclosure control: which answers are reported together, how coarsely, and nothing else.
//!
//! Standing groups before the launch ([`standing`]), blocks after the close ([`plan`]), coarsened cells at the opening
//! ([`cells`]), pools of comments ([`comments`]), and a last look at the finished table ([`audit`]). Suppress on counts, coarsen on answers: whether something is
//! shown depends on counts and ids only, never on what people answered.

pub mod audit;
pub mod base;
pub mod cells;
pub mod comments;
pub mod leaders;
mod packing;
pub mod plan;
pub mod standing;
mod units;

pub use audit::{Checks, Violation};
pub use base::{Base, Block, BlockId, ItemRule, Member, PublishedCell};
pub use cells::{Cells, Coarsening, Infeasible, InvalidCoarsening};
pub use leaders::Leaders;
pub use plan::{GroupCount, Plan, PlanRefused, PlannedBlock, UpwardCount, plan};
