//! Everybody falls silent: the clocks bring every order to an end. Then everything is added up.

use std::collections::BTreeMap;

use engine::{Amounts, OutcomeTable};
use kernel::{Currency, Id};
use ledger::Account;
use orders::orders::{OrderPage, PartView};

use crate::walk::Walk;

/// Longer than any order can take when nobody acts: each of its milestones has a few clocks of some weeks.
const ROUNDS: usize = 120;

pub fn fall_silent(walk: &mut Walk) {
    for _ in 0..ROUNDS {
        walk.market.advance_days(5);
        walk.market.pump();
        if pages(walk).iter().all(|page| page.ended_at.is_some()) {
            walk.market.advance_days(5);
            return walk.market.pump();
        }
    }
    panic!("an order does not end by itself");
}

fn pages(walk: &Walk) -> Vec<OrderPage> {
    walk.orders
        .iter()
        .map(|order| walk.market.order(&order.client, order.id))
        .collect()
}

pub fn every_order_is_on_a_row(walk: &Walk) {
    for page in pages(walk) {
        let table = &walk.tables[&page.id];
        assert!(page.state.ending, "{} stands in {}", page.id, page.state.name);
        for part in &page.parts {
            assert_eq!(
                part.purse.held.minor(),
                0,
                "money is left in the pot of {} part {}",
                page.id,
                part.part
            );
            assert!(
                on_a_row(table, part),
                "{} part {} ended off its table: {:?}",
                page.id,
                part.part,
                part.purse
            );
            let escrow = Account::Escrow {
                order: page.id,
                part: i64::try_from(part.part).unwrap(),
            };
            assert_eq!(walk.market.balance(escrow), 0);
        }
        let purse = &page.purse;
        assert!(fits(
            &table.total,
            purse.client.minor(),
            purse.provider.minor(),
            purse.platform.minor()
        ));
    }
}

fn on_a_row(table: &OutcomeTable, part: &PartView) -> bool {
    let rows = &table.parts[part.part].rows;
    let purse = &part.purse;
    let (client, provider, platform) = (purse.client.minor(), purse.provider.minor(), purse.platform.minor());
    rows.iter()
        .any(|row| row.ending == part.state.name && fits(&row.amounts, client, provider, platform))
}

fn fits(amounts: &Amounts, client: i64, provider: i64, platform: i64) -> bool {
    amounts.client_back.contains(client)
        && amounts.provider.contains(provider)
        && amounts.platform.contains(platform)
        && amounts.paid_in.contains(client + provider + platform)
}

pub fn every_wallet_holds_what_its_orders_say(walk: &Walk) {
    let mut earned: BTreeMap<Id, i64> = BTreeMap::new();
    let mut commission = 0;
    for page in pages(walk) {
        *earned.entry(page.provider.0).or_default() += page.purse.provider.minor();
        commission += page.purse.platform.minor();
    }
    for person in &walk.people {
        let id = person.account().unwrap();
        assert_eq!(
            walk.market.wallet(id),
            earned.get(&id).copied().unwrap_or(0),
            "the wallet of {id}"
        );
        assert_eq!(
            walk.market.balance(Account::RefundDue(id)),
            0,
            "a refund of {id} has not left"
        );
    }
    assert_eq!(walk.market.balance(Account::Revenue), commission);
}

pub fn the_gateway_holds_what_the_book_says(walk: &Walk) {
    let book = walk.market.balance(Account::clearing(testkit::GATEWAY));
    assert_eq!(walk.market.held_at_gateway(), -book);
    let other = walk
        .market
        .read(|tx| Ok(ledger::balance(tx, &Account::Revenue, Currency::USD)?))
        .unwrap();
    assert_eq!(other.minor(), 0);
}

pub fn events_have_no_gap(walk: &Walk) {
    let mut last = 0;
    loop {
        let events = walk.market.read(move |tx| Ok(tx.events_after(last, 1000)?)).unwrap();
        let Some(newest) = events.last().map(|event| event.seq) else {
            return;
        };
        let expected: Vec<i64> = (last + 1..).take(events.len()).collect();
        assert_eq!(events.iter().map(|event| event.seq).collect::<Vec<_>>(), expected);
        last = newest;
    }
}

/// A walk in which nothing happens proves nothing.
pub fn enough_has_happened(walk: &Walk, steps: usize) {
    println!("{:#?}", walk.counts);
    let at_least = |name: &str, per_thousand: usize| {
        let count = walk.counts.get(name).copied().unwrap_or(0);
        assert!(
            count * 1000 >= per_thousand * steps,
            "only {count} × {name} in {steps} steps"
        );
    };
    at_least("agree", 6);
    at_least("begin payment", 10);
    at_least("notice taken", 5);
    at_least("notice repeated", 3);
    at_least("step deliver", 5);
    at_least("step accept", 3);
    at_least("restart", 1);
    let refused = walk.counts.keys().filter(|name| name.starts_with("refused ")).count();
    assert!(refused >= 10, "only {refused} kinds of refusals");
    let endings: std::collections::BTreeSet<String> = pages(walk)
        .iter()
        .flat_map(|page| page.parts.iter().map(|part| part.state.name.clone()))
        .collect();
    assert!(endings.len() >= 3, "milestones ended in no more than {endings:?}");
}
