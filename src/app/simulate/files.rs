//! What a simulated round leaves on disk: every document, page, chart and list that a real one would give to anybody.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use askama::Template;
use disclosure::BlockId;
use domain::roster::Roster;
use domain::{PersonId, TeamLabel};
use release::audit_file::{AuditFile, Audited, audit_file};
use release::reading::{BlockReport, PastWave, Published, PublishedWave, ReadingProblem, read_blocks};
use reports::{Readable, table};

use super::organisation::staff_list;
use super::round::{Round, text};
use crate::console::stylesheet;
use crate::lifecycle::portion::{Own, own_result};

/// A page that stands for itself.
#[derive(Template)]
#[template(path = "simulated.html")]
struct Page<'a> {
    title: &'a str,
    /// HTML of the reports room, which escapes what it prints.
    body: &'a str,
}

/// A folder that is being filled.
pub(super) struct Folder(PathBuf);

impl Folder {
    /// Makes a folder.
    ///
    /// # Errors
    /// What the file system says.
    pub(super) fn make(path: PathBuf) -> Result<Self, String> {
        fs::create_dir(&path).map_err(|e| format!("cannot make {}: {e}", path.display()))?;
        Ok(Self(path))
    }

    /// An existing folder.
    pub(super) fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// A folder in this one.
    ///
    /// # Errors
    /// As [`Self::make`].
    pub(super) fn below(&self, name: &str) -> Result<Self, String> {
        Self::make(self.0.join(name))
    }

    /// Writes a file that is not there yet.
    ///
    /// # Errors
    /// What the file system says.
    pub(super) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> Result<(), String> {
        let path = self.0.join(name);
        fs::write(&path, content).map_err(|e| format!("cannot write {}: {e}", path.display()))
    }
}

/// The style sheet beside the rounds' folders, to which all pages refer.
pub(super) fn write_style(folder: &Folder) -> Result<(), String> {
    folder.write("style.css", stylesheet::css())
}

/// The documents of a round: what is frozen at its launch, at its close and at its publication.
pub(super) fn write_documents(folder: &Folder, round: &Round, roster: &Roster) -> Result<(), String> {
    folder.write("manifest.json", round.manifest.bytes())?;
    folder.write("groups.json", round.groups.to_json().map_err(text)?)?;
    folder.write("questionnaire.json", &round.questionnaire)?;
    folder.write("board.json", serde_json::to_vec(&round.board).map_err(text)?)?;
    folder.write("release.json", &round.opening.release_bytes)?;
    folder.write("release.json.sha256", format!("{}  release.json\n", round.opening.sha256.to_text()))?;
    folder.write("release.json.signature", format!("{}\n", round.signature.to_text()))?;
    let checks: Vec<String> = round.opening.checks.iter().map(|check| format!("{}: {}\n", check.what, check.found)).collect();
    folder.write("checks.txt", checks.concat())?;
    folder.write("staff.csv", staff_list(roster))
}

/// The pages of the latest round: HR's, and those of at most `most` leaders, evenly spread over the staff list. How many leaders there are,
/// and how many pages of theirs were written.
pub(super) fn write_pages(folder: &Folder, past: &[PastWave], roster: &Roster, most: usize) -> Result<(usize, usize), String> {
    let Some(PastWave::Published(latest)) = past.last() else { return Ok((0, 0)) };
    let charts = Pictures { pages: folder.below("pages")?, charts: folder.below("charts")? };
    let wave = &latest.release.wave;
    if latest.release.base.blocks.is_empty() {
        return Ok((0, 0));
    }
    let words = reports::Words::english().map_err(text)?;
    // Nobody hides a comment of a simulated round.
    charts.write("organisation", &format!("Organisation, {wave}"), &reports::organisation_page(words, past, None).map_err(text)?)?;
    let reports: BTreeMap<BlockId, Published<BlockReport>> =
        read_blocks(past).map_err(text)?.into_iter().map(|report| (report.block, report)).collect();
    let mut led: BTreeMap<&PersonId, BTreeSet<TeamLabel>> = BTreeMap::new();
    for (team, leaders) in &roster.teams {
        for leader in leaders {
            led.entry(leader).or_default().insert(team.clone());
        }
    }
    let mut written = 0;
    for (leader, teams) in sample(&led, most) {
        if let Own::Report(body) = own_result(words, past, latest, teams, |block| known(&reports, latest, block)).map_err(text)? {
            charts.write(&format!("leader-{leader}"), &format!("Your team, {wave}"), &body)?;
            written += 1;
        }
    }
    Ok((led.len(), written))
}

/// The latest round as a table, and as a file that a stranger's program can check.
pub(super) fn write_tables(folder: &Folder, past: &[PastWave], roster: &Roster) -> Result<(), String> {
    let Some(PastWave::Published(latest)) = past.last() else { return Ok(()) };
    if !latest.release.base.blocks.is_empty() {
        folder.write("table.csv", table(past, Readable::All).map_err(text)?)?;
    }
    write_audit(folder, [(latest.as_ref(), roster)]).map(drop)
}

/// The audit file of some rounds, with the ids of everybody on their staff lists.
pub(super) fn write_audit<'a>(
    folder: &Folder,
    rounds: impl IntoIterator<Item = (&'a PublishedWave, &'a Roster)>,
) -> Result<AuditFile, String> {
    let audited: Vec<Audited<'_>> = rounds.into_iter().map(|(wave, roster)| Audited { wave, roster: Some(roster) }).collect();
    let file = audit_file(&audited).map_err(text)?;
    folder.write("audit.json", file.to_json().map_err(text)?)?;
    Ok(file)
}

/// What `reading::read_block` gives, from the reports of all blocks.
fn known(
    reports: &BTreeMap<BlockId, Published<BlockReport>>,
    latest: &PublishedWave,
    block: BlockId,
) -> Result<Published<BlockReport>, ReadingProblem> {
    reports.get(&block).cloned().ok_or_else(|| ReadingProblem::UnknownBlock { wave: latest.release.wave.clone(), block })
}

/// At most so many entries, evenly spread.
fn sample<K, V>(entries: &BTreeMap<K, V>, most: usize) -> impl Iterator<Item = (&K, &V)> {
    let all = entries.len();
    let taken = move |place: usize| most >= all || (place * most) / all != ((place + 1) * most) / all;
    entries.iter().enumerate().filter(move |(place, _)| taken(*place)).map(|(_, entry)| entry)
}

/// Where pages go, and every chart in them once more as a file of its own.
struct Pictures {
    pages: Folder,
    charts: Folder,
}

impl Pictures {
    fn write(&self, name: &str, title: &str, body: &str) -> Result<(), String> {
        self.pages.write(&format!("{name}.html"), Page { title, body }.render().map_err(text)?)?;
        let mut rest = body;
        let mut number = 0;
        while let Some((chart, behind)) = rest.split_once("<svg class=\"chart\"").and_then(|(_, chart)| chart.split_once("</svg>")) {
            number += 1;
            self.charts.write(&format!("{name}-{number}.svg"), format!("<svg class=\"chart\"{chart}</svg>\n"))?;
            rest = behind;
        }
        Ok(())
    }
}
