//! `/orders/{id}`: the workroom. Where the money is, whose turn it is, what one can do, how it can end, what happened.

use ::orders::orders::{self, MoveView, OrderPage, PartView, Side};
use askama::Template;
use axum::extract::{Path, State};
use engine::Role;
use kernel::{Id, Locale, Money, Refusal, Timestamp};

use super::actions::{ActionView, Again, actions};
use super::outcomes::{PartTable, tables};
use super::views::{badge, money_line, tone};
use crate::App;
use crate::edge::form::Form;
use crate::edge::i18n::{t, t_args};
use crate::edge::page::{Markup, Page};
use crate::edge::parts::{Badge, MoneyLine, Tone};
use crate::edge::respond::{PageError, PageResult, html, html_refused, path_id};
use crate::edge::viewer::{RequireLogin, Viewer};

#[derive(Template)]
#[template(path = "orders/workroom.html")]
struct WorkroomPage {
    page: Page,
    view: WorkroomView,
    talk: Option<Markup>,
}

/// What the workroom says.
struct WorkroomView {
    id: Id,
    version: i64,
    title: String,
    badge: Badge,
    contract: Id,
    request: Id,
    client: (Id, String),
    provider: (Id, String),
    is_party: bool,
    is_client: bool,
    is_provider: bool,
    ended: bool,
    line: MoneyLine,
    parts: Vec<PartRow>,
    actions: Vec<ActionView>,
    proposals: Vec<ProposalRow>,
    past_proposals: Vec<ProposalRow>,
    tables: Vec<PartTable>,
    events: Vec<EventRow>,
    commission: Money,
    topic: String,
}

/// One part.
struct PartRow {
    number: usize,
    title: String,
    badge: Badge,
    price: Money,
    held: Money,
    provider: Money,
    client: Money,
    days: i64,
    current: bool,
    waits: String,
    clock: Option<(Timestamp, String)>,
    counters: Vec<String>,
}

/// A proposal.
struct ProposalRow {
    id: Id,
    title: String,
    about: String,
    mine: bool,
    who: String,
    reason: String,
    shares: Vec<String>,
    state: String,
    answer: String,
    at: Timestamp,
}

/// A step that was taken.
struct EventRow {
    tone: Tone,
    who: String,
    what: String,
    part: String,
    note: String,
    money: Vec<String>,
    files: Vec<(Id, String, i64)>,
    delivery: Option<i64>,
    at: Timestamp,
}

/// Reads the workroom for the viewer.
pub async fn read(app: &App, viewer: &Viewer, id: Id) -> Result<OrderPage, PageError> {
    let actor = viewer.actor();
    app.store
        .read("workroom", move |tx| orders::find_for(tx, &actor, id))
        .await?
        .ok_or(PageError::NotFound)
}

/// GET
pub async fn show(State(app): State<App>, me: RequireLogin, Path(id): Path<String>) -> PageResult {
    let order = read(&app, &me.viewer, path_id(&id)?).await?;
    let talk = crate::talk::embed(&app, &me.viewer, "order", order.id, None).await?;
    html(&WorkroomPage {
        page: me.viewer.page().hidden().wide(),
        view: tell(&order, &me.viewer, None),
        talk,
    })
}

/// Shows the workroom again with what was refused and what was typed.
pub async fn again(app: &App, viewer: &Viewer, id: Id, transition: &str, form: &Form, refusal: &Refusal) -> PageResult {
    let order = read(app, viewer, id).await?;
    let mut view = tell(
        &order,
        viewer,
        Some(&Again {
            transition,
            form,
            refusal,
        }),
    );
    let shown = view.actions.iter().any(|action| !action.errors.is_empty());
    if !shown {
        // The step is no longer possible: the refusal stands on a page of its own.
        return Err(PageError::Refused(refusal.clone()));
    }
    view.actions.sort_by_key(|action| action.errors.is_empty());
    html_refused(
        &WorkroomPage {
            page: viewer.page().hidden().wide(),
            view,
            talk: None,
        },
        refusal,
    )
}

fn tell(order: &OrderPage, viewer: &Viewer, again: Option<&Again>) -> WorkroomView {
    let locale = viewer.locale();
    let titles: Vec<_> = order.parts.iter().map(|part| part.title.clone()).collect();
    let rows: Vec<_> = order
        .proposals
        .iter()
        .rev()
        .map(|one| proposal(order, one, locale))
        .collect();
    let (open, past) = rows.into_iter().partition(|row| row.state == "open");
    WorkroomView {
        id: order.id,
        version: order.version,
        title: order.title.clone(),
        badge: badge(&order.state, locale),
        contract: order.contract,
        request: order.request,
        client: order.client.clone(),
        provider: order.provider.clone(),
        is_party: order.side.is_some(),
        is_client: order.side == Some(Side::Client),
        is_provider: order.side == Some(Side::Provider),
        ended: order.ended_at.is_some(),
        line: money_line(&order.purse, order.side, locale),
        parts: order.parts.iter().map(|part| part_row(order, part, locale)).collect(),
        actions: actions(order, viewer, again),
        proposals: open,
        past_proposals: past,
        tables: tables(&order.table, Some(&order.first_table), &titles, locale),
        events: order.moves.iter().rev().map(|one| event(order, one, locale)).collect(),
        commission: order.purse.platform,
        topic: format!("order:{} account:{}", order.id, viewer.page().my_id()),
    }
}

fn part_row(order: &OrderPage, part: &PartView, locale: Locale) -> PartRow {
    let waits = match part.state.waits_for {
        _ if part.state.ending || !part.in_turn => String::new(),
        Some(role) if order.side.map(Side::role) == Some(role) => t(locale, "order-waits-you"),
        Some(role) => t_args(
            locale,
            "order-waits-for",
            &[("who", role.words().pick(locale).to_owned().into())],
        ),
        None => String::new(),
    };
    let counters = part
        .counters
        .iter()
        .filter(|(_, used, _)| *used > 0)
        .map(|(label, used, most)| {
            let values = [
                ("label", label.pick(locale).to_owned().into()),
                ("used", i64::from(*used).into()),
                ("most", (*most).into()),
            ];
            t_args(locale, "order-counted", &values)
        });
    PartRow {
        number: part.part + 1,
        title: part.title.clone(),
        badge: badge(&part.state, locale),
        price: part.purse.price,
        held: part.purse.held,
        provider: part.purse.provider,
        client: part.purse.client,
        days: part.days,
        current: part.in_turn && !part.state.ending,
        waits,
        clock: part
            .clock
            .as_ref()
            .map(|clock| (clock.due_at, clock.says.pick(locale).to_owned())),
        counters: counters.collect(),
    }
}

fn proposal(order: &OrderPage, one: &::orders::proposals::Proposal, locale: Locale) -> ProposalRow {
    let money = |minor: i64| Money::new(minor, order.terms.currency).shown();
    let shares = one.shares.iter().map(|(part, shares)| {
        let title = order
            .parts
            .get(*part)
            .map(|part| part.title.clone())
            .unwrap_or_default();
        let values = [
            ("title", title.into()),
            ("provider", money(shares.to_provider_minor).into()),
            ("client", money(shares.to_client_minor).into()),
        ];
        t_args(locale, "order-proposal-shares", &values)
    });
    let mine = order.side.is_some_and(|side| side.role().name() == one.by);
    let who = if one.by == "client" {
        &order.client.1
    } else {
        &order.provider.1
    };
    ProposalRow {
        id: one.id,
        title: order
            .process
            .transition(&one.transition)
            .map(|rule| rule.label.pick(locale).to_owned())
            .unwrap_or_default(),
        about: one
            .part
            .and_then(|part| order.parts.get(part))
            .map(|part| part.title.clone())
            .unwrap_or_default(),
        mine,
        who: who.clone(),
        reason: one.reason.clone(),
        shares: shares.collect(),
        state: one.state.clone(),
        answer: one.answer.clone(),
        at: one.made_at,
    }
}

fn event(order: &OrderPage, one: &MoveView, locale: Locale) -> EventRow {
    let money = |minor: i64| Money::new(minor, order.terms.currency).shown();
    let moved = one.money.iter().flat_map(|moved| {
        let held = moved.kind == engine::MoveKind::Hold;
        let client = if held { "order-moved-held" } else { "order-moved-client" };
        [
            (client, moved.client_minor),
            ("order-moved-provider", moved.provider_minor),
            ("order-moved-platform", moved.platform_minor),
        ]
    });
    let state = order.process.states().iter().find(|state| state.label == one.to);
    EventRow {
        tone: state.map_or(Tone::Plain, |state| tone(state.tone)),
        who: one
            .name
            .clone()
            .unwrap_or_else(|| one.by.words().pick(locale).to_owned()),
        what: if one.by == Role::Clock {
            t_args(
                locale,
                "order-by-clock",
                &[("step", one.label.pick(locale).to_owned().into())],
            )
        } else {
            one.label.pick(locale).to_owned()
        },
        part: one
            .part
            .as_ref()
            .map(|(number, title)| format!("{number}. {title}"))
            .unwrap_or_default(),
        note: one.note.clone(),
        money: moved
            .filter(|(_, minor)| *minor > 0)
            .map(|(key, minor)| t_args(locale, key, &[("amount", money(minor).into())]))
            .collect(),
        files: one
            .files
            .iter()
            .map(|file| (file.id, file.name.clone(), file.size_bytes))
            .collect(),
        delivery: one.delivery,
        at: one.at,
    }
}
