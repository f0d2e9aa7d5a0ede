//! What the page shows: plain HTML, every text escaped, every field with its label.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use domain::WaveId;
use zeroize::Zeroizing;

use super::acting::Done;
use super::http::Answer;
use crate::folder::{Folder, Kind};
use crate::key::PublicHalf;
use crate::printed::escaped;
use crate::record::Record;
use crate::share::ROWS;

const STYLE: &str = include_str!("page.css");
/// How far into a file its format stands.
const HEAD: usize = 256;
/// How many shares can be typed.
const SHARES: usize = 3;

/// What lies in the folder.
#[derive(Default)]
pub(super) struct Files {
    /// Rounds that have a key here.
    pub(super) rounds: Vec<WaveId>,
    sheets: Vec<String>,
    tests: Vec<String>,
    bundles: Vec<String>,
    lists: Vec<String>,
    countersignatures: Vec<String>,
}

impl Files {
    /// Looks through a folder; one that is not there is empty.
    pub(super) fn of(folder: &Path) -> Self {
        let mut files = Self::default();
        let Ok(entries) = fs::read_dir(folder) else { return files };
        let mut names: Vec<String> = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort_unstable();
        for name in names {
            if let Some(round) = name.strip_suffix(".public.json").and_then(|round| WaveId::parse(round).ok()) {
                files.rounds.push(round);
                continue;
            }
            let head = head_of(&folder.join(&name));
            for (format, list) in [
                ("\"candor-sheet/", &mut files.sheets),
                ("\"candor-test-ballot/", &mut files.tests),
                ("\"candor-bundle/", &mut files.bundles),
                ("\"candor-board/", &mut files.lists),
                ("\"candor-countersignature/", &mut files.countersignatures),
            ] {
                if head.contains(format) {
                    list.push(name.clone());
                }
            }
        }
        files
    }
}

/// A path as the person finds it, wherever the page was started.
fn shown(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string()
}

/// The beginning of a file, in which its format stands; nothing for what cannot be read.
fn head_of(path: &Path) -> String {
    let mut head = Vec::with_capacity(HEAD);
    let read = File::open(path).and_then(|file| file.take(HEAD as u64).read_to_end(&mut head));
    if read.is_ok() { String::from_utf8_lossy(&head).into_owned() } else { String::new() }
}

/// A page with a heading.
fn page(title: &str, content: &str) -> Zeroizing<String> {
    Zeroizing::new(format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>{STYLE}</style></head><body><header><p>Candor: key holder</p></header><main><h1>{title}</h1>{content}</main></body></html>\n",
        title = escaped(title)
    ))
}

/// An answer that something is not there or not allowed.
pub(super) fn refused(status: &'static str, text: &str) -> Answer {
    Answer { status, body: page("Nothing was done", &format!("<p>{}</p>", escaped(text))) }
}

/// The last page.
pub(super) fn ended() -> Zeroizing<String> {
    page("This page has ended", "<p>The program that served it has stopped. You can close the window.</p>")
}

/// The first page: the rounds of this folder.
pub(super) fn overview(folder: &Path, files: &Files) -> Zeroizing<String> {
    let mut content = format!(
        "<p>Everything that is done here stays on this machine, in the folder <strong>{}</strong>. Put there what the operator gives you; hand out only what \
         this page names.</p>",
        escaped(&shown(folder))
    );
    if !files.rounds.is_empty() {
        content.push_str("<section><h2>Your rounds</h2><ul>");
        for round in &files.rounds {
            let name = escaped(round.as_str());
            let _ = write!(content, "<li><a href=\"{name}/\">{name}</a>: {}</li>", stands(folder, round));
        }
        content.push_str("</ul></section>");
    }
    let open = if files.rounds.is_empty() { " open" } else { "" };
    let _ = write!(
        content,
        "<details{open}><summary>Make the keys of a round</summary><form method=\"post\" action=\"do\">{what}{wave}{holder}\
         <label for=\"kept\">What keeps the key</label><select id=\"kept\" name=\"kept\"><option value=\"both\">a file under a passphrase, and shares on \
         paper</option><option value=\"shares\">only shares on paper: nobody opens alone</option><option value=\"file\">only a file: lose it, and the \
         answers are lost</option></select>{shares}\
         <label for=\"passphrase\">Passphrase, 12 characters or more</label><input id=\"passphrase\" name=\"passphrase\" type=\"password\" \
         autocomplete=\"new-password\"><label for=\"again\">The same once more</label><input id=\"again\" name=\"again\" type=\"password\" \
         autocomplete=\"new-password\"><p class=\"hint\">Leave both empty where there is no file.</p><button>Make the keys</button></form></details>",
        what = hidden("do", "keys"),
        wave = text("keys", "wave", "Name of the round, as the operator calls it: 2026-q4"),
        holder = text("keys", "holder", "Who holds the key, as everybody will read it: Works council, Vera Albers"),
        shares = scheme("keys"),
    );
    let _ = write!(
        content,
        "<details><summary>The machine of a round is lost</summary><form method=\"post\" action=\"do\">{what}{wave}{holder}{countersignature}{rows}\
         <button>Make its files anew</button></form></details>\
         <form method=\"post\" action=\"end\"><button>End this page</button></form>",
        what = hidden("do", "restore"),
        wave = text("lost", "wave", "Name of the round"),
        holder = text("lost", "holder", "Who holds the key, exactly as on the paper"),
        countersignature = select("lost", "countersignature", "The countersignature, if you gave one", &files.countersignatures, true),
        rows = rows("lost"),
    );
    page("Your keys", &content)
}

/// Where a round stands, in a sentence.
fn stands(folder: &Path, wave: &WaveId) -> &'static str {
    match record_of(folder, wave) {
        None => "its record is missing",
        Some(Record { destroyed: Some(_), .. }) => "its key is destroyed",
        Some(Record { opened: Some(_), .. }) => "opened; the key is to be destroyed once the result is published",
        Some(Record { signed: Some(_), .. }) => "signed; it is opened when the objections are over",
        Some(_) => "keys are made; the promise sheet is not signed yet",
    }
}

fn record_of(folder: &Path, wave: &WaveId) -> Option<Record> {
    Record::from_json(&Folder::new(folder.to_owned()).read(wave, Kind::Record).ok()??).ok()
}

/// The page of a round, in the order of its life.
pub(super) fn round(folder: &Path, wave: &WaveId, files: &Files) -> Zeroizing<String> {
    let own = Folder::new(folder.to_owned());
    let public = own.read(wave, Kind::Public).ok().flatten().and_then(|bytes| PublicHalf::from_json(&bytes).ok());
    let mut content = String::from("<p><a href=\"../\">All rounds</a></p>");
    let _ = write!(content, "<p>{}: {}.</p>", escaped(wave.as_str()), stands(folder, wave));
    if let Some(public) = &public {
        let _ = write!(
            content,
            "<section><h2>The key</h2><p>Held by {}. Fingerprint in words: <span class=\"words\">{}</span></p><p>For the operator: <strong>{}</strong></p>\
             </section>",
            escaped(&public.holder),
            public.words(),
            escaped(&shown(&own.path(wave, Kind::Public)))
        );
    }
    let begin = |what: &str| format!("<form method=\"post\" action=\"../do\">{}{}", hidden("do", what), hidden("wave", wave.as_str()));
    if own.path(wave, Kind::Ceremony).exists() {
        let _ = write!(
            content,
            "<section><h2>1. Print the paper and hand out the shares</h2><p><a href=\"paper\">Open the paper</a>, print it, and try two shares below before \
             you destroy its file.</p>{}<button>Destroy the file of the paper</button></form></section>",
            begin("destroy-paper")
        );
    }
    let _ = write!(
        content,
        "<details><summary>Try shares</summary>{}{}<button>Try</button></form></details>\
         <details><summary>Print new shares</summary>{}{}{}<button>Make new shares</button></form></details>",
        begin("check"),
        rows("check"),
        begin("print"),
        scheme("print"),
        unlock("print"),
    );
    let _ = write!(
        content,
        "<section><h2>2. Read and sign the promise sheet</h2>{}{}<button>Read it in plain words</button></form></section>\
         <details><summary>Open a test that somebody sealed</summary>{}{}{}{}<button>Open the test</button></form></details>\
         <details><summary>Sign it, once you have read it</summary>{}{}{}\
         <label for=\"word\">Type <em>sign</em></label><input id=\"word\" name=\"word\" autocomplete=\"off\"><button>Sign</button></form></details>",
        begin("read"),
        select("read", "sheet", "Draft promise sheet", &files.sheets, false),
        begin("test"),
        select("test", "sheet", "Draft promise sheet", &files.sheets, false),
        select("test", "ballot", "Test; without one, the page seals one itself", &files.tests, true),
        unlock("test"),
        begin("sign"),
        select("sign", "sheet", "Draft promise sheet", &files.sheets, false),
        unlock("sign"),
    );
    let _ = write!(
        content,
        "<section><h2>3. Open all answers</h2><p>Fetch the list of counted answers yourself, from the survey page: …/w/{name}/board. Take the bundle from the \
         operator.</p>{}{}{}{}<button>Open, compute and sign</button></form></section>\
         <section><h2>4. Destroy the key</h2><p>Once the result is published. The shares are for you to burn.</p>{}<button>Destroy the key</button></form>\
         </section><details><summary>The round ended without a result</summary>{}<label for=\"destroy\">Type <em>destroy</em></label>\
         <input id=\"destroy\" name=\"word\" autocomplete=\"off\"><button>Destroy the unused key</button></form></details>",
        begin("open"),
        select("open", "bundle", "Bundle of sealed answers", &files.bundles, false),
        select("open", "list", "List of counted answers", &files.lists, false),
        unlock("open"),
        begin("destroy"),
        begin("destroy-unopened"),
        name = escaped(wave.as_str()),
    );
    page(&format!("Round {wave}"), &content)
}

/// What a form came to.
pub(super) fn done(done: &Done, wave: &str) -> Zeroizing<String> {
    let mut content = String::new();
    if let Some(reason) = &done.refused {
        let _ = write!(content, "<section class=\"refused\" role=\"alert\"><h2>Not done</h2><p>{}</p></section>", escaped(reason));
    }
    if !done.heard.is_empty() {
        content.push_str("<section>");
        let mut listing = false;
        for (place, line) in done.heard.iter().enumerate() {
            let item = line.starts_with("  ");
            let heads = done.heard.get(place + 1).is_some_and(|next| next.starts_with("  ")) && !item;
            if listing != item {
                content.push_str(if item { "<ul>" } else { "</ul>" });
                listing = item;
            }
            let tag = if item {
                "li"
            } else if heads {
                "h2"
            } else {
                "p"
            };
            let _ = write!(content, "<{tag}>{}</{tag}>", escaped(line.trim()));
        }
        content.push_str(if listing { "</ul></section>" } else { "</section>" });
    }
    let back = if WaveId::parse(wave).is_ok() && done.refused.is_none() { format!("{}/", escaped(wave)) } else { String::from("./") };
    let _ = write!(content, "<p><a href=\"{back}\">Go on</a></p>");
    page(if done.refused.is_some() { "Nothing was done" } else { "Done" }, &content)
}

fn hidden(name: &str, value: &str) -> String {
    format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escaped(value))
}

fn text(of: &str, name: &str, label: &str) -> String {
    format!("<label for=\"{of}-{name}\">{label}</label><input id=\"{of}-{name}\" name=\"{name}\" autocomplete=\"off\" required>")
}

fn scheme(of: &str) -> String {
    format!(
        "<label for=\"{of}-shares\">How many shares give the key back, and how many there are</label><select id=\"{of}-shares\" name=\"shares\">\
         <option>2-of-3</option><option>3-of-5</option><option>2-of-2</option></select>"
    )
}

fn select(of: &str, name: &str, label: &str, files: &[String], may_be_none: bool) -> String {
    let mut select = format!("<label for=\"{of}-{name}\">{label}</label><select id=\"{of}-{name}\" name=\"{name}\">");
    if may_be_none || files.is_empty() {
        select.push_str("<option value=\"\">none</option>");
    }
    for file in files {
        let _ = write!(select, "<option>{}</option>", escaped(file));
    }
    select.push_str("</select>");
    select
}

fn unlock(of: &str) -> String {
    format!(
        "<label for=\"{of}-passphrase\">Passphrase of the key</label><input id=\"{of}-passphrase\" name=\"passphrase\" type=\"password\" \
         autocomplete=\"current-password\"><details><summary>Shares instead of the passphrase</summary>{}</details>",
        rows(of)
    )
}

/// Fields for shares. They are shown while they are typed into, because a row that nobody sees is hard to type; nothing of them is kept.
fn rows(of: &str) -> String {
    let mut rows = String::new();
    for share in 1..=SHARES {
        let _ = write!(rows, "<fieldset><legend>Share {share}{}</legend>", if share > 2 { ", where three are needed" } else { "" });
        for row in 1..=ROWS {
            let _ = write!(
                rows,
                "<label for=\"{of}-{share}-{row}\">Row {row}</label><input class=\"row\" id=\"{of}-{share}-{row}\" name=\"row\" autocomplete=\"off\" \
                 autocapitalize=\"characters\" spellcheck=\"false\">"
            );
        }
        rows.push_str("</fieldset>");
    }
    rows
}
