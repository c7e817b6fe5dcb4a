//! What the pages about bids read: the client's comparison, a provider's own bids.

use kernel::{Actor, Id, Timestamp};
use store::{Fail, Tx};

use super::{Bid, BidRefusal, load, own_on, sql};
use crate::requests::{self, Request, RequestState};

/// In which order bids stand. By rating is done by whoever knows ratings.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Sort {
    /// As they came.
    #[default]
    Newest,
    /// The lowest price first.
    Price,
    /// The fewest days first.
    Days,
    /// The best rated first; here as they came.
    Rating,
}

/// The client's view of the bids on a request.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The request.
    pub request: Request,
    /// Live bids and the awarded one.
    pub bids: Vec<Bid>,
}

/// Every bid that counts on one's own request. Refusal: not found.
pub fn compare(tx: &mut Tx, actor: &Actor, request: Id, sort: Sort) -> Result<Comparison, Fail> {
    let request = requests::own(tx, actor, request)?;
    let mut bids = sql::counting_on(tx, request.id)?;
    for bid in &mut bids {
        bid.steps = sql::steps(tx, bid.id, bid.price.currency())?;
    }
    match sort {
        Sort::Newest | Sort::Rating => {}
        Sort::Price => bids.sort_by_key(|bid| bid.price.minor()),
        Sort::Days => bids.sort_by_key(|bid| bid.days),
    }
    Ok(Comparison { request, bids })
}

/// One bid on one's own request. Refusal: not found.
pub fn for_client(tx: &mut Tx, actor: &Actor, bid: Id) -> Result<Bid, Fail> {
    let bid = load(tx, bid)?.ok_or(BidRefusal::NotFound)?;
    requests::own(tx, actor, bid.request)?;
    Ok(bid)
}

/// A provider's bid with what its row says of the request.
#[derive(Clone, Debug)]
pub struct MyBid {
    /// The bid.
    pub bid: Bid,
    /// The request's title.
    pub title: String,
    /// Where the request stands.
    pub request_state: RequestState,
    /// Until when it takes bids.
    pub deadline: Option<Timestamp>,
    /// The request changed since the bid was written.
    pub outdated: bool,
}

/// One's own bids, newest first; at most 200.
pub fn mine(tx: &mut Tx, actor: &Actor) -> Result<Vec<MyBid>, Fail> {
    let account = actor.account().ok_or(BidRefusal::LogIn)?;
    let mut all = sql::mine(tx, account, 200)?;
    for mine in &mut all {
        mine.bid.steps = sql::steps(tx, mine.bid.id, mine.bid.price.currency())?;
    }
    Ok(all)
}

/// One's own bid on a request that still counts.
pub fn mine_on(tx: &mut Tx, actor: &Actor, request: Id) -> Result<Option<Bid>, Fail> {
    let account = actor.account().ok_or(BidRefusal::LogIn)?;
    Ok(own_on(tx, request, account)?)
}
