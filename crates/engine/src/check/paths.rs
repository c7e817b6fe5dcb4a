//! The proofs that need every path: nothing gets stuck, nothing is lost, nobody helps themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{Graph, step_words};
use super::money::{Bad, pays, pays_out, shown};
use crate::fault::{Fault, two};
use crate::{MoneyRule, Process, Role, Transition, Words};

/// `whole` says that nothing was found without walking.
pub(super) fn faults(process: &Process, graph: &Graph<'_>, whole: bool) -> Vec<Fault> {
    let mut faults = money_faults(graph);
    if faults.is_empty() && whole {
        // Another fault may cut a step short and hide what lies behind it: that is not told as unreachable too.
        faults.extend(unreached(process, graph));
    }
    faults.extend(without_clock(process, graph));
    faults.extend(silence_circles(process));
    faults.extend(escrow_left(process, graph));
    faults.extend(endless(graph));
    faults.extend(self_payment(graph));
    faults.extend(no_objection(process, graph));
    faults
}

fn money_faults(graph: &Graph<'_>) -> Vec<Fault> {
    let one = |(at, rule, bad): &(usize, &Transition, Bad)| {
        let name = &rule.name;
        let (code, what, mend) = match bad {
            Bad::TooMuchHeld => (
                "holds-too-much",
                two!(
                    "「{name}」托管的总额超过价格的 100 %",
                    "`{name}` holds more than 100 % of the price in all"
                ),
                two!(
                    "托管用 amount = \"rest\"，或让各次百分比合计不超过 100 %",
                    "hold amount = \"rest\", or let the shares add up to 100 % at most"
                ),
            ),
            Bad::Overdrawn { wanted, pot } => {
                let (wanted, pot) = (shown(*wanted), shown(*pot));
                (
                    "pays-more-than-held",
                    two!(
                        "「{name}」要付出 {wanted}，托管中只有 {pot}",
                        "`{name}` pays out {wanted} and only {pot} is held"
                    ),
                    two!(
                        "改成 amount = \"rest\"，或降低百分比",
                        "write amount = \"rest\", or a smaller share"
                    ),
                )
            }
            Bad::Nothing => (
                "pays-nothing",
                two!(
                    "「{name}」说要付款，但托管中没有钱",
                    "`{name}` says that it pays, and nothing is held"
                ),
                two!(
                    "去掉这条资金动作，或让它只从有托管款的状态出发",
                    "remove the money move, or let it start only where money is held"
                ),
            ),
        };
        Fault::new(rule.line, code, what, mend).along(graph.path_and(*at, rule))
    };
    graph.bad.iter().map(one).collect()
}

fn unreached(process: &Process, graph: &Graph<'_>) -> Vec<Fault> {
    let states: BTreeSet<_> = graph.places.iter().map(|place| place.state).collect();
    let fired: BTreeSet<_> = graph
        .edges
        .iter()
        .flatten()
        .map(|edge| edge.rule.name.as_str())
        .collect();
    let lost = process.states().iter().filter(|s| !states.contains(s.name.as_str()));
    let mut faults: Vec<_> = lost.map(|state| unreachable(state.line, &state.name)).collect();
    if !faults.is_empty() {
        return faults;
    }
    let clocked = |rule: &Transition| process.clocks.iter().any(|clock| clock.fires == rule.name);
    let dead = process
        .transitions()
        .iter()
        .filter(|rule| !fired.contains(rule.name.as_str()) && (!rule.by.is_empty() || clocked(rule)));
    faults.extend(dead.map(|rule| {
        let name = &rule.name;
        Fault::new(
            rule.line,
            "dead-transition",
            two!("「{name}」在任何情况下都不会发生", "`{name}` can never happen"),
            two!(
                "检查它的 from、by 和次数上限，或删掉它",
                "check its `from`, its `by` and its limit, or remove it"
            ),
        )
    }));
    faults
}

pub(super) fn unreachable(line: u32, name: &str) -> Fault {
    Fault::new(
        line,
        "unreachable-state",
        two!("没有任何路径能到「{name}」", "no path leads to `{name}`"),
        two!(
            "加一个 to = \"{name}\" 的流转，或删掉这个状态",
            "add a transition with to = \"{name}\", or remove the state"
        ),
    )
}

/// Proofs 1 and 2: where nobody acts, a clock does.
fn without_clock(process: &Process, graph: &Graph<'_>) -> Vec<Fault> {
    let mut worst: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, place) in graph.places.iter().enumerate() {
        if process.is_ending(place.state) || process.clock_of(place.state).is_some() {
            continue;
        }
        let seen = worst.entry(place.state).or_insert(at);
        if place.money.pot > graph.places[*seen].money.pot {
            *seen = at;
        }
    }
    let told = worst.into_iter().map(|(state, at)| {
        let (line, pot) = (process.state(state).map_or(1, |s| s.line), graph.places[at].money.pot);
        let mend = two!(
            "加一个 [[clock]] state = \"{state}\"，写明多久之后触发什么",
            "add a [[clock]] with state = \"{state}\" that says after how long what happens"
        );
        let mut path = graph.path(at);
        if pot == 0 {
            path.push(two!("沉默：永远停在这里", "silence: it stays here for ever"));
            let what = two!(
                "「{state}」没有时钟：大家都不操作时订单不会结束",
                "`{state}` has no clock: if everybody falls silent the order never ends"
            );
            return Fault::new(line, "silence-without-clock", what, mend).along(path);
        }
        let share = shown(pot);
        path.push(two!(
            "沉默：{share} 永远留在托管中",
            "silence: {share} stays in escrow for ever"
        ));
        let what = two!("「{state}」里有钱却没有时钟", "`{state}` holds money and has no clock");
        Fault::new(line, "money-without-clock", what, mend).along(path)
    });
    told.collect()
}

/// Proof 1: following clocks alone never goes in a circle.
fn silence_circles(process: &Process) -> Vec<Fault> {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut faults = Vec::new();
    for start in process.states() {
        let mut path: Vec<&str> = vec![&start.name];
        while let Some(clock) = path.last().and_then(|state| process.clock_of(state)) {
            let Some(rule) = process.transitions().iter().find(|t| t.name == clock.fires) else {
                break;
            };
            if let Some(round) = path.iter().position(|state| **state == rule.to) {
                let circle = &path[round..];
                if circle.iter().any(|state| told.contains(state)) {
                    break;
                }
                told.extend(circle);
                let steps = circle.iter().copied().chain([rule.to.as_str()]);
                let words = steps.map(|state| Words::new(state, state)).collect();
                let lines = process.clocks.iter().filter(|c| circle.contains(&c.state.as_str()));
                let line = lines.map(|c| c.line).min().unwrap_or(clock.line);
                let fault = Fault::new(
                    line,
                    "silence-never-ends",
                    two!(
                        "大家都不操作时，时钟让订单一直转圈",
                        "if everybody falls silent the clocks go round in a circle"
                    ),
                    two!(
                        "让其中一个时钟触发通向结局的流转",
                        "let one of these clocks fire a transition that leads to an ending"
                    ),
                );
                faults.push(fault.along(words));
                break;
            }
            path.push(&rule.to);
        }
    }
    faults
}

/// Proof 3: at every ending the pot is empty.
fn escrow_left(process: &Process, graph: &Graph<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (at, edges) in graph.edges.iter().enumerate() {
        for edge in edges {
            let end = &graph.places[edge.to];
            if !process.is_ending(end.state) || !end.money.any() {
                continue;
            }
            let (zh, en) = if end.money.pot > 0 {
                let share = shown(end.money.pot);
                (
                    format!("结局：{share} 留在托管中"),
                    format!("the end: {share} stays in escrow"),
                )
            } else {
                (
                    "结局：百分比取整的零头留在托管中".to_owned(),
                    "the end: what rounding left over stays in escrow".to_owned(),
                )
            };
            let mut path = graph.path_and(at, edge.rule);
            path.push(Words::new(zh, en));
            let (name, state) = (&edge.rule.name, end.state);
            let fault = Fault::new(
                edge.rule.line,
                "escrow-left",
                two!(
                    "「{name}」到达结局「{state}」时托管中还有钱",
                    "`{name}` ends in `{state}` with money in escrow"
                ),
                two!(
                    "给它写上把 \"rest\" 付出或退回的资金动作",
                    "give it a money move that releases, refunds or splits the \"rest\""
                ),
            );
            faults.push(fault.along(path));
        }
    }
    faults
}

/// Proof 4: where money is held, no circle without a counter. A step that counts, holds or pays changes the situation
/// for good, so only circles of plain steps can be left.
fn endless(graph: &Graph<'_>) -> Vec<Fault> {
    let mut done = vec![false; graph.places.len()];
    let mut faults = Vec::new();
    for start in 0..graph.places.len() {
        if done[start] || !graph.places[start].money.any() {
            continue;
        }
        // Depth first; `trail` holds the way here with the edge being looked at in each situation.
        let mut trail: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some((at, edge)) = trail.last().copied() {
            let Some(step) = graph.edges[at].get(edge) else {
                done[at] = true;
                trail.pop();
                continue;
            };
            if let Some(last) = trail.last_mut() {
                last.1 += 1;
            }
            if let Some(round) = trail.iter().position(|(place, _)| *place == step.to) {
                faults.push(endless_fault(graph, &trail[round..]));
            } else if !done[step.to] && graph.places[step.to].money.any() {
                trail.push((step.to, 0));
            }
        }
    }
    faults
}

fn endless_fault(graph: &Graph<'_>, circle: &[(usize, usize)]) -> Fault {
    let rules: Vec<_> = circle
        .iter()
        .map(|(at, edge)| graph.edges[*at][*edge - 1].rule)
        .collect();
    let mut path = graph.path(circle[0].0);
    path.extend(rules.iter().map(|rule| step_words(rule)));
    path.push(Words::new("……", "…"));
    let line = rules.iter().map(|rule| rule.line).min().unwrap_or(1);
    let fault = Fault::new(
        line,
        "endless-loop",
        two!(
            "有托管款时可以无限次转圈：一方能把对方的钱一直拖住",
            "with money in escrow this can go round for ever: one side could keep the other's money waiting"
        ),
        two!(
            "给圈里的一个流转写上 limit = \"次数条款\"",
            "give one transition of the circle a limit = \"count term\""
        ),
    );
    fault.along(path)
}

/// Proof 5: no side gives money to itself alone.
fn self_payment(graph: &Graph<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (at, edges) in graph.edges.iter().enumerate() {
        for edge in edges {
            let own = [Role::Client, Role::Provider];
            let Some(side) = own
                .into_iter()
                .find(|side| edge.rule.by.contains(side) && pays(edge.rule, *side))
            else {
                continue;
            };
            let (name, words) = (&edge.rule.name, side.words());
            let (zh, en) = (&words.zh, &words.en);
            let fault = Fault::new(
                edge.rule.line,
                "self-payment",
                Words::new(
                    format!("「{name}」让{zh}一方自己把托管款付给自己"),
                    format!("`{name}` lets the {en} alone give escrow money to themselves"),
                ),
                two!(
                    "改成 by = \"both\" 或由平台裁决，或先进入一个对方可以反对的状态，由时钟付款",
                    "make it by = \"both\" or a ruling, or go first to a state where the other side can object and a clock pays"
                ),
            );
            faults.push(fault.along(graph.path_and(at, edge.rule)));
        }
    }
    faults
}

/// Proof 5: silence pays nobody unless the other side could have objected right there. Where a judge is asked, the
/// judge's silence may divide but not award.
fn no_objection(process: &Process, graph: &Graph<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (at, place) in graph.places.iter().enumerate().filter(|(_, p)| p.money.any()) {
        let Some(clock) = process.clock_of(place.state) else {
            continue;
        };
        let fired = process.transitions().iter().find(|t| t.name == clock.fires);
        let Some(rule) = fired.filter(|rule| pays_out(rule)) else {
            continue;
        };
        for (winner, loser) in [(Role::Provider, Role::Client), (Role::Client, Role::Provider)] {
            if !pays(rule, winner)
                || can_object(process, place.state, winner, loser)
                || judged(process, place.state, rule)
            {
                continue;
            }
            let (winner, loser) = (winner.words(), loser.words());
            let mut path = graph.path(at);
            path.push(Words::new(
                format!("沉默：{}得到托管款", winner.zh),
                format!("silence: the {} gets escrow money", winner.en),
            ));
            let state = place.state;
            let fault = Fault::new(
                clock.line,
                "no-objection",
                Words::new(
                    format!("「{state}」到期会付钱给{}，而{}在这里无法反对", winner.zh, loser.zh),
                    format!(
                        "the clock of `{state}` pays the {}, and the {} cannot object there",
                        winner.en, loser.en
                    ),
                ),
                Words::new(
                    format!(
                        "给{}一个从这里出发、不限次数、不付款给对方的流转（如发起纠纷）；有裁决者的状态，沉默只能按固定份额分",
                        loser.zh
                    ),
                    format!(
                        "give the {} a transition from here without limit that does not pay the other side (such as a dispute); where a judge is asked, silence may only split in fixed shares",
                        loser.en
                    ),
                ),
            );
            faults.push(fault.along(path));
        }
    }
    faults
}

fn can_object(process: &Process, state: &str, winner: Role, loser: Role) -> bool {
    process.transitions().iter().any(|rule| {
        let here = rule.from.iter().any(|s| s == state);
        here && rule.by.contains(&loser) && rule.limit.is_none() && !rule.in_turn && !pays(rule, winner)
    })
}

fn judged(process: &Process, state: &str, silence: &Transition) -> bool {
    let divides = silence
        .money
        .iter()
        .all(|money| matches!(money, MoneyRule::SplitFixed { .. }));
    let judge = |rule: &Transition| rule.limit.is_none() && rule.by.iter().any(|role| role.is_neutral());
    let mut here = process
        .transitions()
        .iter()
        .filter(|rule| rule.from.iter().any(|s| s == state));
    divides && here.any(judge)
}
