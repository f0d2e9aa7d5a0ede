//! Names of groups: from the names of their teams, unique for a reader who does not see case or spacing.

use std::collections::HashSet;

use domain::TeamLabel;
use unicode_normalization::UnicodeNormalization;

/// How many teams a name spells out.
const SPELLED_OUT: usize = 3;

/// The name of a group of these teams: `A`, `A + B`, `A + B + C and 2 more teams`.
pub(super) fn joined(teams: &[TeamLabel]) -> String {
    let named: Vec<&str> = teams.iter().take(SPELLED_OUT).map(TeamLabel::as_str).collect();
    let name = named.join(" + ");
    match teams.len().saturating_sub(SPELLED_OUT) {
        0 => name,
        1 => format!("{name} and 1 more team"),
        more => format!("{name} and {more} more teams"),
    }
}

/// Whether a name was made of the names of these teams rather than given by a person; with or without a number behind it.
pub(super) fn is_derived(name: &str, teams: &[TeamLabel]) -> bool {
    let Some(behind) = name.strip_prefix(joined(teams).as_str()) else { return false };
    let number = behind.strip_prefix(" (").and_then(|behind| behind.strip_suffix(')'));
    behind.is_empty() || number.is_some_and(|number| number.parse::<u32>().is_ok())
}

/// A label as the frozen group list compares it (docs/protocol.md, "Group list"): NFKC, lower case, single spaces.
pub(super) fn normalised(label: &str) -> String {
    if label.is_ascii() {
        // NFKC leaves such a text as it is.
        return label.to_ascii_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let compatible: String = label.nfkc().collect();
    compatible.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The names given so far in one list.
#[derive(Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// Takes the name, or the name with the first free number behind it: `A (2)`.
    pub(super) fn take(&mut self, wanted: String) -> String {
        if self.0.insert(normalised(&wanted)) {
            return wanted;
        }
        let mut number = 2_u32;
        loop {
            let name = format!("{wanted} ({number})");
            if self.0.insert(normalised(&name)) {
                return name;
            }
            number = number.saturating_add(1);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn teams(labels: &[&str]) -> Vec<TeamLabel> {
        labels.iter().map(|label| TeamLabel::parse(label).unwrap()).collect()
    }

    #[test]
    fn a_long_name_spells_out_three_teams() {
        assert_eq!(joined(&teams(&["A"])), "A");
        assert_eq!(joined(&teams(&["A", "B", "C"])), "A + B + C");
        assert_eq!(joined(&teams(&["A", "B", "C", "D"])), "A + B + C and 1 more team");
        assert_eq!(joined(&teams(&["A", "B", "C", "D", "E"])), "A + B + C and 2 more teams");
    }

    #[test]
    fn a_name_made_of_teams_is_told_from_one_that_a_person_gave() {
        let teams = teams(&["A", "B"]);
        assert!(is_derived("A + B", &teams) && is_derived("A + B (2)", &teams));
        assert!(!is_derived("A + B (old)", &teams) && !is_derived("A", &teams) && !is_derived("The workshop", &teams));
    }

    #[test]
    fn a_name_that_only_looks_different_gets_a_number() {
        let mut names = Names::default();
        assert_eq!(names.take("Sales".into()), "Sales");
        assert_eq!(names.take("SALES".into()), "SALES (2)");
        assert_eq!(names.take("Ｓales".into()), "Ｓales (3)");
        assert_eq!(names.take("sales (2)".into()), "sales (2) (2)");
    }
}
