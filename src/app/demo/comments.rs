//! What the invented people of the demo write, each in their own language.

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

/// The one comment that names a person; HR hides it in the demo.
pub(super) const NAMES_A_PERSON: &str = "Ms Petrov interrupts everybody who disagrees. Somebody should tell her.";

/// What people say first and, some of them, what they add.
struct Sentences {
    first: &'static [&'static str],
    then: &'static [&'static str],
}

/// What helps to say openly what one thinks.
const HELPS: [Sentences; 2] = [
    Sentences {
        first: &[
            "It helps that questions are asked before decisions are made.",
            "Small meetings help.",
            "When the lead admits a mistake first, the rest is easy.",
            "Nobody laughs at a question any more.",
            "The weekly round in which everybody speaks once.",
            "Having time: under pressure nobody raises anything.",
            "That concerns are written down and come back next week.",
            "Honestly, not much at the moment.",
            "A colleague who says it first.",
        ],
        then: &["That should stay.", "More of that, please.", "It took a while.", "Not every week, though."],
    },
    Sentences {
        first: &[
            "Dass nachgefragt wird, bevor entschieden wird.",
            "Kleine Runden helfen.",
            "Wenn die Leitung selbst einen Fehler zugibt.",
            "Dass Bedenken aufgeschrieben werden und wieder auf den Tisch kommen.",
            "Zeit. Unter Druck sagt niemand etwas.",
            "Im Moment ehrlich gesagt wenig.",
        ],
        then: &["Das sollte so bleiben.", "Gern mehr davon.", "Leider nicht immer."],
    },
];

/// What should change first.
const CHANGE: [Sentences; 2] = [
    Sentences {
        first: &[
            "Fewer meetings, and an agenda for those that stay.",
            "Tell us what became of the last survey.",
            "Agreements should be written where everybody finds them.",
            "Handing over between the shifts needs ten minutes.",
            "Ask the people who do the work before changing the tools.",
            "Let us stop starting new things before the old ones are done.",
            "Somebody has to decide, and then it has to hold.",
        ],
        then: &["It costs us hours.", "We have said so before.", "That would already be enough."],
    },
    Sentences {
        first: &[
            "Weniger Sitzungen, und eine Tagesordnung für die übrigen.",
            "Sagen, was aus der letzten Befragung geworden ist.",
            "Absprachen so aufschreiben, dass alle sie finden.",
            "Zehn Minuten für die Übergabe zwischen den Schichten.",
            "Erst fragen, dann das Werkzeug wechseln.",
        ],
        then: &["Das kostet uns Stunden.", "Das wurde schon gesagt."],
    },
];

/// What somebody writes to the two open questions of the pulse; empty where they write nothing. The same seed gives the same texts.
pub(super) fn written(seed: u64, german: bool) -> Vec<String> {
    let mut chance = StdRng::seed_from_u64(seed);
    [&HELPS, &CHANGE]
        .map(|[english_sentences, german_sentences]| one(if german { german_sentences } else { english_sentences }, &mut chance))
        .to_vec()
}

fn one(sentences: &Sentences, chance: &mut StdRng) -> String {
    if !chance.random_bool(0.4) {
        return String::new();
    }
    let first = sentences.first.choose(chance).copied().unwrap_or_default();
    match sentences.then.choose(chance) {
        Some(then) if chance.random_bool(0.4) => format!("{first} {then}"),
        _ => first.to_owned(),
    }
}
