//! What people change about their own account: name, language and zone, password, address and number. Each change of
//! how one is reached or proven is told to who was reached before.

use kernel::{Actor, Id, Locale, Refusal, Refuse as _};
use store::{Fail, Tx};

use crate::codes::{self, FreshCode, Purpose, Slot};
use crate::destinations::Destination;
use crate::letters::{self, Letter};
use crate::passwords::PasswordRefusal;
use crate::people::{self, Contact, PersonRefusal};
use crate::tries::{self, Limit};
use crate::verdict::granted;
use crate::{Verdict, names, sessions};

kernel::refusals! {
    /// Why a setting is not changed.
    pub enum SettingsRefusal {
        /// No such zone of time.
        UnknownZone => ("settings-unknown-zone", Invalid, "zone"),
        /// It is theirs already.
        SameContact => ("settings-same-contact", Conflict, "to"),
    }
}

/// A person's own account, for their own pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnAccount {
    /// Name, language, zone, and how they are reached.
    pub contact: Contact,
    /// Whether there is a password to log in with.
    pub has_password: bool,
}

/// The actor's own account.
pub fn own(tx: &mut Tx, actor: &Actor) -> Result<OwnAccount, Fail> {
    let account = people::own(tx, actor)?;
    Ok(OwnAccount {
        contact: account.contact,
        has_password: account.password_hash.is_some(),
    })
}

/// Changes the name people see.
pub fn rename(tx: &mut Tx, actor: &Actor, typed: &str) -> Result<(), Fail> {
    let name = names::clean(typed)?;
    let account = people::own(tx, actor)?;
    people::set_name(tx, account.id, &name)?;
    Ok(())
}

/// Changes the language letters are written in, and the zone times are shown in.
pub fn set_language(tx: &mut Tx, actor: &Actor, locale: Locale, zone: &str) -> Result<(), Fail> {
    if zone.len() > 64 || jiff::tz::TimeZone::get(zone).is_err() {
        return Err(SettingsRefusal::UnknownZone.into());
    }
    let account = people::own(tx, actor)?;
    people::set_language(tx, account.id, locale, zone)?;
    Ok(())
}

/// First half of a change that needs the present password: counts the try and answers what is kept, if anything.
pub fn begin_confirmation(tx: &mut Tx, actor: &Actor) -> Result<Verdict<Option<String>>, Fail> {
    let account = people::own(tx, actor)?;
    if let Some(refusal) = tries::count(tx, Limit::Changes, &account.id.short())? {
        return Ok(Verdict::Denied(refusal));
    }
    Ok(Verdict::Granted(account.password_hash))
}

/// The refusal of a wrong present password.
pub fn wrong_current() -> Refusal {
    PasswordRefusal::WrongCurrent.refusal()
}

/// Sets a new password where `confirmed` is the kept hash the present one was just compared with. Every other session
/// than `kept_session` ends.
pub fn change_password(
    tx: &mut Tx,
    actor: &Actor,
    confirmed: &str,
    password_hash: &str,
    kept_session: Id,
) -> Result<(), Fail> {
    let account = people::own(tx, actor)?;
    if account.password_hash.as_deref() != Some(confirmed) {
        return Err(PasswordRefusal::WrongCurrent.into());
    }
    people::set_password(tx, account.id, password_hash)?;
    sessions::end_all(tx, account.id, Some(kept_session))?;
    if let Some(to) = account.contact.best() {
        letters::send(
            tx,
            &to,
            account.contact.locale,
            Letter::PasswordChanged,
            &[("name", account.contact.name)],
        )?;
    }
    Ok(())
}

/// Sends a code to the new address or number. One that has another account is answered the same; its owner is told.
pub fn ask_contact(tx: &mut Tx, actor: &Actor, to: &Destination, fresh: &FreshCode) -> Result<Verdict<()>, Fail> {
    let account = people::own(tx, actor)?;
    if account.contact.of(to.channel) == Some(&to.value) {
        return Err(SettingsRefusal::SameContact.into());
    }
    if let Some(refusal) = tries::count(tx, Limit::Changes, &account.id.short())? {
        return Ok(Verdict::Denied(refusal));
    }
    let slot = Slot {
        to: to.clone(),
        purpose: Purpose::Change,
        account: Some(account.id),
    };
    let minutes = granted!(codes::issue(tx, &slot, fresh)?);
    let (letter, reader) = match people::by_destination(tx, to)? {
        Some(other) => (Letter::ChangeTaken, other.contact),
        None => (Letter::ChangeCode, account.contact),
    };
    let args = [
        ("code", fresh.digits().to_owned()),
        ("minutes", minutes.to_string()),
        ("name", reader.name),
    ];
    letters::send(tx, to, reader.locale, letter, &args)?;
    Ok(Verdict::Granted(()))
}

/// Takes the code and makes the destination theirs; the one before is told.
pub fn change_contact(tx: &mut Tx, actor: &Actor, to: &Destination, code: &str) -> Result<Verdict<()>, Fail> {
    let account = people::own(tx, actor)?;
    let slot = Slot {
        to: to.clone(),
        purpose: Purpose::Change,
        account: Some(account.id),
    };
    granted!(codes::redeem(tx, &slot, code)?);
    if !people::set_destination(tx, account.id, to)? {
        return Err(PersonRefusal::Taken.into());
    }
    let contact = account.contact;
    let before = contact.of(to.channel).map(|value| Destination {
        channel: to.channel,
        value: value.to_owned(),
    });
    if let Some(told) = before.or_else(|| contact.best()) {
        let args = [("name", contact.name.clone()), ("to", to.masked())];
        letters::send(tx, &told, contact.locale, Letter::ContactChanged, &args)?;
    }
    Ok(Verdict::Granted(()))
}
