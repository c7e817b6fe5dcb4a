//! The tables of the file, one after the other, and the names that join them.

use std::collections::BTreeSet;

use super::sheet::{At, Reader, Sheet};
use crate::fault::{Fault, bad_value, missing_key, twice, two, unknown_name};
use crate::{
    Cause, Clock, Level, MoneyRule, Need, OrderEnding, Process, Role, Span, State, Term, TermKind, Tone, Transition,
};

/// The most of anything: keeps the exploration, the pages and the reader's patience bounded.
const MAX_STATES: usize = 40;
const MAX_TRANSITIONS: usize = 120;
const MAX_TERMS: usize = 40;
const MAX_COUNT: i64 = 20;

const ACTORS: [Role; 6] = [
    Role::Client,
    Role::Provider,
    Role::Both,
    Role::Operator,
    Role::Panel,
    Role::Gateway,
];

pub(crate) fn terms(reader: &mut Reader, sheet: &mut Sheet<'_>) -> Vec<Term> {
    let mut terms = Vec::new();
    for (name, mut one) in reader.named(sheet, "term", "") {
        let label = reader.words(&mut one, "label", 60);
        let count = match reader.need_text(&mut one, "kind") {
            Some(kind) if kind.value == "count" => true,
            Some(kind) if kind.value != "duration" => {
                let known = ["duration", "count"];
                reader.say(unknown_name(kind.line, "条款种类", "kind of term", &kind.value, &known));
                false
            }
            _ => false,
        };
        let default = reader.measure(&mut one, "default", count);
        let min = reader.measure(&mut one, "min", count);
        let max = reader.measure(&mut one, "max", count);
        let per_part = reader.flag(&mut one, "per_part");
        reader.close(&one);
        if let (Some(default), Some(min), Some(max)) = (&default, &min, &max) {
            bounds(reader, count, default.value, min.value, max);
        }
        // A term with a bad value keeps its name, so that its uses are not told as faults as well.
        let value = |at: Option<At<i64>>| at.map_or(0, |at| at.value);
        terms.push(Term {
            name,
            label,
            kind: if count { TermKind::Count } else { TermKind::Duration },
            default: value(default),
            min: value(min),
            max: value(max),
            per_part,
            line: one.line,
        });
    }
    terms
}

fn bounds(reader: &mut Reader, count: bool, default: i64, min: i64, max: &At<i64>) {
    let ordered = 0 <= min && min <= default && default <= max.value;
    if !ordered || (count && max.value > MAX_COUNT) {
        reader.say(bad_value(
            max.line,
            "max",
            &format!("要有 0 ≤ min ≤ default ≤ max；次数最多 {MAX_COUNT}"),
            &format!("0 ≤ min ≤ default ≤ max must hold; counts go up to {MAX_COUNT}"),
        ));
    }
}

pub(crate) fn states(reader: &mut Reader, sheet: &mut Sheet<'_>, prefix: &str) -> Vec<State> {
    let named = reader.named(sheet, "state", prefix);
    if named.is_empty() {
        reader.say(missing_key(sheet.line, &sheet.place, "[state.…]"));
    }
    let mut states = Vec::new();
    for (name, mut one) in named {
        let label = reader.words(&mut one, "label", 60);
        let waits_for = reader
            .need_text(&mut one, "waits_for")
            .and_then(|at| reader.role(&at, &ACTORS));
        let tone = reader.tone(&mut one, Tone::Waiting);
        reader.close(&one);
        states.push(State {
            name,
            label,
            waits_for,
            ending: false,
            tone,
            line: one.line,
        });
    }
    states
}

pub(crate) fn endings(reader: &mut Reader, sheet: &mut Sheet<'_>, prefix: &str) -> Vec<State> {
    let named = reader.named(sheet, "ending", prefix);
    if named.is_empty() {
        reader.say(missing_key(sheet.line, &sheet.place, "[ending.…]"));
    }
    let mut states = Vec::new();
    for (name, mut one) in named {
        states.push(ending(reader, name, &mut one));
        reader.close(&one);
    }
    states
}

fn ending(reader: &mut Reader, name: String, sheet: &mut Sheet<'_>) -> State {
    State {
        name,
        label: reader.words(sheet, "label", 60),
        waits_for: None,
        ending: true,
        tone: reader.tone(sheet, Tone::Done),
        line: sheet.line,
    }
}

pub(crate) fn order_endings(reader: &mut Reader, sheet: &mut Sheet<'_>) -> (Vec<State>, Vec<OrderEnding>) {
    let named = reader.named(sheet, "ending", "order.");
    if named.is_empty() {
        reader.say(missing_key(sheet.line, &sheet.place, "[order.ending.…]"));
    }
    let mut states = Vec::new();
    let mut endings = Vec::new();
    for (name, mut one) in named {
        endings.push(OrderEnding {
            state: name.clone(),
            when_all: values(reader.list(&mut one, "when_all")),
            line: one.line,
        });
        states.push(ending(reader, name, &mut one));
        reader.close(&one);
    }
    (states, endings)
}

pub(crate) fn transitions(reader: &mut Reader, sheet: &mut Sheet<'_>) -> Vec<Transition> {
    let tables = reader.tables(sheet, "transition", "");
    if tables.is_empty() {
        reader.say(missing_key(sheet.line, &sheet.place, "[[transition]]"));
    }
    let mut all = Vec::new();
    for mut one in tables {
        if let Some(mut rule) = transition(reader, &mut one, Level::Part) {
            rule.limit = reader.text(&mut one, "limit").map(|t| t.value);
            rule.in_turn = reader.flag(&mut one, "in_turn");
            rule.money = reader.money(&mut one);
            if rule.money.contains(&MoneyRule::SplitAgreed) {
                rule.needs.push(Need::Shares);
            }
            all.push(rule);
        }
        reader.close(&one);
    }
    all
}

pub(crate) fn order_transitions(reader: &mut Reader, sheet: &mut Sheet<'_>) -> Vec<Transition> {
    let mut all = Vec::new();
    for mut one in reader.tables(sheet, "transition", "order.") {
        if let Some(mut rule) = transition(reader, &mut one, Level::Order) {
            for mut cause in reader.tables(&mut one, "parts", "order.transition.") {
                let from = values(reader.need_list(&mut cause, "from"));
                let fires = reader.need_text(&mut cause, "do").map(|t| t.value);
                reader.close(&cause);
                if let Some(transition) = fires {
                    rule.causes.push(Cause {
                        from,
                        transition,
                        line: cause.line,
                    });
                }
            }
            all.push(rule);
        }
        reader.close(&one);
    }
    all
}

fn transition(reader: &mut Reader, sheet: &mut Sheet<'_>, level: Level) -> Option<Transition> {
    let name = reader.need_text(sheet, "name");
    if let Some(name) = &name {
        reader.check_name(name.line, &name.value);
        sheet.place = format!("{} {}", sheet.place, name.value);
    }
    let label = reader.words(sheet, "label", 60);
    let from = values(reader.need_list(sheet, "from"));
    let to = reader.need_text(sheet, "to");
    let by = reader.list(sheet, "by");
    let by = by.iter().filter_map(|at| reader.role(at, &ACTORS)).collect();
    let needs = reader.needs(sheet);
    Some(Transition {
        name: name?.value,
        label,
        from,
        to: to?.value,
        by,
        needs,
        limit: None,
        in_turn: false,
        money: Vec::new(),
        level,
        causes: Vec::new(),
        line: sheet.line,
    })
}

pub(crate) fn clocks(reader: &mut Reader, sheet: &mut Sheet<'_>) -> Vec<Clock> {
    let mut clocks = Vec::new();
    for mut one in reader.tables(sheet, "clock", "") {
        let state = reader.need_text(&mut one, "state");
        if let Some(state) = &state {
            one.place = format!("{} {}", one.place, state.value);
        }
        let (_, after) = reader.spans(&mut one, "after");
        let from_turn = match reader.text(&mut one, "from") {
            Some(from) if from.value == "turn" => true,
            Some(from) if from.value != "entry" => {
                reader.say(unknown_name(
                    from.line,
                    "起点",
                    "start of a clock",
                    &from.value,
                    &["entry", "turn"],
                ));
                false
            }
            _ => false,
        };
        let fires = reader.need_text(&mut one, "fires");
        let remind = reader.reminders(&mut one);
        let says = reader.words(&mut one, "says", 200);
        reader.close(&one);
        if let (Some(state), Some(fires)) = (state, fires) {
            clocks.push(Clock {
                state: state.value,
                after,
                from_turn,
                fires: fires.value,
                remind,
                says,
                line: one.line,
            });
        }
    }
    clocks
}

fn values(list: Vec<At<String>>) -> Vec<String> {
    list.into_iter().map(|at| at.value).collect()
}

/// Nothing may be there too often.
pub(crate) fn sizes(reader: &mut Reader, process: &Process) {
    let counts = [
        (
            "状态",
            "states",
            process.states.len() + process.order_states.len(),
            MAX_STATES,
        ),
        (
            "流转",
            "transitions",
            process.transitions.len() + process.order_transitions.len(),
            MAX_TRANSITIONS,
        ),
        ("条款", "terms", process.terms.len(), MAX_TERMS),
    ];
    for (zh, en, count, max) in counts {
        if count > max {
            reader.say(Fault::new(
                1,
                "too-many",
                two!(
                    "{zh}有 {count} 个，最多 {max} 个",
                    "{count} {en}, at most {max} are allowed"
                ),
                two!("合并或拆成两个流程", "merge some, or make two processes of it"),
            ));
        }
    }
}

/// Every name is there once, and every name that is used is there.
pub(crate) fn names(reader: &mut Reader, process: &Process) {
    unique(
        reader,
        process
            .transitions
            .iter()
            .chain(&process.order_transitions)
            .map(|t| (t.line, t.name.as_str())),
    );
    unique(reader, process.states.iter().map(|s| (s.line, s.name.as_str())));
    unique(reader, process.order_states.iter().map(|s| (s.line, s.name.as_str())));
    let states: Vec<_> = process.states.iter().map(|s| s.name.as_str()).collect();
    let orders: Vec<_> = process.order_states.iter().map(|s| s.name.as_str()).collect();
    let rules: Vec<_> = process.transitions.iter().map(|t| t.name.as_str()).collect();
    let terms = |kind| {
        let of_kind = process.terms.iter().filter(move |t| t.kind == kind);
        of_kind.map(|t| t.name.as_str()).collect::<Vec<_>>()
    };
    let (durations, counts) = (terms(TermKind::Duration), terms(TermKind::Count));
    let mut know = |line, kind: (&str, &str), name: &str, known: &[&str]| {
        if !known.contains(&name) {
            reader.say(unknown_name(line, kind.0, kind.1, name, known));
        }
    };
    let (state, order) = (("状态", "state"), ("订单状态", "order state"));
    for rule in &process.transitions {
        for name in rule.from.iter().chain([&rule.to]) {
            know(rule.line, state, name, &states);
        }
        if let Some(limit) = &rule.limit {
            know(rule.line, ("次数条款", "count term"), limit, &counts);
        }
    }
    for clock in &process.clocks {
        know(clock.line, state, &clock.state, &states);
        know(clock.line, ("流转", "transition"), &clock.fires, &rules);
        for span in &clock.after {
            if let Span::Term(name) = span {
                know(clock.line, ("时长条款", "duration term"), name, &durations);
            }
        }
    }
    for ending in &process.order_endings {
        for name in &ending.when_all {
            know(ending.line, state, name, &states);
        }
    }
    for rule in &process.order_transitions {
        for name in rule.from.iter().chain([&rule.to]) {
            know(rule.line, order, name, &orders);
        }
        for cause in &rule.causes {
            know(cause.line, ("流转", "transition"), &cause.transition, &rules);
            for name in &cause.from {
                know(cause.line, state, name, &states);
            }
        }
    }
}

fn unique<'a>(reader: &mut Reader, names: impl Iterator<Item = (u32, &'a str)>) {
    let mut seen = BTreeSet::new();
    for (line, name) in names {
        if !seen.insert(name) {
            reader.say(twice(line, name));
        }
    }
}
