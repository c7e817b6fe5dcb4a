//! The double-entry book: accounts per party, purpose and currency; balanced transfers; balances; the chain of seals.
//!
//! [`post`] is the only writer. Signs: a positive line means that the account gains. What people and escrow hold is
//! positive; a [`Account::Clearing`] account goes *below* zero when a gateway takes money in for us, because that money
//! is at the gateway and owed to the holders. Hence every currency sums to zero, always ([`trial_balance`]).
//!
//! No hot rows: the platform's own accounts (revenue, clearing) are never read or updated by a transfer; their balance
//! is what the last seal rolled up, plus the transfers since. Accounts of holders have a balance row, which is what keeps
//! them from going below zero.
//!
//! What it is deliberately not: it knows no order, fee or gateway, and never decides who gets what.

mod account;
mod balances;
mod chain;
mod posting;
mod rules;
mod verifying;
mod views;

pub use account::{Account, Purpose};
pub use balances::{TrialRow, balance, balances_of, trial_balance};
pub use chain::{Head, head, seal};
pub use posting::{LedgerRefusal, post};
pub use rules::{Line, Transfer};
pub use verifying::{Finding, Report, verify};
pub use views::{
    AccountRow, PostingRow, StatementLine, TransferRow, accounts, statement, transfer, transfers, transfers_of,
};
