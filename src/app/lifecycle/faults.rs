//! What has to change before a draft can be kept, each at the setting that has to change.

use std::time::Duration;

use disclosure::standing::{InvalidPolicy, Policy};
use domain::instrument::Instrument;
use domain::wave::{LONGEST_EXTENSION, Pace, SHORTEST_GRACE, SHORTEST_WINDOW};
use domain::{Language, Moment, Schedule, WaveId, WaveState};
use protocol::manifest::{LONGEST_NAME, LONGEST_TEXT, LONGEST_WAIT, SHORTEST_WAIT, Texts, check_name};

use super::draft::coarsenings;
use super::settings::WaveSettings;
use super::{Refusal, reasons};
use crate::installation::Installation;
use crate::words::{Saying, Words};

/// The shortest time in which people can answer.
pub(super) const SHORTEST: Duration = Duration::from_secs(3600);
/// Most reminders of a round: each further one asks the same people again.
pub const MOST_REMINDERS: usize = 3;
/// Colleagues that must be in a group beside those who collude and the one whose answer they are after.
const BESIDE_COALITION: u32 = 3;

/// A setting of a draft, as a form has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The round's name.
    Name,
    /// The questionnaire.
    Instrument,
    /// The languages.
    Languages,
    /// Whether dates or a hand move the round.
    Pace,
    /// When people can answer from.
    Opens,
    /// When answering ends.
    Closes,
    /// By how many days the close may be put off.
    Extension,
    /// How long answers under way may still arrive.
    Grace,
    /// How long people can object.
    Window,
    /// When the result is published.
    PublishAt,
    /// When the round ends without a result at the latest.
    PublishBy,
    /// The reminders.
    Reminders,
    /// The fewest people shown together.
    K,
    /// The smallest group that is proposed.
    GroupMin,
    /// Colluding colleagues covered.
    Coalition,
    /// Values that stay possible.
    MinRange,
    /// The open questions.
    Comments,
    /// Whether the key is locked with a passphrase.
    Passphrase,
    /// Who holds the passphrase.
    KeyHolder,
    /// The public half of the key of somebody outside the operator.
    KeyHolderFile,
    /// Whether the disks are copied while the round runs.
    DiskCopies,
    /// Whether people read the result of their own group.
    TeamReads,
    /// How long HR waits for the results of groups.
    HrGroupsAfter,
    /// Whether HR follows how many take part.
    Participation,
    /// What the result is for.
    Purpose,
    /// What it is not for.
    NotFor,
    /// Nothing of the draft: the installation itself.
    Installation,
}

impl Field {
    /// The name of the field in a form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Instrument => "instrument",
            Self::Languages => "languages",
            Self::Pace => "pace",
            Self::Opens => "opens",
            Self::Closes => "closes",
            Self::Extension => "may-extend",
            Self::Grace => "grace",
            Self::Window => "window",
            Self::PublishAt => "publish-at",
            Self::PublishBy => "publish-by",
            Self::Reminders => "reminders",
            Self::K => "k",
            Self::GroupMin => "group-min",
            Self::Coalition => "coalition",
            Self::MinRange => "min-range",
            Self::Comments => "comments",
            Self::Passphrase => "passphrase",
            Self::KeyHolder => "key-holder",
            Self::KeyHolderFile => "key-holder-file",
            Self::DiskCopies => "disk-copies",
            Self::TeamReads => "team-reads",
            Self::HrGroupsAfter => "hr-groups-after",
            Self::Participation => "participation",
            Self::Purpose => "purpose",
            Self::NotFor => "not-for",
            Self::Installation => "installation",
        }
    }
}

/// Something that has to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The setting.
    pub field: Field,
    /// What is wrong and what to do.
    pub says: Saying,
}

impl Fault {
    /// A fault of one setting.
    #[must_use]
    pub const fn new(field: Field, says: Saying) -> Self {
        Self { field, says }
    }

    /// There is a round of this name.
    #[must_use]
    pub fn name_taken(wave: &WaveId) -> Self {
        Self::new(Field::Name, Saying::key("fault-name-taken").and("round", wave))
    }

    /// The fault as commands print it.
    #[must_use]
    pub fn in_english(&self) -> String {
        Words::english().speak(&self.says)
    }
}

/// All faults as one text.
pub(super) fn together(faults: &[Fault]) -> String {
    faults.iter().map(Fault::in_english).collect::<Vec<_>>().join(" ")
}

/// Everything about these settings that has to change; empty for settings that can be kept.
///
/// # Errors
/// When a database fails.
pub fn of(installation: &Installation, settings: &WaveSettings) -> Result<Vec<Fault>, Refusal> {
    let mut faults = Vec::new();
    match installation.catalogue.get(&settings.instrument) {
        Some(instrument) => faults.extend(of_questionnaire(instrument, settings)),
        None => {
            faults.push(Fault::new(Field::Instrument, unknown_instrument(installation, settings)));
        }
    }
    faults.extend(of_key_holder(settings));
    faults.extend(of_dates(settings, installation.clock.now()));
    if settings.schedule.pace == Pace::Manual && !installation.config.respondents_are_loopback() {
        faults.push(Fault::new(Field::Pace, Saying::key("fault-by-hand-elsewhere")));
    }
    faults.extend(of_protection(installation, settings)?);
    faults.extend(of_waiting(settings.hr_groups_after_hours(&installation.config)));
    faults.extend(of_own_words(installation, settings));
    if !installation.config.respondents_are_secure() {
        let says = Saying::key("fault-not-secure").and("address", &installation.config.respondents.url);
        faults.push(Fault::new(Field::Installation, says));
    }
    Ok(faults)
}

/// HR reads the results of groups at once, or so long after their leaders that these have had the time.
fn of_waiting(hours: u32) -> Option<Fault> {
    let says = || Saying::key("fault-hr-groups-after").and("least", SHORTEST_WAIT).and("most", LONGEST_WAIT);
    (hours != 0 && !(SHORTEST_WAIT..=LONGEST_WAIT).contains(&hours)).then(|| Fault::new(Field::HrGroupsAfter, says()))
}

/// There is no questionnaire of this name.
pub(super) fn unknown_instrument(installation: &Installation, settings: &WaveSettings) -> Saying {
    let known = installation.catalogue.iter().map(|i| i.id.as_str()).collect::<Vec<_>>().join(", ");
    Saying::key("fault-instrument-unknown").and("instrument", &settings.instrument).and("known", known)
}

fn of_questionnaire(instrument: &Instrument, settings: &WaveSettings) -> Vec<Fault> {
    let mut faults = Vec::new();
    if settings.comments && instrument.comments.is_empty() {
        faults.push(Fault::new(Field::Comments, Saying::key("fault-no-open-questions").and("instrument", &settings.instrument)));
    }
    for language in settings.particulars.languages.iter().filter(|language| !instrument.languages.contains(language)) {
        let has = instrument.languages.iter().map(Language::as_str).collect::<Vec<_>>().join(", ");
        let says = Saying::key("fault-language-unknown").and("instrument", &settings.instrument);
        faults.push(Fault::new(Field::Languages, says.and("language", language.as_str()).and("has", has)));
    }
    faults
}

/// The key of a key holder outside the operator is for this round alone.
pub(super) fn of_round(wave: &WaveId, settings: &WaveSettings) -> Option<Fault> {
    let trustee = settings.trustee().filter(|trustee| trustee.wave != *wave)?;
    let says = Saying::key("fault-trustee-round").and("found", &trustee.wave).and("round", wave);
    Some(Fault::new(Field::KeyHolderFile, says))
}

fn of_key_holder(settings: &WaveSettings) -> Option<Fault> {
    if let Some(trustee) = settings.trustee() {
        if check_name(&trustee.holder).is_err() || !trustee.trustee_key.is_valid() {
            return Some(Fault::new(Field::KeyHolderFile, Saying::key("fault-trustee-file")));
        }
        let twice = settings.passphrase || settings.key_holder.is_some();
        return twice.then(|| Fault::new(Field::Passphrase, Saying::key("fault-trustee-passphrase").and("name", &trustee.holder)));
    }
    let name = settings.key_holder.as_ref()?;
    if check_name(name).is_err() {
        return Some(Fault::new(Field::KeyHolder, Saying::key("fault-key-holder-name").and("most", LONGEST_NAME)));
    }
    (!settings.passphrase).then(|| Fault::new(Field::KeyHolder, Saying::key("fault-key-holder-without-passphrase").and("name", name)))
}

fn of_dates(settings: &WaveSettings, now: Moment) -> Vec<Fault> {
    let schedule = &settings.schedule;
    let mut faults = Vec::new();
    if schedule.pace == Pace::Dates {
        faults.extend(of_close(settings, now));
        faults.extend(of_offsets(schedule));
    }
    if faults.is_empty() && schedule.check().is_err() {
        faults.push(Fault::new(Field::PublishBy, Saying::key("fault-schedule")));
    }
    let opens = settings.opens(now);
    let reminders = &settings.particulars.reminders;
    if reminders.len() > MOST_REMINDERS {
        faults.push(Fault::new(Field::Reminders, Saying::key("fault-reminders-many").and("most", MOST_REMINDERS)));
    }
    let by_hand = schedule.pace == Pace::Manual;
    if by_hand && (!reminders.is_empty() || settings.particulars.opens_at.is_some()) {
        faults.push(Fault::new(Field::Pace, Saying::key("fault-by-hand-with-dates")));
    } else if reminders.iter().any(|at| *at <= opens || *at >= schedule.closes_at) {
        faults.push(Fault::new(Field::Reminders, Saying::key("fault-reminder-outside")));
    }
    faults
}

fn of_close(settings: &WaveSettings, now: Moment) -> Option<Fault> {
    let closes = settings.schedule.closes_at;
    if closes < now.plus(SHORTEST) {
        return Some(Fault::new(Field::Closes, Saying::key("fault-closes-too-soon")));
    }
    (closes < settings.opens(now).plus(SHORTEST)).then(|| Fault::new(Field::Closes, Saying::key("fault-closes-before-opening")))
}

fn of_offsets(schedule: &Schedule) -> Vec<Fault> {
    let Schedule { grace_seconds: grace, window_seconds: window, publish_at_seconds: at, publish_by_seconds: by, extension_days, .. } =
        *schedule;
    let wrong = [
        (extension_days > LONGEST_EXTENSION, Field::Extension, Saying::key("fault-extension-long").and("most", LONGEST_EXTENSION)),
        (grace < SHORTEST_GRACE, Field::Grace, Saying::key("fault-grace-short").and("minutes", SHORTEST_GRACE / 60)),
        (window < SHORTEST_WINDOW, Field::Window, Saying::key("fault-window-short").and("hours", SHORTEST_WINDOW / 3600)),
        (at < grace.saturating_add(window), Field::PublishAt, Saying::key("fault-publish-before-opening")),
        (by < at.saturating_add(SHORTEST_WINDOW), Field::PublishBy, Saying::key("fault-publish-by-early")),
    ];
    wrong.into_iter().filter(|(wrong, ..)| *wrong).map(|(_, field, says)| Fault::new(field, says)).collect()
}

/// What protects answers: possible at all, possible on the instrument's scales, and no weaker than in any published wave.
fn of_protection(installation: &Installation, settings: &WaveSettings) -> Result<Vec<Fault>, Refusal> {
    let WaveSettings { k, coalition, min_range, .. } = *settings;
    let mut faults = Vec::new();
    if let Err(problem) = Policy::new(k, settings.group_min) {
        let field = match problem {
            InvalidPolicy::KTooSmall { .. } => Field::K,
            InvalidPolicy::GroupTooSmall { .. } => Field::GroupMin,
        };
        faults.push(Fault::new(field, reasons::of_policy(problem)));
    }
    let most = k.saturating_sub(BESIDE_COALITION);
    // Where too few are shown together, nobody can say yet how many may join their answers.
    if most > 0 && (coalition == 0 || coalition > most) {
        faults.push(Fault::new(Field::Coalition, Saying::key("fault-coalition").and("most", most)));
    }
    match coarsenings(installation, settings) {
        Ok(_) => {}
        Err(Refusal::Said(says)) => faults.push(Fault::new(Field::MinRange, *says)),
        Err(other) => return Err(other),
    }
    for record in installation.identity.waves()?.into_iter().filter(|record| record.state == WaveState::Published) {
        let published = WaveSettings::of(&installation.identity, &record.wave)?;
        for (field, key, now, then) in [
            (Field::K, "fault-weaker-k", k, published.k),
            (Field::Coalition, "fault-weaker-coalition", coalition, published.coalition),
            (Field::MinRange, "fault-weaker-values", min_range, published.min_range),
        ] {
            if now < then && !faults.iter().any(|fault| fault.field == field) {
                let says = Saying::key(key).and("now", now).and("then", then).and("round", &record.wave);
                faults.push(Fault::new(field, says));
            }
        }
    }
    Ok(faults)
}

/// What the organisation says in its own words, in every language of the round or in none.
fn of_own_words(installation: &Installation, settings: &WaveSettings) -> Vec<Fault> {
    let own = [(Field::Purpose, &settings.particulars.purpose), (Field::NotFor, &settings.particulars.not_for)];
    let asked = installation.catalogue.get(&settings.instrument).map(|instrument| settings.asks(instrument).languages).unwrap_or_default();
    let mut faults = Vec::new();
    for (field, texts) in own.into_iter().filter_map(|(field, texts)| Some((field, texts.as_ref()?))) {
        if texts.check(LONGEST_TEXT).is_err() {
            faults.push(Fault::new(field, Saying::key("fault-text").and("most", LONGEST_TEXT)));
            continue;
        }
        let Texts::PerLanguage(said) = texts else { continue };
        let missing = asked.iter().filter(|language| !said.contains_key(language)).map(Language::as_str).collect::<Vec<_>>().join(", ");
        if !missing.is_empty() {
            faults.push(Fault::new(field, Saying::key("fault-text-missing").and("languages", missing)));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const NOW: Moment = Moment::from_micros(1_796_000_000_000_000);
    const DAY: Duration = Duration::from_secs(86_400);

    fn settings() -> WaveSettings {
        WaveSettings::pulse(NOW.plus(DAY * 14))
    }

    fn fields(settings: &WaveSettings) -> Vec<Field> {
        of_dates(settings, NOW).into_iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn every_date_that_stands_wrong_is_said_at_its_own_field_and_all_of_them_at_once() {
        assert_eq!(fields(&settings()), []);
        let mut wrong = settings();
        wrong.schedule.closes_at = NOW;
        (wrong.schedule.grace_seconds, wrong.schedule.window_seconds) = (59, 3599);
        (wrong.schedule.publish_at_seconds, wrong.schedule.publish_by_seconds) = (60, 61);
        assert_eq!(fields(&wrong), [Field::Closes, Field::Grace, Field::Window, Field::PublishAt, Field::PublishBy]);
        let mut long = settings();
        long.schedule.extension_days = 8;
        assert_eq!(fields(&long), [Field::Extension]);
        let mut late = settings();
        late.particulars.opens_at = Some(NOW.plus(DAY * 14));
        assert_eq!(fields(&late), [Field::Closes]);
    }

    #[test]
    fn reminders_lie_between_the_opening_and_the_close_and_are_three_at_most() {
        let with = |days: &[u32]| {
            let mut settings = settings();
            settings.particulars.opens_at = Some(NOW.plus(DAY));
            settings.particulars.reminders = days.iter().map(|day| NOW.plus(DAY * *day)).collect();
            fields(&settings)
        };
        assert_eq!(with(&[4, 8, 12]), []);
        assert_eq!(with(&[4, 8, 9, 12]), [Field::Reminders]);
        assert_eq!(with(&[1]), [Field::Reminders]);
        assert_eq!(with(&[14]), [Field::Reminders]);
    }

    #[test]
    fn a_round_moved_by_hand_has_no_dates_of_its_own() {
        let mut settings = WaveSettings { schedule: Schedule::manual(NOW), ..settings() };
        assert_eq!(fields(&settings), []);
        settings.particulars.reminders = vec![NOW.plus(DAY)];
        assert_eq!(fields(&settings), [Field::Pace]);
    }

    #[test]
    fn hr_waits_for_the_groups_not_at_all_or_between_a_day_and_two_weeks() {
        let accepted: Vec<u32> = [0, 1, 23, 24, 48, 336, 337].into_iter().filter(|hours| of_waiting(*hours).is_none()).collect();
        assert_eq!(accepted, [0, 24, 48, 336]);
    }

    #[test]
    fn settings_of_earlier_versions_are_read_and_usual_ones_are_written_as_they_were() {
        let written = serde_json::to_value(settings()).unwrap();
        assert!(written.get("particulars").is_none(), "{written}");
        assert_eq!(serde_json::from_value::<WaveSettings>(written).unwrap(), settings());
        let mut own = settings();
        own.particulars.team_reads = Some(false);
        own.particulars.languages = vec![Language::parse("de").unwrap()];
        let written = serde_json::to_value(&own).unwrap();
        assert_eq!(written["particulars"], serde_json::json!({ "languages": ["de"], "team_reads": false }));
        assert_eq!(serde_json::from_value::<WaveSettings>(written).unwrap(), own);
    }
}
