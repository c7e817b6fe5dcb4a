//! The list of one's own sessions, and signing out from far away.

use ::accounts::sessions;
use askama::Template;
use axum::extract::{Path, State};
use kernel::{Id, Timestamp};

use super::entry::let_out;
use crate::App;
use crate::edge::page::Page;
use crate::edge::respond::{Flash, PageError, PageResult, html, path_id, see_other_saying};
use crate::edge::viewer::{RequireLogin, Viewer};

#[derive(Template)]
#[template(path = "accounts/sessions.html")]
struct SessionsPage {
    page: Page,
    sessions: Vec<Line>,
    others: bool,
}

/// One session as its owner sees it.
struct Line {
    id: Id,
    device: String,
    icon: &'static str,
    address: String,
    made_at: Timestamp,
    seen_at: Timestamp,
    is_this: bool,
}

pub(super) async fn show(State(app): State<App>, me: RequireLogin) -> PageResult {
    let (actor, this) = (me.viewer.actor(), this_session(&me.viewer)?);
    let rows = app.store.read("sessions", move |tx| sessions::list(tx, &actor)).await?;
    let page = me.viewer.page();
    let sessions: Vec<Line> = rows.into_iter().map(|row| line(&page, row, this)).collect();
    let others = sessions.iter().any(|s| !s.is_this);
    html(&SessionsPage { page, sessions, others })
}

fn line(page: &Page, row: sessions::SessionRow, this: Id) -> Line {
    let on_phone = ["iPhone", "Android", "HarmonyOS"]
        .iter()
        .any(|word| row.device.contains(word));
    Line {
        id: row.id,
        device: if row.device.is_empty() {
            page.t("sessions-unknown-device")
        } else {
            row.device
        },
        icon: if on_phone { "smartphone" } else { "monitor" },
        address: row.address,
        made_at: row.made_at,
        seen_at: row.seen_at,
        is_this: row.id == this,
    }
}

pub(super) async fn end(State(app): State<App>, me: RequireLogin, Path(id): Path<String>) -> PageResult {
    let (actor, id, this) = (me.viewer.actor(), path_id(&id)?, this_session(&me.viewer)?);
    app.store
        .write("end_session", move |tx| sessions::end(tx, &actor, id))
        .await?;
    if id == this {
        return let_out(&app, "/", Flash::done("login-out"));
    }
    see_other_saying(&app.settings, "/sessions", Flash::done("sessions-ended"))
}

pub(super) async fn end_others(State(app): State<App>, me: RequireLogin) -> PageResult {
    let (actor, this) = (me.viewer.actor(), this_session(&me.viewer)?);
    let ended = app
        .store
        .write("end_sessions", move |tx| sessions::end_others(tx, &actor, this))
        .await?;
    see_other_saying(
        &app.settings,
        "/sessions",
        Flash::done("sessions-ended-others").with("n", ended),
    )
}

fn this_session(viewer: &Viewer) -> Result<Id, PageError> {
    viewer
        .session()
        .map(|s| s.session_id)
        .ok_or_else(|| PageError::fault("signed in without a session"))
}
