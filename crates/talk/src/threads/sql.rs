//! Statements on threads, their members and messages.

use kernel::{AccountId, Id, Timestamp};
use store::{Fault, Row, Tx, params};

/// A thread as it stands in its row.
#[derive(Clone, Debug)]
pub(super) struct ThreadRow {
    pub(super) id: Id,
    pub(super) subject_kind: String,
    pub(super) subject: Id,
    pub(super) client: AccountId,
    pub(super) provider: AccountId,
}

impl ThreadRow {
    pub(super) fn has(&self, account: AccountId) -> bool {
        account == self.client || account == self.provider
    }

    pub(super) fn other(&self, account: AccountId) -> AccountId {
        if account == self.client {
            self.provider
        } else {
            self.client
        }
    }
}

fn read_thread(row: &Row) -> Result<ThreadRow, Fault> {
    Ok(ThreadRow {
        id: row.get(0)?,
        subject_kind: row.get(1)?,
        subject: row.get(2)?,
        client: row.get(3)?,
        provider: row.get(4)?,
    })
}

/// A message as it stands in its row.
#[derive(Clone, Debug)]
pub(super) struct MessageRow {
    pub(super) id: Id,
    pub(super) sender: AccountId,
    pub(super) body: String,
    pub(super) at: Timestamp,
}

fn read_message(row: &Row) -> Result<MessageRow, Fault> {
    Ok(MessageRow {
        id: row.get(0)?,
        sender: row.get(1)?,
        body: row.get(2)?,
        at: row.get(3)?,
    })
}

/// A thread in somebody's list.
#[derive(Clone, Debug)]
pub(super) struct LineRow {
    pub(super) thread: ThreadRow,
    pub(super) last_message: Id,
    pub(super) unread: i64,
}

pub(super) fn insert(tx: &mut Tx, thread: &ThreadRow) -> Result<bool, Fault> {
    let now = tx.now();
    let sql = "INSERT INTO threads (id, subject_kind, subject_id, client_id, provider_id, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
               ON CONFLICT (subject_kind, subject_id, client_id, provider_id) DO NOTHING";
    let row = params![
        thread.id,
        &thread.subject_kind,
        thread.subject,
        thread.client,
        thread.provider,
        now
    ];
    Ok(tx.execute(sql, row)? == 1)
}

pub(super) fn add_member(tx: &mut Tx, thread: Id, account: AccountId) -> Result<(), Fault> {
    let sql = "INSERT INTO thread_members (thread_id, account_id, last_message) VALUES (?1, ?2, ?1)";
    tx.execute(sql, params![thread, account])?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx, id: Id) -> Result<Option<ThreadRow>, Fault> {
    tx.query_opt(
        "SELECT id, subject_kind, subject_id, client_id, provider_id FROM threads WHERE id = ?1",
        params![id],
        read_thread,
    )
}

pub(super) fn between(
    tx: &mut Tx,
    kind: &str,
    subject: Id,
    client: AccountId,
    provider: AccountId,
) -> Result<Option<ThreadRow>, Fault> {
    let sql = "SELECT id, subject_kind, subject_id, client_id, provider_id FROM threads \
               WHERE subject_kind = ?1 AND subject_id = ?2 AND client_id = ?3 AND provider_id = ?4";
    tx.query_opt(sql, params![kind, subject, client, provider], read_thread)
}

/// The threads about a subject that somebody is a member of, oldest first.
pub(super) fn about(tx: &mut Tx, kind: &str, subject: Id, member: AccountId) -> Result<Vec<ThreadRow>, Fault> {
    let sql = "SELECT id, subject_kind, subject_id, client_id, provider_id FROM threads \
               WHERE subject_kind = ?1 AND subject_id = ?2 AND (client_id = ?3 OR provider_id = ?3) ORDER BY id LIMIT 200";
    tx.query(sql, params![kind, subject, member], read_thread)
}

/// Somebody's threads, the one with the newest message first.
pub(super) fn lines(
    tx: &mut Tx,
    account: AccountId,
    before_message: Id,
    before_thread: Id,
    limit: i64,
) -> Result<Vec<LineRow>, Fault> {
    let sql = "SELECT t.id, t.subject_kind, t.subject_id, t.client_id, t.provider_id, m.last_message, m.unread \
               FROM thread_members m JOIN threads t ON t.id = m.thread_id \
               WHERE m.account_id = ?1 AND (m.last_message < ?2 OR (m.last_message = ?2 AND m.thread_id < ?3)) \
               ORDER BY m.last_message DESC, m.thread_id DESC LIMIT ?4";
    tx.query(sql, params![account, before_message, before_thread, limit], |row| {
        Ok(LineRow {
            thread: read_thread(row)?,
            last_message: row.get(5)?,
            unread: row.get(6)?,
        })
    })
}

pub(super) fn insert_message(tx: &mut Tx, id: Id, thread: Id, sender: AccountId, body: &str) -> Result<(), Fault> {
    let now = tx.now();
    let sql = "INSERT INTO messages (id, thread_id, sender_id, body, made_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    tx.execute(sql, params![id, thread, sender, body, now])?;
    Ok(())
}

/// The sender has read up to their own message; the others have one more to read.
pub(super) fn count_message(tx: &mut Tx, thread: Id, message: Id, sender: AccountId) -> Result<(), Fault> {
    let sql = "UPDATE thread_members SET last_message = ?2, \
               unread = CASE WHEN account_id = ?3 THEN 0 ELSE unread + 1 END, \
               read_to = CASE WHEN account_id = ?3 THEN CAST(?2 AS BIGINT) ELSE read_to END WHERE thread_id = ?1";
    tx.execute(sql, params![thread, message, sender])?;
    Ok(())
}

pub(super) fn sent_since(tx: &mut Tx, sender: AccountId, since: Timestamp) -> Result<i64, Fault> {
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM messages WHERE sender_id = ?1 AND made_at > ?2";
    tx.query_one(sql, params![sender, since], |row| row.get(0))
}

pub(super) fn thread_of_message(tx: &mut Tx, message: Id) -> Result<Option<ThreadRow>, Fault> {
    let sql = "SELECT t.id, t.subject_kind, t.subject_id, t.client_id, t.provider_id FROM messages m JOIN threads t ON t.id = m.thread_id WHERE m.id = ?1";
    tx.query_opt(sql, params![message], read_thread)
}

pub(super) fn message(tx: &mut Tx, id: Id) -> Result<Option<MessageRow>, Fault> {
    tx.query_opt(
        "SELECT id, sender_id, body, made_at FROM messages WHERE id = ?1",
        params![id],
        read_message,
    )
}

/// Messages of a thread older than `before`, newest first.
pub(super) fn messages(tx: &mut Tx, thread: Id, before: Id, limit: i64) -> Result<Vec<MessageRow>, Fault> {
    let sql =
        "SELECT id, sender_id, body, made_at FROM messages WHERE thread_id = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3";
    tx.query(sql, params![thread, before, limit], read_message)
}

/// How far somebody has read, and how many they have not.
pub(super) fn position(tx: &mut Tx, thread: Id, account: AccountId) -> Result<Option<(Id, i64)>, Fault> {
    let sql = "SELECT read_to, unread FROM thread_members WHERE thread_id = ?1 AND account_id = ?2";
    tx.query_opt(sql, params![thread, account], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Moves a read position forward, never back; counts again what is left.
pub(super) fn read_to(tx: &mut Tx, thread: Id, account: AccountId, message: Id) -> Result<bool, Fault> {
    let sql = "UPDATE thread_members SET read_to = ?3, unread = \
               (SELECT CAST(COUNT(*) AS BIGINT) FROM messages WHERE thread_id = ?1 AND id > ?3 AND sender_id <> ?2) \
               WHERE thread_id = ?1 AND account_id = ?2 AND read_to < ?3";
    Ok(tx.execute(sql, params![thread, account, message])? == 1)
}

pub(super) fn unread(tx: &mut Tx, account: AccountId) -> Result<i64, Fault> {
    let sql =
        "SELECT CAST(COALESCE(SUM(unread), 0) AS BIGINT) FROM thread_members WHERE account_id = ?1 AND unread > 0";
    tx.query_one(sql, params![account], |row| row.get(0))
}

/// Puts down that the newest message was mailed, when it is unread and nothing was mailed since the last reading.
pub(super) fn mail_now(tx: &mut Tx, thread: Id, account: AccountId) -> Result<bool, Fault> {
    let sql = "UPDATE thread_members SET mailed_to = last_message \
               WHERE thread_id = ?1 AND account_id = ?2 AND unread > 0 AND mailed_to <= read_to";
    Ok(tx.execute(sql, params![thread, account])? == 1)
}
