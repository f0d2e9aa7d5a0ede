//! Signs of careless answering, row by row.

use statistics::{longstring, response_variability};

use super::super::answers::ItemAnswers;
use super::super::output::{Cell, Fields};
use super::super::problem::Problem;
use super::Request;

impl Request<'_> {
    pub(super) fn longstring_and_irv(&mut self) -> Result<Fields, Problem> {
        if !self.options.reversed.is_empty() {
            return Err(Problem::option("--reversed", "stretches of equal answers are looked for in the answers as given; leave it out"));
        }
        let answers = ItemAnswers::read(&mut self.selection, self.options)?;
        let mut fields = Fields::default();
        fields.column("line", "line", "the line of the file", self.selection.rows.iter().map(|row| Cell::count(row.line)));
        fields.column("longstring", "longest", "most equal answers in a row", answers.rows.iter().map(|row| Cell::count(longstring(row))));
        fields.numbers(
            "irv_sd",
            "spread",
            "spread of the person's own answers (IRV)",
            answers.rows.iter().map(|row| response_variability(row)),
        );
        Ok(fields)
    }
}
