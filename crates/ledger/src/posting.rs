//! Posting a transfer: the only way money moves.

mod sql;

use std::collections::BTreeMap;

use kernel::{Currency, Id};
use store::{Fail, Fault, Tx};

use crate::rules::{balanced, held_changes};
use crate::{Line, Purpose, Transfer};

kernel::refusals! {
    /// Why a transfer is refused.
    pub enum LedgerRefusal {
        /// The wallet holds less than is taken from it.
        NotEnough => ("ledger-not-enough", Conflict),
    }
}

/// Posts a transfer and answers its id. Refusal: a wallet holds too little. Faults: it does not balance, or escrow or a
/// refund would go below zero; nothing is written then.
pub fn post(tx: &mut Tx, transfer: Transfer) -> Result<Id, Fail> {
    let lines = balanced(&transfer.lines)?;
    let id = tx.new_id();
    sql::insert_transfer(tx, id, &transfer)?;
    for line in &lines {
        sql::open_account(tx, &line.account, line.amount.currency())?;
    }
    let left = change_balances(tx, &lines)?;
    for (place, line) in (0i64..).zip(&lines) {
        let held = left.get(&(line.account.key(), line.amount.currency())).copied();
        sql::insert_posting(tx, id, place, line, held)?;
    }
    sql::insert_unsealed(tx, id)?;
    Ok(id)
}

/// Changes the balance of every holder once, in the order of their keys, so that two transfers never wait for each
/// other in a circle. Answers what is left on each.
fn change_balances(tx: &mut Tx, lines: &[&Line]) -> Result<BTreeMap<(String, Currency), i64>, Fail> {
    let mut left = BTreeMap::new();
    for ((key, currency), change) in held_changes(lines)? {
        let now = sql::change_balance(tx, &key, currency, change)?;
        if now < 0 {
            return Err(short(lines, &key));
        }
        left.insert((key, currency), now);
    }
    Ok(left)
}

/// A wallet that is short is the person's business; anything else is a mistake of ours.
fn short(lines: &[&Line], key: &str) -> Fail {
    let wallet = lines
        .iter()
        .any(|line| line.account.purpose() == Purpose::Wallet && line.account.key() == key);
    if wallet {
        LedgerRefusal::NotEnough.into()
    } else {
        Fault::broken(format!("{key} would go below zero")).into()
    }
}
