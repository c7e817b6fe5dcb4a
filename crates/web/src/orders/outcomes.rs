//! The outcome table as this slice draws it: one table for each part, with ranges where shares are still to be agreed,
//! the silent ending marked, and what is no longer possible faded. It computes no amounts: the engine did.

use engine::{Amounts, OutcomeTable, PartOutcomes, Range, Role, Row};
use kernel::{Currency, Locale, Money, Timestamp};

use super::views::tone;
use crate::edge::outcome_view::{BarPiece, OutcomeRow};
use crate::edge::parts::Tone;

/// The endings of one part.
pub struct PartTable {
    /// Its number, from 1.
    pub number: usize,
    /// Its title.
    pub title: String,
    /// Its price.
    pub price: Money,
    /// Where it stands, in words.
    pub now: String,
    /// Its endings.
    pub rows: Vec<EndingRow>,
    /// When silence ends it, and with what.
    pub silent: Option<(Timestamp, String)>,
}

/// One ending.
pub struct EndingRow {
    /// The ending in words.
    pub title: String,
    /// What must happen for it.
    pub path: Vec<String>,
    /// Until when it is possible.
    pub by: Option<Timestamp>,
    /// Silence leads here.
    pub silent: bool,
    /// It has happened.
    pub happened: bool,
    /// It can no longer happen.
    pub impossible: bool,
    /// Its mood.
    pub tone: Tone,
    /// What the provider gets.
    pub provider: String,
    /// What comes back to the client.
    pub client: String,
    /// What the market keeps.
    pub platform: String,
    /// The bar; empty where the amounts are ranges.
    pub bar: Vec<BarPiece>,
}

impl EndingRow {
    /// The classes of the row.
    pub fn class(&self) -> &'static str {
        match (self.happened, self.impossible) {
            (true, _) => "outcome-row is-happened",
            (_, true) => "outcome-row is-impossible",
            _ => "outcome-row",
        }
    }
}

/// Tables for every part: what is possible now, then what was possible at first and is no longer.
pub fn tables(now: &OutcomeTable, first: Option<&OutcomeTable>, titles: &[String], locale: Locale) -> Vec<PartTable> {
    let money = |minor: i64| Money::new(minor, now.currency);
    now.parts
        .iter()
        .map(|part| PartTable {
            number: part.part + 1,
            title: titles.get(part.part).cloned().unwrap_or_default(),
            price: money(part.price_minor),
            now: part.state.pick(locale).to_owned(),
            rows: rows(
                part,
                first.and_then(|table| table.parts.get(part.part)),
                now.currency,
                locale,
            ),
            silent: silent(part, locale),
        })
        .collect()
}

fn silent(part: &PartOutcomes, locale: Locale) -> Option<(Timestamp, String)> {
    let row = part.rows.get(part.silent_row).filter(|row| !row.story.is_empty())?;
    Some((part.silent_end?, row.label.pick(locale).to_owned()))
}

fn rows(now: &PartOutcomes, first: Option<&PartOutcomes>, currency: Currency, locale: Locale) -> Vec<EndingRow> {
    let mut rows: Vec<_> = now
        .rows
        .iter()
        .map(|row| ending(row, false, currency, locale))
        .collect();
    // What silence decides happens then and not at the latest moment some other path could lead there.
    for row in rows.iter_mut().filter(|row| row.silent) {
        row.by = now.silent_end.or(row.by);
    }
    let gone = first.into_iter().flat_map(|first| &first.rows).filter(|row| {
        !now.rows.iter().any(|still| {
            still.ending == row.ending
                && (still.agreed == row.agreed)
                && (row.agreed || same(&still.amounts, &row.amounts))
        })
    });
    rows.extend(gone.map(|row| ending(row, true, currency, locale)));
    rows
}

/// Whether two endings come to the same for both sides.
fn same(one: &Amounts, other: &Amounts) -> bool {
    one.provider == other.provider && one.client_back == other.client_back
}

fn ending(row: &Row, impossible: bool, currency: Currency, locale: Locale) -> EndingRow {
    let path = row.story.iter().map(|step| {
        let who = step.who.words();
        match step.who {
            Role::Clock => format!("{}：{}", who.pick(locale), step.verb.pick(locale)),
            _ => format!("{} · {}", who.pick(locale), step.verb.pick(locale)),
        }
    });
    EndingRow {
        title: row.label.pick(locale).to_owned(),
        path: if impossible { Vec::new() } else { path.collect() },
        by: row.latest.filter(|_| !impossible && !row.story.is_empty()),
        silent: row.silent && !impossible && !row.story.is_empty(),
        happened: row.story.is_empty() && !impossible,
        impossible,
        tone: tone(row.tone),
        provider: shown(row.amounts.provider, currency),
        client: shown(row.amounts.client_back, currency),
        platform: shown(row.amounts.platform, currency),
        bar: bar(&row.amounts, currency),
    }
}

fn shown(range: Range, currency: Currency) -> String {
    let money = |minor: i64| Money::new(minor, currency).shown();
    if range.is_exact() {
        money(range.min)
    } else {
        format!("{} – {}", money(range.min), money(range.max))
    }
}

fn bar(amounts: &Amounts, currency: Currency) -> Vec<BarPiece> {
    if !amounts.provider.is_exact() || !amounts.client_back.is_exact() || !amounts.platform.is_exact() {
        return Vec::new();
    }
    let money = |range: Range| Money::new(range.min, currency);
    OutcomeRow {
        title: String::new(),
        path: Vec::new(),
        by: None,
        by_words: String::new(),
        silent: false,
        impossible: false,
        happened: false,
        tone: Tone::Plain,
        client: money(amounts.client_back),
        provider: money(amounts.provider),
        platform: money(amounts.platform),
    }
    .bar()
}
