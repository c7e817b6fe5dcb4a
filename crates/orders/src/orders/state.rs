//! An order as the engine sees it, read from its rows.

use std::sync::Arc;

use engine::{OrderState, PartState, Process, Role, Terms};
use kernel::{AccountId, Actor, Currency, Id, Money, Timestamp};
use store::{Fail, Fault, Tx};

use super::{OrderRefusal, Side, sql};
use crate::processes;

/// An order with its process and state, ready for a step.
#[derive(Clone)]
pub(crate) struct Loaded {
    pub(crate) id: Id,
    pub(crate) contract: Id,
    pub(crate) request: Id,
    pub(crate) client: AccountId,
    pub(crate) provider: AccountId,
    pub(crate) title: String,
    pub(crate) process: Arc<Process>,
    pub(crate) terms: Terms,
    pub(crate) state: OrderState,
    pub(crate) parts: Vec<PartHead>,
    pub(crate) total: Money,
    pub(crate) version: i64,
    pub(crate) started_at: Timestamp,
    pub(crate) ended_at: Option<Timestamp>,
}

/// What a part is called.
#[derive(Clone)]
pub(crate) struct PartHead {
    pub(crate) title: String,
    pub(crate) days: i64,
}

/// A row of `orders`, before its parts.
pub(super) struct Head {
    pub(super) id: Id,
    pub(super) contract: Id,
    pub(super) request: Id,
    pub(super) client: AccountId,
    pub(super) provider: AccountId,
    pub(super) title: String,
    pub(super) process_name: String,
    pub(super) process_version: i64,
    pub(super) terms: Terms,
    pub(super) state: String,
    pub(super) total: Money,
    pub(super) version: i64,
    pub(super) started_at: Timestamp,
    pub(super) ended_at: Option<Timestamp>,
}

impl Loaded {
    pub(crate) fn currency(&self) -> Currency {
        self.terms.currency
    }

    pub(crate) fn side(&self, actor: &Actor) -> Option<Side> {
        Side::of(actor, self.client, self.provider)
    }

    /// The role an actor acts in: a party in their own, the operator's staff as judge, the market as its clock.
    pub(crate) fn role(&self, actor: &Actor) -> Option<Role> {
        match (self.side(actor), actor) {
            (Some(side), _) => Some(side.role()),
            (None, Actor::System) => Some(Role::Clock),
            (None, actor) if actor.is_staff() => Some(Role::Operator),
            _ => None,
        }
    }
}

/// Loads an order whoever asks; for clocks and gateways.
pub(crate) fn load(tx: &mut Tx, id: Id) -> Result<Option<Loaded>, Fault> {
    let Some(head) = sql::head(tx, id)? else {
        return Ok(None);
    };
    let process = match processes::version(tx, &head.process_name, head.process_version) {
        Ok(process) => process,
        Err(Fail::Fault(fault)) => return Err(fault),
        Err(Fail::Refused(refusal)) => return Err(Fault::broken(refusal.code)),
    };
    let rows = sql::parts(tx, id)?;
    let (parts, states): (Vec<PartHead>, Vec<PartState>) = rows.into_iter().unzip();
    Ok(Some(Loaded {
        id: head.id,
        contract: head.contract,
        request: head.request,
        client: head.client,
        provider: head.provider,
        title: head.title,
        process,
        terms: head.terms,
        state: OrderState {
            state: head.state,
            parts: states,
        },
        parts,
        total: head.total,
        version: head.version,
        started_at: head.started_at,
        ended_at: head.ended_at,
    }))
}

/// Loads an order for its two sides and the operator; for everybody else it is not there.
pub(crate) fn load_for(tx: &mut Tx, actor: &Actor, id: Id) -> Result<(Loaded, Role), Fail> {
    let order = load(tx, id)?.ok_or(OrderRefusal::NotFound)?;
    let role = order.role(actor).ok_or(OrderRefusal::NotFound)?;
    Ok((order, role))
}

/// What an order is called and who its sides are; for threads, mails and other rooms.
pub fn heading(tx: &mut Tx, id: Id) -> Result<Option<(String, super::Parties)>, Fault> {
    sql::heading(tx, id)
}
