//! A thread as a piece of another page: the request's or the order's.

use ::talk::threads::{self, ThreadPage};
use askama::Template;
use askama::filters::HtmlSafeOutput;
use kernel::{AccountId, Id};

use crate::App;
use crate::edge::form::FormState;
use crate::edge::page::{Markup, Page};
use crate::edge::respond::PageError;
use crate::edge::viewer::Viewer;

/// The messages of a thread and the form to answer.
#[derive(Template)]
#[template(path = "talk/box.html")]
pub(super) struct ThreadBox<'a> {
    pub(super) page: &'a Page,
    pub(super) form: &'a FormState,
    pub(super) thread: &'a ThreadPage,
    /// Where a sent message leads back to.
    pub(super) back: &'a str,
}

/// The reader's thread about a request or an order, ready to stand in its page, where it then counts as read; nothing
/// when they have none. `other` says whom a client with several bidders means. The page's own topic tells it of new
/// messages.
pub async fn embed(
    app: &App,
    viewer: &Viewer,
    kind: &'static str,
    id: Id,
    other: Option<AccountId>,
) -> Result<Option<Markup>, PageError> {
    let actor = viewer.actor();
    let found = app
        .store
        .read("thread_of", move |tx| threads::for_subject(tx, &actor, kind, id, other))
        .await?;
    let Some(thread) = found else { return Ok(None) };
    super::threads::mark_read(app, actor, &thread).await?;
    let back = format!("{}#talk", viewer.here());
    let (page, form) = (viewer.page(), FormState::empty());
    Ok(Some(HtmlSafeOutput(
        ThreadBox {
            page: &page,
            form: &form,
            thread: &thread,
            back: &back,
        }
        .render()?,
    )))
}
