//! A new password for who forgot theirs, or never had one: by code. It ends every session and begins one.

use store::{Fail, Tx};

use crate::Verdict;
use crate::codes::{self, Purpose, Slot};
use crate::destinations::Destination;
use crate::letters::{self, Letter};
use crate::login::{LoggedIn, send_code};
use crate::people;
use crate::sessions::{self, NewSession};
use crate::signup::AskCode;
use crate::tries::{self, Limit};
use crate::verdict::granted;

/// The code and the new password.
#[derive(Debug, Clone)]
pub struct Reset {
    /// Where the code went.
    pub to: Destination,
    /// The code as typed.
    pub code: String,
    /// From [`crate::passwords::hash`], after [`crate::passwords::check`].
    pub password_hash: String,
    /// The session to begin.
    pub session: NewSession,
}

/// Sends a code for a new password.
pub fn ask(tx: &mut Tx, cmd: &AskCode) -> Result<Verdict<()>, Fail> {
    send_code(tx, cmd, Purpose::Reset, Letter::ResetCode, Letter::ResetUnknown)
}

/// Sets the new password, signs every device out and this one in.
pub fn finish(tx: &mut Tx, cmd: &Reset) -> Result<Verdict<LoggedIn>, Fail> {
    granted!(codes::redeem(tx, &Slot::new(&cmd.to, Purpose::Reset), &cmd.code)?);
    let Some(known) = people::by_destination(tx, &cmd.to)? else {
        return Ok(Verdict::Denied(codes::expired()));
    };
    people::set_password(tx, known.id, &cmd.password_hash)?;
    sessions::end_all(tx, known.id, None)?;
    tries::forget(tx, Limit::Passwords, &cmd.to.value)?;
    letters::send(
        tx,
        &cmd.to,
        known.contact.locale,
        Letter::PasswordChanged,
        &[("name", known.contact.name)],
    )?;
    let session = sessions::open(tx, known.id, &cmd.session)?;
    Ok(Verdict::Granted(LoggedIn {
        account: known.id,
        session,
    }))
}
