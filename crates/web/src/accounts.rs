//! Pages of this slice: joining, logging in, consent, sessions, and one's own settings. Profiles that others see are
//! not here.

mod consent;
mod contact;
mod entry;
mod login;
mod me;
mod password;
mod reset;
mod sessions;
mod settings;
mod signup;

use axum::Router;
use axum::routing::{get, post};

use crate::App;
use crate::edge::viewer::local_path;

/// Where to go on to, from the address.
#[derive(Debug, Default, serde::Deserialize)]
struct NextQuery {
    next: Option<String>,
}

impl NextQuery {
    /// A path of this site; the hub when there is none.
    fn path(&self) -> String {
        self.next
            .as_deref()
            .map_or_else(|| "/me".to_owned(), |next| local_path(Some(next)))
    }
}

/// The addresses of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/signup", get(signup::show).post(signup::ask))
        .route("/signup/code", get(signup::show_code).post(signup::finish))
        .route("/login", get(login::show).post(login::by_password))
        .route("/login/code", get(login::show_ask).post(login::ask))
        .route("/login/enter", get(login::show_enter).post(login::enter))
        .route("/logout", post(login::log_out))
        .route("/reset", get(reset::show).post(reset::ask))
        .route("/reset/enter", get(reset::show_enter).post(reset::enter))
        .route("/consent", get(consent::show).post(consent::agree))
        .route("/legal/{kind}", get(consent::legal))
        .route("/sessions", get(sessions::show))
        .route("/sessions/others/end", post(sessions::end_others))
        .route("/sessions/{id}/end", post(sessions::end))
        .route("/me", get(me::show))
        .route("/me/settings", get(settings::show))
        .route("/me/settings/name", post(settings::change_name))
        .route("/me/settings/language", post(settings::change_language))
        .route("/me/password", get(password::show).post(password::change))
        .route("/me/email", get(contact::show_email).post(contact::ask_email))
        .route("/me/phone", get(contact::show_phone).post(contact::ask_phone))
        .route("/me/contact", get(contact::show_enter).post(contact::enter))
}
