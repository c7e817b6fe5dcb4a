//! Every statement on inspections.

use kernel::{AccountId, Id, Timestamp};
use store::{Fault, Row, Tx, params};

pub(super) struct InspectionRow {
    pub(super) id: Id,
    pub(super) request: Id,
    pub(super) version: i64,
    pub(super) submitted_at: Timestamp,
}

fn read(row: &Row) -> Result<InspectionRow, Fault> {
    Ok(InspectionRow {
        id: row.get(0)?,
        request: row.get(1)?,
        version: row.get(2)?,
        submitted_at: row.get(3)?,
    })
}

pub(super) fn waiting(tx: &mut Tx, after: Option<Id>, limit: i64) -> Result<Vec<InspectionRow>, Fault> {
    let sql = "SELECT id, request_id, version, submitted_at FROM inspections WHERE state = 'waiting' \
               AND (CAST(?1 AS BIGINT) IS NULL OR id > CAST(?1 AS BIGINT)) ORDER BY id LIMIT ?2";
    tx.query(sql, params![after, limit], read)
}

pub(super) fn count_waiting(tx: &mut Tx) -> Result<i64, Fault> {
    tx.query_one(
        "SELECT COUNT(*) FROM inspections WHERE state = 'waiting'",
        params![],
        |row| row.get(0),
    )
}

pub(super) fn find(tx: &mut Tx, id: Id) -> Result<Option<InspectionRow>, Fault> {
    tx.query_opt(
        "SELECT id, request_id, version, submitted_at FROM inspections WHERE id = ?1",
        params![id],
        read,
    )
}

pub(super) fn add(tx: &mut Tx, request: Id, version: i64) -> Result<(), Fault> {
    let (id, now) = (tx.new_id(), tx.now());
    let sql = "INSERT INTO inspections (id, request_id, version, state, reason, submitted_at) VALUES (?1, ?2, ?3, 'waiting', '', ?4)";
    tx.execute(sql, params![id, request, version, now])?;
    Ok(())
}

pub(super) fn drop_waiting(tx: &mut Tx, request: Id) -> Result<(), Fault> {
    let now = tx.now();
    let sql = "UPDATE inspections SET state = 'dropped', decided_at = ?2 WHERE request_id = ?1 AND state = 'waiting'";
    tx.execute(sql, params![request, now])?;
    Ok(())
}

pub(super) fn decide(tx: &mut Tx, id: Id, state: &str, staff: AccountId, reason: &str) -> Result<bool, Fault> {
    let now = tx.now();
    let sql = "UPDATE inspections SET state = ?2, decided_by = ?3, reason = ?4, decided_at = ?5 WHERE id = ?1 AND state = 'waiting'";
    Ok(tx.execute(sql, params![id, state, staff, reason, now])? == 1)
}

pub(super) fn last_rejection(tx: &mut Tx, request: Id) -> Result<Option<String>, Fault> {
    let sql = "SELECT reason FROM inspections WHERE request_id = ?1 AND state = 'rejected' ORDER BY id DESC LIMIT 1";
    tx.query_opt(sql, params![request], |row| row.get(0))
}
