//! The group list: what it refuses, and what its proofs show.

use domain::{GroupId, GroupLeaf};
use proptest::prelude::*;
use protocol::groups::{GroupListProblem, NotInList, check_public_list, normalise_label, verify_proof};
use protocol::{GroupList, Sha256Digest};

use crate::given::{Given, group_leaves};

fn problem(change: impl FnOnce(&mut Vec<GroupLeaf>)) -> GroupListProblem {
    let mut leaves = group_leaves(4);
    change(&mut leaves);
    GroupList::freeze(leaves).unwrap_err()
}

#[test]
fn a_list_without_groups_or_with_an_empty_group_is_refused() {
    assert!(matches!(problem(Vec::clear), GroupListProblem::Empty));
    assert!(matches!(problem(|l| l[2].invited = 0), GroupListProblem::NobodyInvited(GroupId(2))));
}

#[test]
fn groups_are_numbered_in_list_order() {
    assert!(matches!(problem(|l| l.swap(1, 2)), GroupListProblem::Number { position: 1, found: GroupId(2) }));
    assert!(matches!(problem(|l| l[3].group = GroupId(4)), GroupListProblem::Number { position: 3, .. }));
}

#[test]
fn labels_that_people_would_read_as_the_same_are_refused() {
    for label in ["Team 1 · Süd", "team 1 · süd", " Team  1 · Süd ", "Team 1 · Su\u{308}d", "Ｔｅａｍ 1 · Süd"] {
        assert!(
            matches!(problem(|l| l[3].label = label.into()), GroupListProblem::SameLabel { first: GroupId(1), second: GroupId(3), .. }),
            "{label}"
        );
    }
}

#[test]
fn labels_that_cannot_be_read_are_refused() {
    for label in ["", "  ", "a\tb", "a\u{0}", "a\u{feff}b", "a\u{85}b"] {
        assert!(matches!(problem(|l| l[0].label = label.into()), GroupListProblem::Label { group: GroupId(0), .. }), "{label:?}");
    }
}

#[test]
fn more_people_than_can_be_counted_are_refused() {
    assert!(matches!(problem(|l| l[0].invited = u32::MAX), GroupListProblem::TooLarge));
}

#[test]
fn every_document_has_the_same_size_and_says_what_the_leaf_says() {
    let list = GroupList::freeze(group_leaves(5)).unwrap();
    let longest = list.leaves().iter().map(|leaf| serde_json::to_vec(leaf).unwrap().len()).max().unwrap();
    assert_eq!(list.leaf_size() as usize, longest.next_multiple_of(128));
    for leaf in list.leaves() {
        let document = list.document(leaf.group).unwrap();
        assert_eq!(document.len(), list.leaf_size() as usize);
        assert_eq!(&serde_json::from_slice::<GroupLeaf>(&document).unwrap(), leaf);
        assert_eq!(list.input(leaf.group).unwrap().document, Sha256Digest::of(&document));
    }
    assert_eq!(list.document(GroupId(5)), None);
    assert_eq!(list.proof(GroupId(u32::MAX)), None);
}

#[test]
fn a_stored_list_reads_back_and_belongs_to_its_manifest() {
    let given = Given::new();
    let manifest = given.manifest.manifest();
    let read = GroupList::from_json(&given.groups.to_json().unwrap()).unwrap();
    assert_eq!(read.root(), given.groups.root());
    read.check_against(manifest).unwrap();
    check_public_list(read.inputs(), manifest).unwrap();

    let differs = |change: fn(&mut Vec<GroupLeaf>)| {
        let mut leaves = read.leaves().to_vec();
        change(&mut leaves);
        let list = GroupList::freeze(leaves).unwrap();
        let own = list.check_against(manifest).unwrap_err();
        let public = check_public_list(list.inputs(), manifest).unwrap_err();
        for problem in [own, public] {
            assert!(matches!(problem, GroupListProblem::OtherManifest { .. }), "{problem}");
        }
    };
    differs(|leaves| leaves.truncate(4));
    differs(|leaves| leaves[0].invited += 1);
    differs(|leaves| leaves[0].label.push('!'));
    differs(|leaves| leaves[0].teams.clear());
    differs(|leaves| (leaves[0].invited, leaves[1].invited) = (leaves[1].invited, leaves[0].invited));
}

#[test]
fn a_group_smaller_than_promised_is_found_by_everybody() {
    let given = Given::new();
    let mut leaves = group_leaves(5);
    leaves[4].invited = 1;
    let list = GroupList::freeze(leaves).unwrap();
    let mut manifest = given.manifest.manifest().clone();
    (manifest.groups_root, manifest.invited) = (list.root(), list.invited());
    for problem in [list.check_against(&manifest), check_public_list(list.inputs(), &manifest)] {
        assert!(matches!(problem, Err(GroupListProblem::TooSmall { group: GroupId(4), invited: 1, least: 6 })));
    }
}

#[test]
fn a_public_list_with_one_label_twice_is_refused() {
    let given = Given::new();
    let mut inputs = given.groups.inputs().to_vec();
    inputs[4].label = inputs[1].label;
    assert!(matches!(
        check_public_list(&inputs, given.manifest.manifest()),
        Err(GroupListProblem::SameLabel { first: GroupId(1), second: GroupId(4), .. })
    ));
}

proptest! {
    #[test]
    fn a_proof_shows_its_own_group_in_its_own_place_only(groups in 1u32..40, place: prop::sample::Index, flipped: prop::sample::Index) {
        let list = GroupList::freeze(group_leaves(groups)).unwrap();
        let group = GroupId(place.index(groups as usize) as u32);
        let (root, input, proof) = (list.root(), list.input(group).unwrap(), list.proof(group).unwrap());
        prop_assert_eq!(verify_proof(&root, groups, group, &input, &proof), Ok(()));

        let other = GroupId((group.0 + 1) % groups);
        if other != group {
            prop_assert_eq!(verify_proof(&root, groups, other, &input, &proof), Err(NotInList));
            prop_assert_eq!(verify_proof(&root, groups, group, &list.input(other).unwrap(), &proof), Err(NotInList));
        }
        prop_assert_eq!(verify_proof(&root, groups, GroupId(groups), &input, &proof), Err(NotInList));
        prop_assert_eq!(verify_proof(&root, 0, group, &input, &proof), Err(NotInList));
        let mut smaller = input;
        smaller.invited = 1;
        prop_assert_eq!(verify_proof(&root, groups, group, &smaller, &proof), Err(NotInList));
        let longer = [proof.clone(), vec![[0; 32]]].concat();
        prop_assert_eq!(verify_proof(&root, groups, group, &input, &longer), Err(NotInList));
        if !proof.is_empty() {
            let mut changed = proof;
            let node = flipped.index(changed.len());
            changed[node][0] ^= 1;
            prop_assert_eq!(verify_proof(&root, groups, group, &input, &changed), Err(NotInList));
        }
    }

    #[test]
    fn case_width_and_spacing_do_not_make_another_label(words in prop::collection::vec("[a-zäöü0-9]{1,6}", 1..4)) {
        let plain = words.join(" ");
        prop_assert_eq!(normalise_label(&plain), plain.clone());
        prop_assert_eq!(normalise_label(&format!(" {} ", words.join("\u{a0} ").to_uppercase())), plain.clone());
        let wide: String = plain.chars().map(|c| if c.is_ascii_alphanumeric() {
            char::from_u32(u32::from(c) + 0xfee0).unwrap()
        } else {
            c
        }).collect();
        prop_assert_eq!(normalise_label(&wide), plain);
    }
}
