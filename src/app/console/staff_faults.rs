//! What is wrong with a line of a staff list and what to do about it, in the words of the console.

use domain::roster::{Column, RosterFault};

use crate::words::Saying;

/// How much of a field is repeated; the rest can be looked up in the file.
const REPEATED: usize = 600;

/// The beginning of what stands in the file.
fn short(text: &str) -> String {
    let beginning: String = text.chars().take(REPEATED).collect();
    if beginning.len() < text.len() { beginning + " …" } else { beginning }
}

/// The leaders of a team as the fault repeats them: quoted, or nobody.
fn leaders(written: &str) -> Saying {
    match written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(written) => Saying::key("in-quotes").and("text", short(written)),
        None => Saying::key("staff-none"),
    }
}

/// That the first line names none of the columns that a staff list needs; what it has instead.
pub(super) fn no_columns(found: &str) -> Saying {
    let needed: Vec<_> = Column::ALL.into_iter().filter(|column| column.is_required()).map(Column::name).collect();
    Saying::key("fault-no-columns").and("found", short(found)).and("columns", needed.join(", "))
}

/// A fault with its remedy, in one saying.
pub(super) fn said(fault: &RosterFault) -> Saying {
    use RosterFault as F;
    match fault {
        F::EmptyFile => Saying::key("fault-empty"),
        F::NoPeople => Saying::key("fault-no-people"),
        F::Utf16 => Saying::key("fault-utf16"),
        F::NotUtf8 { byte_in_line, .. } => Saying::key("fault-not-utf8").and("place", *byte_in_line),
        F::MissingColumn { column, found } => Saying::key("fault-missing-column").and("column", column.name()).and("found", short(found)),
        F::DoubledColumn { column, first, second } => {
            Saying::key("fault-doubled-column").and("column", column.name()).and("first", short(first)).and("second", short(second))
        }
        F::Ragged { found, expected } => Saying::key("fault-ragged").and("found", *found).and("expected", *expected),
        F::StrayQuote => Saying::key("fault-stray-quote"),
        F::OpenQuote => Saying::key("fault-open-quote"),
        F::MissingValue => Saying::key("fault-missing"),
        F::TooLong { found, limit } => Saying::key("fault-too-long").and("found", *found).and("limit", *limit),
        F::Invisible { character } => Saying::key("fault-invisible").and("character", format!("U+{:04X}", u32::from(*character))),
        F::BarInId => Saying::key("fault-bar"),
        F::DuplicateId { id, first_line } => Saying::key("fault-duplicate-id").and("id", short(id)).and("line", *first_line),
        F::DuplicateMail { mail, first_line } => Saying::key("fault-duplicate-mail").and("mail", short(mail)).and("line", *first_line),
        F::BadMail { mail, .. } => Saying::key("fault-bad-mail").and("mail", short(mail)),
        F::BadLanguage { given } => Saying::key("fault-bad-language").and("given", short(given)),
        F::BadInvitation { given } => Saying::key("fault-bad-invitation").and("given", short(given)),
        F::NoAddress => Saying::key("fault-no-address"),
        F::UnknownLeader { leader } => Saying::key("fault-unknown-leader").and("leader", short(leader)),
        F::EmptyLeader => Saying::key("fault-empty-leader"),
        F::RepeatedLeader { leader } => Saying::key("fault-repeated-leader").and("leader", short(leader)),
        F::TooManyLeaders { found, limit } => Saying::key("fault-many-leaders").and("found", *found).and("limit", *limit),
        F::LeadersWithoutTeam => Saying::key("fault-leaders-without-team"),
        F::BlankTeam => Saying::key("fault-blank-team"),
        F::TeamSpelling { given, first, first_line } => {
            Saying::key("fault-team-spelling").and("given", short(given)).and("first", short(first)).and("line", *first_line)
        }
        F::LeadersDiffer { team, given, first, first_line } => Saying::key("fault-leaders-differ")
            .and("team", short(team))
            .and("given", leaders(given))
            .and("first", leaders(first))
            .and("line", *first_line),
        F::LeaderInOwnTeam { leader, team, leader_line } => {
            Saying::key("fault-own-team").and("leader", short(leader)).and("team", short(team)).and("line", *leader_line)
        }
        F::Cycle { chain } => Saying::key("fault-circle").and("chain", short(chain)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::words::Words;

    #[test]
    fn leaders_who_differ_are_quoted_as_the_language_quotes_and_nobody_is_no_english_word_in_german() {
        let fault = |given: &str| RosterFault::LeadersDiffer {
            team: "Büro".to_owned(),
            given: given.to_owned(),
            first: "\"1002|1003\"".to_owned(),
            first_line: 4,
        };
        let german = |given: &str| Words::of("de").unwrap().speak(&said(&fault(given)));
        let begins = "Die Führungskräfte des Teams „Büro“ sind hier";
        assert!(german("none").starts_with(&format!("{begins} niemand und in Zeile 4 „1002|1003“.")), "{}", german("none"));
        assert!(german("\"none\"").starts_with(&format!("{begins} „none“ und")), "{}", german("\"none\""));
    }
}
