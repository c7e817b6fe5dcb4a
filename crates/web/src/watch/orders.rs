//! Every order with its process state and its clock, the latest first, of one state or all.

use std::collections::BTreeMap;

use ::orders::orders::{self, OperatorRow};
use ::orders::processes;
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::{get, post};
use engine::Words;
use kernel::Locale;
use serde::Deserialize;
use store::{Fail, Tx};

use super::nav::{self, Before};
use super::order;
use crate::App;
use crate::edge::form::FormState;
use crate::edge::page::Page;
use crate::edge::parts::{Badge, Choice, Pager, Tab};
use crate::edge::respond::{PageResult, html};
use crate::edge::viewer::RequireStaff;
use crate::orders::views::badge;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/watch/orders", get(show))
        .route("/watch/orders/{id}", get(order::show))
        .route("/watch/orders/{id}/moves/{transition}", post(order::fire))
}

#[derive(Template)]
#[template(path = "watch/orders.html")]
struct OrdersPage {
    page: Page,
    nav: Vec<Tab>,
    form: FormState,
    states: Vec<Choice>,
    filtered: bool,
    orders: Vec<OperatorRow>,
    pager: Pager,
}

impl OrdersPage {
    fn badge(&self, state: &engine::State) -> Badge {
        badge(state, self.page.viewer.locale())
    }

    fn words(&self, words: &Words) -> String {
        words.pick(self.page.viewer.locale()).to_owned()
    }
}

/// `?state=NAME`: a state of the order or of one of its parts.
#[derive(Debug, Default, Deserialize)]
struct Which {
    #[serde(default)]
    state: String,
}

/// Every state that an order or a part of the installed processes can be in.
fn states(tx: &mut Tx, locale: Locale) -> Result<Vec<Choice>, Fail> {
    let mut found = BTreeMap::new();
    let mut choices = Vec::new();
    for installed in processes::list(tx)? {
        let process = processes::version(tx, &installed.name, installed.version)?;
        for state in process.order_states().iter().chain(process.states()) {
            if found.insert(state.name.clone(), ()).is_none() {
                choices.push(Choice::new(state.name.clone(), state.label.pick(locale)));
            }
        }
    }
    Ok(choices)
}

async fn show(
    State(app): State<App>,
    staff: RequireStaff,
    Query(which): Query<Which>,
    Query(before): Query<Before>,
) -> PageResult {
    let (from, locale, state) = (before.id(), staff.viewer.locale(), which.state.clone());
    let read = app.store.read("watch_orders", move |tx| {
        let states = states(tx, locale)?;
        let state = Some(state.as_str()).filter(|wanted| states.iter().any(|known| known.value == *wanted));
        Ok((
            orders::operator_list(tx, state, from, nav::ROWS)?,
            state.map(str::to_owned),
            states,
        ))
    });
    let (orders, state, states) = read.await?;
    let page = staff.viewer.page().wide();
    let path = state.as_ref().map_or_else(
        || "/watch/orders".to_owned(),
        |state| format!("/watch/orders?state={state}"),
    );
    let pager = nav::pager(&path, &before, orders.len(), orders.last().map(|o| o.id.short()));
    let form = FormState::with(&[("state", state.as_deref().unwrap_or_default())]);
    html(&OrdersPage {
        nav: nav::tabs(&page, "/watch/orders"),
        page,
        form,
        states,
        filtered: state.is_some(),
        orders,
        pager,
    })
}
