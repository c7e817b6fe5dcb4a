//! The people of the market: one account each, client and provider alike (these are hats, not kinds of account).
//! Not here: how they prove who they are, and their public profile (that is the catalog's).

mod sql;

use kernel::{AccountId, Actor, Locale, StaffRole, Timestamp};
use serde_json::json;
use store::{Fail, Fault, NewEvent, Row, Tx};

use crate::consents;
use crate::destinations::{Channel, Destination};

kernel::refusals! {
    /// Why something about a person is refused.
    pub enum PersonRefusal {
        /// Nobody by that id.
        NotFound => ("person-not-found", NotFound),
        /// The address or number belongs to another account.
        Taken => ("person-contact-taken", Conflict, "to"),
        /// Nobody is signed in.
        LogIn => ("person-log-in", LogIn),
        /// Only the operator's staff may.
        StaffOnly => ("person-staff-only", Forbidden),
    }
}

/// What others may know about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Whose.
    pub id: AccountId,
    /// The name people see.
    pub name: String,
    /// When they joined.
    pub made_at: Timestamp,
    /// The language they read.
    pub locale: Locale,
    /// The zone they live in.
    pub zone: String,
    /// What they may do for the operator.
    pub staff: Option<StaffRole>,
}

/// How the market reaches a person; for letters and the person's own pages, never for others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The address, if they gave one.
    pub email: Option<String>,
    /// The number in E.164, if they gave one.
    pub phone: Option<String>,
    /// The language they read.
    pub locale: Locale,
    /// The zone they live in.
    pub zone: String,
    /// The name people see.
    pub name: String,
}

impl Contact {
    /// Where letters go: the address, else the number.
    pub fn best(&self) -> Option<Destination> {
        let mail = self.email.as_ref().map(|value| Destination {
            channel: Channel::Mail,
            value: value.clone(),
        });
        mail.or_else(|| {
            self.phone.as_ref().map(|value| Destination {
                channel: Channel::Sms,
                value: value.clone(),
            })
        })
    }

    /// The address or the number.
    pub fn of(&self, channel: Channel) -> Option<&str> {
        match channel {
            Channel::Mail => self.email.as_deref(),
            Channel::Sms => self.phone.as_deref(),
        }
    }
}

/// A person to be written down. Everything in it is already clean; sign-up cleans what strangers send.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// The name people see.
    pub name: String,
    /// The address, in small letters.
    pub email: Option<String>,
    /// The number in E.164.
    pub phone: Option<String>,
    /// From [`crate::passwords::hash`]; none logs in with codes alone.
    pub password_hash: Option<String>,
    /// The language they read.
    pub locale: Locale,
    /// The zone they live in.
    pub zone: String,
    /// What they may do for the operator.
    pub staff: Option<StaffRole>,
}

impl NewPerson {
    /// Somebody with a name and an address who reads `locale`, in China's zone, without a password.
    pub fn named(name: &str, email: &str, locale: Locale) -> Self {
        Self {
            name: name.to_owned(),
            email: Some(email.to_owned()),
            phone: None,
            password_hash: None,
            locale,
            zone: "Asia/Shanghai".to_owned(),
            staff: None,
        }
    }
}

/// An account as the rooms of this crate see it.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) id: AccountId,
    pub(crate) contact: Contact,
    pub(crate) password_hash: Option<String>,
}

/// What others may know about somebody.
pub fn card(tx: &mut Tx, id: AccountId) -> Result<Option<Person>, Fault> {
    sql::card(tx, id)
}

/// How to reach somebody.
pub fn contact(tx: &mut Tx, id: AccountId) -> Result<Option<Contact>, Fault> {
    sql::contact(tx, id)
}

/// Everyone who works for the operator.
pub fn staff(tx: &mut Tx) -> Result<Vec<Person>, Fault> {
    sql::staff(tx)
}

/// How many joined from `from` up to, not at, `to`.
pub fn joined_between(tx: &mut Tx, from: Timestamp, to: Timestamp) -> Result<i64, Fault> {
    sql::joined_between(tx, from, to)
}

/// The account with this address or number.
pub fn find_by(tx: &mut Tx, destination: &Destination) -> Result<Option<AccountId>, Fault> {
    Ok(by_destination(tx, destination)?.map(|account| account.id))
}

/// Writes a person down, with consent to the texts now in force. For the demo market, tests and the command line;
/// strangers come through sign-up. Refused when the address or number is taken.
pub fn create(tx: &mut Tx, new: &NewPerson) -> Result<AccountId, Fail> {
    add(tx, new)?.ok_or_else(|| PersonRefusal::Taken.into())
}

/// The same; nothing when the address or number is taken.
pub(crate) fn add(tx: &mut Tx, new: &NewPerson) -> Result<Option<AccountId>, Fail> {
    let id = tx.new_id();
    if sql::insert(tx, id, new)? == 0 {
        return Ok(None);
    }
    consents::give(tx, id, new.locale)?;
    tx.emit(NewEvent {
        kind: "account.joined",
        subject_kind: "account",
        subject: id,
        actor: Some(id),
        data: json!({ "locale": new.locale.tag() }),
    })?;
    Ok(Some(id))
}

/// Gives or takes a role at the operator's. Only staff and the program itself may; it is recorded.
pub fn make_staff(
    tx: &mut Tx,
    actor: &Actor,
    account: AccountId,
    role: Option<StaffRole>,
    reason: &str,
) -> Result<(), Fail> {
    if !actor.is_staff() && *actor != Actor::System {
        return Err(PersonRefusal::StaffOnly.into());
    }
    let before = card(tx, account)?.ok_or(PersonRefusal::NotFound)?.staff;
    sql::set_staff(tx, account, role.map(staff_word))?;
    let word = |role: Option<StaffRole>| json!({ "staff": role.map(staff_word) });
    site::audit::record(
        tx,
        actor,
        "account.staff",
        "account",
        account,
        word(before),
        word(role),
        reason,
    )?;
    Ok(())
}

pub(crate) fn account(tx: &mut Tx, id: AccountId) -> Result<Account, Fail> {
    sql::account(tx, id)?.ok_or_else(|| PersonRefusal::NotFound.into())
}

/// The actor's own account.
pub(crate) fn own(tx: &mut Tx, actor: &Actor) -> Result<Account, Fail> {
    account(tx, actor.account().ok_or(PersonRefusal::LogIn)?)
}

pub(crate) fn by_destination(tx: &mut Tx, destination: &Destination) -> Result<Option<Account>, Fault> {
    sql::by_destination(tx, destination.channel, &destination.value)
}

pub(crate) fn set_name(tx: &mut Tx, id: AccountId, name: &str) -> Result<u64, Fault> {
    sql::set_name(tx, id, name)
}

pub(crate) fn set_language(tx: &mut Tx, id: AccountId, locale: Locale, zone: &str) -> Result<u64, Fault> {
    sql::set_language(tx, id, locale, zone)
}

pub(crate) fn set_password(tx: &mut Tx, id: AccountId, hash: &str) -> Result<u64, Fault> {
    sql::set_password(tx, id, hash)
}

/// Gives the account a new address or number; false when another account has it.
pub(crate) fn set_destination(tx: &mut Tx, id: AccountId, to: &Destination) -> Result<bool, Fault> {
    Ok(sql::set_destination(tx, id, to.channel, &to.value)? == 1)
}

/// The word for a role in rows.
pub(crate) const fn staff_word(role: StaffRole) -> &'static str {
    match role {
        StaffRole::Operator => "operator",
    }
}

/// The role for a word in a row.
pub(crate) fn staff_of(word: Option<String>) -> Result<Option<StaffRole>, Fault> {
    match word.as_deref() {
        None => Ok(None),
        Some("operator") => Ok(Some(StaffRole::Operator)),
        Some(other) => Err(Fault::Shape(format!("unknown role {other}"))),
    }
}

fn read_person(row: &Row) -> Result<Person, Fault> {
    Ok(Person {
        id: row.get(0)?,
        name: row.get(1)?,
        made_at: row.get(2)?,
        locale: row.get(3)?,
        zone: row.get(4)?,
        staff: staff_of(row.get(5)?)?,
    })
}

fn read_account(row: &Row) -> Result<Account, Fault> {
    Ok(Account {
        id: row.get(0)?,
        contact: Contact {
            name: row.get(1)?,
            email: row.get(2)?,
            phone: row.get(3)?,
            locale: row.get(5)?,
            zone: row.get(6)?,
        },
        password_hash: row.get(4)?,
    })
}
