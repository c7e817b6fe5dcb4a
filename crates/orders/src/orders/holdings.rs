//! What other rooms ask about money in orders: how much escrow holds for a person, and what a step was about.

use kernel::{AccountId, Actor, Id, Money};
use store::{Fault, Tx};

use super::{Side, sql};

/// What escrow holds in one currency that concerns a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holding {
    /// Paid in by them and held.
    pub as_client: Money,
    /// Held for work they do.
    pub as_provider: Money,
}

/// What a step of an order was about, for a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveHead {
    /// The order.
    pub order: Id,
    /// Its title.
    pub title: String,
    /// The part.
    pub part: Option<usize>,
    /// The part's title.
    pub part_title: Option<String>,
}

/// What running orders hold for a person, by currency.
pub fn holdings(tx: &mut Tx, account: AccountId) -> Result<Vec<Holding>, Fault> {
    let mut all: Vec<Holding> = Vec::new();
    for (as_client, money) in sql::held_of(tx, account)? {
        let at = all
            .iter()
            .position(|one| one.as_client.currency() == money.currency())
            .unwrap_or_else(|| {
                let zero = Money::zero(money.currency());
                all.push(Holding {
                    as_client: zero,
                    as_provider: zero,
                });
                all.len() - 1
            });
        if as_client {
            all[at].as_client = money;
        } else {
            all[at].as_provider = money;
        }
    }
    Ok(all)
}

/// What the order itself says lies in the pot of a part, client fee included; for comparing it with the ledger.
pub fn pot(tx: &mut Tx, order: Id, part: i64) -> Result<Option<Money>, Fault> {
    sql::pot(tx, order, part)
}

/// What a step was about.
pub fn move_head(tx: &mut Tx, id: Id) -> Result<Option<MoveHead>, Fault> {
    sql::move_head(tx, id)
}

/// Whether the actor may open the files of a delivery: the two sides of its order, and the operator.
pub fn may_see_delivery(tx: &mut Tx, actor: &Actor, delivery: Id) -> Result<bool, Fault> {
    let Some(parties) = sql::parties_of_delivery(tx, delivery)? else {
        return Ok(false);
    };
    Ok(actor.is_staff() || Side::of(actor, parties.client, parties.provider).is_some())
}
