//! The statements that seal.

use kernel::Id;
use store::{Fault, Row, Tx, params};

use super::{Head, SealedPosting, SealedTransfer};

pub(super) fn unsealed(tx: &mut Tx, limit: i64) -> Result<Vec<Id>, Fault> {
    let sql = "SELECT transfer_id FROM ledger_unsealed ORDER BY transfer_id LIMIT ?1";
    tx.query(sql, params![limit], |row| row.get(0))
}

pub(super) fn head(tx: &mut Tx) -> Result<Option<Head>, Fault> {
    let sql = "SELECT seq, hash FROM ledger_seals ORDER BY seq DESC LIMIT 1";
    tx.query_opt(sql, &[], |row| {
        Ok(Head {
            seq: row.get(0)?,
            hash: row.get(1)?,
        })
    })
}

pub(super) fn transfer_to_seal(tx: &mut Tx, id: Id) -> Result<Option<SealedTransfer>, Fault> {
    let sql = "SELECT id, at, kind, reference_kind, reference_id, memo FROM ledger_transfers WHERE id = ?1";
    let transfer = tx.query_opt(sql, params![id], |row| read_transfer(row, 0))?;
    let sql = "SELECT id, transfer_id, place, account_key, currency, amount_minor, balance_after, at FROM ledger_postings \
               WHERE transfer_id = ?1 ORDER BY place, id";
    let postings = tx.query(sql, params![id], read_posting)?;
    Ok(transfer.map(|transfer| SealedTransfer { postings, ..transfer }))
}

/// Adds what a transfer moved on the platform's accounts to their rolled-up balances.
pub(super) fn roll_up(tx: &mut Tx, transfer: Id) -> Result<(), Fault> {
    let sql = "INSERT INTO ledger_balances (account_key, currency, amount_minor) \
               SELECT p.account_key, p.currency, CAST(SUM(p.amount_minor) AS BIGINT) FROM ledger_postings p \
               JOIN ledger_accounts a ON a.account_key = p.account_key AND a.currency = p.currency \
               WHERE p.transfer_id = ?1 AND a.purpose IN ('revenue', 'clearing') GROUP BY p.account_key, p.currency \
               ON CONFLICT (account_key, currency) DO UPDATE SET amount_minor = ledger_balances.amount_minor + excluded.amount_minor";
    tx.execute(sql, params![transfer])?;
    Ok(())
}

pub(super) fn insert_seal(tx: &mut Tx, head: &Head, transfer: Id) -> Result<(), Fault> {
    let now = tx.now();
    let sql = "INSERT INTO ledger_seals (seq, transfer_id, hash, sealed_at) VALUES (?1, ?2, ?3, ?4)";
    tx.execute(sql, params![head.seq, transfer, &head.hash, now])?;
    Ok(())
}

pub(super) fn delete_unsealed(tx: &mut Tx, transfer: Id) -> Result<(), Fault> {
    tx.execute("DELETE FROM ledger_unsealed WHERE transfer_id = ?1", params![transfer])?;
    Ok(())
}

pub(crate) fn read_transfer(row: &Row, from: usize) -> Result<SealedTransfer, Fault> {
    Ok(SealedTransfer {
        id: row.get(from)?,
        at: row.get(from + 1)?,
        kind: row.get(from + 2)?,
        reference_kind: row.get(from + 3)?,
        reference: row.get(from + 4)?,
        memo: row.get(from + 5)?,
        postings: Vec::new(),
    })
}

pub(crate) fn read_posting(row: &Row) -> Result<SealedPosting, Fault> {
    Ok(SealedPosting {
        id: row.get(0)?,
        transfer: row.get(1)?,
        place: row.get(2)?,
        account_key: row.get(3)?,
        currency: row.get(4)?,
        amount_minor: row.get(5)?,
        balance_after: row.get(6)?,
        at: row.get(7)?,
    })
}
