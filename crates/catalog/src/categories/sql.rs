//! Every statement on categories.

use kernel::Id;
use store::{Fault, Row, Tx, params};

use super::Category;

/// A category of the pack, about to be put into its row.
pub(crate) struct NewCategory<'a> {
    pub(crate) slug: &'a str,
    pub(crate) parent: Option<Id>,
    pub(crate) names: (&'a str, &'a str),
    pub(crate) briefs: (&'a str, &'a str),
    pub(crate) place: i64,
}

fn read(row: &Row) -> Result<Category, Fault> {
    Ok(Category {
        id: row.get(0)?,
        slug: row.get(1)?,
        parent: row.get(2)?,
        name_zh: row.get(3)?,
        name_en: row.get(4)?,
        brief_zh: row.get(5)?,
        brief_en: row.get(6)?,
    })
}

pub(super) fn all(tx: &mut Tx) -> Result<Vec<Category>, Fault> {
    tx.query(
        "SELECT id, slug, parent_id, name_zh, name_en, brief_zh, brief_en FROM categories ORDER BY place, id",
        params![],
        read,
    )
}

pub(super) fn find(tx: &mut Tx, id: Id) -> Result<Option<Category>, Fault> {
    tx.query_opt(
        "SELECT id, slug, parent_id, name_zh, name_en, brief_zh, brief_en FROM categories WHERE id = ?1",
        params![id],
        read,
    )
}

pub(super) fn find_slug(tx: &mut Tx, slug: &str) -> Result<Option<Category>, Fault> {
    tx.query_opt(
        "SELECT id, slug, parent_id, name_zh, name_en, brief_zh, brief_en FROM categories WHERE slug = ?1",
        params![slug],
        read,
    )
}

/// Puts a category in, or brings the one with its slug up to date; its key stays.
pub(crate) fn put(tx: &mut Tx, new: &NewCategory) -> Result<Id, Fault> {
    let id = tx.new_id();
    let sql = "INSERT INTO categories (id, slug, parent_id, name_zh, name_en, brief_zh, brief_en, place) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) \
               ON CONFLICT (slug) DO UPDATE SET parent_id = excluded.parent_id, name_zh = excluded.name_zh, name_en = excluded.name_en, \
               brief_zh = excluded.brief_zh, brief_en = excluded.brief_en, place = excluded.place";
    tx.execute(
        sql,
        params![
            id,
            new.slug,
            new.parent,
            new.names.0,
            new.names.1,
            new.briefs.0,
            new.briefs.1,
            new.place
        ],
    )?;
    tx.query_one("SELECT id FROM categories WHERE slug = ?1", params![new.slug], |row| {
        row.get(0)
    })
}
