//! How far the items of a scale measure one thing.

use statistics::{
    Answers, Covariances, Undefined, cronbach_alpha, feldt_interval, omega_closed_form, omega_least_squares, omega_maximum_likelihood,
};

use super::super::answers::ItemAnswers;
use super::super::output::Fields;
use super::super::problem::Problem;
use super::Request;

/// People below whom a coefficient is not worth showing.
const WORTH_SHOWING_FROM: usize = 30;

/// Complete answers and their covariances.
struct Scale {
    people: usize,
    items: usize,
    covariances: Result<Covariances, Undefined>,
}

impl Request<'_> {
    /// The people who answered every item.
    fn complete_scale(&mut self) -> Result<Scale, Problem> {
        let answers = ItemAnswers::read(&mut self.selection, self.options)?;
        let complete = answers.all().map(|answers| Answers::complete(&answers));
        let people = complete.as_ref().map_or(0, Answers::people);
        let left_out = answers.rows.len() - people;
        if left_out > 0 {
            self.selection.tell("rows_incomplete", "rows that do not answer every item, left out", left_out);
        }
        Ok(Scale { people, items: answers.items.len(), covariances: complete.and_then(|complete| Covariances::of(&complete)) })
    }

    pub(super) fn cronbach_alpha(&mut self) -> Result<Fields, Problem> {
        let Scale { people, items, covariances } = self.complete_scale()?;
        let alpha = covariances.and_then(|covariances| cronbach_alpha(&covariances));
        let interval = alpha.and_then(|alpha| feldt_interval(alpha, people, items));
        let status = match alpha {
            Err(Undefined::NoSpread) => "undefined_zero_variance",
            Err(_) => "undefined",
            Ok(alpha) if alpha < 0.0 => "negative: check reversed keying",
            Ok(_) if people < WORTH_SHOWING_FROM => "n<30: do not show",
            Ok(_) => "ok",
        };
        let mut fields = Fields::default();
        fields.count("n", "people who answered every item", people);
        fields.count("k", "items", items);
        fields.number("alpha", "Cronbach's alpha: 1 when the items fully hang together", alpha);
        fields.number("ci_low", "lower end of its 95 % interval (Feldt)", interval.map(|interval| interval.low));
        fields.number("ci_high", "upper end", interval.map(|interval| interval.high));
        fields.text("status", "whether the number can be used", status);
        Ok(fields)
    }

    pub(super) fn mcdonald_omega(&mut self) -> Result<Fields, Problem> {
        let Scale { people, items, covariances } = self.complete_scale()?;
        let by = |fit: fn(&Covariances) -> Result<f64, Undefined>| covariances.as_ref().map_err(|reason| *reason).and_then(fit);
        let standardised = covariances.as_ref().map_err(|reason| *reason).and_then(Covariances::correlations);
        let status = match by(omega_least_squares) {
            Ok(_) if people < WORTH_SHOWING_FROM => "n<30: do not show",
            Ok(_) => "ok",
            Err(Undefined::Heywood { .. }) => "heywood: use the closed form",
            Err(Undefined::NoSpread) => "undefined_zero_variance",
            Err(_) => "undefined",
        };
        let mut fields = Fields::default();
        fields.count("n", "people who answered every item", people);
        fields.count("k", "items", items);
        fields.number("omega_uls_cov", "McDonald's omega, one factor by unweighted least squares", by(omega_least_squares));
        fields.number("omega_ml_cov", "the same by maximum likelihood", by(omega_maximum_likelihood));
        fields.number(
            "omega_minres_cor",
            "of correlations, as if all items varied alike",
            standardised.and_then(|r| omega_least_squares(&r)),
        );
        fields.number("omega_hancock_an_closed_form", "by a formula without a fit (Hancock & An)", by(omega_closed_form));
        fields.number("omega_uls_cov_oracle", "least squares again, under the name of the reference", by(omega_least_squares));
        fields.text("status", "whether the number can be used", status);
        Ok(fields)
    }
}
