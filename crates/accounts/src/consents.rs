//! Consent: who agreed to which version of which legal text, and when. Only ever added to. The texts themselves are
//! the site's.

mod sql;

use kernel::{AccountId, Actor, Locale, Timestamp};
use store::{Fail, Fault, Tx};

use crate::people::PersonRefusal;
use crate::sessions;

kernel::refusals! {
    /// Why a consent is not taken.
    pub enum ConsentRefusal {
        /// The box was not ticked.
        Missing => ("consent-missing", Invalid, "consent"),
        /// A newer version was published after the page was shown.
        Stale => ("consent-stale", Conflict, "consent"),
    }
}

/// One consent as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Which text: `terms`, `privacy`, `trading-rules`.
    pub kind: String,
    /// Its version.
    pub version: String,
    /// The language it was shown in.
    pub locale: Locale,
    /// When it was given.
    pub at: Timestamp,
}

/// The texts now in force, as a fingerprint that a form carries: what was shown is what is agreed to.
pub fn in_force(tx: &mut Tx) -> Result<String, Fail> {
    Ok(versions(tx)?
        .iter()
        .map(|(kind, version)| format!("{kind}:{version}"))
        .collect::<Vec<_>>()
        .join(","))
}

/// The kinds of text the account has yet to agree to.
pub fn due(tx: &mut Tx, account: AccountId) -> Result<Vec<String>, Fail> {
    let given = sql::of(tx, account)?;
    let has = |kind: &str, version: &str| given.iter().any(|c| c.kind == kind && c.version == version);
    Ok(versions(tx)?
        .into_iter()
        .filter(|(kind, version)| !has(kind, version))
        .map(|(kind, _)| kind)
        .collect())
}

/// Every consent the actor gave, the newest first.
pub fn list(tx: &mut Tx, actor: &Actor) -> Result<Vec<Consent>, Fail> {
    Ok(sql::of(tx, actor.account().ok_or(PersonRefusal::LogIn)?)?)
}

/// The actor agrees to the texts in force; `seen` is the fingerprint of those that were shown.
pub fn agree(tx: &mut Tx, actor: &Actor, locale: Locale, ticked: bool, seen: &str) -> Result<(), Fail> {
    let account = actor.account().ok_or(PersonRefusal::LogIn)?;
    check(tx, ticked, seen)?;
    give(tx, account, locale)?;
    Ok(sessions::consent_given(tx, account)?)
}

/// Refuses unless the box was ticked under the texts now in force.
pub(crate) fn check(tx: &mut Tx, ticked: bool, seen: &str) -> Result<(), Fail> {
    if !ticked {
        return Err(ConsentRefusal::Missing.into());
    }
    if in_force(tx)? != seen {
        return Err(ConsentRefusal::Stale.into());
    }
    Ok(())
}

/// Writes down consent to everything in force.
pub(crate) fn give(tx: &mut Tx, account: AccountId, locale: Locale) -> Result<(), Fail> {
    for (kind, version) in versions(tx)? {
        sql::insert(tx, account, &kind, &version, locale)?;
    }
    Ok(())
}

fn versions(tx: &mut Tx) -> Result<Vec<(String, String)>, Fault> {
    let now = site::legal::versions_of_now(tx)?;
    Ok(now
        .into_iter()
        .map(|(kind, version)| (kind.to_string(), version.to_string()))
        .collect())
}
