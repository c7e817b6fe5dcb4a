//! Logging in: by password on one page, by code on two. What is wrong is never said more precisely than "not right".

use ::accounts::destinations::Destination;
use ::accounts::login::{CodeLogin, PasswordLogin, begin, by_code, finish};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::NextQuery;
use super::entry::{Pending, Way, let_in, let_out, matches, new_session, next_of, send_code};
use crate::App;
use crate::edge::form::{Form, FormState};
use crate::edge::page::Page;
use crate::edge::respond::{Flash, PageError, PageResult, html, html_refused, see_other};
use crate::edge::viewer::Viewer;

#[derive(Template)]
#[template(path = "accounts/login.html")]
struct LoginPage {
    page: Page,
    form: FormState,
    next: String,
}

#[derive(Template)]
#[template(path = "accounts/login_code.html")]
struct AskPage {
    page: Page,
    form: FormState,
    next: String,
}

#[derive(Template)]
#[template(path = "accounts/login_enter.html")]
struct EnterPage {
    page: Page,
    form: FormState,
    to: String,
    sent_again: bool,
}

pub(super) async fn show(viewer: Viewer, Query(query): Query<NextQuery>) -> PageResult {
    if viewer.account().is_some() {
        return see_other(&query.path());
    }
    html(&LoginPage {
        page: viewer.page(),
        form: FormState::empty(),
        next: query.path(),
    })
}

pub(super) async fn by_password(State(app): State<App>, viewer: Viewer, headers: HeaderMap, form: Form) -> PageResult {
    let next = next_of(&form);
    match prove(&app, &viewer, &headers, &form, &next).await {
        Err(PageError::Refused(refusal)) => {
            let form = FormState::refused(&viewer, &form, &refusal);
            html_refused(
                &LoginPage {
                    page: viewer.page(),
                    form,
                    next,
                },
                &refusal,
            )
        }
        other => other,
    }
}

async fn prove(app: &App, viewer: &Viewer, headers: &HeaderMap, form: &Form, next: &str) -> PageResult {
    let to = Destination::parse(form.get("to"))?;
    let name = to.clone();
    let challenge = app
        .store
        .write("login_begin", move |tx| begin(tx, &name))
        .await?
        .into_result()?;
    let matches = matches(form.get("password").to_owned(), challenge.kept.clone()).await?;
    let (token, session) = new_session(viewer, headers);
    let cmd = PasswordLogin {
        to,
        challenge,
        matches,
        session,
    };
    app.store
        .write("login_finish", move |tx| finish(tx, &cmd))
        .await?
        .into_result()?;
    let_in(app, &token, next, None)
}

pub(super) async fn show_ask(viewer: Viewer, Query(query): Query<NextQuery>) -> PageResult {
    html(&AskPage {
        page: viewer.page(),
        form: FormState::empty(),
        next: query.path(),
    })
}

pub(super) async fn ask(State(app): State<App>, viewer: Viewer, form: Form) -> PageResult {
    let next = next_of(&form);
    match send_code(&app, &viewer, Way::Login, form.get("to")).await {
        Ok(to) => {
            let mut response = see_other("/login/enter")?;
            Pending::new(Way::Login, &to, &next).put(&app, &mut response);
            Ok(response)
        }
        Err(PageError::Refused(refusal)) => {
            let form = FormState::refused(&viewer, &form, &refusal);
            html_refused(
                &AskPage {
                    page: viewer.page(),
                    form,
                    next,
                },
                &refusal,
            )
        }
        Err(other) => Err(other),
    }
}

pub(super) async fn show_enter(State(app): State<App>, viewer: Viewer, headers: HeaderMap) -> PageResult {
    match Pending::open(&app, &headers, Way::Login) {
        Some(pending) => html(&enter_page(&viewer, &pending, FormState::empty(), false)),
        None => see_other("/login/code"),
    }
}

pub(super) async fn enter(State(app): State<App>, viewer: Viewer, headers: HeaderMap, form: Form) -> PageResult {
    let Some(pending) = Pending::open(&app, &headers, Way::Login) else {
        return see_other("/login/code");
    };
    let outcome = if form.is_on("again") {
        send_code(&app, &viewer, Way::Login, &pending.to).await.map(|_| None)
    } else {
        redeem(&app, &viewer, &headers, &pending, &form).await.map(Some)
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

async fn redeem(
    app: &App,
    viewer: &Viewer,
    headers: &HeaderMap,
    pending: &Pending,
    form: &Form,
) -> Result<Response, PageError> {
    let (token, session) = new_session(viewer, headers);
    let cmd = CodeLogin {
        to: pending.destination()?,
        code: form.get("code").to_owned(),
        session,
    };
    app.store
        .write("login_by_code", move |tx| by_code(tx, &cmd))
        .await?
        .into_result()?;
    let_in(app, &token, &pending.next, None)
}

fn enter_page(viewer: &Viewer, pending: &Pending, form: FormState, sent_again: bool) -> EnterPage {
    EnterPage {
        page: viewer.page().hidden(),
        form,
        to: pending.to.clone(),
        sent_again,
    }
}

pub(super) async fn log_out(State(app): State<App>, viewer: Viewer) -> PageResult {
    if let Some(session) = viewer.session().map(|s| s.session_id) {
        let actor = viewer.actor();
        // A session that is gone already is what was asked for.
        let ended = app
            .store
            .write("log_out", move |tx| ::accounts::sessions::end(tx, &actor, session))
            .await;
        if let Err(fail @ store::Fail::Fault(_)) = ended {
            return Err(fail.into());
        }
    }
    let_out(&app, "/", Flash::done("login-out"))
}
