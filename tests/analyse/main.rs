//! `candor analyse` as a person types it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod bad_inputs;
mod chosen_rows;
mod examples;
mod forms;
mod laws;
mod overview;
mod reference;
mod staff_list;
mod typed;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Runs the program in a folder; its exit code, what it said and what it complained of.
fn candor(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_candor"))
        .current_dir(folder)
        .args(arguments)
        .env_remove("CANDOR_CONFIG")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let [said, complained] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code().unwrap(), said, complained)
}

/// The words of a command line after `candor`; quotation marks may stand around a word, and no word has a space in it.
fn words(command: &str) -> Vec<&str> {
    command.split_whitespace().skip(1).map(|word| word.trim_matches('"')).collect()
}

/// Invented answers of 36 teams in four rounds, in the public domain.
fn invented() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/statistics/tests/data")
}
