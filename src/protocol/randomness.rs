//! Lends a current random number generator to libraries that still speak the traits of `rand_core` 0.6.

use rand::CryptoRng;

/// A generator behind the older traits.
pub(crate) struct Older<'a, R>(pub(crate) &'a mut R);

impl<R: CryptoRng> rand_core_06::RngCore for Older<'_, R> {
    fn next_u32(&mut self) -> u32 {
        self.0.next_u32()
    }

    fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        self.0.fill_bytes(bytes);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand_core_06::Error> {
        self.0.fill_bytes(bytes);
        Ok(())
    }
}

impl<R: CryptoRng> rand_core_06::CryptoRng for Older<'_, R> {}
