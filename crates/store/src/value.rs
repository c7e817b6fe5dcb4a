//! What goes into a statement and what comes out of a row.

use kernel::{Currency, Id, Locale, Money, Timestamp};

use crate::Fault;

/// One value of a row: the four kinds both engines share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A 64-bit integer: numbers, ids, times, booleans.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

macro_rules! into_value {
    ($($ty:ty => |$v:ident| $make:expr),+ $(,)?) => { $(
        impl From<$ty> for Value { fn from($v: $ty) -> Self { $make } }
    )+ };
}

into_value! {
    i64 => |v| Self::Int(v),
    u32 => |v| Self::Int(i64::from(v)),
    i32 => |v| Self::Int(i64::from(v)),
    bool => |v| Self::Int(i64::from(v)),
    Id => |v| Self::Int(v.raw()),
    Timestamp => |v| Self::Int(v.as_micros()),
    String => |v| Self::Text(v),
    &str => |v| Self::Text(v.to_owned()),
    &String => |v| Self::Text(v.clone()),
    Currency => |v| Self::Text(v.code().to_owned()),
    Locale => |v| Self::Text(v.tag().to_owned()),
    Vec<u8> => |v| Self::Bytes(v),
    &[u8] => |v| Self::Bytes(v.to_vec()),
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// The parameters of a statement: `params![id, name, price]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::Value::from($value)),*] };
}

/// A type a column can be read as.
pub trait FromValue: Sized {
    /// Reads the value; an error names what was found instead.
    fn from_value(value: &Value) -> Result<Self, Fault>;
}

fn shape(wanted: &str, found: &Value) -> Fault {
    let kind = match found {
        Value::Null => "null",
        Value::Int(_) => "an integer",
        Value::Text(_) => "text",
        Value::Bytes(_) => "bytes",
    };
    Fault::Shape(format!("wanted {wanted}, found {kind}"))
}

impl FromValue for i64 {
    fn from_value(value: &Value) -> Result<Self, Fault> {
        match value {
            Value::Int(n) => Ok(*n),
            other => Err(shape("an integer", other)),
        }
    }
}
impl FromValue for u32 {
    fn from_value(value: &Value) -> Result<Self, Fault> {
        Self::try_from(i64::from_value(value)?).map_err(|_| shape("a small count", value))
    }
}
impl FromValue for bool {
    fn from_value(value: &Value) -> Result<Self, Fault> {
        i64::from_value(value).map(|n| n != 0)
    }
}
impl FromValue for Id {
    fn from_value(value: &Value) -> Result<Self, Fault> {
        i64::from_value(value).map(Self::from_raw)
    }
}
impl FromValue for Timestamp {
    fn from_value(value: &Value) -> Result<Self, Fault> {
        i64::from_value(value).map(Self::from_micros)
    }
}
impl FromValue for String {
    fn from_value(value: &Value) -> Result<Self, Fault> {
        match value {
            Value::Text(s) => Ok(s.clone()),
            other => Err(shape("text", other)),
        }
    }
}
impl FromValue for Vec<u8> {
    fn from_value(value: &Value) -> Result<Self, Fault> {
        match value {
            Value::Bytes(b) => Ok(b.clone()),
            other => Err(shape("bytes", other)),
        }
    }
}
impl FromValue for Currency {
    fn from_value(value: &Value) -> Result<Self, Fault> {
        Self::from_code(&String::from_value(value)?).ok_or_else(|| shape("a currency", value))
    }
}
impl FromValue for Locale {
    fn from_value(value: &Value) -> Result<Self, Fault> {
        Self::from_tag(&String::from_value(value)?).ok_or_else(|| shape("a language", value))
    }
}
impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: &Value) -> Result<Self, Fault> {
        match value {
            Value::Null => Ok(None),
            other => T::from_value(other).map(Some),
        }
    }
}

/// One row of an answer.
#[derive(Debug, Clone)]
pub struct Row(pub(crate) Vec<Value>);

impl Row {
    /// The column at `place`, counted from 0.
    pub fn get<T: FromValue>(&self, place: usize) -> Result<T, Fault> {
        let value = self
            .0
            .get(place)
            .ok_or_else(|| Fault::Shape(format!("no column {place}")))?;
        T::from_value(value).map_err(|e| match e {
            Fault::Shape(what) => Fault::Shape(format!("column {place}: {what}")),
            other => other,
        })
    }

    /// The amount whose minor units stand at `minor` and whose currency stands at `currency`.
    pub fn money(&self, minor: usize, currency: usize) -> Result<Money, Fault> {
        Ok(Money::new(self.get(minor)?, self.get(currency)?))
    }
}
