//! What a credential and a sealed ballot are bound to: one wave's manifest and one group of it.

use domain::GroupId;

use crate::manifest::ManifestHash;

/// The `info` of credential (RFC 9497) and sealing (RFC 9180) for the ballots of one group.
#[must_use]
pub fn ballot_info(manifest: &ManifestHash, group: GroupId) -> Vec<u8> {
    [
        b"candor/v1/ballot\0".as_slice(),
        &manifest.0,
        &group.0.to_be_bytes(),
    ]
    .concat()
}
