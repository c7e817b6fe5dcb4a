//! Lists of orders: one's own, the operator's, and the counts other rooms build on.

use engine::{State, Words};
use kernel::{AccountId, Actor, Id, Money, Timestamp};
use store::{Fail, Tx};

use super::sql::ListRow;
use super::{Side, name_of, sql};
use crate::processes;

/// Which of one's orders.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only those on one side.
    pub side: Option<Side>,
    /// Only ended ones, or only running ones.
    pub ended: Option<bool>,
    /// Older than this one: the last of the page before.
    pub before: Option<Id>,
}

/// An order in a list.
#[derive(Debug, Clone)]
pub struct OrderRow {
    /// Its id.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// The reader's side.
    pub side: Side,
    /// The name across the table.
    pub other_name: String,
    /// Who that is.
    pub other: AccountId,
    /// The state, of the part whose clock runs, or of the whole order.
    pub state: State,
    /// The part whose clock runs first: its number from 1 and its title.
    pub part: Option<(i64, String)>,
    /// The price of everything.
    pub total: Money,
    /// What is in escrow now.
    pub held: Money,
    /// When silence decides next, and what that is called.
    pub due: Option<(Timestamp, Words)>,
    /// When it last moved.
    pub moved_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// An order in the operator's list.
#[derive(Debug, Clone)]
pub struct OperatorRow {
    /// Its id.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// The client's name.
    pub client_name: String,
    /// The provider's name.
    pub provider_name: String,
    /// Process and version.
    pub process: (String, i64),
    /// The order's own state.
    pub state: State,
    /// The part whose clock runs first: number from 1, title, state.
    pub part: Option<(i64, String, State)>,
    /// The price of everything.
    pub total: Money,
    /// What is in escrow now.
    pub held: Money,
    /// The next clock and what it fires.
    pub due: Option<(Timestamp, Words)>,
    /// When it last moved.
    pub moved_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// An order that has ended, as reviews and profiles need it.
#[derive(Debug, Clone)]
pub struct EndedOrder {
    /// The order.
    pub order: Id,
    /// Its title.
    pub title: String,
    /// The request it came from.
    pub request: Id,
    /// Who paid.
    pub client: AccountId,
    /// Who did the work.
    pub provider: AccountId,
    /// The order state it ended in.
    pub state: String,
    /// The price of everything.
    pub total: Money,
    /// What was released, commission included.
    pub paid: Money,
    /// When it ended.
    pub ended_at: Timestamp,
}

/// What became of an order's money; for reviews.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worth {
    /// When the order ended; nothing while it runs.
    pub ended_at: Option<Timestamp>,
    /// What was released, commission included.
    pub released: Money,
    /// What was ever paid in.
    pub paid_in: Money,
}

/// A price that was really paid; for guidance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClosedDeal {
    /// The order.
    pub order: Id,
    /// Its price.
    pub total: Money,
    /// When it ended.
    pub ended_at: Timestamp,
}

/// One's own orders, newest first.
pub fn list_for(tx: &mut Tx, actor: &Actor, filter: &Filter, limit: i64) -> Result<Vec<OrderRow>, Fail> {
    let Some(me) = actor.account() else {
        return Ok(Vec::new());
    };
    let side = filter.side.map_or(0, |side| if side == Side::Client { 1 } else { 2 });
    let ended = filter.ended.map_or(-1, i64::from);
    let rows = sql::list_for(tx, me, side, ended, filter.before, limit)?;
    rows.into_iter().map(|row| own_row(tx, me, row)).collect()
}

fn own_row(tx: &mut Tx, me: AccountId, row: ListRow) -> Result<OrderRow, Fail> {
    let side = if row.client == me { Side::Client } else { Side::Provider };
    let other = if side == Side::Client { row.provider } else { row.client };
    let other_name = name_of(tx, other)?;
    let told = tell(tx, row)?;
    Ok(OrderRow {
        id: told.id,
        title: told.title,
        side,
        other_name,
        other,
        state: told.part.as_ref().map_or(told.state, |part| part.2.clone()),
        part: told.part.map(|(number, title, _)| (number, title)),
        total: told.total,
        held: told.held,
        due: told.due,
        moved_at: told.moved_at,
        ended_at: told.ended_at,
    })
}

/// Every order for the operator, newest first; of one state of an order or a part, or all.
pub fn operator_list(
    tx: &mut Tx,
    state: Option<&str>,
    before: Option<Id>,
    limit: i64,
) -> Result<Vec<OperatorRow>, Fail> {
    let rows = sql::list_all(tx, state, before, limit)?;
    rows.into_iter().map(|row| tell(tx, row)).collect()
}

/// Puts a row into the words of its process.
fn tell(tx: &mut Tx, row: ListRow) -> Result<OperatorRow, Fail> {
    let process = processes::version(tx, &row.process.0, row.process.1)?;
    let state = |found: Option<&State>| found.unwrap_or_else(|| process.first_state()).clone();
    let words = |name: &str| process.transition(name).map(|t| t.label.clone()).unwrap_or_default();
    Ok(OperatorRow {
        id: row.id,
        state: state(process.order_state(&row.state)),
        part: row
            .part
            .map(|(part, title, name)| (part + 1, title, state(process.state(&name)))),
        held: Money::new(row.held_minor, row.total.currency()),
        due: row.due.map(|(at, transition)| (at, words(&transition))),
        title: row.title,
        client_name: name_of(tx, row.client)?,
        provider_name: name_of(tx, row.provider)?,
        process: row.process,
        total: row.total,
        moved_at: row.moved_at,
        ended_at: row.ended_at,
    })
}

/// Orders of a person that have ended, the latest first.
pub fn ended_for(tx: &mut Tx, account: AccountId) -> Result<Vec<EndedOrder>, Fail> {
    Ok(sql::ended_for(tx, account, 1_000)?)
}

/// How many orders a person finished with money released, on either side.
pub fn finished_count(tx: &mut Tx, account: AccountId) -> Result<i64, Fail> {
    Ok(sql::finished_count(tx, account)?)
}

/// How many orders run for a person: as client, as provider.
pub fn running_counts(tx: &mut Tx, account: AccountId) -> Result<(i64, i64), Fail> {
    Ok(sql::counts(tx, account)?)
}

/// Prices that were really paid since a moment, in one category or all, the latest first.
pub fn closed_deals(tx: &mut Tx, category: Option<Id>, since: Timestamp, limit: i64) -> Result<Vec<ClosedDeal>, Fail> {
    Ok(sql::closed_deals(tx, category, since, limit)?)
}

/// What became of an order's money; nothing when there is no such order.
pub fn worth(tx: &mut Tx, order: Id) -> Result<Option<Worth>, Fail> {
    Ok(sql::worth(tx, order)?)
}
