//! The answer of a use case that must remember what it refuses.

use kernel::Refusal;
use store::Fail;

/// Granted, or refused with the transaction committed: a wrong guess was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Verdict<T> {
    /// It was done.
    Granted(T),
    /// It was not, and that was written down.
    Denied(Refusal),
}

impl<T> Verdict<T> {
    /// As a result, outside of the transaction.
    pub fn into_result(self) -> Result<T, Fail> {
        match self {
            Self::Granted(value) => Ok(value),
            Self::Denied(refusal) => Err(refusal.into()),
        }
    }

    /// The refusal, if it is one.
    pub const fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Granted(_) => None,
            Self::Denied(refusal) => Some(refusal),
        }
    }
}

/// The value of a verdict; a denial leaves the use case, committed.
macro_rules! granted {
    ($verdict:expr) => {
        match $verdict {
            $crate::Verdict::Granted(value) => value,
            $crate::Verdict::Denied(refusal) => return Ok($crate::Verdict::Denied(refusal)),
        }
    };
}
pub(crate) use granted;
