//! What the runs print.

use std::fmt::Write as _;

use crate::attacks::Expected;
use crate::scoring::Tally;

/// One line: an attack, or a flaw that an attack must find.
pub(crate) struct Line {
    pub(crate) engine: &'static str,
    pub(crate) by: &'static str,
    pub(crate) name: String,
    /// Whether the attacker had the box key.
    pub(crate) key: bool,
    pub(crate) tally: Tally,
    pub(crate) must: Must,
}

/// What a line must show.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Must {
    /// The upper end of the interval stays below so many points above chance.
    StayBelow(f64),
    /// So many points above chance.
    Win(f64),
    /// Nothing: it is written down.
    BeReported,
}

impl Must {
    pub(crate) const fn of(expected: Expected, bound: f64) -> Self {
        match expected {
            Expected::Chance => Self::StayBelow(bound),
            Expected::Reported => Self::BeReported,
        }
    }
}

impl Line {
    pub(crate) fn holds(&self) -> bool {
        let difference = self.tally.difference();
        match self.must {
            Must::StayBelow(bound) => difference.upper() < bound,
            Must::Win(points) => self.tally.total().people > 0 && difference.points > points,
            Must::BeReported => true,
        }
    }

    fn print(&self) -> String {
        let total = self.tally.total();
        let difference = self.tally.difference();
        let share = |hits: f64| 100.0 * hits / f64::from(total.people.max(1));
        let interval = if difference.half_width.is_finite() {
            format!("{:+.2} .. {:+.2}", difference.lower(), difference.upper())
        } else {
            "one round".to_owned()
        };
        let must = match self.must {
            Must::StayBelow(bound) => format!("upper end below {bound}"),
            Must::Win(points) => format!("wins by more than {points:.0}"),
            Must::BeReported => "reported".to_owned(),
        };
        let kept = if self.holds() { "" } else { "  <== DOES NOT HOLD" };
        format!(
            "{:<11}{:<9}{:<72}{:<9}{:>7}{:>9}{:>8.0}{:>9.2}{:>9.2}{:>8.2}  {interval:<18}  {must}{kept}",
            self.engine,
            self.by,
            self.name,
            if self.key { "box key" } else { "sealed" },
            self.tally.rounds(),
            total.people,
            total.hits,
            share(total.hits),
            share(total.expected),
            difference.points,
        )
    }
}

/// The closing table.
pub(crate) fn print(title: &str, lines: &[Line]) -> String {
    let mut text = format!(
        "\n{title}\n{:<11}{:<9}{:<72}{:<9}{:>7}{:>9}{:>8}{:>9}{:>9}{:>8}  95 % interval\n",
        "engine", "who", "attack", "ballots", "rounds", "people", "hits", "hits %", "chance %", "points"
    );
    for line in lines {
        writeln!(text, "{}", line.print()).unwrap();
    }
    text
}

/// The names of the lines that show something else than they must.
pub(crate) fn broken(lines: &[Line]) -> Vec<String> {
    lines.iter().filter(|line| !line.holds()).map(Line::print).collect()
}
