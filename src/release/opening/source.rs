//! Where an opening gets a wave from: its papers at once, its ballots piece by piece.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, Builder};

use protocol::CastBallot;
use protocol::bundle::Bundle;

use super::OpeningRefused;

/// Ballots of a bundle that are handed out together: a megabyte.
const PIECE: usize = 256;

/// A place that holds the ballots of a closed wave. It is read twice; what it gives need not be trusted.
pub trait BallotSource {
    /// Why there is no opening: what the opening refuses, or that the place cannot be read.
    type Error: From<OpeningRefused> + Send;

    /// All ballots from the beginning, in any order, in pieces that fit into memory many times over.
    fn pieces(&self) -> impl Iterator<Item = Result<Vec<CastBallot>, Self::Error>> + Send;
}

impl BallotSource for Bundle {
    type Error = OpeningRefused;

    fn pieces(&self) -> impl Iterator<Item = Result<Vec<CastBallot>, OpeningRefused>> + Send {
        self.ballots.chunks(PIECE).map(|piece| Ok(piece.to_vec()))
    }
}

/// As many threads as this machine has processors for the program.
#[must_use]
pub fn every_processor() -> NonZero<usize> {
    thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN)
}

/// Lets up to `threads` threads take pieces until there are none. Each keeps what it finds to itself; gives what each has found, in no
/// particular order. The first error ends the work of all.
pub(super) fn shared_out<S: BallotSource, Found: Default + Send>(
    ballots: &S,
    threads: NonZero<usize>,
    look_at: impl Fn(&mut Found, &CastBallot) -> Result<(), S::Error> + Sync,
) -> Result<Vec<Found>, S::Error> {
    let pieces = Mutex::new(Some(ballots.pieces().fuse()));
    let next_piece = || locked(&pieces).as_mut().and_then(Iterator::next);
    let work = || {
        let mut found = Found::default();
        while let Some(piece) = next_piece() {
            if let Err(error) = piece.and_then(|piece| piece.iter().try_for_each(|ballot| look_at(&mut found, ballot))) {
                *locked(&pieces) = None;
                return Err(error);
            }
        }
        Ok(found)
    };
    thread::scope(|scope| {
        // A thread that the system does not give is not missed: this one does all that is left.
        let others: Vec<_> = (1..threads.get()).map_while(|_| Builder::new().spawn_scoped(scope, work).ok()).collect();
        let mine = work();
        let theirs = others.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        std::iter::once(mine).chain(theirs).collect()
    })
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
