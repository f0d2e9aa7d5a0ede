//! Numbers typed on the command line, as text: lists with names `x=1,2,3;y=4,5`, and tables `X=1,5/2,4` with one row per person.
//!
//! People copy lists from other programs, so that brackets, `c(…)`, JSON, spaces instead of commas and `|` between rows are read, too.

use super::method::Method;
use super::problem::{Problem, VALUES};

/// What stands behind one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The name; empty where none was written.
    pub(super) name: String,
    /// Rows of equal length; a list is one row.
    pub(super) rows: Vec<Vec<String>>,
}

impl Named {
    /// All texts, row by row; a missing one is empty.
    pub(super) fn cells(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().flatten().map(String::as_str)
    }

    /// Whether this is a list, in one row or in one column.
    pub(super) fn is_list(&self) -> bool {
        self.rows.len() == 1 || self.rows.iter().all(|row| row.len() == 1)
    }

    /// The columns of a table; a list is one column.
    pub(super) fn columns(&self) -> Vec<(String, Vec<String>)> {
        if self.is_list() { vec![(self.name.clone(), self.cells().map(str::to_owned).collect())] } else { self.numbered_columns() }
    }

    /// Columns with the numbers 1, 2, … after the name; a list is the one row of them.
    pub(super) fn numbered_columns(&self) -> Vec<(String, Vec<String>)> {
        let column = |place: usize| self.rows.iter().filter_map(|row| row.get(place).cloned()).collect();
        (0..self.rows.first().map_or(0, Vec::len)).map(|place| (format!("{}{}", self.name, place + 1), column(place))).collect()
    }
}

/// A refusal that shows how numbers are typed for this method.
pub(super) fn refused(method: Method, what: &str) -> Problem {
    let example = match method {
        Method::Rwg | Method::MeanCi => "x=4,5,3",
        Method::BenjaminiHochberg => "p=0.01,0.04",
        Method::Wilson => "k=8;n=10",
        Method::NonresponseBounds => "n=6;N=8;mean=4",
        Method::TwoWaveComparison | Method::RosterAwareChangeTest | Method::Welch | Method::PermExact | Method::WelchPerTeam => {
            "x=3,4,4;y=2,3"
        }
        Method::ScaleScore => "items=7,1,null,6;reverse=1,0,0,0;scale=1,7",
        Method::LongstringAndIrv => "x=3,3,3,4",
        Method::RelativeImportance => "a=1,2,3,4;b=2,1,4,3;c=2,2,3,5",
        _ => "X=1,5/2,4/3,3",
    };
    Problem::option(VALUES, format!("{what}: write for instance --values \"{example}\""))
}

/// Cuts the text into what stands behind each name.
///
/// # Errors
/// When there is nothing, the rows of a table differ in length, or a name occurs twice.
pub(super) fn parse(texts: &[String], method: Method) -> Result<Vec<Named>, Problem> {
    let text = tidy(&texts.join(";"));
    let mut found: Vec<Named> = Vec::new();
    for row in text.split(';').filter(|part| !part.is_empty()).flat_map(|part| part.trim_end_matches('/').split('/')) {
        let mut begins = true;
        for cell in cells(row) {
            match (cell.split_once('='), found.last_mut()) {
                (Some((name, first)), _) => found.push(Named { name: name.to_owned(), rows: vec![cells(first).map(present).collect()] }),
                (None, None) => found.push(Named { name: String::new(), rows: vec![vec![present(cell)]] }),
                (None, Some(list)) => match list.rows.last_mut().filter(|_| !begins) {
                    Some(row) => row.push(present(cell)),
                    None => list.rows.push(vec![present(cell)]),
                },
            }
            begins = false;
        }
    }
    if found.is_empty() {
        return Err(refused(method, "there is nothing"));
    }
    for (place, Named { name, rows }) in found.iter().enumerate() {
        let width = rows.first().map_or(0, Vec::len);
        if let Some((place, row)) = rows.iter().enumerate().find(|(_, row)| row.len() != width) {
            let name = if name.is_empty() { "the numbers" } else { name };
            let reason = format!("row {} of {name} has {} numbers, the first row {width}", place + 1, row.len());
            return Err(refused(method, &reason));
        }
        if found.iter().take(place).any(|other| other.name == *name) {
            return Err(refused(method, &format!("{name:?} is typed twice")));
        }
    }
    Ok(found)
}

/// The texts of a row, between commas or, where there is none, spaces.
fn cells(row: &str) -> impl Iterator<Item = &str> {
    row.split(if row.contains(',') { ',' } else { ' ' })
}

/// A word for a missing number as an empty text.
fn present(cell: &str) -> String {
    let missing = ["null", "na", "none"].iter().any(|word| cell.eq_ignore_ascii_case(word));
    if missing { String::new() } else { cell.to_owned() }
}

/// One way to write it: no brackets, a slash between rows, a semicolon before names, no space beside another mark.
fn tidy(text: &str) -> String {
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for mark in ["=", ",", ";", "/", "|"] {
        text = text.replace(&format!(" {mark}"), mark).replace(&format!("{mark} "), mark);
    }
    // An object of JSON has its names in quotation marks and a colon after them.
    for (other, ours) in
        [("\": ", "="), ("\":", "="), (",\"", ";"), ("|", "/"), ("=c(", "=("), ("( ", "("), (" )", ")"), ("[ ", "["), (" ]", "]")]
    {
        text = text.replace(other, ours);
    }
    for between_rows in ["],[", "];[", "] [", "),("] {
        text = text.replace(between_rows, "/");
    }
    text.retain(|character| !"[](){}\"".contains(character));
    let named = |word: &str| word.split([',', ';', '/']).next().is_some_and(|first| first.contains('='));
    let words: Vec<String> = text.split(' ').map(|word| if named(word) { format!(";{word}") } else { format!(" {word}") }).collect();
    words.concat().trim().to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    fn read(text: &str) -> Vec<Named> {
        parse(&[text.to_owned()], Method::Rwg).unwrap()
    }

    #[test]
    fn lists_and_tables_are_read_however_they_are_written() {
        let one = read("x=1,2,,4");
        assert_eq!(one, [Named { name: "x".to_owned(), rows: vec![["1", "2", "", "4"].map(str::to_owned).to_vec()] }]);
        for same in ["x=[1,2,null,4]", " x = 1, 2, NA, 4 ;", "x=c(1, 2, NA, 4)", "x=1 2 none 4", "x=(1,2,,4)"] {
            assert_eq!(read(same), one, "{same}");
        }
        let table = read("X=1,5/2,4/3,");
        assert_eq!(
            table[0].columns(),
            [("X1", ["1", "2", "3"]), ("X2", ["5", "4", ""])].map(|(name, cells)| (name.to_owned(), cells.map(str::to_owned).to_vec()))
        );
        for same in [
            "X=[[1,5],[2,4],[3,null]]",
            "X=1,5;2,4;3,",
            "X=1,5|2,4|3,",
            "X = [ [1, 5], [2, 4], [3, NA] ]",
            "X=1,5/2,4/3,/",
            "{\"X\": [[1, 5], [2, 4], [3, null]]}",
        ] {
            assert_eq!(read(same), table, "{same}");
        }
        let two = read("k=8;n=10");
        for same in ["k=8,n=10", "k=8 n=10", "k=[8];n=[10]", "k = 8, n = 10", "{\"k\": 8, \"n\": 10}"] {
            assert_eq!(read(same), two, "{same}");
        }
        assert_eq!(parse(&["k=8".to_owned(), "n=10".to_owned()], Method::Wilson).unwrap(), two);
        assert_eq!(read("1,2/3,4")[0].rows.len(), 2);
        assert!(read("1;2;3")[0].is_list());
    }

    #[test]
    fn what_has_no_even_rows_or_a_name_twice_is_refused_with_an_example() {
        for (bad, reason) in
            [(" ; ", "there is nothing"), ("X=1,2/3", "row 2 of X has 1 numbers, the first row 2"), ("x=1;y=2;x=3", "\"x\" is typed twice")]
        {
            let problem = parse(&[bad.to_owned()], Method::Rwg).unwrap_err().to_string();
            assert!(problem.contains(reason) && problem.ends_with("write for instance --values \"x=4,5,3\""), "{problem}");
        }
    }
}
