//! Whoever has keys and letters: the mail archive (A1), the credential key (A3), a second issuer key (A7).

use std::collections::BTreeMap;

use domain::GroupId;
use protocol::{CredentialKey, Sha256Digest, ballot_info};

use super::{Guess, Guesses, Sight};
use crate::round::links_in;

/// Whether a ballot's number was made from the link that somebody got by mail.
pub(super) fn numbers_from_links(sight: &Sight<'_>) -> Guesses {
    let places: BTreeMap<&str, usize> = sight.people.iter().enumerate().map(|(place, person)| (person.id.as_str(), place)).collect();
    let ballots = sight.evidence.ballots();
    let made_from = |secret: &[u8], wave: &[u8]| [Sha256Digest::of(secret).0, Sha256Digest::of(&[wave, secret].concat()).0];
    let links = links_in(&sight.evidence.mails);
    let guess = |(id, (hash, secret)): &(String, (protocol::ManifestHash, protocol::LinkSecret))| {
        let nonce = made_from(secret.as_bytes(), &hash.0).into_iter().find(|nonce| ballots.contains_key(nonce))?;
        Some((*places.get(id.as_str())?, Guess::Ballot(nonce)))
    };
    links.iter().filter_map(guess).collect()
}

/// Puts what is recorded of people, and what the credential key makes of the ballots' numbers, in order: whatever hangs together monotonically joins.
pub(super) fn values_in_order(sight: &Sight<'_>) -> Guesses {
    let places: BTreeMap<&str, usize> = sight.people.iter().enumerate().map(|(place, person)| (person.id.as_str(), place)).collect();
    let Some(night) = sight.last_night() else { return Guesses::new() };
    let key = CredentialKey::try_from(sight.evidence.credential_key.as_slice()).unwrap();
    let links = links_in(&sight.evidence.mails);
    let Some((_, (manifest, _))) = links.first() else { return Guesses::new() };
    let mut people: Vec<(&[u8], usize)> =
        night.people.iter().filter_map(|row| Some((row.issued.as_deref()?, *places.get(row.person.as_str())?))).collect();
    people.sort_unstable();
    let evaluated = |nonce: &[u8; 32], group| *key.output(nonce, &ballot_info(manifest, GroupId(group))).unwrap().as_bytes();
    let mut ballots: Vec<([u8; 64], [u8; 32], u32)> =
        night.ballots.iter().map(|ballot| (evaluated(&ballot.nonce, ballot.group), ballot.nonce, ballot.group)).collect();
    ballots.sort_unstable();
    let mut guesses = Guesses::new();
    for (number, group) in sight.numbers {
        let of_group = people.iter().filter(|(_, place)| sight.people[*place].group == *group);
        let in_group = ballots.iter().filter(|(_, _, of)| of == number);
        guesses.extend(of_group.zip(in_group).map(|((_, place), (_, nonce, _))| (*place, Guess::Ballot(*nonce))));
    }
    guesses
}

/// Whose ballots came with a credential of the key that only they were issued with: the front knows whom it issued with it, and which ballots it fits.
pub(super) fn other_key(sight: &Sight<'_>) -> Guesses {
    let notes = &sight.evidence.front;
    let aimed_at = sight.order_of_people().into_iter().filter(|place| notes.aimed_at.contains(&sight.people[*place].ip));
    sight.joined(&aimed_at.collect::<Vec<_>>(), &notes.of_the_second)
}
