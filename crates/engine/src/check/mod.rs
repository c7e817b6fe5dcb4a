//! The proofs. A process that passes cannot get stuck, lose money, or let one side help itself, whatever the people
//! on it do or leave undone, for every contract inside its bounds. `docs/PROCESSES.md` tells each proof in words.

mod graph;
mod money;
mod order;
mod paths;
mod shape;

use crate::Process;
use crate::fault::Fault;

/// Everything unsound about a process.
pub(crate) fn check(process: &Process) -> Vec<Fault> {
    let mut faults = shape::faults(process);
    faults.extend(order::faults(process));
    match graph::Graph::of(process) {
        Ok(graph) => {
            let whole = faults.is_empty();
            faults.extend(paths::faults(process, &graph, whole));
        }
        Err(fault) => faults.push(*fault),
    }
    faults.sort_by_key(|fault| (fault.line, fault.code));
    // One fault is told once, along the shortest path that shows it.
    faults.dedup_by_key(|fault| (fault.line, fault.code));
    faults
}
