//! What happens when nobody does anything: acceptance, reminders, refunds and lapses, to the minute.

use kernel::{DAY, HOUR, MINUTE};
use ledger::Account;
use testkit::{code, on_both};

use crate::{id, state};

#[test]
fn silence_after_delivery_accepts_to_the_minute() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let order = market.running_order(&client, &provider, &[100_000]);
        market.fund(&client, order, 0);
        market.step(&provider, order, Some(0), "deliver").expect("delivered");
        let announced = market.order(&client, order).table.parts[0]
            .silent_end
            .expect("silence ends it");
        market.advance(7 * DAY - MINUTE);
        market.pump();
        assert_eq!(state(market, &client, order, 0), "delivered");
        market.advance(3 * HOUR);
        let late = market.step(&client, order, Some(0), "ask_revision");
        assert_eq!(code(&late), "engine-too-late", "what was announced happens");
        market.pump();
        let page = market.order(&client, order);
        assert_eq!(page.parts[0].state.name, "released");
        assert_eq!(
            (page.moves.last().map(|m| m.at), page.ended_at),
            (Some(announced), Some(announced))
        );
        assert_eq!(market.wallet(id(&provider)), 90_000);
        market.pump();
        assert_eq!(market.order(&client, order).moves.len(), 3, "once");
    });
}

#[test]
fn reminders_go_out_before_a_clock_fires() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let order = market.running_order(&client, &provider, &[100_000]);
        market.fund(&client, order, 0);
        market.step(&provider, order, Some(0), "deliver").expect("delivered");
        let reminders = || {
            market
                .event_kinds()
                .iter()
                .filter(|kind| *kind == "order.reminder")
                .count()
        };
        market.pump();
        assert_eq!(reminders(), 0);
        market.advance(3 * DAY + 13 * HOUR);
        market.pump();
        assert_eq!(reminders(), 1, "half way");
        market.advance(3 * DAY);
        market.pump();
        assert_eq!(reminders(), 2, "a day before");
        market.pump();
        assert_eq!(reminders(), 2);
    });
}

#[test]
fn what_is_never_delivered_is_refunded() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let order = market.running_order(&client, &provider, &[100_000]);
        market.fund(&client, order, 0);
        assert_eq!(market.held_at_gateway(), 100_000);
        market.advance_days(5 + 14);
        market.pump();
        assert_eq!(state(market, &client, order, 0), "refunded");
        assert_eq!(market.order(&client, order).state.name, "cancelled");
        assert_eq!(
            (
                market.wallet(id(&provider)),
                market.balance(Account::RefundDue(id(&client)))
            ),
            (0, 0)
        );
        assert_eq!(market.held_at_gateway(), 0, "it went back the way it came");
    });
}

#[test]
fn an_unfunded_order_lapses_and_costs_nobody_anything() {
    on_both(|market| {
        let (client, provider) = (market.client("需求方"), market.provider("服务方"));
        let order = market.running_order(&client, &provider, &[100_000, 50_000]);
        market.advance_days(7);
        market.pump();
        assert_eq!(state(market, &client, order, 0), "void");
        market.advance_days(7);
        market.pump();
        assert_eq!(market.order(&provider, order).state.name, "cancelled");
        assert_eq!(market.wallet(id(&provider)), 0);
    });
}
