//! Lock 1: the blind credential.

use crate::bytes::fixed_bytes;

fixed_bytes!(
    /// The wave's public key of the blind credential: a serialised ristretto255 element.
    CredentialPublicKey, 32, "a credential key", base64url
);
