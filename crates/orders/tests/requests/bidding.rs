//! Bids: one live one each, seen by their client and their own bidder, let go when nobody chooses.

use kernel::{Actor, Money};
use orders::bids::{self, BidState, EditBid, PlaceBid, Sort, WithdrawBid};
use orders::requests;
use testkit::{code, codes, on_both};

use crate::{own, place};

#[test]
fn one_live_bid_and_none_on_ones_own() {
    on_both(|market| {
        let (client, provider) = (market.client("张三"), market.provider("李四"));
        let id = market.open_request(&client, "给面包店设计标志");
        let version = own(market, &client, id).version;
        assert_eq!(
            code(&place(market, &client, id, version, &[100_000])),
            "bid-own-request"
        );
        assert_eq!(
            code(&place(market, &Actor::Visitor, id, version, &[100_000])),
            "bid-log-in"
        );
        let bid = place(market, &provider, id, version, &[100_000, 200_001]).unwrap();
        assert_eq!(code(&place(market, &provider, id, version, &[90_000])), "bid-already");
        let found = market.read(move |tx| Ok(bids::load(tx, bid)?)).unwrap().unwrap();
        assert_eq!(
            (found.price.minor(), found.fee().minor(), found.net().minor()),
            (300_001, 30_000, 270_001)
        );
        market.set("provider_fee_bp", "2000");
        let cmd = EditBid {
            bid,
            seen_version: 1,
            draft: market.bid_draft(&[80_000]),
        };
        let twice = cmd.clone();
        market.write(move |tx| bids::edit(tx, &provider, &cmd)).unwrap();
        assert_eq!(
            code(&market.write(move |tx| bids::edit(tx, &provider, &twice))),
            "bid-stale"
        );
        let found = market.read(move |tx| Ok(bids::load(tx, bid)?)).unwrap().unwrap();
        assert_eq!(
            (found.version, found.net().minor()),
            (2, 72_000),
            "the fee stays as it was shown"
        );
        let back = WithdrawBid { bid, seen_version: 2 };
        market.write(move |tx| bids::withdraw(tx, &provider, &back)).unwrap();
        assert_eq!(
            code(&market.write(move |tx| bids::withdraw(tx, &provider, &back))),
            "bid-ended"
        );
        place(market, &provider, id, version, &[70_000]).unwrap();
        let draft = bids::BidDraft {
            price: Some(Money::new(-1, kernel::Currency::CNY)),
            ..market.bid_draft(&[70_000])
        };
        let cmd = PlaceBid {
            request: id,
            seen_request_version: version,
            draft,
        };
        let other = market.provider("赵六");
        let said = market.write(move |tx| bids::place(tx, &other, &cmd));
        assert_eq!(codes(&said), ["bid-price-out", "bid-plan-sum"]);
    });
}

#[test]
fn bids_are_seen_by_the_client_and_their_own_bidder_only() {
    on_both(|market| {
        let (client, one, two) = (market.client("张三"), market.provider("李四"), market.provider("赵六"));
        let id = market.open_request(&client, "给面包店设计标志");
        let first = market.bid(&one, id, &[200_000]);
        let second = market.bid(&two, id, &[100_000]);
        let table = market
            .read(move |tx| bids::compare(tx, &client, id, Sort::Price))
            .unwrap();
        assert_eq!(table.bids.iter().map(|b| b.id).collect::<Vec<_>>(), [second, first]);
        assert_eq!(
            code(&market.read(move |tx| bids::compare(tx, &one, id, Sort::Price))),
            "request-not-found"
        );
        assert_eq!(
            code(&market.read(move |tx| bids::own(tx, &one, second))),
            "bid-not-found"
        );
        assert_eq!(
            code(&market.read(move |tx| bids::for_award(tx, &one, first))),
            "bid-not-found"
        );
        assert_eq!(
            code(&market.read(move |tx| bids::for_client(tx, &two, first))),
            "request-not-found"
        );
        let page = market
            .read(move |tx| Ok(requests::page(tx, &two, id)?))
            .unwrap()
            .unwrap();
        assert_eq!((page.bids, page.own_bid.map(|b| b.id)), (2, Some(second)));
    });
}

#[test]
fn unchosen_bids_are_let_go_after_thirty_days() {
    on_both(|market| {
        let (client, provider) = (market.client("张三"), market.provider("李四"));
        let id = market.open_request(&client, "给面包店设计标志");
        let bid = market.bid(&provider, id, &[200_000]);
        market.advance_days(91);
        market.write(|tx| requests::close_expired(tx, 100)).unwrap();
        market.advance_days(31);
        assert_eq!(
            code(&market.read(move |tx| bids::for_award(tx, &client, bid))),
            "request-not-awardable"
        );
        assert_eq!(market.write(|tx| requests::close_expired(tx, 100)).unwrap(), 1);
        let found = market.read(move |tx| Ok(bids::load(tx, bid)?)).unwrap().unwrap();
        assert_eq!(found.state, BidState::Declined);
    });
}
