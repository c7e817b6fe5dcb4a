//! The record of what staff and the system did, with before and after. Rows are only ever added.

mod sql;

use kernel::{AccountId, Actor, Id, Timestamp};
use serde_json::Value;
use store::{Fault, Tx};

/// One act, as the operator sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditRecord {
    /// Its id.
    pub id: Id,
    /// When it was done.
    pub at: Timestamp,
    /// By whom; nobody when the market itself did it.
    pub actor: Option<AccountId>,
    /// What was done, such as `request.approve`.
    pub act: String,
    /// The noun it was done to.
    pub subject_kind: String,
    /// The noun's id.
    pub subject: Id,
    /// What stood there before, as JSON.
    pub before: Value,
    /// What stands there now, as JSON.
    pub after: Value,
    /// Why, in the actor's words.
    pub reason: String,
}

/// Records an act in the transaction that does it.
#[expect(
    clippy::too_many_arguments,
    reason = "an audit record is flat, and a missing part must not go unnoticed"
)]
pub fn record(
    tx: &mut Tx,
    actor: &Actor,
    act: &str,
    subject_kind: &str,
    subject: Id,
    before: Value,
    after: Value,
    reason: &str,
) -> Result<(), Fault> {
    let record = AuditRecord {
        id: tx.new_id(),
        at: tx.now(),
        actor: actor.account(),
        act: act.to_owned(),
        subject_kind: subject_kind.to_owned(),
        subject,
        before,
        after,
        reason: reason.to_owned(),
    };
    sql::insert(tx, &record)
}

/// Acts older than `before`, newest first, at most `limit`.
pub fn list(tx: &mut Tx, before: Option<Id>, limit: i64) -> Result<Vec<AuditRecord>, Fault> {
    sql::list(tx, before, limit)
}

/// What was done to one thing, newest first, at most `limit`.
pub fn of(tx: &mut Tx, subject_kind: &str, subject: Id, limit: i64) -> Result<Vec<AuditRecord>, Fault> {
    sql::of(tx, subject_kind, subject, limit)
}
