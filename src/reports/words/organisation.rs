//! The sentences about all groups side by side.

use domain::{SameShare, UnitPath, WaveId};
use release::NoCoefficient;
use release::reading::{Continued, Event, FunnelPlace, Interval, MapCell, Quadrant, Sight};

use super::Said;
use crate::catalogue::{Filled, Fixed};
use crate::language::{BrokenWords, Words};

impl Words {
    /// One place of the map, for its table.
    pub(crate) fn map_cell(&self, cell: &MapCell) -> Said {
        match cell {
            MapCell::Estimate { interval, faint, .. } => {
                let range = self.range(interval)?;
                if *faint { self.fill(Filled::MapFaint, &[("range", range.into())]) } else { Ok(range) }
            }
            MapCell::Score(interval) => self.score_short(&Sight::Between(*interval)),
            MapCell::LikeAll => Ok(self.say(Fixed::MapLikeAll).to_owned()),
            MapCell::AtLeast(points) => self.score_short(&Sight::AtLeast(*points)),
            MapCell::AtMost(points) => self.score_short(&Sight::AtMost(*points)),
            MapCell::Hidden(reason) => self.score_short(&Sight::Hidden(*reason)),
        }
    }

    fn range(&self, interval: &Interval) -> Said {
        self.fill(Filled::Estimate, &[("low", interval.low.into()), ("high", interval.high.into())])
    }

    /// The title of a funnel.
    pub(crate) fn funnel_title(&self, dimension: &str) -> Said {
        self.fill(Filled::FunnelTitle, &[("dimension", dimension.into())])
    }

    /// The mean around which a funnel is drawn.
    pub(crate) fn funnel_mean(&self, mean: u8) -> Said {
        self.fill(Filled::FunnelMean, &[("mean", mean.into())])
    }

    /// Two limits.
    pub(crate) fn limits(&self, (low, high): (u8, u8)) -> Said {
        self.fill(Filled::ShortBetween, &[("low", low.into()), ("high", high.into())])
    }

    /// A band of people who answered, for a line of a table.
    pub(crate) fn people_short(&self, from: u32, to: Option<u32>) -> Said {
        match to {
            Some(to) => self.fill(Filled::ShortPeopleBetween, &[("from", from.into()), ("to", to.into())]),
            None => self.fill(Filled::ShortPeopleFrom, &[("from", from.into())]),
        }
    }

    /// Where a group lies beside the limits of its band.
    pub(crate) fn funnel_place(&self, place: FunnelPlace) -> &str {
        self.say(match place {
            FunnelPlace::Within => Fixed::FunnelWithin,
            FunnelPlace::Below => Fixed::FunnelBelow,
            FunnelPlace::Above => Fixed::FunnelAbove,
            FunnelPlace::FarBelow => Fixed::FunnelFarBelow,
            FunnelPlace::FarAbove => Fixed::FunnelFarAbove,
            FunnelPlace::CannotBeTold => Fixed::Untold,
        })
    }

    /// The title of the drawing of speaking up and standards.
    pub(crate) fn quadrant_title(&self, safety: &str, standards: &str) -> Said {
        self.fill(Filled::QuadrantTitle, &[("safety", safety.into()), ("standards", standards.into())])
    }

    /// The zone of a group, for a line of a table.
    pub(crate) fn quadrant_short(&self, quadrant: &Quadrant) -> Said {
        match *quadrant {
            Quadrant::In { zone } => Ok(self.zone(zone).to_owned()),
            Quadrant::Between { zones: [first, second] } => {
                self.fill(Filled::ZoneEither, &[("zone", self.zone(first).into()), ("other", self.zone(second).into())])
            }
            Quadrant::CannotBeTold => Ok(self.say(Fixed::Untold).to_owned()),
            Quadrant::NotSeen => Ok(self.say(Fixed::ShortHidden).to_owned()),
        }
    }

    /// How many people and groups the quality of a dimension rests on.
    pub(crate) fn quality_rests(&self, (from, to): (u32, Option<u32>), groups: u32) -> Said {
        let people = self.people_short(from, to)?;
        self.fill(Filled::QualityRests, &[("people", people.into()), ("groups", groups.into())])
    }

    /// A coefficient in hundredths, as a decimal number of the language.
    pub(crate) fn coefficient(&self, hundredths: i32) -> Said {
        let size = hundredths.unsigned_abs();
        let sign = if hundredths < 0 { "\u{2212}" } else { "" };
        let parts = [("sign", sign.into()), ("whole", (size / 100).into()), ("hundredths", format!("{:02}", size % 100).into())];
        self.fill(Filled::Coefficient, &parts)
    }

    /// Why there is no coefficient.
    pub(crate) fn no_coefficient(&self, reason: NoCoefficient) -> &str {
        self.say(match reason {
            NoCoefficient::TooFewItems => Fixed::CoefficientFewItems,
            NoCoefficient::TooFewGroups => Fixed::CoefficientFewGroups,
            NoCoefficient::NoSpread => Fixed::CoefficientNoSpread,
            NoCoefficient::NoDifferenceBetweenGroups => Fixed::CoefficientNoDifference,
            NoCoefficient::OutOfRange => Fixed::CoefficientOutOfRange,
        })
    }

    /// What happened to a group.
    pub(crate) fn events(&self, events: &[Event]) -> String {
        if events.is_empty() {
            return self.say(Fixed::EventNone).to_owned();
        }
        let event = |event: &Event| {
            self.say(match event {
                Event::New => Fixed::EventNew,
                Event::Merged => Fixed::EventMerged,
                Event::Split => Fixed::EventSplit,
                Event::Renamed => Fixed::EventRenamed,
                Event::Moved => Fixed::EventMoved,
            })
        };
        events.iter().map(event).collect::<Vec<_>>().join(", ")
    }

    /// A group by its name and, where it stood elsewhere, its unit.
    pub(crate) fn group_in(&self, label: &str, unit: &UnitPath) -> String {
        if unit.0.is_empty() { label.to_owned() } else { format!("{label} ({})", self.unit_name(unit)) }
    }

    /// A group that is continued, with how many of today's people were in it.
    pub(crate) fn continued(&self, of: &Continued) -> Said {
        let share = self.say(match of.same {
            SameShare::ThreeQuartersOrMore => Fixed::ShareThreeQuarters,
            SameShare::HalfToThreeQuarters => Fixed::ShareHalf,
            SameShare::QuarterToHalf => Fixed::ShareQuarter,
            SameShare::UnderQuarter => Fixed::ShareFew,
        });
        let group = self.group_in(&of.group.label, &of.group.unit);
        self.fill(Filled::Continued, &[("group", group.into()), ("share", share.into())])
    }

    /// How many groups are as they were.
    pub(crate) fn as_before(&self, count: usize) -> Said {
        self.fill(Filled::OriginsSame, &[("count", count.into())])
    }

    /// With which round a round is compared.
    pub(crate) fn since(&self, since: &WaveId) -> Said {
        self.fill(Filled::Since, &[("since", since.as_str().into())])
    }

    /// The title of a group's small drawings.
    pub(crate) fn multiples_title(&self, group: &str) -> Said {
        self.fill(Filled::MultiplesTitle, &[("group", group.into())])
    }

    /// A page of a list that is too long for one: its first unit, and its last.
    pub(crate) fn first_to_last(&self, first: &str, last: &str) -> Result<String, BrokenWords> {
        if first == last { Ok(first.to_owned()) } else { self.fill(Filled::FromTo, &[("first", first.into()), ("last", last.into())]) }
    }
}
