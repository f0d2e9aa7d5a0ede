//! Lists what there is one file of per language: the texts of mails and of the console, `words/mail.<language>.ftl` and `words/console.<language>.ftl`, and
//! the words of the survey page as the client's build makes them. Nothing else names these languages.

use std::env;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::io::{Error, Result};
use std::path::Path;

/// The texts of mails and of the console, the survey page's words, and what these are made from, in which mails find the sentences of the promise; from the
/// folder of the package.
const FOLDERS: [&str; 4] = ["src/app/words", "src/client/dist/words", "src/client/dist/later", "src/client/words"];

fn main() -> Result<()> {
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
    }
    let [mails, page, later, sentences] = FOLDERS;
    write_list("mail_languages.rs", "include_str", mails, "mail.", ".ftl")?;
    write_list("console_languages.rs", "include_str", mails, "console.", ".ftl")?;
    write_list("promise_words.rs", "include_str", sentences, "", ".json")?;
    write_list("client_words.rs", "include_bytes", page, "", ".json")?;
    write_list("client_later_words.rs", "include_bytes", later, "", ".json")
}

/// Writes a list of every language with its file as an expression of Rust: English first, which stands in for every language that is missing; then by
/// code, so that every machine builds the same.
fn write_list(name: &str, include: &str, folder: &str, before: &str, after: &str) -> Result<()> {
    let mut languages = Vec::new();
    for file in fs::read_dir(Path::new(&variable("CARGO_MANIFEST_DIR")?).join(folder))? {
        let name = file?.file_name().to_string_lossy().into_owned();
        languages.extend(name.strip_prefix(before).and_then(|rest| rest.strip_suffix(after)).map(str::to_owned));
    }
    languages.sort_by_key(|language| (language != "en", language.clone()));
    let mut list = String::from("&[\n");
    for language in languages {
        let file = format!("concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{folder}/{before}{language}{after}\")");
        writeln!(list, "    ({language:?}, {include}!({file})),").map_err(Error::other)?;
    }
    list.push_str("]\n");
    fs::write(Path::new(&variable("OUT_DIR")?).join(name), list)
}

fn variable(name: &str) -> Result<OsString> {
    env::var_os(name).ok_or_else(|| Error::other(format!("{name} is not set")))
}
