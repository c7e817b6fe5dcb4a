//! What an account is: a purpose, and whose it is. One account holds any currency, each apart.

use kernel::{AccountId, Id};
use store::Fault;

/// What an account is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// Money a person may dispose of.
    Wallet,
    /// Money held for one part of an order.
    Escrow,
    /// Money on its way back to the person who paid it.
    RefundDue,
    /// The platform's commission.
    Revenue,
    /// Money that is at a gateway: below zero by what it holds for us.
    Clearing,
}

impl Purpose {
    /// Every purpose, in the order the operator sees them.
    pub const ALL: [Self; 5] = [
        Self::Wallet,
        Self::Escrow,
        Self::RefundDue,
        Self::Revenue,
        Self::Clearing,
    ];

    /// The word in the row; its words for people are `ledger-account-<word with hyphens>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Wallet => "wallet",
            Self::Escrow => "escrow",
            Self::RefundDue => "refund_due",
            Self::Revenue => "revenue",
            Self::Clearing => "clearing",
        }
    }

    /// The purpose for a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.word() == word)
    }

    /// Whether the account belongs to a holder: it has a balance row and may not go below zero.
    pub const fn is_held(self) -> bool {
        matches!(self, Self::Wallet | Self::Escrow | Self::RefundDue)
    }
}

/// One account of the book.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// What a person may dispose of.
    Wallet(AccountId),
    /// What is held for one part of an order.
    Escrow {
        /// The order.
        order: Id,
        /// The part, as the order numbers them.
        part: i64,
    },
    /// What is owed back to a person who paid, until the gateway has returned it.
    RefundDue(AccountId),
    /// The platform's commission.
    Revenue,
    /// What a gateway holds; its name.
    GatewayClearing(String),
}

impl Account {
    /// The clearing account of a gateway.
    pub fn clearing(gateway: impl Into<String>) -> Self {
        Self::GatewayClearing(gateway.into())
    }

    /// What it is for.
    pub const fn purpose(&self) -> Purpose {
        match self {
            Self::Wallet(_) => Purpose::Wallet,
            Self::Escrow { .. } => Purpose::Escrow,
            Self::RefundDue(_) => Purpose::RefundDue,
            Self::Revenue => Purpose::Revenue,
            Self::GatewayClearing(_) => Purpose::Clearing,
        }
    }

    /// Its key in rows: readable, and the same on every node without asking.
    pub fn key(&self) -> String {
        let word = self.purpose().word();
        match self {
            Self::Wallet(owner) | Self::RefundDue(owner) => format!("{word}:{owner}"),
            Self::Escrow { order, part } => format!("{word}:{order}:{part}"),
            Self::Revenue => word.to_owned(),
            Self::GatewayClearing(gateway) => format!("{word}:{gateway}"),
        }
    }

    /// The account of a key, such as one that came in an address; nothing when it is none.
    pub fn from_key(key: &str) -> Option<Self> {
        let (word, rest) = key.split_once(':').unwrap_or((key, ""));
        match Purpose::from_word(word)? {
            Purpose::Wallet => rest.parse().ok().map(Self::Wallet),
            Purpose::RefundDue => rest.parse().ok().map(Self::RefundDue),
            Purpose::Escrow => {
                let (order, part) = rest.split_once(':')?;
                let (order, part) = (order.parse().ok()?, part.parse().ok()?);
                Some(Self::Escrow { order, part })
            }
            Purpose::Revenue => rest.is_empty().then_some(Self::Revenue),
            Purpose::Clearing => (!rest.is_empty()).then(|| Self::clearing(rest)),
        }
    }

    /// The columns of its row: owner, part, gateway.
    pub(crate) fn columns(&self) -> (i64, i64, &str) {
        match self {
            Self::Wallet(owner) | Self::RefundDue(owner) => (owner.raw(), 0, ""),
            Self::Escrow { order, part } => (order.raw(), *part, ""),
            Self::Revenue => (0, 0, ""),
            Self::GatewayClearing(gateway) => (0, 0, gateway),
        }
    }

    /// The account of a row.
    pub(crate) fn from_columns(purpose: &str, owner: i64, part: i64, gateway: String) -> Result<Self, Fault> {
        let owner = Id::from_raw(owner);
        match Purpose::from_word(purpose) {
            Some(Purpose::Wallet) => Ok(Self::Wallet(owner)),
            Some(Purpose::Escrow) => Ok(Self::Escrow { order: owner, part }),
            Some(Purpose::RefundDue) => Ok(Self::RefundDue(owner)),
            Some(Purpose::Revenue) => Ok(Self::Revenue),
            Some(Purpose::Clearing) => Ok(Self::GatewayClearing(gateway)),
            None => Err(Fault::Shape(format!("account purpose {purpose}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_purpose_has_words_in_both_languages() {
        for words in [
            include_str!("../../../locales/zh-CN/ledger.ftl"),
            include_str!("../../../locales/en/ledger.ftl"),
        ] {
            for purpose in Purpose::ALL {
                let key = purpose.word().replace('_', "-");
                assert!(words.contains(&format!("\nledger-account-{key} = ")), "{key}");
                assert!(words.contains(&format!("\nledger-account-{key}-hint = ")), "{key}");
            }
        }
    }

    #[test]
    fn an_account_comes_back_from_its_row() {
        let id = Id::from_raw(5);
        for account in [
            Account::Wallet(id),
            Account::Escrow { order: id, part: 3 },
            Account::RefundDue(id),
            Account::Revenue,
            Account::clearing("sandbox"),
        ] {
            assert_eq!(Account::from_key(&account.key()), Some(account.clone()));
            let (owner, part, gateway) = account.columns();
            let word = account.purpose().word();
            assert_eq!(
                Account::from_columns(word, owner, part, gateway.to_owned()).unwrap(),
                account
            );
        }
    }
}
