//! Every statement on notices.

use kernel::Id;
use store::{Fault, Tx, params};

use super::{NoticeRow, Verdict};

pub(super) fn taken(tx: &mut Tx, gateway: &str, event: &str) -> Result<bool, Fault> {
    let sql = "SELECT 1 FROM gateway_notices WHERE gateway = ?1 AND event = ?2 AND verdict IN ('taken', 'late')";
    Ok(tx
        .query_opt(sql, params![gateway, event], |row| row.get::<i64>(0))?
        .is_some())
}

pub(super) fn insert(
    tx: &mut Tx,
    gateway: &str,
    event: Option<&str>,
    payin: Option<Id>,
    verdict: Verdict,
    detail: &str,
) -> Result<(), Fault> {
    let (id, now) = (tx.new_id(), tx.now());
    let short: String = detail.chars().take(500).collect();
    let event: Option<String> = event.map(|event| event.chars().take(200).collect());
    let gateway: String = gateway.chars().take(60).collect();
    let sql = "INSERT INTO gateway_notices (id, gateway, event, payin_id, verdict, detail, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    tx.execute(sql, params![id, gateway, event, payin, verdict.word(), short, now])?;
    Ok(())
}

pub(super) fn list(tx: &mut Tx, before: Option<Id>, limit: i64) -> Result<Vec<NoticeRow>, Fault> {
    let sql = "SELECT id, gateway, event, payin_id, verdict, detail, at FROM gateway_notices WHERE (CAST(?1 AS BIGINT) IS NULL OR id < CAST(?1 AS BIGINT)) ORDER BY id DESC LIMIT ?2";
    tx.query(sql, params![before, limit], |row| {
        Ok(NoticeRow {
            id: row.get(0)?,
            gateway: row.get(1)?,
            event: row.get(2)?,
            payin: row.get(3)?,
            verdict: row.get(4)?,
            detail: row.get(5)?,
            at: row.get(6)?,
        })
    })
}
