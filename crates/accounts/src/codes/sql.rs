//! Every statement on one-time codes.

use kernel::Timestamp;
use store::{Fault, Tx, params};

use super::{CodeRow, Slot};

/// Puts a code into its slot; the one before it is gone.
pub(super) fn put(tx: &mut Tx, slot: &Slot, salt: &str, hash: &str, expires_at: Timestamp) -> Result<(), Fault> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO login_codes (destination, purpose, account_id, salt, code_hash, tries, made_at, expires_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7) \
         ON CONFLICT (destination, purpose, account_id) DO UPDATE SET salt = excluded.salt, \
         code_hash = excluded.code_hash, tries = 0, made_at = excluded.made_at, expires_at = excluded.expires_at",
        params![
            &slot.to.value,
            slot.purpose.word(),
            slot.owner(),
            salt,
            hash,
            now,
            expires_at
        ],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx, slot: &Slot) -> Result<Option<CodeRow>, Fault> {
    tx.query_opt(
        "SELECT salt, code_hash, tries, expires_at FROM login_codes \
         WHERE destination = ?1 AND purpose = ?2 AND account_id = ?3",
        params![&slot.to.value, slot.purpose.word(), slot.owner()],
        |row| {
            Ok(CodeRow {
                salt: row.get(0)?,
                hash: row.get(1)?,
                tries: row.get(2)?,
                expires_at: row.get(3)?,
            })
        },
    )
}

pub(super) fn count_try(tx: &mut Tx, slot: &Slot) -> Result<(), Fault> {
    tx.execute(
        "UPDATE login_codes SET tries = tries + 1 WHERE destination = ?1 AND purpose = ?2 AND account_id = ?3",
        params![&slot.to.value, slot.purpose.word(), slot.owner()],
    )?;
    Ok(())
}

pub(super) fn remove(tx: &mut Tx, slot: &Slot) -> Result<(), Fault> {
    tx.execute(
        "DELETE FROM login_codes WHERE destination = ?1 AND purpose = ?2 AND account_id = ?3",
        params![&slot.to.value, slot.purpose.word(), slot.owner()],
    )?;
    Ok(())
}

pub(super) fn remove_expired(tx: &mut Tx, before: Timestamp) -> Result<u64, Fault> {
    tx.execute("DELETE FROM login_codes WHERE expires_at <= ?1", params![before])
}
