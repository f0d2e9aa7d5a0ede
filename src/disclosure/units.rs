//! The units of an organisation by number, so that climbing, comparing and joining them touches no text.

use std::collections::HashMap;

use domain::{TeamLabel, UnitPath};

/// The number of a unit in one [`Units`]. Numbers compare as the paths do: 0 is the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct UnitNo(usize);

impl UnitNo {
    /// The organisation as a whole.
    pub(crate) const ORGANISATION: Self = Self(0);

    /// The place of the unit in a list with one entry per unit.
    pub(crate) const fn place(self) -> usize {
        self.0
    }
}

/// A unit under construction: its label and the unit above, by place in the list of those added so far.
struct Added<'a> {
    label: &'a TeamLabel,
    above: usize,
}

/// Units as they come up, the unit above always before the one below; [`UnitsToBe::numbered`] puts them in order.
#[derive(Default)]
pub(crate) struct UnitsToBe<'a> {
    /// Without the organisation, which is place 0.
    added: Vec<Added<'a>>,
    by_path: HashMap<&'a [TeamLabel], usize>,
    /// What was asked for last: groups of one unit mostly stand side by side.
    last: Option<(&'a UnitPath, usize)>,
}

impl<'a> UnitsToBe<'a> {
    /// Adds a unit under another; each only once.
    pub(crate) fn add(&mut self, label: &'a TeamLabel, above: usize) -> usize {
        self.added.push(Added { label, above });
        self.added.len()
    }

    /// The unit at the end of a path, added with all above it where it is new.
    pub(crate) fn of_path(&mut self, path: &'a UnitPath) -> usize {
        if let Some((_, unit)) = self.last.filter(|(last, _)| *last == path) {
            return unit;
        }
        let labels = path.0.as_slice();
        let known = |length: usize| Some((length, *self.by_path.get(labels.get(..length)?)?));
        let (from, mut unit) = (1..=labels.len()).rev().find_map(known).unwrap_or((0, 0));
        for (length, label) in (1..).zip(labels).skip(from) {
            unit = self.add(label, unit);
            if let Some(path) = labels.get(..length) {
                self.by_path.insert(path, unit);
            }
        }
        self.last = Some((path, unit));
        unit
    }

    /// The units in the order of their paths, and the number of each by its place here.
    pub(crate) fn numbered(self) -> (Units<'a>, Vec<UnitNo>) {
        let mut below: Vec<Vec<usize>> = vec![Vec::new(); self.added.len() + 1];
        for (place, unit) in (1..).zip(&self.added) {
            if let Some(siblings) = below.get_mut(unit.above) {
                siblings.push(place);
            }
        }
        let mut numbers = vec![UnitNo::ORGANISATION; self.added.len() + 1];
        let mut nodes = vec![Node { label: None, above: UnitNo::ORGANISATION, depth: 0 }];
        // Paths compare label by label and a prefix comes first: that is the order of a walk that visits siblings by label.
        let mut open: Vec<usize> = vec![0];
        while let Some(place) = open.pop() {
            if let Some(unit) = place.checked_sub(1).and_then(|place| self.added.get(place)) {
                let above = numbers.get(unit.above).copied().unwrap_or(UnitNo::ORGANISATION);
                let depth = nodes.get(above.0).map_or(0, |node| node.depth) + 1;
                if let Some(number) = numbers.get_mut(place) {
                    *number = UnitNo(nodes.len());
                }
                nodes.push(Node { label: Some(unit.label), above, depth });
            }
            if let Some(siblings) = below.get_mut(place) {
                siblings.sort_unstable_by_key(|place| std::cmp::Reverse(self.added.get(*place - 1).map(|unit| unit.label)));
                open.append(siblings);
            }
        }
        (Units { nodes }, numbers)
    }
}

#[derive(Clone)]
struct Node<'a> {
    /// `None` for the organisation.
    label: Option<&'a TeamLabel>,
    above: UnitNo,
    /// How many steps below the organisation.
    depth: usize,
}

/// A numbered tree of units.
pub(crate) struct Units<'a> {
    nodes: Vec<Node<'a>>,
}

impl Units<'_> {
    /// How many units there are, the organisation included.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Every unit, the deepest first, the organisation last.
    pub(crate) fn deepest_first(&self) -> Vec<UnitNo> {
        let mut units: Vec<UnitNo> = (0..self.nodes.len()).map(UnitNo).collect();
        units.sort_by_key(|unit| std::cmp::Reverse(self.depth(*unit)));
        units
    }

    /// The unit above; `None` for the organisation.
    pub(crate) fn above(&self, unit: UnitNo) -> Option<UnitNo> {
        let node = self.nodes.get(unit.0)?;
        node.label.map(|_| node.above)
    }

    /// The deepest unit that contains all of these; the organisation for none.
    pub(crate) fn common(&self, units: impl IntoIterator<Item = UnitNo>) -> UnitNo {
        units.into_iter().reduce(|a, b| self.common_of_two(a, b)).unwrap_or(UnitNo::ORGANISATION)
    }

    fn common_of_two(&self, mut a: UnitNo, mut b: UnitNo) -> UnitNo {
        while a != b {
            let deeper = if self.depth(a) >= self.depth(b) { &mut a } else { &mut b };
            match self.above(*deeper) {
                Some(above) => *deeper = above,
                None => return UnitNo::ORGANISATION,
            }
        }
        a
    }

    /// The path of a unit.
    pub(crate) fn path(&self, unit: UnitNo) -> UnitPath {
        let mut labels = Vec::with_capacity(self.depth(unit));
        let mut open = Some(unit);
        while let Some(unit) = open {
            labels.extend(self.nodes.get(unit.0).and_then(|node| node.label).cloned());
            open = self.above(unit);
        }
        labels.reverse();
        UnitPath(labels)
    }

    fn depth(&self, unit: UnitNo) -> usize {
        self.nodes.get(unit.0).map_or(0, |node| node.depth)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    fn path() -> impl Strategy<Value = UnitPath> {
        proptest::collection::vec(prop_oneof![Just("A"), Just("B"), Just("Ba"), Just("C")], 0..=4)
            .prop_map(|path| UnitPath(path.into_iter().map(|label| TeamLabel::parse(label).unwrap()).collect()))
    }

    proptest! {
        #[test]
        fn numbers_compare_climb_and_join_as_the_paths_do(paths in proptest::collection::vec(path(), 1..=20)) {
            let mut to_be = UnitsToBe::default();
            let places: Vec<usize> = paths.iter().map(|path| to_be.of_path(path)).collect();
            let (units, numbers) = to_be.numbered();
            let of = |place: usize| numbers[places[place]];
            for (a, path) in paths.iter().enumerate() {
                prop_assert_eq!(&units.path(of(a)), path);
                prop_assert_eq!(units.above(of(a)).map(|above| units.path(above)), path.parent());
                for (b, other) in paths.iter().enumerate() {
                    prop_assert_eq!(of(a).cmp(&of(b)), path.cmp(other));
                    prop_assert_eq!(units.path(units.common([of(a), of(b)])), path.common(other));
                }
            }
            prop_assert!(units.deepest_first().is_sorted_by_key(|unit| std::cmp::Reverse(units.path(*unit).0.len())));
        }
    }
}
