//! Logging in, by code or by password. A known and an unknown destination are answered the same, after the same work.

use kernel::{AccountId, Id, Refuse as _};
use store::{Fail, Tx};

use crate::Verdict;
use crate::codes::{self, Purpose, Slot};
use crate::destinations::Destination;
use crate::letters::{self, Letter};
use crate::people;
use crate::sessions::{self, NewSession};
use crate::signup::AskCode;
use crate::tries::{self, Limit};
use crate::verdict::granted;

kernel::refusals! {
    /// Why a log-in is refused.
    pub enum LoginRefusal {
        /// No such account, no password, or another password: never said which.
        Wrong => ("login-wrong", Invalid, "password"),
    }
}

/// Somebody is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoggedIn {
    /// Whose account it is.
    pub account: AccountId,
    /// The session that began.
    pub session: Id,
}

/// A log-in by code.
#[derive(Debug, Clone)]
pub struct CodeLogin {
    /// Where the code went.
    pub to: Destination,
    /// The code as typed.
    pub code: String,
    /// The session to begin.
    pub session: NewSession,
}

/// What the edge compares a typed password with, outside of any transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    account: Option<AccountId>,
    /// For [`crate::passwords::verify`]; nothing where there is no account or no password.
    pub kept: Option<String>,
}

/// A log-in by password, after the comparison.
#[derive(Debug, Clone)]
pub struct PasswordLogin {
    /// The name that was typed.
    pub to: Destination,
    /// What [`begin`] gave.
    pub challenge: Challenge,
    /// What [`crate::passwords::verify`] said.
    pub matches: bool,
    /// The session to begin.
    pub session: NewSession,
}

/// Sends a code for logging in.
pub fn ask(tx: &mut Tx, cmd: &AskCode) -> Result<Verdict<()>, Fail> {
    send_code(tx, cmd, Purpose::Login, Letter::LoginCode, Letter::LoginUnknown)
}

/// Logs in with a code.
pub fn by_code(tx: &mut Tx, cmd: &CodeLogin) -> Result<Verdict<LoggedIn>, Fail> {
    granted!(codes::redeem(tx, &Slot::new(&cmd.to, Purpose::Login), &cmd.code)?);
    let Some(known) = people::by_destination(tx, &cmd.to)? else {
        // The code was never sent: whoever typed it guessed.
        return Ok(Verdict::Denied(codes::expired()));
    };
    let session = sessions::open(tx, known.id, &cmd.session)?;
    Ok(Verdict::Granted(LoggedIn {
        account: known.id,
        session,
    }))
}

/// First half of a log-in by password: counts the try, and hands out what the password is compared with.
pub fn begin(tx: &mut Tx, to: &Destination) -> Result<Verdict<Challenge>, Fail> {
    if let Some(refusal) = tries::count(tx, Limit::Passwords, &to.value)? {
        return Ok(Verdict::Denied(refusal));
    }
    let known = people::by_destination(tx, to)?;
    Ok(Verdict::Granted(Challenge {
        account: known.as_ref().map(|account| account.id),
        kept: known.and_then(|account| account.password_hash),
    }))
}

/// Second half: the session, if the password was the kept one and still is.
pub fn finish(tx: &mut Tx, cmd: &PasswordLogin) -> Result<Verdict<LoggedIn>, Fail> {
    let wrong = || Ok(Verdict::Denied(LoginRefusal::Wrong.refusal()));
    let Some(known) = people::by_destination(tx, &cmd.to)? else {
        return wrong();
    };
    let same = Some(known.id) == cmd.challenge.account && known.password_hash == cmd.challenge.kept;
    if !cmd.matches || !same || known.password_hash.is_none() {
        return wrong();
    }
    tries::forget(tx, Limit::Passwords, &cmd.to.value)?;
    let session = sessions::open(tx, known.id, &cmd.session)?;
    Ok(Verdict::Granted(LoggedIn {
        account: known.id,
        session,
    }))
}

/// Makes a code live and writes one letter, to a stranger as to a member.
pub(crate) fn send_code(
    tx: &mut Tx,
    cmd: &AskCode,
    purpose: Purpose,
    to_member: Letter,
    to_stranger: Letter,
) -> Result<Verdict<()>, Fail> {
    let minutes = granted!(codes::issue(tx, &Slot::new(&cmd.to, purpose), &cmd.fresh)?);
    let (letter, locale, name) = match people::by_destination(tx, &cmd.to)? {
        Some(account) => (to_member, account.contact.locale, account.contact.name),
        None => (to_stranger, cmd.locale, String::new()),
    };
    let args = [
        ("code", cmd.fresh.digits().to_owned()),
        ("minutes", minutes.to_string()),
        ("name", name),
    ];
    letters::send(tx, &cmd.to, locale, letter, &args)?;
    Ok(Verdict::Granted(()))
}
