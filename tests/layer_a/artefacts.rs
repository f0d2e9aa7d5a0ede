//! Everything that is published of a round, by name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use disclosure::{Base, Member};
use domain::{QuestionId, TeamLabel, UnitPath};
use protocol::Sha256Digest;
use release::audit_file::{Audited, audit_file};
use release::opening::open;
use release::reading::{FrozenWave, PastWave, PublishedWave, ReadingProblem, read_block, read_organisation, read_total};
use release::{CommentPool, Org, Release};
use reports::{Readable, Share};

use crate::round::{Round, Sealed};

/// Everything that is published of a round.
#[derive(Clone)]
pub(crate) struct Published {
    /// The plan and the cells.
    pub(crate) base: Base,
    /// The constants of the whole organisation.
    pub(crate) org: Org,
    questions: Vec<QuestionId>,
    comments: Vec<CommentPool>,
    artefacts: BTreeMap<String, Vec<u8>>,
}

impl Published {
    /// Opens and renders a round; `org` is that of the round that it will be compared with.
    pub(crate) fn of(round: &Round, compared: Option<&Self>) -> Self {
        let sealed = round.sealed("2026-q4", true);
        let mut release = open(&sealed.bundle, &sealed.box_key).unwrap().release;
        if let Some(compared) = compared {
            release.org = compared.org.clone();
        }
        let latest = published(sealed, release);
        let Release { base, org, comments, .. } = latest.release.clone();
        let questions = latest.instrument.comments.iter().map(|question| question.id.clone()).collect();
        Self { base, org, questions, comments, artefacts: artefacts(latest) }
    }

    /// The comments that are shown together, with the place of their question.
    pub(crate) fn pools(&self) -> impl Iterator<Item = (usize, &CommentPool)> {
        let place = |pool: &CommentPool| self.questions.iter().position(|question| *question == pool.question).unwrap();
        self.comments.iter().map(move |pool| (place(pool), pool))
    }

    /// The same with a leak at the end of a page.
    pub(crate) fn with(&self, leak: &str) -> Self {
        let mut leaking = self.clone();
        leaking.artefacts.entry("organisation.html".to_owned()).or_default().extend(leak.bytes());
        leaking
    }

    /// Whether a text stands in HR's page, and in that of some leader.
    pub(crate) fn is_read_by_hr_and_a_leader(&self, text: &str) -> bool {
        let holds = |page: &[u8]| String::from_utf8_lossy(page).contains(text);
        let mut leaders = self.artefacts.iter().filter(|(name, _)| name.ends_with(".html") && *name != "organisation.html");
        self.artefacts.get("organisation.html").is_some_and(|page| holds(page)) && leaders.any(|(_, page)| holds(page))
    }

    /// The name of the first thing that differs, and where.
    pub(crate) fn first_difference(&self, other: &Self) -> Option<String> {
        if self.artefacts.keys().ne(other.artefacts.keys()) {
            return Some("other things are published".to_owned());
        }
        let mut pairs = self.artefacts.iter().zip(other.artefacts.values());
        pairs.find(|((_, before), after)| before != after).map(|((name, before), after)| {
            let place = before.iter().zip(after).position(|(a, b)| a != b).unwrap_or_else(|| before.len().min(after.len()));
            let around =
                |bytes: &[u8]| String::from_utf8_lossy(&bytes[place.saturating_sub(60)..(place + 60).min(bytes.len())]).into_owned();
            format!("{name}, byte {place}: {:?} became {:?}", around(before), around(after))
        })
    }
}

/// What was published a quarter earlier: another round of the same people.
static EARLIER: LazyLock<PublishedWave> = LazyLock::new(|| {
    let sealed = Round::random(u64::MAX).sealed("2026-q3", false);
    let release = open(&sealed.bundle, &sealed.box_key).unwrap().release;
    published(sealed, release)
});

/// Everything by name, as files and as the pages of everybody who may read one.
fn artefacts(latest: PublishedWave) -> BTreeMap<String, Vec<u8>> {
    let words = reports::Words::english().unwrap();
    let mut all = BTreeMap::new();
    all.insert("release.json".to_owned(), serde_json::to_vec(&latest.release).unwrap());
    let past = [PastWave::Published(Box::new(EARLIER.clone())), PastWave::Published(Box::new(latest.clone()))];
    if !latest.release.base.blocks.is_empty() {
        all.insert("organisation.html".to_owned(), reports::organisation_page(words, &past, Some("/comments")).unwrap().into_bytes());
        all.insert("organisation.json".to_owned(), serde_json::to_vec(&read_organisation(&past).unwrap()).unwrap());
    }
    for block in &latest.release.base.blocks {
        let mut page = |name: String, led: &BTreeSet<TeamLabel>| {
            let own = reports::leader_page(words, &past, Share { blocks: &[block.id], units: &[] }, led, |block| read_block(&past, block))
                .unwrap();
            all.insert(name, own.into_bytes());
        };
        page(format!("block {}.html", block.id.0), &BTreeSet::new());
        // As the leaders of each of its groups read it.
        for leaf in latest.groups.iter().filter(|leaf| block.members.contains(&Member::Group(leaf.group))) {
            page(format!("{}.html", leaf.label), &leaf.teams.iter().map(|team| team.label.clone()).collect());
        }
    }
    let units: BTreeSet<&UnitPath> = latest.groups.iter().map(|leaf| &leaf.unit).collect();
    for unit in units {
        match read_total(&past, unit) {
            Ok(read) => {
                all.insert(format!("unit {unit:?}.html"), reports::unit_section(words, &latest, &read).unwrap().into_bytes());
            }
            Err(ReadingProblem::NothingWithin { .. }) => {}
            Err(problem) => panic!("{problem}"),
        }
    }
    all.insert("table.csv".to_owned(), reports::table(&past, Readable::All).unwrap());
    let past: Vec<&PublishedWave> =
        past.iter().filter_map(|wave| if let PastWave::Published(wave) = wave { Some(&**wave) } else { None }).collect();
    let audited: Vec<Audited<'_>> = past.into_iter().map(|wave| Audited { wave, roster: None }).collect();
    all.insert("audit.json".to_owned(), audit_file(&audited).unwrap().to_json().unwrap());
    let charts: Vec<(String, Vec<u8>)> = all.iter().flat_map(|(name, page)| charts_of(name, page)).collect();
    all.extend(charts);
    all
}

/// The charts of a page, as files of their own.
fn charts_of(name: &str, page: &[u8]) -> Vec<(String, Vec<u8>)> {
    let text = String::from_utf8_lossy(page);
    let svg = |(number, part): (usize, &str)| {
        let end = part.find("</svg>").unwrap();
        (format!("{name} chart {number}.svg"), format!("<svg{}</svg>", &part[..end]).into_bytes())
    };
    text.split("<svg").skip(1).enumerate().map(svg).collect()
}

fn published(sealed: Sealed, release: Release) -> PublishedWave {
    let bytes = serde_json::to_vec(&release).unwrap();
    let frozen = FrozenWave {
        wave: release.wave,
        manifest: sealed.bundle.manifest,
        groups: sealed.bundle.groups,
        instrument: sealed.bundle.instrument,
        sha256: Sha256Digest::of(&bytes),
        signature: sealed.board_key.sign_release(&sealed.manifest.hash(), &bytes),
        release: bytes,
        vouched: None,
        notices: Vec::new(),
    };
    frozen.check().unwrap()
}
