//! From a staff list back to the file it could have come from.

use super::{Column, Person, Roster};

/// Writes a staff list in the form that [`parse_csv`](super::parse_csv) reads: every column under its documented name, people in the order of their ids,
/// commas, UTF-8 with a byte order mark, lines ended as RFC 4180 has them.
///
/// Reading it again gives the same list, so nothing is put before a field that a spreadsheet would take for a formula: [`Roster::looks_like_formulas`] says
/// whether there is one. The mark is there because Excel takes a file without one for another encoding.
#[must_use]
pub fn write_csv(roster: &Roster) -> Vec<u8> {
    let mut file = b"\xEF\xBB\xBF".to_vec();
    push_line(&mut file, Column::ALL.map(Column::name));
    for person in roster.people.values() {
        let leaders: Vec<&str> = leaders_of(roster, person).iter().map(|leader| leader.as_str()).collect();
        push_line(
            &mut file,
            [
                person.id.as_str(),
                &person.name,
                &person.mail,
                person.team.as_ref().map_or("", |team| team.as_str()),
                &leaders.join("|"),
                person.language.as_str(),
                if person.by_card() { "card" } else { "mail" },
            ],
        );
    }
    file
}

impl Roster {
    /// Whether a spreadsheet that opens [`write_csv`]'s file could take a field for a formula.
    #[must_use]
    pub fn looks_like_formulas(&self) -> bool {
        let like = |text: &str| text.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let of_person = |person: &Person| like(person.id.as_str()) || like(&person.name) || like(&person.mail);
        self.people.values().any(of_person) || self.teams.keys().any(|team| like(team.as_str()))
    }
}

fn leaders_of<'a>(roster: &'a Roster, person: &Person) -> &'a [crate::ids::PersonId] {
    person.team.as_ref().and_then(|team| roster.teams.get(team)).map_or(&[], Vec::as_slice)
}

/// Every field stands in quotation marks, so that no content can be taken for a separator.
fn push_line<const N: usize>(file: &mut Vec<u8>, fields: [&str; N]) {
    for (place, field) in fields.into_iter().enumerate() {
        if place > 0 {
            file.push(b',');
        }
        file.push(b'"');
        file.extend(field.replace('"', "\"\"").bytes());
        file.push(b'"');
    }
    file.extend(b"\r\n");
}
