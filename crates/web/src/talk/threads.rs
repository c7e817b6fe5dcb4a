//! The list of threads, one thread, and sending.

use ::talk::threads::{self, Cursor, SendMessage, ThreadList, ThreadPage};
use askama::Template;
use askama::filters::HtmlSafeOutput;
use axum::extract::{Path, Query, State};
use kernel::{Actor, Id};

use super::partial::ThreadBox;
use crate::App;
use crate::edge::form::FormState;
use crate::edge::multipart::UploadForm;
use crate::edge::page::{Markup, Page};
use crate::edge::parts::{self, Pager};
use crate::edge::respond::{PageError, PageResult, html, html_refused, path_id, see_other};
use crate::edge::viewer::{RequireLogin, Viewer, local_path};

#[derive(Template)]
#[template(path = "talk/threads.html")]
struct ListPage {
    page: Page,
    list: ThreadList,
    pager: Pager,
}

impl ListPage {
    fn initials(&self, name: &str) -> String {
        parts::initials(name)
    }

    fn hue(&self, name: &str) -> u32 {
        parts::hue(name)
    }
}

#[derive(Template)]
#[template(path = "talk/thread.html")]
struct OnePage {
    page: Page,
    thread: ThreadPage,
    messages: Markup,
    live: String,
}

/// Where a list goes on: `?before=message.thread`.
#[derive(serde::Deserialize, Default)]
pub(super) struct Before {
    #[serde(default)]
    before: String,
}

impl Before {
    fn cursor(&self) -> Result<Option<Cursor>, PageError> {
        if self.before.is_empty() {
            return Ok(None);
        }
        let (message, thread) = self.before.split_once('.').ok_or(PageError::NotFound)?;
        Ok(Some(Cursor {
            message: path_id(message)?,
            thread: path_id(thread)?,
        }))
    }

    fn id(&self) -> Result<Option<Id>, PageError> {
        if self.before.is_empty() {
            Ok(None)
        } else {
            path_id(&self.before).map(Some)
        }
    }
}

pub(super) async fn list(State(app): State<App>, me: RequireLogin, Query(before): Query<Before>) -> PageResult {
    let (actor, cursor) = (me.viewer.actor(), before.cursor()?);
    let list = app
        .store
        .read("threads", move |tx| threads::list(tx, &actor, cursor))
        .await?;
    let older = list.next.map(|c| format!("/threads?before={}.{}", c.message, c.thread));
    let newer = cursor.map(|_| "/threads".to_owned());
    html(&ListPage {
        page: me.viewer.page().hidden(),
        list,
        pager: Pager { newer, older },
    })
}

pub(super) async fn show(
    State(app): State<App>,
    me: RequireLogin,
    Path(id): Path<String>,
    Query(before): Query<Before>,
) -> PageResult {
    let (id, before) = (path_id(&id)?, before.id()?);
    let actor = me.viewer.actor();
    let thread = app
        .store
        .read("thread", move |tx| threads::page(tx, &actor, id, before))
        .await?;
    if before.is_none() {
        mark_read(&app, actor, &thread).await?;
    }
    html(&one_page(&me.viewer, thread, &FormState::empty())?)
}

/// What is on the screen counts as read.
pub(super) async fn mark_read(app: &App, actor: Actor, thread: &ThreadPage) -> Result<(), PageError> {
    let Some(newest) = thread.newest().filter(|_| thread.unread > 0) else {
        return Ok(());
    };
    let id = thread.id;
    app.store
        .write("thread_read", move |tx| threads::mark_read(tx, &actor, id, newest))
        .await?;
    Ok(())
}

fn one_page(viewer: &Viewer, thread: ThreadPage, form: &FormState) -> Result<OnePage, PageError> {
    let page = viewer.page().hidden();
    let back = format!("/threads/{}", thread.id);
    let messages = HtmlSafeOutput(
        ThreadBox {
            page: &page,
            form,
            thread: &thread,
            back: &back,
        }
        .render()?,
    );
    let account = viewer.account().map(Id::short).unwrap_or_default();
    let live = format!("thread:{} account:{account}", thread.id);
    Ok(OnePage {
        page,
        thread,
        messages,
        live,
    })
}

pub(super) async fn send(
    State(app): State<App>,
    me: RequireLogin,
    Path(id): Path<String>,
    sent: UploadForm,
) -> PageResult {
    let id = path_id(&id)?;
    match keep_and_send(&app, &me.viewer, id, &sent).await {
        Ok(()) => see_other(&local_path(Some(
            sent.form.find("back").unwrap_or(&format!("/threads/{id}")),
        ))),
        Err(PageError::Refused(refusal)) if refusal.status != kernel::Status::NotFound => {
            let actor = me.viewer.actor();
            let thread = app
                .store
                .read("thread", move |tx| threads::page(tx, &actor, id, None))
                .await?;
            let form = FormState::refused(&me.viewer, &sent.form, &refusal);
            html_refused(&one_page(&me.viewer, thread, &form)?, &refusal)
        }
        Err(other) => Err(other),
    }
}

async fn keep_and_send(app: &App, viewer: &Viewer, thread: Id, sent: &UploadForm) -> Result<(), PageError> {
    let actor = viewer.actor();
    // Who is no member fills no store.
    app.store
        .read("thread_member", move |tx| threads::may_write(tx, &actor, thread))
        .await?;
    let files = crate::files::keep(app, viewer, &sent.files).await?;
    let cmd = SendMessage {
        thread,
        body: sent.form.get("body").to_owned(),
        files,
    };
    let once = sent.form.once(viewer);
    app.store
        .write_once("send_message", once, move |tx| threads::send(tx, &actor, &cmd))
        .await?;
    Ok(())
}

/// Whom a client with several bidders means.
#[derive(serde::Deserialize, Default)]
pub(super) struct With {
    #[serde(default)]
    with: String,
}

pub(super) async fn of_request(
    State(app): State<App>,
    me: RequireLogin,
    Path(id): Path<String>,
    Query(with): Query<With>,
) -> PageResult {
    let other = if with.with.is_empty() {
        None
    } else {
        Some(path_id(&with.with)?)
    };
    open(&app, &me.viewer, "request", &id, other).await
}

pub(super) async fn of_order(State(app): State<App>, me: RequireLogin, Path(id): Path<String>) -> PageResult {
    open(&app, &me.viewer, "order", &id, None).await
}

async fn open(app: &App, viewer: &Viewer, kind: &'static str, id: &str, other: Option<Id>) -> PageResult {
    let (id, actor) = (path_id(id)?, viewer.actor());
    let thread = app
        .store
        .write("open_thread", move |tx| threads::open_for(tx, &actor, kind, id, other))
        .await?;
    see_other(&format!("/threads/{thread}"))
}
