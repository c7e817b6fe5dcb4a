//! A running fingerprint of everything a closure wrote, so that two runs can be compared.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use crate::Value;

/// Not cryptographic: it compares two runs of one process with each other and is never stored.
#[derive(Default)]
pub(crate) struct Digest(DefaultHasher);

impl Digest {
    pub(crate) fn statement(&mut self, sql: &str, params: &[Value]) {
        sql.hash(&mut self.0);
        for value in params {
            match value {
                Value::Null => 0u8.hash(&mut self.0),
                Value::Int(n) => n.hash(&mut self.0),
                Value::Text(s) => s.hash(&mut self.0),
                Value::Bytes(b) => b.hash(&mut self.0),
            }
        }
    }

    pub(crate) fn finish(&self) -> u64 {
        self.0.finish()
    }
}
