//! From rows to the answers of a scale and the scores of people.

use statistics::{Answers, Enough, ResponseScale, Score, Undefined, half_rule};

use super::method::Method;
use super::methods::by_group::{LOOK_AT_ANSWERS, UNANSWERED};
use super::options::{Options, Scale};
use super::problem::Problem;
use super::selection::Selection;
use super::table::{Column, Reading, Row, same};

/// The answers of the selected rows to the items that were asked, turned where an item is reversed.
#[derive(Debug)]
pub(super) struct ItemAnswers {
    /// The items that somebody in the file answered.
    pub(super) items: Vec<String>,
    /// How many items were named.
    named: usize,
    /// One row per selected row, one answer per item.
    pub(super) rows: Vec<Vec<Option<f64>>>,
}

/// What is read as a number, and what as missing, by the options.
fn reading(options: &Options) -> Reading {
    Reading { missing: options.missing.clone(), decimal_comma: options.decimal_comma }
}

impl ItemAnswers {
    /// Reads the answers to `--items`, turns those of `--reversed`, and leaves out an item that nobody in the file answered, and with
    /// `--complete` the rows that do not answer every item.
    ///
    /// # Errors
    /// When a column does not exist, holds text, or an answer lies outside the scale; when no answer is left.
    pub(super) fn read(selection: &mut Selection<'_>, options: &Options) -> Result<Self, Problem> {
        let names = &options.items;
        if names.is_empty() {
            return Err(Problem::option("--items", "name the columns to look at, for instance --items saf1,saf2,saf3"));
        }
        none_but(&options.reversed, names)?;
        if let Some((_, twice)) = names.iter().enumerate().find(|(place, name)| names.iter().take(*place).any(|other| other == *name)) {
            return Err(Problem::option("--items", format!("{twice:?} is named twice")));
        }
        let turning = Turning::of(options)?;
        let one_person = is_one_typed_person(selection);
        let mut answers = Self { items: Vec::new(), named: names.len(), rows: vec![Vec::new(); selection.rows.len()] };
        for name in names {
            let column = selection.table.column("--items", name)?;
            let values = numbers(selection, column, options, turning.scale())?;
            let missing = values.iter().filter(|value| value.is_none()).count();
            if missing == values.len() && !one_person {
                if !asked(selection, column, options) {
                    selection.tell(
                        format!("{UNANSWERED}{name}"),
                        format!("rows in which nobody answered {name}, left out as an item"),
                        missing,
                    );
                    continue;
                }
                let meaning = format!("rows looked at, none of which answers {name}: if they were not asked, leave it out of --items");
                selection.tell(format!("silent_{name}"), meaning, missing);
            }
            if missing > 0 && !selection.table.is_typed() {
                selection.tell(format!("missing_{name}"), format!("missing answers to {name}"), missing);
            }
            let reversed = options.reversed.contains(name);
            for (row, value) in answers.rows.iter_mut().zip(values) {
                row.push(value.map(|value| if reversed { turning.turn(value) } else { value }));
            }
            answers.items.push(name.clone());
        }
        if answers.rows.iter().flatten().all(Option::is_none) && !one_person {
            return Err(Problem::NoRows(format!("nobody answered {}", names.join(", "))));
        }
        if takes_complete_rows(options) && !one_person {
            answers.keep_complete(selection)?;
        }
        Ok(answers)
    }

    /// Leaves out the rows that do not answer every item, here and in the selection.
    fn keep_complete(&mut self, selection: &mut Selection<'_>) -> Result<(), Problem> {
        let all = selection.rows.len();
        let both = selection.rows.drain(..).zip(self.rows.drain(..));
        let (rows, answers): (Vec<_>, Vec<_>) = both.filter(|(_, answers)| answers.iter().all(Option::is_some)).unzip();
        (selection.rows, self.rows) = (rows, answers);
        if selection.rows.is_empty() {
            return Err(Problem::NoRows(format!("nobody answered every item of {}", self.items.join(", "))));
        }
        if selection.rows.len() < all {
            selection.tell("rows_incomplete", "rows that do not answer every item, left out", all - selection.rows.len());
        }
        Ok(())
    }

    /// The answers of all rows.
    pub(super) fn all(&self) -> Result<Answers, Undefined> {
        Answers::new(self.items.len(), self.rows.iter().cloned())
    }

    /// Everybody's score, by `--min-answered`, `--complete`, `--sum`, `--scale-by` and `--round`.
    ///
    /// # Errors
    /// When `--min-answered` asks for more items than there are.
    pub(super) fn scores(&self, selection: &mut Selection<'_>, options: &Options) -> Result<Vec<Option<f64>>, Problem> {
        let score = if options.sum { Score::Sum } else { Score::Mean };
        let scores: Vec<Option<f64>> =
            self.each(score, options)?.into_iter().map(|score| score.map(|score| adjusted(score, options))).collect();
        let without = scores.iter().filter(|score| score.is_none()).count();
        if without > 0 && !selection.table.is_typed() {
            let (least, asked) = (self.least(options)?, self.items.len());
            selection.tell("rows_without_score", format!("rows without a score: fewer than {least} of {asked} answered"), without);
        }
        Ok(scores)
    }

    /// The mean answer of everybody who has a score, on the scale of the answers whatever the score is.
    ///
    /// # Errors
    /// As [`Self::scores`].
    pub(super) fn means(&self, options: &Options) -> Result<Vec<f64>, Problem> {
        Ok(self.each(Score::Mean, options)?.into_iter().flatten().collect())
    }

    /// From the lowest to the highest score that is possible.
    pub(super) fn score_scale(&self, scale: Scale, options: &Options) -> Result<ResponseScale, Undefined> {
        let answers = if options.sum { self.items.iter().map(|_| 1.0).sum() } else { 1.0 };
        let [one, other] = [scale.low, scale.high].map(|end| adjusted(answers * end, options));
        ResponseScale::new(one.min(other), one.max(other))
    }

    fn each(&self, score: Score, options: &Options) -> Result<Vec<Option<f64>>, Problem> {
        let least = Enough::Items(self.least(options)?);
        let enough = options.typed.min_fraction.filter(|_| !takes_complete_rows(options)).map_or(least, Enough::Share);
        Ok(self.rows.iter().map(|answers| score.of(answers, enough).ok()).collect())
    }

    /// How many items must be answered for a score.
    fn least(&self, options: &Options) -> Result<usize, Problem> {
        let (asked, named) = (self.items.len(), self.named);
        if let Some(least) = options.min_answered.filter(|least| !(1..=named).contains(least)) {
            return Err(Problem::option("--min-answered", format!("{least} of {named} items cannot be answered; use 1 to {named}")));
        }
        let half = (1..=asked).find(|answered| half_rule(*answered, asked)).unwrap_or(asked);
        Ok(if takes_complete_rows(options) { asked } else { options.min_answered.unwrap_or(half) })
    }
}

/// Whether anybody in the file answered an item, among the rows looked at or not.
fn asked(selection: &Selection<'_>, column: Column, options: &Options) -> bool {
    let reading = reading(options);
    selection.table.rows.iter().any(|row| !matches!(selection.table.number(row, column, &reading), Ok(None)))
}

/// Whether these are the typed answers of one person, of whom also what they left out is of interest.
pub(super) fn is_one_typed_person(selection: &Selection<'_>) -> bool {
    selection.table.is_typed() && selection.table.rows.len() == 1
}

/// Whether only people count who answered every item.
fn takes_complete_rows(options: &Options) -> bool {
    options.complete || (options.sum && !LOOK_AT_ANSWERS.contains(&options.method))
}

/// Refuses to turn what is not there.
fn none_but(reversed: &[String], names: &[String]) -> Result<(), Problem> {
    reversed
        .iter()
        .find(|name| !names.contains(name))
        .map_or(Ok(()), |stranger| Err(Problem::option("--reversed", format!("{stranger:?} is not among the items {}", names.join(", ")))))
}

/// How answers to reversed items are turned.
#[derive(Debug, Clone, Copy)]
enum Turning {
    /// On a scale, on which all answers must lie.
    On(ResponseScale),
    /// Around any point, which is enough where only distances between answers count.
    AroundZero,
    /// Not at all, and nothing is known of the scale.
    Nothing,
}

impl Turning {
    /// # Errors
    /// When items are to be turned and nothing says on which scale.
    fn of(options: &Options) -> Result<Self, Problem> {
        match options.scale {
            Some(scale) => scale.points().map(Self::On),
            None if options.reversed.is_empty() => Ok(Self::Nothing),
            None if options.method == Method::WithinGroupAgreement => Ok(Self::AroundZero),
            None => Err(Problem::option("--scale", "turning an item needs the smallest and the largest answer, for instance --scale 1:5")),
        }
    }

    /// The scale on which all answers must lie.
    const fn scale(self) -> Option<ResponseScale> {
        match self {
            Self::On(scale) => Some(scale),
            Self::AroundZero | Self::Nothing => None,
        }
    }

    /// An answer, turned.
    fn turn(self, answer: f64) -> f64 {
        match self {
            Self::On(scale) => scale.low() + scale.high() - answer,
            Self::AroundZero => -answer,
            Self::Nothing => answer,
        }
    }
}

/// A score after `--scale-by` and `--round`; halves go to the even number, as in R.
fn adjusted(score: f64, options: &Options) -> f64 {
    let scaled = options.scale_by.map_or(score, |factor| score * factor);
    if options.round { scaled.round_ties_even() } else { scaled }
}

/// The scores before and after, each with its row.
pub(super) struct TwoWaves<'t> {
    pub(super) before: Vec<(&'t Row, f64)>,
    pub(super) after: Vec<(&'t Row, f64)>,
}

impl<'t> TwoWaves<'t> {
    /// Two rounds by `--wave`, `--before` and `--after`, or two columns; of typed values x and y.
    ///
    /// # Errors
    /// When an option is missing, a round does not occur, or a column does not hold numbers.
    pub(super) fn read(selection: &mut Selection<'t>, options: &Options) -> Result<Self, Problem> {
        let name = |given: &Option<String>, option: &'static str| {
            given.clone().ok_or_else(|| Problem::option(option, "say which rounds are compared: two values of --wave, or two columns"))
        };
        let (before, after) = (name(&options.before, "--before")?, name(&options.after, "--after")?);
        if same(&before, &after) {
            return Err(Problem::option("--after", format!("{after:?} is compared with itself; name another round or column")));
        }
        let Some(wave) = &options.wave else {
            none_but(&options.reversed, &[before.clone(), after.clone()])?;
            return Ok(Self {
                before: column(selection, options, "--before", &before)?,
                after: column(selection, options, "--after", &after)?,
            });
        };
        let wave = selection.table.column("--wave", wave)?;
        for (option, value) in [("--before", &before), ("--after", &after)] {
            selection.in_wave(option, wave, value)?;
        }
        let waves = selection.rows.len();
        selection.rows.retain(|row| same(row.cell(wave), &before) || same(row.cell(wave), &after));
        if selection.rows.len() < waves {
            selection.tell("rows_of_other_waves", "rows of other rounds, left out", waves - selection.rows.len());
        }
        let scores = ItemAnswers::read(selection, options)?.scores(selection, options)?;
        let of = |value: &str| {
            let rows = selection.rows.iter().zip(&scores).filter(|(row, _)| same(row.cell(wave), value));
            rows.filter_map(|(row, score)| score.map(|score| (*row, score))).collect()
        };
        Ok(Self { before: of(&before), after: of(&after) })
    }

    /// The scores without their rows.
    pub(super) fn values(&self) -> (Vec<f64>, Vec<f64>) {
        let values = |scores: &[(&Row, f64)]| scores.iter().map(|(_, score)| *score).collect();
        (values(&self.before), values(&self.after))
    }
}

/// The numbers of one column with their rows, adjusted like scores.
fn column<'t>(selection: &mut Selection<'t>, options: &Options, option: &'static str, name: &str) -> Result<Vec<(&'t Row, f64)>, Problem> {
    let column = selection.table.column(option, name).map_err(|problem| match problem {
        Problem::UnknownColumn { .. } if options.wave.is_none() && !options.items.is_empty() => {
            Problem::option("--wave", format!("say in which column the round {name:?} of {option} stands, for instance --wave wave"))
        }
        other => other,
    })?;
    let turning = Turning::of(options)?;
    let values = numbers(selection, column, options, turning.scale())?;
    let missing = values.iter().filter(|value| value.is_none()).count();
    if missing > 0 && !selection.table.is_typed() {
        selection.tell(format!("missing_{name}"), format!("missing values of {name}"), missing);
    }
    let reversed = options.reversed.iter().any(|reversed| reversed == name);
    let score = |value| adjusted(if reversed { turning.turn(value) } else { value }, options);
    let rows = selection.rows.iter().copied().zip(values);
    Ok(rows.filter_map(|(row, value)| value.map(|value| (row, score(value)))).collect())
}

/// The numbers of a column in the order of the rows.
///
/// # Errors
/// When there is text, or a number outside the scale.
pub(super) fn numbers(
    selection: &Selection<'_>,
    column: Column,
    options: &Options,
    scale: Option<ResponseScale>,
) -> Result<Vec<Option<f64>>, Problem> {
    let reading = reading(options);
    let number = |row| {
        let number = selection.table.number(row, column, &reading)?;
        match (number, scale) {
            (Some(value), Some(scale)) if !scale.holds(value) => {
                let scale = Scale { low: scale.low(), high: scale.high() }.to_string();
                Err(Problem::OutsideScale { place: selection.table.place(row, column), value, scale })
            }
            _ => Ok(number),
        }
    };
    selection.rows.iter().map(|row| number(row)).collect()
}
