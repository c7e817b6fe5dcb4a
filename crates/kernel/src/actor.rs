//! Who acts: everything done in the market is done by somebody, or by the market's own clock.

use crate::{Id, Locale};

/// The key of an account: the login of one person.
pub type AccountId = Id;

/// What a member of the operator's staff may do. More roles come with the back office.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffRole {
    /// Runs the instance: may see and do everything staff can.
    Operator,
}

/// Who asks for something.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Actor {
    /// Nobody signed in.
    Visitor,
    /// A signed-in person; `staff` when they work for the operator.
    Person {
        /// Whose login it is.
        account: AccountId,
        /// What they may do for the operator, if anything.
        staff: Option<StaffRole>,
        /// The language they read.
        locale: Locale,
    },
    /// The market itself: a clock that ran out, a job, a follower of events.
    System,
}

impl Actor {
    /// The account that acts, if a person does.
    pub const fn account(&self) -> Option<AccountId> {
        match self {
            Self::Person { account, .. } => Some(*account),
            Self::Visitor | Self::System => None,
        }
    }

    /// Whether the actor works for the operator.
    pub const fn is_staff(&self) -> bool {
        matches!(self, Self::Person { staff: Some(_), .. })
    }
}
