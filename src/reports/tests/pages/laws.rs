//! What holds on the pages of every organisation: they carry what was read, all of it, and nothing else.

use proptest::prelude::*;

use super::*;

/// Every opening tag has its closing one.
fn well_formed(html: &str) -> Result<(), String> {
    const VOID: [&str; 1] = ["br"];
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag) {
        let name = tag.trim_start_matches('/').split([' ', '\n', '/']).next().unwrap_or_default();
        if tag.starts_with('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
        } else if !tag.ends_with('/') && !VOID.contains(&name) {
            open.push(name);
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("never closed: {open:?}")) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_leaders_page_carries_exactly_the_numbers_and_words_that_were_read(seed: u64) {
        let waves = organisation(&mut Chance(seed));
        for report in read_blocks(&waves).unwrap() {
            let page = reports::leader_section(english(), latest(&waves), &report, &nobody()).unwrap();
            let found = tagged(&page);
            let of = |role: &str| found.iter().filter(|tag| tag.starts_with(&format!("data-role=\"{role}\""))).cloned().collect::<Vec<_>>();

            let scores: Vec<_> = report.scores.iter().map(|score| format!("data-role=\"score\" {}", sight(&score.sight))).collect();
            prop_assert_eq!(of("score"), scores);

            let changes = if let Comparison::Made(set) = &report.comparison { set.changes.as_slice() } else { &[] };
            let wanted: Vec<_> = changes.iter().map(|change| {
                let difference = change.difference.map_or_else(String::new, |d| {
                    format!(" data-points=\"{}\" data-low=\"{}\" data-high=\"{}\" data-at-least=\"{}\"", d.points, d.low, d.high, d.at_least)
                });
                format!("data-role=\"change\" data-word={}{difference}", serde_json::to_string(&change.word).unwrap())
            }).collect();
            prop_assert_eq!(of("change"), wanted);

            let zone = |zone: &Zone| serde_json::to_string(zone).unwrap();
            let quadrant = report.quadrant.map(|quadrant| match quadrant {
                Quadrant::In { zone: a } => format!("data-kind=\"in\" data-zone={}", zone(&a)),
                Quadrant::Between { zones: [a, b] } => format!("data-kind=\"between\" data-zone={} data-other={}", zone(&a), zone(&b)),
                Quadrant::CannotBeTold => "data-kind=\"cannot-be-told\"".to_owned(),
                Quadrant::NotSeen => "data-kind=\"not-seen\"".to_owned(),
            });
            prop_assert_eq!(of("quadrant"), quadrant.map(|q| format!("data-role=\"quadrant\" {q}")).into_iter().collect::<Vec<_>>());

            let detectable: Vec<_> = changes.iter().filter_map(|c| c.detectable).map(|points| format!("data-role=\"detectable\" data-points=\"{points}\"")).collect();
            prop_assert_eq!(of("detectable"), detectable);

            let points: Vec<_> = report.trends.iter().flat_map(|trend| &trend.points).map(|point| {
                let what = match &point.point {
                    TrendSight::Aborted => "data-kind=\"aborted\"".to_owned(),
                    TrendSight::NotComparable => "data-kind=\"not-comparable\"".to_owned(),
                    TrendSight::Score { sight: seen, .. } => sight(seen),
                };
                format!("data-role=\"trend\" data-wave=\"{}\" {what}", point.wave)
            }).collect();
            prop_assert_eq!(of("trend"), if report.trends[0].points.len() > 1 { points } else { Vec::new() });
            let recent = report.trends.iter().filter_map(|trend| match &trend.recent {
                Recent::TooFewRounds => None,
                Recent::CannotBeTold { rounds } => Some(format!("data-role=\"recent\" data-kind=\"cannot-be-told\" data-rounds=\"{}\"", names(rounds))),
                Recent::Mean { rounds, interval } => Some(format!("data-role=\"recent\" data-kind=\"mean\" data-rounds=\"{}\" data-low=\"{}\" data-high=\"{}\"", names(rounds), interval.low, interval.high)),
            });
            prop_assert_eq!(of("recent"), recent.collect::<Vec<_>>());
            let statements: BTreeSet<_> = report.statements.iter().map(|statement| {
                format!("data-role=\"statement\" data-item=\"{}\" data-low-level=\"{}\" {}", statement.item, statement.low, sight(&statement.sight))
            }).collect();
            prop_assert_eq!((of("statement").len(), of("statement").into_iter().collect::<BTreeSet<_>>()), (statements.len(), statements));
            let suggestions: Vec<_> = report.suggestions.iter().map(|suggestion| {
                let kind = match suggestion {
                    Suggestion::Fell { .. } => "fell",
                    Suggestion::Low { .. } => "low",
                    Suggestion::Rose { .. } => "rose",
                    Suggestion::Anything => "anything",
                };
                let item = suggestion.statement().map_or_else(String::new, |item| format!(" data-item=\"{item}\""));
                format!("data-role=\"suggestion\" data-kind=\"{kind}\"{item}")
            }).collect();
            prop_assert_eq!(of("suggestion"), suggestions);
            let said = report.said.iter().map(|verdict| format!("data-role=\"said-or-lived\" data-word={}", serde_json::to_string(&verdict.word).unwrap()));
            prop_assert_eq!(of("said-or-lived"), said.collect::<Vec<_>>());
            prop_assert_eq!(of("reason").len(), report.said.iter().map(|verdict| verdict.reasons.len()).sum::<usize>());
            prop_assert_eq!((of("participation").len(), of("comparison").len()), (1, 1));
        }
    }

    #[test]
    fn no_page_uses_a_word_that_belongs_inside_the_machine(seed: u64) {
        let waves = organisation(&mut Chance(seed));
        let total = read_total(&waves, &UnitPath::organisation()).unwrap();
        let mut pages = vec![reports::organisation_page(english(), &waves, None).unwrap(), reports::unit_section(english(), latest(&waves), &total).unwrap()];
        for report in read_blocks(&waves).unwrap() {
            pages.push(reports::leader_section(english(), latest(&waves), &report, &nobody()).unwrap());
        }
        for page in &pages {
            let text = visible(page).to_lowercase();
            let words: BTreeSet<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
            for word in ["ballot", "block", "blocks", "cell", "cells", "kappa", "rank", "percentile", "reversed", "wave", "roster", "manifest", "nan", "inf"] {
                prop_assert!(!words.contains(word), "{}: {}", word, text);
            }
            prop_assert!(!text.contains('%'));
            prop_assert!(well_formed(page).is_ok(), "{:?}", well_formed(page));
            let ids: Vec<&str> = page.match_indices(" id=\"").map(|(at, name)| page[at + name.len()..].split('"').next().unwrap()).collect();
            prop_assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id stands twice");
        }
    }

    #[test]
    fn hrs_page_carries_the_list_the_courses_and_the_shares_that_were_read(seed: u64) {
        let waves = organisation(&mut Chance(seed / 3 * 3));
        let report = read_organisation(&waves).unwrap();
        let found = tagged(&reports::organisation_page(english(), &waves, None).unwrap());
        let of = |role: &str| found.iter().filter(|tag| tag.starts_with(&format!("data-role=\"{role}\""))).cloned().collect::<Vec<_>>();
        let size = |d: &Difference| format!("data-points=\"{}\" data-low=\"{}\" data-high=\"{}\" data-at-least=\"{}\"", d.points, d.low, d.high, d.at_least);
        let word = |word: ChangeWord| serde_json::to_string(&word).unwrap();
        let listed: Vec<_> = report.conversation.entries.iter().map(|e| format!("data-role=\"conversation\" data-word={} {}", word(e.word), size(&e.difference))).collect();
        prop_assert_eq!(of("conversation"), listed);
        let courses: Vec<_> = report.courses.iter().map(|course| match &course.found {
            CourseFound::TooFewRounds => "data-role=\"course\" data-kind=\"too-few-rounds\"".to_owned(),
            CourseFound::CannotBeTold => "data-role=\"course\" data-kind=\"cannot-be-told\"".to_owned(),
            CourseFound::UpAndDown { since, rounds } => format!("data-role=\"course\" data-kind=\"up-and-down\" data-since=\"{since}\" data-rounds=\"{rounds}\""),
            CourseFound::Line { since, rounds, difference, word: w } => {
                format!("data-role=\"course\" data-kind=\"line\" data-since=\"{since}\" data-rounds=\"{rounds}\" data-word={} {}", word(*w), size(difference))
            }
        }).collect();
        prop_assert_eq!(of("course"), courses);
        let shares: Vec<_> = report.differences.iter().map(|d| match &d.found {
            Differences::TooFewGroups => "data-role=\"differences\" data-kind=\"too-few-groups\"".to_owned(),
            Differences::Found { share: None, .. } => "data-role=\"differences\" data-kind=\"cannot-be-told\"".to_owned(),
            Differences::Found { share: Some(share), .. } => format!("data-role=\"differences\" data-kind=\"found\" data-hundredths=\"{}\" data-low=\"{}\" data-high=\"{}\"", share.hundredths, share.low, share.high),
        }).collect();
        prop_assert_eq!(of("differences"), shares);
        let told = report.said_or_lived.iter().flat_map(|card| {
            let groups = card.groups.iter().map(|group| &group.verdict).filter(|verdict| !verdict.reasons.is_empty());
            std::iter::once(&card.organisation).chain(groups)
        });
        let told: Vec<_> = told.map(|v| format!("data-role=\"said-or-lived\" data-word={}", serde_json::to_string(&v.word).unwrap())).collect();
        prop_assert_eq!(of("said-or-lived"), told);
        // The estimates stand on the map, group by group; others have their place there, too.
        let mut estimates: Vec<_> = report.differences.iter().filter_map(|d| if let Differences::Found { groups, .. } = &d.found { Some(groups) } else { None }).flatten().map(|g| {
            format!("data-role=\"map\" data-kind=\"estimate\" data-low=\"{}\" data-high=\"{}\" data-weight=\"{}\" data-faint=\"{}\"", g.interval.low, g.interval.high, g.weight, g.faint)
        }).collect();
        let mut shown: Vec<_> = of("map").into_iter().filter(|cell| cell.contains("\"estimate\"")).collect();
        estimates.sort();
        shown.sort();
        prop_assert_eq!(shown, estimates);
        let panorama = read_panorama(&waves).unwrap();
        prop_assert_eq!(of("map").len(), panorama.groups.len() * panorama.dimensions.len());
        let reasons = report.said_or_lived.iter().map(|card| card.organisation.reasons.len() + card.groups.iter().map(|g| g.verdict.reasons.len()).sum::<usize>()).sum::<usize>();
        prop_assert_eq!(of("reason").len(), reasons);
        if let Some(card) = &report.said_or_lived {
            let unseen = card.groups.iter().filter(|g| g.verdict.word == SaidWord::CannotBeSeen).count();
            let standing_out = card.groups.iter().filter(|g| !g.verdict.reasons.is_empty()).count();
            let counts = format!("data-role=\"said-of-groups\" data-seen=\"{}\" data-unseen=\"{unseen}\" data-standing-out=\"{standing_out}\"", card.groups.len() - unseen);
            prop_assert_eq!(of("said-of-groups"), [counts]);
        }
    }

    #[test]
    fn the_table_of_groups_shows_every_group_once_and_in_the_order_of_the_organisation(seed: u64) {
        let waves = organisation(&mut Chance(seed));
        let page = reports::organisation_page(english(), &waves, None).unwrap();
        let page = page.split("aria-labelledby=\"groups\"").nth(1).unwrap().split("</section>").next().unwrap();
        let mut reports = read_blocks(&waves).unwrap();
        reports.sort_by(|a, b| (&a.unit, &a.labels).cmp(&(&b.unit, &b.labels)));
        let wanted: Vec<_> = reports.iter().map(|report| format!("data-block=\"{}\"", report.block.0)).collect();
        let found: Vec<_> = tagged(page).into_iter().filter(|tag| tag.starts_with("data-block")).collect();
        prop_assert_eq!(found, wanted);
    }
}
