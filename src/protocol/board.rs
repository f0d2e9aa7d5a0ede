//! The board: the signed public list of counted ballots, once the box is shut.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use domain::WaveId;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::bytes::{fixed_bytes, format_name};
use crate::manifest::{FrozenManifest, ManifestHash};
use crate::receipt::{BoardKey, BoardSignature, InvalidSignature, ReceiptLeaf, Signed};

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
    pub fn close(
        key: &BoardKey,
        manifest: &FrozenManifest,
        issued: u32,
        mut leaves: Vec<ReceiptLeaf>,
    ) -> Result<Self, BoardProblem> {
        leaves.sort_unstable();
        let invited = manifest.manifest().invited;
        let spent = check_counts(invited, issued, &leaves)?;
        check_order(&leaves)?;
        let root = root_of(&leaves);
        let signature = key.sign(
            &manifest.hash(),
            Signed::Board {
                root: &root.0,
                invited,
                issued,
                spent,
            },
        );
        let wave = manifest.manifest().wave.clone();
        Ok(Self {
            format: BoardFormat,
            wave,
            manifest: manifest.hash(),
            invited,
            issued,
            spent,
            root,
            signature,
            leaves,
        })
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
            return Err(BoardProblem::Counts {
                invited,
                issued,
                spent,
            });
        }
        check_order(&self.leaves)?;
        if root_of(&self.leaves) != self.root {
            return Err(BoardProblem::Root);
        }
        let signed = Signed::Board {
            root: &self.root.0,
            invited: self.invited,
            issued: self.issued,
            spent,
        };
        Ok(promised
            .board_key
            .verify(&self.manifest, signed, &self.signature)?)
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
        _ => Err(BoardProblem::Counts {
            invited,
            issued,
            spent: leaves.len() as u64,
        }),
    }
}

fn check_order(leaves: &[ReceiptLeaf]) -> Result<(), BoardProblem> {
    match leaves.windows(2).position(|pair| pair[0] >= pair[1]) {
        Some(place) => Err(BoardProblem::Order(place + 1)),
        None => Ok(()),
    }
}
