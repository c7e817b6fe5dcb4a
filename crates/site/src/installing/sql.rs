//! Every statement on `installed_packs`.

use store::{Fault, Tx, params};

pub(super) fn installed(tx: &mut Tx, name: &str, version: &str) -> Result<(), Fault> {
    let sql = "INSERT INTO installed_packs (name, version, installed_at) VALUES (?1, ?2, ?3) \
               ON CONFLICT (name) DO UPDATE SET version = excluded.version, installed_at = excluded.installed_at \
               WHERE installed_packs.version <> excluded.version";
    let now = tx.now();
    tx.execute(sql, params![name, version, now])?;
    Ok(())
}
