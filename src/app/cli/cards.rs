//! `candor cards`.

use cards::Paper;

use super::Failure;
use super::arguments::CardsArguments;
use super::terminal::say;
use crate::cards::{Wanted, make};
use crate::installation::Installation;

pub(super) fn run(installation: &Installation, arguments: &CardsArguments) -> Result<(), Failure> {
    let wanted = Wanted {
        wave: arguments.wave.clone(),
        names: arguments.names,
        groups: arguments.group.clone(),
        people: arguments.person.clone(),
        paper: if arguments.letter { Paper::Letter } else { Paper::A4 },
        out: arguments.out.clone(),
    };
    let made = make(installation, &wanted)?;
    let kind = if wanted.names { "with names" } else { "without names" };
    let cards: usize = made.heaps.iter().map(|(_, cards)| cards).sum();
    say!("{} of round {} {kind}: {}", counted(cards), made.wave, wanted.out.display());
    for (group, cards) in &made.heaps {
        say!("  {group}: {}", counted(*cards));
    }
    if !made.made_before.is_empty() {
        say!("Not in the file, because their cards were made before: {}.", made.made_before.join(", "));
    }
    if !made.replaced.is_empty() {
        let missing: Vec<String> = made.replaced.iter().map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
        say!("Warning: the font has no {}; a question mark is printed instead.", missing.join(", "));
    }
    for text in &made.shortened {
        say!("Warning: this did not fit and was cut short: {text}");
    }
    say!(
        "Whoever sees a code could answer with it: print the file, hand the cards out closed, and delete it. No code is kept anywhere else."
    );
    if wanted.names {
        say!("A lost card can be printed again: candor cards --names --person ID --out FILE.pdf");
    } else {
        say!("These cards cannot be made again while the round runs. Look at the printed sheets before you delete the file.");
    }
    Ok(())
}

fn counted(cards: usize) -> String {
    if cards == 1 { "1 card".to_owned() } else { format!("{cards} cards") }
}
