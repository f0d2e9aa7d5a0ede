//! What people see of a command: lines on the terminal, questions, how far something long is.

use std::io::{IsTerminal, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use indicatif::{HumanCount, ProgressBar, ProgressStyle};
use secrecy::SecretString;

use crate::lifecycle::progress::{Onlooker, Progress, Work};

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

/// Prints a line beside what goes to the standard output.
pub(crate) fn remark(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Says how far a long command is: a spinner and bars on a terminal, elsewhere one line per piece of work.
#[derive(Clone)]
pub(crate) struct Meter {
    bar: ProgressBar,
    /// What was said last where there is no terminal.
    said: Arc<Mutex<Option<(Work, usize)>>>,
}

impl Meter {
    /// Begins with a spinner.
    pub(crate) fn begin(what: &str) -> Self {
        let bar = if std::io::stderr().is_terminal() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        bar.set_message(what.to_owned());
        bar.enable_steady_tick(Duration::from_millis(120));
        Self { bar, said: Arc::default() }
    }

    /// Takes in how far the use cases are.
    pub(crate) fn onlooker(&self) -> Onlooker {
        let meter = self.clone();
        Arc::new(move |progress| meter.show(progress))
    }

    /// Prints a line for the person above whatever is shown.
    pub(crate) fn line(&self, text: &str) {
        self.bar.suspend(|| line(text));
    }

    /// Takes everything away that was shown.
    pub(crate) fn end(&self) {
        self.bar.finish_and_clear();
    }

    fn show(&self, progress: Progress) {
        let Progress { work, done, of } = progress;
        let begun = self.said.lock().unwrap_or_else(PoisonError::into_inner).replace((work, of)) != Some((work, of));
        if self.bar.is_hidden() {
            if begun {
                let people = if of == 0 { String::new() } else { format!(" of {} people", HumanCount(of as u64)) };
                let _ = writeln!(std::io::stderr(), "{work}{people} …");
            }
            return;
        }
        if begun {
            let template = if of == 0 { "{msg} … {spinner}" } else { "{msg} … {human_pos} of {human_len} {bar:30}" };
            if let Ok(style) = ProgressStyle::with_template(template) {
                self.bar.set_style(style);
            }
            self.bar.set_length(of as u64);
            self.bar.set_message(work.to_string());
        }
        self.bar.set_position(done as u64);
    }
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
