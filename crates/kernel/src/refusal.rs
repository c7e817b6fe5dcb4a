//! How one says no: a refusal is something the *person* can act on. What the operator must act on is a fault
//! (`store::Fault`), a different type that no page ever shows.
//!
//! Every noun lists its refusals once, with [`refusals!`](crate::refusals): a stable code, a status, and the
//! arguments its message needs. The message is `refusal-<code>` in both languages.

use crate::{Money, Timestamp};

/// The HTTP status a refusal is answered with; the kernel names only those a refusal may have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// 422: the input is understood and cannot be taken.
    Invalid,
    /// 401: log in first.
    LogIn,
    /// 403: you may not, and knowing that gives nothing away.
    Forbidden,
    /// 404: not there, or not yours: the two are never told apart.
    NotFound,
    /// 409: it changed since you looked, or it is past that point.
    Conflict,
    /// 413: too large.
    TooLarge,
    /// 429: too many tries.
    TooMany,
    /// 503: the market is busy; try again shortly.
    Busy,
}

impl Status {
    /// The number on the wire.
    pub const fn code(self) -> u16 {
        match self {
            Self::Invalid => 422,
            Self::LogIn => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::TooLarge => 413,
            Self::TooMany => 429,
            Self::Busy => 503,
        }
    }
}

/// A value inside a refusal's message; shown in the reader's own format.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Arg {
    /// A count or a size.
    Number(i64),
    /// Words that are shown as they are.
    Text(String),
    /// An amount.
    Money(Money),
    /// A moment, shown in the reader's zone.
    Time(Timestamp),
}

impl From<i64> for Arg {
    fn from(n: i64) -> Self {
        Self::Number(n)
    }
}
impl From<String> for Arg {
    fn from(s: String) -> Self {
        Self::Text(s)
    }
}
impl From<&str> for Arg {
    fn from(s: &str) -> Self {
        Self::Text(s.to_owned())
    }
}
impl From<Money> for Arg {
    fn from(m: Money) -> Self {
        Self::Money(m)
    }
}
impl From<Timestamp> for Arg {
    fn from(t: Timestamp) -> Self {
        Self::Time(t)
    }
}

/// One refusal, ready to be answered: the same shape for a page and for a program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// The stable code, such as `bid-request-closed`. Never renamed once released.
    pub code: &'static str,
    /// What it is answered with.
    pub status: Status,
    /// The form field it belongs to, so that the message can stand beside it.
    pub field: Option<&'static str>,
    /// What the message needs, by name.
    pub args: Vec<(&'static str, Arg)>,
    /// Further refusals of the same input, so that a form shows everything wrong at once.
    pub more: Vec<Refusal>,
}

impl Refusal {
    /// A refusal without arguments.
    pub const fn new(code: &'static str, status: Status) -> Self {
        Self {
            code,
            status,
            field: None,
            args: Vec::new(),
            more: Vec::new(),
        }
    }

    /// The same, for one field of a form.
    #[must_use]
    pub const fn on(mut self, field: &'static str) -> Self {
        self.field = Some(field);
        self
    }

    /// The same, with a value for its message.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// This one and everything under `more`, flat.
    pub fn all(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(self.more.iter())
    }

    /// Folds several refusals of one input into one; nothing when there were none.
    pub fn gather(refusals: Vec<Self>) -> Option<Self> {
        let mut all = refusals.into_iter();
        let mut first = all.next()?;
        first.more.extend(all);
        Some(first)
    }
}

/// What a noun's list of refusals can do. Implemented by [`refusals!`](crate::refusals).
pub trait Refuse {
    /// Every code of the noun, for the check that each has words in both languages.
    const CODES: &'static [&'static str];
    /// The refusal to answer with.
    fn refusal(self) -> Refusal;
}

/// Lists a noun's refusals, once:
///
/// ```
/// kernel::refusals! {
///     /// Why a bid is refused.
///     pub enum BidRefusal {
///         /// The request takes no bids any more.
///         RequestClosed => ("bid-request-closed", Conflict),
///         /// Less than the market's lowest price.
///         TooLow { min: kernel::Money } => ("bid-too-low", Invalid, "price"),
///     }
/// }
/// ```
#[macro_export]
macro_rules! refusals {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$vmeta:meta])* $variant:ident $({ $($arg:ident : $ty:ty),+ $(,)? })? => ($code:literal, $status:ident $(, $field:literal)?) ),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $name {
            $( $(#[$vmeta])* $variant $({ $(#[expect(missing_docs, reason = "a value of the message above")] $arg: $ty),+ })? ),+
        }
        impl $crate::Refuse for $name {
            const CODES: &'static [&'static str] = &[$($code),+];
            fn refusal(self) -> $crate::Refusal {
                match self {
                    $( Self::$variant $({ $($arg),+ })? => {
                        let refusal = $crate::Refusal::new($code, $crate::Status::$status);
                        $( let refusal = refusal.on($field); )?
                        $( $( let refusal = refusal.with(stringify!($arg), $arg); )+ )?
                        refusal
                    } ),+
                }
            }
        }
        impl From<$name> for $crate::Refusal {
            fn from(value: $name) -> Self {
                $crate::Refuse::refusal(value)
            }
        }
    };
}

impl Refuse for Refusal {
    const CODES: &'static [&'static str] = &[];
    fn refusal(self) -> Refusal {
        self
    }
}
