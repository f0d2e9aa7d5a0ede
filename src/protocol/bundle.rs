//! The bundle: everything that the opening of a wave is a function of, apart from the box key.

mod written;

use domain::GroupLeaf;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::board::Board;
use crate::bytes::format_name;
pub use crate::cast::CastBallot;
use crate::credential::CredentialKey;

pub use written::{NotWritten, write};

format_name!(
    /// The format of a bundle.
    BundleFormat, "candor-bundle/1"
);

/// The input of the opening. It holds every ballot and the credential key, so it prints nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// `"candor-bundle/1"`.
    pub format: BundleFormat,
    /// The manifest's bytes as served.
    #[serde(with = "base64url")]
    pub manifest: Vec<u8>,
    /// The instrument's bytes as served.
    #[serde(with = "base64url")]
    pub instrument: Vec<u8>,
    /// The frozen group list.
    pub groups: Vec<GroupLeaf>,
    /// Credentials issued per group, in list order.
    pub issued: Vec<u32>,
    /// Every ballot in the box.
    pub ballots: Vec<CastBallot>,
    /// The credential key, to check every ballot's credential again.
    #[serde(with = "credential_key")]
    pub credential_key: CredentialKey,
    /// The signed close: counts, leaves and root.
    pub board: Board,
}

/// Everything of a bundle but its ballots.
#[derive(Clone, Copy)]
pub struct Papers<'a> {
    /// The manifest's bytes as served.
    pub manifest: &'a [u8],
    /// The instrument's bytes as served.
    pub instrument: &'a [u8],
    /// The frozen group list.
    pub groups: &'a [GroupLeaf],
    /// Credentials issued per group, in list order.
    pub issued: &'a [u32],
    /// The credential key, to check every ballot's credential again.
    pub credential_key: &'a CredentialKey,
    /// The signed close: counts, leaves and root.
    pub board: &'a Board,
}

impl<'a> From<&'a Bundle> for Papers<'a> {
    fn from(bundle: &'a Bundle) -> Self {
        let Bundle { format: _, manifest, instrument, groups, issued, ballots: _, credential_key, board } = bundle;
        Self { manifest, instrument, groups, issued, credential_key, board }
    }
}

impl std::fmt::Debug for Bundle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Bundle(…)")
    }
}

impl Bundle {
    /// Reads a bundle; what it claims is checked by the opening.
    ///
    /// # Errors
    /// The JSON error with its line and column when the bytes are no bundle.
    pub fn from_json(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(bytes)
    }

    /// The bundle as JSON; byte strings are base64url without padding.
    ///
    /// # Errors
    /// A JSON error, which does not happen for these fields.
    pub fn to_json(&self) -> Result<Zeroizing<Vec<u8>>, serde_json::Error> {
        serde_json::to_vec(self).map(Zeroizing::new)
    }
}

/// Bytes as base64url without padding.
mod base64url {
    use data_encoding::BASE64URL_NOPAD;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64URL_NOPAD.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| D::Error::custom("expected base64url without padding"))
    }
}

/// The credential key by its 32 bytes. Only a bundle writes it down as text.
mod credential_key {
    use serde::de::Error;
    use serde::{Deserializer, Serializer};
    use zeroize::Zeroizing;

    use super::base64url;
    use crate::credential::CredentialKey;

    pub(super) fn serialize<S: Serializer>(key: &CredentialKey, serializer: S) -> Result<S::Ok, S::Error> {
        base64url::serialize(key.to_bytes().as_slice(), serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<CredentialKey, D::Error> {
        let bytes = Zeroizing::new(base64url::deserialize(deserializer)?);
        let bytes = bytes.as_slice().try_into().map_err(|_| D::Error::custom("a credential key has 32 bytes"))?;
        CredentialKey::from_bytes(bytes).map_err(D::Error::custom)
    }
}
