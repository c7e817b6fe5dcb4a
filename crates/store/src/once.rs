//! Idempotency: what is sent twice is done once, and answered the same both times.

use kernel::{Id, Refusal, Status, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Fail, Fault, Pending, Store, Tx, params};

/// Names one attempt of one person: the key that came with a form or a call, and a fingerprint of what came with it.
#[derive(Debug, Clone)]
pub struct OnceKey {
    /// Whose key it is; keys of different people never meet.
    pub scope: Option<Id>,
    /// The key itself, up to 100 characters.
    pub key: String,
    /// A fingerprint of the body: the same key with another body is refused.
    pub body: String,
}

impl Store {
    /// Like [`write`](Store::write), and records the answer under `once` in the same transaction: a repeat gets the
    /// stored answer, the same key with another body is refused with `once-other-body`. A refusal is not recorded.
    pub fn write_once<T, F>(&self, name: &'static str, once: OnceKey, run: F) -> Pending<T>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: Fn(&mut Tx) -> Result<T, Fail> + Send + 'static,
    {
        self.write(name, move |tx| match recall(tx, name, &once)? {
            Some(answer) => Ok(answer),
            None => {
                let answer = run(tx)?;
                record(tx, name, &once, &answer)?;
                Ok(answer)
            }
        })
    }
}

impl Tx<'_> {
    /// Forgets up to `most` keys and done jobs from before `before`: nobody repeats a form after so long. Answers how
    /// many rows; the program calls it now and then.
    pub fn forget_before(&mut self, before: Timestamp, most: i64) -> Result<u64, Fault> {
        let keys = "DELETE FROM once_keys WHERE (scope, name, once_key) IN (\
                    SELECT scope, name, once_key FROM once_keys WHERE made_at < ?1 ORDER BY made_at LIMIT ?2)";
        // Only the oldest are looked at, so that asking often costs little.
        let jobs = "DELETE FROM jobs WHERE done_at < ?1 AND id IN (\
                    SELECT id FROM jobs WHERE state = 'done' ORDER BY id LIMIT ?2)";
        Ok(self.execute(keys, params![before, most])? + self.execute(jobs, params![before, most])?)
    }
}

fn recall<T: DeserializeOwned>(tx: &mut Tx, name: &str, once: &OnceKey) -> Result<Option<T>, Fail> {
    let sql = "SELECT body, answer FROM once_keys WHERE scope = ?1 AND name = ?2 AND once_key = ?3";
    let scope = once.scope.map_or(0, Id::raw);
    let found = tx.query_opt(sql, params![scope, name, &once.key], |row| {
        Ok((row.get::<String>(0)?, row.get::<String>(1)?))
    })?;
    match found {
        None => Ok(None),
        Some((body, _)) if body != once.body => Err(Refusal::new("once-other-body", Status::Conflict).into()),
        Some((_, answer)) => Ok(Some(
            serde_json::from_str(&answer).map_err(|e| Fault::Shape(format!("stored answer: {e}")))?,
        )),
    }
}

fn record<T: Serialize>(tx: &mut Tx, name: &str, once: &OnceKey, answer: &T) -> Result<(), Fail> {
    let answer = serde_json::to_string(answer).map_err(|e| Fault::Shape(format!("answer: {e}")))?;
    let sql = "INSERT INTO once_keys (scope, name, once_key, body, answer, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let (scope, now) = (once.scope.map_or(0, Id::raw), tx.now());
    tx.execute(sql, params![scope, name, &once.key, &once.body, answer, now])?;
    Ok(())
}
