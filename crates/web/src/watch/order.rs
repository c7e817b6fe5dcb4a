//! One order for the operator: its process, its parts with their clocks, what staff can decide, what happened, and
//! what its ledger says. The decision itself is the order's own use case.

use ::ledger::{Account, TransferRow};
use ::orders::orders::{self, Fire, MoveView, OrderPage, PartView, Purse};
use askama::Template;
use axum::extract::{Path, State};
use engine::Role;
use kernel::{Id, Locale, Refusal};
use site::audit::AuditRecord;

use super::ledger::{Names, learn, said};
use super::nav;
use crate::App;
use crate::edge::form::Form;
use crate::edge::i18n::{t, t_args};
use crate::edge::page::Page;
use crate::edge::parts::{Badge, MoneyLine, Tab, TimelineItem};
use crate::edge::respond::{Flash, PageError, PageResult, html, html_refused, path_id, see_other_saying};
use crate::edge::viewer::{RequireStaff, Viewer};
use crate::orders::actions::{ActionView, Again, actions, typed_shares};
use crate::orders::steps;
use crate::orders::views::{badge, money_line, tone};

/// The most audit records shown.
const RECORDS: i64 = 20;

#[derive(Template)]
#[template(path = "watch/order.html")]
struct OrderTemplate {
    page: Page,
    nav: Vec<Tab>,
    order: OrderPage,
    badge: Badge,
    line: MoneyLine,
    parts: Vec<PartRow>,
    actions: Vec<ActionView>,
    items: Vec<TimelineItem>,
    records: Vec<AuditRecord>,
    transfers: Vec<TransferRow>,
    names: Names,
}

/// One part and what its clock will do.
struct PartRow {
    number: usize,
    title: String,
    badge: Badge,
    purse: Purse,
    /// Moment, the step, what it means.
    clock: Option<(kernel::Timestamp, String, String)>,
}

impl OrderTemplate {
    fn said(&self, account: &Account) -> String {
        said(&self.page, &self.names, account)
    }

    fn who(&self, record: &AuditRecord) -> String {
        nav::who(&self.page, &self.names, record)
    }

    fn process(&self) -> String {
        format!(
            "{} v{}",
            self.order.process.label().pick(self.page.viewer.locale()),
            self.order.process.version()
        )
    }
}

async fn read(app: &App, viewer: &Viewer, id: Id) -> Result<OrderPage, PageError> {
    let actor = viewer.actor();
    app.store
        .read("watch_order", move |tx| orders::operator_view(tx, &actor, id))
        .await?
        .ok_or(PageError::NotFound)
}

async fn page(
    app: &App,
    viewer: &Viewer,
    order: OrderPage,
    again: Option<&Again<'_>>,
) -> Result<OrderTemplate, PageError> {
    let (id, locale) = (order.id, viewer.locale());
    let moves: Vec<Id> = order.moves.iter().map(|one| one.id).collect();
    let books = app.store.read("watch_order_books", move |tx| {
        let mut transfers = Vec::new();
        for one in &moves {
            transfers.extend(::ledger::transfers_of(tx, "order_move", *one)?);
        }
        let mut names = Names::new();
        for posting in transfers.iter().flat_map(|t| &t.postings) {
            learn(tx, &mut names, &posting.account)?;
        }
        let records = site::audit::of(tx, "order", id, RECORDS)?;
        nav::learn_actors(tx, &mut names, &records)?;
        Ok((records, transfers, names))
    });
    let (records, transfers, names) = books.await?;
    let page = viewer.page().wide();
    Ok(OrderTemplate {
        nav: nav::tabs(&page, "/watch/orders"),
        page,
        badge: badge(&order.state, locale),
        line: money_line(&order.purse, None, locale),
        parts: order.parts.iter().map(|part| part_row(&order, part, locale)).collect(),
        actions: rulings(&order, viewer, again),
        items: order.moves.iter().rev().map(|one| item(&order, one, locale)).collect(),
        records,
        transfers,
        names,
        order,
    })
}

/// What staff can decide. Nobody decides in their own matter.
fn rulings(order: &OrderPage, viewer: &Viewer, again: Option<&Again<'_>>) -> Vec<ActionView> {
    if order.side.is_some() {
        return Vec::new();
    }
    let own = |mut action: ActionView| {
        action.url = format!("/watch{}", action.url);
        action
    };
    actions(order, viewer, again).into_iter().map(own).collect()
}

fn part_row(order: &OrderPage, part: &PartView, locale: Locale) -> PartRow {
    let fires = order
        .process
        .clocks_of(&part.state.name)
        .next()
        .and_then(|clock| order.process.transition(&clock.fires));
    let step = fires.map(|rule| rule.label.pick(locale).to_owned()).unwrap_or_default();
    PartRow {
        number: part.part + 1,
        title: part.title.clone(),
        purse: part.purse,
        badge: badge(&part.state, locale),
        clock: part
            .clock
            .as_ref()
            .map(|clock| (clock.due_at, step, clock.says.pick(locale).to_owned())),
    }
}

fn item(order: &OrderPage, one: &MoveView, locale: Locale) -> TimelineItem {
    let state = order.process.states().iter().find(|state| state.label == one.to);
    let label = one.label.pick(locale);
    let what = if one.by == Role::Clock {
        t_args(locale, "order-by-clock", &[("step", label.to_owned().into())])
    } else {
        label.to_owned()
    };
    let part = one
        .part
        .as_ref()
        .map(|(number, title)| format!(" · {number}. {title}"))
        .unwrap_or_default();
    TimelineItem {
        tone: state.map_or(crate::edge::parts::Tone::Plain, |state| tone(state.tone)),
        icon: String::new(),
        who: one.name.clone().unwrap_or_else(|| by_words(one.by, locale)),
        what: format!("{what}{part} → {}", one.to.pick(locale)),
        note: one.note.clone(),
        at: one.at,
        pending: false,
    }
}

fn by_words(role: Role, locale: Locale) -> String {
    if role == Role::Clock {
        t(locale, "watch-by-market")
    } else {
        role.words().pick(locale).to_owned()
    }
}

/// GET
pub async fn show(State(app): State<App>, staff: RequireStaff, Path(id): Path<String>) -> PageResult {
    let order = read(&app, &staff.viewer, path_id(&id)?).await?;
    html(&page(&app, &staff.viewer, order, None).await?)
}

/// POST: a step that staff take, such as a ruling.
pub async fn fire(
    State(app): State<App>,
    staff: RequireStaff,
    Path((id, transition)): Path<(String, String)>,
    form: Form,
) -> PageResult {
    let (id, viewer) = (path_id(&id)?, &staff.viewer);
    match take(&app, viewer, id, &transition, &form).await {
        Ok(()) => see_other_saying(
            &app.settings,
            &format!("/watch/orders/{id}"),
            Flash::done("watch-ruled"),
        ),
        Err(PageError::Refused(refusal)) => again(&app, viewer, id, &transition, &form, refusal).await,
        Err(other) => Err(other),
    }
}

async fn again(app: &App, viewer: &Viewer, id: Id, transition: &str, form: &Form, refusal: Refusal) -> PageResult {
    let order = read(app, viewer, id).await?;
    let shown = page(
        app,
        viewer,
        order,
        Some(&Again {
            transition,
            form,
            refusal: &refusal,
        }),
    )
    .await?;
    if shown.actions.iter().all(|action| action.errors.is_empty()) {
        // The step is no longer possible: the refusal stands on a page of its own.
        return Err(PageError::Refused(refusal));
    }
    html_refused(&shown, &refusal)
}

async fn take(app: &App, viewer: &Viewer, id: Id, transition: &str, form: &Form) -> Result<(), PageError> {
    let (order, actor) = (read(app, viewer, id).await?, viewer.actor());
    let part = steps::part(form.get("part"))?;
    let cmd = Fire {
        transition: transition.to_owned(),
        part,
        seen_version: form.int("version")?,
        reason: form.get("reason").to_owned(),
        shares: typed_shares(&order, form, transition, part)?,
        ..Fire::default()
    };
    let fired = app.store.write_once("watch_order_step", form.once(viewer), move |tx| {
        orders::fire(tx, &actor, id, &cmd).map(|fired| fired.version)
    });
    fired.await?;
    Ok(())
}
