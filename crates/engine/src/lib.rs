//! The order engine. A process (states, transitions, clocks, money moves) is a file; this crate reads it, proves that
//! no order on it can get stuck or lose money, and then answers what can be done, what a step changes, and how
//! everything can end. `docs/PROCESSES.md` describes the file.
//!
//! Pure: no input or output, no clock, no random numbers, no floats. It knows nothing of rows, accounts or pages: the
//! use case brings facts, gets a [`Plan`], and writes it down.

mod fault;
mod order;
mod process;
mod refusal;
mod stub;
mod table;
mod terms;
mod words;

pub use fault::Fault;
pub use order::{
    Choice, ClockSet, Facts, Move, MoveKind, MoveRange, OrderState, PartChange, PartState, Plan, Range, Shares, Started,
};
pub use process::{
    Amount, Cause, Clock, Level, MoneyRule, OrderEnding, Process, Remind, Span, State, Term, TermKind, Transition, Turn,
};
pub use refusal::EngineRefusal;
pub use stub::{apply, check_terms, clocks, due, load, next, outcomes, start};
pub use table::{Amounts, OutcomeTable, PartOutcomes, Row, SilentStep, Step};
pub use terms::{FeeSnapshot, PartTerms, Terms};
pub use words::{Need, Role, Tone, Words};
