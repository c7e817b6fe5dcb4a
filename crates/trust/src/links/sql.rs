//! Statements on links.

use kernel::AccountId;
use store::{Fault, Tx, params};

pub(super) fn linked(tx: &mut Tx, low: AccountId, high: AccountId) -> Result<bool, Fault> {
    let sql = "SELECT 1 FROM account_links WHERE low_id = ?1 AND high_id = ?2";
    Ok(tx.query_opt(sql, params![low, high], |_| Ok(()))?.is_some())
}

pub(super) fn add(tx: &mut Tx, low: AccountId, high: AccountId, reason: &str) -> Result<bool, Fault> {
    let now = tx.now();
    let sql = "INSERT INTO account_links (low_id, high_id, reason, made_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (low_id, high_id) DO NOTHING";
    Ok(tx.execute(sql, params![low, high, reason, now])? == 1)
}
