//! Orders from contract to ending, on both engines: what each step does to the money, and what is refused.

mod contracts;
mod endings;
mod silence;
mod steps;

use std::collections::BTreeMap;

use engine::Shares;
use kernel::{Actor, Id};
use ledger::Account;
use orders::orders::{self as order, Fire};
use orders::proposals::{self, Answer, Propose};
use testkit::Market;

fn id(actor: &Actor) -> Id {
    actor.account().expect("a person")
}

fn state(market: &Market, actor: &Actor, order: Id, part: usize) -> String {
    market.order(actor, order).parts[part].state.name.clone()
}

fn escrow(market: &Market, order: Id, part: i64) -> i64 {
    market.balance(Account::Escrow { order, part })
}

fn fire(market: &Market, actor: &Actor, order: Id, cmd: Fire) -> Result<order::Fired, store::Fail> {
    let actor = *actor;
    market.write(move |tx| order::fire(tx, &actor, order, &cmd))
}

/// A step on the version that is current, with nothing but its name.
fn bare(market: &Market, actor: &Actor, order: Id, transition: &str) -> Fire {
    let seen_version = market.order(actor, order).version;
    Fire {
        transition: transition.to_owned(),
        part: Some(0),
        seen_version,
        ..Fire::default()
    }
}

fn propose(
    market: &Market,
    actor: &Actor,
    order: Id,
    transition: &str,
    part: Option<usize>,
    shares: &[(usize, i64, i64)],
) -> Result<Id, store::Fail> {
    let seen_version = market.order(actor, order).version;
    let shares: BTreeMap<_, _> = shares
        .iter()
        .map(|(part, to_client_minor, to_provider_minor)| {
            (
                *part,
                Shares {
                    to_client_minor: *to_client_minor,
                    to_provider_minor: *to_provider_minor,
                },
            )
        })
        .collect();
    let (actor, cmd) = (
        *actor,
        Propose {
            transition: transition.to_owned(),
            part,
            shares,
            reason: "双方商量好了".to_owned(),
            seen_version,
        },
    );
    market.write(move |tx| proposals::propose(tx, &actor, order, &cmd))
}

fn answer(market: &Market, actor: &Actor, proposal: Id, agree: bool) -> Result<(), store::Fail> {
    let (actor, cmd) = (
        *actor,
        Answer {
            proposal,
            agree,
            note: String::new(),
        },
    );
    market.write(move |tx| proposals::answer(tx, &actor, &cmd))
}
