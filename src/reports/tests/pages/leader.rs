//! What a leader reads beside the numbers: what to talk about next, single statements, many rounds.

use super::*;

/// One group of twelve in several rounds, all statements with this many of 72 points.
fn rounds_of_twelve(sums: &[u64]) -> Vec<PastWave> {
    let instrument = pulse();
    let at = |(place, &sum): (usize, &u64)| {
        let before: SameAs = if place > 0 { vec![(0, domain::SameShare::ThreeQuartersOrMore)] } else { vec![] };
        let sums = instrument.items.iter().map(|item| Some((12, if item.reversed { 72 - sum } else { sum })));
        let block = HandBlock { members: vec![Member::Group(GroupId(0))], n: 12, sums: sums.collect() };
        wave(&format!("w{}", place + 1), &instrument, &[Group::new("East", &["Sales"], 12, &before)], vec![block], None)
    };
    sums.iter().enumerate().map(at).collect()
}

#[test]
fn a_leader_is_told_what_to_talk_about_only_where_something_stands_out_and_the_team_is_not() {
    let page =
        |waves: &[PastWave]| reports::leader_section(english(), latest(waves), &read_block(waves, BlockId(0)).unwrap(), &nobody()).unwrap();
    let quiet = page(&rounds_of_twelve(&[40, 40]));
    assert!(quiet.contains("Nothing here is low beyond what chance can make of these answers, and nothing clearly changed."), "{quiet}");
    assert_eq!(quiet.matches("<blockquote>").count(), 1);
    let fallen = page(&rounds_of_twelve(&[55, 19]));
    assert_eq!(fallen.matches("data-role=\"suggestion\" data-kind=\"fell\"").count(), 2, "three fell, and two are enough");
    assert!(fallen.contains("It clearly fell since w1.") && fallen.contains("I want to hear of problems while they are still small."));
    assert!(fallen.contains("Its lowest statement, the whole range of which lies below 58 of 100 points: \u{201c}"), "{fallen}");
    assert_eq!(fallen.matches("<blockquote>").count(), 2, "each has words of its own");
    let risen = page(&rounds_of_twelve(&[19, 55]));
    assert_eq!(risen.matches("data-kind=\"rose\"").count(), 2);
    assert_eq!((risen.matches("<blockquote>").count(), risen.matches("<ol>").count()), (1, 1), "the same words are read once");
    assert!(risen.contains("The same words fit both.") && !fallen.contains("The same words fit both."));
    let waves = rounds_of_twelve(&[55, 19]);
    let team = reports::team_section(english(), latest(&waves), &read_block(&waves, BlockId(0)).unwrap(), &nobody()).unwrap();
    assert!(!team.contains("data-role=\"suggestion\"") && !team.contains("blockquote"));
}

#[test]
fn the_leaders_of_a_combined_group_are_addressed_together() {
    let waves = combined("East", "West");
    let led = BTreeSet::from([TeamLabel::parse("East").unwrap()]);
    let page = reports::leader_section(english(), latest(&waves), &read_block(&waves, BlockId(0)).unwrap(), &led).unwrap();
    assert!(page.contains("To you and the leaders of West together: meet for 20 minutes first."), "{page}");
    let both = BTreeSet::from(["East", "West"].map(|label| TeamLabel::parse(label).unwrap()));
    let alone = reports::leader_section(english(), latest(&waves), &read_block(&waves, BlockId(0)).unwrap(), &both).unwrap();
    assert!(!alone.contains("meet for 20 minutes first"), "who leads all of it needs nobody else");
}

#[test]
fn single_statements_have_a_range_from_ten_answers_on_and_before_only_their_words() {
    let waves = combined("East", "West");
    let few = reports::leader_section(english(), latest(&waves), &read_block(&waves, BlockId(0)).unwrap(), &nobody()).unwrap();
    assert!(few.contains("stands here from 10 answers on") && !few.contains("data-role=\"statement\""));
    assert!(few.contains("In this team I can admit a mistake without it harming me."), "the exact statements");
    assert!(few.contains("Filled is the step"), "a ladder is explained");
    let many = rounds_of_twelve(&[40]);
    let many = reports::leader_section(english(), latest(&many), &read_block(&many, BlockId(0)).unwrap(), &nobody()).unwrap();
    assert_eq!(many.matches("data-role=\"statement\"").count(), 12);
    assert!(!many.contains("Filled is the step") && many.contains("-plane-t"), "dots and the plane instead of the ladder");
    for page in [few, many] {
        assert!(page.contains("Only results of at least 5 people together are published."));
        assert_eq!(
            page.matches(&format!("{}</desc>", METHOD)).count(),
            page.matches("<svg class=\"chart\"").count(),
            "every chart says where it is from"
        );
    }
}

#[test]
fn of_many_rounds_the_older_ones_are_folded_away_and_none_is_missing() {
    let page = |count: usize| {
        let waves = rounds_of_twelve(&vec![40; count]);
        reports::leader_section(english(), latest(&waves), &read_block(&waves, BlockId(0)).unwrap(), &nobody()).unwrap()
    };
    assert!(!page(8).contains("<details>"));
    let many = page(9);
    assert_eq!((many.matches("<summary>Earlier rounds</summary>").count(), many.matches("data-role=\"trend\"").count()), (3, 27));
    assert!(many.contains("w6, w7, w8 and w9 together"), "{many}");
}

#[test]
fn a_round_may_have_the_widest_name_there_is() {
    let waves: Vec<PastWave> = combined("East", "West");
    let named = |number: usize| "w".repeat(39) + &(number + 1).to_string();
    let waves: Vec<PastWave> = (0..)
        .zip(&waves)
        .map(|(number, wave)| {
            synthetic::changed(wave, |documents| {
                documents.release.wave = named(number).parse().unwrap();
                documents.manifest.wave = named(number).parse().unwrap();
            })
        })
        .collect();
    let page = reports::leader_section(english(), latest(&waves), &read_block(&waves, BlockId(0)).unwrap(), &nobody()).unwrap();
    assert!(page.contains("www\u{2026}") && page.contains(&named(1)), "cut in the drawings, whole in the tables");
    let page = reports::organisation_page(english(), &waves, None).unwrap();
    assert!(page.contains(&named(0)) && page.contains(&named(1)));
}
