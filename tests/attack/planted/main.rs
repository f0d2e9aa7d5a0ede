//! The `candor` program with flaws on purpose, which `PLANTED_FLAW` chooses from. For the attacks of `tests/attack` and nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    candor::cli::run()
}
