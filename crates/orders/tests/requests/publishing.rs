//! A request from draft to everybody: inspection, two tabs, changes, withdrawal and the deadline.

use kernel::{DAY, Id, Money};
use orders::bids::{self, BidState};
use orders::inspections::{self, Verdict};
use orders::requests::{self, Browse, Content, RequestState, Withdraw};
use testkit::{Market, code, on_both};

use crate::{decide, edit, kinds, own, place, save, submit};

/// What everybody finds with these words.
fn found(market: &Market, words: &str) -> Vec<Id> {
    let query = Browse {
        words: words.to_owned(),
        limit: 10,
        ..Browse::default()
    };
    let list = market.read(move |tx| Ok(requests::browse(tx, &query)?));
    list.expect("a list").rows.iter().map(|row| row.id).collect()
}

#[test]
fn a_request_goes_from_draft_to_everybody() {
    on_both(|market| {
        let (client, staff) = (market.client("张三"), market.staff());
        let draft = save(
            market,
            &client,
            None,
            0,
            &Content {
                title: "面包".into(),
                ..Content::default()
            },
        )
        .unwrap();
        let content = market.request_content("给面包店设计标志");
        let saved = save(market, &client, Some(draft.id), draft.version, &content).unwrap();
        assert_eq!(saved.version, 2);
        assert_eq!(
            save(market, &client, Some(draft.id), 2, &content).unwrap().version,
            2,
            "nothing changed, nothing written"
        );
        let id = submit(market, &client, Some(draft.id), 2, &content).unwrap();
        assert_eq!(own(market, &client, id).state, RequestState::Pending);
        assert_eq!(found(market, ""), []);
        assert_eq!(code(&decide(market, &client, Verdict::Approve)), "inspection-not-found");
        assert_eq!(
            code(&decide(market, &staff, Verdict::Reject { reason: " ".into() })),
            "inspection-reason-missing"
        );
        decide(
            market,
            &staff,
            Verdict::Reject {
                reason: "请删掉电话号码".into(),
            },
        )
        .unwrap();
        let back = own(market, &client, id);
        assert_eq!(
            (back.state, back.rejection.as_deref()),
            (RequestState::Rejected, Some("请删掉电话号码"))
        );
        submit(market, &client, Some(id), back.version, &content).unwrap();
        decide(market, &staff, Verdict::Approve).unwrap();
        assert_eq!(own(market, &client, id).state, RequestState::Open);
        assert_eq!(found(market, "面包"), [id]);
        assert_eq!(
            kinds(market),
            [
                "request.submitted",
                "request.rejected",
                "request.submitted",
                "request.published"
            ]
        );
    });
}

#[test]
fn two_tabs_are_told_what_the_other_changed() {
    on_both(|market| {
        let client = market.client("张三");
        let content = market.request_content("给面包店设计标志");
        let draft = save(market, &client, None, 0, &content).unwrap();
        let other = Content {
            title: "给面包店设计标志和纸袋".into(),
            ..content.clone()
        };
        save(market, &client, Some(draft.id), 1, &other).unwrap();
        assert_eq!(
            code(&save(market, &client, Some(draft.id), 1, &content)),
            "request-stale"
        );
        assert_eq!(
            code(&submit(market, &client, Some(draft.id), 1, &content)),
            "request-stale"
        );
        let changes = market
            .read(move |tx| Ok(requests::changes_since(tx, &client, draft.id, 1)?))
            .unwrap();
        assert_eq!(changes.iter().map(|c| c.field).collect::<Vec<_>>(), ["title"]);
    });
}

#[test]
fn a_changed_request_is_inspected_again_and_bidders_keep_theirs() {
    on_both(|market| {
        let (client, provider, late) = (market.client("张三"), market.provider("李四"), market.provider("赵六"));
        let id = market.open_request(&client, "给面包店设计标志");
        let bid = market.bid(&provider, id, &[100_000]);
        let before = own(market, &client, id);
        let cheaper = Content {
            budget_max: Some(Money::new(900_000, kernel::Currency::CNY)),
            ..before.content.clone()
        };
        edit(market, &client, id, before.version, &cheaper).unwrap();
        assert_eq!(
            own(market, &client, id).state,
            RequestState::Open,
            "a budget needs no inspection"
        );
        assert_eq!(
            code(&edit(market, &client, id, before.version, &cheaper)),
            "request-stale"
        );
        assert_eq!(
            code(&place(market, &late, id, before.version, &[50_000])),
            "bid-request-changed"
        );
        let words = Content {
            title: "给面包店设计标志和门头".into(),
            ..cheaper
        };
        edit(market, &client, id, before.version + 1, &words).unwrap();
        assert_eq!(own(market, &client, id).state, RequestState::Pending);
        assert_eq!(
            code(&place(market, &late, id, before.version + 2, &[50_000])),
            "bid-not-found",
            "it is hidden from strangers"
        );
        let waiting = market.read(|tx| Ok(inspections::queue(tx, None, 10)?)).unwrap();
        assert_eq!(
            waiting[0].changes.iter().map(|c| c.field).collect::<Vec<_>>(),
            ["title", "budget-max"]
        );
        market.approve_all();
        let mine = market.read(move |tx| bids::mine(tx, &provider)).unwrap();
        assert!(mine[0].outdated && mine[0].bid.id == bid);
    });
}

#[test]
fn withdrawing_a_request_frees_the_bidders() {
    on_both(|market| {
        let (client, provider) = (market.client("张三"), market.provider("李四"));
        let id = market.open_request(&client, "给面包店设计标志");
        let bid = market.bid(&provider, id, &[200_000]);
        let seen_version = own(market, &client, id).version;
        let stale = Withdraw {
            request: id,
            seen_version: seen_version - 1,
        };
        assert_eq!(
            code(&market.write(move |tx| requests::withdraw(tx, &client, &stale))),
            "request-stale"
        );
        let cmd = Withdraw {
            request: id,
            seen_version,
        };
        market.write(move |tx| requests::withdraw(tx, &client, &cmd)).unwrap();
        let found = market.read(move |tx| Ok(bids::load(tx, bid)?)).unwrap().unwrap();
        assert_eq!(found.state, BidState::Declined);
        assert_eq!(
            code(&place(market, &market.provider("赵六"), id, seen_version + 1, &[1_000])),
            "bid-not-found"
        );
        assert_eq!(
            code(&edit(
                market,
                &client,
                id,
                seen_version + 1,
                &market.request_content("再来一次")
            )),
            "request-ended"
        );
        assert!(
            kinds(market).ends_with(&["bid.placed".into(), "request.withdrawn".into()]),
            "one piece of news, not two"
        );
        let told = market.read(move |tx| Ok(bids::bidders(tx, id)?)).unwrap();
        assert_eq!(told, [provider.account().unwrap()]);
    });
}

#[test]
fn bids_close_at_the_deadline_and_the_client_still_may_choose() {
    on_both(|market| {
        let (client, provider) = (market.client("张三"), market.provider("李四"));
        let id = market.open_request(&client, "给面包店设计标志");
        let bid = market.bid(&provider, id, &[200_000]);
        let request = own(market, &client, id);
        market.advance(request.content.deadline.expect("it has one").since(market.now()) + 1);
        assert_eq!(
            code(&place(market, &market.provider("赵六"), id, request.version, &[1_000])),
            "bid-request-closed"
        );
        assert_eq!(market.write(|tx| requests::close_expired(tx, 100)).unwrap(), 1);
        assert_eq!(own(market, &client, id).state, RequestState::Closed);
        assert_eq!(market.write(|tx| requests::close_expired(tx, 100)).unwrap(), 0);
        market.read(move |tx| bids::for_award(tx, &client, bid)).unwrap();
        market.write(move |tx| requests::mark_awarded(tx, id, bid)).unwrap();
        assert_eq!(
            code(&market.write(move |tx| requests::mark_awarded(tx, id, bid))),
            "request-not-awardable"
        );
        market.write(move |tx| requests::reopen(tx, id, bid)).unwrap();
        assert_eq!(own(market, &client, id).state, RequestState::Closed);
        assert_eq!(
            code(&market.read(move |tx| bids::for_award(tx, &client, bid))),
            "bid-ended"
        );
        market.advance(31 * DAY);
        assert_eq!(
            market.write(|tx| requests::close_expired(tx, 100)).unwrap(),
            0,
            "the only bid is over already"
        );
    });
}
