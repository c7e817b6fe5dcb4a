//! Every statement on accounts.

use kernel::{AccountId, Locale, Timestamp};
use store::{Fault, Tx, params};

use super::{Account, Contact, NewPerson, Person, read_account, read_person};
use crate::destinations::Channel;

pub(super) fn insert(tx: &mut Tx, id: AccountId, new: &NewPerson) -> Result<u64, Fault> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO accounts (id, name, email, phone, password_hash, locale, zone, staff, made_at, changed_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING",
        params![
            id,
            &new.name,
            new.email.as_deref(),
            new.phone.as_deref(),
            new.password_hash.as_deref(),
            new.locale,
            &new.zone,
            new.staff.map(super::staff_word),
            now,
            now
        ],
    )
}

pub(super) fn card(tx: &mut Tx, id: AccountId) -> Result<Option<Person>, Fault> {
    tx.query_opt(
        "SELECT id, name, made_at, locale, zone, staff FROM accounts WHERE id = ?1",
        params![id],
        read_person,
    )
}

pub(super) fn contact(tx: &mut Tx, id: AccountId) -> Result<Option<Contact>, Fault> {
    tx.query_opt(
        "SELECT email, phone, locale, zone, name FROM accounts WHERE id = ?1",
        params![id],
        |row| {
            Ok(Contact {
                email: row.get(0)?,
                phone: row.get(1)?,
                locale: row.get(2)?,
                zone: row.get(3)?,
                name: row.get(4)?,
            })
        },
    )
}

pub(super) fn account(tx: &mut Tx, id: AccountId) -> Result<Option<Account>, Fault> {
    tx.query_opt(
        "SELECT id, name, email, phone, password_hash, locale, zone FROM accounts WHERE id = ?1",
        params![id],
        read_account,
    )
}

pub(super) fn by_destination(tx: &mut Tx, channel: Channel, value: &str) -> Result<Option<Account>, Fault> {
    let sql = match channel {
        Channel::Mail => "SELECT id, name, email, phone, password_hash, locale, zone FROM accounts WHERE email = ?1",
        Channel::Sms => "SELECT id, name, email, phone, password_hash, locale, zone FROM accounts WHERE phone = ?1",
    };
    tx.query_opt(sql, params![value], read_account)
}

pub(super) fn set_name(tx: &mut Tx, id: AccountId, name: &str) -> Result<u64, Fault> {
    let now = tx.now();
    tx.execute(
        "UPDATE accounts SET name = ?2, changed_at = ?3 WHERE id = ?1",
        params![id, name, now],
    )
}

pub(super) fn set_language(tx: &mut Tx, id: AccountId, locale: Locale, zone: &str) -> Result<u64, Fault> {
    let now = tx.now();
    tx.execute(
        "UPDATE accounts SET locale = ?2, zone = ?3, changed_at = ?4 WHERE id = ?1",
        params![id, locale, zone, now],
    )
}

pub(super) fn set_password(tx: &mut Tx, id: AccountId, hash: &str) -> Result<u64, Fault> {
    let now = tx.now();
    tx.execute(
        "UPDATE accounts SET password_hash = ?2, changed_at = ?3 WHERE id = ?1",
        params![id, hash, now],
    )
}

pub(super) fn set_destination(tx: &mut Tx, id: AccountId, channel: Channel, value: &str) -> Result<u64, Fault> {
    let now = tx.now();
    let sql = match channel {
        Channel::Mail => {
            "UPDATE accounts SET email = ?2, changed_at = ?3 WHERE id = ?1 \
             AND NOT EXISTS (SELECT 1 FROM accounts other WHERE other.email = ?2)"
        }
        Channel::Sms => {
            "UPDATE accounts SET phone = ?2, changed_at = ?3 WHERE id = ?1 \
             AND NOT EXISTS (SELECT 1 FROM accounts other WHERE other.phone = ?2)"
        }
    };
    tx.execute(sql, params![id, value, now])
}

pub(super) fn set_staff(tx: &mut Tx, id: AccountId, staff: Option<&str>) -> Result<u64, Fault> {
    let now = tx.now();
    tx.execute(
        "UPDATE accounts SET staff = ?2, changed_at = ?3 WHERE id = ?1",
        params![id, staff, now],
    )
}

pub(super) fn staff(tx: &mut Tx) -> Result<Vec<Person>, Fault> {
    tx.query(
        "SELECT id, name, made_at, locale, zone, staff FROM accounts WHERE staff IS NOT NULL ORDER BY id LIMIT 500",
        params![],
        read_person,
    )
}

pub(super) fn joined_between(tx: &mut Tx, from: Timestamp, to: Timestamp) -> Result<i64, Fault> {
    tx.query_one(
        "SELECT COUNT(*) FROM accounts WHERE made_at >= ?1 AND made_at < ?2",
        params![from, to],
        |row| row.get(0),
    )
}
