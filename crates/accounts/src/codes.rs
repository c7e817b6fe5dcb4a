//! One-time codes: six digits that prove somebody reads what is sent to a destination. One is live for a destination
//! and purpose, for ten minutes, for five tries, once. Rows hold a salted hash; the code itself comes from the edge.

mod sql;

use aws_lc_rs::digest;
use kernel::{AccountId, DAY, Id, MINUTE, Refusal, Refuse as _, Timestamp};
use store::{Fail, Fault, Tx};
use subtle::ConstantTimeEq as _;

use crate::Verdict;
use crate::destinations::Destination;
use crate::tries::{self, Limit};

const TRIES_MAX: i64 = 5;

kernel::refusals! {
    /// Why a code is not taken.
    pub enum CodeRefusal {
        /// Not six digits.
        Unreadable => ("code-unreadable", Invalid, "code"),
        /// Another code; so many tries are left.
        Wrong { left: i64 } => ("code-wrong", Invalid, "code"),
        /// Five wrong tries: this code is dead.
        UsedUp => ("code-used-up", Invalid, "code"),
        /// Too late, already used, or never asked for.
        Expired => ("code-expired", Invalid, "code"),
    }
}

/// A new code and its salt, from bytes the edge took from the system's random numbers.
#[derive(Clone)]
pub struct FreshCode {
    code: String,
    salt: String,
}

impl FreshCode {
    /// Six digits and a salt out of 32 random bytes.
    pub fn from_random(bytes: [u8; 32]) -> Self {
        let (head, salt) = bytes.split_at(8);
        let number = head.iter().fold(0u64, |sum, byte| (sum << 8) | u64::from(*byte));
        Self {
            code: format!("{:06}", number % 1_000_000),
            salt: hex::encode(salt),
        }
    }

    /// The digits, for the letter.
    pub fn digits(&self) -> &str {
        &self.code
    }
}

impl std::fmt::Debug for FreshCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FreshCode")
    }
}

/// What a code is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Signup,
    Login,
    Reset,
    Change,
}

impl Purpose {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Signup => "signup",
            Self::Login => "login",
            Self::Reset => "reset",
            Self::Change => "change",
        }
    }
}

/// The one place a live code can be: destination, purpose and, for a change of contact, whose change.
#[derive(Debug, Clone)]
pub(crate) struct Slot {
    pub(crate) to: Destination,
    pub(crate) purpose: Purpose,
    pub(crate) account: Option<AccountId>,
}

impl Slot {
    pub(crate) fn new(to: &Destination, purpose: Purpose) -> Self {
        Self {
            to: to.clone(),
            purpose,
            account: None,
        }
    }

    fn owner(&self) -> i64 {
        self.account.map_or(0, Id::raw)
    }
}

struct CodeRow {
    salt: String,
    hash: String,
    tries: i64,
    expires_at: Timestamp,
}

/// Makes `fresh` the live code of the slot, unless too many went to the destination. Answers for how many minutes.
pub(crate) fn issue(tx: &mut Tx, slot: &Slot, fresh: &FreshCode) -> Result<Verdict<i64>, Fail> {
    if let Some(refusal) = tries::count(tx, Limit::Codes, &slot.to.value)? {
        return Ok(Verdict::Denied(refusal));
    }
    let minutes = site::settings::load(tx)?.code_minutes;
    let expires_at = tx.now() + minutes * MINUTE;
    sql::put(tx, slot, &fresh.salt, &hash(slot, &fresh.salt, &fresh.code), expires_at)?;
    Ok(Verdict::Granted(minutes))
}

/// Takes a typed code. A right one is used up; a wrong one is counted, which only lasts if the transaction commits.
pub(crate) fn redeem(tx: &mut Tx, slot: &Slot, typed: &str) -> Result<Verdict<()>, Fault> {
    let Some(code) = read(typed) else {
        return Ok(denied(CodeRefusal::Unreadable));
    };
    let now = tx.now();
    let Some(row) = sql::find(tx, slot)?.filter(|row| row.expires_at > now) else {
        return Ok(denied(CodeRefusal::Expired));
    };
    if row.tries >= TRIES_MAX {
        return Ok(denied(CodeRefusal::UsedUp));
    }
    if hash(slot, &row.salt, &code)
        .as_bytes()
        .ct_eq(row.hash.as_bytes())
        .into()
    {
        sql::remove(tx, slot)?;
        return Ok(Verdict::Granted(()));
    }
    sql::count_try(tx, slot)?;
    Ok(denied(match TRIES_MAX - row.tries - 1 {
        0 => CodeRefusal::UsedUp,
        left => CodeRefusal::Wrong { left },
    }))
}

/// The refusal of a code that nobody was sent.
pub(crate) fn expired() -> Refusal {
    CodeRefusal::Expired.refusal()
}

/// Forgets codes that ran out a day ago or longer.
pub(crate) fn sweep(tx: &mut Tx) -> Result<u64, Fault> {
    let before = tx.now() - DAY;
    sql::remove_expired(tx, before)
}

fn denied<T>(refusal: CodeRefusal) -> Verdict<T> {
    Verdict::Denied(refusal.refusal())
}

/// Six digits, full-width ones and gaps forgiven.
fn read(typed: &str) -> Option<String> {
    let digit = |c: char| match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        _ => None,
    };
    if typed.len() > 64 {
        return None;
    }
    let code: Option<String> = typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(digit)
        .collect();
    code.filter(|code| code.len() == 6)
}

fn hash(slot: &Slot, salt: &str, code: &str) -> String {
    let text = format!(
        "{salt}|{}|{}|{}|{code}",
        slot.purpose.word(),
        slot.owner(),
        slot.to.value
    );
    hex::encode(digest::digest(&digest::SHA256, text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_six_digits_whatever_the_bytes() {
        for byte in [0u8, 1, 127, 255] {
            let fresh = FreshCode::from_random([byte; 32]);
            assert_eq!(fresh.digits().len(), 6);
            assert!(fresh.digits().bytes().all(|b| b.is_ascii_digit()));
            assert!(!format!("{fresh:?}").contains(fresh.digits()));
        }
    }

    #[test]
    fn typed_codes_are_read_kindly() {
        assert_eq!(read(" 123 456 ").as_deref(), Some("123456"));
        assert_eq!(read("１２３－".replace('－', "-").as_str()), None);
        assert_eq!(read("１２３４５６").as_deref(), Some("123456"));
        for typed in ["", "12345", "1234567", "12345x", "一二三四五六"] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }
}
