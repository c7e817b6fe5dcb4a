//! The people of the market: who they are, how they prove it, and what they agreed to.
//!
//! Signing up and logging in by code or password, sessions, consent, and the person's own settings. What it is
//! deliberately not: public profiles (the catalog's), rights inside an order (the order's), and anything random or
//! slow: tokens, codes, salts and password hashes are made at the edge and come in with the command.
//!
//! A wrong guess must be remembered although it is refused, and a refusal rolls its transaction back. Use cases that
//! count guesses therefore answer a [`Verdict`]: the transaction commits either way.

pub mod codes;
pub mod consents;
pub mod destinations;
pub mod letters;
pub mod login;
pub mod names;
pub mod passwords;
pub mod people;
pub mod reset;
pub mod sessions;
pub mod settings;
pub mod signup;
pub mod tries;
mod verdict;

pub use sessions::SessionView;
pub use verdict::Verdict;

use store::{Fail, Tx};

/// Forgets what has run out: sessions, codes, counted tries. Called now and then by the program; answers how many rows.
pub fn sweep(tx: &mut Tx) -> Result<u64, Fail> {
    Ok(sessions::sweep(tx)? + codes::sweep(tx)? + tries::sweep(tx)?)
}

/// Every refusal of this room, for the check that each has words.
pub fn refusal_codes() -> Vec<&'static str> {
    use kernel::Refuse;
    [
        codes::CodeRefusal::CODES,
        consents::ConsentRefusal::CODES,
        destinations::DestinationRefusal::CODES,
        login::LoginRefusal::CODES,
        names::NameRefusal::CODES,
        passwords::PasswordRefusal::CODES,
        people::PersonRefusal::CODES,
        sessions::SessionRefusal::CODES,
        settings::SettingsRefusal::CODES,
        tries::TriesRefusal::CODES,
    ]
    .concat()
}
