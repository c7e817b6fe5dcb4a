//! The inspection queue: each waiting request as its readers would see it, what changed, and the decision in place.

use std::collections::HashMap;

use ::orders::inspections::{self, Decide, Verdict, Waiting};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use kernel::{Id, Refusal, Timestamp};
use serde::Deserialize;

use super::nav;
use crate::App;
use crate::edge::form::{Form, FormState};
use crate::edge::page::Page;
use crate::edge::parts::{Pager, Tab};
use crate::edge::respond::{Flash, PageError, PageResult, html, html_refused, path_id, see_other_saying};
use crate::edge::viewer::{RequireStaff, Viewer};
use crate::requests::views::{ChangeView, FileRow, change_views, file_rows};

/// Requests on one page: each is read in full.
const CARDS: i64 = 10;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/watch/inspections", get(show))
        .route("/watch/inspections/{id}/approval", post(approve))
        .route("/watch/inspections/{id}/rejection", post(reject))
}

#[derive(Template)]
#[template(path = "watch/inspections.html")]
struct QueuePage {
    page: Page,
    nav: Vec<Tab>,
    waiting: i64,
    cards: Vec<Card>,
    /// Why a decision was not taken, when its request no longer waits.
    said: Vec<String>,
    pager: Pager,
}

/// One waiting request.
struct Card {
    id: Id,
    request: Id,
    version: i64,
    title: String,
    brief: String,
    category: String,
    budget: Option<kernel::Money>,
    client: Id,
    client_name: String,
    submitted_at: Timestamp,
    changes: Vec<ChangeView>,
    files: Vec<FileRow>,
    last_rejection: Option<String>,
    form: FormState,
}

/// `?after=ID`: requests that were sent after that one.
#[derive(Debug, Default, Deserialize)]
struct After {
    after: Option<String>,
}

/// A decision that was refused, with what was typed.
struct Again<'a> {
    inspection: Id,
    form: &'a Form,
    refusal: &'a Refusal,
}

async fn queue_page(
    app: &App,
    viewer: &Viewer,
    after: Option<Id>,
    again: Option<&Again<'_>>,
) -> Result<QueuePage, PageError> {
    let read = app.store.read("watch_inspections", move |tx| {
        let rows = inspections::queue(tx, after, CARDS)?;
        let mut names = HashMap::new();
        for row in &rows {
            if let Some(person) = ::accounts::people::card(tx, row.client)? {
                names.insert(row.client, person.name);
            }
        }
        Ok((rows, names, inspections::count_waiting(tx)?))
    });
    let (rows, names, waiting) = read.await?;
    let page = viewer.page().wide();
    let full = i64::try_from(rows.len()).is_ok_and(|n| n >= CARDS);
    let pager = Pager {
        newer: after.map(|_| "/watch/inspections".to_owned()),
        older: rows
            .last()
            .filter(|_| full)
            .map(|row| format!("/watch/inspections?after={}", row.id)),
    };
    let gone = again.filter(|again| {
        rows.iter()
            .all(|row| row.id != again.inspection || row.version != seen(again.form))
    });
    let said = gone
        .map(|again| again.refusal.all().map(|one| viewer.say(one)).collect())
        .unwrap_or_default();
    let cards = rows
        .into_iter()
        .map(|row| card(&page, viewer, row, &names, again))
        .collect();
    Ok(QueuePage {
        nav: nav::tabs(&page, "/watch/inspections"),
        page,
        waiting,
        cards,
        said,
        pager,
    })
}

fn seen(form: &Form) -> i64 {
    form.int("version").unwrap_or(0)
}

fn card(page: &Page, viewer: &Viewer, row: Waiting, names: &HashMap<Id, String>, again: Option<&Again<'_>>) -> Card {
    let again = again.filter(|again| again.inspection == row.id);
    Card {
        form: again.map_or_else(FormState::empty, |again| {
            FormState::refused(viewer, again.form, again.refusal)
        }),
        id: row.id,
        request: row.request,
        version: row.version,
        category: row
            .category
            .map(|(zh, en)| page.pick(&zh, &en).to_owned())
            .unwrap_or_default(),
        budget: row.budget_max,
        client_name: names.get(&row.client).cloned().unwrap_or_else(|| row.client.short()),
        client: row.client,
        submitted_at: row.submitted_at,
        changes: change_views(page, &row.changes),
        files: file_rows(&row.files),
        last_rejection: row.last_rejection,
        title: row.title,
        brief: row.brief,
    }
}

async fn show(State(app): State<App>, staff: RequireStaff, Query(query): Query<After>) -> PageResult {
    let after = query.after.as_deref().and_then(|id| id.parse().ok());
    html(&queue_page(&app, &staff.viewer, after, None).await?)
}

async fn approve(State(app): State<App>, staff: RequireStaff, Path(id): Path<String>, form: Form) -> PageResult {
    decide(&app, &staff.viewer, path_id(&id)?, &form, Verdict::Approve).await
}

async fn reject(State(app): State<App>, staff: RequireStaff, Path(id): Path<String>, form: Form) -> PageResult {
    let verdict = Verdict::Reject {
        reason: form.get("reason").to_owned(),
    };
    decide(&app, &staff.viewer, path_id(&id)?, &form, verdict).await
}

async fn decide(app: &App, viewer: &Viewer, inspection: Id, form: &Form, verdict: Verdict) -> PageResult {
    let done = if verdict == Verdict::Approve {
        "watch-approved"
    } else {
        "watch-rejected"
    };
    let (actor, cmd) = (
        viewer.actor(),
        Decide {
            inspection,
            seen_version: seen(form),
            verdict,
        },
    );
    let decided = app.store.write_once("decide_inspection", form.once(viewer), move |tx| {
        inspections::decide(tx, &actor, &cmd)
    });
    match decided.await.map_err(PageError::from) {
        Ok(()) => see_other_saying(&app.settings, "/watch/inspections", Flash::done(done)),
        Err(PageError::Refused(refusal)) => {
            let again = Again {
                inspection,
                form,
                refusal: &refusal,
            };
            html_refused(&queue_page(app, viewer, None, Some(&again)).await?, &refusal)
        }
        Err(other) => Err(other),
    }
}
