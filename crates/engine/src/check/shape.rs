//! What can be seen without walking: who fires what, which clock runs where, who is waited for.

use super::money::{holds, pays_out};
use crate::fault::{Fault, two};
use crate::process::duration_shown;
use crate::{Clock, Process, Role, Span, State, Transition};

/// The shortest time a clock may leave for people to act.
const MIN_CLOCK: i64 = kernel::HOUR;

pub(super) fn faults(process: &Process) -> Vec<Fault> {
    let mut faults = Vec::new();
    for rule in process.transitions() {
        faults.extend(endings_left(process, rule));
        faults.extend(actors(process, rule));
    }
    for (at, clock) in process.clocks.iter().enumerate() {
        if process.clocks[..at].iter().any(|other| other.state == clock.state) {
            faults.push(race(clock));
        }
        faults.extend(clock_faults(process, clock));
    }
    for state in process.states().iter().filter(|s| !s.ending) {
        faults.extend(waits_in_vain(process, state));
    }
    faults
}

fn endings_left(process: &Process, rule: &Transition) -> Option<Fault> {
    let state = rule.from.iter().find(|s| process.state(s).is_some_and(|s| s.ending))?;
    Some(ending_left(rule.line, state))
}

pub(super) fn ending_left(line: u32, state: &str) -> Fault {
    Fault::new(
        line,
        "ending-left",
        two!(
            "「{state}」是结局，之后不能再有流转或时钟",
            "`{state}` is an ending; nothing may follow it"
        ),
        two!(
            "把它从这里去掉，或改成 [state.{state}]",
            "take it out here, or make it [state.{state}]"
        ),
    )
}

fn actors(process: &Process, rule: &Transition) -> Option<Fault> {
    let name = &rule.name;
    let clocked = process.clocks.iter().any(|clock| clock.fires == *name);
    if rule.by.is_empty() && !clocked {
        return Some(nobody(rule));
    }
    if holds(rule) && rule.by != [Role::Gateway] {
        return Some(Fault::new(
            rule.line,
            "hold-by",
            two!(
                "「{name}」托管资金，但不是只由支付机构触发：只有支付机构知道钱已到账",
                "`{name}` holds money but is not fired by the gateway alone: only the gateway knows that money arrived"
            ),
            two!("写成 by = \"gateway\"", "write by = \"gateway\""),
        ));
    }
    let gateway = rule.by.contains(&Role::Gateway);
    if gateway && (!holds(rule) || pays_out(rule) || !rule.needs.is_empty() || rule.limit.is_some()) {
        return Some(Fault::new(
            rule.line,
            "gateway-by",
            two!(
                "「{name}」由支付机构触发，但支付机构只能带来托管款：不能付出款项，也没有说明、交付或次数",
                "`{name}` is fired by the gateway, which can only bring money in: it pays nothing out, brings no reasons or deliveries, and counts nothing"
            ),
            two!(
                "由支付机构触发的流转只写 hold，其余的交给别人",
                "let the gateway's transition hold money only, and give the rest to somebody else"
            ),
        ));
    }
    None
}

pub(super) fn nobody(rule: &Transition) -> Fault {
    let name = &rule.name;
    Fault::new(
        rule.line,
        "nobody-can",
        two!(
            "没有人能触发「{name}」：没有写 by，也没有时钟触发它",
            "nobody can fire `{name}`: it has no `by`, and no clock fires it"
        ),
        two!(
            "写上 by = \"…\"，或让一个时钟 fires = \"{name}\"，或删掉它",
            "write by = \"…\", or let a clock say fires = \"{name}\", or remove it"
        ),
    )
}

fn race(clock: &Clock) -> Fault {
    let state = &clock.state;
    Fault::new(
        clock.line,
        "clock-race",
        two!(
            "「{state}」有两个时钟：同时到期时谁先走没有答案",
            "`{state}` has two clocks: when both run out there is no answer which goes first"
        ),
        two!(
            "每个状态只留一个时钟；需要两步就拆成两个状态",
            "keep one clock per state; for two steps make two states"
        ),
    )
}

fn clock_faults(process: &Process, clock: &Clock) -> Vec<Fault> {
    let mut faults = Vec::new();
    let state = &clock.state;
    if process.is_ending(state) {
        faults.push(ending_left(clock.line, state));
        return faults;
    }
    let shortest = clock.after.iter().map(|span| match span {
        Span::Fixed(micros) => *micros,
        Span::Term(name) => process.term(name).map_or(0, |t| t.min),
    });
    let shortest: i64 = shortest.sum();
    if shortest < MIN_CLOCK {
        let shown = duration_shown(shortest);
        faults.push(Fault::new(
            clock.line,
            "clock-too-short",
            two!(
                "「{state}」的时钟最短只有 {shown}：没有人来得及反对",
                "the clock of `{state}` can be as short as {shown}: nobody has time to object"
            ),
            two!(
                "把条款的 min 或固定时长提高到至少 1h",
                "raise the term's min or the fixed duration to at least 1h"
            ),
        ));
    }
    let rule = process.transitions().iter().find(|t| t.name == clock.fires);
    if let Some((zh, en)) = rule.and_then(|rule| blocked(clock, rule)) {
        let fires = &clock.fires;
        faults.push(Fault::new(
            clock.line,
            "clock-blocked",
            two!(
                "「{state}」的时钟到期时可能触发不了「{fires}」：{zh}",
                "the clock of `{state}` may be unable to fire `{fires}`: {en}"
            ),
            two!(
                "让时钟触发一个随时可行的流转，必要时为它单写一个",
                "let the clock fire a transition that is always possible; write one of its own if needed"
            ),
        ));
    }
    faults
}

/// Why a clock's transition may be impossible when the clock runs out.
fn blocked(clock: &Clock, rule: &Transition) -> Option<(&'static str, &'static str)> {
    if !rule.from.contains(&clock.state) {
        Some(("它的 from 里没有这个状态", "its `from` does not name this state"))
    } else if rule.limit.is_some() {
        Some(("它有次数限制，用完就不能再触发", "it has a limit, which may be used up"))
    } else if !rule.needs.is_empty() {
        Some((
            "它要人带来交付、说明或份额，时钟带不来",
            "it needs a delivery, reasons or shares, which a clock cannot bring",
        ))
    } else if rule.in_turn && !clock.from_turn {
        Some((
            "它要等轮到此阶段，而时钟不等",
            "it waits for the part's turn, and the clock does not",
        ))
    } else if holds(rule) {
        Some(("它要托管资金，沉默带不来钱", "it holds money, and silence brings none"))
    } else {
        None
    }
}

/// A state waits for somebody who can do something there.
fn waits_in_vain(process: &Process, state: &State) -> Option<Fault> {
    let role = state.waits_for?;
    let can = |rule: &&Transition| {
        let side = matches!(role, Role::Client | Role::Provider | Role::Both);
        let either = role == Role::Both && (rule.by.contains(&Role::Client) || rule.by.contains(&Role::Provider));
        rule.by.contains(&role)
            || either
            || (side && rule.by.contains(&Role::Both))
            || (role == Role::Client && rule.by.contains(&Role::Gateway))
    };
    let here = |rule: &&Transition| rule.from.contains(&state.name);
    if process.transitions().iter().filter(here).any(|rule| can(&rule)) {
        return None;
    }
    let name = &state.name;
    Some(Fault::new(
        state.line,
        "waits-in-vain",
        two!(
            "「{name}」在等 {role}，但 {role} 在这里什么也做不了",
            "`{name}` waits for the {role}, who can do nothing there"
        ),
        two!(
            "改 waits_for，或给 {role} 一个从这里出发的流转",
            "change waits_for, or give the {role} a transition from here"
        ),
    ))
}
