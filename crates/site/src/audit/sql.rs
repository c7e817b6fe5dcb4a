//! Every statement on `audit_records`.

use kernel::Id;
use serde_json::Value;
use store::{Fault, Row, Tx, params};

use super::AuditRecord;

fn read(row: &Row) -> Result<AuditRecord, Fault> {
    let json = |place| -> Result<Value, Fault> {
        let text: String = row.get(place)?;
        serde_json::from_str(&text).map_err(|e| Fault::Shape(format!("audit data: {e}")))
    };
    Ok(AuditRecord {
        id: row.get(0)?,
        at: row.get(1)?,
        actor: row.get(2)?,
        act: row.get(3)?,
        subject_kind: row.get(4)?,
        subject: row.get(5)?,
        before: json(6)?,
        after: json(7)?,
        reason: row.get(8)?,
    })
}

pub(super) fn insert(tx: &mut Tx, r: &AuditRecord) -> Result<(), Fault> {
    let sql = "INSERT INTO audit_records (id, at, actor_id, act, subject_kind, subject_id, before_data, after_data, reason) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    let (before, after) = (r.before.to_string(), r.after.to_string());
    tx.execute(
        sql,
        params![
            r.id,
            r.at,
            r.actor,
            &r.act,
            &r.subject_kind,
            r.subject,
            before,
            after,
            &r.reason
        ],
    )?;
    Ok(())
}

pub(super) fn list(tx: &mut Tx, before: Option<Id>, limit: i64) -> Result<Vec<AuditRecord>, Fault> {
    let sql = "SELECT id, at, actor_id, act, subject_kind, subject_id, before_data, after_data, reason FROM audit_records \
               WHERE id < ?1 ORDER BY id DESC LIMIT ?2";
    tx.query(sql, params![before.map_or(i64::MAX, Id::raw), limit], read)
}

pub(super) fn of(tx: &mut Tx, subject_kind: &str, subject: Id, limit: i64) -> Result<Vec<AuditRecord>, Fault> {
    let sql = "SELECT id, at, actor_id, act, subject_kind, subject_id, before_data, after_data, reason FROM audit_records \
               WHERE subject_kind = ?1 AND subject_id = ?2 ORDER BY id DESC LIMIT ?3";
    tx.query(sql, params![subject_kind, subject, limit], read)
}
