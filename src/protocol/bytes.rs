//! Byte strings of fixed length, each its own type, with one way to write and read each as text.

/// Why a text or a byte string is not a value of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} must be {length} bytes, as text in {encoding}")]
pub struct InvalidBytes {
    /// What was expected.
    pub what: &'static str,
    /// Its length in bytes.
    pub length: usize,
    /// How it is written as text.
    pub encoding: &'static str,
}

/// Declares a public value of fixed length that is written as lower-case hex or as base64url without padding.
macro_rules! fixed_bytes {
    ($(#[$doc:meta])* $name:ident, $length:literal, $what:literal, hex) => {
        $crate::bytes::fixed_bytes!(@ $(#[$doc])* $name, $length, $what, "lower-case hex", data_encoding::HEXLOWER);
    };
    ($(#[$doc:meta])* $name:ident, $length:literal, $what:literal, base64url) => {
        $crate::bytes::fixed_bytes!(@ $(#[$doc])* $name, $length, $what, "base64url without padding", data_encoding::BASE64URL_NOPAD);
    };
    (@ $(#[$doc:meta])* $name:ident, $length:literal, $what:literal, $encoding:literal, $base:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $length]);

        impl $name {
            /// The bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; $length] {
                &self.0
            }

            /// Reads the text form back.
            ///
            /// # Errors
            /// [`InvalidBytes`](crate::InvalidBytes) when the text is written otherwise or has another length.
            pub fn parse(text: &str) -> Result<Self, $crate::bytes::InvalidBytes> {
                let invalid = $crate::bytes::InvalidBytes { what: $what, length: $length, encoding: $encoding };
                let bytes = $base.decode(text.as_bytes()).map_err(|_| invalid.clone())?;
                bytes.try_into().map(Self).map_err(|_| invalid)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&$base.encode(&self.0))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::bytes::InvalidBytes;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl TryFrom<&[u8]> for $name {
            type Error = $crate::bytes::InvalidBytes;
            fn try_from(bytes: &[u8]) -> Result<Self, Self::Error> {
                bytes
                    .try_into()
                    .map(Self)
                    .map_err(|_| $crate::bytes::InvalidBytes { what: $what, length: $length, encoding: $encoding })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use fixed_bytes;

fixed_bytes!(
    /// A SHA-256 digest of published bytes (instrument, client bundle, group document).
    Sha256Digest, 32, "a SHA-256 digest", hex
);

impl Sha256Digest {
    /// The digest of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha256(&[bytes]))
    }
}

/// SHA-256 over the concatenation of `parts`.
pub(crate) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    use sha2::{Digest, Sha256};
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}
