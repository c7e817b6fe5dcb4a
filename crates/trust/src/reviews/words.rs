//! The small words of reviews: whose hat is spoken of.

use store::{Fault, FromValue, Value};

/// The hat somebody wore in an order: one account may be a client here and a provider there, and is rated apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hat {
    /// Asked for the work and paid.
    Client,
    /// Did the work.
    Provider,
}

impl Hat {
    /// The word in rows, packs and locale keys.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Provider => "provider",
        }
    }

    /// The other side of the same order.
    pub const fn other(self) -> Self {
        match self {
            Self::Client => Self::Provider,
            Self::Provider => Self::Client,
        }
    }

    /// From a row or an address.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "client" => Some(Self::Client),
            "provider" => Some(Self::Provider),
            _ => None,
        }
    }
}

impl From<Hat> for Value {
    fn from(hat: Hat) -> Self {
        Self::from(hat.word())
    }
}

impl FromValue for Hat {
    fn from_value(value: &Value) -> Result<Self, Fault> {
        let word = String::from_value(value)?;
        Self::from_word(&word).ok_or_else(|| Fault::Shape(format!("not a hat: {word}")))
    }
}
