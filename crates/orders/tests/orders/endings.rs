//! Endings that are not acceptance: by agreement of both, by a ruling, by a dispute that runs out.

use std::collections::BTreeMap;

use engine::Shares;
use orders::orders::Fire;
use testkit::{code, on_both};

use crate::{answer, bare, escrow, fire, id, propose, state};

#[test]
fn both_cancel_with_shares_that_must_add_up() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let order = market.running_order(&client, &provider, &[100_000, 50_000]);
        market.fund(&client, order, 0);
        let alone = fire(
            market,
            &client,
            order,
            Fire {
                part: None,
                reason: "不做了".to_owned(),
                ..bare(market, &client, order, "cancel_by_agreement")
            },
        );
        assert_eq!(code(&alone), "order-needs-both");
        for wrong in [(0, 60_000, 50_000), (0, -1, 100_001), (0, 0, 0)] {
            assert_eq!(
                code(&propose(market, &client, order, "cancel_by_agreement", None, &[wrong])),
                "engine-shares-sum"
            );
        }
        assert_eq!(
            code(&propose(market, &client, order, "cancel_by_agreement", None, &[])),
            "engine-needs-shares"
        );
        let proposal = propose(
            market,
            &client,
            order,
            "cancel_by_agreement",
            None,
            &[(0, 60_000, 40_000)],
        )
        .expect("proposed");
        let twice = propose(
            market,
            &provider,
            order,
            "cancel_by_agreement",
            None,
            &[(0, 0, 100_000)],
        );
        assert_eq!(code(&twice), "proposal-already-open");
        assert_eq!(code(&answer(market, &client, proposal, true)), "proposal-own");
        assert_eq!(escrow(market, order, 0), 100_000, "nothing moved yet");
        answer(market, &provider, proposal, true).expect("agreed");
        market.pump();
        assert_eq!(market.order(&client, order).state.name, "cancelled");
        assert_eq!(
            (market.wallet(id(&provider)), market.held_at_gateway()),
            (36_000, 40_000)
        );
        assert_eq!(code(&answer(market, &provider, proposal, true)), "proposal-not-open");
    });
}

#[test]
fn a_proposal_lapses_when_its_part_moves_on() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let order = market.running_order(&client, &provider, &[100_000]);
        market.fund(&client, order, 0);
        let proposal = propose(market, &provider, order, "settle", Some(0), &[(0, 50_000, 50_000)]).expect("proposed");
        market.step(&provider, order, Some(0), "deliver").expect("delivered");
        assert_eq!(code(&answer(market, &client, proposal, true)), "proposal-not-open");
        let again = propose(market, &provider, order, "settle", Some(0), &[(0, 50_000, 50_000)]).expect("proposed");
        answer(market, &client, again, false).expect("refused");
        assert_eq!(escrow(market, order, 0), 100_000);
    });
}

#[test]
fn a_dispute_is_ruled_by_staff_with_a_record() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let order = market.running_order(&client, &provider, &[100_000]);
        market.fund(&client, order, 0);
        market.step(&client, order, Some(0), "dispute").expect("disputed");
        let staff = market.staff();
        let shares = BTreeMap::from([(
            0,
            Shares {
                to_client_minor: 30_000,
                to_provider_minor: 70_000,
            },
        )]);
        let ruling = |reason: &str| Fire {
            reason: reason.to_owned(),
            shares: shares.clone(),
            ..bare(market, &staff, order, "rule")
        };
        assert_eq!(
            code(&fire(market, &client, order, ruling("我说了算"))),
            "engine-not-yours"
        );
        assert_eq!(code(&fire(market, &staff, order, ruling(""))), "order-no-reason");
        fire(market, &staff, order, ruling("已交付大部分工作")).expect("ruled");
        market.pump();
        assert_eq!(
            (market.wallet(id(&provider)), market.held_at_gateway()),
            (63_000, 70_000)
        );
        let records = market
            .read(move |tx| Ok(site::audit::of(tx, "order", order, 10)?))
            .expect("read");
        assert_eq!(records.iter().filter(|record| record.act == "order.rule").count(), 1);
    });
}

#[test]
fn a_dispute_that_nobody_settles_is_halved() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let order = market.running_order(&client, &provider, &[100_000]);
        market.fund(&client, order, 0);
        market.step(&provider, order, Some(0), "dispute").expect("disputed");
        market.advance_days(60);
        market.pump();
        assert_eq!(state(market, &client, order, 0), "split");
        assert_eq!(
            (market.wallet(id(&provider)), market.held_at_gateway()),
            (45_000, 50_000)
        );
    });
}
