//! Which rows are looked at, and to which team and round they belong.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::options::{Condition, Options};
use super::output::Read;
use super::problem::Problem;
use super::table::{Column, Row, Table, finite, plain, same};

/// The rows that the conditions leave, in the order of the file.
#[derive(Debug)]
pub(super) struct Selection<'t> {
    pub(super) table: &'t Table,
    pub(super) rows: Vec<&'t Row>,
    /// What was read and left out so far.
    pub(super) read: Vec<Read>,
}

/// The name of a team or round. Numbers come first and by their value, then text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Label(pub(super) String);

impl Ord for Label {
    fn cmp(&self, other: &Self) -> Ordering {
        match (finite(&self.0), finite(&other.0)) {
            (Some(a), Some(b)) => a.total_cmp(&b).then_with(|| self.0.cmp(&other.0)),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => self.0.cmp(&other.0),
        }
    }
}

impl PartialOrd for Label {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The columns that name a row's team or round; their texts are joined by a space.
#[derive(Debug)]
pub(super) struct Labels(Vec<LabelColumn>);

/// One of these columns.
#[derive(Debug)]
struct LabelColumn {
    column: Column,
    /// Ways in which a number is written, each with the one that stands for all of them: 1.0 with 1.
    written: BTreeMap<String, String>,
}

impl LabelColumn {
    fn of(column: Column, rows: &[&Row]) -> Self {
        let texts: BTreeSet<&str> = rows.iter().map(|row| row.cell(column)).collect();
        let mut numbers: Vec<(f64, &str)> = texts.into_iter().filter_map(|text| plain(text).zip(Some(text))).collect();
        numbers.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.len().cmp(&b.1.len())).then(a.1.cmp(b.1)));
        let ways = numbers.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()).filter_map(|ways| ways.split_first());
        let written = ways.flat_map(|((_, first), others)| others.iter().map(|(_, other)| ((*other).to_owned(), (*first).to_owned())));
        Self { column, written: written.collect() }
    }

    fn part<'r>(&'r self, row: &'r Row) -> &'r str {
        let cell = row.cell(self.column);
        self.written.get(cell).map_or(cell, String::as_str)
    }
}

impl Labels {
    /// The name of a row's team or round.
    pub(super) fn of(&self, row: &Row) -> Label {
        Label(self.0.iter().map(|column| column.part(row)).collect::<Vec<_>>().join(" "))
    }

    /// Two different teams that have one name when their parts are joined.
    fn of_one_name(&self, rows: &[&Row]) -> Option<String> {
        if self.0.len() < 2 {
            return None;
        }
        let mut parts_of: BTreeMap<Label, Vec<&str>> = BTreeMap::new();
        rows.iter().find_map(|row| {
            let parts: Vec<&str> = self.0.iter().map(|column| column.part(row)).collect();
            let first = parts_of.entry(self.of(row)).or_insert_with(|| parts.clone());
            (*first != parts).then(|| format!("{first:?} and {parts:?} are two teams and would have one name; rename one of them"))
        })
    }
}

/// How many values of a column an error message lists.
const VALUES_LISTED: usize = 12;

impl<'t> Selection<'t> {
    /// The rows that `--where` and `--rows` leave.
    ///
    /// # Errors
    /// When a column does not exist, or no row is left.
    pub(super) fn new(table: &'t Table, options: &Options) -> Result<Self, Problem> {
        let mut selection = Self { table, rows: table.rows.iter().collect(), read: Vec::new() };
        if !table.is_typed() {
            selection.tell("rows_in_file", "rows in the file", table.rows.len());
        }
        if table.blank_lines > 0 {
            selection.tell("blank_lines", "lines without any content, passed over", table.blank_lines);
        }
        let mut by_column: BTreeMap<&str, Vec<&Condition>> = BTreeMap::new();
        for condition in &options.conditions {
            by_column.entry(&condition.column).or_default().push(condition);
        }
        let before = selection.rows.len();
        for (name, conditions) in by_column {
            let column = table.column("--where", name)?;
            let found = selection.values_of(column);
            selection.rows.retain(|row| conditions.iter().any(|condition| same(row.cell(column), &condition.value)));
            if selection.rows.is_empty() {
                let wanted: Vec<_> = conditions.iter().map(|condition| format!("{:?}", condition.value)).collect();
                let repeat = conditions.iter().any(|condition| condition.value.contains(','));
                let repeat = if repeat { format!("; for several of them repeat --where {name}=") } else { String::new() };
                return Err(Problem::NoRows(format!("--where {name}={}; the values there are {found}{repeat}", wanted.join(" or "))));
            }
        }
        selection.tell_left_out("rows_left_out_by_where", "rows left out by --where", before);
        if let Some(range) = options.rows {
            let before = selection.rows.len();
            selection.rows = selection.rows.into_iter().skip(range.first - 1).take((range.last - range.first).saturating_add(1)).collect();
            if selection.rows.is_empty() {
                return Err(Problem::NoRows(format!("--rows {}:{}, and there are {before} rows", range.first, range.last)));
            }
            selection.tell_left_out("rows_left_out_by_rows", "rows left out by --rows", before);
        }
        Ok(selection)
    }

    /// Adds a line to what was read, or to the count of the same line.
    pub(super) fn tell(
        &mut self,
        key: impl Into<std::borrow::Cow<'static, str>>,
        meaning: impl Into<std::borrow::Cow<'static, str>>,
        count: usize,
    ) {
        let key = key.into();
        match self.read.iter_mut().find(|read| read.key == key) {
            Some(read) => read.count += count,
            None => self.read.push(Read { key, meaning: meaning.into(), count }),
        }
    }

    fn tell_left_out(&mut self, key: &'static str, meaning: &'static str, before: usize) {
        if let Some(left_out) = before.checked_sub(self.rows.len()).filter(|rows| *rows > 0) {
            self.tell(key, meaning, left_out);
        }
    }

    /// The rows for which a condition holds; the others are not told as left out.
    pub(super) fn only(&self, keep: impl Fn(&Row) -> bool) -> Self {
        Self { table: self.table, rows: self.rows.iter().copied().filter(|row| keep(row)).collect(), read: Vec::new() }
    }

    /// The first values of a column, for a message.
    fn values_of(&self, column: Column) -> String {
        let mut values: Vec<Label> = self.rows.iter().map(|row| Label(row.cell(column).to_owned())).collect();
        values.sort();
        values.dedup();
        let more = if values.len() > VALUES_LISTED { ", …" } else { "" };
        let listed: Vec<_> = values.into_iter().take(VALUES_LISTED).map(|value| format!("{:?}", value.0)).collect();
        listed.join(", ") + more
    }

    /// Where the team of a row stands; rows without a team are left out.
    ///
    /// # Errors
    /// When `--group` is missing or names no column, or no row has a team.
    pub(super) fn groups(&mut self, options: &Options) -> Result<Labels, Problem> {
        if options.group.is_empty() {
            return Err(Problem::option("--group", "this method compares teams: name the column with the team, for instance --group team"));
        }
        let columns = options.group.iter().map(|name| self.table.column("--group", name)).collect::<Result<Vec<_>, _>>()?;
        self.keep_labelled(columns, "rows_without_group", "rows without a team, left out")
    }

    /// Where the round of a row stands; rows without a round are left out.
    ///
    /// # Errors
    /// When `--wave` is missing or names no column, or no row has a round.
    pub(super) fn waves(&mut self, options: &Options) -> Result<Labels, Problem> {
        let Some(name) = &options.wave else {
            return Err(Problem::option("--wave", "this method follows rounds: name the column with the round, for instance --wave wave"));
        };
        let column = self.table.column("--wave", name)?;
        self.keep_labelled(vec![column], "rows_without_wave", "rows without a round, left out")
    }

    fn keep_labelled(&mut self, columns: Vec<Column>, key: &'static str, meaning: &'static str) -> Result<Labels, Problem> {
        let before = self.rows.len();
        self.rows.retain(|row| columns.iter().all(|column| !row.cell(*column).is_empty()));
        if self.rows.is_empty() {
            return Err(Problem::NoRows(meaning.to_owned()));
        }
        self.tell_left_out(key, meaning, before);
        let labels = Labels(columns.into_iter().map(|column| LabelColumn::of(column, &self.rows)).collect());
        match labels.of_one_name(&self.rows) {
            Some(teams) => Err(Problem::option("--group", teams)),
            None => Ok(labels),
        }
    }

    /// Takes only the rows of one round.
    ///
    /// # Errors
    /// When no row belongs to it.
    pub(super) fn in_wave(&self, option: &'static str, column: Column, wave: &str) -> Result<Self, Problem> {
        let rows = self.only(|row| same(row.cell(column), wave));
        if rows.rows.is_empty() {
            return Err(Problem::NoRows(format!("{option} {wave}; the rounds there are {}", self.values_of(column))));
        }
        Ok(rows)
    }

    /// The one value that all rows have in a column, if there is one.
    pub(super) fn common(&self, column: Column) -> Option<&'t str> {
        let first = self.rows.first()?.cell(column);
        self.rows.iter().all(|row| same(row.cell(column), first)).then_some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::Label;

    #[test]
    fn numbers_come_by_value_and_before_text() {
        let mut labels: Vec<Label> = ["T2", "10", "9", "T10", "1.5"].map(|text| Label(text.to_owned())).into();
        labels.sort();
        assert_eq!(labels.iter().map(|label| label.0.as_str()).collect::<Vec<_>>(), ["1.5", "9", "10", "T10", "T2"]);
    }
}
