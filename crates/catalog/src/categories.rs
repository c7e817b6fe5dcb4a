//! What a market trades in: two levels of categories, each with the outline a client starts a brief from. They come
//! from the pack; it is not a place for free tags.

use kernel::{Id, Locale};
use store::{Fault, Tx};

mod sql;

pub(crate) use sql::{NewCategory, put};

/// A category as it is shown and chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its key.
    pub id: Id,
    /// Its stable word in addresses.
    pub slug: String,
    /// The category above it; none for the first level.
    pub parent: Option<Id>,
    /// Its name in Chinese.
    pub name_zh: String,
    /// Its name in English.
    pub name_en: String,
    /// The outline of a brief in Chinese, as Markdown.
    pub brief_zh: String,
    /// The outline of a brief in English, as Markdown.
    pub brief_en: String,
}

impl Category {
    /// The name in the reader's language.
    pub fn name(&self, locale: Locale) -> &str {
        locale.pick(&self.name_zh, &self.name_en)
    }

    /// The outline of a brief in the writer's language.
    pub fn outline(&self, locale: Locale) -> &str {
        locale.pick(&self.brief_zh, &self.brief_en)
    }
}

/// A first-level category and what is under it.
#[derive(Clone, Debug)]
pub struct Branch {
    /// The first level.
    pub top: Category,
    /// The second level, in order.
    pub children: Vec<Category>,
}

/// Every category, in the pack's order.
pub fn all(tx: &mut Tx) -> Result<Vec<Category>, Fault> {
    sql::all(tx)
}

/// The two levels, in the pack's order.
pub fn tree(tx: &mut Tx) -> Result<Vec<Branch>, Fault> {
    let (tops, children): (Vec<_>, Vec<_>) = sql::all(tx)?.into_iter().partition(|c| c.parent.is_none());
    let under = |top: &Category| children.iter().filter(|c| c.parent == Some(top.id)).cloned().collect();
    Ok(tops
        .iter()
        .map(|top| Branch {
            top: top.clone(),
            children: under(top),
        })
        .collect())
}

/// One category by its key.
pub fn find(tx: &mut Tx, id: Id) -> Result<Option<Category>, Fault> {
    sql::find(tx, id)
}

/// One category by its word in addresses.
pub fn find_slug(tx: &mut Tx, slug: &str) -> Result<Option<Category>, Fault> {
    sql::find_slug(tx, slug)
}
