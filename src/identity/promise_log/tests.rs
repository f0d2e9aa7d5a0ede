//! The chain against the document that describes it, and against every change of a file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use domain::WaveId;
use proptest::prelude::*;

use super::chain::NOTHING_BEFORE;
use super::*;

/// The entries that docs/promise-log.md gives as an example.
fn documented() -> String {
    let document = include_str!("../../../docs/promise-log.md");
    document.lines().filter(|line| line.starts_with("{\"actor\"")).map(|line| format!("{line}\n")).collect()
}

fn round() -> WaveId {
    WaveId::parse("2026-q4").unwrap()
}

#[test]
fn entries_are_written_as_the_document_says() {
    let first = Entry::following(
        (0, NOTHING_BEFORE),
        Moment::parse("2026-11-21T09:00:00Z").unwrap(),
        &Actor::Account("hr".to_owned()),
        &PromiseEvent::StaffListImported { joined: 28, left: 0, changed: 0, teams: 4 },
    );
    let second = Entry::following(
        (1, first.fingerprint),
        Moment::parse("2026-11-21T09:05:59.250Z").unwrap(),
        &Actor::Installation,
        &PromiseEvent::Published { round: round() },
    );
    let entries = [first, second];
    assert_eq!(write_lines(&entries), documented());
    assert_eq!(read_lines(&documented()).unwrap(), entries);
}

#[test]
fn what_a_later_version_records_is_checked_without_being_known() {
    let known = Entry::following((0, NOTHING_BEFORE), Moment::from_micros(0), &Actor::Leader, &PromiseEvent::Opened { round: round() });
    let mut later = Entry { event: serde_json::json!({"what": "swept", "rooms": [2, 1]}), ..known };
    later.fingerprint = later.computed();
    let read = read_lines(&later.line()).unwrap();
    assert_eq!((read[0].known_event(), read[0].known_actor()), (None, Some(Actor::Leader)));
}

#[test]
fn what_is_left_out_doubled_moved_or_added_is_named_by_its_place() {
    let file = documented();
    let [first, second] = file.lines().collect::<Vec<_>>()[..] else { panic!("two entries") };
    assert_eq!(read_lines(second), Err(Broken::Numbered { after: 0, found: 2 }));
    assert_eq!(read_lines(&format!("{first}\n{first}")), Err(Broken::Numbered { after: 1, found: 1 }));
    assert_eq!(read_lines(&format!("{second}\n{first}")), Err(Broken::Numbered { after: 0, found: 2 }));
    assert_eq!(read_lines(&file.replace("\"joined\":28", "\"joined\":27")), Err(Broken::Changed { number: 1 }));
    assert!(matches!(read_lines(&format!("{first}\n{{}}")), Err(Broken::Unreadable { line: 2, .. })));
    // Somebody who makes the first entry anew has to make all that follow anew as well.
    let mut other = read_lines(first).unwrap().remove(0);
    other.event["joined"] = 27.into();
    other.fingerprint = other.computed();
    assert_eq!(read_lines(&format!("{}\n{second}", other.line())), Err(Broken::Parted { number: 2 }));
}

proptest! {
    #[test]
    fn no_character_of_a_file_can_be_changed_unnoticed(place in 0.0..1.0_f64, with in "[ -~]") {
        let file = documented();
        let at = (place * file.len() as f64) as usize;
        let changed = format!("{}{with}{}", &file[..at], &file[at + 1..]);
        // A space more or less between the fields says the same.
        prop_assert!(read_lines(&changed).map_or(true, |read| read == read_lines(&file).unwrap()));
    }
}
