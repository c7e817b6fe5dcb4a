//! Reviews, from the end of an order to the rating and its receipts, on the real store.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops here")]

use kernel::{Actor, Id};
use store::Fail;
use testkit::{Market, code, codes, on_both};
use trust::reviews::{self, Hat, ReplyToReview, WriteReview, Written};

fn account(actor: &Actor) -> Id {
    actor.account().expect("a person")
}

fn finished(market: &Market, client: &Actor, provider: &Actor, minor: i64) -> Id {
    let order = market.running_order(client, provider, &[minor]);
    market.fund(client, order, 0);
    market.step(provider, order, Some(0), "deliver").unwrap();
    market.step(client, order, Some(0), "accept").unwrap();
    market.pump();
    order
}

fn marks(codes: &[&str], mark: i64) -> Vec<(String, i64)> {
    codes.iter().map(|c| ((*c).to_owned(), mark)).collect()
}

fn of_provider(order: Id, mark: i64) -> WriteReview {
    WriteReview {
        order,
        marks: marks(&["quality", "communication", "timeliness", "value"], mark),
        body: "交付很及时，沟通顺畅，下次还会合作。".to_owned(),
        private_note: "一切正常".to_owned(),
    }
}

fn of_client(order: Id, mark: i64) -> WriteReview {
    WriteReview {
        order,
        marks: marks(&["clear_brief", "communication", "timely_acceptance"], mark),
        body: "需求写得清楚，验收也很快，谢谢。".to_owned(),
        private_note: String::new(),
    }
}

fn write(market: &Market, actor: &Actor, cmd: WriteReview) -> Result<Written, Fail> {
    let actor = *actor;
    market.write(move |tx| reviews::write(tx, &actor, &cmd))
}

#[test]
fn both_reviews_open_together_and_become_a_rating_with_receipts() {
    on_both(|market| {
        let (client, provider) = (market.client("张三"), market.provider("李雷"));
        let order = finished(market, &client, &provider, 100_000);
        let (c, p) = (account(&client), account(&provider));
        let before = market.read(move |tx| Ok(reviews::summary(tx, p)?)).unwrap();
        assert_eq!((before.shown, before.count, before.text().as_str()), (None, 0, ""));

        let first = write(market, &client, of_provider(order, 5)).unwrap();
        assert!(!first.opened);
        let hidden = market.read(move |tx| reviews::for_order(tx, &provider, order)).unwrap();
        assert!(hidden.open.is_empty() && hidden.other_is_in && hidden.refused.is_none());
        assert_eq!(
            market.read(move |tx| Ok(reviews::summary(tx, p)?.count)).unwrap(),
            0,
            "hidden reviews count nothing"
        );

        assert!(write(market, &provider, of_client(order, 4)).unwrap().opened);
        let view = market.read(move |tx| Ok(reviews::summary(tx, p)?)).unwrap();
        // (4.0 × 8 + 5.0) ÷ 9
        assert_eq!((view.shown, view.count, view.reviewers), (Some(4111), 1, 1));
        assert_eq!(view.receipts.len(), 1);
        assert_eq!(
            (view.receipts[0].review, view.receipts[0].author_name.as_str()),
            (first.review, "张三")
        );
        assert!(view.by_dimension.iter().all(|(_, mean)| *mean == Some(5000)));
        let as_client = market
            .read(move |tx| Ok(reviews::summary_as(tx, c, Hat::Client)?))
            .unwrap();
        assert_eq!((as_client.shown, as_client.text().as_str()), (Some(4000), "4.0"));
        let briefs = market.read(move |tx| Ok(reviews::summaries(tx, &[c, p])?)).unwrap();
        assert_eq!((briefs[0].count, briefs[1].count), (0, 1));

        let kinds = market.event_kinds();
        assert_eq!(kinds.iter().filter(|k| *k == "review.published").count(), 2);
    });
}

#[test]
fn a_lonely_review_opens_when_the_window_ends() {
    on_both(|market| {
        let (client, provider) = (market.client("张三"), market.provider("李雷"));
        let order = finished(market, &client, &provider, 100_000);
        let p = account(&provider);
        write(market, &client, of_provider(order, 3)).unwrap();
        market.advance_days(13);
        assert_eq!(market.write(reviews::open_due).unwrap(), 0);
        market.advance_days(1);
        assert_eq!(market.write(reviews::open_due).unwrap(), 1);
        assert_eq!(market.write(reviews::open_due).unwrap(), 0, "once");
        let open = market
            .read(move |tx| reviews::received(tx, p, Hat::Provider, None, 10))
            .unwrap();
        assert_eq!(
            (open.len(), open[0].author_name.as_str(), open[0].mark_text().as_str()),
            (1, "张三", "3.0")
        );
        assert_eq!(
            code(&write(market, &provider, of_client(order, 5))),
            "review-window-over"
        );
    });
}

#[test]
fn what_is_refused() {
    on_both(|market| {
        let (client, provider, other) = (market.client("张三"), market.provider("李雷"), market.client("王五"));
        let running = market.running_order(&client, &provider, &[100_000]);
        assert_eq!(
            code(&write(market, &client, of_provider(running, 5))),
            "review-still-running"
        );
        assert_eq!(
            code(&write(market, &other, of_provider(running, 5))),
            "review-not-found"
        );
        market.step(&client, running, Some(0), "decline").unwrap();
        assert_eq!(
            code(&write(market, &client, of_provider(running, 5))),
            "review-nothing-happened"
        );

        let order = finished(market, &client, &provider, 200_000);
        assert_eq!(
            code(&write(market, &Actor::Visitor, of_provider(order, 5))),
            "review-log-in"
        );
        // Everything that is wrong is said at once.
        let bad = WriteReview {
            order,
            marks: marks(&["quality"], 6),
            body: "好".to_owned(),
            private_note: "\u{202e}".to_owned(),
        };
        assert_eq!(
            codes(&write(market, &client, bad)),
            ["review-marks-incomplete", "review-body-short", "review-note-misfit"]
        );
        // The dimensions of the other hat do not fit.
        assert_eq!(
            code(&write(market, &client, of_client(order, 5))),
            "review-marks-incomplete"
        );
        write(market, &client, of_provider(order, 5)).unwrap();
        assert_eq!(code(&write(market, &client, of_provider(order, 1))), "review-already");
    });
}

#[test]
fn one_reply_in_time_by_the_reviewed_side() {
    on_both(|market| {
        let (client, provider) = (market.client("张三"), market.provider("李雷"));
        let order = finished(market, &client, &provider, 100_000);
        let review = write(market, &client, of_provider(order, 2)).unwrap().review;
        let reply = |actor: &Actor, text: &str| {
            let (actor, cmd) = (
                *actor,
                ReplyToReview {
                    review,
                    reply: text.to_owned(),
                },
            );
            market.write(move |tx| reviews::reply(tx, &actor, &cmd))
        };
        assert_eq!(code(&reply(&provider, "谢谢您的意见")), "review-not-open");
        write(market, &provider, of_client(order, 5)).unwrap();
        assert_eq!(code(&reply(&client, "我自己回")), "review-not-found");
        assert_eq!(code(&reply(&provider, " ")), "review-reply-misfit");
        reply(&provider, "谢谢您的意见，我们会改进。").unwrap();
        assert_eq!(code(&reply(&provider, "再说一句")), "review-reply-already");
        let p = account(&provider);
        let open = market
            .read(move |tx| reviews::received(tx, p, Hat::Provider, None, 10))
            .unwrap();
        assert_eq!(
            open[0].reply.as_ref().map(|(text, _)| text.as_str()),
            Some("谢谢您的意见，我们会改进。")
        );
        assert_eq!(open[0].reply_until, None);
    });
}

#[test]
fn a_late_reply_is_refused() {
    on_both(|market| {
        let (client, provider) = (market.client("张三"), market.provider("李雷"));
        let order = finished(market, &client, &provider, 100_000);
        let review = write(market, &client, of_provider(order, 2)).unwrap().review;
        write(market, &provider, of_client(order, 5)).unwrap();
        market.advance_days(28);
        let outcome = market.write(move |tx| {
            reviews::reply(
                tx,
                &provider,
                &ReplyToReview {
                    review,
                    reply: "太晚了".to_owned(),
                },
            )
        });
        assert_eq!(code(&outcome), "review-reply-over");
    });
}

#[test]
fn a_linked_reviewer_counts_a_quarter() {
    on_both(|market| {
        let (client, provider, operator) = (market.client("张三"), market.provider("李雷"), market.operator());
        let order = finished(market, &client, &provider, 100_000);
        write(market, &client, of_provider(order, 5)).unwrap();
        write(market, &provider, of_client(order, 5)).unwrap();
        let (c, p) = (account(&client), account(&provider));
        let refused = market.write(move |tx| trust::links::link(tx, &client, c, p, "同一设备"));
        assert_eq!(code(&refused), "link-not-staff");
        market
            .write(move |tx| trust::links::link(tx, &operator, p, c, "同一设备登录"))
            .unwrap();
        market
            .write(move |tx| trust::links::link(tx, &operator, c, p, "同一设备登录"))
            .unwrap();
        let view = market.read(move |tx| Ok(reviews::summary(tx, p)?)).unwrap();
        // (4.0 × 8 + 5.0 × 0.25) ÷ 8.25
        assert_eq!(
            (view.shown, view.reviewers, view.receipts[0].weight.linked),
            (Some(4030), 0, 250)
        );
    });
}

#[test]
fn the_packs_rules_are_kept_by_version() {
    on_both(|market| {
        let pack = site::Pack::general();
        market
            .write(move |tx| {
                trust::install(tx, &pack)?;
                trust::install(tx, &pack)
            })
            .unwrap();
        let asked = market
            .read(|tx| Ok(reviews::policy(tx)?.about(Hat::Provider).count()))
            .unwrap();
        assert_eq!(asked, 4);
        let text = site::Pack::general()
            .text("reviews.toml")
            .unwrap()
            .replace("prior = 4000", "prior = 3000");
        let changed = site::Pack::from_texts("mine", [("reviews.toml".to_owned(), text)]);
        market.write(move |tx| trust::install(tx, &changed)).unwrap();
        assert_eq!(market.read(|tx| Ok(reviews::policy(tx)?.rating.prior)).unwrap(), 3000);
    });
}
