//! `candor export`.

use domain::{Language, TeamLabel};
use reports::{BrokenWords, Words};

use super::Failure;
use super::arguments::{ExportArguments, FileFormat};
use super::release::hand_over;
use super::terminal::remark;
use crate::installation::Installation;
use crate::lifecycle::exports::{self, Kind};
use crate::lifecycle::portion::{Portion, Whose};

pub(super) fn run(installation: &Installation, arguments: &ExportArguments) -> Result<(), Failure> {
    let words = match &arguments.language {
        Some(language) => spoken(language)?,
        None => usual(&installation.config.survey.language).map_err(|e| Failure::Refused(e.to_string()))?,
    };
    if arguments.out.exists() {
        return Err(Failure::Refused(format!("{} is there already; nothing was written over it", arguments.out.display())));
    }
    let portion = Portion::named(installation, &arguments.wave, &arguments.whose)?;
    let kind = Kind::from(arguments.format);
    let bytes = portion.file(kind, None, words)?;
    exports::record(installation, &arguments.wave, kind.name())?;
    hand_over(&bytes, Some(&arguments.out))?;
    remark(&format!("{}: {} bytes; the promise log holds that it was made.", arguments.out.display(), bytes.len()));
    Ok(())
}

/// The words of the language that was asked for; of no other in its place.
fn spoken(language: &Language) -> Result<&'static Words, Failure> {
    let found = Words::in_language(language).ok().filter(|words| words.language() == language);
    found.ok_or_else(|| {
        let known = Words::languages().collect::<Vec<_>>().join(", ");
        Failure::BadInput(format!("results cannot be written in the language {language}: choose one of {known}"))
    })
}

/// The words where no language was asked for: those of the installation's, else English ones.
fn usual(tag: &str) -> Result<&'static Words, BrokenWords> {
    Language::parse(tag).map_or_else(|_| Words::english(), |language| Words::in_language(&language))
}

impl From<FileFormat> for Kind {
    fn from(format: FileFormat) -> Self {
        match format {
            FileFormat::Pdf => Self::Pdf,
            FileFormat::Notice => Self::Notice,
            FileFormat::Xlsx => Self::Xlsx,
            FileFormat::Csv => Self::Csv,
            FileFormat::Json => Self::Json,
        }
    }
}

/// Whose result a file is about, as it is typed.
///
/// # Errors
/// What is wrong, and an example.
pub(super) fn parse_whose(text: &str) -> Result<Whose, String> {
    match text.split_once(':') {
        None if text == "org" => Ok(Whose::Organisation),
        Some(("unit", name)) if !name.is_empty() => TeamLabel::parse(name).map(Whose::Unit).map_err(|e| e.to_string()),
        Some(("group", name)) if !name.is_empty() => Ok(Whose::Group(name.to_owned())),
        _ => Err("write org, unit:NAME with the name of the team that heads the unit, or group:NAME".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn whose_result_is_meant_is_typed_with_what_it_is() {
        assert_eq!(parse_whose("org"), Ok(Whose::Organisation));
        assert_eq!(parse_whose("unit:Plant North"), Ok(Whose::Unit(TeamLabel::parse("Plant North").unwrap())));
        assert_eq!(parse_whose("group:Research: Basel"), Ok(Whose::Group("Research: Basel".to_owned())));
        for wrong in ["", "Org", "org:", "unit", "unit:", "group:", "team:Alpha", "Alpha"] {
            assert!(parse_whose(wrong).unwrap_err().starts_with("write org"), "{wrong}");
        }
    }

    #[test]
    fn a_language_without_words_is_refused_with_those_that_there_are() {
        let language = |tag: &str| Language::parse(tag).unwrap();
        assert_eq!(spoken(&language("fr")).unwrap().language().as_str(), "fr");
        assert!(matches!(spoken(&language("it")), Err(Failure::BadInput(text)) if text.contains("choose one of en, de")));
        assert_eq!([usual("fr"), usual("it"), usual("")].map(|words| words.unwrap().language().to_string()), ["fr", "en", "en"]);
    }
}
