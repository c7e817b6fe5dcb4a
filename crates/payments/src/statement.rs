//! A person's statement: every posting of their wallet, what it was for, and what is held for them elsewhere.

use kernel::{Actor, Id, Money, Timestamp};
use ledger::Account;
use orders::orders::{self as order, Holding};
use store::{Fail, Tx};

use crate::refunds;

/// One line of a statement.
#[derive(Debug, Clone)]
pub struct Line {
    /// Pass the last one as `before` for the next page.
    pub id: Id,
    /// When.
    pub at: Timestamp,
    /// What kind of transfer, such as `order_release`.
    pub kind: String,
    /// What came in; below zero when it went out.
    pub amount: Money,
    /// What was in the wallet afterwards.
    pub balance: Option<Money>,
    /// The order it belongs to.
    pub order: Option<Id>,
    /// What it was for: the order's title and the part's.
    pub title: String,
    /// The part's title.
    pub part_title: String,
}

/// A page of a statement.
#[derive(Debug, Clone)]
pub struct StatementPage {
    /// What is in the wallet, by currency.
    pub balances: Vec<Money>,
    /// What is on its way back, if anything is.
    pub returning: Option<Money>,
    /// What running orders hold.
    pub holdings: Vec<Holding>,
    /// The lines, newest first.
    pub lines: Vec<Line>,
    /// The key of the next page.
    pub next: Option<Id>,
}

/// One's own statement.
pub fn page(tx: &mut Tx, actor: &Actor, before: Option<Id>, limit: i64) -> Result<StatementPage, Fail> {
    let Some(me) = actor.account() else {
        return Err(crate::payins::PayinRefusal::NotFound.into());
    };
    let wallet = Account::Wallet(me);
    let mut rows = ledger::statement(tx, &wallet, before, limit + 1)?;
    let more = i64::try_from(rows.len()).unwrap_or(i64::MAX) > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|row| row.id);
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        lines.push(line(tx, row)?);
    }
    let currency = site::settings::load(tx)?.currency;
    let returning = ledger::balance(tx, &Account::RefundDue(me), currency)?;
    Ok(StatementPage {
        balances: ledger::balances_of(tx, me)?,
        returning: Some(returning).filter(Money::is_positive),
        holdings: order::holdings(tx, me)?,
        lines,
        next,
    })
}

fn line(tx: &mut Tx, row: ledger::StatementLine) -> Result<Line, Fail> {
    let (order, title, part_title) = match row.reference_kind.as_str() {
        "order_move" => {
            let head = order::move_head(tx, row.reference)?;
            head.map_or_else(nothing, |head| {
                (Some(head.order), head.title, head.part_title.unwrap_or_default())
            })
        }
        "refund" => match refunds::order_of(tx, row.reference)? {
            Some(id) => (
                Some(id),
                order::heading(tx, id)?.map_or_else(String::new, |(title, _)| title),
                String::new(),
            ),
            None => nothing(),
        },
        _ => nothing(),
    };
    Ok(Line {
        id: row.id,
        at: row.at,
        kind: row.kind,
        amount: row.amount,
        balance: row.balance_after,
        order,
        title,
        part_title,
    })
}

const fn nothing() -> (Option<Id>, String, String) {
    (None, String::new(), String::new())
}
