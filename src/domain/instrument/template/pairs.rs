//! Which statements of a template belong together as said and lived.

use super::fields::{Field, Part, Reading};
use super::foundation::Foundation;
use super::items::{Found, Placed};
use super::{TemplateFault, id};
use crate::ids::ItemId;
use crate::instrument::{Item, Pair, Publish};

const PAIR: &[&str] = &["said", "lived"];

/// What the file builds on, and the sound ones among its own `[[pairs]]`.
pub(super) fn read_pairs(
    reading: &mut Reading,
    file: &Part<'_>,
    items: &[Field<Found<Placed, Item>>],
    foundation: &Foundation,
) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = foundation.pairs.clone();
    for (i, table) in file.tables(reading, "pairs").into_iter().enumerate() {
        let part = Part::open(reading, table.value, table.line, format!("pair number {}", i + 1), PAIR);
        let said = read_side(reading, &part, items, foundation.broken, "said", "name the item about what is said, for instance SAY1");
        let lived = read_side(reading, &part, items, foundation.broken, "lived", "name the item about what is done, for instance DO2");
        let (Some(said), Some(lived)) = (said, lived) else { continue };
        let pair = Pair { said, lived };
        if pair.said == pair.lived || pairs.iter().any(|other| pair == *other || (&pair.said, &pair.lived) == (&other.lived, &other.said)) {
            reading.report(
                table.line,
                &part.place,
                TemplateFault::PairTwice { said: pair.said.to_string(), lived: pair.lived.to_string() },
            );
        } else {
            pairs.push(pair);
        }
    }
    pairs
}

fn read_side(
    reading: &mut Reading,
    part: &Part<'_>,
    items: &[Field<Found<Placed, Item>>],
    broken: bool,
    key: &'static str,
    advice: &'static str,
) -> Option<ItemId> {
    let field = part.text(reading, key, advice)?;
    let item = id(reading, &part.place, field, ItemId::parse)?;
    let found = items.iter().filter_map(|field| field.value.whole.as_ref()).find(|found| found.id == item.value);
    let fault = match found {
        Some(found) if found.publish == Publish::Team => return Some(item.value),
        // Where the foundation is broken, the item may stand there.
        None if broken => return None,
        Some(_) => TemplateFault::PairNotInGroups { item: item.value.to_string() },
        None => TemplateFault::UnknownItem { item: item.value.to_string() },
    };
    reading.report(item.line, &part.place, fault);
    None
}
