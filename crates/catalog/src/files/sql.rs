//! Every statement on files.

use kernel::{AccountId, Id};
use store::{Fault, Row, Tx, params};

use super::{FileView, NewFile};

fn read(row: &Row) -> Result<FileView, Fault> {
    let (kind, subject): (Option<String>, Option<Id>) = (row.get(6)?, row.get(7)?);
    Ok(FileView {
        id: row.get(0)?,
        owner: row.get(1)?,
        name: row.get(2)?,
        media_type: row.get(3)?,
        size_bytes: row.get(4)?,
        sha256: row.get(5)?,
        subject: kind.zip(subject),
        made_at: row.get(8)?,
    })
}

pub(super) fn add(tx: &mut Tx, owner: AccountId, new: &NewFile) -> Result<Id, Fault> {
    let (id, now) = (tx.new_id(), tx.now());
    let sql = "INSERT INTO files (id, owner_id, name, media_type, size_bytes, sha256, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    tx.execute(
        sql,
        params![id, owner, &new.name, new.media_type, new.size_bytes, &new.sha256, now],
    )?;
    Ok(id)
}

/// Bytes of all files of an account, and how many files wait.
pub(super) fn usage(tx: &mut Tx, owner: AccountId) -> Result<(i64, i64), Fault> {
    let sql = "SELECT CAST(COALESCE(SUM(size_bytes), 0) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN subject_id IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT) \
               FROM files WHERE owner_id = ?1";
    tx.query_one(sql, params![owner], |row| Ok((row.get(0)?, row.get(1)?)))
}

pub(super) fn attach(tx: &mut Tx, owner: AccountId, file: Id, subject_kind: &str, subject: Id) -> Result<bool, Fault> {
    let now = tx.now();
    let sql = "UPDATE files SET subject_kind = ?3, subject_id = ?4, attached_at = ?5 WHERE id = ?1 AND owner_id = ?2 AND subject_id IS NULL";
    Ok(tx.execute(sql, params![file, owner, subject_kind, subject, now])? == 1)
}

pub(super) fn detach(tx: &mut Tx, owner: AccountId, file: Id) -> Result<(), Fault> {
    tx.execute(
        "UPDATE files SET subject_kind = NULL, subject_id = NULL, attached_at = NULL WHERE id = ?1 AND owner_id = ?2",
        params![file, owner],
    )?;
    Ok(())
}

pub(super) fn of(tx: &mut Tx, subject_kind: &str, subject: Id) -> Result<Vec<FileView>, Fault> {
    let sql = "SELECT id, owner_id, name, media_type, size_bytes, sha256, subject_kind, subject_id, made_at FROM files \
               WHERE subject_kind = ?1 AND subject_id = ?2 ORDER BY id";
    tx.query(sql, params![subject_kind, subject], read)
}

pub(super) fn find(tx: &mut Tx, id: Id) -> Result<Option<FileView>, Fault> {
    let sql = "SELECT id, owner_id, name, media_type, size_bytes, sha256, subject_kind, subject_id, made_at FROM files WHERE id = ?1";
    tx.query_opt(sql, params![id], read)
}
