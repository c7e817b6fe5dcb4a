//! What both sides have to agree on: one proposes, with shares and a reason, the other agrees or refuses. A proposal
//! falls away when what it is about changes. It is not a negotiation: another idea is another proposal.

mod answer;
mod propose;
mod sql;

use std::collections::BTreeMap;

use engine::{Plan, Shares};
use kernel::{AccountId, Id, Timestamp};
use store::{Fault, Tx};

pub use answer::{Answer, answer, withdraw};
pub use propose::{Propose, propose};

kernel::refusals! {
    /// Why a proposal or its answer is refused. No money has moved in any of these.
    pub enum ProposalRefusal {
        /// No such proposal, or not yours.
        NotFound => ("proposal-not-found", NotFound),
        /// It was answered, withdrawn, or the order has moved on.
        NotOpen => ("proposal-not-open", Conflict),
        /// One does not answer one's own proposal.
        Own => ("proposal-own", Forbidden),
        /// Only the one who proposed takes it back.
        NotOwn => ("proposal-not-own", Forbidden),
        /// The same thing is proposed already.
        AlreadyOpen => ("proposal-already-open", Conflict),
        /// One side alone can do this, or nobody can.
        NotForBoth => ("proposal-not-for-both", Conflict),
    }
}

/// A proposal as it stands in its row.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Its id.
    pub id: Id,
    /// The order.
    pub order: Id,
    /// The part; none for a step of the whole order.
    pub part: Option<usize>,
    /// The step it proposes.
    pub transition: String,
    /// The side that proposed: `client` or `provider`.
    pub by: String,
    /// Who proposed.
    pub proposer: AccountId,
    /// How pots would be divided.
    pub shares: BTreeMap<usize, Shares>,
    /// Why.
    pub reason: String,
    /// `open`, `agreed`, `refused`, `withdrawn` or `expired`.
    pub state: String,
    /// What the other side said.
    pub answer: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// Every proposal of an order, oldest first.
pub(crate) fn of_order(tx: &mut Tx, order: Id) -> Result<Vec<Proposal>, Fault> {
    sql::of_order(tx, order)
}

/// A step was taken: proposals about a part that changed, or about the whole order, are no longer what was meant.
pub(crate) fn expire(tx: &mut Tx, order: Id, part: Option<usize>, plan: &Plan) -> Result<(), Fault> {
    for one in sql::open_of_order(tx, order)? {
        let touched =
            part.is_none() || plan.completed || one.1.is_none_or(|about| plan.changes.iter().any(|c| c.part == about));
        if touched {
            sql::end(tx, one.0, "expired", "", None)?;
        }
    }
    Ok(())
}
