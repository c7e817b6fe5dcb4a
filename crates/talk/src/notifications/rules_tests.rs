//! Who is told what, by table; and that every notice has words.

use kernel::{Locale, Timestamp};
use serde_json::json;

use super::*;
use crate::notifications::Args;
use crate::words;

const CLIENT: i64 = 1;
const PROVIDER: i64 = 2;

fn account(raw: i64) -> AccountId {
    Id::from_raw(raw)
}

fn event(kind: &str, actor: Option<i64>, mut data: serde_json::Value) -> Event {
    data["client"] = json!(account(CLIENT));
    data["provider"] = json!(account(PROVIDER));
    Event {
        seq: 1,
        id: account(100),
        at: Timestamp::from_micros(0),
        kind: kind.to_owned(),
        subject_kind: "order".to_owned(),
        subject: account(50),
        actor: actor.map(account),
        data,
    }
}

type Case = (&'static str, Option<i64>, serde_json::Value, Vec<(i64, &'static str)>);

fn assert_told(cases: Vec<Case>) {
    for (kind, actor, data, told) in cases {
        let event = event(kind, actor, data);
        let said: Vec<_> = notices(&event, None, &[])
            .iter()
            .map(|n| (n.to.raw(), n.kind))
            .collect();
        assert_eq!(said, told, "{kind} {}", event.data);
        assert!(said.iter().all(|(_, kind)| KINDS.contains(kind)));
    }
}

#[test]
fn who_is_told_of_bids_contracts_and_moves() {
    assert_told(vec![
        ("bid.placed", Some(PROVIDER), json!({}), vec![(CLIENT, "bid-placed")]),
        (
            "contract.offered",
            Some(CLIENT),
            json!({}),
            vec![(PROVIDER, "contract-offered")],
        ),
        (
            "contract.agreed",
            Some(PROVIDER),
            json!({}),
            vec![(CLIENT, "contract-agreed")],
        ),
        (
            "order.moved",
            None,
            json!({ "transition": "fund" }),
            vec![(PROVIDER, "order-fund"), (CLIENT, "order-fund")],
        ),
        (
            "order.moved",
            Some(PROVIDER),
            json!({ "transition": "deliver" }),
            vec![(CLIENT, "order-deliver")],
        ),
        (
            "order.moved",
            Some(CLIENT),
            json!({ "transition": "accept", "by": "client" }),
            vec![(PROVIDER, "order-accept")],
        ),
        (
            "order.moved",
            None,
            json!({ "transition": "accept", "by": "clock" }),
            vec![(CLIENT, "order-accept-silence"), (PROVIDER, "order-accept-silence")],
        ),
        (
            "order.moved",
            Some(CLIENT),
            json!({ "transition": "pick_winner" }),
            vec![(PROVIDER, "order-moved")],
        ),
    ]);
}

#[test]
fn who_is_told_of_reminders_endings_and_words() {
    assert_told(vec![
        (
            "order.reminder",
            None,
            json!({ "waits_for": "client" }),
            vec![(CLIENT, "order-reminder")],
        ),
        (
            "order.proposed",
            Some(CLIENT),
            json!({ "verdict": "open" }),
            vec![(PROVIDER, "order-proposed")],
        ),
        (
            "order.completed",
            Some(CLIENT),
            json!({}),
            vec![(CLIENT, "order-completed"), (PROVIDER, "order-completed")],
        ),
        (
            "order.completed",
            None,
            json!({}),
            vec![(CLIENT, "order-completed"), (PROVIDER, "order-completed")],
        ),
        (
            "message.sent",
            Some(PROVIDER),
            json!({}),
            vec![(CLIENT, "message-sent")],
        ),
        (
            "review.written",
            Some(CLIENT),
            json!({ "about": account(PROVIDER) }),
            vec![(PROVIDER, "review-written")],
        ),
        (
            "review.written",
            Some(CLIENT),
            json!({ "about": account(PROVIDER), "opens": true }),
            vec![],
        ),
        ("settings.changed", None, json!({}), vec![]),
    ]);
}

#[test]
fn bidders_hear_of_changes_to_their_request() {
    let event = event("request.withdrawn", Some(CLIENT), json!({}));
    let told: Vec<_> = notices(&event, None, &[account(8), account(9), account(8)])
        .iter()
        .map(|n| n.to.raw())
        .collect();
    assert_eq!(told, [8, 9]);
}

#[test]
fn every_notice_has_words_in_both_languages() {
    let args = Args {
        title: "TITLE".to_owned(),
        who: "WHO".to_owned(),
        part: Some(3),
        at: Some(Timestamp::from_micros(1_795_845_600_000_000)),
    };
    for locale in Locale::ALL {
        let values = words::values(locale, "Asia/Shanghai", &args);
        for kind in KINDS {
            for key in [format!("notice-{kind}"), format!("notice-{kind}-more")] {
                let said = words::say(locale, &key, &values).unwrap_or_else(|| panic!("{key} in {}", locale.tag()));
                assert!(!said.contains('{') && !said.contains('$'), "{key}: {said}");
            }
        }
        for key in ["mail-notice-body", "mail-unread-subject", "mail-unread-more"] {
            assert!(words::say(locale, key, &values).is_some(), "{key}");
        }
    }
    assert!(MAILED.iter().all(|kind| KINDS.contains(kind)));
}
