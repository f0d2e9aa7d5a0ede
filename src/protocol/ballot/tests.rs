#![allow(clippy::unwrap_used)]
use proptest::prelude::*;

use super::*;

/// What the ballots of an instrument hold, and one that fits.
fn form_and_ballot() -> impl Strategy<Value = (BallotForm, Ballot)> {
    let item = (1u8..=254).prop_flat_map(|points| {
        let answer = prop_oneof![Just(Answer::Blank), Just(Answer::CannotSay), (1..=points).prop_map(Answer::Point)];
        (Just(points), answer)
    });
    let level = prop_oneof![Just(Level::Group), Just(Level::Unit), Just(Level::Organisation)];
    let question = (1u16..=300).prop_flat_map(|longest| {
        let text = prop::collection::vec(prop_oneof![any::<char>(), Just('\n')], 0..usize::from(longest));
        (Just(longest), text.prop_map(|text| plain(&String::from_iter(text))))
    });
    (prop::collection::vec(item, 0..60), level, prop::collection::vec(question, 0..=3)).prop_map(|(items, level, questions)| {
        let (points, answers) = items.into_iter().unzip();
        let (longest, comments) = questions.into_iter().unzip();
        (BallotForm { points, longest }, Ballot { level, answers, comments })
    })
}

/// A comment of what is plain in a text.
fn plain(text: &str) -> Comment {
    let kept: String = text.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    Comment::new(kept.trim()).unwrap()
}

fn form(points: &[u8]) -> BallotForm {
    BallotForm { points: points.to_vec(), longest: vec![] }
}

fn ballot(answers: Vec<Answer>, comments: &[&str]) -> Ballot {
    Ballot { level: Level::Group, answers, comments: comments.iter().map(|text| Comment::new(text).unwrap()).collect() }
}

proptest! {
    #[test]
    fn a_ballot_reads_back_as_written((form, ballot) in form_and_ballot()) {
        let bytes = ballot.encode().unwrap();
        prop_assert_eq!(bytes.as_slice().len(), BALLOT_SIZE);
        prop_assert!(Ballot::decode(bytes.as_slice(), &form).unwrap() == ballot);
    }

    #[test]
    fn every_accepted_ballot_has_exactly_one_encoding(
        start in prop::collection::vec(prop_oneof![0u8..9, Just(b' '), Just(b'a')], 40),
        points in prop::collection::vec(1u8..9, 0..5),
        longest in prop::collection::vec(1u16..20, 0..3),
    ) {
        let mut bytes = start;
        bytes[0] = 1;
        bytes[2] = 0;
        bytes[3] = u8::try_from(points.len()).unwrap();
        bytes.resize(BALLOT_SIZE, 0);
        // The high byte of a length is 0, or hardly any comment would fit.
        let mut place = 4 + points.len();
        for _ in &longest {
            bytes[place] = 0;
            place += 2 + usize::from(bytes[place + 1]);
        }
        if let Ok(ballot) = Ballot::decode(&bytes, &BallotForm { points, longest }) {
            let again = ballot.encode().unwrap();
            prop_assert_eq!(again.as_slice(), bytes);
        }
    }

    #[test]
    fn a_single_byte_behind_the_comments_spoils_a_ballot((form, ballot) in form_and_ballot(), place: prop::sample::Index, byte in 1u8..) {
        let mut bytes = ballot.encode().unwrap().as_slice().to_vec();
        let comments: usize = ballot.comments.iter().map(|comment| 2 + comment.as_str().len()).sum();
        let padding = &mut bytes[HEADER + form.points.len() + comments..];
        let place = place.index(padding.len());
        padding[place] = byte;
        prop_assert!(Ballot::decode(&bytes, &form) == Err(InvalidBallot::Padding));
    }

    #[test]
    fn bytes_of_any_kind_never_panic(bytes in prop::collection::vec(any::<u8>(), BALLOT_SIZE), longest in prop::collection::vec(any::<u16>(), 0..3)) {
        let mut bytes = bytes;
        bytes[..4].copy_from_slice(&[1, 0, 0, 0]);
        let _ = Ballot::decode(&bytes, &BallotForm { points: vec![], longest });
    }
}

#[test]
fn a_comment_that_is_too_long_or_no_plain_text_spoils_a_ballot() {
    let form = |longest| BallotForm { points: vec![7], longest: vec![longest] };
    let with = |comment: &[u8]| encoded(&[&[1, 0, 0, 1, 3, 0, u8::try_from(comment.len()).unwrap()], comment].concat());
    assert_eq!(Ballot::decode(&with("größer".as_bytes()), &form(6)), Ok(ballot(vec![Answer::Point(3)], &["größer"])));
    assert_eq!(Ballot::decode(&with(b""), &form(6)), Ok(ballot(vec![Answer::Point(3)], &[""])));
    assert_eq!(Ballot::decode(&with(b"a\nb"), &form(6)), Ok(ballot(vec![Answer::Point(3)], &["a\nb"])));
    for refused in ["größere", " a", "a ", "a\n", " ", "a\tb", "a\rb", "a\u{85}b", "a\u{7f}"] {
        assert_eq!(Ballot::decode(&with(refused.as_bytes()), &form(6)), Err(InvalidBallot::Comment), "{refused:?}");
    }
    assert_eq!(Ballot::decode(&with(&[0xff, 0xfe]), &form(6)), Err(InvalidBallot::Comment));
    assert_eq!(Ballot::decode(&with("ö".as_bytes().split_at(1).0), &form(6)), Err(InvalidBallot::Comment));
    assert_eq!(Ballot::decode(&encoded(&[1, 0, 0, 1, 3, 0xff, 0xff]), &form(6)), Err(InvalidBallot::Comment));
}

#[test]
fn comments_that_do_not_fit_behind_the_answers_are_refused() {
    let room = MOST_ITEMS - 2 - 4;
    let text = |length| "x".repeat(length);
    assert!(ballot(vec![Answer::Blank; 2], &[&text(room), ""]).encode().is_ok());
    assert_eq!(ballot(vec![Answer::Blank; 2], &[&text(room + 1), ""]).encode(), Err(InvalidBallot::Comment));
    assert_eq!(ballot(vec![], &[&text(70_000)]).encode(), Err(InvalidBallot::Comment));
    let full = ballot(vec![Answer::Blank; MOST_ITEMS], &[]).encode().unwrap();
    let form = BallotForm { points: vec![7; MOST_ITEMS], longest: vec![9] };
    assert_eq!(Ballot::decode(full.as_slice(), &form), Err(InvalidBallot::Comment));
}

#[test]
fn a_comment_prints_nothing_of_itself() {
    assert!(!format!("{:?}", ballot(vec![], &["Ada said so"])).contains("Ada"));
    assert!(!format!("{:?}", Comment::new("Ada said so").unwrap()).contains("Ada"));
}

fn encoded(start: &[u8]) -> Vec<u8> {
    let mut bytes = start.to_vec();
    bytes.resize(BALLOT_SIZE, 0);
    bytes
}

#[test]
fn an_answer_beyond_the_scale_spoils_a_ballot() {
    assert!(Ballot::decode(&encoded(&[1, 0, 0, 2, 7, 2]), &form(&[7, 2])).is_ok());
    assert_eq!(Ballot::decode(&encoded(&[1, 0, 0, 2, 7, 3]), &form(&[7, 2])), Err(InvalidBallot::Answer));
    assert_eq!(Ballot::decode(&encoded(&[1, 0, 0, 2, 254, 2]), &form(&[7, 2])), Err(InvalidBallot::Answer));
}

#[test]
fn another_version_level_length_or_item_count_spoils_a_ballot() {
    assert_eq!(Ballot::decode(&encoded(&[2, 0, 0, 1, 3]), &form(&[7])), Err(InvalidBallot::Version));
    assert_eq!(Ballot::decode(&encoded(&[1, 3, 0, 1, 3]), &form(&[7])), Err(InvalidBallot::Level));
    assert_eq!(Ballot::decode(&encoded(&[1, 0, 0, 2, 3]), &form(&[7])), Err(InvalidBallot::Items));
    assert_eq!(Ballot::decode(&encoded(&[1, 0, 0, 1, 3])[1..], &form(&[7])), Err(InvalidBallot::Size));
    assert_eq!(Ballot::decode(&[], &form(&[7])), Err(InvalidBallot::Size));
}

#[test]
fn more_items_than_a_ballot_has_room_for_are_refused() {
    let ballot = |items| ballot(vec![Answer::Point(1); items], &[]);
    assert!(ballot(MOST_ITEMS).encode().is_ok());
    assert_eq!(ballot(MOST_ITEMS + 1).encode(), Err(InvalidBallot::Items));
    assert_eq!(ballot(70_000).encode(), Err(InvalidBallot::Items));
    let header = encoded(&[1, 0, 0xff, 0xff]);
    assert_eq!(Ballot::decode(&header, &form(&[7; 0xffff])), Err(InvalidBallot::Items));
}

#[test]
fn a_point_that_would_read_as_blank_or_as_cannot_say_is_not_written() {
    for point in [0, 255] {
        let ballot = ballot(vec![Answer::Point(point)], &[]);
        assert_eq!(ballot.encode(), Err(InvalidBallot::Answer));
    }
}
