//! The door to what was published: frozen bytes in, checked documents out.
//!
//! Everything that pages, charts and files are made from is a [`Published`] value, and this module alone makes the first one: from
//! the bytes that were signed when the wave was published. There is no other way in, because the field of [`Published`] is private
//! to the reading; whoever holds one cannot put anything else into it.

use std::collections::BTreeSet;
use std::ops::Deref;

use domain::instrument::Instrument;
use domain::{Day, GroupLeaf, QuestionId, WaveId};
use protocol::groups::GroupListProblem;
use protocol::manifest::Mode;
use protocol::notice::{Notice, NoticeProblem, Says, SignedNotice};
use protocol::{BoardSignature, FrozenManifest, GroupList, Manifest, ManifestProblem, Sha256Digest, VouchProblem, Vouched};
use serde::{Deserialize, Deserializer, Serialize};

use crate::check::{ReleaseViolation, check};
use crate::document::{KNOWN_FORMATS, Release};

/// Something that follows from published documents alone. It can be read and written out, but neither made nor changed elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Published<T>(T);

impl<T> Published<T> {
    /// Marks what the reading made of published documents.
    pub(super) const fn of(value: T) -> Self {
        Self(value)
    }
}

impl<T> Deref for Published<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// The documents of a published wave: all that is needed to read it, and nothing more.
#[derive(Debug, Clone)]
pub struct WaveDocuments {
    /// The frozen public description.
    pub manifest: Manifest,
    /// The frozen group list.
    pub groups: Vec<GroupLeaf>,
    /// The questionnaire.
    pub instrument: Instrument,
    /// The Release.
    pub release: Release,
    /// What was said about it since, in order.
    pub notices: Vec<Notice>,
}

/// A correction: what was said about a published result later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erratum<'a> {
    /// The number of its notice. Notices of other kinds are counted with them.
    pub number: u32,
    /// When it was written.
    pub day: Day,
    /// What was wrong.
    pub text: &'a str,
}

impl WaveDocuments {
    /// The corrections, oldest first.
    pub fn errata(&self) -> impl Iterator<Item = Erratum<'_>> {
        self.notices.iter().filter_map(|Notice { number, day, says, .. }| match says {
            Says::Erratum { text } => Some(Erratum { number: *number, day: *day, text: text.as_str() }),
            Says::HideComment { .. } => None,
        })
    }

    /// Who opened the answers, where somebody outside the operator held their key.
    #[must_use]
    pub fn opened_outside_by(&self) -> Option<&str> {
        self.manifest.key_holder.as_deref().filter(|_| self.manifest.mode == Mode::Trustee)
    }

    /// The comments that HR hid: question and hash.
    pub(super) fn hidden_comments(&self) -> BTreeSet<(QuestionId, Sha256Digest)> {
        let hidden = |notice: &Notice| match &notice.says {
            Says::HideComment { question, comment_sha256 } => Some((question.clone(), *comment_sha256)),
            Says::Erratum { .. } => None,
        };
        self.notices.iter().filter_map(hidden).collect()
    }
}

/// A published wave that was checked: see [`FrozenWave::check`].
pub type PublishedWave = Published<WaveDocuments>;

/// What is kept of a published wave, byte for byte as it was frozen. Nothing of it is believed before [`Self::check`].
#[derive(Debug, Clone)]
pub struct FrozenWave {
    /// The wave under whose name all this is kept.
    pub wave: WaveId,
    /// The manifest.
    pub manifest: Vec<u8>,
    /// The group list.
    pub groups: Vec<GroupLeaf>,
    /// The questionnaire.
    pub instrument: Vec<u8>,
    /// The Release.
    pub release: Vec<u8>,
    /// The hash of the Release when it was published.
    pub sha256: Sha256Digest,
    /// The signature over manifest and Release with the wave's board key.
    pub signature: BoardSignature,
    /// The word of the key holder outside the operator, where there is one.
    pub vouched: Option<Vouched>,
    /// The notices, in order.
    pub notices: Vec<SignedNotice>,
}

/// Why what is kept of a wave is not read.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseRefused {
    /// The end of the Release is missing.
    #[error("the result is cut off: {found} bytes are there, and they stop in the middle")]
    Truncated {
        /// How many bytes there are.
        found: usize,
    },
    /// The Release is not the one that was published.
    #[error(
        "the result is not the one that was published: its hash is {found}, at the publication it was {published}. Somebody edited it, or the disk damaged it"
    )]
    Edited {
        /// Hash of the bytes that are there.
        found: Sha256Digest,
        /// Hash of the bytes that were published.
        published: Sha256Digest,
    },
    /// Hash and bytes fit together, but nobody with the wave's key signed them.
    #[error("the result was not signed with this round's key: somebody edited it and the hash beside it")]
    NotSigned,
    /// The key holder outside the operator did not sign it, or somebody signed in the name of one whom there is not.
    #[error("{0}: whoever has the operator's keys could have made this result")]
    NotVouched(VouchProblem),
    /// It counts other answers than the list that everybody can read.
    #[error("the result counts other answers than the list of counted answers")]
    OtherCounts,
    /// Another version wrote it.
    #[error("the result is written in the format \"{found}\", and this version of Candor reads {}: a newer version wrote it, so read it with that one", KNOWN_FORMATS.join(" and "))]
    OtherFormat {
        /// The format.
        found: String,
    },
    /// The bytes are signed, but they are no Release.
    #[error("the result cannot be read: {0}")]
    Unreadable(serde_json::Error),
    /// A document of another wave lies under this wave's name.
    #[error("the {what} kept here belongs to round {found}")]
    OtherWave {
        /// Which document.
        what: &'static str,
        /// The wave it belongs to.
        found: String,
    },
    /// The manifest cannot be read.
    #[error("the promise sheet: {0}")]
    Manifest(#[from] ManifestProblem),
    /// The instrument's bytes are not those that people were shown.
    #[error("the questionnaire is not the one that people answered: its hash is {found}, the promise sheet says {promised}")]
    OtherInstrument {
        /// Hash of the bytes that are there.
        found: Sha256Digest,
        /// The manifest's hash.
        promised: Sha256Digest,
    },
    /// The instrument cannot be read.
    #[error("the questionnaire cannot be read: {0}")]
    Instrument(serde_json::Error),
    /// The group list does not hold, or is not the manifest's.
    #[error("the list of groups: {0}")]
    Groups(#[from] GroupListProblem),
    /// A notice does not hold.
    #[error(transparent)]
    Notice(#[from] NoticeProblem),
    /// The Release breaks a rule that every Release keeps.
    #[error("the result breaks a rule that protects people: {0}")]
    Unsafe(#[from] ReleaseViolation),
}

/// What can be known of a Release of any version.
#[derive(Default, Deserialize)]
struct Head {
    #[serde(default, deserialize_with = "text_if_any")]
    format: Option<String>,
    #[serde(default, deserialize_with = "text_if_any")]
    wave: Option<String>,
}

impl Head {
    /// Of bytes that need not be a Release of a known format.
    fn of(release: &[u8]) -> Self {
        serde_json::from_slice(release).unwrap_or_default()
    }
}

impl From<&Release> for Head {
    fn from(release: &Release) -> Self {
        Self { format: Some(release.format.clone()), wave: Some(release.wave.to_string()) }
    }
}

/// Another version may keep something else than a text under a known name.
fn text_if_any<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(serde_json::Value::deserialize(from)?.as_str().map(str::to_owned))
}

impl FrozenWave {
    /// Checks that all parts belong together and to this wave, that the Release is the one that was signed, and that it keeps the
    /// rules of disclosure control.
    ///
    /// # Errors
    /// [`ReleaseRefused`] says which of it does not hold. Nothing may be shown then.
    pub fn check(self) -> Result<PublishedWave, ReleaseRefused> {
        let manifest = FrozenManifest::read(self.manifest)?;
        let promised = manifest.manifest();
        let of_this_wave = |what, found: &str| {
            if found == self.wave.as_str() { Ok(()) } else { Err(ReleaseRefused::OtherWave { what, found: found.to_owned() }) }
        };
        of_this_wave("promise sheet", promised.wave.as_str())?;

        let found = Sha256Digest::of(&self.release);
        if found != self.sha256 {
            let cut_off = serde_json::from_slice::<Head>(&self.release).is_err_and(|problem| problem.is_eof());
            return Err(if cut_off {
                ReleaseRefused::Truncated { found: self.release.len() }
            } else {
                ReleaseRefused::Edited { found, published: self.sha256 }
            });
        }
        let release: Result<Release, _> = serde_json::from_slice(&self.release);
        let head = release.as_ref().map_or_else(|_| Head::of(&self.release), Head::from);
        if let Some(found) = head.format.filter(|format| !KNOWN_FORMATS.contains(&format.as_str())) {
            return Err(ReleaseRefused::OtherFormat { found });
        }
        if let Some(found) = head.wave {
            of_this_wave("result", &found)?;
        }
        promised.board_key.verify_release(&manifest.hash(), &self.release, &self.signature).map_err(|_| ReleaseRefused::NotSigned)?;
        Vouched::verify(self.vouched.as_ref(), &manifest, &self.release).map_err(ReleaseRefused::NotVouched)?;
        let release = release.map_err(ReleaseRefused::Unreadable)?;
        let counts = (release.counts.issued, release.counts.spent);
        if self.vouched.as_ref().is_some_and(|Vouched { list, .. }| (list.issued, list.spent) != counts) {
            return Err(ReleaseRefused::OtherCounts);
        }

        let (found, expected) = (Sha256Digest::of(&self.instrument), promised.instrument.sha256);
        if found != expected {
            return Err(ReleaseRefused::OtherInstrument { found, promised: expected });
        }
        let instrument: Instrument = serde_json::from_slice(&self.instrument).map_err(ReleaseRefused::Instrument)?;
        let groups = GroupList::freeze(self.groups)?;
        groups.check_against(promised)?;
        check(&release, &manifest, groups.leaves(), &instrument)?;
        let notices = Notice::read_all(&manifest, &self.notices)?;
        Ok(Published::of(WaveDocuments { manifest: promised.clone(), groups: groups.into_leaves(), instrument, release, notices }))
    }
}
