//! Every statement on proposals.

use kernel::{AccountId, Id};
use store::{Fault, Row, Tx, params};

use super::Proposal;

fn read(row: &Row) -> Result<Proposal, Fault> {
    let shares: String = row.get(6)?;
    Ok(Proposal {
        id: row.get(0)?,
        order: row.get(1)?,
        part: row.get::<Option<i64>>(2)?.and_then(|part| usize::try_from(part).ok()),
        transition: row.get(3)?,
        by: row.get(4)?,
        proposer: row.get(5)?,
        shares: serde_json::from_str(&shares).map_err(|e| Fault::Shape(format!("shares: {e}")))?,
        reason: row.get(7)?,
        state: row.get(8)?,
        answer: row.get(9)?,
        made_at: row.get(10)?,
        ended_at: row.get(11)?,
    })
}

pub(super) fn find(tx: &mut Tx, id: Id) -> Result<Option<Proposal>, Fault> {
    let sql = "SELECT id, order_id, part, transition, by_role, proposer_id, shares, reason, state, answer, made_at, ended_at FROM order_proposals WHERE id = ?1";
    tx.query_opt(sql, params![id], read)
}

pub(super) fn of_order(tx: &mut Tx, order: Id) -> Result<Vec<Proposal>, Fault> {
    let sql = "SELECT id, order_id, part, transition, by_role, proposer_id, shares, reason, state, answer, made_at, ended_at FROM order_proposals WHERE order_id = ?1 ORDER BY id LIMIT 500";
    tx.query(sql, params![order], read)
}

pub(super) fn open_of_order(tx: &mut Tx, order: Id) -> Result<Vec<(Id, Option<usize>)>, Fault> {
    let sql = "SELECT id, part FROM order_proposals WHERE order_id = ?1 AND state = 'open' ORDER BY id";
    tx.query(sql, params![order], |row| {
        Ok((
            row.get(0)?,
            row.get::<Option<i64>>(1)?.and_then(|part| usize::try_from(part).ok()),
        ))
    })
}

/// No row when the same thing is proposed already.
pub(super) fn insert(tx: &mut Tx, one: &Proposal) -> Result<u64, Fault> {
    let shares = serde_json::to_string(&one.shares).map_err(|e| Fault::broken(e.to_string()))?;
    let part = one.part.and_then(|part| i64::try_from(part).ok());
    let sql = "INSERT INTO order_proposals (id, order_id, part, transition, by_role, proposer_id, shares, reason, state, answer, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'open', '', ?9) ON CONFLICT DO NOTHING";
    tx.execute(
        sql,
        params![
            one.id,
            one.order,
            part,
            &one.transition,
            &one.by,
            one.proposer,
            shares,
            &one.reason,
            one.made_at
        ],
    )
}

/// Ends an open proposal; no row when it was not open.
pub(super) fn end(tx: &mut Tx, id: Id, state: &str, answer: &str, by: Option<AccountId>) -> Result<u64, Fault> {
    let now = tx.now();
    let sql = "UPDATE order_proposals SET state = ?2, answer = ?3, answered_by = ?4, ended_at = ?5 WHERE id = ?1 AND state = 'open'";
    tx.execute(sql, params![id, state, answer, by, now])
}
