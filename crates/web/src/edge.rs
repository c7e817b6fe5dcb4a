//! The edge: everything between the socket and a handler, and between a handler and the reader's eyes. No slice's
//! own pages, and no decisions of the trade.

pub mod assets;
pub mod cookies;
pub mod csrf;
pub mod errors;
pub mod form;
pub mod headers;
pub mod i18n;
pub mod icons;
pub mod limits;
pub mod live;
pub mod multipart;
pub mod outcome_view;
pub mod page;
pub mod parts;
pub mod respond;
pub mod sessions;
pub mod show;
pub mod switches;
pub mod viewer;

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use http::StatusCode;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::App;

/// Puts the edge around the slices, innermost first.
pub(crate) fn wrap(slices: Router<App>, app: App) -> Router {
    let timeout = Duration::from_secs(app.settings.timeout_seconds);
    slices
        .merge(switches::routes())
        .fallback(errors::no_such_page)
        .method_not_allowed_fallback(errors::wrong_method)
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(app.clone(), csrf::guard))
        .layer(from_fn_with_state(app.clone(), limits::guard))
        .layer(CatchPanicLayer::custom(errors::panicked))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, timeout))
        .layer(from_fn(errors::dress))
        .layer(from_fn_with_state(app.clone(), viewer::introduce))
        .merge(assets::routes())
        .layer(from_fn_with_state(app.clone(), headers::protect))
        .layer(CompressionLayer::new())
        .with_state(app)
}
