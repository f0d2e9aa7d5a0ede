//! In whose name a request acts: the account that its session belongs to, found once with the session and known to every use case that the request runs.
//!
//! It is not handed from function to function, so that no page can forget it and leave an act in the promise log without its author.

use std::cell::OnceCell;
use std::future::Future;

use identity::Actor;

tokio::task_local! {
    /// Who is signed in, once that is known.
    static ACTOR: OnceCell<Actor>;
}

/// Answers a request with a place for whoever turns out to be signed in.
pub(super) fn within<Answering: Future>(answering: Answering) -> impl Future<Output = Answering::Output> {
    ACTOR.scope(OnceCell::new(), answering)
}

/// Whoever this is has signed in for the request that is being answered.
pub(super) fn signed_in(actor: Actor) {
    // Outside a request there is nothing to remember; a second session of one request does not exist.
    let _ = ACTOR.try_with(|known| known.set(actor));
}

/// Who is signed in; the installation itself where nobody is.
pub(super) fn actor() -> Actor {
    ACTOR.try_with(|known| known.get().cloned()).ok().flatten().unwrap_or(Actor::Installation)
}
