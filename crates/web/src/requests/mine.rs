//! One's own requests and one's own bids.

use ::orders::{bids, requests};
use askama::Template;
use axum::extract::State;
use kernel::{Money, Timestamp};

use super::views::{RowView, bid_badge, state_badge};
use crate::App;
use crate::edge::page::Page;
use crate::edge::parts::Badge;
use crate::edge::respond::{PageResult, html};
use crate::edge::viewer::RequireLogin;

#[derive(Template)]
#[template(path = "requests/mine.html")]
struct MinePage {
    page: Page,
    rows: Vec<RowView>,
}

/// GET /me/requests
pub async fn requests(State(app): State<App>, me: RequireLogin) -> PageResult {
    let actor = me.viewer.actor();
    let found = app.store.read("my_requests", move |tx| {
        Ok((requests::mine(tx, &actor)?, catalog::categories::all(tx)?))
    });
    let (rows, categories) = found.await?;
    let page = me.viewer.page();
    let rows = rows
        .into_iter()
        .map(|row| RowView::new(&page, row, &categories))
        .collect();
    html(&MinePage { page, rows })
}

/// One row of one's own bids.
struct BidRow {
    href: String,
    title: String,
    badge: Badge,
    request_badge: Badge,
    price: Money,
    net: Money,
    days: i64,
    at: Timestamp,
    outdated: bool,
}

#[derive(Template)]
#[template(path = "bids/mine.html")]
struct MyBidsPage {
    page: Page,
    rows: Vec<BidRow>,
}

/// GET /me/bids
pub async fn bids(State(app): State<App>, me: RequireLogin) -> PageResult {
    let actor = me.viewer.actor();
    let found = app.store.read("my_bids", move |tx| bids::mine(tx, &actor)).await?;
    let page = me.viewer.page();
    let row = |mine: bids::MyBid| BidRow {
        href: format!("/requests/{}", mine.bid.request),
        badge: bid_badge(&page, mine.bid.state),
        request_badge: state_badge(&page, mine.request_state),
        price: mine.bid.price,
        net: mine.bid.net(),
        days: mine.bid.days,
        at: mine.bid.changed_at,
        outdated: mine.outdated,
        title: mine.title,
    };
    let rows = found.into_iter().map(row).collect();
    html(&MyBidsPage { page, rows })
}
