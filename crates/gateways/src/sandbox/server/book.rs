//! What the sandbox remembers: payins, refunds and notices still to be sent, in one file that is replaced whole and
//! synced before anything is answered. Small on purpose; a real gateway keeps more than a file.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::super::wire::CreatePayin;

/// A payin.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct PayinEntry {
    pub(super) asked: CreatePayin,
    pub(super) gateway_ref: String,
    pub(super) token: String,
    /// `pending`, `paid`, `failed` or `closed`.
    pub(super) state: String,
    pub(super) refunded_minor: i64,
}

/// A refund, sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct RefundEntry {
    pub(super) payin: String,
    pub(super) amount_minor: i64,
    pub(super) currency: String,
    pub(super) gateway_ref: String,
}

/// A notice still to be sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct NoticeEntry {
    pub(super) url: String,
    pub(super) body: String,
    pub(super) forged: bool,
    pub(super) due_s: i64,
    pub(super) attempts: u32,
}

/// Everything.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Pages {
    pub(super) next: u64,
    pub(super) payins: BTreeMap<String, PayinEntry>,
    pub(super) refunds: BTreeMap<String, RefundEntry>,
    pub(super) notices: BTreeMap<u64, NoticeEntry>,
}

impl Pages {
    /// A number that was never given before.
    pub(super) fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// The payin behind a page's secret address.
    pub(super) fn by_token(&self, token: &str) -> Option<&PayinEntry> {
        self.payins.values().find(|entry| entry.token == token)
    }
}

/// The book on disk.
pub(super) struct Book {
    path: PathBuf,
    pages: Mutex<Pages>,
}

impl Book {
    /// Opens the book in `folder`.
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        let path = folder.join("book.json");
        let pages = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(io::Error::other)?,
            Err(e) if e.kind() == io::ErrorKind::NotFound => Pages::default(),
            Err(e) => return Err(e),
        };
        Ok(Self {
            path,
            pages: Mutex::new(pages),
        })
    }

    /// Reads.
    pub(super) fn read<T>(&self, look: impl FnOnce(&Pages) -> T) -> T {
        look(&self.pages.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes and keeps; nothing is changed when it cannot be kept.
    pub(super) fn write<T>(&self, change: impl FnOnce(&mut Pages) -> T) -> io::Result<T> {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        let mut next = pages.clone();
        let answer = change(&mut next);
        self.keep(&next)?;
        *pages = next;
        Ok(answer)
    }

    fn keep(&self, pages: &Pages) -> io::Result<()> {
        let fresh = self.path.with_extension("new");
        let mut file = fs::File::create(&fresh)?;
        file.write_all(&serde_json::to_vec(pages).map_err(io::Error::other)?)?;
        file.sync_all()?;
        fs::rename(&fresh, &self.path)
    }
}
