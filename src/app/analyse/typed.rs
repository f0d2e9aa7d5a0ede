//! What a method makes of typed numbers: a table like that of a file, and the options that were typed among them.

use std::collections::BTreeSet;

use super::inline::{Named, parse, refused};
use super::method::Method;
use super::methods::by_group::{COMPARE_ROUNDS, COUNT_PEOPLE, KNOW_WHO_ANSWERED, LOOK_AT_AGREEMENT, LOOK_AT_ANSWERS, rounds};
use super::options::{Null, Options, Scale, parse_finite, parse_share};
use super::problem::{Problem, VALUES};
use super::table::{Row, Table, finite};

/// What a method needs besides settings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Needs {
    /// Nothing.
    Nothing,
    /// One list, or one table of people's answers.
    OneList,
    /// Two lists.
    TwoLists,
    /// The answers of people to items.
    Answers,
    /// What options name.
    Chosen,
}

impl Needs {
    fn of(options: &Options) -> Self {
        match options.method {
            Method::Wilson => Self::Nothing,
            Method::NonresponseBounds if options.typed.n.is_some() || options.typed.mean.is_some() => Self::Nothing,
            Method::Rwg | Method::MeanCi | Method::NonresponseBounds | Method::BenjaminiHochberg => Self::OneList,
            Method::RelativeImportance => Self::Chosen,
            method if COMPARE_ROUNDS.contains(&method) && options.wave.is_none() => Self::TwoLists,
            _ => Self::Answers,
        }
    }
}

/// What was typed and is not yet understood.
struct Lists {
    method: Method,
    lists: Vec<Named>,
    /// The names that options say are columns.
    named: BTreeSet<String>,
}

/// The typed numbers as a table, and the options with those that were typed among them.
///
/// # Errors
/// When the text cannot be read, a name is not known to the method, or something is said twice and differently.
pub(super) fn typed(mut options: Options) -> Result<(Table, Options), Problem> {
    let method = options.method;
    if options.decimal_comma {
        let reason = "typed numbers have a comma between them: leave it out, and write them with a point, for instance --values x=3.5,4";
        return Err(Problem::option("--decimal-comma", reason));
    }
    let conditions = options.conditions.iter().map(|condition| &condition.column);
    let mut named: BTreeSet<String> =
        options.items.iter().chain(&options.group).chain(&options.predictors).chain(conditions).cloned().collect();
    named.extend([&options.wave, &options.outcome].into_iter().flatten().cloned());
    if options.wave.is_none() {
        named.extend([&options.before, &options.after].into_iter().flatten().cloned());
    }
    let mut lists = Lists { method, lists: parse(&options.values, method)?, named };
    for list in lists.lists.iter_mut().filter(|list| list.name.is_empty()) {
        list.name = match method {
            Method::BenjaminiHochberg => "p",
            Method::ScaleScore => "items",
            _ => "x",
        }
        .to_owned();
    }
    lists.settings(&mut options)?;
    let columns = lists.columns(&mut options)?;
    let turned = if options.items.is_empty() {
        [&options.before, &options.after].into_iter().flatten().cloned().collect()
    } else {
        options.items.clone()
    };
    if !matches!(method, Method::Wilson | Method::BenjaminiHochberg | Method::RelativeImportance) {
        options.reversed = reversed(&options.reversed, &turned)?;
    }
    Ok((Table::of_columns(columns), options))
}

impl Lists {
    /// Whether an option says that this is a column, or a table of columns.
    fn is_named(&self, list: &Named) -> bool {
        self.named.contains(&list.name) || list.numbered_columns().iter().any(|(name, _)| self.named.contains(name))
    }

    /// Takes what stands behind a name that no option says is a column.
    fn take(&mut self, names: &[&str]) -> Option<Named> {
        let place = self.lists.iter().position(|list| names.contains(&list.name.as_str()) && !self.named.contains(&list.name))?;
        Some(self.lists.remove(place))
    }

    fn unknown(&self, name: &str) -> Problem {
        refused(self.method, &format!("{} has no use for {name:?}", self.method.name()))
    }

    /// The numbers behind a name, as many as are allowed.
    fn numbers<T>(&mut self, name: &str, most: usize, parse: impl Fn(&str) -> Result<T, String>) -> Result<Option<Vec<T>>, Problem> {
        let Some(list) = self.take(&[name]) else { return Ok(None) };
        let parsed =
            list.cells().map(|cell| parse(cell).map_err(|advice| Problem::option(VALUES, format!("{name} is {cell:?}: {advice}"))));
        let parsed = parsed.collect::<Result<Vec<T>, _>>()?;
        if parsed.len() > most {
            let numbers = if most == 1 { "one number is needed".to_owned() } else { format!("at most {most} numbers are needed") };
            let reason =
                format!("{name} is {}, and {numbers}, with a point where it is not whole", list.cells().collect::<Vec<_>>().join(","));
            return Err(Problem::option(VALUES, reason));
        }
        Ok(Some(parsed))
    }

    /// The one number behind a name.
    fn number<T>(&mut self, name: &str, parse: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, Problem> {
        Ok(self.numbers(name, 1, parse)?.and_then(|numbers| numbers.into_iter().next()))
    }

    /// Moves into the options what the method knows by name.
    fn settings(&mut self, options: &mut Options) -> Result<(), Problem> {
        let method = self.method;
        if matches!(method, Method::Wilson | Method::NonresponseBounds) {
            options.typed.n = self.number("n", people)?;
        }
        match method {
            Method::Wilson => options.typed.k = self.number("k", people)?,
            Method::NonresponseBounds => options.typed.mean = self.number("mean", parse_finite)?,
            Method::TeamScoreAndInterval | Method::MeanCi => {
                if let Some(reliability) = self.number("reliability", parse_share)? {
                    options.reliability = agreed("--reliability", "reliability", options.reliability, reliability)?;
                }
            }
            _ => {}
        }
        if KNOW_WHO_ANSWERED.contains(&method)
            && let Some(rho) = self.number("rho", parse_share)?
        {
            options.rho = agreed("--rho", "rho", options.rho, rho)?;
        }
        if COUNT_PEOPLE.contains(&method) {
            if let Some(invited) = self.numbers("N", rounds(method), people)? {
                invite(options, invited)?;
            } else if rounds(method) == 2 {
                match (self.number("N1", people)?, self.number("N2", people)?) {
                    (Some(before), Some(after)) => invite(options, vec![before, after])?,
                    (None, None) => {}
                    (before, _) => return Err(refused(method, if before.is_some() { "N2 is missing" } else { "N1 is missing" })),
                }
            }
        }
        if LOOK_AT_AGREEMENT.contains(&method)
            && let Some(variances) = self.numbers("null_var", 2, str::parse::<Null>)?
        {
            let given = Some(std::mem::take(&mut options.null_variance)).filter(|given| !given.is_empty());
            options.null_variance = agreed("--null-variance", "null_var", given, variances)?.unwrap_or_default();
        }
        if matches!(method, Method::Wilson | Method::BenjaminiHochberg) {
            return Ok(());
        }
        if let Some(ends) = self.take(&["scale"]) {
            let text = ends.cells().collect::<Vec<_>>().join(":").replace("..", ":");
            let bad =
                |_| Problem::option(VALUES, format!("scale is {text}: write the smallest and the largest answer, for instance scale=1,5"));
            options.scale = agreed("--scale", "scale", options.scale, text.parse::<Scale>().map_err(bad)?)?;
        }
        if !LOOK_AT_ANSWERS.contains(&method)
            && let Some(share) = self.number("min_fraction", parse_share)?
        {
            if options.min_answered.is_some() {
                return Err(Problem::option("--min-answered", "min_fraction is typed as well: leave one of them out"));
            }
            options.typed.min_fraction = Some(share);
        }
        if let Some(list) = self.take(&["reverse", "reversed"]) {
            let typed: Vec<String> = list.cells().map(str::to_owned).collect();
            let none = typed.iter().all(String::is_empty) && typed.len() == 1;
            let given = Some(std::mem::take(&mut options.reversed)).filter(|given| !given.is_empty());
            options.reversed = agreed("--reversed", &list.name, given, if none { Vec::new() } else { typed })?.unwrap_or_default();
        }
        Ok(())
    }

    /// The columns of the table, and their names in the options that were not given.
    fn columns(self, options: &mut Options) -> Result<Vec<(String, Vec<String>)>, Problem> {
        let needs = Needs::of(options);
        if needs == Needs::TwoLists && options.before.is_none() && options.after.is_none() {
            (options.before, options.after) = self.pair()?;
        }
        let compared = [&options.before, &options.after];
        let free: Vec<&Named> = self
            .lists
            .iter()
            .filter(|list| !(self.is_named(list) || needs == Needs::TwoLists && compared.contains(&&Some(list.name.clone()))))
            .collect();
        let one_row = |list: &Named, items: &[String]| {
            let columns: Vec<String> = list.numbered_columns().into_iter().map(|(name, _)| name).collect();
            list.rows.len() == 1 && items.iter().all(|item| *item == list.name || columns.contains(item))
        };
        let one_person = matches!(self.method, Method::ScaleScore | Method::LongstringAndIrv);
        let person = one_person
            && match free.as_slice() {
                [] => self.lists.iter().any(|list| one_row(list, &options.items)),
                [only] => one_row(only, &options.items),
                _ => false,
            };
        let columns_of = |list: &Named| if person && list.rows.len() == 1 { list.numbered_columns() } else { list.columns() };
        let names_of = |list: &Named| columns_of(list).into_iter().map(|(name, _)| name);
        if one_person && options.items.is_empty() && free.len() > 1 && free.iter().any(|list| list.cells().nth(1).is_some()) {
            let names: Vec<&str> = free.iter().map(|list| list.name.as_str()).collect();
            let reason =
                format!("{} looks at one list, or at a table with one row per person, and not at {}", self.method.name(), names.join(", "));
            return Err(refused(self.method, &reason));
        }
        match (needs, free.as_slice()) {
            (Needs::OneList | Needs::Answers, []) if options.items.is_empty() => return Err(refused(self.method, "there are no answers")),
            (Needs::OneList | Needs::Answers, [only]) if options.items.is_empty() => options.items = names_of(only).collect(),
            (Needs::Answers, lists) if options.items.is_empty() && lists.iter().all(|list| list.rows.len() == 1) => {
                options.items = lists.iter().map(|list| list.name.clone()).collect();
            }
            (_, []) => {}
            (needs, [.., last]) => {
                // A table is what is looked at, and not what stands beside it.
                let list = free.iter().find(|list| needs == Needs::Answers && list.rows.len() == 1).unwrap_or(last);
                return Err(self.unknown(&list.name));
            }
        }
        let tables = |item: &String| {
            self.lists.iter().find(|list| list.name == *item).map_or_else(|| vec![item.clone()], |list| names_of(list).collect())
        };
        options.items = options.items.iter().flat_map(tables).collect();
        let columns: Vec<(String, Vec<String>)> = self.lists.iter().flat_map(columns_of).collect();
        if let (Needs::TwoLists, Some(table)) = (needs, self.lists.iter().find(|list| !list.is_list())) {
            return Err(refused(self.method, &format!("{} is a table, and two lists are needed", table.name)));
        }
        if let (false, Some((first, cells))) = (needs == Needs::TwoLists, columns.first())
            && let Some((other, others)) = columns.iter().find(|(_, others)| others.len() != cells.len())
        {
            let reason = format!("{first} has {} numbers and {other} {}; null stands for a missing one", cells.len(), others.len());
            return Err(refused(self.method, &reason));
        }
        Ok(columns)
    }

    /// The names of the two lists that are compared.
    fn pair(&self) -> Result<(Option<String>, Option<String>), Problem> {
        let named = |name: &str| self.lists.iter().map(|list| &list.name).find(|other| other.eq_ignore_ascii_case(name)).cloned();
        let pairs = [("x", "y"), ("before", "after")].map(|(before, after)| (named(before), named(after)));
        let pair = pairs.into_iter().find(|(before, after)| before.is_some() && after.is_some());
        pair.ok_or_else(|| refused(self.method, "two lists are needed, x and y"))
    }
}

impl Table {
    /// A table of typed columns; shorter ones end in empty cells.
    fn of_columns(columns: Vec<(String, Vec<String>)>) -> Self {
        let longest = columns.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        let row = |place: usize| {
            let mut row = Row::begin(place as u64 + 1);
            columns.iter().for_each(|(_, cells)| row.push(cells.get(place).map_or("", String::as_str)));
            row
        };
        let rows = (0..longest).map(row).collect();
        Self { source: VALUES.to_owned(), columns: columns.into_iter().map(|(name, _)| name).collect(), rows, blank_lines: 0 }
    }

    /// Whether the numbers were typed and not read from a file.
    pub(super) fn is_typed(&self) -> bool {
        self.source == VALUES
    }
}

/// Takes over how many people could have answered.
fn invite(options: &mut Options, typed: Vec<u32>) -> Result<(), Problem> {
    if options.roster.is_some() {
        return Err(Problem::option("--roster", "the number of people is typed as well (N): leave one of them out"));
    }
    let given = Some(std::mem::take(&mut options.roster_n)).filter(|given| !given.is_empty());
    options.roster_n = agreed("--roster-n", "N", given, typed)?.unwrap_or_default();
    Ok(())
}

/// A whole number of people.
fn people(text: &str) -> Result<u32, String> {
    let whole = finite(text).and_then(|number| number.to_string().parse().ok());
    whole.ok_or_else(|| "a whole number of people is needed".to_owned())
}

/// What was typed, when an option does not say something else.
fn agreed<T: PartialEq>(option: &'static str, name: &str, given: Option<T>, typed: T) -> Result<Option<T>, Problem> {
    match given {
        Some(given) if given != typed => {
            Err(Problem::option(option, format!("{name} in --values says something else: leave one of them out")))
        }
        _ => Ok(Some(typed)),
    }
}

/// The names of the items that are turned: named, by their numbers, or by a yes or no for each.
fn reversed(given: &[String], items: &[String]) -> Result<Vec<String>, Problem> {
    let flag = |word: &String| match word.to_ascii_lowercase().as_str() {
        "true" | "t" | "yes" | "1" => Some(true),
        "false" | "f" | "no" | "0" => Some(false),
        _ => None,
    };
    if given.len() == items.len()
        && let Some(flags) = given.iter().map(flag).collect::<Option<Vec<bool>>>()
    {
        return Ok(items.iter().zip(flags).filter(|(_, turned)| *turned).map(|(item, _)| item.clone()).collect());
    }
    let named = |word: &String| {
        let numbered = || items.get(word.parse::<usize>().ok()?.checked_sub(1)?);
        items.iter().find(|item| *item == word).or_else(numbered).cloned().ok_or_else(|| {
            let (count, first) = (items.len(), items.first().map_or("", String::as_str));
            let reason = format!(
                "{word:?} is none of the {count} items: say 1 or 0 (or true or false) for each of them, or which are turned, by number or name, for instance 1 or {first}"
            );
            Problem::option("--reversed", reason)
        })
    };
    given.iter().map(named).collect()
}
