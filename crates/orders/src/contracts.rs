//! A contract: the terms two people agree on before any money moves, frozen with the fee, the process version and
//! the outcome table both of them saw. It is not an order: the order begins when both have agreed.

mod agree;
mod award;
mod pages;
mod rules;
mod sql;

use engine::Terms;
use kernel::{AccountId, Id, Money, Timestamp};
use serde::{Deserialize, Serialize};

pub use agree::{Agree, Decline, agree, decline, lapse_unanswered, withdraw};
pub use award::{Award, Preview, award, preview};
pub use pages::{ContractPage, find_for, of_request};

kernel::refusals! {
    /// Why a contract is refused. No money has moved in any of these.
    pub enum ContractRefusal {
        /// No such contract, or not yours.
        NotFound => ("contract-not-found", NotFound),
        /// The terms are not those that were shown.
        TermsChanged => ("contract-terms-changed", Conflict),
        /// It is no longer waiting for an answer.
        NotOffered => ("contract-not-offered", Conflict),
        /// Only the provider can agree or decline.
        NotProvider => ("contract-not-provider", Forbidden),
        /// Only the client can take the offer back.
        NotClient => ("contract-not-client", Forbidden),
        /// The words are too long or hold forbidden characters.
        BadNote => ("contract-bad-note", Invalid, "note"),
    }
}

/// Where a contract stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ContractState {
    /// The client has agreed and waits for the provider.
    Offered,
    /// Both have agreed; the order runs.
    Agreed,
    /// The provider said no.
    Declined,
    /// The client took it back.
    Withdrawn,
}

impl ContractState {
    /// The word in the row and in the keys of the locales.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Agreed => "agreed",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
        }
    }

    fn from_word(word: &str) -> Self {
        match word {
            "agreed" => Self::Agreed,
            "declined" => Self::Declined,
            "withdrawn" => Self::Withdrawn,
            _ => Self::Offered,
        }
    }
}

/// One milestone as both sides read it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PlanPart {
    /// What it is called.
    pub title: String,
    /// Working days.
    pub days: i64,
    /// Its price in minor units of the contract's currency.
    pub amount_minor: i64,
}

/// A contract as it stands in its row.
#[derive(Clone, Debug)]
pub struct Contract {
    /// Its id.
    pub id: Id,
    /// The request it came from.
    pub request: Id,
    /// The bid it accepts.
    pub bid: Id,
    /// Who pays.
    pub client: AccountId,
    /// Who does the work.
    pub provider: AccountId,
    /// The request's title at the time.
    pub title: String,
    /// The request's brief at the time.
    pub brief: String,
    /// The process it runs on.
    pub process_name: String,
    /// The version of the process.
    pub process_version: i64,
    /// The frozen terms.
    pub terms: Terms,
    /// The milestones in their order.
    pub plan: Vec<PlanPart>,
    /// The mark of the terms both sides saw.
    pub fingerprint: String,
    /// The price of everything.
    pub total: Money,
    /// Where it stands.
    pub state: ContractState,
    /// Why it was declined, if it was and words were given.
    pub note: String,
    /// When the client agreed.
    pub client_agreed_at: Timestamp,
    /// When the provider agreed.
    pub provider_agreed_at: Option<Timestamp>,
    /// When it was answered or taken back.
    pub ended_at: Option<Timestamp>,
    /// The order, once both have agreed.
    pub order: Option<Id>,
}
