//! Every statement on tries.

use kernel::Timestamp;
use store::{Fault, Tx, params};

/// Counts one try; answers how many there are in the window and when it began. A window that began before
/// `expired_before` is over and starts again.
pub(super) fn count(
    tx: &mut Tx,
    kind: &str,
    subject: &str,
    expired_before: Timestamp,
) -> Result<(i64, Timestamp), Fault> {
    let now = tx.now();
    tx.query_one(
        "INSERT INTO tries (kind, subject, started_at, used) VALUES (?1, ?2, ?3, 1) \
         ON CONFLICT (kind, subject) DO UPDATE SET \
         used = CASE WHEN tries.started_at <= ?4 THEN 1 ELSE tries.used + 1 END, \
         started_at = CASE WHEN tries.started_at <= ?4 THEN excluded.started_at ELSE tries.started_at END \
         RETURNING used, started_at",
        params![kind, subject, now, expired_before],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(super) fn forget(tx: &mut Tx, kind: &str, subject: &str) -> Result<(), Fault> {
    tx.execute(
        "DELETE FROM tries WHERE kind = ?1 AND subject = ?2",
        params![kind, subject],
    )?;
    Ok(())
}

pub(super) fn forget_before(tx: &mut Tx, moment: Timestamp) -> Result<u64, Fault> {
    tx.execute("DELETE FROM tries WHERE started_at <= ?1", params![moment])
}
