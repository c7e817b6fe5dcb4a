//! What goes wrong in a store. A fault is for the operator: logged once, at the edge, and never shown to a person.

use kernel::{Refusal, Refuse};

/// Something the operator must look at.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Fault {
    /// The database refused a statement, or could not be reached.
    #[error("database: {message}")]
    Database {
        /// What the database said.
        message: String,
        /// Whether the same transaction may succeed if it is run again (a conflict, a lost connection before commit).
        retry: bool,
    },
    /// A row did not have the shape the code expects.
    #[error("unexpected row: {0}")]
    Shape(String),
    /// A closure panicked; its work was rolled back.
    #[error("panic in {0}")]
    Panic(&'static str),
    /// A closure wrote something else when it was run again: it took a clock, a random number or leaked an effect.
    #[error("{0} did not write the same when it was run twice")]
    NotRepeatable(&'static str),
    /// The database was written by a newer or another version of the program.
    #[error("migration: {0}")]
    Migration(String),
    /// An invariant of the product does not hold; nothing was written.
    #[error("broken invariant: {0}")]
    Broken(String),
    /// The store is closed.
    #[error("the store is closed")]
    Closed,
}

impl Fault {
    /// A broken invariant.
    pub fn broken(what: impl Into<String>) -> Self {
        Self::Broken(what.into())
    }

    pub(crate) const fn may_retry(&self) -> bool {
        matches!(self, Self::Database { retry: true, .. })
    }
}

/// Why a closure did not go through.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Fail {
    /// The person can act on it.
    #[error("refused: {}", .0.code)]
    Refused(Box<Refusal>),
    /// The operator must act on it.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Fail {
    /// The refusal, if it is one.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Fault(_) => None,
        }
    }
}

impl<R: Refuse> From<R> for Fail {
    fn from(refusal: R) -> Self {
        Self::Refused(Box::new(refusal.refusal()))
    }
}
