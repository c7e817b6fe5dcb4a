//! Every statement on `outgoing`.

use kernel::Id;
use store::{Fault, Row, Tx, params};

use super::{Channel, Outgoing, SendState, SentView};

fn read(row: &Row) -> Result<SentView, Fault> {
    Ok(SentView {
        id: row.get(0)?,
        made_at: row.get(1)?,
        message: Outgoing {
            channel: Channel::from_word(&row.get::<String>(2)?)?,
            to: row.get(3)?,
            locale: row.get(4)?,
            kind: row.get(5)?,
            subject: row.get(6)?,
            body: row.get(7)?,
        },
        state: SendState::from_word(&row.get::<String>(8)?)?,
        sent_at: row.get(9)?,
        error: row.get(10)?,
    })
}

pub(super) fn insert(tx: &mut Tx, id: Id, m: &Outgoing) -> Result<(), Fault> {
    let sql = "INSERT INTO outgoing (id, made_at, channel, recipient, locale, kind, subject, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let now = tx.now();
    tx.execute(
        sql,
        params![id, now, m.channel.word(), &m.to, m.locale, &m.kind, &m.subject, &m.body],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx, id: Id) -> Result<Option<SentView>, Fault> {
    let sql = "SELECT id, made_at, channel, recipient, locale, kind, subject, body, state, sent_at, error FROM outgoing WHERE id = ?1";
    tx.query_opt(sql, params![id], read)
}

pub(super) fn mark_sent(tx: &mut Tx, id: Id) -> Result<bool, Fault> {
    let sql = "UPDATE outgoing SET state = 'sent', sent_at = ?2, error = NULL WHERE id = ?1 AND state <> 'sent'";
    let now = tx.now();
    Ok(tx.execute(sql, params![id, now])? == 1)
}

pub(super) fn mark_failed(tx: &mut Tx, id: Id, error: &str) -> Result<(), Fault> {
    let sql = "UPDATE outgoing SET state = 'failed', error = ?2 WHERE id = ?1 AND state <> 'sent'";
    tx.execute(sql, params![id, error])?;
    Ok(())
}

pub(super) fn list(tx: &mut Tx, before: Option<Id>, limit: i64) -> Result<Vec<SentView>, Fault> {
    let sql = "SELECT id, made_at, channel, recipient, locale, kind, subject, body, state, sent_at, error FROM outgoing \
               WHERE id < ?1 ORDER BY id DESC LIMIT ?2";
    tx.query(sql, params![before.map_or(i64::MAX, Id::raw), limit], read)
}

pub(super) fn to(tx: &mut Tx, recipient: &str, limit: i64) -> Result<Vec<SentView>, Fault> {
    let sql = "SELECT id, made_at, channel, recipient, locale, kind, subject, body, state, sent_at, error FROM outgoing \
               WHERE recipient = ?1 ORDER BY id DESC LIMIT ?2";
    tx.query(sql, params![recipient, limit], read)
}
