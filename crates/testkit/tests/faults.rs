//! A fault at every statement of the use cases that move money: nothing of them stays, and the next try goes through.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use std::collections::BTreeMap;

use kernel::{Actor, Id};
use orders::contracts::{Agree, Award};
use orders::orders::Fire;
use store::{Fail, Tx};
use testkit::Market;

/// No use case has more statements than this.
const MOST: u64 = 400;

/// Rows of every table, and what stands in the ledger: what must not change when something goes wrong.
fn picture(market: &Market) -> BTreeMap<String, i64> {
    let tables = match market.store().engine() {
        store::EngineKind::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        store::EngineKind::Postgres => {
            "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public'"
        }
    };
    let count = move |tx: &mut Tx| -> Result<BTreeMap<String, i64>, Fail> {
        let mut rows = BTreeMap::new();
        for table in tx.query(tables, &[], |row| row.get::<String>(0))? {
            let many = tx.query_one(&format!("SELECT COUNT(*) FROM {table}"), &[], |row| row.get(0))?;
            rows.insert(table, many);
        }
        let sums = "SELECT account_key, amount_minor FROM ledger_balances";
        rows.extend(tx.query(sums, &[], |row| Ok((row.get::<String>(0)?, row.get::<i64>(1)?)))?);
        let versions = "SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM orders";
        rows.insert("versions".to_owned(), tx.query_one(versions, &[], |row| row.get(0))?);
        Ok(rows)
    };
    market.read(count).unwrap()
}

/// Lets the use case fail at its first statement, its second, and so on, until it goes through.
fn at_every_statement<T, F>(market: &Market, name: &str, run: F) -> T
where
    T: Send + 'static,
    F: Fn(&mut Tx) -> Result<T, Fail> + Clone + Send + 'static,
{
    let before = picture(market);
    for statement in 1..MOST {
        market.store().inject_fault_at(statement);
        match market.write(run.clone()) {
            Ok(done) => {
                assert!(statement > 5, "{name} has only {statement} statements");
                return done;
            }
            Err(Fail::Fault(_)) => assert_eq!(picture(market), before, "{name}, statement {statement}"),
            Err(Fail::Refused(refusal)) => panic!("{name}, statement {statement}: refused {}", refusal.code),
        }
    }
    panic!("{name} never goes through");
}

fn step(market: &Market, actor: Actor, order: Id, transition: &'static str) {
    let seen_version = market.order(&actor, order).version;
    at_every_statement(market, transition, move |tx| {
        let (note, reason) = ("好".to_owned(), "理由".to_owned());
        let fire = Fire {
            transition: transition.into(),
            part: Some(0),
            seen_version,
            note,
            reason,
            ..Fire::default()
        };
        orders::orders::fire(tx, &actor, order, &fire)
    });
}

#[test]
fn a_trade_with_a_fault_at_every_statement_ends_like_any_other() {
    testkit::on_both(|market| {
        let (client, provider) = (market.client("张三"), market.provider("李四"));
        let request = market.open_request(&client, "品牌标志设计");
        let bid = market.bid(&provider, request, &[100_000]);
        let contract = at_every_statement(market, "award", move |tx| {
            let fingerprint = orders::contracts::preview(tx, &client, bid)?.fingerprint;
            orders::contracts::award(tx, &client, &Award { bid, fingerprint })
        });
        let order = at_every_statement(market, "agree", move |tx| {
            let page = orders::contracts::find_for(tx, &provider, contract)?.unwrap();
            orders::contracts::agree(
                tx,
                &provider,
                &Agree {
                    contract,
                    fingerprint: page.contract.fingerprint,
                },
            )
        });
        let payin = market.begin_payin(&client, order, 0).unwrap();
        market.run_jobs();
        let notice = market.pay_at_gateway(payin).unwrap();
        at_every_statement(market, "settle", move |tx| payments::notices::settle(tx, &notice));
        step(market, provider, order, "deliver");
        step(market, client, order, "accept");
        assert_eq!(market.wallet(provider.account().unwrap()), 90_000);
        at_every_statement(market, "seal", |tx| ledger::seal(tx, 100));
        market.pump();
        assert_eq!(market.held_at_gateway(), 100_000);
    });
}

#[test]
fn a_refund_with_a_fault_at_every_statement_leaves_once() {
    testkit::on_both(|market| {
        let (client, provider) = (market.client("张三"), market.provider("李四"));
        let order = market.running_order(&client, &provider, &[100_000]);
        market.fund(&client, order, 0);
        step(market, provider, order, "give_back");
        market.pump();
        assert_eq!(market.held_at_gateway(), 0);
        assert_eq!(market.balance(ledger::Account::RefundDue(client.account().unwrap())), 0);
    });
}
