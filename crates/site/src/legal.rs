//! The texts people agree to, by kind, language and version. A published text is never edited: a new version follows.

mod sql;

use kernel::{Locale, Timestamp};
use store::{Fault, Tx};

/// Terms of service.
pub const TERMS: &str = "terms";
/// Privacy policy.
pub const PRIVACY: &str = "privacy";
/// The rules of trading: escrow, clocks, fees, reviews.
pub const TRADING_RULES: &str = "trading-rules";
/// Every kind, in the order people read them.
pub const KINDS: [&str; 3] = [TERMS, PRIVACY, TRADING_RULES];

/// One version of one text in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalText {
    /// Which text.
    pub kind: String,
    /// Its version, such as `2026-11-01`.
    pub version: String,
    /// Its title.
    pub title: String,
    /// The text, as Markdown.
    pub body_markdown: String,
    /// Since when it stands.
    pub published_at: Timestamp,
}

/// The text that stands now, in the reader's language if there is one, else in Chinese.
pub fn current(tx: &mut Tx, kind: &str, locale: Locale) -> Result<Option<LegalText>, Fault> {
    match sql::current(tx, kind, locale)? {
        Some(text) => Ok(Some(text)),
        None => sql::current(tx, kind, Locale::ZhCn),
    }
}

/// Kind and version of every text that stands now: what a person who joins agrees to.
pub fn versions_of_now(tx: &mut Tx) -> Result<Vec<(String, String)>, Fault> {
    let mut versions = Vec::new();
    for kind in KINDS {
        if let Some(text) = sql::current(tx, kind, Locale::ZhCn)? {
            versions.push((text.kind, text.version));
        }
    }
    Ok(versions)
}

/// Publishes a version; one that is already there stays as it is. Answers whether it was new.
pub fn publish(
    tx: &mut Tx,
    kind: &str,
    locale: Locale,
    version: &str,
    title: &str,
    body_markdown: &str,
) -> Result<bool, Fault> {
    let text = LegalText {
        kind: kind.to_owned(),
        version: version.to_owned(),
        title: title.to_owned(),
        body_markdown: body_markdown.to_owned(),
        published_at: tx.now(),
    };
    sql::insert(tx, locale, &text)
}
