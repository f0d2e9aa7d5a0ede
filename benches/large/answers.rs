//! People who answer: real credentials and sealed ballots, handed to the stores directly; `benches/submit` measures the way over HTTP.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;
use std::thread;

use candor::config::Config;
use candor::installation::Installation;
use domain::{PersonId, SystemClock, TeamLabel, WaveId};
use identity::{Issued, Minted, SecretKind};
use protocol::sealed::seal;
use protocol::{Answer, Ballot, BallotNonce, Blinding, CredentialKey, FrozenManifest, Level, LinkSecret, ballot_info};
use rand::RngExt;
use responses::{CastBallot, Redeemed};
use secrecy::ExposeSecret;

use crate::program::Place;

/// Of ten people in a team, so many answer.
const OF_TEN: usize = 7;
/// How many people answer at once.
const AT_ONCE: usize = 8;
/// How many links are made in one transaction.
const LINKS_AT_ONCE: usize = 1_000;

type Failure = Box<dyn Error + Send + Sync>;

/// Lets people answer team by team until there are `most` ballots; returns how many there are.
pub(crate) fn answer(place: &Place, wave: &WaveId, most: usize) -> Result<usize, Failure> {
    let installation = Installation::open(Config::load(&place.config_file(), std::iter::empty())?, Arc::new(SystemClock))?;
    let served = installation.responses.wave(wave)?.ok_or("the round is not there")?;
    let manifest = FrozenManifest::read(served.manifest)?;
    let roster = installation.identity.roster()?;
    let mut teams: BTreeMap<&TeamLabel, Vec<&PersonId>> = BTreeMap::new();
    for person in roster.people.values() {
        if let Some(team) = &person.team {
            teams.entry(team).or_default().push(&person.id);
        }
    }
    let people: Vec<&PersonId> =
        teams.values().flat_map(|members| members.iter().take((members.len() * OF_TEN).div_ceil(10))).take(most).copied().collect();
    let secrets: Vec<LinkSecret> = people.iter().map(|_| LinkSecret::generate(&mut rand::rng())).collect();
    for chunk in people.iter().zip(&secrets).collect::<Vec<_>>().chunks(LINKS_AT_ONCE) {
        let minted: Vec<Minted> = chunk
            .iter()
            .map(|(person, secret)| Minted {
                wave: wave.clone(),
                person: (**person).clone(),
                kind: SecretKind::Link,
                hash: secret.hash(wave).0,
            })
            .collect();
        installation.identity.mint(&minted)?;
    }
    thread::scope(|scope| {
        let shares = secrets.chunks(secrets.len().div_ceil(AT_ONCE).max(1));
        let threads: Vec<_> = shares
            .map(|share| {
                let (installation, manifest) = (&installation, &manifest);
                scope.spawn(move || share.iter().try_for_each(|secret| one(installation, wave, manifest, secret)))
            })
            .collect();
        threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| "a thread ended in a panic")?)
    })?;
    Ok(secrets.len())
}

fn one(installation: &Installation, wave: &WaveId, manifest: &FrozenManifest, secret: &LinkSecret) -> Result<(), Failure> {
    let mut random = rand::rng();
    let link = secret.hash(wave).0;
    let group = installation.identity.leaf_lookup(wave, &link)?.ok_or("the link is not known")?.group;
    let info = ballot_info(&manifest.hash(), group);
    let answers = (0..12).map(|_| Answer::Point(random.random_range(1..=5))).collect();
    let level = if random.random_ratio(9, 10) { Level::Group } else { Level::Organisation };
    let nonce = BallotNonce::generate(&mut random);
    let blinding = Blinding::new(nonce, &mut random)?;
    let ct = seal(&manifest.manifest().box_key, &info, &nonce, &Ballot { level, answers, comments: vec![] }.encode()?, &mut random)?;
    let blinded = blinding.blinded();
    let issued = installation.identity.issue(wave, &link, &blinded.hash().0, |key, group| {
        CredentialKey::try_from(key.expose_secret())?.evaluate(&blinded.0, &ballot_info(&manifest.hash(), group), &mut rand::rng())
    });
    let Issued::New { evaluation, .. } = issued.map_err(|_| "no credential was issued")? else { return Err("no new credential".into()) };
    let mac = blinding.finalize(&evaluation, &manifest.manifest().credential_key, &info)?.mac(&ct);
    let cast = CastBallot { nonce: nonce.0, group, mac: mac.0, ct: ct.as_slice().to_vec() };
    match installation.responses.redeem(wave, &cast)? {
        Redeemed::New => Ok(()),
        other => Err(format!("a ballot was not taken: {other:?}").into()),
    }
}
