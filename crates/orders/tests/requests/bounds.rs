//! Who finds a request, what the list and the guidance show, and how much one person may keep.

use catalog::files::NewFile;
use kernel::{Actor, Id, Money};
use orders::bids::{self, Sort};
use orders::requests::{self, Browse, Content, Withdraw};
use testkit::{code, on_both};

use crate::{own, save, submit};

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
