//! Every statement on payins.

use kernel::{Id, Money};
use store::{Fault, Row, Tx, params};

use super::{Payin, PayinState};

fn read(row: &Row) -> Result<Payin, Fault> {
    let part: i64 = row.get(2)?;
    Ok(Payin {
        id: row.get(0)?,
        order: row.get(1)?,
        part: usize::try_from(part).map_err(|_| Fault::Shape("a part below zero".to_owned()))?,
        transition: row.get(3)?,
        payer: row.get(4)?,
        gateway: row.get(5)?,
        amount: row.money(6, 7)?,
        state: PayinState::from_word(&row.get::<String>(8)?),
        gateway_ref: row.get(9)?,
        pay_url: row.get(10)?,
        failure: row.get(11)?,
        asks: row.get(12)?,
        made_at: row.get(13)?,
        expires_at: row.get(14)?,
        paid_at: row.get(15)?,
    })
}

fn place(part: usize) -> i64 {
    i64::try_from(part).unwrap_or(i64::MAX)
}

pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Option<Payin>, Fault> {
    let sql = "SELECT id, order_id, part, transition, payer_id, gateway, amount_minor, currency, state, gateway_ref, pay_url, failure, asks, made_at, expires_at, paid_at FROM payins WHERE id = ?1";
    tx.query_opt(sql, params![id], read)
}

pub(crate) fn list(tx: &mut Tx, before: Option<Id>, limit: i64) -> Result<Vec<Payin>, Fault> {
    let sql = "SELECT id, order_id, part, transition, payer_id, gateway, amount_minor, currency, state, gateway_ref, pay_url, failure, asks, made_at, expires_at, paid_at FROM payins WHERE (CAST(?1 AS BIGINT) IS NULL OR id < CAST(?1 AS BIGINT)) ORDER BY id DESC LIMIT ?2";
    tx.query(sql, params![before, limit], read)
}

pub(crate) fn live_of(tx: &mut Tx, order: Id, part: usize) -> Result<Option<Id>, Fault> {
    let sql = "SELECT id FROM payins WHERE order_id = ?1 AND part = ?2 AND state IN ('begun', 'waiting')";
    tx.query_opt(sql, params![order, place(part)], |row| row.get(0))
}

pub(crate) fn insert(tx: &mut Tx, p: &Payin) -> Result<(), Fault> {
    let sql = "INSERT INTO payins (id, order_id, part, transition, payer_id, gateway, amount_minor, currency, state, failure, asks, refunded_minor, made_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'begun', '', 0, 0, ?9, ?10)";
    tx.execute(
        sql,
        params![
            p.id,
            p.order,
            place(p.part),
            &p.transition,
            p.payer,
            &p.gateway,
            p.amount.minor(),
            p.amount.currency(),
            p.made_at,
            p.expires_at
        ],
    )?;
    Ok(())
}

pub(crate) fn opened(tx: &mut Tx, id: Id, gateway_ref: &str, pay_url: &str) -> Result<u64, Fault> {
    let sql = "UPDATE payins SET state = 'waiting', gateway_ref = ?2, pay_url = ?3 WHERE id = ?1 AND state = 'begun'";
    tx.execute(sql, params![id, gateway_ref, pay_url])
}

/// Ends a live payin without money; no row when it was not live.
pub(crate) fn end(tx: &mut Tx, id: Id, state: PayinState, failure: &str) -> Result<u64, Fault> {
    let (now, short): (_, String) = (tx.now(), failure.chars().take(300).collect());
    let sql =
        "UPDATE payins SET state = ?2, failure = ?3, ended_at = ?4 WHERE id = ?1 AND state IN ('begun', 'waiting')";
    tx.execute(sql, params![id, state.word(), short, now])
}

/// Writes down that money came; no row when it had come before.
pub(crate) fn money_came(tx: &mut Tx, id: Id, state: PayinState, gateway_ref: &str) -> Result<u64, Fault> {
    let now = tx.now();
    let sql = "UPDATE payins SET state = ?2, gateway_ref = ?3, failure = '', paid_at = ?4, ended_at = ?4 WHERE id = ?1 AND state NOT IN ('paid', 'returned')";
    tx.execute(sql, params![id, state.word(), gateway_ref, now])
}

pub(crate) fn count_ask(tx: &mut Tx, id: Id) -> Result<(), Fault> {
    tx.execute("UPDATE payins SET asks = asks + 1 WHERE id = ?1", params![id])?;
    Ok(())
}

/// Takes `amount` of a paid payin for a refund; the payin, or none when no payin of the part has so much left.
pub(crate) fn take_for_refund(
    tx: &mut Tx,
    order: Id,
    part: i64,
    payin: Option<Id>,
    amount: Money,
) -> Result<Option<Payin>, Fault> {
    let sql = "UPDATE payins SET refunded_minor = refunded_minor + ?5 WHERE id = (SELECT MAX(p.id) FROM payins p WHERE p.order_id = ?1 AND p.part = ?2 AND (CAST(?3 AS BIGINT) IS NULL OR p.id = CAST(?3 AS BIGINT)) AND p.currency = ?4 AND p.state IN ('paid', 'returned') AND (p.state = 'paid' OR CAST(?3 AS BIGINT) IS NOT NULL) AND p.amount_minor - p.refunded_minor >= ?5) RETURNING id, order_id, part, transition, payer_id, gateway, amount_minor, currency, state, gateway_ref, pay_url, failure, asks, made_at, expires_at, paid_at";
    tx.query_opt(
        sql,
        params![order, part, payin, amount.currency(), amount.minor()],
        read,
    )
}
