//! The statements that read what accounts hold.

use kernel::{Currency, Money};
use store::{Fault, Tx, params};

use super::TrialRow;

pub(super) fn balance(tx: &mut Tx, key: &str, currency: Currency) -> Result<i64, Fault> {
    let sql = "SELECT amount_minor FROM ledger_balances WHERE account_key = ?1 AND currency = ?2";
    Ok(tx
        .query_opt(sql, params![key, currency], |row| row.get(0))?
        .unwrap_or(0))
}

pub(super) fn unsealed_sum(tx: &mut Tx, key: &str, currency: Currency) -> Result<i64, Fault> {
    let sql = "SELECT CAST(COALESCE(SUM(p.amount_minor), 0) AS BIGINT) FROM ledger_unsealed u \
               JOIN ledger_postings p ON p.transfer_id = u.transfer_id WHERE p.account_key = ?1 AND p.currency = ?2";
    tx.query_one(sql, params![key, currency], |row| row.get(0))
}

pub(super) fn balances(tx: &mut Tx, key: &str) -> Result<Vec<Money>, Fault> {
    let sql = "SELECT amount_minor, currency FROM ledger_balances WHERE account_key = ?1 ORDER BY currency";
    tx.query(sql, params![key], |row| row.money(0, 1))
}

pub(super) fn trial_balance(tx: &mut Tx) -> Result<Vec<TrialRow>, Fault> {
    let sql = "WITH held AS (SELECT account_key, currency, CAST(SUM(amount_minor) AS BIGINT) AS minor FROM ledger_postings GROUP BY account_key, currency) \
               SELECT CAST(SUM(CASE WHEN minor > 0 THEN minor ELSE 0 END) AS BIGINT), CAST(SUM(CASE WHEN minor < 0 THEN minor ELSE 0 END) AS BIGINT), \
               CAST(SUM(minor) AS BIGINT), COUNT(*), currency FROM held GROUP BY currency ORDER BY currency";
    tx.query(sql, &[], |row| {
        Ok(TrialRow {
            above: row.money(0, 4)?,
            below: row.money(1, 4)?,
            sum: row.money(2, 4)?,
            accounts: row.get(3)?,
        })
    })
}
