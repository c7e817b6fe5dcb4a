//! The back office's first page: what waits for staff, and whether the books are whole.

use ::ledger::TrialRow;
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use store::JobState;

use super::nav;
use crate::App;
use crate::edge::page::Page;
use crate::edge::parts::Tab;
use crate::edge::respond::{PageResult, html};
use crate::edge::viewer::RequireStaff;

pub fn routes() -> Router<App> {
    Router::new().route("/watch", get(show))
}

#[derive(Template)]
#[template(path = "watch/home.html")]
struct WatchHome {
    page: Page,
    nav: Vec<Tab>,
    inspections: i64,
    dead_jobs: i64,
    waiting_jobs: i64,
    trial: Vec<TrialRow>,
}

async fn show(State(app): State<App>, staff: RequireStaff) -> PageResult {
    let page = staff.viewer.page().wide();
    let read = app.store.read("watch_home", |tx| {
        let inspections = ::orders::inspections::count_waiting(tx)?;
        let jobs = (tx.count_jobs(JobState::Dead)?, tx.count_jobs(JobState::Waiting)?);
        Ok((inspections, jobs, ::ledger::trial_balance(tx)?))
    });
    let (inspections, (dead_jobs, waiting_jobs), trial) = read.await?;
    html(&WatchHome {
        nav: nav::tabs(&page, "/watch"),
        page,
        inspections,
        dead_jobs,
        waiting_jobs,
        trial,
    })
}
