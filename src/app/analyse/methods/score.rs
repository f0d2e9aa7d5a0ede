//! Scores: of people, of one team, and what those who did not answer could change.

use statistics::{Favourable, Sample, Share, Stratum, Undefined, mean_interval, nonresponse_bounds, standard_error};

use super::super::answers::{ItemAnswers, is_one_typed_person};
use super::super::output::{Cell, Fields};
use super::super::problem::Problem;
use super::super::roster::more_than_invited;
use super::Request;

impl Request<'_> {
    pub(super) fn team_score_and_interval(&mut self) -> Result<Fields, Problem> {
        let scale = self.scale("favourable answers and the bounds need it")?;
        let answers = ItemAnswers::read(&mut self.selection, self.options)?;
        let scores: Vec<f64> = answers.scores(&mut self.selection, self.options)?.into_iter().flatten().collect();
        let invited = self.invited(None, 0)?;
        let reliability = self.reliability()?;
        let sample = Sample::new(scores.iter().copied());
        let people = u32::try_from(scores.len()).unwrap_or(u32::MAX);
        self.notes.extend(more_than_invited(people, invited));
        let mut fields = Fields::default();
        fields.count("n", "people with a score", people);
        fields.count("N", "people who could have answered", invited);
        self.mean_and_spread(&mut fields, &sample, invited, reliability, true);
        self.team_interval(&mut fields, sample.as_ref().ok(), invited);
        let mean = sample.as_ref().map(Sample::mean).map_err(|reason| *reason);
        let bounds = answers.score_scale(scale, self.options).and_then(|scale| nonresponse_bounds(mean?, people, invited, scale));
        fields.number("nonresponse_bound_low", "the mean if all others gave the lowest answer", bounds.map(|bounds| bounds.low));
        fields.number("nonresponse_bound_high", "the mean if all others gave the highest", bounds.map(|bounds| bounds.high));
        // Favourable is every answer above the middle: 4 and 5 of 5, 5 to 7 of 7; a score, when it is nearer to these than to the others.
        let least = scale.middle().floor() + 1.0;
        let favourable = answers.all().and_then(|all| Favourable::of(&all, least));
        let of = |of: &dyn Fn(&Favourable) -> Result<f64, Undefined>| favourable.as_ref().map_err(|reason| *reason).and_then(of);
        fields.number(
            "composite_percent_favourable_ahrq_mean_of_items",
            "share of favourable answers, mean of the items",
            of(&Favourable::composite),
        );
        fields.number("percent_favourable_pooled_answers", "the same of all answers together", of(&|all| all.pooled().map(Share::value)));
        let threshold = least - 0.5;
        // A threshold on the scale of the answers is compared with what is on that scale, whatever the score is.
        let share = Share::at_least(&answers.means(self.options)?, threshold);
        if self.options.sum || self.options.round || self.options.scale_by.is_some() {
            self.notes.push(format!("{threshold} is compared with means of answers, before --sum, --scale-by and --round."));
        }
        let wilson = share.and_then(Share::wilson);
        let key = format!("share_of_people_scoring_ge_{}", threshold.to_string().replace('.', "_"));
        fields.number(key, format!("share of people with a score of {threshold} or more"), share.map(Share::value));
        fields.number("wilson_low", "lower end of its 95 % interval (Wilson)", wilson.map(|interval| interval.low));
        fields.number("wilson_high", "upper end", wilson.map(|interval| interval.high));
        let items = favourable.map(|all| all.items).unwrap_or_default();
        let alike = items.iter().chain([&share]).flatten().any(|share| share.count() == 0 || share.count() == share.of());
        self.mark(&mut fields, alike || tells_answers(&sample));
        fields.column("items", "item", "the item", answers.items.iter().map(|name| Cell::Text(name.clone())));
        fields.numbers(
            "item_percent_favourable",
            "favourable",
            "share of its answers that are favourable",
            items.into_iter().map(|item| item.map(Share::value)),
        );
        if people < 10 {
            self.notes
                .push("Numbers of fewer than 10 people can give single answers away: a spread of 0, or a share of 0 or 1.".to_owned());
        }
        Ok(fields)
    }

    pub(super) fn mean_ci(&mut self) -> Result<Fields, Problem> {
        let sample = self.sample()?;
        let invited = self.invited(None, 0)?;
        let reliability = self.reliability()?;
        self.notes.extend(more_than_invited(sample.as_ref().map_or(0, Sample::len), invited));
        let mut fields = Fields::default();
        fields.count("n", "values", sample.as_ref().map_or(0, Sample::len));
        fields.count("N", "people who could have answered", invited);
        self.mean_and_spread(&mut fields, &sample, invited, reliability, false);
        self.mark(&mut fields, tells_answers(&sample));
        Ok(fields)
    }

    /// Mean, spread and standard errors; the names of the last one differ between the reference's methods.
    fn mean_and_spread(&self, fields: &mut Fields, sample: &Result<Sample, Undefined>, invited: u32, reliability: f64, team: bool) {
        let known = || sample.as_ref().map_err(|reason| *reason);
        let stratum = known().and_then(|sample| Stratum::of(u32::try_from(sample.len()).unwrap_or(u32::MAX), invited));
        let interval = known().and_then(mean_interval);
        let error = |rho: f64| known().and_then(|sample| standard_error(sample.sd()?, stratum?, rho));
        fields.number("mean", "mean", known().map(Sample::mean));
        fields.number("sd", "standard deviation (n - 1)", known().and_then(Sample::sd));
        fields.number("ci_low_t", "lower end of the 95 % interval, as of a sample of many", interval.map(|interval| interval.low));
        fields.number("ci_high_t", "upper end", interval.map(|interval| interval.high));
        fields.number("fpc", "finite population correction, the root of 1 - n/N", stratum.map(Stratum::correction));
        fields.number("se_fpc", "standard error when nothing but non-answers is uncertain", error(1.0));
        let key = if team { "se_fpc_with_measurement_floor" } else { "se_with_floor" };
        fields.number(key, "standard error with what a score of this reliability leaves open", error(reliability));
    }

    pub(super) fn nonresponse_bounds(&mut self) -> Result<Fields, Problem> {
        let scale = self.scale("the bounds are its ends")?;
        let typed = self.options.typed;
        let (mean, people, possible) = if typed.mean.is_some() || typed.n.is_some() {
            (Ok(self.needed(typed.mean, "mean")?), self.needed(typed.n, "n")?, scale.points().map_err(|_| Undefined::NoValues))
        } else {
            let answers = ItemAnswers::read(&mut self.selection, self.options)?;
            let sample = Sample::new(answers.scores(&mut self.selection, self.options)?.into_iter().flatten());
            let people = u32::try_from(sample.as_ref().map_or(0, Sample::len)).unwrap_or(u32::MAX);
            (sample.map(|sample| sample.mean()), people, answers.score_scale(scale, self.options))
        };
        let invited = self.invited(None, 0)?;
        self.notes.extend(more_than_invited(people, invited));
        let bounds = mean.and_then(|mean| nonresponse_bounds(mean, people, invited, possible?));
        let mut fields = Fields::default();
        fields.count("n", "people who answered", people);
        fields.count("N", "people who could have answered", invited);
        fields.number("mean", "mean of those who answered", mean);
        fields.number("low", "the mean if all others gave the lowest answer", bounds.map(|bounds| bounds.low));
        fields.number("high", "the mean if all others gave the highest", bounds.map(|bounds| bounds.high));
        Ok(fields)
    }

    pub(super) fn scale_score(&mut self) -> Result<Fields, Problem> {
        let answers = ItemAnswers::read(&mut self.selection, self.options)?;
        let scores = answers.scores(&mut self.selection, self.options)?;
        let mut fields = Fields::default();
        if let ([answers], [score]) = (answers.rows.as_slice(), scores.as_slice())
            && is_one_typed_person(&self.selection)
        {
            let (answered, asked) = (answers.iter().flatten().count(), answers.len());
            fields.count("answered", "items answered", answered);
            fields.count("asked", "items asked", asked);
            let meaning = if self.options.sum { "the score: sum of the items" } else { "the score: mean of the answered items" };
            let score = score.ok_or(Undefined::TooFewAnswered { answered, asked });
            fields.number("score", format!("{meaning}, turned where reversed"), score);
            return Ok(fields);
        }
        fields.column("line", "line", "the line of the file", self.selection.rows.iter().map(|row| Cell::count(row.line)));
        let missing = || "too few items were answered".to_owned();
        fields.numbers("score", "score", "the person's score", scores.into_iter().map(|score| score.ok_or_else(missing)));
        Ok(fields)
    }
}

/// Whether the mean is everybody's score.
fn tells_answers(sample: &Result<Sample, Undefined>) -> bool {
    sample.as_ref().is_ok_and(|sample| sample.len() == 1 || sample.sd().is_ok_and(|sd| sd <= 0.0))
}
