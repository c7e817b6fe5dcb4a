//! Every statement on skills.

use kernel::{AccountId, Id};
use store::{Fault, Row, Tx, params};

use super::Skill;

/// A skill of the pack, about to be put into its row.
pub(crate) struct NewSkill<'a> {
    pub(crate) slug: &'a str,
    pub(crate) category: Id,
    pub(crate) names: (&'a str, &'a str),
    pub(crate) place: i64,
}

fn read(row: &Row) -> Result<Skill, Fault> {
    Ok(Skill {
        id: row.get(0)?,
        slug: row.get(1)?,
        category: row.get(2)?,
        name_zh: row.get(3)?,
        name_en: row.get(4)?,
    })
}

pub(super) fn all(tx: &mut Tx) -> Result<Vec<Skill>, Fault> {
    tx.query(
        "SELECT id, slug, category_id, name_zh, name_en FROM skills ORDER BY place, id",
        params![],
        read,
    )
}

pub(super) fn of_profile(tx: &mut Tx, account: AccountId) -> Result<Vec<Skill>, Fault> {
    let sql = "SELECT s.id, s.slug, s.category_id, s.name_zh, s.name_en FROM profile_skills p JOIN skills s ON s.id = p.skill_id \
               WHERE p.account_id = ?1 ORDER BY s.place, s.id";
    tx.query(sql, params![account], read)
}

/// Puts a skill in, or brings the one with its slug up to date; its key stays.
pub(crate) fn put(tx: &mut Tx, new: &NewSkill) -> Result<(), Fault> {
    let id = tx.new_id();
    let sql = "INSERT INTO skills (id, slug, category_id, name_zh, name_en, place) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
               ON CONFLICT (slug) DO UPDATE SET category_id = excluded.category_id, name_zh = excluded.name_zh, name_en = excluded.name_en, place = excluded.place";
    tx.execute(
        sql,
        params![id, new.slug, new.category, new.names.0, new.names.1, new.place],
    )?;
    Ok(())
}
