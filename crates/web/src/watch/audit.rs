//! The audit log: what staff and the system did, with before and after.

use std::collections::HashMap;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use kernel::Id;
use site::audit::AuditRecord;

use super::nav::{self, Before};
use crate::App;
use crate::edge::page::Page;
use crate::edge::parts::{Pager, Tab};
use crate::edge::respond::{PageResult, html};
use crate::edge::viewer::RequireStaff;

pub fn routes() -> Router<App> {
    Router::new().route("/watch/audit", get(show))
}

#[derive(Template)]
#[template(path = "watch/audit.html")]
struct AuditPage {
    page: Page,
    nav: Vec<Tab>,
    records: Vec<AuditRecord>,
    names: HashMap<Id, String>,
    pager: Pager,
}

impl AuditPage {
    /// Who did it, by name.
    fn who(&self, record: &AuditRecord) -> String {
        nav::who(&self.page, &self.names, record)
    }
}

async fn show(State(app): State<App>, staff: RequireStaff, Query(before): Query<Before>) -> PageResult {
    let from = before.id();
    let read = app.store.read("watch_audit", move |tx| {
        let records = site::audit::list(tx, from, nav::ROWS)?;
        let mut names = HashMap::new();
        nav::learn_actors(tx, &mut names, &records)?;
        Ok((records, names))
    });
    let (records, names) = read.await?;
    let page = staff.viewer.page().wide();
    let pager = nav::pager(
        "/watch/audit",
        &before,
        records.len(),
        records.last().map(|r| r.id.short()),
    );
    html(&AuditPage {
        nav: nav::tabs(&page, "/watch/audit"),
        page,
        records,
        names,
        pager,
    })
}
