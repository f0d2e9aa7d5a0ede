//! Pages say what was read, in words that may stand on pages, and nothing else.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "pages/laws.rs"]
mod laws;
#[path = "pages/leader.rs"]
mod leader;
#[path = "../../release/tests/synthetic/mod.rs"]
mod synthetic;

use std::collections::BTreeSet;

use disclosure::{BlockId, Member};
use domain::{GroupId, TeamLabel, UnitPath};
use protocol::CommentRule;
use release::CommentPool;
use release::reading::*;
use synthetic::{Chance, Group, HandBlock, changed, organisation, pulse, wave};

/// The attributes of every element with a `data-role` or a `data-block`, `data-unit` or `data-dimension`, in order of the page.
fn tagged(html: &str) -> Vec<String> {
    let tags = html.split('<').filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag);
    tags.filter(|tag| tag.contains(" data-")).map(|tag| tag[tag.find(" data-").unwrap() + 1..].to_owned()).collect()
}

/// What a person reads: everything outside of tags.
fn visible(html: &str) -> String {
    html.split('<').filter_map(|rest| rest.split_once('>')).map(|(_, text)| text).collect::<Vec<_>>().join(" ")
}

fn sight(sight: &Sight) -> String {
    match sight {
        Sight::Between(i) => format!("data-kind=\"between\" data-low=\"{}\" data-high=\"{}\"", i.low, i.high),
        Sight::AtLeast(points) => format!("data-kind=\"at-least\" data-points=\"{points}\""),
        Sight::AtMost(points) => format!("data-kind=\"at-most\" data-points=\"{points}\""),
        Sight::Hidden(reason) => format!("data-kind=\"hidden\" data-reason={}", serde_json::to_string(reason).unwrap()),
    }
}

fn names(rounds: &[domain::WaveId]) -> String {
    rounds.iter().map(domain::WaveId::as_str).collect::<Vec<_>>().join(" ")
}

fn english() -> &'static reports::Words {
    reports::Words::english().unwrap()
}

fn latest(waves: &[PastWave]) -> &PublishedWave {
    waves.iter().rev().find_map(|wave| if let PastWave::Published(wave) = wave { Some(wave.as_ref()) } else { None }).unwrap()
}

fn nobody() -> BTreeSet<TeamLabel> {
    BTreeSet::new()
}

/// A combined block of two groups, in two waves.
fn combined(first: &str, second: &str) -> Vec<PastWave> {
    let instrument = pulse();
    let at = |id: &str, share: SameAs| {
        let groups = [first, second].map(|label| Group::new(label, &["Sales"], 12, &share));
        let sums = instrument.items.iter().map(|_| Some((8, 24))).collect();
        let members = vec![Member::Group(GroupId(0)), Member::Group(GroupId(1)), Member::Upward(synthetic::path(&["Sales"]))];
        wave(id, &instrument, &groups, vec![HandBlock { members, n: 8, sums }], None)
    };
    vec![at("w1", Vec::new()), at("w2", vec![(0, domain::SameShare::HalfToThreeQuarters)])]
}

type SameAs = Vec<(u32, domain::SameShare)>;

/// A wave of four groups in two pools for the first question, and too few comments for the second, after a change of its documents.
fn commented(change: impl FnOnce(&mut WaveDocuments)) -> PublishedWave {
    let instrument = pulse();
    let groups = ["East", "West", "North", "South"].map(|label| Group::new(label, &["Sales"], 12, &[]));
    let block = |group: u32| HandBlock { members: vec![Member::Group(GroupId(group))], n: 6, sums: vec![None; 12] };
    let wave = wave("w1", &instrument, &groups, (0..4).map(block).collect(), None);
    let pool = |blocks: [u32; 2], texts: &[&str]| {
        let mut texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        texts.sort_by_key(|text| CommentPool::hash_of(text).0);
        CommentPool {
            question: instrument.comments[0].id.clone(),
            unit: synthetic::path(&["Sales"]),
            blocks: blocks.map(BlockId).to_vec(),
            texts,
        }
    };
    let comments = vec![
        pool([0, 1], &["More <b>time</b>.", "Ada Smith shouts.", "Ask \"why\" & wait."]),
        pool([2, 3], &["Nothing.", "Nothing.", "Fewer meetings."]),
    ];
    let changed = synthetic::changed(&wave, |documents| {
        documents.manifest.comments = Some(CommentRule { min_respondents: 10, min_comments: 3 });
        documents.release.comments = comments;
        change(documents);
    });
    let PastWave::Published(wave) = changed else { panic!("published") };
    *wave
}

#[test]
fn a_leader_reads_the_comments_of_the_pools_that_hold_a_block_of_theirs_and_no_others() {
    let wave = commented(|_| {});
    let page = reports::comments_section(english(), &wave, Some(&[BlockId(1)]), None).unwrap();
    assert!(page.contains("Comments of East and West together:"), "{page}");
    assert!(page.contains("Ask &#34;why&#34; &#38; wait.") && page.contains("More &#60;b&#62;time&#60;/b&#62;."), "{page}");
    assert!(!page.contains("Nothing.") && !page.contains("North") && !page.contains("Hide"), "{page}");
    let nothing_of_theirs = reports::comments_section(english(), &wave, Some(&[]), None).unwrap();
    assert!(!nothing_of_theirs.contains("data-role=\"comment\""));
}

#[test]
fn hr_reads_all_pools_with_a_way_to_hide_each_comment_and_no_score_beside_them() {
    let wave = commented(|_| {});
    let page = reports::comments_section(english(), &wave, None, Some("/organisation/w1/comments")).unwrap();
    assert_eq!(page.matches("data-role=\"comment\"").count(), 6);
    let hash = CommentPool::hash_of("Fewer meetings.");
    assert!(page.contains(&format!("href=\"/organisation/w1/comments/HELPS/{hash}\"")), "{page}");
    for score in ["data-role=\"score\"", "data-dimension", "points"] {
        assert!(!page.contains(score), "{score}");
    }
    assert!(page.contains(
        "Too few people wrote something here. Comments are shown only of 10 or more people together, of whom at least 3 wrote one."
    ));
}

#[test]
fn hidden_comments_are_on_no_page_and_counted_where_they_stood() {
    let hide = |number: u32, text: &str| {
        let says = serde_json::json!({"hide-comment": {"question": "HELPS", "comment_sha256": CommentPool::hash_of(text)}});
        let notice = serde_json::json!({"format": "candor-notice/1", "wave": "w1", "manifest": "00".repeat(32), "number": number, "day": "2026-12-01", "says": says});
        serde_json::from_value(notice).unwrap()
    };
    let wave = commented(|documents| documents.notices = vec![hide(1, "Ada Smith shouts."), hide(2, "Nothing.")]);
    let page = reports::comments_section(english(), &wave, None, Some("/x")).unwrap();
    assert!(!page.contains("Ada Smith") && !page.contains("Nothing."), "{page}");
    assert!(
        page.contains("data-count=\"1\">HR hid 1 comment. The only reason allowed is that it names a person; nobody else checks this."),
        "{page}"
    );
    assert!(
        page.contains("data-count=\"2\">HR hid 2 comments. The only reason allowed is that they name a person; nobody else checks this."),
        "the very same text, twice"
    );
    let of_one_pool = reports::comments_section(english(), &wave, Some(&[BlockId(0)]), None).unwrap();
    assert_eq!(of_one_pool.matches("HR hid").count(), 1);
    assert_eq!(reports::errata(english(), &wave).unwrap(), "", "hiding is no correction");
}

#[test]
fn a_round_that_asked_for_no_comments_says_nothing_of_them() {
    let wave = commented(|documents| {
        documents.instrument = documents.instrument.without_comments();
        documents.manifest.comments = None;
        documents.release.comments.clear();
    });
    assert_eq!(reports::comments_section(english(), &wave, None, None).unwrap(), "");
}

#[test]
fn corrections_stand_above_the_result_with_number_and_day_and_only_where_there_are_any() {
    let mut waves = combined("East", "West");
    assert_eq!(reports::errata(english(), latest(&waves)).unwrap(), "");
    assert!(!reports::organisation_page(english(), &waves, None).unwrap().contains("erratum"));
    let notice = |text: &str| {
        serde_json::from_value(serde_json::json!({
            "format": "candor-notice/1", "wave": "w2", "manifest": "00".repeat(32), "number": 0, "day": "2026-12-01",
            "says": {"erratum": {"text": text}},
        }))
        .unwrap()
    };
    let last = waves.pop().unwrap();
    waves.push(changed(&last, |last| last.notices = vec![notice("East <b>and</b> West\nwere confused.")]));
    let page = reports::organisation_page(english(), &waves, None).unwrap();
    assert!(page.starts_with(&reports::errata(english(), latest(&waves)).unwrap()));
    assert_eq!(tagged(&page)[0], "data-role=\"erratum\" data-number=\"1\" data-day=\"2026-12-01\"");
    assert!(page.contains("East &#60;b&#62;and&#60;/b&#62; West<br>were confused."), "{page}");
    // Of its own round only; the next one names it.
    let said = "Round w1, with which this is compared, was corrected: see there.";
    assert!(!page.contains(said));
    let before = changed(&waves[0], |first| first.notices = vec![notice("West was counted in East.")]);
    let compared = reports::organisation_page(english(), &[before, changed(&waves[1], |last| last.notices.clear())], None).unwrap();
    assert!(compared.contains(said) && !compared.contains("erratum"), "{compared}");
    waves.pop();
    assert!(!reports::organisation_page(english(), &waves, None).unwrap().contains("erratum"));
}

#[test]
fn a_combined_group_is_named_to_its_leader_with_the_settled_words() {
    let waves = combined("East", "West");
    let report = read_block(&waves, disclosure::BlockId(0)).unwrap();
    let led = BTreeSet::from([TeamLabel::parse("East").unwrap()]);
    let page = reports::leader_section(english(), latest(&waves), &report, &led).unwrap();
    assert!(page.contains(
        "This quarter your answers are shown together with West. That is the rule for small groups: nobody&#39;s answers should stand alone. It says nothing about either team. Please do not ask who answered."
    ));
    assert!(page.contains("<h2 id=\"g0\">East</h2>"));
    assert!(page.contains("Nobody sees who chose this; counts can show that somebody did."));
    let both = reports::leader_section(english(), latest(&waves), &report, &nobody()).unwrap();
    assert!(both.contains("<h2 id=\"g0\">East and West</h2>"));
}

#[test]
fn names_cannot_become_markup() {
    let waves = combined("<script>alert(1)</script>", "R&D \"North\"");
    let report = read_block(&waves, disclosure::BlockId(0)).unwrap();
    for page in [
        reports::leader_section(english(), latest(&waves), &report, &nobody()).unwrap(),
        reports::organisation_page(english(), &waves, None).unwrap(),
        reports::unit_section(english(), latest(&waves), &read_total(&waves, &synthetic::path(&["Sales"])).unwrap()).unwrap(),
    ] {
        assert!(!page.contains("<script") && !page.contains("R&D"), "{page}");
    }
}

#[test]
fn nothing_on_a_page_needs_a_script_an_inline_style_or_another_host() {
    let page = reports::organisation_page(english(), &organisation(&mut Chance(3)), None).unwrap();
    for forbidden in ["<script", " style=", "javascript:", "src=", "href=", "url("] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    assert!(!page.replace("http://www.w3.org/2000/svg", "").contains("http"));
    assert!(!reports::css().contains("url(") && !reports::css().contains("@import"));
}

#[test]
fn charts_take_their_colours_from_the_style_sheet_and_speak_for_themselves() {
    let waves = organisation(&mut Chance(11));
    let page = reports::organisation_page(english(), &waves, None).unwrap();
    let charts: Vec<&str> = page.split("<svg class=\"chart\"").skip(1).map(|rest| rest.split("</svg>").next().unwrap()).collect();
    assert!(!charts.is_empty());
    for chart in charts {
        assert!(chart.contains("role=\"img\"") && chart.contains("<title id=") && chart.contains("<desc id="));
        assert!(!chart.contains("=\"#"), "a literal colour: {chart}");
        for (attribute, size) in chart.match_indices("font-size=\"").map(|(at, name)| (at, &chart[at + name.len()..])) {
            let size: f64 = size.split('"').next().unwrap().parse().unwrap();
            assert!(size >= 24.0, "at {attribute}: {size} of 640 units is too small on a phone");
        }
    }
    for variable in
        ["--chart-ink", "--chart-quiet", "--chart-grid", "--chart-paper", "--chart-score", "--chart-range", "--chart-high", "--chart-low"]
    {
        assert!(reports::css().matches(&format!("{variable}:")).count() >= 3, "{variable} needs a light, a dark and a printed colour");
    }
}

#[test]
fn hrs_pages_together_are_the_one_page_and_long_lists_come_in_parts() {
    let waves = organisation(&mut Chance(5));
    let whole = reports::organisation_page(english(), &waves, None).unwrap();
    let view = |number| reports::View { number, hide: None, names_groups: true };
    let mut together = String::new();
    for part in reports::Part::ALL {
        let page = reports::organisation_part(english(), &waves, part, view(0)).unwrap();
        assert_eq!(reports::Part::parse(part.slug()), Some(part));
        assert!(page.parts.len() < 2, "{part:?}: {:?}", page.parts);
        assert_eq!(
            page.headings().len(),
            page.html.matches("<section").count(),
            "{part:?}: a section has one heading, and a way leads to it"
        );
        together.push_str(&page.html);
    }
    assert_eq!(together, whole);

    // Forty groups in two units: a part ends with its unit.
    let instrument = pulse();
    let groups: Vec<Group> = (0..40)
        .map(|place| Group::new(&format!("Team {place:02}"), if place < 25 { &["Sales"] } else { &["Warehouse"] }, 12, &[]))
        .collect();
    let block = |place| HandBlock {
        members: vec![Member::Group(GroupId(place))],
        n: 9,
        sums: instrument.items.iter().map(|_| Some((9, 27))).collect(),
    };
    let waves = [wave("w1", &instrument, &groups, (0..40).map(block).collect(), None)];
    for part in [reports::Part::Groups, reports::Part::Participation, reports::Part::Differences, reports::Part::Comparison] {
        let pages: Vec<_> = (0..2).map(|number| reports::organisation_part(english(), &waves, part, view(number)).unwrap()).collect();
        assert_eq!(pages[0].parts, ["Sales", "Warehouse"], "{part:?}");
        assert!(pages[0].html.contains("Team 24") && !pages[0].html.contains("Team 25"), "{part:?}");
        assert!(pages[1].html.contains("Team 39") && !pages[1].html.contains("Team 24"), "{part:?}");
        assert_eq!(reports::organisation_part(english(), &waves, part, view(9)).unwrap(), pages[0], "a part that there is not");
    }
}

#[test]
fn where_no_group_may_be_named_yet_the_first_page_names_none() {
    let waves = organisation(&mut Chance(11));
    let view = |names_groups| reports::View { number: 0, hide: None, names_groups };
    let page = |names_groups| reports::organisation_part(english(), &waves, reports::Part::Overview, view(names_groups)).unwrap().html;
    assert!(page(true).contains("Worth a conversation") && !page(false).contains("Worth a conversation"));
    for leaf in &latest(&waves).groups {
        assert!(!page(false).contains(&format!(">{}<", leaf.label)), "{}", leaf.label);
    }
}

#[test]
fn the_first_round_says_that_there_is_nothing_to_compare_with() {
    let waves = &combined("East", "West")[..1];
    let page = reports::leader_section(english(), latest(waves), &read_block(waves, disclosure::BlockId(0)).unwrap(), &nobody()).unwrap();
    assert!(page.contains("data-role=\"comparison\" data-kind=\"first-wave\""));
    assert!(page.contains("this is the first round with a result"));
    assert!(!page.contains("data-role=\"change\""));
}

#[test]
fn hr_reads_what_is_worth_a_conversation_or_that_nothing_is() {
    let instrument = pulse();
    let rounds = |change: i64| {
        let at = |id: &str, share: SameAs, sum: i64| {
            let sums = instrument.items.iter().map(|item| Some((12, if item.reversed { 72 - sum } else { sum } as u64)));
            let block = HandBlock { members: vec![Member::Group(GroupId(0))], n: 12, sums: sums.collect() };
            wave(id, &instrument, &[Group::new("R&D", &["Sales"], 12, &share)], vec![block], None)
        };
        vec![at("w1", Vec::new(), 24), at("w2", vec![(0, domain::SameShare::ThreeQuartersOrMore)], 24 + change)]
    };
    let page = reports::organisation_page(english(), &rounds(24), None).unwrap();
    assert!(page.contains("data-count=\"3\" data-together=\"3\" data-since=\"w1\">3 changes since w1 could be tested; these stand out. Where nothing changed anywhere,"), "{page}");
    let found: Vec<_> = tagged(&page).into_iter().filter(|tag| tag.starts_with("data-role=\"conversation\"")).collect();
    assert_eq!(found.len(), 3);
    assert!(found[0].starts_with("data-role=\"conversation\" data-word=\"clear\" data-points=\"33\""), "{}", found[0]);
    assert!(page.contains("<strong>R&#38;D</strong> (Sales), Speaking up is safe: "), "{page}");
    assert!(page.contains("data-role=\"differences\" data-kind=\"too-few-groups\""));
    assert!(page.contains("data-role=\"course\" data-kind=\"too-few-rounds\""));
    let quiet = reports::organisation_page(english(), &rounds(0), None).unwrap();
    assert!(quiet.contains("3 changes since w1 could be tested, and none stands out from what chance makes of so many."));
    assert!(!quiet.contains("data-role=\"conversation\""));
    let first = reports::organisation_page(english(), &rounds(0)[..1], None).unwrap();
    assert!(first.contains("This is the first round with a result: there is no change to look at yet."));
}

/// Groups of twelve of which all answered, with the sums of 72 of what is said and of what is lived.
fn said_and_lived(id: &str, share: &[(u32, domain::SameShare)], sums: &[(u64, u64)]) -> PastWave {
    let instrument = synthetic::quarterly();
    let group = |place: usize| {
        Group::new(&format!("Team {place}"), &["Sales"], 12, &share.iter().map(|&(_, same)| (place as u32, same)).collect::<Vec<_>>())
    };
    let groups: Vec<Group> = (0..sums.len()).map(group).collect();
    let blocks = (0..).zip(sums).map(|(place, &(said, lived))| {
        let sum = |item: &domain::instrument::Item| {
            let paired = |of: fn(&domain::instrument::Pair) -> &domain::ItemId| instrument.pairs.iter().any(|pair| *of(pair) == item.id);
            let sum = if paired(|pair| &pair.said) {
                said
            } else if paired(|pair| &pair.lived) {
                lived
            } else {
                36
            };
            Some((12, if item.reversed { 72 - sum } else { sum }))
        };
        HandBlock { members: vec![Member::Group(GroupId(place))], n: 12, sums: instrument.items.iter().map(sum).collect() }
    });
    wave(id, &instrument, &groups, blocks.collect(), None)
}

#[test]
fn said_or_lived_is_all_clear_only_where_something_was_seen() {
    let page = |waves: &[PastWave]| reports::organisation_page(english(), waves, None).unwrap();
    let same = [(0, domain::SameShare::ThreeQuartersOrMore)];
    let quiet = page(&[said_and_lived("w1", &[], &[(37, 37); 3])]);
    assert!(quiet.contains("data-standing-out=\"0\">In none of the 3 groups that can be seen does anything stand out.</span>"), "{quiet}");
    assert!(quiet.contains("data-word=\"cannot-be-seen\">nothing to compare with yet</span>."), "{quiet}");
    // Where both ends of every pair lie in the top band nothing is seen.
    let hidden = page(&[said_and_lived("w1", &[], &[(72, 72), (72, 72)])]);
    assert!(hidden.contains("In 2 groups it cannot be seen.") && !hidden.contains("stand out."), "{hidden}");
    let one = page(&[said_and_lived("w1", &[], &[(37, 37)])]);
    assert!(one.contains("In one group it cannot be seen.") && !one.contains("nothing stands out"), "{one}");
    let partly = page(&[said_and_lived("w1", &[], &[(37, 37), (37, 37), (72, 72)])]);
    assert!(
        partly.contains("In none of the 2 groups that can be seen does anything stand out. In one group it cannot be seen."),
        "{partly}"
    );
    // A round without a result between the two is not the one that is meant.
    let aborted = PastWave::Aborted("w2".parse().unwrap());
    let grown = page(&[said_and_lived("w1", &[], &[(25, 49), (37, 37)]), aborted, said_and_lived("w3", &same, &[(55, 19), (37, 37)])]);
    assert!(grown.contains("farther above what happens (somewhere between") && grown.contains(" than in w1</span>"), "{grown}");
}

#[test]
fn single_groups_that_do_not_stand_out_while_all_together_do_send_to_the_whole() {
    let instrument = pulse();
    let at = |id: &str, predecessors: bool, sum: u64| {
        let same = |place| if predecessors { vec![(place, domain::SameShare::ThreeQuartersOrMore)] } else { vec![] };
        let groups: Vec<Group> = (0..4).map(|place| Group::new(&format!("Team {place}"), &["Sales"], 16, &same(place))).collect();
        let sums: Vec<_> = instrument.items.iter().map(|item| Some((16, if item.reversed { 96 - sum } else { sum }))).collect();
        let blocks = (0..4).map(|place| HandBlock { members: vec![Member::Group(GroupId(place))], n: 16, sums: sums.clone() }).collect();
        let wave = wave(id, &instrument, &groups, blocks, None);
        changed(&wave, |wave| wave.instrument.dimensions.iter_mut().for_each(|dimension| dimension.declared_sd = 1.2))
    };
    let page = reports::organisation_page(english(), &[at("w1", false, 37), at("w2", true, 46)], None).unwrap();
    assert!(
        page.contains(
            "12 changes since w1 could be tested; single groups do not stand out, but together they moved: see the whole organisation."
        ),
        "{page}"
    );
    assert!(page.contains("whole organisation.</span> <strong>Not for appraisal.</strong>"), "also where no change is listed");
}

#[test]
fn every_page_says_what_it_is_not_for_and_what_it_cannot_see() {
    let waves = organisation(&mut Chance(8));
    let block = read_blocks(&waves).unwrap().swap_remove(0);
    for page in [
        reports::organisation_page(english(), &waves, None).unwrap(),
        reports::leader_section(english(), latest(&waves), &block, &nobody()).unwrap(),
    ] {
        for sentence in
            ["Not for appraisal.", "not yet validated", "What this report can and cannot see", "Candor never shows who has answered"]
        {
            assert!(page.contains(sentence), "{sentence}");
        }
    }
}
