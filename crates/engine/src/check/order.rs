//! The small machine of the whole order: it must always find its ending, and must not leave parts behind.

use std::collections::BTreeSet;

use super::money::holds;
use super::paths::unreachable;
use super::shape::{ending_left, nobody};
use crate::fault::{Fault, two};
use crate::{Cause, Process, Role, Transition};

pub(super) fn faults(process: &Process) -> Vec<Fault> {
    let mut faults = Vec::new();
    faults.extend(never_ends(process));
    for ending in &process.order_endings {
        let not = ending.when_all.iter().find(|s| !process.is_ending(s));
        faults.extend(not.map(|state| {
            Fault::new(
                ending.line,
                "order-when",
                two!(
                    "when_all 里的「{state}」不是结局",
                    "`{state}` in when_all is not an ending"
                ),
                two!("只写各阶段的结局", "name endings of parts only"),
            )
        }));
    }
    for rule in process.order_transitions() {
        if let Some(state) = rule
            .from
            .iter()
            .find(|s| process.order_state(s).is_some_and(|s| s.ending))
        {
            faults.push(ending_left(rule.line, state));
        }
        if rule.by.is_empty() {
            faults.push(nobody(rule));
        }
        faults.extend(rule.causes.iter().filter_map(|cause| bad_cause(process, rule, cause)));
        faults.extend(leaves_parts(process, rule));
    }
    faults.extend(lost_states(process));
    faults
}

/// Whatever the parts come to, one of the order's endings fits.
fn never_ends(process: &Process) -> Option<Fault> {
    let endings: Vec<_> = process.states().iter().filter(|s| s.ending).collect();
    let fits = |all: &Vec<String>| endings.iter().all(|ending| all.contains(&ending.name));
    if process.order_endings.iter().any(|ending| fits(&ending.when_all)) {
        return None;
    }
    let line = process.order_endings.last().map_or(1, |ending| ending.line);
    let names: Vec<_> = endings.iter().map(|e| e.name.as_str()).collect();
    let names = names.join(", ");
    Some(Fault::new(
        line,
        "order-never-ends",
        two!(
            "各阶段都结束后，没有一个订单结局一定适用",
            "when every part has ended, no ending of the order is sure to fit"
        ),
        two!(
            "让最后一个 [order.ending] 的 when_all 写全所有结局：{names}",
            "let the last [order.ending] name every part ending in when_all: {names}"
        ),
    ))
}

fn bad_cause(process: &Process, rule: &Transition, cause: &Cause) -> Option<Fault> {
    let caused = process.transition(&cause.transition)?;
    let name = &caused.name;
    if let Some(state) = cause.from.iter().find(|s| !caused.from.contains(s)) {
        return Some(cause_fault(
            cause,
            two!(
                "「{name}」不能从「{state}」出发",
                "`{name}` cannot start from `{state}`"
            ),
        ));
    }
    let again = rule.causes.iter().take_while(|other| !std::ptr::eq(*other, cause));
    let taken: BTreeSet<_> = again.flat_map(|other| &other.from).collect();
    if let Some(state) = cause.from.iter().find(|s| taken.contains(s)) {
        return Some(cause_fault(
            cause,
            two!(
                "「{state}」写了两次，不知该做哪一个",
                "`{state}` stands here twice: which is to be done?"
            ),
        ));
    }
    if caused.limit.is_some() || caused.in_turn || holds(caused) {
        return Some(cause_fault(
            cause,
            two!(
                "「{name}」有次数、次序或托管条件，可能做不到",
                "`{name}` has a limit, waits for a turn or holds money, so it may be impossible"
            ),
        ));
    }
    let sides = [Role::Client, Role::Provider, Role::Both];
    let may = |role: &Role| {
        caused.by.contains(role) || (*role == Role::Both && sides.iter().any(|side| caused.by.contains(side)))
    };
    let role = rule.by.iter().find(|role| !may(role))?;
    Some(Fault::new(
        cause.line,
        "order-by",
        two!(
            "{role} 单独不能触发「{name}」，借整单流转也不行",
            "the {role} may not fire `{name}`, and so may not cause it through the order either"
        ),
        two!(
            "让整单流转由「{name}」的 by 之一触发，或由 both 触发",
            "let the order transition be fired by one of the roles in the `by` of `{name}`, or by both"
        ),
    ))
}

fn cause_fault(cause: &Cause, what: crate::Words) -> Fault {
    Fault::new(
        cause.line,
        "order-cause",
        what,
        two!(
            "每个状态只写一次，do 写一个能从那里出发、没有条件的流转",
            "name each state once, and in `do` a transition that starts there without conditions"
        ),
    )
}

/// An order that ends takes every part along.
fn leaves_parts(process: &Process, rule: &Transition) -> Option<Fault> {
    if !process.order_state(&rule.to).is_some_and(|s| s.ending) {
        return None;
    }
    let ends = |state: &str| {
        rule.causes.iter().any(|cause| {
            let to = process.transition(&cause.transition).map(|t| t.to.as_str());
            cause.from.iter().any(|s| s == state) && to.is_some_and(|to| process.is_ending(to))
        })
    };
    let left = process.states().iter().find(|s| !s.ending && !ends(&s.name))?;
    let (name, state) = (&rule.name, &left.name);
    Some(Fault::new(
        rule.line,
        "order-leaves-parts",
        two!(
            "「{name}」结束订单，却没说「{state}」里的阶段如何结束",
            "`{name}` ends the order and does not say how a part in `{state}` ends"
        ),
        two!(
            "在 parts 里加上 {{ from = [\"{state}\"], do = \"…\" }}，do 要通向结局",
            "add {{ from = [\"{state}\"], do = \"…\" }} to `parts`, with a `do` that leads to an ending"
        ),
    ))
}

fn lost_states(process: &Process) -> Vec<Fault> {
    let mut seen: BTreeSet<&str> = BTreeSet::from([process.order_states[0].name.as_str()]);
    let auto = process
        .order_endings
        .iter()
        .filter(|ending| !ending.when_all.is_empty());
    seen.extend(auto.map(|ending| ending.state.as_str()));
    loop {
        let before = seen.len();
        for rule in process.order_transitions() {
            if rule.from.iter().any(|s| seen.contains(s.as_str())) {
                seen.insert(&rule.to);
            }
        }
        if seen.len() == before {
            break;
        }
    }
    let lost = process
        .order_states()
        .iter()
        .filter(|s| !seen.contains(s.name.as_str()));
    lost.map(|state| unreachable(state.line, &state.name)).collect()
}
