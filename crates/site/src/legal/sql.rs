//! Every statement on `legal_texts`.

use kernel::Locale;
use store::{Fault, Tx, params};

use super::LegalText;

pub(super) fn current(tx: &mut Tx, kind: &str, locale: Locale) -> Result<Option<LegalText>, Fault> {
    let sql = "SELECT kind, version, title, body_markdown, published_at FROM legal_texts \
               WHERE kind = ?1 AND locale = ?2 ORDER BY published_at DESC, id DESC LIMIT 1";
    tx.query_opt(sql, params![kind, locale], |row| {
        Ok(LegalText {
            kind: row.get(0)?,
            version: row.get(1)?,
            title: row.get(2)?,
            body_markdown: row.get(3)?,
            published_at: row.get(4)?,
        })
    })
}

pub(super) fn insert(tx: &mut Tx, locale: Locale, text: &LegalText) -> Result<bool, Fault> {
    let sql = "INSERT INTO legal_texts (id, kind, locale, version, title, body_markdown, published_at) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (kind, locale, version) DO NOTHING";
    let id = tx.new_id();
    let added = tx.execute(
        sql,
        params![
            id,
            &text.kind,
            locale,
            &text.version,
            &text.title,
            &text.body_markdown,
            text.published_at
        ],
    )?;
    Ok(added == 1)
}
