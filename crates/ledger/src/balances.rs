//! What accounts hold, and the proof that it adds up.

mod sql;

use kernel::{AccountId, Currency, Money};
use store::{Fault, Tx};

use crate::Account;

/// What an account holds in a currency; nothing for an account nobody ever posted to.
pub fn balance(tx: &mut Tx, account: &Account, currency: Currency) -> Result<Money, Fault> {
    let key = account.key();
    let rolled_up = sql::balance(tx, &key, currency)?;
    let since = if account.purpose().is_held() {
        0
    } else {
        sql::unsealed_sum(tx, &key, currency)?
    };
    let minor = rolled_up
        .checked_add(since)
        .ok_or_else(|| Fault::broken(format!("the balance of {key} is too large")))?;
    Ok(Money::new(minor, currency))
}

/// What a person's wallet holds, currency by currency.
pub fn balances_of(tx: &mut Tx, person: AccountId) -> Result<Vec<Money>, Fault> {
    sql::balances(tx, &Account::Wallet(person).key())
}

/// One currency of the trial balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrialRow {
    /// The sum of the accounts above zero.
    pub above: Money,
    /// The sum of the accounts below zero.
    pub below: Money,
    /// The sum of all: zero, or the book is broken.
    pub sum: Money,
    /// Accounts that were ever posted to.
    pub accounts: i64,
}

/// The sum of every account in every currency, straight from the postings.
pub fn trial_balance(tx: &mut Tx) -> Result<Vec<TrialRow>, Fault> {
    sql::trial_balance(tx)
}
