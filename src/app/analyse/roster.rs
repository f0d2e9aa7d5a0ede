//! How many people of a team could have answered: from a staff list with headcounts, or as typed.

use super::options::Options;
use super::problem::Problem;
use super::selection::{Label, Selection};
use super::table::{Column, Reading, Table, same};

/// Headcounts by round and team, and the columns of the rows by which a team is looked up.
pub(super) struct Roster {
    table: Table,
    wave: Option<Column>,
    team: Column,
    headcount: Column,
    leaders: u32,
}

impl Roster {
    /// Reads a file with the columns team, headcount and, when it knows rounds, wave.
    ///
    /// # Errors
    /// When a column is missing.
    pub(super) fn read(source: &str, bytes: &[u8], leaders: u32) -> Result<Self, Problem> {
        let table = Table::read(source, bytes)?;
        let (team, headcount) = (table.column("--roster", "team")?, table.column("--roster", "headcount")?);
        Ok(Self { wave: table.find("wave"), table, team, headcount, leaders })
    }

    /// The members of a team in a round: the headcount without its leaders.
    fn members(&self, team: &str, wave: Option<&str>) -> Result<u32, Problem> {
        let source = &self.table.source;
        let named = |wave: Option<&str>| wave.map_or_else(|| format!("team {team:?}"), |wave| format!("team {team:?} in round {wave:?}"));
        let refused = |reason: String| Problem::NoTable { file: source.clone(), reason };
        if self.wave.is_some() && wave.is_none() {
            let reason = "its headcounts are by round: choose one, for instance --where wave=2; when the column with the round is not \
                          called wave, name it with --wave";
            return Err(Problem::option("--roster", reason));
        }
        let fits = |row: &&super::table::Row| {
            same(row.cell(self.team), team) && self.wave.zip(wave).is_none_or(|(column, wave)| same(row.cell(column), wave))
        };
        let mut rows = self.table.rows.iter().filter(fits);
        let row = rows.next().ok_or_else(|| refused(format!("there is no {}", named(wave))))?;
        if let Some(second) = rows.next() {
            return Err(refused(format!("{} stands on lines {} and {}", named(wave), row.line, second.line)));
        }
        let bad = |value: &str, advice: &str| Problem::NotANumber {
            place: self.table.place(row, self.headcount),
            value: value.to_owned(),
            advice: advice.to_owned(),
        };
        self.table.number(row, self.headcount, &Reading::default())?;
        let text = row.cell(self.headcount);
        let headcount: u32 = text.parse().map_err(|_| bad(text, "Write how many people the team has"))?;
        headcount
            .checked_sub(self.leaders)
            .ok_or_else(|| bad(text, &format!("It is fewer than the {} leaders that are not counted (--roster-leaders)", self.leaders)))
    }
}

/// How many people could have answered in the selected rows, all of one team and of the given round.
///
/// # Errors
/// When neither `--roster-n` nor `--roster` says it, or the rows are not of one team and round.
pub(super) fn invited(
    selection: &Selection<'_>,
    options: &Options,
    roster: Option<&Roster>,
    wave: Option<&str>,
    place: usize,
) -> Result<u32, Problem> {
    if let Some(typed) = options.roster_n.get(place).or(options.roster_n.last()) {
        return Ok(*typed);
    }
    let Some(roster) = roster else {
        return Err(nobody_counted());
    };
    let team = one_team(selection, options)?;
    roster.members(&team.0, wave.or_else(|| common_wave(selection, options)))
}

/// How many people of one of several teams could have answered.
///
/// # Errors
/// As [`invited`].
pub(super) fn invited_to(label: &Label, selection: &Selection<'_>, options: &Options, roster: Option<&Roster>) -> Result<u32, Problem> {
    match (options.roster_n.first(), roster) {
        (Some(typed), _) => Ok(*typed),
        (None, Some(roster)) => roster.members(&label.0, common_wave(selection, options)),
        (None, None) => Err(nobody_counted()),
    }
}

/// The one round of the selected rows, if there is one.
fn common_wave<'t>(selection: &Selection<'t>, options: &Options) -> Option<&'t str> {
    let column = options.wave.as_deref().or(Some("wave")).and_then(|name| selection.table.find(name));
    column.and_then(|column| selection.common(column))
}

fn nobody_counted() -> Problem {
    Problem::option("--roster-n", "say how many people could have answered, or name the staff list with --roster FILE")
}

/// What has to be said when one number of people was typed for several teams.
pub(super) fn every_team(people: u32) -> String {
    format!("Every team was taken to have {people} people (--roster-n); --roster reads the headcount of each.")
}

/// What has to be said when there are more scores than people who could have answered.
pub(super) fn more_than_invited(people: impl TryInto<u32>, invited: u32) -> Option<String> {
    let people = people.try_into().unwrap_or(u32::MAX);
    (people > invited).then(|| format!("{people} scores and only {invited} people who could answer: taken as everybody."))
}

/// The one team of all selected rows.
fn one_team(selection: &Selection<'_>, options: &Options) -> Result<Label, Problem> {
    let default = ["team".to_owned()];
    let names = if options.group.is_empty() { &default[..] } else { &options.group };
    let parts = names.iter().map(|name| {
        let column = selection.table.column("--group", name)?;
        selection.common(column).ok_or_else(|| Problem::option("--roster", format!("choose one team, for instance --where {name}=NAME")))
    });
    Ok(Label(parts.collect::<Result<Vec<_>, _>>()?.join(" ")))
}
