//! Which pages an event concerns, and who may listen to what.

use kernel::{Actor, Id};
use store::{Event, Fail, Tx};

/// The topics of an event: its subject, what it belongs to, and everybody it is about.
pub(super) fn of(event: &Event) -> Vec<String> {
    let text = |name: &str| event.data.get(name).and_then(|v| v.as_str());
    let mut topics = vec![topic(&event.subject_kind, &event.subject.short())];
    topics.extend(
        ["order", "request"]
            .iter()
            .filter_map(|kind| topic(kind, text(kind)?).into()),
    );
    if let (Some(kind), Some(id)) = (text("about"), text("about_id")) {
        topics.push(topic(kind, id));
    }
    let people = ["client", "provider", "account", "author", "about"]
        .iter()
        .filter_map(|name| text(name));
    topics.extend(people.map(|id| topic("account", id)));
    topics.extend(event.actor.map(|id| topic("account", &id.short())));
    topics.retain(|t| parse(t).is_some());
    topics.sort_unstable();
    topics.dedup();
    topics
}

fn topic(kind: &str, id: &str) -> String {
    format!("{kind}:{id}")
}

/// What is told about an event. Requests are public: who bids when is not.
pub(super) fn kind(event: &Event) -> String {
    if event.subject_kind == "request" {
        "request.changed".to_owned()
    } else {
        event.kind.clone()
    }
}

/// What somebody can listen to.
fn parse(topic: &str) -> Option<(&str, Id)> {
    let (kind, id) = topic.split_once(':')?;
    let known = ["account", "order", "request", "thread"].contains(&kind);
    known.then_some((kind, id.parse().ok()?))
}

/// Whether the reader may listen to a topic: their own account, what they are a side of, requests they may see.
pub(super) fn may_listen(tx: &mut Tx, actor: &Actor, topic: &str) -> Result<bool, Fail> {
    let Some((kind, id)) = parse(topic) else {
        return Ok(false);
    };
    let account = actor.account();
    Ok(match kind {
        "account" => account == Some(id),
        "thread" => match account {
            Some(account) => ::talk::threads::is_member(tx, id, account)?,
            None => false,
        },
        "order" => {
            let parties = ::orders::orders::parties(tx, id)?;
            parties.is_some_and(|p| actor.is_staff() || account == Some(p.client) || account == Some(p.provider))
        }
        "request" => ::orders::requests::visible(tx, actor, id)?.is_some(),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use kernel::Timestamp;
    use serde_json::json;

    use super::*;

    fn event(kind: &str, subject_kind: &str, data: serde_json::Value) -> Event {
        Event {
            seq: 1,
            id: Id::from_raw(9),
            at: Timestamp::from_micros(0),
            kind: kind.to_owned(),
            subject_kind: subject_kind.to_owned(),
            subject: Id::from_raw(5),
            actor: Some(Id::from_raw(1)),
            data,
        }
    }

    #[test]
    fn an_event_concerns_its_subject_and_its_people() {
        let (client, provider) = (Id::from_raw(1), Id::from_raw(2));
        let message = event(
            "message.sent",
            "thread",
            json!({ "client": client, "provider": provider, "about": "order", "about_id": Id::from_raw(7) }),
        );
        let named = |kind: &str, raw| format!("{kind}:{}", Id::from_raw(raw));
        assert_eq!(
            of(&message),
            [
                named("account", 1),
                named("account", 2),
                named("order", 7),
                named("thread", 5)
            ]
        );
        // Nothing listens to settings.
        assert_eq!(
            of(&event("settings.changed", "setting", json!({}))),
            [named("account", 1)]
        );
    }

    #[test]
    fn nobody_learns_from_a_request_who_bids_when() {
        assert_eq!(kind(&event("bid.placed", "request", json!({}))), "request.changed");
        assert_eq!(kind(&event("order.moved", "order", json!({}))), "order.moved");
    }

    #[test]
    fn only_known_topics_are_topics() {
        for bad in ["", "order", "order:", "order:xx", "staff:0000000000005", "account:中文"] {
            assert!(parse(bad).is_none(), "{bad}");
        }
        assert!(parse("order:0000000000005").is_some());
    }
}
