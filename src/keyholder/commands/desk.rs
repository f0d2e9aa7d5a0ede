//! Where a command speaks and asks.

use std::io::{BufRead, IsTerminal, Write};

use secrecy::SecretString;

use super::Failure;

/// A place where a person reads and types.
pub trait Desk {
    /// Says a line.
    fn say(&mut self, line: &str);

    /// Says how to go on, to somebody who types commands; a page shows its own ways.
    fn hint(&mut self, line: &str) {
        self.say(line);
    }

    /// Says what is wrong with what was typed, which is asked for once more.
    fn again(&mut self, problem: &str) {
        self.say(&format!("Not read: {problem}. Once more, please."));
    }

    /// Asks for a secret, which is not shown while it is typed.
    ///
    /// # Errors
    /// [`Failure::BadInput`] when nobody can be asked.
    fn secret(&mut self, question: &str) -> Result<SecretString, Failure>;

    /// Asks for a line.
    ///
    /// # Errors
    /// [`Failure::BadInput`] when nobody can be asked.
    fn answer(&mut self, question: &str) -> Result<String, Failure>;
}

/// The terminal of this process.
#[derive(Debug, Clone, Copy, Default)]
pub struct Terminal;

impl Desk for Terminal {
    fn say(&mut self, line: &str) {
        // A closed pipe is no reason to panic.
        let _ = writeln!(std::io::stdout(), "{line}");
    }

    fn secret(&mut self, question: &str) -> Result<SecretString, Failure> {
        require_terminal()?;
        rpassword::prompt_password(format!("{question}: ")).map(SecretString::from).map_err(|e| Failure::BadInput(e.to_string()))
    }

    fn answer(&mut self, question: &str) -> Result<String, Failure> {
        require_terminal()?;
        let _ = write!(std::io::stdout(), "{question}: ").and_then(|()| std::io::stdout().flush());
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).map_err(|e| Failure::BadInput(e.to_string()))?;
        Ok(line.trim().to_owned())
    }
}

fn require_terminal() -> Result<(), Failure> {
    if std::io::stdin().is_terminal() {
        return Ok(());
    }
    Err(Failure::BadInput("there is no terminal to ask on: give secrets as files, and --yes where a question would be asked".to_owned()))
}
