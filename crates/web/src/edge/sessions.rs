//! Who holds a session: one question asked of the accounts crate. How sessions are made and ended is not here.

use crate::App;

/// What the edge knows about a signed-in reader.
#[derive(Clone, Debug)]
pub struct SessionView {
    /// What the accounts crate knows.
    pub known: accounts::SessionView,
    /// How many notifications they have not read.
    pub unread: i64,
}

impl std::ops::Deref for SessionView {
    type Target = accounts::SessionView;

    fn deref(&self) -> &accounts::SessionView {
        &self.known
    }
}

/// The session of this cookie value, if it is alive. When the store cannot answer, the reader is a visitor: the page
/// they asked for will say what is wrong.
pub(super) async fn resolve(app: &App, cookie: &str) -> Option<SessionView> {
    let hash = accounts::sessions::token_hash(cookie);
    let found = app.store.read("session", move |tx| {
        let Some(known) = accounts::sessions::resolve(tx, &hash)? else {
            return Ok(None);
        };
        let unread = ::talk::notifications::unread(tx, known.account_id)?;
        Ok(Some(SessionView { unread, known }))
    });
    let view = found
        .await
        .inspect_err(|fail| tracing::warn!(%fail, "no session could be read"))
        .ok()
        .flatten()?;
    if view.touch_due {
        touch(app, view.session_id);
    }
    Some(view)
}

/// Writes down that the session was seen; nobody waits for it.
fn touch(app: &App, session: kernel::Id) {
    let written = app
        .store
        .write("session_touch", move |tx| accounts::sessions::touch(tx, session));
    tokio::spawn(async move {
        if let Err(fail) = written.await {
            tracing::warn!(%fail, "a session was seen and could not be written down");
        }
    });
}
