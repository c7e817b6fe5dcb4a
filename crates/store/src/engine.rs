//! What the two databases must be able to do for a transaction, and nothing more.

use crate::{Fault, Row, Value};

/// A connection inside a transaction.
pub(crate) trait Engine {
    /// Runs a statement; answers how many rows it touched.
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, Fault>;
    /// Runs a query; answers its rows.
    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, Fault>;
    /// Checks a statement without running it.
    fn prepare(&mut self, sql: &str) -> Result<(), Fault>;
    /// The words that differ between the engines.
    fn dialect(&self) -> crate::dialect::Dialect;
}
