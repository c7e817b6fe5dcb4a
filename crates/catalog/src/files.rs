//! Files people attach: what was sent, by whom, and what it belongs to. The bytes lie in a file store, under the hash
//! of what they are; this room only knows the row. A file belongs to its sender until it is attached, once.

use kernel::{AccountId, Actor, Id, Timestamp};
use store::{Fail, Fault, Tx};

mod rules;
mod sql;

pub use rules::{ACCEPT, NewFile, SUBJECT_FILES_MAX, check};

/// All files of one account together, in bytes.
pub const QUOTA_BYTES: i64 = 1 << 30;
/// Files of one account that wait to be attached.
pub const WAITING_MAX: i64 = 60;

kernel::refusals! {
    /// Why a file is not taken.
    pub enum FileRefusal {
        /// Nobody is signed in.
        LogIn => ("file-log-in", LogIn, "files"),
        /// It has no bytes.
        Empty { name: String } => ("file-empty", Invalid, "files"),
        /// More bytes than one file may have.
        TooLarge { name: String, max_megabytes: i64 } => ("file-too-large", TooLarge, "files"),
        /// A kind that is not taken.
        KindRefused { name: String } => ("file-kind-refused", Invalid, "files"),
        /// The name says one kind, the bytes another.
        KindMismatch { name: String } => ("file-kind-mismatch", Invalid, "files"),
        /// More files than one page may have.
        TooMany { max: i64 } => ("file-too-many", Invalid, "files"),
        /// The account's room is used up.
        QuotaUsed { max_megabytes: i64 } => ("file-quota-used", Invalid, "files"),
        /// Not there, not yours, or already used elsewhere.
        Unknown => ("file-unknown", Invalid, "files"),
    }
}

/// A file as it is shown and served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileView {
    /// Its key.
    pub id: Id,
    /// Who sent it.
    pub owner: AccountId,
    /// Its cleaned name.
    pub name: String,
    /// What it is served as.
    pub media_type: String,
    /// How large it is.
    pub size_bytes: i64,
    /// The hash of its bytes, in hex; also its key in the file store.
    pub sha256: String,
    /// What it belongs to; nothing while it waits.
    pub subject: Option<(String, Id)>,
    /// When it was sent.
    pub made_at: Timestamp,
}

impl FileView {
    /// Whether a browser may show it in the page instead of saving it.
    pub fn is_picture(&self) -> bool {
        matches!(
            self.media_type.as_str(),
            "image/png" | "image/jpeg" | "image/gif" | "image/webp"
        )
    }
}

/// Writes down a file whose bytes already lie in the file store. Refusals: not signed in, room used up.
pub fn register(tx: &mut Tx, actor: &Actor, new: &NewFile) -> Result<Id, Fail> {
    let owner = actor.account().ok_or(FileRefusal::LogIn)?;
    let (bytes, waiting) = sql::usage(tx, owner)?;
    if bytes.saturating_add(new.size_bytes) > QUOTA_BYTES || waiting >= WAITING_MAX {
        return Err(FileRefusal::QuotaUsed {
            max_megabytes: QUOTA_BYTES >> 20,
        }
        .into());
    }
    Ok(sql::add(tx, owner, new)?)
}

/// Attaches one's own waiting files to something, once. Those already on it stay. Refusals: unknown, too many.
pub fn attach(tx: &mut Tx, actor: &Actor, files: &[Id], subject_kind: &str, subject: Id) -> Result<(), Fail> {
    let owner = actor.account().ok_or(FileRefusal::LogIn)?;
    let already: Vec<Id> = sql::of(tx, subject_kind, subject)?.iter().map(|f| f.id).collect();
    let mut new: Vec<Id> = files.iter().copied().filter(|id| !already.contains(id)).collect();
    new.sort_unstable();
    new.dedup();
    if already.len() + new.len() > SUBJECT_FILES_MAX {
        return Err(FileRefusal::TooMany {
            max: rules::subject_files_max(),
        }
        .into());
    }
    for file in new {
        if !sql::attach(tx, owner, file, subject_kind, subject)? {
            return Err(FileRefusal::Unknown.into());
        }
    }
    Ok(())
}

/// Makes exactly `files` the files of something the actor owns: new ones are attached, missing ones go back to wait.
pub fn set(tx: &mut Tx, actor: &Actor, files: &[Id], subject_kind: &str, subject: Id) -> Result<(), Fail> {
    let owner = actor.account().ok_or(FileRefusal::LogIn)?;
    for file in sql::of(tx, subject_kind, subject)? {
        if file.owner == owner && !files.contains(&file.id) {
            sql::detach(tx, owner, file.id)?;
        }
    }
    attach(tx, actor, files, subject_kind, subject)
}

/// The files of something, oldest first.
pub fn of(tx: &mut Tx, subject_kind: &str, subject: Id) -> Result<Vec<FileView>, Fault> {
    sql::of(tx, subject_kind, subject)
}

/// One file. Who may see it is decided by what it belongs to.
pub fn find(tx: &mut Tx, id: Id) -> Result<Option<FileView>, Fault> {
    sql::find(tx, id)
}

/// Those of `ids` that are the actor's own, in the order asked; for a form that is shown again.
pub fn own(tx: &mut Tx, actor: &Actor, ids: &[Id]) -> Result<Vec<FileView>, Fault> {
    let mut found = Vec::new();
    for id in ids.iter().take(SUBJECT_FILES_MAX) {
        found.extend(sql::find(tx, *id)?.filter(|f| Some(f.owner) == actor.account()));
    }
    Ok(found)
}
