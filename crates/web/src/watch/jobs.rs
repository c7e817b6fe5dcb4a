//! Jobs: what waits, what is dead. A dead one can be given its tries back.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::json;
use store::{JobState, JobView};

use super::nav::{self, Before};
use crate::App;
use crate::edge::page::Page;
use crate::edge::parts::{Pager, Tab};
use crate::edge::respond::{Flash, PageResult, html, path_id, see_other_saying};
use crate::edge::viewer::RequireStaff;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/watch/jobs", get(show))
        .route("/watch/jobs/{id}/retry", post(retry))
}

#[derive(Template)]
#[template(path = "watch/jobs.html")]
struct JobsPage {
    page: Page,
    nav: Vec<Tab>,
    tabs: Vec<Tab>,
    jobs: Vec<JobView>,
    pager: Pager,
}

#[derive(Debug, Default, Deserialize)]
struct Which {
    state: Option<String>,
}

async fn show(
    State(app): State<App>,
    staff: RequireStaff,
    Query(which): Query<Which>,
    Query(before): Query<Before>,
) -> PageResult {
    let state = match which.state.as_deref() {
        Some("waiting") => JobState::Waiting,
        Some("done") => JobState::Done,
        _ => JobState::Dead,
    };
    let from = before.id();
    let jobs = app
        .store
        .read("watch_jobs", move |tx| Ok(tx.jobs(state, from, nav::ROWS)?))
        .await?;
    let page = staff.viewer.page().wide();
    let tab = |to: JobState, text: String| Tab::new(format!("/watch/jobs?state={}", to.word()), text, to == state);
    let tabs = vec![
        tab(JobState::Dead, page.t("watch-jobs-dead")),
        tab(JobState::Waiting, page.t("watch-jobs-waiting")),
        tab(JobState::Done, page.t("watch-jobs-done")),
    ];
    let path = format!("/watch/jobs?state={}", state.word());
    let pager = nav::pager(&path, &before, jobs.len(), jobs.last().map(|job| job.id.short()));
    html(&JobsPage {
        nav: nav::tabs(&page, "/watch/jobs"),
        page,
        tabs,
        jobs,
        pager,
    })
}

async fn retry(State(app): State<App>, staff: RequireStaff, Path(id): Path<String>) -> PageResult {
    let (id, actor) = (path_id(&id)?, staff.viewer.actor());
    let retried = app.store.write("retry_job", move |tx| {
        let retried = tx.retry_job(id)?;
        if retried {
            site::audit::record(
                tx,
                &actor,
                "job.retry",
                "job",
                id,
                json!({ "state": "dead" }),
                json!({ "state": "waiting" }),
                "",
            )?;
        }
        Ok(retried)
    });
    let flash = if retried.await? {
        Flash::done("watch-jobs-retried")
    } else {
        Flash::info("watch-jobs-not-dead")
    };
    see_other_saying(&app.settings, "/watch/jobs", flash)
}
