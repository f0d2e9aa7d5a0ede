//! Every pair of states that two copies can be in.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use domain::Moment;
use identity::WaveRecord;

use super::*;

fn wave(name: &str) -> WaveId {
    WaveId::parse(name).unwrap()
}

fn record(name: &str, state: WaveState) -> WaveRecord {
    WaveRecord {
        wave: wave(name),
        state,
        settings: serde_json::Value::Null,
        opens_at: Some(Moment::from_micros(0)),
        closing_at: None,
        closed_at: None,
        opened_at: None,
        published_at: None,
        aborted_at: None,
        manifest_hash: (!matches!(state, WaveState::Draft | WaveState::Launching)).then_some([7; 32]),
        abort_reason: None,
        key_folder: None,
        reminders_queued: 0,
        extended_days: 0,
        restored: false,
    }
}

/// A people side with one wave in which two of two groups have begun these numbers of answers.
fn people(state: WaveState, issued: [u32; 2]) -> PeopleSide {
    let record = record("2026-q4", state);
    let counts = |counts: [u32; 2]| [GroupId(0), GroupId(1)].into_iter().zip(counts).collect();
    let unfinished = (state != WaveState::Draft && !state.is_final()).then(|| UnfinishedWave {
        record: record.clone(),
        invited: counts([8, 9]),
        issued: counts(issued),
    });
    PeopleSide { waves: vec![record], unfinished, people: 17, log: (None, None) }
}

fn ballots(gate: Gate, board: bool, released: bool, cast: [u32; 2]) -> BallotSide {
    let held = HeldWave { wave: wave("2026-q4"), gate, manifest_hash: [7; 32], board, released };
    let counts = [GroupId(0), GroupId(1)].into_iter().zip(cast).filter(|(_, count)| *count > 0).collect();
    BallotSide { waves: vec![held], ballots: counts, prepared: None, credential_key: None }
}

fn nothing() -> BallotSide {
    BallotSide { waves: Vec::new(), ballots: BTreeMap::new(), prepared: None, credential_key: None }
}

fn round(people: &PeopleSide, ballots: &BallotSide, nothing_since: bool) -> Round {
    judge(people, ballots, nothing_since).unwrap().unwrap()
}

#[test]
fn a_round_in_which_people_could_answer_takes_no_new_answers_unless_somebody_says_that_nothing_happened() {
    let (known, held) = (people(WaveState::Running, [5, 6]), ballots(Gate::Open, false, false, [5, 4]));
    let ended = round(&known, &held, false);
    assert_eq!((ended.then, ended.answering_ends, ended.box_ends), (AfterRestore::NoNewAnswers, true, true));
    assert_eq!((ended.invited, ended.begun, ended.in_box, ended.lost), (17, 11, 9, 2));
    let goes_on = round(&known, &held, true);
    assert_eq!((goes_on.then, goes_on.answering_ends, goes_on.box_ends), (AfterRestore::GoesOn, false, false));
    // Saying so cannot give back what an earlier restore has ended.
    let mut again = people(WaveState::Running, [5, 6]);
    again.unfinished.as_mut().unwrap().record.restored = true;
    assert_eq!(round(&again, &held, true).then, AfterRestore::NoNewAnswers);
}

#[test]
fn answers_that_nobody_began_are_noticed_in_every_group_by_itself() {
    // Eleven were begun and eleven are there, but not by the same groups.
    let shifted = round(&people(WaveState::Running, [5, 6]), &ballots(Gate::Open, false, false, [6, 5]), true);
    assert_eq!((shifted.then, shifted.why), (AfterRestore::OnlyEnded, Some(Lost::Unaccounted)));
    assert!(shifted.answering_ends && shifted.box_ends, "nobody answers for nothing");
    assert_eq!(shifted.lost, 1);
}

#[test]
fn after_the_answering_has_ended_a_round_goes_on_where_it_stood() {
    for (state, gate, board) in [
        (WaveState::Closing, Gate::Open, false),
        (WaveState::Closing, Gate::Closed, true),
        (WaveState::Closed, Gate::Closed, true),
        (WaveState::Opened, Gate::Closed, true),
    ] {
        let found = round(&people(state, [5, 6]), &ballots(gate, board, false, [5, 5]), false);
        assert_eq!((found.then, found.why, found.box_ends, found.lost), (AfterRestore::GoesOn, None, false, 1), "{state}");
    }
    // A publication that was interrupted is finished; a launch whose box was never made begins anew.
    let publishing = round(&people(WaveState::Opened, [5, 6]), &ballots(Gate::Done, true, true, [0, 0]), false);
    assert_eq!(publishing.then, AfterRestore::GoesOn);
    let launching = round(&people(WaveState::Launching, [0, 0]), &nothing(), false);
    assert_eq!((launching.then, launching.answering_ends), (AfterRestore::GoesOn, false));
    let launched = round(&people(WaveState::Launching, [0, 0]), &ballots(Gate::Open, false, false, [0, 0]), false);
    assert_eq!((launched.why, launched.answering_ends), (Some(Lost::Launched), true));
}

#[test]
fn two_sides_of_different_moments_end_the_round_where_it_could_not_be_opened() {
    for (state, held, why) in [
        (WaveState::Running, nothing(), Lost::NoBox),
        (WaveState::Closed, nothing(), Lost::NoBox),
        (WaveState::Closed, ballots(Gate::Open, false, false, [5, 6]), Lost::NoBoard),
        (WaveState::Opened, ballots(Gate::Open, false, false, [5, 6]), Lost::NoBoard),
        (WaveState::Running, ballots(Gate::Closed, true, false, [5, 6]), Lost::Shut),
        (WaveState::Running, ballots(Gate::Done, true, false, [0, 0]), Lost::Destroyed),
    ] {
        let found = round(&people(state, [5, 6]), &held, true);
        assert_eq!((found.then, found.why), (AfterRestore::OnlyEnded, Some(why)), "{state}");
    }
}

#[test]
fn sides_that_cannot_be_used_together_are_refused_with_the_older_one_named() {
    let of = |people: &PeopleSide, ballots: &BallotSide| judge(people, ballots, true).unwrap_err();
    let open = ballots(Gate::Open, false, false, [0, 0]);
    let published = ballots(Gate::Done, true, true, [0, 0]);
    let name = || wave("2026-q4");
    assert_eq!(of(&people(WaveState::Draft, [0, 0]), &open), Misfit::PeopleOlder(name()));
    assert_eq!(of(&PeopleSide { waves: Vec::new(), unfinished: None, people: 0, log: (None, None) }, &open), Misfit::PeopleOlder(name()));
    assert_eq!(of(&people(WaveState::Running, [5, 6]), &published), Misfit::PeopleOlder(name()));
    assert_eq!(of(&people(WaveState::Published, [0, 0]), &open), Misfit::BallotsOlder(name()));
    assert_eq!(of(&people(WaveState::Published, [0, 0]), &ballots(Gate::Done, true, false, [0, 0])), Misfit::BallotsOlder(name()));
    assert_eq!(of(&people(WaveState::Published, [0, 0]), &nothing()), Misfit::BallotsOlder(name()));
    assert_eq!(of(&people(WaveState::Aborted, [0, 0]), &open), Misfit::BallotsOlder(name()));
    let mut other = people(WaveState::Running, [5, 6]);
    other.waves[0].manifest_hash = Some([8; 32]);
    assert_eq!(of(&other, &open), Misfit::OtherInstallation(name()));
    // What fits without a round that is under way.
    assert_eq!(judge(&people(WaveState::Published, [0, 0]), &published, false), Ok(None));
    assert_eq!(judge(&people(WaveState::Aborted, [0, 0]), &nothing(), false), Ok(None));
    assert_eq!(judge(&people(WaveState::Draft, [0, 0]), &nothing(), false), Ok(None));
}

#[test]
fn a_round_that_waits_for_its_countersignature_goes_on_only_if_nothing_happened_since_the_copy() {
    let waiting = BallotSide { prepared: Some(wave("2026-q4")), ..nothing() };
    let launching = people(WaveState::Launching, [0, 0]);
    let since = round(&launching, &waiting, false);
    assert_eq!((since.then, since.why, since.answering_ends), (AfterRestore::OnlyEnded, Some(Lost::Launched), true));
    assert!(!since.box_ends, "there is no box");
    let goes_on = round(&launching, &waiting, true);
    assert_eq!((goes_on.then, goes_on.answering_ends), (AfterRestore::GoesOn, false));
    assert_eq!(round(&people(WaveState::Running, [1, 0]), &waiting, true).why, Some(Lost::NoBox));
    assert_eq!(judge(&people(WaveState::Draft, [0, 0]), &waiting, true), Err(Misfit::PeopleOlder(wave("2026-q4"))));
    assert_eq!(judge(&people(WaveState::Aborted, [0, 0]), &waiting, true), Err(Misfit::BallotsOlder(wave("2026-q4"))));
}
