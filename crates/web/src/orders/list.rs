//! `/orders`: one's own orders, on either side.

use ::orders::orders::{self, Filter, OrderRow, Side};
use askama::Template;
use axum::extract::{Query, State};
use kernel::{Id, Locale, Money, Timestamp};
use serde::Deserialize;

use super::views::badge;
use crate::App;
use crate::edge::i18n::t;
use crate::edge::page::Page;
use crate::edge::parts::{Badge, Pager, Tab};
use crate::edge::respond::{PageResult, html};
use crate::edge::viewer::RequireLogin;

/// Orders on a page.
const PAGE: i64 = 20;

#[derive(Template)]
#[template(path = "orders/list.html")]
struct ListPage {
    page: Page,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    pager: Pager,
}

/// One order.
struct Row {
    id: Id,
    title: String,
    badge: Badge,
    is_client: bool,
    other: String,
    part: Option<(i64, String)>,
    total: Money,
    held: Money,
    due: Option<(Timestamp, String)>,
    moved_at: Timestamp,
}

/// Which orders.
#[derive(Deserialize)]
pub struct Which {
    #[serde(default)]
    side: String,
    #[serde(default)]
    ended: String,
    #[serde(default)]
    before: String,
}

fn row(order: OrderRow, locale: Locale) -> Row {
    Row {
        id: order.id,
        badge: badge(&order.state, locale),
        is_client: order.side == Side::Client,
        other: order.other_name,
        part: order.part,
        total: order.total,
        held: order.held,
        due: order.due.map(|(at, words)| (at, words.pick(locale).to_owned())),
        moved_at: order.moved_at,
        title: order.title,
    }
}

/// GET
pub async fn list(State(app): State<App>, me: RequireLogin, Query(which): Query<Which>) -> PageResult {
    let (actor, locale) = (me.viewer.actor(), me.viewer.locale());
    let side = match which.side.as_str() {
        "client" => Some(Side::Client),
        "provider" => Some(Side::Provider),
        _ => None,
    };
    let filter = Filter {
        side,
        ended: (which.ended == "1").then_some(true),
        before: which.before.parse().ok(),
    };
    let mut orders = app
        .store
        .read("orders", move |tx| orders::list_for(tx, &actor, &filter, PAGE + 1))
        .await?;
    let more = orders.len() > 20;
    orders.truncate(20);
    let kept = format!(
        "side={}&ended={}",
        side.map_or("", |s| if s == Side::Client { "client" } else { "provider" }),
        if filter.ended.is_some() { "1" } else { "" }
    );
    let older = orders
        .last()
        .filter(|_| more)
        .map(|last| format!("/orders?{kept}&before={}", last.id));
    let tab = |href: &str, key: &str, current: bool| Tab::new(href, t(locale, key), current);
    let tabs = vec![
        tab("/orders", "orders-tab-all", side.is_none() && filter.ended.is_none()),
        tab("/orders?side=client", "orders-tab-client", side == Some(Side::Client)),
        tab(
            "/orders?side=provider",
            "orders-tab-provider",
            side == Some(Side::Provider),
        ),
        tab(
            "/orders?ended=1",
            "orders-tab-ended",
            side.is_none() && filter.ended.is_some(),
        ),
    ];
    let rows = orders.into_iter().map(|order| row(order, locale)).collect();
    html(&ListPage {
        page: me.viewer.page().hidden(),
        tabs,
        rows,
        pager: Pager { newer: None, older },
    })
}
