//! When a transfer may be posted. Pure.

use std::collections::BTreeMap;

use kernel::{Currency, Id, Money};
use store::Fault;

use crate::Account;

/// One line of a transfer: an account and what it gains (a loss is below zero).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Whose.
    pub account: Account,
    /// What it gains.
    pub amount: Money,
}

impl Line {
    /// `account` gains `amount`.
    pub const fn new(account: Account, amount: Money) -> Self {
        Self { account, amount }
    }

    /// `account` gives `amount` away. Fault: the amount has no opposite.
    pub fn minus(account: Account, amount: Money) -> Result<Self, Fault> {
        let opposite = Money::zero(amount.currency())
            .sub(amount)
            .map_err(|e| Fault::broken(e.to_string()))?;
        Ok(Self::new(account, opposite))
    }
}

/// A movement of money between accounts, whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// What it is, such as `payin`; its words for people are `ledger-transfer-<kind with hyphens>`.
    pub kind: &'static str,
    /// The noun it belongs to, such as `order`.
    pub reference_kind: &'static str,
    /// The noun's id.
    pub reference: Id,
    /// What each account gains; sums to zero in every currency. Lines of nothing are left out.
    pub lines: Vec<Line>,
    /// A note for the operator; no personal words.
    pub memo: String,
}

/// The changes of one account in one currency.
pub(crate) type Changes = BTreeMap<(String, Currency), i64>;

/// The lines that move something, checked: there are some, and every currency sums to zero.
pub(crate) fn balanced(lines: &[Line]) -> Result<Vec<&Line>, Fault> {
    let moving: Vec<&Line> = lines.iter().filter(|line| line.amount.minor() != 0).collect();
    if moving.is_empty() {
        return Err(Fault::broken("a transfer that moves nothing"));
    }
    let mut sums: BTreeMap<Currency, i64> = BTreeMap::new();
    for line in &moving {
        let sum = sums.entry(line.amount.currency()).or_default();
        *sum = sum
            .checked_add(line.amount.minor())
            .ok_or_else(|| Fault::broken("a transfer too large to add up"))?;
    }
    match sums.into_iter().find(|(_, sum)| *sum != 0) {
        Some((currency, sum)) => Err(Fault::broken(format!("a transfer is off by {sum} {currency}"))),
        None => Ok(moving),
    }
}

/// What each holder's account gains in all, in the order in which rows are locked.
pub(crate) fn held_changes(lines: &[&Line]) -> Result<Changes, Fault> {
    let mut changes = Changes::new();
    for line in lines.iter().filter(|line| line.account.purpose().is_held()) {
        let change = changes.entry((line.account.key(), line.amount.currency())).or_default();
        *change = change
            .checked_add(line.amount.minor())
            .ok_or_else(|| Fault::broken("a transfer too large to add up"))?;
    }
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CNY: Currency = Currency::CNY;
    const USD: Currency = Currency::USD;

    fn line(account: Account, minor: i64, currency: Currency) -> Line {
        Line::new(account, Money::new(minor, currency))
    }

    #[test]
    fn only_balanced_transfers_pass() {
        let (a, b) = (Account::Wallet(Id::from_raw(1)), Account::Revenue);
        let at = |minor, currency| (minor, currency);
        for (amounts, passes) in [
            (vec![at(5, CNY), at(-5, CNY)], true),
            (vec![at(5, CNY), at(-3, CNY), at(-2, CNY)], true),
            (vec![at(5, CNY), at(-5, CNY), at(7, USD), at(-7, USD)], true),
            (vec![at(5, CNY), at(-5, CNY), at(0, USD)], true),
            (vec![at(5, CNY), at(-4, CNY)], false),
            (vec![at(5, CNY), at(-5, USD)], false),
            (vec![at(0, CNY), at(0, CNY)], false),
            (vec![], false),
            (vec![at(i64::MAX, CNY), at(1, CNY), at(i64::MIN, CNY)], false),
        ] {
            let lines: Vec<Line> = amounts
                .iter()
                .enumerate()
                .map(|(i, (minor, currency))| line(if i % 2 == 0 { a.clone() } else { b.clone() }, *minor, *currency))
                .collect();
            assert_eq!(balanced(&lines).is_ok(), passes, "{amounts:?}");
        }
    }

    #[test]
    fn holders_are_netted_and_the_platform_is_left_out() {
        let holder = Account::Wallet(Id::from_raw(1));
        let lines = [
            line(holder.clone(), 10, CNY),
            line(holder.clone(), -4, CNY),
            line(Account::Revenue, -3, CNY),
            line(Account::clearing("sandbox"), -3, CNY),
        ];
        let moving = balanced(&lines).unwrap();
        assert_eq!(
            held_changes(&moving).unwrap(),
            Changes::from([((holder.key(), CNY), 6)])
        );
    }
}
