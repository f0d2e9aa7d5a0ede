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

/// Declares a value of fixed length that is written as lower-case hex or as base64url without padding.
///
/// `shown` values print themselves; `hidden` ones belong to a single ballot or person and never appear in a log by accident.
macro_rules! fixed_bytes {
    ($(#[$doc:meta])* $name:ident, $length:literal, $what:literal, hex, $print:ident) => {
        $crate::bytes::fixed_bytes!(@ $(#[$doc])* $name, $length, $what, "lower-case hex", data_encoding::HEXLOWER);
        $crate::bytes::fixed_bytes!(@$print $name);
    };
    ($(#[$doc:meta])* $name:ident, $length:literal, $what:literal, base64url, $print:ident) => {
        $crate::bytes::fixed_bytes!(@ $(#[$doc])* $name, $length, $what, "base64url without padding", data_encoding::BASE64URL_NOPAD);
        $crate::bytes::fixed_bytes!(@$print $name);
    };
    (@shown $name:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.to_text())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.to_text())
            }
        }
    };
    (@hidden $name:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
    (@ $(#[$doc:meta])* $name:ident, $length:literal, $what:literal, $encoding:literal, $base:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $length]);

        impl $name {
            const INVALID: $crate::bytes::InvalidBytes =
                $crate::bytes::InvalidBytes { what: $what, length: $length, encoding: $encoding };

            /// The bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; $length] {
                &self.0
            }

            #[doc = concat!("The bytes as text: ", $encoding, ".")]
            #[must_use]
            pub fn to_text(&self) -> String {
                $base.encode(&self.0)
            }

            /// Reads the text form back.
            ///
            /// # Errors
            /// [`InvalidBytes`](crate::InvalidBytes) when the text is written otherwise or has another length.
            pub fn parse(text: &str) -> Result<Self, $crate::bytes::InvalidBytes> {
                let bytes = $base.decode(text.as_bytes()).map_err(|_| Self::INVALID)?;
                Self::try_from(bytes.as_slice())
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
                bytes.try_into().map(Self).map_err(|_| Self::INVALID)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.to_text())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use fixed_bytes;

/// Declares a field type with exactly one value: the `format` of a document.
macro_rules! format_name {
    ($(#[$doc:meta])* $name:ident, $text:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub struct $name;

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($text)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                if text == $text {
                    Ok(Self)
                } else {
                    Err(serde::de::Error::custom(format!(concat!("the format is {:?}, this version knows only ", $text), text)))
                }
            }
        }
    };
}
pub(crate) use format_name;

fixed_bytes!(
    /// A SHA-256 digest of published bytes (instrument, client bundle, group document).
    Sha256Digest, 32, "a SHA-256 digest", hex, shown
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
