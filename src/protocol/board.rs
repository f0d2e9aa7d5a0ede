//! The board: the signed public list of counted ballots, once the box is shut.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use domain::WaveId;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::bytes::{fixed_bytes, format_name};
use crate::manifest::{FrozenManifest, ManifestHash};
use crate::receipt::{BoardKey, BoardSignature, ReceiptLeaf};
use crate::signing::{InvalidSignature, Signed};

fixed_bytes!(
    /// The RFC 6962 root over the sorted leaves of a board.
    BoardRoot, 32, "a board root", hex, shown
);
format_name!(
    /// The format of a board.
    BoardFormat, "candor-board/1"
);

/// The signed list of counted ballots: in ascending order, without group and without time, so that it tells no order of arrival.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Board {
    /// `"candor-board/1"`.
    pub format: BoardFormat,
    /// The wave.
    pub wave: WaveId,
    /// Hash of the wave's manifest.
    pub manifest: ManifestHash,
    /// People invited.
    pub invited: u32,
    /// Credentials issued.
    pub issued: u32,
    /// Ballots in the box.
    pub spent: u32,
    /// Root over the leaves.
    pub root: BoardRoot,
    /// Signature over manifest, root and counts.
    pub signature: BoardSignature,
    /// One leaf per ballot, ascending.
    pub leaves: Vec<ReceiptLeaf>,
}

/// What a board says in sum, without its leaves: quickly read, and all that a signature over it covers. It is believed only where such a signature holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct BoardSum {
    /// Root over the leaves.
    pub root: BoardRoot,
    /// People invited.
    pub invited: u32,
    /// Credentials issued.
    pub issued: u32,
    /// Ballots in the box.
    pub spent: u32,
}

impl From<&Board> for BoardSum {
    fn from(board: &Board) -> Self {
        Self { root: board.root, invited: board.invited, issued: board.issued, spent: board.spent }
    }
}

/// Why a board cannot be closed, or does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BoardProblem {
    /// More ballots than credentials, more credentials than people, or a count that is not the length of the list.
    #[error(
        "the counts do not fit: {invited} people, {issued} credentials, {spent} ballots; \
         each must be at most the one before and every ballot on the list"
    )]
    Counts {
        /// People invited.
        invited: u32,
        /// Credentials issued.
        issued: u32,
        /// Ballots in the box.
        spent: u64,
    },
    /// Leaves that are not strictly ascending: out of order or twice.
    #[error("leaf {0} of the board is out of order or stands there twice")]
    Order(usize),
    /// The root is not the root of the leaves.
    #[error("the board's root is not the root of its leaves")]
    Root,
    /// A board of another wave or manifest, or with another number of people.
    #[error("the board belongs to another manifest: its {0} differs")]
    OtherManifest(&'static str),
    /// The signature does not hold.
    #[error(transparent)]
    Signature(#[from] InvalidSignature),
}

impl Board {
    /// Sorts the leaves and signs the list. Anything that came in an order loses it here.
    ///
    /// # Errors
    /// [`BoardProblem::Counts`] unless ballots <= `issued` <= invited, [`BoardProblem::Order`] when a leaf stands there twice.
    pub fn close(key: &BoardKey, manifest: &FrozenManifest, issued: u32, mut leaves: Vec<ReceiptLeaf>) -> Result<Self, BoardProblem> {
        leaves.sort_unstable();
        let invited = manifest.manifest().invited;
        let spent = check_counts(invited, issued, &leaves)?;
        check_order(&leaves)?;
        let root = root_of(&leaves);
        let signature = key.sign(&manifest.hash(), Signed::Board { root: &root.0, invited, issued, spent });
        let wave = manifest.manifest().wave.clone();
        Ok(Self { format: BoardFormat, wave, manifest: manifest.hash(), invited, issued, spent, root, signature, leaves })
    }

    /// Checks everything that the board claims, as anybody can.
    ///
    /// # Errors
    /// [`BoardProblem`] says what does not hold.
    pub fn verify(&self, manifest: &FrozenManifest) -> Result<(), BoardProblem> {
        let promised = manifest.manifest();
        if self.wave != promised.wave {
            return Err(BoardProblem::OtherManifest("wave"));
        }
        if self.manifest != manifest.hash() {
            return Err(BoardProblem::OtherManifest("manifest hash"));
        }
        if self.invited != promised.invited {
            return Err(BoardProblem::OtherManifest("number of people"));
        }
        let spent = check_counts(self.invited, self.issued, &self.leaves)?;
        if spent != self.spent {
            let (invited, issued, spent) = (self.invited, self.issued, u64::from(self.spent));
            return Err(BoardProblem::Counts { invited, issued, spent });
        }
        check_order(&self.leaves)?;
        if root_of(&self.leaves) != self.root {
            return Err(BoardProblem::Root);
        }
        let signed = Signed::Board { root: &self.root.0, invited: self.invited, issued: self.issued, spent };
        Ok(promised.board_key.verify(&self.manifest, signed, &self.signature)?)
    }

    /// Whether a ballot is on the board.
    #[must_use]
    pub fn contains(&self, leaf: &ReceiptLeaf) -> bool {
        self.leaves.binary_search(leaf).is_ok()
    }
}

/// The RFC 6962 root over leaves in the given order; of none it is the hash of nothing.
#[must_use]
pub fn root_of(leaves: &[ReceiptLeaf]) -> BoardRoot {
    let mut tree = MemoryBackedTree::<Sha256, [u8; 32]>::new();
    for leaf in leaves {
        tree.push(leaf.0);
    }
    BoardRoot((*tree.root().as_bytes()).into())
}

/// The number of ballots, if it fits below the other two counts.
fn check_counts(invited: u32, issued: u32, leaves: &[ReceiptLeaf]) -> Result<u32, BoardProblem> {
    match u32::try_from(leaves.len()) {
        Ok(spent) if spent <= issued && issued <= invited => Ok(spent),
        _ => Err(BoardProblem::Counts { invited, issued, spent: leaves.len() as u64 }),
    }
}

fn check_order(leaves: &[ReceiptLeaf]) -> Result<(), BoardProblem> {
    match leaves.windows(2).position(|pair| pair[0] >= pair[1]) {
        Some(place) => Err(BoardProblem::Order(place + 1)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use ct_merkle::mem_backed_tree::MemoryBackedTree;
    use proptest::prelude::*;
    use sha2::Sha256;

    use super::*;
    use crate::bytes::sha256;
    use crate::fixed_bytes::{hex, unhex};

    /// The Merkle Tree Hash by the definition of RFC 6962 section 2.1.
    fn merkle_tree_hash(leaves: &[ReceiptLeaf]) -> [u8; 32] {
        match leaves {
            [] => sha256(&[]),
            [leaf] => sha256(&[&[0], &leaf.0]),
            _ => {
                let split = (leaves.len() - 1).ilog2();
                let (left, right) = leaves.split_at(1 << split);
                sha256(&[&[1], &merkle_tree_hash(left), &merkle_tree_hash(right)])
            }
        }
    }

    proptest! {
        #[test]
        fn the_root_is_the_merkle_tree_hash_of_the_rfc(leaves in prop::collection::vec(any::<[u8; 32]>(), 0..70)) {
            let leaves: Vec<_> = leaves.into_iter().map(ReceiptLeaf).collect();
            prop_assert_eq!(root_of(&leaves).0, merkle_tree_hash(&leaves));
        }
    }

    #[test]
    fn the_tree_gives_the_roots_of_the_certificate_transparency_test_data() {
        let inputs = [
            ("", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            ("00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
            ("10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
            ("2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
            ("3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
            ("40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
            ("5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
            ("606162636465666768696a6b6c6d6e6f", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
        ];
        let mut tree = MemoryBackedTree::<Sha256, Vec<u8>>::new();
        assert_eq!(
            hex(tree.root().as_bytes()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "the root of no leaves is the hash of nothing"
        );
        for (input, root) in inputs {
            tree.push(unhex(input));
            assert_eq!(hex(tree.root().as_bytes()), root);
        }
    }
}
