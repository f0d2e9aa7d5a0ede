//! The frozen group list of a wave: one leaf per standing group under the root that stands in the manifest.
//!
//! Every respondent checks the leaf of their own group; anybody can check the list as a whole. Together that keeps an operator
//! from giving somebody a group of one.

use std::collections::BTreeMap;

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{InclusionProof, RootHash};
use domain::{GroupId, GroupLeaf};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use unicode_normalization::UnicodeNormalization;

use crate::bytes::{Sha256Digest, fixed_bytes, sha256};
use crate::manifest::{GroupsRoot, LEAF_SIZE_STEP, Manifest};

fixed_bytes!(
    /// SHA-256 of a normalised group label.
    LabelHash, 32, "a label hash", hex, shown
);
fixed_bytes!(
    /// The hash of a group's leaf in the tree: what a group's check words are made from.
    GroupLeafHash, 32, "a group's leaf hash", hex, shown
);

/// One node of an inclusion proof.
pub type ProofNode = [u8; 32];

/// What the tree holds for one group; public, and it tells nobody who leads or works where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupInput {
    /// Hash of the normalised label.
    pub label: LabelHash,
    /// How many people were invited.
    pub invited: u32,
    /// Hash of the padded document.
    pub document: Sha256Digest,
}

impl GroupInput {
    /// The tree's input for this group.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 68] {
        let mut bytes = [0; 68];
        bytes[..32].copy_from_slice(&self.label.0);
        bytes[32..36].copy_from_slice(&self.invited.to_be_bytes());
        bytes[36..].copy_from_slice(&self.document.0);
        bytes
    }

    /// The leaf hash (RFC 6962 section 2.1).
    #[must_use]
    pub fn leaf_hash(&self) -> GroupLeafHash {
        GroupLeafHash(sha256(&[&[0x00], &self.to_bytes()]))
    }
}

/// The hash of a label, which is the same for labels that people would read as the same.
#[must_use]
pub fn label_hash(label: &str) -> LabelHash {
    LabelHash(sha256(&[normalise_label(label).as_bytes()]))
}

/// A label in the form in which labels must be unique: NFKC, lower case, white space trimmed and single.
#[must_use]
pub fn normalise_label(label: &str) -> String {
    let compatible: String = label.nfkc().collect();
    compatible.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Why leaves are not a group list, or not the group list of a manifest.
#[derive(Debug, thiserror::Error)]
pub enum GroupListProblem {
    /// There is no group.
    #[error("the group list is empty: a wave needs at least one group")]
    Empty,
    /// The groups are not numbered 0, 1, 2 … in list order.
    #[error("group {found} stands at position {position} of the group list: groups are numbered from 0 in list order")]
    Number {
        /// Position in the list, from 0.
        position: usize,
        /// The number found there.
        found: GroupId,
    },
    /// A label that people could not read or that two programs could read differently.
    #[error("group {group} has the label {label:?}: use printable characters, at least one")]
    Label {
        /// The group.
        group: GroupId,
        /// Its label.
        label: String,
    },
    /// Two groups whose labels people would read as the same.
    #[error("groups {first} and {second} have the same label {label:?}: give each group its own")]
    SameLabel {
        /// The earlier group.
        first: GroupId,
        /// The later group.
        second: GroupId,
        /// The later group's label.
        label: String,
    },
    /// A group without people.
    #[error("group {0} has nobody in it")]
    NobodyInvited(GroupId),
    /// More groups, people or bytes than the format can count.
    #[error("the group list is too large: groups, people and bytes of a group are counted in 32 bits")]
    TooLarge,
    /// The stored list is not the JSON that this version writes.
    #[error("the group list cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    /// The list does not belong to the manifest.
    #[error("the group list is not the one of the manifest: its {field} is {found}, the manifest says {expected}")]
    OtherManifest {
        /// What differs.
        field: &'static str,
        /// The list's value.
        found: String,
        /// The manifest's value.
        expected: String,
    },
    /// A group smaller than the manifest promises.
    #[error("group {group} has {invited} people, but the manifest promises groups of at least {least}")]
    TooSmall {
        /// The group.
        group: GroupId,
        /// Its people.
        invited: u32,
        /// The promised minimum: k + 1. (`group_min` is the size from which a *new* group is proposed; an older one may shrink below it.)
        least: u32,
    },
}

/// The proof does not show that a group stands in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the group is not part of the group list that the manifest names")]
pub struct NotInList;

/// A checked group list with its tree.
pub struct GroupList {
    leaves: Vec<GroupLeaf>,
    inputs: Vec<GroupInput>,
    leaf_size: u32,
    invited: u32,
    tree: MemoryBackedTree<Sha256, [u8; 68]>,
}

impl std::fmt::Debug for GroupList {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GroupList").field("root", &self.root()).field("leaves", &self.leaves).finish_non_exhaustive()
    }
}

impl GroupList {
    /// Checks the leaves and builds the tree over them.
    ///
    /// # Errors
    /// [`GroupListProblem`] names the group that is wrong: numbers in order, labels unique, nobody without company.
    pub fn freeze(leaves: Vec<GroupLeaf>) -> Result<Self, GroupListProblem> {
        let invited = check_leaves(&leaves)?;
        let documents = leaves.iter().map(serde_json::to_vec).collect::<Result<Vec<_>, _>>()?;
        let longest = documents.iter().map(Vec::len).max().ok_or(GroupListProblem::Empty)?;
        let leaf_size = u32::try_from(longest)
            .ok()
            .and_then(|longest| longest.checked_next_multiple_of(LEAF_SIZE_STEP))
            .ok_or(GroupListProblem::TooLarge)?;
        let mut tree = MemoryBackedTree::new();
        let mut inputs = Vec::with_capacity(leaves.len());
        for (leaf, document) in leaves.iter().zip(documents) {
            let document = Sha256Digest::of(&pad(document, leaf_size));
            let input = GroupInput { label: label_hash(&leaf.label), invited: leaf.invited, document };
            tree.push(input.to_bytes());
            inputs.push(input);
        }
        Ok(Self { leaves, inputs, leaf_size, invited, tree })
    }

    /// Reads [`Self::to_json`] back, with the same checks as [`Self::freeze`].
    ///
    /// # Errors
    /// [`GroupListProblem`] when the bytes are no list of groups or the list breaks a rule.
    pub fn from_json(bytes: &[u8]) -> Result<Self, GroupListProblem> {
        Self::freeze(serde_json::from_slice(bytes)?)
    }

    /// The list as it is stored beside the manifest: a JSON array of the leaves.
    ///
    /// # Errors
    /// [`GroupListProblem::Json`], which does not happen for leaves that were frozen.
    pub fn to_json(&self) -> Result<Vec<u8>, GroupListProblem> {
        Ok(serde_json::to_vec(&self.leaves)?)
    }

    /// The public form of the list, in list order: what everybody needs to compute the root anew.
    #[must_use]
    pub fn inputs(&self) -> &[GroupInput] {
        &self.inputs
    }

    /// Checks that this is the list of a manifest: root, number of groups, sum of people, size of documents, smallest group.
    ///
    /// # Errors
    /// [`GroupListProblem::OtherManifest`] or [`GroupListProblem::TooSmall`] says what differs.
    pub fn check_against(&self, manifest: &Manifest) -> Result<(), GroupListProblem> {
        let differs = |field, found: String, expected: String| {
            if found == expected { Ok(()) } else { Err(GroupListProblem::OtherManifest { field, found, expected }) }
        };
        differs("number of groups", self.leaves.len().to_string(), manifest.groups.to_string())?;
        differs("number of people", self.invited.to_string(), manifest.invited.to_string())?;
        differs("size of documents", self.leaf_size.to_string(), manifest.leaf_size.to_string())?;
        differs("root", self.root().to_text(), manifest.groups_root.to_text())?;
        match self.leaves.iter().find(|leaf| leaf.invited <= manifest.k) {
            Some(leaf) => Err(GroupListProblem::TooSmall { group: leaf.group, invited: leaf.invited, least: manifest.k.saturating_add(1) }),
            None => Ok(()),
        }
    }

    /// The size of every padded document in bytes: the smallest multiple of [`LEAF_SIZE_STEP`] that fits the longest.
    #[must_use]
    pub const fn leaf_size(&self) -> u32 {
        self.leaf_size
    }

    /// The number of people over all groups.
    #[must_use]
    pub const fn invited(&self) -> u32 {
        self.invited
    }

    /// The number of groups.
    #[must_use]
    pub fn groups(&self) -> u32 {
        u32::try_from(self.leaves.len()).unwrap_or(u32::MAX)
    }

    /// The groups in list order.
    #[must_use]
    pub fn leaves(&self) -> &[GroupLeaf] {
        &self.leaves
    }

    /// The groups in list order, without the tree.
    #[must_use]
    pub fn into_leaves(self) -> Vec<GroupLeaf> {
        self.leaves
    }

    /// One group; `None` for a number that is not in the list.
    #[must_use]
    pub fn leaf(&self, group: GroupId) -> Option<&GroupLeaf> {
        self.leaves.get(index(group))
    }

    /// The padded document of a group; `None` for a number that is not in the list.
    #[must_use]
    pub fn document(&self, group: GroupId) -> Option<Vec<u8>> {
        let document = serde_json::to_vec(self.leaf(group)?).ok()?;
        Some(pad(document, self.leaf_size))
    }

    /// The tree's input for a group; `None` for a number that is not in the list.
    #[must_use]
    pub fn input(&self, group: GroupId) -> Option<GroupInput> {
        self.inputs.get(index(group)).copied()
    }

    /// The leaf hash of a group; `None` for a number that is not in the list.
    #[must_use]
    pub fn leaf_hash(&self, group: GroupId) -> Option<GroupLeafHash> {
        self.input(group).map(|input| input.leaf_hash())
    }

    /// The root that stands in the manifest.
    #[must_use]
    pub fn root(&self) -> GroupsRoot {
        GroupsRoot((*self.tree.root().as_bytes()).into())
    }

    /// The inclusion proof of a group (RFC 6962 section 2.1.1); `None` for a number that is not in the list.
    #[must_use]
    pub fn proof(&self, group: GroupId) -> Option<Vec<ProofNode>> {
        self.leaf(group)?;
        let proof = self.tree.prove_inclusion(index(group));
        Some(proof.as_bytes().as_chunks().0.to_vec())
    }
}

/// Checks with an inclusion proof that a group stands in the list of `groups` groups under `root`.
///
/// # Errors
/// [`NotInList`] when it does not, or when the proof has the wrong length.
pub fn verify_proof(root: &GroupsRoot, groups: u32, group: GroupId, input: &GroupInput, proof: &[ProofNode]) -> Result<(), NotInList> {
    RootHash::<Sha256>::new(root.0.into(), u64::from(groups))
        .verify_inclusion(&input.to_bytes(), u64::from(group.0), &InclusionProof::try_from_bytes(proof.concat()).map_err(|_| NotInList)?)
        .map_err(|_| NotInList)
}

/// Checks the public form of a group list against a manifest, as anybody can: root, unique labels, sum of people.
///
/// # Errors
/// [`GroupListProblem`] says what differs.
pub fn check_public_list(inputs: &[GroupInput], manifest: &Manifest) -> Result<(), GroupListProblem> {
    let mut labels = BTreeMap::new();
    let mut tree = MemoryBackedTree::<Sha256, [u8; 68]>::new();
    let mut invited: u64 = 0;
    for (group, input) in (0..).map(GroupId).zip(inputs) {
        if let Some(first) = labels.insert(input.label, group) {
            return Err(GroupListProblem::SameLabel { first, second: group, label: input.label.to_text() });
        }
        if input.invited <= manifest.k {
            return Err(GroupListProblem::TooSmall { group, invited: input.invited, least: manifest.k.saturating_add(1) });
        }
        invited = invited.saturating_add(u64::from(input.invited));
        tree.push(input.to_bytes());
    }
    let differs = |field, found: String, expected: String| {
        if found == expected { Ok(()) } else { Err(GroupListProblem::OtherManifest { field, found, expected }) }
    };
    differs("number of groups", inputs.len().to_string(), manifest.groups.to_string())?;
    differs("number of people", invited.to_string(), manifest.invited.to_string())?;
    differs("root", GroupsRoot((*tree.root().as_bytes()).into()).to_text(), manifest.groups_root.to_text())
}

/// Checks each leaf and returns the number of people over all.
fn check_leaves(leaves: &[GroupLeaf]) -> Result<u32, GroupListProblem> {
    if leaves.is_empty() {
        return Err(GroupListProblem::Empty);
    }
    let mut labels = BTreeMap::new();
    let mut invited: u32 = 0;
    for (position, leaf) in leaves.iter().enumerate() {
        let group = leaf.group;
        if index(group) != position {
            return Err(GroupListProblem::Number { position, found: group });
        }
        // U+FEFF is white space for JavaScript and not for Unicode; labels have no use for it.
        let normalised = normalise_label(&leaf.label);
        if normalised.is_empty() || leaf.label.chars().any(|c| c.is_control() || c == '\u{feff}') {
            return Err(GroupListProblem::Label { group, label: leaf.label.clone() });
        }
        if let Some(first) = labels.insert(normalised, group) {
            return Err(GroupListProblem::SameLabel { first, second: group, label: leaf.label.clone() });
        }
        if leaf.invited == 0 {
            return Err(GroupListProblem::NobodyInvited(group));
        }
        invited = invited.checked_add(leaf.invited).ok_or(GroupListProblem::TooLarge)?;
    }
    Ok(invited)
}

/// The position of a group in the list; a number beyond the address space is beyond every list.
fn index(group: GroupId) -> usize {
    usize::try_from(group.0).unwrap_or(usize::MAX)
}

fn pad(mut document: Vec<u8>, leaf_size: u32) -> Vec<u8> {
    let size = usize::try_from(leaf_size).unwrap_or(usize::MAX);
    document.resize(size.max(document.len()), b' ');
    document
}
