//! Joining: a destination is typed, a code goes there, and with the code come a name, perhaps a password, and consent.
//! A destination that has an account already is answered just the same; its code logs in.

use kernel::{AccountId, Id, Locale, Refusal};
use store::{Fail, Tx};

use crate::codes::{self, FreshCode, Purpose, Slot};
use crate::consents::{self, ConsentRefusal};
use crate::destinations::{Channel, Destination};
use crate::letters::{self, Letter};
use crate::people::{self, NewPerson};
use crate::sessions::{self, NewSession};
use crate::verdict::granted;
use crate::{Verdict, names, passwords};

/// Asks for a code to a destination; the same for sign-up, log-in and reset.
#[derive(Debug, Clone)]
pub struct AskCode {
    /// Where it goes.
    pub to: Destination,
    /// The language of a stranger; who has an account is written to in their own.
    pub locale: Locale,
    /// Made at the edge.
    pub fresh: FreshCode,
}

/// Everything that finishes a sign-up.
#[derive(Debug, Clone)]
pub struct Join {
    /// Where the code went.
    pub to: Destination,
    /// The code as typed.
    pub code: String,
    /// The name as typed.
    pub name: String,
    /// From [`passwords::hash`], if a password was chosen.
    pub password_hash: Option<String>,
    /// The box was ticked.
    pub agreed: bool,
    /// [`consents::in_force`] as it was when the page was shown.
    pub seen_texts: String,
    /// The language they read.
    pub locale: Locale,
    /// The zone they live in.
    pub zone: String,
    /// The session to begin.
    pub session: NewSession,
}

/// Somebody is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Joined {
    /// Whose account it is.
    pub account: AccountId,
    /// The session that began.
    pub session: Id,
    /// The destination had an account: they were logged in, and nothing was made.
    pub existed: bool,
}

/// What is wrong with a sign-up, all at once, before anything slow or counted is done. Pure, for the edge.
pub fn check(to: &Destination, name: &str, password: Option<&str>, agreed: bool) -> Result<(), Refusal> {
    let wrong = [
        names::clean(name).err(),
        password.and_then(|typed| passwords::check(typed, &[name, &to.value]).err()),
        (!agreed).then(|| ConsentRefusal::Missing.into()),
    ];
    Refusal::gather(wrong.into_iter().flatten().collect()).map_or(Ok(()), Err)
}

/// Sends a code to a destination that wants to join.
pub fn ask(tx: &mut Tx, cmd: &AskCode) -> Result<Verdict<()>, Fail> {
    let slot = Slot::new(&cmd.to, Purpose::Signup);
    let minutes = granted!(codes::issue(tx, &slot, &cmd.fresh)?);
    let known = people::by_destination(tx, &cmd.to)?;
    let (letter, locale, name) = match known {
        Some(account) => (Letter::SignupKnown, account.contact.locale, account.contact.name),
        None => (Letter::SignupCode, cmd.locale, String::new()),
    };
    let args = [
        ("code", cmd.fresh.digits().to_owned()),
        ("minutes", minutes.to_string()),
        ("name", name),
    ];
    letters::send(tx, &cmd.to, locale, letter, &args)?;
    Ok(Verdict::Granted(()))
}

/// Finishes a sign-up: the account, the consent and the first session, or a log-in where there is an account.
pub fn join(tx: &mut Tx, cmd: &Join) -> Result<Verdict<Joined>, Fail> {
    let name = names::clean(&cmd.name)?;
    consents::check(tx, cmd.agreed, &cmd.seen_texts)?;
    granted!(codes::redeem(tx, &Slot::new(&cmd.to, Purpose::Signup), &cmd.code)?);
    let on = |channel| (cmd.to.channel == channel).then(|| cmd.to.value.clone());
    let new = NewPerson {
        name,
        email: on(Channel::Mail),
        phone: on(Channel::Sms),
        password_hash: cmd.password_hash.clone(),
        locale: cmd.locale,
        zone: cmd.zone.clone(),
        staff: None,
    };
    let (account, existed) = match people::by_destination(tx, &cmd.to)? {
        Some(known) => (known.id, true),
        None => (people::create(tx, &new)?, false),
    };
    if existed {
        consents::give(tx, account, cmd.locale)?;
    }
    let session = sessions::open(tx, account, &cmd.session)?;
    Ok(Verdict::Granted(Joined {
        account,
        session,
        existed,
    }))
}
