//! Statements on notices.

use kernel::{AccountId, Id, Timestamp};
use store::{Fault, Tx, params};

use super::Args;

/// A notice to be written down.
pub(super) struct NewNotice<'a> {
    pub(super) to: AccountId,
    pub(super) event_seq: i64,
    pub(super) kind: &'a str,
    pub(super) link: &'a str,
    pub(super) args: &'a Args,
    pub(super) at: Timestamp,
}

/// A notice as it stands in its row.
#[derive(Clone, Debug)]
pub(super) struct NoticeRow {
    pub(super) id: Id,
    pub(super) kind: String,
    pub(super) link: String,
    pub(super) args: Args,
    pub(super) at: Timestamp,
    pub(super) is_read: bool,
}

/// Adds a notice; answers false when this reader has one of this event.
pub(super) fn insert(tx: &mut Tx, new: &NewNotice) -> Result<bool, Fault> {
    let args = serde_json::to_string(new.args).map_err(|e| Fault::broken(e.to_string()))?;
    let id = tx.new_id();
    let sql = "INSERT INTO notifications (id, account_id, event_seq, kind, link, args, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
               ON CONFLICT (event_seq, account_id) DO NOTHING";
    Ok(tx.execute(
        sql,
        params![id, new.to, new.event_seq, new.kind, new.link, args, new.at],
    )? == 1)
}

pub(super) fn has_unread(tx: &mut Tx, account: AccountId, link: &str) -> Result<bool, Fault> {
    let sql = "SELECT 1 FROM notifications WHERE account_id = ?1 AND link = ?2 AND read_at IS NULL LIMIT 1";
    Ok(tx.query_opt(sql, params![account, link], |_| Ok(()))?.is_some())
}

pub(super) fn list(tx: &mut Tx, account: AccountId, before: Id, limit: i64) -> Result<Vec<NoticeRow>, Fault> {
    let sql = "SELECT id, kind, link, args, made_at, CASE WHEN read_at IS NULL THEN 0 ELSE 1 END FROM notifications \
               WHERE account_id = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3";
    tx.query(sql, params![account, before, limit], |row| {
        let args: String = row.get(3)?;
        Ok(NoticeRow {
            id: row.get(0)?,
            kind: row.get(1)?,
            link: row.get(2)?,
            args: serde_json::from_str(&args).map_err(|e| Fault::Shape(format!("notice args: {e}")))?,
            at: row.get(4)?,
            is_read: row.get::<i64>(5)? == 1,
        })
    })
}

pub(super) fn unread(tx: &mut Tx, account: AccountId) -> Result<i64, Fault> {
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM notifications WHERE account_id = ?1 AND read_at IS NULL";
    tx.query_one(sql, params![account], |row| row.get(0))
}

pub(super) fn link_of(tx: &mut Tx, account: AccountId, id: Id) -> Result<Option<String>, Fault> {
    tx.query_opt(
        "SELECT link FROM notifications WHERE account_id = ?1 AND id = ?2",
        params![account, id],
        |row| row.get(0),
    )
}

pub(super) fn read_link(tx: &mut Tx, account: AccountId, link: &str) -> Result<u64, Fault> {
    let now = tx.now();
    let sql = "UPDATE notifications SET read_at = ?3 WHERE account_id = ?1 AND link = ?2 AND read_at IS NULL";
    tx.execute(sql, params![account, link, now])
}

pub(super) fn read_all(tx: &mut Tx, account: AccountId, up_to: Id) -> Result<u64, Fault> {
    let now = tx.now();
    let sql = "UPDATE notifications SET read_at = ?3 WHERE account_id = ?1 AND id <= ?2 AND read_at IS NULL";
    tx.execute(sql, params![account, up_to, now])
}
