//! The published result of a round whose key somebody outside the operator held, in one file: for a stranger who checks it on a machine of their own.
//!
//! The file holds what was handed over before, in the layouts that it had then: the promise sheet, its countersignature and the signed result. What was
//! added at the publication and since stands beside them.

use protocol::notice::KeptNotice;
use protocol::trustee::{Countersignature, CountersignatureProblem};
use protocol::{Board, BoardProblem, BoardSignature, BoardSum, FrozenManifest, ManifestProblem, Sha256Digest, SignedNotice, Vouched};
use release::reading::{FrozenWave, PublishedWave, ReleaseRefused};
use serde::{Deserialize, Serialize};

use crate::key::{PUBLIC_FORMAT, PublicHalf};
use crate::result::{self, SignedResult};
use crate::sheet::{Passage, SHEET_FORMAT, SheetFile, check_words};

/// The value of [`PublishedFile::format`].
pub const PUBLISHED_FORMAT: &str = "candor-published/1";

/// A published result with everything that its signatures stand under. It prints no number of the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedFile {
    /// [`PUBLISHED_FORMAT`].
    pub format: String,
    /// The promise sheet as everybody was served it, with the key holder's nonce at its end.
    pub sheet: SheetFile,
    /// The key holder's word for it.
    pub countersignature: Countersignature,
    /// The result with the key holder's signature. What was checked at the opening is not kept, so its list is empty.
    pub result: SignedResult,
    /// The signature over the result with the round's own key.
    pub signature: BoardSignature,
    /// What was said about the result since, oldest first.
    pub notices: Vec<KeptNotice>,
}

/// Why such a file does not hold.
#[derive(Debug, thiserror::Error)]
pub enum PublishedRefused {
    /// Not the JSON of such a file.
    #[error("this is no published result with its signatures, or it arrived incomplete: {0}")]
    Json(#[from] serde_json::Error),
    /// Written by another version, or something else.
    #[error("the {what} has the format {found:?}, this version knows only {known}")]
    Format {
        /// Which part.
        what: &'static str,
        /// What it says.
        found: String,
        /// What is read.
        known: &'static str,
    },
    /// The file that a key holder hands in.
    #[error(
        "this is the signed result as the key holder handed it in. Alone it cannot be checked, because the promise sheet is not in it: ask for the file \
         with all signatures (candor release signed)"
    )]
    ResultAlone,
    /// The sheet breaks a rule.
    #[error("the promise sheet: {0}")]
    Manifest(#[from] ManifestProblem),
    /// The sheet was not countersigned as it is here.
    #[error("the promise sheet: {0}")]
    Countersignature(#[from] CountersignatureProblem),
    /// Parts of two rounds.
    #[error("the parts of the file do not belong together: the {0} is not that of the promise sheet")]
    Elsewhere(&'static str),
    /// The result is not the one that was signed, or breaks a rule.
    #[error(transparent)]
    Result(#[from] Box<ReleaseRefused>),
    /// The list of counted answers does not hold.
    #[error("the list of counted answers that you gave: {0}")]
    List(#[from] BoardProblem),
    /// It is another list than the key holder opened.
    #[error(
        "the list of counted answers that you gave is not the one that the key holder signed: {given} answers with the root {given_root} against {signed} with \
         {signed_root}"
    )]
    OtherList {
        /// Answers in the list that was given.
        given: u32,
        /// Its root.
        given_root: protocol::board::BoardRoot,
        /// Answers that the key holder signed.
        signed: u32,
        /// The root that they signed.
        signed_root: protocol::board::BoardRoot,
    },
}

/// A file whose signatures hold, and that keeps every rule.
#[derive(Debug)]
pub struct Verified {
    wave: PublishedWave,
    manifest: FrozenManifest,
    countersignature: Countersignature,
    list: BoardSum,
    sha256: Sha256Digest,
    notices: usize,
    /// Whether the list of counted answers was given and is the one that was signed.
    list_given: bool,
}

/// What every file of this kind begins with.
#[derive(Deserialize)]
struct Head {
    format: String,
}

impl PublishedFile {
    /// The file of its parts. What they claim is checked by [`Self::verify`].
    #[must_use]
    pub fn of(
        sheet: SheetFile,
        countersignature: Countersignature,
        result: SignedResult,
        signature: BoardSignature,
        notices: Vec<KeptNotice>,
    ) -> Self {
        Self { format: PUBLISHED_FORMAT.to_owned(), sheet, countersignature, result, signature, notices }
    }

    /// Reads such a file; what it claims is checked by [`Self::verify`].
    ///
    /// # Errors
    /// [`PublishedRefused::Json`], [`PublishedRefused::Format`] and [`PublishedRefused::ResultAlone`].
    pub fn from_json(bytes: &[u8]) -> Result<Self, PublishedRefused> {
        let Head { format } = serde_json::from_slice(bytes)?;
        match format.as_str() {
            PUBLISHED_FORMAT => Ok(serde_json::from_slice(bytes)?),
            result::FORMAT => Err(PublishedRefused::ResultAlone),
            _ => Err(PublishedRefused::Format { what: "file", found: format, known: PUBLISHED_FORMAT }),
        }
    }

    /// The bytes to hand out.
    ///
    /// # Errors
    /// [`PublishedRefused::Json`], which does not happen for these fields.
    pub fn to_json(&self) -> Result<Vec<u8>, PublishedRefused> {
        Ok(serde_json::to_vec_pretty(self)?)
    }

    /// Checks all that can be checked by the file alone: both signatures of the key holder, that of the round's own key, that all parts are those of the
    /// promise sheet, and every rule that protects people.
    ///
    /// # Errors
    /// [`PublishedRefused`] says what does not hold. Nothing of the file is to be believed then.
    pub fn verify(self) -> Result<Verified, PublishedRefused> {
        for (what, found, known) in [
            ("file", &self.format, PUBLISHED_FORMAT),
            ("promise sheet", &self.sheet.format, SHEET_FORMAT),
            ("signed result", &self.result.format, result::FORMAT),
        ] {
            if found != known {
                return Err(PublishedRefused::Format { what, found: found.clone(), known });
            }
        }
        let Self { sheet, countersignature, result, signature, notices, .. } = self;
        let manifest = FrozenManifest::read(sheet.manifest)?;
        countersignature.verify(&manifest)?;
        let promised = manifest.manifest();
        let fits = |notice: &KeptNotice, number: usize| {
            usize::try_from(notice.number) == Ok(number)
                && notice.manifest == manifest.hash()
                && Some(notice.public_key) == promised.notices_key
        };
        for (what, same) in [
            ("round of the result", result.wave == promised.wave),
            ("promise sheet of the result", result.manifest == manifest.hash()),
            ("number of people invited", result.invited == promised.invited),
            ("place of a notice", notices.iter().zip(1..).all(|(notice, number)| fits(notice, number))),
        ] {
            if !same {
                return Err(PublishedRefused::Elsewhere(what));
            }
        }
        let list = BoardSum { root: result.root, invited: result.invited, issued: result.issued, spent: result.spent };
        let (sha256, count) = (result.sha256(), notices.len());
        let frozen = FrozenWave {
            wave: promised.wave.clone(),
            manifest: manifest.bytes().to_vec(),
            groups: sheet.groups,
            instrument: sheet.instrument,
            sha256,
            release: result.release,
            signature,
            vouched: Some(Vouched { list, signature: result.signature }),
            notices: notices.into_iter().map(SignedNotice::from).collect(),
        };
        let wave = frozen.check().map_err(Box::new)?;
        Ok(Verified { wave, manifest, countersignature, list, sha256, notices: count, list_given: false })
    }
}

impl Verified {
    /// Compares with the list of counted answers, as everybody can fetch it from the survey page.
    ///
    /// # Errors
    /// [`PublishedRefused::List`] when the list does not hold, [`PublishedRefused::OtherList`] when the key holder signed another one.
    pub fn with_list(self, list: &Board) -> Result<Self, PublishedRefused> {
        list.verify(&self.manifest)?;
        if BoardSum::from(list) != self.list {
            return Err(PublishedRefused::OtherList {
                given: list.spent,
                given_root: list.root,
                signed: self.list.spent,
                signed_root: self.list.root,
            });
        }
        Ok(Self { list_given: true, ..self })
    }

    /// SHA-256 of the result.
    #[must_use]
    pub const fn sha256(&self) -> Sha256Digest {
        self.sha256
    }

    /// The public half of the key that signed; there is one, as [`PublishedFile::verify`] has found.
    fn public_half(&self) -> Option<PublicHalf> {
        let promised = self.manifest.manifest();
        Some(PublicHalf {
            format: PUBLIC_FORMAT.to_owned(),
            wave: promised.wave.clone(),
            holder: promised.key_holder.clone()?,
            box_key: promised.box_key,
            trustee_key: promised.trustee_key?,
        })
    }

    /// The fingerprint of the key holder's key, in words.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        self.public_half().map(|public| public.words()).unwrap_or_default()
    }

    /// What was checked, what is left to compare, and what nobody could check by such a file, in English.
    #[must_use]
    pub fn told(&self) -> Vec<Passage> {
        let promised = self.manifest.manifest();
        let holder = promised.key_holder.as_deref().unwrap_or_default();
        let BoardSum { root, invited, issued, spent } = self.list;
        let mut checked = vec![
            format!("The promise sheet is countersigned with the key that stands on it as that of {holder}."),
            format!(
                "The result is signed with the same key, as that of a list of counted answers with the root {root}: {invited} people invited, {issued} \
                 given the right to answer, {spent} answers counted. The result says so, too."
            ),
            "The result is signed with the round's own key, which stands on the promise sheet, too.".to_owned(),
            "Groups and questionnaire are those of the promise sheet, and the result keeps every rule that protects people.".to_owned(),
        ];
        checked.push(match self.notices {
            0 => "Nothing was said about the result between its publication and this file.".to_owned(),
            1 => "One later notice about the result is signed with the round's key for notices.".to_owned(),
            count => {
                format!("{count} later notices about the result are signed with the round's key for notices; none is missing in between.")
            }
        });
        if self.list_given {
            checked.push("The list of counted answers that you gave is that list: its leaves give the root, and it is signed.".to_owned());
        }
        let compare = vec![
            format!("Fingerprint of the key, with {holder}, aloud: {}", self.fingerprint()),
            format!(
                "Check words of the promise sheet, with those in an invitation and those that {holder} made known: {}",
                check_words(&self.countersignature)
            ),
            format!("SHA-256 of the result, with the one that the program of {holder} told: {}", self.sha256),
        ];
        let mut unknown = Vec::new();
        if !self.list_given {
            unknown.push(format!(
                "Whether that list is the one that everybody can read: fetch it from the survey page (https://…/w/{}/board) and give it with --list.",
                promised.wave
            ));
        }
        unknown.push(format!(
            "Whether the result is what the answers give. Only the key could show that; the signature says that {holder} opened them, and the answers are \
             destroyed as promised."
        ));
        unknown.push(format!("Whether the key was in the hands of {holder} alone, and whether it is destroyed."));
        unknown
            .push("Whether something was said about the result since this file was made, or the newest notices were left out.".to_owned());
        vec![
            Passage { title: "Checked by this file alone", lines: checked },
            Passage { title: "Compare yourself", lines: compare },
            Passage { title: "Not checked", lines: unknown },
        ]
    }

    /// The documents of the round, checked.
    #[must_use]
    pub const fn documents(&self) -> &PublishedWave {
        &self.wave
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
    use std::sync::LazyLock;

    use domain::Moment;
    use protocol::{BoardKey, VouchProblem};
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;
    use crate::given::{ROUND, refrozen, round};
    use crate::record::{Record, Signed};
    use crate::result::{SealedBox, open};

    static FILE: LazyLock<PublishedFile> = LazyLock::new(|| {
        let at = Moment::parse("2026-11-20T08:00:00Z").unwrap();
        let signed = Signed { manifest: ROUND.manifest.hash(), nonce: ROUND.manifest.manifest().nonce, at };
        let record = Record { signed: Some(signed), ..Record::of(&ROUND.public.wave, at) };
        let given = SealedBox { bundle: &ROUND.bundle, public_list: &ROUND.bundle.board };
        let opened = open(&ROUND.key, &ROUND.public, &record, given, at).unwrap();
        let own = ROUND.board_key.sign_release(&ROUND.manifest.hash(), &opened.release);
        let result = SignedResult::published(&ROUND.manifest, BoardSum::from(&ROUND.bundle.board), opened.release, opened.signature);
        PublishedFile::of(ROUND.sheet(), Countersignature::sign(ROUND.key.signing(), &ROUND.manifest), result, own, Vec::new())
    });

    fn refused(change: impl FnOnce(&mut PublishedFile)) -> PublishedRefused {
        let mut file = FILE.clone();
        change(&mut file);
        file.verify().unwrap_err()
    }

    #[test]
    fn a_file_that_holds_says_what_was_checked_what_is_to_be_compared_and_what_nobody_can_check_by_it() {
        let verified = PublishedFile::from_json(&FILE.to_json().unwrap()).unwrap().verify().unwrap();
        assert_eq!(verified.sha256(), FILE.result.sha256());
        assert_eq!(verified.documents().release.counts.spent, 18);
        let [checked, compare, unknown] = <[Passage; 3]>::try_from(verified.told()).unwrap().map(|passage| passage.lines.join("\n"));
        assert!(checked.contains(&ROUND.bundle.board.root.to_text()) && checked.contains("36 people invited, 20 given"), "{checked}");
        let words = check_words(&FILE.countersignature);
        for word in [&ROUND.public.words(), &words, &FILE.result.sha256().to_text()] {
            assert!(compare.contains(word) && !checked.contains(word), "{word}: {compare}");
        }
        assert!(unknown.contains("--list") && unknown.contains("Only the key could show that"), "{unknown}");

        let verified = verified.with_list(&ROUND.bundle.board).unwrap();
        let [checked, _, unknown] = <[Passage; 3]>::try_from(verified.told()).unwrap().map(|passage| passage.lines.join("\n"));
        assert!(checked.contains("that you gave is that list") && !unknown.contains("--list"), "{checked} {unknown}");
    }

    #[test]
    fn a_file_in_which_anything_was_changed_is_refused_with_what_does_not_hold() {
        let elsewhere = round(2);
        let stranger = BoardKey::generate(&mut StdRng::seed_from_u64(3));
        let release = |problem: PublishedRefused| match problem {
            PublishedRefused::Result(problem) => *problem,
            other => panic!("{other}"),
        };
        let not_vouched = |problem| matches!(release(problem), ReleaseRefused::NotVouched(VouchProblem::Signature(_)));
        assert!(matches!(release(refused(|file| *file.result.release.last_mut().unwrap() ^= 1)), ReleaseRefused::NotSigned));
        assert!(matches!(
            release(refused(|file| file.signature = stranger.sign_release(&ROUND.manifest.hash(), &file.result.release))),
            ReleaseRefused::NotSigned
        ));
        // The operator signs another result with the round's own key: the key holder did not.
        assert!(not_vouched(refused(|file| {
            file.result.release.push(b' ');
            file.signature = ROUND.board_key.sign_release(&ROUND.manifest.hash(), &file.result.release);
        })));
        assert!(not_vouched(refused(|file| file.result.spent = 17)));
        assert!(not_vouched(refused(|file| file.result.root.0[0] ^= 1)));
        assert!(matches!(refused(|file| file.result.invited += 1), PublishedRefused::Elsewhere("number of people invited")));
        assert!(matches!(refused(|file| file.result.manifest.0[0] ^= 1), PublishedRefused::Elsewhere("promise sheet of the result")));
        let other = refrozen(|sheet| sheet.k = 6);
        let resigned = Countersignature::sign(ROUND.key.signing(), &other);
        assert!(matches!(
            refused(|file| file.countersignature = resigned.clone()),
            PublishedRefused::Countersignature(CountersignatureProblem::OtherSheet)
        ));
        assert!(matches!(
            refused(|file| file.countersignature = Countersignature::sign(elsewhere.key.signing(), &ROUND.manifest)),
            PublishedRefused::Countersignature(CountersignatureProblem::Signature(_))
        ));
        // Another sheet that the key holder did sign: the result is not of it.
        assert!(matches!(
            refused(|file| (file.sheet.manifest, file.countersignature) = (other.bytes().to_vec(), resigned)),
            PublishedRefused::Elsewhere("promise sheet of the result")
        ));
        assert!(matches!(release(refused(|file| file.sheet.groups[0].invited += 1)), ReleaseRefused::Groups(_)));
        assert!(matches!(release(refused(|file| file.sheet.instrument.push(b' '))), ReleaseRefused::OtherInstrument { .. }));
        assert!(matches!(refused(|file| file.sheet.manifest.truncate(30)), PublishedRefused::Manifest(_)));
        assert!(matches!(refused(|file| file.sheet.format.push('0')), PublishedRefused::Format { what: "promise sheet", .. }));
    }

    #[test]
    fn another_list_of_counted_answers_and_files_of_another_kind_are_told_apart() {
        let verified = || FILE.clone().verify().unwrap();
        let leaves = ROUND.bundle.board.leaves[1..].to_vec();
        let fewer = Board::close(&ROUND.board_key, &ROUND.manifest, 20, leaves).unwrap();
        assert!(matches!(verified().with_list(&fewer), Err(PublishedRefused::OtherList { given: 17, signed: 18, .. })));
        let unsigned = Board { spent: 17, ..ROUND.bundle.board.clone() };
        assert!(matches!(verified().with_list(&unsigned), Err(PublishedRefused::List(_))));
        assert!(matches!(verified().with_list(&round(2).bundle.board), Err(PublishedRefused::List(_))));

        let bytes = FILE.to_json().unwrap();
        assert!(matches!(PublishedFile::from_json(&bytes[..bytes.len() - 2]), Err(PublishedRefused::Json(_))));
        assert!(matches!(PublishedFile::from_json(&FILE.result.to_json().unwrap()), Err(PublishedRefused::ResultAlone)));
        assert!(matches!(PublishedFile::from_json(&FILE.sheet.to_json().unwrap()), Err(PublishedRefused::Format { what: "file", .. })));
        assert!(matches!(PublishedFile::from_json(b"{}"), Err(PublishedRefused::Json(_))));
    }
}
