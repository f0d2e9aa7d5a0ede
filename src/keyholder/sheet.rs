//! The draft promise sheet: read, checked, told in plain words, countersigned.
//!
//! The operator writes it; the key holder is the first to read it. What people could not check by themselves is computed again here: the
//! groups, so that nobody is put into a group of one, and the questionnaire.

mod told;

use std::collections::BTreeMap;

use domain::instrument::Instrument;
use domain::wave::Pace;
use domain::{GroupLeaf, Language, Moment};
use protocol::groups::GroupListProblem;
use protocol::manifest::{Manifest, ManifestNonce, Mode};
use protocol::trustee::Countersignature;
use protocol::{FrozenManifest, GroupList, ManifestProblem, Sha256Digest};
use rand::CryptoRng;
use serde::{Deserialize, Serialize};

use crate::base64url;
use crate::key::{HolderKey, PublicHalf};
use crate::record::{Record, RecordProblem};

pub use told::Passage;

/// The value of [`SheetFile::format`].
pub const SHEET_FORMAT: &str = "candor-sheet/1";
/// How long the key holder should have at least between the first moment to open and the last, in seconds: three days.
const ENOUGH_TIME: u64 = 3 * 24 * 3600;

/// The draft promise sheet as the operator hands it over: everything that its hash stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetFile {
    /// [`SHEET_FORMAT`].
    pub format: String,
    /// The manifest's bytes as people will be served, but for the nonce at their end, which is drawn when the sheet is signed.
    #[serde(with = "base64url")]
    pub manifest: Vec<u8>,
    /// The questionnaire's bytes as people will be served.
    #[serde(with = "base64url")]
    pub instrument: Vec<u8>,
    /// The groups in which people answer.
    pub groups: Vec<GroupLeaf>,
}

/// Why a promise sheet is not to be signed.
#[derive(Debug, thiserror::Error)]
pub enum SheetRefused {
    /// Not the JSON of a draft promise sheet.
    #[error("this is not a draft promise sheet: {0}")]
    Json(#[from] serde_json::Error),
    /// Written by another version.
    #[error("the draft promise sheet has the format {0:?}, this version knows only {SHEET_FORMAT}")]
    Format(String),
    /// The sheet breaks a rule.
    #[error("the promise sheet: {0}")]
    Manifest(#[from] ManifestProblem),
    /// The operator would hold the key.
    #[error("by this promise sheet the operator holds the key, so there is nothing for you to sign")]
    NoKeyHolder,
    /// For another round than the key.
    #[error("the promise sheet is of round {found}, your key was made for round {own}")]
    OtherRound {
        /// The round of the sheet.
        found: String,
        /// The round of the key.
        own: String,
    },
    /// Another key than the key holder's.
    #[error(
        "the {what} on the promise sheet is {found}, yours is {own}: answers would be sealed to a key that you do not hold. Do not sign; ask who \
         exchanged it"
    )]
    OtherKey {
        /// Which one.
        what: &'static str,
        /// The sheet's.
        found: String,
        /// The key holder's.
        own: String,
    },
    /// Another name than the key holder's.
    #[error("the promise sheet says that {found:?} holds the key, the key was made for {own:?}")]
    OtherHolder {
        /// The sheet's name.
        found: String,
        /// The name that was given when the key was made.
        own: String,
    },
    /// The questionnaire is another one, or cannot be read.
    #[error("the questionnaire is not the one of the promise sheet, or cannot be read: {0}")]
    Questionnaire(String),
    /// The groups are not those of the sheet, or break a rule.
    #[error("the groups: {0}")]
    Groups(#[from] GroupListProblem),
    /// Answers would have been given before anybody countersigned.
    #[error("by this promise sheet answers were taken until {0}, which has passed: a signature now would vouch for what nobody watched")]
    Over(Moment),
    /// What was signed before forbids it.
    #[error(transparent)]
    Record(#[from] RecordProblem),
}

/// A promise sheet that holds, and names the key of this key holder.
#[derive(Debug)]
pub struct Sheet {
    manifest: FrozenManifest,
    groups: GroupList,
    instrument: Instrument,
}

/// What was computed again, and what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What was looked at.
    pub what: &'static str,
    /// What was found.
    pub found: String,
}

impl SheetFile {
    /// The file that the operator hands over.
    #[must_use]
    pub fn of(manifest: &FrozenManifest, instrument: &[u8], groups: &[GroupLeaf]) -> Self {
        Self {
            format: SHEET_FORMAT.to_owned(),
            manifest: manifest.bytes().to_vec(),
            instrument: instrument.to_vec(),
            groups: groups.to_vec(),
        }
    }

    /// Reads such a file; what it claims is checked by [`Sheet::check`].
    ///
    /// # Errors
    /// [`SheetRefused::Json`] and [`SheetRefused::Format`].
    pub fn from_json(bytes: &[u8]) -> Result<Self, SheetRefused> {
        let file: Self = serde_json::from_slice(bytes)?;
        if file.format == SHEET_FORMAT { Ok(file) } else { Err(SheetRefused::Format(file.format)) }
    }

    /// The bytes to hand over.
    ///
    /// # Errors
    /// [`SheetRefused::Json`], which does not happen for these fields.
    pub fn to_json(&self) -> Result<Vec<u8>, SheetRefused> {
        Ok(serde_json::to_vec_pretty(self)?)
    }
}

impl Sheet {
    /// Checks a sheet against the key holder's own key; everything that its hash stands for is computed again.
    ///
    /// # Errors
    /// [`SheetRefused`] says what does not hold. It must not be signed then.
    pub fn check(file: &SheetFile, own: &PublicHalf) -> Result<Self, SheetRefused> {
        let manifest = FrozenManifest::read(file.manifest.clone())?;
        let promised = manifest.manifest();
        // What no nonce can be put into cannot be signed.
        manifest.with_nonce(promised.nonce)?;
        require_own_key(promised, own)?;
        let digest = Sha256Digest::of(&file.instrument);
        if digest != promised.instrument.sha256 {
            let expected = promised.instrument.sha256;
            return Err(SheetRefused::Questionnaire(format!("its hash is {digest}, the promise sheet says {expected}")));
        }
        let instrument: Instrument = serde_json::from_slice(&file.instrument).map_err(|e| SheetRefused::Questionnaire(e.to_string()))?;
        if instrument.comments.is_empty() == promised.comments.is_some() {
            return Err(SheetRefused::Questionnaire(
                "it asks for comments and the sheet says nothing of them, or the other way round".to_owned(),
            ));
        }
        let groups = GroupList::freeze(file.groups.clone())?;
        groups.check_against(promised)?;
        Ok(Self { manifest, groups, instrument })
    }

    /// The draft, with the operator's nonce.
    #[must_use]
    pub const fn manifest(&self) -> &FrozenManifest {
        &self.manifest
    }

    /// What was computed again.
    #[must_use]
    pub fn checked(&self) -> Vec<Found> {
        let promised = self.manifest.manifest();
        vec![
            Found { what: "The key that opens the answers", found: "is yours".to_owned() },
            Found { what: "The key that shows what you signed", found: "is yours".to_owned() },
            Found {
                what: "The groups",
                found: format!(
                    "{} groups with different names, the smallest of {} people, {} people in all: the sum and the list's own hash are those of the sheet",
                    self.groups.groups(),
                    self.smallest_group(),
                    self.groups.invited()
                ),
            },
            Found {
                what: "The questionnaire",
                found: format!("{} {}, as people will read it", promised.instrument.id, promised.instrument.version),
            },
        ]
    }

    /// What the key holder should ask about before signing. It forbids nothing.
    #[must_use]
    pub fn doubts(&self) -> Vec<String> {
        let promised = self.manifest.manifest();
        let schedule = &promised.schedule;
        let mut doubts = Vec::new();
        if schedule.pace == Pace::Manual {
            doubts.push("Commands set every moment of this round: it is for trying out, not for people's answers.".to_owned());
        } else if schedule.publish_by_seconds.saturating_sub(schedule.grace_seconds.saturating_add(schedule.window_seconds)) < ENOUGH_TIME {
            doubts.push(
                "Fewer than three days lie between the first moment at which you may open and the last. If you are ill then, all answers are destroyed."
                    .to_owned(),
            );
        }
        if promised.k == 4 {
            doubts.push("Four people may be shown together, which is the least that is possible; five or more protect better.".to_owned());
        }
        if promised.cards > 0 {
            doubts.push(format!("{} people are invited by a printed card, which whoever prints it could copy.", promised.cards));
        }
        doubts.extend(promised.weakened_by.iter().map(|one| told::weakening(*one).to_owned()));
        if promised.comments.is_some() {
            doubts.push("People are asked to write in their own words. A way of writing can give somebody away.".to_owned());
        }
        if !promised.audiences.team {
            doubts.push("The people of a group do not read the result of their own group.".to_owned());
        }
        doubts
    }

    /// Whether the sheet may be signed now: none or the same was signed before, and there is still something to promise.
    ///
    /// # Errors
    /// [`SheetRefused::Record`] when another sheet was signed with this key, [`SheetRefused::Over`] when its last day has passed.
    pub fn may_sign(&self, record: &Record, now: Moment) -> Result<(), SheetRefused> {
        if let Some(signed) = record.signed {
            record.may_sign(self.manifest.with_nonce(signed.nonce)?.hash())?;
        }
        let schedule = &self.manifest.manifest().schedule;
        if record.signed.is_none() && schedule.pace == Pace::Dates && now >= schedule.closes_at {
            return Err(SheetRefused::Over(schedule.closes_at));
        }
        Ok(())
    }

    /// Signs the sheet with a nonce of the key holder's own, or with the one of the first time: then the countersignature is the same, byte for byte.
    ///
    /// # Errors
    /// As [`Self::may_sign`].
    pub fn sign(&self, key: &HolderKey, record: &Record, now: Moment, rng: &mut impl CryptoRng) -> Result<Countersignature, SheetRefused> {
        self.may_sign(record, now)?;
        let nonce = record.signed.map_or_else(
            || {
                let mut fresh = [0; 32];
                rng.fill_bytes(&mut fresh);
                ManifestNonce(fresh)
            },
            |signed| signed.nonce,
        );
        Ok(Countersignature::sign(key.signing(), &self.manifest.with_nonce(nonce)?))
    }

    fn smallest_group(&self) -> u32 {
        self.groups.leaves().iter().map(|leaf| leaf.invited).min().unwrap_or_default()
    }
}

/// The check words of a sheet that was countersigned, which are the same for everybody who is invited. Before that nobody knows them.
#[must_use]
pub fn check_words(signed: &Countersignature) -> String {
    protocol::words::manifest_words(&signed.manifest).join(" ")
}

/// The sheet is for this key holder's round, with this key holder's keys and name.
fn require_own_key(promised: &Manifest, own: &PublicHalf) -> Result<(), SheetRefused> {
    let (Mode::Trustee, Some(trustee_key)) = (promised.mode, promised.trustee_key) else { return Err(SheetRefused::NoKeyHolder) };
    if promised.wave != own.wave {
        return Err(SheetRefused::OtherRound { found: promised.wave.to_string(), own: own.wave.to_string() });
    }
    for (what, found, own) in [
        ("key that opens the answers", promised.box_key.to_text(), own.box_key.to_text()),
        ("key that shows what you signed", trustee_key.to_text(), own.trustee_key.to_text()),
    ] {
        if found != own {
            return Err(SheetRefused::OtherKey { what, found, own });
        }
    }
    let holder = promised.key_holder.clone().unwrap_or_default();
    if holder != own.holder {
        return Err(SheetRefused::OtherHolder { found: holder, own: own.holder.clone() });
    }
    Ok(())
}

/// A text in a language, or in the first in which it exists.
fn in_language<'a>(texts: &'a BTreeMap<Language, String>, language: &Language) -> &'a str {
    texts.get(language).or_else(|| texts.values().next()).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use domain::wave::Schedule;
    use protocol::TrusteePublicKey;
    use protocol::manifest::Weakening;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;
    use crate::given::{ROUND, refrozen};
    use crate::record::Signed;

    fn changed(change: impl FnOnce(&mut Manifest)) -> SheetFile {
        let manifest = refrozen(change);
        SheetFile { manifest: manifest.bytes().to_vec(), ..ROUND.sheet() }
    }

    fn refused(file: &SheetFile) -> SheetRefused {
        Sheet::check(file, &ROUND.public).unwrap_err()
    }

    fn record() -> Record {
        Record::of(&ROUND.public.wave, Moment::parse("2026-10-20T08:00:00Z").unwrap())
    }

    fn now() -> Moment {
        Moment::parse("2026-10-20T09:00:00Z").unwrap()
    }

    fn signed_as(manifest: &FrozenManifest, at: Moment) -> Signed {
        Signed { manifest: manifest.hash(), nonce: manifest.manifest().nonce, at }
    }

    fn rng(seed: u64) -> StdRng {
        StdRng::seed_from_u64(seed)
    }

    #[test]
    fn a_sheet_whose_answers_were_taken_already_is_not_signed_any_more_and_one_that_was_signed_in_time_is_signed_again() {
        let sheet = Sheet::check(&ROUND.sheet(), &ROUND.public).unwrap();
        let over = ROUND.manifest.manifest().schedule.closes_at;
        assert!(matches!(sheet.may_sign(&record(), over), Err(SheetRefused::Over(at)) if at == over));
        sheet.may_sign(&record(), over.minus(std::time::Duration::from_secs(1))).unwrap();
        let signed = signed_as(&ROUND.manifest, now());
        sheet.may_sign(&Record { signed: Some(signed), ..record() }, over).unwrap();
    }

    #[test]
    fn a_sheet_that_holds_is_signed_with_a_nonce_of_the_key_holders_own_and_the_signature_stands_under_it_alone() {
        let file = SheetFile::from_json(&ROUND.sheet().to_json().unwrap()).unwrap();
        let sheet = Sheet::check(&file, &ROUND.public).unwrap();
        assert_eq!(sheet.checked().len(), 4);
        let signed = sheet.sign(&ROUND.key, &record(), now(), &mut rng(5)).unwrap();
        assert_ne!(signed.nonce, ROUND.manifest.manifest().nonce);
        assert_ne!(signed.nonce, sheet.sign(&ROUND.key, &record(), now(), &mut rng(6)).unwrap().nonce);
        let sheet_of_all = ROUND.manifest.with_nonce(signed.nonce).unwrap();
        signed.verify(&sheet_of_all).unwrap();
        let read: Countersignature = serde_json::from_slice(&serde_json::to_vec(&signed).unwrap()).unwrap();
        assert_eq!(read, signed);
        for other in [ROUND.manifest.clone(), refrozen(|m| m.k = 6), refrozen(|m| m.k = 6).with_nonce(signed.nonce).unwrap()] {
            assert!(signed.verify(&other).is_err());
            assert!(Countersignature { manifest: other.hash(), nonce: other.manifest().nonce, ..signed.clone() }.verify(&other).is_err());
        }
        assert!(Countersignature { nonce: ManifestNonce([0; 32]), ..signed.clone() }.verify(&sheet_of_all).is_err());
        let stranger = HolderKey::generate(&mut rng(99)).unwrap();
        assert!(Countersignature::sign(stranger.signing(), &sheet_of_all).verify(&sheet_of_all).is_err());
        let without = serde_json::to_string(&signed).unwrap().replace("countersignature/2", "countersignature/1");
        assert!(serde_json::from_str::<Countersignature>(&without).is_err());
    }

    #[test]
    fn a_sheet_whose_nonce_is_not_at_its_end_is_refused_before_anybody_signs() {
        let spaced = [ROUND.manifest.bytes(), b" "].concat();
        assert!(FrozenManifest::read(spaced.clone()).is_ok());
        assert!(matches!(refused(&SheetFile { manifest: spaced, ..ROUND.sheet() }), SheetRefused::Manifest(_)));
    }

    #[test]
    fn a_sheet_with_another_key_name_round_or_mode_is_refused() {
        let theirs = HolderKey::generate(&mut StdRng::seed_from_u64(99)).unwrap().public_half(&ROUND.public.wave, "x");
        assert!(matches!(
            refused(&changed(|m| m.box_key = theirs.box_key)),
            SheetRefused::OtherKey { what: "key that opens the answers", .. }
        ));
        assert!(matches!(refused(&changed(|m| m.trustee_key = Some(theirs.trustee_key))), SheetRefused::OtherKey { .. }));
        assert!(matches!(refused(&changed(|m| m.key_holder = Some("The operator".into()))), SheetRefused::OtherHolder { .. }));
        assert!(matches!(refused(&changed(|m| m.wave = domain::WaveId::parse("2027-q1").unwrap())), SheetRefused::OtherRound { .. }));
        let solo = |m: &mut Manifest| (m.mode, m.trustee_key, m.key_holder) = (Mode::Solo, None, None);
        assert!(matches!(refused(&changed(solo)), SheetRefused::NoKeyHolder));
    }

    #[test]
    fn groups_and_questionnaires_that_are_not_those_of_the_sheet_are_refused() {
        let file = ROUND.sheet();
        let with = |change: fn(&mut SheetFile)| {
            let mut file = file.clone();
            change(&mut file);
            refused(&file)
        };
        assert!(matches!(with(|f| f.groups[0].invited += 1), SheetRefused::Groups(GroupListProblem::OtherManifest { .. })));
        assert!(matches!(
            with(|f| f.groups[1].label = f.groups[0].label.to_uppercase()),
            SheetRefused::Groups(GroupListProblem::SameLabel { .. })
        ));
        assert!(matches!(with(|f| drop(f.groups.pop())), SheetRefused::Groups(_)));
        assert!(matches!(with(|f| f.instrument.push(b' ')), SheetRefused::Questionnaire(_)));
        assert!(matches!(with(|f| f.manifest.truncate(9)), SheetRefused::Manifest(_)));
        assert!(matches!(SheetFile::from_json(b"{}"), Err(SheetRefused::Json(_))));
        // A group so small that its people would be known, hidden behind a root that fits it.
        let mut leaves = file.groups.clone();
        leaves[0].invited = 5;
        let list = GroupList::freeze(leaves.clone()).unwrap();
        let small = refrozen(|m| (m.groups_root, m.invited, m.leaf_size) = (list.root(), list.invited(), list.leaf_size()));
        let file = SheetFile { manifest: small.bytes().to_vec(), groups: leaves, ..file };
        assert!(matches!(refused(&file), SheetRefused::Groups(GroupListProblem::TooSmall { invited: 5, .. })));
    }

    #[test]
    fn a_sheet_of_trustee_mode_without_key_name_or_with_a_passphrase_file_is_no_sheet() {
        for (field, change) in [
            ("trustee_key", (|m: &mut Manifest| m.trustee_key = None) as fn(&mut Manifest)),
            ("trustee_key", |m| m.trustee_key = Some(TrusteePublicKey(m.board_key.0))),
            ("trustee_key", |m| m.trustee_key = Some(TrusteePublicKey([0; 32]))),
            ("trustee_key", |m| m.mode = Mode::Solo),
            ("key_holder", |m| m.key_holder = None),
            ("passphrase", |m| m.passphrase = true),
        ] {
            let mut manifest = ROUND.manifest.manifest().clone();
            change(&mut manifest);
            let problem = FrozenManifest::freeze(manifest).unwrap_err();
            assert!(matches!(problem, ManifestProblem::Field { field: found, .. } if found == field), "{field}: {problem}");
        }
    }

    #[test]
    fn a_second_sheet_is_not_signed_with_the_same_key_and_the_first_one_again_gives_the_same_bytes() {
        let first = Sheet::check(&ROUND.sheet(), &ROUND.public).unwrap();
        let once = first.sign(&ROUND.key, &record(), now(), &mut rng(5)).unwrap();
        let signed = Signed { manifest: once.manifest, nonce: once.nonce, at: Moment::parse("2026-10-21T08:00:00Z").unwrap() };
        let record = Record { signed: Some(signed), ..record() };
        assert_eq!(first.sign(&ROUND.key, &record, now(), &mut rng(6)).unwrap(), once);
        // The operator's nonce is not part of what is signed, so it makes no second sheet.
        let same = Sheet::check(&changed(|m| m.nonce.0[0] ^= 1), &ROUND.public).unwrap();
        assert_eq!(same.sign(&ROUND.key, &record, now(), &mut rng(6)).unwrap(), once);
        let second = Sheet::check(&changed(|m| m.schedule.publish_by_seconds += 1), &ROUND.public).unwrap();
        assert!(matches!(
            second.sign(&ROUND.key, &record, now(), &mut rng(6)),
            Err(SheetRefused::Record(RecordProblem::SignedAnother { .. }))
        ));
    }

    #[test]
    fn what_hr_follows_while_people_answer_is_told_where_the_sheet_says_it() {
        let told = |sheet: &SheetFile| format!("{:?}", Sheet::check(sheet, &ROUND.public).unwrap().told(&Language::parse("en").unwrap()));
        assert!(!told(&ROUND.sheet()).contains("HR may see"));
        assert!(told(&changed(|m| m.audiences.hr_participation = true)).contains("HR may see once a day"));
    }

    #[test]
    fn doubts_name_what_weakens_the_round_and_a_sound_sheet_raises_none() {
        assert!(Sheet::check(&ROUND.sheet(), &ROUND.public).unwrap().doubts().is_empty());
        let doubts = |change: fn(&mut Manifest)| Sheet::check(&changed(change), &ROUND.public).unwrap().doubts().concat();
        assert!(doubts(|m| m.schedule = Schedule::manual(m.schedule.closes_at)).contains("for trying out"));
        assert!(doubts(|m| m.schedule.publish_by_seconds = m.schedule.publish_at_seconds + 3600).contains("three days"));
        assert!(doubts(|m| m.k = 4).contains("Four people"));
        assert!(doubts(|m| m.cards = 3).contains("3 people are invited by a printed card"));
        for one in Weakening::ALL {
            let mut sheet = ROUND.manifest.manifest().clone();
            sheet.weakened_by = [one].into();
            assert!(FrozenManifest::freeze(sheet).is_ok() && told::weakening(one).ends_with('.'));
        }
        assert!(doubts(|m| m.weakened_by = [Weakening::Archive].into()).contains("copied into an archive"));
        assert!(doubts(|m| m.audiences.team = false).contains("do not read"));
    }
}
