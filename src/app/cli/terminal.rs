//! What people see of a command: lines on the terminal, questions, a spinner while something long goes on.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use secrecy::SecretString;

/// Prints a line for the person.
macro_rules! say {
    ($($text:tt)*) => { $crate::cli::terminal::line(&format!($($text)*)) };
}
pub(crate) use say;

/// Prints one line to the standard output; a closed pipe is no reason to panic.
pub(crate) fn line(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Prints the reason of a failure.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "candor: {text}");
}

/// A spinner while something long goes on, when a terminal is attached.
pub(crate) fn spinner(what: &str) -> ProgressBar {
    let bar = if std::io::stderr().is_terminal() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
    bar.set_message(what.to_owned());
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

/// A bar of `length` parts, when a terminal is attached.
pub(crate) fn bar(what: &str, length: u64) -> ProgressBar {
    let bar = if std::io::stderr().is_terminal() { ProgressBar::new(length) } else { ProgressBar::hidden() };
    if let Ok(style) = ProgressStyle::with_template("{msg:32} {bar:32} {pos}/{len}") {
        bar.set_style(style);
    }
    bar.set_message(what.to_owned());
    bar
}

/// A secret from the variable `name`, or asked for on the terminal.
///
/// # Errors
/// When there is neither.
pub(crate) fn secret(name: &str, question: &str) -> Result<SecretString, String> {
    if let Ok(value) = std::env::var(name) {
        return Ok(value.into());
    }
    if !std::io::stdin().is_terminal() {
        return Err(format!("no terminal to ask on: set {name}"));
    }
    let typed = rpassword::prompt_password(format!("{question}: ")).map_err(|e| e.to_string())?;
    if typed.is_empty() { Err("nothing was typed".to_owned()) } else { Ok(typed.into()) }
}
