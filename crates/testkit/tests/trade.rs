//! The whole trade at the level of use cases, on both engines: from the request to the last posting.

use kernel::Id;
use ledger::Account;

/// Notices, mails and threads follow what happens; here only the money is looked at.
#[test]
fn two_strangers_trade_to_the_end() {
    testkit::on_both(|market| {
        let (client, provider) = (market.client("张三"), market.provider("李四"));
        let order = market.running_order(&client, &provider, &[100_000, 200_001]);
        for part in 0..2 {
            market.fund(&client, order, part);
            market.step(&provider, order, Some(part), "deliver").unwrap();
            market.step(&client, order, Some(part), "ask_revision").unwrap();
            market.step(&provider, order, Some(part), "deliver").unwrap();
            market.step(&client, order, Some(part), "accept").unwrap();
        }
        let page = market.order(&client, order);
        assert!(page.state.ending && page.ended_at.is_some());
        // Ten in a hundred of each milestone, rounded down: 100.00 and 200.00 (of 200.001).
        assert_eq!(market.wallet(provider.account().unwrap()), 300_001 - 30_000);
        assert_eq!(market.balance(Account::Revenue), 30_000);
        market.pump();
        assert_eq!(
            market.balance(Account::clearing(testkit::GATEWAY)),
            -market.held_at_gateway()
        );
    });
}

#[test]
fn silence_accepts_what_was_delivered_and_refunds_what_was_not() {
    testkit::on_both(|market| {
        let (client, provider) = (market.client("张三"), market.provider("李四"));
        let order = market.running_order(&client, &provider, &[50_000, 70_000]);
        market.fund(&client, order, 0);
        market.step(&provider, order, Some(0), "deliver").unwrap();
        market.advance_days(8);
        market.pump();
        assert_eq!(market.wallet(provider.account().unwrap()), 45_000);
        market.fund(&client, order, 1);
        assert_eq!(market.balance(escrow(order, 1)), 70_000);
        // Five days of work, fourteen of grace.
        market.advance_days(20);
        market.pump();
        assert_eq!(market.balance(escrow(order, 1)), 0);
        assert_eq!(market.held_at_gateway(), 50_000, "the refund has left the gateway");
        assert!(market.order(&client, order).ended_at.is_some());
    });
}

fn escrow(order: Id, part: i64) -> Account {
    Account::Escrow { order, part }
}

#[test]
fn notices_that_lie_change_nothing() {
    use payments::notices::Verdict;
    testkit::on_both(|market| {
        let (client, provider) = (market.client("张三"), market.provider("李四"));
        let order = market.running_order(&client, &provider, &[50_000]);
        let payin = market.begin_payin(&client, order, 0).unwrap();
        market.run_jobs();
        let honest = market.pay_at_gateway(payin).unwrap();
        let lie = |change: &dyn Fn(&mut payments::notices::Notice)| {
            let mut notice = honest.clone();
            notice.event = "lie".into();
            change(&mut notice);
            market.tell(notice)
        };
        assert_eq!(lie(&|n| n.amount_minor += 1), Verdict::OtherAmount);
        assert_eq!(lie(&|n| n.currency = "USD".into()), Verdict::OtherCurrency);
        assert_eq!(lie(&|n| n.order = payin.short()), Verdict::OtherOrder);
        assert_eq!(lie(&|n| n.payin = order.short()), Verdict::Unknown);
        assert_eq!(lie(&|n| n.payin = "x".into()), Verdict::Unknown);
        assert_eq!(lie(&|n| n.gateway = "other".into()), Verdict::Unknown);
        assert_eq!(market.balance(escrow(order, 0)), 0);
        assert_eq!(market.tell(honest.clone()), Verdict::Taken);
        assert_eq!(market.tell(honest.clone()), Verdict::Repeated);
        assert_eq!(lie(&|_| ()), Verdict::Repeated, "the same payment under another event");
        assert_eq!(market.balance(escrow(order, 0)), 50_000);
    });
}

#[test]
fn money_that_comes_too_late_goes_back() {
    use payments::notices::Verdict;
    testkit::on_both(|market| {
        let (client, provider) = (market.client("张三"), market.provider("李四"));
        let order = market.running_order(&client, &provider, &[50_000]);
        let payin = market.begin_payin(&client, order, 0).unwrap();
        market.run_jobs();
        let notice = market.pay_at_gateway(payin).unwrap();
        market.advance_days(8);
        // The clock ran out before the notice came: the milestone has lapsed.
        assert_eq!(market.tell(notice), Verdict::Late);
        market.pump();
        assert_eq!(market.held_at_gateway(), 0);
        assert_eq!(market.balance(Account::RefundDue(client.account().unwrap())), 0);
        assert_eq!(market.balance(escrow(order, 0)), 0);
    });
}

#[test]
fn a_notice_that_never_comes_is_asked_for() {
    testkit::on_both(|market| {
        let (client, provider) = (market.client("张三"), market.provider("李四"));
        let order = market.running_order(&client, &provider, &[50_000]);
        let payin = market.begin_payin(&client, order, 0).unwrap();
        market.run_jobs();
        let _lost = market.pay_at_gateway(payin).unwrap();
        market.advance(3 * kernel::MINUTE);
        market.pump();
        assert_eq!(market.balance(escrow(order, 0)), 50_000);
    });
}

#[test]
fn strangers_and_stale_pages_are_refused() {
    testkit::on_both(|market| {
        let (client, provider, stranger) = (market.client("张三"), market.provider("李四"), market.client("王五"));
        let order = market.running_order(&client, &provider, &[50_000]);
        let fire = orders::orders::Fire {
            transition: "decline".into(),
            part: Some(0),
            seen_version: 1,
            ..Default::default()
        };
        let theirs = fire.clone();
        let outcome = market.write(move |tx| orders::orders::fire(tx, &stranger, order, &theirs));
        assert_eq!(testkit::code(&outcome), "order-not-found");
        assert!(
            market
                .read(move |tx| orders::orders::find_for(tx, &stranger, order))
                .unwrap()
                .is_none()
        );
        market.fund(&client, order, 0);
        let outcome = market.write(move |tx| orders::orders::fire(tx, &client, order, &fire));
        assert_eq!(testkit::code(&outcome), "order-changed");
        assert!(market.step(&client, order, Some(0), "deliver").is_err());
        assert!(market.step(&provider, order, Some(0), "accept").is_err());
        assert_eq!(market.balance(escrow(order, 0)), 50_000);
    });
}
