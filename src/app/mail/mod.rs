//! Mail: what people are sent, and how it leaves.
//!
//! `message` composes from plain facts, `round` takes them from a promise sheet, `letter` says what each kind of mail contains, `words` holds the texts per language.
//! `transport` sends over SMTP, writes files, or keeps mails in memory for the demo; `smtp` is a configured server, `dialogue` one connection
//! to it, `refusal` what its replies mean; `dkim` signs; `report` reads what comes back. Nothing in here knows the queue, the database or the clock: who gets a
//! mail and when is decided elsewhere.

mod dialogue;
pub mod dkim;
mod letter;
pub mod message;
mod outbox;
mod promise;
mod refusal;
pub mod report;
mod round;
mod smtp;
pub mod transport;
pub(crate) mod words;

pub use letter::{Passage, promises};

#[cfg(test)]
mod given;
