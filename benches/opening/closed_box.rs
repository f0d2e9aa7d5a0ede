//! A shut box on a disk: a real ballot side, and beside it what the other side knows.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::thread;

use protocol::CastBallot;
use responses::{ClientFiles, NewWave, Redeemed, Responses};

use crate::Outcome;
use crate::sealed_wave::SealedWave;

/// How many ballots arrive at once.
const AT_ONCE: usize = 8;
/// The file with the secret key of the box.
pub(crate) const KEY: &str = "box.key";
/// The file with the credentials issued per group.
pub(crate) const ISSUED: &str = "issued.json";

/// The ballot side below a folder.
pub(crate) fn connect(folder: &Path) -> Outcome<Responses> {
    Ok(Responses::connect(&format!("sqlite://{}/responses.db", folder.display()))?)
}

/// Puts all ballots of a round into a box and shuts it.
pub(crate) fn make(folder: &Path, round: SealedWave) -> Outcome<()> {
    let SealedWave { bundle, manifest, box_key } = round;
    let store = connect(folder)?;
    store.migrate()?;
    let wave = manifest.manifest().wave.clone();
    store.launch(&NewWave {
        wave: wave.clone(),
        manifest: bundle.manifest,
        groups: bundle.groups,
        instrument: bundle.instrument,
        client: ClientFiles { page: Vec::new(), js: Vec::new(), css: Vec::new(), words: BTreeMap::new() },
        credential_key: bundle.credential_key.to_bytes().to_vec().into(),
        // These two sign nothing any more.
        board_key: vec![0; 32].into(),
        notices_key: vec![0; 32].into(),
    })?;
    let put_in = |ballots: &[CastBallot]| {
        ballots.iter().try_for_each(|CastBallot { nonce, group, mac, ct }| {
            let cast = responses::CastBallot { nonce: nonce.0, group: *group, mac: mac.0, ct: ct.as_slice().to_vec() };
            match store.redeem(&wave, &cast)? {
                Redeemed::New => Ok(()),
                other => Err(format!("a ballot was not taken: {other:?}").into()),
            }
        })
    };
    thread::scope(|scope| {
        let shares = bundle.ballots.chunks(bundle.ballots.len().div_ceil(AT_ONCE).max(1));
        let threads: Vec<_> = shares.map(|share| scope.spawn(move || put_in(share))).collect();
        threads.into_iter().try_for_each(|thread| -> Outcome<()> { thread.join().map_err(|_| "a thread ended in a panic")? })
    })?;
    let board = serde_json::to_vec(&bundle.board)?;
    store.shut(&wave, |_| Ok::<_, responses::ResponsesError>(board.clone()))?;
    fs::write(folder.join(KEY), box_key.to_bytes())?;
    fs::write(folder.join(ISSUED), serde_json::to_vec(&bundle.issued)?)?;
    Ok(())
}
