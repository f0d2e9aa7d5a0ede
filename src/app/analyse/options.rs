//! What can be asked: the options of `candor analyse` and the small languages inside them.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;
use statistics::ResponseScale;

use super::method::Method;
use super::problem::Problem;
use super::table::finite;

/// Arguments of `candor analyse`.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// The rows: a CSV file in UTF-8 with a header, one line per person and round; comma, semicolon or tab.
    #[arg(value_name = "FILE", conflicts_with = "values")]
    pub file: Option<PathBuf>,
    /// Words that belong to no option.
    #[arg(hide = true)]
    pub more: Vec<String>,
    /// What to compute; the examples below show each method.
    #[arg(long, value_enum, value_name = "METHOD", hide_possible_values = true)]
    pub method: Method,
    /// The columns of one scale, or the one column to look at.
    #[arg(long, value_name = "A,B", value_delimiter = ',', value_parser = name)]
    pub items: Vec<String>,
    /// Those of the items that are worded the other way round. Needs --scale.
    #[arg(long, value_name = "B", value_delimiter = ',', value_parser = name)]
    pub reversed: Vec<String>,
    /// The smallest and the largest answer. An answer outside is an error.
    #[arg(long, value_name = "1:7", allow_hyphen_values = true)]
    pub scale: Option<Scale>,
    /// The column with the team; several, A,B, are joined by a space. A method that looks at one team then looks at each.
    #[arg(long, value_name = "COL", value_delimiter = ',', value_parser = name)]
    pub group: Vec<String>,
    /// The column with the round (wave).
    #[arg(long, value_name = "COL", value_parser = name)]
    pub wave: Option<String>,
    /// Take only rows with this value; several columns must all fit, of several values of one column any.
    #[arg(long = "where", value_name = "COL=VALUE")]
    pub conditions: Vec<Condition>,
    /// Of the rows that are left take only these, counted from 1.
    #[arg(long, value_name = "1:12")]
    pub rows: Option<RowRange>,
    /// The round before: a value of --wave, or a column.
    #[arg(long, value_name = "W|COL", value_parser = name, allow_negative_numbers = true)]
    pub before: Option<String>,
    /// The round after: a value of --wave, or a column.
    #[arg(long, value_name = "W|COL", value_parser = name, allow_negative_numbers = true)]
    pub after: Option<String>,
    /// What the predictors are compared with, for relative_importance; for another method the one column to look at, like --items.
    #[arg(long, value_name = "COL", value_parser = name)]
    pub outcome: Option<String>,
    /// The columns whose importance is compared, at most 10.
    #[arg(long, value_name = "A,B", value_delimiter = ',', value_parser = name)]
    pub predictors: Vec<String>,
    /// The fewest answered items that make a score. Without it: half of the items.
    #[arg(long, value_name = "N")]
    pub min_answered: Option<usize>,
    /// Take only people who answered every item.
    #[arg(long)]
    pub complete: bool,
    /// Score people by the sum of their answers instead of the mean; takes only people who answered every item.
    #[arg(long)]
    pub sum: bool,
    /// Multiply every score by this number.
    #[arg(long, value_name = "3", value_parser = parse_finite, allow_negative_numbers = true)]
    pub scale_by: Option<f64>,
    /// Round every score to a whole number, after --scale-by.
    #[arg(long)]
    pub round: bool,
    /// How many people each team had: a CSV file with the columns wave, team, headcount.
    #[arg(long, value_name = "FILE")]
    pub roster: Option<PathBuf>,
    /// How many people of each headcount are leaders and not among the members.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub roster_leaders: u32,
    /// How many people could have answered, instead of --roster; before and after with a comma.
    #[arg(long, value_name = "N[,N]", value_delimiter = ',', num_args = 1)]
    pub roster_n: Vec<u32>,
    /// The share of differences between people that lasts, where the staff list is known: 0.4 for a change, else 0.5.
    #[arg(long, value_name = "0.4", value_parser = parse_share)]
    pub rho: Option<f64>,
    /// The reliability of a score; what it leaves open stays uncertain even when everybody answers.
    #[arg(long, value_name = "0.8", value_parser = parse_share)]
    pub reliability: Option<f64>,
    /// The variance of answers given at random, for agreement: even, and skewed; the skewed one also as slight, moderate or heavy, of
    /// 5 answers. Without it: from --options, slight.
    #[arg(long, value_name = "U[,S]", value_delimiter = ',', num_args = 1)]
    pub null_variance: Vec<Null>,
    /// How many answers can be chosen from. Without it: from --scale.
    #[arg(long, value_name = "5", value_parser = clap::value_parser!(u32).range(2..=1000))]
    pub options: Option<u32>,
    /// The fewest scores a team needs in each round, for comparing teams one by one.
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub min_group: usize,
    /// Words that stand for a missing answer. An empty cell always does.
    #[arg(long, value_name = "NA,-99", value_delimiter = ',', allow_hyphen_values = true)]
    pub missing: Vec<String>,
    /// Numbers are written 3,5 and not 3.5.
    #[arg(long)]
    pub decimal_comma: bool,
    /// Numbers typed here instead of a file: names with lists, see below.
    #[arg(long, value_name = "x=1,2;y=3,4")]
    pub values: Vec<String>,
    /// Single numbers among them that are no option.
    #[arg(skip)]
    pub typed: Typed,
    /// Print JSON with every digit instead of a table.
    #[arg(long)]
    pub json: bool,
}

impl Options {
    /// These options with the columns where the method looks for them: where nothing is compared with predictors, `--outcome` names the
    /// one column to look at; where something is, `--items` names the predictors.
    ///
    /// # Errors
    /// When there is a word that belongs to no option.
    pub(super) fn settled(&self) -> Result<Self, Problem> {
        let mut options = self.clone();
        if let Some(word) = options.more.first() {
            let reason =
                format!("nothing is known about {word:?}; what belongs to one option is joined by commas, as in --items a,b --group c,d");
            return Err(Problem::option("FILE", reason));
        }
        if options.method == Method::RelativeImportance && options.predictors.is_empty() {
            options.predictors.append(&mut options.items);
        } else if options.method != Method::RelativeImportance && options.items.is_empty() {
            options.items.extend(options.outcome.take());
        }
        Ok(options)
    }
}

/// Against what agreement is measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Null {
    /// A variance.
    Variance(f64),
    /// A published distribution of answers.
    Skew(Skew),
}

/// How skewed answers are that are given at random.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skew {
    /// Somewhat more at the upper end.
    Slight,
    /// Most at the upper end.
    Moderate,
    /// Nearly all at the upper end.
    Heavy,
}

impl FromStr for Null {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim() {
            "slight" => Ok(Self::Skew(Skew::Slight)),
            "moderate" => Ok(Self::Skew(Skew::Moderate)),
            "heavy" => Ok(Self::Skew(Skew::Heavy)),
            number => parse_positive(number).map(Self::Variance).map_err(|reason| format!("{reason}; or slight, moderate, heavy")),
        }
    }
}

/// Typed single numbers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Typed {
    /// People counted.
    pub k: Option<u32>,
    /// Of so many people.
    pub n: Option<u32>,
    /// A mean.
    pub mean: Option<f64>,
    /// The least share of items that makes a score, instead of the half rule.
    pub min_fraction: Option<f64>,
}

/// The smallest and the largest possible answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// The smallest.
    pub low: f64,
    /// The largest.
    pub high: f64,
}

impl Scale {
    /// How many whole answers there are, when both ends are whole numbers.
    #[must_use]
    pub fn options(self) -> Option<u32> {
        let steps = self.high - self.low;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number from 1 to 999")]
        (self.low.fract() == 0.0 && steps.fract() == 0.0 && (1.0..1000.0).contains(&steps)).then(|| steps as u32 + 1)
    }

    /// The scale as the statistics know it.
    pub(super) fn points(self) -> Result<ResponseScale, Problem> {
        ResponseScale::new(self.low, self.high).map_err(|reason| Problem::option("--scale", reason.to_string()))
    }

    /// The middle.
    #[must_use]
    pub fn middle(self) -> f64 {
        f64::midpoint(self.low, self.high)
    }
}

impl fmt::Display for Scale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.low, self.high)
    }
}

impl FromStr for Scale {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let ends = text.split_once(':').or_else(|| text.split_once("..")).and_then(|(low, high)| finite(low).zip(finite(high)));
        match ends {
            Some((low, high)) if low < high => Ok(Self { low, high }),
            _ => Err("write the smallest and the largest answer, for instance 1:7".to_owned()),
        }
    }
}

/// A value that rows must have in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The column's name.
    pub column: String,
    /// The value.
    pub value: String,
}

impl FromStr for Condition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (column, value) = text.split_once('=').ok_or("write a column and its value, for instance team=North")?;
        // Other programs write ==, and quotation marks around a text.
        let value = unquoted(value.strip_prefix('=').unwrap_or(value));
        if column.ends_with(['!', '<', '>', '~']) {
            return Err("rows with one value of a column can be taken, for instance team=North; repeat --where for several".to_owned());
        }
        if let Some(advice) = joined_conditions(text) {
            return Err(advice);
        }
        Ok(Self { column: unquoted(column).to_owned(), value: value.to_owned() })
    }
}

/// Rows from the first to the last, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowRange {
    /// The first.
    pub first: usize,
    /// The last.
    pub last: usize,
}

impl FromStr for RowRange {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let ends = text.split_once(':').and_then(|(first, last)| first.trim().parse().ok().zip(last.trim().parse().ok()));
        match ends {
            Some((first, last)) if first >= 1 && first <= last => Ok(Self { first, last }),
            _ => Err("write the first and the last row, counted from 1, for instance 1:12".to_owned()),
        }
    }
}

/// The name of a column, without blanks around it.
#[expect(clippy::unnecessary_wraps, reason = "the form of a parser of arguments")]
fn name(text: &str) -> Result<String, String> {
    Ok(text.trim().to_owned())
}

/// A text without blanks and one pair of quotation marks around it.
fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let inside = |mark: char| text.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    inside('"').or_else(|| inside('\'')).unwrap_or(text).trim()
}

/// What to write instead of conditions that are joined by a word or sign; nothing for a value that merely holds such a word.
fn joined_conditions(text: &str) -> Option<String> {
    let split = |words: &[&str]| {
        words.iter().find_map(|word| {
            let conditions: Option<Vec<(&str, &str)>> = text.split(word).map(one_condition).collect();
            conditions.filter(|conditions| conditions.len() > 1)
        })
    };
    let either = split(&["||", "|", " or ", " OR "]);
    if either.iter().flatten().zip(either.iter().flatten().skip(1)).any(|(one, next)| one.0 != next.0) {
        return Some(
            "several values of one column are alternatives, values of different columns are not: run it for each of them".to_owned(),
        );
    }
    let conditions = either.or_else(|| split(&["&&", "&", " and ", " AND ", ","]))?;
    let conditions: Vec<String> = conditions.iter().map(|(column, value)| format!("--where {column}={value}")).collect();
    Some(format!("one condition at a time: write {}", conditions.join(" ")))
}

/// A column and the value it is compared with.
fn one_condition(text: &str) -> Option<(&str, &str)> {
    let (column, value) = text.split_once('=')?;
    Some((unquoted(column), unquoted(value.strip_prefix('=').unwrap_or(value))))
}

pub(super) fn parse_finite(text: &str) -> Result<f64, String> {
    finite(text).ok_or_else(|| "write a number, for instance 3".to_owned())
}

pub(super) fn parse_share(text: &str) -> Result<f64, String> {
    finite(text).filter(|share| (0.0..=1.0).contains(share)).ok_or_else(|| "write a number from 0 to 1, for instance 0.4".to_owned())
}

fn parse_positive(text: &str) -> Result<f64, String> {
    finite(text).filter(|variance| *variance > 0.0).ok_or_else(|| "write a number above 0, for instance 2".to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn a_scale_has_two_ends_and_its_options_between_them() {
        let scale: Scale = "1:7".parse().unwrap();
        assert_eq!((scale.options(), scale.middle(), scale.to_string().as_str()), (Some(7), 4.0, "1:7"));
        assert_eq!("-2:2".parse::<Scale>().map(Scale::options), Ok(Some(5)));
        assert_eq!("1..7".parse(), Ok(scale));
        assert_eq!("0:2.5".parse::<Scale>().map(Scale::options), Ok(None));
        for wide in ["0:5000000000", "-1e308:1e308"] {
            assert_eq!(wide.parse::<Scale>().map(Scale::options), Ok(None), "{wide}");
        }
        for bad in ["7:1", "1:1", "1-7", "a:b", "", "1:inf", "1:"] {
            assert!(bad.parse::<Scale>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_condition_may_have_an_equals_sign_in_its_value() {
        assert_eq!("team = a=b".parse(), Ok(Condition { column: "team".to_owned(), value: "a=b".to_owned() }));
        assert!("team".parse::<Condition>().is_err());
        for same in ["role==member", "role == 'member'", "role=\"member\"", " role = member "] {
            assert_eq!(same.parse(), Ok(Condition { column: "role".to_owned(), value: "member".to_owned() }), "{same}");
        }
        assert_eq!("team=R&D, Nord".parse(), Ok(Condition { column: "team".to_owned(), value: "R&D, Nord".to_owned() }));
        for two in ["wave=2 & role=='member'", "wave==2&&role==member", "wave=2 and role = member", "wave=2,role=member"] {
            let told = two.parse::<Condition>().unwrap_err();
            assert!(told.contains("--where wave=2 --where role=member"), "{two}: {told}");
        }
        let three = "wave==2 & role=='member' & team==T01".parse::<Condition>().unwrap_err();
        assert!(three.ends_with("--where wave=2 --where role=member --where team=T01"), "{three}");
        let either = "wave==1 | wave==2".parse::<Condition>().unwrap_err();
        assert!(either.ends_with("--where wave=1 --where wave=2"), "{either}");
        assert!("wave==1 or team==T01".parse::<Condition>().unwrap_err().contains("run it for each"));
        for comparison in ["wave!=2", "wave>=2"] {
            assert!(comparison.parse::<Condition>().unwrap_err().contains("repeat --where"), "{comparison}");
        }
        for bad in ["0:3", "3:2", "1-2", "x"] {
            assert!(bad.parse::<RowRange>().is_err(), "{bad}");
        }
    }
}
