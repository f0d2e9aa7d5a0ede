//! Receipts and the key that signs them.

use crate::bytes::fixed_bytes;

fixed_bytes!(
    /// The wave's public Ed25519 key for receipts, board and Release.
    BoardPublicKey, 32, "a board key", base64url
);
