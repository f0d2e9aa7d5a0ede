//! The end of a box: it is shut, and later its ballots are destroyed.

use diesel::prelude::*;
use domain::{Gate, WaveId};
use storage::{Transition, bind, on_each};

use crate::Responses;
use crate::ballot_box::{self, CastBallot};
use crate::ballot_table;
use crate::error::{CallerOr, ResponsesError};
use crate::handed_in;
use crate::objections::forget_leaves;
use crate::prepared;
use crate::schema::{release, wave};
use crate::wave::gate_of;

impl Responses {
    /// Shuts the box: no ballot is taken any more, and the board that `board` makes of all ballots (in the order of their numbers) is stored, in one
    /// transaction. Then the file is written anew, so that nothing in it tells the order of arrival. Asking again repeats only that.
    ///
    /// # Errors
    /// What `board` returns, after which the box is still open; [`ResponsesError::GateRefused`] when the ballots are destroyed already.
    pub fn shut<E: From<ResponsesError>>(
        &self,
        id: &WaveId,
        mut board: impl FnMut(&[CastBallot]) -> Result<Vec<u8>, E>,
    ) -> Result<Transition, E> {
        let shut = self.database.write(|conn| {
            match gate_of(conn, id)? {
                Gate::Open => {}
                Gate::Closed => return Ok(Transition::AlreadyDone),
                gate @ Gate::Done => {
                    return Err(ResponsesError::GateRefused { wave: id.clone(), gate, wanted: Gate::Open }.into());
                }
            }
            let bytes = board(&ballot_box::all(conn)?).map_err(CallerOr::Caller)?;
            on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id))))
                .set((wave::gate.eq(bind(Gate::Closed)), wave::board.eq(Some(bytes))))
                .execute(c))
            .map_err(ResponsesError::from)?;
            ballot_table::put_in_key_order(conn)?;
            Ok(Transition::Done)
        });
        let shut = shut.map_err(CallerOr::into_caller)?;
        self.rewrite().map_err(|e| E::from(e.into()))?;
        Ok(shut)
    }

    /// Destroys the ballots, the leaves of objections, a result that was not published, and the wave's keys for good, and writes the file anew, so that no byte of them is left in it or in its log.
    /// Only the key for notices stays, where there is a Release that something could be said about.
    ///
    /// A wave that waits for its countersignature loses everything that waited. One that never came to this side has nothing to destroy. Asking again repeats only the writing anew, which an interruption may have left out.
    ///
    /// # Errors
    /// When the database fails; to be repeated then.
    pub fn destroy_ballots(&self, id: &WaveId) -> Result<Transition, ResponsesError> {
        let destroyed = self.database.write(|conn| {
            prepared::forget(conn, id)?;
            match gate_of(conn, id) {
                Ok(Gate::Open | Gate::Closed) => {}
                Ok(Gate::Done) | Err(ResponsesError::UnknownWave { .. }) => {
                    return Ok(Transition::AlreadyDone);
                }
                Err(error) => return Err(error),
            }
            on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id))))
                .set((wave::gate.eq(bind(Gate::Done)), wave::credential_key.eq(None::<&[u8]>), wave::board_key.eq(None::<&[u8]>),))
                .execute(c))?;
            let published: i64 = on_each!(conn, |c| release::table.filter(release::wave.eq(bind(id))).count().get_result(c))?;
            if published == 0 {
                on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id))))
                    .set(wave::notices_key.eq(None::<&[u8]>))
                    .execute(c))?;
            }
            forget_leaves(conn, id)?;
            handed_in::forget(conn, id)?;
            ballot_table::make_anew(conn)?;
            Ok(Transition::Done)
        })?;
        self.rewrite()?;
        Ok(destroyed)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use std::collections::BTreeMap;
    use std::sync::Barrier;

    use domain::GroupId;
    use test_postgres::{Engine, Home};

    use super::*;
    use crate::{ClientFiles, NewWave, Redeemed};

    #[test]
    fn a_ballot_that_arrives_while_the_box_is_being_shut_is_refused_and_lies_nowhere() {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let home = Home::on(engine, "responses.db");
            let store = Responses::connect(&home.url()).unwrap();
            store.migrate().unwrap();
            let id = WaveId::parse("2026-q4").unwrap();
            let client = ClientFiles { page: vec![1], js: vec![2], css: vec![3], words: BTreeMap::new() };
            let (credential_key, board_key, notices_key) = (vec![4; 32].into(), vec![5; 32].into(), vec![10; 32].into());
            store
                .launch(&NewWave {
                    wave: id.clone(),
                    manifest: vec![6],
                    groups: Vec::new(),
                    instrument: vec![7],
                    client,
                    credential_key,
                    board_key,
                    notices_key,
                })
                .unwrap();
            let barrier = Barrier::new(2);
            let late = CastBallot { nonce: [8; 32], group: GroupId(0), mac: [9; 32], ct: vec![0; 4144] };
            std::thread::scope(|scope| {
                let (store, id, barrier) = (&store, &id, &barrier);
                scope.spawn(move || {
                    store
                        .database
                        .write(|conn| {
                            assert_eq!(gate_of(conn, id)?, Gate::Open);
                            on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id))))
                                .set(wave::gate.eq(bind(Gate::Closed)))
                                .execute(c))?;
                            ballot_table::put_in_key_order(conn)?;
                            barrier.wait();
                            // Long enough for the ballot to wait in front of the table.
                            std::thread::sleep(std::time::Duration::from_millis(300));
                            Ok::<_, ResponsesError>(())
                        })
                        .unwrap();
                });
                barrier.wait();
                assert_eq!(store.redeem(id, &late).unwrap(), Redeemed::GateClosed, "{engine:?}");
            });
            assert_eq!(store.ballots(None, 100).unwrap(), [], "{engine:?}");
        }
    }
}
