//! The bid as the contract takes it over, and what becomes of the others.

use kernel::{AccountId, Actor, Currency, Id, Money};
use store::{Fail, Fault, Tx};

use super::{Bid, BidRefusal, BidState, PlanStep, load, sending::emit, sql};
use crate::requests::{self, RequestRefusal};

/// What a contract is made from.
#[derive(Clone, Debug)]
pub struct AwardableBid {
    /// The bid.
    pub bid: Id,
    /// Its version.
    pub bid_version: i64,
    /// The request.
    pub request: Id,
    /// Its version.
    pub request_version: i64,
    /// The request's title.
    pub title: String,
    /// The request's brief, as Markdown.
    pub brief: String,
    /// The request's category.
    pub category: Option<Id>,
    /// Who pays.
    pub client: AccountId,
    /// Who works.
    pub provider: AccountId,
    /// For how much.
    pub price: Money,
    /// In which currency.
    pub currency: Currency,
    /// In how many days.
    pub days: i64,
    /// The plan; amounts add up to the price.
    pub milestones: Vec<PlanStep>,
    /// The provider's letter, as Markdown.
    pub letter: String,
    /// The commission that was shown to the provider, in basis points.
    pub provider_fee_bp: u32,
}

/// A bid its client may choose now. Refusals: not found (also for everybody but the request's client), ended, too late.
pub fn for_award(tx: &mut Tx, actor: &Actor, bid: Id) -> Result<AwardableBid, Fail> {
    let account = actor.account().ok_or(BidRefusal::LogIn)?;
    let bid = load(tx, bid)?.ok_or(BidRefusal::NotFound)?;
    let request = requests::load(tx, bid.request)?.filter(|request| request.client == account);
    let request = request.ok_or(BidRefusal::NotFound)?;
    if bid.state != BidState::Live {
        return Err(BidRefusal::Ended.into());
    }
    if !request.state.may_award() || request.choose_until().is_some_and(|end| end <= tx.now()) {
        return Err(RequestRefusal::NotAwardable.into());
    }
    Ok(AwardableBid {
        bid: bid.id,
        bid_version: bid.version,
        request: request.id,
        request_version: request.version,
        title: request.content.title,
        brief: request.content.brief,
        category: request.content.category,
        client: request.client,
        provider: bid.provider,
        price: bid.price,
        currency: bid.price.currency(),
        days: bid.days,
        milestones: bid.steps,
        letter: bid.letter,
        provider_fee_bp: bid.provider_fee_bp,
    })
}

/// The contract is agreed: every other live bid is declined and its provider told. Answers which.
pub fn decline_others(tx: &mut Tx, request: Id, bid: Id) -> Result<Vec<(Id, AccountId)>, Fail> {
    let client = requests::load(tx, request)?.ok_or(BidRefusal::NotFound)?.client;
    let others = sql::live_on(tx, request)?
        .into_iter()
        .filter(|other| other.id != bid)
        .collect();
    Ok(decline(tx, others, client)?)
}

/// The request ended without a hire: every live bid is declined and its provider told.
pub(crate) fn decline_all(tx: &mut Tx, request: Id, client: AccountId) -> Result<Vec<(Id, AccountId)>, Fault> {
    let all = sql::live_on(tx, request)?;
    decline(tx, all, client)
}

fn decline(tx: &mut Tx, bids: Vec<Bid>, client: AccountId) -> Result<Vec<(Id, AccountId)>, Fault> {
    for bid in &bids {
        sql::end(tx, bid.id, "live", "declined")?;
        emit(tx, &Actor::System, "bid.declined", bid, client)?;
    }
    Ok(bids.iter().map(|bid| (bid.id, bid.provider)).collect())
}
