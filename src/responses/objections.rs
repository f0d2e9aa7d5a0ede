//! Objections: receipts that are not on the board. They hold the opening until somebody has answered them in public.

use diesel::prelude::*;
use domain::{Gate, WaveId};
use storage::{Conn, Transition, bind, on_each};

use crate::Responses;
use crate::error::ResponsesError;
use crate::schema::{objection, wave};
use crate::wave::gate_of;

/// What is public about the objections of a wave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Objections {
    /// How many receipts were objected with that are not on the board.
    pub count: u32,
    /// What was answered, for everybody to read; never changed once it is written.
    pub answer: Option<String>,
}

impl Objections {
    /// Whether there are objections that nobody has answered; the ballots are not opened then.
    #[must_use]
    pub const fn unanswered(&self) -> bool {
        self.count > 0 && self.answer.is_none()
    }
}

/// What became of an objection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objected {
    /// It counts, once for its leaf however often it comes, and that is on the disk.
    Counted,
    /// The box is not shut yet, or the ballots are opened or destroyed already.
    NotTaken,
}

impl Responses {
    /// Counts an objection, in one transaction with the look at the wave; durable before this returns.
    ///
    /// The caller must have checked that the leaf was signed and is not on the board.
    ///
    /// # Errors
    /// [`ResponsesError::UnknownWave`], or the database fails.
    pub fn object(&self, id: &WaveId, leaf: &[u8; 32]) -> Result<Objected, ResponsesError> {
        self.database.write(|conn| {
            let gate = gate_of(conn, id)?;
            let opened: bool = on_each!(conn, |c| wave::table.filter(wave::id.eq(bind(id))).select(wave::opening.is_not_null()).first(c))?;
            if gate != Gate::Closed || opened {
                return Ok(Objected::NotTaken);
            }
            let new = on_each!(conn, |c| diesel::insert_into(objection::table)
                .values((objection::wave.eq(bind(id)), objection::leaf.eq(bind(leaf))))
                .on_conflict_do_nothing()
                .execute(c))?;
            if new > 0 {
                let count = objections_of(conn, id)?.count.saturating_add(1);
                on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id))))
                    .set(wave::objections.eq(bind(count)))
                    .execute(c))?;
            }
            Ok(Objected::Counted)
        })
    }

    /// Writes the answer to the objections, for good.
    ///
    /// # Errors
    /// [`ResponsesError::NoObjections`] when there are none, [`ResponsesError::Differs`] when another answer is written already,
    /// [`ResponsesError::GateRefused`] unless the box is shut and its ballots exist.
    pub fn answer_objections(&self, id: &WaveId, text: &str) -> Result<Transition, ResponsesError> {
        self.database.write(|conn| {
            let gate = gate_of(conn, id)?;
            let known = objections_of(conn, id)?;
            match known.answer {
                Some(answer) if answer == text => return Ok(Transition::AlreadyDone),
                Some(_) => return Err(ResponsesError::Differs { wave: id.clone(), what: "answer to the objections" }),
                None if gate != Gate::Closed => {
                    return Err(ResponsesError::GateRefused { wave: id.clone(), gate, wanted: Gate::Closed });
                }
                None if known.count == 0 => return Err(ResponsesError::NoObjections { wave: id.clone() }),
                None => {}
            }
            on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id))))
                .set(wave::objections_answer.eq(Some(text)))
                .execute(c))?;
            Ok(Transition::Done)
        })
    }
}

/// What is known of a wave's objections; an unknown wave is an error.
pub(crate) fn objections_of(conn: &mut Conn<'_>, id: &WaveId) -> Result<Objections, ResponsesError> {
    let row: Option<(u32, Option<String>)> = on_each!(conn, |c| wave::table
        .filter(wave::id.eq(bind(id)))
        .select((wave::objections, wave::objections_answer))
        .first(c)
        .optional())?;
    let (count, answer) = row.ok_or_else(|| ResponsesError::UnknownWave { wave: id.clone() })?;
    Ok(Objections { count, answer })
}

/// Destroys the leaves of a wave's objections; number and answer stay.
pub(crate) fn forget_leaves(conn: &mut Conn<'_>, id: &WaveId) -> Result<(), ResponsesError> {
    on_each!(conn, |c| diesel::delete(objection::table.filter(objection::wave.eq(bind(id)))).execute(c))?;
    Ok(())
}
