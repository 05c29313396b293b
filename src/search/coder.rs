//! Numbers as text that is little longer than their information: a binary arithmetic coder whose
//! models learn as they go (Rissanen, Langdon: Arithmetic coding, 1979; Howard, Vitter: Practical
//! implementations of arithmetic coding, 1992).
//!
//! A number is written as decisions. Each has a *chance*, the share of ones so far, and takes
//! `-log2` of the chance of what it is in bits. The text has digits of 6 bits, so that it is in a
//! JavaScript string as it is, and compressing it once more takes the other two of a byte away.
//!
//! The site's client reads it (`site/search.js/code.js`).

/// Bits of a chance, so that the client's product with a part of the interval stays within 32 bits.
const CHANCE_BITS: u32 = 12;

/// How fast chances learn: by one part in 16 of what they missed. One in 32 makes the files of 175 documents
/// 1.2 % larger.
const LEARNING: u32 = 4;

/// Bits of a digit.
const DIGIT_BITS: u32 = 6;

/// Bits of the interval: five digits.
const WIDTH: u32 = 5 * DIGIT_BITS;

const MASK: u32 = (1 << WIDTH) - 1;

/// Chances of one model.
const CHANCES: usize = 256;

/// Longest number, in bits after its first one.
const LONGEST: u32 = 20;

/// Place of the first chance for a number's bits after its length, and chances for each length.
const BEHIND: usize = 32;
const BEHIND_LENGTH: usize = 8;

/// What the numbers of one kind have in common: their chances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Model(pub usize);

/// Writes numbers.
#[derive(Debug)]
pub struct Encoder {
    low: u32,
    high: u32,
    chances: Vec<u16>,
    digits: Vec<u8>,
}

impl Encoder {
    /// A writer with models `0..models`.
    pub fn new(models: usize) -> Self {
        Self {
            low: 0,
            high: MASK,
            chances: vec![1 << (CHANCE_BITS - 1); models * CHANCES],
            digits: Vec::new(),
        }
    }

    /// A decision.
    pub fn bit(&mut self, model: Model, bit: bool) {
        self.decide(model.0 * CHANCES, bit);
    }

    /// A number below `1 << bits`, with at most 8 bits; numbers of one model have as many.
    pub fn below(&mut self, model: Model, bits: u32, value: u32) {
        let mut node = 1;
        for at in (0..bits).rev() {
            let bit = (value >> at) & 1;
            self.decide(model.0 * CHANCES + node, bit == 1);
            node = 2 * node + bit as usize;
        }
    }

    /// Any number below 2 million, best a small one: how many bits it has, then these (Elias gamma).
    pub fn number(&mut self, model: Model, value: usize) {
        let base = model.0 * CHANCES;
        let value = u32::try_from(value + 1).unwrap_or(u32::MAX);
        let length = value.ilog2().min(LONGEST);
        for at in 0..length {
            self.decide(base + at as usize, true);
        }
        self.decide(base + length as usize, false);
        let base = base + BEHIND + BEHIND_LENGTH * length as usize;
        let mut node = 1;
        for at in (0..length).rev() {
            let bit = (value >> at) & 1;
            // Bits after the third one share a chance, for there are too many to learn: with chances for four
            // bits files are 0.2 % smaller, for two 0.1 % larger.
            let place = if node < BEHIND_LENGTH { node } else { 0 };
            self.decide(base + place, bit == 1);
            node = 2 * node + bit as usize;
        }
    }

    #[inline]
    fn decide(&mut self, at: usize, bit: bool) {
        let learned = &mut self.chances[at];
        let range = u64::from(self.high - self.low);
        // A chance is below 1, so this is below the range.
        let below = (range * u64::from(*learned)) >> CHANCE_BITS;
        let middle = self.low + below as u32;
        if bit {
            self.high = middle;
            *learned += ((1 << CHANCE_BITS) - *learned) >> LEARNING;
        } else {
            self.low = middle + 1;
            *learned -= *learned >> LEARNING;
        }
        while (self.low ^ self.high) >> (WIDTH - DIGIT_BITS) == 0 {
            self.push_digit(self.low);
            self.low = (self.low << DIGIT_BITS) & MASK;
            self.high = ((self.high << DIGIT_BITS) & MASK) | ((1 << DIGIT_BITS) - 1);
        }
    }

    fn push_digit(&mut self, value: u32) {
        self.digits.push(digit(value >> (WIDTH - DIGIT_BITS)));
    }

    /// The text.
    pub fn finish(mut self) -> String {
        // With no further digit than this one, what is read is between low and high.
        self.push_digit(self.low + (1 << (WIDTH - DIGIT_BITS)));
        // Digits are ASCII.
        String::from_utf8(self.digits).unwrap_or_default()
    }
}

/// A printable ASCII character after `"`, never a backslash.
fn digit(value: u32) -> u8 {
    /// Place of the backslash among the characters after `"`.
    const BACKSLASH: u32 = 57;
    let place = value + u32::from(value >= BACKSLASH);
    // Values stay below 64.
    b'#' + place as u8
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Reads what [`Encoder`] writes, as the site's client does.
    pub struct Decoder {
        low: u32,
        high: u32,
        held: u32,
        chances: Vec<u16>,
        digits: std::vec::IntoIter<u32>,
    }

    impl Decoder {
        pub fn new(models: usize, text: &str) -> Self {
            let value = |c: char| {
                (0..64)
                    .find(|value| char::from(digit(*value)) == c)
                    .unwrap()
            };
            let digits: Vec<u32> = text.chars().map(value).collect();
            let mut decoder = Self {
                low: 0,
                high: MASK,
                held: 0,
                chances: vec![1 << (CHANCE_BITS - 1); models * CHANCES],
                digits: digits.into_iter(),
            };
            (0..WIDTH / DIGIT_BITS).for_each(|_| decoder.take());
            decoder
        }

        fn take(&mut self) {
            self.held = ((self.held << DIGIT_BITS) & MASK) | self.digits.next().unwrap_or(0);
        }

        pub fn bit(&mut self, model: Model) -> bool {
            self.decide(model.0 * CHANCES)
        }

        pub fn below(&mut self, model: Model, bits: u32) -> u32 {
            let decide =
                |node: u32, _| 2 * node + u32::from(self.decide(model.0 * CHANCES + node as usize));
            (0..bits).fold(1, decide) - (1 << bits)
        }

        pub fn number(&mut self, model: Model) -> usize {
            let base = model.0 * CHANCES;
            let mut length = 0;
            while self.decide(base + length) {
                length += 1;
            }
            let base = base + BEHIND + BEHIND_LENGTH * length;
            let mut node = 1;
            for _ in 0..length {
                let place = if node < BEHIND_LENGTH { node } else { 0 };
                node = 2 * node + usize::from(self.decide(base + place));
            }
            node - 1
        }

        fn decide(&mut self, at: usize) -> bool {
            let chance = u64::from(self.chances[at]);
            let range = u64::from(self.high - self.low);
            let middle = self.low + ((range * chance) >> CHANCE_BITS) as u32;
            let bit = self.held <= middle;
            if bit {
                self.high = middle;
                self.chances[at] += ((1 << CHANCE_BITS) - self.chances[at]) >> LEARNING;
            } else {
                self.low = middle + 1;
                self.chances[at] -= self.chances[at] >> LEARNING;
            }
            while (self.low ^ self.high) >> (WIDTH - DIGIT_BITS) == 0 {
                self.low = (self.low << DIGIT_BITS) & MASK;
                self.high = ((self.high << DIGIT_BITS) & MASK) | ((1 << DIGIT_BITS) - 1);
                self.take();
            }
            bit
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(values in prop::collection::vec((0_usize..3, 0_usize..2_000_000), 0..300)) {
            let mut encoder = Encoder::new(3);
            for (kind, value) in &values {
                match kind {
                    0 => encoder.bit(Model(0), value % 7 == 0),
                    1 => encoder.below(Model(1), 8, *value as u32 % 256),
                    _ => encoder.number(Model(2), *value),
                }
            }
            let mut decoder = Decoder::new(3, &encoder.finish());
            for (kind, value) in values {
                match kind {
                    0 => prop_assert_eq!(decoder.bit(Model(0)), value % 7 == 0),
                    1 => prop_assert_eq!(decoder.below(Model(1), 8), value as u32 % 256),
                    _ => prop_assert_eq!(decoder.number(Model(2)), value),
                }
            }
        }
    }

    #[test]
    fn what_is_likely_takes_little_room() {
        let mut encoder = Encoder::new(1);
        (0..600).for_each(|at| encoder.bit(Model(0), at % 100 == 99));
        let text = encoder.finish();
        assert!(text.len() < 20, "{text}");
    }

    #[test]
    fn digits_leave_out_quote_and_backslash() {
        let digits: String = (0..64).map(|value| char::from(digit(value))).collect();
        assert!(digits.starts_with('#') && digits.ends_with('c'));
        assert!(!digits.contains(['"', '\\']));
    }
}
