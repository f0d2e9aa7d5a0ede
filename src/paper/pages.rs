//! Which strip stands on which page.

use std::ops::Range;

use crate::items::Item;

/// Where a strip stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Placed {
    pub(crate) item: usize,
    pub(crate) top: f32,
    /// Whether it is the head of a table, said again.
    pub(crate) again: bool,
}

/// How far down a page a strip that rather begins a new one may stand.
const RATHER_BELOW: f32 = 0.33;

/// Puts strips on pages of this height.
pub(crate) fn paginate(items: &[Item], heads: &[Range<usize>], height: f32) -> Vec<Vec<Placed>> {
    let mut pages = Pages { items, heads, height, done: Vec::new(), page: Vec::new(), used: 0.0 };
    let mut at = 0;
    while at < items.len() {
        let end = at + items.iter().skip(at).take_while(|item| item.keeps_next).count() + 1;
        let chain = at..end.min(items.len());
        let needed: f32 = items.iter().take(chain.end).skip(at).map(|item| item.before + item.height).sum();
        let new_page = items.get(at).is_some_and(|item| item.rather_new_page) && pages.used > height * RATHER_BELOW;
        if !pages.page.is_empty() && (new_page || pages.used + needed > height) {
            pages.turn();
        }
        // What is longer than a page is cut between any two strips.
        chain.clone().for_each(|item| pages.put(item));
        at = chain.end;
    }
    if !pages.page.is_empty() || pages.done.is_empty() {
        pages.turn();
    }
    pages.done
}

struct Pages<'i> {
    items: &'i [Item],
    heads: &'i [Range<usize>],
    height: f32,
    done: Vec<Vec<Placed>>,
    page: Vec<Placed>,
    used: f32,
}

impl Pages<'_> {
    fn turn(&mut self) {
        self.done.push(std::mem::take(&mut self.page));
        self.used = 0.0;
    }

    fn put(&mut self, number: usize) {
        let Some(item) = self.items.get(number) else { return };
        if !self.page.is_empty() && self.used + item.before + item.height > self.height {
            self.turn();
        }
        if let (true, Some((table, false))) = (self.page.is_empty(), item.table) {
            let head = self.heads.get(table).cloned().unwrap_or_default();
            let room: f32 = self.items.iter().take(head.end).skip(head.start).map(|item| item.height).sum();
            // A head that leaves no room for rows is not said again.
            if head.end <= number && room < self.height / 2.0 {
                head.for_each(|item| self.place(item, true));
            }
        }
        self.place(number, false);
    }

    fn place(&mut self, number: usize, again: bool) {
        let Some(item) = self.items.get(number) else { return };
        let before = if self.page.is_empty() || again { 0.0 } else { item.before };
        self.page.push(Placed { item: number, top: self.used + before, again });
        self.used += before + item.height;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_strip_stands_once_in_order_and_within_its_page(
            strips in prop::collection::vec((0.0_f32..9.0, 1.0_f32..40.0, any::<bool>(), any::<bool>()), 0..60),
            height in 60.0_f32..200.0,
        ) {
            let items: Vec<Item> = strips
                .iter()
                .map(|&(before, height, keeps_next, rather_new_page)| Item { before, height, keeps_next, rather_new_page, ..Item::default() })
                .collect();
            let pages = paginate(&items, &[], height);
            let placed: Vec<Placed> = pages.iter().flatten().copied().collect();
            prop_assert_eq!(placed.iter().map(|placed| placed.item).collect::<Vec<_>>(), (0..items.len()).collect::<Vec<_>>());
            for page in &pages {
                let mut free_from = 0.0;
                for placed in page {
                    prop_assert!(placed.top >= free_from);
                    free_from = placed.top + items[placed.item].height;
                }
                prop_assert!(free_from <= height + 0.01);
            }
        }
    }

    fn strip(keeps_next: bool, table: Option<(usize, bool)>) -> Item {
        Item { height: 10.0, keeps_next, table, ..Item::default() }
    }

    #[test]
    fn the_head_of_a_table_is_said_again_on_every_page_and_a_heading_stays_with_what_follows() {
        let mut items = vec![strip(true, Some((0, true)))];
        items.extend((0..7).map(|_| strip(false, Some((0, false)))));
        items.extend([strip(true, None), strip(false, None)]);
        let pages = paginate(&items, std::slice::from_ref(&(0..1)), 40.0);
        let read: Vec<Vec<(usize, bool)>> =
            pages.iter().map(|page| page.iter().map(|placed| (placed.item, placed.again)).collect()).collect();
        assert_eq!(
            read,
            [
                vec![(0, false), (1, false), (2, false), (3, false)],
                vec![(0, true), (4, false), (5, false), (6, false)],
                vec![(0, true), (7, false), (8, false), (9, false)],
            ]
        );
    }
}
