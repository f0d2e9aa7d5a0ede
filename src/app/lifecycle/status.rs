//! Where a round stands: what it is doing, what comes next and when, and what HR can do now. The words are chosen here, their language where they are shown.
//!
//! While people answer, nothing here depends on how many have answered, but for what the last daily look found where the promise sheet says so.

mod actions;
mod facts;
mod outside;

use domain::participation::{FEWEST_INVITED, NotShown};
use domain::wave::Pace;
use domain::{Moment, WaveId, WaveState};
use identity::{Look, WaveRecord};
use protocol::board::Board;
use protocol::{FrozenManifest, Manifest, words};
use responses::Objections;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::Refusal;
use super::draft::WaveSettings;
use super::participation::{self, Followed};
use crate::installation::Installation;
use crate::words::{Saying, Value};

pub use actions::{RoundAction, Verb};
pub use outside::HandOver;

/// A round as its page and `candor wave status` show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundStatus {
    /// The round.
    pub wave: WaveId,
    /// Its state.
    pub state: WaveState,
    /// The state in a few words, for a table.
    pub label: Saying,
    /// What is happening, in a sentence or two.
    pub sentence: Saying,
    /// What comes next, in a few words.
    pub next: Saying,
    /// The dates in the order of the round's life.
    pub calendar: Vec<CalendarEntry>,
    /// Names and values: what was frozen, and the public totals once the box is shut.
    pub facts: Vec<Fact>,
    /// How many take part, in sentences, where HR may follow it; otherwise nothing.
    pub participation: Vec<Saying>,
    /// Why there are no live results, where there could be any: nothing once the round has ended, or is being ended without a result.
    pub no_live: Option<Saying>,
    /// What can be done at this moment.
    pub actions: Vec<RoundAction>,
    /// Whether somebody outside the operator holds the key of this round, which was launched.
    pub key_outside: bool,
    /// What there is to hand over to a key holder outside the operator, and back; `None` where there is nothing.
    pub hand_over: Option<HandOver>,
    /// Whether there is a published result with numbers to read.
    pub has_result: bool,
}

/// A name and its value.
pub type Fact = (Saying, Value);

/// One date of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarEntry {
    /// The moment, or a text where a command sets it.
    pub when: Value,
    /// What happens then.
    pub what: Saying,
    /// Whether it has happened.
    pub past: bool,
}

/// Where a round stands now.
///
/// # Errors
/// [`Refusal::UnknownWave`], or [`Refusal::Corrupt`] when what is stored about the round cannot be read.
pub fn status(installation: &Installation, wave: &WaveId) -> Result<RoundStatus, Refusal> {
    let record = installation.identity.wave(wave).map_err(Refusal::unavailable)?.ok_or_else(|| Refusal::UnknownWave(wave.clone()))?;
    of_record(installation, &record)
}

fn of_record(installation: &Installation, record: &WaveRecord) -> Result<RoundStatus, Refusal> {
    let wave = &record.wave;
    let settings = WaveSettings::of_record(record)?;
    let served = installation.responses.wave(wave).map_err(Refusal::unavailable)?;
    let board = served.as_ref().and_then(|w| w.board.as_deref()).map(serde_json::from_slice).transpose().map_err(Refusal::corrupt)?;
    let objections = served.as_ref().map(|w| w.objections.clone()).unwrap_or_default();
    let sheet = served.map(|w| FrozenManifest::read(w.manifest)).transpose().map_err(Refusal::corrupt)?;
    let questionnaire = installation.catalogue.get(&settings.instrument).map(|instrument| Value::Title(instrument.title.clone()));
    let invited = sheet.as_ref().map_or(0, |sheet| sheet.manifest().invited);
    let release = installation.responses.release(wave).map_err(Refusal::unavailable)?;
    let situation = Situation {
        record,
        followed: participation::followed(installation, record, &settings, invited)?,
        questionnaire: questionnaire.unwrap_or_else(|| settings.instrument.as_str().into()),
        now: installation.clock.now(),
        key_lost: record.state == WaveState::Aborted && installation.identity.key_was_lost(wave).map_err(Refusal::unavailable)?,
        release_written: release.is_some(),
        too_few_answered: record.state == WaveState::Published && release.is_some_and(|release| shows_nobody(&release.document)),
        result_waits: installation.responses.handed_in(wave).map_err(Refusal::unavailable)?.is_some(),
        list_address: format!("{}/w/{wave}/board", installation.config.respondents.url),
        manifest: sheet.as_ref().map(FrozenManifest::manifest),
        check_words: sheet.as_ref().map(|sheet| words::manifest_words(&sheet.hash()).join(" ")),
        board,
        objections,
        waits: record.state == WaveState::Launching && installation.responses.prepared(wave).map_err(Refusal::unavailable)?.is_some(),
        settings: &settings,
    };
    let status = situation.status();
    #[cfg(feature = "planted")]
    let status = super::planted::with_live_counter(installation, status);
    Ok(status)
}

/// Whether there is no group in a result. What cannot be read is the business of the pages that show it.
fn shows_nobody(document: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Result {
        base: Base,
    }
    #[derive(Deserialize)]
    struct Base {
        blocks: Vec<IgnoredAny>,
    }
    serde_json::from_slice::<Result>(document).is_ok_and(|result| result.base.blocks.is_empty())
}

/// Where every round stands, in the order of their launches, drafts last.
///
/// # Errors
/// As [`status`], for the first round that cannot be read.
pub fn all(installation: &Installation) -> Result<Vec<RoundStatus>, Refusal> {
    let waves = installation.identity.waves().map_err(Refusal::unavailable)?;
    waves.iter().map(|record| of_record(installation, record)).collect()
}

/// A state in a few words, as a table of rounds shows it.
#[must_use]
pub const fn state_label(state: WaveState) -> Saying {
    Saying::key(match state {
        WaveState::Draft => "state-draft",
        WaveState::Launching => "state-launching",
        WaveState::Running => "state-running",
        WaveState::Closing => "state-closing",
        WaveState::Closed => "state-closed",
        WaveState::Opened => "state-opened",
        WaveState::Published => "state-published",
        WaveState::Aborted => "state-aborted",
    })
}

/// Everything that the words of a status depend on.
struct Situation<'a> {
    record: &'a WaveRecord,
    settings: &'a WaveSettings,
    questionnaire: Value,
    now: Moment,
    release_written: bool,
    /// Whether a published result shows nobody, because too few answered.
    too_few_answered: bool,
    /// Whether a result of the key holder waits for its publication.
    result_waits: bool,
    /// Where everybody reads the list of counted answers.
    list_address: String,
    manifest: Option<&'a Manifest>,
    check_words: Option<String>,
    board: Option<Board>,
    objections: Objections,
    /// Whether the round was ended by somebody who said that its key is lost.
    key_lost: bool,
    /// How many take part, where HR may follow it.
    followed: Option<Followed>,
    /// Whether its promise sheet waits for a countersignature.
    waits: bool,
}

impl Situation<'_> {
    fn status(&self) -> RoundStatus {
        let ending = self.record.abort_reason.is_some() && self.record.state != WaveState::Aborted;
        let (label, sentence, next) =
            if ending { (Saying::key("state-ending"), Saying::key("state-ending-means"), Saying::key("next-told")) } else { self.words() };
        RoundStatus {
            wave: self.record.wave.clone(),
            state: self.record.state,
            label,
            sentence,
            next,
            calendar: self.calendar(),
            facts: self.facts(),
            participation: if ending { Vec::new() } else { self.participation() },
            no_live: (!ending && !self.record.state.is_final()).then(|| self.no_live()),
            actions: if ending { Vec::new() } else { self.actions() },
            key_outside: self.key_holder().is_some(),
            hand_over: if ending { None } else { self.hand_over() },
            has_result: self.record.state == WaveState::Published && !self.too_few_answered,
        }
    }

    /// The actual close, or the one that was frozen.
    fn close(&self) -> Moment {
        self.record.closing_at.unwrap_or(self.settings.schedule.closes_at)
    }

    fn by_command(&self) -> bool {
        self.settings.schedule.pace == Pace::Manual
    }

    fn words(&self) -> (Saying, Saying, Saying) {
        let schedule = &self.settings.schedule;
        let wave = &self.record.wave;
        match self.record.state {
            WaveState::Draft => {
                (state_label(self.record.state), Saying::key("state-draft-means"), Saying::key("next-launch").and("round", wave))
            }
            WaveState::Launching => match self.settings.trustee().filter(|_| self.waits) {
                Some(trustee) if self.by_command() || self.now < schedule.closes_at => (
                    Saying::key("state-unsigned"),
                    Saying::key("state-unsigned-means").and("holder", &trustee.holder),
                    Saying::key("next-countersign").and("holder", &trustee.holder).and("round", wave),
                ),
                Some(trustee) => (
                    Saying::key("state-unsigned"),
                    Saying::key("state-unsigned-late-means").and("holder", &trustee.holder),
                    Saying::key("next-unsigned-late"),
                ),
                None => (
                    state_label(self.record.state),
                    Saying::key("state-launching-means"),
                    Saying::key("next-launch-again").and("round", wave),
                ),
            },
            WaveState::Running if self.record.restored => (
                Saying::key("state-restored"),
                Saying::key("state-restored-means"),
                self.on("next-closes-on", "next-closes", schedule.closes_at),
            ),
            WaveState::Running if !self.is_open() => (
                Saying::key("state-waiting"),
                Saying::key("state-waiting-means"),
                self.on("next-opening-on", "next-opening", self.opening()),
            ),
            WaveState::Running => (
                state_label(self.record.state),
                Saying::key(if self.followed.is_some() { "state-running-followed-means" } else { "state-running-means" }),
                self.on(
                    if self.record.extended_days > 0 { "next-closes-extended" } else { "next-closes-on" },
                    "next-closes",
                    schedule.closes_at,
                ),
            ),
            WaveState::Closing => (
                state_label(self.record.state),
                Saying::key("state-closing-means"),
                self.on("next-shuts-on", "next-shuts", schedule.box_shuts(self.close())),
            ),
            WaveState::Closed if self.objections.unanswered() => {
                (Saying::key("state-objections"), Saying::key("state-objections-means").and("count", self.objections.count), self.answer())
            }
            WaveState::Closed if let Some(holder) = self.key_holder() => self.closed_outside(holder),
            WaveState::Closed => (
                state_label(self.record.state),
                Saying::key(if self.settings.passphrase { "state-closed-locked-means" } else { "state-closed-means" }),
                self.on("next-opens-on", "next-opens", schedule.opens(self.close())),
            ),
            WaveState::Opened => (
                state_label(self.record.state),
                self.unless_outside("state-opened-means", "state-opened-outside-means"),
                self.on("next-publishes-on", "next-publishes", schedule.publishes(self.close())),
            ),
            WaveState::Published if self.too_few_answered => (
                state_label(self.record.state),
                self.unless_outside("state-published-few-means", "state-published-few-outside-means"),
                Saying::key("next-nothing"),
            ),
            WaveState::Published => (
                state_label(self.record.state),
                self.unless_outside("state-published-means", "state-published-outside-means"),
                Saying::key("next-talk"),
            ),
            WaveState::Aborted => {
                let early = self.record.opens_at.is_none();
                let means = self.unless_outside("state-aborted-means", "state-aborted-outside-means");
                (
                    state_label(self.record.state),
                    if early { Saying::key("state-aborted-early-means") } else { means },
                    Saying::key("next-nothing"),
                )
            }
        }
    }

    /// What comes next at a moment, or when a command says so.
    fn on(&self, dated: &'static str, by_command: &'static str, moment: Moment) -> Saying {
        if self.by_command() { Saying::key(by_command) } else { Saying::key(dated).and("moment", moment) }
    }

    /// By when objections are to be answered, and from when on they can be: an answer before the time for objections is over would disarm later ones.
    fn answer(&self) -> Saying {
        let schedule = &self.settings.schedule;
        let (opens, aborts) = (schedule.opens(self.close()), schedule.aborts(self.close()));
        if self.by_command() || self.now >= opens {
            return self.on("next-answer-by", "next-answer", aborts);
        }
        Saying::key("next-answer-from").and("from", opens).and("moment", aborts)
    }

    /// When people can answer from.
    fn opening(&self) -> Moment {
        self.record.opens_at.unwrap_or(self.now)
    }

    /// Whether the moment has come from which people can answer.
    fn is_open(&self) -> bool {
        self.now >= self.opening()
    }

    fn calendar(&self) -> Vec<CalendarEntry> {
        let (record, schedule, close) = (self.record, &self.settings.schedule, self.close());
        let opens = record.opens_at.or(self.manifest.map(|manifest| manifest.opens_at)).or(self.settings.particulars.opens_at);
        let closes = Saying::key(if record.extended_days > 0 { "date-closes-extended" } else { "date-closes" });
        let opened =
            self.unless_outside("date-opened", if record.opened_at.is_some() { "date-result-outside" } else { "date-opened-outside" });
        let published = self.unless_outside("date-published", "date-published-outside");
        let steps = [
            (record.opens_at.filter(|at| *at <= self.now), opens, Saying::key("date-opens")),
            (record.closing_at, Some(schedule.closes_at), closes),
            (record.closed_at, Some(schedule.box_shuts(close)), Saying::key("date-shuts")),
            (record.opened_at, Some(schedule.opens(close)), opened),
            (record.published_at, Some(schedule.publishes(close)), published),
        ];
        let ended = record.state.is_final();
        let mut calendar: Vec<CalendarEntry> = steps
            .into_iter()
            .filter_map(|(done, planned, what)| match (done, planned) {
                (Some(done), _) => Some(CalendarEntry { when: Value::from(done), what, past: true }),
                (None, _) if ended => None,
                (None, Some(planned)) => {
                    let when = if self.by_command() { Saying::key("date-by-command").into() } else { Value::from(planned) };
                    Some(CalendarEntry { when, what, past: false })
                }
                (None, None) => None,
            })
            .collect();
        self.add_reminders(&mut calendar, opens.is_some());
        if let Some(aborted) = record.aborted_at {
            calendar.push(CalendarEntry { when: Value::from(aborted), what: Saying::key("date-aborted"), past: true });
        } else if !ended && !self.by_command() {
            let when = Value::from(schedule.aborts(close));
            calendar.push(CalendarEntry { when, what: Saying::key("date-aborts"), past: false });
        }
        calendar
    }

    /// The planned reminders of a round that has not closed, behind its opening, if that has a date.
    fn add_reminders(&self, calendar: &mut Vec<CalendarEntry>, opens: bool) {
        let ahead = matches!(self.record.state, WaveState::Draft | WaveState::Launching | WaveState::Running);
        let planned = self.settings.particulars.reminders.iter().filter(|_| ahead);
        let entries = planned
            .map(|at| CalendarEntry { when: Value::from(*at), what: Saying::key("date-reminder"), past: *at <= self.now })
            .collect::<Vec<_>>();
        let place = usize::from(opens).min(calendar.len());
        calendar.splice(place..place, entries);
    }

    /// How many take part, as the last look found it.
    fn participation(&self) -> Vec<Saying> {
        let (step, last, next) = match self.followed {
            None => return Vec::new(),
            Some(Followed::Not(NotShown::FewInvited)) => return vec![Saying::key("participation-few").and("fewest", FEWEST_INVITED)],
            Some(Followed::Not(NotShown::NoStep)) => return vec![Saying::key("participation-no-step")],
            Some(Followed::In { step, last, next }) => (step, last, next),
        };
        let found = match last {
            None => Saying::key("participation-none-yet"),
            Some(Look { looked_at, at_least: 0 }) => Saying::key("participation-below").and("moment", looked_at).and("step", step),
            Some(Look { looked_at, at_least }) => Saying::key("participation-at-least").and("moment", looked_at).and("share", at_least),
        };
        let next = match next {
            Some(next) => Saying::key("participation-next").and("moment", next),
            None => Saying::key("participation-last"),
        };
        vec![found, next, Saying::key("participation-how").and("step", step)]
    }

    /// Why there are no live results, and what HR can follow in their place.
    fn no_live(&self) -> Saying {
        let in_steps = match self.followed {
            Some(Followed::In { .. }) => true,
            Some(Followed::Not(_)) => false,
            // Not while people answer, but it was so, or will be.
            None => self.settings.particulars.participation && !self.by_command(),
        };
        Saying::key(if in_steps { "round-no-live-why-steps" } else { "round-no-live-why" })
    }
}

#[cfg(test)]
#[path = "status_tests.rs"]
mod tests;
