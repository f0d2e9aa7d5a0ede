//! The second step: with the key of the round, which in the demo lies on the same disk.
//!
//! The product opens sealed answers only after the close, all together and into counts (see `release::opening`). This opens them one by one and shows them, to
//! say what an operator could do who breaks that promise. It is reached from the demo's page alone, whose people are invented.

use domain::instrument::{Instrument, Scale};
use domain::{GroupId, WaveId};
use protocol::{Answer, Ballot, BallotForm, BallotNonce, BoxSecretKey, FrozenManifest, KeyFile, SealedBallot, ballot_info};

use super::search::Looked;
use super::{Evidence, Findings, LOOKED_FOR, TELLING};
use crate::lifecycle::key_file::KeyFolder;

/// What lies in the key folder for the round.
pub enum Key {
    /// The key, as it is.
    Open(BoxSecretKey),
    /// A key under a passphrase that lies nowhere.
    Locked,
    /// No key.
    Absent,
    /// A file that cannot be used.
    Unusable,
}

impl Key {
    /// Takes the key of the round from its file, as whoever may read the disk does.
    #[must_use]
    pub fn of(keys: &KeyFolder, round: Option<&str>) -> Self {
        let Some(Ok(round)) = round.map(WaveId::parse) else { return Self::Absent };
        let bytes = match keys.read(&round) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Self::Absent,
            Err(_) => return Self::Unusable,
        };
        match KeyFile::from_json(&bytes) {
            Ok(file) if file.needs_passphrase() => Self::Locked,
            Ok(file) => file.unlock(None).map_or(Self::Unusable, Self::Open),
            Err(_) => Self::Unusable,
        }
    }
}

/// Answers that were opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// One per statement.
    pub answers: Vec<Answer>,
    /// What was written to open questions; those that were left empty are left out.
    pub comments: Vec<String>,
}

impl Read {
    /// The answer to the first statement.
    #[must_use]
    pub fn first(&self) -> Option<Answer> {
        self.answers.first().copied()
    }
}

/// What came of opening everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// How many sealed answers of the round could be opened.
    pub opened: usize,
    /// Those of the group, in the order of [`Findings::sealed`]; `None` for what could not be opened.
    pub of_group: Vec<Option<Read>>,
    /// Those at which the order points for the person, if they could be opened.
    pub pointed_at: Option<Read>,
    /// How many of the group say the same to the first statement as those, themselves included.
    pub alike: usize,
    /// What was opened, as the bytes that were sealed, in everything that is there.
    pub in_the_clear: Looked,
}

impl Evidence {
    /// Opens every sealed answer of the round, and looks at those of the group that was attacked.
    ///
    /// `None` when the round's promise sheet or questionnaire is not there or cannot be read.
    #[must_use]
    pub fn open_with(&self, key: &BoxSecretKey, findings: &Findings) -> Option<Opened> {
        let running = self.running()?;
        let mut frozen = self.ballots.table("frozen")?.columns(["wave", "manifest", "instrument"]);
        let (manifest, instrument) = frozen
            .find_map(|[wave, manifest, instrument]| (wave.text() == Some(running)).then(|| manifest.bytes().zip(instrument.bytes()))?)?;
        let manifest = FrozenManifest::read(manifest.to_vec()).ok()?;
        let instrument: Instrument = serde_json::from_slice(instrument).ok()?;
        let form = BallotForm {
            points: instrument.items.iter().map(|item| instrument.scale_of(item).map(Scale::points)).collect::<Option<_>>()?,
            longest: instrument.comments.iter().map(|question| question.longest).collect(),
        };

        let mut clear: Vec<Vec<u8>> = Vec::new();
        let mut read: Vec<(&[u8], Read)> = Vec::new();
        for [nonce, group, text] in self.ballots.table("ballot")?.columns(["nonce", "group_no", "ct"]) {
            let opened = (|| {
                let number = BallotNonce(nonce.bytes()?.try_into().ok()?);
                let group = GroupId(group.number()?.try_into().ok()?);
                let sealed = SealedBallot::try_from(text.bytes()?).ok()?;
                let bytes = key.open(&ballot_info(&manifest.hash(), group), &number, &sealed).ok()?;
                let ballot = Ballot::decode(bytes.as_slice(), &form).ok()?;
                // Behind answers and comments there is nothing but zeros; a few bytes alone would stand anywhere by chance.
                let end = bytes.as_slice().iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
                if end >= TELLING {
                    clear.push(bytes.as_slice().get(..end.min(LOOKED_FOR)).unwrap_or_default().to_vec());
                }
                let comments = ballot.comments.iter().map(|comment| comment.as_str().to_owned()).filter(|comment| !comment.is_empty());
                Some((nonce.bytes()?, Read { answers: ballot.answers.clone(), comments: comments.collect() }))
            })();
            read.extend(opened);
        }
        let find = |wanted: &[u8]| read.iter().find(|(nonce, _)| *nonce == wanted).map(|(_, read)| read.clone());
        let of_group: Vec<Option<Read>> = findings.sealed.iter().map(|sealed| find(&sealed.nonce)).collect();
        let pointed_at = findings.pointed_at.as_ref().and_then(|sealed| find(&sealed.nonce));
        let first = pointed_at.as_ref().and_then(Read::first);
        let alike = of_group.iter().flatten().filter(|read| read.first() == first).count();
        let clear: Vec<&[u8]> = clear.iter().map(Vec::as_slice).collect();
        Some(Opened { opened: read.len(), of_group, pointed_at, alike, in_the_clear: Looked::at(&clear, &self.everything()) })
    }
}
