//! HTTP tests: the real application on real databases, spawned per test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bad_requests;
mod crash;
mod demo;
mod first_wave;
mod harness;
mod mail;
mod objections;
mod rounds;
mod visibility;
