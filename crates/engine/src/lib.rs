//! The order engine. A process (states, transitions, clocks, money moves) is a file; this crate reads it, proves that
//! no order on it can get stuck or lose money, and then answers what can be done, what a step changes, and how
//! everything can end. `docs/PROCESSES.md` describes the file.
//!
//! Pure: no input or output, no clock, no random numbers, no floats. It knows nothing of rows, accounts or pages: the
//! use case brings facts, gets a [`Plan`], and writes it down.

mod check;
mod choices;
mod clocks;
mod explore;
mod fault;
mod order;
mod outcomes;
mod process;
mod purse;
mod read;
mod refusal;
mod report;
mod run;
mod table;
mod terms;
mod words;

pub use choices::next;
pub use clocks::{clocks, due};
pub use fault::Fault;
pub use order::{
    Choice, ClockSet, Facts, Move, MoveKind, MoveRange, OrderState, PartChange, PartState, Plan, Range, Shares, Started,
};
pub use outcomes::outcomes;
pub use process::{
    Amount, Cause, Clock, Level, MoneyRule, OrderEnding, Process, Remind, Span, State, Term, TermKind, Transition, Turn,
};
pub use read::MAX_BYTES;
pub use refusal::EngineRefusal;
pub use report::{report, sample_terms};
pub use run::{MAX_PARTS, MAX_PRICE, apply, check_terms, start};
pub use table::{Amounts, OutcomeTable, PartOutcomes, Row, SilentStep, Step};
pub use terms::{FeeSnapshot, PartTerms, Terms};
pub use words::{Need, Role, Tone, Words};

/// Reads a process file and proves it sound. The faults are everything wrong with the writing or, once that is in
/// order, everything wrong with the meaning, by line.
pub fn load(text: &str) -> Result<Process, Vec<Fault>> {
    let process = read::read(text)?;
    let faults = check::check(&process);
    if faults.is_empty() { Ok(process) } else { Err(faults) }
}
