//! What is about PostgreSQL alone, whatever the engine of this run.

mod schemas;
mod structure;
