//! A moment: microseconds since the Unix epoch, UTC. Zones and calendars belong to the edge that shows it.

use std::fmt;
use std::ops::{Add, Sub};

/// A second, in microseconds.
pub const SECOND: i64 = 1_000_000;
/// A minute, in microseconds.
pub const MINUTE: i64 = 60 * SECOND;
/// An hour, in microseconds.
pub const HOUR: i64 = 60 * MINUTE;
/// A day of 24 hours, in microseconds.
pub const DAY: i64 = 24 * HOUR;

/// A moment in time, as stored: microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From microseconds of the Unix epoch.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds of the Unix epoch.
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// The moment `micros` microseconds later (earlier if negative); stops at the ends of the range.
    #[must_use]
    pub const fn plus(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    /// The moment `days` days of 24 hours later.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus(days.saturating_mul(DAY))
    }

    /// Microseconds from `earlier` to here; negative if `earlier` is later.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// As a jiff timestamp, for showing; moments outside jiff's range become its limit.
    pub fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        })
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(at: jiff::Timestamp) -> Self {
        Self(at.as_microsecond())
    }
}

impl Add<i64> for Timestamp {
    type Output = Self;

    fn add(self, micros: i64) -> Self {
        self.plus(micros)
    }
}

impl Sub<i64> for Timestamp {
    type Output = Self;

    fn sub(self, micros: i64) -> Self {
        self.plus(micros.saturating_neg())
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.to_jiff())
    }
}
