//! What weakens a round's promise here: what the servers behind the stores keep beside their tables, and whether the disks are copied.
//!
//! What is known at the launch must have been accepted by name, and stands on the promise sheet. What comes later goes to the promise log and into the
//! closing mail. Nothing here looks at an answer or a person.

use std::collections::{BTreeMap, BTreeSet};

use domain::{WaveId, WaveState};
use identity::Exposure;
use protocol::FrozenManifest;
use protocol::manifest::Weakening;

use super::Refusal;
use super::settings::WaveSettings;
use crate::installation::Installation;
use crate::operating::servers::{Kinship, Servers, TELLS_SERVERS_APART};
use crate::words::Saying;

/// What was found, each with the setting or the number that shows it.
type Found = BTreeMap<Weakening, String>;

/// What the servers show now. Files of SQLite have none: there the settings of every connection are read back, and one that did not take is not used.
fn found(installation: &Installation) -> Result<Found, Refusal> {
    Ok(of_servers(&installation.servers().map_err(Refusal::unavailable)?))
}

fn of_servers(servers: &Servers) -> Found {
    let mut found = Found::new();
    let exposures = &servers.ballots.exposures;
    for (exposure, shown) in &exposures.found {
        if let Some(weakening) = of_exposure(*exposure) {
            found.entry(weakening).and_modify(|all| *all = format!("{all}, {shown}")).or_insert_with(|| shown.clone());
        }
    }
    let kinship = servers.kinship();
    let unseen: Vec<&str> = exposures.unseen.iter().copied().chain((kinship == Kinship::Unseen).then_some(TELLS_SERVERS_APART)).collect();
    if !unseen.is_empty() {
        found.insert(Weakening::Unseen, unseen.join(", "));
    }
    if matches!(kinship, Kinship::OneServer | Kinship::OneRole(_)) {
        found.insert(Weakening::OneServer, "storage.identity, storage.responses".to_owned());
    }
    if let Kinship::OneRole(role) = kinship {
        found.insert(Weakening::OneRole, role);
    }
    found
}

/// What an exposure of the ballot side's server means for a round's promise; nothing, where it shows no order and no time.
const fn of_exposure(exposure: Exposure) -> Option<Weakening> {
    match exposure {
        Exposure::CommitTimes => Some(Weakening::CommitTimes),
        Exposure::StatementLog => Some(Weakening::StatementLog),
        Exposure::Archive => Some(Weakening::Archive),
        Exposure::Slot => Some(Weakening::ReplicationSlot),
        Exposure::Replica => Some(Weakening::Replica),
        Exposure::Superuser => None,
    }
}

/// What whoever drafted a round says about copies of the disks.
const fn of_disks(copied: Option<bool>) -> Option<Weakening> {
    match copied {
        Some(true) => Some(Weakening::DiskCopies),
        Some(false) => None,
        None => Some(Weakening::DiskCopiesUnknown),
    }
}

/// What the promise sheet of a round would say if it were launched now, accepted or not.
pub(super) fn for_sheet(installation: &Installation, settings: &WaveSettings) -> Result<BTreeSet<Weakening>, Refusal> {
    Ok(found(installation)?.into_keys().chain(of_disks(settings.particulars.disk_copies)).collect())
}

/// What keeps a round from being launched: everything that was found and that the configuration does not accept.
pub(super) fn obstacles(installation: &Installation) -> Result<Vec<Saying>, Refusal> {
    let accepted = &installation.config.storage.accept;
    let unaccepted = found(installation)?.into_iter().filter(|(one, _)| !accepted.contains(one));
    Ok(unaccepted
        .map(|(one, shown)| {
            Saying::key("obstacle-exposed").and("means", Saying::key(key(one))).and("shown", shown).and("name", one.as_str())
        })
        .collect())
}

/// Refuses to launch where something was found that the configuration does not accept.
pub(super) fn refuse_unaccepted(installation: &Installation) -> Result<(), Refusal> {
    obstacles(installation)?.into_iter().next().map_or(Ok(()), |says| Err(Refusal::said(says)))
}

/// Looks again while a round is under way, and records what its promise sheet does not say. Returns what was recorded now.
///
/// # Errors
/// When a database cannot be reached; nothing is concluded from that.
pub fn watch(installation: &Installation) -> Result<BTreeSet<Weakening>, Refusal> {
    let Some(wave) = installation.unfinished_wave()? else { return Ok(BTreeSet::new()) };
    watch_round(installation, &wave)
}

/// The same for a round that the caller knows to be under way.
pub(super) fn watch_round(installation: &Installation, wave: &WaveId) -> Result<BTreeSet<Weakening>, Refusal> {
    // Before its launch is finished a round promises nothing yet, and the launch looks by itself.
    if !matches!(installation.state(wave)?, WaveState::Running | WaveState::Closing | WaveState::Closed | WaveState::Opened) {
        return Ok(BTreeSet::new());
    }
    let sheet = FrozenManifest::read(installation.ballot_side(wave)?.manifest).map_err(Refusal::corrupt)?;
    let mut recorded = BTreeSet::new();
    for one in found(installation)?.into_keys().filter(|one| !sheet.manifest().weakened_by.contains(one)) {
        if installation.identity.record_weakening(wave, one.as_str())? == identity::Transition::Done {
            recorded.insert(one);
        }
    }
    Ok(recorded)
}

/// What was found while a round ran; public.
///
/// # Errors
/// When the people side fails.
pub fn found_later(installation: &Installation, wave: &WaveId) -> Result<BTreeSet<Weakening>, Refusal> {
    Ok(installation.identity.found_later(wave)?.iter().filter_map(|name| Weakening::parse(name)).collect())
}

/// The sentence of the console that says it.
#[must_use]
pub const fn key(weakening: Weakening) -> &'static str {
    match weakening {
        Weakening::CommitTimes => "exposed-commit-times",
        Weakening::StatementLog => "exposed-statement-log",
        Weakening::Archive => "exposed-archive",
        Weakening::ReplicationSlot => "exposed-replication-slot",
        Weakening::Replica => "exposed-replica",
        Weakening::OneServer => "exposed-one-server",
        Weakening::OneRole => "exposed-one-role",
        Weakening::Unseen => "exposed-unseen",
        Weakening::DiskCopies => "exposed-disk-copies",
        Weakening::DiskCopiesUnknown => "exposed-disk-copies-unknown",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use identity::Exposures;

    use super::*;
    use crate::operating::servers::Server;

    fn server(cluster: Option<&str>, role: Option<&str>, found: &[(Exposure, &str)], unseen: &[&'static str]) -> Server {
        let found = found.iter().map(|(exposure, shown)| (*exposure, (*shown).to_owned())).collect();
        let exposures = Exposures { found, unseen: unseen.to_vec() };
        Server { cluster: cluster.map(str::to_owned), role: role.map(str::to_owned), exposures }
    }

    fn names(people: &Server, ballots: &Server) -> Vec<&'static str> {
        found_in(people, ballots).into_keys().map(Weakening::as_str).collect()
    }

    fn found_in(people: &Server, ballots: &Server) -> Found {
        of_servers(&Servers { people: people.clone(), ballots: ballots.clone() })
    }

    #[test]
    fn every_exposure_of_the_ballot_sides_server_but_a_superuser_weakens_the_promise_under_the_name_that_the_doctor_uses() {
        for exposure in Exposure::ALL {
            assert_eq!(of_exposure(exposure).map(Weakening::as_str), Some(exposure.as_str()).filter(|name| *name != "superuser"));
            let shown = [(exposure, "a = on"), (exposure, "b = on")];
            let people = server(Some("1"), Some("one"), &shown, &["log_statement"]);
            let ballots = server(Some("2"), Some("two"), &shown, &[]);
            let expected: Vec<&str> = of_exposure(exposure).map(Weakening::as_str).into_iter().collect();
            assert_eq!(names(&people, &ballots), expected);
            if let Some(weakening) = of_exposure(exposure) {
                assert_eq!(found_in(&people, &ballots)[&weakening], "a = on, b = on");
            }
            // What the other side's server keeps tells who answered and when, and never what.
            let quiet = server(Some("2"), Some("two"), &[], &[]);
            assert_eq!(names(&people, &quiet), [""; 0]);
        }
    }

    #[test]
    fn one_server_one_role_and_what_cannot_be_seen_are_found_and_files_have_none_of_it() {
        let two = |clusters: [Option<&str>; 2], roles: [Option<&str>; 2]| {
            names(&server(clusters[0], roles[0], &[], &[]), &server(clusters[1], roles[1], &[], &[]))
        };
        assert_eq!(two([None; 2], [None; 2]), [""; 0], "files");
        assert_eq!(two([Some("1"), Some("2")], [Some("a"); 2]), [""; 0], "one name on two servers is two roles");
        assert_eq!(two([Some("1"); 2], [Some("a"), Some("b")]), ["one-server"]);
        assert_eq!(two([Some("1"); 2], [Some("a"); 2]), ["one-server", "one-role"]);
        assert_eq!(two([Some("1"), None], [Some("a"), Some("b")]), ["unseen"], "nobody can say whether they are one");
        assert_eq!(two([None, Some("1")], [None, Some("b")]), [""; 0], "a file and a server are two");
        let blind = server(Some("2"), Some("b"), &[], &["track_commit_timestamp"]);
        assert_eq!(names(&server(Some("1"), Some("a"), &[], &[]), &blind), ["unseen"]);
    }

    #[test]
    fn a_draft_that_says_nothing_about_copies_promises_no_more_than_one_that_does_not_know() {
        assert_eq!(of_disks(None), Some(Weakening::DiskCopiesUnknown));
        assert_eq!(of_disks(Some(true)), Some(Weakening::DiskCopies));
        assert_eq!(of_disks(Some(false)), None);
        // What is asked of people is not refused by the program.
        assert!(Weakening::ALL.into_iter().filter(|one| !one.is_found()).eq([Weakening::DiskCopies, Weakening::DiskCopiesUnknown]));
    }
}
