//! Which columns make a scale, and what every answer to them adds.

use super::PanelWave;
use crate::answers::count;
use crate::{NullVariance, Undefined, half_rule, reverse, score_parts};

/// One item of a scale.
///
/// **Analyse only.**
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PanelItem {
    /// Its column, from 0.
    pub column: usize,
    /// Whether a high answer speaks against what the scale measures.
    pub reversed: bool,
}

/// Items that together measure one thing, all answered on the same points.
///
/// **Analyse only.**
#[derive(Debug, Clone, PartialEq)]
pub struct PanelScale {
    points: u8,
    favourable: u8,
    without_agreement: NullVariance,
    items: Vec<PanelItem>,
}

impl PanelScale {
    /// A scale answered from 1 to `points`; answers of at least `favourable`, turned where the item is reversed, count as favourable (4 of
    /// 5, 5 of 7).
    ///
    /// # Errors
    /// [`Undefined::OutOfDomain`] below two points, for a favourable answer beyond the scale, and for so many items that their scores
    /// are not whole numbers below 2^32 (22 items of up to 18 points are few enough), see [`score_parts`].
    pub fn new(points: u8, favourable: u8, items: &[PanelItem]) -> Result<Self, Undefined> {
        let without_agreement = NullVariance::uniform(u32::from(points))?;
        Undefined::unless(
            (1..=points).contains(&favourable),
            "lowest favourable answer",
            f64::from(favourable),
            "the points of the scale",
        )?;
        parts(items.len(), points)?;
        Ok(Self { points, favourable, without_agreement, items: items.to_vec() })
    }

    /// The scale of the items that somebody answered.
    pub(super) fn asked(&self, wave: &PanelWave<'_>) -> Result<AskedScale, Undefined> {
        let mut items = Vec::with_capacity(self.items.len());
        for item in &self.items {
            Undefined::unless(item.column < wave.columns, "column of an item", count(item.column), "the columns of a row")?;
            if wave.answers.iter().skip(item.column).step_by(wave.columns).any(|answer| *answer > 0) {
                items.push(AskedItem { column: item.column, adds: self.adds(item.reversed) });
            }
        }
        let parts = parts(items.len(), self.points)?;
        let weight = |answered: u32| match usize::try_from(answered) {
            Ok(given) if half_rule(given, items.len()) => parts / answered,
            _ => 0,
        };
        let weights = (0..).take(items.len() + 1).map(weight).collect();
        Ok(AskedScale { without_agreement: self.without_agreement, parts, weights, items })
    }

    /// What every possible answer to an item adds.
    fn adds(&self, reversed: bool) -> Box<[Added; 256]> {
        let of = |answer: u8| {
            if answer == 0 {
                return Added::default();
            }
            let turned = if reversed { reverse(answer, self.points) } else { Ok(answer) };
            match turned {
                Ok(turned) if answer <= self.points => Added::answer(turned, turned >= self.favourable),
                _ => Added::OUTSIDE,
            }
        };
        Box::new(std::array::from_fn(|answer| u8::try_from(answer).map_or(Added::OUTSIDE, of)))
    }
}

/// Into how many parts a point of a scale with so many items is divided, so that every score is a whole number of them below 2^32.
fn parts(items: usize, points: u8) -> Result<u32, Undefined> {
    if items == 0 {
        return Ok(1);
    }
    let parts = score_parts(u32::try_from(items).unwrap_or(u32::MAX))?;
    let highest = f64::from(parts) * f64::from(points);
    Undefined::unless(highest < f64::from(u32::MAX), "highest score in parts", highest, "below 2^32: fewer items or points")?;
    Ok(parts)
}

/// A scale as it was asked in one wave.
pub(super) struct AskedScale {
    pub(super) without_agreement: NullVariance,
    /// Parts of a scale point in which scores are counted.
    pub(super) parts: u32,
    /// By how many items a person answered: what the sum of the answers is multiplied with to be the score in parts; 0 where there is
    /// none. One more than there are items.
    pub(super) weights: Vec<u32>,
    pub(super) items: Vec<AskedItem>,
}

pub(super) struct AskedItem {
    pub(super) column: usize,
    /// What every possible answer adds.
    pub(super) adds: Box<[Added; 256]>,
}

impl AskedScale {
    /// The first answer in a row that does not lie on the scale.
    pub(super) fn outside(&self, row: &[u8]) -> Option<u8> {
        self.items.iter().filter(|item| item.added(row).outside()).find_map(|item| row.get(item.column).copied())
    }
}

impl AskedItem {
    /// What the answer in this row adds.
    pub(super) fn added(&self, row: &[u8]) -> Added {
        let answer = row.get(self.column).copied().unwrap_or(0);
        self.adds.get(usize::from(answer)).copied().unwrap_or_default()
    }
}

/// Five sums in one word, so that an answer costs one look-up and one addition: how many answers, their sum, the sum of their squares,
/// how many are favourable, how many lie beyond the scale. There is room for [`Added::ROOM`] answers of any size.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Added(u64);

impl Added {
    /// So many answers fit: 255 answers of 255 points have the sum 65,025 and the sum of squares 16,581,375.
    pub(super) const ROOM: usize = 255;
    const OUTSIDE: Self = Self(1 << 56);

    const fn answer(turned: u8, favourable: bool) -> Self {
        let turned = turned as u64;
        Self(1 | turned << 8 | (turned * turned) << 24 | (favourable as u64) << 48)
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }

    pub(super) const fn answers(self) -> u32 {
        (self.0 & 0xff) as u32
    }

    pub(super) const fn sum(self) -> u32 {
        (self.0 >> 8 & 0xffff) as u32
    }

    pub(super) const fn squares(self) -> u32 {
        (self.0 >> 24 & 0xff_ffff) as u32
    }

    pub(super) const fn favourable(self) -> u32 {
        (self.0 >> 48 & 0xff) as u32
    }

    pub(super) const fn outside(self) -> bool {
        self.0 >> 56 != 0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn scores_of_up_to_22_items_are_whole_numbers_of_parts() {
        assert_eq!([0, 1, 2, 5, 22].map(|items| parts(items, 7).unwrap()), [1, 1, 2, 60, 232_792_560]);
        assert!(matches!(parts(23, 7), Err(Undefined::OutOfDomain { what: "items", .. })));
        assert!(parts(22, 18).is_ok() && parts(22, 19).is_err());
    }

    #[test]
    fn five_sums_fit_into_one_word_for_255_of_the_largest_answers() {
        let all = (0..Added::ROOM).fold(Added::default(), |all, _| all.and(Added::answer(255, true)));
        assert_eq!((all.answers(), all.sum(), all.squares(), all.favourable(), all.outside()), (255, 65_025, 16_581_375, 255, false));
        assert!(all.and(Added::OUTSIDE).outside());
    }

    #[test]
    fn what_is_no_scale_is_refused() {
        let item = PanelItem { column: 0, reversed: false };
        assert!(PanelScale::new(1, 1, &[item]).is_err());
        assert!(PanelScale::new(5, 6, &[item]).is_err() && PanelScale::new(5, 0, &[item]).is_err());
        assert!(PanelScale::new(5, 4, &[item; 23]).is_err());
        assert!(PanelScale::new(5, 4, &[]).is_ok(), "it has no score, and that is said where the score is asked for");
    }
}
