//! Accounts as use cases: which passwords are taken, one-time links, the second factor. Nothing here knows HTTP.

pub mod link;
pub mod passwords;
pub mod second_factor;
