//! The staff list as HR keeps it in the console: what it holds, what a new one would change, and taking that over.

use std::time::Duration;

use domain::reorg::Suggestion;
use domain::roster::{self, Difference, Roster, RosterImport, RosterProblems};
use domain::{Language, Moment, WaveId};
use identity::{IdentityError, NewUpload, PreviewHash, RosterChange};

use super::Refusal;
use super::reorganisation::{self, News};
use crate::installation::Installation;
use crate::lifecycle::progress::Work;

/// How long an upload waits to be taken over.
const WAITS: Duration = Duration::from_secs(24 * 3600);
/// The name of a file that has none.
const UNNAMED: &str = "staff.csv";
/// How many characters of a file's name are kept.
const NAME_KEPT: usize = 120;

/// An upload that waits to be taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// What its preview is made of.
    pub preview: PreviewHash,
    /// The file as the person named it.
    pub file_name: String,
    /// The login of whoever uploaded it.
    pub uploaded_by: String,
    /// When it is thrown away.
    pub expires_at: Moment,
    /// Whether today's staff list is still the one that it was compared with.
    pub fits: bool,
}

/// The staff list of today.
#[derive(Debug)]
pub struct Today {
    /// The list; empty before the first.
    pub roster: Roster,
    /// The upload that waits, if there is one.
    pub waiting: Option<Waiting>,
    /// The round that is under way, to which a new list changes nothing.
    pub under_way: Option<WaveId>,
    /// How many events would explain what happened to teams, and are not said yet.
    pub suggestions: usize,
}

/// What an upload would change.
#[derive(Debug)]
pub struct Preview {
    /// The upload.
    pub waiting: Waiting,
    /// The list it holds, and what is worth knowing about the file.
    pub import: RosterImport,
    /// Today's list.
    pub today: Roster,
    /// Everything by which the two differ.
    pub difference: Difference,
    /// The round that is under way, to which a new list changes nothing.
    pub under_way: Option<WaveId>,
    /// How the new list differs from the teams of the last round; `None` before the first launch.
    pub news: Option<News>,
    /// What may have become of teams.
    pub suggestions: Vec<Suggestion>,
}

/// What became of an upload.
#[derive(Debug, PartialEq, Eq)]
pub enum Offered {
    /// It waits to be looked at and taken over.
    Waits,
    /// Something is wrong with it; nothing of it is kept.
    Faulty(RosterProblems),
}

/// What became of taking an upload over.
#[derive(Debug, PartialEq, Eq)]
pub enum TakenOver {
    /// It is the staff list now.
    Done(RosterChange),
    /// It does not wait any more.
    NotWaiting,
    /// Today's list is not the one that it was compared with.
    OtherList,
}

/// The staff list of today.
///
/// # Errors
/// When the database fails.
pub fn today(installation: &Installation) -> Result<Today, Refusal> {
    let roster = installation.identity.roster()?;
    let suggestions = reorganisation::suggestions(installation, &roster)?.len();
    let waiting = installation.identity.upload(installation.clock.now())?.map(|(upload, fits)| waiting(&upload, fits));
    Ok(Today { roster, waiting, under_way: installation.unfinished_wave()?, suggestions })
}

/// Reads an uploaded file and, if nothing is wrong with it, keeps it until somebody has looked at what it changes. Nothing of the staff list is changed.
///
/// # Errors
/// When the database fails.
pub fn offer(installation: &Installation, file_name: Option<&str>, content: Vec<u8>, login: &str) -> Result<Offered, Refusal> {
    let file_name = shown_name(file_name);
    let language = default_language(installation)?;
    if let Err(problems) = roster::parse_csv(&file_name, &content, &language) {
        return Ok(Offered::Faulty(problems));
    }
    let expires_at = installation.clock.now().plus(WAITS);
    installation.identity.keep_upload(&NewUpload { file_name, content, language, uploaded_by: login.to_owned(), expires_at })?;
    Ok(Offered::Waits)
}

/// What the upload that waits would change; `None` when none waits.
///
/// # Errors
/// When the database fails.
pub fn preview(installation: &Installation) -> Result<Option<Preview>, Refusal> {
    let Some((upload, fits)) = installation.identity.upload(installation.clock.now())? else { return Ok(None) };
    let import = upload.read().map_err(|problems| Refusal::corrupt(format!("the upload that was kept cannot be read: {problems}")))?;
    let today = installation.identity.roster()?;
    Ok(Some(Preview {
        waiting: waiting(&upload, fits),
        difference: Difference::between(&today, &import.roster),
        under_way: installation.unfinished_wave()?,
        news: reorganisation::news(installation, &import.roster)?,
        suggestions: reorganisation::suggestions(installation, &import.roster)?,
        import,
        today,
    }))
}

/// Makes the upload of this preview the staff list.
///
/// # Errors
/// When the database fails.
pub fn take_over(installation: &Installation, preview: &PreviewHash) -> Result<TakenOver, Refusal> {
    let people_side = installation.people_side_at(Work::ImportStaff, 0);
    match people_side.take_upload(preview, installation.clock.now()) {
        Ok(change) => Ok(TakenOver::Done(change)),
        Err(IdentityError::NoUpload) => Ok(TakenOver::NotWaiting),
        Err(IdentityError::OtherList) => Ok(TakenOver::OtherList),
        Err(other) => Err(other.into()),
    }
}

/// Throws the upload of this preview away.
///
/// # Errors
/// When the database fails.
pub fn throw_away(installation: &Installation, preview: &PreviewHash) -> Result<(), Refusal> {
    Ok(installation.identity.drop_upload(preview)?)
}

fn waiting(upload: &identity::StaffUpload, fits: bool) -> Waiting {
    Waiting {
        preview: upload.preview,
        file_name: upload.file_name.clone(),
        uploaded_by: upload.uploaded_by.clone(),
        expires_at: upload.expires_at,
        fits,
    }
}

/// The language of people for whom a staff list gives none.
fn default_language(installation: &Installation) -> Result<Language, Refusal> {
    Language::parse(&installation.config.survey.language).map_err(|e| Refusal::Invalid(format!("survey.language: {e}")))
}

/// The last part of a file's name, without what nobody sees.
fn shown_name(given: Option<&str>) -> String {
    let last = given.and_then(|given| given.rsplit(['/', '\\']).next()).unwrap_or_default();
    let shown: String = last.chars().filter(|c| !domain::text::is_invisible(*c)).take(NAME_KEPT).collect();
    if shown.trim().is_empty() { UNNAMED.to_owned() } else { shown }
}

#[cfg(test)]
mod tests {
    use super::shown_name;

    #[test]
    fn the_name_of_a_file_is_its_last_part_without_what_nobody_sees() {
        assert_eq!(shown_name(Some("C:\\lists\\staff 2026.csv")), "staff 2026.csv");
        assert_eq!(shown_name(Some("/tmp/a\u{202E}b.csv")), "ab.csv");
        assert_eq!(shown_name(Some(&"x".repeat(500))).len(), 120);
        for nameless in [None, Some(""), Some("\u{200B}"), Some("lists/")] {
            assert_eq!(shown_name(nameless), "staff.csv");
        }
    }
}
