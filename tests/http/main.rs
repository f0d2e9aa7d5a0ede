//! HTTP tests: the real application on real databases, spawned per test.
//!
//! They run on SQLite, and with `TEST_ENGINE=postgres` on PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod access;
mod account_commands;
mod bad_requests;
mod behind_pages;
mod bounces;
mod bytes_on_disk;
mod canary;
mod cards;
mod comments;
mod compression;
mod copies;
mod crash;
mod demo;
mod demo_files;
mod demo_pages;
mod drafting;
mod exports;
mod exposed;
mod extension;
mod first_wave;
mod handing_over;
mod handing_over_pages;
mod harness;
mod headers;
mod laid_open;
mod mail;
mod notices;
mod objections;
mod openings;
mod operating;
mod participation;
mod place;
mod postfix;
mod postgres;
mod process;
mod program;
mod promise_log;
mod reorganisations;
mod rounds;
mod scanners;
mod sheet;
mod small_pages;
mod staff_list;
mod talkative_log;
mod team;
mod trustee;
mod trustee_pages;
mod two_workers;
mod unsound;
mod unsubscribe;
mod visibility;
