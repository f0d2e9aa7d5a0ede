//! From the close to the end: each step once, repeatable, in order.

use diesel::prelude::*;
use domain::{Moment, WaveId, WaveState};
use rand::Rng;
use storage::{Conn, Transition, bind, on_each};

use crate::error::IdentityError;
use crate::mail_queue::{self, JobKind};
use crate::promise_log::{self, PromiseEvent};
use crate::schema::{wave, wave_person};
use crate::{Identity, cards, delivery, participation, secrets, waves};

/// What `issued_blind` becomes when the wave stops: that a credential was issued, and no longer for which element.
const MERELY_ISSUED: &[u8] = &[1];

impl Identity {
    /// Puts the close of a running wave off by whole days. That it can be done once is decided here, in the transaction that does it; how far the promise
    /// sheet lets it go, and whether it is early enough, by the caller.
    ///
    /// # Errors
    /// [`IdentityError::Extended`] when it was extended by another number of days before; [`IdentityError::StateRefused`] unless the wave runs.
    pub fn extend(&self, id: &WaveId, days: u32) -> Result<Transition, IdentityError> {
        self.database.write(|conn| {
            let record = waves::require(conn, id, WaveState::Running)?;
            if record.extended_days != 0 {
                let before = record.extended_days;
                return if before == days {
                    Ok(Transition::AlreadyDone)
                } else {
                    Err(IdentityError::Extended { wave: id.clone(), before })
                };
            }
            on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id))))
                .set(wave::extended_days.eq(bind(days)))
                .execute(c))?;
            promise_log::append(conn, &self.author, &PromiseEvent::Extended { round: id.clone(), days })?;
            Ok(Transition::Done)
        })
    }

    /// Stops issuing: the wave is `closing` from `at` on, and all later dates count from there.
    ///
    /// # Errors
    /// [`IdentityError::StateRefused`] unless the wave runs.
    pub fn begin_close(&self, id: &WaveId, at: Moment) -> Result<Transition, IdentityError> {
        self.database.write(|conn| {
            let moved = waves::step(conn, id, WaveState::Running, WaveState::Closing)?;
            if moved == Transition::Done {
                on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id))))
                    .set(wave::closing_at.eq(Some(at)))
                    .execute(c))?;
                promise_log::append(conn, &self.author, &PromiseEvent::AnsweringEnded { round: id.clone() })?;
            }
            Ok(moved)
        })
    }

    /// Ends the close once the box is shut: links are erased, what was issued becomes a mere flag, invitations and reminders that were not sent are
    /// dropped, and the file is written anew, so that nothing erased is left in it. What shows the holder of a printed card its status stays, instead of
    /// a closing mail. Only then the wave is `closed`, and a closing mail to everybody who gets mail is queued.
    ///
    /// # Errors
    /// [`IdentityError::StateRefused`] unless the wave is `closing`; [`storage::StorageError::Unavailable`] when the file could not be written anew, to be repeated.
    pub fn finish_close(&self, id: &WaveId, at: Moment, random: &mut impl Rng) -> Result<Transition, IdentityError> {
        self.erase_before(id, WaveState::Closing, WaveState::Closed, forget_links)?;
        self.database.write(|conn| {
            let moved = waves::step(conn, id, WaveState::Closing, WaveState::Closed)?;
            if moved == Transition::Done {
                on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id)))).set(wave::closed_at.eq(Some(at))).execute(c))?;
                promise_log::append(conn, &self.author, &PromiseEvent::BoxShut { round: id.clone() })?;
                mail_queue::queue_for_everybody(conn, id, JobKind::Closing, at, random, &*self.told)?;
            }
            Ok(moved)
        })
    }

    /// Records that the ballots were opened and verified once.
    ///
    /// # Errors
    /// [`IdentityError::StateRefused`] unless the wave is `closed`.
    pub fn mark_opened(&self, id: &WaveId, at: Moment) -> Result<Transition, IdentityError> {
        self.opened(id, at, PromiseEvent::Opened { round: id.clone() })
    }

    /// Records that the ballots were opened elsewhere: by the key holder outside the operator, whose signed result was taken in.
    ///
    /// # Errors
    /// As [`Self::mark_opened`].
    pub fn mark_handed_in(&self, id: &WaveId, at: Moment) -> Result<Transition, IdentityError> {
        self.opened(id, at, PromiseEvent::ResultHandedIn { round: id.clone() })
    }

    fn opened(&self, id: &WaveId, at: Moment, event: PromiseEvent) -> Result<Transition, IdentityError> {
        self.database.write(|conn| {
            let moved = waves::step(conn, id, WaveState::Closed, WaveState::Opened)?;
            if moved == Transition::Done {
                on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id)))).set(wave::opened_at.eq(Some(at))).execute(c))?;
                promise_log::append(conn, &self.author, &event)?;
            }
            Ok(moved)
        })
    }

    /// Records that the Release is public and the ballots are destroyed. Before that the credential key is erased and the file written anew.
    ///
    /// # Errors
    /// [`IdentityError::StateRefused`] unless the wave is `opened`; [`storage::StorageError::Unavailable`] when the file could not be written anew, to be repeated.
    pub fn mark_published(&self, id: &WaveId, at: Moment) -> Result<Transition, IdentityError> {
        self.erase_before(id, WaveState::Opened, WaveState::Published, forget_key)?;
        self.database.write(|conn| {
            let moved = waves::step(conn, id, WaveState::Opened, WaveState::Published)?;
            if moved == Transition::Done {
                on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id))))
                    .set(wave::published_at.eq(Some(at)))
                    .execute(c))?;
                promise_log::append(conn, &self.author, &PromiseEvent::Published { round: id.clone() })?;
                delivery::delete_marks(conn, id)?;
            }
            Ok(moved)
        })
    }

    /// Decides that a launched wave ends without a result, with the reason that everybody will read. From now on nothing is issued and no other step
    /// is taken. Asking again keeps the first reason.
    ///
    /// # Errors
    /// [`IdentityError::StateRefused`] for a draft (it can be thrown away) and for a wave that has ended.
    pub fn request_abort(&self, id: &WaveId, reason: &str) -> Result<Transition, IdentityError> {
        self.database.write(|conn| {
            let record = waves::get(conn, id)?;
            if record.state == WaveState::Draft || record.state == WaveState::Published {
                return Err(IdentityError::StateRefused { wave: id.clone(), state: record.state, wanted: WaveState::Running });
            }
            if record.abort_reason.is_some() {
                return Ok(Transition::AlreadyDone);
            }
            on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id))))
                .set(wave::abort_reason.eq(Some(reason)))
                .execute(c))?;
            promise_log::append(conn, &self.author, &PromiseEvent::AbortDecided { round: id.clone() })?;
            Ok(Transition::Done)
        })
    }

    /// Ends an aborted wave once its ballots are destroyed: links, handles and the credential key are erased, mails that were not sent are dropped, and the
    /// file is written anew. Only then the wave is `aborted`, and everybody who was invited by mail is told.
    ///
    /// # Errors
    /// [`IdentityError::NoAbortReason`] before [`Identity::request_abort`]; [`storage::StorageError::Unavailable`] when the file could not be written anew,
    /// to be repeated.
    pub fn mark_aborted(&self, id: &WaveId, at: Moment, random: &mut impl Rng) -> Result<Transition, IdentityError> {
        self.end_aborted(id, at, false, random)
    }

    /// The same for a wave whose key is lost, as somebody said: that nobody can say that it was destroyed stands in the promise log.
    ///
    /// # Errors
    /// As [`Self::mark_aborted`].
    pub fn mark_aborted_without_key(&self, id: &WaveId, at: Moment, random: &mut impl Rng) -> Result<Transition, IdentityError> {
        self.end_aborted(id, at, true, random)
    }

    fn end_aborted(&self, id: &WaveId, at: Moment, key_lost: bool, random: &mut impl Rng) -> Result<Transition, IdentityError> {
        let ended = self.database.write(|conn| {
            let record = waves::get(conn, id)?;
            if record.state == WaveState::Aborted {
                return Ok(true);
            }
            if record.abort_reason.is_none() {
                return Err(IdentityError::NoAbortReason { wave: id.clone() });
            }
            forget_key(conn, id)?;
            forget_links(conn, id)?;
            secrets::delete_status_handles(conn, id)?;
            Ok(false)
        })?;
        if ended {
            return Ok(Transition::AlreadyDone);
        }
        self.rewrite()?;
        self.database.write(|conn| {
            let before = waves::get(conn, id)?.state;
            if before == WaveState::Aborted {
                return Ok(Transition::AlreadyDone);
            }
            on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id))))
                .set((wave::state.eq(bind(WaveState::Aborted)), wave::aborted_at.eq(Some(at))))
                .execute(c))?;
            promise_log::append(conn, &self.author, &PromiseEvent::Aborted { round: id.clone(), key_lost })?;
            delivery::delete_marks(conn, id)?;
            // Nobody was told of a wave that never ran, so nobody is told of its end.
            if before != WaveState::Launching {
                mail_queue::queue_for_everybody(conn, id, JobKind::Aborted, at, random, &*self.told)?;
            }
            Ok(Transition::Done)
        })
    }

    /// Erases what must not outlive a state and writes the file anew while the wave is still in that state, so that an interruption at any moment leaves
    /// a wave whose next step is repeated, and never one that claims to be further than its file. Does nothing when the wave is further already.
    fn erase_before(
        &self,
        id: &WaveId,
        from: WaveState,
        to: WaveState,
        erase: fn(&mut Conn<'_>, &WaveId) -> Result<(), IdentityError>,
    ) -> Result<(), IdentityError> {
        let erased = self.database.write(|conn| {
            if waves::get(conn, id)?.state == to {
                return Ok(false);
            }
            waves::require(conn, id, from)?;
            erase(conn, id)?;
            Ok::<_, IdentityError>(true)
        })?;
        if erased {
            self.rewrite()?;
        }
        Ok(())
    }
}

/// No credential can be issued or checked on this side any more.
fn forget_key(conn: &mut Conn<'_>, id: &WaveId) -> Result<(), IdentityError> {
    on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id)))).set(wave::credential_key.eq(None::<&[u8]>)).execute(c))?;
    Ok(())
}

/// Nobody can answer any more: links go, issued elements become flags, mails that wait are dropped.
fn forget_links(conn: &mut Conn<'_>, id: &WaveId) -> Result<(), IdentityError> {
    secrets::delete_links(conn, id)?;
    cards::turn_into_status_handles(conn, id)?;
    mail_queue::drop_waiting(conn, id)?;
    participation::forget(conn, id)?;
    on_each!(conn, |c| diesel::update(wave_person::table)
        .filter(wave_person::wave.eq(bind(id)))
        .filter(wave_person::issued_blind.is_not_null())
        .set(wave_person::issued_blind.eq(Some(MERELY_ISSUED)))
        .execute(c))?;
    Ok(())
}
