//! Reads the pack's taxonomy and puts it into rows; doing it again brings the rows up to date and loses nothing.

use serde::Deserialize;
use site::Pack;
use store::{Fail, Fault, Tx};

use crate::{categories, skills};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Taxonomy {
    category: Vec<Top>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Top {
    slug: String,
    zh: String,
    en: String,
    brief_zh: String,
    brief_en: String,
    #[serde(default)]
    child: Vec<Word>,
    #[serde(default)]
    skill: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Word {
    slug: String,
    zh: String,
    en: String,
    brief_zh: Option<String>,
    brief_en: Option<String>,
}

/// Puts the pack's categories and skills in. Rows that the pack no longer names stay: requests point at them.
pub fn install(tx: &mut Tx, pack: &Pack) -> Result<(), Fail> {
    let Some(text) = pack.text("taxonomy.toml") else {
        return Ok(());
    };
    let taxonomy: Taxonomy = toml::from_str(text).map_err(|e| Fault::broken(format!("taxonomy.toml: {e}")))?;
    for (place, top) in (0_i64..).zip(&taxonomy.category) {
        install_top(tx, top, place * 1000)?;
    }
    Ok(())
}

fn install_top(tx: &mut Tx, top: &Top, place: i64) -> Result<(), Fault> {
    let briefs = (top.brief_zh.trim(), top.brief_en.trim());
    let row = categories::NewCategory {
        slug: &top.slug,
        parent: None,
        names: (&top.zh, &top.en),
        briefs,
        place,
    };
    let id = categories::put(tx, &row)?;
    for (offset, child) in (1_i64..).zip(&top.child) {
        let briefs = (
            child.brief_zh.as_deref().unwrap_or(briefs.0).trim(),
            child.brief_en.as_deref().unwrap_or(briefs.1).trim(),
        );
        let names = (child.zh.as_str(), child.en.as_str());
        let row = categories::NewCategory {
            slug: &child.slug,
            parent: Some(id),
            names,
            briefs,
            place: place + offset,
        };
        categories::put(tx, &row)?;
    }
    for (offset, skill) in (1_i64..).zip(&top.skill) {
        let names = (skill.zh.as_str(), skill.en.as_str());
        skills::put(
            tx,
            &skills::NewSkill {
                slug: &skill.slug,
                category: id,
                names,
                place: place + offset,
            },
        )?;
    }
    Ok(())
}
