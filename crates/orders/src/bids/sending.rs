//! Writing a bid: looking at it before it is sent, sending, changing and taking it back.

use kernel::{Actor, DAY, Id, Money};
use serde_json::json;
use store::{Fail, Fault, NewEvent, Tx};

use super::{Bid, BidDraft, BidRefusal, BidState, PlanStep, own, rules, sql};
use crate::requests::{self, RequestState};

/// Sends a bid.
#[derive(Clone, Debug)]
pub struct PlaceBid {
    /// On which request.
    pub request: Id,
    /// The version of the request that was read.
    pub seen_request_version: i64,
    /// What it says.
    pub draft: BidDraft,
}

/// Changes a bid.
#[derive(Clone, Debug)]
pub struct EditBid {
    /// Which.
    pub bid: Id,
    /// The version the form was made from.
    pub seen_version: i64,
    /// What it says now.
    pub draft: BidDraft,
}

/// Takes a bid back.
#[derive(Clone, Copy, Debug)]
pub struct WithdrawBid {
    /// Which.
    pub bid: Id,
    /// The version that was seen.
    pub seen_version: i64,
}

/// What the provider sees before sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// What the client pays.
    pub price: Money,
    /// What the market takes.
    pub fee: Money,
    /// What the provider gets.
    pub net: Money,
    /// The commission in basis points.
    pub provider_fee_bp: u32,
    /// Days for everything.
    pub days: i64,
    /// Each milestone.
    pub steps: Vec<PlanStep>,
    /// The cleaned letter.
    pub letter: String,
}

/// Reckons a bid without writing anything: the same checks as sending, and what would be paid to whom.
pub fn preview(tx: &mut Tx, actor: &Actor, request: Id, draft: &BidDraft) -> Result<Preview, Fail> {
    let account = actor.account().ok_or(BidRefusal::LogIn)?;
    let settings = site::settings::load(tx)?;
    let sound = rules::check(draft, settings.min_price(), settings.max_price())?;
    let frozen = super::own_on(tx, request, account)?.map(|bid| bid.provider_fee_bp);
    let provider_fee_bp = frozen.unwrap_or(settings.provider_fee_bp);
    let fee = rules::fee(&sound.steps, sound.price.currency(), provider_fee_bp);
    let net = sound.price.sub(fee).map_err(|e| Fault::broken(e.to_string()))?;
    Ok(Preview {
        price: sound.price,
        fee,
        net,
        provider_fee_bp,
        days: sound.days,
        steps: sound.steps,
        letter: sound.letter,
    })
}

/// Sends a bid. Refusals: own request, closed or changed request, a second bid, too many in a day, what it says.
pub fn place(tx: &mut Tx, actor: &Actor, cmd: &PlaceBid) -> Result<Id, Fail> {
    let account = actor.account().ok_or(BidRefusal::LogIn)?;
    let request = requests::visible(tx, actor, cmd.request)?.ok_or(BidRefusal::NotFound)?;
    if request.client == account {
        return Err(BidRefusal::OwnRequest.into());
    }
    if !takes_bids(&request, tx.now()) {
        return Err(BidRefusal::RequestClosed.into());
    }
    if request.version != cmd.seen_request_version {
        return Err(BidRefusal::RequestChanged.into());
    }
    let since = tx.now() - DAY;
    if sql::count_since(tx, account, since)? >= rules::DAY_MAX {
        return Err(BidRefusal::DayFull { max: rules::DAY_MAX }.into());
    }
    let settings = site::settings::load(tx)?;
    let sound = rules::check(&cmd.draft, settings.min_price(), settings.max_price())?;
    let Some(id) = sql::add(tx, &request, account, &sound, settings.provider_fee_bp)? else {
        return Err(BidRefusal::Already.into());
    };
    let bid = load(tx, id)?;
    emit(tx, actor, "bid.placed", &bid, request.client)?;
    Ok(id)
}

/// Changes a bid while the request takes bids. The commission stays as it was shown.
pub fn edit(tx: &mut Tx, actor: &Actor, cmd: &EditBid) -> Result<(), Fail> {
    let (bid, request) = live(tx, actor, cmd.bid)?;
    if !takes_bids(&request, tx.now()) {
        return Err(BidRefusal::RequestClosed.into());
    }
    if bid.version != cmd.seen_version {
        return Err(BidRefusal::Stale.into());
    }
    let settings = site::settings::load(tx)?;
    let sound = rules::check(&cmd.draft, settings.min_price(), settings.max_price())?;
    if !sql::update(tx, &bid, request.version, &sound)? {
        return Err(BidRefusal::Stale.into());
    }
    emit(tx, actor, "bid.edited", &bid, request.client)?;
    Ok(())
}

/// Takes a bid back; its provider may send another while the request takes bids.
pub fn withdraw(tx: &mut Tx, actor: &Actor, cmd: &WithdrawBid) -> Result<(), Fail> {
    let (bid, request) = live(tx, actor, cmd.bid)?;
    if bid.version != cmd.seen_version {
        return Err(BidRefusal::Stale.into());
    }
    if !sql::end(tx, bid.id, "live", "withdrawn")? {
        return Err(BidRefusal::Ended.into());
    }
    emit(tx, actor, "bid.withdrawn", &bid, request.client)?;
    Ok(())
}

/// One's own bid that still may be changed, and its request.
fn live(tx: &mut Tx, actor: &Actor, id: Id) -> Result<(Bid, requests::Request), Fail> {
    let bid = own(tx, actor, id)?;
    if bid.state != BidState::Live {
        return Err(BidRefusal::Ended.into());
    }
    let request = requests::load(tx, bid.request)?.ok_or(BidRefusal::NotFound)?;
    Ok((bid, request))
}

fn takes_bids(request: &requests::Request, now: kernel::Timestamp) -> bool {
    request.state == RequestState::Open && request.content.deadline.is_some_and(|at| at > now)
}

fn load(tx: &mut Tx, id: Id) -> Result<Bid, Fault> {
    super::load(tx, id)?.ok_or_else(|| Fault::broken("a bid that was just written is not there"))
}

/// Tells the followers about a bid.
pub(super) fn emit(tx: &mut Tx, actor: &Actor, kind: &'static str, bid: &Bid, client: Id) -> Result<(), Fault> {
    let data = json!({ "bid": bid.id, "provider": bid.provider, "client": client });
    tx.emit(NewEvent {
        kind,
        subject_kind: "request",
        subject: bid.request,
        actor: actor.account(),
        data,
    })?;
    Ok(())
}
