//! Where the time comes from. Only the store asks; everyone else asks the transaction.

use std::sync::atomic::{AtomicI64, Ordering};

use kernel::Timestamp;

/// A source of the present moment.
pub trait Clock: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

/// A clock that stands still until it is moved; for tests.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// Stands at `start`.
    pub const fn new(start: Timestamp) -> Self {
        Self(AtomicI64::new(start.as_micros()))
    }

    /// Moves forward by `micros`.
    pub fn advance(&self, micros: i64) {
        self.0.fetch_add(micros, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst))
    }
}

/// The machine's clock, moved ahead by an offset; the demo market uses it to show what silence does.
#[derive(Debug, Default)]
pub struct OffsetClock(AtomicI64);

impl OffsetClock {
    /// Ahead of the machine's clock by `micros`.
    pub const fn new(micros: i64) -> Self {
        Self(AtomicI64::new(micros))
    }

    /// Moves further ahead; a negative step is ignored, since time that was written down cannot be unsaid.
    pub fn advance(&self, micros: i64) {
        self.0.fetch_add(micros.max(0), Ordering::SeqCst);
    }

    /// How far ahead of the machine's clock, in microseconds.
    pub fn offset(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

impl Clock for OffsetClock {
    fn now(&self) -> Timestamp {
        SystemClock.now().plus(self.offset())
    }
}
