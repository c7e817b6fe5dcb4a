//! Every statement on bids and their plans.

use kernel::{AccountId, Currency, Id, Timestamp};
use store::{Fault, Row, Tx, params};

use super::{Bid, BidState, MyBid, PlanStep, rules::Sound};
use crate::requests::{Request, RequestState};

fn read(row: &Row) -> Result<Bid, Fault> {
    Ok(Bid {
        id: row.get(0)?,
        request: row.get(1)?,
        provider: row.get(2)?,
        state: BidState::from_word(&row.get::<String>(3)?)?,
        price: row.money(4, 5)?,
        days: row.get(6)?,
        letter: row.get(7)?,
        steps: Vec::new(),
        provider_fee_bp: row.get(8)?,
        version: row.get(9)?,
        request_version: row.get(10)?,
        made_at: row.get(11)?,
        changed_at: row.get(12)?,
    })
}

pub(super) fn find(tx: &mut Tx, id: Id) -> Result<Option<Bid>, Fault> {
    let sql = "SELECT id, request_id, provider_id, state, price_minor, currency, days, letter, provider_fee_bp, version, request_version, made_at, changed_at \
               FROM bids WHERE id = ?1";
    tx.query_opt(sql, params![id], read)
}

/// Live bids on a request, oldest first.
pub(super) fn live_on(tx: &mut Tx, request: Id) -> Result<Vec<Bid>, Fault> {
    let sql = "SELECT id, request_id, provider_id, state, price_minor, currency, days, letter, provider_fee_bp, version, request_version, made_at, changed_at \
               FROM bids WHERE request_id = ?1 AND state = 'live' ORDER BY id";
    tx.query(sql, params![request], read)
}

/// Live bids and the awarded one, newest first.
pub(super) fn counting_on(tx: &mut Tx, request: Id) -> Result<Vec<Bid>, Fault> {
    let sql = "SELECT id, request_id, provider_id, state, price_minor, currency, days, letter, provider_fee_bp, version, request_version, made_at, changed_at \
               FROM bids WHERE request_id = ?1 AND state IN ('live', 'awarded') ORDER BY id DESC LIMIT 200";
    tx.query(sql, params![request], read)
}

pub(super) fn counting(tx: &mut Tx, request: Id, provider: AccountId) -> Result<Option<Id>, Fault> {
    let sql = "SELECT id FROM bids WHERE request_id = ?1 AND provider_id = ?2 AND state IN ('live', 'awarded')";
    tx.query_opt(sql, params![request, provider], |row| row.get(0))
}

/// Whether somebody ever bid on a request.
pub(crate) fn has_bid(tx: &mut Tx, request: Id, provider: AccountId) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) FROM bids WHERE request_id = ?1 AND provider_id = ?2";
    Ok(tx.query_one(sql, params![request, provider], |row| row.get::<i64>(0))? > 0)
}

pub(super) fn bidders(tx: &mut Tx, request: Id) -> Result<Vec<AccountId>, Fault> {
    let sql = "SELECT b.provider_id FROM bids b JOIN requests r ON r.id = b.request_id WHERE b.request_id = ?1 AND (b.state IN ('live', 'awarded') \
               OR (b.state = 'declined' AND r.state = 'withdrawn' AND b.ended_at = r.ended_at)) ORDER BY b.id";
    tx.query(sql, params![request], |row| row.get(0))
}

pub(crate) fn count_live(tx: &mut Tx, request: Id) -> Result<i64, Fault> {
    tx.query_one(
        "SELECT COUNT(*) FROM bids WHERE request_id = ?1 AND state IN ('live', 'awarded')",
        params![request],
        |row| row.get(0),
    )
}

pub(super) fn count_since(tx: &mut Tx, provider: AccountId, since: Timestamp) -> Result<i64, Fault> {
    tx.query_one(
        "SELECT COUNT(*) FROM bids WHERE provider_id = ?1 AND made_at > ?2",
        params![provider, since],
        |row| row.get(0),
    )
}

pub(super) fn steps(tx: &mut Tx, bid: Id, currency: Currency) -> Result<Vec<PlanStep>, Fault> {
    let sql = "SELECT title, amount_minor, days FROM bid_steps WHERE bid_id = ?1 ORDER BY place";
    tx.query(sql, params![bid], |row| {
        Ok(PlanStep {
            title: row.get(0)?,
            amount: kernel::Money::new(row.get(1)?, currency),
            days: row.get(2)?,
        })
    })
}

fn set_steps(tx: &mut Tx, bid: Id, steps: &[PlanStep]) -> Result<(), Fault> {
    tx.execute("DELETE FROM bid_steps WHERE bid_id = ?1", params![bid])?;
    for (place, step) in (1_i64..).zip(steps) {
        let sql = "INSERT INTO bid_steps (bid_id, place, title, amount_minor, days) VALUES (?1, ?2, ?3, ?4, ?5)";
        tx.execute(sql, params![bid, place, &step.title, step.amount.minor(), step.days])?;
    }
    Ok(())
}

/// Writes a new bid; nothing when its provider has one on the request that counts.
pub(super) fn add(
    tx: &mut Tx,
    request: &Request,
    provider: AccountId,
    bid: &Sound,
    fee_bp: u32,
) -> Result<Option<Id>, Fault> {
    let (id, now) = (tx.new_id(), tx.now());
    let sql = "INSERT INTO bids (id, request_id, provider_id, state, price_minor, currency, days, letter, provider_fee_bp, version, request_version, made_at, changed_at) \
               VALUES (?1, ?2, ?3, 'live', ?4, ?5, ?6, ?7, ?8, 1, ?9, ?10, ?10) \
               ON CONFLICT (request_id, provider_id) WHERE state IN ('live', 'awarded') DO NOTHING";
    let (price, currency) = (bid.price.minor(), bid.price.currency());
    let added = tx.execute(
        sql,
        params![
            id,
            request.id,
            provider,
            price,
            currency,
            bid.days,
            &bid.letter,
            fee_bp,
            request.version,
            now
        ],
    )?;
    if added == 0 {
        return Ok(None);
    }
    set_steps(tx, id, &bid.steps)?;
    Ok(Some(id))
}

/// Writes into the version that was seen. Answers whether it still was the version.
pub(super) fn update(tx: &mut Tx, before: &Bid, request_version: i64, bid: &Sound) -> Result<bool, Fault> {
    let now = tx.now();
    let sql = "UPDATE bids SET price_minor = ?3, currency = ?4, days = ?5, letter = ?6, version = version + 1, request_version = ?7, changed_at = ?8 \
               WHERE id = ?1 AND version = ?2 AND state = 'live'";
    let (price, currency) = (bid.price.minor(), bid.price.currency());
    let touched = tx.execute(
        sql,
        params![
            before.id,
            before.version,
            price,
            currency,
            bid.days,
            &bid.letter,
            request_version,
            now
        ],
    )?;
    if touched == 1 {
        set_steps(tx, before.id, &bid.steps)?;
    }
    Ok(touched == 1)
}

/// Moves a bid from one state to an ended one. Answers whether it was in the first.
pub(crate) fn end(tx: &mut Tx, bid: Id, from: &str, to: &str) -> Result<bool, Fault> {
    let now = tx.now();
    let sql = "UPDATE bids SET state = ?3, ended_at = ?4, version = version + 1 WHERE id = ?1 AND state = ?2";
    Ok(tx.execute(sql, params![bid, from, to, now])? == 1)
}

/// The request was taken back: its live bids are over. The news is the request's, so no bid is told by itself.
pub(crate) fn end_all(tx: &mut Tx, request: Id) -> Result<(), Fault> {
    let now = tx.now();
    let sql = "UPDATE bids SET state = 'declined', ended_at = ?2, version = version + 1 WHERE request_id = ?1 AND state = 'live'";
    tx.execute(sql, params![request, now])?;
    Ok(())
}

pub(crate) fn award(tx: &mut Tx, request: Id, bid: Id) -> Result<bool, Fault> {
    let sql = "UPDATE bids SET state = 'awarded' WHERE id = ?2 AND request_id = ?1 AND state = 'live'";
    Ok(tx.execute(sql, params![request, bid])? == 1)
}

pub(super) fn mine(tx: &mut Tx, provider: AccountId, limit: i64) -> Result<Vec<MyBid>, Fault> {
    let sql = "SELECT b.id, b.request_id, b.provider_id, b.state, b.price_minor, b.currency, b.days, b.letter, b.provider_fee_bp, b.version, b.request_version, \
               b.made_at, b.changed_at, r.title, r.state, r.deadline_at, r.version FROM bids b JOIN requests r ON r.id = b.request_id \
               WHERE b.provider_id = ?1 ORDER BY b.id DESC LIMIT ?2";
    tx.query(sql, params![provider, limit], |row| {
        let bid = read(row)?;
        let version: i64 = row.get(16)?;
        let outdated = bid.state == BidState::Live && version > bid.request_version;
        let request_state = RequestState::from_word(&row.get::<String>(14)?)?;
        Ok(MyBid {
            title: row.get(13)?,
            request_state,
            deadline: row.get(15)?,
            outdated,
            bid,
        })
    })
}
