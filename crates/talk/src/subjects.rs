//! What threads and notices are about, asked of the rooms that own it: titles, names, addresses, and who belongs to
//! what. The only file here that knows requests, contracts and orders.

use kernel::{AccountId, Id};
use store::{Fail, Fault, Tx};

use crate::threads::Members;

/// What a request or order is called; empty when it is gone.
pub(crate) fn title(tx: &mut Tx, kind: &str, id: Id) -> Result<String, Fault> {
    let title = match kind {
        "request" => orders::requests::load(tx, id)?.map(|r| r.content.title),
        "order" => orders::orders::heading(tx, id)?.map(|(title, _)| title),
        _ => None,
    };
    Ok(title.unwrap_or_default())
}

/// The client of a request.
pub(crate) fn asker(tx: &mut Tx, request: Id) -> Result<Option<AccountId>, Fault> {
    Ok(orders::requests::load(tx, request)?.map(|r| r.client))
}

/// Those whose bid on a request still counts.
pub(crate) fn bidders(tx: &mut Tx, request: Id) -> Result<Vec<AccountId>, Fault> {
    orders::bids::bidders(tx, request)
}

/// Somebody's name; empty when they are gone.
pub(crate) fn name(tx: &mut Tx, account: AccountId) -> Result<String, Fault> {
    Ok(accounts::people::card(tx, account)?.map(|p| p.name).unwrap_or_default())
}

/// The page of a subject.
pub(crate) fn link(kind: &str, id: Id) -> String {
    match kind {
        "request" => format!("/requests/{id}"),
        "contract" => format!("/contracts/{id}"),
        "order" => format!("/orders/{id}"),
        "thread" => format!("/threads/{id}"),
        _ => "/notifications".to_owned(),
    }
}

/// The two who may talk about a subject, when the reader is one of them: the sides of an order; the client of a request
/// with `other`, who has bid on it; a bidder with the client.
pub(crate) fn members(
    tx: &mut Tx,
    kind: &str,
    id: Id,
    reader: AccountId,
    other: Option<AccountId>,
) -> Result<Option<Members>, Fail> {
    match kind {
        "order" => {
            let parties = orders::orders::parties(tx, id)?;
            let mine = parties.filter(|p| p.client == reader || p.provider == reader);
            Ok(mine.map(|p| Members {
                client: p.client,
                provider: p.provider,
            }))
        }
        "request" => {
            let Some(client) = asker(tx, id)? else { return Ok(None) };
            let provider = if reader == client { other } else { Some(reader) };
            let Some(provider) = provider.filter(|p| *p != client) else {
                return Ok(None);
            };
            let has_bid = orders::bids::own_on(tx, id, provider)?.is_some();
            Ok(has_bid.then_some(Members { client, provider }))
        }
        _ => Ok(None),
    }
}
