//! Money in and out through a gateway that misbehaves: what is believed, what is only written down, and where every
//! fen is afterwards. On both engines.

use kernel::{Actor, HOUR, Id, SECOND};
use ledger::Account;
use payments::notices::{self, Notice, Outcome, Verdict};
use payments::payins::{self, PayinState};
use payments::refunds::{self, Prepared, RefundJob};
use payments::statement;
use testkit::{GATEWAY, Market, code, on_both};

fn id(actor: &Actor) -> Id {
    actor.account().expect("a person")
}

fn pair(market: &Market) -> (Actor, Actor) {
    (market.client("需求方"), market.provider("服务方"))
}

fn escrow(market: &Market, order: Id) -> i64 {
    market.balance(Account::Escrow { order, part: 0 })
}

fn stands(market: &Market, actor: &Actor, payin: Id) -> PayinState {
    let actor = *actor;
    market
        .read(move |tx| payins::find_for(tx, &actor, payin))
        .expect("read")
        .expect("own payin")
        .payin
        .state
}

fn begun(market: &Market, client: &Actor, order: Id) -> Id {
    let payin = market.begin_payin(client, order, 0).expect("begun");
    market.run_jobs();
    payin
}

#[test]
fn a_part_has_one_live_payment_and_only_its_payer_sees_it() {
    on_both(|market| {
        let (client, provider) = pair(market);
        let order = market.running_order(&client, &provider, &[100_000]);
        let payin = market.begin_payin(&client, order, 0).expect("begun");
        assert_eq!(market.begin_payin(&client, order, 0).expect("the same one"), payin);
        assert_eq!(code(&market.begin_payin(&provider, order, 0)), "order-not-payer");
        assert_eq!(code(&market.begin_payin(&client, order, 5)), "order-not-payable");
        let seen = market
            .read(move |tx| Ok(payins::find_for(tx, &provider, payin)?.is_some()))
            .expect("read");
        assert!(!seen);
    });
}

#[test]
fn notices_that_do_not_fit_change_nothing_and_are_written_down() {
    on_both(|market| {
        let (client, provider) = pair(market);
        let order = market.running_order(&client, &provider, &[100_000]);
        let payin = begun(market, &client, order);
        let good = market.pay_at_gateway(payin).expect("paid");
        let twist = |event: &str, change: fn(&mut Notice)| {
            let mut notice = Notice {
                event: event.to_owned(),
                ..good.clone()
            };
            change(&mut notice);
            notice
        };
        for (notice, verdict) in [
            (twist("a", |n| n.amount_minor += 1), Verdict::OtherAmount),
            (twist("b", |n| n.amount_minor = -100_000), Verdict::OtherAmount),
            (twist("c", |n| n.currency = "USD".to_owned()), Verdict::OtherCurrency),
            (
                twist("d", |n| n.order = "0000000000007".to_owned()),
                Verdict::OtherOrder,
            ),
            (twist("e", |n| n.payin = "0000000000007".to_owned()), Verdict::Unknown),
            (
                twist("f", |n| n.payin = "'; DROP TABLE payins".to_owned()),
                Verdict::Unknown,
            ),
            (twist("g", |n| n.gateway = "elsewhere".to_owned()), Verdict::Unknown),
        ] {
            assert_eq!(market.tell(notice), verdict);
            assert_eq!(
                (escrow(market, order), stands(market, &client, payin)),
                (0, PayinState::Waiting)
            );
        }
        market
            .write(|tx| notices::forged(tx, GATEWAY, "the signature is wrong"))
            .expect("written down");
        assert_eq!(market.tell(good.clone()), Verdict::Taken);
        assert_eq!(market.tell(good.clone()), Verdict::Repeated, "the same event again");
        assert_eq!(
            market.tell(twist("h", |_| {})),
            Verdict::Repeated,
            "another event about the same money"
        );
        assert_eq!(
            market.tell(twist("i", |n| n.outcome = Outcome::Failed)),
            Verdict::Ignored,
            "an older failure that came late"
        );
        assert_eq!(escrow(market, order), 100_000);
        let log = market.read(|tx| notices::list(tx, None, 50)).expect("read");
        assert_eq!(log.len(), 12);
        assert_eq!(log.iter().filter(|row| row.verdict == "taken").count(), 1);
    });
}

#[test]
fn a_failed_payment_may_be_tried_again() {
    on_both(|market| {
        let (client, provider) = pair(market);
        let order = market.running_order(&client, &provider, &[100_000]);
        let payin = begun(market, &client, order);
        let failed = market.fail_at_gateway(payin).expect("failed");
        assert_eq!(market.tell(failed), Verdict::Taken);
        assert_eq!(stands(market, &client, payin), PayinState::Failed);
        market.fund(&client, order, 0);
        assert_eq!(escrow(market, order), 100_000);
    });
}

#[test]
fn two_paid_pages_for_one_part_hold_once_and_return_once() {
    on_both(|market| {
        let (client, provider) = pair(market);
        let order = market.running_order(&client, &provider, &[100_000]);
        let first = begun(market, &client, order);
        // The first page fails as far as we know, a second one is paid; then the gateway corrects itself.
        market.write(move |tx| payins::closed(tx, first)).expect("closed");
        market.fund(&client, order, 0);
        let paid = market.pay_at_gateway(first).expect("paid after all");
        assert_eq!(market.tell(paid), Verdict::Late);
        assert_eq!(
            (escrow(market, order), market.balance(Account::RefundDue(id(&client)))),
            (100_000, 100_000)
        );
        market.pump();
        assert_eq!(stands(market, &client, first), PayinState::Returned);
        assert_eq!(
            (
                market.held_at_gateway(),
                market.balance(Account::RefundDue(id(&client)))
            ),
            (100_000, 0)
        );
    });
}

#[test]
fn money_for_an_order_that_has_ended_goes_back() {
    on_both(|market| {
        let (client, provider) = pair(market);
        let order = market.running_order(&client, &provider, &[100_000]);
        let payin = begun(market, &client, order);
        market.step(&provider, order, Some(0), "decline").expect("declined");
        let paid = market.pay_at_gateway(payin).expect("paid");
        assert_eq!(market.tell(paid), Verdict::Late);
        market.pump();
        assert_eq!(
            (
                market.held_at_gateway(),
                market.wallet(id(&client)),
                escrow(market, order)
            ),
            (0, 0, 0)
        );
    });
}

#[test]
fn without_a_notice_we_ask_and_close_what_was_never_paid() {
    on_both(|market| {
        let (client, provider) = pair(market);
        let order = market.running_order(&client, &provider, &[100_000]);
        let payin = begun(market, &client, order);
        market.advance(31 * SECOND);
        market.pump();
        assert_eq!(stands(market, &client, payin), PayinState::Waiting);
        for _ in 0..6 {
            market.advance(HOUR);
            market.pump();
        }
        assert_eq!(stands(market, &client, payin), PayinState::Expired);
        let payin = begun(market, &client, order);
        let _lost = market.pay_at_gateway(payin);
        market.advance(31 * SECOND);
        market.pump();
        assert_eq!(
            (stands(market, &client, payin), escrow(market, order)),
            (PayinState::Paid, 100_000)
        );
    });
}

#[test]
fn a_refund_that_the_gateway_refuses_for_good_lands_in_the_wallet_once() {
    on_both(|market| {
        let (client, provider) = pair(market);
        let order = market.running_order(&client, &provider, &[100_000]);
        market.fund(&client, order, 0);
        market.step(&provider, order, Some(0), "give_back").expect("given back");
        assert_eq!(market.balance(Account::RefundDue(id(&client))), 100_000);
        let jobs = market.write(|tx| Ok(tx.claim_jobs("test", 50)?)).expect("claimed");
        let job = jobs
            .iter()
            .find(|job| job.kind == "refund.send")
            .expect("a refund is to be sent");
        let job: RefundJob = serde_json::from_value(job.payload.clone()).expect("its payload");
        let refund = job.refund;
        let again = job.clone();
        for job in [job, again] {
            let prepared = market.write(move |tx| refunds::prepare(tx, &job)).expect("prepared");
            assert!(matches!(prepared, Prepared::Send(send) if send.amount.minor() == 100_000));
        }
        for _ in 0..2 {
            market
                .write(move |tx| refunds::failed_for_good(tx, refund, "account closed"))
                .expect("written down");
        }
        market
            .write(move |tx| refunds::done(tx, refund, "too late"))
            .expect("nothing happens");
        assert_eq!(
            (
                market.wallet(id(&client)),
                market.balance(Account::RefundDue(id(&client)))
            ),
            (100_000, 0)
        );
    });
}

#[test]
fn a_restart_between_the_steps_loses_and_repeats_nothing() {
    on_both(|market| {
        let (client, provider) = pair(market);
        let order = market.running_order(&client, &provider, &[100_000]);
        let payin = market.begin_payin(&client, order, 0).expect("begun");
        market.restart();
        market.run_jobs();
        let paid = market.pay_at_gateway(payin).expect("paid");
        assert_eq!(market.tell(paid.clone()), Verdict::Taken);
        market.restart();
        assert_eq!(market.tell(paid), Verdict::Repeated);
        market.step(&provider, order, Some(0), "give_back").expect("given back");
        market.restart();
        market.pump();
        market.pump();
        assert_eq!(
            (
                market.held_at_gateway(),
                market.balance(Account::RefundDue(id(&client)))
            ),
            (0, 0)
        );
    });
}

#[test]
fn the_statement_shows_every_posting_and_what_is_held() {
    on_both(|market| {
        let (client, provider) = pair(market);
        let order = market.running_order(&client, &provider, &[100_000, 50_000]);
        market.fund(&client, order, 0);
        let held = market
            .read(move |tx| statement::page(tx, &provider, None, 50))
            .expect("read");
        assert_eq!((held.lines.len(), held.holdings[0].as_provider.minor()), (0, 100_000));
        market.step(&provider, order, Some(0), "deliver").expect("delivered");
        market.step(&client, order, Some(0), "accept").expect("accepted");
        market.fund(&client, order, 1);
        market.step(&provider, order, Some(1), "deliver").expect("delivered");
        market.step(&client, order, Some(1), "accept").expect("accepted");
        let first = market
            .read(move |tx| statement::page(tx, &provider, None, 1))
            .expect("read");
        let line = &first.lines[0];
        assert_eq!(
            (line.amount.minor(), line.balance.map(|m| m.minor())),
            (45_000, Some(135_000))
        );
        assert_eq!((line.order, line.kind.as_str()), (Some(order), "order_release"));
        let (next, actor) = (first.next, provider);
        let second = market
            .read(move |tx| statement::page(tx, &actor, next, 1))
            .expect("read");
        assert_eq!((second.lines[0].amount.minor(), second.next), (90_000, None));
    });
}
