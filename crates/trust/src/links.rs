//! Who is linked to whom: two log-ins that are one person, one household or one company. A link is found by staff today
//! and by risk rules later; it discounts reviews, it forbids nothing.

mod sql;

use kernel::{AccountId, Actor, clean_line};
use serde_json::json;
use store::{Fail, Fault, Tx};

kernel::refusals! {
    /// Why a link is not written down.
    pub enum LinkRefusal {
        /// Only staff may.
        NotStaff => ("link-not-staff", NotFound),
        /// The two are one, or one of them is not here.
        NotTwo => ("link-not-two", Invalid),
        /// No reason was given.
        NoReason => ("link-no-reason", Invalid, "reason"),
    }
}

/// Whether the two are linked.
pub fn linked(tx: &mut Tx, one: AccountId, other: AccountId) -> Result<bool, Fault> {
    sql::linked(tx, one.min(other), one.max(other))
}

/// Writes a link down, with the reason it rests on. The same link again changes nothing.
pub fn link(tx: &mut Tx, actor: &Actor, one: AccountId, other: AccountId, reason: &str) -> Result<(), Fail> {
    if !actor.is_staff() && *actor != Actor::System {
        return Err(LinkRefusal::NotStaff.into());
    }
    if one == other {
        return Err(LinkRefusal::NotTwo.into());
    }
    let reason = clean_line(reason, 2, 300).map_err(|_| LinkRefusal::NoReason)?;
    let (low, high) = (one.min(other), one.max(other));
    if sql::add(tx, low, high, &reason)? {
        site::audit::record(
            tx,
            actor,
            "account.link",
            "account",
            low,
            json!(null),
            json!({ "linked": high }),
            &reason,
        )?;
    }
    Ok(())
}
