//! Notices and mail along a whole trade, on the real store.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops here")]

use kernel::{Actor, Id, Locale, MINUTE};
use talk::notifications::{self, NoticeView};
use talk::threads::{self, SendMessage};
use testkit::{Market, code, on_both};

fn account(actor: &Actor) -> Id {
    actor.account().expect("a person")
}

fn notices(market: &Market, actor: &Actor, locale: Locale) -> Vec<NoticeView> {
    let actor = *actor;
    market
        .read(move |tx| notifications::list(tx, &actor, locale, "Asia/Shanghai", None))
        .unwrap()
        .notices
}

fn kinds(market: &Market, actor: &Actor) -> Vec<String> {
    notices(market, actor, Locale::ZhCn)
        .into_iter()
        .rev()
        .map(|n| n.kind)
        .collect()
}

fn mails(market: &Market, kind: &str) -> Vec<site::outgoing::SentView> {
    let all = market.read(|tx| Ok(site::outgoing::list(tx, None, 200)?)).unwrap();
    all.into_iter().filter(|mail| mail.message.kind == kind).collect()
}

#[test]
fn a_trade_is_told_to_both_sides_in_their_languages() {
    on_both(|market| {
        let (client, provider) = (market.client("张三"), market.person("Lee", Locale::En, None));
        let order = market.running_order(&client, &provider, &[100_000]);
        market.pump();
        market.fund(&client, order, 0);
        market.step(&provider, order, Some(0), "deliver").unwrap();
        market.pump();
        market.step(&client, order, Some(0), "accept").unwrap();
        market.pump();
        let of_client = kinds(market, &client);
        for kind in [
            "request-published",
            "bid-placed",
            "contract-agreed",
            "order-fund",
            "order-deliver",
        ] {
            assert!(of_client.iter().any(|k| k == kind), "{kind} in {of_client:?}");
        }
        let of_provider = kinds(market, &provider);
        for kind in ["contract-offered", "order-fund", "order-accept", "order-completed"] {
            assert!(of_provider.iter().any(|k| k == kind), "{kind} in {of_provider:?}");
        }
        assert!(
            !of_provider.iter().any(|k| k == "order-deliver"),
            "nobody is told what they did themselves"
        );

        let said = notices(market, &client, Locale::ZhCn)
            .into_iter()
            .find(|n| n.kind == "order-deliver")
            .unwrap();
        assert_eq!(
            (said.text.as_str(), said.link),
            ("Lee 交付了《品牌标志设计》第 1 阶段", format!("/orders/{order}"))
        );
        let mail = &mails(market, "notice.order-fund");
        let to_lee = mail.iter().find(|m| m.message.locale == Locale::En).unwrap();
        assert_eq!(to_lee.message.subject, "Milestone 1 of “品牌标志设计” is in escrow");
        assert!(
            to_lee.message.body.contains("Hello Lee,") && to_lee.message.body.contains(&format!("/orders/{order}"))
        );
    });
}

#[test]
fn following_twice_tells_once() {
    on_both(|market| {
        let (client, provider) = (market.client("张三"), market.provider("李雷"));
        market.running_order(&client, &provider, &[100_000]);
        market.pump();
        let (before, mailed) = (
            kinds(market, &client).len(),
            mails(market, "notice.contract-agreed").len(),
        );
        market
            .write(|tx| {
                tx.set_cursor(notifications::FOLLOWER, 0)?;
                notifications::run(tx, 1000, "http://market.example")?;
                Ok(())
            })
            .unwrap();
        market.pump();
        assert_eq!(
            (
                kinds(market, &client).len(),
                mails(market, "notice.contract-agreed").len()
            ),
            (before, mailed)
        );
        assert_eq!(mailed, 1);
    });
}

#[test]
fn reading_notices_belongs_to_their_reader() {
    on_both(|market| {
        let (client, provider) = (market.client("张三"), market.provider("李雷"));
        market.running_order(&client, &provider, &[100_000]);
        market.pump();
        let (c, all) = (account(&client), notices(market, &client, Locale::ZhCn));
        let unread = || market.read(move |tx| Ok(notifications::unread(tx, c)?)).unwrap();
        assert!(unread() >= 2 && all.iter().all(|n| !n.is_read));
        let one = all[0].id;
        assert_eq!(
            code(&market.write(move |tx| notifications::mark_read(tx, &provider, one))),
            "thread-not-found"
        );
        let link = market
            .write(move |tx| notifications::mark_read(tx, &client, one))
            .unwrap();
        assert_eq!(link, all[0].link);
        market
            .write(move |tx| notifications::mark_all_read(tx, &provider, one))
            .unwrap();
        assert!(unread() > 0, "others' reading changes nothing");
        market
            .write(move |tx| notifications::mark_all_read(tx, &client, one))
            .unwrap();
        assert_eq!(unread(), 0);
    });
}

#[test]
fn a_message_is_mailed_only_when_nobody_reads_it_and_once() {
    on_both(|market| {
        let (client, provider) = (market.client("张三"), market.provider("李雷"));
        let order = market.running_order(&client, &provider, &[100_000]);
        market.pump();
        let thread = market
            .write(move |tx| threads::open_for(tx, &client, "order", order, None))
            .unwrap();
        let say = |text: &str| {
            let cmd = SendMessage {
                thread,
                body: text.to_owned(),
                files: Vec::new(),
            };
            market.write(move |tx| threads::send(tx, &client, &cmd)).unwrap();
            market.pump();
        };
        let wait = || {
            market.advance(11 * MINUTE);
            market.pump();
        };
        let mailed = || mails(market, "notice.message-sent").len();

        say("在吗");
        say("看到请回");
        let told = kinds(market, &provider).iter().filter(|k| *k == "message-sent").count();
        assert_eq!((told, mailed()), (1, 0), "one notice for a thread, no mail yet");
        wait();
        assert_eq!(mailed(), 1);
        assert_eq!(
            mails(market, "notice.message-sent")[0].message.subject,
            "张三 的 2 条消息还没有读：《品牌标志设计》"
        );
        say("还在等");
        wait();
        assert_eq!(mailed(), 1, "no second mail before the reader comes back");

        let page = market
            .read(move |tx| threads::page(tx, &provider, thread, None))
            .unwrap();
        let newest = page.newest().unwrap();
        market
            .write(move |tx| threads::mark_read(tx, &provider, thread, newest))
            .unwrap();
        say("谢谢");
        wait();
        assert_eq!(mailed(), 2);
        // Read in time: no mail.
        let newest = market
            .read(move |tx| threads::page(tx, &provider, thread, None))
            .unwrap()
            .newest()
            .unwrap();
        market
            .write(move |tx| threads::mark_read(tx, &provider, thread, newest))
            .unwrap();
        say("最后一句");
        let newest = market
            .read(move |tx| threads::page(tx, &provider, thread, None))
            .unwrap()
            .newest()
            .unwrap();
        market
            .write(move |tx| threads::mark_read(tx, &provider, thread, newest))
            .unwrap();
        wait();
        assert_eq!(mailed(), 2);
    });
}
