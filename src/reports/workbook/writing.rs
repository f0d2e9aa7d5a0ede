//! From tables to the bytes of a workbook.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::{Sheet, Value};
use crate::about::about;
use crate::catalogue::Fixed;
use crate::gathered::Gathered;
use crate::{ReportProblem, Words};

/// The longest name of a sheet that spreadsheets take, in UTF-16 units.
const LONGEST_NAME: usize = 31;
/// The widest column, in characters.
const WIDEST: usize = 60;
/// How wide a column of days is, in characters.
const DAY: usize = 11;

pub(super) fn written(words: &Words, gathered: &Gathered<'_>, sheets: &[Sheet]) -> Result<Vec<u8>, ReportProblem> {
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
    let date = Format::new().set_align(FormatAlign::Top).set_num_format("yyyy-mm-dd");
    sheet.set_name(sheet_name(words.say(table.name)))?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?.set_freeze_panes(1, 0)?;
    for (column, name) in (0_u16..).zip(&table.columns) {
        let name = words.say(*name);
        sheet.write_string_with_format(0, column, name, &head)?;
        let place = usize::from(column);
        let longest = table.rows.iter().filter_map(|row| match row.get(place) {
            Some(Value::Text(text)) => Some(text.chars().count()),
            Some(Value::Day(_)) => Some(DAY),
            Some(Value::Number(_) | Value::Nothing) | None => None,
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
                Value::Day(day) => {
                    sheet.write_datetime_with_format(at, column, &ExcelDateTime::parse_from_str(&day.to_string())?, &date)?;
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
