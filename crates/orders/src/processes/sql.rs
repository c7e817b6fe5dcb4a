//! Every statement on processes.

use store::{Fault, Tx, params};

use super::Installed;

pub(super) fn body(tx: &mut Tx, name: &str, version: i64) -> Result<Option<String>, Fault> {
    tx.query_opt(
        "SELECT body FROM processes WHERE name = ?1 AND version = ?2",
        params![name, version],
        |row| row.get(0),
    )
}

pub(super) fn newest(tx: &mut Tx, name: &str) -> Result<Option<String>, Fault> {
    tx.query_opt(
        "SELECT body FROM processes WHERE name = ?1 ORDER BY version DESC LIMIT 1",
        params![name],
        |row| row.get(0),
    )
}

pub(super) fn insert(tx: &mut Tx, name: &str, version: i64, body: &str) -> Result<(), Fault> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO processes (name, version, body, made_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (name, version) DO NOTHING",
        params![name, version, body, now],
    )?;
    Ok(())
}

pub(super) fn list(tx: &mut Tx) -> Result<Vec<Installed>, Fault> {
    let sql = "SELECT p.name, p.version, p.made_at, (SELECT COUNT(*) FROM orders o WHERE o.process_name = p.name AND o.process_version = p.version AND o.ended_at IS NULL) FROM processes p ORDER BY p.name, p.version DESC";
    tx.query(sql, params![], |row| {
        Ok(Installed {
            name: row.get(0)?,
            version: row.get(1)?,
            made_at: row.get(2)?,
            running: row.get(3)?,
        })
    })
}
