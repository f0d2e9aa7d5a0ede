//! What is said about a round in each of its states.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use std::time::Duration;

use domain::Schedule;

use super::*;
use crate::lifecycle::settings::Particulars;
use crate::words::Words;

const CLOSES: Moment = Moment::from_micros(1_796_000_000_000_000);
const HOUR: Duration = Duration::from_secs(3600);

fn settings(schedule: Schedule, passphrase: bool) -> WaveSettings {
    WaveSettings {
        instrument: "pulse".to_owned(),
        schedule,
        k: 5,
        group_min: 7,
        coalition: 1,
        min_range: 3,
        passphrase,
        comments: false,
        key_holder: None,
        particulars: Particulars::default(),
    }
}

/// A round in a state, closed at `CLOSES` if it has been closed.
fn record(state: WaveState) -> WaveRecord {
    use WaveState as S;
    let after = |states: &[S]| states.contains(&state).then_some(CLOSES);
    WaveRecord {
        wave: WaveId::parse("2026-q4").unwrap(),
        state,
        settings: serde_json::Value::Null,
        opens_at: after(&[S::Running, S::Closing, S::Closed, S::Opened, S::Published, S::Aborted]).map(|_| Moment::from_micros(0)),
        closing_at: after(&[S::Closing, S::Closed, S::Opened, S::Published]),
        closed_at: after(&[S::Closed, S::Opened, S::Published]),
        opened_at: after(&[S::Opened, S::Published]),
        published_at: after(&[S::Published]),
        aborted_at: after(&[S::Aborted]),
        manifest_hash: None,
        key_folder: None,
        reminders_queued: 0,
        extended_days: 0,
        restored: false,
        abort_reason: after(&[S::Aborted]).map(|_| "The wrong staff list was used.".to_owned()),
    }
}

fn situation<'a>(settings: &'a WaveSettings, record: &'a WaveRecord, now: Moment) -> Situation<'a> {
    Situation {
        record,
        settings,
        questionnaire: "Pulse".into(),
        now,
        release_written: false,
        too_few_answered: false,
        result_waits: false,
        list_address: "https://survey.example.org/w/2026-q4/board".to_owned(),
        manifest: None,
        check_words: None,
        board: None,
        key_lost: false,
        followed: None,
        waits: false,
        objections: Objections::default(),
    }
}

fn at(settings: &WaveSettings, record: &WaveRecord, now: Moment) -> RoundStatus {
    situation(settings, record, now).status()
}

/// As English people read it.
fn said(saying: &Saying) -> String {
    Words::english().speak(saying)
}

fn valued(value: impl Into<Value>) -> String {
    Words::english().value(&value.into())
}

fn verbs(status: &RoundStatus) -> Vec<Verb> {
    status.actions.iter().map(|action| action.verb).collect()
}

#[test]
fn a_running_round_can_be_closed_only_from_its_frozen_date_on() {
    let settings = settings(Schedule::with_defaults(CLOSES), false);
    assert_eq!(verbs(&at(&settings, &record(WaveState::Running), Moment::from_micros(0))), [Verb::Remind, Verb::Abort]);
    assert_eq!(verbs(&at(&settings, &record(WaveState::Running), CLOSES)), [Verb::Remind, Verb::Close, Verb::Abort]);
}

#[test]
fn opening_and_publishing_are_offered_when_due_and_ask_for_the_passphrase_if_there_is_one() {
    for passphrase in [false, true] {
        let settings = settings(Schedule::with_defaults(CLOSES), passphrase);
        for (state, verb, due) in [
            (WaveState::Closed, Verb::Open, settings.schedule.opens(CLOSES)),
            (WaveState::Opened, Verb::Publish, settings.schedule.publishes(CLOSES)),
        ] {
            assert_eq!(verbs(&at(&settings, &record(state), CLOSES)), [Verb::Abort]);
            let then = at(&settings, &record(state), due);
            assert_eq!(verbs(&then), [verb, Verb::Abort]);
            assert_eq!(then.actions[0].wants_passphrase, passphrase);
        }
    }
}

#[test]
fn while_an_objection_waits_for_an_answer_the_answer_is_offered_in_place_of_the_opening() {
    let settings = settings(Schedule::with_defaults(CLOSES), false);
    let closed = record(WaveState::Closed);
    let status = |count, answer: Option<&str>| {
        let objections = Objections { count, answer: answer.map(str::to_owned) };
        Situation { objections, ..situation(&settings, &closed, settings.schedule.opens(CLOSES)) }.status()
    };
    let waiting = status(2, None);
    assert_eq!(verbs(&waiting), [Verb::Answer, Verb::Abort]);
    assert!(waiting.actions[0].wants_answer && said(&waiting.sentence).contains("2 objections are"), "{:?}", waiting.sentence);
    assert!(said(&waiting.next).contains(&valued(settings.schedule.aborts(CLOSES))), "{:?}", waiting.next);
    let objections = Objections { count: 1, answer: None };
    let early = Situation { objections, ..situation(&settings, &closed, CLOSES) }.status();
    assert_eq!(verbs(&early), [Verb::Abort]);
    assert!(said(&early.next).starts_with(&format!("From {} on", valued(settings.schedule.opens(CLOSES)))), "{:?}", early.next);
    assert_eq!(verbs(&status(2, Some("Two letters were lost."))), [Verb::Open, Verb::Abort]);
    assert_eq!(verbs(&status(0, None)), [Verb::Open, Verb::Abort]);
}

#[test]
fn a_published_round_in_which_too_few_answered_says_that_it_has_no_result() {
    let settings = settings(Schedule::with_defaults(CLOSES), false);
    let published = record(WaveState::Published);
    let few = Situation { too_few_answered: true, ..situation(&settings, &published, CLOSES) }.status();
    assert!(situation(&settings, &published, CLOSES).status().has_result && !few.has_result);
    assert!(said(&few.sentence).contains("this round has no result") && !said(&few.next).contains("Talk"), "{few:?}");
    assert!(shows_nobody(br#"{"format": "x", "base": {"blocks": []}}"#));
    assert!(!shows_nobody(br#"{"format": "x", "base": {"blocks": [{"groups": [1]}]}}"#) && !shows_nobody(b"cut of"));
}

#[test]
fn a_round_that_has_ended_or_is_not_launched_offers_nothing() {
    let settings = settings(Schedule::manual(CLOSES), false);
    for state in [WaveState::Draft, WaveState::Published, WaveState::Aborted] {
        assert!(at(&settings, &record(state), CLOSES).actions.is_empty(), "{state}");
    }
}

#[test]
fn a_round_that_opens_later_waits_and_its_reminders_stand_in_the_calendar() {
    let mut settings = settings(Schedule::with_defaults(CLOSES), false);
    let opens = Moment::from_micros(CLOSES.micros() - 48 * 3_600_000_000);
    settings.particulars.reminders = vec![opens.plus(HOUR)];
    let waiting = WaveRecord { opens_at: Some(opens), ..record(WaveState::Running) };
    let before = at(&settings, &waiting, Moment::from_micros(0));
    assert_eq!((before.label, verbs(&at(&settings, &waiting, Moment::from_micros(0)))), (Saying::key("state-waiting"), vec![Verb::Abort]));
    let after = at(&settings, &waiting, opens.plus(HOUR));
    assert_eq!(after.calendar[0], CalendarEntry { when: there(opens), what: Saying::key("date-opens"), past: true });
    assert_eq!(after.calendar[1], CalendarEntry { when: there(opens.plus(HOUR)), what: Saying::key("date-reminder"), past: true });
    assert!(!after.calendar[2].past && after.actions.iter().any(|action| action.verb == Verb::Remind));
}

#[test]
fn an_extension_is_offered_once_while_people_can_answer_and_the_calendar_tells_the_later_close() {
    let planned = Schedule { extension_days: 3, ..Schedule::with_defaults(CLOSES) };
    let before = settings(planned.clone(), false);
    let offered = at(&before, &record(WaveState::Running), Moment::from_micros(0));
    assert_eq!(verbs(&offered), [Verb::Remind, Verb::Extend, Verb::Abort]);
    let days = [1, 2, 3].map(|days| (days, there(CLOSES.plus(24 * HOUR * days))));
    assert_eq!(offered.actions[1].days, days);
    assert_eq!(verbs(&at(&before, &record(WaveState::Running), CLOSES)), [Verb::Remind, Verb::Close, Verb::Abort], "too late");
    assert_eq!(verbs(&at(&before, &record(WaveState::Closing), CLOSES)), [Verb::Abort]);

    let after = settings(planned.extended_by(2).unwrap(), false);
    let extended = WaveRecord { extended_days: 2, ..record(WaveState::Running) };
    let status = at(&after, &extended, CLOSES);
    assert_eq!(verbs(&status), [Verb::Remind, Verb::Abort], "not again, and the close is not due");
    let until = CLOSES.plus(48 * HOUR);
    assert_eq!(status.calendar[1], CalendarEntry { when: there(until), what: Saying::key("date-closes-extended"), past: false });
    assert_eq!(status.calendar[3].when, there(planned.opens(until)));
    assert!(said(&status.next).contains(&valued(until)), "{:?}", status.next);
    let told = status.facts.iter().find(|(what, _)| *what == Saying::key("fact-extension")).map(|(_, value)| valued(value.clone()));
    assert!(told.is_some_and(|told| told.contains("by 2 days") && told.contains(&valued(CLOSES))));
}

#[test]
fn how_many_take_part_is_said_as_the_last_look_found_it_with_the_day_of_the_next() {
    let settings = settings(Schedule::with_defaults(CLOSES), false);
    let running = record(WaveState::Running);
    let told = |followed| {
        let status = Situation { followed: Some(followed), ..situation(&settings, &running, CLOSES) }.status();
        assert!(!said(&status.sentence).contains("is shown to nobody. "), "{:?}", status.sentence);
        status.participation.iter().map(said).collect::<Vec<_>>().join(" ")
    };
    let found = |at_least, next| Followed::In { step: 10, last: Some(Look { looked_at: CLOSES, at_least }), next };
    assert!(told(Followed::Not(NotShown::FewInvited)).contains("fewer than 50"));
    assert!(told(Followed::In { step: 20, last: None, next: Some(CLOSES) }).contains("Nobody has looked yet"));
    assert!(told(found(0, Some(CLOSES))).contains("the first step, 10 of every 100 people invited, does not show yet"));
    let forty = told(found(40, Some(CLOSES)));
    assert!(forty.contains("at least 40 of every 100") && forty.contains(&format!("Next look on {}", valued(CLOSES))), "{forty}");
    assert!(told(found(40, None)).contains("no further look"));
    assert_eq!(at(&settings, &running, CLOSES).participation, [], "unless the promise sheet says it, nothing is shown");
}

#[test]
fn why_there_are_no_live_results_is_said_as_long_as_a_round_can_still_have_one() {
    use WaveState as S;
    let mut settings = settings(Schedule::with_defaults(CLOSES), false);
    for (participation, with_count) in [(false, "no count either"), (true, "only steps")] {
        settings.particulars.participation = participation;
        for state in [S::Draft, S::Launching, S::Running, S::Closing, S::Closed, S::Opened] {
            let status = at(&settings, &record(state), CLOSES);
            let why = said(&status.no_live.unwrap());
            assert!(why.starts_with("Candor shows nobody a result before the round is published") && why.contains(with_count), "{why}");
            // What was decided to end has no result before it, and none after.
            let ending = WaveRecord { abort_reason: Some("The wrong staff list was used.".to_owned()), ..record(state) };
            assert_eq!(at(&settings, &ending, CLOSES).no_live, None, "{state}");
        }
        for state in [S::Published, S::Aborted] {
            assert_eq!(at(&settings, &record(state), CLOSES).no_live, None, "{state}");
        }
    }
    let running = record(S::Running);
    let few = Situation { followed: Some(Followed::Not(NotShown::FewInvited)), ..situation(&settings, &running, CLOSES) }.status();
    assert!(said(&few.no_live.unwrap()).contains("no count either"), "no step is shown to anybody");
}

#[test]
fn of_a_round_that_ended_without_a_result_nothing_is_said_that_its_own_totals_deny() {
    let settings = settings(Schedule::with_defaults(CLOSES), false);
    let aborted = record(WaveState::Aborted);
    let status = at(&settings, &aborted, CLOSES);
    // After the close the totals are public, and before it steps may have been shown: no result is not no number.
    assert!(said(&status.sentence).contains("has shown nobody a result") && !said(&status.sentence).contains("a number"));
    assert_eq!((status.participation.len(), status.actions.len()), (0, 0));
    assert!(status.calendar.iter().all(|date| date.past), "{:?}", status.calendar);
}

fn there(moment: Moment) -> Value {
    moment.into()
}

#[test]
fn the_calendar_follows_the_actual_close_and_marks_what_has_happened() {
    let settings = settings(Schedule::with_defaults(CLOSES), false);
    let late = CLOSES.plus(HOUR);
    let closed = WaveRecord { closing_at: Some(late), closed_at: Some(late.plus(HOUR)), ..record(WaveState::Closed) };
    let calendar = at(&settings, &closed, late.plus(HOUR)).calendar;
    assert_eq!(calendar.iter().map(|date| date.past).collect::<Vec<_>>(), [true, true, true, false, false, false]);
    assert_eq!(calendar[1].when, there(late));
    assert_eq!(calendar[2].when, there(late.plus(HOUR)));
    assert_eq!(calendar[3].when, there(settings.schedule.opens(late)));
}

#[test]
fn where_commands_set_the_moments_no_date_is_promised() {
    let settings = settings(Schedule::manual(CLOSES), false);
    let status = at(&settings, &record(WaveState::Running), Moment::from_micros(0));
    assert!(status.calendar.iter().all(|date| date.past || date.when == Saying::key("date-by-command").into()), "{:?}", status.calendar);
    assert!(verbs(&status).contains(&Verb::Close));
}

#[test]
fn a_decided_abort_leaves_nothing_else_to_do_and_its_reason_is_shown() {
    let settings = settings(Schedule::with_defaults(CLOSES), false);
    let deciding = WaveRecord { abort_reason: Some("The wrong staff list was used.".to_owned()), ..record(WaveState::Running) };
    let status = at(&settings, &deciding, CLOSES);
    assert!(status.actions.is_empty());
    assert!(status.facts.iter().any(|(_, value)| *value == "The wrong staff list was used.".into()));
    let calendar = at(&settings, &record(WaveState::Aborted), CLOSES).calendar;
    assert!(calendar.iter().all(|date| date.past) && said(&calendar.last().unwrap().what).contains("without a result"));
}

#[test]
fn the_form_that_ends_a_round_says_who_reads_its_reason() {
    let settings = settings(Schedule::with_defaults(CLOSES), false);
    let ends = |state| at(&settings, &record(state), Moment::from_micros(0)).actions.into_iter().find(|action| action.grave).unwrap();
    assert!(said(&ends(WaveState::Running).reason).contains("everybody who was invited reads it"));
    let early = said(&ends(WaveState::Launching).reason);
    assert!(early.contains("for HR and key holders") && !early.contains("invited"), "{early}");
}

#[test]
fn every_verb_is_read_back() {
    for verb in Verb::ALL {
        assert_eq!(Verb::parse(verb.as_str()), Some(verb));
    }
    assert_eq!(Verb::parse("launch"), None);
}
