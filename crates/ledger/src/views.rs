//! What people see of the book: a holder's statement, the operator's accounts and transfers.

mod sql;

use kernel::{Id, Money, Timestamp};
use store::{Fault, Tx};

use crate::{Account, Purpose};

/// One line of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementLine {
    /// The posting; pass the last one as `before` for the next page.
    pub id: Id,
    /// The transfer it is part of.
    pub transfer: Id,
    /// When.
    pub at: Timestamp,
    /// What the transfer is, such as `payin`.
    pub kind: String,
    /// The noun it belongs to.
    pub reference_kind: String,
    /// The noun's id.
    pub reference: Id,
    /// A note for the operator.
    pub memo: String,
    /// What the account gained.
    pub amount: Money,
    /// What it held afterwards; only holders' accounts know.
    pub balance_after: Option<Money>,
}

/// One account and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// Its key; pass the last one as `after` for the next page.
    pub key: String,
    /// The account.
    pub account: Account,
    /// What it holds.
    pub balance: Money,
}

/// One transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferRow {
    /// Its id; pass the last one as `before` for the next page.
    pub id: Id,
    /// When.
    pub at: Timestamp,
    /// What it is.
    pub kind: String,
    /// The noun it belongs to.
    pub reference_kind: String,
    /// The noun's id.
    pub reference: Id,
    /// A note for the operator.
    pub memo: String,
    /// Its place in the chain, once it is sealed.
    pub seal: Option<i64>,
    /// Its postings.
    pub postings: Vec<PostingRow>,
}

/// One posting of a transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostingRow {
    /// Whose.
    pub account: Account,
    /// What it gained.
    pub amount: Money,
    /// What it held afterwards; only holders' accounts know.
    pub balance_after: Option<Money>,
}

/// The postings of one account in every currency, newest first, older than `before`, at most `limit`.
pub fn statement(tx: &mut Tx, account: &Account, before: Option<Id>, limit: i64) -> Result<Vec<StatementLine>, Fault> {
    sql::statement(tx, &account.key(), before, limit)
}

/// Accounts by key, of one purpose or of all, after the key `after` (empty for the first page), at most `limit`.
pub fn accounts(tx: &mut Tx, purpose: Option<Purpose>, after: &str, limit: i64) -> Result<Vec<AccountRow>, Fault> {
    sql::accounts(tx, purpose, after, limit)
}

/// Transfers with their postings, newest first, older than `before`, at most `limit`.
pub fn transfers(tx: &mut Tx, before: Option<Id>, limit: i64) -> Result<Vec<TransferRow>, Fault> {
    let rows = sql::transfers(tx, before, limit)?;
    with_postings(tx, rows)
}

/// The transfers that belong to one thing, oldest first.
pub fn transfers_of(tx: &mut Tx, reference_kind: &str, reference: Id) -> Result<Vec<TransferRow>, Fault> {
    let rows = sql::transfers_of(tx, reference_kind, reference)?;
    with_postings(tx, rows)
}

/// One transfer with its postings.
pub fn transfer(tx: &mut Tx, id: Id) -> Result<Option<TransferRow>, Fault> {
    let rows = sql::transfer(tx, id)?;
    Ok(with_postings(tx, rows)?.into_iter().next())
}

fn with_postings(tx: &mut Tx, mut rows: Vec<TransferRow>) -> Result<Vec<TransferRow>, Fault> {
    for row in &mut rows {
        row.postings = sql::postings_of(tx, row.id)?;
    }
    Ok(rows)
}
