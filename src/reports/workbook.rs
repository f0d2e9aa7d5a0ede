//! A published round as a workbook (XLSX): a sheet to read first, and one sheet per table, in the language and the words of the pages.
//!
//! Numbers are numbers, texts are texts, and nothing is a formula: a name that begins like one stays a name. Nothing stands here that the pages do not
//! show. What people wrote is not in it.

mod overview;
mod writing;

use domain::{Day, ItemId, WaveId};
use release::reading::{Change, Comparison, Difference, PastWave, Recent, Sight, TrendSight, Verdict};

use crate::about::statements;
use crate::catalogue::Fixed;
use crate::gathered::{Gathered, Part, PartKind, Readable, gather, path};
use crate::language::BrokenWords;
use crate::sections::name;
use crate::{ReportProblem, Words};

/// A value in a cell.
enum Value {
    Nothing,
    Number(i32),
    Day(Day),
    Text(String),
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(text) }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<Option<i32>> for Value {
    fn from(number: Option<i32>) -> Self {
        number.map_or(Self::Nothing, Self::Number)
    }
}

fn number(of: impl Into<i32>) -> Value {
    Value::Number(of.into())
}

/// The columns of what is said and what is lived.
const SAID: [Fixed; 4] = [Fixed::Group, Fixed::FileUnit, Fixed::FileFinding, Fixed::FileRemark];

/// A table, before it is a sheet.
struct Sheet {
    name: Fixed,
    columns: Vec<Fixed>,
    rows: Vec<Vec<Value>>,
}

/// The last published round as a workbook; the same bytes for the same waves and language.
///
/// # Errors
/// [`ReportProblem::Reading`] when the waves cannot be read.
pub fn workbook(words: &Words, waves: &[PastWave], readable: Readable<'_>) -> Result<Vec<u8>, ReportProblem> {
    let gathered = gather(waves, readable)?;
    let reader = Reader { words, gathered: &gathered };
    let mut sheets = vec![reader.results()?, reader.next()?, reader.over_time()?, reader.recent()?, reader.single()?, reader.together()?];
    if let Some(organisation) = &gathered.organisation {
        sheets.extend([
            reader.conversation(organisation)?,
            reader.courses(organisation)?,
            reader.differences(organisation)?,
            reader.estimates(organisation)?,
            reader.said_or_lived(organisation)?,
        ]);
    }
    sheets.extend([reader.said_of_parts()?, reader.statements(), reader.corrections()]);
    sheets.retain(|sheet| !sheet.rows.is_empty());
    writing::written(words, &gathered, &sheets)
}

/// Reads what was gathered in the words of a language.
struct Reader<'r, 'w> {
    words: &'r Words,
    gathered: &'r Gathered<'w>,
}

type Read = Result<Sheet, BrokenWords>;

impl Reader<'_, '_> {
    fn say(&self, text: Fixed) -> Value {
        self.words.say(text).into()
    }

    /// What a part is, its name, and the unit in which it stands.
    fn place(&self, part: &Part<'_>) -> Result<[Value; 3], BrokenWords> {
        Ok(match part.kind {
            PartKind::Organisation => [self.say(Fixed::Organisation), Value::Nothing, Value::Nothing],
            PartKind::Unit => [self.say(Fixed::FileUnit), path(part.unit).into(), Value::Nothing],
            PartKind::Group => {
                [self.say(Fixed::Group), self.words.group_row(part.groups, part.with_upward)?.into(), path(part.unit).into()]
            }
        })
    }

    fn dimension(&self, id: &domain::DimensionId) -> Value {
        name(self.words, self.gathered.wave, id).into()
    }

    fn results(&self) -> Read {
        let mut rows = Vec::new();
        for part in self.gathered.parts() {
            for score in part.scores {
                let change = match part.comparison {
                    Comparison::Made(set) => set.changes.iter().find(|change| change.dimension == score.dimension),
                    Comparison::FirstWave | Comparison::NotPossible(_) => None,
                };
                let mut row: Vec<Value> = self.place(&part)?.into();
                let people = part.participation;
                row.extend([Some(people.from), people.to].map(|count| Value::from(count.and_then(|count| i32::try_from(count).ok()))));
                row.extend(ends(people.rate));
                row.extend(ends(part.covers));
                row.push(self.dimension(&score.dimension));
                row.extend(self.sight(&score.sight)?);
                row.extend(self.change(part.comparison, change));
                row.push(self.remark(&score.sight, part.comparison, change)?.into());
                rows.push(row);
            }
        }
        let columns = vec![
            Fixed::FileWhat,
            Fixed::FileName,
            Fixed::FileUnit,
            Fixed::FileAnswersFrom,
            Fixed::FileAnswersTo,
            Fixed::FileRateFrom,
            Fixed::FileRateTo,
            Fixed::FileCoversFrom,
            Fixed::FileCoversTo,
            Fixed::FileTopic,
            Fixed::FileScore,
            Fixed::FileLowest,
            Fixed::FileHighest,
            Fixed::FileSince,
            Fixed::FileChange,
            Fixed::FileDifference,
            Fixed::FileDifferenceLowest,
            Fixed::FileDifferenceHighest,
            Fixed::FileDetectable,
            Fixed::FileRemark,
        ];
        Ok(Sheet { name: Fixed::SheetResults, columns, rows })
    }

    /// A score in words, its lowest and its highest points; an end that nothing is known of stays empty.
    fn sight(&self, sight: &Sight) -> Result<[Value; 3], BrokenWords> {
        let [low, high] = match *sight {
            Sight::Between(interval) => [number(interval.low), number(interval.high)],
            Sight::AtLeast(points) => [number(points), Value::Nothing],
            Sight::AtMost(points) => [Value::Nothing, number(points)],
            Sight::Hidden(_) => [Value::Nothing, Value::Nothing],
        };
        Ok([self.words.score_short(sight)?.into(), low, high])
    }

    fn change(&self, comparison: &Comparison, change: Option<&Change>) -> [Value; 6] {
        let Comparison::Made(set) = comparison else { return [(); 6].map(|()| Value::Nothing) };
        let [points, low, high] = match change.and_then(|change| change.difference) {
            None => [Value::Nothing, Value::Nothing, Value::Nothing],
            Some(difference) => points(&difference),
        };
        let word = change.map_or(Value::Nothing, |change| self.words.change_word(change.word).into());
        let detectable = change.and_then(|change| change.detectable).map_or(Value::Nothing, number);
        [set.since.as_str().into(), word, points, low, high, detectable]
    }

    /// Why something is missing in a row, or that a number is only the least possible one.
    fn remark(&self, sight: &Sight, comparison: &Comparison, change: Option<&Change>) -> Result<String, BrokenWords> {
        let mut sentences = Vec::new();
        if matches!(sight, Sight::Hidden(_)) {
            sentences.push(self.words.score_sentence(sight)?);
        }
        match (comparison, change) {
            (Comparison::FirstWave, _) => sentences.push(self.words.say(Fixed::NoComparisonFirst).to_owned()),
            (Comparison::NotPossible(reason), _) => sentences.push(self.words.no_comparison(*reason).to_owned()),
            (Comparison::Made(_), None) => sentences.push(self.words.say(Fixed::NotCompared).to_owned()),
            (Comparison::Made(_), Some(change)) => {
                if change.difference.is_some_and(|difference| difference.at_least) {
                    sentences.push(self.words.say(Fixed::FileAtLeast).to_owned());
                }
            }
        }
        Ok(sentences.join(" "))
    }

    fn over_time(&self) -> Read {
        let mut rows = Vec::new();
        for part in self.gathered.parts() {
            for trend in part.trends.iter().filter(|trend| trend.points.len() > 1) {
                for point in &trend.points {
                    let mut row: Vec<Value> = self.place(&part)?.into();
                    row.extend([self.dimension(&trend.dimension), point.wave.as_str().into()]);
                    match &point.point {
                        TrendSight::Score { sight, together } => {
                            row.extend(self.sight(sight)?);
                            row.push(self.words.list(together)?.into());
                        }
                        gap @ (TrendSight::Aborted | TrendSight::NotComparable) => {
                            row.extend([self.words.trend_point(gap)?.into(), Value::Nothing, Value::Nothing, Value::Nothing]);
                        }
                    }
                    rows.push(row);
                }
            }
        }
        let columns = vec![
            Fixed::FileWhat,
            Fixed::FileName,
            Fixed::FileUnit,
            Fixed::FileTopic,
            Fixed::Round,
            Fixed::FileScore,
            Fixed::FileLowest,
            Fixed::FileHighest,
            Fixed::FileTogether,
        ];
        Ok(Sheet { name: Fixed::SheetOverTime, columns, rows })
    }

    /// The last rounds together.
    fn recent(&self) -> Read {
        let mut rows = Vec::new();
        for part in self.gathered.parts() {
            for trend in part.trends {
                let (rounds, ends) = match &trend.recent {
                    Recent::TooFewRounds => continue,
                    Recent::CannotBeTold { rounds } => (rounds, [Value::Nothing, Value::Nothing]),
                    Recent::Mean { rounds, interval } => (rounds, [number(interval.low), number(interval.high)]),
                };
                let mut row: Vec<Value> = self.place(&part)?.into();
                row.extend([self.dimension(&trend.dimension), self.words.recent_rounds(rounds)?.into()]);
                row.push(self.words.recent_short(&trend.recent)?.into());
                row.extend(ends);
                rows.push(row);
            }
        }
        let columns = vec![
            Fixed::FileWhat,
            Fixed::FileName,
            Fixed::FileUnit,
            Fixed::FileTopic,
            Fixed::FileRounds,
            Fixed::FileScore,
            Fixed::FileLowest,
            Fixed::FileHighest,
        ];
        Ok(Sheet { name: Fixed::SheetRecent, columns, rows })
    }

    /// What can be seen of single statements.
    fn single(&self) -> Read {
        let mut rows = Vec::new();
        for part in self.gathered.parts() {
            for score in part.statements {
                let mut row: Vec<Value> = self.place(&part)?.into();
                let asked = self.gathered.wave.instrument.items.iter().find(|asked| asked.id == score.item);
                let topic = self.gathered.dimension_of(&score.item).map(|dimension| self.dimension(dimension));
                row.push(topic.unwrap_or_else(|| self.say(Fixed::StatementsWithout)));
                row.push(self.text_of(&score.item).into());
                row.extend(self.sight(&score.sight)?);
                let turned = asked.is_some_and(|asked| asked.reversed).then(|| self.words.say(Fixed::Turned));
                let low = score.low.then(|| self.words.say(Fixed::FileLowByItself));
                let semicolon = format!("{} ", self.words.say(Fixed::Semicolon));
                row.push(turned.into_iter().chain(low).collect::<Vec<_>>().join(&semicolon).into());
                rows.push(row);
            }
        }
        let columns = vec![
            Fixed::FileWhat,
            Fixed::FileName,
            Fixed::FileUnit,
            Fixed::FileTopic,
            Fixed::FileStatement,
            Fixed::FileScore,
            Fixed::FileLowest,
            Fixed::FileHighest,
            Fixed::FileRemark,
        ];
        Ok(Sheet { name: Fixed::SheetSingle, columns, rows })
    }

    /// A statement as it was asked.
    fn text_of(&self, item: &ItemId) -> String {
        let asked = self.gathered.wave.instrument.items.iter().find(|asked| &asked.id == item);
        asked.map_or_else(|| item.to_string(), |asked| self.words.of(&asked.text))
    }

    /// What a leader could talk about next, with words to begin with.
    fn next(&self) -> Read {
        let mut rows = Vec::new();
        for part in self.gathered.parts() {
            for suggestion in part.suggestions.unwrap_or_default() {
                let [_, group, unit] = self.place(&part)?;
                let about = self.words.conversation_about(suggestion);
                let topic = suggestion.dimension().map(|dimension| self.dimension(dimension));
                rows.push(vec![
                    group,
                    unit,
                    topic.unwrap_or_else(|| self.say(Fixed::SuggestionAnythingTitle)),
                    self.words.suggestion(suggestion, part.since())?.into(),
                    suggestion.statement().map_or(Value::Nothing, |item| self.text_of(item).into()),
                    about.start.into(),
                    about.ask.into(),
                    about.agree.into(),
                ]);
            }
        }
        let columns = vec![
            Fixed::Group,
            Fixed::FileUnit,
            Fixed::FileTopic,
            Fixed::FileRestsOn,
            Fixed::FileLowestStatement,
            Fixed::FileBegin,
            Fixed::FileAsk,
            Fixed::FileAgree,
        ];
        Ok(Sheet { name: Fixed::SheetNext, columns, rows })
    }

    /// What is said and what is lived, where a part's own page says it.
    fn said_of_parts(&self) -> Read {
        let mut rows = Vec::new();
        for part in self.gathered.parts() {
            if let Some(verdict) = part.said {
                let [_, group, unit] = self.place(&part)?;
                rows.push(self.verdict([group, unit], verdict, part.since(), part.since().is_none())?);
            }
        }
        Ok(Sheet { name: Fixed::SheetSaid, columns: SAID.to_vec(), rows })
    }

    /// A verdict on what is said and what is lived, and its reasons; `first` where there is no round before.
    fn verdict(&self, whose: [Value; 2], of: &Verdict, since: Option<&WaveId>, first: bool) -> Result<Vec<Value>, BrokenWords> {
        let reasons = of.reasons.iter().map(|reason| self.words.reason(reason, since)).collect::<Result<Vec<_>, _>>()?;
        let semicolon = format!("{} ", self.words.say(Fixed::Semicolon));
        let mut row: Vec<Value> = whose.into();
        row.extend([self.words.said_word(of.word, first).into(), reasons.join(&semicolon).into()]);
        Ok(row)
    }

    fn together(&self) -> Read {
        let mut rows = Vec::new();
        for part in self.gathered.parts() {
            if let Some(quadrant) = part.quadrant {
                let mut row: Vec<Value> = self.place(&part)?.into();
                row.push(self.words.quadrant(quadrant)?.into());
                rows.push(row);
            }
        }
        let columns = vec![Fixed::FileWhat, Fixed::FileName, Fixed::FileUnit, Fixed::FileFinding];
        Ok(Sheet { name: Fixed::SheetTogether, columns, rows })
    }

    fn statements(&self) -> Sheet {
        let rows = statements(self.words, self.gathered.wave).into_iter().map(|asked| {
            let turned = if asked.turned { self.say(Fixed::Turned) } else { Value::Nothing };
            vec![asked.dimension.into(), asked.text.into(), turned]
        });
        let columns = vec![Fixed::FileTopic, Fixed::FileStatement, Fixed::FileRemark];
        Sheet { name: Fixed::SheetStatements, columns, rows: rows.collect() }
    }

    fn corrections(&self) -> Sheet {
        let rows = self.gathered.wave.errata().map(|erratum| {
            let count = i32::try_from(erratum.number).ok();
            vec![count.into(), Value::Day(erratum.day), erratum.text.into()]
        });
        let columns = vec![Fixed::FileNumber, Fixed::FileDay, Fixed::FileCorrection];
        Sheet { name: Fixed::SheetCorrections, columns, rows: rows.collect() }
    }
}

fn ends(of: Option<(u8, u8)>) -> [Value; 2] {
    of.map_or([Value::Nothing, Value::Nothing], |(low, high)| [number(low), number(high)])
}

/// A difference and its ends; of a least possible one there are no ends.
fn points(of: &Difference) -> [Value; 3] {
    if of.at_least { [number(of.points), Value::Nothing, Value::Nothing] } else { [of.points, of.low, of.high].map(number) }
}
