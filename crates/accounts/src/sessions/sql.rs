//! Every statement on sessions.

use kernel::{AccountId, Id, Timestamp};
use store::{Fault, Tx, params};

use super::{SessionRow, SessionView, read_view};

/// What a new row holds.
pub(super) struct NewRow<'a> {
    pub(super) id: Id,
    pub(super) account: AccountId,
    pub(super) token_hash: &'a str,
    pub(super) device: &'a str,
    pub(super) address: &'a str,
    pub(super) consent_due: bool,
    pub(super) now: Timestamp,
    pub(super) expires_at: Timestamp,
}

pub(super) fn insert(tx: &mut Tx, row: &NewRow) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO sessions (id, account_id, token_hash, device, address, consent_due, made_at, seen_at, expires_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            row.id,
            row.account,
            row.token_hash,
            row.device,
            row.address,
            row.consent_due,
            row.now,
            row.now,
            row.expires_at
        ],
    )?;
    Ok(())
}

pub(super) fn resolve(tx: &mut Tx, token_hash: &str) -> Result<Option<SessionView>, Fault> {
    let now = tx.now();
    tx.query_opt(
        "SELECT s.id, s.account_id, a.name, a.staff, a.locale, a.zone, s.consent_due, s.seen_at, a.password_hash IS NOT NULL \
         FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE s.token_hash = ?1 AND s.expires_at > ?2",
        params![token_hash, now],
        |row| read_view(row, token_hash, now),
    )
}

pub(super) fn touch(tx: &mut Tx, id: Id, now: Timestamp, expires_at: Timestamp) -> Result<(), Fault> {
    tx.execute(
        "UPDATE sessions SET seen_at = ?2, expires_at = ?3 WHERE id = ?1",
        params![id, now, expires_at],
    )?;
    Ok(())
}

pub(super) fn consent_given(tx: &mut Tx, account: AccountId) -> Result<(), Fault> {
    tx.execute(
        "UPDATE sessions SET consent_due = 0 WHERE account_id = ?1",
        params![account],
    )?;
    Ok(())
}

pub(super) fn list(tx: &mut Tx, account: AccountId) -> Result<Vec<SessionRow>, Fault> {
    let now = tx.now();
    tx.query(
        "SELECT id, device, address, made_at, seen_at FROM sessions WHERE account_id = ?1 AND expires_at > ?2 \
         ORDER BY seen_at DESC, id DESC LIMIT 200",
        params![account, now],
        |row| {
            Ok(SessionRow {
                id: row.get(0)?,
                device: row.get(1)?,
                address: row.get(2)?,
                made_at: row.get(3)?,
                seen_at: row.get(4)?,
            })
        },
    )
}

pub(super) fn end_one(tx: &mut Tx, account: AccountId, id: Id) -> Result<u64, Fault> {
    tx.execute(
        "DELETE FROM sessions WHERE account_id = ?1 AND id = ?2",
        params![account, id],
    )
}

pub(super) fn end_all_but(tx: &mut Tx, account: AccountId, kept: Option<Id>) -> Result<u64, Fault> {
    tx.execute(
        "DELETE FROM sessions WHERE account_id = ?1 AND id <> ?2",
        params![account, kept.map_or(0, Id::raw)],
    )
}

pub(super) fn end_expired(tx: &mut Tx, now: Timestamp) -> Result<u64, Fault> {
    tx.execute("DELETE FROM sessions WHERE expires_at <= ?1", params![now])
}
