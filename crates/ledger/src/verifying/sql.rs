//! The statements of the audit. Each lists places where something does not hold; a sound book answers none.

use kernel::Id;
use store::{Fault, Tx, params};

use crate::chain::{SealedPosting, SealedTransfer, read_posting, read_transfer};

/// One seal and the transfer it stands for, if that is still there.
pub(super) struct Seal {
    pub(super) seq: i64,
    pub(super) hash: String,
    pub(super) transfer: Option<SealedTransfer>,
}

pub(super) fn seals_after(tx: &mut Tx, seq: i64, limit: i64) -> Result<Vec<Seal>, Fault> {
    let sql = "SELECT s.seq, s.hash, t.id, t.at, t.kind, t.reference_kind, t.reference_id, t.memo FROM ledger_seals s \
               LEFT JOIN ledger_transfers t ON t.id = s.transfer_id WHERE s.seq > ?1 ORDER BY s.seq LIMIT ?2";
    tx.query(sql, params![seq, limit], |row| {
        let there = row.get::<Option<Id>>(2)?.is_some();
        let transfer = if there { Some(read_transfer(row, 2)?) } else { None };
        Ok(Seal {
            seq: row.get(0)?,
            hash: row.get(1)?,
            transfer,
        })
    })
}

pub(super) fn sealed_postings(tx: &mut Tx, after: i64, to: i64) -> Result<Vec<SealedPosting>, Fault> {
    let sql = "SELECT p.id, p.transfer_id, p.place, p.account_key, p.currency, p.amount_minor, p.balance_after, p.at \
               FROM ledger_seals s JOIN ledger_postings p ON p.transfer_id = s.transfer_id \
               WHERE s.seq > ?1 AND s.seq <= ?2 ORDER BY s.seq, p.place, p.id";
    tx.query(sql, params![after, to], read_posting)
}

fn ids(tx: &mut Tx, sql: &str, limit: i64) -> Result<Vec<String>, Fault> {
    tx.query(sql, params![limit], |row| Ok(row.get::<Id>(0)?.short()))
}

fn keys(tx: &mut Tx, sql: &str, limit: i64) -> Result<Vec<String>, Fault> {
    tx.query(sql, params![limit], |row| {
        Ok(format!("{} {}", row.get::<String>(0)?, row.get::<String>(1)?))
    })
}

pub(super) fn transfers_outside(tx: &mut Tx, limit: i64) -> Result<Vec<String>, Fault> {
    let sql = "SELECT t.id FROM ledger_transfers t WHERE NOT EXISTS (SELECT 1 FROM ledger_seals s WHERE s.transfer_id = t.id) \
               AND NOT EXISTS (SELECT 1 FROM ledger_unsealed u WHERE u.transfer_id = t.id) ORDER BY t.id LIMIT ?1";
    ids(tx, sql, limit)
}

pub(super) fn transfers_empty(tx: &mut Tx, limit: i64) -> Result<Vec<String>, Fault> {
    let sql = "SELECT t.id FROM ledger_transfers t WHERE NOT EXISTS (SELECT 1 FROM ledger_postings p WHERE p.transfer_id = t.id) ORDER BY t.id LIMIT ?1";
    ids(tx, sql, limit)
}

pub(super) fn unsealed_without_transfer(tx: &mut Tx, limit: i64) -> Result<Vec<String>, Fault> {
    let sql = "SELECT u.transfer_id FROM ledger_unsealed u WHERE NOT EXISTS (SELECT 1 FROM ledger_transfers t WHERE t.id = u.transfer_id) LIMIT ?1";
    ids(tx, sql, limit)
}

pub(super) fn sealed_twice(tx: &mut Tx, limit: i64) -> Result<Vec<String>, Fault> {
    let sql =
        "SELECT u.transfer_id FROM ledger_unsealed u JOIN ledger_seals s ON s.transfer_id = u.transfer_id LIMIT ?1";
    ids(tx, sql, limit)
}

pub(super) fn postings_without_transfer(tx: &mut Tx, limit: i64) -> Result<Vec<String>, Fault> {
    let sql = "SELECT p.id FROM ledger_postings p WHERE NOT EXISTS (SELECT 1 FROM ledger_transfers t WHERE t.id = p.transfer_id) ORDER BY p.id LIMIT ?1";
    ids(tx, sql, limit)
}

pub(super) fn postings_without_account(tx: &mut Tx, limit: i64) -> Result<Vec<String>, Fault> {
    let sql = "SELECT p.id FROM ledger_postings p WHERE NOT EXISTS (SELECT 1 FROM ledger_accounts a \
               WHERE a.account_key = p.account_key AND a.currency = p.currency) ORDER BY p.id LIMIT ?1";
    ids(tx, sql, limit)
}

pub(super) fn transfers_off_balance(tx: &mut Tx, limit: i64) -> Result<Vec<String>, Fault> {
    let sql = "SELECT transfer_id FROM ledger_postings GROUP BY transfer_id, currency HAVING SUM(amount_minor) <> 0 ORDER BY transfer_id LIMIT ?1";
    ids(tx, sql, limit)
}

pub(super) fn balances_off(tx: &mut Tx, limit: i64) -> Result<Vec<String>, Fault> {
    let sql = "SELECT a.account_key, a.currency FROM ledger_accounts a \
               LEFT JOIN ledger_balances b ON b.account_key = a.account_key AND b.currency = a.currency \
               LEFT JOIN (SELECT p.account_key, p.currency, SUM(p.amount_minor) AS minor, \
               SUM(CASE WHEN u.transfer_id IS NULL THEN p.amount_minor ELSE 0 END) AS sealed FROM ledger_postings p \
               LEFT JOIN ledger_unsealed u ON u.transfer_id = p.transfer_id GROUP BY p.account_key, p.currency) f \
               ON f.account_key = a.account_key AND f.currency = a.currency \
               WHERE COALESCE(b.amount_minor, 0) <> COALESCE(CASE WHEN a.purpose IN ('revenue', 'clearing') THEN f.sealed ELSE f.minor END, 0) \
               ORDER BY a.account_key, a.currency LIMIT ?1";
    keys(tx, sql, limit)
}

pub(super) fn balances_without_postings(tx: &mut Tx, limit: i64) -> Result<Vec<String>, Fault> {
    let sql = "SELECT b.account_key, b.currency FROM ledger_balances b WHERE NOT EXISTS (SELECT 1 FROM ledger_accounts a \
               WHERE a.account_key = b.account_key AND a.currency = b.currency) ORDER BY b.account_key, b.currency LIMIT ?1";
    keys(tx, sql, limit)
}

pub(super) fn held_below_zero(tx: &mut Tx, limit: i64) -> Result<Vec<String>, Fault> {
    let sql = "SELECT b.account_key, b.currency FROM ledger_balances b JOIN ledger_accounts a \
               ON a.account_key = b.account_key AND a.currency = b.currency \
               WHERE a.purpose IN ('wallet', 'escrow', 'refund_due') AND b.amount_minor < 0 ORDER BY b.account_key, b.currency LIMIT ?1";
    keys(tx, sql, limit)
}

pub(super) fn unsealed_count(tx: &mut Tx) -> Result<i64, Fault> {
    tx.query_one("SELECT COUNT(*) FROM ledger_unsealed", &[], |row| row.get(0))
}
