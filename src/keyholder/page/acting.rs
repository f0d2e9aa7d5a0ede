//! What a form asks for, as the command that a person would type. The page can do nothing that a command cannot.

use std::collections::VecDeque;
use std::path::Path;

use domain::{Language, Moment, WaveId};
use secrecy::SecretString;

use super::http::Form;
use crate::commands::{
    Desk, DestroyArguments, Failure, KeysArguments, OpenArguments, Place, RestoreArguments, SharesCommand, SheetArguments, TestArguments,
    TrusteeCommand, Unlock, run,
};
use crate::share::{ROWS, Scheme};

/// What came of a form.
pub(super) struct Done {
    /// What the command said.
    pub(super) heard: Vec<String>,
    /// Why it stopped, if it did.
    pub(super) refused: Option<String>,
}

/// A desk on which everything that a command asks was typed before.
struct Typed {
    /// What is expected to be asked for, and the answer.
    secrets: VecDeque<(String, SecretString)>,
    answer: String,
    heard: Vec<String>,
    /// What was wrong with what was typed, if a command asked for it again.
    slip: Option<String>,
}

impl Desk for Typed {
    fn say(&mut self, line: &str) {
        self.heard.push(line.to_owned());
    }

    /// The page names its own ways.
    fn hint(&mut self, _: &str) {}

    fn again(&mut self, problem: &str) {
        self.slip = Some(problem.to_owned());
    }

    /// A form is sent once: what a command asks for again, or in another order, is refused with what was wrong before.
    fn secret(&mut self, question: &str) -> Result<SecretString, Failure> {
        match self.secrets.pop_front() {
            Some((expected, secret)) if expected == question && self.slip.is_none() => Ok(secret),
            _ => Err(Failure::BadInput(self.slip.take().unwrap_or_else(|| match question {
                "Row 1" => "more shares are needed than were typed".to_owned(),
                _ => format!("not typed: {question}"),
            }))),
        }
    }

    fn answer(&mut self, _: &str) -> Result<String, Failure> {
        Ok(self.answer.clone())
    }
}

/// Does what a form asks for, in the folder of this page.
pub(super) fn act(form: &Form, folder: &Path, now: Moment) -> Done {
    let mut desk = Typed { secrets: VecDeque::new(), answer: form.get("word").trim().to_lowercase(), heard: Vec::new(), slip: None };
    let refused = command(form, folder, &mut desk).and_then(|command| run(&command, &mut desk, now)).err();
    Done { heard: desk.heard, refused: refused.map(|failure| failure.text().to_owned()) }
}

fn command(form: &Form, folder: &Path, desk: &mut Typed) -> Result<TrusteeCommand, Failure> {
    let place = || Place { folder: folder.to_owned() };
    let wave = || WaveId::parse(form.get("wave").trim()).map_err(|problem| Failure::BadInput(format!("the name of the round: {problem}")));
    let file = |field: &'static str| chosen(form, field, folder);
    Ok(match form.get("do") {
        "keys" => {
            let (kept, shares) = (form.get("kept"), form.get("shares"));
            for question in ["New passphrase, 12 characters or more", "The same once more"] {
                let field = if question.starts_with("New") { "passphrase" } else { "again" };
                desk.secrets.push_back((question.to_owned(), form.get(field).to_owned().into()));
            }
            TrusteeCommand::Keys(KeysArguments {
                wave: wave()?,
                holder: form.get("holder").trim().to_owned(),
                share: scheme(shares)?,
                no_shares: kept == "file",
                only_shares: kept == "shares",
                passphrase_file: None,
                place: place(),
            })
        }
        "check" => TrusteeCommand::Shares(SharesCommand::Check { wave: wave()?, place: place(), unlock: by_shares(form, desk) }),
        "print" => {
            let scheme = scheme(form.get("shares"))?;
            TrusteeCommand::Shares(SharesCommand::Print { wave: wave()?, scheme, place: place(), unlock: unlock(form, desk) })
        }
        "restore" => TrusteeCommand::Restore(RestoreArguments {
            wave: wave()?,
            holder: form.get("holder").trim().to_owned(),
            countersignature: if form.get("countersignature").is_empty() { None } else { Some(file("countersignature")?) },
            place: place(),
            unlock: by_shares(form, desk),
        }),
        "read" => TrusteeCommand::Read(sheet(form, folder, Unlock::default())?),
        "sign" => {
            let unlock = unlock(form, desk);
            TrusteeCommand::Sign(sheet(form, folder, unlock)?)
        }
        "test" => TrusteeCommand::Test(TestArguments {
            sheet: file("sheet")?,
            ballot: if form.get("ballot").is_empty() { None } else { Some(file("ballot")?) },
            make: None,
            place: place(),
            unlock: unlock(form, desk),
        }),
        "open" => {
            TrusteeCommand::Open(OpenArguments { bundle: file("bundle")?, list: file("list")?, place: place(), unlock: unlock(form, desk) })
        }
        "destroy" | "destroy-paper" | "destroy-unopened" => TrusteeCommand::Destroy(DestroyArguments {
            wave: wave()?,
            only_paper: form.get("do") == "destroy-paper",
            unopened: form.get("do") == "destroy-unopened",
            place: place(),
        }),
        _ => return Err(Failure::BadInput("this form asks for nothing that the page knows".to_owned())),
    })
}

fn scheme(text: &str) -> Result<Scheme, Failure> {
    text.parse().map_err(|problem: crate::share::InvalidScheme| Failure::BadInput(problem.to_string()))
}

fn sheet(form: &Form, folder: &Path, unlock: Unlock) -> Result<SheetArguments, Failure> {
    let language = Language::parse("en").map_err(|problem| Failure::BadInput(problem.to_string()))?;
    Ok(SheetArguments { sheet: chosen(form, "sheet", folder)?, language, yes: false, place: Place { folder: folder.to_owned() }, unlock })
}

/// A file of the folder, by its name alone.
fn chosen(form: &Form, field: &'static str, folder: &Path) -> Result<std::path::PathBuf, Failure> {
    let name = Path::new(form.get(field));
    match (name.file_name(), name.components().count()) {
        (Some(own), 1) => Ok(folder.join(own)),
        _ => Err(Failure::BadInput(format!("no file was chosen: put what the operator gave you into {}", folder.display()))),
    }
}

/// By the passphrase, if one was typed, else by shares.
fn unlock(form: &Form, desk: &mut Typed) -> Unlock {
    if form.get("passphrase").is_empty() && form.all("row").any(|row| !row.trim().is_empty()) {
        return by_shares(form, desk);
    }
    desk.secrets.push_back(("Passphrase of the key".to_owned(), form.get("passphrase").to_owned().into()));
    Unlock::default()
}

fn by_shares(form: &Form, desk: &mut Typed) -> Unlock {
    let rows: Vec<&str> = form.all("row").collect();
    for share in rows.chunks(ROWS).filter(|share| share.iter().any(|row| !row.trim().is_empty())) {
        desk.secrets.extend((1..).zip(share).map(|(row, typed)| (format!("Row {row}"), (*typed).to_owned().into())));
    }
    Unlock { shares: true, ..Unlock::default() }
}
