//! How a request ends: taken back, awarded, or its time runs out; and how it comes back when the contract is not agreed.

use kernel::{Actor, DAY, Id};
use store::{Fail, Tx};

use super::{CHOOSE_DAYS, RequestRefusal, RequestState, own, saving::emit, sql};
use crate::{bids, inspections};

/// Takes a request back.
#[derive(Clone, Copy, Debug)]
pub struct Withdraw {
    /// Which.
    pub request: Id,
    /// The version that was seen.
    pub seen_version: i64,
}

/// The client takes a request back; those who bid are told and free. Refusals: not found, changed meanwhile, ended.
pub fn withdraw(tx: &mut Tx, actor: &Actor, cmd: &Withdraw) -> Result<(), Fail> {
    let request = own(tx, actor, cmd.request)?;
    if !(request.state.is_editable() || request.state == RequestState::Closed) {
        return Err(RequestRefusal::Ended.into());
    }
    if request.version != cmd.seen_version || !sql::bump(tx, request.id, request.version)? {
        return Err(RequestRefusal::Stale.into());
    }
    sql::end(tx, request.id, RequestState::Withdrawn)?;
    inspections::drop_waiting(tx, request.id)?;
    bids::sql::end_all(tx, request.id)?;
    emit(tx, actor, "request.withdrawn", request.id, request.client)?;
    Ok(())
}

/// A contract was offered on a bid: the request takes no more bids. Refusal: not awardable.
pub fn mark_awarded(tx: &mut Tx, request: Id, bid: Id) -> Result<(), Fail> {
    if !sql::award(tx, request, bid)? || !bids::sql::award(tx, request, bid)? {
        return Err(RequestRefusal::NotAwardable.into());
    }
    Ok(())
}

/// The contract was not agreed: the request is open again while its time for bids runs, else closed with time to choose
/// anew; the bid is over.
pub fn reopen(tx: &mut Tx, request: Id, bid: Id) -> Result<(), Fail> {
    let now = tx.now();
    let Some(row) =
        super::load(tx, request)?.filter(|r| r.state == RequestState::Awarded && r.awarded_bid == Some(bid))
    else {
        return Err(RequestRefusal::NotAwardable.into());
    };
    let open = row.content.deadline.is_some_and(|at| at > now);
    let state = if open { RequestState::Open } else { RequestState::Closed };
    sql::reopen(tx, request, state)?;
    bids::sql::end(tx, bid, "awarded", "declined")?;
    Ok(())
}

/// Closes requests whose time for bids is over, and lets go of bids nobody chose from for thirty days. Run by the worker,
/// at most `limit` of each at once. Answers how many it touched.
pub fn close_expired(tx: &mut Tx, limit: i64) -> Result<u64, Fail> {
    let mut touched = 0;
    for (id, client) in sql::due(tx, limit)? {
        sql::end(tx, id, RequestState::Closed)?;
        emit(tx, &Actor::System, "request.closed", id, client)?;
        touched += 1;
    }
    let before = tx.now() - CHOOSE_DAYS * DAY;
    for (id, client) in sql::unchosen(tx, before, limit)? {
        bids::decline_all(tx, id, client)?;
        touched += 1;
    }
    Ok(touched)
}
