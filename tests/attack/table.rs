//! What the runs print.

use std::fmt::Write as _;

use crate::attacks::Expected;
use crate::scoring::Tally;

/// What stands in the place of a bound where the attacker had nothing to go by.
const NO_LEAD: &str = "no lead found: guessed";

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
    /// Where the attacker has a lead for anybody in any round, the upper end of the interval stays below so many points above chance. Where they have none, all
    /// hits are chance of the harness's own, and nothing can be held against it.
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
    /// Whether the attacker never had anything to go by. What nobody hits by guessing is not guessed.
    fn is_guessed(&self) -> bool {
        let total = self.tally.total();
        total.led == 0 && total.expected > 0.0
    }

    pub(crate) fn holds(&self) -> bool {
        let difference = self.tally.difference();
        match self.must {
            Must::StayBelow(bound) => self.is_guessed() || difference.upper() < bound,
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
            Must::StayBelow(_) | Must::BeReported if self.is_guessed() => NO_LEAD.to_owned(),
            Must::StayBelow(bound) => format!("upper end below {bound}"),
            Must::Win(points) => format!("wins by more than {points:.0}"),
            Must::BeReported => "reported".to_owned(),
        };
        let kept = if self.holds() { "" } else { "  <== DOES NOT HOLD" };
        format!(
            "{:<11}{:<9}{:<72}{:<9}{:>7}{:>9}{:>9}{:>9}{:>8.0}{:>9.2}{:>9.2}{:>8.2}  {interval:<18}  {must}{kept}",
            self.engine,
            self.by,
            self.name,
            if self.key { "box key" } else { "sealed" },
            self.tally.rounds(),
            total.people,
            total.led,
            self.tally.rounds_with_a_lead(),
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
        "\n{title}\n{:<11}{:<9}{:<72}{:<9}{:>7}{:>9}{:>9}{:>9}{:>8}{:>9}{:>9}{:>8}  95 % interval\n",
        "engine", "who", "attack", "ballots", "rounds", "people", "leads", "in", "hits", "hits %", "chance %", "points"
    );
    for line in lines {
        writeln!(text, "{}", line.print()).unwrap();
    }
    text + &in_words(lines)
}

/// How much of the table is evidence.
fn in_words(lines: &[Line]) -> String {
    let bound: Vec<&Line> = lines.iter().filter(|line| matches!(line.must, Must::StayBelow(_))).collect();
    let guessed = bound.iter().filter(|line| line.is_guessed()).count();
    if bound.is_empty() {
        return String::new();
    }
    format!(
        "leads: for how many people the attacker had something to go by; in: in how many rounds.\n\
         {} lines have a bound. In {} of them the attacker had a lead, and the bound was put to the test. In the other {guessed} no lead was found in any round: \n\
         their hits, percentages and intervals are the harness's own guessing. They show that nothing was found, and nothing else.\n",
        bound.len(),
        bound.len() - guessed,
    )
}

/// The names of the lines that show something else than they must.
pub(crate) fn broken(lines: &[Line]) -> Vec<String> {
    lines.iter().filter(|line| !line.holds()).map(Line::print).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::Score;

    fn line(must: Must, rounds: &[Score]) -> Line {
        let mut tally = Tally::default();
        rounds.iter().for_each(|round| tally.add(*round));
        Line { engine: "SQLite", by: "A1", name: "an attack".to_owned(), key: false, tally, must }
    }

    const fn round(hits: f64, led: u32) -> Score {
        Score { people: 100, hits, expected: 8.0, led }
    }

    #[test]
    fn what_nobody_had_a_lead_for_is_said_to_be_guessed_and_is_held_against_nobody() {
        let guessed = line(Must::StayBelow(5.0), &[round(30.0, 0), round(31.0, 0)]);
        assert!(guessed.holds());
        let text = print("a title", &[guessed, line(Must::StayBelow(5.0), &[round(8.0, 100), round(8.0, 100)])]);
        assert_eq!(text.matches(NO_LEAD).count(), 1, "{text}");
        assert!(text.contains("2 lines have a bound. In 1 of them the attacker had a lead"), "{text}");
    }

    #[test]
    fn one_lead_in_one_round_puts_the_bound_to_the_test() {
        assert!(!line(Must::StayBelow(5.0), &[round(30.0, 0), round(31.0, 1)]).holds());
        assert!(line(Must::StayBelow(5.0), &[round(8.0, 1), round(8.0, 0)]).holds());
        assert!(line(Must::StayBelow(5.0), &[round(1.0, 100), round(1.0, 100)]).holds(), "below chance is no finding");
        assert!(line(Must::Win(50.0), &[round(100.0, 100)]).holds() && !line(Must::Win(50.0), &[round(10.0, 100)]).holds());
    }
}
