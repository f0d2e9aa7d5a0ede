#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use sha2::{Digest, Sha256};

use super::*;

/// 32 bytes that stand nowhere else.
fn value(number: u8) -> Vec<u8> {
    Sha256::digest([number]).to_vec()
}

/// A page with these values, each new one before the last.
fn page(values: &[u8]) -> Vec<u8> {
    let mut page = vec![0; 4096];
    for (place, number) in values.iter().enumerate() {
        let at = 4096 - 100 * (place + 1);
        page[at..at + 32].copy_from_slice(&value(*number));
    }
    page
}

/// A write-ahead log with a frame per page.
fn log(pages: &[Vec<u8>]) -> (String, Vec<u8>) {
    let mut bytes = vec![1; 32];
    for page in pages {
        bytes.extend([2; 24]);
        bytes.extend(page);
    }
    ("some.db-wal".to_owned(), bytes)
}

#[test]
fn the_order_of_writing_is_read_from_frames_of_the_log_and_from_places_in_a_page() {
    let things = || (1..=5).map(|number| (number, value(number))).collect::<Vec<_>>();
    let order = |files: &[(String, Vec<u8>)]| -> Vec<u8> {
        in_order_of_writing(things(), |(_, bytes)| bytes, files).into_iter().map(|(number, _)| number).collect()
    };
    let main = |values: &[u8]| ("some.db".to_owned(), page(values));
    // One frame for each that came, in a page that holds all before it.
    let frames = [page(&[4]), page(&[4, 2]), page(&[4, 2, 5]), page(&[4, 2, 5, 1]), page(&[4, 2, 5, 1, 3])];
    assert_eq!(order(&[log(&frames), main(&[4, 2, 5, 1, 3])]), [4, 2, 5, 1, 3]);
    // The log has begun anew after two.
    assert_eq!(order(&[log(&frames[2..]), main(&[4, 2])]), [4, 2, 5, 1, 3]);
    // A row that changed lies where there was room; that the main file lacks it tells that it came last.
    assert_eq!(order(&[log(&[page(&[4, 1, 2, 3])]), main(&[1, 2, 3])]), [1, 2, 3, 4, 5]);
    // No log: the places in a page are left.
    assert_eq!(order(&[main(&[3, 1, 2, 5, 4])]), [3, 1, 2, 5, 4]);
    // What was written anew in the order of its numbers tells nothing of how it came.
    assert_eq!(order(&[main(&[1, 2, 3, 4, 5])]), [1, 2, 3, 4, 5]);
    assert_eq!(order(&[]), [1, 2, 3, 4, 5]);
}

#[test]
fn a_value_is_counted_once_where_all_of_it_stands_and_not_where_only_its_begin_does() {
    let (whole, cut) = (value(1), value(2)[..20].to_vec());
    let file = [vec![0; 77], whole.clone(), whole, cut, vec![9; 5]].concat();
    let values = [value(1), value(2), value(3)];
    let values: Vec<&[u8]> = values.iter().map(Vec::as_slice).collect();
    assert_eq!(Looked::at(&values, &[&file]), Looked { values: 3, bytes: file.len(), found: 1 });
    assert_eq!(Looked::at(&values, &[]), Looked { values: 3, bytes: 0, found: 0 });
    assert_eq!(Looked::at(&[b"short"], &[b"a short text"]), Looked { values: 0, bytes: 12, found: 0 }, "too short to tell anything");
}

#[test]
fn every_place_of_every_value_is_found_wherever_it_begins_and_however_short_the_shortest_is() {
    for length in [8, 9, 11, 15, 16, 32] {
        let wanted = [value(1)[..length].to_vec(), value(2)];
        let wanted: Vec<&[u8]> = wanted.iter().map(Vec::as_slice).collect();
        for begin in 0..40 {
            let content = [vec![7; begin], wanted[0].to_vec(), wanted[1].to_vec(), vec![7; 3], wanted[0].to_vec()].concat();
            let expected = [(0, begin), (1, begin + length), (0, begin + length + 35)];
            assert_eq!(search::Index::of(&wanted).places(&content), expected, "{length} bytes, from {begin}");
        }
    }
}

#[test]
fn a_value_is_found_as_bytes_and_as_every_kind_of_letters_in_which_it_may_be_written() {
    let value = value(1);
    let look = |text: &[u8]| Looked::written_at(&[&value], &[text]).found;
    let [lower, upper] = [data_encoding::HEXLOWER.encode(&value), data_encoding::HEXUPPER.encode(&value)];
    let [plain, url, bare] = [
        data_encoding::BASE64.encode(&value),
        data_encoding::BASE64URL.encode(&value),
        data_encoding::BASE64URL_NOPAD.encode(&[value.as_slice(), b"and more"].concat()),
    ];
    for written in [lower, upper, plain, url, bare] {
        assert_eq!(look(format!("at 12:00 {written}, and so on").as_bytes()), 1, "{written}");
    }
    assert_eq!(look(&[b"before ".as_slice(), &value].concat()), 1);
    assert_eq!(look(&[b"before ".as_slice(), &value[..31]].concat()), 0);
    assert_eq!(look(b""), 0);
}

fn people() -> Vec<Invited> {
    let person = |number: u8| Invited {
        // The ids stand in another order than the people answer in.
        id: format!("p{}", (3 * number + 1) % 8),
        name: format!("Person {number}"),
        mail: format!("p{number}@example.org"),
        group: 3,
        begun: Some(value(number)),
    };
    (0..8).map(person).collect()
}

#[test]
fn an_ordinary_survey_gives_every_answer_away_by_the_order_of_its_marks() {
    let people = people();
    let silent = Invited { id: "p8".to_owned(), begun: None, ..people[0].clone() };
    let asked = [people.as_slice(), &[silent]].concat();
    let survey = |person: &Invited, said: u8| {
        let folder = tempfile::tempdir().unwrap();
        // A clock that stands still is the worst case: no two marks may have one moment.
        let clock = domain::ManualClock::at(domain::Moment::parse("2026-11-02T09:15:00Z").unwrap());
        ordinary::answered_in_order(folder.path(), &asked, &people, person, said, &clock).unwrap()
    };
    let mut missed = 0;
    for (person, said) in people.iter().zip((1..=ordinary::POINTS).cycle()) {
        let survey = survey(person, said);
        let found = ordinary::attack(&survey, &person.id);
        assert_eq!(found.found, Some(i64::from(said)), "{}", person.name);
        let names: Vec<&str> = found.rows.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, people.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), "the marks in the order in which they were set");
        assert!(found.rows.iter().all(|(_, answer)| answer.is_some_and(|(_, points)| (1..=7).contains(&points))));
        assert!(found.bytes > 8 * 4096, "{}", found.bytes);
        assert_eq!(ordinary::attack(&survey, "p8").found, None, "whoever has no mark has no answer");
        // The same rows without the bytes that say in which order they were written: the attack goes astray.
        let rows_only = LaidOpen { files: Vec::new(), ..survey };
        missed += usize::from(ordinary::attack(&rows_only, &person.id).found != Some(i64::from(said)));
    }
    assert!(missed >= 4, "the attack must be able to fail: {missed}");
    // What it finds is what stands in the file, whatever the person says.
    let told = survey(&people[2], 6);
    assert_eq!(ordinary::attack(&told, &people[2].id).found, Some(6));
    let other = survey(&people[3], 6);
    assert_ne!(ordinary::attack(&other, &people[2].id).found, ordinary::attack(&told, &people[2].id).found);
}
