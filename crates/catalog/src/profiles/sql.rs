//! Every statement on profiles.

use kernel::{AccountId, Currency, Id, Money};
use store::{Fault, Tx, params};

use super::{EditProfile, Profile};

pub(super) fn find(tx: &mut Tx, account: AccountId) -> Result<Option<Profile>, Fault> {
    let sql = "SELECT account_id, headline, about, location, rate_minor, currency, version FROM profiles WHERE account_id = ?1";
    tx.query_opt(sql, params![account], |row| {
        let (rate, currency): (Option<i64>, Currency) = (row.get(4)?, row.get(5)?);
        Ok(Profile {
            account: row.get(0)?,
            headline: row.get(1)?,
            about: row.get(2)?,
            location: row.get(3)?,
            rate: rate.map(|minor| Money::new(minor, currency)),
            skills: Vec::new(),
            version: row.get(6)?,
        })
    })
}

/// Writes the row when it still has the version that was seen (0: there is none yet). Answers whether it did.
pub(super) fn put(tx: &mut Tx, account: AccountId, new: &EditProfile, currency: Currency) -> Result<bool, Fault> {
    let now = tx.now();
    let sql = "INSERT INTO profiles (account_id, headline, about, location, rate_minor, currency, version, changed_at) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7) ON CONFLICT (account_id) DO UPDATE SET headline = excluded.headline, about = excluded.about, \
               location = excluded.location, rate_minor = excluded.rate_minor, currency = excluded.currency, version = profiles.version + 1, \
               changed_at = excluded.changed_at WHERE profiles.version = CAST(?8 AS BIGINT)";
    let rate = new.rate.map(|rate| rate.minor());
    let touched = tx.execute(
        sql,
        params![
            account,
            &new.headline,
            &new.about,
            &new.location,
            rate,
            currency,
            now,
            new.seen_version
        ],
    )?;
    Ok(touched == 1)
}

pub(super) fn set_skills(tx: &mut Tx, account: AccountId, skills: &[Id]) -> Result<(), Fault> {
    tx.execute("DELETE FROM profile_skills WHERE account_id = ?1", params![account])?;
    for skill in skills {
        tx.execute(
            "INSERT INTO profile_skills (account_id, skill_id) VALUES (?1, ?2)",
            params![account, *skill],
        )?;
    }
    Ok(())
}
