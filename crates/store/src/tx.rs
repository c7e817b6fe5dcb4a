//! A transaction: statements, the moment, new ids, events and jobs. The first parameter of every use case.

use kernel::{Id, Timestamp};

use crate::digest::Digest;
use crate::engine::Engine;
use crate::{Fault, Row, Value};

/// Ids handed out in an earlier run of the same closure are handed out again, in the same order.
#[derive(Default)]
pub(crate) struct IdFeed {
    pub(crate) made: Vec<Id>,
    pub(crate) used: usize,
}

/// One transaction on either engine.
pub struct Tx<'c> {
    engine: &'c mut dyn Engine,
    now: Timestamp,
    ids: &'c mut IdFeed,
    make_id: &'c dyn Fn(Timestamp) -> Id,
    writable: bool,
    poison: Option<Fault>,
    pub(crate) digest: Digest,
    pub(crate) nudges: bool,
    pub(crate) statements: u64,
    pub(crate) fail_at: Option<u64>,
}

impl<'c> Tx<'c> {
    pub(crate) fn new(
        engine: &'c mut dyn Engine,
        now: Timestamp,
        ids: &'c mut IdFeed,
        make_id: &'c dyn Fn(Timestamp) -> Id,
        writable: bool,
    ) -> Self {
        ids.used = 0;
        Self {
            engine,
            now,
            ids,
            make_id,
            writable,
            poison: None,
            digest: Digest::default(),
            nudges: false,
            statements: 0,
            fail_at: None,
        }
    }

    /// The moment of this transaction: the same however often it is asked, and however often the closure runs.
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// A new id; the same one, in the same order, when the closure runs again.
    pub fn new_id(&mut self) -> Id {
        if self.ids.used == self.ids.made.len() {
            self.ids.made.push((self.make_id)(self.now));
        }
        self.ids.used += 1;
        self.ids.made[self.ids.used - 1]
    }

    /// Runs a statement that changes rows; answers how many it touched. A conflict is a count of zero.
    pub fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, Fault> {
        if !self.writable {
            return self.poisoned(Fault::broken("a read closure tried to write"));
        }
        self.digest.statement(sql, params);
        self.guarded(|engine| engine.execute(sql, params))
    }

    /// Runs a query (or a statement with `RETURNING`) and reads each row.
    pub fn query<T>(
        &mut self,
        sql: &str,
        params: &[Value],
        read: impl Fn(&Row) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        self.digest.statement(sql, params);
        let rows = self.guarded(|engine| engine.query(sql, params))?;
        rows.iter().map(read).collect()
    }

    /// The first row, if there is one.
    pub fn query_opt<T>(
        &mut self,
        sql: &str,
        params: &[Value],
        read: impl Fn(&Row) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        Ok(self.query(sql, params, read)?.into_iter().next())
    }

    /// The only row. Fault when there is none.
    pub fn query_one<T>(
        &mut self,
        sql: &str,
        params: &[Value],
        read: impl Fn(&Row) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        self.query_opt(sql, params, read)?
            .ok_or_else(|| Fault::Shape(format!("no row for: {sql}")))
    }

    /// Checks that the engine understands a statement, without running it. For the test that does so with every one.
    pub fn prepare(&mut self, sql: &str) -> Result<(), Fault> {
        self.guarded(|engine| engine.prepare(sql))
    }

    pub(crate) fn dialect(&self) -> crate::dialect::Dialect {
        self.engine.dialect()
    }

    /// The fault that poisoned this transaction, if any.
    pub(crate) fn take_poison(&mut self) -> Option<Fault> {
        self.poison.take()
    }

    fn guarded<T>(&mut self, run: impl FnOnce(&mut dyn Engine) -> Result<T, Fault>) -> Result<T, Fault> {
        if let Some(fault) = &self.poison {
            return Err(fault.clone());
        }
        self.statements += 1;
        if self.fail_at == Some(self.statements) {
            return self.poisoned(Fault::Database {
                message: "injected".to_owned(),
                retry: false,
            });
        }
        match run(self.engine) {
            Ok(value) => Ok(value),
            Err(fault) => self.poisoned(fault),
        }
    }

    fn poisoned<T>(&mut self, fault: Fault) -> Result<T, Fault> {
        self.poison = Some(fault.clone());
        Err(fault)
    }
}
