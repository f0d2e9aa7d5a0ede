//! The field GF(2^8) with the polynomial x^8 + x^4 + x^3 + x + 1 (FIPS 197, section 4), without tables and without branches on secrets.
//!
//! It is two functions of arithmetic; the crates that offer secret sharing over it bring curves and number libraries along that nothing
//! here needs, keep shares in memory that is not erased, or are no longer kept up.

/// The product of two elements.
pub(crate) const fn product(mut a: u8, mut b: u8) -> u8 {
    let mut sum = 0;
    let mut bit = 0;
    while bit < 8 {
        sum ^= a & mask(b & 1);
        a = (a << 1) ^ (0x1b & mask(a >> 7));
        b >>= 1;
        bit += 1;
    }
    sum
}

/// The element whose product with `a` is 1; 0 for 0. It is `a` to the power of 254.
pub(crate) const fn inverse(a: u8) -> u8 {
    let mut square = a;
    let mut power = 1;
    let mut bit = 1;
    while bit < 8 {
        square = product(square, square);
        power = product(power, square);
        bit += 1;
    }
    power
}

/// All bits set for 1, none for 0.
const fn mask(bit: u8) -> u8 {
    0_u8.wrapping_sub(bit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_those_of_the_standard() {
        // FIPS 197, sections 4.2 and 4.2.1.
        assert_eq!(product(0x57, 0x83), 0xc1);
        assert_eq!([0x02, 0x04, 0x08, 0x10, 0x13].map(|b| product(0x57, b)), [0xae, 0x47, 0x8e, 0x07, 0xfe]);
    }

    #[test]
    fn every_element_but_zero_has_its_inverse_and_the_product_is_commutative_and_distributive() {
        assert_eq!(inverse(0), 0);
        for a in 0..=u8::MAX {
            assert_eq!(product(a, inverse(a)), u8::from(a != 0));
            for b in 0..=u8::MAX {
                assert_eq!(product(a, b), product(b, a));
                assert_eq!(product(a ^ 0x53, b), product(a, b) ^ product(0x53, b));
            }
        }
    }
}
