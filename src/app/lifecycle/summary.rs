//! What a launch of a draft would do, for somebody who is to confirm it: whom it invites, in which groups, and what stands in its way.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::HEXLOWER;
use domain::instrument::Instrument;
use domain::roster::Roster;
use domain::{Language, WaveId};
use protocol::manifest::Weakening;
use sha2::{Digest, Sha256};

use super::faults::{self, Field};
use super::groups::{self, DraftGroups};
use super::settings::WaveSettings;
use super::{Refusal, draft, exposed, launch, proposal, reasons, reorganisation};
use crate::installation::Installation;
use crate::words::Saying;

/// What a launch would do if it came now.
#[derive(Debug)]
pub struct Summary {
    /// What the draft decides.
    pub settings: WaveSettings,
    /// The questionnaire as it would be asked; `None` where there is none of this name.
    pub instrument: Option<Instrument>,
    /// The groups that would be frozen; `None` while none can be formed.
    pub groups: Option<DraftGroups>,
    /// People who would be invited.
    pub invited: u32,
    /// People among them who get a printed card and no mail.
    pub by_card: u32,
    /// People of the staff list who belong to no team and are not invited.
    pub without_team: u32,
    /// How many would be asked in each language.
    pub languages: BTreeMap<Language, u32>,
    /// Answers that a statement needs where that is more than the smallest number shown together, with the statements.
    pub hidden: BTreeMap<u32, String>,
    /// What keeps the round from being launched; empty when it can be.
    pub obstacles: Vec<Saying>,
    /// A fingerprint of all this: who confirms one summary does not launch another.
    pub seen: String,
}

/// What a launch of a draft would do now.
///
/// # Errors
/// [`Refusal::UnknownWave`], or when a database fails.
pub fn of_draft(installation: &Installation, wave: &WaveId) -> Result<Summary, Refusal> {
    let settings = WaveSettings::of(&installation.identity, wave)?;
    let roster = installation.identity.roster()?;
    let instrument = installation.catalogue.get(&settings.instrument).map(|instrument| settings.asks(instrument));
    let faults = faults::of(installation, &settings)?.into_iter().chain(faults::of_round(wave, &settings));
    let faults = faults.filter(|fault| fault.field != Field::Reminders);
    let mut obstacles: Vec<Saying> = faults.map(|fault| fault.says).collect();
    let (mut groups, mut hidden) = (None, BTreeMap::new());
    if roster.people.is_empty() {
        obstacles.push(Saying::key("obstacle-no-staff"));
    } else if obstacles.is_empty() {
        obstacles.extend(of_staff_list(installation, &roster, instrument.as_ref())?);
        match groups::of_draft(installation, wave, &settings, &roster) {
            Ok(formed) => groups = Some(formed),
            Err(refusal) => match groups::why_none(&refusal) {
                Some(why) => obstacles.push(Saying::key("obstacle-groups").and("why", why)),
                None => return Err(refusal),
            },
        }
        hidden = draft::needing_more(installation, &settings)?.into_iter().map(|(fewest, items)| (fewest, items.join(", "))).collect();
    }
    obstacles.extend(exposed::obstacles(installation)?);
    if let Some(other) = installation.unfinished_wave()?.filter(|other| other != wave) {
        obstacles.push(Saying::key("obstacle-another-round").and("round", &other));
    }
    let mut summary = Summary {
        seen: fingerprint(&settings, &roster, groups.as_ref(), &exposed::for_sheet(installation, &settings)?)?,
        settings,
        instrument,
        groups,
        invited: 0,
        by_card: 0,
        without_team: 0,
        languages: BTreeMap::new(),
        hidden,
        obstacles,
    };
    for person in roster.people.values() {
        if person.team.is_none() {
            summary.without_team += 1;
            continue;
        }
        summary.invited += 1;
        summary.by_card += u32::from(person.by_card());
        *summary.languages.entry(person.language.clone()).or_default() += 1;
    }
    Ok(summary)
}

fn of_staff_list(installation: &Installation, roster: &Roster, instrument: Option<&Instrument>) -> Result<Vec<Saying>, Refusal> {
    let missing = instrument.map(|instrument| launch::languages_missing(roster, instrument)).unwrap_or_default();
    let mut obstacles: Vec<Saying> =
        missing.iter().map(|language| Saying::key("obstacle-language").and("language", language.as_str())).collect();
    if let Some(news) = reorganisation::news(installation, roster)? {
        obstacles.extend(news.disagreements.iter().map(reasons::of_disagreement));
    }
    Ok(obstacles)
}

/// SHA-256 over everything that a launch would take from the draft, from the staff list, and from what weakens the promise here.
fn fingerprint(
    settings: &WaveSettings,
    roster: &Roster,
    groups: Option<&DraftGroups>,
    weakened_by: &BTreeSet<Weakening>,
) -> Result<String, Refusal> {
    let mut hash = Sha256::new();
    let mut add = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    add(&serde_json::to_vec(settings).map_err(Refusal::corrupt)?);
    for one in weakened_by {
        add(one.as_str().as_bytes());
    }
    if let Some(groups) = groups {
        add(&serde_json::to_vec(&groups.proposal.leaves).map_err(Refusal::corrupt)?);
        for (person, group) in proposal::invited(roster, &groups.proposal.group_of) {
            for part in [person.id.as_str(), &person.name, &person.mail, person.language.as_str()] {
                add(part.as_bytes());
            }
            add(&group.0.to_be_bytes());
        }
    }
    Ok(HEXLOWER.encode(&hash.finalize()))
}
