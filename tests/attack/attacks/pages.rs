//! Whoever looks at every page after every arrival, and HR, who is told a little on the way.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use protocol::{BallotNonce, ReceiptLeaf, SealedBallot};

use super::{Guesses, Sight};
use crate::carving::Carver;
use crate::round::links_in;

/// What HR's page of a round says of participation before and behind the number, in English.
const SAYS: [&str; 2] = [" at least ", " of every 100 people invited had pressed Send"];

/// The first page on which something of a ballot is seen, and who had just answered.
pub(super) fn polled(sight: &Sight<'_>) -> Guesses {
    let ballots = sight.evidence.ballots();
    let traces: Vec<([u8; 32], String)> =
        ballots.values().flat_map(|ballot| traces(&ballot.nonce, &ballot.mac, &ballot.ct).map(|trace| (ballot.nonce, trace))).collect();
    let carver = Carver::of(traces.iter().map(|(_, trace)| trace.as_bytes()));
    let mut first_seen: BTreeMap<[u8; 32], usize> = BTreeMap::new();
    for change in &sight.evidence.polled {
        for trace in carver.order_in(&change.bytes) {
            first_seen.entry(traces[trace].0).or_insert(change.arrivals);
        }
    }
    let mut order: Vec<(usize, [u8; 32])> = first_seen.into_iter().map(|(nonce, arrivals)| (arrivals, nonce)).collect();
    order.sort_unstable();
    sight.first_with_first(&order.into_iter().map(|(_, nonce)| nonce).collect::<Vec<_>>())
}

/// HR reads in which step of participation somebody answered, and from the mails who had not answered when reminders left. Given is more than that: who
/// answered between two of those moments, from the log of the proxy. The ballots are taken as they lie after the close.
///
/// Who took part by when is what the promise sheet says HR may learn in steps, and what the mail archive holds. Whose answer is whose must not follow.
pub(super) fn told_on_the_way(sight: &Sight<'_>) -> Guesses {
    let arrived = sight.order_of_people();
    let mut edges: BTreeSet<usize> = steps(sight).into_iter().collect();
    edges.extend(before_reminders(sight, &arrived));
    if edges.is_empty() {
        return Guesses::new();
    }
    edges.insert(arrived.len());
    let (mut people, mut from) = (Vec::new(), 0);
    for edge in edges.into_iter().map(|edge| edge.min(arrived.len())) {
        // Within a batch nobody is told an order.
        let mut batch = arrived[from..edge].to_vec();
        batch.sort_unstable();
        people.extend(batch);
        from = edge;
    }
    sight.joined(&people, &sight.evidence.closed.ballots.iter().map(|ballot| ballot.nonce).collect::<Vec<_>>())
}

/// After how many arrivals a page told another share of people than before.
fn steps(sight: &Sight<'_>) -> Vec<usize> {
    let mut told = BTreeMap::new();
    let mut steps = Vec::new();
    for change in &sight.evidence.polled {
        let text = String::from_utf8_lossy(&change.bytes);
        let Some((before, _)) = text.split_once(SAYS[1]) else { continue };
        let share = before.rsplit(SAYS[0]).next().unwrap_or_default().to_owned();
        if told.insert(&change.url, share.clone()) != Some(share) {
            steps.push(change.arrivals);
        }
    }
    steps
}

/// How many had answered when reminders left: of those who answered, the ones who got no second letter did so before.
fn before_reminders(sight: &Sight<'_>, arrived: &[usize]) -> Option<usize> {
    let mut letters: BTreeMap<String, usize> = BTreeMap::new();
    for (id, _) in links_in(&sight.evidence.mails) {
        *letters.entry(id).or_default() += 1;
    }
    let reminded = letters.values().any(|letters| *letters > 1);
    let before = |place: &&usize| letters.get(&sight.people[**place].id).is_some_and(|letters| *letters == 1);
    reminded.then(|| arrived.iter().filter(before).count())
}

/// What a page could show of a ballot.
fn traces(nonce: &[u8; 32], mac: &[u8; 32], ct: &[u8]) -> [String; 7] {
    let leaf = ReceiptLeaf::of(&BallotNonce(*nonce), &SealedBallot::try_from(ct).unwrap());
    let [nonce, mac, hash] = [nonce, mac, &leaf.0].map(|value| [HEXLOWER.encode(value), BASE64URL_NOPAD.encode(value)]);
    let [[a, b], [c, d], [e, f]] = [nonce, mac, hash];
    [leaf.short_code(), a, b, c, d, e, f]
}
