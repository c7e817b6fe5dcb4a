//! PostgreSQL: SERIALIZABLE transactions with bounded, jittered retries, each thread with a connection of its own.
//!
//! The client aborts the process when it is used or dropped on an async worker: it lives and dies on these threads.

use std::collections::HashMap;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use bytes::BytesMut;
use postgres::error::SqlState;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, IsolationLevel, NoTls, Statement, Transaction};

use crate::dialect::{Dialect, dollar_placeholders};
use crate::engine::Engine;
use crate::queue::Queue;
use crate::store::{Options, Shared};
use crate::work::Work;
use crate::{Fault, Row, Tx, Value, migrate};

const TRIES: u32 = 12;
const STATEMENTS_KEPT: usize = 1024;

/// Two transactions met: whoever lost did nothing and may try again. A broken unique constraint is one of these signs
/// (PostgreSQL says so of serializable transactions); where it is a mistake of ours, trying again only delays the fault.
const CONFLICTS: [SqlState; 3] = [
    SqlState::T_R_SERIALIZATION_FAILURE,
    SqlState::T_R_DEADLOCK_DETECTED,
    SqlState::UNIQUE_VIOLATION,
];
/// The server goes away or is not there yet.
const AWAY: [SqlState; 4] = [
    SqlState::ADMIN_SHUTDOWN,
    SqlState::CRASH_SHUTDOWN,
    SqlState::CANNOT_CONNECT_NOW,
    SqlState::TOO_MANY_CONNECTIONS,
];

fn is_conflict(error: &postgres::Error) -> bool {
    error.code().is_some_and(|code| CONFLICTS.contains(code))
}

impl From<postgres::Error> for Fault {
    fn from(error: postgres::Error) -> Self {
        let cut = std::error::Error::source(&error).is_some_and(|cause| cause.is::<std::io::Error>());
        let away = cut || error.is_closed() || error.code().is_some_and(|code| AWAY.contains(code));
        let retry = away || is_conflict(&error);
        let message = error.as_db_error().map_or_else(
            || error.to_string(),
            |db| format!("{}: {}", db.code().code(), db.message()),
        );
        Self::Database { message, retry }
    }
}

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(n) if *ty == Type::INT8 => n.to_sql(ty, out),
            Self::Int(n) if *ty == Type::INT4 => i32::try_from(*n)?.to_sql(ty, out),
            Self::Text(s) if matches!(*ty, Type::TEXT | Type::VARCHAR | Type::UNKNOWN | Type::NAME) => {
                s.to_sql(ty, out)
            }
            Self::Bytes(b) if *ty == Type::BYTEA => b.to_sql(ty, out),
            other => Err(format!("a parameter of type {ty} cannot take {other:?}: cast it in the statement").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// One thread's connection and the statements it has prepared.
struct Connection {
    url: String,
    client: Option<Client>,
    kept: HashMap<String, Statement>,
}

impl Connection {
    fn ready(&mut self) -> Result<(), Fault> {
        if self.client.as_ref().is_none_or(Client::is_closed) {
            self.kept.clear();
            // Nothing has begun yet, so that trying again is safe whatever the reason.
            let connected = Client::connect(&self.url, NoTls);
            self.client = Some(connected.map_err(|e| Fault::Database {
                message: e.to_string(),
                retry: true,
            })?);
        }
        Ok(())
    }
}

struct Postgres<'a, 't> {
    tx: &'a mut Transaction<'t>,
    kept: &'a mut HashMap<String, Statement>,
}

impl Postgres<'_, '_> {
    fn statement(&mut self, sql: &str) -> Result<Statement, Fault> {
        if let Some(statement) = self.kept.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.tx.prepare(&dollar_placeholders(sql))?;
        if self.kept.len() >= STATEMENTS_KEPT {
            self.kept.clear();
        }
        self.kept.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

impl Engine for Postgres<'_, '_> {
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, Fault> {
        let statement = self.statement(sql)?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|v| v as _).collect();
        Ok(self.tx.execute(&statement, &params)?)
    }

    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, Fault> {
        let statement = self.statement(sql)?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|v| v as _).collect();
        self.tx.query(&statement, &params)?.iter().map(read_row).collect()
    }

    fn prepare(&mut self, sql: &str) -> Result<(), Fault> {
        let statement = self.tx.prepare(&dollar_placeholders(sql))?;
        let columns = statement.columns().iter().map(postgres::Column::type_);
        match statement.params().iter().chain(columns).find(|ty| !SPOKEN.contains(ty)) {
            Some(other) => Err(Fault::Shape(format!(
                "a parameter or column is {other}: cast it in the statement"
            ))),
            None => Ok(()),
        }
    }

    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }
}

/// The types a statement may take and answer: those that both engines have.
const SPOKEN: [Type; 8] = [
    Type::INT8,
    Type::INT4,
    Type::BOOL,
    Type::TEXT,
    Type::VARCHAR,
    Type::NAME,
    Type::BYTEA,
    Type::UNKNOWN,
];

fn read_row(row: &postgres::Row) -> Result<Row, Fault> {
    (0..row.len())
        .map(|place| read_value(row, place))
        .collect::<Result<_, _>>()
        .map(Row)
}

fn read_value(row: &postgres::Row, place: usize) -> Result<Value, Fault> {
    let or_null = |v: Option<Value>| v.unwrap_or(Value::Null);
    Ok(or_null(match *row.columns()[place].type_() {
        Type::INT8 => row.try_get::<_, Option<i64>>(place)?.map(Value::Int),
        Type::INT4 => row.try_get::<_, Option<i32>>(place)?.map(|n| Value::Int(i64::from(n))),
        Type::BOOL => row.try_get::<_, Option<bool>>(place)?.map(|b| Value::Int(i64::from(b))),
        Type::TEXT | Type::VARCHAR | Type::NAME | Type::UNKNOWN => {
            row.try_get::<_, Option<String>>(place)?.map(Value::Text)
        }
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(place)?.map(Value::Bytes),
        ref other => {
            return Err(Fault::Shape(format!(
                "column {place} is {other}: cast it in the statement"
            )));
        }
    }))
}

pub(crate) fn start(url: &str, options: &Options, shared: &Arc<Shared>) -> Result<Vec<JoinHandle<()>>, Fault> {
    shared.resume_ids(prepare_database(url)?);
    let reader = |shared: &Shared, connection: &mut Connection| serve(shared, &shared.reads, connection, false);
    let writer = |shared: &Shared, connection: &mut Connection| serve(shared, &shared.writes, connection, true);
    let mut threads = Vec::new();
    for _ in 0..options.readers.max(1) {
        threads.push(spawn("store-reader", url, shared, reader)?);
    }
    for _ in 0..options.writers.max(1) {
        threads.push(spawn("store-writer", url, shared, writer)?);
    }
    Ok(threads)
}

/// Migrates on a thread of its own, since the caller may be an async worker.
/// Answers the newest id in it.
fn prepare_database(url: &str) -> Result<i64, Fault> {
    let url = url.to_owned();
    let migrated = std::thread::spawn(move || {
        let mut client = Client::connect(&url, NoTls)?;
        migrate::postgres(&mut client)?;
        Ok(client.query_one(migrate::NEWEST_ID, &[])?.try_get(0)?)
    });
    migrated
        .join()
        .unwrap_or_else(|_| Err(Fault::Migration("the migration panicked".to_owned())))
}

fn spawn(
    name: &str,
    url: &str,
    shared: &Arc<Shared>,
    run: impl Fn(&Shared, &mut Connection) + Send + 'static,
) -> Result<JoinHandle<()>, Fault> {
    let (shared, url) = (Arc::clone(shared), url.to_owned());
    let body = move || {
        run(
            &shared,
            &mut Connection {
                url,
                client: None,
                kept: HashMap::new(),
            },
        )
    };
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(body)
        .map_err(|e| Fault::Database {
            message: format!("no thread: {e}"),
            retry: false,
        })
}

fn serve(shared: &Shared, queue: &Queue, connection: &mut Connection, writable: bool) {
    while let Some(batch) = queue.take(1) {
        for mut work in batch {
            let fault = with_retries(shared, connection, work.as_mut(), writable).err();
            work.finish(fault);
        }
    }
}

fn with_retries(
    shared: &Shared,
    connection: &mut Connection,
    work: &mut dyn Work,
    writable: bool,
) -> Result<(), Fault> {
    let mut tries = 0;
    loop {
        let outcome = attempt(shared, connection, work, writable);
        tries += 1;
        match outcome {
            Err(fault) if fault.may_retry() && tries < TRIES => std::thread::sleep(pause(tries)),
            Ok(nudges) => {
                if nudges {
                    shared.nudge();
                }
                return Ok(());
            }
            Err(fault) => return Err(fault),
        }
    }
}

/// Longer after each try, and different for each thread, so that two that met do not meet again.
fn pause(tries: u32) -> Duration {
    use std::hash::{BuildHasher, RandomState};
    let ceiling = 1u64 << tries.min(7);
    Duration::from_micros(500 + RandomState::new().hash_one(tries) % (ceiling * 1000))
}

fn attempt(shared: &Shared, connection: &mut Connection, work: &mut dyn Work, writable: bool) -> Result<bool, Fault> {
    connection.ready()?;
    let Connection {
        client: Some(client),
        kept,
        ..
    } = connection
    else {
        return Err(Fault::Closed);
    };
    let level = if writable {
        IsolationLevel::Serializable
    } else {
        IsolationLevel::RepeatableRead
    };
    let mut tx = client
        .build_transaction()
        .isolation_level(level)
        .read_only(!writable)
        .start()?;
    let now = shared.clock.now();
    let fail_at = if writable { shared.take_fail_at() } else { None };
    if writable && shared.run_twice {
        let first = {
            let mut rehearsal = tx.transaction()?;
            let first = run_at(shared, &mut rehearsal, kept, work, now, writable, fail_at)?;
            rehearsal.rollback()?;
            first
        };
        let second = run_at(shared, &mut tx, kept, work, now, writable, None)?;
        if first.0 != second.0 {
            return Err(Fault::NotRepeatable(work.name()));
        }
        commit(tx)?;
        return Ok(second.1);
    }
    let (_, nudges) = run_at(shared, &mut tx, kept, work, now, writable, fail_at)?;
    commit(tx)?;
    Ok(nudges)
}

/// A connection lost during the commit leaves open whether it went through: that is never tried again.
fn commit(tx: Transaction<'_>) -> Result<(), Fault> {
    tx.commit().map_err(|error| {
        let conflict = is_conflict(&error);
        match Fault::from(error) {
            Fault::Database { message, .. } => Fault::Database {
                message,
                retry: conflict,
            },
            other => other,
        }
    })
}

fn run_at(
    shared: &Shared,
    tx: &mut Transaction<'_>,
    kept: &mut HashMap<String, Statement>,
    work: &mut dyn Work,
    now: kernel::Timestamp,
    writable: bool,
    fail_at: Option<u64>,
) -> Result<(u64, bool), Fault> {
    let mut ids = work.ids();
    let make = |at| shared.make_id(at);
    let mut engine = Postgres { tx, kept };
    let mut handle = Tx::new(&mut engine, now, &mut ids, &make, writable);
    handle.fail_at = fail_at;
    let outcome = work.run(&mut handle).map(|()| (handle.digest.finish(), handle.nudges));
    drop(handle);
    work.keep_ids(ids);
    outcome
}
