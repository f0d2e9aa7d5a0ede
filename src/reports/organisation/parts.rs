//! Long lists of groups in parts.

use domain::UnitPath;
use release::reading::{BlockReport, Published};

use super::heading;
use crate::Words;
use crate::language::BrokenWords;

/// So many lines stand in one drawing and its table.
const MOST: usize = 30;

/// Which parts of a long list are shown.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shown {
    All,
    /// The part with this number, from 0.
    Part(usize),
}

impl Shown {
    /// The parts of a list that are shown, and the names of all.
    pub(super) fn of<'r, R>(
        self,
        words: &Words,
        rows: &'r [R],
        unit: impl Fn(&R) -> &UnitPath,
    ) -> Result<(Vec<&'r [R]>, Vec<String>), BrokenWords> {
        let parts = divided(rows, &unit);
        let ends =
            |part: &&[R]| part.first().zip(part.last()).map(|(first, last)| (heading(words, unit(first)), heading(words, unit(last))));
        let names = parts.iter().filter_map(ends).map(|(first, last)| words.first_to_last(&first, &last)).collect::<Result<Vec<_>, _>>()?;
        let shown = match self {
            Self::All => parts,
            Self::Part(number) => parts.get(number).or(parts.first()).copied().into_iter().collect(),
        };
        Ok((shown, names))
    }
}

/// The list in parts of at most [`MOST`] rows, which end with a unit unless that alone has more.
fn divided<R>(rows: &[R], unit: impl Fn(&R) -> &UnitPath) -> Vec<&[R]> {
    let mut parts: Vec<&[R]> = Vec::new();
    let mut rest = rows;
    while !rest.is_empty() {
        let mut length = 0;
        for run in rest.chunk_by(|a, b| unit(a) == unit(b)) {
            if length + run.len() > MOST {
                break;
            }
            length += run.len();
        }
        let (part, after) = rest.split_at(if length == 0 { MOST.min(rest.len()) } else { length });
        parts.push(part);
        rest = after;
    }
    parts
}

/// In the order of units and names.
pub(super) fn in_order(blocks: &mut [Published<BlockReport>]) {
    blocks.sort_by(|a, b| (&a.unit, &a.labels).cmp(&(&b.unit, &b.labels)));
}

/// The rows of one unit after another, each unit with its name.
pub(super) fn by_unit<R, T, E>(
    words: &Words,
    rows: &[R],
    unit: impl Fn(&R) -> &UnitPath,
    row: impl Fn(&R) -> Result<T, E>,
) -> Result<Vec<(String, Vec<T>)>, E> {
    let run = |run: &[R]| {
        let name = run.first().map(|first| heading(words, unit(first))).unwrap_or_default();
        Ok((name, run.iter().map(&row).collect::<Result<_, E>>()?))
    };
    rows.chunk_by(|a, b| unit(a) == unit(b)).map(run).collect()
}

/// Per row the name of its unit where the row is the unit's first.
pub(super) fn headings<R>(words: &Words, rows: &[R], unit: impl Fn(&R) -> &UnitPath) -> Vec<Option<String>> {
    let named = |run: &[R]| {
        let first = run.first().map(|first| heading(words, unit(first)));
        std::iter::once(first).chain(std::iter::repeat_n(None, run.len().saturating_sub(1))).collect::<Vec<_>>()
    };
    rows.chunk_by(|a, b| unit(a) == unit(b)).flat_map(named).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use domain::TeamLabel;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn parts_hold_every_row_once_in_order_and_end_with_a_unit_where_they_can(sizes in proptest::collection::vec(1_usize..70, 0..12)) {
            let unit = |number: usize| UnitPath(vec![TeamLabel::parse(&format!("U{number}")).unwrap()]);
            let rows: Vec<(usize, UnitPath)> = sizes.iter().enumerate().flat_map(|(n, &size)| (0..size).map(move |_| n)).map(|n| (n, unit(n))).collect();
            let parts = divided(&rows, |row| &row.1);
            prop_assert_eq!(&parts.concat(), &rows);
            prop_assert!(parts.iter().all(|part| (1..=MOST).contains(&part.len())));
            for pair in parts.windows(2) {
                let (last, first) = (pair[0].last().unwrap(), pair[1].first().unwrap());
                prop_assert!(last.0 != first.0 || sizes[last.0] > MOST, "a unit that would fit is divided");
            }
        }
    }
}
