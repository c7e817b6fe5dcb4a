//! The outcome table as it is drawn: every ending of an order, what must happen, by when, and who gets what. Filled by
//! the orders slice from the engine; nothing is computed here but the widths of bars.

use kernel::{Money, Timestamp};

use super::parts::Tone;

/// The whole table.
#[derive(Clone, Debug)]
pub struct OutcomeView {
    /// Where the order is now, in words: the root of the tree.
    pub now: String,
    /// All the money at stake: the length of every bar.
    pub total: Money,
    /// Every ending, the likeliest first.
    pub rows: Vec<OutcomeRow>,
    /// What the reader is: their column is named "you".
    pub reader: Side,
}

/// Who reads the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Side {
    /// The client.
    Client,
    /// The provider.
    Provider,
    /// Staff, or nobody of the two.
    #[default]
    Neither,
}

/// One ending.
#[derive(Clone, Debug)]
pub struct OutcomeRow {
    /// The ending in a few words: "You accept the work".
    pub title: String,
    /// What must happen for it, step by step, in words.
    pub path: Vec<String>,
    /// By when; nothing when it is open.
    pub by: Option<Timestamp>,
    /// Words for the time when it is not a fixed moment: "7 days after delivery".
    pub by_words: String,
    /// Nobody needs to do anything: silence decides this.
    pub silent: bool,
    /// Cannot happen any more: shown faded.
    pub impossible: bool,
    /// It has happened.
    pub happened: bool,
    /// What it means.
    pub tone: Tone,
    /// What the client gets back.
    pub client: Money,
    /// What the provider gets.
    pub provider: Money,
    /// What the platform keeps.
    pub platform: Money,
}

/// One piece of a bar: where it starts and how long it is, in tenths of a percent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BarPiece {
    /// The class that colours it.
    pub class: &'static str,
    /// Start, 0–1000.
    pub x: i64,
    /// Length, 0–1000.
    pub width: i64,
}

impl OutcomeRow {
    /// The three pieces of the bar: provider, platform, client.
    pub fn bar(&self) -> Vec<BarPiece> {
        let parts = [
            ("bar-provider", self.provider.minor().max(0)),
            ("bar-platform", self.platform.minor().max(0)),
            ("bar-client", self.client.minor().max(0)),
        ];
        let total: i128 = parts.iter().map(|(_, n)| i128::from(*n)).sum();
        if total == 0 {
            return Vec::new();
        }
        let mut sum = 0i128;
        let mut pieces = Vec::new();
        for (class, amount) in parts {
            let x = place(sum, total);
            sum += i128::from(amount);
            let width = place(sum, total) - x;
            if width > 0 {
                pieces.push(BarPiece { class, x, width });
            }
        }
        pieces
    }

    /// The classes of the row.
    pub fn class(&self) -> &'static str {
        match (self.happened, self.impossible) {
            (true, _) => "outcome-row is-happened",
            (_, true) => "outcome-row is-impossible",
            _ => "outcome-row",
        }
    }
}

fn place(part: i128, total: i128) -> i64 {
    i64::try_from(part * 1000 / total).unwrap_or(1000)
}

impl OutcomeView {
    /// Whether the reader is the client.
    pub fn is_client(&self) -> bool {
        self.reader == Side::Client
    }

    /// Whether the reader is the provider.
    pub fn is_provider(&self) -> bool {
        self.reader == Side::Provider
    }

    /// The height of the drawn tree for its rows.
    pub fn open_rows(&self) -> usize {
        self.rows.iter().filter(|r| !r.impossible).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Currency;

    #[test]
    fn bars_are_whole() {
        let money = |n| Money::new(n, Currency::CNY);
        let row = OutcomeRow {
            title: String::new(),
            path: Vec::new(),
            by: None,
            by_words: String::new(),
            silent: false,
            impossible: false,
            happened: false,
            tone: Tone::Safe,
            client: money(1),
            provider: money(i64::MAX - 10),
            platform: money(i64::MAX / 9),
        };
        let bar = row.bar();
        assert_eq!(bar[0].x, 0);
        assert_eq!(bar.iter().map(|p| p.width).sum::<i64>(), 1000);
    }
}
