//! Lists the words of reports: the languages that reports speak are the files `words/report.<language>.ftl`, and nothing else names them.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io::{Error, Result};
use std::path::Path;

/// From the folder of the package.
const FOLDER: &str = "words";

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed={FOLDER}");
    let variable = |name: &str| env::var_os(name).ok_or_else(|| Error::other(format!("{name} is not set")));
    let (package, out) = (variable("CARGO_MANIFEST_DIR")?, variable("OUT_DIR")?);
    let mut languages = Vec::new();
    for file in fs::read_dir(Path::new(&package).join(FOLDER))? {
        let name = file?.file_name().to_string_lossy().into_owned();
        languages.extend(name.strip_prefix("report.").and_then(|rest| rest.strip_suffix(".ftl")).map(str::to_owned));
    }
    // English first, which stands in for every language that is missing; then by code, so that every machine builds the same.
    languages.sort_by_key(|language| (language != "en", language.clone()));
    let mut list = String::from("&[\n");
    for language in languages {
        let file = format!("concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{FOLDER}/report.{language}.ftl\")");
        writeln!(list, "    ({language:?}, include_str!({file})),").map_err(Error::other)?;
    }
    list.push_str("]\n");
    fs::write(Path::new(&out).join("report_languages.rs"), list)
}
