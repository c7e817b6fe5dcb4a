//! What a market trades in and who offers it: categories, skills, profiles, and the files people attach.
//!
//! What it is deliberately not: it knows no request and no order, and it never touches the bytes of a file.

pub mod categories;
pub mod files;
mod installing;
pub mod profiles;
pub mod skills;

pub use installing::install;

/// Every refusal code of this room, for the check that each has words.
pub fn refusal_codes() -> Vec<&'static str> {
    use kernel::Refuse;
    [files::FileRefusal::CODES, profiles::ProfileRefusal::CODES].concat()
}
