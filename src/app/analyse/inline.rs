//! Numbers typed on the command line as a table: `x=1,2,3;y=4,5`, or a matrix `X=1,5/2,4` whose columns become X1, X2, …

use super::problem::{Problem, VALUES};
use super::table::{Row, Table};

impl Table {
    /// A table with one column per name; shorter columns end in empty cells.
    ///
    /// # Errors
    /// When the text does not have this form.
    pub fn from_values(text: &str) -> Result<Self, Problem> {
        let mut columns: Vec<(String, Vec<String>)> = Vec::new();
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, list) = part.split_once('=').ok_or_else(|| {
                Problem::option(VALUES, format!("{part:?} has no name: write for instance \"x=1,2,3;y=4,5\" or \"X=1,5/2,4\""))
            })?;
            let (name, list) = (name.trim().to_owned(), list.trim());
            if list.contains('/') {
                columns.extend(matrix(&name, list)?);
            } else {
                columns.push((name, cells(list)));
            }
        }
        if columns.is_empty() {
            return Err(Problem::option(VALUES, "there is nothing: write for instance \"x=1,2,3;y=4,5\""));
        }
        let longest = columns.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        let row = |place: usize| {
            let mut row = Row::begin(place as u64 + 1);
            columns.iter().for_each(|(_, cells)| row.push(cells.get(place).map_or("", String::as_str)));
            row
        };
        let rows = (0..longest).map(row).collect();
        Ok(Self { source: VALUES.to_owned(), columns: columns.into_iter().map(|(name, _)| name).collect(), rows, blank_lines: 0 })
    }

    /// Whether the numbers were typed and not read from a file.
    pub(super) fn is_typed(&self) -> bool {
        self.source == VALUES
    }
}

/// The texts of a list; `null` is an empty cell.
fn cells(list: &str) -> Vec<String> {
    list.split(',').map(str::trim).map(|cell| if cell == "null" { String::new() } else { cell.to_owned() }).collect()
}

/// Rows separated by slashes as columns with numbered names.
fn matrix(name: &str, list: &str) -> Result<Vec<(String, Vec<String>)>, Problem> {
    let rows: Vec<Vec<String>> = list.split('/').map(cells).collect();
    let width = rows.first().map_or(0, Vec::len);
    if let Some((place, row)) = rows.iter().enumerate().find(|(_, row)| row.len() != width) {
        let reason = format!("row {} of {name} has {} numbers, the first row {width}", place + 1, row.len());
        return Err(Problem::option(VALUES, reason));
    }
    let column = |place: usize| rows.iter().filter_map(|row| row.get(place).cloned()).collect();
    Ok((0..width).map(|place| (format!("{name}{}", place + 1), column(place))).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn lists_and_matrices_become_columns() {
        let table = Table::from_values("x=1,,null,4; X=1,5/2,4 ;k=8").unwrap();
        assert_eq!(table.columns, ["x", "X1", "X2", "k"]);
        let rows: Vec<Vec<&str>> = table.rows.iter().map(|row| row.cells().collect()).collect();
        assert_eq!(rows, [["1", "1", "5", "8"], ["", "2", "4", ""], ["", "", "", ""], ["4", "", "", ""]]);
    }

    #[test]
    fn what_has_no_name_or_no_even_rows_is_refused() {
        for (bad, reason) in
            [("1,2,3", "has no name"), (" ; ", "there is nothing"), ("X=1,2/3", "row 2 of X has 1 numbers, the first row 2")]
        {
            let problem = Table::from_values(bad).unwrap_err().to_string();
            assert!(problem.contains(reason), "{problem}");
        }
    }
}
