//! A published round as a workbook (XLSX): a sheet to read first, and one sheet per table, in the language and the words of the pages.
//!
//! Numbers are numbers, texts are texts, and nothing is a formula: a name that begins like one stays a name. Nothing stands here that the pages do not
//! show. What people wrote is not in it.

use release::reading::{
    Change, Comparison, CourseFound, Difference, Differences, OrganisationReport, PastWave, Sight, TrendSight, Verdict,
};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use crate::about::{about, statements};
use crate::catalogue::Fixed;
use crate::gathered::{Gathered, Part, PartKind, Readable, gather, path};
use crate::language::BrokenWords;
use crate::sections::name;
use crate::{ReportProblem, Words};

/// A value in a cell.
enum Value {
    Nothing,
    Number(i32),
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

/// A table, before it is a sheet.
struct Sheet {
    name: Fixed,
    columns: Vec<Fixed>,
    rows: Vec<Vec<Value>>,
}

/// The longest name of a sheet that spreadsheets take, in UTF-16 units.
const LONGEST_NAME: usize = 31;
/// The widest column, in characters.
const WIDEST: usize = 60;

/// The last published round as a workbook; the same bytes for the same waves and language.
///
/// # Errors
/// [`ReportProblem::Reading`] when the waves cannot be read.
pub fn workbook(words: &Words, waves: &[PastWave], readable: Readable<'_>) -> Result<Vec<u8>, ReportProblem> {
    let gathered = gather(waves, readable)?;
    let reader = Reader { words, gathered: &gathered };
    let mut sheets = vec![reader.results()?, reader.over_time()?, reader.together()?];
    if let Some(organisation) = &gathered.organisation {
        sheets.extend([
            reader.conversation(organisation)?,
            reader.courses(organisation)?,
            reader.differences(organisation)?,
            reader.estimates(organisation)?,
            reader.said_or_lived(organisation)?,
        ]);
    }
    sheets.extend([reader.statements(), reader.corrections()?]);
    sheets.retain(|sheet| !sheet.rows.is_empty());
    written(words, &gathered, &sheets)
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

    fn conversation(&self, report: &OrganisationReport) -> Read {
        let mut rows = vec![vec![
            self.say(Fixed::Organisation),
            Value::Nothing,
            Value::Nothing,
            Value::Nothing,
            Value::Nothing,
            Value::Nothing,
            Value::Nothing,
            self.words.tested(&report.conversation)?.into(),
        ]];
        for entry in &report.conversation.entries {
            let mut row = vec![
                self.words.list(&entry.groups)?.into(),
                path(&entry.unit).into(),
                self.dimension(&entry.dimension),
                self.words.change_word(entry.word).into(),
            ];
            row.extend(points(&entry.difference));
            row.push(if entry.difference.at_least { self.say(Fixed::FileAtLeast) } else { Value::Nothing });
            rows.push(row);
        }
        let columns = vec![
            Fixed::Group,
            Fixed::FileUnit,
            Fixed::FileTopic,
            Fixed::FileChange,
            Fixed::FileDifference,
            Fixed::FileDifferenceLowest,
            Fixed::FileDifferenceHighest,
            Fixed::FileRemark,
        ];
        Ok(Sheet { name: Fixed::SheetConversation, columns, rows })
    }

    fn courses(&self, report: &OrganisationReport) -> Read {
        let mut rows = Vec::new();
        for course in &report.courses {
            let mut row = vec![self.dimension(&course.dimension), self.words.course(&course.found)?.into()];
            row.extend(match &course.found {
                CourseFound::Line { since, rounds, difference, .. } => {
                    let [points, low, high] = points(difference);
                    [since.as_str().into(), i32::try_from(*rounds).ok().into(), points, low, high]
                }
                CourseFound::UpAndDown { since, rounds } => {
                    [since.as_str().into(), i32::try_from(*rounds).ok().into(), Value::Nothing, Value::Nothing, Value::Nothing]
                }
                CourseFound::TooFewRounds | CourseFound::CannotBeTold => [(); 5].map(|()| Value::Nothing),
            });
            rows.push(row);
        }
        let columns = vec![
            Fixed::FileTopic,
            Fixed::FileFinding,
            Fixed::FileSince,
            Fixed::FileRounds,
            Fixed::FileDifference,
            Fixed::FileDifferenceLowest,
            Fixed::FileDifferenceHighest,
        ];
        Ok(Sheet { name: Fixed::SheetCourse, columns, rows })
    }

    fn differences(&self, report: &OrganisationReport) -> Read {
        let mut rows = Vec::new();
        for of in &report.differences {
            let mut row = vec![self.dimension(&of.dimension), self.words.differences(&of.found)?.into()];
            row.extend(match &of.found {
                Differences::Found { share: Some(share), .. } => [share.hundredths, share.low, share.high].map(number),
                Differences::Found { share: None, .. } | Differences::TooFewGroups => [(); 3].map(|()| Value::Nothing),
            });
            rows.push(row);
        }
        let columns = vec![Fixed::FileTopic, Fixed::FileFinding, Fixed::FileShare, Fixed::FileShareLowest, Fixed::FileShareHighest];
        Ok(Sheet { name: Fixed::SheetDifferences, columns, rows })
    }

    fn estimates(&self, report: &OrganisationReport) -> Read {
        let mut rows = Vec::new();
        for of in &report.differences {
            let Differences::Found { groups, .. } = &of.found else { continue };
            for group in groups {
                rows.push(vec![
                    self.words.list(&group.groups)?.into(),
                    path(&group.unit).into(),
                    self.dimension(&of.dimension),
                    number(group.interval.low),
                    number(group.interval.high),
                    self.words.weight(group).into(),
                ]);
            }
        }
        let columns = vec![Fixed::Group, Fixed::FileUnit, Fixed::FileTopic, Fixed::FileLowest, Fixed::FileHighest, Fixed::EstimatesRestOn];
        Ok(Sheet { name: Fixed::SheetEstimates, columns, rows })
    }

    fn said_or_lived(&self, report: &OrganisationReport) -> Read {
        let mut rows = Vec::new();
        if let Some(card) = &report.said_or_lived {
            let since = report.conversation.since.as_ref();
            let row = |name: Value, unit: Value, verdict: &Verdict, first: bool| {
                let reasons = verdict.reasons.iter().map(|reason| self.words.reason(reason, since)).collect::<Result<Vec<_>, _>>()?;
                let semicolon = format!("{} ", self.words.say(Fixed::Semicolon));
                Ok(vec![name, unit, self.words.said_word(verdict.word, first).into(), reasons.join(&semicolon).into()])
            };
            rows.push(row(self.say(Fixed::Organisation), Value::Nothing, &card.organisation, since.is_none())?);
            let sentence = |text: String| vec![self.say(Fixed::Organisation), Value::Nothing, Value::Nothing, text.into()];
            if let Some(gap) = &card.gap {
                rows.push(sentence(self.words.said_gap(gap)?));
            }
            if let Some(signals) = &card.signals {
                rows.push(sentence(self.words.signals(signals)?));
            }
            for group in card.groups.iter().filter(|group| !group.verdict.reasons.is_empty()) {
                rows.push(row(self.words.list(&group.groups)?.into(), path(&group.unit).into(), &group.verdict, false)?);
            }
        }
        let columns = vec![Fixed::Group, Fixed::FileUnit, Fixed::FileFinding, Fixed::FileRemark];
        Ok(Sheet { name: Fixed::SheetSaid, columns, rows })
    }

    fn statements(&self) -> Sheet {
        let rows = statements(self.words, self.gathered.wave).into_iter().map(|asked| {
            let turned = if asked.turned { self.say(Fixed::Turned) } else { Value::Nothing };
            vec![asked.dimension.into(), asked.text.into(), turned]
        });
        let columns = vec![Fixed::FileTopic, Fixed::FileStatement, Fixed::FileRemark];
        Sheet { name: Fixed::SheetStatements, columns, rows: rows.collect() }
    }

    fn corrections(&self) -> Read {
        let rows = self.gathered.wave.errata().map(|erratum| {
            let count = i32::try_from(erratum.number).ok();
            Ok(vec![count.into(), self.words.date(erratum.day)?.into(), erratum.text.into()])
        });
        let rows = rows.collect::<Result<_, BrokenWords>>()?;
        Ok(Sheet { name: Fixed::SheetCorrections, columns: vec![Fixed::FileNumber, Fixed::FileDay, Fixed::FileCorrection], rows })
    }
}

fn ends(of: Option<(u8, u8)>) -> [Value; 2] {
    of.map_or([Value::Nothing, Value::Nothing], |(low, high)| [number(low), number(high)])
}

/// A difference and its ends; of a least possible one there are no ends.
fn points(of: &Difference) -> [Value; 3] {
    if of.at_least { [number(of.points), Value::Nothing, Value::Nothing] } else { [of.points, of.low, of.high].map(number) }
}

fn written(words: &Words, gathered: &Gathered<'_>, sheets: &[Sheet]) -> Result<Vec<u8>, ReportProblem> {
    let mut workbook = Workbook::new();
    let title = format!("{}, {}", gathered.wave.manifest.organisation, words.round(&gathered.wave.release.wave)?);
    // A fixed date, so that the same round gives the same bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(&title)
            .set_author("Candor")
            .set_comment(words.say(Fixed::NotForAppraisal))
            .set_creation_datetime(&created),
    );
    read_me(workbook.add_worksheet(), words, gathered, &title, sheets)?;
    for sheet in sheets {
        write_sheet(workbook.add_worksheet(), words, sheet)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn read_me(sheet: &mut Worksheet, words: &Words, gathered: &Gathered<'_>, title: &str, sheets: &[Sheet]) -> Result<(), ReportProblem> {
    let heading = Format::new().set_bold();
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(sheet_name(words.say(Fixed::SheetReadMe)))?.set_column_width(0, 100)?;
    let mut at = 0;
    let mut line = |what: &str, format: &Format| -> Result<(), XlsxError> {
        sheet.write_string_with_format(at, 0, what, format)?;
        at += 1;
        Ok(())
    };
    line(title, &Format::new().set_bold().set_font_size(15))?;
    for about in about(words, gathered.wave)? {
        line("", &text)?;
        line(&about.heading, &heading)?;
        about.sentences.iter().try_for_each(|sentence| line(sentence, &text))?;
    }
    line("", &text)?;
    line(words.say(Fixed::FileSheets), &heading)?;
    sheets.iter().try_for_each(|sheet| line(sheet_name(words.say(sheet.name)).as_str(), &text))?;
    line(words.say(Fixed::FileEmpty), &text)?;
    Ok(())
}

fn write_sheet(sheet: &mut Worksheet, words: &Words, table: &Sheet) -> Result<(), ReportProblem> {
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top).set_border_bottom(FormatBorder::Thin);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let figure = Format::new().set_align(FormatAlign::Top);
    sheet.set_name(sheet_name(words.say(table.name)))?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?.set_freeze_panes(1, 0)?;
    for (column, name) in (0_u16..).zip(&table.columns) {
        let name = words.say(*name);
        sheet.write_string_with_format(0, column, name, &head)?;
        let place = usize::from(column);
        let longest = table.rows.iter().filter_map(|row| match row.get(place) {
            Some(Value::Text(text)) => Some(text.chars().count()),
            _ => None,
        });
        let longest_word = name.split_whitespace().map(|word| word.chars().count()).max().unwrap_or_default();
        let width = longest.max().unwrap_or_default().max(longest_word).clamp(8, WIDEST);
        sheet.set_column_width(column, f64::from(u16::try_from(width).unwrap_or(u16::MAX)) + 2.0)?;
    }
    for (at, row) in (1_u32..).zip(&table.rows) {
        for (column, value) in (0_u16..).zip(row) {
            match value {
                Value::Nothing => {}
                Value::Number(number) => {
                    sheet.write_number_with_format(at, column, *number, &figure)?;
                }
                Value::Text(words) => {
                    sheet.write_string_with_format(at, column, words, &text)?;
                }
            }
        }
    }
    if let (Ok(rows), Some(last)) = (u32::try_from(table.rows.len()), table.columns.len().checked_sub(1)) {
        sheet.autofilter(0, 0, rows, u16::try_from(last).unwrap_or(u16::MAX))?;
    }
    Ok(())
}

/// A name that every spreadsheet takes.
fn sheet_name(name: &str) -> String {
    let mut units = 0;
    let fits = |character: &char| {
        units += character.len_utf16();
        units <= LONGEST_NAME
    };
    name.chars().filter(|character| !"[]:*?/\\'".contains(*character)).take_while(fits).collect()
}
