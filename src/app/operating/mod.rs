//! What operators need of a running process: whether it can work, a few numbers, and a log that tells on nobody.
//!
//! Nothing in this module may move because somebody answers: no count, no duration, no use of the machine. Reminders are counted
//! nowhere, because each of them stands for somebody who has not answered; neither are the repetitions of the respondents' transactions.

pub mod doctor;
pub mod health;
pub mod log;
pub mod log_head;
pub mod metrics;
pub mod recorded_settings;
pub mod servers;
mod vitals;

pub use vitals::{MailOutcome, Vitals, WorkerKind};
