//! The one generic use case: somebody takes a step of an order. Which steps there are, who may take them and what
//! they need is in the process; nothing here knows a state by name.

use std::collections::BTreeMap;

use engine::{EngineRefusal, Facts, Need, Role, Shares, Transition};
use kernel::{Actor, Id, Refuse, clean_text};
use serde_json::json;
use store::{Fail, Tx};

use super::{Cause, Loaded, OrderRefusal, advance, load_for, sql};
use crate::clocks;

/// Most files in one delivery.
const MOST_FILES: usize = 20;

/// A step of an order.
#[derive(Debug, Clone, Default)]
pub struct Fire {
    /// The transition's name.
    pub transition: String,
    /// The part; none for a step of the whole order.
    pub part: Option<usize>,
    /// The version of the order the page showed.
    pub seen_version: i64,
    /// The words of a delivery, or what one wants to say.
    pub note: String,
    /// The reasons, where the step needs them.
    pub reason: String,
    /// Uploaded files of a delivery.
    pub files: Vec<Id>,
    /// How pots are divided, by part.
    pub shares: BTreeMap<usize, Shares>,
}

/// What a step did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fired {
    /// The order's version now.
    pub version: i64,
    /// Whether the order has ended.
    pub completed: bool,
}

/// Takes a step. Refusals: not yours, changed since, and whatever the engine says.
pub fn fire(tx: &mut Tx, actor: &Actor, order: Id, cmd: &Fire) -> Result<Fired, Fail> {
    let (mut order, role) = load_for(tx, actor, order)?;
    unchanged(tx, actor, &order, cmd.seen_version)?;
    let rule = order
        .process
        .transition(&cmd.transition)
        .ok_or(EngineRefusal::Unknown)?
        .clone();
    own_step(&rule, role)?;
    in_time(&order, cmd.part, tx.now())?;
    clocks::run_loaded(tx, &mut order)?;
    let reason = clean_reason(&cmd.reason, rule.needs.contains(&Need::Reason))?;
    let delivery = if rule.needs.contains(&Need::Delivery) {
        Some(deliver(tx, actor, &order, cmd)?)
    } else {
        None
    };
    let note = if delivery.is_some() {
        clean_note(&cmd.note)?
    } else {
        reason.clone()
    };
    let before = audit_before(&order);
    let plan = advance(
        tx,
        &mut order,
        &Cause {
            part: cmd.part,
            transition: &cmd.transition,
            role,
            actor: actor.account(),
            facts: Facts {
                delivery: delivery.is_some(),
                reason: !reason.is_empty(),
                shares: cmd.shares.clone(),
            },
            note: &note,
            delivery,
            gateway: None,
            at: tx.now(),
        },
    )?;
    if role.is_neutral() {
        let after = json!({ "state": audit_before(&order), "transition": cmd.transition, "part": cmd.part, "shares": cmd.shares });
        site::audit::record(tx, actor, "order.rule", "order", order.id, before, after, &reason)?;
    }
    Ok(Fired {
        version: order.version,
        completed: plan.completed,
    })
}

/// Whether the order is still what the page showed; otherwise says what happened in between.
pub(crate) fn changed(tx: &mut Tx, actor: &Actor, order: &Loaded) -> Result<OrderRefusal, Fail> {
    let locale = match actor {
        Actor::Person { locale, .. } => *locale,
        Actor::Visitor | Actor::System => kernel::Locale::default(),
    };
    let last = sql::last_move(tx, order.id)?;
    let (transition, at) = last.unwrap_or_else(|| (String::new(), order.started_at));
    let what = order
        .process
        .transition(&transition)
        .map_or_else(String::new, |t| t.label.pick(locale).to_owned());
    Ok(OrderRefusal::Changed { what, at })
}

fn unchanged(tx: &mut Tx, actor: &Actor, order: &Loaded, seen: i64) -> Result<(), Fail> {
    if order.version == seen {
        Ok(())
    } else {
        Err(changed(tx, actor, order)?.into())
    }
}

/// Whether one actor alone can take this step.
fn own_step(rule: &Transition, role: Role) -> Result<(), Fail> {
    if rule.by.contains(&role) {
        return Ok(());
    }
    let side = matches!(role, Role::Client | Role::Provider);
    if side && rule.by.contains(&Role::Both) {
        return Err(OrderRefusal::NeedsBoth.into());
    }
    if role == Role::Client && rule.by.contains(&Role::Gateway) {
        return Err(OrderRefusal::PayFirst.into());
    }
    Err(EngineRefusal::NotYours.into())
}

/// Whether the part's own clock still runs: after it has run out, what was announced for it happens instead.
fn in_time(order: &Loaded, part: Option<usize>, now: kernel::Timestamp) -> Result<(), Fail> {
    let clocks = engine::clocks(&order.process, &order.terms, &order.state);
    let mut mine = clocks.iter().filter(|clock| part.is_none_or(|part| part == clock.part));
    match mine.find(|clock| clock.due_at <= now) {
        Some(clock) => Err(EngineRefusal::TooLate { due: clock.due_at }.into()),
        None => Ok(()),
    }
}

fn deliver(tx: &mut Tx, actor: &Actor, order: &Loaded, cmd: &Fire) -> Result<Id, Fail> {
    let note = clean_note(&cmd.note)?;
    if note.is_empty() && cmd.files.is_empty() {
        return Err(OrderRefusal::EmptyDelivery.into());
    }
    if cmd.files.len() > MOST_FILES {
        return Err(OrderRefusal::TooManyFiles {
            most: i64::try_from(MOST_FILES).unwrap_or(i64::MAX),
        }
        .into());
    }
    let part = cmd
        .part
        .filter(|part| *part < order.parts.len())
        .ok_or(EngineRefusal::Unknown)?;
    let by = actor.account().ok_or(OrderRefusal::NotFound)?;
    let id = tx.new_id();
    sql::insert_delivery(tx, id, order.id, part, &note, by)?;
    if !cmd.files.is_empty() {
        catalog::files::attach(tx, actor, &cmd.files, "delivery", id)?;
    }
    Ok(id)
}

fn clean_note(note: &str) -> Result<String, Fail> {
    clean_text(note, 0, 5_000).map_err(|_| OrderRefusal::BadNote.into())
}

/// Reasons, cleaned; needed ones have at least two characters.
pub(crate) fn clean_reason(reason: &str, needed: bool) -> Result<String, Fail> {
    let text = clean_text(reason, 0, 2_000).map_err(|_| OrderRefusal::BadNote.refusal().on("reason"))?;
    if needed && text.chars().count() < 2 {
        return Err(OrderRefusal::NoReason.into());
    }
    Ok(text)
}

fn audit_before(order: &Loaded) -> serde_json::Value {
    let parts: Vec<_> = order
        .state
        .parts
        .iter()
        .map(|part| json!({ "state": part.state, "pot_minor": part.pot_minor }))
        .collect();
    json!({ "order": order.state.state, "parts": parts })
}
