//! The app: two HTTP listeners, the command line, the mail worker, the life cycle of a wave, the demo.
//!
//! What lives here joins the rooms below; what can be computed without a database, a network or a clock belongs into them.

pub mod accounts;
pub mod analyse;
pub mod cards;
pub mod cli;
pub mod config;
pub mod console;
pub mod copies;
pub mod demo;
pub mod error;
pub mod forecast;
pub mod installation;
pub mod laid_open;
pub mod lifecycle;
pub mod local_time;
pub mod mail;
pub mod operating;
pub mod respondents;
pub mod server;
pub mod simulate;
pub mod words;
pub mod worker;
mod wrap;
