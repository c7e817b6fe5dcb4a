//! A thread as a piece of another page: the request's or the order's.

use ::talk::threads::ThreadPage;
use askama::Template;
use askama::filters::HtmlSafeOutput;
use kernel::{AccountId, Actor, Id};
use store::{Fail, Tx};

use crate::edge::form::FormState;
use crate::edge::page::{Markup, Page};
use crate::edge::respond::PageError;

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

/// The thread ready to stand in a page: give the page a `<live-page>` with the topic `thread:ID` as well. `back` is the
/// address a sent message leads back to, such as `/orders/…#talk`.
pub fn thread_box(page: &Page, thread: &ThreadPage, back: &str) -> Result<Markup, PageError> {
    let form = FormState::empty();
    Ok(HtmlSafeOutput(ThreadBox { page, form: &form, thread, back }.render()?))
}

/// The reader's thread about a request or an order, for the read closure of its page.
pub fn thread_of(tx: &mut Tx, actor: &Actor, kind: &str, id: Id, other: Option<AccountId>) -> Result<Option<ThreadPage>, Fail> {
    ::talk::threads::for_subject(tx, actor, kind, id, other)
}
