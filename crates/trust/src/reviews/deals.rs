//! What reviews need to know of an order: who, when it ended, what it was worth. Asked of `orders`, kept in one place.

use kernel::{AccountId, Id, Money, Timestamp};
use store::{Fail, Tx};

use super::Hat;

/// An order as reviews see it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Deal {
    /// The order.
    pub order: Id,
    /// What it was called.
    pub title: String,
    /// Who paid.
    pub client: AccountId,
    /// Who worked.
    pub provider: AccountId,
    /// When it ended; nothing while it runs.
    pub ended_at: Option<Timestamp>,
    /// Whether anything was paid in or delivered before it ended.
    pub happened: bool,
    /// What it was worth.
    pub value: Money,
}

impl Deal {
    /// The hat an account wears in this order, if it is a party.
    pub fn hat_of(&self, account: AccountId) -> Option<Hat> {
        match account {
            a if a == self.client => Some(Hat::Client),
            a if a == self.provider => Some(Hat::Provider),
            _ => None,
        }
    }

    /// Who wears a hat in this order.
    pub const fn wearer(&self, hat: Hat) -> AccountId {
        match hat {
            Hat::Client => self.client,
            Hat::Provider => self.provider,
        }
    }
}

/// One order, whoever asks. What was released is its worth; when nothing was, what was paid in.
pub(super) fn find(tx: &mut Tx, order: Id) -> Result<Option<Deal>, Fail> {
    let Some((title, parties)) = orders::orders::heading(tx, order)? else {
        return Ok(None);
    };
    let Some(worth) = orders::orders::worth(tx, order)? else {
        return Ok(None);
    };
    Ok(Some(Deal {
        order,
        title,
        client: parties.client,
        provider: parties.provider,
        ended_at: worth.ended_at,
        happened: worth.paid_in.is_positive(),
        value: if worth.released.is_positive() {
            worth.released
        } else {
            worth.paid_in
        },
    }))
}
