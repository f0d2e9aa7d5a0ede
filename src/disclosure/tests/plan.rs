//! The plan of blocks: a vector worked out by hand, and laws over random organisations.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};

use disclosure::plan::OTHERS_BESIDE_LARGEST;
use disclosure::{GroupCount, Member, Plan, PlanRefused, UpwardCount, plan};
use domain::{GroupId, TeamLabel, UnitPath};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vectors {
    #[serde(rename = "about")]
    _about: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    k: u32,
    groups: Vec<CaseGroup>,
    upward: Vec<CaseUpward>,
    blocks: Vec<CaseBlock>,
    unplaced: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseGroup {
    group: GroupId,
    unit: UnitPath,
    n: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseUpward {
    unit: UnitPath,
    n: u32,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseBlock {
    unit: UnitPath,
    members: Vec<Member>,
    n: u32,
}

#[test]
fn the_plan_agrees_with_the_vector_worked_out_by_hand() {
    let vectors: Vectors = serde_json::from_str(include_str!("vectors/plan.json")).unwrap();
    assert_eq!(vectors.cases.len(), 15);
    for case in vectors.cases {
        let groups: Vec<_> = case.groups.into_iter().map(|g| GroupCount { group: g.group, unit: g.unit, n: g.n }).collect();
        let upward: Vec<_> = case.upward.into_iter().map(|u| UpwardCount { unit: u.unit, n: u.n }).collect();
        let plan = plan(&groups, &upward, case.k).unwrap();
        assert!((0..).zip(&plan.blocks).all(|(id, block)| block.id.0 == id), "{}", case.name);
        let blocks: Vec<_> = plan.blocks.into_iter().map(|b| CaseBlock { unit: b.unit, members: b.members, n: b.n }).collect();
        assert_eq!(blocks, case.blocks, "{}", case.name);
        assert_eq!(plan.unplaced, case.unplaced, "{}", case.name);
    }
}

#[test]
fn a_k_below_four_and_a_group_counted_twice_are_refused() {
    let group = GroupCount { group: GroupId(0), unit: UnitPath::organisation(), n: 9 };
    assert_eq!(plan(std::slice::from_ref(&group), &[], 3), Err(PlanRefused::KTooSmall { k: 3 }));
    let twice = Err(PlanRefused::CountedTwice { member: Member::Group(GroupId(0)) });
    assert_eq!(plan(&[group.clone(), group], &[], 5), twice);
}

/// A unit at most three steps down, from few names so that units meet.
fn unit() -> impl Strategy<Value = UnitPath> {
    proptest::collection::vec(prop_oneof![Just("A"), Just("B"), Just("C")], 0..=3)
        .prop_map(|path| UnitPath(path.into_iter().map(|label| TeamLabel::parse(label).unwrap()).collect()))
}

#[derive(Debug, Clone)]
struct Wave {
    groups: Vec<GroupCount>,
    upward: Vec<UpwardCount>,
    k: u32,
}

fn wave() -> impl Strategy<Value = Wave> {
    let count = prop_oneof![2 => 0u32..=4, 1 => 5u32..=12];
    let groups = proptest::collection::vec((unit(), count), 0..=24);
    let upward = proptest::collection::btree_map(unit(), 0u32..=6, 0..=4);
    (groups, upward, 4u32..=7).prop_map(|(groups, upward, k)| Wave {
        groups: (0..).zip(groups).map(|(id, (unit, n))| GroupCount { group: GroupId(id), unit, n }).collect(),
        upward: upward.into_iter().map(|(unit, n)| UpwardCount { unit, n }).collect(),
        k,
    })
}

impl Wave {
    fn plan(&self) -> Plan {
        plan(&self.groups, &self.upward, self.k).unwrap()
    }

    fn counts(&self) -> BTreeMap<Member, (UnitPath, u32)> {
        let groups = self.groups.iter().map(|g| (Member::Group(g.group), (g.unit.clone(), g.n)));
        let upward = self.upward.iter().map(|u| (Member::Upward(u.unit.clone()), (u.unit.clone(), u.n)));
        groups.chain(upward.filter(|(_, (_, n))| *n > 0)).collect()
    }
}

proptest! {
    #[test]
    fn blocks_are_disjoint_hold_k_and_lose_nobody(wave in wave()) {
        let (plan, counts) = (wave.plan(), wave.counts());
        let total: u32 = counts.values().map(|(_, n)| n).sum();
        let mut seen = BTreeSet::new();
        for block in &plan.blocks {
            prop_assert!(block.n >= wave.k);
            prop_assert_eq!(block.n, block.members.iter().map(|m| counts[m].1).sum::<u32>());
            prop_assert!(block.members.is_sorted());
            let common = block.members.iter().map(|m| counts[m].0.clone()).reduce(|a, b| a.common(&b)).unwrap();
            prop_assert_eq!(&block.unit, &common);
            for member in &block.members {
                prop_assert!(seen.insert(member.clone()), "{:?} is in two blocks", member);
            }
        }
        prop_assert!(plan.blocks.is_sorted_by_key(|b| (&b.unit, &b.members)));
        if total >= wave.k {
            prop_assert_eq!(plan.unplaced, 0);
            prop_assert_eq!(seen.len(), counts.len());
        } else {
            prop_assert_eq!(plan.unplaced, total);
            prop_assert!(plan.blocks.is_empty());
        }
    }

    #[test]
    fn the_order_of_the_input_does_not_matter(wave in wave(), seed in any::<u64>()) {
        let mut shuffled = wave.clone();
        let spread = |id: u64| id.wrapping_add(seed).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
        shuffled.groups.sort_by_key(|g| spread(u64::from(g.group.0)));
        shuffled.upward.reverse();
        prop_assert_eq!(shuffled.plan(), wave.plan());
    }

    #[test]
    fn groups_without_answers_never_decide_which_answers_count_together(wave in wave()) {
        let answered = |plan: Plan, counts: &BTreeMap<Member, (UnitPath, u32)>| -> BTreeSet<Vec<Member>> {
            let of = |members: Vec<Member>| members.into_iter().filter(|m| counts[m].1 > 0).collect();
            plan.blocks.into_iter().map(|b| of(b.members)).collect()
        };
        let mut without = wave.clone();
        without.groups.retain(|g| g.n > 0);
        prop_assert_eq!(answered(wave.plan(), &wave.counts()), answered(without.plan(), &without.counts()));
    }

    #[test]
    fn a_small_group_stays_with_somebody_of_its_unit_where_the_unit_has_a_block(wave in wave()) {
        let (plan, counts) = (wave.plan(), wave.counts());
        for block in &plan.blocks {
            for member in &block.members {
                let (unit, n) = &counts[member];
                let in_unit = |other: &&Member| unit.contains(&counts[*other].0);
                let unit_has_block = counts.values().any(|(u, n)| unit.contains(u) && *n >= wave.k);
                if *n < wave.k && unit_has_block {
                    prop_assert!(block.members.iter().filter(in_unit).count() >= 2, "{member:?} left its unit");
                }
            }
        }
    }

    #[test]
    fn large_groups_are_never_counted_together(wave in wave()) {
        let (plan, counts) = (wave.plan(), wave.counts());
        for block in &plan.blocks {
            prop_assert!(block.members.iter().filter(|m| counts[*m].1 >= wave.k).count() <= 1);
        }
    }

    #[test]
    fn a_group_with_k_answers_is_alone_unless_small_siblings_had_to_join_it(wave in wave()) {
        let (plan, counts) = (wave.plan(), wave.counts());
        let small = |member: &&Member| counts[*member].1 < wave.k;
        let small_blocks: BTreeSet<&UnitPath> =
            plan.blocks.iter().filter(|block| block.members.iter().all(|m| small(&m))).map(|block| &block.unit).collect();
        for block in plan.blocks.iter().filter(|block| block.members.iter().any(|m| !small(&m))) {
            // Whoever joined could not stand: too few of one unit, and no block of small ones in their unit to go to instead.
            let mut joined: BTreeMap<&UnitPath, u32> = BTreeMap::new();
            for (unit, n) in block.members.iter().filter(small).map(|member| &counts[member]) {
                *joined.entry(unit).or_default() += n;
            }
            for (unit, n) in joined {
                prop_assert!(n < wave.k, "{n} answers of {unit:?} could have been a block");
                prop_assert!(!small_blocks.contains(unit), "the small ones of {unit:?} have a block");
            }
        }
        let none_is_small = counts.values().all(|(_, n)| *n >= wave.k);
        prop_assert!(!none_is_small || plan.blocks.iter().all(|block| block.members.len() == 1));
    }

    #[test]
    fn nothing_but_counts_and_the_order_of_ids_and_units_matters(wave in wave(), step in 1u32..=1000) {
        let longer = |label: &TeamLabel| TeamLabel::parse(&format!("{label}{label} & partners")).unwrap();
        let moved = |unit: &UnitPath| UnitPath(unit.0.iter().map(longer).collect());
        let renumbered = |member: &Member| match member {
            Member::Group(group) => Member::Group(GroupId(group.0 * step + step)),
            Member::Upward(unit) => Member::Upward(moved(unit)),
        };
        let other = Wave {
            groups: wave.groups.iter().map(|g| GroupCount { group: GroupId(g.group.0 * step + step), unit: moved(&g.unit), n: g.n }).collect(),
            upward: wave.upward.iter().map(|u| UpwardCount { unit: moved(&u.unit), n: u.n }).collect(),
            k: wave.k,
        };
        let mut expected = wave.plan();
        for block in &mut expected.blocks {
            block.unit = moved(&block.unit);
            block.members = block.members.iter().map(renumbered).collect();
        }
        prop_assert_eq!(other.plan(), expected);
    }

    #[test]
    fn a_pool_is_split_only_into_blocks_that_no_group_outweighs(counts in proptest::collection::vec(1u32..=6, 1..=40), k in 4u32..=7) {
        let unit = UnitPath::organisation();
        let small = counts.iter().map(|n| (*n).min(k - 1));
        let groups: Vec<_> = (0..).zip(small).map(|(id, n)| GroupCount { group: GroupId(id), unit: unit.clone(), n }).collect();
        let plan = plan(&groups, &[], k).unwrap();
        if plan.blocks.len() > 1 {
            for block in &plan.blocks {
                let of = |m: &Member| groups.iter().find(|g| Member::Group(g.group) == *m).unwrap().n;
                let largest = block.members.iter().map(of).max().unwrap();
                prop_assert!(u64::from(block.n) >= u64::from(largest) + OTHERS_BESIDE_LARGEST);
            }
        }
    }
}
