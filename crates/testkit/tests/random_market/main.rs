//! A seeded random market of two thousand steps: people who trade and make mistakes, a gateway that is late, repeats
//! itself and lies, clocks that jump, restarts. In the end everybody falls silent, and then every order must stand on a
//! row of the outcome table that was drawn when it began, and the book must balance to the last fen.
//!
//! Whatever anybody does is either done or refused: a fault of any kind fails the test. Another seed: `JIEDAN_SEED`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod asking;
mod dice;
mod ending;
mod paying;
mod walk;
mod working;

use testkit::Market;
use walk::Walk;

const STEPS: usize = 2_000;
const SEED: u64 = 20_260_105;

fn seed() -> u64 {
    std::env::var("JIEDAN_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(SEED)
}

fn run(market: &Market, seed: u64, steps: usize) {
    let mut walk = Walk::new(market, seed);
    for step in 0..steps {
        walk.step();
        if step % 200 == 199 {
            market.audit();
        }
    }
    ending::fall_silent(&mut walk);
    ending::every_order_is_on_a_row(&walk);
    ending::every_wallet_holds_what_its_orders_say(&walk);
    ending::the_gateway_holds_what_the_book_says(&walk);
    ending::events_have_no_gap(&walk);
    ending::enough_has_happened(&walk, steps);
}

#[test]
fn a_random_market_ends_balanced_on_sqlite() {
    println!("seed {}", seed());
    run(&Market::sqlite(), seed(), STEPS);
}

#[test]
fn a_random_market_ends_balanced_on_postgres() {
    if let Some(url) = testkit::server_url() {
        println!("seed {}", seed());
        run(&Market::postgres(&url), seed() + 1, STEPS);
    }
}
