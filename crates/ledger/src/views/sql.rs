//! The statements behind statements and lists.

use kernel::{Currency, Id, Money};
use store::{Fault, Row, Tx, params};

use super::{AccountRow, PostingRow, StatementLine, TransferRow};
use crate::{Account, Purpose};

pub(super) fn statement(tx: &mut Tx, key: &str, before: Option<Id>, limit: i64) -> Result<Vec<StatementLine>, Fault> {
    let sql = "SELECT p.id, p.transfer_id, p.at, t.kind, t.reference_kind, t.reference_id, t.memo, p.amount_minor, p.currency, p.balance_after \
               FROM ledger_postings p JOIN ledger_transfers t ON t.id = p.transfer_id \
               WHERE p.account_key = ?1 AND p.id < ?2 ORDER BY p.id DESC LIMIT ?3";
    tx.query(sql, params![key, before.map_or(i64::MAX, Id::raw), limit], |row| {
        let currency: Currency = row.get(8)?;
        Ok(StatementLine {
            id: row.get(0)?,
            transfer: row.get(1)?,
            at: row.get(2)?,
            kind: row.get(3)?,
            reference_kind: row.get(4)?,
            reference: row.get(5)?,
            memo: row.get(6)?,
            amount: row.money(7, 8)?,
            balance_after: row.get::<Option<i64>>(9)?.map(|minor| Money::new(minor, currency)),
        })
    })
}

pub(super) fn accounts(
    tx: &mut Tx,
    purpose: Option<Purpose>,
    after: &str,
    limit: i64,
) -> Result<Vec<AccountRow>, Fault> {
    let sql = "SELECT a.account_key, a.currency, a.purpose, a.owner_id, a.part, a.gateway, COALESCE(b.amount_minor, 0) + \
               CASE WHEN a.purpose IN ('revenue', 'clearing') THEN (SELECT CAST(COALESCE(SUM(p.amount_minor), 0) AS BIGINT) FROM ledger_unsealed u \
               JOIN ledger_postings p ON p.transfer_id = u.transfer_id WHERE p.account_key = a.account_key AND p.currency = a.currency) ELSE 0 END \
               FROM ledger_accounts a LEFT JOIN ledger_balances b ON b.account_key = a.account_key AND b.currency = a.currency \
               WHERE (CAST(?1 AS TEXT) IS NULL OR a.purpose = ?1) AND (a.account_key > ?2 OR (a.account_key = ?2 AND a.currency > ?3)) \
               ORDER BY a.account_key, a.currency LIMIT ?4";
    let (key, currency) = after.rsplit_once('.').unwrap_or((after, ""));
    tx.query(sql, params![purpose.map(Purpose::word), key, currency, limit], |row| {
        let key: String = row.get(0)?;
        let currency: Currency = row.get(1)?;
        Ok(AccountRow {
            key: format!("{key}.{currency}"),
            account: Account::from_columns(&row.get::<String>(2)?, row.get(3)?, row.get(4)?, row.get(5)?)?,
            balance: row.money(6, 1)?,
        })
    })
}

fn read_transfer(row: &Row) -> Result<TransferRow, Fault> {
    Ok(TransferRow {
        id: row.get(0)?,
        at: row.get(1)?,
        kind: row.get(2)?,
        reference_kind: row.get(3)?,
        reference: row.get(4)?,
        memo: row.get(5)?,
        seal: row.get(6)?,
        postings: Vec::new(),
    })
}

pub(super) fn transfers(tx: &mut Tx, before: Option<Id>, limit: i64) -> Result<Vec<TransferRow>, Fault> {
    let sql = "SELECT t.id, t.at, t.kind, t.reference_kind, t.reference_id, t.memo, s.seq FROM ledger_transfers t \
               LEFT JOIN ledger_seals s ON s.transfer_id = t.id WHERE t.id < ?1 ORDER BY t.id DESC LIMIT ?2";
    tx.query(sql, params![before.map_or(i64::MAX, Id::raw), limit], read_transfer)
}

pub(super) fn transfers_of(tx: &mut Tx, reference_kind: &str, reference: Id) -> Result<Vec<TransferRow>, Fault> {
    let sql = "SELECT t.id, t.at, t.kind, t.reference_kind, t.reference_id, t.memo, s.seq FROM ledger_transfers t \
               LEFT JOIN ledger_seals s ON s.transfer_id = t.id WHERE t.reference_kind = ?1 AND t.reference_id = ?2 ORDER BY t.id";
    tx.query(sql, params![reference_kind, reference], read_transfer)
}

pub(super) fn transfer(tx: &mut Tx, id: Id) -> Result<Vec<TransferRow>, Fault> {
    let sql = "SELECT t.id, t.at, t.kind, t.reference_kind, t.reference_id, t.memo, s.seq FROM ledger_transfers t \
               LEFT JOIN ledger_seals s ON s.transfer_id = t.id WHERE t.id = ?1";
    tx.query(sql, params![id], read_transfer)
}

pub(super) fn postings_of(tx: &mut Tx, transfer: Id) -> Result<Vec<PostingRow>, Fault> {
    let sql = "SELECT a.purpose, a.owner_id, a.part, a.gateway, p.amount_minor, p.currency, p.balance_after FROM ledger_postings p \
               JOIN ledger_accounts a ON a.account_key = p.account_key AND a.currency = p.currency WHERE p.transfer_id = ?1 ORDER BY p.place";
    tx.query(sql, params![transfer], |row| {
        let currency: Currency = row.get(5)?;
        Ok(PostingRow {
            account: Account::from_columns(&row.get::<String>(0)?, row.get(1)?, row.get(2)?, row.get(3)?)?,
            amount: row.money(4, 5)?,
            balance_after: row.get::<Option<i64>>(6)?.map(|minor| Money::new(minor, currency)),
        })
    })
}
