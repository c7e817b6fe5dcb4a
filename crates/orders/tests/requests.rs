//! Asking and bidding at the level of use cases, on both engines.

use catalog::files::NewFile;
use kernel::{Actor, DAY, Id, Money};
use orders::bids::{self, BidState, EditBid, PlaceBid, Sort, WithdrawBid};
use orders::inspections::{self, Decide, Verdict};
use orders::requests::{self, Browse, Content, RequestState, Save, Withdraw};
use store::Fail;
use testkit::{Market, code, codes, on_both};

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
        assert!(
            market
                .read(|tx| Ok(requests::browse(
                    tx,
                    &Browse {
                        limit: 10,
                        ..Browse::default()
                    }
                )?))
                .unwrap()
                .rows
                .is_empty()
        );
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
        let found = market
            .read(|tx| {
                Ok(requests::browse(
                    tx,
                    &Browse {
                        words: "面包".into(),
                        limit: 10,
                        ..Browse::default()
                    },
                )?)
            })
            .unwrap();
        assert_eq!(found.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [id]);
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
fn other_peoples_requests_are_not_found() {
    on_both(|market| {
        let (client, stranger) = (market.client("张三"), market.client("王五"));
        let content = market.request_content("给面包店设计标志");
        let draft = save(market, &client, None, 0, &content).unwrap();
        assert_eq!(
            code(&save(market, &stranger, Some(draft.id), 1, &content)),
            "request-not-found"
        );
        assert_eq!(
            code(&submit(market, &stranger, Some(draft.id), 1, &content)),
            "request-not-found"
        );
        assert_eq!(
            code(&save(market, &Actor::Visitor, None, 0, &content)),
            "request-log-in"
        );
        for who in [stranger, market.staff(), Actor::Visitor] {
            assert!(
                market
                    .read(move |tx| Ok(requests::page(tx, &who, draft.id)?))
                    .unwrap()
                    .is_none()
            );
        }
        let open = market.open_request(&client, "给面包店设计标志");
        let withdraw = Withdraw {
            request: open,
            seen_version: 1,
        };
        assert_eq!(
            code(&market.write(move |tx| requests::withdraw(tx, &stranger, &withdraw))),
            "request-not-found"
        );
        assert_eq!(
            code(&market.read(move |tx| bids::compare(tx, &stranger, open, Sort::Price))),
            "request-not-found"
        );
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

#[test]
fn guidance_is_silent_until_there_are_enough_deals() {
    on_both(|market| {
        let (client, provider) = (market.client("张三"), market.provider("李四"));
        market.set("guidance_min_deals", "3");
        let category = market.request_content("随便").category.expect("it has one");
        for (deals, price) in [(1, 100_000), (2, 200_000), (3, 300_000)] {
            let order = market.running_order(&client, &provider, &[price]);
            market.fund(&client, order, 0);
            let said = market.read(move |tx| requests::guidance(tx, category)).unwrap();
            assert_eq!(said.deals, deals - 1, "what still runs says nothing yet");
            market.step(&provider, order, Some(0), "deliver").unwrap();
            market.step(&client, order, Some(0), "accept").unwrap();
            let said = market.read(move |tx| requests::guidance(tx, category)).unwrap();
            assert_eq!((said.deals, said.needed), (deals, 3));
            let quartiles = said.quartiles.map(|q| q.map(|money| money.minor()));
            assert_eq!(quartiles, (deals == 3).then_some([100_000, 200_000, 300_000]));
        }
    });
}

#[test]
fn drafts_and_files_have_limits() {
    on_both(|market| {
        let (client, stranger) = (market.client("张三"), market.client("王五"));
        for _ in 0..10 {
            save(market, &client, None, 0, &Content::default()).unwrap();
        }
        assert_eq!(
            code(&save(market, &client, None, 0, &Content::default())),
            "request-drafts-full"
        );
        let new = NewFile {
            name: "a.png".into(),
            media_type: "image/png",
            size_bytes: 9,
            sha256: "ab".repeat(32),
        };
        let files: Vec<Id> = (0..11)
            .map(|_| {
                let new = new.clone();
                market
                    .write(move |tx| catalog::files::register(tx, &stranger, &new))
                    .unwrap()
            })
            .collect();
        let with = |files: &[Id]| Content {
            files: files.to_vec(),
            ..Content::default()
        };
        assert_eq!(code(&save(market, &stranger, None, 0, &with(&files))), "file-too-many");
        let draft = save(market, &stranger, None, 0, &with(&files[..2])).unwrap();
        assert_eq!(own(market, &stranger, draft.id).content.files, files[..2]);
        assert_eq!(
            code(&save(market, &stranger, None, 0, &with(&files[..1]))),
            "file-unknown",
            "a file is attached once"
        );
        save(market, &stranger, Some(draft.id), 1, &with(&files[1..3])).unwrap();
        assert_eq!(own(market, &stranger, draft.id).content.files, files[1..3]);
        let stolen = with(&files[5..6]);
        let mine = market.client("赵六");
        assert_eq!(
            code(&save(market, &mine, None, 0, &stolen)),
            "file-unknown",
            "other people's files"
        );
    });
}

#[test]
fn the_list_pages_by_key_and_filters() {
    on_both(|market| {
        let client = market.client("张三");
        let all: Vec<Id> = (0..5)
            .map(|n| {
                market.advance(1_000_000);
                market.open_request(&client, &format!("给第 {n} 家面包店设计 Logo"))
            })
            .collect();
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let query = Browse {
                words: "LOGO".into(),
                after,
                limit: 2,
                ..Browse::default()
            };
            let found = market.read(move |tx| Ok(requests::browse(tx, &query)?)).unwrap();
            seen.extend(found.rows.iter().map(|row| row.id));
            after = found.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, all.iter().rev().copied().collect::<Vec<_>>());
        let none = Browse {
            words: "100%_".into(),
            limit: 9,
            ..Browse::default()
        };
        assert!(
            market
                .read(move |tx| Ok(requests::browse(tx, &none)?))
                .unwrap()
                .rows
                .is_empty()
        );
        let rich = Browse {
            budget_from: Some(Money::new(90_000_000, kernel::Currency::CNY)),
            limit: 9,
            ..Browse::default()
        };
        assert!(
            market
                .read(move |tx| Ok(requests::browse(tx, &rich)?))
                .unwrap()
                .rows
                .is_empty()
        );
    });
}
