//! The follower: turns events into notices, mails, and threads for those who have just met.

use kernel::{AccountId, Id};
use store::{Event, Fail, Tx};

use super::{Args, mail, rules, sql};
use crate::subjects;
use crate::threads::{self, Members};

/// The name of the cursor.
pub const FOLLOWER: &str = "notifications";

/// Follows the next events, in the transaction that remembers how far it came. Answers how many events it read: call
/// again while it is `limit`. `base_url` is where mail links lead, without a slash at the end.
pub fn run(tx: &mut Tx, limit: i64, base_url: &str) -> Result<usize, Fail> {
    let from = tx.cursor(FOLLOWER)?;
    let events = tx.events_after(from, limit)?;
    for event in &events {
        one(tx, event, Some(base_url))?;
    }
    if let Some(last) = events.last() {
        tx.set_cursor(FOLLOWER, last.seq)?;
    }
    Ok(events.len())
}

/// Writes the notices of these events, without mail. The same events again write nothing.
pub fn follow(tx: &mut Tx, events: &[Event]) -> Result<(), Fail> {
    for event in events {
        one(tx, event, None)?;
    }
    Ok(())
}

fn one(tx: &mut Tx, event: &Event, base_url: Option<&str>) -> Result<(), Fail> {
    introduce(tx, event)?;
    let (asker, bidders) = around_request(tx, event)?;
    for notice in rules::notices(event, asker, &bidders) {
        tell(tx, event, notice, base_url)?;
    }
    Ok(())
}

/// Opens the thread of two people who have just met.
fn introduce(tx: &mut Tx, event: &Event) -> Result<(), Fail> {
    let about = match event.kind.as_str() {
        "bid.placed" => "request",
        "order.started" => "order",
        _ => return Ok(()),
    };
    if let (Some(client), Some(provider)) = (rules::id(event, "client"), rules::id(event, "provider"))
        && client != provider
    {
        threads::open(tx, about, event.subject, Members { client, provider })?;
    }
    Ok(())
}

/// The client of a request and those with a living bid on it, for events that concern them.
fn around_request(tx: &mut Tx, event: &Event) -> Result<(Option<AccountId>, Vec<AccountId>), Fail> {
    if event.subject_kind != "request" {
        return Ok((None, Vec::new()));
    }
    let asker = subjects::asker(tx, event.subject)?;
    let bidders = match event.kind.as_str() {
        "request.edited" | "request.withdrawn" => subjects::bidders(tx, event.subject)?,
        _ => Vec::new(),
    };
    Ok((asker, bidders))
}

fn tell(tx: &mut Tx, event: &Event, notice: rules::Notice, base_url: Option<&str>) -> Result<(), Fail> {
    let link = link(event, notice.kind);
    let is_message = notice.kind == "message-sent";
    // One unread notice for a thread is enough: its own count says how many messages wait.
    if is_message && sql::has_unread(tx, notice.to, &link)? {
        return mail::promise(tx, event.subject, notice.to);
    }
    let args = args(tx, event, notice.to)?;
    let row = sql::NewNotice {
        to: notice.to,
        event_seq: event.seq,
        kind: notice.kind,
        link: &link,
        at: event.at,
        args: &args,
    };
    if !sql::insert(tx, &row)? {
        return Ok(());
    }
    if is_message {
        mail::promise(tx, event.subject, notice.to)?;
    }
    match base_url {
        Some(base_url) if rules::is_mailed(notice.kind) => {
            mail::send(tx, notice.to, notice.kind, &args, base_url, &link)
        }
        _ => Ok(()),
    }
}

/// Where a notice leads.
fn link(event: &Event, kind: &str) -> String {
    let order = rules::id(event, "order").filter(|_| event.subject_kind != "order");
    match (event.kind.split('.').next().unwrap_or_default(), order) {
        ("review", Some(order)) => format!("/orders/{order}/review"),
        ("payin" | "refund", Some(order)) => subjects::link("order", order),
        _ if kind == "order-completed" => format!("/orders/{}/review", event.subject),
        _ => subjects::link(&event.subject_kind, event.subject),
    }
}

fn args(tx: &mut Tx, event: &Event, reader: AccountId) -> Result<Args, Fail> {
    let who = match event.actor {
        Some(actor) => Some(actor),
        None => [rules::id(event, "client"), rules::id(event, "provider")]
            .into_iter()
            .flatten()
            .find(|a| *a != reader),
    };
    let who = match who {
        Some(account) => subjects::name(tx, account)?,
        None => String::new(),
    };
    let part = event
        .data
        .get("part")
        .and_then(serde_json::Value::as_i64)
        .map(|part| part + 1);
    Ok(Args {
        title: title(tx, event)?,
        who,
        part,
        at: rules::time(event, "due_at"),
    })
}

fn title(tx: &mut Tx, event: &Event) -> Result<String, Fail> {
    let about = |kind: &'static str, name: &str| rules::id(event, name).map(|id| (kind, id));
    let found: Option<(&str, Id)> = match event.subject_kind.as_str() {
        "request" => Some(("request", event.subject)),
        "contract" => about("request", "request"),
        "order" => Some(("order", event.subject)),
        "thread" if rules::text(event, "about") == "order" => about("order", "about_id"),
        "thread" => about("request", "about_id"),
        _ => about("order", "order"),
    };
    Ok(match found {
        Some((kind, id)) => subjects::title(tx, kind, id)?,
        None => String::new(),
    })
}
