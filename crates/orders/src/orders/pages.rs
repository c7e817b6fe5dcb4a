//! What the workroom shows: parts and their money, the steps one can take, the endings still possible, the clocks,
//! the timeline. It computes; the template only draws.

use std::sync::Arc;

use catalog::files::FileView;
use engine::{Choice, Move, OutcomeTable, Process, Role, State, Terms, Words};
use kernel::{AccountId, Actor, Id, Money, Timestamp};
use store::{Fail, Tx};

use super::sql::MoveRow;
use super::{Loaded, Side, load, name_of, sql};
use crate::proposals::{self, Proposal};

/// Everything about one order.
pub struct OrderPage {
    /// The order.
    pub id: Id,
    /// Its version: comes back with every step.
    pub version: i64,
    /// The contract.
    pub contract: Id,
    /// The request it came from.
    pub request: Id,
    /// Its title.
    pub title: String,
    /// The client.
    pub client: (AccountId, String),
    /// The provider.
    pub provider: (AccountId, String),
    /// The reader's side; none for the operator.
    pub side: Option<Side>,
    /// The process it runs on.
    pub process: Arc<Process>,
    /// The frozen terms.
    pub terms: Terms,
    /// The order's own state.
    pub state: State,
    /// Its parts.
    pub parts: Vec<PartView>,
    /// What the reader can do now.
    pub choices: Vec<Choice>,
    /// What both sides have been asked to agree on.
    pub proposals: Vec<Proposal>,
    /// Every ending still possible.
    pub table: OutcomeTable,
    /// Every ending that was possible when the order began.
    pub first_table: OutcomeTable,
    /// What has happened, oldest first.
    pub moves: Vec<MoveView>,
    /// Where the money of the whole order is.
    pub purse: Purse,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// Where money is.
#[derive(Debug, Clone, Copy)]
pub struct Purse {
    /// The price, client fee left out.
    pub price: Money,
    /// Not yet paid in and still wanted.
    pub outside: Money,
    /// In escrow now, client fee included.
    pub held: Money,
    /// With the provider, after commission.
    pub provider: Money,
    /// Back with the client, or on the way.
    pub client: Money,
    /// The market's commission.
    pub platform: Money,
}

/// One part.
pub struct PartView {
    /// Counted from 0.
    pub part: usize,
    /// Its title.
    pub title: String,
    /// Working days.
    pub days: i64,
    /// Its state.
    pub state: State,
    /// Whether its turn has come.
    pub in_turn: bool,
    /// Where its money is.
    pub purse: Purse,
    /// The price money in its pot, which shares must add up to.
    pub pot: Money,
    /// Its clock, if one runs.
    pub clock: Option<ClockView>,
    /// Revisions and other counted steps: label, used, allowed.
    pub counters: Vec<(Words, u32, i64)>,
}

/// A running clock.
#[derive(Debug, Clone)]
pub struct ClockView {
    /// When it fires.
    pub due_at: Timestamp,
    /// What silence means then.
    pub says: Words,
}

/// A step in the timeline.
pub struct MoveView {
    /// Its id.
    pub id: Id,
    /// The part: number from 1 and title.
    pub part: Option<(usize, String)>,
    /// What was done.
    pub label: Words,
    /// The transition's key.
    pub transition: String,
    /// In which role.
    pub by: Role,
    /// The person's name, if a person did it in a side's role.
    pub name: Option<String>,
    /// The state it led to.
    pub to: Words,
    /// The words that came with it.
    pub note: String,
    /// The money that moved.
    pub money: Vec<Move>,
    /// The version of the delivery it brought.
    pub delivery: Option<i64>,
    /// The files of the delivery.
    pub files: Vec<FileView>,
    /// When it counts from.
    pub at: Timestamp,
}

/// The workroom of an order, for its two sides.
pub fn find_for(tx: &mut Tx, actor: &Actor, id: Id) -> Result<Option<OrderPage>, Fail> {
    let Some(order) = load(tx, id)? else { return Ok(None) };
    match order.role(actor) {
        Some(role) if role != Role::Clock => Ok(Some(page(tx, actor, &order, role)?)),
        _ => Ok(None),
    }
}

/// The same for the operator, whoever the sides are.
pub fn operator_view(tx: &mut Tx, actor: &Actor, id: Id) -> Result<Option<OrderPage>, Fail> {
    match load(tx, id)? {
        Some(order) if actor.is_staff() => Ok(Some(page(tx, actor, &order, Role::Operator)?)),
        _ => Ok(None),
    }
}

fn page(tx: &mut Tx, actor: &Actor, order: &Loaded, role: Role) -> Result<OrderPage, Fail> {
    let now = tx.now();
    let client = (order.client, name_of(tx, order.client)?);
    let provider = (order.provider, name_of(tx, order.provider)?);
    let rows = sql::moves(tx, order.id)?;
    let mut moves = Vec::with_capacity(rows.len());
    for row in rows {
        moves.push(move_view(tx, order, row, &client.1, &provider.1)?);
    }
    let started = engine::start(&order.process, &order.terms, order.started_at)?;
    let first_table = engine::outcomes(&order.process, &order.terms, &started.state, order.started_at);
    let state = order
        .process
        .order_state(&order.state.state)
        .unwrap_or_else(|| order.process.first_state())
        .clone();
    Ok(OrderPage {
        id: order.id,
        version: order.version,
        contract: order.contract,
        request: order.request,
        title: order.title.clone(),
        client,
        provider,
        side: order.side(actor),
        process: order.process.clone(),
        terms: order.terms.clone(),
        state,
        parts: (0..order.parts.len()).map(|part| part_view(order, part)).collect(),
        choices: engine::next(&order.process, &order.terms, &order.state, role),
        proposals: proposals::of_order(tx, order.id)?,
        table: engine::outcomes(&order.process, &order.terms, &order.state, now),
        first_table,
        moves,
        purse: whole_purse(order),
        started_at: order.started_at,
        ended_at: order.ended_at,
    })
}

fn move_view(tx: &mut Tx, order: &Loaded, row: MoveRow, client: &str, provider: &str) -> Result<MoveView, Fail> {
    let role = Role::from_name(&row.by).unwrap_or(Role::Clock);
    let name = match role {
        Role::Client => Some(client.to_owned()),
        Role::Provider => Some(provider.to_owned()),
        _ => None,
    };
    let files = match row.delivery {
        Some((delivery, _)) => catalog::files::of(tx, "delivery", delivery)?,
        None => Vec::new(),
    };
    let to = order
        .process
        .state(&row.to)
        .or_else(|| order.process.order_state(&row.to));
    let title = |part: usize| order.parts.get(part).map(|head| head.title.clone()).unwrap_or_default();
    Ok(MoveView {
        id: row.id,
        part: row.part.map(|part| (part + 1, title(part))),
        label: order
            .process
            .transition(&row.transition)
            .map(|t| t.label.clone())
            .unwrap_or_default(),
        transition: row.transition,
        by: role,
        name,
        to: to.map(|state| state.label.clone()).unwrap_or_default(),
        note: row.note,
        money: row.money,
        delivery: row.delivery.map(|(_, version)| version),
        files,
        at: row.at,
    })
}

fn part_view(order: &Loaded, part: usize) -> PartView {
    let (head, state) = (&order.parts[part], &order.state.parts[part]);
    let named = order
        .process
        .state(&state.state)
        .unwrap_or_else(|| order.process.first_state());
    let clock = engine::clocks(&order.process, &order.terms, &order.state)
        .into_iter()
        .find(|clock| clock.part == part);
    let counted = order
        .process
        .terms()
        .iter()
        .filter(|term| term.kind == engine::TermKind::Count);
    PartView {
        part,
        title: head.title.clone(),
        days: head.days,
        state: named.clone(),
        in_turn: state.turn_at.is_some(),
        purse: part_purse(order, part),
        pot: Money::new(state.pot_minor, order.currency()),
        clock: clock.map(|clock| ClockView {
            due_at: clock.due_at,
            says: order
                .process
                .clocks_of(&state.state)
                .next()
                .map(|c| c.says.clone())
                .unwrap_or_default(),
        }),
        counters: counted
            .map(|term| {
                let used = state.counters.get(&term.name).copied().unwrap_or(0);
                (
                    term.label.clone(),
                    used,
                    order.terms.value(&order.process, part, &term.name),
                )
            })
            .collect(),
    }
}

fn part_purse(order: &Loaded, part: usize) -> Purse {
    let state = &order.state.parts[part];
    let money = |minor: i64| Money::new(minor, order.currency());
    let price = order.terms.parts[part].amount_minor;
    let ended = order.process.state(&state.state).is_none_or(|s| s.ending);
    Purse {
        price: money(price),
        outside: money(if ended { 0 } else { (price - state.held_minor).max(0) }),
        held: money(state.pot_minor + state.pot_fee_minor),
        provider: money(state.to_provider_minor),
        client: money(state.to_client_minor),
        platform: money(state.to_platform_minor),
    }
}

fn whole_purse(order: &Loaded) -> Purse {
    let parts: Vec<_> = (0..order.parts.len()).map(|part| part_purse(order, part)).collect();
    let sum = |pick: fn(&Purse) -> Money| Money::new(parts.iter().map(|p| pick(p).minor()).sum(), order.currency());
    Purse {
        price: order.total,
        outside: sum(|p| p.outside),
        held: sum(|p| p.held),
        provider: sum(|p| p.provider),
        client: sum(|p| p.client),
        platform: sum(|p| p.platform),
    }
}
