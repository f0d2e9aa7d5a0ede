//! From rows to a checked [`Roster`]: people first, then teams, then the tree. Every line is looked at, whatever was wrong before it.

use std::collections::{BTreeMap, HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use super::faults::{Column, RosterFault, RosterNotice, RosterProblem, RosterProblems};
use super::table::{self, Cell, Row};
use super::{Person, Roster};
use crate::ids::{Language, PersonId, TeamLabel};
use crate::text::is_invisible;

/// Longest person id, as in [`PersonId`].
const LONGEST_ID: usize = 80;
/// Longest name of a person.
const LONGEST_NAME: usize = 120;
/// Longest mail address (RFC 5321 section 4.5.3.1.3 leaves 254 characters between the angle brackets).
const LONGEST_MAIL: usize = 254;
/// Longest team name, as in [`TeamLabel`].
const LONGEST_TEAM: usize = 120;
/// Longest word for a way to be invited.
const LONGEST_WAY: usize = 40;
/// The words for an invitation by mail, as compared.
const BY_MAIL: [&str; 3] = ["mail", "email", "e-mail"];
/// The words for an invitation by a printed card.
const BY_CARD: [&str; 4] = ["card", "karte", "carte", "tarjeta"];
/// Most leaders of one team.
const MOST_LEADERS: usize = 20;

/// A staff list that was taken, and what is worth knowing about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterImport {
    /// The checked list.
    pub roster: Roster,
    /// Ignored columns, blank lines, people who are not invited.
    pub notices: Vec<RosterNotice>,
}

/// Reads a staff list from the bytes of a CSV file; `file_name` is only for messages.
///
/// UTF-8 with or without byte order mark; comma or semicolon; the columns of [`Column`] in any order under any of their
/// [spellings](Column::spellings). A person without a language gets `default_language`.
///
/// # Errors
/// [`RosterProblems`] with every problem of every line. Then nothing of the file is taken.
pub fn parse_csv(file_name: &str, bytes: &[u8], default_language: &Language) -> Result<RosterImport, RosterProblems> {
    let table = table::read(bytes);
    let mut checking = Checking { problems: table.problems, notices: table.notices, ..Checking::default() };
    for row in &table.rows {
        checking.take_row(row, default_language);
    }
    checking.check_leaders(&table.unread);
    checking.check_circles();
    if checking.problems.is_empty() {
        Ok(RosterImport { roster: checking.roster(), notices: checking.notices })
    } else {
        checking.problems.sort_by_key(|p| (p.line, p.column));
        Err(RosterProblems { file_name: file_name.to_owned(), problems: checking.problems, headers: table.headers })
    }
}

/// What is known about the list so far.
#[derive(Default)]
struct Checking {
    people: BTreeMap<PersonId, Person>,
    /// By lower-case id: the line of a person, and the team in which they answer as a key of `teams`.
    by_id: HashMap<String, Known>,
    /// By lower-case address: where it stands first, and whether mail for one person goes there.
    mails: HashMap<String, (u64, bool)>,
    /// By normalised label, so that two spellings of a team meet.
    teams: BTreeMap<String, Team>,
    /// Every naming of a leader: line of the cell, lower-case id, id as written.
    namings: Vec<(u64, String, String)>,
    problems: Vec<RosterProblem>,
    notices: Vec<RosterNotice>,
}

struct Known {
    line: u64,
    id: Option<PersonId>,
    team: Option<String>,
}

struct Team {
    label: TeamLabel,
    line: u64,
    leaders_line: u64,
    /// Lower-case ids in order; `None` while no line gave a readable list.
    leaders: Option<Vec<String>>,
    /// The leaders as written.
    written: String,
}

impl Checking {
    fn report(&mut self, line: u64, column: Column, fault: RosterFault) {
        self.problems.push(RosterProblem { line, column: Some(column), fault });
    }

    fn take_row(&mut self, row: &Row, default_language: &Language) {
        let id = self.required(row, Column::PersonId, LONGEST_ID);
        let name = self.required(row, Column::Name, LONGEST_NAME);
        let mail = self.mail(row);
        let (team, team_key) = self.team(row);
        let language = self.language(row, default_language);

        let parsed = id.and_then(|cell| self.person_id(cell));
        if let Some(cell) = id {
            let key = cell.text.to_lowercase();
            if let Some(first) = self.by_id.get(&key) {
                let fault = RosterFault::DuplicateId { id: cell.text.clone(), first_line: first.line };
                self.report(cell.line, Column::PersonId, fault);
                return;
            }
            self.by_id.insert(key, Known { line: cell.line, id: parsed.clone(), team: team_key });
        }
        if let (Some(id), Some(name), Some(mail), Some(language)) = (parsed, name, mail, language) {
            if team.is_none() {
                self.notices.push(RosterNotice::NotInvited { line: row.line, person: id.clone(), name: name.text.clone() });
            }
            self.people.insert(id.clone(), Person { id, name: name.text.clone(), mail, team, language });
        }
    }

    /// The cell of a column that must not be empty, if its text is clean.
    fn required<'r>(&mut self, row: &'r Row, column: Column, limit: usize) -> Option<&'r Cell> {
        let cell = row.cell(column)?;
        if cell.text.is_empty() {
            self.report(cell.line, column, RosterFault::MissingValue);
            return None;
        }
        self.clean(cell, column, limit).then_some(cell)
    }

    fn clean(&mut self, cell: &Cell, column: Column, limit: usize) -> bool {
        if let Some(character) = cell.text.chars().find(|&c| is_invisible(c)) {
            self.report(cell.line, column, RosterFault::Invisible { character });
            return false;
        }
        let found = cell.text.chars().count();
        if found > limit {
            self.report(cell.line, column, RosterFault::TooLong { found, limit });
            return false;
        }
        true
    }

    fn person_id(&mut self, cell: &Cell) -> Option<PersonId> {
        if cell.text.contains('|') {
            self.report(cell.line, Column::PersonId, RosterFault::BarInId);
            return None;
        }
        PersonId::parse(&cell.text).ok()
    }

    /// The address to which mail for this person goes; `Some` and empty when they are invited by card.
    fn mail(&mut self, row: &Row) -> Option<String> {
        let cell = row.cell(Column::Mail)?;
        let by_mail = self.by_mail(row, !cell.text.is_empty())?;
        if cell.text.is_empty() {
            if by_mail {
                self.report(cell.line, Column::Mail, RosterFault::NoAddress);
            }
            return (!by_mail).then(String::new);
        }
        if !self.clean(cell, Column::Mail, LONGEST_MAIL) || cell.damaged {
            return None;
        }
        if let Err(why) = check_mail(&cell.text) {
            self.report(cell.line, Column::Mail, RosterFault::BadMail { mail: cell.text.clone(), why });
            return None;
        }
        let known = self.mails.entry(cell.text.to_lowercase()).or_insert((cell.line, by_mail));
        let (first_line, first_by_mail) = *known;
        // Several people with cards may share a mailbox; nobody may get mail into one that others read.
        if first_line != cell.line && (by_mail || first_by_mail) {
            self.report(cell.line, Column::Mail, RosterFault::DuplicateMail { mail: cell.text.clone(), first_line });
            return None;
        }
        Some(if by_mail { cell.text.clone() } else { String::new() })
    }

    /// Whether a person is invited by mail.
    fn by_mail(&mut self, row: &Row, has_address: bool) -> Option<bool> {
        let Some(cell) = row.cell(Column::InvitedBy).filter(|cell| !cell.text.is_empty()) else { return Some(has_address) };
        if cell.damaged || !self.clean(cell, Column::InvitedBy, LONGEST_WAY) {
            return None;
        }
        let given = cell.text.to_lowercase();
        if BY_CARD.contains(&given.as_str()) {
            return Some(false);
        }
        if BY_MAIL.contains(&given.as_str()) {
            return Some(true);
        }
        self.report(cell.line, Column::InvitedBy, RosterFault::BadInvitation { given: cell.text.clone() });
        None
    }

    fn language(&mut self, row: &Row, default_language: &Language) -> Option<Language> {
        let Some(cell) = row.cell(Column::Language).filter(|cell| !cell.text.is_empty()) else {
            return Some(default_language.clone());
        };
        if cell.damaged || !self.clean(cell, Column::Language, 40) {
            return None;
        }
        let language = language_of(&cell.text);
        if language.is_none() {
            self.report(cell.line, Column::Language, RosterFault::BadLanguage { given: cell.text.clone() });
        }
        language
    }

    /// The team of a row and its key in `teams`; checks the leaders against the team's first line.
    fn team(&mut self, row: &Row) -> (Option<TeamLabel>, Option<String>) {
        let (Some(cell), Some(leaders_cell)) = (row.cell(Column::Team), row.cell(Column::Leaders)) else {
            return (None, None);
        };
        let leaders = self.leaders(leaders_cell);
        if cell.text.is_empty() {
            if cell.blank {
                self.report(cell.line, Column::Team, RosterFault::BlankTeam);
            } else if !leaders_cell.text.is_empty() {
                self.report(cell.line, Column::Team, RosterFault::LeadersWithoutTeam);
            }
            return (None, None);
        }
        if !self.clean(cell, Column::Team, LONGEST_TEAM) {
            return (None, None);
        }
        let Ok(label) = TeamLabel::parse(&cell.text) else {
            return (None, None);
        };
        let key = normalised(&cell.text);
        let written = if leaders_cell.text.is_empty() { "none".to_owned() } else { format!("{:?}", leaders_cell.text) };
        let first = self.teams.entry(key.clone()).or_insert_with(|| Team {
            label: label.clone(),
            line: cell.line,
            leaders_line: leaders_cell.line,
            leaders: leaders.clone(),
            written: written.clone(),
        });
        let spelling = (first.label != label).then(|| RosterFault::TeamSpelling {
            given: cell.text.clone(),
            first: first.label.to_string(),
            first_line: first.line,
        });
        if first.leaders.is_none() {
            (first.leaders, first.leaders_line, first.written) = (leaders.clone(), leaders_cell.line, written.clone());
        }
        let differ = (leaders.is_some() && first.leaders != leaders).then(|| RosterFault::LeadersDiffer {
            team: first.label.to_string(),
            given: written,
            first: first.written.clone(),
            first_line: first.leaders_line,
        });
        if let Some(fault) = spelling {
            self.report(cell.line, Column::Team, fault);
        }
        if let Some(fault) = differ {
            self.report(leaders_cell.line, Column::Leaders, fault);
        }
        (Some(label), Some(key))
    }

    /// The leaders of a cell in lower case, in order, each once; `None` when the text cannot be trusted.
    fn leaders(&mut self, cell: &Cell) -> Option<Vec<String>> {
        if cell.damaged || !self.clean(cell, Column::Leaders, MOST_LEADERS * (LONGEST_ID + 3)) {
            return None;
        }
        let mut leaders: Vec<String> = Vec::new();
        if cell.text.is_empty() {
            return Some(leaders);
        }
        let mut empty_place = false;
        for written in cell.text.split('|').map(str::trim) {
            let key = written.to_lowercase();
            if key.is_empty() {
                empty_place = true;
            } else if leaders.contains(&key) {
                self.report(cell.line, Column::Leaders, RosterFault::RepeatedLeader { leader: written.to_owned() });
            } else {
                self.namings.push((cell.line, key.clone(), written.to_owned()));
                leaders.push(key);
            }
        }
        if empty_place {
            self.report(cell.line, Column::Leaders, RosterFault::EmptyLeader);
        }
        if leaders.len() > MOST_LEADERS {
            self.report(cell.line, Column::Leaders, RosterFault::TooManyLeaders { found: leaders.len(), limit: MOST_LEADERS });
        }
        Some(leaders)
    }

    fn check_leaders(&mut self, unread: &HashSet<String>) {
        for (line, key, written) in std::mem::take(&mut self.namings) {
            if !self.by_id.contains_key(&key) && !unread.contains(&key) {
                self.report(line, Column::Leaders, RosterFault::UnknownLeader { leader: written });
            }
        }
    }

    /// Finds leaders inside the team they lead, and longer circles along first leaders.
    fn check_circles(&mut self) {
        let mut found = Vec::new();
        for (key, team) in &self.teams {
            for leader in team.leaders.iter().flatten() {
                let Some(known) = self.by_id.get(leader).filter(|known| known.team.as_ref() == Some(key)) else {
                    continue;
                };
                let leader = known.id.as_ref().map_or_else(|| leader.clone(), ToString::to_string);
                let fault = RosterFault::LeaderInOwnTeam { leader, team: team.label.to_string(), leader_line: known.line };
                found.push((team.leaders_line, fault));
            }
        }
        let mut seen: HashSet<&str> = HashSet::new();
        for start in self.teams.keys() {
            let mut path: Vec<&str> = Vec::new();
            let mut next = Some(start.as_str());
            while let Some(key) = next.filter(|key| !seen.contains(key)) {
                seen.insert(key);
                path.push(key);
                next = self.team_above(key);
            }
            // A circle is closed only where the walk meets itself; meeting an earlier walk means that the rest is known.
            let Some(begin) = next.and_then(|key| path.iter().position(|k| *k == key)) else {
                continue;
            };
            let circle: Vec<&Team> = path.iter().skip(begin).filter_map(|key| self.teams.get(*key)).collect();
            if circle.len() > 1 {
                found.extend(self.describe(&circle));
            }
        }
        for (line, fault) in found {
            self.report(line, Column::Leaders, fault);
        }
    }

    fn team_above(&self, key: &str) -> Option<&str> {
        let leader = self.teams.get(key)?.leaders.as_ref()?.first()?;
        self.by_id.get(leader)?.team.as_deref()
    }

    /// The circle in words, told from the team that stands first in the file.
    fn describe(&self, circle: &[&Team]) -> Option<(u64, RosterFault)> {
        let begin = (0..circle.len()).min_by_key(|&i| circle.get(i).map(|team| team.leaders_line))?;
        let told: Vec<&Team> = circle.iter().cycle().skip(begin).take(circle.len()).copied().collect();
        let mut chain = String::new();
        for (team, above) in told.iter().zip(told.iter().cycle().skip(1)) {
            let leader = team.leaders.iter().flatten().next().and_then(|leader| self.by_id.get(leader));
            let (who, line) =
                leader.map_or((String::new(), 0), |known| (known.id.as_ref().map(ToString::to_string).unwrap_or_default(), known.line));
            if !chain.is_empty() {
                chain.push_str("; ");
            }
            chain.push_str(&format!(
                "{:?} is led by {who:?}, who answers in {:?} (line {line})",
                team.label.as_str(),
                above.label.as_str()
            ));
        }
        Some((told.first()?.leaders_line, RosterFault::Cycle { chain }))
    }

    fn roster(&mut self) -> Roster {
        let ids = &self.by_id;
        let canonical = |leader: &String| ids.get(leader).and_then(|known| known.id.clone());
        let teams =
            self.teams.values().map(|team| (team.label.clone(), team.leaders.iter().flatten().filter_map(canonical).collect())).collect();
        Roster { people: std::mem::take(&mut self.people), teams }
    }
}

/// NFKC, lower case, runs of white space as one: as labels of groups are compared later.
fn normalised(label: &str) -> String {
    let lower: String = label.nfkc().flat_map(char::to_lowercase).collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A language from `de`, `DE`, `de-AT` or `de_AT`; the region is dropped.
fn language_of(text: &str) -> Option<Language> {
    let mut parts = text.split(['-', '_']);
    let primary = parts.next()?.to_lowercase();
    let region = parts.next();
    let plausible = region.is_none_or(|r| (2..=4).contains(&r.len()) && r.bytes().all(|b| b.is_ascii_alphanumeric()));
    if !plausible || parts.next().is_some() {
        return None;
    }
    Language::parse(&primary).ok()
}

/// Checks the shape of an address that ordinary mail servers take: a dot-atom (RFC 5322 section 3.2.3) at a host name with a dot, of at most 254
/// characters (RFC 5321 section 4.5.3.1.3).
///
/// # Errors
/// The rule that it breaks, in words.
pub fn check_mail(mail: &str) -> Result<(), &'static str> {
    if mail.chars().count() > LONGEST_MAIL {
        return Err("it has more than 254 characters");
    }
    if mail.chars().any(char::is_whitespace) {
        return Err("it contains a blank");
    }
    let (local, host) = mail.split_once('@').ok_or("there is no @")?;
    if host.contains('@') {
        return Err("there is more than one @");
    }
    if local.is_empty() {
        return Err("there is nothing before @");
    }
    if host.is_empty() {
        return Err("there is nothing after @");
    }
    if !mail.is_ascii() {
        return Err("it contains a letter outside a-z (write such domains in their xn-- form)");
    }
    if local.len() > 64 {
        return Err("there are more than 64 characters before @");
    }
    if !local.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-.".contains(&b)) {
        return Err("it contains a character that an address cannot have");
    }
    if local.starts_with('.') || local.ends_with('.') || mail.contains("..") {
        return Err("a dot stands at the wrong place");
    }
    if !host.contains('.') {
        return Err("the part after @ has no dot");
    }
    let label_is_fine = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if !host.split('.').all(label_is_fine) {
        return Err("the part after @ is not a host name");
    }
    Ok(())
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
