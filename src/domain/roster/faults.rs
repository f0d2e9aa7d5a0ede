//! What can be wrong with a staff list, and what to do about it, in words for the person who made the file.

use std::fmt;

use crate::ids::PersonId;

/// A column of the staff list, under the name the documentation uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The person's id, `person_id`.
    PersonId,
    /// The person's name, `name`.
    Name,
    /// The mail address, `mail`; empty for somebody without a mailbox of their own.
    Mail,
    /// The team in which the person answers, `team`.
    Team,
    /// The leaders of that team, `leaders`: ids separated by `|`.
    Leaders,
    /// The language of mails and pages, `language`.
    Language,
    /// How the person is invited, `invited_by`: `mail` or `card`. Empty means by mail where there is an address, else by card.
    InvitedBy,
}

impl Column {
    /// All columns in the documented order.
    pub const ALL: [Self; 7] = [Self::PersonId, Self::Name, Self::Mail, Self::Team, Self::Leaders, Self::Language, Self::InvitedBy];

    /// The documented name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PersonId => "person_id",
            Self::Name => "name",
            Self::Mail => "mail",
            Self::Team => "team",
            Self::Leaders => "leaders",
            Self::Language => "language",
            Self::InvitedBy => "invited_by",
        }
    }

    /// Whether a file without this column is refused. A missing language falls back to the default; how people are invited, to their having an address.
    #[must_use]
    pub const fn is_required(self) -> bool {
        !matches!(self, Self::Language | Self::InvitedBy)
    }

    /// The accepted spellings of the header, as compared: lower case, without spaces, `_`, `-` and `.`.
    #[must_use]
    pub const fn spellings(self) -> &'static [&'static str] {
        match self {
            Self::PersonId => {
                &["personid", "id", "employeeid", "employeenumber", "staffid", "personalnummer", "mitarbeiterid", "mitarbeiternummer"]
            }
            Self::Name => &["name", "fullname", "displayname", "vollername", "mitarbeitername"],
            Self::Mail => &["mail", "email", "mailaddress", "emailaddress", "mailadresse", "emailadresse"],
            Self::Team => &["team", "teamname", "department", "abteilung"],
            Self::Leaders => &[
                "leaders",
                "leader",
                "leaderid",
                "leaderids",
                "teamleader",
                "teamleaders",
                "manager",
                "managers",
                "managerid",
                "managerids",
                "leitung",
                "teamleitung",
                "führungskraft",
                "führungskräfte",
            ],
            Self::Language => &["language", "lang", "sprache"],
            Self::InvitedBy => &["invitedby", "inviteby", "invitation", "einladung", "einladungper", "eingeladenper"],
        }
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What is wrong at one place of a staff list. `Display` says what; [`Self::remedy`] says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RosterFault {
    /// No byte, or only white space.
    #[error("the file is empty")]
    EmptyFile,
    /// UTF-16, as "Unicode text" exports write it.
    #[error("the file is written in UTF-16")]
    Utf16,
    /// A byte sequence that is not UTF-8; the first one of its line.
    #[error("byte {byte_in_line} of the line (hexadecimal {value:02X}) is not UTF-8 text")]
    NotUtf8 {
        /// Position in the line, in bytes, from 1.
        byte_in_line: usize,
        /// The first byte that does not fit.
        value: u8,
    },
    /// A header and nobody below it.
    #[error("there is a header and no person below it")]
    NoPeople,
    /// A required column is not in the header.
    #[error("there is no column {column}; the header has: {found}")]
    MissingColumn {
        /// The missing column.
        column: Column,
        /// The headers that were found, separated by commas.
        found: String,
    },
    /// Two headers mean the same column.
    #[error("the headers {first:?} and {second:?} both mean the column {column}")]
    DoubledColumn {
        /// The column meant.
        column: Column,
        /// The header further left.
        first: String,
        /// The header further right.
        second: String,
    },
    /// Another number of fields than the header.
    #[error("the line has {found} fields, the header has {expected}")]
    Ragged {
        /// Fields in this line.
        found: usize,
        /// Fields in the header.
        expected: usize,
    },
    /// A quotation mark that neither begins nor ends its field.
    #[error("a quotation mark stands in the middle of a field")]
    StrayQuote,
    /// A quotation mark that is never closed, so that the rest of the file became one field.
    #[error("a quotation mark is opened here and never closed")]
    OpenQuote,
    /// A field that must not be empty is empty.
    #[error("the field is empty")]
    MissingValue,
    /// More characters than the column takes.
    #[error("the text has {found} characters, at most {limit} are possible")]
    TooLong {
        /// Characters found.
        found: usize,
        /// Characters possible.
        limit: usize,
    },
    /// A control character, a byte order mark, a line break or another character that nobody sees.
    #[error("the text contains an invisible character ({})", name_of(*.character))]
    Invisible {
        /// The character.
        character: char,
    },
    /// The separator of the leaders column inside an id.
    #[error("the id contains |, which separates the ids of leaders")]
    BarInId,
    /// The same person id again; upper and lower case count as the same.
    #[error("the person id {id:?} stands already in line {first_line}")]
    DuplicateId {
        /// The id as written here.
        id: String,
        /// The line of its first use.
        first_line: u64,
    },
    /// The same mail address again, and one of the two is invited by mail; upper and lower case count as the same.
    #[error("the mail address {mail:?} stands already in line {first_line}")]
    DuplicateMail {
        /// The address as written here.
        mail: String,
        /// The line of its first use.
        first_line: u64,
    },
    /// Not a mail address.
    #[error("{mail:?} is not a mail address: {why}")]
    BadMail {
        /// The text as written.
        mail: String,
        /// The rule it breaks.
        why: &'static str,
    },
    /// Not shaped like a language code.
    #[error("{given:?} is not a language code")]
    BadLanguage {
        /// The text as written.
        given: String,
    },
    /// Neither `mail` nor `card`.
    #[error("{given:?} is no way to be invited")]
    BadInvitation {
        /// The text as written.
        given: String,
    },
    /// To be invited by mail, without an address.
    #[error("the person is to be invited by mail, and the field mail is empty")]
    NoAddress,
    /// A leader who is not on the list.
    #[error("the leader {leader:?} is not on this staff list")]
    UnknownLeader {
        /// The id as written.
        leader: String,
    },
    /// Nothing before, between or after `|`.
    #[error("the list of leaders has an empty place beside |")]
    EmptyLeader,
    /// One leader twice in one list.
    #[error("the leader {leader:?} is named twice")]
    RepeatedLeader {
        /// The id as written.
        leader: String,
    },
    /// More leaders than a team can have.
    #[error("the team has {found} leaders, at most {limit} are possible")]
    TooManyLeaders {
        /// Leaders named.
        found: usize,
        /// Leaders possible.
        limit: usize,
    },
    /// Leaders for a person who has no team: the team's name is empty.
    #[error("the team is empty, but leaders are given")]
    LeadersWithoutTeam,
    /// A team whose name is made of blanks.
    #[error("the team's name consists of blanks only")]
    BlankTeam,
    /// The same team in two spellings, which nobody could tell apart later.
    #[error("the team {given:?} is written {first:?} in line {first_line}")]
    TeamSpelling {
        /// The spelling here.
        given: String,
        /// The first spelling.
        first: String,
        /// The line of the first spelling.
        first_line: u64,
    },
    /// Two members of one team disagree about its leaders.
    #[error("the leaders of team {team:?} are {given} here and {first} in line {first_line}")]
    LeadersDiffer {
        /// The team.
        team: String,
        /// The leaders given here.
        given: String,
        /// The leaders given first.
        first: String,
        /// The line that gave them first.
        first_line: u64,
    },
    /// A leader who answers in the team they lead: a cycle of length one.
    #[error("{leader:?} leads the team {team:?} and answers in it (line {leader_line})")]
    LeaderInOwnTeam {
        /// The leader.
        leader: String,
        /// The team.
        team: String,
        /// The line of the leader.
        leader_line: u64,
    },
    /// Teams that lead each other in a circle.
    #[error("the teams lead each other in a circle: {chain}")]
    Cycle {
        /// The circle in words.
        chain: String,
    },
}

fn name_of(character: char) -> String {
    match character {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => "a line break".to_owned(),
        '\t' => "a tabulator".to_owned(),
        '\u{FEFF}' => "a byte order mark, U+FEFF".to_owned(),
        other => format!("U+{:04X}", u32::from(other)),
    }
}

impl RosterFault {
    /// What the person can do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        match self {
            Self::EmptyFile | Self::NoPeople => "Export the staff list again, with one line per person below the header.".to_owned(),
            Self::Utf16 | Self::NotUtf8 { .. } => {
                "Save as UTF-8: in Excel choose the file type \"CSV UTF-8\", in LibreOffice the character set \"Unicode (UTF-8)\"."
                    .to_owned()
            }
            Self::MissingColumn { column, .. } => {
                format!("Add the column {column}, or name it so in the first line. Columns are separated by commas or semicolons.")
            }
            Self::DoubledColumn { .. } => "Keep one of the two and rename or remove the other.".to_owned(),
            Self::Ragged { .. } => {
                "Give every line as many fields as the header; put a field that contains the separator in quotation marks.".to_owned()
            }
            Self::StrayQuote => "Put the whole field in quotation marks and write each mark inside it twice.".to_owned(),
            Self::OpenQuote => "Close the quotation mark at the end of the field; the lines below could not be read.".to_owned(),
            Self::MissingValue => "Fill it in, or remove the line.".to_owned(),
            Self::TooLong { .. } => "Shorten it.".to_owned(),
            Self::Invisible { .. } => "Delete the field's text and type it anew.".to_owned(),
            Self::BarInId => "Choose an id without |.".to_owned(),
            Self::DuplicateId { .. } => "Every person stands on the list once: remove one of the lines or correct the id.".to_owned(),
            Self::DuplicateMail { .. } => {
                "Every person needs an address of their own: correct one of the two. For a mailbox that people share, write card into the column invited_by of everybody who uses it: they get a printed code card and no mail."
                    .to_owned()
            }
            Self::BadMail { .. } => "Write it as name@organisation.example.".to_owned(),
            Self::BadLanguage { .. } => {
                "Write a code of two or three letters such as en or de, or leave the field empty for the default.".to_owned()
            }
            Self::BadInvitation { .. } => "Write mail or card, or leave the field empty.".to_owned(),
            Self::NoAddress => "Fill in the address, or write card for a printed code card.".to_owned(),
            Self::UnknownLeader { .. } => {
                "Add a line for this person (the team may stay empty), or correct the id. Leaders are given by person id, not by name."
                    .to_owned()
            }
            Self::EmptyLeader => "Remove the superfluous |.".to_owned(),
            Self::RepeatedLeader { .. } => "Name each leader once.".to_owned(),
            Self::TooManyLeaders { .. } => "Name the people who lead the team from day to day.".to_owned(),
            Self::LeadersWithoutTeam => {
                "Write the team's name; or, for a person who is not to be invited, leave the leaders empty too.".to_owned()
            }
            Self::BlankTeam => "Write the team's name; or leave the field quite empty for a person who is not to be invited.".to_owned(),
            Self::TeamSpelling { .. } => "Write the team's name the same way in every line.".to_owned(),
            Self::LeadersDiffer { .. } => "Give every member of one team the same leaders in the same order.".to_owned(),
            Self::LeaderInOwnTeam { .. } => {
                "Put the leader into the team above (or leave their team empty), or take them off the team's leaders.".to_owned()
            }
            Self::Cycle { .. } => "Correct the leaders of one of these teams, so that the chain ends at the top.".to_owned(),
        }
    }
}

/// One thing that is wrong, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterProblem {
    /// The line of the file, from 1. Line breaks inside quoted fields count.
    pub line: u64,
    /// The column, when the problem is about one.
    pub column: Option<Column>,
    /// What is wrong.
    pub fault: RosterFault,
}

impl fmt::Display for RosterProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(column) = self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": {}. {}", self.fault, self.fault.remedy())
    }
}

/// How many problems are shown one by one; a file with more has one cause for many of them.
const PROBLEMS_SHOWN: usize = 50;
/// How many lines or names of a list are spelled out in one sentence.
const SPELLED_OUT: usize = 10;

/// Everything that is wrong with a staff list, in the order of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterProblems {
    /// The file as the person named it.
    pub file_name: String,
    /// The problems, sorted by line; never empty.
    pub problems: Vec<RosterProblem>,
    /// How the file itself calls its columns, as far as its header could be read.
    pub headers: Vec<(Column, String)>,
}

impl RosterProblems {
    /// How the file calls a column; Candor's own name where the file has none for it.
    #[must_use]
    pub fn header_of(&self, column: Column) -> &str {
        self.headers.iter().find(|(known, _)| *known == column).map_or(column.name(), |(_, header)| header.as_str())
    }
}

impl fmt::Display for RosterProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in self.problems.iter().take(PROBLEMS_SHOWN) {
            writeln!(f, "{}, {problem}", self.file_name)?;
        }
        let count = self.problems.len();
        let shown = if count > PROBLEMS_SHOWN { format!(" (the first {PROBLEMS_SHOWN} are shown)") } else { String::new() };
        write!(f, "{}: {count} problem{}{shown}.", self.file_name, if count == 1 { "" } else { "s" })
    }
}

impl std::error::Error for RosterProblems {}

/// Something worth knowing about a staff list that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RosterNotice {
    /// A column that Candor does not know; its content was not read.
    IgnoredColumn {
        /// The header as written.
        header: String,
    },
    /// Lines that hold separators and nothing else.
    BlankLines {
        /// Their line numbers.
        lines: Vec<u64>,
    },
    /// A person without a team.
    NotInvited {
        /// The line of the person.
        line: u64,
        /// The person.
        person: PersonId,
        /// The person's name.
        name: String,
    },
}

impl fmt::Display for RosterNotice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::IgnoredColumn { header } => write!(f, "column {header:?} is not known to Candor and was ignored"),
            Self::BlankLines { lines } => {
                write!(f, "lines without any value were skipped: {}", some_of(lines.iter()))
            }
            Self::NotInvited { line, person, name } => {
                write!(f, "line {line}: {name} ({person}) has no team and is not invited")
            }
        }
    }
}

/// The first of a list, and how many more there are.
pub(super) fn some_of<T: fmt::Display>(all: impl ExactSizeIterator<Item = T>) -> String {
    let more = all.len().saturating_sub(SPELLED_OUT);
    let named: Vec<String> = all.take(SPELLED_OUT).map(|one| one.to_string()).collect();
    match more {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}
