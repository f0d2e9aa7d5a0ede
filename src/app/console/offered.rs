//! What the forms of accounts offer to choose, for whoever may read the staff list: who leads teams in it, and the teams that head a unit.

use domain::PersonId;
use domain::roster::Roster;

/// The choices, by today's staff list. Whoever types something else is checked all the same.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Offered {
    /// Ids of leaders, each with a name and a team to know them by.
    pub(super) leaders: Vec<(PersonId, String)>,
    /// Teams with other teams below them.
    pub(super) units: Vec<String>,
}

impl Offered {
    pub(super) fn of(roster: &Roster) -> Self {
        let tree = roster.tree();
        let mut leaders: Vec<(PersonId, String)> = Vec::new();
        for team in &tree {
            for leader in &team.leaders {
                if !leaders.iter().any(|(id, _)| *id == leader.id) {
                    leaders.push((leader.id.clone(), format!("{}, {}", leader.name, team.team)));
                }
            }
        }
        let heads = tree.iter().zip(tree.iter().skip(1)).filter(|(team, next)| next.depth > team.depth);
        Self { leaders, units: heads.map(|(team, _)| team.team.to_string()).collect() }
    }

    /// A person by name and team with the id; by the id alone where the list has no such leader, or nothing is offered.
    pub(super) fn named(&self, person: &PersonId) -> String {
        let known = self.leaders.iter().find(|(id, _)| id == person);
        known.map_or_else(|| person.to_string(), |(id, known)| format!("{known} ({id})"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use domain::Language;
    use domain::roster::parse_csv;

    use super::*;

    #[test]
    fn leaders_stand_once_with_name_and_team_and_units_are_teams_with_teams_below() {
        let csv = "person_id,name,mail,team,leaders,language\nb,Bea,b@example.org,,,en\na,Ann,a@example.org,Board,b,en\nx,Xi,x@example.org,Plant,a,en\ny,Yo,y@example.org,Shop,a,en\n";
        let roster = parse_csv("staff.csv", csv.as_bytes(), &Language::parse("en").unwrap()).unwrap().roster;
        let id = |id: &str| PersonId::parse(id).unwrap();
        let offered = Offered::of(&roster);
        assert_eq!(offered.leaders, [(id("b"), "Bea, Board".to_owned()), (id("a"), "Ann, Plant".to_owned())]);
        assert_eq!(offered.units, ["Board"]);
        assert_eq!((offered.named(&id("a")), offered.named(&id("x"))), ("Ann, Plant (a)".to_owned(), "x".to_owned()));
        assert_eq!(Offered::of(&Roster::default()), Offered::default());
    }
}
