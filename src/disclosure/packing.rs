//! Packing small groups together: the largest with the smallest, until a bin is complete.

use std::collections::VecDeque;

/// The outcome of a packing: complete bins in the order in which they were made, and what was left over.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Packed<T> {
    /// Complete bins.
    pub(crate) bins: Vec<Vec<T>>,
    /// What did not fill a bin, largest first.
    pub(crate) remainder: Vec<T>,
}

/// Takes the largest thing left, adds the smallest left until `complete(total, largest)`, and begins again.
///
/// Ties in size are broken by `T`'s order, so the outcome does not depend on the order of the input. O(N log N).
pub(crate) fn pack<T: Ord>(things: Vec<T>, size: impl Fn(&T) -> u32, complete: impl Fn(u64, u32) -> bool) -> Packed<T> {
    let add = |(total, largest): (u64, u32), thing: &T| (total + u64::from(size(thing)), largest.max(size(thing)));
    pack_until(things, &size, (0, 0), add, |(total, largest)| complete(total, largest))
}

/// As [`pack`], with a bin's total of any kind: `empty` at first, grown by `add`.
pub(crate) fn pack_until<T: Ord, A: Copy>(
    mut things: Vec<T>,
    size: impl Fn(&T) -> u32,
    empty: A,
    add: impl Fn(A, &T) -> A,
    complete: impl Fn(A) -> bool,
) -> Packed<T> {
    things.sort_unstable_by(|a, b| size(b).cmp(&size(a)).then_with(|| a.cmp(b)));
    let mut left = VecDeque::from(things);
    let mut bins = Vec::new();
    while let Some(first) = left.pop_front() {
        let mut total = add(empty, &first);
        let mut bin = vec![first];
        while !complete(total) {
            let Some(next) = left.pop_back() else {
                return Packed { bins, remainder: bin };
            };
            total = add(total, &next);
            bin.push(next);
        }
        bins.push(bin);
    }
    Packed { bins, remainder: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_goes_with_the_smallest_and_the_rest_is_left_over() {
        let things = vec![(4, 'd'), (1, 'a'), (3, 'c'), (3, 'b'), (2, 'e')];
        let packed = pack(things, |thing| thing.0, |total, _| total >= 5);
        assert_eq!(packed.bins, [vec![(4, 'd'), (1, 'a')], vec![(3, 'b'), (2, 'e')]]);
        assert_eq!(packed.remainder, [(3, 'c')]);
    }

    #[test]
    fn nothing_packs_into_nothing() {
        assert_eq!(pack(Vec::<u32>::new(), |size| *size, |_, _| true), Packed { bins: vec![], remainder: vec![] });
    }
}
