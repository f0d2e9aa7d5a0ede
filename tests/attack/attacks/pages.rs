//! Whoever looks at every page after every arrival.

use std::collections::BTreeMap;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use protocol::{BallotNonce, ReceiptLeaf, SealedBallot};

use super::{Guesses, Sight};
use crate::carving::Carver;

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

/// What a page could show of a ballot.
fn traces(nonce: &[u8; 32], mac: &[u8; 32], ct: &[u8]) -> [String; 7] {
    let leaf = ReceiptLeaf::of(&BallotNonce(*nonce), &SealedBallot::try_from(ct).unwrap());
    let [nonce, mac, hash] = [nonce, mac, &leaf.0].map(|value| [HEXLOWER.encode(value), BASE64URL_NOPAD.encode(value)]);
    let [[a, b], [c, d], [e, f]] = [nonce, mac, hash];
    [leaf.short_code(), a, b, c, d, e, f]
}
