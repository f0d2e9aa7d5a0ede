//! Copies of the people side: what is in one, and how one is put back.
//!
//! Not copied: sessions and links by which somebody sets a password, because a copy would bring back what was ended or used since; uploads that wait; and
//! the credential key, which the ballot side holds as well.

use std::collections::BTreeMap;
use std::io::{Read, Write};

use diesel::dsl::count;
use diesel::prelude::*;
use domain::{GroupId, WaveId, WaveState};
use secrecy::{ExposeSecret, SecretSlice};
use storage::copies::{Checked, CopyProblem, Kind, NotRestored, Plan, Table};
use storage::{Conn, LaidOpen, StorageError, bind, on_each};

use crate::error::IdentityError;
use crate::mail_queue::JobKind;
use crate::promise_log::{self, Broken, PromiseEvent};
use crate::schema::{mail_job, person, wave, wave_person};
use crate::waves::WaveRecord;
use crate::{Identity, MIGRATIONS};

/// How much longer a person's row is in a copy once a credential was issued.
const ROOM_FOR_A_FLAG: u64 = 36;

/// What is known of the people side of a wave that was launched and has not ended.
#[derive(Debug, Clone, PartialEq)]
pub struct UnfinishedWave {
    /// The wave.
    pub record: WaveRecord,
    /// How many people of each group are invited.
    pub invited: BTreeMap<GroupId, u32>,
    /// To how many people of each group a credential was issued; groups with none may be missing.
    pub issued: BTreeMap<GroupId, u32>,
}

/// What a people side holds, as far as it must fit a ballot side.
#[derive(Debug, Clone, PartialEq)]
pub struct PeopleSide {
    /// Every wave.
    pub waves: Vec<WaveRecord>,
    /// The wave that was launched and has not ended.
    pub unfinished: Option<UnfinishedWave>,
    /// People on the staff list.
    pub people: u32,
    /// Number and fingerprint of the last entry of the promise log, and the first thing that does not fit in it.
    pub log: (Option<(u32, crate::Fingerprint)>, Option<Broken>),
}

/// What is done with a people side in the transaction that puts it back.
#[derive(Debug)]
pub struct PeopleOrders {
    /// The wave in which no new answer begins any more.
    pub no_new_answers: Option<WaveId>,
    /// The credential key of the unfinished wave, from the ballot side.
    pub credential_key: Option<(WaveId, SecretSlice<u8>)>,
    /// What is written into the promise log.
    pub event: PromiseEvent,
}

fn plan() -> Plan {
    use Kind::{Bytes, Doc, Id16, Moment, Number, Text, Truth};
    let of_person = [("hash", Bytes), ("wave", Text), ("person", Text)];
    Plan {
        side: "people side",
        migrations: MIGRATIONS,
        tables: vec![
            Table::new(
                "account",
                &["id"],
                &[
                    ("id", Id16),
                    ("login", Text),
                    ("role", Text),
                    ("password_hash", Text),
                    ("person", Text),
                    ("unit", Text),
                    ("disabled", Truth),
                    ("totp_secret", Bytes),
                    ("totp_waiting", Bytes),
                    ("totp_step", Number),
                ],
            ),
            Table::new("recovery_code", &["hash"], &[("hash", Bytes), ("account", Id16)]),
            Table::new("team", &["label"], &[("label", Text)]),
            Table::new("person", &["id"], &[("id", Text), ("name", Text), ("mail", Text), ("team", Text), ("language", Text)]),
            Table::new("team_leader", &["team", "position"], &[("team", Text), ("position", Number), ("person", Text)]),
            Table::new("reorg_event", &["number"], &[("number", Number), ("event", Doc)]),
            Table::new(
                "wave",
                &["id"],
                &[
                    ("id", Text),
                    ("position", Number),
                    ("state", Text),
                    ("settings", Doc),
                    ("opens_at", Moment),
                    ("closing_at", Moment),
                    ("closed_at", Moment),
                    ("opened_at", Moment),
                    ("published_at", Moment),
                    ("aborted_at", Moment),
                    ("manifest_hash", Bytes),
                    ("abort_reason", Text),
                    ("reminded", Truth),
                    ("key_folder", Id16),
                    ("last_event", Number),
                    ("planned_reminders", Number),
                    ("addresses_changed", Number),
                    ("extended_days", Number),
                    ("found_later", Text),
                    ("restored", Truth),
                ],
            ),
            Table::new("participation", &["wave"], &[("wave", Text), ("looked_at", Moment), ("taken_part", Number), ("at_least", Number)]),
            Table::new("draft_groups", &["wave"], &[("wave", Text), ("named", Doc)]).with_large_rows(),
            Table::new("wave_group", &["wave", "group_no"], &[("wave", Text), ("group_no", Number), ("leaf", Doc)]),
            Table::new(
                "wave_person",
                &["wave", "person"],
                &[
                    ("wave", Text),
                    ("person", Text),
                    ("name", Text),
                    ("mail", Text),
                    ("language", Text),
                    ("group_no", Number),
                    ("issued_blind", Bytes),
                    ("opted_out", Truth),
                ],
            ),
            Table::new("wave_team", &["wave", "team"], &[("wave", Text), ("team", Text), ("above", Text), ("group_no", Number)])
                .filled_later("above"),
            Table::new(
                "wave_team_leader",
                &["wave", "team", "position"],
                &[("wave", Text), ("team", Text), ("position", Number), ("person", Text)],
            ),
            Table::new("team_then", &["person"], &[("person", Text), ("wave", Text), ("team", Text)]),
            Table::new("link_secret", &["hash"], &of_person),
            Table::new("unsubscribe_secret", &["hash"], &of_person),
            Table::new("status_handle", &["hash"], &of_person),
            Table::new("card", &["hash"], &[("hash", Bytes), ("wave", Text), ("person", Text), ("named", Truth)]),
            Table::new(
                "mail_job",
                &["id"],
                &[
                    ("id", Id16),
                    ("wave", Text),
                    ("person", Text),
                    ("kind", Text),
                    ("address", Text),
                    ("not_before", Moment),
                    ("lease", Id16),
                    ("lease_until", Moment),
                    ("attempts", Number),
                    ("last_error", Text),
                ],
            ),
            Table::new("mail_mark", &["wave", "person"], &[("wave", Text), ("person", Text), ("reason", Text)]),
            Table::new("read_code", &["wave", "group_no"], &[("wave", Text), ("group_no", Number), ("code", Id16)]),
            Table::new(
                "promise_log",
                &["number"],
                &[("number", Number), ("at", Moment), ("actor", Text), ("event", Text), ("previous", Bytes), ("fingerprint", Bytes)],
            ),
        ],
        left_out: &["session", "known_device", "account_link", "link_mail", "staff_upload"],
    }
}

impl Identity {
    /// Writes a copy of the people side as it is at one moment, while others go on working with it; the SHA-256 of the copy.
    ///
    /// `pair` is written into the copies of both sides that are made together.
    ///
    /// # Errors
    /// When the database fails or `out` does; what was written is then no copy.
    pub fn write_copy(&self, out: &mut dyn Write, pair: [u8; 16]) -> Result<[u8; 32], CopyProblem> {
        plan().write(&self.database, out, pair, |conn| {
            let silent: i64 = on_each!(conn, |c| wave_person::table
                .inner_join(wave::table.on(wave::id.eq(wave_person::wave)))
                .filter(wave::state.eq(bind(WaveState::Launching)).or(wave::state.eq(bind(WaveState::Running))))
                .filter(wave_person::issued_blind.is_null())
                .count()
                .get_result(c))?;
            Ok(u64::try_from(silent).unwrap_or(0).saturating_mul(ROOM_FOR_A_FLAG))
        })
    }

    /// Reads a copy to its end without a database and says whether it is whole and of a version that this program knows.
    ///
    /// # Errors
    /// [`CopyProblem`] says what is wrong with it.
    pub fn check_copy(input: &mut dyn Read) -> Result<Checked, CopyProblem> {
        plan().check(input)
    }

    /// The store as whoever copies its files has it; `None` for a server, whose files are elsewhere.
    ///
    /// # Errors
    /// When the database or a file cannot be read.
    pub fn laid_open(&self) -> Result<Option<LaidOpen>, StorageError> {
        let Some(files) = self.database.files()? else { return Ok(None) };
        Ok(Some(LaidOpen { tables: plan().rows(&self.database)?, files }))
    }

    /// Fills this store, which must be empty, from a copy; all or nothing.
    ///
    /// `decide` is told what was filled in, and either says what is to be done with it or refuses it, after which nothing was changed.
    ///
    /// # Errors
    /// [`NotRestored::Caller`] with what `decide` returned; [`NotRestored::Copy`] for all else.
    pub fn restore<T, E>(
        &self,
        input: &mut dyn Read,
        mut decide: impl FnMut(&PeopleSide) -> Result<(PeopleOrders, T), E>,
    ) -> Result<T, NotRestored<E>> {
        plan().fill(&self.database, input, |conn| {
            let (orders, told) = decide(&side(conn).map_err(failed)?).map_err(NotRestored::Caller)?;
            self.carry_out(conn, &orders).map_err(failed)?;
            Ok(told)
        })
    }

    /// Does with a people side that was not lost what belongs to the other side's restore.
    ///
    /// # Errors
    /// When the database fails.
    pub fn follow_restore(&self, orders: &PeopleOrders) -> Result<(), IdentityError> {
        self.database.write(|conn| self.carry_out(conn, orders))
    }

    /// What this people side holds, as far as it must fit a ballot side.
    ///
    /// # Errors
    /// When the database fails.
    pub fn side(&self) -> Result<PeopleSide, IdentityError> {
        self.database.read(side)
    }

    fn carry_out(&self, conn: &mut Conn<'_>, orders: &PeopleOrders) -> Result<(), IdentityError> {
        if let Some((id, key)) = &orders.credential_key {
            on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id))))
                .set(wave::credential_key.eq(Some(key.expose_secret())))
                .execute(c))?;
        }
        if let Some(id) = &orders.no_new_answers {
            on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id)))).set(wave::restored.eq(true)).execute(c))?;
            // They would ask people to do what they no longer can.
            on_each!(conn, |c| diesel::delete(mail_job::table)
                .filter(mail_job::wave.eq(bind(id)))
                .filter(mail_job::kind.eq(bind(JobKind::Invitation)).or(mail_job::kind.eq(bind(JobKind::Reminder))))
                .execute(c))?;
        }
        promise_log::append(conn, &self.author, &orders.event)
    }
}

fn failed<E>(error: IdentityError) -> NotRestored<E> {
    let storage = match error {
        IdentityError::Storage(error) => error,
        other => StorageError::Query(other.to_string()),
    };
    NotRestored::Copy(CopyProblem::Storage(storage))
}

fn side(conn: &mut Conn<'_>) -> Result<PeopleSide, IdentityError> {
    let waves: Vec<WaveRecord> = on_each!(conn, |c| wave::table.order(wave::position).select(WaveRecord::as_select()).load(c))?;
    let people: i64 = on_each!(conn, |c| person::table.count().get_result(c))?;
    let unfinished = waves.iter().find(|wave| wave.state != WaveState::Draft && !wave.state.is_final()).cloned();
    let unfinished = match unfinished {
        Some(record) => Some(of_unfinished(conn, record)?),
        None => None,
    };
    let log = promise_log::read(conn)?;
    Ok(PeopleSide { waves, unfinished, people: as_count(people), log: (log.head(), log.broken) })
}

fn of_unfinished(conn: &mut Conn<'_>, record: WaveRecord) -> Result<UnfinishedWave, IdentityError> {
    let rows: Vec<(GroupId, i64, i64)> = on_each!(conn, |c| wave_person::table
        .filter(wave_person::wave.eq(bind(&record.wave)))
        .group_by(wave_person::group_no)
        .select((wave_person::group_no, diesel::dsl::count_star(), count(wave_person::issued_blind)))
        .load(c))?;
    let invited = rows.iter().map(|(group, invited, _)| (*group, as_count(*invited))).collect();
    let issued = rows.iter().map(|(group, _, issued)| (*group, as_count(*issued))).collect();
    Ok(UnfinishedWave { record, invited, issued })
}

fn as_count(rows: i64) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
