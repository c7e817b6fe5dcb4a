//! A new password in two pages: where to send the code, then the code and the password.

use ::accounts::passwords;
use ::accounts::reset::{Reset, finish};
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::entry::{Pending, Way, hash_password, let_in, new_session, send_code, slowly};
use crate::App;
use crate::edge::form::{Form, FormState};
use crate::edge::page::Page;
use crate::edge::respond::{Flash, PageError, PageResult, html, html_refused, see_other};
use crate::edge::viewer::Viewer;

#[derive(Template)]
#[template(path = "accounts/reset.html")]
struct AskPage {
    page: Page,
    form: FormState,
}

#[derive(Template)]
#[template(path = "accounts/reset_enter.html")]
struct EnterPage {
    page: Page,
    form: FormState,
    to: String,
    sent_again: bool,
}

pub(super) async fn show(viewer: Viewer) -> PageResult {
    html(&AskPage {
        page: viewer.page(),
        form: FormState::empty(),
    })
}

pub(super) async fn ask(State(app): State<App>, viewer: Viewer, form: Form) -> PageResult {
    match send_code(&app, &viewer, Way::Reset, form.get("to")).await {
        Ok(to) => {
            let mut response = see_other("/reset/enter")?;
            Pending::new(Way::Reset, &to, "/me").put(&app, &mut response);
            Ok(response)
        }
        Err(PageError::Refused(refusal)) => {
            let form = FormState::refused(&viewer, &form, &refusal);
            html_refused(
                &AskPage {
                    page: viewer.page(),
                    form,
                },
                &refusal,
            )
        }
        Err(other) => Err(other),
    }
}

pub(super) async fn show_enter(State(app): State<App>, viewer: Viewer, headers: HeaderMap) -> PageResult {
    match Pending::open(&app, &headers, Way::Reset) {
        Some(pending) => html(&enter_page(&viewer, &pending, FormState::empty(), false)),
        None => see_other("/reset"),
    }
}

pub(super) async fn enter(State(app): State<App>, viewer: Viewer, headers: HeaderMap, form: Form) -> PageResult {
    let Some(pending) = Pending::open(&app, &headers, Way::Reset) else {
        return see_other("/reset");
    };
    let outcome = if form.is_on("again") {
        send_code(&app, &viewer, Way::Reset, &pending.to).await.map(|_| None)
    } else {
        renew(&app, &viewer, &headers, &pending, &form).await.map(Some)
    };
    match outcome {
        Ok(Some(response)) => Ok(response),
        Ok(None) => html(&enter_page(&viewer, &pending, FormState::empty(), true)),
        Err(PageError::Refused(refusal)) => {
            let form = FormState::refused(&viewer, &form, &refusal);
            html_refused(&enter_page(&viewer, &pending, form, false), &refusal)
        }
        Err(other) => Err(other),
    }
}

async fn renew(
    app: &App,
    viewer: &Viewer,
    headers: &HeaderMap,
    pending: &Pending,
    form: &Form,
) -> Result<Response, PageError> {
    let to = pending.destination()?;
    let (password, about) = (form.get("password").to_owned(), to.value.clone());
    let typed = password.clone();
    slowly(move || passwords::check(&typed, &[&about])).await??;
    let password_hash = hash_password(password).await?;
    let (token, session) = new_session(viewer, headers);
    let cmd = Reset {
        to,
        code: form.get("code").to_owned(),
        password_hash,
        session,
    };
    app.store
        .write("reset", move |tx| finish(tx, &cmd))
        .await?
        .into_result()?;
    let_in(app, &token, &pending.next, Some(Flash::done("reset-done")))
}

fn enter_page(viewer: &Viewer, pending: &Pending, form: FormState, sent_again: bool) -> EnterPage {
    EnterPage {
        page: viewer.page().hidden(),
        form,
        to: pending.to.clone(),
        sent_again,
    }
}
