//! The processes orders run on: versioned texts in rows, proven by the engine before anyone may use them. A running
//! order keeps the version it began with. It is not the engine: what a process means is decided there.

mod sql;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use engine::Process;
use kernel::Locale;
use site::packs::Pack;
use store::{Fail, Fault, Tx};

/// The process an awarded bid runs on.
pub const TENDER: &str = "tender";

/// The process files a pack brings.
const FILES: &[&str] = &["processes/tender.toml"];

/// Texts that were proven before, so that each is proven once in the life of the program.
static PROVEN: OnceLock<Mutex<HashMap<String, Arc<Process>>>> = OnceLock::new();

/// Stores the pack's processes. What is already there stays: a version is never changed, only followed by the next.
pub fn install(tx: &mut Tx, pack: &Pack) -> Result<(), Fail> {
    for file in FILES {
        if let Some(text) = pack.text(file) {
            install_text(tx, text)?;
        }
    }
    Ok(())
}

/// Stores one process text. Faults: the checker refuses it, or its version is taken by another text.
pub fn install_text(tx: &mut Tx, text: &str) -> Result<Arc<Process>, Fail> {
    let process = proven(text)?;
    let version = i64::from(process.version());
    match sql::body(tx, process.name(), version)? {
        None => sql::insert(tx, process.name(), version, text)?,
        Some(stored) if stored == text => {}
        Some(_) => {
            let what = format!(
                "process {} version {version} is in use with another text: raise its version",
                process.name()
            );
            return Err(Fault::broken(what).into());
        }
    }
    Ok(process)
}

/// The newest version of a process.
pub fn current(tx: &mut Tx, name: &str) -> Result<Arc<Process>, Fail> {
    let body = sql::newest(tx, name)?.ok_or_else(|| Fault::broken(format!("no process {name} is installed")))?;
    Ok(proven(&body)?)
}

/// One version of a process, as an order keeps it.
pub fn version(tx: &mut Tx, name: &str, version: i64) -> Result<Arc<Process>, Fail> {
    let body =
        sql::body(tx, name, version)?.ok_or_else(|| Fault::broken(format!("process {name} {version} is gone")))?;
    Ok(proven(&body)?)
}

fn proven(text: &str) -> Result<Arc<Process>, Fault> {
    let cache = PROVEN.get_or_init(Mutex::default);
    let known = cache.lock().unwrap_or_else(PoisonError::into_inner).get(text).cloned();
    if let Some(process) = known {
        return Ok(process);
    }
    let process = engine::load(text).map(Arc::new).map_err(|faults| {
        let told: Vec<_> = faults.iter().map(|fault| fault.shown(Locale::En)).collect();
        Fault::broken(format!("the process is refused:\n{}", told.join("\n")))
    })?;
    let mut cache = cache.lock().unwrap_or_else(PoisonError::into_inner);
    cache.insert(text.to_owned(), process.clone());
    Ok(process)
}

/// What is installed: name, version, when, newest first.
pub fn list(tx: &mut Tx) -> Result<Vec<Installed>, Fault> {
    sql::list(tx)
}

/// One installed version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// The process.
    pub name: String,
    /// Its version.
    pub version: i64,
    /// When it was stored.
    pub made_at: kernel::Timestamp,
    /// How many orders run on it and have not ended.
    pub running: i64,
}

/// A short, stable mark of a text: two people who hold the same mark saw the same terms. Not a secret and no proof
/// against forgers; the terms themselves are in the rows.
pub(crate) fn mark(text: &str) -> String {
    let fold = |seed: u64| {
        text.bytes().fold(seed, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    format!(
        "{:016x}{:016x}",
        fold(0xcbf2_9ce4_8422_2325),
        fold(0x6c62_272e_07bb_0142)
    )
}
