//! A running order: two people, one process, one escrow pot for each milestone. Every change goes through
//! [`fire`], through money that arrived ([`fund`]), or through a clock that ran out ([`crate::clocks`]); all three
//! write down what the engine planned and decide nothing themselves.

mod advance;
mod begin;
mod fire;
mod fund;
mod holdings;
mod lists;
mod pages;
mod parties;
mod sql;
mod state;

use kernel::Timestamp;

pub(crate) use advance::{Cause, advance};
pub(crate) use begin::{announce_start, begin};
pub(crate) use fire::{changed, clean_reason};
pub(crate) use parties::name_of;
pub(crate) use state::{Loaded, load, load_for};

pub use fire::{Fire, Fired, fire};
pub use fund::{Due, Fund, Funded, due_now, fund};
pub use holdings::{Holding, MoveHead, holdings, may_see_delivery, move_head, pot};
pub use lists::{
    ClosedDeal, EndedOrder, Filter, OperatorRow, OrderRow, Worth, closed_deals, ended_for, finished_count, list_for,
    operator_list, running_counts, worth,
};
pub use pages::{ClockView, MoveView, OrderPage, PartView, Purse, find_for, operator_view};
pub use parties::{Parties, Side, parties};
pub use state::heading;

kernel::refusals! {
    /// Why a step of an order is refused. No money has moved in any of these.
    pub enum OrderRefusal {
        /// No such order, or not yours.
        NotFound => ("order-not-found", NotFound),
        /// It changed since the page was shown.
        Changed { what: String, at: Timestamp } => ("order-changed", Conflict),
        /// The other side has to agree as well.
        NeedsBoth => ("order-needs-both", Conflict),
        /// The step happens by paying.
        PayFirst => ("order-pay-first", Conflict),
        /// A delivery without a word and without a file.
        EmptyDelivery => ("order-empty-delivery", Invalid, "note"),
        /// No reason given, or far too short.
        NoReason => ("order-no-reason", Invalid, "reason"),
        /// The words are too long or hold forbidden characters.
        BadNote => ("order-bad-note", Invalid, "note"),
        /// Too many files at once.
        TooManyFiles { most: i64 } => ("order-too-many-files", Invalid, "files"),
        /// Nothing of this order waits for this payment.
        NotPayable => ("order-not-payable", Conflict),
        /// Only the client pays.
        NotPayer => ("order-not-payer", Forbidden),
    }
}
