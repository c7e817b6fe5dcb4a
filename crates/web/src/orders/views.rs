//! What several pages of this slice share: tones, money lines, words for places.

use ::orders::orders::{Purse, Side};
use engine::{State, Tone as Mood};
use kernel::Locale;

use crate::edge::i18n::t;
use crate::edge::parts::{Badge, MoneyLine, Tone};

/// The tone a state's mood is shown in.
pub const fn tone(mood: Mood) -> Tone {
    match mood {
        Mood::Waiting | Mood::Shared => Tone::Waiting,
        Mood::Active => Tone::Plain,
        Mood::Alarm => Tone::Loss,
        Mood::Done => Tone::Safe,
        Mood::Lost => Tone::Over,
    }
}

/// A state as a badge.
pub fn badge(state: &State, locale: Locale) -> Badge {
    Badge::new(tone(state.tone), state.label.pick(locale))
}

/// Where money is: client → held → provider.
pub fn money_line(purse: &Purse, side: Option<Side>, locale: Locale) -> MoneyLine {
    let name = |own: Side, key: &str| {
        if side == Some(own) {
            t(locale, "money-you")
        } else {
            t(locale, key)
        }
    };
    let (at, says) = if purse.held.is_positive() {
        (1, "money-says-held")
    } else if purse.outside.is_positive() {
        (0, "money-says-outside")
    } else if purse.provider.is_positive() {
        (2, "money-says-paid")
    } else {
        (0, "money-says-back")
    };
    // On the client's side: what is still to be paid, or what came back.
    let left = if purse.outside.is_positive() {
        purse.outside
    } else {
        purse.client
    };
    MoneyLine {
        places: [
            name(Side::Client, "money-client"),
            t(locale, "money-held"),
            name(Side::Provider, "money-provider"),
        ],
        amounts: [left, purse.held, purse.provider],
        at,
        says: t(locale, says),
    }
}
