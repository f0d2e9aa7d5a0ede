//! Methods that need no rows of people: shares and lists of p values.

use statistics::{Share, Undefined, benjamini_hochberg, holm};

use super::super::answers::numbers;
use super::super::output::{Cell, Fields};
use super::super::problem::Problem;
use super::{Request, whole};

/// The level at which the reference counts rejected hypotheses.
const LEVEL: f64 = 0.05;

impl Request<'_> {
    pub(super) fn wilson(&mut self) -> Result<Fields, Problem> {
        let (k, n) = (whole(self.needed("k", "k=8;n=10")?, "k")?, whole(self.needed("n", "k=8;n=10")?, "n")?);
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
        let name = match self.options.items.as_slice() {
            [name] => name.clone(),
            [] if self.selection.table.is_typed() => "p".to_owned(),
            _ => return Err(Problem::option("--items", "name the one column with the p values, for instance --items p")),
        };
        let column = self.selection.table.column("--items", &name)?;
        let p: Vec<f64> = numbers(&self.selection, column, self.options, None)?.into_iter().flatten().collect();
        let (q, corrected) = (benjamini_hochberg(&p), holm(&p));
        let each = |adjusted: &Result<Vec<f64>, Undefined>| -> Vec<Result<f64, Undefined>> {
            match adjusted {
                Ok(values) => values.iter().copied().map(Ok).collect(),
                Err(reason) => p.iter().map(|_| Err(*reason)).collect(),
            }
        };
        let rejected = q.as_ref().map_or(0, |q| q.iter().filter(|q| **q <= LEVEL).count());
        let mut fields = Fields::default();
        fields.column("p", "p", "as given", p.iter().map(|p| Cell::number(Ok::<_, String>(*p))));
        fields.numbers("q", "q", "share of chance among the findings up to here (Benjamini-Hochberg)", each(&q));
        fields.numbers("p_holm", "Holm", "p that may be compared with one level for all (Holm)", each(&corrected));
        fields.count("rejected_at_05", "findings with q up to 0.05", rejected);
        Ok(fields)
    }
}
