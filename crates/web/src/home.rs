//! The first page.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::get;

use crate::App;
use crate::edge::page::Page;
use crate::edge::respond::{PageResult, html};
use crate::edge::viewer::Viewer;

#[derive(Template)]
#[template(path = "home/home.html")]
struct HomePage {
    page: Page,
}

/// The addresses of this slice.
pub fn routes() -> Router<App> {
    Router::new().route("/", get(home)).route("/healthz", get(health))
}

async fn home(viewer: Viewer) -> PageResult {
    html(&HomePage { page: viewer.page().wide() })
}

/// Whether this process can answer: asks the store.
async fn health(State(app): State<App>) -> PageResult {
    app.store.read("health", |_| Ok(())).await?;
    Ok(axum::response::IntoResponse::into_response("ok"))
}
