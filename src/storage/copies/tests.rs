//! The form of a copy, without a database.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use diesel_migrations::EmbeddedMigrations;
use proptest::prelude::*;

use super::file::{CopyReader, CopyWriter, Header};
use super::reading::each_copied;
use super::*;

const NONE: EmbeddedMigrations = diesel_migrations::embed_migrations!("tests/migrations");

fn plan() -> Plan {
    Plan {
        side: "one side",
        migrations: Migrations { store: "tally", sqlite: || NONE, postgres: || NONE },
        tables: vec![table()],
        left_out: &[],
    }
}

fn table() -> Table {
    use Kind::{Bytes, Doc, Id16, Number, Text, Truth};
    Table::new(
        "tally",
        &["label", "amount"],
        &[("label", Text), ("amount", Number), ("id", Id16), ("bytes", Bytes), ("truth", Truth), ("at", Kind::Moment), ("doc", Doc)],
    )
}

fn header() -> Header {
    let tables = vec![table(), Table::new("other", &["id"], &[("id", Kind::Bytes)])];
    Header {
        side: "one side".to_owned(),
        program: "0.1.0".to_owned(),
        pair: [7; 16],
        migrations: vec!["00000000000001".to_owned()],
        tables,
    }
}

fn row(label: &str, amount: i64) -> Row {
    vec![
        Value::Text(label.to_owned()),
        Value::Number(amount),
        Value::Id16([amount.to_be_bytes()[7]; 16]),
        Value::Bytes(b"\0\xff bytes".to_vec()),
        Value::Truth(amount % 2 == 0),
        if amount == 2 { Value::Null } else { Value::Moment(Moment::from_micros(amount * 1_000)) },
        Value::Doc(Json(serde_json::json!({ "amount": amount, "text": "ä\"" }))),
    ]
}

fn written(header: &Header, rows: &[Row], room: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut copy = CopyWriter::begin(&mut bytes, header).unwrap();
    rows.iter().for_each(|row| copy.row(row).unwrap());
    copy.end_table().unwrap();
    copy.row(&[Value::Bytes(vec![1])]).unwrap();
    copy.end_table().unwrap();
    copy.finish(room, &mut rand::rng()).unwrap();
    bytes
}

fn rows() -> Vec<Row> {
    vec![row("a", -3), row("a", 2), row("b", 1)]
}

fn check(bytes: &[u8]) -> Result<Checked, CopyProblem> {
    plan().check(&mut &*bytes)
}

#[test]
fn a_copy_gives_back_what_was_put_in_and_its_sha256_is_that_of_the_whole_file() {
    let bytes = written(&header(), &rows(), 100);
    let mut copy = CopyReader::open(bytes.as_slice()).unwrap();
    assert_eq!(copy.header, header());
    let mut found = Vec::new();
    each_copied(&mut copy, &table(), |row| {
        found.push(row);
        Ok(())
    })
    .unwrap();
    assert_eq!(found, rows());
    each_copied(&mut copy, &header().tables[1], |_| Ok(())).unwrap();
    let whole: [u8; 32] = <sha2::Sha256 as sha2::Digest>::digest(&bytes).into();
    let (content, sha256) = copy.finish().unwrap();
    assert_eq!(sha256, whole);
    assert_eq!(check(&bytes).unwrap(), Checked { program: "0.1.0".to_owned(), pair: [7; 16], sha256, content });
    let again = check(&written(&header(), &rows(), 100)).unwrap();
    assert!(again.content == content && again.sha256 != sha256, "the noise is another one");
}

#[test]
fn what_is_no_copy_of_this_side_or_of_a_version_that_is_known_is_refused_with_the_reason() {
    assert!(matches!(check(b""), Err(CopyProblem::NoCopy)));
    assert!(matches!(check(b"SQLite format 3\0\n"), Err(CopyProblem::NoCopy)));
    assert!(matches!(check(b"candor-copy/2\n{}\n"), Err(CopyProblem::OtherForm(form)) if form == "candor-copy/2"));
    let other = Header { side: "other side".to_owned(), ..header() };
    assert!(matches!(check(&written(&other, &rows(), 0)), Err(CopyProblem::OtherSide { found, .. }) if found == "other side"));
    let newer = Header { migrations: vec!["00000000000001".to_owned(), "99990101000000".to_owned()], ..header() };
    assert!(matches!(check(&written(&newer, &rows(), 0)), Err(CopyProblem::Newer { migration, .. }) if migration == "99990101000000"));
    let foul = Header { tables: vec![Table::new("tally\"; DROP TABLE tally; --", &["id"], &[("id", Kind::Bytes)])], ..header() };
    assert!(matches!(check(&written(&foul, &[], 0)), Err(CopyProblem::Altered(_))));
}

#[test]
fn rows_that_do_not_stand_in_the_order_of_their_keys_are_refused() {
    for disordered in [vec![row("b", 1), row("a", 2)], vec![row("a", 2), row("a", 2)], vec![row("a", 2), row("a", -3)]] {
        let refused = check(&written(&header(), &disordered, 0)).unwrap_err().to_string();
        assert!(refused.contains("order of their keys"), "{refused}");
    }
}

#[test]
fn the_size_of_a_copy_tells_the_room_that_was_made_and_not_what_fills_it() {
    // Each row takes the room that was made for it before it came.
    let size = |count: u8| {
        let rows: Vec<Row> = (0..count).map(|number| row("a", i64::from(number) + 10)).collect();
        let room = rows.first().map_or_else(|| encoded_size(&row("a", 10)) * 20, |row| encoded_size(row) * u64::from(20 - count));
        written(&header(), &rows, room).len()
    };
    let sizes: Vec<usize> = [0, 1, 7, 20].into_iter().map(size).collect();
    assert!(sizes.iter().all(|size| *size == sizes[0]), "{sizes:?}");
    assert_ne!(written(&header(), &[], 0).len(), sizes[0], "the positive control: without room the size tells");
}

proptest! {
    #[test]
    fn a_copy_of_which_a_byte_is_changed_or_the_end_is_missing_is_refused(place in any::<prop::sample::Index>(), change in 1_u8..) {
        let bytes = written(&header(), &rows(), 10);
        prop_assert!(check(&bytes).is_ok());
        let mut altered = bytes.clone();
        let place = place.index(bytes.len());
        altered[place] ^= change;
        prop_assert!(check(&altered).is_err(), "byte {place}");
        prop_assert!(check(&bytes[..place]).is_err(), "cut at {place}");
        let longer = [bytes.as_slice(), &[change]].concat();
        prop_assert!(check(&longer).is_err());
    }
}

#[test]
fn a_value_in_few_letters_is_marked_where_it_goes_on() {
    let brief = |value: Value| value.brief(6);
    assert_eq!(brief(Value::Null), "");
    assert_eq!(brief(Value::Bytes(vec![1, 0xab, 3])), "01ab03");
    assert_eq!(brief(Value::Bytes(vec![1, 0xab, 3, 4])), "01ab03…");
    assert_eq!(brief(Value::Id16([7; 16])), "070707…");
    assert_eq!(brief(Value::Text("Zoë Öz".to_owned())), "Zoë Öz");
    assert_eq!(brief(Value::Text("Zoë Özil".to_owned())), "Zoë Öz…");
    assert_eq!(brief(Value::Number(-12)), "-12");
    assert_eq!(brief(Value::Truth(true)), "true");
    assert_eq!(Value::Moment(Moment::from_micros(0)).brief(30), "1970-01-01T00:00:00Z");
    assert_eq!(Value::Doc(Json(serde_json::json!({ "a": 1 }))).brief(30), "{\"a\":1}");
}
