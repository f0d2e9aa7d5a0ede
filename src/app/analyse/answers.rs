//! From rows to the answers of a scale and the scores of people.

use statistics::{Answers, Enough, ResponseScale, Score, Undefined, half_rule};

use super::methods::by_group::UNANSWERED;
use super::options::{Options, Scale};
use super::problem::Problem;
use super::selection::Selection;
use super::table::{Column, Reading, Row, same};

/// The answers of the selected rows to the items that anybody answered, turned where an item is reversed.
#[derive(Debug)]
pub(super) struct ItemAnswers {
    /// The items that somebody answered.
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

/// The columns of the scale: those of `--items`; of typed values X1, X2, … or x.
fn item_names(selection: &Selection<'_>, options: &Options) -> Result<Vec<String>, Problem> {
    if !options.items.is_empty() {
        return Ok(options.items.clone());
    }
    if selection.table.is_typed() {
        let matrix = |name: &&String| name.strip_prefix('X').is_some_and(|number| number.parse::<usize>().is_ok());
        let typed: Vec<String> = selection.table.columns.iter().filter(matrix).cloned().collect();
        if !typed.is_empty() {
            return Ok(typed);
        }
        if selection.table.find("x").is_some() {
            return Ok(vec!["x".to_owned()]);
        }
    }
    Err(Problem::option("--items", "name the columns to look at, for instance --items saf1,saf2,saf3"))
}

impl ItemAnswers {
    /// Reads the answers to `--items`, turns those of `--reversed`, and leaves out an item that nobody answered.
    ///
    /// # Errors
    /// When a column does not exist, holds text, or an answer lies outside the scale.
    pub(super) fn read(selection: &mut Selection<'_>, options: &Options) -> Result<Self, Problem> {
        let names = item_names(selection, options)?;
        if let Some(stranger) = options.reversed.iter().find(|name| !names.contains(name)) {
            return Err(Problem::option("--reversed", format!("{stranger:?} is not among the items {}", names.join(", "))));
        }
        if let Some((_, twice)) = names.iter().enumerate().find(|(place, name)| names.iter().take(*place).any(|other| other == *name)) {
            return Err(Problem::option("--items", format!("{twice:?} is named twice")));
        }
        let scale = turning_scale(options)?;
        let mut answers = Self { items: Vec::new(), named: names.len(), rows: vec![Vec::new(); selection.rows.len()] };
        for name in &names {
            let column = selection.table.column("--items", name)?;
            let values = numbers(selection, column, options, scale)?;
            let missing = values.iter().filter(|value| value.is_none()).count();
            if missing == values.len() {
                selection.tell(
                    format!("{UNANSWERED}{name}"),
                    format!("rows in which nobody answered {name}, left out as an item"),
                    missing,
                );
                continue;
            }
            if missing > 0 && !selection.table.is_typed() {
                selection.tell(format!("missing_{name}"), format!("missing answers to {name}"), missing);
            }
            let turned = scale.filter(|_| options.reversed.contains(name));
            for (row, value) in answers.rows.iter_mut().zip(values) {
                row.push(match (value, turned) {
                    (Some(value), Some(scale)) => {
                        Some(scale.reverse(value).map_err(|reason| Problem::option("--reversed", reason.to_string()))?)
                    }
                    _ => value,
                });
            }
            answers.items.push(name.clone());
        }
        if answers.items.is_empty() {
            return Err(Problem::NoRows(format!("nobody answered {}", names.join(", "))));
        }
        Ok(answers)
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
        let (asked, named) = (self.items.len(), self.named);
        if let Some(least) = options.min_answered.filter(|least| !(1..=named).contains(least)) {
            return Err(Problem::option("--min-answered", format!("{least} of {named} items cannot be answered; use 1 to {named}")));
        }
        let half = (1..=asked).find(|answered| half_rule(*answered, asked)).unwrap_or(asked);
        let least = if options.complete || options.sum { asked } else { options.min_answered.unwrap_or(half) };
        let score = if options.sum { Score::Sum } else { Score::Mean };
        let scores: Vec<Option<f64>> =
            self.rows.iter().map(|answers| score.of(answers, Enough::Items(least)).ok().map(|score| adjusted(score, options))).collect();
        let without = scores.iter().filter(|score| score.is_none()).count();
        if without > 0 && !selection.table.is_typed() {
            selection.tell("rows_without_score", format!("rows without a score: fewer than {least} of {asked} answered"), without);
        }
        Ok(scores)
    }
}

/// The scale on which items are turned and answers are checked.
///
/// # Errors
/// When items are to be turned and nothing says on which scale.
fn turning_scale(options: &Options) -> Result<Option<ResponseScale>, Problem> {
    // Agreement does not depend on where a scale begins, so that the number of options is enough there.
    let counted = options.options.filter(|_| !options.reversed.is_empty()).map(|most| Scale { low: 1.0, high: f64::from(most) });
    match options.scale.or(counted) {
        Some(scale) => scale.points().map(Some),
        None if options.reversed.is_empty() => Ok(None),
        None => Err(Problem::option("--scale", "turning an item needs the smallest and the largest answer, for instance --scale 1:5")),
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
        let typed = selection.table.is_typed() && options.wave.is_none();
        let name = |given: &Option<String>, option: &'static str, typed_name: &str| match given {
            Some(name) => Ok(name.clone()),
            None if typed => Ok(typed_name.to_owned()),
            None => Err(Problem::option(option, "say which rounds are compared: two values of --wave, or two columns")),
        };
        let (before, after) = (name(&options.before, "--before", "x")?, name(&options.after, "--after", "y")?);
        if same(&before, &after) {
            return Err(Problem::option("--after", format!("{after:?} is compared with itself; name another round or column")));
        }
        let Some(wave) = &options.wave else {
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
    let values = numbers(selection, column, options, options.scale.map(Scale::points).transpose()?)?;
    let missing = values.iter().filter(|value| value.is_none()).count();
    if missing > 0 && !selection.table.is_typed() {
        selection.tell(format!("missing_{name}"), format!("missing values of {name}"), missing);
    }
    let rows = selection.rows.iter().copied().zip(values);
    Ok(rows.filter_map(|(row, value)| value.map(|value| (row, adjusted(value, options)))).collect())
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
