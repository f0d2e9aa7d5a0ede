//! `candor doctor`.

use super::Failure;
use super::terminal::say;
use crate::installation::Installation;
use crate::operating::doctor::{self, ASK};

/// Says what weakens the promise here. Ends with 1 when something does, so that a script can ask.
pub(super) fn run(installation: &Installation) -> Result<(), Failure> {
    let diagnosis = doctor::examine(installation)?;
    for (number, weakness) in (1..).zip(&diagnosis.weaknesses) {
        say!("{number}. {} ({})", weakness.found, weakness.code);
        say!("   What it gives away: {}.", weakness.means);
        say!("   What to do: {}.\n", weakness.mend);
    }
    if !diagnosis.unseen.is_empty() {
        say!("Not visible to this program's role, so nothing is said about it: {}.\n", diagnosis.unseen.join(", "));
    }
    say!("What no program can see from here, so please ask:");
    for question in ASK {
        say!("- {question}");
    }
    match diagnosis.weaknesses.len() {
        0 => {
            say!("\nNothing that this program can see weakens the promise.");
            Ok(())
        }
        1 => Err(Failure::Refused("one thing weakens the promise".to_owned())),
        several => Err(Failure::Refused(format!("{several} things weaken the promise"))),
    }
}
