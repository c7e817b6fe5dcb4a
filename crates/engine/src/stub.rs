//! The engine's questions; bodies follow.
use kernel::{Refusal, Timestamp};

use crate::{
    Choice, ClockSet, EngineRefusal, Facts, Fault, OrderState, OutcomeTable, Plan, Process, Role, Started, Terms,
};

/// Reads a process file and proves it sound; every fault at once where possible.
pub fn load(_text: &str) -> Result<Process, Vec<Fault>> {
    Err(Vec::new())
}
/// Whether the terms fit the process: part count, prices, bounds, fees. `start` checks the same.
pub fn check_terms(_process: &Process, _terms: &Terms) -> Result<(), Refusal> {
    Ok(())
}
/// Begins an order: every part in its first state, the first turn given, the first clocks set.
pub fn start(_process: &Process, _terms: &Terms, _now: Timestamp) -> Result<Started, Refusal> {
    Err(EngineRefusal::Mismatch.into())
}
/// What this actor can do now, as long as no clock is due. Client and provider also get what needs both
/// (`by` is [`Role::Both`]); the client also gets the payments to begin (`by` is [`Role::Gateway`]).
pub fn next(_process: &Process, _terms: &Terms, _order: &OrderState, _actor: Role) -> Vec<Choice> {
    Vec::new()
}
/// One step: what it changes, or why not. `part` is none for a transition of the whole order.
pub fn apply(
    _process: &Process,
    _terms: &Terms,
    _order: &OrderState,
    _part: Option<usize>,
    _transition: &str,
    _by: Role,
    _facts: &Facts,
    _now: Timestamp,
) -> Result<Plan, Refusal> {
    Err(EngineRefusal::Mismatch.into())
}
/// Every clock that runs now, by due time.
pub fn clocks(_process: &Process, _terms: &Terms, _order: &OrderState) -> Vec<ClockSet> {
    Vec::new()
}
/// The first clock that has run out. Apply it with [`Role::Clock`], then ask again.
pub fn due(_process: &Process, _terms: &Terms, _order: &OrderState, _now: Timestamp) -> Option<ClockSet> {
    None
}
/// Every ending still possible from here, with amounts, stories and dates.
pub fn outcomes(_process: &Process, _terms: &Terms, _order: &OrderState, _now: Timestamp) -> Option<OutcomeTable> {
    None
}
