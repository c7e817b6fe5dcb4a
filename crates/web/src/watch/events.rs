//! The event log, newest first.

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use serde::Deserialize;
use store::Event;

use super::nav;
use crate::App;
use crate::edge::page::Page;
use crate::edge::parts::{Pager, Tab};
use crate::edge::respond::{PageResult, html};
use crate::edge::viewer::RequireStaff;

pub fn routes() -> Router<App> {
    Router::new().route("/watch/events", get(show))
}

#[derive(Template)]
#[template(path = "watch/events.html")]
struct EventsPage {
    page: Page,
    nav: Vec<Tab>,
    events: Vec<Event>,
    pager: Pager,
}

/// `?before=SEQ`: events before that one.
#[derive(Debug, Default, Deserialize)]
struct Before {
    before: Option<String>,
}

async fn show(State(app): State<App>, staff: RequireStaff, Query(before): Query<Before>) -> PageResult {
    let from = before
        .before
        .as_deref()
        .and_then(|n| n.parse().ok())
        .unwrap_or(i64::MAX);
    let events = app
        .store
        .read("watch_events", move |tx| Ok(tx.events_before(from, nav::ROWS)?))
        .await?;
    let page = staff.viewer.page().wide();
    let full = i64::try_from(events.len()).is_ok_and(|n| n >= nav::ROWS);
    let pager = Pager {
        newer: before.before.is_some().then(|| "/watch/events".to_owned()),
        older: events
            .last()
            .filter(|_| full)
            .map(|event| format!("/watch/events?before={}", event.seq)),
    };
    html(&EventsPage {
        nav: nav::tabs(&page, "/watch/events"),
        page,
        events,
        pager,
    })
}
