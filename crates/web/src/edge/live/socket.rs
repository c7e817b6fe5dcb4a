//! One socket: who opens it, what it listens to, how it stays alive and when it is closed.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, header};
use kernel::{AccountId, Actor};
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::{Change, Holder, Seat, topics};
use crate::App;
use crate::edge::respond::PageError;
use crate::edge::viewer::Viewer;
use crate::edge::{cookies, sessions};

/// Topics of one page.
const TOPICS_MAX: usize = 16;
/// A page says little.
const SAID_BYTES_MAX: usize = 2048;
/// Messages a page may send a minute: it says its topics, and says them again when it changes.
const SAID_PER_BEAT: usize = 20;
/// How often we ask whether the page is still there, and whether its session is.
const BEAT: Duration = Duration::from_secs(25);
/// Silence after which a page is gone.
const GONE: Duration = Duration::from_secs(65);

/// What a page says: what it shows.
#[derive(serde::Deserialize)]
struct Said {
    topics: Vec<String>,
}

/// Opens a socket for a page of ours; pages of others are turned away.
pub(super) async fn connect(
    State(app): State<App>,
    viewer: Viewer,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !from_our_page(&app.settings.base_url, &headers) {
        return PageError::FormExpired.into_response();
    }
    let holder = viewer
        .account()
        .map_or_else(|| Holder::Address(viewer.ip()), |a| Holder::Account(a.raw()));
    let Some(seat) = app.live.sit(holder) else {
        return PageError::TooMany { seconds: 60 }.into_response();
    };
    let cookie = cookies::get(&headers, cookies::SESSION).unwrap_or_default().to_owned();
    upgrade
        .max_message_size(SAID_BYTES_MAX)
        .max_frame_size(SAID_BYTES_MAX)
        .on_upgrade(move |socket| Listener::new(app, &viewer, cookie, seat).serve(socket))
}

/// Browsers always say which page opens a socket; cookies would go along from any page.
fn from_our_page(base_url: &str, headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|v| v.to_str().ok());
    let (Some(origin), host) = (text(header::ORIGIN), text(header::HOST)) else {
        return false;
    };
    origin == base_url || host.is_some_and(|host| origin.split_once("://").is_some_and(|(_, from)| from == host))
}

struct Listener {
    app: App,
    actor: Actor,
    cookie: String,
    topics: BTreeSet<String>,
    heard_at: Instant,
    said: usize,
    _seat: Seat,
}

impl Listener {
    fn new(app: App, viewer: &Viewer, cookie: String, seat: Seat) -> Self {
        let actor = viewer.actor();
        Self {
            app,
            actor,
            cookie,
            topics: BTreeSet::new(),
            heard_at: Instant::now(),
            said: 0,
            _seat: seat,
        }
    }

    async fn serve(mut self, mut socket: WebSocket) {
        let mut changes = self.app.live.changes.subscribe();
        let mut beat = interval(BEAT);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let alive = tokio::select! {
                heard = socket.recv() => self.hear(heard).await,
                change = changes.recv() => self.tell(&mut socket, change).await,
                _ = beat.tick() => self.beat(&mut socket).await,
            };
            if !alive {
                break;
            }
        }
        // The page may be gone already.
        let _ = socket.send(Message::Close(None)).await;
    }

    /// Takes what the page says. Answers whether to go on.
    async fn hear(&mut self, heard: Option<Result<Message, axum::Error>>) -> bool {
        let Some(Ok(message)) = heard else { return false };
        self.heard_at = Instant::now();
        match message {
            Message::Text(text) => {
                self.said += 1;
                let Ok(said) = serde_json::from_str::<Said>(&text) else {
                    return false;
                };
                self.said <= SAID_PER_BEAT && self.listen(said.topics).await
            }
            Message::Close(_) | Message::Binary(_) => false,
            Message::Ping(_) | Message::Pong(_) => true,
        }
    }

    /// Listens to those of these topics that the reader may; the others are left out without a word.
    async fn listen(&mut self, wanted: Vec<String>) -> bool {
        if wanted.len() > TOPICS_MAX {
            return false;
        }
        let actor = self.actor;
        let allowed = self.app.store.read("live_topics", move |tx| {
            let mut allowed = BTreeSet::new();
            for topic in &wanted {
                if topics::may_listen(tx, &actor, topic)? {
                    allowed.insert(topic.clone());
                }
            }
            Ok(allowed)
        });
        match allowed.await {
            Ok(allowed) => self.topics = allowed,
            Err(fail) => tracing::warn!(%fail, "a live page could not listen"),
        }
        true
    }

    /// Tells the page, once, that something it listens to changed.
    async fn tell(&mut self, socket: &mut WebSocket, change: Result<Arc<Change>, RecvError>) -> bool {
        let said = match change {
            Ok(change) => match change.topics.iter().find(|t| self.topics.contains(*t)) {
                Some(topic) => {
                    serde_json::json!({ "topic": topic, "kind": change.kind, "unread": self.unread(&change).await })
                }
                None => return true,
            },
            // Too far behind to say what changed: everything may have.
            Err(RecvError::Lagged(_)) => match self.topics.first() {
                Some(topic) => serde_json::json!({ "topic": topic, "kind": "live.refresh" }),
                None => return true,
            },
            Err(RecvError::Closed) => return false,
        };
        socket.send(Message::Text(said.to_string().into())).await.is_ok()
    }

    /// How many notices wait for the reader, when the change is about them.
    async fn unread(&self, change: &Change) -> Option<i64> {
        let account: AccountId = self.actor.account()?;
        let own = format!("account:{account}");
        if !change.topics.contains(&own) {
            return None;
        }
        self.app
            .store
            .read("live_unread", move |tx| Ok(::talk::notifications::unread(tx, account)?))
            .await
            .ok()
    }

    /// Asks whether the page is there, and lets go of it when its session has ended.
    async fn beat(&mut self, socket: &mut WebSocket) -> bool {
        self.said = 0;
        if self.heard_at.elapsed() > GONE {
            return false;
        }
        if let Some(account) = self.actor.account() {
            let session = sessions::resolve(&self.app, &self.cookie).await;
            if session.is_none_or(|s| s.account_id != account) {
                return false;
            }
        }
        socket.send(Message::Ping(Vec::new().into())).await.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn only_our_own_pages_open_sockets() {
        let headers = |origin: Option<&'static str>| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("127.0.0.1:8080"));
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
            }
            headers
        };
        for (origin, allowed) in [
            (Some("https://market.example"), true),
            (Some("http://127.0.0.1:8080"), true),
            (Some("https://evil.example"), false),
            (Some("https://market.example.evil.example"), false),
            (Some("null"), false),
            (None, false),
        ] {
            assert_eq!(
                from_our_page("https://market.example", &headers(origin)),
                allowed,
                "{origin:?}"
            );
        }
    }
}
