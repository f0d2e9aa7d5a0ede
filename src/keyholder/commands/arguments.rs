//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use domain::{Language, WaveId};

use crate::folder::Folder;
use crate::share::Scheme;

/// What a key holder outside the operator does.
#[derive(Debug, Subcommand)]
pub enum TrusteeCommand {
    /// Make the keys of a round: a key file under a passphrase, shares on paper, and the public half for the operator.
    Keys(KeysArguments),
    /// Shares on paper: try them, or print new ones.
    #[command(subcommand)]
    Shares(SharesCommand),
    /// Make the files of a lost machine anew from the shares.
    Restore(RestoreArguments),
    /// Check a draft promise sheet and tell it in plain words. Needs no secret.
    Read(SheetArguments),
    /// Check a draft promise sheet, try the key on a test, and sign. One key signs one sheet.
    Sign(SheetArguments),
    /// Open a test before the launch: one that this program makes, or one that somebody else sealed.
    Test(TestArguments),
    /// Open all answers at the end, compute the result and sign it. Nobody is shown a number.
    Open(OpenArguments),
    /// Overwrite and remove the key file and the file of the paper.
    Destroy(DestroyArguments),
    /// Do all this in a browser of this machine instead: a page on 127.0.0.1, behind an address that only this terminal shows.
    Serve(ServeArguments),
}

/// Where the files lie.
#[derive(Debug, Args)]
pub struct Place {
    /// The folder of your files.
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,
}

impl Place {
    pub(crate) fn folder(&self) -> Folder {
        Folder::new(self.folder.clone())
    }
}

/// How the key is unlocked. Without any of these: the key file, whose passphrase is asked for.
#[derive(Debug, Args, Default)]
pub struct Unlock {
    /// Ask for shares instead of the passphrase.
    #[arg(long)]
    pub shares: bool,
    /// A file with one typed share, four rows; give it once for each share.
    #[arg(long = "share-file", value_name = "FILE", conflicts_with = "shares")]
    pub share_files: Vec<PathBuf>,
    /// A file whose first line is the passphrase, instead of asking for it.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["shares", "share_files"])]
    pub passphrase_file: Option<PathBuf>,
}

/// Arguments of `keys`.
#[derive(Debug, Args)]
pub struct KeysArguments {
    /// The round, for instance 2026-q4, as the operator calls it. A key is for one round.
    pub wave: WaveId,
    /// Who holds the key, as everybody will read it on the promise sheet: "Works council, Vera Albers".
    #[arg(long, value_name = "NAME")]
    pub holder: String,
    /// How many shares are made and how many of them give the key back.
    #[arg(long, value_name = "N-of-M", default_value = "2-of-3", conflicts_with = "no_shares")]
    pub share: Scheme,
    /// Make no shares: whoever loses the file or the passphrase then loses all answers.
    #[arg(long, conflicts_with = "only_shares")]
    pub no_shares: bool,
    /// Write no key file: nobody can open alone, and the shares are needed for signing and for opening.
    #[arg(long)]
    pub only_shares: bool,
    /// A file whose first line is the new passphrase, instead of asking for it twice.
    #[arg(long, value_name = "FILE", conflicts_with = "only_shares")]
    pub passphrase_file: Option<PathBuf>,
    /// Where the files go.
    #[command(flatten)]
    pub place: Place,
}

/// `shares …`.
#[derive(Debug, Subcommand)]
pub enum SharesCommand {
    /// Type as many shares as are needed and see whether they give the key back. Nothing is kept.
    Check {
        /// The round.
        wave: WaveId,
        /// Where the files lie.
        #[command(flatten)]
        place: Place,
        /// Where the shares come from.
        #[command(flatten)]
        unlock: Unlock,
    },
    /// Print a new set of shares. Those that were made before go on giving the key back: destroy them.
    Print {
        /// The round.
        wave: WaveId,
        /// How many shares are made and how many of them give the key back.
        #[arg(long, value_name = "N-of-M", default_value = "2-of-3")]
        scheme: Scheme,
        /// Where the files lie.
        #[command(flatten)]
        place: Place,
        /// How the key is unlocked.
        #[command(flatten)]
        unlock: Unlock,
    },
}

/// Arguments of `restore`.
#[derive(Debug, Args)]
pub struct RestoreArguments {
    /// The round.
    pub wave: WaveId,
    /// Who holds the key, exactly as it was written when the keys were made.
    #[arg(long, value_name = "NAME")]
    pub holder: String,
    /// The countersignature that you gave, if you signed a sheet; the operator has it.
    #[arg(long, value_name = "FILE")]
    pub countersignature: Option<PathBuf>,
    /// Where the files go.
    #[command(flatten)]
    pub place: Place,
    /// Where the shares come from.
    #[command(flatten)]
    pub unlock: Unlock,
}

/// Arguments of `read` and `sign`.
#[derive(Debug, Args)]
pub struct SheetArguments {
    /// The draft promise sheet that the operator gave you.
    pub sheet: PathBuf,
    /// In which language questions and the organisation's own words are told.
    #[arg(long, value_name = "LANGUAGE", default_value = "en", value_parser = Language::parse)]
    pub language: Language,
    /// Do not ask before signing; for programs.
    #[arg(long)]
    pub yes: bool,
    /// Where your files lie.
    #[command(flatten)]
    pub place: Place,
    /// How the key is unlocked; reading needs none.
    #[command(flatten)]
    pub unlock: Unlock,
}

/// Arguments of `test`.
#[derive(Debug, Args)]
pub struct TestArguments {
    /// The draft promise sheet.
    pub sheet: PathBuf,
    /// A test that somebody else sealed. Without it this program seals one itself.
    #[arg(long, value_name = "FILE", conflicts_with = "make")]
    pub ballot: Option<PathBuf>,
    /// Only seal a test into this file, for another machine to open. Needs no secret.
    #[arg(long, value_name = "FILE")]
    pub make: Option<PathBuf>,
    /// Where your files lie.
    #[command(flatten)]
    pub place: Place,
    /// How the key is unlocked.
    #[command(flatten)]
    pub unlock: Unlock,
}

/// Arguments of `open`.
#[derive(Debug, Args)]
pub struct OpenArguments {
    /// The bundle of sealed answers that the operator gave you.
    pub bundle: PathBuf,
    /// The list of counted answers as you fetched it yourself from the survey page: …/w/ROUND/board. Anybody can; take it from a machine that the
    /// operator does not run.
    #[arg(long, value_name = "FILE")]
    pub list: PathBuf,
    /// Where your files lie.
    #[command(flatten)]
    pub place: Place,
    /// How the key is unlocked.
    #[command(flatten)]
    pub unlock: Unlock,
}

/// Arguments of `serve`.
#[derive(Debug, Args)]
pub struct ServeArguments {
    /// The port; 0 takes any that is free.
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// Where your files lie.
    #[command(flatten)]
    pub place: Place,
}

/// Arguments of `destroy`.
#[derive(Debug, Args)]
pub struct DestroyArguments {
    /// The round.
    pub wave: WaveId,
    /// Only the file of the paper, once it is printed.
    #[arg(long)]
    pub only_paper: bool,
    /// Destroy the key although nothing was opened with it: without shares all answers are lost then.
    #[arg(long)]
    pub unopened: bool,
    /// Where your files lie.
    #[command(flatten)]
    pub place: Place,
}
