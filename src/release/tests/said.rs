//! What is said against what is lived.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss
)]

mod synthetic;

use disclosure::Member;
use domain::instrument::Instrument;
use domain::{GroupId, ItemId, SameShare};
use release::reading::*;
use release::{ItemConstant, OrgConstants, Signals};
use synthetic::{Chance, Group, HandBlock, constants, wave};

const MOST: SameShare = SameShare::ThreeQuartersOrMore;
const NAMES: [&str; 11] = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K"];

/// The pairs are LED1 with DO2 and, turned, LED3r with DO6.
fn form() -> Instrument {
    let mut instrument = synthetic::quarterly();
    instrument.items.iter_mut().for_each(|item| item.reversed = false);
    instrument
}

/// Groups of twelve of which all answered; per group the sums of 72 of what is said and of what is lived.
fn round(id: &str, sums: &[(u64, u64)], leader: Option<&str>, known: Option<OrgConstants>) -> PastWave {
    let instrument = form();
    let groups = (0..).zip(NAMES).zip(sums).map(|((place, name), _)| {
        let mut group = Group::new(name, &["Sales"], 12, &if id == "w1" { vec![] } else { vec![(place, MOST)] });
        if let Some(leader) = leader.filter(|_| name == "A") {
            group.leaders = vec![leader.to_owned()];
        }
        group
    });
    let blocks = (0..).zip(sums).map(|(place, &(said, lived))| {
        let sum = |id: &str| match id {
            "LED1" | "LED3r" => said,
            "DO2" | "DO6" => lived,
            _ => 36,
        };
        HandBlock {
            members: vec![Member::Group(GroupId(place))],
            n: 12,
            sums: instrument.items.iter().map(|item| Some((12, sum(item.id.as_str())))).collect(),
        }
    });
    wave(id, &instrument, &groups.collect::<Vec<_>>(), blocks.collect(), known)
}

/// The constants of an organisation in which every item of the pairs has this spread.
fn knowing(sd_tenths: u32) -> OrgConstants {
    let mut constants = constants(&form(), 12, 122, 11);
    let in_pairs = |id: &ItemId| ["LED1", "LED3r", "DO2", "DO6"].contains(&id.as_str());
    let items = form().items.into_iter().filter(|item| in_pairs(&item.id));
    constants.items = items.map(|item| ItemConstant { item: item.id, sd_tenths }).collect();
    constants
}

fn read(waves: &[PastWave]) -> SaidOrLived {
    read_organisation(waves).unwrap().said_or_lived.clone().unwrap()
}

fn with_first(first: (u64, u64)) -> Vec<(u64, u64)> {
    let mut sums = vec![(37, 37); 11];
    sums[0] = first;
    sums
}

#[test]
fn a_form_without_pairs_has_no_card() {
    let instrument = synthetic::pulse();
    let sums = instrument.items.iter().map(|_| Some((12, 36))).collect();
    let block = HandBlock { members: vec![Member::Group(GroupId(0))], n: 12, sums };
    let waves = [wave("w1", &instrument, &[Group::new("A", &["Sales"], 12, &[])], vec![block], None)];
    assert_eq!(read_organisation(&waves).unwrap().said_or_lived, None);
}

#[test]
fn groups_in_which_nothing_stands_out_are_consistent() {
    let card = read(&[round("w1", &with_first((40, 34)), None, None)]);
    assert!(card.groups.iter().all(|group| group.verdict == Verdict { word: SaidWord::Consistent, reasons: vec![] }), "{card:?}");
    assert_eq!(card.organisation, Verdict { word: SaidWord::CannotBeSeen, reasons: vec![] }, "one round: there is nothing to compare with");
    let later = read(&[round("w1", &with_first((40, 34)), None, None), round("w2", &with_first((40, 34)), None, None)]);
    assert_eq!(later.organisation, Verdict { word: SaidWord::Consistent, reasons: vec![] });
}

#[test]
fn a_group_that_is_all_there_is_has_nothing_to_be_compared_with() {
    let alone = [round("w1", &[(49, 19)], None, None), round("w2", &[(49, 19)], None, None)];
    for waves in [&alone[..1], &alone] {
        assert_eq!(read(waves).groups[0].verdict, Verdict { word: SaidWord::CannotBeSeen, reasons: vec![] });
    }
    let grown = read(&[round("w1", &[(25, 49)], None, None), round("w2", &[(49, 19)], None, None)]);
    assert!(matches!(grown.groups[0].verdict.reasons[..], [Reason::FartherThanBefore(_)]), "{grown:?}");
}

#[test]
fn what_is_said_far_above_what_is_lived_is_worth_a_conversation() {
    // Said 49, lived 19 of 72: 41.667 points; everywhere 41.667 / 11 = 3.788. An item's largest spread is 2.0 raw points, 33.333 of 100:
    // 1111.1 / 12 = 92.593 and cells of 1.447 for each of two items: 188.079, deviation 13.714; everywhere 13.714 / sqrt(11) = 4.135.
    // SE = 14.324, d = 37.879, z = 2.644.
    let card = read(&[round("w1", &with_first((49, 19)), None, None)]);
    let difference = Difference { points: 38, low: 9, high: 66, at_least: false };
    assert_eq!(
        card.groups[0].verdict,
        Verdict { word: SaidWord::WorthAConversation, reasons: vec![Reason::FartherThanElsewhere(difference)] }
    );
    assert_eq!(card.groups[0].groups, ["A"]);
    assert!(card.groups[1..].iter().all(|group| group.verdict.word == SaidWord::Consistent));
    let gap = card.gap.unwrap();
    assert_eq!((gap.points, gap.at_least), (4, false));
    // The other way round it is no evidence of anything.
    let modest = read(&[round("w1", &with_first((19, 49)), None, None)]);
    assert_eq!(modest.groups[0].verdict.word, SaidWord::Consistent);
}

#[test]
fn a_smaller_spread_of_the_items_sees_more() {
    let sums = with_first((46, 28));
    let word = |known| read(&[round("w1", &sums, None, known)]).groups[0].verdict.word;
    assert_eq!(word(None), SaidWord::Mixed);
    assert_eq!(word(Some(knowing(12))), SaidWord::WorthAConversation);
}

#[test]
fn a_band_counts_with_the_smallest_gap_that_it_leaves_and_hides_no_evidence() {
    // What is said lies in the top band, 63 and more of 72.
    let card = read(&[round("w1", &with_first((72, 25)), None, None)]);
    let [Reason::FartherThanElsewhere(difference)] = card.groups[0].verdict.reasons[..] else { panic!("{card:?}") };
    assert!(difference.at_least && difference.high == 100, "{difference:?}");
    // A small one may hide a large one.
    assert_eq!(read(&[round("w1", &with_first((72, 58)), None, None)]).groups[0].verdict.word, SaidWord::CannotBeSeen);
    // Both at the same end: nothing is seen of the gap.
    assert_eq!(read(&[round("w1", &with_first((72, 70)), None, None)]).groups[0].verdict.word, SaidWord::CannotBeSeen);
}

#[test]
fn a_gap_that_grew_is_a_reason_unless_another_leader_is_spoken_of() {
    let same = [round("w1", &with_first((25, 49)), None, None), round("w2", &with_first((40, 34)), None, None)];
    let verdict = read(&same).groups[0].verdict.clone();
    assert!(matches!(verdict.reasons[..], [Reason::FartherThanBefore(Difference { points: 42, .. })]), "{verdict:?}");
    let other = [round("w1", &with_first((25, 49)), None, None), round("w2", &with_first((40, 34)), Some("Grace"), None)];
    assert_eq!(read(&other).groups[0].verdict.word, SaidWord::Consistent);
}

#[test]
fn signs_of_unread_statements_speak_for_the_organisation_only() {
    let with = |same_in_a_row, same_throughout| {
        let mut known = constants(&form(), 12, 122, 11);
        known.signals = Some(Signals { same_in_a_row, same_throughout });
        let card = read(&[round("w1", &with_first((37, 37)), None, Some(known))]);
        assert!(card.groups.iter().all(|group| group.verdict.word == SaidWord::Consistent));
        card.organisation
    };
    // Few such signs are no comparison: they can raise the word and no more.
    assert_eq!(with(10, 5), Verdict { word: SaidWord::CannotBeSeen, reasons: vec![] });
    assert_eq!(with(15, 5), Verdict { word: SaidWord::Mixed, reasons: vec![Reason::SameInARow(15)] });
    let both = vec![Reason::SameThroughout(20), Reason::SameInARow(20)];
    assert_eq!(with(20, 20), Verdict { word: SaidWord::WorthAConversation, reasons: both });
}

/// About normal with mean 0 and variance 1: the sum of twelve uniform numbers.
fn normal(chance: &mut Chance) -> f64 {
    (0..12).map(|_| chance.share()).sum::<f64>() - 6.0
}

/// How people answer: pairs, and standard deviations of what all answers of a person have in common and of the single answer.
#[derive(Debug, Clone, Copy)]
struct People {
    pairs: usize,
    person: f64,
    single: f64,
}

/// Eleven groups of twelve to sixteen people of whom all answer. What is said is rated half a point higher than what is lived; in the first
/// group by `planted` points more.
fn answered(chance: &mut Chance, people: People, planted: f64, known: Option<OrgConstants>) -> PastWave {
    let mut instrument = form();
    instrument.pairs.truncate(people.pairs);
    let sizes: Vec<u32> = NAMES.iter().map(|_| 12 + chance.below(5)).collect();
    let groups: Vec<Group> = NAMES.iter().zip(&sizes).map(|(name, n)| Group::new(name, &["Sales"], *n, &[])).collect();
    let mut blocks = Vec::new();
    for (place, &n) in (0..).zip(&sizes) {
        let level = 4.3 + 0.4 * normal(chance);
        let mut sums = vec![0_u64; instrument.items.len()];
        for _ in 0..n {
            let person = people.person * normal(chance);
            for (sum, item) in sums.iter_mut().zip(&instrument.items) {
                let said = if item.id.as_str().starts_with("LED") && item.id.as_str() != "LED2" { 0.5 } else { 0.0 };
                let more = if said > 0.0 && place == 0 { planted } else { 0.0 };
                let answer = (level + person + said + more + people.single * normal(chance)).round().clamp(1.0, 7.0);
                *sum += answer as u64 - 1;
            }
        }
        blocks.push(HandBlock {
            members: vec![Member::Group(GroupId(place))],
            n,
            sums: sums.into_iter().map(|sum| Some((n, sum))).collect(),
        });
    }
    wave("w1", &instrument, &groups, blocks, known)
}

#[test]
fn honest_groups_are_rarely_talked_about_and_planted_ones_mostly_are() {
    // With independent statements nothing that people have in common makes their difference surer than the page takes it for.
    let (common, independent) = ((0.7, 1.1), (0.0, 1.3));
    let designs = [
        (2, common, None, 15),
        (2, common, Some(knowing(13)), 70),
        (1, common, Some(knowing(13)), 50),
        (2, independent, Some(knowing(13)), 65),
        (1, independent, Some(knowing(13)), 50),
    ];
    for (pairs, (person, single), known, least_found) in designs {
        let people = People { pairs, person, single };
        let (mut groups, mut talked, mut mixed, mut planted, mut found) = (0, 0, 0, 0, 0);
        for seed in 0..60 {
            let honest = read(&[answered(&mut Chance(seed), people, 0.0, known.clone())]);
            for group in &honest.groups {
                groups += 1;
                talked += u32::from(group.verdict.word == SaidWord::WorthAConversation);
                mixed += u32::from(group.verdict.word == SaidWord::Mixed);
            }
            let faked = read(&[answered(&mut Chance(seed), people, 2.0, known.clone())]);
            planted += 1;
            found += u32::from(faked.groups[0].verdict.word == SaidWord::WorthAConversation);
        }
        println!("{people:?}: of {groups} honest groups {talked} worth a conversation, {mixed} mixed; of {planted} planted {found} found");
        assert!(talked * 100 <= groups * 5, "{people:?}: {talked} of {groups}");
        assert!(mixed * 100 <= groups * 10, "{people:?}: {mixed} of {groups}");
        assert!(found * 100 >= planted * least_found, "{people:?}: {found} of {planted}");
    }
}
