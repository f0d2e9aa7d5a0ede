#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

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
    // No log: the places in a page are left.
    assert_eq!(order(&[main(&[3, 1, 2, 5, 4])]), [3, 1, 2, 5, 4]);
    // What was written anew in the order of its numbers tells nothing of how it came.
    assert_eq!(order(&[main(&[1, 2, 3, 4, 5])]), [1, 2, 3, 4, 5]);
    assert_eq!(order(&[]), [1, 2, 3, 4, 5]);
}

#[test]
fn a_value_is_counted_once_where_all_of_it_stands_and_not_where_only_its_begin_does() {
    let (whole, cut) = (value(1), value(2)[..20].to_vec());
    let file = ("some.db".to_owned(), [vec![0; 77], whole.clone(), whole.clone(), cut, vec![9; 5]].concat());
    let values = [value(1), value(2), value(3)];
    let values: Vec<&[u8]> = values.iter().map(Vec::as_slice).collect();
    assert_eq!(order::how_many_stand_in(&values, &[file]), 1);
    assert_eq!(order::how_many_stand_in(&values, &[]), 0);
}

#[test]
fn an_ordinary_survey_gives_every_answer_away_by_the_order_of_its_marks() {
    let people: Vec<Invited> = (0..8)
        .map(|number| Invited {
            id: format!("p{number}"),
            name: format!("Person {number}"),
            mail: format!("p{number}@example.org"),
            group: 3,
            begun: Some(value(number)),
        })
        .collect();
    for person in &people {
        for said in 1..=POINTS {
            let ordinary = Ordinary::answered_by(&people, person, said);
            assert_eq!(ordinary.found, Some(said));
            assert_eq!((ordinary.marks.len(), ordinary.answers.len()), (8, 8));
            assert!(ordinary.answers.iter().all(|(_, answer)| (1..=POINTS).contains(answer)));
        }
    }
    let stranger = Invited { id: "p9".to_owned(), begun: None, ..people[0].clone() };
    assert_eq!(Ordinary::answered_by(&people, &stranger, 4).found, None);
}
