//! People and machines that do the same thing at the same moment: it is done once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use kernel::{Actor, Currency, Id, Money};
use ledger::{Account, Line, Transfer};
use orders::contracts::{Agree, Award};
use orders::orders::Fire;
use payments::notices::Verdict;
use store::{Fail, Pending};
use testkit::Market;

const AT_ONCE: usize = 8;

/// Starts it many times at once, and waits for all. Only refusals may stop it.
fn all_at_once<T: Send + 'static>(start: impl Fn() -> Pending<T>) -> Vec<T> {
    let pending: Vec<Pending<T>> = (0..AT_ONCE).map(|_| start()).collect();
    let outcomes = pending.into_iter().map(Pending::wait);
    outcomes
        .filter_map(|outcome| match outcome {
            Ok(done) => Some(done),
            Err(Fail::Refused(_)) => None,
            Err(Fail::Fault(fault)) => panic!("{fault}"),
        })
        .collect()
}

fn people(market: &Market) -> (Actor, Actor) {
    (market.client("张三"), market.provider("李四"))
}

fn escrow(order: Id) -> Account {
    Account::Escrow { order, part: 0 }
}

fn fire(market: &Market, actor: Actor, order: Id, transition: &'static str) -> Pending<orders::orders::Fired> {
    let seen_version = market.order(&actor, order).version;
    market.store().write("fire", move |tx| {
        let fire = Fire {
            transition: transition.into(),
            part: Some(0),
            seen_version,
            note: "好".into(),
            reason: "理由".into(),
            ..Fire::default()
        };
        orders::orders::fire(tx, &actor, order, &fire)
    })
}

#[test]
fn one_notice_many_times_pays_once() {
    testkit::on_both(|market| {
        let (client, provider) = people(market);
        let order = market.running_order(&client, &provider, &[90_000]);
        let payin = market.begin_payin(&client, order, 0).unwrap();
        market.run_jobs();
        let notice = market.pay_at_gateway(payin).unwrap();
        let verdicts = all_at_once(|| {
            let notice = notice.clone();
            market
                .store()
                .write("settle", move |tx| payments::notices::settle(tx, &notice))
        });
        assert_eq!(verdicts.len(), AT_ONCE);
        assert_eq!(verdicts.iter().filter(|verdict| **verdict == Verdict::Taken).count(), 1);
        assert_eq!(market.balance(escrow(order)), 90_000);
    });
}

#[test]
fn a_payment_begun_many_times_is_one_payment() {
    testkit::on_both(|market| {
        let (client, provider) = people(market);
        let order = market.running_order(&client, &provider, &[90_000]);
        let seen_version = market.order(&client, order).version;
        let begun = all_at_once(|| {
            let begin = payments::payins::Begin {
                order,
                part: 0,
                seen_version,
                gateway: testkit::GATEWAY.into(),
            };
            market
                .store()
                .write("begin", move |tx| payments::payins::begin(tx, &client, &begin))
        });
        assert_eq!(begun.len(), AT_ONCE);
        assert!(begun.iter().all(|payin| *payin == begun[0]));
    });
}

#[test]
fn many_acceptances_release_once() {
    testkit::on_both(|market| {
        let (client, provider) = people(market);
        let order = market.running_order(&client, &provider, &[90_000]);
        market.fund(&client, order, 0);
        market.step(&provider, order, Some(0), "deliver").unwrap();
        let done = all_at_once(|| fire(market, client, order, "accept"));
        assert_eq!(done.len(), 1);
        assert_eq!(market.wallet(provider.account().unwrap()), 81_000);
    });
}

#[test]
fn acceptance_and_refund_at_once_are_one_of_the_two() {
    testkit::on_both(|market| {
        let (client, provider) = people(market);
        let order = market.running_order(&client, &provider, &[90_000]);
        market.fund(&client, order, 0);
        market.step(&provider, order, Some(0), "deliver").unwrap();
        let (accept, back) = (
            fire(market, client, order, "accept"),
            fire(market, provider, order, "give_back"),
        );
        let went = [accept.wait().is_ok(), back.wait().is_ok()];
        assert_eq!(went.iter().filter(|went| **went).count(), 1);
        market.pump();
        let (paid, kept) = (market.wallet(provider.account().unwrap()), market.held_at_gateway());
        assert!(
            (paid, kept) == (81_000, 90_000) || (paid, kept) == (0, 0),
            "{paid} {kept}"
        );
    });
}

#[test]
fn a_clock_run_by_many_workers_fires_once() {
    testkit::on_both(|market| {
        let (client, provider) = people(market);
        let order = market.running_order(&client, &provider, &[90_000]);
        market.fund(&client, order, 0);
        market.step(&provider, order, Some(0), "deliver").unwrap();
        market.advance_days(8);
        let fired = all_at_once(|| market.store().write("clocks", |tx| orders::clocks::run_due(tx, 50)));
        assert_eq!(fired.iter().sum::<u64>(), 1);
        assert_eq!(market.wallet(provider.account().unwrap()), 81_000);
    });
}

#[test]
fn a_contract_is_offered_and_agreed_once() {
    testkit::on_both(|market| {
        let (client, provider) = people(market);
        let request = market.open_request(&client, "品牌标志设计");
        let bid = market.bid(&provider, request, &[50_000]);
        let contracts = all_at_once(|| {
            market.store().write("award", move |tx| {
                let fingerprint = orders::contracts::preview(tx, &client, bid)?.fingerprint;
                orders::contracts::award(tx, &client, &Award { bid, fingerprint })
            })
        });
        assert_eq!(contracts.len(), 1);
        let contract = contracts[0];
        let orders = all_at_once(|| {
            market.store().write("agree", move |tx| {
                let page = orders::contracts::find_for(tx, &provider, contract)?.unwrap();
                orders::contracts::agree(
                    tx,
                    &provider,
                    &Agree {
                        contract,
                        fingerprint: page.contract.fingerprint,
                    },
                )
            })
        });
        assert_eq!(orders.len(), 1);
    });
}

#[test]
fn two_bids_are_not_both_hired() {
    testkit::on_both(|market| {
        let (client, one, other) = (market.client("张三"), market.provider("李四"), market.provider("王五"));
        let request = market.open_request(&client, "品牌标志设计");
        let bids = [
            market.bid(&one, request, &[50_000]),
            market.bid(&other, request, &[40_000]),
        ];
        let store = market.store();
        let pending = bids.map(|bid| {
            store.write("award", move |tx| {
                let fingerprint = orders::contracts::preview(tx, &client, bid)?.fingerprint;
                orders::contracts::award(tx, &client, &Award { bid, fingerprint })
            })
        });
        assert_eq!(pending.into_iter().map(Pending::wait).filter(Result::is_ok).count(), 1);
    });
}

#[test]
fn a_refund_sent_by_two_workers_leaves_once() {
    testkit::on_both(|market| {
        let (client, provider) = people(market);
        let order = market.running_order(&client, &provider, &[90_000]);
        market.fund(&client, order, 0);
        market.step(&provider, order, Some(0), "give_back").unwrap();
        let job = market
            .write(|tx| Ok(tx.claim_jobs("first", 50)?))
            .unwrap()
            .into_iter()
            .find(|job| job.kind == "refund.send")
            .unwrap();
        let refund: payments::refunds::RefundJob = serde_json::from_value(job.payload).unwrap();
        all_at_once(|| {
            let refund = refund.clone();
            market.store().write("refund", move |tx| {
                payments::refunds::prepare(tx, &refund)?;
                payments::refunds::done(tx, refund.refund, "gw")
            })
        });
        assert_eq!(market.balance(Account::RefundDue(client.account().unwrap())), 0);
        assert_eq!(market.balance(Account::clearing(testkit::GATEWAY)), 0);
    });
}

/// The platform's own accounts are in nearly every transfer. Were they locked or read, transfers would wait for each
/// other, or lose and run again.
#[test]
fn transfers_do_not_meet_on_the_accounts_of_the_platform() {
    let Some(url) = testkit::server_url() else { return };
    let market = Market::postgres(&url);
    let options = store::Options {
        node: 9,
        writers: 16,
        ..store::Options::default()
    };
    let store = store::Store::open(&market.location(), options).expect("a second store opens on the same data");
    let runs = Arc::new(AtomicUsize::new(0));
    let post = |wallet: i64| {
        let runs = Arc::clone(&runs);
        store.write("post", move |tx| {
            runs.fetch_add(1, Ordering::SeqCst);
            ledger::post(tx, payment(wallet))
        })
    };
    // The accounts of the platform are opened once.
    post(1).wait().expect("the first transfer");
    runs.store(0, Ordering::SeqCst);
    let pending: Vec<Pending<Id>> = (0..400).map(|n| post(2 + n)).collect();
    for one in pending {
        one.wait().expect("every transfer goes through");
    }
    let again = runs.load(Ordering::SeqCst) - 400;
    assert!(again <= 20, "{again} of 400 transfers had to run again");
    assert_eq!(market.balance(Account::Revenue), 401);
}

fn payment(wallet: i64) -> Transfer {
    let line = |account: Account, minor: i64| Line::new(account, Money::new(minor, Currency::CNY));
    let lines = vec![
        line(Account::clearing("sandbox"), -10),
        line(Account::Wallet(Id::from_raw(wallet)), 9),
        line(Account::Revenue, 1),
    ];
    let (reference, memo) = (Id::from_raw(wallet), String::new());
    Transfer {
        kind: "test",
        reference_kind: "test",
        reference,
        lines,
        memo,
    }
}

#[test]
fn sealing_goes_on_while_transfers_come_in() {
    testkit::on_both(|market| {
        let store = market.store();
        let post = |n: i64| store.write("post", move |tx| ledger::post(tx, payment(1 + n % 50)));
        let posts: Vec<Pending<Id>> = (0..300).map(post).collect();
        let sealer = store.clone();
        // One worker seals, as in the program, again and again until everything has its place.
        let sealing = std::thread::spawn(move || {
            let mut sealed = 0;
            while sealed < 300 {
                sealed += sealer
                    .write("seal", |tx| ledger::seal(tx, 25))
                    .wait()
                    .expect("the sealer gets through");
            }
        });
        for one in posts {
            one.wait().expect("every transfer goes through");
        }
        sealing.join().expect("the sealer ends");
        market.audit();
        assert_eq!(market.balance(Account::Revenue), 300);
    });
}
