//! What a bundle claims, computed again from its parts, before any ballot is decrypted.

use std::collections::BTreeSet;

use domain::instrument::Instrument;
use protocol::bundle::Bundle;
use protocol::{BoxSecretKey, FrozenManifest, GroupList, ReceiptLeaf, Sha256Digest};

use super::{Check, OpeningRefused};

/// The parts of a bundle that holds together.
pub(super) struct Verified {
    pub(super) manifest: FrozenManifest,
    pub(super) instrument: Instrument,
    pub(super) groups: GroupList,
    /// Number of ballots in the box.
    pub(super) ballots: u32,
    /// What was found on the way.
    pub(super) checks: Vec<Check>,
}

impl Verified {
    /// Checks keys, questionnaire, group list, board, balances and credentials.
    pub(super) fn of(bundle: &Bundle, key: &BoxSecretKey) -> Result<Self, OpeningRefused> {
        let manifest = FrozenManifest::read(bundle.manifest.clone())?;
        let promised = manifest.manifest();
        if key.public_key() != promised.box_key {
            return Err(OpeningRefused::OtherBoxKey);
        }
        if bundle.credential_key.public_key() != promised.credential_key {
            return Err(OpeningRefused::OtherCredentialKey);
        }
        let (found, expected) = (Sha256Digest::of(&bundle.instrument), promised.instrument.sha256);
        if found != expected {
            return Err(OpeningRefused::OtherInstrument { found, expected });
        }
        let instrument: Instrument = serde_json::from_slice(&bundle.instrument).map_err(OpeningRefused::Instrument)?;
        let groups = GroupList::freeze(bundle.groups.clone())?;
        groups.check_against(promised)?;

        bundle.board.verify(&manifest)?;
        let ballots = check_ballots(bundle)?;
        check_balances(bundle, &groups)?;
        check_credentials(bundle, &manifest)?;

        let checks = vec![
            Check::new("The promise sheet, by its hash", manifest.hash().to_text()),
            Check::new("The keys", "box key and credential key are those of the promise sheet"),
            Check::new("The questionnaire", format!("{} {} as people saw it", promised.instrument.id, promised.instrument.version)),
            Check::new(
                "The groups, by the root of their list",
                format!("{} groups with different names, {} people in all, as frozen at the launch", groups.groups(), groups.invited()),
            ),
            Check::new("The signed list of counted ballots", format!("{ballots} ballots, exactly those in the box, none of them twice")),
            Check::new("The balance of every group", "no more ballots than credentials, no more credentials than people"),
            Check::new("The credential of every ballot", "all valid"),
        ];
        Ok(Self { manifest, instrument, groups, ballots, checks })
    }
}

/// The ballots are exactly those of the board, and no number was spent twice.
fn check_ballots(bundle: &Bundle) -> Result<u32, OpeningRefused> {
    let mut leaves: Vec<ReceiptLeaf> = bundle.ballots.iter().map(protocol::bundle::CastBallot::leaf).collect();
    leaves.sort_unstable();
    if leaves != bundle.board.leaves {
        return Err(OpeningRefused::OtherBallots);
    }
    let numbers: BTreeSet<_> = bundle.ballots.iter().map(|ballot| ballot.nonce).collect();
    if numbers.len() != bundle.ballots.len() {
        return Err(OpeningRefused::SpentTwice);
    }
    u32::try_from(bundle.ballots.len()).map_err(|_| OpeningRefused::TooManyBallots)
}

/// In every group ballots <= credentials <= people, and the credentials add up to the board's number.
fn check_balances(bundle: &Bundle, groups: &GroupList) -> Result<(), OpeningRefused> {
    let number = groups.groups();
    if bundle.issued.len() != groups.leaves().len() {
        return Err(OpeningRefused::IssuedList { found: bundle.issued.len(), groups: number });
    }
    let mut spent = vec![0_u32; bundle.issued.len()];
    for ballot in &bundle.ballots {
        let group = ballot.group.0;
        let place = usize::try_from(group).ok().and_then(|place| spent.get_mut(place));
        *place.ok_or(OpeningRefused::UnknownGroup { group, groups: number })? += 1;
    }
    for (leaf, (spent, issued)) in groups.leaves().iter().zip(spent.into_iter().zip(bundle.issued.iter().copied())) {
        if spent > issued || issued > leaf.invited {
            return Err(OpeningRefused::Balance { group: leaf.label.clone(), spent, issued, invited: leaf.invited });
        }
    }
    let sum = bundle.issued.iter().map(|issued| u64::from(*issued)).sum();
    if sum != u64::from(bundle.board.issued) {
        return Err(OpeningRefused::IssuedTotal { sum, board: bundle.board.issued });
    }
    Ok(())
}

/// Every ballot carries a credential for its group.
fn check_credentials(bundle: &Bundle, manifest: &FrozenManifest) -> Result<(), OpeningRefused> {
    let (key, hash) = (&bundle.credential_key, manifest.hash());
    let without = bundle.ballots.iter().filter(|ballot| !ballot.has_credential(key, &hash)).count();
    match u32::try_from(without) {
        Ok(0) => Ok(()),
        Ok(count) => Err(OpeningRefused::NoCredential { count }),
        Err(_) => Err(OpeningRefused::TooManyBallots),
    }
}
