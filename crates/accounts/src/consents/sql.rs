//! Every statement on consents.

use kernel::{AccountId, Locale};
use store::{Fault, Tx, params};

use super::Consent;

pub(super) fn insert(tx: &mut Tx, account: AccountId, kind: &str, version: &str, locale: Locale) -> Result<(), Fault> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO consents (account_id, kind, version, locale, at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
        params![account, kind, version, locale, now],
    )?;
    Ok(())
}

pub(super) fn of(tx: &mut Tx, account: AccountId) -> Result<Vec<Consent>, Fault> {
    tx.query(
        "SELECT kind, version, locale, at FROM consents WHERE account_id = ?1 ORDER BY at DESC, kind, version",
        params![account],
        |row| {
            Ok(Consent {
                kind: row.get(0)?,
                version: row.get(1)?,
                locale: row.get(2)?,
                at: row.get(3)?,
            })
        },
    )
}
