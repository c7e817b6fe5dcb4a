//! Ids: 64-bit, time-ordered, made without asking another node.
//!
//! Layout, high to low: 1 zero bit, 41 bits of milliseconds since 2024-01-01 UTC, 10 bits of node number,
//! 12 bits of sequence. People never see the number: they see [`Id::short`], 13 characters of Crockford's base 32.

use std::fmt;
use std::str::FromStr;

use crate::Timestamp;

/// 2024-01-01T00:00:00Z in milliseconds of the Unix epoch: the zero of every id's clock.
const EPOCH_MS: i64 = 1_704_067_200_000;
const NODE_BITS: u32 = 10;
const SEQUENCE_BITS: u32 = 12;
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const SHORT_LEN: usize = 13;

/// The key of a row. Positive, ordered by the time it was made.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Id(i64);

impl Id {
    /// Takes an id from a row. Meant for the store; everything else gets ids from a transaction or from text.
    pub const fn from_raw(raw: i64) -> Self {
        Self(raw)
    }

    /// The number as it stands in a row.
    pub const fn raw(self) -> i64 {
        self.0
    }

    /// The form people and addresses see, such as `01k3v9p2m4x7c`.
    pub fn short(self) -> String {
        let mut out = [0u8; SHORT_LEN];
        let mut rest = self.0.cast_unsigned();
        for place in out.iter_mut().rev() {
            *place = ALPHABET[(rest & 31) as usize];
            rest >>= 5;
        }
        out.iter().map(|&b| char::from(b)).collect()
    }

    /// When the id was made, to the millisecond.
    pub const fn made_at(self) -> Timestamp {
        Timestamp::from_micros(((self.0 >> (NODE_BITS + SEQUENCE_BITS)) + EPOCH_MS) * 1000)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.short())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.short())
    }
}

/// The text is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct IdParseError;

impl FromStr for Id {
    type Err = IdParseError;

    fn from_str(text: &str) -> Result<Self, IdParseError> {
        if text.len() != SHORT_LEN {
            return Err(IdParseError);
        }
        let mut value: u64 = 0;
        for (place, byte) in text.bytes().enumerate() {
            let digit = ALPHABET
                .iter()
                .position(|&a| a == byte.to_ascii_lowercase())
                .ok_or(IdParseError)?;
            // 13 places hold 65 bits; the first place may carry three bits only, and the sign bit stays zero.
            if place == 0 && digit > 7 {
                return Err(IdParseError);
            }
            value = (value << 5) | digit as u64;
        }
        i64::try_from(value).map(Self).map_err(|_| IdParseError)
    }
}

impl From<Id> for String {
    fn from(id: Id) -> Self {
        id.short()
    }
}

impl TryFrom<String> for Id {
    type Error = IdParseError;

    fn try_from(text: String) -> Result<Self, IdParseError> {
        text.parse()
    }
}

/// Makes ids for one node. The caller gives the time, so that the kernel needs no clock.
#[derive(Debug)]
pub struct IdSource {
    node: i64,
    last_ms: i64,
    sequence: i64,
}

impl IdSource {
    /// A source for `node` (0–1023; higher bits are cut off).
    pub const fn new(node: u16) -> Self {
        Self {
            node: (node & 0x3ff) as i64,
            last_ms: 0,
            sequence: 0,
        }
    }

    /// Goes on after `last`, which an earlier run handed out: ids grow although the clock has gone back since.
    pub const fn resume_after(&mut self, last: Id) {
        let ms = last.0 >> (NODE_BITS + SEQUENCE_BITS);
        if ms >= self.last_ms {
            self.last_ms = ms + 1;
            self.sequence = 0;
        }
    }

    /// The next id. Grows strictly even when the clock stands still or goes back: a full or past millisecond
    /// borrows from the next one.
    pub fn next(&mut self, now: Timestamp) -> Id {
        let ms = now.as_micros() / 1000 - EPOCH_MS;
        if ms > self.last_ms {
            self.last_ms = ms;
            self.sequence = 0;
        } else {
            self.sequence += 1;
            if self.sequence >> SEQUENCE_BITS != 0 {
                self.last_ms += 1;
                self.sequence = 0;
            }
        }
        Id((self.last_ms << (NODE_BITS + SEQUENCE_BITS)) | (self.node << SEQUENCE_BITS) | self.sequence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_and_survive_their_short_form() {
        let mut source = IdSource::new(7);
        let start = Timestamp::from_micros(1_763_900_000_000_000);
        let mut last = Id::from_raw(0);
        for step in 0..10_000 {
            // The clock stands still for a while and then goes back.
            let now = if step < 9_000 {
                start
            } else {
                Timestamp::from_micros(start.as_micros() - 5_000_000)
            };
            let id = source.next(now);
            assert!(id > last);
            assert_eq!(id.short().parse(), Ok(id));
            last = id;
        }
        assert_eq!(
            source
                .next(Timestamp::from_micros(start.as_micros() + 60_000_000))
                .made_at()
                .as_micros(),
            start.as_micros() + 60_000_000
        );
    }

    #[test]
    fn a_source_goes_on_after_an_earlier_one_although_the_clock_went_back() {
        let late = Timestamp::from_micros(1_763_900_000_000_000);
        let last = IdSource::new(7).next(late);
        let mut source = IdSource::new(3);
        source.resume_after(last);
        assert!(source.next(Timestamp::from_micros(late.as_micros() - 86_400_000_000)) > last);
        let mut source = IdSource::new(3);
        source.resume_after(Id::from_raw(0));
        assert_eq!(source.next(late).made_at(), late);
    }

    #[test]
    fn other_text_is_not_an_id() {
        for text in [
            "",
            "0",
            "zzzzzzzzzzzzz",
            "01k3v9p2m4x7",
            "01k3v9p2m4x7cc",
            "01k3v9p2m4x7u",
            "中文中文中",
            "8000000000000",
        ] {
            assert_eq!(text.parse::<Id>(), Err(IdParseError), "{text}");
        }
    }
}
