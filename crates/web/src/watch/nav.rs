//! What every page of the back office shares: its side navigation, and paging by the last row's key.

use std::collections::HashMap;

use kernel::Id;
use serde::Deserialize;
use serde_json::Value;
use site::audit::AuditRecord;
use store::{Fault, Tx};

use crate::edge::i18n::has;
use crate::edge::page::Page;
use crate::edge::parts::{Pager, Tab};

/// Rows on one page.
pub const ROWS: i64 = 50;

/// The navigation with the page of `here` marked.
pub fn tabs(page: &Page, here: &str) -> Vec<Tab> {
    let all = [
        ("/watch", page.t("watch-home")),
        ("/watch/inspections", page.t("watch-inspections")),
        ("/watch/orders", page.t("watch-orders")),
        ("/watch/payments", page.t("watch-payments")),
        ("/watch/ledger", page.t("watch-ledger")),
        ("/watch/jobs", page.t("watch-jobs")),
        ("/watch/events", page.t("watch-events")),
        ("/watch/audit", page.t("watch-audit")),
    ];
    all.into_iter()
        .map(|(href, text)| Tab::new(href, text, href == here))
        .collect()
}

/// `?before=ID`: rows older than that one.
#[derive(Debug, Default, Deserialize)]
pub struct Before {
    before: Option<String>,
}

impl Before {
    /// The id; nothing for the first page or for something that is no id.
    pub fn id(&self) -> Option<Id> {
        self.before.as_deref().and_then(|text| text.parse().ok())
    }
}

/// The pager under a list: older rows when the page is full, back to the newest when this is not the first page.
pub fn pager(path: &str, before: &Before, rows: usize, last: Option<String>) -> Pager {
    let join = if path.contains('?') { '&' } else { '?' };
    let full = i64::try_from(rows).is_ok_and(|n| n >= ROWS);
    Pager {
        newer: before.before.is_some().then(|| path.to_owned()),
        older: last.filter(|_| full).map(|last| format!("{path}{join}before={last}")),
    }
}

/// Where a subject is looked at; nothing for those without a page of their own.
pub fn href(kind: &str, subject: &Id) -> Option<String> {
    let folder = match kind {
        "request" => "/requests",
        "order" => "/watch/orders",
        "contract" => "/contracts",
        "payin" => "/payins",
        "account" => "/people",
        _ => return None,
    };
    Some(format!("{folder}/{subject}"))
}

/// A kind of subject in words; the kind itself when it has none.
pub fn subject_word(page: &Page, kind: &str) -> String {
    let key = format!("watch-subject-{}", kind.replace('_', "-"));
    if has(page.viewer.locale(), &key) {
        page.t(&key)
    } else {
        kind.to_owned()
    }
}

/// An act of staff in words; the act itself when it has none.
pub fn act_word(page: &Page, act: &str) -> String {
    let key = format!("watch-act-{}", act.replace(['.', '_'], "-"));
    if has(page.viewer.locale(), &key) {
        page.t(&key)
    } else {
        act.to_owned()
    }
}

/// What a transfer is, in words.
pub fn transfer_word(page: &Page, kind: &str) -> String {
    let key = format!("ledger-transfer-{}", kind.replace(['.', '_'], "-"));
    if has(page.viewer.locale(), &key) {
        page.t(&key)
    } else {
        format!("{} ({kind})", page.t("ledger-transfer-other"))
    }
}

/// Data as lines that can be read; empty when there is nothing.
pub fn pretty(value: &Value) -> String {
    let nothing = value.is_null() || value.as_object().is_some_and(serde_json::Map::is_empty);
    if nothing {
        String::new()
    } else {
        serde_json::to_string_pretty(value).unwrap_or_default()
    }
}

/// The same for data kept as text.
pub fn pretty_text(text: &str) -> String {
    serde_json::from_str(text).map_or_else(|_| text.to_owned(), |value| pretty(&value))
}

/// Learns the names of those who did these acts.
pub fn learn_actors(tx: &mut Tx, names: &mut HashMap<Id, String>, records: &[AuditRecord]) -> Result<(), Fault> {
    for id in records.iter().filter_map(|record| record.actor) {
        if let Some(person) = ::accounts::people::card(tx, id)? {
            names.insert(id, person.name);
        }
    }
    Ok(())
}

/// Who did it, by name.
pub fn who(page: &Page, names: &HashMap<Id, String>, record: &AuditRecord) -> String {
    record.actor.map_or_else(
        || page.t("watch-by-market"),
        |id| names.get(&id).cloned().unwrap_or_else(|| id.short()),
    )
}
