//! SQLite: one writer thread that groups waiting closures into one commit, and readers on their own connections.

use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};

use crate::dialect::Dialect;
use crate::engine::Engine;
use crate::store::{Options, Shared};
use crate::work::Work;
use crate::{Fault, Row, Tx, Value, migrate};

/// Closures in one commit at the most: bounds how long the first one waits.
const GROUP: usize = 256;

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database {
            message: error.to_string(),
            retry: false,
        }
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(n) => ValueRef::Integer(*n),
            Self::Text(s) => ValueRef::Text(s.as_bytes()),
            Self::Bytes(b) => ValueRef::Blob(b),
        }))
    }
}

struct Sqlite<'a>(&'a Connection);

impl Engine for Sqlite<'_> {
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, Fault> {
        Ok(self.0.prepare_cached(sql)?.execute(params_from_iter(params))? as u64)
    }

    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, Fault> {
        let mut statement = self.0.prepare_cached(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query(params_from_iter(params))?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(Row((0..columns)
                .map(|place| Ok(read_value(row.get_ref(place)?)))
                .collect::<Result<_, Fault>>()?));
        }
        Ok(out)
    }

    fn prepare(&mut self, sql: &str) -> Result<(), Fault> {
        self.0.prepare(sql)?;
        Ok(())
    }

    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }
}

fn read_value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::Int(n),
        // Reals never stand in our tables; should one come out of arithmetic, it must not pass as an integer.
        ValueRef::Real(r) => Value::Text(format!("real {r}")),
        ValueRef::Text(bytes) => Value::Text(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}

pub(crate) fn start(path: &Path, options: &Options, shared: &Arc<Shared>) -> Result<Vec<JoinHandle<()>>, Fault> {
    let mut writer = connect(path)?;
    migrate::sqlite(&mut writer)?;
    shared.resume_ids(writer.query_row(migrate::NEWEST_ID, [], |row| row.get(0))?);
    let mut threads = vec![spawn("store-writer", shared, move |shared| {
        write_loop(&writer, &shared)
    })?];
    for _ in 0..options.readers.max(1) {
        let reader = connect(path)?;
        reader.pragma_update(None, "query_only", "ON")?;
        threads.push(spawn("store-reader", shared, move |shared| {
            read_loop(&reader, &shared)
        })?);
    }
    Ok(threads)
}

fn spawn(
    name: &str,
    shared: &Arc<Shared>,
    run: impl FnOnce(Arc<Shared>) + Send + 'static,
) -> Result<JoinHandle<()>, Fault> {
    let shared = Arc::clone(shared);
    let thread = std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || run(shared));
    thread.map_err(|e| Fault::Database {
        message: format!("no thread: {e}"),
        retry: false,
    })
}

fn connect(path: &Path) -> Result<Connection, Fault> {
    let conn = Connection::open(path)?;
    conn.busy_timeout(Duration::from_secs(10))?;
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "foreign_keys", "ON")?;
    // 16 MiB a connection; negative means KiB.
    conn.pragma_update(None, "cache_size", -16_384)?;
    conn.set_prepared_statement_cache_capacity(512);
    Ok(conn)
}

fn read_loop(conn: &Connection, shared: &Shared) {
    while let Some(batch) = shared.reads.take(1) {
        for mut work in batch {
            let fault = conn.execute_batch("BEGIN").map_err(Fault::from).err();
            let fault = fault.or_else(|| run_once(conn, shared, work.as_mut(), false, None).err());
            let ended = if conn.is_autocommit() {
                Ok(())
            } else {
                conn.execute_batch("ROLLBACK")
            };
            work.finish(fault.or_else(|| ended.map_err(Fault::from).err()));
        }
    }
}

fn write_loop(conn: &Connection, shared: &Shared) {
    while let Some(batch) = shared.writes.take(GROUP) {
        write_batch(conn, shared, batch);
    }
    // The next start finds a short log. Best effort: the log is complete either way.
    let _ = conn.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
}

/// One commit for everything that waits; nobody is answered before it.
fn write_batch(conn: &Connection, shared: &Shared, batch: Vec<Box<dyn Work>>) {
    let mut broken = conn.execute_batch("BEGIN IMMEDIATE").map_err(Fault::from).err();
    let mut nudge = false;
    let mut done = Vec::with_capacity(batch.len());
    for mut work in batch {
        if broken.is_some() {
            done.push((work, None));
            continue;
        }
        let fault = match write_one(conn, shared, work.as_mut()) {
            Ok(nudges) => {
                nudge |= nudges;
                None
            }
            Err(fault) => Some(fault),
        };
        // Disk full and the like end the whole transaction, not only this closure's part of it.
        if conn.is_autocommit() {
            broken = fault.clone().or(Some(Fault::Closed));
        }
        done.push((work, fault));
    }
    if broken.is_none() {
        broken = conn.execute_batch("COMMIT").map_err(Fault::from).err();
    }
    if broken.is_some() && !conn.is_autocommit() {
        let _ = conn.execute_batch("ROLLBACK");
    }
    if nudge && broken.is_none() {
        shared.nudge();
    }
    for (work, fault) in done {
        work.finish(fault.or_else(|| broken.clone()));
    }
}

/// One closure in its own savepoint. Answers whether it left events or jobs.
fn write_one(conn: &Connection, shared: &Shared, work: &mut dyn Work) -> Result<bool, Fault> {
    conn.execute_batch("SAVEPOINT one")?;
    let outcome = write_checked(conn, shared, work);
    if conn.is_autocommit() {
        return outcome;
    }
    let undo = if outcome.is_err() {
        "ROLLBACK TO one; RELEASE one"
    } else {
        "RELEASE one"
    };
    if let Err(error) = conn.execute_batch(undo) {
        // What this closure wrote can no longer be told apart from what the others wrote: all of it goes.
        let _ = conn.execute_batch("ROLLBACK");
        return Err(error.into());
    }
    outcome
}

fn write_checked(conn: &Connection, shared: &Shared, work: &mut dyn Work) -> Result<bool, Fault> {
    let fail_at = shared.take_fail_at();
    let now = shared.clock.now();
    let first = run_at(conn, shared, work, now, true, fail_at)?;
    if !shared.run_twice {
        return Ok(first.1);
    }
    conn.execute_batch("ROLLBACK TO one")?;
    let second = run_at(conn, shared, work, now, true, None)?;
    if first.0 == second.0 {
        Ok(second.1)
    } else {
        Err(Fault::NotRepeatable(work.name()))
    }
}

fn run_once(
    conn: &Connection,
    shared: &Shared,
    work: &mut dyn Work,
    writable: bool,
    fail_at: Option<u64>,
) -> Result<(u64, bool), Fault> {
    run_at(conn, shared, work, shared.clock.now(), writable, fail_at)
}

/// Runs the closure once: what it wrote as a fingerprint, and whether it left events or jobs.
fn run_at(
    conn: &Connection,
    shared: &Shared,
    work: &mut dyn Work,
    now: kernel::Timestamp,
    writable: bool,
    fail_at: Option<u64>,
) -> Result<(u64, bool), Fault> {
    let mut ids = work.ids();
    let make = |at| shared.make_id(at);
    let mut engine = Sqlite(conn);
    let mut tx = Tx::new(&mut engine, now, &mut ids, &make, writable);
    tx.fail_at = fail_at;
    let outcome = work.run(&mut tx).map(|()| (tx.digest.finish(), tx.nudges));
    drop(tx);
    work.keep_ids(ids);
    outcome
}
