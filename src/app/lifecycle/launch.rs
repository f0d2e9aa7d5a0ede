//! Launch: from a draft to a running wave. Responses are ready before anybody is invited.

use std::collections::BTreeSet;

use data_encoding::BASE64;
use domain::instrument::Instrument;
use domain::roster::Roster;
use domain::{Language, WaveId, WaveState};
use identity::{InvitedPerson, Snapshot, WaveTeam};
use protocol::manifest::{FrozenManifest, Manifest, ManifestNonce};
use protocol::{BoardKey, BoxSecretKey, CredentialKey, GroupList, KeyFile, NoticesKey};
use responses::{ClientFiles, NewWave, WordFiles};
use secrecy::SecretString;
use sha2::{Digest, Sha256};

use super::draft::{self, WaveSettings};
use super::key_file::FolderMark;
use super::progress::Work;
use super::promise::{self, CLIENT_JS, OwnWords, PublicKeys, Questionnaire, Terms};
use super::proposal::{self, Proposal};
use super::{Observer, Refusal, Step, countersign, exposed, faults, groups, reorganisation, turn};
use crate::installation::Installation;
use crate::words::Saying;

/// Its stylesheet.
const CLIENT_CSS: &str = include_str!("../../client/dist/client.css");
/// Its shell.
const CLIENT_PAGE: &str = include_str!("../../client/dist/index.html");
/// Its own words, one file per language.
const CLIENT_WORDS: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/client_words.rs"));
const CLIENT_LATER_WORDS: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/client_later_words.rs"));

/// What a launched wave promises, for the operator's eyes.
#[derive(Debug)]
pub struct Launched {
    /// People invited.
    pub invited: u32,
    /// People among them who are invited by a printed card and get no mail.
    pub by_card: u32,
    /// Standing groups.
    pub groups: u32,
    /// People of the staff list who were not invited because they belong to no team.
    pub without_team: u32,
    /// The wave's check words.
    pub check_words: String,
}

/// Launches a wave, or finishes a launch that was interrupted.
///
/// # Errors
/// [`Refusal::CountersignatureNeeded`] when somebody outside the operator holds its key: then everything is frozen and waits for them, see
/// [`countersign`](super::countersign). Any other [`Refusal`] says why nothing was launched. After [`Step::LaunchFrozen`] only disks and databases can refuse; the launch then goes on
/// at the next try.
pub fn launch(
    installation: &Installation,
    wave: &WaveId,
    passphrase: Option<&SecretString>,
    observe: Observer,
) -> Result<Launched, Refusal> {
    if installation.state(wave)? == WaveState::Draft {
        installation.keys.prepare(&mut rand::rng()).map_err(Refusal::unavailable)?;
    }
    let turn = turn::take(installation, wave)?;
    let settings = WaveSettings::of(&installation.identity, wave)?;
    installation.refuse_if_ending(wave)?;
    match installation.state(wave)? {
        WaveState::Draft => {
            draft::check(installation, wave, &settings)?;
            exposed::refuse_unaccepted(installation)?;
            if settings.passphrase && passphrase.is_none() {
                return Err(Refusal::PassphraseNeeded(wave.clone()));
            }
            freeze(installation, wave, &settings, turn.folder())?;
            observe(Step::LaunchFrozen);
        }
        WaveState::Launching if installation.people_side(wave)?.restored => return Err(put_back(wave)),
        WaveState::Launching => {}
        state => {
            return Err(Refusal::WrongState {
                wave: wave.clone(),
                state,
                reason: "it was launched before; nothing of it can change any more",
            });
        }
    }
    finish(installation, wave, &settings, passphrase, observe)
}

/// A launch that cannot go on, because people may have been invited that this installation does not know of.
pub(super) fn put_back(wave: &WaveId) -> Refusal {
    Refusal::WrongState {
        wave: wave.clone(),
        state: WaveState::Launching,
        reason: "it was put back from a copy that was made in the middle of its launch, and people may have been invited since: end it with candor wave abort, and draft a new round",
    }
}

fn snapshot(roster: &Roster, proposal: Proposal) -> Snapshot {
    let people = proposal::invited(roster, &proposal.group_of)
        .map(|(person, group)| InvitedPerson {
            person: person.id.clone(),
            name: person.name.clone(),
            mail: person.mail.clone(),
            language: person.language.clone(),
            group,
        })
        .collect();
    let teams = proposal
        .group_of
        .iter()
        .map(|(team, group)| WaveTeam {
            team: team.clone(),
            above: roster.team_above(team).cloned(),
            group: *group,
            leaders: roster.teams.get(team).cloned().unwrap_or_default(),
        })
        .collect();
    Snapshot { people, teams, groups: proposal.leaves }
}

fn freeze(installation: &Installation, wave: &WaveId, settings: &WaveSettings, folder: FolderMark) -> Result<(), Refusal> {
    installation.begin(Work::FormGroups);
    let roster = installation.identity.roster()?;
    if roster.people.is_empty() {
        return Err(Refusal::said(Saying::key("obstacle-no-staff")));
    }
    let instrument = settings.asks(instrument(installation, settings)?);
    if let Some(first) = languages_missing(&roster, &instrument).first() {
        return Err(Refusal::said(Saying::key("obstacle-language").and("language", first.as_str())));
    }
    reorganisation::refuse_if_the_list_disagrees(installation, &roster)?;
    let proposal = groups::of_draft(installation, wave, settings, &roster)?.proposal;
    let snapshot = snapshot(&roster, proposal);
    drop(roster);
    installation.people_side_at(Work::FreezeStaff, snapshot.people.len()).begin_launch(wave, &snapshot, folder)?;
    Ok(())
}

/// The languages of people who would be invited, in which the questionnaire does not exist.
pub(super) fn languages_missing(roster: &Roster, instrument: &Instrument) -> BTreeSet<Language> {
    let invited = roster.people.values().filter(|person| person.team.is_some());
    invited.filter(|person| !instrument.languages.contains(&person.language)).map(|person| person.language.clone()).collect()
}

pub(super) fn instrument<'a>(installation: &'a Installation, settings: &WaveSettings) -> Result<&'a Instrument, Refusal> {
    installation.catalogue.get(&settings.instrument).ok_or_else(|| Refusal::said(faults::unknown_instrument(installation, settings)))
}

fn finish(
    installation: &Installation,
    wave: &WaveId,
    settings: &WaveSettings,
    passphrase: Option<&SecretString>,
    observe: Observer,
) -> Result<Launched, Refusal> {
    let manifest = match installation.responses.wave(wave)? {
        Some(record) => FrozenManifest::read(record.manifest).map_err(Refusal::corrupt)?,
        None if settings.trustee().is_some() => {
            countersign::prepare(installation, wave, settings, observe)?;
            return Err(Refusal::CountersignatureNeeded(wave.clone()));
        }
        None => {
            installation.begin(Work::SealPromises);
            // A launch that was interrupted may come back after its own close.
            draft::check(installation, wave, settings)?;
            exposed::refuse_unaccepted(installation)?;
            let box_key = box_key(installation, wave, settings, passphrase)?;
            observe(Step::LaunchBoxKeyWritten);
            let new = describe(installation, wave, settings, box_key)?;
            let manifest = FrozenManifest::read(new.manifest.clone()).map_err(Refusal::corrupt)?;
            installation.responses.launch(&new)?;
            observe(Step::LaunchResponsesReady);
            manifest
        }
    };
    invite(installation, wave, settings, &manifest, observe)
}

/// The end of a launch: from the frozen promise sheet to the invitations.
pub(super) fn invite(
    installation: &Installation,
    wave: &WaveId,
    settings: &WaveSettings,
    manifest: &FrozenManifest,
    observe: Observer,
) -> Result<Launched, Refusal> {
    match settings.trustee() {
        None => require_fitting_key(installation, wave, manifest)?,
        Some(trustee) if manifest.manifest().box_key == trustee.box_key => {}
        Some(_) => return Err(Refusal::corrupt(format!("the promise sheet of round {wave} does not have the key of its key holder"))),
    }
    let credential_key = installation
        .responses
        .credential_key(wave)?
        .ok_or_else(|| Refusal::corrupt(format!("the ballot side has no credential key for round {wave}")))?;
    let Manifest { invited, groups, opens_at, .. } = *manifest.manifest();
    let people_side = installation.people_side_at(Work::QueueInvitations, usize::try_from(invited).unwrap_or(usize::MAX));
    people_side.finish_launch(wave, &credential_key, &manifest.hash().0, opens_at, &mut rand::rng())?;
    observe(Step::LaunchRunning);
    Ok(Launched {
        invited,
        by_card: installation.identity.delivery(wave)?.by_card,
        groups,
        without_team: installation.identity.without_team()?,
        check_words: protocol::words::manifest_words(&manifest.hash()).join(" "),
    })
}

/// Whether a launch of this wave still has to make its key, for which a passphrase may be needed.
///
/// # Errors
/// [`Refusal::UnknownWave`], or when the key folder cannot be read.
pub fn makes_a_key(installation: &Installation, wave: &WaveId) -> Result<bool, Refusal> {
    let before = matches!(installation.state(wave)?, WaveState::Draft | WaveState::Launching);
    let here = WaveSettings::of(&installation.identity, wave)?.trustee().is_none();
    Ok(before && here && installation.keys.read(wave).map_err(Refusal::unavailable)?.is_none())
}

/// People are invited only under a promise sheet whose answers the key in the file will open.
fn require_fitting_key(installation: &Installation, wave: &WaveId, manifest: &FrozenManifest) -> Result<(), Refusal> {
    let bytes = installation.keys.read(wave).map_err(Refusal::unavailable)?;
    let fits = match &bytes {
        Some(bytes) => KeyFile::from_json(bytes).map_err(Refusal::corrupt)?.box_key() == manifest.manifest().box_key,
        None => false,
    };
    if fits {
        return Ok(());
    }
    Err(Refusal::Corrupt(format!(
        "the key file {} does not belong to the promise sheet of round {wave}: nobody was invited. Abort this round and draft a new one",
        installation.keys.path(wave).display()
    )))
}

/// The public half of the box key: of the key that an interrupted launch left, or of a new one, which is then durable.
fn box_key(
    installation: &Installation,
    wave: &WaveId,
    settings: &WaveSettings,
    passphrase: Option<&SecretString>,
) -> Result<protocol::BoxPublicKey, Refusal> {
    if let Some(bytes) = installation.keys.read(wave).map_err(Refusal::unavailable)? {
        return KeyFile::from_json(&bytes).map(|file| file.box_key()).map_err(Refusal::corrupt);
    }
    if settings.passphrase && passphrase.is_none() {
        return Err(Refusal::PassphraseNeeded(wave.clone()));
    }
    let secret = BoxSecretKey::generate(&mut rand::rng());
    let file = KeyFile::lock(&secret, wave, passphrase.filter(|_| settings.passphrase), &mut rand::rng()).map_err(Refusal::unavailable)?;
    installation.keys.write(wave, &file.to_json().map_err(Refusal::unavailable)?).map_err(Refusal::unavailable)?;
    Ok(file.box_key())
}

/// Everything that the ballot side learns of a round at its launch, with fresh keys.
pub(super) fn describe(
    installation: &Installation,
    wave: &WaveId,
    settings: &WaveSettings,
    box_key: protocol::BoxPublicKey,
) -> Result<NewWave, Refusal> {
    let leaves = installation.identity.groups(wave)?;
    let groups = GroupList::freeze(leaves).map_err(Refusal::corrupt)?;
    let instrument = settings.asks(instrument(installation, settings)?);
    let instrument_bytes = instrument.to_bytes().map_err(Refusal::corrupt)?;
    let mut random = rand::rng();
    let credential_key = CredentialKey::generate(&mut random).map_err(Refusal::unavailable)?;
    let (board_key, notices_key) = (BoardKey::generate(&mut random), NoticesKey::generate(&mut random));
    let questionnaire = Questionnaire { instrument: &instrument, bytes: &instrument_bytes };
    let keys = PublicKeys {
        credential: credential_key.public_key(),
        sealed_box: box_key,
        board: board_key.public_key(),
        notices: notices_key.public_key(),
    };
    let cards = installation.identity.delivery(wave)?.by_card;
    let frozen = promise_sheet(installation, wave, settings, cards, &groups, questionnaire, keys)?;
    // The opening will insist on this; better to find it now than after the answers are in.
    groups.check_against(frozen.manifest()).map_err(Refusal::corrupt)?;
    Ok(NewWave {
        wave: wave.clone(),
        manifest: frozen.bytes().to_vec(),
        groups: groups.leaves().to_vec(),
        instrument: instrument_bytes,
        client: client_files(&frozen.manifest().languages)?,
        credential_key: credential_key.to_bytes().to_vec().into(),
        board_key: board_key.to_bytes().to_vec().into(),
        notices_key: notices_key.to_bytes().to_vec().into(),
    })
}

/// The promise sheet of a round that is launched now.
pub(super) fn promise_sheet(
    installation: &Installation,
    wave: &WaveId,
    settings: &WaveSettings,
    cards: u32,
    groups: &GroupList,
    questionnaire: Questionnaire<'_>,
    keys: PublicKeys,
) -> Result<FrozenManifest, Refusal> {
    let config = &installation.config;
    let own = &settings.particulars;
    let language = Language::parse(&config.survey.language).map_err(|e| Refusal::Invalid(format!("survey.language: {e}")))?;
    let terms = Terms {
        wave,
        organisation: &config.organisation,
        own_words: OwnWords {
            language: &language,
            purpose: own.purpose.as_ref().or(config.purpose.as_ref()),
            not_for: own.not_for.as_ref().or(config.not_for.as_ref()),
            words_posted: config.words_posted.as_ref(),
            contacts: &config.contacts,
        },
        key_holder: settings.trustee().map(|trustee| trustee.holder.as_str()).or(settings.key_holder.as_deref()),
        trustee: settings.trustee().map(|trustee| trustee.trustee_key),
        team_reads: settings.team_reads(config),
        hr_groups_after_hours: settings.hr_groups_after_hours(config),
        participation: own.participation,
        cards,
        weakened_by: exposed::for_sheet(installation, settings)?,
        passphrase: settings.passphrase,
        k: settings.k,
        group_min: settings.group_min,
        coalition: settings.coalition,
        min_range: settings.min_range,
        opens_at: settings.opens(installation.clock.now()),
        schedule: &settings.schedule,
        nonce: ManifestNonce(rand::random()),
    };
    promise::freeze(&terms, groups, questionnaire, keys).map_err(|e| Refusal::Invalid(e.to_string()))
}

/// The survey page of this version for a questionnaire in these languages.
fn client_files(languages: &[Language]) -> Result<ClientFiles, Refusal> {
    let later = |language: &str| CLIENT_LATER_WORDS.iter().find(|(of, _)| *of == language).map(|(_, words)| words.to_vec());
    let word = |(language, words): &(&str, &[u8])| {
        Ok((Language::parse(language).map_err(Refusal::corrupt)?, WordFiles { words: words.to_vec(), later: later(language) }))
    };
    Ok(ClientFiles {
        page: page(languages).into_bytes(),
        js: CLIENT_JS.to_vec(),
        css: CLIENT_CSS.as_bytes().to_vec(),
        words: CLIENT_WORDS.iter().map(word).collect::<Result<_, Refusal>>()?,
    })
}

/// The shell with the style inside. It names the hash of exactly this client, and the languages, so that the browser can fetch the right words at once.
fn page(languages: &[Language]) -> String {
    let integrity = format!("sha256-{}", BASE64.encode(&Sha256::digest(CLIENT_JS)));
    let languages: Vec<&str> = languages.iter().map(Language::as_str).collect();
    CLIENT_PAGE.replace("__LANGUAGES__", &languages.join(" ")).replace("__CLIENT_SRI__", &integrity).replace("__STYLE__", CLIENT_CSS)
}
