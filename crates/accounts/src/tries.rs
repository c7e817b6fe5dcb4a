//! How often somebody may try: counted in rows, so that a restart or another node forgets nothing. By what is tried on
//! (a destination, an account), known or not; the edge counts by network address besides.

mod sql;

use aws_lc_rs::digest;
use kernel::{DAY, HOUR, MINUTE, Refusal, Refuse as _, Timestamp};
use store::{Fault, Tx};

kernel::refusals! {
    /// Why one has to wait.
    pub enum TriesRefusal {
        /// Too many codes went to this destination.
        TooManyCodes { until: Timestamp } => ("tries-codes", TooMany, "to"),
        /// Too many passwords were tried.
        TooManyPasswords { until: Timestamp } => ("tries-passwords", TooMany, "password"),
        /// Too many changes to one account.
        TooManyChanges { until: Timestamp } => ("tries-changes", TooMany),
    }
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    /// Codes sent to one destination.
    Codes,
    /// Passwords tried on one name.
    Passwords,
    /// Codes asked for and passwords confirmed inside one account.
    Changes,
}

impl Limit {
    const fn rule(self) -> (&'static str, i64, i64) {
        match self {
            Self::Codes => ("codes", 6, HOUR),
            Self::Passwords => ("passwords", 10, 15 * MINUTE),
            Self::Changes => ("changes", 20, HOUR),
        }
    }

    fn refusal(self, until: Timestamp) -> Refusal {
        match self {
            Self::Codes => TriesRefusal::TooManyCodes { until },
            Self::Passwords => TriesRefusal::TooManyPasswords { until },
            Self::Changes => TriesRefusal::TooManyChanges { until },
        }
        .refusal()
    }
}

/// Counts one try. Answers the refusal when it is one too many: then the caller commits and refuses.
pub(crate) fn count(tx: &mut Tx, limit: Limit, subject: &str) -> Result<Option<Refusal>, Fault> {
    let (kind, most, window) = limit.rule();
    let expired_before = tx.now() - window;
    let (used, started_at) = sql::count(tx, kind, &fingerprint(subject), expired_before)?;
    Ok((used > most).then(|| limit.refusal(started_at + window)))
}

/// Forgets what was counted: it went well.
pub(crate) fn forget(tx: &mut Tx, limit: Limit, subject: &str) -> Result<(), Fault> {
    sql::forget(tx, limit.rule().0, &fingerprint(subject))
}

/// Forgets windows that are long over.
pub(crate) fn sweep(tx: &mut Tx) -> Result<u64, Fault> {
    let moment = tx.now() - DAY;
    sql::forget_before(tx, moment)
}

/// Addresses of people who never joined are not kept, only their fingerprints.
fn fingerprint(subject: &str) -> String {
    hex::encode(digest::digest(&digest::SHA256, format!("tries:{subject}").as_bytes()))
}
