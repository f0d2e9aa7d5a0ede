//! Reading, signing, testing, opening, destroying.

use domain::Moment;
use protocol::FrozenManifest;

use super::arguments::{DestroyArguments, OpenArguments, SheetArguments, TestArguments};
use super::{Desk, Failure, public_half, record, unlocking};
use crate::dates::InWords;
use crate::folder::{Folder, Kind, open_given, read_given, write_given};
use crate::key::HolderKey;
use crate::record::{Opened, Signed};
use crate::result::{SealedBox, open as open_all, read_bundle, read_list};
use crate::sheet::{Sheet, SheetFile, check_words};
use crate::test_ballot::TestBallot;

/// The word that a person types to sign.
const SIGN: &str = "sign";
/// The word that a person types to destroy a key that opened nothing.
const DESTROY: &str = "destroy";

pub(super) fn read(arguments: &SheetArguments, desk: &mut dyn Desk) -> Result<(), Failure> {
    let sheet = told(arguments, desk)?;
    let wave = &sheet.manifest().manifest().wave;
    match record(&arguments.place.folder(), wave)?.signed {
        None => desk.hint("Next: candor trustee sign, when everything is as it was agreed."),
        Some(signed) => desk.say(&format!(
            "A sheet of round {wave} was signed with this key on {}. Its check words: {}",
            InWords(signed.at),
            protocol::words::manifest_words(&signed.manifest).join(" ")
        )),
    }
    Ok(())
}

/// Reads and checks a sheet and tells everything about it.
fn told(arguments: &SheetArguments, desk: &mut dyn Desk) -> Result<Sheet, Failure> {
    let sheet = sheet_of(&arguments.sheet, &arguments.place.folder())?;
    for passage in sheet.told(&arguments.language) {
        desk.say(passage.title);
        passage.lines.iter().for_each(|line| desk.say(&format!("  {line}")));
    }
    for found in sheet.checked() {
        desk.say(&format!("Checked: {}: {}", found.what, found.found));
    }
    for doubt in sheet.doubts() {
        desk.say(&format!("Ask about this: {doubt}"));
    }
    Ok(sheet)
}

fn sheet_of(path: &std::path::Path, folder: &Folder) -> Result<Sheet, Failure> {
    let file = SheetFile::from_json(&read_given(path)?)?;
    let wave = FrozenManifest::read(file.manifest.clone()).map_err(crate::sheet::SheetRefused::from)?.manifest().wave.clone();
    Ok(Sheet::check(&file, &public_half(folder, &wave)?)?)
}

pub(super) fn sign(arguments: &SheetArguments, desk: &mut dyn Desk, now: Moment) -> Result<(), Failure> {
    let folder = arguments.place.folder();
    let sheet = told(arguments, desk)?;
    let wave = sheet.manifest().manifest().wave.clone();
    let (public, mut record) = (public_half(&folder, &wave)?, record(&folder, &wave)?);
    sheet.may_sign(&record, now)?;
    if !arguments.yes && desk.answer(&format!("Type {SIGN} to sign this promise sheet"))? != SIGN {
        return Err(Failure::BadInput("nothing was signed".to_owned()));
    }
    let key = unlocking::key(&arguments.unlock, &folder, &public, desk)?;
    try_out(&key, sheet.manifest(), desk)?;
    let signature = sheet.sign(&key, &record, now, &mut rand::rng())?;
    // First the record: a signature that left without it could be followed by another.
    if record.signed.is_none() {
        record.signed = Some(Signed { manifest: signature.manifest, nonce: signature.nonce, at: now });
        folder.replace(&wave, Kind::Record, &record.to_json()?)?;
    }
    let bytes = serde_json::to_vec_pretty(&signature).map_err(|e| Failure::Refused(e.to_string()))?;
    let path = folder.replace(&wave, Kind::Countersignature, &bytes)?;
    desk.say(&format!("Signed. Hand {} to the operator.", path.display()));
    desk.say(&format!(
        "Make these words known yourself, on paper or by a mail of your own, and not only through the operator: {}",
        check_words(&signature)
    ));
    desk.say("People compare them with the words in their mail: that is how a false promise sheet comes to light.");
    Ok(())
}

/// Seals a test to the key of a sheet and opens it.
fn try_out(key: &HolderKey, manifest: &FrozenManifest, desk: &mut dyn Desk) -> Result<(), Failure> {
    let (test, words) = TestBallot::make(manifest, &mut rand::rng())?;
    if test.open(key, manifest)? != words {
        return Err(Failure::Refused("a test was opened and said something else than was sealed: do not sign".to_owned()));
    }
    desk.say("A test that was sealed to the key of this sheet was opened with what you hold.");
    Ok(())
}

pub(super) fn test(arguments: &TestArguments, desk: &mut dyn Desk) -> Result<(), Failure> {
    let folder = arguments.place.folder();
    let sheet = sheet_of(&arguments.sheet, &folder)?;
    if let Some(path) = &arguments.make {
        let (test, words) = TestBallot::make(sheet.manifest(), &mut rand::rng())?;
        write_given(path, &test.to_json()?)?;
        desk.say(&format!("{} holds a sealed test. Whoever opens it must read: {}", path.display(), words.0));
        return Ok(());
    }
    let public = public_half(&folder, &sheet.manifest().manifest().wave)?;
    let test = arguments.ballot.as_ref().map(|path| Ok::<_, Failure>(TestBallot::from_json(&read_given(path)?)?)).transpose()?;
    let key = unlocking::key(&arguments.unlock, &folder, &public, desk)?;
    match test {
        None => try_out(&key, sheet.manifest(), desk),
        Some(test) => {
            let words = test.open(&key, sheet.manifest())?;
            desk.say(&format!("The test opens. Ask whoever sealed it whether it says: {}", words.0));
            Ok(())
        }
    }
}

pub(super) fn open(arguments: &OpenArguments, desk: &mut dyn Desk, now: Moment) -> Result<(), Failure> {
    let folder = arguments.place.folder();
    let (bundle, list) = (read_bundle(open_given(&arguments.bundle)?)?, read_list(&read_given(&arguments.list)?)?);
    let wave = list.wave.clone();
    let (public, mut record) = (public_half(&folder, &wave)?, record(&folder, &wave)?);
    let key = unlocking::key(&arguments.unlock, &folder, &public, desk)?;
    let result = open_all(&key, &public, &record, SealedBox { bundle: &bundle, public_list: &list }, now)?;
    for check in &result.checks {
        desk.say(&format!("Checked: {}: {}", check.what, check.found));
    }
    // First the record: a result that left without it could be followed by the opening of other answers.
    if record.opened.is_none() {
        record.opened = Some(Opened { root: result.root, release: result.sha256(), at: now });
        folder.replace(&wave, Kind::Record, &record.to_json()?)?;
    }
    let path = folder.replace(&wave, Kind::Result, &result.to_json()?)?;
    desk.say(&match result.spent {
        1 => format!("1 answer of {} people was opened. Nobody was shown a number.", result.invited),
        spent => format!("{spent} answers of {} people were opened together. Nobody was shown a number.", result.invited),
    });
    desk.say(&format!("Hand {} to the operator. Its hash, to be compared with what is published: {}", path.display(), result.sha256()));
    desk.hint(&format!("When it is published: candor trustee destroy {wave}"));
    Ok(())
}

pub(super) fn destroy(arguments: &DestroyArguments, desk: &mut dyn Desk, now: Moment) -> Result<(), Failure> {
    let DestroyArguments { wave, only_paper, unopened, place } = arguments;
    let folder = place.folder();
    let mut record = record(&folder, wave)?;
    let rng = &mut rand::rng();
    if *only_paper {
        let was_there = folder.destroy(wave, Kind::Ceremony, rng)?;
        desk.say(if was_there {
            "The file of the paper is overwritten and removed."
        } else {
            "The file of the paper is not there any more."
        });
    } else {
        if record.opened.is_none() && !unopened {
            return Err(Failure::BadInput(format!(
                "nothing of round {wave} was opened with this key yet. If the round ended without a result, say so with --unopened"
            )));
        }
        if record.opened.is_none()
            && record.destroyed.is_none()
            && desk.answer(&format!("Type {DESTROY} to destroy the key of round {wave}"))? != DESTROY
        {
            return Err(Failure::BadInput("nothing was destroyed".to_owned()));
        }
        for kind in [Kind::Key, Kind::Ceremony] {
            if folder.destroy(wave, kind, rng)? {
                desk.say(&format!("{} is overwritten and removed.", folder.path(wave, kind).display()));
            }
        }
        if record.destroyed.is_none() {
            record.destroyed = Some(now);
            folder.replace(wave, Kind::Record, &record.to_json()?)?;
        }
        desk.say("Burn or shred all shares now, in front of others, and note it on the protocol: two shares are the key.");
    }
    desk.say("No program can promise more: a backup, a snapshot, a synchronised folder, a worn-out cell of an SSD or a photograph may keep a copy.");
    Ok(())
}
