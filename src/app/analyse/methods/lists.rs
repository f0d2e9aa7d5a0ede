//! Methods that need no rows of people: shares and lists of p values.

use statistics::{Share, Undefined, benjamini_hochberg, holm};

use super::super::answers::numbers;
use super::super::output::{Cell, Fields};
use super::super::problem::Problem;
use super::Request;
use super::change::spread_out;

/// The level at which the reference counts rejected hypotheses.
const LEVEL: f64 = 0.05;

impl Request<'_> {
    pub(super) fn wilson(&mut self) -> Result<Fields, Problem> {
        let typed = self.options.typed;
        let (k, n) = (self.needed(typed.k, "k")?, self.needed(typed.n, "n")?);
        let share = Share::new(k as usize, n as usize);
        let interval = share.and_then(Share::wilson);
        let mut fields = Fields::default();
        fields.count("k", "people counted", k);
        fields.count("n", "people", n);
        fields.number("share", "their share", share.map(Share::value));
        fields.number("low", "lower end of its 95 % interval (Wilson)", interval.map(|interval| interval.low));
        fields.number("high", "upper end", interval.map(|interval| interval.high));
        Ok(fields)
    }

    pub(super) fn benjamini_hochberg(&mut self) -> Result<Fields, Problem> {
        let [name] = self.options.items.as_slice() else {
            return Err(Problem::option("--items", "name the one column with the p values, for instance --items p"));
        };
        let column = self.selection.table.column("--items", name)?;
        // A missing p keeps its place, as in R, so that every q stands beside its own hypothesis.
        let p: Vec<Result<f64, Undefined>> =
            numbers(&self.selection, column, self.options, None)?.into_iter().map(|p| p.ok_or(Undefined::NoValues)).collect();
        let tested: Vec<f64> = p.iter().flatten().copied().collect();
        if tested.len() < p.len() {
            self.selection.tell("missing_p", "missing p values, which do not count", p.len() - tested.len());
        }
        let (q, corrected) = (benjamini_hochberg(&tested), holm(&tested));
        let rejected = q.as_ref().map_or(0, |q| q.iter().filter(|q| **q <= LEVEL).count());
        let mut fields = Fields::default();
        fields.column("p", "p", "as given", p.iter().map(|p| Cell::number(*p)));
        fields.numbers("q", "q", "share of chance among the findings up to here (Benjamini-Hochberg)", spread_out(&p, &q));
        fields.numbers("p_holm", "Holm", "p that may be compared with one level for all (Holm)", spread_out(&p, &corrected));
        fields.count("rejected_at_05", "findings with q up to 0.05", rejected);
        Ok(fields)
    }
}
