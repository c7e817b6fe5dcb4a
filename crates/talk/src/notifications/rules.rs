//! Who is told what. Pure: an event goes in, notices come out.

use kernel::{AccountId, Id, Timestamp};
use store::Event;

/// Every kind of notice; each has `notice-<kind>` and `notice-<kind>-more` in both languages.
pub const KINDS: &[&str] = &[
    "request-published",
    "request-rejected",
    "request-edited",
    "request-withdrawn",
    "bid-placed",
    "bid-edited",
    "bid-withdrawn",
    "bid-declined",
    "contract-offered",
    "contract-agreed",
    "contract-declined",
    "contract-withdrawn",
    "order-fund",
    "order-deliver",
    "order-accept",
    "order-accept-silence",
    "order-ask-revision",
    "order-give-back",
    "order-expire",
    "order-lapse",
    "order-decline",
    "order-dispute",
    "order-settle",
    "order-rule",
    "order-split-half",
    "order-moved",
    "order-proposed",
    "order-proposal-agreed",
    "order-proposal-refused",
    "order-proposal-withdrawn",
    "order-reminder",
    "order-completed",
    "order-cancelled",
    "payin-failed",
    "refund-done",
    "message-sent",
    "review-written",
    "review-published",
    "review-replied",
];

/// What is also worth a mail. Messages are mailed later, when nobody has read them.
const MAILED: &[&str] = &[
    "request-rejected",
    "bid-placed",
    "contract-offered",
    "contract-agreed",
    "contract-declined",
    "contract-withdrawn",
    "order-fund",
    "order-deliver",
    "order-accept",
    "order-accept-silence",
    "order-ask-revision",
    "order-give-back",
    "order-expire",
    "order-lapse",
    "order-dispute",
    "order-settle",
    "order-rule",
    "order-split-half",
    "order-proposed",
    "order-reminder",
    "order-completed",
    "order-cancelled",
    "payin-failed",
    "refund-done",
    "review-written",
    "review-published",
];

/// One notice for one reader.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Notice {
    pub(super) to: AccountId,
    pub(super) kind: &'static str,
}

/// Whether a kind is mailed at once.
pub(super) fn is_mailed(kind: &str) -> bool {
    MAILED.contains(&kind)
}

/// An id among the facts of an event.
pub(super) fn id(event: &Event, name: &str) -> Option<Id> {
    event.data.get(name)?.as_str()?.parse().ok()
}

/// A text among the facts of an event.
pub(super) fn text<'a>(event: &'a Event, name: &str) -> &'a str {
    event.data.get(name).and_then(|v| v.as_str()).unwrap_or_default()
}

/// A moment among the facts of an event.
pub(super) fn time(event: &Event, name: &str) -> Option<Timestamp> {
    event.data.get(name)?.as_i64().map(Timestamp::from_micros)
}

/// Who is told what about an event. `bidders` are those with a living bid, for news of a request; `asker` is its client.
pub(super) fn notices(event: &Event, asker: Option<AccountId>, bidders: &[AccountId]) -> Vec<Notice> {
    let client = id(event, "client").or(asker);
    let provider = id(event, "provider");
    let both = [client, provider];
    let told: Vec<(Option<AccountId>, &'static str)> = match event.kind.as_str() {
        "request.published" => vec![(client, "request-published")],
        "request.rejected" => vec![(client, "request-rejected")],
        "request.edited" => bidders.iter().map(|b| (Some(*b), "request-edited")).collect(),
        "request.withdrawn" => bidders.iter().map(|b| (Some(*b), "request-withdrawn")).collect(),
        "bid.placed" => vec![(client, "bid-placed")],
        "bid.edited" => vec![(client, "bid-edited")],
        "bid.withdrawn" => vec![(client, "bid-withdrawn")],
        "bid.declined" => vec![(provider, "bid-declined")],
        "contract.offered" => vec![(provider, "contract-offered")],
        "contract.agreed" => vec![(client, "contract-agreed")],
        "contract.declined" => vec![(client, "contract-declined")],
        "contract.withdrawn" => vec![(provider, "contract-withdrawn")],
        "order.moved" => moved(event, client, provider),
        "order.proposed" => proposed(event, both),
        "order.reminder" => waited_for(event, client, provider)
            .map(|to| (to, "order-reminder"))
            .collect(),
        "order.completed" => both.map(|to| (to, "order-completed")).to_vec(),
        "order.cancelled" => both.map(|to| (to, "order-cancelled")).to_vec(),
        "payin.failed" => vec![(client, "payin-failed")],
        "refund.done" => vec![(client.or_else(|| id(event, "account")), "refund-done")],
        "message.sent" => others(event, both).map(|to| (to, "message-sent")).collect(),
        // The second review opens both: that is told instead.
        "review.written" if event.data["opens"] == true => Vec::new(),
        "review.written" => vec![(id(event, "about"), "review-written")],
        "review.published" => vec![(id(event, "about"), "review-published")],
        "review.replied" => vec![(id(event, "author"), "review-replied")],
        _ => Vec::new(),
    };
    // Nobody is told what they did themselves; but the end of an order invites both to review.
    let news = |to: &AccountId| Some(*to) != event.actor || event.kind == "order.completed";
    let fresh = told
        .into_iter()
        .filter_map(|(to, kind)| to.filter(news).map(|to| Notice { to, kind }));
    let mut notices: Vec<Notice> = Vec::new();
    for notice in fresh {
        if notices.iter().all(|n| n.to != notice.to) {
            notices.push(notice);
        }
    }
    notices
}

type Told = (Option<AccountId>, &'static str);

/// A step of an order. Steps this file does not know by name (another process) are told in general words.
fn moved(event: &Event, client: Option<AccountId>, provider: Option<AccountId>) -> Vec<Told> {
    let by_clock = text(event, "by") == "clock";
    let kind = match text(event, "transition") {
        "fund" => return vec![(provider, "order-fund"), (client, "order-fund")],
        "accept" if by_clock => "order-accept-silence",
        "accept" => "order-accept",
        "deliver" => "order-deliver",
        "ask_revision" => "order-ask-revision",
        "give_back" => "order-give-back",
        "expire" => "order-expire",
        "lapse" => "order-lapse",
        "decline" => "order-decline",
        "dispute" => "order-dispute",
        "settle" => "order-settle",
        "rule" => "order-rule",
        "split_half" => "order-split-half",
        // The whole order's end is told by order.cancelled.
        "cancel_by_agreement" => return Vec::new(),
        _ => "order-moved",
    };
    vec![(client, kind), (provider, kind)]
}

fn proposed(event: &Event, both: [Option<AccountId>; 2]) -> Vec<Told> {
    let kind = match text(event, "verdict") {
        "open" => "order-proposed",
        "agreed" => "order-proposal-agreed",
        "refused" => "order-proposal-refused",
        "withdrawn" => "order-proposal-withdrawn",
        _ => return Vec::new(),
    };
    others(event, both).map(|to| (to, kind)).collect()
}

fn others(event: &Event, both: [Option<AccountId>; 2]) -> impl Iterator<Item = Option<AccountId>> {
    let actor = event.actor;
    both.into_iter().filter(move |to| to.is_some() && *to != actor)
}

fn waited_for(
    event: &Event,
    client: Option<AccountId>,
    provider: Option<AccountId>,
) -> impl Iterator<Item = Option<AccountId>> {
    let (to_client, to_provider) = match text(event, "waits_for") {
        "client" => (client, None),
        "provider" => (None, provider),
        _ => (client, provider),
    };
    [to_client, to_provider].into_iter().filter(Option::is_some)
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
