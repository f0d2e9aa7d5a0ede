//! Getting at the key: by the passphrase of its file, or by shares.

use std::path::Path;

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::arguments::Unlock;
use super::{Desk, Failure, missing};
use crate::folder::{Folder, Kind, read_given};
use crate::key::{HolderKey, PublicHalf};
use crate::locked::{LockedKey, Passphrase};
use crate::share::{ROWS, Share, ShareProblem};

/// How often a row of a share may be mistyped before the command gives up.
const TRIES: usize = 5;

/// The key of a round.
pub(super) fn key(unlock: &Unlock, folder: &Folder, public: &PublicHalf, desk: &mut dyn Desk) -> Result<HolderKey, Failure> {
    if unlock.shares || !unlock.share_files.is_empty() {
        return Ok(HolderKey::from_shares(&shares(unlock, desk)?, public)?);
    }
    let Some(bytes) = folder.read(&public.wave, Kind::Key)? else {
        let text = missing(folder, &public.wave, Kind::Key);
        return Err(Failure::BadInput(format!("{}. With --shares the shares on paper open", text.text())));
    };
    let file = LockedKey::from_json(&bytes)?;
    if file.public() != public {
        return Err(Failure::Refused(format!(
            "{} and {} are of different keys: put both back as they were made",
            folder.path(&public.wave, Kind::Key).display(),
            folder.path(&public.wave, Kind::Public).display()
        )));
    }
    let passphrase = match &unlock.passphrase_file {
        Some(path) => first_line(path)?,
        None => desk.secret("Passphrase of the key")?,
    };
    Ok(file.open(&passphrase)?)
}

/// The shares from files, or typed.
pub(super) fn shares(unlock: &Unlock, desk: &mut dyn Desk) -> Result<Vec<Share>, Failure> {
    if unlock.share_files.is_empty() {
        return typed_shares(desk);
    }
    let read = |path: &Path| {
        let text =
            Zeroizing::new(String::from_utf8(read_given(path)?).map_err(|_| Failure::BadInput(format!("{} is no text", path.display())))?);
        Share::parse(&text).map_err(|problem| Failure::BadInput(format!("{}: {problem}", path.display())))
    };
    unlock.share_files.iter().map(|path| read(path)).collect()
}

/// Asks for shares, row by row, until there are enough. A mistyped row is asked for again.
fn typed_shares(desk: &mut dyn Desk) -> Result<Vec<Share>, Failure> {
    let mut shares: Vec<Share> = Vec::new();
    while shares.first().is_none_or(|first| shares.len() < usize::from(first.needed())) {
        let share = typed_share(desk, shares.len() + 1)?;
        if shares.iter().any(|earlier| earlier.number() == share.number()) {
            desk.again(&ShareProblem::Twice(share.number()).to_string());
            continue;
        }
        desk.say(&format!("Share {} is read.", share.number()));
        shares.push(share);
    }
    Ok(shares)
}

fn typed_share(desk: &mut dyn Desk, which: usize) -> Result<Share, Failure> {
    let ordinal =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"].get(which - 1).copied().unwrap_or("next");
    desk.hint(&format!(
        "Type the {ordinal} share, row by row. Nothing is shown while you type; small letters, spaces and hyphens do not matter."
    ));
    let rows = (1..=ROWS).map(|row| typed_row(desk, row, ordinal)).collect::<Result<Vec<_>, _>>()?;
    // Joined at once: a text that grows leaves its old bytes where they were.
    let text = Zeroizing::new(rows.iter().map(|row| row.as_str()).collect::<Vec<_>>().join("\n"));
    Share::parse(&text).map_err(|problem| Failure::BadInput(problem.to_string()))
}

fn typed_row(desk: &mut dyn Desk, row: usize, share: &str) -> Result<Zeroizing<String>, Failure> {
    for _ in 0..TRIES {
        let typed = desk.secret(&format!("Row {row}"))?;
        match protocol::code::read_code(typed.expose_secret()) {
            Ok(bytes) => {
                drop(Zeroizing::new(bytes));
                return Ok(Zeroizing::new(typed.expose_secret().to_owned()));
            }
            Err(problem) => desk.again(&format!("row {row} of the {share} share: {problem}")),
        }
    }
    Err(Failure::BadInput(format!("row {row} was mistyped {TRIES} times")))
}

/// A passphrase for a new key: from a file, or typed twice.
pub(super) fn new_passphrase(file: Option<&Path>, desk: &mut dyn Desk) -> Result<Passphrase, Failure> {
    let bad = |problem: crate::locked::TooShort| Failure::BadInput(problem.to_string());
    if let Some(path) = file {
        return Passphrase::new(first_line(path)?).map_err(bad);
    }
    let typed = desk.secret("New passphrase, 12 characters or more")?;
    let passphrase = Passphrase::new(typed.clone()).map_err(bad)?;
    if desk.secret("The same once more")?.expose_secret() != typed.expose_secret() {
        return Err(Failure::BadInput("the two passphrases differ; nothing was made".to_owned()));
    }
    Ok(passphrase)
}

fn first_line(path: &Path) -> Result<SecretString, Failure> {
    let bytes = Zeroizing::new(read_given(path)?);
    let text = std::str::from_utf8(&bytes).map_err(|_| Failure::BadInput(format!("{} is no text", path.display())))?;
    Ok(text.lines().next().unwrap_or_default().to_owned().into())
}
