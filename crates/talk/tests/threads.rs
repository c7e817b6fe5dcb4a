//! Threads: who may talk, what counts as read, and how fast one may write, on the real store.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops here")]

use kernel::{Actor, Id, MINUTE};
use store::Fail;
use talk::threads::{self, SendMessage};
use testkit::{Market, code, on_both};

fn account(actor: &Actor) -> Id {
    actor.account().expect("a person")
}

fn say(market: &Market, actor: &Actor, thread: Id, body: &str) -> Result<Id, Fail> {
    let (actor, cmd) = (
        *actor,
        SendMessage {
            thread,
            body: body.to_owned(),
            files: Vec::new(),
        },
    );
    market.write(move |tx| threads::send(tx, &actor, &cmd))
}

fn unread(market: &Market, actor: &Actor) -> i64 {
    let account = account(actor);
    market.read(move |tx| Ok(threads::unread(tx, account)?)).unwrap()
}

fn order_thread(market: &Market, actor: &Actor, order: Id) -> Result<Id, Fail> {
    let actor = *actor;
    market.write(move |tx| threads::open_for(tx, &actor, "order", order, None))
}

#[test]
fn a_bid_and_an_order_each_open_one_thread() {
    on_both(|market| {
        let (client, provider) = (market.client("张三"), market.provider("李雷"));
        let request = market.open_request(&client, "品牌标志设计");
        let bid = market.bid(&provider, request, &[100_000]);
        market.pump();
        let of_bid = market
            .read(move |tx| threads::for_subject(tx, &client, "request", request, None))
            .unwrap()
            .unwrap();
        assert_eq!(
            (of_bid.title.as_str(), of_bid.other_name.as_str()),
            ("品牌标志设计", "李雷")
        );
        let contract = market.award(&client, bid);
        let order = market.agree(&provider, contract);
        market.pump();
        let of_order = market
            .read(move |tx| threads::for_subject(tx, &provider, "order", order, None))
            .unwrap()
            .unwrap();
        assert_ne!(of_bid.id, of_order.id);
        assert_eq!(
            order_thread(market, &client, order).unwrap(),
            of_order.id,
            "opening again finds it"
        );
        let list = market.read(move |tx| threads::list(tx, &provider, None)).unwrap();
        assert_eq!(list.lines.len(), 2);
        assert!(list.next.is_none() && list.lines.iter().all(|l| l.excerpt.is_none()));
    });
}

#[test]
fn others_find_nothing() {
    on_both(|market| {
        let (client, provider, other) = (market.client("张三"), market.provider("李雷"), market.client("王五"));
        let order = market.running_order(&client, &provider, &[100_000]);
        let thread = order_thread(market, &client, order).unwrap();
        let message = say(market, &client, thread, "你好").unwrap();
        assert_eq!(code(&order_thread(market, &other, order)), "thread-not-found");
        assert_eq!(code(&say(market, &other, thread, "我也来")), "thread-not-found");
        assert_eq!(
            code(&market.read(move |tx| threads::page(tx, &other, thread, None))),
            "thread-not-found"
        );
        assert_eq!(
            code(&market.write(move |tx| threads::mark_read(tx, &other, thread, message))),
            "thread-not-found"
        );
        assert_eq!(code(&say(market, &Actor::Visitor, thread, "你好")), "thread-log-in");
        for (actor, sees) in [
            (client, true),
            (provider, true),
            (other, false),
            (Actor::Visitor, false),
            (market.operator(), true),
        ] {
            assert_eq!(
                market
                    .read(move |tx| Ok(threads::may_see_message(tx, &actor, message)?))
                    .unwrap(),
                sees
            );
        }
        // Who has not bid has nothing to talk about with the client.
        let request = market.open_request(&client, "名片设计");
        let opened = market.write(move |tx| threads::open_for(tx, &other, "request", request, None));
        assert_eq!(code(&opened), "thread-not-found");
        let o = account(&other);
        let opened = market.write(move |tx| threads::open_for(tx, &client, "request", request, Some(o)));
        assert_eq!(code(&opened), "thread-not-found");
    });
}

#[test]
fn reading_moves_forward_only_and_counts_what_is_left() {
    on_both(|market| {
        let (client, provider) = (market.client("张三"), market.provider("李雷"));
        let order = market.running_order(&client, &provider, &[100_000]);
        let thread = order_thread(market, &client, order).unwrap();
        let said: Vec<Id> = ["一", "二", "三"]
            .iter()
            .map(|text| say(market, &client, thread, text).unwrap())
            .collect();
        assert_eq!((unread(market, &client), unread(market, &provider)), (0, 3));
        let read = |message: Id| {
            market
                .write(move |tx| threads::mark_read(tx, &provider, thread, message))
                .unwrap()
        };
        read(said[1]);
        assert_eq!(unread(market, &provider), 1);
        read(said[0]);
        assert_eq!(unread(market, &provider), 1, "reading back changes nothing");
        let page = market
            .read(move |tx| threads::page(tx, &provider, thread, None))
            .unwrap();
        assert_eq!(
            page.messages
                .iter()
                .map(|m| (m.body.as_str(), m.is_first_new))
                .collect::<Vec<_>>(),
            [("一", false), ("二", false), ("三", true)]
        );
        // Who answers has read.
        say(market, &provider, thread, "收到").unwrap();
        assert_eq!((unread(market, &client), unread(market, &provider)), (1, 0));
        let page = market.read(move |tx| threads::page(tx, &client, thread, None)).unwrap();
        assert!(page.other_read_to >= said[2]);
    });
}

#[test]
fn long_threads_come_in_pages() {
    on_both(|market| {
        market.set("inspect_requests", "false");
        let (client, provider) = (market.client("张三"), market.provider("李雷"));
        let order = market.running_order(&client, &provider, &[100_000]);
        let thread = order_thread(market, &client, order).unwrap();
        for n in 0..60 {
            market.advance(3 * MINUTE / 60);
            if n % 20 == 0 {
                market.advance(MINUTE);
            }
            say(
                market,
                if n % 2 == 0 { &client } else { &provider },
                thread,
                &format!("第 {n} 条"),
            )
            .unwrap();
        }
        let newest = market.read(move |tx| threads::page(tx, &client, thread, None)).unwrap();
        assert_eq!(
            (newest.messages.len(), newest.messages[49].body.as_str()),
            (50, "第 59 条")
        );
        let before = newest.older.unwrap();
        let older = market
            .read(move |tx| threads::page(tx, &client, thread, Some(before)))
            .unwrap();
        assert_eq!(
            (older.messages.len(), older.messages[9].body.as_str(), older.older),
            (10, "第 9 条", None)
        );
    });
}

#[test]
fn nobody_floods_a_thread() {
    on_both(|market| {
        let (client, provider) = (market.client("张三"), market.provider("李雷"));
        let order = market.running_order(&client, &provider, &[100_000]);
        let thread = order_thread(market, &client, order).unwrap();
        for _ in 0..30 {
            say(market, &client, thread, "在吗").unwrap();
        }
        assert_eq!(code(&say(market, &client, thread, "在吗")), "message-too-fast");
        say(market, &provider, thread, "在的").unwrap();
        market.advance(MINUTE + 1);
        say(market, &client, thread, "好").unwrap();
    });
}

#[test]
fn files_hang_on_a_message_once() {
    on_both(|market| {
        let (client, provider) = (market.client("张三"), market.provider("李雷"));
        let order = market.running_order(&client, &provider, &[100_000]);
        let thread = order_thread(market, &client, order).unwrap();
        let register = |actor: Actor| {
            let new = catalog::files::check("说明.txt", "见附件".as_bytes(), 1 << 20).unwrap();
            market
                .write(move |tx| catalog::files::register(tx, &actor, &new))
                .unwrap()
        };
        let (own, foreign) = (register(client), register(provider));
        let send = |files: Vec<Id>| {
            let cmd = SendMessage {
                thread,
                body: String::new(),
                files,
            };
            market.write(move |tx| threads::send(tx, &client, &cmd))
        };
        assert_eq!(code(&send(vec![])), "message-empty");
        assert_eq!(code(&send(vec![foreign])), "file-unknown");
        send(vec![own]).unwrap();
        assert_eq!(code(&send(vec![own])), "file-unknown");
        let page = market
            .read(move |tx| threads::page(tx, &provider, thread, None))
            .unwrap();
        assert_eq!(
            (page.messages.len(), page.messages[0].files[0].name.as_str()),
            (1, "说明.txt")
        );
        let line = &market.read(move |tx| threads::list(tx, &provider, None)).unwrap().lines[0];
        assert_eq!((line.excerpt.as_deref(), line.unread), (Some(""), 1));
    });
}
