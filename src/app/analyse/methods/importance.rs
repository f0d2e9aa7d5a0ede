//! What goes together with an outcome.

use std::collections::BTreeMap;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use statistics::{Answers, Covariances, Importance, ResponseScale, Undefined, WithinTeams};

use super::super::answers::numbers;
use super::super::options::Scale;
use super::super::output::{Cell, Fields};
use super::super::problem::Problem;
use super::super::selection::Label;
use super::Request;

/// How often teams are drawn anew to see which order of predictors holds.
const DRAWS: u32 = 1_000;

/// Predictors in parts, those with most to say first; always the same draws, so that the same file gives the same answer.
fn order_of_predictors(within: &WithinTeams) -> Result<Vec<Vec<usize>>, Undefined> {
    let mut chance = StdRng::seed_from_u64(1);
    within.order(DRAWS, |below| chance.random_range(0..below)).map(|order| order.parts())
}

impl Request<'_> {
    /// The scale on which answers are checked, and turned where a column is reversed.
    fn scale_of_columns(&self, outcome: &String) -> Result<Option<ResponseScale>, Problem> {
        let options = self.options;
        if let Some(stranger) = options.reversed.iter().find(|name| *name != outcome && !options.predictors.contains(name)) {
            return Err(Problem::option("--reversed", format!("{stranger:?} is neither the outcome nor among the predictors")));
        }
        if options.scale.is_none() && !options.reversed.is_empty() {
            return self.scale("turning a column needs it").and_then(Scale::points).map(Some);
        }
        options.scale.map(Scale::points).transpose()
    }

    pub(super) fn relative_importance(&mut self) -> Result<Fields, Problem> {
        let Some(outcome) = &self.options.outcome else {
            return Err(Problem::option("--outcome", "name the column that the predictors are compared with"));
        };
        if self.options.predictors.is_empty() {
            return Err(Problem::option("--predictors", "name at least one column, for instance --predictors lead,cohesion"));
        }
        if self.options.predictors.contains(outcome) {
            return Err(Problem::option("--predictors", format!("{outcome:?} is the outcome already")));
        }
        let doubled = |(place, name): (usize, &String)| self.options.predictors.iter().take(place).any(|other| other == name);
        if let Some((_, twice)) = self.options.predictors.iter().enumerate().find(|predictor| doubled(*predictor)) {
            return Err(Problem::option("--predictors", format!("{twice:?} is named twice")));
        }
        let scale = self.scale_of_columns(outcome)?;
        let teams = if self.options.group.is_empty() { None } else { Some(self.selection.groups(self.options)?) };
        let mut rows: Vec<Vec<Option<f64>>> = vec![Vec::new(); self.selection.rows.len()];
        for (option, name) in [("--outcome", outcome)].into_iter().chain(self.options.predictors.iter().map(|name| ("--predictors", name)))
        {
            let column = self.selection.table.column(option, name)?;
            let turned = scale.filter(|_| self.options.reversed.contains(name));
            for (row, value) in rows.iter_mut().zip(numbers(&self.selection, column, self.options, scale)?) {
                row.push(match (value, turned) {
                    (Some(value), Some(scale)) => {
                        Some(scale.reverse(value).map_err(|reason| Problem::option("--reversed", reason.to_string()))?)
                    }
                    _ => value,
                });
            }
        }
        let complete = rows.iter().filter(|row| row.iter().all(Option::is_some)).count();
        if complete < rows.len() {
            self.selection.tell("rows_incomplete", "rows with a missing value, left out", rows.len() - complete);
        }
        let width = self.options.predictors.len() + 1;
        let within = teams.map(|teams| {
            let mut by_team: BTreeMap<Label, Vec<Vec<Option<f64>>>> = BTreeMap::new();
            for (row, values) in self.selection.rows.iter().zip(&rows) {
                by_team.entry(teams.of(row)).or_default().push(values.clone());
            }
            let answers = by_team.into_values().map(|rows| Answers::new(width, rows)).collect::<Result<Vec<_>, _>>();
            answers.and_then(|answers| WithinTeams::of(&answers))
        });
        let importance = match &within {
            Some(within) => within.as_ref().map_err(|reason| *reason).and_then(WithinTeams::importance),
            None => Answers::new(width, rows).and_then(|answers| Importance::of(&Covariances::of(&answers)?)),
        };
        let each = |of: fn(&Importance) -> &Vec<f64>| -> Vec<Result<f64, Undefined>> {
            match &importance {
                Ok(importance) => of(importance).iter().copied().map(Ok).collect(),
                Err(reason) => self.options.predictors.iter().map(|_| Err(*reason)).collect(),
            }
        };
        let mut fields = Fields::default();
        match &within {
            Some(Ok(within)) => {
                let alone = complete.saturating_sub(within.people());
                if alone > 0 {
                    self.selection.tell("rows_alone", "rows alone in their team, which say nothing within teams, left out", alone);
                }
                fields.count("n", "rows without a missing value, not alone in their team", within.people());
            }
            _ => fields.count("n", "rows without a missing value", complete),
        }
        fields.number(
            "r2",
            "share of the outcome's differences that goes together with all of them",
            importance.as_ref().map(|all| all.r_squared),
        );
        fields.column("predictor", "predictor", "the predictor", self.options.predictors.iter().map(|name| Cell::Text(name.clone())));
        fields.numbers("lmg_shapley", "Shapley", "its part of that share, averaged over all orders (LMG)", each(|all| &all.shapley));
        fields.numbers("johnson_relative_weights", "Johnson", "its part by Johnson's relative weights", each(|all| &all.relative_weights));
        fields.numbers("zero_order_r", "r", "its plain correlation with the outcome", each(|all| &all.correlations));
        if let Some(within) = &within {
            let order = within.as_ref().map_err(|reason| *reason).and_then(order_of_predictors);
            let place = |predictor: usize| {
                let parts = order.as_ref().map_err(|reason| *reason)?;
                let part = parts.iter().position(|part| part.contains(&predictor));
                part.map_or(Err(Undefined::NoValues), |part| Ok(part + 1))
            };
            let meaning = "its place, the same for predictors whose order does not hold in 9 of 10 draws of teams";
            let places = (0..self.options.predictors.len())
                .map(|predictor| place(predictor).map_or_else(|reason| Cell::number(Err(reason)), Cell::count));
            fields.column("place", "place", meaning, places);
            self.notes.push("Every value is measured from the mean of its team: differences between teams do not count.".to_owned());
        }
        self.notes.push("What goes together need not cause each other.".to_owned());
        Ok(fields)
    }
}
