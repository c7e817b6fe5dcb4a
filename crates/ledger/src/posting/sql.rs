//! The statements that write transfers. None reads or changes a row of the platform's own accounts.

use kernel::{Currency, Id};
use store::{Fault, Tx, params};

use crate::{Account, Line, Transfer};

pub(super) fn insert_transfer(tx: &mut Tx, id: Id, t: &Transfer) -> Result<(), Fault> {
    let sql = "INSERT INTO ledger_transfers (id, at, kind, reference_kind, reference_id, memo) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let now = tx.now();
    tx.execute(sql, params![id, now, t.kind, t.reference_kind, t.reference, &t.memo])?;
    Ok(())
}

pub(super) fn open_account(tx: &mut Tx, account: &Account, currency: Currency) -> Result<(), Fault> {
    let sql = "INSERT INTO ledger_accounts (account_key, currency, purpose, owner_id, part, gateway, made_at) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (account_key, currency) DO NOTHING";
    let (owner, part, gateway) = account.columns();
    let now = tx.now();
    tx.execute(
        sql,
        params![
            account.key(),
            currency,
            account.purpose().word(),
            owner,
            part,
            gateway,
            now
        ],
    )?;
    Ok(())
}

pub(super) fn change_balance(tx: &mut Tx, key: &str, currency: Currency, change: i64) -> Result<i64, Fault> {
    let sql = "INSERT INTO ledger_balances (account_key, currency, amount_minor) VALUES (?1, ?2, ?3) \
               ON CONFLICT (account_key, currency) DO UPDATE SET amount_minor = ledger_balances.amount_minor + excluded.amount_minor \
               RETURNING amount_minor";
    tx.query_one(sql, params![key, currency, change], |row| row.get(0))
}

pub(super) fn insert_posting(
    tx: &mut Tx,
    transfer: Id,
    place: i64,
    line: &Line,
    left: Option<i64>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO ledger_postings (id, transfer_id, place, account_key, currency, amount_minor, balance_after, at) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let (id, now) = (tx.new_id(), tx.now());
    let (key, currency, minor) = (line.account.key(), line.amount.currency(), line.amount.minor());
    tx.execute(sql, params![id, transfer, place, key, currency, minor, left, now])?;
    Ok(())
}

pub(super) fn insert_unsealed(tx: &mut Tx, transfer: Id) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO ledger_unsealed (transfer_id) VALUES (?1)",
        params![transfer],
    )?;
    Ok(())
}
