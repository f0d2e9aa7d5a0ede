//! Copies of the ballot side: what is in one, and how one is put back.
//!
//! The keys of a wave that has not ended are in a copy, because nothing could be checked or signed without them; the key that opens ballots is in no database
//! and so in no copy.

use std::collections::BTreeMap;
use std::io::{Read, Write};

use diesel::dsl::count_star;
use diesel::prelude::*;
use domain::{Gate, GroupId, GroupLeaf, WaveId};
use secrecy::SecretSlice;
use sha2::{Digest, Sha256};
use storage::copies::{Checked, CopyProblem, Kind, NotRestored, Plan, Table, Value, encoded_size};
use storage::{Conn, Json, LaidOpen, StorageError, bind, on_each};

use crate::error::ResponsesError;
use crate::schema::{ballot, frozen, prepared, release, wave};
use crate::{MIGRATIONS, Responses};

/// A wave of a ballot side, as far as it must fit the other side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldWave {
    /// The wave.
    pub wave: WaveId,
    /// Whether ballots are taken.
    pub gate: Gate,
    /// SHA-256 of its manifest.
    pub manifest_hash: [u8; 32],
    /// Whether the box is shut and its board is written.
    pub board: bool,
    /// Whether it has a Release.
    pub released: bool,
}

/// What a ballot side holds, as far as it must fit the other side.
#[derive(Debug)]
pub struct BallotSide {
    /// Every wave, by id.
    pub waves: Vec<HeldWave>,
    /// The wave that waits for the countersignature of a key holder outside the operator. It is none of the others.
    pub prepared: Option<WaveId>,
    /// How many ballots of each group are in the box; groups without one are missing.
    pub ballots: BTreeMap<GroupId, u32>,
    /// The wave whose ballots these are, and the key that checks its credentials.
    pub credential_key: Option<(WaveId, SecretSlice<u8>)>,
}

/// What is done with a ballot side in the transaction that puts it back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BallotOrders {
    /// The wave into whose box nothing is put any more.
    pub no_new_ballots: Option<WaveId>,
}

fn plan() -> Plan {
    use Kind::{Bytes, Doc, Number, Text, Truth};
    Plan {
        side: "ballot side",
        migrations: MIGRATIONS,
        tables: vec![
            Table::new(
                "wave",
                &["id"],
                &[
                    ("id", Text),
                    ("gate", Text),
                    ("credential_key", Bytes),
                    ("board_key", Bytes),
                    ("notices_key", Bytes),
                    ("board", Bytes),
                    ("opening", Bytes),
                    ("objections", Number),
                    ("objections_answer", Text),
                    ("restored", Truth),
                ],
            )
            .with_large_rows(),
            Table::new(
                "frozen",
                &["wave"],
                &[
                    ("wave", Text),
                    ("manifest", Bytes),
                    ("group_list", Doc),
                    ("instrument", Bytes),
                    ("page", Bytes),
                    ("client_js", Bytes),
                    ("client_css", Bytes),
                    ("countersignature", Bytes),
                ],
            )
            .with_large_rows(),
            Table::new(
                "prepared",
                &["wave"],
                &[
                    ("wave", Text),
                    ("manifest", Bytes),
                    ("group_list", Doc),
                    ("instrument", Bytes),
                    ("page", Bytes),
                    ("client_js", Bytes),
                    ("client_css", Bytes),
                    ("credential_key", Bytes),
                    ("board_key", Bytes),
                    ("notices_key", Bytes),
                ],
            )
            .with_large_rows(),
            Table::new(
                "prepared_words",
                &["wave", "language"],
                &[("wave", Text), ("language", Text), ("document", Bytes), ("later", Bytes)],
            )
            .with_large_rows(),
            Table::new("words", &["wave", "language"], &[("wave", Text), ("language", Text), ("document", Bytes), ("later", Bytes)])
                .with_large_rows(),
            Table::new("ballot", &["nonce"], &[("nonce", Bytes), ("group_no", Number), ("mac", Bytes), ("ct", Bytes)]),
            Table::new(
                "release",
                &["wave"],
                &[("wave", Text), ("document", Bytes), ("sha256", Bytes), ("signature", Bytes), ("holder_signature", Bytes)],
            )
            .with_large_rows(),
            Table::new("objection", &["wave", "leaf"], &[("wave", Text), ("leaf", Bytes)]),
            Table::new("notice", &["wave", "number"], &[("wave", Text), ("number", Number), ("document", Bytes), ("signature", Bytes)]),
        ],
        // A result that nobody may read yet, or ever where its round ends without one. Its key holder can hand it in again.
        left_out: &["handed_in"],
    }
}

impl Responses {
    /// Writes a copy of the ballot side as it is at one point, while others go on working with it; the SHA-256 of the copy.
    ///
    /// While the ballots of a wave exist, the file is as large as if everybody had answered, so that its size does not tell how many have. `pair` is written
    /// into the copies of both sides that are made together.
    ///
    /// # Errors
    /// When the database fails or `out` does; what was written is then no copy.
    pub fn write_copy(&self, out: &mut dyn Write, pair: [u8; 16]) -> Result<[u8; 32], CopyProblem> {
        plan().write(&self.database, out, pair, room_for_all)
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
        mut decide: impl FnMut(&BallotSide) -> Result<(BallotOrders, T), E>,
    ) -> Result<T, NotRestored<E>> {
        plan().fill(&self.database, input, |conn| {
            let (orders, told) = decide(&side(conn)?).map_err(NotRestored::Caller)?;
            carry_out(conn, &orders)?;
            Ok(told)
        })
    }

    /// Does with a ballot side that was not lost what belongs to the other side's restore.
    ///
    /// # Errors
    /// When the database fails.
    pub fn follow_restore(&self, orders: &BallotOrders) -> Result<(), ResponsesError> {
        Ok(self.database.write(|conn| carry_out(conn, orders))?)
    }

    /// What this ballot side holds, as far as it must fit the other side.
    ///
    /// # Errors
    /// When the database fails.
    pub fn side(&self) -> Result<BallotSide, ResponsesError> {
        Ok(self.database.read(side)?)
    }
}

fn carry_out(conn: &mut Conn<'_>, orders: &BallotOrders) -> Result<(), StorageError> {
    if let Some(id) = &orders.no_new_ballots {
        on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id)))).set(wave::restored.eq(true)).execute(c))?;
    }
    Ok(())
}

/// How many bytes the ballots would take that are still missing from the box.
fn room_for_all(conn: &mut Conn<'_>) -> Result<u64, StorageError> {
    let lists: Vec<Json<Vec<GroupLeaf>>> = on_each!(conn, |c| wave::table
        .inner_join(frozen::table)
        .filter(wave::gate.ne(bind(Gate::Done)))
        .select(frozen::group_list)
        .load(c))?;
    let invited: i64 = lists.iter().flat_map(|Json(groups)| groups).map(|group| i64::from(group.invited)).sum();
    let cast: i64 = on_each!(conn, |c| ballot::table.count().get_result(c))?;
    let one = encoded_size(&[Value::Bytes(vec![0; 32]), Value::Number(0), Value::Bytes(vec![0; 32]), Value::Bytes(vec![0; 4144])]);
    Ok(u64::try_from(invited.saturating_sub(cast)).unwrap_or(0).saturating_mul(one))
}

type HeldRow = (WaveId, Gate, Vec<u8>, bool, Option<Vec<u8>>);

fn side(conn: &mut Conn<'_>) -> Result<BallotSide, StorageError> {
    let rows: Vec<HeldRow> = on_each!(conn, |c| wave::table
        .inner_join(frozen::table)
        .order(wave::id)
        .select((wave::id, wave::gate, frozen::manifest, wave::board.is_not_null(), wave::credential_key))
        .load(c))?;
    let released: Vec<WaveId> = on_each!(conn, |c| release::table.select(release::wave).load(c))?;
    let counts: Vec<(GroupId, i64)> =
        on_each!(conn, |c| ballot::table.group_by(ballot::group_no).select((ballot::group_no, count_star())).load(c))?;
    let mut found = BallotSide {
        waves: Vec::new(),
        prepared: on_each!(conn, |c| prepared::table.select(prepared::wave).first(c).optional())?,
        ballots: counts.into_iter().map(|(group, count)| (group, u32::try_from(count).unwrap_or(u32::MAX))).collect(),
        credential_key: None,
    };
    for (id, gate, manifest, board, key) in rows {
        if let (Some(key), true) = (key, gate != Gate::Done) {
            found.credential_key = Some((id.clone(), SecretSlice::from(key)));
        }
        let manifest_hash = Sha256::digest(&manifest).into();
        found.waves.push(HeldWave { released: released.contains(&id), wave: id, gate, manifest_hash, board });
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
