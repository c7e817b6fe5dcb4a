//! The words all rooms share: ids, money, time, languages, who acts, and how one says no.
//!
//! Pure: no input or output, no clock, no random numbers. What it is deliberately not: a place for helpers
//! that only one room needs.

mod actor;
mod id;
mod locale;
mod money;
mod refusal;
mod text;
mod time;

pub use actor::{AccountId, Actor, StaffRole};
pub use id::{Id, IdParseError, IdSource};
pub use locale::Locale;
pub use money::{Currency, Money, MoneyError};
pub use refusal::{Arg, Refusal, Refuse, Status};
pub use text::{TextFault, clean_line, clean_text, mask_name};
pub use time::{DAY, HOUR, MINUTE, SECOND, Timestamp};
