//! Language and colours: two small forms that work without scripts and remember the choice in a cookie.

use axum::Router;
use axum::extract::State;
use axum::routing::post;
use http::header;
use kernel::Locale;

use super::cookies;
use super::form::Form;
use super::respond::{PageResult, see_other};
use super::viewer::{Theme, local_path};
use crate::App;

const YEAR: i64 = 60 * 60 * 24 * 365;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/language", post(language))
        .route("/theme", post(theme))
}

async fn language(State(app): State<App>, form: Form) -> PageResult {
    let locale = Locale::from_tag(form.get("lang")).unwrap_or_default();
    remember(&app, &form, cookies::LANG, locale.tag())
}

async fn theme(State(app): State<App>, form: Form) -> PageResult {
    let theme = Theme::from_name(form.get("theme"));
    remember(&app, &form, cookies::THEME, theme.name())
}

fn remember(app: &App, form: &Form, name: &str, value: &str) -> PageResult {
    let mut response = see_other(&local_path(Some(form.get("next"))))?;
    response
        .headers_mut()
        .append(header::SET_COOKIE, cookies::set(&app.settings, name, value, YEAR));
    Ok(response)
}
