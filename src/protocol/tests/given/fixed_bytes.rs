//! Hex for reference values, and a "generator" that is not random.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use std::convert::Infallible;

use rand::{TryCryptoRng, TryRng};

/// Bytes as lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

/// The bytes behind lower-case hex; spaces are ignored.
pub fn unhex(text: &str) -> Vec<u8> {
    data_encoding::HEXLOWER.decode(text.replace(' ', "").as_bytes()).unwrap()
}

/// A "generator" that hands out given bytes over and over.
#[derive(Clone)]
pub struct FixedBytes {
    bytes: Vec<u8>,
    next: usize,
}

impl FixedBytes {
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { bytes, next: 0 }
    }

    /// What a library that reduces 64 random bytes modulo the group order takes for exactly this scalar.
    pub fn scalar(hex: &str) -> Self {
        let mut bytes = unhex(hex);
        bytes.resize(64, 0);
        Self::new(bytes)
    }

    pub fn repeated(byte: u8) -> Self {
        Self::new(vec![byte; 32])
    }

    pub fn first_32(&self) -> String {
        hex(&self.bytes[..32])
    }
}

impl TryRng for FixedBytes {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for byte in bytes {
            *byte = self.bytes[self.next % self.bytes.len()];
            self.next += 1;
        }
        Ok(())
    }
}

impl TryCryptoRng for FixedBytes {}
