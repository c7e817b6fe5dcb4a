//! Every statement on refunds.

use kernel::{AccountId, Id, Money};
use store::{Fault, Row, Tx, params};

use super::{RefundJob, RefundView};

/// A refund as it stands in its row.
pub(super) struct RefundRow {
    pub(super) id: Id,
    pub(super) order: Id,
    pub(super) payin: Option<Id>,
    pub(super) account: AccountId,
    pub(super) gateway: String,
    pub(super) amount: Money,
    pub(super) state: String,
}

pub(super) fn find(tx: &mut Tx, id: Id) -> Result<Option<RefundRow>, Fault> {
    let sql =
        "SELECT id, order_id, payin_id, account_id, gateway, amount_minor, currency, state FROM refunds WHERE id = ?1";
    tx.query_opt(sql, params![id], |row| {
        Ok(RefundRow {
            id: row.get(0)?,
            order: row.get(1)?,
            payin: row.get(2)?,
            account: row.get(3)?,
            gateway: row.get(4)?,
            amount: row.money(5, 6)?,
            state: row.get(7)?,
        })
    })
}

pub(super) fn insert(tx: &mut Tx, job: &RefundJob, payin: Option<Id>, gateway: &str) -> Result<(), Fault> {
    let now = tx.now();
    let sql = "INSERT INTO refunds (id, order_id, part, payin_id, account_id, gateway, amount_minor, currency, state, reason, failure, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'due', ?9, '', ?10)";
    tx.execute(
        sql,
        params![
            job.refund,
            job.order,
            job.part,
            payin,
            job.account,
            gateway,
            job.amount_minor,
            job.currency,
            &job.reason,
            now
        ],
    )?;
    Ok(())
}

/// Ends a refund that is due; no row when it had ended before.
pub(super) fn end(tx: &mut Tx, id: Id, state: &str, gateway_ref: Option<&str>, failure: &str) -> Result<u64, Fault> {
    let (now, short): (_, String) = (tx.now(), failure.chars().take(300).collect());
    let sql =
        "UPDATE refunds SET state = ?2, gateway_ref = ?3, failure = ?4, done_at = ?5 WHERE id = ?1 AND state = 'due'";
    tx.execute(sql, params![id, state, gateway_ref, short, now])
}

fn view(row: &Row) -> Result<RefundView, Fault> {
    Ok(RefundView {
        id: row.get(0)?,
        amount: row.money(1, 2)?,
        state: row.get(3)?,
        made_at: row.get(4)?,
        done_at: row.get(5)?,
    })
}

pub(super) fn of_order(tx: &mut Tx, order: Id) -> Result<Vec<RefundView>, Fault> {
    let sql = "SELECT id, amount_minor, currency, state, made_at, done_at FROM refunds WHERE order_id = ?1 ORDER BY id LIMIT 500";
    tx.query(sql, params![order], view)
}

pub(super) fn of_payin(tx: &mut Tx, payin: Id) -> Result<Vec<RefundView>, Fault> {
    let sql = "SELECT id, amount_minor, currency, state, made_at, done_at FROM refunds WHERE payin_id = ?1 ORDER BY id LIMIT 500";
    tx.query(sql, params![payin], view)
}
