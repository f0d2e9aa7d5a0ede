//! Where a round stands, in words: what it is doing, what comes next and when, and what HR can do now.
//!
//! While people answer, nothing here depends on how many have answered.

use std::fmt;

use domain::wave::Pace;
use domain::{Language, Moment, WaveId, WaveState};
use identity::WaveRecord;
use protocol::board::Board;
use protocol::{FrozenManifest, Manifest, words};
use responses::Objections;

use super::draft::WaveSettings;
use super::{Refusal, objections};
use crate::installation::Installation;

/// A round as its page and `candor wave status` show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundStatus {
    /// The round.
    pub wave: WaveId,
    /// Its state.
    pub state: WaveState,
    /// The state in a few words, for a table.
    pub label: &'static str,
    /// What is happening, in a sentence or two.
    pub sentence: String,
    /// What comes next, in a few words.
    pub next: String,
    /// The dates in the order of the round's life.
    pub calendar: Vec<CalendarEntry>,
    /// Names and values: what was frozen, and the public totals once the box is shut.
    pub facts: Vec<(&'static str, String)>,
    /// What can be done at this moment.
    pub actions: Vec<RoundAction>,
}

/// One date of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarEntry {
    /// The date and time in UTC, or in words where a command sets the moment.
    pub when: String,
    /// What happens then.
    pub what: &'static str,
    /// Whether it has happened.
    pub past: bool,
}

/// Something that HR can do with a round now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundAction {
    /// Which.
    pub verb: Verb,
    /// The words on the button.
    pub label: &'static str,
    /// What it does, in a sentence or two.
    pub explains: &'static str,
    /// Whether the passphrase of the key must be given.
    pub wants_passphrase: bool,
    /// Whether it wants an answer to the objections, which everybody reads.
    pub wants_answer: bool,
    /// Whether it ends the round without a result. It then wants a reason, which everybody reads.
    pub grave: bool,
}

/// The things that can be done with a launched round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Remind those who have not answered.
    Remind,
    /// End the answering, or shut the box.
    Close,
    /// Answer the objections in public.
    Answer,
    /// Open and check the answers.
    Open,
    /// Publish the result.
    Publish,
    /// End the round without a result.
    Abort,
}

impl Verb {
    /// Every verb.
    pub const ALL: [Self; 6] = [Self::Remind, Self::Close, Self::Answer, Self::Open, Self::Publish, Self::Abort];

    /// The verb as it stands in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Remind => "remind",
            Self::Close => "close",
            Self::Answer => "answer",
            Self::Open => "open",
            Self::Publish => "publish",
            Self::Abort => "abort",
        }
    }

    /// Reads [`Self::as_str`] back; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verb| verb.as_str() == text)
    }
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
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
    let settings = WaveSettings::of(&installation.identity, wave)?;
    let served = installation.responses.wave(wave).map_err(Refusal::unavailable)?;
    let board = served.as_ref().and_then(|w| w.board.as_deref()).map(serde_json::from_slice).transpose().map_err(Refusal::corrupt)?;
    let objections = served.as_ref().map(|w| w.objections.clone()).unwrap_or_default();
    let sheet = served.map(|w| FrozenManifest::read(w.manifest)).transpose().map_err(Refusal::corrupt)?;
    let questionnaire = installation.catalogue.get(&settings.instrument).and_then(|i| in_english(&i.title));
    let situation = Situation {
        record,
        questionnaire: questionnaire.unwrap_or_else(|| settings.instrument.clone()),
        now: installation.clock.now(),
        release_written: installation.responses.release(wave).map_err(Refusal::unavailable)?.is_some(),
        manifest: sheet.as_ref().map(FrozenManifest::manifest),
        check_words: sheet.as_ref().map(|sheet| words::manifest_words(&sheet.hash()).join(" ")),
        board,
        objections,
        settings: &settings,
    };
    Ok(situation.status())
}

/// Where every round stands, in the order of their launches, drafts last.
///
/// # Errors
/// As [`status`], for the first round that cannot be read.
pub fn all(installation: &Installation) -> Result<Vec<RoundStatus>, Refusal> {
    let waves = installation.identity.waves().map_err(Refusal::unavailable)?;
    waves.iter().map(|record| of_record(installation, record)).collect()
}

/// The console speaks English; a questionnaire without it shows its first language.
fn in_english(title: &domain::instrument::Words) -> Option<String> {
    let english = Language::parse("en").ok().and_then(|en| title.get(&en));
    english.or_else(|| title.values().next()).cloned()
}

/// Everything that the words of a status depend on.
struct Situation<'a> {
    record: &'a WaveRecord,
    settings: &'a WaveSettings,
    questionnaire: String,
    now: Moment,
    release_written: bool,
    manifest: Option<&'a Manifest>,
    check_words: Option<String>,
    board: Option<Board>,
    objections: Objections,
}

impl Situation<'_> {
    fn status(&self) -> RoundStatus {
        let ending = self.record.abort_reason.is_some() && self.record.state != WaveState::Aborted;
        let (label, sentence, next) = if ending { self.ending_words() } else { self.words() };
        RoundStatus {
            wave: self.record.wave.clone(),
            state: self.record.state,
            label,
            sentence,
            next,
            calendar: self.calendar(),
            facts: self.facts(),
            actions: if ending { Vec::new() } else { self.actions() },
        }
    }

    /// The actual close, or the one that was frozen.
    fn close(&self) -> Moment {
        self.record.closing_at.unwrap_or(self.settings.schedule.closes_at)
    }

    fn by_command(&self) -> bool {
        self.settings.schedule.pace == Pace::Manual
    }

    fn ending_words(&self) -> (&'static str, String, String) {
        (
            "ending without a result",
            "It was decided to end this round without a result. The answers are being destroyed; Candor has shown nobody a number."
                .to_owned(),
            "Everybody is told by mail".to_owned(),
        )
    }

    fn words(&self) -> (&'static str, String, String) {
        let schedule = &self.settings.schedule;
        let at = |moment: Moment, what: &str| {
            if self.by_command() { format!("{what} when HR decides") } else { format!("{what} on {}", in_words(moment)) }
        };
        let wave = &self.record.wave;
        match self.record.state {
            WaveState::Draft => (
                "being prepared",
                "This round is a draft: nothing was sent, everything can still change.".to_owned(),
                format!("On the server: candor wave launch {wave}"),
            ),
            WaveState::Launching => (
                "being launched",
                "The launch was interrupted. The staff list and the groups are frozen, nobody was invited yet.".to_owned(),
                format!("It goes on by itself; if it does not, on the server: candor wave launch {wave}"),
            ),
            WaveState::Running => (
                "people can answer",
                "Invitations are out and people can answer. How many have answered is shown to nobody.".to_owned(),
                at(schedule.closes_at, "Answering ends"),
            ),
            WaveState::Closing => (
                "closing",
                "No new answers begin. Answers that were under way may still arrive.".to_owned(),
                at(schedule.box_shuts(self.close()), "The box is shut"),
            ),
            WaveState::Closed if self.objections.unanswered() => (
                "closed, objections wait for an answer",
                format!(
                    "The box is shut, and {} raised: a receipt was signed, and its answer is not on the list of counted answers. Nothing is opened before somebody has answered in public.",
                    objections::counted(self.objections.count)
                ),
                if self.by_command() {
                    "An answer to the objections".to_owned()
                } else {
                    format!("An answer to the objections; without one the round ends without a result on {}", in_words(schedule.aborts(self.close())))
                },
            ),
            WaveState::Closed => (
                "closed, objections possible",
                format!(
                    "The box is shut. Everybody can look up whether their answer is on the list of counted answers, and object. {}",
                    if self.settings.passphrase {
                        "The key is locked: somebody who knows its passphrase must open the answers in time."
                    } else {
                        "Candor has shown nobody an answer."
                    }
                ),
                at(schedule.opens(self.close()), "The answers are opened and checked"),
            ),
            WaveState::Opened => (
                "checked, not yet published",
                "The answers were opened once in memory and everything fits together. Candor has shown nobody a number; only the result's fingerprint was kept.".to_owned(),
                at(schedule.publishes(self.close()), "The result is published"),
            ),
            WaveState::Published => (
                "published",
                "The result is published. The key and the sealed answers were destroyed; nobody can open them again.".to_owned(),
                "Talk about it in the teams".to_owned(),
            ),
            WaveState::Aborted => (
                "ended without a result",
                "This round ended without a result. The answers were destroyed and everybody who was invited is told; Candor has shown nobody a number. Trends show the gap.".to_owned(),
                "Nothing more".to_owned(),
            ),
        }
    }

    fn calendar(&self) -> Vec<CalendarEntry> {
        let (record, schedule, close) = (self.record, &self.settings.schedule, self.close());
        let opens = record.opens_at.or(self.manifest.map(|manifest| manifest.opens_at));
        let steps = [
            (record.opens_at, opens, "Invitations go out, people can answer"),
            (record.closing_at, Some(schedule.closes_at), "Answering ends"),
            (record.closed_at, Some(schedule.box_shuts(close)), "The box is shut; the list of counted answers is public"),
            (record.opened_at, Some(schedule.opens(close)), "Objections end; the answers are opened and checked, nobody sees a number"),
            (record.published_at, Some(schedule.publishes(close)), "The result is published; key and answers are destroyed"),
        ];
        let ended = record.state.is_final();
        let mut calendar: Vec<CalendarEntry> = steps
            .into_iter()
            .filter_map(|(done, planned, what)| match (done, planned) {
                (Some(done), _) => Some(CalendarEntry { when: in_words(done), what, past: true }),
                (None, _) if ended => None,
                (None, Some(planned)) => {
                    let when = if self.by_command() { "when HR decides".to_owned() } else { in_words(planned) };
                    Some(CalendarEntry { when, what, past: false })
                }
                (None, None) => None,
            })
            .collect();
        if let Some(aborted) = record.aborted_at {
            calendar.push(CalendarEntry {
                when: in_words(aborted),
                what: "The round ends without a result; the answers are destroyed",
                past: true,
            });
        } else if !ended && !self.by_command() {
            let when = in_words(schedule.aborts(close));
            calendar.push(CalendarEntry {
                when,
                what: "If it could not be published by then, the round ends without a result",
                past: false,
            });
        }
        calendar
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        let mut facts = vec![("Questionnaire", self.questionnaire.clone())];
        if let Some(manifest) = self.manifest {
            facts.push(("Invited", format!("{} people in {}", manifest.invited, counted(manifest.groups, "group"))));
        }
        facts.push((
            "Shown together",
            // Not group_min: from the second round on an older group may shrink to k + 1.
            format!("never fewer than {} people; a group has at least {} members", self.settings.k, self.settings.k.saturating_add(1)),
        ));
        let key = match (self.record.state, self.settings.passphrase) {
            (WaveState::Draft, true) => "will be locked with a passphrase; a person must open",
            (WaveState::Draft, false) => "will lie on this server; the program opens by itself",
            (WaveState::Published | WaveState::Aborted, _) => "destroyed",
            (_, true) => "locked with a passphrase; a person must open",
            (_, false) => "lies on this server; whoever administers it could look before the publication",
        };
        facts.push(("Key to the answers", key.to_owned()));
        if let Some(reason) = &self.record.abort_reason {
            facts.push(("Reason for its end", reason.clone()));
        }
        if let Some(words) = &self.check_words {
            facts.push(("Check words", words.clone()));
        }
        if let Some(board) = &self.board {
            facts.push(("Answers counted", format!("{} of {} invited", board.spent, board.invited)));
            facts.push(("Begun and not sent", board.issued.saturating_sub(board.spent).to_string()));
            facts.push(("Objections", self.objections.count.to_string()));
            facts.extend(self.objections.answer.clone().map(|answer| ("Answer to the objections", answer)));
        }
        facts
    }

    fn actions(&self) -> Vec<RoundAction> {
        let schedule = &self.settings.schedule;
        let due = |moment: Moment| self.now >= moment;
        let plain =
            |verb, label, explains| RoundAction { verb, label, explains, wants_passphrase: false, wants_answer: false, grave: false };
        let mut actions = Vec::new();
        match self.record.state {
            WaveState::Running => {
                actions.push(plain(
                    Verb::Remind,
                    "Remind those who have not answered",
                    "Queues a mail to everybody who has not answered and has not asked to be left alone. Candor never shows who that is; whoever administers the database could look.",
                ));
                if self.by_command() || due(schedule.closes_at) {
                    actions.push(plain(
                        Verb::Close,
                        "Close the round",
                        "No new answers begin. Answers under way may still arrive until the box is shut. This cannot be taken back.",
                    ));
                }
            }
            WaveState::Closing if due(schedule.box_shuts(self.close())) => {
                actions.push(plain(
                    Verb::Close,
                    "Shut the box",
                    "No answers arrive any more, and the list of counted answers becomes public.",
                ));
            }
            WaveState::Closed if self.objections.unanswered() && due(schedule.opens(self.close())) => actions.push(RoundAction {
                wants_answer: true,
                ..plain(
                    Verb::Answer,
                    "Answer the objections",
                    "Say what happened and what you do about it. One answer is for all objections; it is public and cannot be changed. Then the round goes on by its dates.",
                )
            }),
            WaveState::Closed if due(schedule.opens(self.close())) => actions.push(RoundAction {
                wants_passphrase: self.settings.passphrase,
                ..plain(
                    Verb::Open,
                    "Open and check the answers",
                    "Opens the answers in memory and checks that everything fits together. Nobody sees a number, you neither.",
                )
            }),
            WaveState::Opened if due(schedule.publishes(self.close())) => actions.push(RoundAction {
                wants_passphrase: self.settings.passphrase && !self.release_written,
                ..plain(
                    Verb::Publish,
                    "Publish the result",
                    "Everybody whom the promise sheet names can read the result. The key and the sealed answers are destroyed for good.",
                )
            }),
            _ => {}
        }
        let can_end = matches!(
            self.record.state,
            WaveState::Launching | WaveState::Running | WaveState::Closing | WaveState::Closed | WaveState::Opened
        );
        if can_end && !self.release_written {
            actions.push(RoundAction {
                grave: true,
                ..plain(
                    Verb::Abort,
                    "End the round without a result",
                    "The answers are destroyed without anybody having read them, and everybody is told with your reason. This cannot be taken back.",
                )
            });
        }
        actions
    }
}

/// A number with its noun.
fn counted(number: u32, noun: &str) -> String {
    if number == 1 { format!("one {noun}") } else { format!("{number} {noun}s") }
}

/// A moment as people read it, to the minute, in UTC.
#[must_use]
pub fn in_words(moment: Moment) -> String {
    match jiff::Timestamp::from_microsecond(moment.micros()) {
        Ok(time) => time.strftime("%a %-d %b %Y, %H:%M UTC").to_string(),
        Err(_) => moment.to_string(),
    }
}

#[cfg(test)]
#[path = "status_tests.rs"]
mod tests;
