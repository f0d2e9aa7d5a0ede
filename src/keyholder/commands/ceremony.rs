//! Making keys and shares, trying them, and beginning anew after a machine is lost.

use domain::{Moment, WaveId};
use protocol::trustee::Countersignature;

use super::arguments::{KeysArguments, Place, RestoreArguments, Unlock};
use super::{Desk, Failure, public_half, unlocking};
use crate::folder::{Folder, Kind, read_given};
use crate::key::{HolderKey, PublicHalf, check_holder};
use crate::locked::LockedKey;
use crate::printed::Paper;
use crate::record::{Record, Signed};
use crate::share::Scheme;

pub(super) fn make_keys(arguments: &KeysArguments, desk: &mut dyn Desk, now: Moment) -> Result<(), Failure> {
    let KeysArguments { wave, holder, share, no_shares, only_shares, passphrase_file, place } = arguments;
    check_holder(holder).map_err(|problem| Failure::BadInput(problem.to_string()))?;
    let folder = place.folder();
    refuse_a_second_key(&folder, wave)?;
    // Asked before anything is made, so that a slip of the hand leaves nothing behind.
    let passphrase = if *only_shares { None } else { Some(unlocking::new_passphrase(passphrase_file.as_deref(), desk)?) };

    let rng = &mut rand::rng();
    let key = HolderKey::generate(rng)?;
    let public = key.public_half(wave, holder);
    if let Some(passphrase) = &passphrase {
        let file = LockedKey::lock(&key, &public, passphrase, rng)?;
        let path = folder.write_new(wave, Kind::Key, &file.to_json()?)?;
        desk.say(&format!("The key lies under your passphrase in {}.", path.display()));
    }
    if !no_shares {
        print_paper(&folder, &key, &public, *share, desk, now)?;
    }
    folder.write_new(wave, Kind::Record, &Record::of(wave, now).to_json()?)?;
    // Last, because with it the key counts as made.
    let path = folder.write_new(wave, Kind::Public, &public.to_json()?)?;
    desk.say(&format!("Hand {} to the operator: it holds no secret.", path.display()));
    desk.say(&format!("Fingerprint in words, to be compared aloud: {}", public.words()));
    if *no_shares {
        desk.say("There are no shares: if this file or its passphrase is lost, nobody can open the answers, and they are destroyed.");
    } else {
        desk.hint(&format!("Next: print the paper, then try two shares: candor trustee shares check {wave} --shares"));
    }
    Ok(())
}

fn refuse_a_second_key(folder: &Folder, wave: &WaveId) -> Result<(), Failure> {
    for kind in [Kind::Key, Kind::Public, Kind::Record, Kind::Ceremony] {
        if folder.read(wave, kind)?.is_some() {
            return Err(Failure::BadInput(format!(
                "{} is there already: a key of round {wave} was made in this folder, and making another would lose it. Take another folder",
                folder.path(wave, kind).display()
            )));
        }
    }
    Ok(())
}

fn print_paper(
    folder: &Folder,
    key: &HolderKey,
    public: &PublicHalf,
    scheme: Scheme,
    desk: &mut dyn Desk,
    now: Moment,
) -> Result<(), Failure> {
    let shares = key.shares(public, scheme, &mut rand::rng());
    let paper = Paper { public, at: now, scheme, shares: &shares }.html();
    let path = folder.write_new(&public.wave, Kind::Ceremony, paper.as_bytes())?;
    desk.say(&format!("Print {} in a browser: it holds the {} shares. Then destroy the file.", path.display(), scheme.of()));
    desk.hint(&format!("To destroy it: candor trustee destroy {} --only-paper", public.wave));
    Ok(())
}

pub(super) fn check_shares(place: &Place, wave: &WaveId, unlock: &Unlock, desk: &mut dyn Desk) -> Result<(), Failure> {
    let public = public_half(&place.folder(), wave)?;
    let shares = unlocking::shares(unlock, desk)?;
    HolderKey::from_shares(&shares, &public)?;
    desk.say(&format!("These {} shares give the key of round {wave} back. Nothing was kept.", shares.len()));
    Ok(())
}

pub(super) fn print_shares(
    place: &Place,
    wave: &WaveId,
    scheme: Scheme,
    unlock: &Unlock,
    desk: &mut dyn Desk,
    now: Moment,
) -> Result<(), Failure> {
    let folder = place.folder();
    let public = public_half(&folder, wave)?;
    let key = unlocking::key(unlock, &folder, &public, desk)?;
    print_paper(&folder, &key, &public, scheme, desk, now)?;
    desk.say("Shares that were made before go on giving the key back: collect and destroy them. Old and new ones do not work together.");
    Ok(())
}

pub(super) fn restore(arguments: &RestoreArguments, desk: &mut dyn Desk, now: Moment) -> Result<(), Failure> {
    let RestoreArguments { wave, holder, countersignature, place, unlock } = arguments;
    let folder = place.folder();
    refuse_a_second_key(&folder, wave)?;
    let (key, public) = HolderKey::restore(&unlocking::shares(unlock, desk)?, wave, holder)?;
    let mut record = Record::of(wave, now);
    if let Some(path) = countersignature {
        let given: Countersignature = serde_json::from_slice(&read_given(path)?)
            .map_err(|problem| Failure::BadInput(format!("{} is no countersignature: {problem}", path.display())))?;
        if given.was_given_with(&key.signing().public_key()).is_err() {
            return Err(Failure::Refused("the countersignature was not given with this key".to_owned()));
        }
        record.signed = Some(Signed { manifest: given.manifest, nonce: given.nonce, at: now });
    }
    folder.write_new(wave, Kind::Record, &record.to_json()?)?;
    folder.write_new(wave, Kind::Public, &public.to_json()?)?;
    desk.say(&format!("The files of round {wave} are there again; there is no key file, so give the shares where the key is needed."));
    desk.hint("The shares are asked for with --shares.");
    desk.say(&format!("Fingerprint in words, as it must stand on the paper: {}", public.words()));
    if record.signed.is_none() {
        desk.say("No countersignature was given: as long as none is, this machine signs a sheet but opens nothing.");
    }
    desk.say("What was opened on the lost machine is not known here: do not open twice.");
    Ok(())
}
