//! Who the two sides of an order are, and which one a reader is.

use engine::Role;
use kernel::{AccountId, Actor, Id};
use store::{Fault, Tx};

use super::sql;

/// The two people of an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Parties {
    /// Who pays.
    pub client: AccountId,
    /// Who does the work.
    pub provider: AccountId,
}

/// A side of an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// Who pays.
    Client,
    /// Who does the work.
    Provider,
}

impl Side {
    /// The side `actor` is on; none for everybody else.
    pub fn of(actor: &Actor, client: AccountId, provider: AccountId) -> Option<Self> {
        match actor.account() {
            Some(account) if account == client => Some(Self::Client),
            Some(account) if account == provider => Some(Self::Provider),
            _ => None,
        }
    }

    /// The role the engine knows the side by.
    pub const fn role(self) -> Role {
        match self {
            Self::Client => Role::Client,
            Self::Provider => Role::Provider,
        }
    }

    /// Across the table.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Client => Self::Provider,
            Self::Provider => Self::Client,
        }
    }
}

/// The two people of an order; none when there is no such order.
pub fn parties(tx: &mut Tx, order: Id) -> Result<Option<Parties>, Fault> {
    sql::parties(tx, order)
}

/// A person's name, or a dash for one who is gone.
pub(crate) fn name_of(tx: &mut Tx, account: AccountId) -> Result<String, Fault> {
    Ok(accounts::people::card(tx, account)?.map_or_else(|| "—".to_owned(), |person| person.name))
}
