//! Steps of an order one by one: what each does to the money, and which are refused.

use kernel::Id;
use ledger::Account;
use orders::orders::{self as order, Fire};
use testkit::{code, on_both};

use crate::{answer, bare, escrow, fire, id, propose, state};

#[test]
fn two_milestones_are_funded_delivered_accepted_and_paid() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let order = market.running_order(&client, &provider, &[200_000, 100_000]);
        assert_eq!(
            code(&market.begin_payin(&client, order, 1)),
            "order-not-payable",
            "the second milestone waits for its turn"
        );
        market.fund(&client, order, 0);
        assert_eq!(escrow(market, order, 0), 200_000);
        market.step(&provider, order, Some(0), "deliver").expect("delivered");
        market.step(&client, order, Some(0), "accept").expect("accepted");
        assert_eq!(
            (escrow(market, order, 0), market.wallet(id(&provider))),
            (0, 180_000),
            "less ten percent"
        );
        market.fund(&client, order, 1);
        market
            .step(&provider, order, Some(0), "deliver")
            .expect_err("the first milestone has ended");
        market.step(&provider, order, Some(1), "deliver").expect("delivered");
        let fired = market.step(&client, order, Some(1), "accept").expect("accepted");
        assert!(fired.completed);
        assert_eq!(
            (market.wallet(id(&provider)), market.balance(Account::Revenue)),
            (270_000, 30_000)
        );
        let page = market.order(&provider, order);
        assert_eq!((page.state.name.as_str(), page.choices.len()), ("completed", 0));
        assert_eq!(page.moves.len(), 6);
        let account = id(&provider);
        assert_eq!(
            market
                .read(move |tx| order::finished_count(tx, account))
                .expect("counted"),
            1
        );
        let kinds = market.event_kinds();
        for kind in [
            "contract.offered",
            "contract.agreed",
            "order.started",
            "payin.paid",
            "order.moved",
            "order.completed",
        ] {
            assert!(kinds.iter().any(|k| k == kind), "{kind}");
        }
    });
}

#[test]
fn revisions_are_counted_and_bounded_by_the_contract() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let order = market.running_order(&client, &provider, &[100_000]);
        market.fund(&client, order, 0);
        for version in 1..=3_i64 {
            market.step(&provider, order, Some(0), "deliver").expect("delivered");
            assert_eq!(
                market.order(&client, order).moves.last().and_then(|m| m.delivery),
                Some(version)
            );
            market
                .step(&client, order, Some(0), "ask_revision")
                .expect("asked for a revision");
        }
        market.step(&provider, order, Some(0), "deliver").expect("delivered");
        let refused = market.step(&client, order, Some(0), "ask_revision");
        assert_eq!(code(&refused), "engine-used-up");
        assert_eq!(state(market, &client, order, 0), "delivered");
        assert_eq!(escrow(market, order, 0), 100_000);
    });
}

#[test]
fn an_empty_delivery_and_a_missing_reason_are_refused() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let order = market.running_order(&client, &provider, &[100_000]);
        market.fund(&client, order, 0);
        for note in ["", "  \n "] {
            let cmd = Fire {
                note: note.to_owned(),
                ..bare(market, &provider, order, "deliver")
            };
            assert_eq!(code(&fire(market, &provider, order, cmd)), "order-empty-delivery");
        }
        let hidden = Fire {
            note: "看\u{202e}这里".to_owned(),
            ..bare(market, &provider, order, "deliver")
        };
        assert_eq!(code(&fire(market, &provider, order, hidden)), "order-bad-note");
        assert_eq!(
            code(&fire(market, &client, order, bare(market, &client, order, "dispute"))),
            "order-no-reason"
        );
        assert_eq!(state(market, &client, order, 0), "funded");
    });
}

#[test]
fn stale_and_doubled_steps_change_nothing() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let order = market.running_order(&client, &provider, &[100_000]);
        market.fund(&client, order, 0);
        market.step(&provider, order, Some(0), "deliver").expect("delivered");
        let accept = bare(market, &client, order, "accept");
        fire(market, &client, order, accept.clone()).expect("accepted");
        let again = fire(market, &client, order, accept).expect_err("the page is stale");
        let refusal = again.refusal().expect("a refusal");
        assert_eq!(refusal.code, "order-changed");
        assert!(
            refusal
                .args
                .iter()
                .any(|(_, arg)| *arg == kernel::Arg::Text("验收并付款".to_owned())),
            "says what changed: {refusal:?}"
        );
        assert_eq!(market.wallet(id(&provider)), 90_000, "paid once");
    });
}

#[test]
fn strangers_find_nothing() {
    on_both(|market| {
        let (client, provider, stranger) = (
            market.client("需求方"),
            market.provider("服务方"),
            market.client("路人"),
        );
        let order = market.running_order(&client, &provider, &[100_000]);
        market.fund(&client, order, 0);
        let cmd = bare(market, &provider, order, "give_back");
        assert_eq!(code(&fire(market, &stranger, order, cmd.clone())), "order-not-found");
        assert_eq!(
            code(&fire(market, &stranger, Id::from_raw(7), cmd)),
            "order-not-found",
            "the same as none at all"
        );
        let seen = market
            .read(move |tx| Ok(order::find_for(tx, &stranger, order)?.is_some()))
            .expect("read");
        assert!(!seen);
        let proposal = propose(market, &client, order, "settle", Some(0), &[(0, 100_000, 0)]).expect("proposed");
        assert_eq!(code(&answer(market, &stranger, proposal, true)), "proposal-not-found");
        let wrong_side = bare(market, &client, order, "give_back");
        assert_eq!(code(&fire(market, &client, order, wrong_side)), "engine-not-yours");
        let own_accept = bare(market, &provider, order, "accept");
        assert_eq!(code(&fire(market, &provider, order, own_accept)), "engine-not-yours");
        assert_eq!(escrow(market, order, 0), 100_000);
    });
}
