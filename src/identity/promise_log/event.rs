//! What stands in the promise log: who did what. Never anything about somebody who was asked: no name, no address, no count that tells who answered.

use data_encoding::HEXLOWER;
use domain::{QuestionId, ReorgEvent, WaveId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::chain::canonical;
use crate::accounts::Role;
use crate::staff_list::RosterChange;

/// Who did something.
///
/// A leader is not named: that somebody took results out is what others need to know, and a record of who read what when would watch leaders instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// Somebody with an account of the console, by login.
    Account(String),
    /// A leader.
    Leader,
    /// Whoever may run commands on the server.
    CommandLine,
    /// The program by itself, because it was time.
    Installation,
}

impl Actor {
    /// Whoever holds an account.
    #[must_use]
    pub fn of_account(role: Role, login: &str) -> Self {
        named(role, login).map_or(Self::Leader, Self::Account)
    }
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", tag = "what", deny_unknown_fields)]
pub enum PromiseEvent {
    /// A round was launched: its promise sheet is frozen and people are invited.
    Launched {
        /// The round.
        round: WaveId,
        /// SHA-256 of the promise sheet in hexadecimal.
        promise_sheet: String,
    },
    /// The promise sheet of a round was composed whose key somebody outside the operator holds, and waits for their countersignature. Nobody is invited yet.
    SheetPrepared {
        /// The round.
        round: WaveId,
        /// SHA-256 of the draft of the promise sheet in hexadecimal, as the key holder's program tells it.
        draft: String,
    },
    /// The key holder outside the operator countersigned the promise sheet of a round.
    Countersigned {
        /// The round.
        round: WaveId,
        /// SHA-256 of the promise sheet in hexadecimal, with the key holder's number at its end.
        promise_sheet: String,
    },
    /// The end of a round was put off, as its promise sheet allows once.
    Extended {
        /// The round.
        round: WaveId,
        /// By how many days.
        days: u32,
    },
    /// A round stopped taking new answers.
    AnsweringEnded {
        /// The round.
        round: WaveId,
    },
    /// The box of a round was shut.
    BoxShut {
        /// The round.
        round: WaveId,
    },
    /// Something was found, while people could answer or before the result was published, that weakens the promise of a round and does not stand on its
    /// promise sheet.
    Weakened {
        /// The round.
        round: WaveId,
        /// Its name on promise sheets, such as `archive`.
        by: String,
    },
    /// Objections were answered in public.
    ObjectionsAnswered {
        /// The round.
        round: WaveId,
        /// How many there were; the number is public.
        objections: u32,
    },
    /// The answers of a round were opened in memory and checked.
    Opened {
        /// The round.
        round: WaveId,
    },
    /// The sealed answers of a round were handed out for the key holder outside the operator, who alone can open them.
    BundleHandedOut {
        /// The round.
        round: WaveId,
    },
    /// The result of a round came from the key holder outside the operator, was checked and is kept for its publication. Its hash does not stand here: who
    /// knows most of a result could try out the rest by it.
    ResultHandedIn {
        /// The round.
        round: WaveId,
    },
    /// The result of a round was published, its answers destroyed, and its key where it lay here.
    Published {
        /// The round.
        round: WaveId,
    },
    /// It was decided to end a round without a result. The reason stands with the round, where everybody reads it.
    AbortDecided {
        /// The round.
        round: WaveId,
    },
    /// A round ended without a result, its key and its answers destroyed.
    Aborted {
        /// The round.
        round: WaveId,
        /// Whether somebody said that the key is lost, so that nobody can say that it was destroyed.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        key_lost: bool,
    },
    /// Results left the product as a file.
    Exported {
        /// The round.
        round: WaveId,
        /// What kind of file, by the ending of its name, such as `csv`.
        file: String,
    },
    /// A comment was hidden.
    CommentHidden {
        /// The round.
        round: WaveId,
        /// The question it answered.
        question: QuestionId,
        /// The number of the signed notice beside the result that hides it.
        notice: u32,
    },
    /// A correction was put beside a published result.
    Corrected {
        /// The round.
        round: WaveId,
        /// The number of the signed notice beside the result that says it.
        notice: u32,
    },
    /// What a draft asks and promises was chosen or chosen anew.
    DraftSet {
        /// The round.
        round: WaveId,
        /// SHA-256 of the settings in hexadecimal: equal settings have equal ones.
        settings: String,
    },
    /// A draft was thrown away.
    DraftDeleted {
        /// The round.
        round: WaveId,
    },
    /// The program began to run with other settings of the installation than before.
    SettingChanged {
        /// Which.
        setting: String,
        /// What it was; absent when it was not recorded before.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        before: Option<String>,
        /// What it is.
        now: String,
    },
    /// The addresses of people of a launched round were changed. Who they are is not recorded; each is told at the old address.
    AddressesChanged {
        /// The round.
        round: WaveId,
        /// How many.
        people: u32,
    },
    /// Cards with codes were made: whoever has the printed file can answer with them before their holders.
    CardsMade {
        /// The round.
        round: WaveId,
        /// How many.
        cards: u32,
    },
    /// What happened to teams between rounds was recorded, or taken back: it decides which results are compared with which. The teams are not named.
    TeamsChanged {
        /// What happened.
        change: TeamChange,
        /// Whether it was taken back.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        withdrawn: bool,
    },
    /// A staff list was taken over.
    StaffListImported {
        /// People who were not on the list before.
        joined: u32,
        /// People who are no longer on it.
        left: u32,
        /// People whose name, mail, team or language is another one.
        changed: u32,
        /// Teams that are new, gone, or have other leaders.
        teams: u32,
    },
    /// An account was made. The account of a leader is not named.
    AccountMade {
        /// Its role.
        role: String,
        /// Its login; absent for a leader.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        login: Option<String>,
    },
    /// An account was changed: its role, its password by somebody else or by a one-time link, its second factor, or whether it may sign in.
    AccountChanged {
        /// Its role afterwards.
        role: String,
        /// Its login; absent for a leader.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        login: Option<String>,
        /// Its role before, where it has another one now.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        before: Option<String>,
        /// What was changed.
        change: AccountChange,
    },
    /// The databases were found to be older than this log once was: a copy was put back.
    BackupRestored {
        /// The number of the last entry that was there before.
        had: u32,
        /// The fingerprint of that entry in hexadecimal.
        fingerprint: String,
    },
    /// Copies of the databases are made by `candor backup` while a round is under way.
    CopyMade {
        /// The round.
        round: WaveId,
        /// What is copied: `both`, `people` or `ballots`.
        sides: String,
    },
    /// A database was put back from a copy by `candor restore`. Its first entry after those of the copy.
    CopyRestored {
        /// What was put back: `both`, `people` or `ballots`.
        sides: String,
        /// The round that had been launched and had not ended.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        round: Option<WaveId>,
        /// What becomes of that round.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        then: Option<AfterRestore>,
        /// How many of its answers were begun and are not in the box; only where no new answers begin, so that nobody reads from it how many have answered.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        lost: Option<u32>,
    },
}

/// What happened to teams between rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TeamChange {
    /// A team got another name.
    Renamed,
    /// Several became one.
    Merged,
    /// One became several.
    Split,
    /// A team stands elsewhere in the organisation.
    Moved,
}

impl From<&ReorgEvent> for TeamChange {
    fn from(event: &ReorgEvent) -> Self {
        match event {
            ReorgEvent::Rename { .. } => Self::Renamed,
            ReorgEvent::Merge { .. } => Self::Merged,
            ReorgEvent::Split { .. } => Self::Split,
            ReorgEvent::Move { .. } => Self::Moved,
        }
    }
}

/// What becomes of a round whose databases were put back from a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AfterRestore {
    /// It goes on where it stood: because nobody could begin an answer any more, or because somebody said that nothing had happened since the copy was made.
    GoesOn,
    /// No new answer begins; those in the box are counted.
    NoNewAnswers,
    /// Its answers cannot be opened; it can only be ended without a result.
    OnlyEnded,
}

impl PromiseEvent {
    /// A round was launched with this promise sheet.
    pub(crate) fn launched(round: &WaveId, promise_sheet: &[u8; 32]) -> Self {
        Self::Launched { round: round.clone(), promise_sheet: HEXLOWER.encode(promise_sheet) }
    }

    /// The promise sheet of a round waits for a countersignature, in this draft.
    #[must_use]
    pub fn sheet_prepared(round: &WaveId, draft: &[u8; 32]) -> Self {
        Self::SheetPrepared { round: round.clone(), draft: HEXLOWER.encode(draft) }
    }

    /// The promise sheet of a round was countersigned.
    #[must_use]
    pub fn countersigned(round: &WaveId, promise_sheet: &[u8; 32]) -> Self {
        Self::Countersigned { round: round.clone(), promise_sheet: HEXLOWER.encode(promise_sheet) }
    }

    /// A draft has these settings from now on.
    pub(crate) fn draft_set(round: &WaveId, settings: &Value) -> Self {
        Self::DraftSet { round: round.clone(), settings: HEXLOWER.encode(&Sha256::digest(canonical(settings))) }
    }

    /// A staff list was taken over that changed this.
    pub(crate) fn staff_list_imported(change: &RosterChange) -> Self {
        Self::StaffListImported {
            joined: change.people_added,
            left: change.people_removed,
            changed: change.people_changed,
            teams: change.teams_added.saturating_add(change.teams_changed).saturating_add(change.teams_removed),
        }
    }

    /// An account was made.
    pub(crate) fn account_made(role: Role, login: &str) -> Self {
        Self::AccountMade { role: role.as_str().to_owned(), login: named(role, login) }
    }

    /// An account of this role was changed.
    pub(crate) fn account_changed(role: Role, login: &str, change: AccountChange) -> Self {
        Self::AccountChanged { role: role.as_str().to_owned(), login: named(role, login), before: None, change }
    }

    /// An account has another role than `before`, or the same one for another unit or person.
    pub(crate) fn role_changed(before: Role, role: Role, login: &str) -> Self {
        let before = (before != role).then(|| before.as_str().to_owned());
        Self::AccountChanged { role: role.as_str().to_owned(), login: named(role, login), before, change: AccountChange::Role }
    }
}

/// The login, unless it is a leader's: leaders answer as well, and nobody who answers is named here.
fn named(role: Role, login: &str) -> Option<String> {
    (role != Role::Leader).then(|| login.to_owned())
}

/// What was changed about an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountChange {
    /// It has another role or another unit.
    Role,
    /// It may no longer sign in.
    Disabled,
    /// It may sign in again.
    Enabled,
    /// Somebody else than its owner gave it another password. Earlier versions said this of a link that lets its holder choose one, too.
    PasswordReset,
    /// A one-time link was made that lets its holder choose the first password.
    InvitationMade,
    /// A one-time link was made that lets its holder choose another password.
    ResetLinkMade,
    /// A password was chosen with a one-time link.
    LinkUsed,
    /// Its second factor was removed.
    SecondFactorRemoved,
    /// It was removed.
    Removed,
}
