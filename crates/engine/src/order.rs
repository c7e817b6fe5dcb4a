//! The state of a running order, and what the engine answers about it. Plain data: the use case keeps it in rows.

use std::collections::BTreeMap;

use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Need, Role};

/// Where an order stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OrderState {
    /// The order's own state.
    pub state: String,
    /// Its parts, in the order of the terms.
    pub parts: Vec<PartState>,
}

/// Where one part stands, and what became of its money. Amounts in minor units.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PartState {
    /// The part's state.
    pub state: String,
    /// When it came into that state.
    pub entered_at: Timestamp,
    /// When its turn came; none while earlier parts go on.
    pub turn_at: Option<Timestamp>,
    /// How often each limited transition's counter was used, by term.
    pub counters: BTreeMap<String, u32>,
    /// What is in escrow of the price.
    pub pot_minor: i64,
    /// What is in escrow of the client's fee.
    pub pot_fee_minor: i64,
    /// What was held of the price so far, all in all.
    pub held_minor: i64,
    /// What was held of the client's fee so far, all in all.
    pub held_fee_minor: i64,
    /// What went back to the client, fee included.
    pub to_client_minor: i64,
    /// What went to the provider, after commission.
    pub to_provider_minor: i64,
    /// What the market kept: commission and client fee.
    pub to_platform_minor: i64,
}

/// Something an actor can do now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// The transition's name.
    pub transition: String,
    /// The part it is about; none for the whole order.
    pub part: Option<usize>,
    /// The role to fire it with: the actor's own, [`Role::Both`] when the other side must agree, or
    /// [`Role::Gateway`] when the client begins it by paying.
    pub by: Role,
    /// What must be brought.
    pub needs: Vec<Need>,
    /// What would move: one entry for each part whose money moves.
    pub moves: Vec<MoveRange>,
    /// How often it may still be used, this time included; none when it has no limit.
    pub left: Option<u32>,
}

/// What a choice would move in one part. Exact where both ends of a range are the same.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MoveRange {
    /// The part.
    pub part: usize,
    /// The kind.
    pub kind: MoveKind,
    /// Hold: what the client pays. Otherwise: what goes back to the client.
    pub client: Range,
    /// What the provider gets, after commission.
    pub provider: Range,
    /// What the market keeps.
    pub platform: Range,
    /// The price money the facts' shares must add up to; none unless shares are needed.
    pub shares_of: Option<i64>,
}

/// An amount in minor units between two ends, both included.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Range {
    /// The least.
    pub min: i64,
    /// The most.
    pub max: i64,
}

impl Range {
    /// A single amount.
    pub const fn exact(minor: i64) -> Self {
        Self { min: minor, max: minor }
    }
    /// Whether it is a single amount.
    pub const fn is_exact(&self) -> bool {
        self.min == self.max
    }
    /// Whether `minor` lies inside.
    pub const fn contains(&self, minor: i64) -> bool {
        self.min <= minor && minor <= self.max
    }
    pub(crate) const fn plus(self, other: Self) -> Self {
        Self {
            min: self.min + other.min,
            max: self.max + other.max,
        }
    }
    pub(crate) fn cover(self, other: Self) -> Self {
        Self {
            min: self.min.min(other.min),
            max: self.max.max(other.max),
        }
    }
}

/// What the use case brings along.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Facts {
    /// There is a delivery and it is not empty.
    pub delivery: bool,
    /// There are written reasons.
    pub reason: bool,
    /// How each part's pot is divided, by part.
    pub shares: BTreeMap<usize, Shares>,
}

impl Facts {
    /// Nothing.
    pub fn none() -> Self {
        Self::default()
    }
    /// With a delivery.
    #[must_use]
    pub fn with_delivery(mut self) -> Self {
        self.delivery = true;
        self
    }
    /// With written reasons.
    #[must_use]
    pub fn with_reason(mut self) -> Self {
        self.reason = true;
        self
    }
    /// With the shares of one part.
    #[must_use]
    pub fn with_shares(mut self, part: usize, shares: Shares) -> Self {
        self.shares.insert(part, shares);
        self
    }
}

/// How the price money in a pot is divided, before commission. The two must add up to the pot exactly; the client's
/// fee follows in proportion.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Shares {
    /// Back to the client.
    pub to_client_minor: i64,
    /// To the provider, commission still inside.
    pub to_provider_minor: i64,
}

/// Everything a transition changes. The use case writes it down in one transaction; nothing else changes an order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    /// The order afterwards.
    pub next: OrderState,
    /// Every part that changed its state, and by which part transition.
    pub changes: Vec<PartChange>,
    /// The money that moves. Only moves of more than nothing are listed.
    pub moves: Vec<Move>,
    /// Clocks that start now, replacing any earlier clock of their part.
    pub clocks_set: Vec<ClockSet>,
    /// Clocks of the state before that no longer run.
    pub clocks_cleared: Vec<ClockSet>,
    /// The order's state before.
    pub order_from: String,
    /// The order's state afterwards; may be the same.
    pub order_to: String,
    /// Whether the order has now ended.
    pub completed: bool,
}

/// A part's change of state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PartChange {
    /// The part.
    pub part: usize,
    /// The state before.
    pub from: String,
    /// The state afterwards.
    pub to: String,
    /// The part transition that did it.
    pub transition: String,
}

/// What a move of money is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoveKind {
    /// From the client's payment into the pot.
    Hold,
    /// Out of the pot, all of the price money to the provider's side.
    Release,
    /// Out of the pot, all of it back to the client.
    Refund,
    /// Out of the pot, divided between the two.
    Split,
}

/// One exact move of money. Hold: the client pays `client_minor` into the pot, the others are zero. Every other kind:
/// the three leave the pot.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Move {
    /// The part whose pot it is.
    pub part: usize,
    /// The kind.
    pub kind: MoveKind,
    /// From the client (hold), or back to the client.
    pub client_minor: i64,
    /// To the provider, after commission.
    pub provider_minor: i64,
    /// To the market: commission and its share of the client's fee.
    pub platform_minor: i64,
}

/// A running clock.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ClockSet {
    /// The part it runs for.
    pub part: usize,
    /// The state it runs in.
    pub state: String,
    /// The transition it fires.
    pub transition: String,
    /// When it fires.
    pub due_at: Timestamp,
    /// When to remind whoever is waited for, in order of time.
    pub remind_at: Vec<Timestamp>,
}

/// An order that has just begun.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Started {
    /// The order.
    pub state: OrderState,
    /// Its first clocks.
    pub clocks: Vec<ClockSet>,
}
