//! Asking and bidding at the level of use cases, on both engines.

mod bidding;
mod bounds;
mod publishing;

use kernel::{Actor, Id};
use orders::bids::{self, PlaceBid};
use orders::inspections::{self, Decide, Verdict};
use orders::requests::{self, Content, Save};
use store::Fail;
use testkit::Market;

fn save(
    market: &Market,
    who: &Actor,
    request: Option<Id>,
    seen_version: i64,
    content: &Content,
) -> Result<requests::Saved, Fail> {
    let (who, cmd) = (
        *who,
        Save {
            request,
            seen_version,
            content: content.clone(),
        },
    );
    market.write(move |tx| requests::save_draft(tx, &who, &cmd))
}

fn submit(market: &Market, who: &Actor, request: Option<Id>, seen_version: i64, content: &Content) -> Result<Id, Fail> {
    let (who, cmd) = (
        *who,
        Save {
            request,
            seen_version,
            content: content.clone(),
        },
    );
    market.write(move |tx| requests::submit(tx, &who, &cmd))
}

fn edit(
    market: &Market,
    who: &Actor,
    request: Id,
    seen_version: i64,
    content: &Content,
) -> Result<requests::Saved, Fail> {
    let (who, cmd) = (
        *who,
        Save {
            request: Some(request),
            seen_version,
            content: content.clone(),
        },
    );
    market.write(move |tx| requests::edit(tx, &who, &cmd))
}

fn own(market: &Market, who: &Actor, id: Id) -> requests::Request {
    let who = *who;
    market
        .read(move |tx| requests::own(tx, &who, id))
        .expect("it goes through")
}

fn decide(market: &Market, who: &Actor, verdict: Verdict) -> Result<(), Fail> {
    let waiting = market
        .read(|tx| Ok(inspections::queue(tx, None, 10)?))
        .expect("it goes through");
    let first = waiting.first().expect("something waits");
    let (who, cmd) = (
        *who,
        Decide {
            inspection: first.id,
            seen_version: first.version,
            verdict,
        },
    );
    market.write(move |tx| inspections::decide(tx, &who, &cmd))
}

fn place(market: &Market, who: &Actor, request: Id, seen_request_version: i64, steps: &[i64]) -> Result<Id, Fail> {
    let (who, cmd) = (
        *who,
        PlaceBid {
            request,
            seen_request_version,
            draft: market.bid_draft(steps),
        },
    );
    market.write(move |tx| bids::place(tx, &who, &cmd))
}

fn kinds(market: &Market) -> Vec<String> {
    let mut kinds = Vec::new();
    market.store().number_events().wait().expect("it goes through");
    for event in market
        .read(|tx| Ok(tx.events_after(0, 1000)?))
        .expect("it goes through")
    {
        if event.subject_kind == "request" {
            kinds.push(event.kind);
        }
    }
    kinds
}
