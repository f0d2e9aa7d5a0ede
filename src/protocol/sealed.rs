//! Lock 2: the sealed box.

use crate::bytes::fixed_bytes;

fixed_bytes!(
    /// The wave's public key of the sealed box: an X25519 public key.
    BoxPublicKey, 32, "a box key", base64url
);
