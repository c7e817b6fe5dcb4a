//! Puts a pack's own settings and legal texts into a market. May be run at every start: what is there stays.

mod sql;

use kernel::{Actor, Locale};
use serde::Deserialize;
use store::{Fail, Fault, Tx};

use crate::{Pack, legal, settings};

/// The head of a pack: `pack.toml`.
#[derive(Deserialize)]
struct Manifest {
    version: String,
    #[serde(default)]
    settings: std::collections::BTreeMap<String, String>,
    #[serde(default)]
    legal: Vec<LegalEntry>,
}

#[derive(Deserialize)]
struct LegalEntry {
    kind: String,
    version: String,
}

/// Installs the settings a pack brings (unless the market has set them already) and publishes its legal texts.
pub fn install(tx: &mut Tx, pack: &Pack) -> Result<(), Fail> {
    let text = pack
        .text("pack.toml")
        .ok_or_else(|| Fault::broken(format!("pack {} has no pack.toml", pack.name())))?;
    let manifest: Manifest = toml::from_str(text).map_err(|e| Fault::broken(format!("pack.toml: {e}")))?;
    for (key, value) in &manifest.settings {
        if !settings::is_set(tx, key)? {
            settings::set(tx, &Actor::System, key, value, "pack")?;
        }
    }
    for entry in &manifest.legal {
        publish(tx, pack, entry)?;
    }
    sql::installed(tx, pack.name(), &manifest.version)?;
    Ok(())
}

fn publish(tx: &mut Tx, pack: &Pack, entry: &LegalEntry) -> Result<(), Fault> {
    for locale in Locale::ALL {
        let path = format!("legal/{}.{}.md", entry.kind, locale.tag());
        let text = pack
            .text(&path)
            .ok_or_else(|| Fault::broken(format!("pack {} has no {path}", pack.name())))?;
        let (title, body) = titled(text);
        legal::publish(tx, &entry.kind, locale, &entry.version, title, body)?;
    }
    Ok(())
}

/// The first line, a heading, is the title; the rest is the text.
fn titled(text: &str) -> (&str, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    (first.trim_start_matches('#').trim(), rest.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_general_pack_is_whole() {
        let pack = Pack::general();
        let manifest: Manifest = toml::from_str(pack.text("pack.toml").unwrap()).unwrap();
        assert_eq!(manifest.legal.len(), legal::KINDS.len());
        for entry in &manifest.legal {
            assert!(legal::KINDS.contains(&entry.kind.as_str()));
            for locale in Locale::ALL {
                let text = pack.text(&format!("legal/{}.{}.md", entry.kind, locale.tag())).unwrap();
                let (title, body) = titled(text);
                assert!(
                    !title.is_empty() && body.chars().count() > 500,
                    "{} {}",
                    entry.kind,
                    locale.tag()
                );
            }
        }
        for (key, value) in &manifest.settings {
            crate::Settings::default().put(key, value).unwrap();
        }
    }
}
