//! A session: one browser that is signed in. The token is made at the edge and never reaches a row: only its SHA-256
//! does. Not here: how somebody proves who they are (see `login`, `signup`, `reset`).

mod sql;

use aws_lc_rs::digest;
use kernel::{AccountId, Actor, Id, Locale, MINUTE, StaffRole, Timestamp};
use store::{Fail, Fault, Row, Tx};

use crate::consents;

/// A session is written down as seen at most this often.
const TOUCH_EVERY: i64 = 5 * MINUTE;
const DEVICE_CHARS_MAX: usize = 80;
const ADDRESS_CHARS_MAX: usize = 45;

kernel::refusals! {
    /// Why a session is not ended.
    pub enum SessionRefusal {
        /// Not there, or somebody else's.
        NotFound => ("session-not-found", NotFound),
        /// Nobody is signed in.
        LogIn => ("session-log-in", LogIn),
    }
}

/// A session about to begin, as the edge knows it.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// [`token_hash`] of the token the browser keeps.
    pub token_hash: String,
    /// The device in words, such as `Chrome · Windows`.
    pub device: String,
    /// The network address it came from.
    pub address: String,
}

/// What every page needs to know about who is signed in: one query, no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    /// The session's own id.
    pub session_id: Id,
    /// Whose log-in it is.
    pub account_id: AccountId,
    /// The name people see.
    pub name: String,
    /// What they may do for the operator.
    pub staff: Option<StaffRole>,
    /// The language they read.
    pub locale: Locale,
    /// The zone they live in, such as `Asia/Shanghai`.
    pub zone: String,
    /// Binds form tokens to this session.
    pub csrf_seed: String,
    /// Newer legal texts wait for their consent.
    pub consent_due: bool,
    /// Whether they have a password.
    pub has_password: bool,
    /// It is time to call [`touch`], in a write of its own.
    pub touch_due: bool,
}

impl SessionView {
    /// Who acts in this session.
    pub const fn actor(&self) -> Actor {
        Actor::Person {
            account: self.account_id,
            staff: self.staff,
            locale: self.locale,
        }
    }
}

/// A session in its owner's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// Its id.
    pub id: Id,
    /// The device in words.
    pub device: String,
    /// The network address it began from.
    pub address: String,
    /// When it began.
    pub made_at: Timestamp,
    /// When it was last seen, to a few minutes.
    pub seen_at: Timestamp,
}

/// The SHA-256 of a token, in hex: what rows hold.
pub fn token_hash(token: &str) -> String {
    hex::encode(digest::digest(&digest::SHA256, token.as_bytes()))
}

/// Begins a session. What newer legal texts ask for is written down with it.
pub fn open(tx: &mut Tx, account: AccountId, new: &NewSession) -> Result<Id, Fail> {
    let (id, now) = (tx.new_id(), tx.now());
    let days = site::settings::load(tx)?.session_days;
    let consent_due = !consents::due(tx, account)?.is_empty();
    let device: String = new
        .device
        .chars()
        .filter(|c| !c.is_control())
        .take(DEVICE_CHARS_MAX)
        .collect();
    let address: String = new.address.chars().take(ADDRESS_CHARS_MAX).collect();
    sql::insert(
        tx,
        &sql::NewRow {
            id,
            account,
            token_hash: &new.token_hash,
            device: &device,
            address: &address,
            consent_due,
            now,
            expires_at: now.plus_days(days),
        },
    )?;
    Ok(id)
}

/// The live session of a token, if there is one.
pub fn resolve(tx: &mut Tx, token_hash: &str) -> Result<Option<SessionView>, Fault> {
    sql::resolve(tx, token_hash)
}

/// Writes down that a session was seen, and lets it live on from now. Called when [`SessionView::touch_due`] says so.
pub fn touch(tx: &mut Tx, session: Id) -> Result<(), Fail> {
    let now = tx.now();
    let days = site::settings::load(tx)?.session_days;
    Ok(sql::touch(tx, session, now, now.plus_days(days))?)
}

/// The actor's live sessions, the last seen first.
pub fn list(tx: &mut Tx, actor: &Actor) -> Result<Vec<SessionRow>, Fail> {
    let account = actor.account().ok_or(SessionRefusal::LogIn)?;
    Ok(sql::list(tx, account)?)
}

/// Ends one session of the actor's own: signing out here or from far away.
pub fn end(tx: &mut Tx, actor: &Actor, session: Id) -> Result<(), Fail> {
    let account = actor.account().ok_or(SessionRefusal::LogIn)?;
    match sql::end_one(tx, account, session)? {
        0 => Err(SessionRefusal::NotFound.into()),
        _ => Ok(()),
    }
}

/// Ends every session of the actor but `kept`; answers how many.
pub fn end_others(tx: &mut Tx, actor: &Actor, kept: Id) -> Result<u64, Fail> {
    let account = actor.account().ok_or(SessionRefusal::LogIn)?;
    Ok(sql::end_all_but(tx, account, Some(kept))?)
}

/// Ends sessions of an account, as a new password does: all, or all but one.
pub(crate) fn end_all(tx: &mut Tx, account: AccountId, kept: Option<Id>) -> Result<u64, Fault> {
    sql::end_all_but(tx, account, kept)
}

/// The account has agreed to the texts in force: its sessions no longer ask.
pub(crate) fn consent_given(tx: &mut Tx, account: AccountId) -> Result<(), Fault> {
    sql::consent_given(tx, account)
}

/// Forgets sessions that have run out.
pub(crate) fn sweep(tx: &mut Tx) -> Result<u64, Fault> {
    let now = tx.now();
    sql::end_expired(tx, now)
}

fn read_view(row: &Row, token_hash: &str, now: Timestamp) -> Result<SessionView, Fault> {
    let seen_at: Timestamp = row.get(7)?;
    let seed = digest::digest(&digest::SHA256, format!("form:{token_hash}").as_bytes());
    Ok(SessionView {
        session_id: row.get(0)?,
        account_id: row.get(1)?,
        name: row.get(2)?,
        staff: crate::people::staff_of(row.get(3)?)?,
        locale: row.get(4)?,
        zone: row.get(5)?,
        csrf_seed: hex::encode(seed),
        consent_due: row.get(6)?,
        has_password: row.get(8)?,
        touch_due: now.since(seen_at) >= TOUCH_EVERY,
    })
}
