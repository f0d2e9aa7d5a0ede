//! `candor backup` and `candor restore`.

use std::path::Path;

use data_encoding::HEXLOWER;
use domain::WaveState;
use identity::AfterRestore;

use super::arguments::{Arguments, BackupArguments, RestoreArguments};
use super::terminal::say;
use super::{Failure, bare_installation, installation};
use crate::copies::fitting::{Lost, Round};
use crate::copies::restore::Key;
use crate::copies::{self, Copied, Restored};

pub(super) fn back_up(arguments: &Arguments, given: &BackupArguments) -> Result<(), Failure> {
    refuse_nothing(given.people.as_deref(), given.ballots.as_deref())?;
    let made = copies::back_up(&installation(arguments)?, given.people.as_deref(), given.ballots.as_deref())
        .map_err(|e| Failure::Refused(e.to_string()))?;
    let copied = |side: &str, file: Option<&Path>, copy: Option<&Copied>| {
        if let (Some(file), Some(copy)) = (file, copy) {
            say!("{side}: {}", file.display());
            say!("  {} bytes, SHA-256 {}", copy.size, HEXLOWER.encode(&copy.sha256));
        }
    };
    copied("People side", given.people.as_deref(), made.people.as_ref());
    copied("Ballot side", given.ballots.as_deref(), made.ballots.as_ref());
    if let (Some(people), Some(ballots)) = (&given.people, &given.ballots)
        && people.parent() == ballots.parent()
    {
        say!("Both files lie in one folder: let two people keep them, so that nobody holds both.");
    }
    if let Some(round) = &made.round {
        say!("Round {round} is under way. Delete copies made now once its result is published: they keep its sealed answers.");
        say!("The key that opens them is in no copy. Keep the key folder out of every backup.");
    }
    Ok(())
}

pub(super) fn restore(arguments: &Arguments, given: &RestoreArguments) -> Result<(), Failure> {
    let (people, ballots) = (given.people.as_deref(), given.ballots.as_deref());
    refuse_nothing(people, ballots)?;
    let failed = |problem: copies::restore::RestoreProblem| Failure::Refused(problem.to_string());
    if given.check {
        let (of_people, of_ballots) = copies::check(people, ballots).map_err(failed)?;
        for (side, file, checked) in [("People side", people, &of_people), ("Ballot side", ballots, &of_ballots)] {
            if let (Some(file), Some(checked)) = (file, checked) {
                say!("{side}: {} is whole, written by version {}", file.display(), checked.program);
                say!("  SHA-256 {}", HEXLOWER.encode(&checked.sha256));
            }
        }
        if let (Some(one), Some(other)) = (&of_people, &of_ballots)
            && one.pair != other.pair
        {
            say!("They were not made together: restoring them says what that means.");
        }
        return Ok(());
    }
    let restored = copies::restore(&bare_installation(arguments)?, people, ballots, given.nothing_since).map_err(failed)?;
    for line in report(&restored, people.is_some() && ballots.is_some()) {
        say!("{line}");
    }
    Ok(())
}

fn refuse_nothing(people: Option<&Path>, ballots: Option<&Path>) -> Result<(), Failure> {
    if people.is_none() && ballots.is_none() {
        return Err(Failure::BadInput("give --people FILE, --ballots FILE, or both".to_owned()));
    }
    Ok(())
}

/// What a restore means, line by line.
fn report(restored: &Restored, both: bool) -> Vec<String> {
    let mut lines = vec![format!("Restored: {} rounds, {} people on the staff list.", restored.rounds, restored.people)];
    if both && !restored.together {
        lines.push("The two copies were not made together; what that means is counted below.".to_owned());
    }
    if let Some(problem) = &restored.log_broken {
        lines.push(format!("Warning: the promise log of the copy does not hold: {problem}."));
    }
    if let Some(had) = restored.log_had {
        lines.push(format!(
            "The promise log once had {had} entries and the copy does not hold the last of them: what was done since then is lost."
        ));
    }
    lines.push("Everybody signs in again, and links for a first or a new password must be made again. Codes for a lost second factor that were used since the copy work again: make new ones where that matters.".to_owned());
    match &restored.round {
        None => lines.push("No round was under way in the copy.".to_owned()),
        Some(round) => of_round(round, restored.key, &mut lines),
    }
    for wave in &restored.strange_keys {
        lines.push(format!(
            "The key folder holds a key of round {wave}, which is not under way here: it was launched after the copy was made, and its answers are lost. Nothing here destroys that key; use another name for the next round, and delete the file once nobody can restore that round any more."
        ));
    }
    lines.push("Next: candor doctor, then candor serve.".to_owned());
    lines
}

fn of_round(round: &Round, key: Key, lines: &mut Vec<String>) {
    let wave = &round.wave;
    lines.push(format!("Round {wave} was under way: {}.", round.state));
    // As long as people go on answering, nobody is told how many have.
    if round.then != AfterRestore::GoesOn || matches!(round.state, WaveState::Closed | WaveState::Opened) {
        lines.push(format!(
            "  {} people are invited, {} had begun to send an answer, {} sealed answers are in the box.",
            round.invited, round.begun, round.in_box
        ));
    }
    if round.lost > 0 {
        lines.push(format!(
            "  {} answers were begun and are not in the box: lost, unless a browser is still sending them while the box takes them.",
            round.lost
        ));
    }
    match (round.then, round.why) {
        (AfterRestore::OnlyEnded, why) => {
            lines.push(format!("  Its answers cannot be opened any more: {}.", why.map_or("they do not fit together", lost)));
            lines.push(format!("  End it, so that everybody is told: candor wave abort {wave} --reason \"…\""));
        }
        (AfterRestore::NoNewAnswers, _) => {
            lines.push(format!(
                "  Up to {} people who had not begun may have answered after the copy was made. Those answers are lost, and nobody can say whose they are.",
                round.invited.saturating_sub(round.begun)
            ));
            lines.push("  No new answer begins from now on, and nothing more is put into the box: whoever answered after the copy could count twice otherwise, and a second answer is worse than a lost one. Invitations and reminders that waited are dropped.".to_owned());
            lines.push("  Whoever opens their link reads that the round takes no answers any more. The closing mail says of everybody what the copy knows.".to_owned());
            lines.push("  A lost answer's receipt is not on the list of counted answers: once that is public, its holder can object, which is counted in public and holds the opening until you have answered.".to_owned());
            lines.push(format!(
                "  Choose: let the round go on to its dates with {} answers, or end it (candor wave abort {wave} --reason \"…\") and launch a new one in which everybody can answer.",
                round.in_box
            ));
        }
        (AfterRestore::GoesOn, _) if round.state == WaveState::Running => {
            lines.push("  It goes on, and people can answer, because you said that nothing has happened since the copy was made. The promise log holds that.".to_owned());
        }
        (AfterRestore::GoesOn, _) => {
            lines.push("  It goes on where it stood. Mails that were sent after the copy was made are sent again.".to_owned());
        }
    }
    lines.push(format!("  {}", of_key(key, wave.as_str())));
}

const fn lost(why: Lost) -> &'static str {
    match why {
        Lost::NoBox => "the ballot side is from before its launch, so the answers are gone",
        Lost::NoBoard => "the people side is from after its close, the ballot side from before it",
        Lost::Unaccounted => {
            "the box holds answers that nobody has begun as far as the people side knows, because the people side is the older one"
        }
        Lost::Shut => "the ballot side is from after its close, the people side from before it",
        Lost::Launched => {
            "the copy is from the middle of its launch, and people may have been invited since by links that it does not know"
        }
        Lost::Destroyed => "the ballot side is from after their destruction",
    }
}

fn of_key(key: Key, wave: &str) -> String {
    match key {
        Key::NotNeeded => "No key is needed.".to_owned(),
        Key::Here => "The key that opens its answers is here.".to_owned(),
        Key::Outside => "The key that opens its answers is not kept here: somebody outside holds it.".to_owned(),
        Key::Gone => format!(
            "The key that opens its answers is not in the key folder. Unless somebody else holds it, the round cannot be opened: it was published or ended after the copy was made, or the key is lost. Then only this is left: candor wave abort {wave} --reason \"…\""
        ),
        Key::OtherFolder => format!(
            "The key folder of this round is not here. Bring it, with its hidden file .turn, or mount its disk; no step is taken before. If it is gone for good, the answers cannot be opened: candor wave abort {wave} --reason \"…\" --key-lost"
        ),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use domain::WaveId;

    use super::*;

    fn round(then: AfterRestore, state: WaveState) -> Round {
        let wave = WaveId::parse("2026-q4").unwrap();
        let why = (then == AfterRestore::OnlyEnded).then_some(Lost::NoBoard);
        Round { wave, state, then, why, invited: 31, begun: 21, in_box: 19, lost: 2, answering_ends: false, box_ends: false }
    }

    fn said(round: Round, key: Key) -> String {
        let restored = Restored {
            round: Some(round),
            rounds: 1,
            people: 31,
            together: true,
            log_broken: None,
            log_had: None,
            key,
            strange_keys: Vec::new(),
        };
        report(&restored, true).join("\n")
    }

    #[test]
    fn while_people_go_on_answering_a_restore_tells_nobody_how_many_have() {
        let goes_on = said(round(AfterRestore::GoesOn, WaveState::Running), Key::Here);
        assert!(!goes_on.contains("21") && !goes_on.contains("19"), "{goes_on}");
        assert!(goes_on.contains("2 answers were begun and are not in the box"), "{goes_on}");
        let ended = said(round(AfterRestore::NoNewAnswers, WaveState::Running), Key::Here);
        for count in ["31 people are invited", "21 had begun", "19 sealed answers", "Up to 10 people"] {
            assert!(ended.contains(count), "{count}: {ended}");
        }
    }

    #[test]
    fn a_missing_key_and_answers_that_do_not_fit_are_said_with_what_is_left_to_do() {
        let gone = said(round(AfterRestore::NoNewAnswers, WaveState::Running), Key::Gone);
        assert!(gone.contains("cannot be opened") && gone.contains("candor wave abort 2026-q4"), "{gone}");
        assert!(said(round(AfterRestore::GoesOn, WaveState::Closed), Key::OtherFolder).contains("--key-lost"));
        assert!(said(round(AfterRestore::GoesOn, WaveState::Launching), Key::Outside).contains("somebody outside holds it"));
        let misfit = said(round(AfterRestore::OnlyEnded, WaveState::Closed), Key::Here);
        assert!(misfit.contains("the ballot side from before it") && misfit.contains("End it"), "{misfit}");
    }
}
