//! The words for what people can do: a list of the pack, so that a request and a profile mean the same by a word.

use kernel::{AccountId, Id, Locale};
use store::{Fault, Tx};

mod sql;

pub(crate) use sql::{NewSkill, put};

/// A skill as it is shown and chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skill {
    /// Its key.
    pub id: Id,
    /// Its stable word in addresses.
    pub slug: String,
    /// The first-level category it belongs to.
    pub category: Id,
    /// Its name in Chinese.
    pub name_zh: String,
    /// Its name in English.
    pub name_en: String,
}

impl Skill {
    /// The name in the reader's language.
    pub fn name(&self, locale: Locale) -> &str {
        locale.pick(&self.name_zh, &self.name_en)
    }
}

/// Every skill, in the pack's order.
pub fn list(tx: &mut Tx) -> Result<Vec<Skill>, Fault> {
    sql::all(tx)
}

/// The skills on somebody's profile.
pub fn of_profile(tx: &mut Tx, account: AccountId) -> Result<Vec<Skill>, Fault> {
    sql::of_profile(tx, account)
}

/// The ones of `wanted` that exist, each once, in the pack's order.
pub fn known(tx: &mut Tx, wanted: &[Id]) -> Result<Vec<Skill>, Fault> {
    Ok(sql::all(tx)?
        .into_iter()
        .filter(|skill| wanted.contains(&skill.id))
        .collect())
}
