//! What the page shows: plain HTML, every text escaped, every field with its label.

use std::fmt::Display;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use domain::WaveId;
use zeroize::Zeroizing;

use super::acting::Done;
use super::fields::{Fields, hidden};
use super::html::{Html, html};
use super::http::{Answer, Form};
use crate::folder::{Folder, Kind};
use crate::key::PublicHalf;
use crate::printed::escaped;
use crate::record::Record;

const STYLE: &str = include_str!("page.css");
/// How far into a file its format stands.
const HEAD: usize = 256;

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
fn page(title: &str, content: impl Display) -> Zeroizing<String> {
    html!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>{STYLE}</style></head><body><header><p>Candor: key holder</p></header><main><h1>{title}</h1>{content}</main></body></html>\n",
        title = escaped(title)
    )
    .into_page()
}

/// An answer that something is not there or not allowed.
pub(super) fn refused(status: &'static str, text: &str) -> Answer {
    Answer { status, body: page("Nothing was done", html!("<p>{}</p>", escaped(text))) }
}

/// The last page.
pub(super) fn ended() -> Zeroizing<String> {
    page("This page has ended", "<p>The program that served it has stopped. You can close the window.</p>")
}

/// A form that was refused: why, and what was typed into it.
#[derive(Clone, Copy)]
pub(super) struct Refused<'a> {
    pub(super) form: &'a Form,
    pub(super) done: &'a Done,
}

impl Refused<'_> {
    /// Stands first on the page that shows the form again.
    fn notice(&self) -> Html {
        let reason = self.done.refused.as_deref().unwrap_or_default();
        let heard = match self.done.heard.as_slice() {
            [] => Html::default(),
            lines => html!("<details><summary>What was read before</summary>{}</details>", heard(lines)),
        };
        html!("<section class=\"refused\" role=\"alert\"><h2>Not done</h2><p>{}</p>{heard}</section>", escaped(&sentence(reason)))
    }
}

/// A reason as a sentence of its own; commands say it behind the name of the program.
fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let end = if reason.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

/// The first page: the rounds of this folder.
pub(super) fn overview(folder: &Path, files: &Files, refused: Option<Refused<'_>>) -> Zeroizing<String> {
    let mut content = refused.as_ref().map(Refused::notice).unwrap_or_default();
    let typed = refused.map(|refused| refused.form);
    write!(
        content,
        "<p>Everything that is done here stays on this machine, in the folder <strong>{}</strong>. Put there what the operator gives you; hand out only what \
         this page names.</p>",
        escaped(&shown(folder))
    );
    if !files.rounds.is_empty() {
        content.add("<section><h2>Your rounds</h2><ul>");
        for round in &files.rounds {
            let name = escaped(round.as_str());
            write!(content, "<li><a href=\"{name}/\">{name}</a>: {}</li>", stands(folder, round));
        }
        content.add("</ul></section>");
    }
    let (keys, restore) = (Fields::of("keys", typed), Fields::of("restore", typed));
    let kept = [("both", "a file and shares on paper"), ("shares", "only shares on paper"), ("file", "only a file")];
    write!(
        content,
        "<details{open}><summary>Make the keys of a round</summary>{form}{wave}{holder}{kept}\
         <p class=\"hint\">With shares alone nobody opens alone. A file lies under a passphrase; where it is all there is and gets lost, so do the answers.</p>\
         {shares}{passphrase}{again}\
         <p class=\"hint\">Leave both empty where there is no file.</p><button>Make the keys</button></form></details>",
        open = if files.rounds.is_empty() && typed.is_none() { " open" } else { keys.open() },
        form = keys.form("do"),
        wave = keys.text("wave", "Name of the round, as the operator calls it: 2026-q4"),
        holder = keys.text("holder", "Who holds the key, as everybody will read it: Works council, Vera Albers"),
        kept = keys.choice("kept", "What keeps the key", &kept),
        shares = keys.scheme(),
        passphrase = keys.secret("passphrase", "Passphrase, 12 characters or more", "new-password"),
        again = keys.secret("again", "The same once more", "new-password"),
    );
    write!(
        content,
        "<details{open}><summary>The machine of a round is lost</summary>{form}{wave}{holder}{countersignature}{rows}\
         <button>Make its files anew</button></form></details>\
         <form method=\"post\" action=\"end\"><button>End this page</button></form>",
        open = restore.open(),
        form = restore.form("do"),
        wave = restore.text("wave", "Name of the round"),
        holder = restore.text("holder", "Who holds the key, exactly as on the paper"),
        countersignature =
            restore.file("countersignature", "The countersignature, if you gave one", &files.countersignatures, Some("none was given")),
        rows = restore.rows(),
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
pub(super) fn round(folder: &Path, wave: &WaveId, files: &Files, refused: Option<Refused<'_>>) -> Zeroizing<String> {
    let own = Folder::new(folder.to_owned());
    let public = own.read(wave, Kind::Public).ok().flatten().and_then(|bytes| PublicHalf::from_json(&bytes).ok());
    let mut content = refused.as_ref().map(Refused::notice).unwrap_or_default();
    let typed = refused.map(|refused| refused.form);
    write!(content, "<p><a href=\"../\">All rounds</a></p><p>{}: {}.</p>", escaped(wave.as_str()), stands(folder, wave));
    if let Some(public) = &public {
        write!(
            content,
            "<section><h2>The key</h2><p>Held by {}. Fingerprint in words: <span class=\"words\">{}</span></p><p>For the operator: <strong>{}</strong></p>\
             </section>",
            escaped(&public.holder),
            public.words(),
            escaped(&shown(&own.path(wave, Kind::Public)))
        );
    }
    let fields = |what| Fields::of(what, typed);
    let begin = |fields: Fields<'_>| html!("{}{}", fields.form("do"), hidden("wave", wave.as_str()));
    /// A form that is folded until it is needed.
    fn folded(fields: Fields<'_>, summary: &str, form: &Html) -> Html {
        html!("<details{}><summary>{summary}</summary>{form}</form></details>", fields.open())
    }
    if own.path(wave, Kind::Ceremony).exists() {
        let paper = fields("destroy-paper");
        write!(
            content,
            "<section><h2>1. Print the paper and hand out the shares</h2><p><a href=\"paper\">Open the paper</a>, print it, and try two shares below before \
             you destroy its file.</p></section>{}",
            folded(
                paper,
                "The paper is printed, and two shares were tried",
                &html!("{}<button>Destroy the file of the paper</button>", begin(paper))
            )
        );
    }
    let (check, print) = (fields("check"), fields("print"));
    content.add(folded(check, "Try shares", &html!("{}{}<button>Try</button>", begin(check), check.rows())));
    let new_shares = html!("{}{}{}<button>Make new shares</button>", begin(print), print.scheme(), print.unlock());
    content.add(folded(print, "Print new shares", &new_shares));

    let sheet = |fields: Fields<'_>| fields.file("sheet", "Draft promise sheet", &files.sheets, None);
    let (read, test, sign) = (fields("read"), fields("test"), fields("sign"));
    write!(
        content,
        "<section><h2>2. Read and sign the promise sheet</h2>{}{}<button>Read it in plain words</button></form></section>{}{}",
        begin(read),
        sheet(read),
        folded(
            test,
            "Open a test that somebody sealed",
            &html!(
                "{}{}{}{}<button>Open the test</button>",
                begin(test),
                sheet(test),
                test.file("ballot", "Test", &files.tests, Some("none: the page seals one itself")),
                test.unlock()
            )
        ),
        folded(
            sign,
            "Sign it, once you have read it",
            &html!("{}{}{}{}<button>Sign</button>", begin(sign), sheet(sign), sign.unlock(), sign.word("sign"))
        ),
    );
    let (open, destroy, unopened) = (fields("open"), fields("destroy"), fields("destroy-unopened"));
    write!(
        content,
        "<section><h2>3. Open all answers</h2><p>Fetch the list of counted answers yourself, from the survey page: …/w/{name}/board. Take the bundle from the \
         operator.</p>{}{}{}{}<button>Open, compute and sign</button></form></section>\
         <section><h2>4. Destroy the key</h2><p>Once the result is published. The shares are for you to burn.</p></section>{}{}",
        begin(open),
        open.file("bundle", "Bundle of sealed answers", &files.bundles, None),
        open.file("list", "List of counted answers", &files.lists, None),
        open.unlock(),
        folded(destroy, "The result is published", &html!("{}<button>Destroy the key</button>", begin(destroy))),
        folded(
            unopened,
            "The round ended without a result",
            &html!("{}{}<button>Destroy the unused key</button>", begin(unopened), unopened.word("destroy"))
        ),
        name = escaped(wave.as_str()),
    );
    page(&format!("Round {wave}"), &content)
}

/// What a form came to; `back` is the address of what follows.
pub(super) fn done(done: &Done, back: &str) -> Zeroizing<String> {
    page("Done", html!("<section>{}</section><p><a href=\"{}\">Go on</a></p>", heard(&done.heard), escaped(back)))
}

/// What a command said: lines, and lists under the line that heads them.
fn heard(lines: &[String]) -> Html {
    let mut content = Html::default();
    let mut listing = false;
    for (place, line) in lines.iter().enumerate() {
        let item = line.starts_with("  ");
        let heads = lines.get(place + 1).is_some_and(|next| next.starts_with("  ")) && !item;
        if listing != item {
            content.add(if item { "<ul>" } else { "</ul>" });
            listing = item;
        }
        let tag = if item {
            "li"
        } else if heads {
            "h2"
        } else {
            "p"
        };
        write!(content, "<{tag}>{}</{tag}>", escaped(line.trim()));
    }
    content.add(if listing { "</ul>" } else { "" });
    content
}
