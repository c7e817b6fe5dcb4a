//! Every statement on `settings`.

use kernel::{AccountId, Id};
use store::{Fault, Tx, params};

use super::Version;

pub(super) fn current(tx: &mut Tx) -> Result<Vec<(String, String)>, Fault> {
    let sql = "SELECT s.name, s.value FROM settings s \
               WHERE s.version = (SELECT MAX(t.version) FROM settings t WHERE t.name = s.name) ORDER BY s.name";
    tx.query(sql, &[], |row| Ok((row.get(0)?, row.get(1)?)))
}

pub(super) fn latest(tx: &mut Tx, key: &str) -> Result<Option<i64>, Fault> {
    let sql = "SELECT MAX(version) FROM settings WHERE name = ?1";
    tx.query_one(sql, params![key], |row| row.get(0))
}

pub(super) fn history(tx: &mut Tx, key: &str) -> Result<Vec<Version>, Fault> {
    let sql = "SELECT name, version, value, reason, changed_by, changed_at FROM settings WHERE name = ?1 ORDER BY version DESC";
    tx.query(sql, params![key], |row| {
        Ok(Version {
            key: row.get(0)?,
            version: row.get(1)?,
            value: row.get(2)?,
            reason: row.get(3)?,
            changed_by: row.get(4)?,
            changed_at: row.get(5)?,
        })
    })
}

pub(super) fn insert(
    tx: &mut Tx,
    id: Id,
    key: &str,
    version: i64,
    value: &str,
    reason: &str,
    by: Option<AccountId>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO settings (id, name, version, value, reason, changed_by, changed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let now = tx.now();
    tx.execute(sql, params![id, key, version, value, reason, by, now])?;
    Ok(())
}
